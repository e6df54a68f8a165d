"""Cells and sheets that hold something and are not read: each is reported, so none is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from itareport.ita.model import Kind
from itareport.problems import Flag, ItaReportError
from itareport.reading.workbook import headers, layout
from itareport.reading.workbook.headers import key_of
from itareport.reading.workbook.layout import Form, Layout, Table
from itareport.reading.workbook.reader.cell_text import code_of
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.paste import holds_scores
from itareport.reading.workbook.reader.table_rows import Found, Row
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet

Cells = set[tuple[int, int]]
"""Rows and columns, from 1."""
_MOST = 100
"""Cells that are told; of more, the first ones."""
_OF_YEAR = "ของปี:"
"""What the note of an issue begins with; the rest is of the year, or of an own catalogue."""


def tell_form(form: Form, sheet: Sheet, read: Cells, into: Gathered) -> None:
    """Report filled cells of a form that are neither read nor written by `new` (D439).

    Args:
        form: What is ours.
        sheet: The form as filled.
        read: The cells of labels and values that are read.
        into: Where it is told.
    """
    said = [text for row in form.rows for text in (row.label, row.note)]
    ours = set(map(key_of, (*layout.texts(form), *said)))
    worked_out = set(map(key_of, (layout.COMPUTED_LABEL, layout.DIFFERENCE_LABEL)))
    rows = {row for (row, _), cell in sheet.cells.items() if key_of(cell.text) in worked_out}
    lost = (
        at
        for at in _lost(sheet, read, ours)
        if not (at[0] in rows and sheet.cells[at].kind == "number")
        and not sheet.cells[at].text.startswith(_OF_YEAR)
    )
    _tell(sheet, lost, into)


def tell_table(
    table: Table, sheet: Sheet, found: Found, names: Iterable[str], into: Gathered
) -> None:
    """Report filled cells of a table that are neither read nor written by `new` (D439).

    Args:
        table: What is ours.
        sheet: The table as filled.
        found: What is read.
        names: What we write into columns that only inform.
        into: Where it is told.
    """
    header = found.header
    if header is None or not header.row:
        return
    ours = set(map(key_of, (*layout.texts(table), *names)))
    doubled = {second for _, _, second in header.doubled}
    known, told = {*header.columns.values(), *doubled}, {*doubled}
    told |= set(_unknown(header.row, sheet, into))  # these and the doubled ones are told already
    read, informing = _read_of(table, found.rows, header), _informing(table, header)
    lines = {row for row, _ in read}
    lost: dict[tuple[int, int], None] = {}
    columns: dict[int, tuple[int, int]] = {}
    for row, at in _lost(sheet, read, ours):
        said = at in informing and (row in lines or sheet.cells[row, at].text.isdecimal())
        if said or at in told:  # an ordinal, the name of a question
            continue
        place = (row, at)
        if at not in known and row in lines:  # the whole column, told at its header
            head = (header.row, at)
            place = columns.setdefault(at, head if head in sheet.cells else place)
        lost.setdefault(place)
    _tell(sheet, lost, into)


def _read_of(table: Table, rows: Iterable[Row], header: headers.Header) -> Cells:
    """Return the cells of a table that are read: values and headers, but for notes among them."""
    rows = list(rows)
    read = {(place.line or 0, place.column or 0) for row in rows for place in row.places.values()}
    read |= {(header.row, at) for at in header.columns.values()}
    return read - {at for row in rows for at in _noted(row, table)}


def _informing(table: Table, header: headers.Header) -> set[int]:
    """Return the columns that only inform, by the name of a question, say."""
    return {
        header.columns[column.header]
        for column in table.columns
        if column not in table.read and column.header in header.columns and table.key != "issue"
    }


def _unknown(row: int, sheet: Sheet, into: Gathered) -> Iterator[int]:
    """Yield the columns of this header row that are reported already for an unknown header."""
    for told in into.problems:
        place = told.place if told.has(Flag.LACKS_HEADER) else None
        if place and (place.sheet_no, place.line) == (sheet.no, row):
            yield place.column or 0


def _noted(row: Row, table: Table) -> Iterator[tuple[int, int]]:
    """Yield the key's cell of a row where that holds a note, and the row nothing else."""
    key = table.by
    if key is None or any(row.tree(name) is not None for name in row.values if name != table.key):
        return
    text = str(row.tree(table.key) or "")
    is_key = code_of(text) if key.field.kind is Kind.CODE else text.strip().isdecimal()
    place = row.places[table.key]
    if not is_key:
        yield place.line or 0, place.column or 0


def _lost(sheet: Sheet, read: Cells, ours: set[str]) -> Iterator[tuple[int, int]]:
    for at, cell in sorted(sheet.cells.items()):
        if at not in read and not cell.formula and key_of(cell.text) not in ours:
            yield at


def _tell(sheet: Sheet, lost: Iterable[tuple[int, int]], into: Gathered) -> None:
    places = [sheet.place(*at) for at in islice(lost, _MOST)]
    if places:
        into.tell("D439", places[0], also_at=places[1:], count=len(places))


_MOST_SHEETS = 5
_MOST_BYTES = 500_000
"""Of one sheet; a larger one is the clerk's own data."""
_OWN = (layout.GUIDE, layout.CHECKLIST, layout.LISTS, layout.FOUND)
_ALIKE = 3
"""Headers or labels of ours that make a sheet look like one of ours."""


def tell_sheets(book: Book, read: Collection[str], shape: Layout, into: Gathered) -> None:
    """Report each sheet that is not read but looks like one that is (D446).

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
            into.tell("D446", sheet.whole, sheet=wanted)


def _like(sheet: Sheet, shape: Layout) -> str:
    """Return the name of our sheet that another looks like; "" where it looks like none."""
    for table in shape.tables.values():
        if not table.pasted and _is_filled(table, sheet):
            return table.sheet
    for form in shape.forms.values():
        if len(_labels(form, sheet)) >= _ALIKE:
            return form.sheet
    return layout.PASTE if holds_scores(sheet) else ""


def _is_filled(table: Table, sheet: Sheet) -> bool:
    """Return whether a table's headers stand in a sheet, and something under them."""
    header = headers.find_header(sheet, table.headers)
    filling = {header.columns.get(column.header) for column in table.read}
    filled = any(row > header.row and at in filling for row, at in sheet.cells)
    return filled and len(header.columns) >= _ALIKE


def _labels(form: Form, sheet: Sheet) -> set[str]:
    ours = {headers.key_of(row.label) for row in form.rows if row.fields}
    return ours & {
        headers.key_of(cell.text) for cell in sheet.cells.values() if len(cell.text) < 200
    }
