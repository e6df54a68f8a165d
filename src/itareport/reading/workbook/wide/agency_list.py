"""A list of agencies, one a row, of which nothing but names and places is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from itareport.ita.catalogue import Kinds
from itareport.ita.kinds import full_name
from itareport.ita.model import WHOSE
from itareport.problems import ItaReportError, problem
from itareport.reading.workbook import headers, layout
from itareport.reading.workbook.layout import Column
from itareport.reading.workbook.wide import columns, csvfile, locate, wide_table
from itareport.reading.workbook.wide.wide_table import AgencyRow
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet
from itareport.xlsx.opening import refuse

KINDS = (".xlsx", *locate.TEXTS)
"""Kinds of file that hold a list."""
_NAME = ("agency", "name")
_AREA = re.compile(
    r"(?P<name>.+?)"
    r"(?:\s+(?P<district>(?:กิ่งอำเภอ|อำเภอ|อ\.|เขต)\s*\S+))?"
    r"(?:\s+(?P<province>(?:จังหวัด|จ\.)\s*\S+))?"
)
_NUMBER = re.compile(r"^\s*[0-9๐-๙]{1,4}\s*[.)]\s*(?=[^0-9๐-๙\s])")


def read(data: bytes, name: str, kinds: Kinds) -> list[AgencyRow]:
    """Return the agencies of a list: those of a column of names, or one a line with its kind.

    Raises:
        ItaReportError: D501 another kind of file, D502 no agency in it, D503 lines without a kind
            of agency; D42x, D451, D452: it cannot be read.
    """
    if Path(name).suffix.lower() not in KINDS:
        refuse("D501", name)
    sheets = [_unnumbered(one) for one in _sheets(data, name)]
    headed = [(one, *_header(one)) for one in sheets]
    found = [row for one, at, known in headed if at for row in _under(one, at, known, kinds)]
    if not any(at for _, at, _ in headed):
        found = [row for one in sheets[:1] for row in _in_lines(one, kinds)]
    return found or refuse("D502", name)


def _sheets(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets that may hold a list; none of a workbook to fill, which has other rows."""
    if Path(name).suffix.lower() in locate.TEXTS:
        return [csvfile.sheet(data, name)]
    book = Book(data, name, large=True)
    if table := headers.find_sheet(book.names, columns.TABLE):
        return [book.sheet(table)]
    of_form = any(headers.find_sheet(book.names, own) for own in layout.SHEETS)
    return [] if of_form else [book.sheet(own) for own in book.names]


def _unnumbered(sheet: Sheet) -> Sheet:
    """Return a sheet without the numbers that stand before names: 1. ทต.ควนเสาธง."""
    cells = {at: replace(one, text=_NUMBER.sub("", one.text)) for at, one in sheet.cells.items()}
    return replace(sheet, cells=cells)


def _header(sheet: Sheet) -> tuple[int, dict[int, Column]]:
    """Return the first row with the heading of names, and the columns that tell of agencies."""
    known = locate.known_columns()
    rows: dict[int, dict[int, Column]] = {}
    for (row, at), cell in sheet.cells.items():
        column = known.column(cell.text) if row <= locate.HEADERS_WITHIN else None
        if column and column.path[0] == "agency":
            rows.setdefault(row, {})[at] = column
    for row, found in sorted(rows.items()):
        if _NAME in {column.path for column in found.values()}:
            return row, found
    return 0, {}


def _under(
    sheet: Sheet, header: int, known: Mapping[int, Column], kinds: Kinds
) -> Iterator[AgencyRow]:
    for row in sorted({row for row, at in sheet.cells if row > header and at in known}):
        agency = _agency(sheet, known, row, kinds)
        if agency.shown and not locate.NO_AGENCY.match(agency.shown):
            yield agency


def _in_lines(sheet: Sheet, kinds: Kinds) -> Iterator[AgencyRow]:
    """Yield the agency of each row: where nothing says which column has names, a kind does.

    Raises:
        ItaReportError: D503.
    """
    name = locate.known_columns().column("ชื่อหน่วยงาน")
    assert name is not None
    kindless = []
    for row in sorted({row for row, _ in sheet.cells}):
        places = sorted(at for own, at in sheet.cells if own == row)
        read_as = [_agency(sheet, {at: name}, row, kinds) for at in places]
        found = next((one for one in read_as if kinds.kind(one.identity[0])), None)
        if found:
            yield found
        elif not locate.NO_AGENCY.match(read_as[0].shown):
            said = sheet.cells[row, places[0]].text
            kindless.append(problem("D503", text=said).at(sheet.place(row, places[0])))
    if kindless:
        raise ItaReportError(*kindless)


def _agency(sheet: Sheet, known: Mapping[int, Column], row: int, kinds: Kinds) -> AgencyRow:
    """Return a row's agency; district and province may stand behind its name."""
    said = wide_table.identity(sheet, known, row, kinds)
    behind = _AREA.fullmatch(said.get("name", ""))
    parts = {part: text for part, text in behind.groupdict().items() if text} if behind else {}
    said = parts | said | {"name": parts.get("name", "")}
    kind, name, district, province = (said.get(field, "") for field in WHOSE)
    name = "" if name == kind else name  # the one agency of its kind, which has no name of its own
    return AgencyRow((kind, name, district, province), full_name(kind, name), row)
