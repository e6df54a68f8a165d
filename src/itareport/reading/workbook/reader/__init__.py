"""A clerk's workbook -> the data that a YAML file would hold, with the place of every value."""

from __future__ import annotations

from itareport.ita import catalogue
from itareport.ita.catalogue import Catalogue
from itareport.plain import PlainData, Tree
from itareport.problems import ItaReportError, Place
from itareport.reading.workbook import headers
from itareport.reading.workbook.layout import AGENCY, SHEETS, Form, Layout, Table
from itareport.reading.workbook.reader import unread, years
from itareport.reading.workbook.reader.form_cells import read_form
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.paste import merged, read_pasted
from itareport.reading.workbook.reader.table_rows import Found, put_rows, read_table
from itareport.reading.workbook.sheets import layout_of
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet
from itareport.xlsx.opening import refuse

MAX_ROWS = 500
"""Filled rows of one table: a year has some fifty questions."""


def read(book: Book) -> PlainData:
    """Read the data of a workbook, with the place of every value.

    Raises:
        ItaReportError: D425, D426, D428: a sheet that cannot be read, or no sheet of ours.
    """
    sheets = _sheets(book)
    into = Gathered({}, {(): Place(book.file)})
    made, typed = years.made_for(book), years.typed(sheets.get(AGENCY))
    year = _catalogue(made or typed)
    shape = layout_of(year)
    _tell_missing(shape, book, sheets, into)
    read = _forms(shape, sheets, into)
    same = years.compare(made, into)
    found = {table: _table(table, sheets, into) for table in shape.tables.values()}
    if same:
        for own in found.values():
            years.compare_names(own.names, own.place, year, into)
    pasted = {table.group: own.rows for table, own in found.items() if table.pasted}
    for table, own in found.items():
        if not table.pasted:
            rows = merged(own.rows, pasted.get(table.group, []), into)
            put_rows(table, own.place, rows, into)
    if same:
        for form, cells in read.items():
            unread.tell_form(form, sheets[form.sheet], cells, into)
        for table, own in found.items():
            if sheet := sheets.get(table.sheet):
                names = [issue.name for issue in year.issues.rows]
                unread.tell_table(table, sheet, own, names, into)
        unread.tell_sheets(book, [sheet.name for sheet in sheets.values()], shape, into)
    return PlainData(into.data, into.places, problems=tuple(into.problems))


def _tell_missing(shape: Layout, book: Book, sheets: dict[str, Sheet], into: Gathered) -> None:
    needed: list[Form | Table] = [*shape.forms.values()]
    needed += [table for table in shape.tables.values() if not table.pasted]
    for one in needed:
        if one.sheet not in sheets:
            where, found = (one.group,), book.listed
            into.tell("D430", Place(book.file), where, sheet=one.sheet, found=found)


def _sheets(book: Book) -> dict[str, Sheet]:
    """Read the sheets that we know, under the names that we gave them."""
    names = {name: headers.find_sheet(book.names, name) for name in SHEETS[1:-1]}
    if not any(names.values()):
        refuse("D428", book.file, found=book.listed, year=max(catalogue.known_years()))
    return {name: book.sheet(own) for name, own in names.items() if own}


def catalogue_of(document: PlainData) -> Catalogue:
    """Return the catalogue of a workbook's year."""
    data = document.data
    year = data.get("fiscal_year") if isinstance(data, dict) else None
    return _catalogue(year if isinstance(year, str) else None)


def _catalogue(year: str | None) -> Catalogue:
    """Return what the year asks for; of an unknown year (the checks tell of it), the newest."""
    known = catalogue.known_years()
    try:
        number = int(year or 0)
        return catalogue.load(number if number in known else known[-1])
    except (ValueError, ItaReportError):
        return catalogue.load(known[-1])


def _forms(shape: Layout, sheets: dict[str, Sheet], into: Gathered) -> dict[Form, unread.Cells]:
    """Read the forms; return of each the cells that are read."""
    read: dict[Form, unread.Cells] = {}
    result: dict[str, Tree] = {"indicators": []}
    into.data |= {"agency": {}, "result": result}
    for form in shape.forms.values():
        if sheet := sheets.get(form.sheet):
            into.places[(form.group,)] = sheet.whole
            read[form] = read_form(form, sheet, into)
    if result.get("last_year") == {}:
        del result["last_year"]
    return read


def _table(table: Table, sheets: dict[str, Sheet], into: Gathered) -> Found:
    sheet = sheets.get(table.sheet)
    if sheet is None:
        return Found(Place(into.places[()].file))
    reader = read_pasted if table.pasted else read_table
    return reader(table, sheet, into, MAX_ROWS)
