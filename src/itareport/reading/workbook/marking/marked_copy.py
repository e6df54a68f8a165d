"""A workbook with its problems and its checklist written into a copy."""

from __future__ import annotations

from collections.abc import Iterable

from itareport.problems import Problem
from itareport.reading.workbook import headers, layout, readiness
from itareport.reading.workbook.marking.problem_cells import Texts, annotated
from itareport.reading.workbook.readiness import Element
from itareport.xlsx.book import Book
from itareport.xlsx.grid import reference


def annotate(book: Book, found: Iterable[Problem], elements: Iterable[Element]) -> bytes:
    """Return a copy with colour and comment at every problem, and the checklist filled.

    Raises:
        ItaReportError: D425, D426: a part of the workbook is too big, or damaged.
    """
    return annotated(book, found, _checklist(book, elements))


def _checklist(book: Book, elements: Iterable[Element]) -> Texts:
    own = headers.find_sheet(book.names, layout.CHECKLIST)
    if own is None:
        return {}
    sheet = book.sheet(own)
    header = headers.find_header(sheet, readiness.HEADERS, needed=readiness.HEADERS[1:])
    if not header.row:
        return {}
    _, asked, result, where = (header.columns.get(name, 0) for name in readiness.HEADERS)
    by_key = {headers.key_of(element.said): element for element in elements}
    texts: dict[str, str] = {}
    for (row, column), cell in sheet.cells.items():
        element = by_key.get(headers.key_of(cell.text)) if column == asked else None
        if element is not None and row > header.row:
            texts[reference(row, result)] = "✓ ครบ" if element.there else "✗ ยังไม่ครบ"
            texts[reference(row, where)] = str(element.place or "")
    return {own: texts}
