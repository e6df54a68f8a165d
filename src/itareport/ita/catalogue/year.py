"""One fiscal year's catalogue, and how its facts are looked up; no input or output."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from itareport.ita.catalogue.sections import (
    Comparison,
    Frozen,
    Indicator,
    Indicators,
    Issue,
    Issues,
    Item,
    Items,
    Levels,
    ServedItems,
    SubIndicator,
    SubIndicators,
    Successors,
    Titles,
    Tool,
    Tools,
    Wording,
)
from itareport.ita.kinds import OTHER
from itareport.ita.model import FiscalYear

ToolPart = tuple[str, int | None]
"""A tool, or one part of a tool that has two: `("OIT", None)`, `("EIT", 2)`."""


class Catalogue(Frozen):
    """All that belongs to one fiscal year."""

    fiscal_year: FiscalYear
    tools: Tools
    indicators: Indicators
    sub_indicators: SubIndicators
    items: Items
    issues: Issues
    levels: Levels
    comparison: Comparison | None = None
    successors: Successors | None = None
    titles: Titles
    serves: ServedItems
    wording: Wording

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all questions and items, by tool and number: i1 … e1 … o1 …."""
        order: list[str] = [tool.letter for tool in self.tools.rows]
        return tuple(sorted(self._items, key=lambda code: (order.index(code[0]), int(code[1:]))))

    @cached_property
    def tool_parts(self) -> tuple[ToolPart, ...]:
        """The parts that a level means by "each tool": IIT, both halves of EIT, OIT."""
        return tuple(
            (tool.code, part)
            for tool in self.tools.rows
            for part in ((None,) if tool.parts == 1 else range(1, tool.parts + 1))
        )

    @property
    def compares_with_last_year(self) -> bool:
        """Whether scores may be compared with last year's; unknown is no."""
        return self.comparison is not None and self.comparison.with_last_year

    def successor(self, code: str, *, verified: bool = False) -> str | None:
        """Return the item's code in the next year, `none`, or None where that is not known.

        Args:
            code: The item's code in this year.
            verified: Whether only what a published source says counts.
        """
        if self.successors is None:
            return None
        for row in self.successors.rows:
            if row.code == code:
                seen = self.successors.verified if row.verified is None else row.verified
                return row.next if seen or not verified else None
        return None

    def is_list_of(self, kind: str) -> bool:
        """Return whether a kind of agency is scored by these items; schools have their own."""
        return kind in self.serves.kinds if self.serves.kinds else kind != OTHER

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

    def indicators_among(self, codes: Collection[str]) -> tuple[Indicator, ...]:
        """Return the indicators of some items; where the split is unknown, all of their tool."""
        split = {row.no for row in self._indicator_of.values()}
        of_items = {row.no for code in codes if (row := self.indicator_of(code))}
        of_tools = {tool.code for code in codes if (tool := self.tool_of(code))}
        return tuple(
            row
            for row in self.indicators.rows
            if row.no in of_items or (row.no not in split and row.tool in of_tools)
        )

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

    def _possible_levels(self, total: Decimal, tools: Mapping[ToolPart, Decimal]) -> Iterator[str]:
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
