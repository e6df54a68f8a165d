"""Reports without a fault, for any year: plain data as a YAML file holds it, and its model."""

from __future__ import annotations

import copy
import functools
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from itareport.ita.catalogue import Catalogue, packaged_kinds
from itareport.ita.model import Report

Data = dict[str, Any]
Given = str | Fraction | tuple[str | Fraction, str | Fraction]
"""A score, or both halves of one; a fraction is an unrounded score, as only ITAS knows it."""

KINDS = packaged_kinds()
"""The kinds of agency that are packaged."""
LACKS = "ยังไม่ครบถ้วนเท่าที่ควร"
SHOULD = "ดังนั้น หน่วยงานควรทบทวนและปรับปรุงให้ดีขึ้น"


def clean_data(
    catalogue: Catalogue, scores: Mapping[str, Given] | None = None, /, **changes: Any
) -> Data:
    """Return data in which no check finds anything: all scores full, or those of `scores`.

    The official figures follow from the scores by the formulas, unrounded and then half up; low
    scores have a remark, and the plan answers every indicator.  `changes` replace fields by
    name, those inside others as `result__total`.
    """
    given: dict[str, Given] = {code: _full(catalogue, code) for code in catalogue.codes} | dict(
        scores or {}
    )
    data: Data = {
        "fiscal_year": str(catalogue.fiscal_year),
        "agency": {
            "kind": "เทศบาลตำบล",
            "name": "ควนเสาธง",
            "district": "ตะโหมด",
            "province": "พัทลุง",
        },
        "result": _result(catalogue, given),
        "scores": [_row(code, score) for code, score in given.items()],
        "remarks": [
            {"code": code, "text": _remark(catalogue, code)}
            for code, score in given.items()
            if min(_halves(score)) < 100
        ],
        "plan": [_plan_row(catalogue, issue.no) for issue in catalogue.issues.rows],
        "signatures": [{"role": "ผู้จัดทำรายงาน", "name": "นางสาวใจดี รักงาน"}],
    }
    for name, value in changes.items():
        *path, field = name.split("__")
        inner = data
        for part in path:
            inner = inner[part]
        inner[field] = copy.deepcopy(value)
    return data


def clean_report(
    catalogue: Catalogue, scores: Mapping[str, Given] | None = None, /, **changes: Any
) -> Report:
    """Return the model of `clean_data`."""
    return Report.model_validate(clean_data(catalogue, scores, **changes))


def row_of(data: Data, code: str) -> Data:
    """Return the row of scores of a code, to be changed in place."""
    row: Data = next(row for row in data["scores"] if row["code"] == code)
    return row


def plan_of(data: Data, issue: int) -> Data:
    """Return the first row of the plan of an issue, to be changed in place."""
    row: Data = next(row for row in data["plan"] if int(row["issue"]) == issue)
    return row


def _full(catalogue: Catalogue, code: str) -> Given:
    tool = catalogue.tool_of(code)
    return ("100.00", "100.00") if tool and tool.parts > 1 else "100.00"


@functools.cache
def _halves(score: Given) -> tuple[Fraction, ...]:
    return tuple(Fraction(half) for half in (score if isinstance(score, tuple) else (score,)))


def _row(code: str, score: Given) -> Data:
    if isinstance(score, tuple):
        first, second = _halves(score)
        return {"code": code, "part1": shown(first), "part2": shown(second)}
    return {"code": code, "score": shown(*_halves(score))}


@functools.cache
def shown(value: Fraction) -> str:
    """Write a score as ITAS shows it: two places, half up."""
    cents = int(value * 100 + Fraction(1, 2))
    return f"{cents // 100}.{cents % 100:02d}"


