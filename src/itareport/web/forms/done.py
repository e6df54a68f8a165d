"""What one act of a clerk changes, and what is said of it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itareport.web.store import Edit

Fields = Mapping[str, str]
"""What the page sent, by name."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act changes, and what is said of it at the foot of the form."""

    edits: Sequence[Edit] = ()
    said: str = ""
    opened: str | None = None
    """The card or row that is open afterwards; None leaves it as it is."""
    at: str = ""
    """The field to which the cursor goes."""
    new: int | None = None
    """The place of the plan's row that is new and open afterwards."""
