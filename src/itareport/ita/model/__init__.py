"""What a report is: frozen Pydantic models, no input or output.

Scores are official figures, `Decimal` from 0 to 100 with two places.  Years are Buddhist
integers; dates are Gregorian `datetime.date`.  Codes have their one form (`o7`).  A validator
that refuses a value raises `PydanticCustomError` whose type is a code of `sentences`.
"""

from itareport.ita.model.analysed_questions import (
    SCORE_FIELDS,
    IssueItems,
    Missing,
    QuestionScore,
    Remark,
    contradiction,
)
from itareport.ita.model.assessed_agency import WHOSE, Agency, Size
from itareport.ita.model.official_result import (
    IndicatorScore,
    LastYear,
    Published,
    Rank,
    Respondents,
    Result,
    ToolScore,
)
from itareport.ita.model.plan_row import PlanRow
from itareport.ita.model.report import Printing, Report, Serves, Signature
from itareport.ita.model.values import (
    HUNDRED,
    NO_ITEM,
    Code,
    Codes,
    Date,
    Filled,
    FiscalYear,
    ItemOrNone,
    Kind,
    Line,
    Points,
    Score,
    Text,
    Use,
    Whole,
    christian_year,
    score_text,
)

__all__ = [
    "HUNDRED",
    "NO_ITEM",
    "SCORE_FIELDS",
    "WHOSE",
    "Agency",
    "Code",
    "Codes",
    "Date",
    "Filled",
    "FiscalYear",
    "IndicatorScore",
    "IssueItems",
    "ItemOrNone",
    "Kind",
    "LastYear",
    "Line",
    "Missing",
    "PlanRow",
    "Points",
    "Printing",
    "Published",
    "QuestionScore",
    "Rank",
    "Remark",
    "Report",
    "Respondents",
    "Result",
    "Score",
    "Serves",
    "Signature",
    "Size",
    "Text",
    "ToolScore",
    "Use",
    "Whole",
    "christian_year",
    "contradiction",
    "score_text",
]
