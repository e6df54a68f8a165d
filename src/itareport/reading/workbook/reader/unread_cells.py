"""What stands in the sheets that we know and is not read: told, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from itareport.ita.model import Kind
from itareport.problems import Flag
from itareport.reading.workbook import layout
from itareport.reading.workbook.headers import key_of
from itareport.reading.workbook.layout import Form, Table
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.table_rows import Found, Row
from itareport.reading.workbook.reader.typed_codes import code_of
from itareport.xlsx.grid import Sheet

Cells = set[tuple[int, int]]
"""Rows and columns, from 1."""
_MOST = 100
"""Cells that are told; of more, the first ones."""
_OF_YEAR = "ของปี:"
"""What the note of an issue begins with; the rest is of the year, or of an own catalogue."""


def tell_form(form: Form, sheet: Sheet, read: Cells, into: Gathered) -> None:
    """Tell of filled cells of a form that are neither read nor ours (D439).

    Args:
        form: What is ours.
        sheet: The form as filled.
        read: The cells of labels and values that are read.
        into: Where it is told.
    """
    said = [(row.label, row.note) for row in form.rows]
    ours = {key_of(text) for text in (form.title, form.help, *form.headers)}
    ours |= {key_of(text) for texts in said for text in texts}
    worked_out = {key_of(text) for text in (layout.COMPUTED_LABEL, layout.DIFFERENCE_LABEL)}
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
    """Tell of filled cells of a table that are neither read nor ours (D439).

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
    texts = (table.title, table.help, *(column.header for column in table.columns), *names)
    ours = {key_of(text) for text in texts}
    doubled = {second for _, _, second in header.doubled}  # told already
    known = {*header.columns.values(), *doubled}
    read = {
        (place.line or 0, place.column or 0) for row in found.rows for place in row.places.values()
    }
    read -= {at for row in found.rows for at in _noted(row, table)}
    lines = {row for row, _ in read}
    informing = {
        header.columns[column.header]
        for column in table.columns
        if column.field is None and column.header in header.columns and table.key != "issue"
    }
    lost: dict[tuple[int, int], None] = {}
    columns: dict[int, tuple[int, int]] = {}
    doubled |= set(_unknown(header.row, sheet, into))
    for row, at in _lost(sheet, read, ours):
        said = at in informing and (row in lines or sheet.cells[row, at].text.isdecimal())
        if said or at in doubled:  # an ordinal, the name of a question
            continue
        place = (row, at)
        if at not in known and row in lines:  # the whole column, told at its header
            head = (header.row, at)
            place = columns.setdefault(at, head if head in sheet.cells else place)
        lost.setdefault(place)
    _tell(sheet, lost, into)


def _unknown(row: int, sheet: Sheet, into: Gathered) -> Iterator[int]:
    """Yield the columns of this header row that are reported already for an unknown header."""
    for told in into.problems:
        place = told.place
        if (
            told.has(Flag.LACKS_HEADER)
            and place
            and (place.sheet_no, place.line) == (sheet.no, row)
        ):
            yield place.column or 0


def _noted(row: Row, table: Table) -> Iterator[tuple[int, int]]:
    """Yield the cell of the key of a row that is none: a note in its column, nothing beside it."""
    key = next((c.field for c in table.columns if c.field and c.field.path[-1] == table.key), None)
    if key is None or any(row.tree(name) is not None for name in row.values if name != table.key):
        return
    text = str(row.tree(table.key) or "")
    is_key = code_of(text) if key.kind is Kind.CODE else text.strip().isdecimal()
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
