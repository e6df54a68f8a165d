"""A clerk's workbook -> the data that a YAML file would hold, with the place of every value."""

from __future__ import annotations

from itareport.ita import catalogue
from itareport.ita.catalogue import Catalogue
from itareport.plain import Document
from itareport.problems import ItaReportError, Place
from itareport.reading.workbook import headers, layout
from itareport.reading.workbook.layout import Layout, Path, Table
from itareport.reading.workbook.reader import unread_cells, unread_sheets, years
from itareport.reading.workbook.reader.form_cells import read_form
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.merging import merged
from itareport.reading.workbook.reader.paste import read_pasted
from itareport.reading.workbook.reader.records import put_rows
from itareport.reading.workbook.reader.table_rows import Found, read_table
from itareport.reading.workbook.sheets import layout_of
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet
from itareport.xlsx.opening import refuse

MAX_ROWS = 500
"""Filled rows of one table: a year has some fifty questions."""
_NEEDED: dict[str, Path] = {
    layout.AGENCY: ("agency",),
    layout.RESULT: ("result",),
    layout.SCORES: ("scores",),
    layout.PLAN: ("plan",),
    layout.SIGNATURES: ("signatures",),
}


def read(book: Book) -> Document:
    """Read what a workbook says.

    Raises:
        ItaReportError: D425, D426, D428: a sheet that cannot be read, or no sheet of ours.
    """
    sheets = _sheets(book)
    into = Gathered({}, {(): Place(book.file)})
    made, typed = years.made_for(book), years.typed(sheets.get(layout.AGENCY))
    year = _catalogue(made or typed)
    shape = layout_of(year)
    for sheet_name, where in _NEEDED.items():
        if sheet_name not in sheets:
            found = ", ".join(book.names)[:200]
            into.tell(
                "D430", Place(book.file), tuple(map(str, where)), sheet=sheet_name, found=found
            )
    read = _forms(shape, sheets, into)
    same = years.compare(made, into)
    tables = {table.sheet: _table(table, sheets, into) for table in shape.tables}
    scores, paste = tables[layout.SCORES], tables[layout.PASTE]
    if same:
        years.compare_names(scores.names, scores.place, year, into)
    put_rows(shape.scores, scores, merged(scores.rows, paste.rows, into), into)
    for table in (shape.plan, shape.signatures):
        put_rows(table, tables[table.sheet], tables[table.sheet].rows, into)
    if same:
        _tell_unread(shape, sheets, read, tables, year, into)
        unread_sheets.tell(book, [sheet.name for sheet in sheets.values()], shape, into)
    return Document(into.data, into.places, problems=tuple(into.problems))


def _sheets(book: Book) -> dict[str, Sheet]:
    """Read the sheets that we know, under the names that we gave them."""
    wanted = (*_NEEDED, layout.PASTE)
    names = {name: headers.find_sheet(book.names, name) for name in wanted}
    if not any(names.values()):
        found = ", ".join(book.names)[:200]
        refuse("D428", book.file, found=found, year=max(catalogue.known_years()))
    return {name: book.sheet(own) for name, own in names.items() if own}


def catalogue_of(document: Document) -> Catalogue:
    """Return what the year of a workbook asks for."""
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


def _tell_unread(
    shape: Layout,
    sheets: dict[str, Sheet],
    read: dict[str, unread_cells.Cells],
    tables: dict[str, Found],
    year: Catalogue,
    into: Gathered,
) -> None:
    for form in shape.forms:
        if form.sheet in read:
            unread_cells.tell_form(form, sheets[form.sheet], read[form.sheet], into)
    names = [issue.name for issue in year.issues.rows]
    for table in (shape.scores, shape.plan, shape.signatures):
        if sheet := sheets.get(table.sheet):
            unread_cells.tell_table(table, sheet, tables[table.sheet], names, into)


def _forms(
    shape: Layout, sheets: dict[str, Sheet], into: Gathered
) -> dict[str, unread_cells.Cells]:
    """Read the forms; return of each sheet the cells that are read."""
    read: dict[str, unread_cells.Cells] = {}
    into.data |= {"agency": {}, "result": {"indicators": []}}
    for form in shape.forms:
        if sheet := sheets.get(form.sheet):
            group = str(_NEEDED[form.sheet][0])
            into.places[(group,)] = Place(sheet.file, sheet=sheet.name, sheet_no=sheet.no)
            read[form.sheet] = read_form(form, sheet, into)
    result = into.data["result"]
    assert isinstance(result, dict)
    if result.get("last_year") == {}:
        del result["last_year"]
    return read


def _table(table: Table, sheets: dict[str, Sheet], into: Gathered) -> Found:
    sheet = sheets.get(table.sheet)
    if sheet is None:
        return Found(Place(into.places[()].file), [], [])
    reader = read_pasted if table.sheet == layout.PASTE else read_table
    return reader(table, sheet, into, MAX_ROWS)
