"""The step of the plan: the rows of each issue, one of them open; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from itareport import draft, thai
from itareport.ita import codes
from itareport.ita.described import COLUMNS
from itareport.ita.model import PlanRow
from itareport.problems import Problem
from itareport.web.forms import naming
from itareport.web.forms.control import Control, control
from itareport.web.forms.form import ReportForm, Said
from itareport.web.forms.seven.agency_step import points
from itareport.web.forms.seven.scores_step import lowest_of
from itareport.web.store import units

_MONTH = "|".join(thai.MONTHS)
_PERIOD = re.compile(
    rf"\s*(?P<first>{_MONTH})\s*(?P<year>[0-9๐-๙]{{4}})?"
    rf"(?:\s*(?:-|–|ถึง)\s*(?P<last>{_MONTH})\s*(?P<end>[0-9๐-๙]{{4}}))?\s*(?:\((?P<note>[^()]*)\))?\s*"
)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is chosen, or may be."""

    value: str
    said: str
    is_on: bool
    is_fixed: bool = False
    """Whether it stands in a text, where alone it can be taken away."""


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """One period: first and last month, and what is done in them; or a text as it is."""

    name: str
    first: str
    last: str
    note: str
    text: str
    """What is typed, where it is no such period."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the plan."""

    key: str
    """Its key in the data, or `draft<issue>.<n>` of a draft that is not in the data."""
    number: str
    title: str
    answers: str
    is_draft: bool = False
    is_open: bool = False
    row: PlanRow | None = None
    """The draft's row, to be read."""
    measures: Sequence[Control] = ()
    findings: Sequence[Control] = ()
    chips: Sequence[Chip] = ()
    steps: Sequence[Control] = ()
    periods: Sequence[PlanPeriod] = ()
    units: Sequence[Chip] = ()
    more: Sequence[tuple[str, Sequence[Control]]] = ()
    """The columns that are printed only where a row has them, each with its title."""
    said: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class IssueRows:
    """The rows of one issue, and what is said of it as a whole."""

    no: int
    name: str
    rows: Sequence[Row]
    said: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the step shows."""

    year: int
    issues: Sequence[IssueRows]
    measures: int
    months: Sequence[str]
    more: Sequence[Control]
    appendices: Sequence[Control]
    of_units: Mapping[str, int]
    """The units that are responsible for rows in the data, each with how many."""


def plan(form: ReportForm) -> Plan:
    """Return what the step of the plan shows."""
    rows = list(_rows(form))
    issues = tuple(
        IssueRows(
            issue.no,
            issue.name,
            tuple(row for no, row in rows if no == issue.no),
            _of_issue(form, issue.no),
        )
        for issue in form.year.issues.rows
    )
    form.told(("plan",), empty=True)
    year = form.year.fiscal_year + 1
    return Plan(
        year,
        issues,
        sum(len(row.measures) for row in form.report.plan) if form.report else 0,
        months(year),
        tuple(control(form, name) for name in ("follow_up", "summary", "correspondence")),
        points(form, "appendices"),
        units.units(form.data),
    )


def months(year: int) -> tuple[str, ...]:
    """Return the months of a fiscal year: ตุลาคม 2568 to กันยายน 2569."""
    return tuple(f"{thai.MONTHS[month]} {year - (month > 8)}" for month in (9, 10, 11, *range(9)))


def period_text(first: str, last: str, note: str) -> str:
    """Write a period as a plan has it: `ธันวาคม 2568 - มีนาคม 2569 (จัดทำ)`."""
    said = first if first == last or not last else f"{first} - {last}" if first else last
    return f"{said} ({note})" if note.strip() and said else said or note.strip()


def _of_issue(form: ReportForm, no: int) -> list[Said]:
    """Return what is said of an issue: a low question that no measure answers."""
    items = {code for own in [form.year.issue(no)] if own for code in own.items}
    found = [p for p in form.of_step("plan") if _about(form, p) in items or (_no_of(p) == str(no))]
    return form.hold(found)


def _about(form: ReportForm, found: Problem) -> str:
    if found.where[:1] != ("scores",):
        return ""
    row = form.row(found.where[:2])
    return codes.code_of(row.get("code")) if isinstance(row, dict) else ""


def _no_of(found: Problem) -> str:
    """Return the issue of which a row is missing, where it is only one."""
    return str(found.also[0][1]) if found.where == ("plan",) and len(found.also) == 1 else ""


def _rows(form: ReportForm) -> Iterator[tuple[int, Row]]:
    """Yield the rows of the data, then the program's drafts, each with its issue."""
    stored = [row for row in form.rows("plan") if isinstance(row, dict)]
    drafted = [row for row in form.report.plan if row.draft] if form.report else []
    counted: dict[int, int] = {}
    planned: set[int] = set()
    for index, row in enumerate(stored):
        no = _issue_no(row)
        planned.add(no)
        first = counted.get(no, 0) + 1
        counted[no] = counted.get(no, 0) + max(1, len(_points(row, "measures")))
        yield no, _stored(form, index, row, f"{no}.{first}")
    for index, new in enumerate(one for one in drafted if one.issue not in planned):
        first = counted.get(new.issue, 0) + 1
        counted[new.issue] = first - 1 + len(new.measures)
        yield new.issue, _drafted(form, f"draft{new.issue}.{index}", new, f"{new.issue}.{first}")


