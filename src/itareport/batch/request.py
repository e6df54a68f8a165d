"""What a batch run is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from itareport.actions import prepare


@dataclass(frozen=True, slots=True)
class Request:
    """The folder of results, the options of the reports, and which reports to make."""

    out: Path
    options: prepare.Options = field(default_factory=prepare.Options)
    pdf: bool = False
    fresh: bool = False
    """Make every report again, whatever is there."""
    only_failed: bool = False
    """Make only those that failed or were never made, and leave the others as they are."""
