"""The value of each cell from the plain data: what a field's cell holds; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from itareport import thai
from itareport.ita import codes
from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Kind
from itareport.problems import ItaReportError, problem
from itareport.reading.workbook import layout, sheets
from itareport.reading.workbook.layout import MOST, Form, FormRow, Key, Path, Table

Value: TypeAlias = str | int | Decimal | None
Tree: TypeAlias = Mapping[str, Any]
"""The plain data of a report, as a YAML file holds it or as its model is dumped."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a table holds: the rows of data behind it, by the list's name."""

    key: str
    behind: Mapping[str, Mapping[str, Any]]

    def at(self, path: Path) -> Any:
        """Return the value of the data at a path through the row."""
        return self.behind.get(str(path[0]), {}).get(str(path[-1]))


def cell(value: Any, kind: Kind) -> Value:
    """Return what a cell holds for a value of the data; None leaves it empty."""
    if value is None or (kind is Kind.POINTS and not isinstance(value, str) and not value):
        return None
    if kind is Kind.MARK:
        return layout.DRAFT if value is True or value == "true" else None
    if kind in (Kind.SCORE, Kind.WHOLE):
        return _number(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        between = ", " if kind is Kind.CODES else "\n"
        text = between.join(_said(point) for point in value) or layout.EMPTY
    else:
        text = _date(value) if isinstance(value, dt.date) else _said(value)
    return text


def within(value: Value, label: str) -> Value:
    """Return a value that fits into a cell; `label` names it in the problem.

    Raises:
        ItaReportError: D400: it is longer than a cell can be.
    """
    if isinstance(value, str) and len(value) > MOST:
        raise ItaReportError(problem("D400", label=label, length=len(value), most=MOST))
    return value


def found(tree: Any, path: Path) -> Any:
    """Return the value of the data at a form's path, or None."""
    for step in path:
        if isinstance(step, Key):
            rows = tree if isinstance(tree, Sequence) else ()
            tree = next((row for row in rows if _matches(row, step)), None)
        else:
            tree = tree.get(step) if isinstance(tree, Mapping) else None
    return tree


def rows_of(form: Form, tree: Tree) -> tuple[FormRow, ...]:
    """Return the form's rows, and rows for what the data has beyond the year's.

    Raises:
        ItaReportError: D401: the data has two rows for one of them.
    """
    own = {field.path for row in form.rows for field in row.fields if field}
    more: dict[str, FormRow] = {}
    for given in _lists(form, tree):
        labels = [row.label for row in given]
        for label in labels:
            if labels.count(label) > 1:
                raise ItaReportError(problem("D401", row=label))
        more |= {row.label: row for row in given}
    beyond = (row for row in more.values() if row.fields[0] and row.fields[0].path not in own)
    return (*form.rows, *beyond)


def _lists(form: Form, tree: Tree) -> Iterator[list[FormRow]]:
    if form.sheet == layout.AGENCY:
        yield [sheets.issue_row(_plain(row.get("no"))) for row in tree.get("issues") or ()]
        return
    result = tree.get("result") or {}
    for group in (result, result.get("last_year") or {}):
        yield [sheets.indicator_row(_plain(r.get("no"))) for r in group.get("indicators") or ()]
    yield [
        sheets.tool_row(_plain(row.get("tool")).upper(), _plain(row.get("part")) or None)
        for row in result.get("tools") or ()
    ]


def rows(table: Table, tree: Tree, catalogue: Catalogue) -> list[Row]:
    """Return the rows of a table: those of the data, and those that wait to be filled."""
    if table.pasted:
        return []
    if (name := table.group) == "scores":
        return list(_score_rows(tree, catalogue))
    given = [Row("", {name: _present(name, row)}) for row in tree.get(name) or ()]
    if name == "plan":
        planned = {_plain(row.at(("plan", "issue"))) for row in given}
        given += [
            Row("", {"plan": {"issue": issue.no}})
            for issue in catalogue.issues.rows
            if str(issue.no) not in planned
        ]
    return given


def _score_rows(tree: Tree, catalogue: Catalogue) -> Iterator[Row]:
    """Yield a row for each code of the year, then what is left: other codes, a code's second."""
    left: dict[str, list[tuple[str, Mapping[str, Any]]]] = {
        name: [(code(row.get("code")), row) for row in tree.get(name) or () if not _is_of_unit(row)]
        for name in ("scores", "remarks")
    }

    def taken(key: str) -> Row:
        behind = {}
        for name, given in left.items():
            mine = next((pair for pair in given if pair[0] == key), None)
            if mine is not None:
                given.remove(mine)
                behind[name] = mine[1]
        return Row(key, behind)

    for key in catalogue.codes:
        yield taken(key)
    while rest := left["scores"] or left["remarks"]:
        yield taken(rest[0][0])


def _is_of_unit(row: Mapping[str, Any]) -> bool:
    """Return whether a remark is an indicator's or a tool's, which stand on another sheet."""
    return bool(row.get("indicator") or row.get("tool"))


def _present(name: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row of which something can be seen: one who signs and is not known yet."""
    said = [value for value in row.values() if value not in (None, "", (), [])]
    return row if name != "signatures" or said else {"name": ""}


def _matches(row: Any, key: Key) -> bool:
    if not isinstance(row, Mapping):
        return False
    wanted = dict(key.values)
    names = {"tool", "part"} if "tool" in wanted else set(wanted)
    return all(_plain(row.get(name)).upper() == wanted.get(name, "") for name in names)


def _number(value: Any) -> Value:
    text = thai.arabic("".join(str(value).split()))
    number = thai.decimal(text)
    if number is None or len(text) > 12:
        return str(value)
    return int(number) if number == number.to_integral_value() and "." not in text else number


def _date(value: dt.date) -> str:
    buddhist = 2400 < value.year + thai.BUDDHIST < 2700
    return thai.long_date(value) if buddhist else value.isoformat()


def _said(value: Any) -> str:
    return str(value) if str(value).strip() else layout.EMPTY


def code(value: Any) -> str:
    """Return the code that a text means, or the text."""
    return codes.code_of(_plain(value), _plain(value))


def _plain(value: Any) -> str:
    return "" if value is None else thai.arabic(str(value).strip())
