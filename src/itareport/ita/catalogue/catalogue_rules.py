"""Rules that the facts of a catalogue must meet: each finds its violations; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from string import Formatter

from itareport.ita.catalogue import placement
from itareport.ita.catalogue.sections import Level
from itareport.ita.catalogue.year import Catalogue
from itareport.problems import FieldPath, Problem, problem

_DISTINCT = {
    "tools": ("code", "letter", "name"),
    "indicators": ("no", "name"),
    "sub_indicators": ("no", "name"),
    "items": ("code", "name"),
    "issues": ("no", "name"),
    "levels": ("name",),
}
"""Fields of each group that tell its rows apart."""


def violations(catalogue: Catalogue) -> Iterator[Problem]:
    """Find every violation of a rule, rule by rule."""
    for rule in _RULES:
        yield from rule(catalogue)


def _nothing_twice(catalogue: Catalogue) -> Iterator[Problem]:
    for group, fields in _DISTINCT.items():
        for field in fields:
            first: dict[object, FieldPath] = {}
            for index, row in enumerate(getattr(catalogue, group).rows):
                value, where = getattr(row, field), (group, "rows", index, field)
                if value in first:
                    yield problem(
                        "C207", where, label=field, also=[first[value]], group=group, value=value
                    )
                first.setdefault(value, where)


def _weights_make_one(catalogue: Catalogue) -> Iterator[Problem]:
    weights = [tool.weight for tool in catalogue.tools.rows]
    if sum(weights, Decimal()) != 1:
        terms = " + ".join(str(weight) for weight in weights)
        yield problem(
            "C210", ("tools", "rows"), label="weight", terms=terms, total=sum(weights, Decimal())
        )


def _tools_are_used(catalogue: Catalogue) -> Iterator[Problem]:
    measured = {indicator.tool for indicator in catalogue.indicators.rows}
    for index, tool in enumerate(catalogue.tools.rows):
        where = ("tools", "rows", index)
        if tool.code not in measured:
            yield problem("C213", where, label=tool.code, what="ตัวชี้วัด", group="indicators")
        if not catalogue.highest(tool.letter):
            yield problem("C213", where, label=tool.code, what="ข้อ", group="items")


def _codes_count_up(catalogue: Catalogue) -> Iterator[Problem]:
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for index, item in enumerate(catalogue.items.rows):
        if catalogue.tool_of(item.code) is None:
            letters = ", ".join(tool.letter for tool in catalogue.tools.rows)
            where = ("items", "rows", index, "code")
            yield problem("C208", where, label=f"ข้อ {item.code}", code=item.code, letters=letters)
        else:
            numbers[item.code[0]].add(int(item.code[1:]))
    for letter, found in numbers.items():
        missing = sorted(set(range(1, max(found))) - found)
        if missing:
            highest = f"{letter}{max(found)}"
            row = next(i for i, item in enumerate(catalogue.items.rows) if item.code == highest)
            gaps = ", ".join(f"{letter}{number}" for number in missing[:10])
            where = ("items", "rows", row, "code")
            yield problem("C209", where, label=f"ข้อ {highest}", highest=highest, missing=gaps)


def _numbers_count_up(catalogue: Catalogue) -> Iterator[Problem]:
    groups: tuple[tuple[str, list[int]], ...] = (
        ("indicators", [row.no for row in catalogue.indicators.rows]),
        ("issues", [row.no for row in catalogue.issues.rows]),
    )
    for group, numbers in groups:
        if len(set(numbers)) < len(numbers):
            continue  # one given twice puts all after it out of step: C207 says so
        for index, number in enumerate(numbers):
            if number != index + 1:
                where = (group, "rows", index, "no")
                yield problem(
                    "C211", where, label="no", group=group, found=number, wanted=index + 1
                )
                break


def _indicators_fit_tools(catalogue: Catalogue) -> Iterator[Problem]:
    known = ", ".join(tool.code for tool in catalogue.tools.rows)
    for index, indicator in enumerate(catalogue.indicators.rows):
        if indicator.tool not in {tool.code for tool in catalogue.tools.rows}:
            where = ("indicators", "rows", index, "tool")
            label = f"ตัวชี้วัดที่ {indicator.no}"
            yield problem("C212", where, label=label, tool=indicator.tool, known=known)


def _levels_descend(catalogue: Catalogue) -> Iterator[Problem]:
    levels = catalogue.levels.rows
    for index, (above, below) in enumerate(pairwise(levels)):
        if _bar(above) <= _bar(below):
            where = ("levels", "rows", index + 1)
            yield problem("C224", where, label=below.name, above=above.name, below=below.name)
    lowest = levels[-1]
    if lowest.total != 0 or lowest.each_tool is not None:
        where = ("levels", "rows", len(levels) - 1)
        yield problem("C225", where, label=lowest.name, name=lowest.name)


def _bar(level: Level) -> tuple[Decimal, Decimal]:
    """Return how much a level demands; demanding nothing of each tool is less than demanding 0."""
    return level.total, Decimal(-1) if level.each_tool is None else level.each_tool


def _titles_leave_only_the_year_open(catalogue: Catalogue) -> Iterator[Problem]:
    for field in ("cover", "report"):
        for index, line in enumerate(getattr(catalogue.titles, field)):
            if not _blanks_are_years(line):
                where = ("titles", field, index)
                yield problem("C226", where, label=f"titles.{field}[{index + 1}]", line=line)


def _blanks_are_years(line: str) -> bool:
    try:
        blanks = [
            (name, form, conversion)
            for _, name, form, conversion in Formatter().parse(line)
            if name is not None
        ]
    except ValueError:  # a brace without its twin
        return False
    return all(blank == ("year", "", None) for blank in blanks)


def _report_is_an_item(catalogue: Catalogue) -> Iterator[Problem]:
    report, follow_up = catalogue.serves.report, catalogue.serves.follow_up
    for field, code in (("report", report), ("follow_up", follow_up)):
        if catalogue.item(code) is None:
            yield problem("C218", ("serves", field), label=f"ข้อ {code}", code=code)
    if report == follow_up:
        where, also = ("serves", "follow_up"), [("serves", "report")]
        yield problem("C227", where, label=f"ข้อ {report}", also=also, code=report)


def _successors_are_of_items(catalogue: Catalogue) -> Iterator[Problem]:
    for index, row in enumerate(catalogue.successors.rows if catalogue.successors else ()):
        if catalogue.item(row.code) is None:
            where = ("successors", "rows", index, "code")
            yield problem("C218", where, label=f"ข้อ {row.code}", code=row.code)


_RULES: tuple[Callable[[Catalogue], Iterator[Problem]], ...] = (
    _nothing_twice,
    _weights_make_one,
    _tools_are_used,
    _codes_count_up,
    _numbers_count_up,
    _indicators_fit_tools,
    placement.sub_indicators_fit,
    placement.indicators_hold_items_one_way,
    placement.items_fit_the_indicators_tool,
    placement.items_stand_in_one_indicator,
    placement.items_stand_in_one_issue,
    _levels_descend,
    _titles_leave_only_the_year_open,
    _report_is_an_item,
    _successors_are_of_items,
)
