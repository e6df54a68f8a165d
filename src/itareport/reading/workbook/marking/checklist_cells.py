"""The checklist of a workbook, filled."""

from __future__ import annotations

from collections.abc import Iterable

from itareport.reading.workbook import headers, layout, readiness
from itareport.reading.workbook.marking.problem_cells import Texts
from itareport.reading.workbook.readiness import Element
from itareport.xlsx.book import Book
from itareport.xlsx.grid import reference


def texts(book: Book, elements: Iterable[Element]) -> Texts:
    """Return what the cells of the checklist say of each element.

    Raises:
        ItaReportError: D425, D426: the sheet is too big, or damaged.
    """
    own = headers.find_sheet(book.names, layout.CHECKLIST)
    if own is None:
        return {}
    sheet = book.sheet(own)
    header = headers.find_header(sheet, readiness.HEADERS, needed=readiness.HEADERS[1:])
    if not header.row:
        return {}
    _, asked, result, where = (header.columns.get(name, 0) for name in readiness.HEADERS)
    by_key = {headers.key_of(element.said): element for element in elements}
    said: dict[str, str] = {}
    for (row, column), cell in sheet.cells.items():
        element = by_key.get(headers.key_of(cell.text)) if column == asked else None
        if element is not None and row > header.row:
            said[reference(row, result)] = "✓ ครบ" if element.there else "✗ ยังไม่ครบ"
            said[reference(row, where)] = str(element.place or "")
    return {own: said}
