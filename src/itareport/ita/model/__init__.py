"""What a report is: frozen Pydantic models, no input or output.

Scores are official figures, `Decimal` from 0 to 100 with two places.  Years are Buddhist
integers; dates are Gregorian `datetime.date`.  Codes have their one form (`o7`).  A validator
that refuses a value raises `PydanticCustomError` whose type is a code of `sentences`.
"""

from itareport.ita.model.report import (
    Agency,
    IndicatorScore,
    IssueItems,
    LastYear,
    Missing,
    PlanRow,
    QuestionScore,
    Remark,
    Report,
    Result,
    Signature,
    Size,
    ToolScore,
    contradiction,
)
from itareport.ita.model.values import (
    HUNDRED,
    Code,
    Codes,
    Date,
    Filled,
    FiscalYear,
    Kind,
    Line,
    Points,
    Score,
    Text,
    Use,
    Whole,
)

__all__ = [
    "HUNDRED",
    "Agency",
    "Code",
    "Codes",
    "Date",
    "Filled",
    "FiscalYear",
    "IndicatorScore",
    "IssueItems",
    "Kind",
    "LastYear",
    "Line",
    "Missing",
    "PlanRow",
    "Points",
    "QuestionScore",
    "Remark",
    "Report",
    "Result",
    "Score",
    "Signature",
    "Size",
    "Text",
    "ToolScore",
    "Use",
    "Whole",
    "contradiction",
]
