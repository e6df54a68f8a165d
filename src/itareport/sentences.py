"""The one table of Thai sentences: every code with its severity, cause, message and remedy.

Codes are never reused; a withdrawn one stays out of the table for good.  docs/errors.md is made
from this table.  Numbers in messages are Arabic (shared rule: documents alone use Thai digits).
"""

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


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one code says: `cause` for the page of errors, the others for the clerk."""

    severity: Severity
    cause: str
    message: str
    remedy: str


_E, _W, _N, _U = Severity.ERROR, Severity.WARNING, Severity.NOTE, Severity.UNCHECKED

SENTENCES: dict[str, Sentence] = {
    # D100-D119: the data file itself (load, yamltext)
    # D120-D149: a value of the data (model, load)
    # D150-D169: text: characters and their mending (thai, fonts, load)
    # D200-D239: errors of the report as a whole (check)
    # D240-D299: warnings of the report (check)
    # D300-D329: what could not be checked (check)
    # C200-C229: the catalogue (catalogue)
    # T300-T329: the Word template (word)
    # F400-F409: fonts
    # P500-P529: LibreOffice and the PDF (office, verify)
    # O600-O609: output (build)
}
