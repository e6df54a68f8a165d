"""The workbook of one unit as it comes back: each row with the number it was given out with."""

from __future__ import annotations

import json
from typing import Any

from itareport.problems import Place
from itareport.reading.workbook import layout, sheets
from itareport.reading.workbook.headers import find_header, find_sheet
from itareport.reading.workbook.layout import Table
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.table_rows import put_rows, read_table
from itareport.reading.workbook.unit_sheet import Given, GivenRemark, GivenRow, Returned
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet
from itareport.xlsx.opening import refuse

_MOST_ROWS = 500


def read(data: bytes, name: str) -> Returned | None:
    """Read a workbook that was given to a unit; None for any other.

    Raises:
        ItaReportError: D420 to D426: it cannot be read; D456: what was given out is not in it.
    """
    book = Book(data, name)
    known = (layout.UNIT, layout.UNIT_PLAN, layout.UNIT_REMARKS)
    found = {wanted: own for wanted in known if (own := find_sheet(book.names, wanted))}
    if not {layout.UNIT, layout.UNIT_PLAN} & found.keys():
        return None
    given = _given(book.sheet(found[layout.UNIT])) if layout.UNIT in found else None
    if given is None or layout.UNIT_PLAN not in found:
        refuse("D456", name)
    into = Gathered({}, {(): Place(name)})
    sheet = book.sheet(found[layout.UNIT_PLAN])
    table = sheets.unit_plan(given.year, given.unit)
    numbers = _rows(table, sheet, into)
    rows = [row for row in _list(into, "plan") if isinstance(row, dict)]
    if layout.UNIT_REMARKS in found:
        _rows(sheets.unit_remarks(given.unit), book.sheet(found[layout.UNIT_REMARKS]), into)
    remarks, causes = _texts(into, "remarks", "text"), _texts(into, "scores", "cause")
    plan = tuple(zip(numbers, rows, strict=True))
    return Returned(given, plan, remarks, causes, tuple(into.problems))


def _texts(into: Gathered, group: str, name: str) -> dict[str, str]:
    """Return of each code the text of one field."""
    return {str(row.get("code")): str(row.get(name) or "") for row in _list(into, group)}


def _list(into: Gathered, name: str) -> list[Any]:
    found = into.data.get(name)
    return found if isinstance(found, list) else []


def _rows(table: Table, sheet: Sheet, into: Gathered) -> list[int]:
    """Read a table; return the number that each of its rows says it has, 0 for none."""
    found = read_table(table, sheet, into, _MOST_ROWS)
    put_rows(table, found.place, found.rows, into)
    header = find_header(sheet, [*table.headers])
    column = header.columns.get(layout.ROW_NUMBER, 0)
    lines = [
        into.places[(table.group, at)].line or 0 for at in range(len(_list(into, table.group)))
    ]
    cells = [sheet.cells.get((line, column)) for line in lines]
    texts = [cell.text.strip().removesuffix(".0") if cell else "" for cell in cells]
    return [int(text) if text.isascii() and text.isdecimal() else 0 for text in texts]


def _given(sheet: Sheet) -> Given | None:
    """Read what was given out; None where somebody has changed it."""
    text = "".join(cell.text for (_, column), cell in sorted(sheet.cells.items()) if column == 1)
    try:
        held = json.loads(text)
        return Given(
            str(held["unit"]),
            int(held["year"]),
            tuple(map(str, held["about"])),
            tuple(GivenRow(max(0, int(at)), dict(row)) for at, row in held["plan"]),
            tuple(GivenRemark(*map(str, texts[:3])) for texts in held["remarks"]),
            str(held["report"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
