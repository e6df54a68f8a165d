"""The step of the overall result, with what it is computed to beside it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itareport.ita.catalogue import Indicator, Tool
from itareport.ita.model import NO_ITEM
from itareport.web.forms.control import Control, control
from itareport.web.forms.form import Form


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator, its official score, and what its questions give."""

    no: int
    name: str
    score: Control
    compared: str
    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of one tool."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Serves:
    """Which item of the next assessment the report is handed in for."""

    year: int
    item: str
    """The item that the next year's list names, "" where it is not known."""
    is_sure: bool
    chosen: str
    """`item`, `other`, `none`, or "" where nothing is said."""
    other: Control


@dataclass(frozen=True, slots=True)
class Result:
    """What the step shows."""

    total: Control
    level: Control
    said: str
    formula: str
    kind: str
    groups: Sequence[Group]
    tools: Sequence[Control]
    last: Sequence[Control]
    more: Sequence[Control]
    serves: Serves
    principles: Control


def result(form: Form) -> Result:
    """Return what the step of the overall result shows."""
    levels = tuple(row.name for row in form.year.levels.rows)
    said, formula, kind = _total(form)
    last = f"คะแนนภาพรวมปี {form.year.fiscal_year - 1}"
    return Result(
        total=control(form, "result.total", at=[("result",)]),
        level=control(form, "result.level", tag="select", choices=levels),
        said=said,
        formula=formula,
        kind=kind,
        groups=_groups(form),
        tools=tuple(_tools(form)),
        last=(
            control(form, "result.last_year.total", title=last, at=[("result", "last_year")]),
            control(form, "result.announced"),
        ),
        more=tuple(
            control(form, f"result.{name}")
            for name in (
                "published",
                "rank.place",
                "rank.of",
                "respondents.iit",
                "respondents.eit",
            )
        ),
        serves=_serves(form),
        principles=control(form, "principles"),
    )


def _total(form: Form) -> tuple[str, str, str]:
    """Say what the total is computed to, and whether the official one is the same."""
    found = form.figures.total
    if found is None:
        return "โปรแกรมคำนวณเทียบให้เมื่อกรอกตัวชี้วัดครบ", "", ""
    words = {None: ("", ""), True: (" ตรงกัน", "ok"), False: (" ไม่ตรงกัน", "bad")}
    said, kind = words[found.agrees]
    return f"คำนวณได้ {found.value}{said}", found.formula, kind


def _groups(form: Form) -> tuple[Group, ...]:
    by_tool = [
        (tool, [row for row in form.year.indicators.rows if row.tool == tool.code])
        for tool in form.year.tools.rows
    ]
    order = [row.no for _, rows in by_tool for row in rows]
    filled = [no for no in order if form.text(f"result.indicators.no={no}.score")]
    last = order.index(filled[-1]) if filled else -1
    return tuple(
        Group(
            f"{tool.code} {tool.respondents}",
            tuple(_row(form, row, tool, passed=order.index(row.no) < last) for row in rows),
        )
        for tool, rows in by_tool
    )


def _row(form: Form, indicator: Indicator, tool: Tool, *, passed: bool) -> Row:
    name = f"result.indicators.no={indicator.no}.score"
    path = form.path(name)
    title = f"คะแนนตัวชี้วัดที่ {indicator.no} {indicator.name}"
    score = control(form, name, title=title, at=[path and path[:-1]], passed=passed)
    return Row(indicator.no, indicator.name, score, *_compared(form, indicator.no, tool))


def _compared(form: Form, no: int, tool: Tool) -> tuple[str, str]:
    """Say what the questions give an indicator."""
    found = form.figures.indicators.get(no)
    if found is None:
        return ("เทียบได้เมื่อกรอกแยกส่วน" if tool.parts > 1 else "รอคะแนนรายข้อ"), ""
    *first, last = map(str, found.values)
    values = f"{', '.join(first)} หรือ {last}" if first else last
    words = {None: ("", ""), True: (" ตรงกัน", "ok"), False: ("", "warn")}
    said, kind = words[found.agrees]
    return f"รายข้อได้ {values}{said}", kind


def _tools(form: Form) -> list[Control]:
    return [
        control(
            form,
            f"result.tools.tool={tool}{f',part={part}' if part else ''}.score",
            title=f"{tool} ส่วนที่ {part}" if part else tool,
        )
        for tool, part in form.year.tool_parts
    ]


def _serves(form: Form) -> Serves:
    plan = form.plan_year
    item = plan.serves.report if plan else ""
    name = "serves.item" if isinstance(form.data.get("serves"), dict) else "serves"
    given = form.text(name)
    chosen = "none" if given == NO_ITEM else ("item" if given == item else "other") if given else ""
    other = control(form, name, title="เลขข้อ", example="เช่น o25", at=[("serves",)])
    return Serves(
        form.year.fiscal_year + 1, item, bool(plan and plan.serves.verified), chosen, other
    )