def _issue_no(row: dict[str, Any]) -> int:
    text = thai.arabic(str(row.get("issue") or "").strip())
    return int(text) if text.isascii() and text.isdecimal() else 0


def _points(row: dict[str, Any], name: str) -> list[str]:
    found = row.get(name)
    return (
        [str(point or "") for point in found]
        if isinstance(found, list)
        else [found]
        if found
        else []
    )


def _stored(form: ReportForm, index: int, row: dict[str, Any], number: str) -> Row:
    name = naming.named(form.data, ("plan", index))
    key = name.rpartition(".")[2]
    is_open = form.asked.opened == key or form.asked.at.startswith(f"{name}.")
    is_draft = str(row.get("draft") or "").strip().lower() == "true"
    said = form.hold([p for p in form.problems if p.where[:2] == ("plan", index)])
    names, findings = _points(row, "measures"), _points(row, "findings")
    quoted = tuple(dict.fromkeys(one.code for text in findings for one in codes.find(text)))
    base = Row(key, number, _title(names), ", ".join(quoted), is_draft=is_draft, said=said)
    return _opened(form, base, name, row, quoted) if is_open else base


def _opened(
    form: ReportForm, base: Row, name: str, row: dict[str, Any], quoted: Sequence[str]
) -> Row:
    optional = [column for column in COLUMNS if column.name in ("follow_up", "budget")]
    return replace(
        base,
        is_open=True,
        measures=points(form, f"{name}.measures"),
        findings=points(form, f"{name}.findings"),
        chips=tuple(_answers(form, _issue_no(row), quoted, _points(row, "findings"))),
        steps=points(form, f"{name}.steps"),
        periods=tuple(_periods(form, name, row)),
        units=tuple(_units(form, _points(row, "responsible"))),
        more=tuple((c.title, points(form, f"{name}.{c.name}")) for c in optional),
        said=[one for one in base.said if one.found.where[2:3] not in _SHOWN],
    )


_SHOWN = [(name,) for name in ("measures", "findings", "steps", "follow_up", "budget")]
"""Columns whose problems stand at their own fields in an open row."""


def _drafted(form: ReportForm, key: str, row: PlanRow, number: str) -> Row:
    quoted = dict.fromkeys(one.code for text in row.findings for one in codes.find(text))
    base = Row(key, number, _title(row.measures), ", ".join(quoted), is_draft=True)
    return replace(base, is_open=form.asked.opened == key, row=row)


def _title(names: Sequence[str]) -> str:
    if not any(names):
        return "ยังไม่มีชื่อมาตรการ"
    return names[0] + (f" และอีก {len(names) - 1} เรื่อง" if len(names) > 1 else "")


def _answers(
    form: ReportForm, no: int, quoted: Sequence[str], texts: Sequence[str]
) -> Iterator[Chip]:
    """Yield the questions of an issue: those below 85 first, then by number."""
    issue = form.year.issue(no)
    lowest = {code: lowest_of(form, code) for code in (issue.items if issue else ())}
    low = {code: score for code, score in lowest.items() if score is not None and score < 100}
    order = sorted(low, key=lambda code: low[code] >= draft.URGENT)
    for code in [*order, *(code for code in quoted if code not in low)]:
        own = any(text.startswith(f"ข้อ {code}:") for text in texts)
        score = f" {low[code]:.2f}" if code in low else ""
        yield Chip(code, f"{code}{score}", code in quoted, code in quoted and not own)


def _periods(form: ReportForm, name: str, row: dict[str, Any]) -> Iterator[PlanPeriod]:
    """Yield the periods of a row, and an empty one."""
    known = months(form.year.fiscal_year + 1)
    for index, text in enumerate([*_points(row, "period"), ""]):
        yield _period(f"{name}.period.{index}", text, known)


def _period(name: str, text: str, known: Sequence[str]) -> PlanPeriod:
    match = _PERIOD.fullmatch(thai.arabic(text)) if text else None
    if text and match is None:
        return PlanPeriod(name, "", "", "", text)
    if match is None:
        return PlanPeriod(name, "", "", "", "")
    year = match["year"] or match["end"] or ""
    first = f"{match['first']} {year}"
    last = f"{match['last']} {match['end']}" if match["last"] else first
    if first not in known or last not in known:
        return PlanPeriod(name, "", "", "", text)
    return PlanPeriod(name, first, last, (match["note"] or "").strip(), "")


def _units(form: ReportForm, chosen: Sequence[str]) -> Iterator[Chip]:
    """Yield the agency's own units, or those of its kind, and what else is chosen."""
    own = [str(unit) for unit in form.rows("agency.units")] or (
        form.kind.units if form.kind else ()
    )
    for unit in dict.fromkeys((*own, units.ALL_UNITS, *chosen)):
        yield Chip(unit, unit, unit in chosen)
