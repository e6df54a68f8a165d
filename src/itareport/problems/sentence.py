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
    WORKER_DIED = "worker_died"
    """The worker process ended before the report was made."""
    TRY_AGAIN = "try_again"
    """The conversion ran out of time through no fault of the file; it is tried once more."""
    DUPLICATE = "duplicate"
    """Another data file of the batch belongs to the same agency."""
    OUTDATED = "outdated"
    """The files in the folder of results were made from earlier data."""
    OLD_PDF = "old_pdf"
    """A PDF of an earlier run lies beside the new Word file."""
    IS_DRAFT = "is_draft"
    """A text is the program's draft, which nobody has confirmed yet."""


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
