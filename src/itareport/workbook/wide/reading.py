"""Finding the wide table in a workbook or a text file, and the agencies in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from itareport import catalogue
from itareport.errors import ItaReportError, problem
from itareport.kinds import full_name
from itareport.workbook import headers, layout
from itareport.workbook.book import Book
from itareport.workbook.grid import Sheet
from itareport.workbook.opening import opened, refuse
from itareport.workbook.wide import beside, columns, csvfile, rows
from itareport.workbook.wide.columns import Column, Known
from itareport.workbook.wide.table import Agency, Table

TEXTS = (".csv", ".tsv", ".txt")
"""Kinds of text file that hold a table."""
_HEADERS_WITHIN = 30  # rows in which the header is looked for
_PREFILLED = (("fiscal_year",), ("agency", "province"))
"""What `new --wide` writes into rows that nobody has filled."""
_LEAST = 5  # columns that make a header


def read(data: bytes, name: str) -> Table:
    """Read a wide table.

    Raises:
        ItaReportError: D420 to D427: no workbook that can be read; D436, D450 to D452: no such
            table, or one that cannot be read.
    """
    if Path(name).suffix.lower() in TEXTS:
        return _table(csvfile.sheet(data, name))
    book = Book(opened(data, name, large=True))
    if not book.names:
        refuse("D426", name)
    table = _table(_sheet(book))
    for shape in (columns.remarks(), columns.plan()):
        if found := headers.find_sheet(book.names, shape.sheet):
            beside.read(table, book.sheet(found), shape)
    return table


def is_wide(data: bytes, name: str) -> bool:
    """Tell whether a file is a wide table, not the workbook of one agency."""
    if Path(name).suffix.lower() in TEXTS:
        return True
    try:
        book = Book(opened(data, name, large=True))
        if headers.find_sheet(book.names, columns.TABLE):
            return True
        if any(headers.find_sheet(book.names, own) for own in layout.SHEETS):
            return False
        return bool(book.names and _header(_sheet(book), _known())[0])
    except ItaReportError:
        return False


def _sheet(book: Book) -> Sheet:
    """Return the sheet of the table: by its name, or the first that has such a header."""
    if own := headers.find_sheet(book.names, columns.TABLE):
        return book.sheet(own)
    known = _known()
    sheets = (book.sheet(name) for name in book.names)
    with_header = (sheet for sheet in sheets if _header(sheet, known)[0])
    return next(with_header, None) or book.sheet(book.names[0])


def _known() -> Known:
    return Known(catalogue.load(catalogue.known_years()[-1]))


def _table(sheet: Sheet) -> Table:
    newest = catalogue.load(catalogue.known_years()[-1])
    header, known = _header(sheet, Known(newest))
    if not header:
        refuse("D450", sheet.file, wanted="ปีงบประมาณ, ชื่อหน่วยงาน, i1, e1, o1")
    there = set(known.values())
    lacking = [c.header for c in columns.listed(newest) if c.needed and c not in there]
    if lacking:
        refuse("D450", sheet.file, wanted=", ".join(lacking))
    table = Table(sheet, known)
    _refuse_doubled(table, header)
    table.unread = list(_unread(table, header))
    telling = {at for at, column in known.items() if column.path not in _PREFILLED}
    filled = {row for row, at in sheet.cells if row > header and at in telling}
    table.agencies = [_agency(table, row) for row in sorted(filled)]
    return table


def _header(sheet: Sheet, known: Known) -> tuple[int, dict[int, Column]]:
    found: dict[int, dict[int, Column]] = {}
    for (row, at), cell in sheet.cells.items():
        if row <= _HEADERS_WITHIN and len(cell.text) <= 200 and (own := known.column(cell.text)):
            found.setdefault(row, {})[at] = own
    best = max(sorted(found), key=lambda row: len(found[row]), default=0)
    return (best, found[best]) if best and len(found[best]) >= _LEAST else (0, {})


def _refuse_doubled(table: Table, header: int) -> None:
    first: dict[Column, int] = {}
    for at, column in sorted(table.known.items()):
        if column in first:
            place, other = (table.sheet.place(header, n) for n in (at, first[column]))
            raise ItaReportError(problem("D436", header=column.header).at(place, [other]))
        first[column] = at


def _unread(table: Table, header: int) -> Iterator[str]:
    cells = table.sheet.cells
    for at in sorted({at for row, at in cells if row > header and at not in table.known}):
        head = cells.get((header, at))
        yield f"{table.sheet.place(header, at).cell} “{head.text if head else ''}”"


def _agency(table: Table, row: int) -> Agency:
    said = rows.identity(table.sheet, table.known, row)
    kind, name, district, province = (
        said.get(field, "") for field in ("kind", "name", "district", "province")
    )
    shown = full_name(kind, name) if kind or name else "ไม่มีชื่อหน่วยงาน"
    return Agency((kind, name, district, province), f"แถว {row} {shown}", row)
