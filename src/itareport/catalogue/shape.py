"""What a catalogue holds, and how it is asked: frozen Pydantic models, no input or output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from itareport import thai
from itareport.model import Code, FiscalYear, Line, Score, Whole

ToolPart = tuple[str, int | None]
"""A tool, or one part of a tool that has two: `("OIT", None)`, `("EIT", 2)`."""


def _weight(value: Any) -> Any:
    number = thai.decimal(thai.arabic(value)) if isinstance(value, str) else None
    if number is None or not 0 < number <= 1:
        raise PydanticCustomError("weight", "weight")
    return number


Words = Annotated[Line, Field(min_length=1)]
"""Text on one line that says something."""
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]
Weight = Annotated[Decimal, BeforeValidator(_weight)]


class _Frozen(BaseModel):
    # Only the whole catalogue is ever validated: its parts need no validators of their own.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class _Group(_Frozen):
    """A group of facts: where they come from and whether a published source was seen."""

    verified: bool
    source: Words


class _Row(_Frozen):
    """One fact of a group; `verified` is given only where it differs from the group's."""

    verified: bool | None = None


class Tool(_Row):
    """A tool of the assessment: who answers, its weight in the total, and its parts."""

    code: Words  # IIT
    letter: Annotated[Line, Field(pattern="^[a-z]$")]  # i, as in item codes
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


class Tools(_Group):
    """The tools, in the order in which documents name them."""

    rows: Annotated[tuple[Tool, ...], Field(min_length=1)]


class Indicators(_Group):
    """The indicators, in order."""

    rows: Annotated[tuple[Indicator, ...], Field(min_length=1)]


class SubIndicators(_Group):
    """The sub-indicators; no rows where the year's split is unknown."""

    rows: tuple[SubIndicator, ...]


class Items(_Group):
    """The questions and items of all tools."""

    rows: Annotated[tuple[Item, ...], Field(min_length=1)]


class Issues(_Group):
    """The issues of Part 1, in order."""

    rows: Annotated[tuple[Issue, ...], Field(min_length=1)]


class Levels(_Group):
    """The result levels, best first."""

    rows: Annotated[tuple[Level, ...], Field(min_length=1)]


class Titles(_Group):
    """Lines of cover and title block; `{year}` is the fiscal year of the result."""

    cover: Annotated[tuple[Words, ...], Field(min_length=1)]
    report: Annotated[tuple[Words, ...], Field(min_length=1)]


class Serves(_Group):
    """The item of this year's assessment that the report, and its follow-up, are scored as."""

    report: Code
    follow_up: Code


class Wording(_Group):
    """Words the year's documents and checks go by."""

    standards: tuple[Words, ...]  # names after which digits stay western: ISO
    maintain: Words  # what a full score prints: รักษาระดับ
    leftovers: tuple[Words, ...]  # instructions of the form that nobody may leave in a report


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

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all questions and items, by tool and number: i1 … e1 … o1 …."""
        order = [tool.letter for tool in self.tools.rows]
        return tuple(sorted(self._items, key=lambda code: (order.index(code[0]), int(code[1:]))))

    @cached_property
    def tool_parts(self) -> tuple[ToolPart, ...]:
        """What a level asks of "each tool": IIT, both halves of EIT, OIT."""
        return tuple(
            (tool.code, part)
            for tool in self.tools.rows
            for part in ((None,) if tool.parts == 1 else range(1, tool.parts + 1))
        )

    def item(self, code: str) -> Item | None:
        """Return the question or item, or None where the year has none of that code."""
        return self._items.get(code)

    def tool(self, letter_or_code: str) -> Tool | None:
        """Return the tool by its letter (`i`) or its code (`IIT`)."""
        return self._tools.get(letter_or_code)

    def tool_of(self, code: str) -> Tool | None:
        """Return the tool of a question or item by its letter, known to the year or not."""
        return self._tools.get(code[:1])

    def indicator(self, no: int) -> Indicator | None:
        """Return the indicator of that number."""
        return self._indicators.get(no)

    def indicator_of(self, code: str) -> Indicator | None:
        """Return the item's indicator; None also where the year's split is unknown."""
        return self._indicator_of.get(code)

    def sub_indicator(self, no: str) -> SubIndicator | None:
        """Return the sub-indicator of that number, `9.1`."""
        return self._sub_indicators.get(no)

    def sub_indicator_of(self, code: str) -> SubIndicator | None:
        """Return the item's sub-indicator, if it has one and the year's split is known."""
        return self._sub_indicator_of.get(code)

    def issue(self, no: int) -> Issue | None:
        """Return the issue of that number."""
        return self._issues.get(no)

    def issue_of(self, code: str) -> Issue | None:
        """Return the issue that the year (not the agency) puts the item under."""
        return self._issue_of.get(code)

    def printed(self, code: str) -> str:
        """Write a code with its letter as documents print it; its digits stay Arabic."""
        tool = self.tool_of(code)
        return f"{tool.printed_letter}{code[1:]}" if tool else code

    def highest(self, letter: str) -> int:
        """Return the highest number among the codes of that letter, or 0."""
        return max((int(code[1:]) for code in self._items if code[0] == letter), default=0)

    def level(self, total: Decimal, tools: Mapping[ToolPart, Decimal]) -> tuple[str, ...]:
        """Name the levels still possible, best first; one name means that it is decided.

        Args:
            total: The official total.
            tools: The official scores of the tools' parts, as far as they are known.
        """
        return tuple(self._possible_levels(total, tools))

    def _possible_levels(
        self, total: Decimal, tools: Mapping[ToolPart, Decimal]
    ) -> Iterator[str]:
        all_known = all(part in tools for part in self.tool_parts)
        for level in self.levels.rows:
            asked = level.each_tool
            if total < level.total:
                continue
            if asked is not None and any(score < asked for score in tools.values()):
                continue
            yield level.name
            if asked is None or all_known:
                return

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.code: item for item in self.items.rows}

    @cached_property
    def _tools(self) -> dict[str, Tool]:
        return {key: tool for tool in self.tools.rows for key in (tool.letter, tool.code)}

    @cached_property
    def _indicators(self) -> dict[int, Indicator]:
        return {indicator.no: indicator for indicator in self.indicators.rows}

    @cached_property
    def _sub_indicators(self) -> dict[str, SubIndicator]:
        return {sub.no: sub for sub in self.sub_indicators.rows}

    @cached_property
    def _issues(self) -> dict[int, Issue]:
        return {issue.no: issue for issue in self.issues.rows}

    @cached_property
    def _indicator_of(self) -> dict[str, Indicator]:
        direct = {code: row for row in self.indicators.rows for code in row.items}
        by_sub = {code: self._indicators[s.indicator] for code, s in self._sub_indicator_of.items()}
        return direct | by_sub

    @cached_property
    def _sub_indicator_of(self) -> dict[str, SubIndicator]:
        return {code: sub for sub in self.sub_indicators.rows for code in sub.items}

    @cached_property
    def _issue_of(self) -> dict[str, Issue]:
        return {code: issue for issue in self.issues.rows for code in issue.items}
