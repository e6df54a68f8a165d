"""A table of the workbook -> rows of cells, whatever was moved, added or left blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from itareport.ita.model import Kind
from itareport.plain import Tree
from itareport.problems import Place
from itareport.reading.workbook import headers
from itareport.reading.workbook.layout import Column, Table
from itareport.reading.workbook.reader import typed_codes
from itareport.reading.workbook.reader.cell_text import Value, value_of
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.xlsx.grid import Sheet
from itareport.xlsx.opening import refuse

MAX_TABLE = 3_000
"""Rows of a sheet of many agencies."""
_NOTE = re.compile(r"[\s*(]*(?:หมายเหตุ|ที่มา|โน้ต|บันทึกช่วยจำ)\s*(?:[:：]|ว่า|\s|\))")


@dataclass(slots=True)
class Row:
    """One row of a table: of each field, by the last step of its path, its value and place."""

    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def tree(self, name: str) -> Tree:
        """Return the value of a field, or None."""
        value = self.values.get(name)
        return value.tree if value else None


@dataclass(frozen=True, slots=True)
class Found:
    """A table as found in its sheet."""

    place: Place
    """Of the header of its key."""
    rows: list[Row]
    names: list[tuple[str, str]]
    """Of each row its code and what the sheet calls it, where the table says so."""
    header: headers.Header | None = None


def read_table(table: Table, sheet: Sheet, into: Gathered, most: int = MAX_TABLE) -> Found:
    """Read the rows under the header; each has a place for every field, empty or not.

    Raises:
        ItaReportError: D425: more rows than `most`.
    """
    columns = [column for column in table.columns if column.field]
    key = _key(table)
    wanted = [column.header for column in table.columns]
    header = headers.find_header(sheet, wanted, needed=[key.header] if key else [])
    whole = Place(sheet.file, sheet=sheet.name, sheet_no=sheet.no)
    if not header.row:
        first = key or columns[0]
        assert first.field is not None
        into.tell("D431", whole, (str(first.field.path[0]),), wanted=first.header)
        return Found(whole, [], [])
    _tell_doubled(header, {column.header for column in columns}, sheet, into)
    at = {
        column: header.columns[column.header]
        for column in columns
        if column.header in header.columns
    }
    _tell_lacking(columns, header, sheet, into)
    numbers = list(_numbers(sheet, header, at, key))
    refuse_long(sheet, len(numbers), most)
    rows = [_row(at, sheet, row, key) for row in numbers]
    if key and key.field and key.field.kind is Kind.CODE:
        typed_codes.tell((row.places["code"] for row in rows), into)
    corner = header.columns[key.header] if key else min(at.values())
    place = sheet.place(header.row, corner)
    return Found(place, rows, _names(sheet, header, key), header)


def refuse_long(sheet: Sheet, rows: int, most: int) -> None:
    """Refuse a table with far more rows than any year has.

    Raises:
        ItaReportError: D425
    """
    if rows > most:
        refuse("D425", sheet.file, what=f'แผ่นงาน "{sheet.name}" มีแถวมากเกินไป')


def _key(table: Table) -> Column | None:
    named = (c for c in table.columns if c.field and c.field.path[-1] == table.key)
    return next(named, None)


def _tell_doubled(header: headers.Header, read: set[str], sheet: Sheet, into: Gathered) -> None:
    for name, first, second in header.doubled:
        filled = any(row > header.row and at == second for row, at in sheet.cells)
        if name in read and filled:
            places = sheet.place(header.row, second), sheet.place(header.row, first)
            into.tell("D436", places[0], also_at=places[1:], header=name)


def _tell_lacking(
    columns: list[Column], header: headers.Header, sheet: Sheet, into: Gathered
) -> None:
    """Tell of needed columns without a header (D431), at the one unknown header if there is one."""
    known = {*header.columns.values(), *(second for _, _, second in header.doubled)}
    strange = [at for row, at in sheet.cells if row == header.row and at not in known]
    for column in columns:
        if column.needed and column.header not in header.columns:
            place = Place(sheet.file, sheet=sheet.name, sheet_no=sheet.no)
            if len(strange) == 1:
                place = sheet.place(header.row, strange[0])
            assert column.field is not None
            into.tell("D431", place, (str(column.field.path[0]),), wanted=column.header)


def _numbers(
    sheet: Sheet, header: headers.Header, at: dict[Column, int], key: Column | None
) -> Iterator[int]:
    """Yield the rows under the header in which something stands, but no header again, no note."""
    read = set(at.values())
    for row in sorted({row for row, column in sheet.cells if row > header.row and column in read}):
        same = [
            name
            for name, column in header.columns.items()
            if (cell := sheet.cells.get((row, column)))
            and headers.key_of(cell.text) == headers.key_of(name)
        ]
        again = len(same) > 1 or (key is not None and key.header in same)
        if not again and not _is_note(sheet, row, read):
            yield row


def _is_note(sheet: Sheet, row: int, columns: set[int]) -> bool:
    """Tell whether nothing but one note stands in a row: it is no row of the table."""
    texts = [cell.text for at in columns if (cell := sheet.cells.get((row, at)))]
    return len(texts) == 1 and _NOTE.match(texts[0]) is not None


def _row(at: dict[Column, int], sheet: Sheet, number: int, key: Column | None) -> Row:
    row = Row()
    for column, where in at.items():
        assert column.field is not None
        name = str(column.field.path[-1])
        place = (number, where)
        anchor = sheet.anchor(number, where)
        if anchor[0] == number or (column is key and column.field.kind is Kind.WHOLE):
            place = anchor if anchor[1] == where else place
        row.places[name] = sheet.place(*place)
        row.values[name] = value_of(sheet.cells.get(place), column.field.kind)
    return row


def _names(sheet: Sheet, header: headers.Header, key: Column | None) -> list[tuple[str, str]]:
    named = header.columns.get("ชื่อข้อหรือเรื่องที่ถาม")
    if named is None or key is None:
        return []
    code = header.columns[key.header]
    return [
        (sheet.cells[row, code].text, cell.text)
        for (row, column), cell in sheet.cells.items()
        if column == named and row > header.row and (row, code) in sheet.cells
    ]
