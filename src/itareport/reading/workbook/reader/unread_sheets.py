"""Sheets that are not read although they look like ours: copies, old ones, renamed ones."""

from __future__ import annotations

from collections.abc import Collection

from itareport.problems import ItaReportError, Place
from itareport.reading.workbook import headers, layout
from itareport.reading.workbook.layout import Form, Layout, Table
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.paste import holds_scores
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet

_MOST_SHEETS = 5
_MOST_BYTES = 500_000
"""Of one sheet; a larger one is the clerk's own data."""
_OWN = (layout.GUIDE, layout.CHECKLIST, layout.LISTS)
_ALIKE = 3
"""Headers or labels of ours that make a sheet look like one of ours."""


def tell(book: Book, read: Collection[str], shape: Layout, into: Gathered) -> None:
    """Tell of each sheet that is not read and looks like one that is (D446).

    Args:
        book: The workbook.
        read: The names of the sheets that are read.
        shape: The layout of the year.
        into: Where it is told.
    """
    own = {headers.find_sheet(book.names, name) for name in _OWN}
    others = [name for name in book.names if name not in read and name not in own]
    for name in others[:_MOST_SHEETS]:
        try:
            sheet = book.sheet(name) if book.size(name) <= _MOST_BYTES else None
        except ItaReportError:  # what is not read may be damaged
            continue
        if sheet is not None and (wanted := _like(sheet, shape)):
            into.tell("D446", Place(sheet.file, sheet=name, sheet_no=sheet.no), sheet=wanted)


def _like(sheet: Sheet, shape: Layout) -> str:
    """Return the name of our sheet that another looks like; "" where it looks like none."""
    for table in (shape.scores, shape.plan, shape.signatures):
        if _is_filled(table, sheet):
            return table.sheet
    for form in shape.forms:
        if len(_labels(form, sheet)) >= _ALIKE:
            return form.sheet
    return layout.PASTE if holds_scores(sheet) else ""


def _is_filled(table: Table, sheet: Sheet) -> bool:
    """Tell whether a table's headers stand in a sheet, and something under them."""
    header = headers.find_header(sheet, [column.header for column in table.columns])
    fields = {column.header for column in table.columns if column.field}
    filling = {at for name, at in header.columns.items() if name in fields}
    filled = any(row > header.row and at in filling for row, at in sheet.cells)
    return filled and len(header.columns) >= _ALIKE


def _labels(form: Form, sheet: Sheet) -> set[str]:
    ours = {headers.key_of(row.label) for row in form.rows if row.fields}
    return ours & {
        headers.key_of(cell.text) for cell in sheet.cells.values() if len(cell.text) < 200
    }
