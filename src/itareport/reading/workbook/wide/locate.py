"""Finding the wide table in a workbook or a text file, and the agencies in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

from itareport.ita import catalogue
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.described import fields
from itareport.ita.kinds import full_name
from itareport.ita.model import WHOSE, Result
from itareport.problems import ItaReportError, problem
from itareport.reading.workbook import headers, layout
from itareport.reading.workbook.layout import Column
from itareport.reading.workbook.wide import beside, columns, csvfile, wide_table
from itareport.reading.workbook.wide.columns import Known
from itareport.reading.workbook.wide.wide_table import AgencyRow, Table
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet
from itareport.xlsx.opening import refuse

TEXTS = (".csv", ".tsv", ".txt")
"""Kinds of text file that hold a table."""
HEADERS_WITHIN = 30
"""Rows in which the header is looked for."""
_PREFILLED = (("fiscal_year",), ("agency", "province"))
"""What `new --wide` writes into rows that nobody has filled."""
_SHOWN = 20  # headers that one sentence names
_LONGEST = 60  # letters of a note that are shown
_NEEDED = tuple(("result", field.name) for field in fields(Result).values() if field.is_needed)
NO_AGENCY = re.compile(
    r"\s*(?:(?:ผล|คะแนน|ค่า)?(?:รวม|เฉลี่ย|สูงสุด|ต่ำสุด|หมายเหตุ|ที่มา|แหล่งที่มา)"
    r"|(?i:grand total|total|sum|average|mean|min|max|notes?|source)\b)"
)
"""What rows under a table begin with."""
_LEAST = 5  # columns that make a header
_EVERY = "ปีงบประมาณ, ชื่อหน่วยงาน, จังหวัด, i1, e1, o1"
"""Headers that every such table has."""


def read(data: bytes, name: str, kinds: Kinds) -> Table | None:
    """Read a wide table; None where a file is none: the workbook of one agency, or unreadable.

    Raises:
        ItaReportError: D425, D426: a sheet that cannot be read; D436, D450 to D452: a table that
            cannot be read.
    """
    if Path(name).suffix.lower() in TEXTS:
        return _table(csvfile.sheet(data, name), kinds)
    try:
        book = Book(data, name, large=True)
        own = headers.find_sheet(book.names, columns.TABLE) or _headed(book)
    except ItaReportError:
        return None
    if own is None:
        return None
    table = _table(book.sheet(own), kinds)
    for shape in (columns.remarks(), columns.plan()):
        if found := headers.find_sheet(book.names, shape.sheet):
            beside.read(table, book.sheet(found), shape)
    return table


def is_table(book: Book) -> bool:
    """Return whether a workbook is a table of many agencies, and not of one agency.

    Raises:
        ItaReportError: D425, D426: a sheet that cannot be read.
    """
    if headers.find_sheet(book.names, layout.AGENCY):
        return False
    return bool(headers.find_sheet(book.names, columns.TABLE) or _headed(book))


def _headed(book: Book) -> str | None:
    """Return the first sheet with such a header, unless the workbook is of one agency."""
    if any(headers.find_sheet(book.names, own) for own in layout.SHEETS):
        return None
    known = known_columns()
    return next((name for name in book.names if _header(book.sheet(name), known)[0]), None)


def known_columns() -> Known:
    """Return the columns of the newest year by their headers."""
    return Known(catalogue.load(catalogue.known_years()[-1]))


def _table(sheet: Sheet, kinds: Kinds) -> Table:
    header, known = _header(sheet, known_columns())
    if not header:
        refuse("D450", sheet.file, wanted=_EVERY, year=max(catalogue.known_years()))
    table = Table(sheet, known, kinds)
    _refuse_doubled(table, header)
    year = _year_of(table, header)
    table.year = year.fiscal_year
    if lacking := _lacking(table, year):
        more = f" และอีก {len(lacking) - _SHOWN} คอลัมน์" if len(lacking) > _SHOWN else ""
        listed = ", ".join(lacking[:_SHOWN]) + more
        refuse("D450", sheet.file, wanted=listed, year=year.fiscal_year)
    table.unread = list(_unread(table, header))
    heads = {headers.key_of(sheet.cells[header, at].text) for at in known}
    telling = {at for at, column in known.items() if column.path not in _PREFILLED}
    for row in sorted({row for row, at in sheet.cells if row > header and at in telling}):
        if _is_header(table, heads, row):
            table.unread.append(f"แถว {row} หัวตารางที่ซ้ำ")
            continue
        agency = _agency(table, row)
        is_known = kinds.kind(agency.identity[0]) is not None  # อบต.รวมไทยพัฒนา is no total
        if not is_known and NO_AGENCY.match(agency.identity[1] or _first(sheet, row)):
            table.unread.append(f"แถว {row} “{agency.identity[1] or _first(sheet, row)}”")
        else:
            table.agencies.append(agency)
    table.unread += _notes(table, header, telling)
    return table


def _notes(table: Table, header: int, telling: Container[int]) -> Iterator[str]:
    """Yield the rows that hold nothing but words where the year stands."""
    cells = table.sheet.cells
    filled = {row for row, at in cells if at in telling}
    for (row, at), cell in sorted(cells.items()):
        is_years = at in table.known and table.known[at].path == ("fiscal_year",)
        if is_years and row > header and row not in filled and wide_table.year(cell.text) is None:
            yield f"แถว {row} “{cell.text[:_LONGEST]}”"


def _lacking(table: Table, year: Catalogue) -> list[str]:
    """Return the headers without which no row can be a report: told once, not in every row."""
    paths = {column.path for column in table.known.values()}
    halves = {path[:-1] for path in paths if path[-1] in ("part1", "part2")}
    return [
        column.header
        for column in columns.listed(year)
        if (column.needed or column.path[:2] in _NEEDED or column.path[0] == "scores")
        and column.path not in paths
        and column.path[:-1] not in halves
    ]


def _year_of(table: Table, header: int) -> Catalogue:
    """Return what the year of most rows asks for; where none of theirs is known, the newest."""
    at = next((at for at, column in table.known.items() if column.path == ("fiscal_year",)), 0)
    cells, known = sorted(table.sheet.cells.items()), catalogue.known_years()
    said = (wide_table.year(cell.text) for (row, own), cell in cells if own == at and row > header)
    counted = Counter(year for year in said if year in known)
    return catalogue.load(max(counted, key=counted.__getitem__, default=known[-1]))


def _is_header(table: Table, heads: Container[str], row: int) -> bool:
    """Return whether a row is the header again, in any order, as where two tables were joined."""
    cells, same = table.sheet.cells, 0
    for at, column in table.known.items():
        cell = cells.get((row, at))
        if cell and column.path == ("fiscal_year",) and wide_table.year(cell.text):
            return False
        same += cell is not None and headers.key_of(cell.text) in heads
    return same >= _LEAST


def _first(sheet: Sheet, row: int) -> str:
    """Return what stands first in a row."""
    cells = sorted((at, cell.text) for (own, at), cell in sheet.cells.items() if own == row)
    return cells[0][1] if cells else ""


def _header(sheet: Sheet, known: Known) -> tuple[int, dict[int, Column]]:
    found: dict[int, dict[int, Column]] = {}
    for (row, at), cell in sheet.cells.items():
        if row <= HEADERS_WITHIN and len(cell.text) <= 200 and (own := known.column(cell.text)):
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


def _agency(table: Table, row: int) -> AgencyRow:
    said = wide_table.identity(table.sheet, table.known, row, table.kinds)
    kind, name, district, province = (said.get(field, "") for field in WHOSE)
    shown = full_name(kind, name) if kind or name else "ไม่มีชื่อหน่วยงาน"
    return AgencyRow((kind, name, district, province), f"แถว {row} {shown}", row)
