"""What one entry of the table of sentences is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """Stops the build."""
    WARNING = "warning"
    """Printed; the build goes on."""
    NOTE = "note"
    """Something the program mended in what was typed; printed, the build goes on."""
    UNCHECKED = "unchecked"
    """Something that could not be checked, and why; listed with -v."""


class Flag(StrEnum):
    """What the program does about a problem, whatever its words: asked by name, never by code."""

    UNREADABLE = "unreadable"
    """The file cannot be read at all; reading it again would say the same."""
    STOPS_RUN = "stops_run"
    """The next report of a batch would fail for the same reason: no permission, a full disk."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one code says: `cause` for the page of errors, the others for the clerk.

    Of a cell of a workbook it is said in other words where those of YAML would not help.
    """

    severity: Severity
    cause: str
    message: str
    remedy: str
    cell_message: str = ""
    cell_remedy: str = ""
    flags: frozenset[Flag] = frozenset()


ERROR, WARNING, NOTE, UNCHECKED = Severity
