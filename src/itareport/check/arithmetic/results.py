"""Compare the rows of the official result with the year: indicators, tools, level; pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from itareport import thai
from itareport.check import fields
from itareport.check.arithmetic import code_slips
from itareport.check.facts import Facts
from itareport.ita.catalogue import Group
from itareport.ita.model import IndicatorScore, Published, ToolScore
from itareport.problems import FieldPath, Problem, problem

_GROUPS = {
    "tools": "เครื่องมือและน้ำหนัก",
    "indicators": "ตัวชี้วัด",
    "sub_indicators": "ตัวชี้วัดย่อย",
    "items": "ข้อคำถาม",
    "issues": "การจัดข้อเข้าประเด็น",
    "levels": "เกณฑ์ระดับผลการประเมิน",
}


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield what is wrong with the rows of the official result, this year's and last year's."""
    result = facts.report.result
    yield from _indicators(facts, ("result", "indicators"), result.indicators)
    if result.last_year is not None and result.last_year.indicators:
        where = ("result", "last_year", "indicators")
        yield from _indicators(facts, where, result.last_year.indicators)
    yield from _announced(facts)
    if (rank := result.rank) is not None and not 1 <= rank.place <= rank.of:
        yield problem("D283", ("result", "rank", "place"), place=rank.place, of=rank.of)
    yield from _tools(facts)
    levels = [level.name for level in facts.catalogue.levels.rows]
    if result.level is not None and result.level not in levels:
        year, known = facts.catalogue.fiscal_year, fields.either(levels)
        yield problem("D217", ("result", "level"), level=result.level, year=year, known=known)
    yield from _unverified(facts)


def _indicators(
    facts: Facts, where: FieldPath, rows: tuple[IndicatorScore, ...]
) -> Iterator[Problem]:
    """Report indicators that are missing, doubled or unknown; a slip that is two of them, once."""
    known = [row.no for row in facts.catalogue.indicators.rows]
    given = Counter(row.no for row in rows)
    missing = [no for no in known if no not in given]
    wrong = [no for no, count in given.items() if no not in known or count == 2]
    meant = code_slips.numbers(wrong, missing)
    left = [no for no in missing if no not in meant.values()]
    known_only_in_part = facts.report.result.published is Published.TOTAL and not rows
    if left and not known_only_in_part:
        numbers = fields.spans(left)
        if where[1] == "indicators":
            yield problem("D210", where, label="คะแนนรายตัวชี้วัด", numbers=numbers)
        else:
            yield problem("D277", where, label="คะแนนรายตัวชี้วัดของปีก่อน", numbers=numbers)
    yield from _wrong(facts, where, rows, meant)


def _wrong(
    facts: Facts, where: FieldPath, rows: tuple[IndicatorScore, ...], meant: dict[int, int]
) -> Iterator[Problem]:
    of_year = "" if where[1] == "indicators" else "ของปีก่อน"
    first: dict[int, int] = {}
    for index, row in enumerate(rows):
        here, label = (*where, index, "no"), f"ตัวชี้วัดที่ {row.no}"
        if facts.catalogue.indicator(row.no) is None:
            known = fields.spans(known.no for known in facts.catalogue.indicators.rows)
            year = facts.catalogue.fiscal_year
            absent, hint = _absent(meant.get(row.no))
            told: dict[str, Any] = {"year": year, "known": known, "absent": absent, "hint": hint}
            yield problem("D212", here, label=label, no=row.no, of_year=of_year, **told)
        elif row.no in first:
            before = first[row.no]
            absent, hint = _absent(meant.get(row.no))
            yield problem(
                "D211",
                here,
                label=label,
                also=[(*where, before, "no")],
                no=row.no,
                first=rows[before].score,
                second=row.score,
                of_year=of_year,
                absent=absent,
                hint=hint,
            )
        first.setdefault(row.no, index)


def _absent(meant: int | None) -> tuple[str, str]:
    """Word which indicator is missing where one is wrong, and that it may be meant."""
    if meant is None:
        return "", ""
    return f" และไม่พบตัวชี้วัดที่ {meant}", f"แถวนี้อาจหมายถึงตัวชี้วัดที่ {meant} "


def _announced(facts: Facts) -> Iterator[Problem]:
    """Report a date of announcement outside the result's fiscal year and the one after it."""
    year, announced = facts.report.fiscal_year, facts.report.result.announced
    if announced is None:
        return
    start = dt.date(year - 1 - thai.BUDDHIST, 10, 1)
    end = dt.date(year + 1 - thai.BUDDHIST, 9, 30)
    if not start <= announced <= end:
        said: dict[str, Any] = {
            "date": thai.long_date(announced),
            "start": thai.long_date(start),
            "end": thai.long_date(end),
        }
        yield problem("D276", ("result", "announced"), year=year, **said)


def _tools(facts: Facts) -> Iterator[Problem]:
    first: dict[tuple[str, int | None], int] = {}
    rows = facts.report.result.tools
    for index, row in enumerate(rows):
        where: FieldPath = ("result", "tools", index)
        if (fault := _tool_fault(facts, where, row)) is not None:
            yield fault
        elif (key := (row.tool, row.part)) in first:
            before = first[key]
            yield problem(
                "D214",
                (*where, "tool"),
                label=f"คะแนน {tool_part(*key)}",
                also=[("result", "tools", before, "tool")],
                tool=tool_part(*key),
                first=rows[before].score,
                second=row.score,
            )
        first.setdefault((row.tool, row.part), index)


def _tool_fault(facts: Facts, where: FieldPath, row: ToolScore) -> Problem | None:
    tools = facts.catalogue.tools.rows
    tool = next((tool for tool in tools if tool.code == row.tool), None)
    label = f"คะแนน {row.tool}"
    if tool is None:
        known = fields.either(tool.code for tool in tools)
        year = facts.catalogue.fiscal_year
        return problem("D213", (*where, "tool"), tool=row.tool, year=year, known=known)
    if tool.parts == 1 and row.part is not None:
        return problem("D215", (*where, "part"), label=label, tool=row.tool, part=row.part)
    if tool.parts > 1 and row.part is None:
        return problem("D216", where, label=label, tool=row.tool)
    return None


def _unverified(facts: Facts) -> Iterator[Problem]:
    """Report the facts of the year that nobody has seen in print, on which checks rely."""
    names = []
    for field, name in _GROUPS.items():
        group = getattr(facts.catalogue, field)
        rows = [group.verified if row.verified is None else row.verified for row in group.rows]
        if not all([*rows, group.verified or rows]):
            names.append(name if not any(rows) else f"{name} (บางรายการ)")
    names += [name for group, name in _without_rows(facts) if not group.verified]
    if names:
        year, groups = facts.catalogue.fiscal_year, ", ".join(names)
        yield problem("D314", ("fiscal_year",), year=year, groups=groups)


def _without_rows(facts: Facts) -> Iterator[tuple[Group, str]]:
    """Yield the groups without rows that this report depends on, and their names."""
    catalogue = facts.catalogue
    if catalogue.comparison is not None and facts.report.result.last_year is not None:
        yield catalogue.comparison, "การเทียบกับปีก่อน"
    yield catalogue.titles, "หัวเอกสาร"
    if facts.plan_catalogue is not None:
        yield facts.plan_catalogue.serves, f"ข้อที่รายงานนี้ใช้ตอบของปี {facts.report.plan_year}"
    yield catalogue.wording, "ถ้อยคำ"


def tool_part(tool: str, part: int | None) -> str:
    """Name a tool, or a part of one: `EIT ส่วนที่ 1`."""
    return tool if part is None else f"{tool} ส่วนที่ {part}"
