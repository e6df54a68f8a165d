"""What one unit of an agency is given of a report, and what comes back of it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itareport import thai
from itareport.ita import codes
from itareport.reading.workbook import Given, GivenRemark, GivenRow, Returned, unit_columns
from itareport.web.store.differences import (
    Side,
    field_side,
    row_here,
    row_there,
    said,
)
from itareport.web.store.edits import Remove, Set

ALL_UNITS = "ทุกส่วนราชการ"
"""Begins what stands for all units together, and is none."""
_PLAN, _REMARKS, _SCORES = "plan", "remarks", "scores"


def units(data: Mapping[str, Any]) -> dict[str, int]:
    """Return the units that are responsible for rows of the plan, each with how many."""
    found: dict[str, int] = {}
    for row in _rows(data, _PLAN):
        for unit in dict.fromkeys(_points(row, "responsible")):
            if unit.startswith(ALL_UNITS):
                continue
            found[unit] = found.get(unit, 0) + 1
    return found


def given(
    data: Mapping[str, Any], unit: str, year: int, about: Sequence[str], scores: Mapping[str, str]
) -> Given:
    """Return what a unit is given: its rows of the plan, and the remarks that they answer."""
    own = [
        GivenRow(at, {name: row[name] for name in unit_columns() if row.get(name)})
        for at, row in enumerate(_rows(data, _PLAN))
        if unit in _points(row, "responsible")
    ]
    texts = "\n".join(said(one.row.get("findings")) for one in own)
    answered = sorted({one.code for one in codes.find(texts)}, key=codes.sort_key)
    remarks = tuple(
        GivenRemark(
            code,
            said(_of_code(data, _REMARKS, code)[1].get("text")),
            said(_of_code(data, _SCORES, code)[1].get("cause")),
            scores.get(code, ""),
        )
        for code in answered
    )
    return Given(unit, year, tuple(about), tuple(own), remarks)


def returned(sheet: Returned, data: Mapping[str, Any]) -> tuple[Side, ...]:
    """Return what a unit has changed, beside what the report has now.

    What it left as it was given is no difference, whatever the report has now; rows of others are
    not looked at.
    """
    return (*_plan(sheet, data), *_causes(sheet, data), *_remarks(sheet, data))


def _plan(sheet: Returned, data: Mapping[str, Any]) -> Iterator[Side]:
    rows, old = _rows(data, _PLAN), sheet.given.plan
    came, added = _came_back(sheet)
    new = [{"responsible": [sheet.given.unit], **row} for row in added]
    for number, one in enumerate(old, 1):
        at = _place(one, rows, old)
        yield from _row(one, came.get(number), at, rows, data)
    fresh = [row for row in new if not any(_are_alike(row, own) for own in rows)]
    for before, row in enumerate(sorted(fresh, key=_issue)):
        at = 1 + max((n for n, own in enumerate(rows) if _issue(own) <= _issue(row)), default=-1)
        yield row_there((_PLAN,), [*rows[:at], *[{}] * before, row], at + before)


def _came_back(sheet: Returned) -> tuple[dict[int, Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Return the rows that were given by their numbers, and those that are new.

    A row that has lost its number is known by its name; of two with one number, the first counts.
    """
    came: dict[int, Mapping[str, Any]] = {}
    left: list[Mapping[str, Any]] = []
    for number, row in sheet.plan:
        if 0 < number <= len(sheet.given.plan) and number not in came:
            came[number] = row
        else:
            left.append(row)
    new: list[Mapping[str, Any]] = []
    for row in left:
        lost = (n for n, one in enumerate(sheet.given.plan, 1) if _name(one.row) == _name(row))
        if (number := next((n for n in lost if n not in came), 0)) != 0:
            came[number] = row
        else:
            new.append(row)
    return came, new


def _row(
    one: GivenRow, came: Mapping[str, Any] | None, at: int | None, rows: Sequence[Any], data: Any
) -> Iterator[Side]:
    """Yield what became of one row that was given."""
    if at is None:
        if came is not None and not _are_alike(one.row, came):
            where = min(one.at, len(rows))
            yield row_there((_PLAN,), [*rows[:where], dict(came)], where, is_overtaken=True)
        return
    is_new = not _are_alike(one.row, rows[at])
    if came is None:
        yield row_here((_PLAN, at), rows[at], data, is_overtaken=is_new)
        return
    for name in unit_columns():
        base, ours, theirs = (_text(row.get(name)) for row in (one.row, rows[at], came))
        if theirs not in (base, ours):
            path = (_PLAN, at, name)
            value = came.get(name)
            yield field_side(path, rows[at].get(name), value, data, is_overtaken=ours != base)


