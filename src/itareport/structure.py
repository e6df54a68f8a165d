"""The document's element tree after rendering: merges, drawings, rows that may split; pure.

A template's text cannot say these, so the context leaves marks (see `marks`) and this module
turns each into OOXML, in the order that the schema wants.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from lxml import etree

from itareport import marks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Element = etree._Element  # noqa: SLF001 - lxml's public element type has no public name

_LINE = 350  # twips; a line of TH Sarabun New at 14 pt, as LibreOffice and Word set it
_CHARACTER = 118  # twips; advance of a base character at 14 pt, on the wide side
_RAGGED = 330  # twips; what a line leaves empty before a word that does not fit
_NO_WIDTH = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")  # Thai marks above and below
_CELL_MARGIN = 148  # twips, left and right together

_TCPR_BEFORE_VMERGE = ("cnfStyle", "tcW", "gridSpan", "hMerge")


def w(name: str) -> str:
    """Return the WordprocessingML name in Clark notation."""
    return f"{{{W}}}{name}"


def free_section_breaks(root: Element) -> None:
    """Give each section break a paragraph of its own.

    Programs put it into the last paragraph of the section; where that is a paragraph with a tag
    of docxtpl, which is taken out whole, pages would lose their size and orientation with it.
    """
    for section in list(root.iter(w("sectPr"))):
        properties = section.getparent()
        paragraph = properties.getparent() if properties is not None else None
        if paragraph is None or paragraph.tag != w("p") or paragraph.find(f".//{w('t')}") is None:
            continue
        own = etree.Element(w("p"))
        etree.SubElement(own, w("pPr")).append(section)
        paragraph.addnext(own)


def merge_cells(root: Element) -> None:
    """Turn merge marks into `w:vMerge`, and keep a paragraph in every cell."""
    for text in _texts_with(root, marks.MERGE_RESTART, marks.MERGE_CONTINUE):
        content = text.text or ""
        cell = next(text.iterancestors(w("tc")), None)
        if cell is not None:
            _set_vertical_merge(cell, "restart" if marks.MERGE_RESTART in content else "continue")
        text.text = content.replace(marks.MERGE_RESTART, "").replace(marks.MERGE_CONTINUE, "")
    for cell in root.iter(w("tc")):
        if cell.find(w("p")) is None:
            etree.SubElement(cell, w("p"))


def keep_rows_together(root: Element) -> None:
    """Keep a row on the page of the next where its mark says so: a merged cell stays whole."""
    for text in _texts_with(root, marks.KEEP_WITH_NEXT):
        text.text = (text.text or "").replace(marks.KEEP_WITH_NEXT, "")
        row = next(text.iterancestors(w("tr")), None)
        for paragraph in row.iter(w("p")) if row is not None else ():
            _keep_with_next(paragraph)


def _keep_with_next(paragraph: Element) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    if properties.find(w("keepNext")) is None:
        after_style = 0 if properties.find(w("pStyle")) is None else 1
        properties.insert(after_style, etree.Element(w("keepNext")))


def _texts_with(root: Element, *wanted: str) -> list[Element]:
    return [t for t in root.iter(w("t")) if t.text and any(mark in t.text for mark in wanted)]


def _set_vertical_merge(cell: Element, value: str) -> None:
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        cell.insert(0, properties)
    for old in properties.findall(w("vMerge")):
        properties.remove(old)
    place = sum(properties.find(w(name)) is not None for name in _TCPR_BEFORE_VMERGE)
    merge = etree.Element(w("vMerge"))
    merge.set(w("val"), value)
    properties.insert(place, merge)


def place_drawings(root: Element, make: Callable[[str], Element | None]) -> None:
    """Put what `make(mark)` returns, a `w:drawing`, where each drawing mark stands."""
    for mark in (marks.EMBLEM, marks.GRAPH):
        for text in _texts_with(root, mark):
            text.text = (text.text or "").replace(mark, "")
            drawing = make(mark)
            run = text.getparent()
            if drawing is None or run is None:
                continue
            run.insert(run.index(text) + 1, drawing)
            if not text.text:
                run.remove(text)


def has_drawing_mark(root: Element) -> bool:
    """Tell whether a part asks for a drawing."""
    return bool(_texts_with(root, marks.EMBLEM, marks.GRAPH))


def allow_long_rows_to_split(root: Element) -> None:
    """Let a row run over a page only where it is higher than a page can hold.

    Rows are kept whole (`w:cantSplit`) by the template, and LibreOffice cuts off what does not
    fit: heights are estimated from columns and letters, rather too high than too low.
    """
    for page_height, tables in _tables_by_section(root):
        for table in tables:
            grid = [
                int(col.get(w("w")) or 0)
                for col in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")
            ]
            heights = [(row, _height(row, grid)) for row in table.iterfind(w("tr"))]
            header = sum(
                h for row, h in heights if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
            )
            for row, height in heights:
                whole = row.find(f"{w('trPr')}/{w('cantSplit')}")
                if whole is not None and height + header > page_height:
                    whole.getparent().remove(whole)  # type: ignore[union-attr]


def _tables_by_section(root: Element) -> list[tuple[int, list[Element]]]:
    sections: list[tuple[int, list[Element]]] = []
    tables: list[Element] = []
    for element in root.iter(w("tbl"), w("sectPr")):
        if element.tag == w("tbl"):
            tables.append(element)
        else:
            sections.append((_text_height(element), tables))
            tables = []
    return sections


def _text_height(section: Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return 16838 - 2 * 1440
    edges = sum(int(margins.get(w(side)) or 0) for side in ("top", "bottom"))
    return int(size.get(w("h")) or 16838) - edges


def _height(row: Element, grid: list[int]) -> int:
    lines, column = 1, 0
    for cell in row.iterfind(w("tc")):
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        columns = int(span.get(w("val")) or 1) if span is not None else 1
        width = sum(grid[column : column + columns]) - _CELL_MARGIN
        column += columns
        merged = cell.find(f"{w('tcPr')}/{w('vMerge')}") is not None
        if not merged:
            lines = max(lines, sum(_lines(p, width) for p in cell.iterfind(w("p"))))
    return lines * _LINE


def _lines(paragraph: Element, width: int) -> int:
    text = "".join(t.text or "" for t in paragraph.iter(w("t")))
    letters = len(_NO_WIDTH.sub("", text))
    return max(1, math.ceil(letters * _CHARACTER / max(width - _RAGGED, _RAGGED)))


def number_pages_western(root: Element) -> None:
    """Take Thai page numbers out of every section."""
    for numbering in root.iter(w("pgNumType")):
        if w("fmt") in numbering.attrib:
            del numbering.attrib[w("fmt")]