def _mean(values: Sequence[Fraction]) -> Fraction:
    whole = math.lcm(*{value.denominator for value in values})
    parts = (value.numerator * (whole // value.denominator) for value in values)
    return Fraction(sum(parts), whole * len(values))


def _result(catalogue: Catalogue, given: Mapping[str, Given]) -> Data:
    indicators = {row.no: _indicator(catalogue, row.no, given) for row in catalogue.indicators.rows}
    tools: dict[tuple[str, int | None], Fraction] = {}
    total = Fraction(0)
    for tool in catalogue.tools.rows:
        own = [indicators[row.no] for row in catalogue.indicators.rows if row.tool == tool.code]
        total += Fraction(tool.weight) * _mean(own)
        tools[tool.code, None] = _mean(own)
        if tool.parts > 1:
            del tools[tool.code, None]
            halves = [_halves(s) for code, s in given.items() if code[0] == tool.letter]
            tools[tool.code, 1] = _mean([half[0] for half in halves])
            tools[tool.code, 2] = _mean([half[-1] for half in halves])
    level = next(
        row.name
        for row in catalogue.levels.rows
        if Fraction(shown(total)) >= row.total
        and all(Fraction(shown(score)) >= (row.each_tool or 0) for score in tools.values())
    )
    return {
        "total": shown(total),
        "level": level,
        "indicators": [{"no": str(no), "score": shown(s)} for no, s in indicators.items()],
        "tools": [
            {"tool": tool, **({"part": str(part)} if part else {}), "score": shown(score)}
            for (tool, part), score in tools.items()
        ],
    }


def _indicator(catalogue: Catalogue, no: int, given: Mapping[str, Given]) -> Fraction:
    groups = [sub.items for sub in catalogue.sub_indicators.rows if sub.indicator == no]
    for row in catalogue.indicators.rows:
        if row.no == no and row.items:
            groups = [row.items]
        elif row.no == no and not groups:  # the year's split is unknown: any figure will do
            tool = catalogue.tool(row.tool)
            groups = [tuple(code for code in given if tool and code[0] == tool.letter)]
    return _mean([_mean([_mean(_halves(given[code])) for code in codes]) for codes in groups])


def _remark(catalogue: Catalogue, code: str) -> str:
    tool = catalogue.tool_of(code)
    if tool is None or tool.letter == "o":
        return f"เอกสารที่เผยแพร่{LACKS} {SHOULD}"
    return f"{tool.respondents}บางส่วนมีความเห็นว่าการดำเนินงาน{LACKS} {SHOULD}"


def _plan_row(catalogue: Catalogue, no: int) -> Data:
    issue = next(row for row in catalogue.issues.rows if row.no == no)
    found = {code: catalogue.indicator_of(code) for code in issue.items}
    named = {row.no: row.name for row in found.values() if row}
    findings = [f"ตัวชี้วัดที่ {no} {name}" for no, name in named.items()]
    if rest := [code for code, indicator in found.items() if indicator is None]:
        findings.append(f"ข้อ {', '.join(rest)}")
    return {
        "issue": str(no),
        "measures": ["ทบทวนการดำเนินงานและเผยแพร่ผลให้ทราบทั่วกัน"],
        "findings": findings,
        "steps": ["ประชุมผู้เกี่ยวข้อง", "จัดทำและเผยแพร่"],
        "period": [f"ธันวาคม {catalogue.fiscal_year} - กันยายน {catalogue.fiscal_year + 1}"],
        "responsible": ["สำนักปลัดเทศบาล"],
    }


def wide_row(year: Catalogue, data: Data) -> dict[str, str]:
    """Return a report's row of the wide table by its headers, every score full."""
    agency, result = data["agency"], data["result"]
    return {
        "ปีงบประมาณ": str(year.fiscal_year),
        "ประเภทหน่วยงาน": agency["kind"],
        "ชื่อหน่วยงาน": agency["name"],
        "อำเภอ": agency["district"],
        "จังหวัด": agency["province"],
        "คะแนนภาพรวม": str(result["total"]),
        "ระดับ": result["level"],
        **{f"ตัวชี้วัดที่ {row['no']}": str(row["score"]) for row in result["indicators"]},
        **dict.fromkeys(year.codes, "100.00"),
    }