def _place(one: GivenRow, rows: Sequence[Any], old: Sequence[GivenRow]) -> int | None:
    """Return where a row that was given is now: the same, one of its name, or in its place."""
    same = [at for at, row in enumerate(rows) if _are_alike(one.row, row)]
    if same:
        return min(same, key=lambda at: abs(at - one.at))
    named = [at for at, row in enumerate(rows) if _name(row) == _name(one.row)]
    if len(named) == 1:
        return named[0]
    if one.at < len(rows) and _text(rows[one.at].get("issue")) == _text(one.row.get("issue")):
        is_other = any(_are_alike(other.row, rows[one.at]) for other in old)
        return None if is_other else one.at
    return None


def _causes(sheet: Returned, data: Mapping[str, Any]) -> Iterator[Side]:
    for one in sheet.given.remarks:
        came = sheet.causes.get(one.code, "")
        at, row = _of_code(data, _SCORES, one.code)
        ours = row.get("cause")
        if _text(came) in (_text(one.cause), _text(ours)):
            continue
        is_new = _text(ours) != _text(one.cause)
        if at is None:
            rows = [*_rows(data, _SCORES), {"code": one.code, "cause": came}]
            yield row_there((_SCORES,), rows, len(rows) - 1, is_overtaken=is_new)
        else:
            path = (_SCORES, at, "cause")
            yield field_side(path, ours, came or None, data, is_overtaken=is_new)


def _remarks(sheet: Returned, data: Mapping[str, Any]) -> Iterator[Side]:
    for one in sheet.given.remarks:
        came = sheet.remarks.get(one.code, "")
        at, row = _of_code(data, _REMARKS, one.code)
        ours = _text(row.get("text"))
        if _text(came) in (_text(one.text), ours):
            continue
        is_new = ours != _text(one.text)
        if at is None:
            rows = _rows(data, _REMARKS)
            new = {"code": one.code, "text": came}
            yield row_there((_REMARKS,), [*rows, new], len(rows), is_overtaken=is_new)
        elif not came:
            yield row_here((_REMARKS, at), row, data, is_overtaken=is_new)
        else:
            yield field_side(
                (_REMARKS, at, "text"), row.get("text"), came, data, is_overtaken=is_new
            )


def typed(sides: Sequence[Side], data: Mapping[str, Any]) -> list[Set | Remove]:
    """Return what else is done where these are taken: a text that somebody wrote is no draft."""
    paths = [side.edit.path for side in sides if isinstance(side.edit, Set)]
    rows = _rows(data, _REMARKS)
    drafts = [path for path in paths if path[0] == _REMARKS and rows[int(path[1])].get("draft")]
    return [Set((*path[:2], "draft"), None) for path in drafts]


def _of_code(data: Mapping[str, Any], name: str, code: str) -> tuple[int | None, dict[str, Any]]:
    """Return the place and the row of a question in a list, alone or with others."""
    for at, row in enumerate(_rows(data, name)):
        if code in map(codes.code_of, [row.get("code"), *_points(row, "codes")]):
            return at, row
    return None, {}


def _are_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(_text(one.get(name)) == _text(other.get(name)) for name in unit_columns())


def _issue(row: Mapping[str, Any]) -> int:
    number = thai.arabic(_text(row.get("issue")))
    return int(number) if number.isascii() and number.isdecimal() else 0


def _name(row: Mapping[str, Any]) -> tuple[str, str]:
    return _text(row.get("issue")), _text(row.get("measures")).partition("\n")[0]


def _text(value: Any) -> str:
    """Return a value as it is compared: without the spaces that a cell may lose."""
    return "\n".join(" ".join(line.split()) for line in said(value).splitlines()).strip()


def _rows(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows of a list, each at its place."""
    found = data.get(name)
    return (
        [row if isinstance(row, dict) else {} for row in found] if isinstance(found, list) else []
    )


def _points(row: Mapping[str, Any], name: str) -> list[str]:
    found = row.get(name)
    listed = found if isinstance(found, list) else [found] if found else []
    return [str(point).strip() for point in listed if str(point or "").strip()]
