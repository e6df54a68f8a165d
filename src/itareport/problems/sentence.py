"""What one entry of the table of sentences is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """Stops the build."""
    WARNING = "warning"
    """Printed; the build goes on."""
    NOTE = "note"
    """Something the program mended in what was typed; printed, the build goes on."""
    UNCHECKED = "unchecked"
    """Something that could not be checked, and why; listed last."""


TITLES = {
    Severity.ERROR: "ข้อผิดพลาด",
    Severity.WARNING: "คำเตือน",
    Severity.NOTE: "หมายเหตุ",
    Severity.UNCHECKED: "เรื่องที่โปรแกรมตรวจไม่ได้ โปรดตรวจเอง",
}
"""What clerks read above the problems of each severity, the worst first."""


class Flag(StrEnum):
    """What the program does about a problem, whatever its words: asked by name, never by code."""

    IS_ABOUT_WHOLE_FILE = "is_about_whole_file"
    """The file as a whole is empty, too large or of another structure, not one value in it."""
    IS_ABOUT_NAME = "is_about_name"
    """The name of a field is at fault, not its value."""
    IS_TABLE = "is_table"
    """The file is a table of many agencies, where the data of one are asked for."""
    LACKS_HEADER = "lacks_header"
    """A sheet has no column or line with a header that the program looks for."""
    FILLED_BY_DRAFT = "filled_by_draft"
    """What is missing is what `itareport draft` writes."""
    NEEDS_TOTAL = "needs_total"
    """It may be untrue where the total score cannot be read."""
    NEEDS_TOOLS = "needs_tools"
    """It may be untrue where the scores of the tools cannot be read."""
    NEEDS_INDICATORS = "needs_indicators"
    """It may be untrue where the scores of the indicators cannot be read."""
    NEEDS_SCORE = "needs_score"
    """It may be untrue where the score of any one question cannot be read."""
    NEEDS_ALL_SCORES = "needs_all_scores"
    """It may be untrue where a row of scores cannot be read and nobody knows of which question."""
    NEEDS_ALL_REMARKS = "needs_all_remarks"
    """It may be untrue where a remark cannot be read and nobody knows of which question."""
    NEEDS_PLAN_ROW = "needs_plan_row"
    """It may be untrue where any one row of the plan cannot be read."""
    NEEDS_ALL_PLAN_ROWS = "needs_all_plan_rows"
    """It may be untrue where a row of the plan cannot be read and nobody knows of which issue."""
    STOPS_RUN = "stops_run"
    """The next report of a batch would fail for the same reason: no permission, a full disk."""
    WORKER_DIED = "worker_died"
    """The worker process ended before the report was made."""
    CONVERSION_LOST = "conversion_lost"
    """LibreOffice hung, died or had no time left: its document may be to blame, or the template."""
    TRY_AGAIN = "try_again"
    """The conversion ran out of time through no fault of the file; it is tried once more."""
    DUPLICATE = "duplicate"
    """Another data file of the batch belongs to the same agency."""
    OUTDATED = "outdated"
    """The files in the folder of results were made from earlier data."""
    OLD_PDF = "old_pdf"
    """A PDF of an earlier run lies beside the new Word file."""
    MUST_BE_MENDED = "must_be_mended"
    """The report is made, but its agency must mend this before it can be used."""
    IS_OF_TABLE = "is_of_table"
    """Only those who keep the table of many agencies can mend it: no agency is asked to."""
    IS_DRAFT = "is_draft"
    """A text is the program's draft, which nobody has confirmed yet."""
    IS_MISSING = "is_missing"
    """Nothing is filled in yet where something must be: no fault of what somebody typed."""
    MENDED_IN_PLAN = "mended_in_plan"
    """It is about another field, but the plan is where a clerk mends it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one code: `cause` for the page of errors, the others for the clerk.

    A problem in a cell of a workbook has other words where those for YAML would not help; one in
    a table of many agencies another remedy where that names what only an agency's workbook has;
    one on the page another where a file or a command would be named that a clerk does not see.
    """

    severity: Severity
    cause: str
    message: str
    remedy: str
    cell_message: str = ""
    cell_remedy: str = ""
    table_remedy: str = ""
    page_remedy: str = ""
    flags: frozenset[Flag] = frozenset()


error, warning, note, unchecked = (partial(Sentence, severity) for severity in Severity)
"""Make the entry of a code of that severity."""
