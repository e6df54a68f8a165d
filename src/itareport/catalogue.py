"""What one fiscal year asks for; reads and validates its YAML.

A catalogue is one whole file a fiscal year (Buddhist), with no inheritance: the next year's is
made from a copy.  Every group of facts says where it comes from and whether a published source
was seen (`verified`).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from itareport.model import Code, FiscalYear, Line, Score, Whole


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Group(_Frozen):
    verified: bool
    source: Line


class Tool(_Frozen):
    """A tool of the assessment: who answers, its weight in the total, and its parts."""

    code: Line  # IIT
    letter: Line  # i, as in item codes
    printed_letter: Line  # how the letter prints in a document
    name: Line  # แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน
    respondents: Line  # ผู้มีส่วนได้ส่วนเสียภายใน
    weight: Decimal  # 0.30
    parts: Annotated[int, Field(ge=1, le=2)]  # EIT: 2
    usual_scores: tuple[Score, ...] = ()  # OIT: 0, 50, 100; empty: any


class Indicator(_Frozen):
    """One indicator; `items` is empty where sub-indicators hold the items or are unknown."""

    no: Whole
    tool: Line
    name: Line
    items: tuple[Code, ...] = ()


class SubIndicator(_Frozen):
    """One sub-indicator of an indicator, `9.1`."""

    no: Line
    indicator: Whole
    name: Line
    items: tuple[Code, ...]


class Item(_Frozen):
    """One question (a subject in our words) or one OIT item (its official name)."""

    code: Code
    name: Line
    official: bool  # whether `name` is the official name rather than a subject
    wrongdoing: bool = False  # asks about wrongdoing: a remark must not state it as fact


class Issue(_Frozen):
    """One of the seven issues of Part 1 and the questions and items under it."""

    no: Whole
    name: Line
    items: tuple[Code, ...]


class Level(_Frozen):
    """A result level, best first; a level holds where all that it asks is met."""

    name: Line
    total: Score  # at least
    each_tool: Score | None = None  # each of the tools' parts at least; None: not asked


class Tools(_Group):
    rows: tuple[Tool, ...]


class Indicators(_Group):
    rows: tuple[Indicator, ...]


class SubIndicators(_Group):
    rows: tuple[SubIndicator, ...]  # empty: the year's split is unknown


class Items(_Group):
    rows: tuple[Item, ...]


class Issues(_Group):
    rows: tuple[Issue, ...]


class Levels(_Group):
    rows: tuple[Level, ...]


class Titles(_Group):
    """Lines of cover and title block; `{year}` is the fiscal year of the result."""

    cover: tuple[Line, ...]
    report: tuple[Line, ...]


class Serves(_Group):
    """The item of this year's assessment that the report, and its follow-up, are scored as."""

    report: Code
    follow_up: Code


class Wording(_Group):
    """Words the year's documents and checks go by."""

    standards: tuple[Line, ...]  # names after which digits stay western: ISO
    maintain: Line  # what a full score prints: รักษาระดับ
    leftovers: tuple[Line, ...]  # instructions of the form that nobody may leave in a report


class Catalogue(_Frozen):
    """All that belongs to one fiscal year."""

    fiscal_year: FiscalYear
    tools: Tools
    indicators: Indicators
    sub_indicators: SubIndicators
    items: Items
    issues: Issues
    levels: Levels
    titles: Titles
    serves: Serves
    wording: Wording
