"""Rules on where items belong: to one indicator or sub-indicator, and to one issue; pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from itareport.ita.catalogue.sections import (
    Indicator,
    Indicators,
    Issue,
    Issues,
    SubIndicator,
    SubIndicators,
)
from itareport.ita.catalogue.year import Catalogue
from itareport.problems import FieldPath, Problem, problem

_NAMES = {Indicators: "indicators", SubIndicators: "sub_indicators", Issues: "issues"}


class _Listed(NamedTuple):
    """One code in the list of a row."""

    where: FieldPath
    code: str
    row: Indicator | SubIndicator | Issue


def sub_indicators_fit(catalogue: Catalogue) -> Iterator[Problem]:
    """Find sub-indicators of no indicator (C214), or numbered as if of another (C215)."""
    for index, sub in enumerate(catalogue.sub_indicators.rows):
        where, label = ("sub_indicators", "rows", index), f"ตัวชี้วัดย่อยที่ {sub.no}"
        if catalogue.indicator(sub.indicator) is None:
            yield problem("C214", (*where, "indicator"), label=label, indicator=sub.indicator)
        head, _, tail = sub.no.partition(".")
        if head != str(sub.indicator) or not tail.isascii() or not tail.isdecimal():
            wanted = f"{sub.indicator}.1"
            yield problem("C215", (*where, "no"), label=label, wanted=wanted)


def indicators_hold_items_one_way(catalogue: Catalogue) -> Iterator[Problem]:
    """Find indicators with items and sub-indicators (C216), or with neither (C217)."""
    split = {sub.indicator for sub in catalogue.sub_indicators.rows}
    known_tools = _tools_with_known_split(catalogue)
    for index, indicator in enumerate(catalogue.indicators.rows):
        where, label = ("indicators", "rows", index), f"ตัวชี้วัดที่ {indicator.no}"
        if indicator.items and indicator.no in split:
            yield problem("C216", (*where, "items"), label=label, no=indicator.no)
        if not indicator.items and indicator.no not in split and indicator.tool in known_tools:
            yield problem("C217", where, label=label, no=indicator.no, tool=indicator.tool)


def _tools_with_known_split(catalogue: Catalogue) -> set[str]:
    """Return the tools with at least one indicator whose items are known."""
    split = {sub.indicator for sub in catalogue.sub_indicators.rows}
    return {row.tool for row in catalogue.indicators.rows if row.items or row.no in split}


def items_fit_the_indicators_tool(catalogue: Catalogue) -> Iterator[Problem]:
    """Find items of one tool in an indicator of another (C219)."""
    for where, code, row in (*_listed(catalogue.indicators), *_listed(catalogue.sub_indicators)):
        no = row.indicator if isinstance(row, SubIndicator) else row.no
        indicator, tool = catalogue.indicator(no), catalogue.tool_of(code)
        if indicator and tool and catalogue.tool(indicator.tool) not in (None, tool):
            yield problem(
                "C219", where, label=f"ข้อ {code}", code=code, tool=tool.code, of=indicator.tool
            )


def items_stand_in_one_indicator(catalogue: Catalogue) -> Iterator[Problem]:
    """Find items in two indicators (C220), or in none where the split is known (C221)."""
    listed = [*_listed(catalogue.indicators), *_listed(catalogue.sub_indicators)]
    split_known = _tools_with_known_split(catalogue)
    must_stand = {
        item.code
        for item in catalogue.items.rows
        if (tool := catalogue.tool_of(item.code)) and tool.code in split_known
    }
    yield from _stand_once(catalogue, listed, must_stand, twice="C220", nowhere="C221")


def items_stand_in_one_issue(catalogue: Catalogue) -> Iterator[Problem]:
    """Find items in two issues (C222) or in none (C223)."""
    listed = list(_listed(catalogue.issues))
    must_stand = {item.code for item in catalogue.items.rows}
    yield from _stand_once(catalogue, listed, must_stand, twice="C222", nowhere="C223")


def _listed(group: Indicators | SubIndicators | Issues) -> Iterator[_Listed]:
    """Find every code in the lists of a group's rows."""
    name = _NAMES[type(group)]
    rows: tuple[Indicator | SubIndicator | Issue, ...] = group.rows
    for index, row in enumerate(rows):
        for position, code in enumerate(row.items):
            yield _Listed((name, "rows", index, "items", position), code, row)


def _stand_once(
    catalogue: Catalogue, listed: list[_Listed], must_stand: set[str], *, twice: str, nowhere: str
) -> Iterator[Problem]:
    """Find codes listed that are no item of the year (C218), listed twice, or not at all."""
    first: dict[str, FieldPath] = {}
    for where, code, _ in listed:
        if catalogue.item(code) is None:
            yield problem("C218", where, label=f"ข้อ {code}", code=code)
        elif code in first:
            yield problem(twice, where, label=f"ข้อ {code}", also=[first[code]], code=code)
        first.setdefault(code, where)
    homeless = must_stand - first.keys()
    for index, item in enumerate(catalogue.items.rows):
        if item.code in homeless:
            where = ("items", "rows", index)
            yield problem(nowhere, where, label=f"ข้อ {item.code}", code=item.code)
