"""The groups of facts of a catalogue and their rows: frozen Pydantic models, no input or output."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from itareport import thai
from itareport.ita.model import Code, ItemOrNone, Line, Score, Whole


def _weight(value: Any) -> Any:
    number = thai.decimal(thai.arabic(value)) if isinstance(value, str) else None
    if number is None or not 0 < number <= 1:
        raise PydanticCustomError("weight", "weight")
    return number


def _mended(value: Any) -> Any:
    return thai.normalise(value)[0] if isinstance(value, str) else value


Words = Annotated[Line, Field(min_length=1), BeforeValidator(_mended)]
"""Text on one line, not empty, normalised as the text of a report is."""
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]
Weight = Annotated[Decimal, BeforeValidator(_weight)]


class Frozen(BaseModel):
    """A model that cannot be changed and refuses unknown keys."""

    # Only the whole catalogue is ever validated: its parts need no validators of their own.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Group(Frozen):
    """A group of facts: where they come from and whether a published source was seen."""

    verified: bool
    source: Words


class _Row(Frozen):
    """One fact of a group; `verified` is given only where it differs from the group's."""

    verified: bool | None = None


class Tool(_Row):
    """A tool of the assessment: who answers, its weight in the total, and its parts."""

    code: Words  # IIT
    letter: Literal["i", "e", "o"]  # as in item codes: `codes` finds no others in prose
    printed_letter: Words  # how the letter prints in a document
    name: Words  # แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน
    respondents: Words  # ผู้มีส่วนได้ส่วนเสียภายใน
    weight: Weight  # 0.30
    parts: Annotated[Whole, Field(ge=1, le=2)]  # EIT: 2
    usual_scores: tuple[Score, ...] = ()  # OIT: 0, 50, 100; empty: any


class Indicator(_Row):
    """One indicator; `items` is empty where sub-indicators hold the items or are unknown."""

    no: Whole
    tool: Words
    name: Words
    items: tuple[Code, ...] = ()


class SubIndicator(_Row):
    """One sub-indicator of an indicator, `9.1`."""

    no: Words
    indicator: Whole
    name: Words
    items: Codes


class Item(_Row):
    """One question (a subject in our words) or one OIT item (its official name)."""

    code: Code
    name: Words
    official: bool = True  # whether `name` is the official name rather than a subject
    wrongdoing: bool = False  # asks about wrongdoing: a remark must not state it as fact


class Issue(_Row):
    """One of the seven issues of Part 1 and the questions and items under it."""

    no: Whole
    name: Words
    items: Codes


class Level(_Row):
    """A result level; a total gets the first whose conditions it meets, best first."""

    name: Words
    total: Score  # at least
    each_tool: Score | None = None  # each of the tools' parts at least; None: not asked


class Tools(Group):
    """The tools, in the order in which documents name them."""

    rows: Annotated[tuple[Tool, ...], Field(min_length=1)]


class Indicators(Group):
    """The indicators, in order."""

    rows: Annotated[tuple[Indicator, ...], Field(min_length=1)]


class SubIndicators(Group):
    """The sub-indicators; no rows where the year's split is unknown."""

    rows: tuple[SubIndicator, ...]


class Items(Group):
    """The questions and items of all tools."""

    rows: Annotated[tuple[Item, ...], Field(min_length=1)]


class Issues(Group):
    """The issues of Part 1, in order."""

    rows: Annotated[tuple[Issue, ...], Field(min_length=1)]


class Levels(Group):
    """The result levels, best first."""

    rows: Annotated[tuple[Level, ...], Field(min_length=1)]


class Successor(_Row):
    """What became of an item: its code in the next year, or `none`."""

    code: Code
    next: ItemOrNone


class Successors(Group):
    """What became of the items in the next year's list."""

    rows: Annotated[tuple[Successor, ...], Field(min_length=1)]


class Comparison(Group):
    """Whether the year before asked the same, so that a difference of scores says something."""

    with_last_year: bool


class Titles(Group):
    """Lines of cover and title block; `{year}` is the fiscal year of the result."""

    cover: Annotated[tuple[Words, ...], Field(min_length=1)]
    report: Annotated[tuple[Words, ...], Field(min_length=1)]


class ServedItems(Group):
    """The item of this year's assessment that the report, and its follow-up, are scored as."""

    report: Code
    follow_up: Code
    kinds: tuple[Words, ...] = ()  # of agency, that are scored by this list; empty: all known ones
    title: Words | None = None  # a line above the titles of a report that serves the item


class Wording(Group):
    """Words that the year's documents print and its checks look for."""

    standards: tuple[Words, ...]  # names after which digits stay western: ISO
    maintain: Words  # what a full score prints: รักษาระดับ
    leftovers: tuple[Words, ...]  # instructions of the form that nobody may leave in a report
