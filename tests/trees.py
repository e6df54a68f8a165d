"""The slow, plain way to a document: docxtpl as it is, then its tree with lxml.

It is written for being read, not for speed, and knows nothing of `structure.Writer`: what both
make must be the same.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from itareport.document import fonts, marks
from itareport.document.structure import W, w
from itareport.files import opc

_NO_WIDTH = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
MakeElement = Callable[[str], etree._Element | None]


def plain_docxtpl(template: bytes, context: dict[str, Any]) -> bytes:
    """Fill a template as a bare script would."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(context, autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def body_of(docx: bytes) -> etree._Element:
    """Return the tree of a .docx's main part."""
    return etree.fromstring(opc.read(docx)["word/document.xml"])


def canonical(tree: etree._Element) -> str:
    """Return a tree as canonical XML, a tag a line: two are the same, or the same XML."""
    etree.cleanup_namespaces(tree, top_nsmap={"w": W})
    return etree.tostring(tree, method="c14n").decode().replace("><", ">\n<")


def structured(tree: etree._Element, make: MakeElement = lambda _mark: None) -> etree._Element:
    """Turn the marks of a filled part into merges, kept rows and drawings; let rows split."""
    merged = _merge_cells(tree)
    _keep_rows_together(tree)
    for table in tree.iter(w("tbl")):
        _keep_merged_texts_whole(table, merged)
    for mark in (marks.EMBLEM, marks.GRAPH):
        for text in _texts_with(tree, mark):
            _draw(text, mark, make(mark))
    _let_high_rows_split(tree)
    return tree


def _texts_with(tree: etree._Element, *wanted: str) -> list[etree._Element]:
    return [t for t in tree.iter(w("t")) if t.text and any(mark in t.text for mark in wanted)]


def _merge_cells(tree: etree._Element) -> dict[etree._Element, str]:
    merged = {}
    for text in _texts_with(tree, marks.MERGE_RESTART, marks.MERGE_CONTINUE):
        content = text.text or ""
        cell = next(text.iterancestors(w("tc")), None)
        if cell is not None:
            merged[cell] = "restart" if marks.MERGE_RESTART in content else "continue"
            _merge(cell, merged[cell])
        text.text = content.replace(marks.MERGE_RESTART, "").replace(marks.MERGE_CONTINUE, "")
    for cell in tree.iter(w("tc")):
        if cell.find(w("p")) is None:
            etree.SubElement(cell, w("p"))
    return merged


def _merge(cell: etree._Element, value: str) -> None:
    properties = _first_child(cell, "tcPr")
    for old in properties.findall(w("vMerge")):
        properties.remove(old)
    before = ("cnfStyle", "tcW", "gridSpan", "hMerge")
    place = sum(properties.find(w(name)) is not None for name in before)
    properties.insert(place, etree.Element(w("vMerge"), {w("val"): value}))


def _first_child(element: etree._Element, name: str) -> etree._Element:
    child = element.find(w(name))
    if child is None:
        child = etree.Element(w(name))
        element.insert(0, child)
    return child


def _keep_rows_together(tree: etree._Element) -> None:
    for text in _texts_with(tree, marks.KEEP_WITH_NEXT):
        text.text = (text.text or "").replace(marks.KEEP_WITH_NEXT, "")
        row = next(text.iterancestors(w("tr")), None)
        if row is not None:
            _keep_with_next(row)


def _keep_with_next(row: etree._Element) -> None:
    for paragraph in row.iter(w("p")):
        properties = _first_child(paragraph, "pPr")
        if properties.find(w("keepNext")) is None:
            style = properties.find(w("pStyle"))
            properties.insert(0 if style is None else 1, etree.Element(w("keepNext")))


def _keep_merged_texts_whole(table: etree._Element, merged: dict[etree._Element, str]) -> None:
    """Keep the rows together that a text merged over them needs, but for two lines or more."""
    grid, begun = _grid(table), dict[int, tuple[int, int]]()
    above = table
    for row in table.iterfind(w("tr")):
        signs = [merged.get(cell) for cell in row.iterfind(w("tc"))]
        cells = [(cell, max(width - 330, 330)) for cell, width in _wide(row, grid)]
        single = [_needs(c, wide + 330) for c, wide in cells if _is_single(c)]
        has, now = max(single, default=1), {}
        for n, (sign, (cell, wide)) in enumerate(zip(signs, cells, strict=True)):
            held, needed = begun.get(n, (0, 0))
            if sign == "continue" and held < needed and (held < 2 or needed - held < 2):
                _keep_with_next(above)
            if sign:
                needed = needed if sign == "continue" else _needs(cell, wide + 165)
                now[n] = (held if sign == "continue" else 0) + has, needed
        begun, above = now, row


def _needs(cell: etree._Element, width: int) -> int:
    texts = [text for p in cell.iterfind(w("p")) for text in _begun_lines(p)]
    return sum(max(1, math.ceil(fonts.width(text) / width)) for text in texts)


def _begun_lines(paragraph: etree._Element) -> list[str]:
    runs = paragraph.iter(w("t"), w("br"))
    return "".join("\n" if e.tag == w("br") else e.text or "" for e in runs).split("\n")


def _is_single(cell: etree._Element) -> bool:
    return cell.find(f"{w('tcPr')}/{w('vMerge')}") is None


def _draw(text: etree._Element, mark: str, drawing: etree._Element | None) -> None:
    text.text = (text.text or "").replace(mark, "")
    run = text.getparent()
    if drawing is None or run is None:
        return
    run.insert(run.index(text) + 1, drawing)
    if not text.text:
        run.remove(text)


def _let_high_rows_split(tree: etree._Element) -> None:
    tables: list[etree._Element] = []
    for element in tree.iter(w("tbl"), w("sectPr")):
        if element.tag == w("tbl"):
            tables.append(element)
            continue
        for table in tables:
            _split(table, _page(element))
        tables = []


def _page(section: etree._Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return 16838 - 2 * 1440
    edges = sum(int(margins.get(w(side)) or 0) for side in ("top", "bottom"))
    return int(size.get(w("h")) or 16838) - edges


def _split(table: etree._Element, page: int) -> None:
    grid = _grid(table)
    heights = [(row, _height(row, grid)) for row in table.iterfind(w("tr"))]
    header = sum(h for row, h in heights if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None)
    for row, height in heights:
        whole = row.find(f"{w('trPr')}/{w('cantSplit')}")
        if whole is not None and height + header > page:
            _first_child(row, "trPr").remove(whole)


def _grid(table: etree._Element) -> list[int]:
    columns = table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")
    return [int(column.get(w("w")) or 0) for column in columns]


def _wide(row: etree._Element, grid: list[int]) -> Iterator[tuple[etree._Element, int]]:
    """Yield each cell with the width of its lines."""
    column = 0
    for cell in row.iterfind(w("tc")):
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        columns = int(span.get(w("val")) or 1) if span is not None else 1
        yield cell, sum(grid[column : column + columns]) - 114
        column += columns


def _height(row: etree._Element, grid: list[int]) -> int:
    lines = 1
    for cell, width in _wide(row, grid):
        if _is_single(cell):
            lines = max(lines, sum(_lines(p, width) for p in cell.iterfind(w("p"))))
    return lines * 350


def _lines(paragraph: etree._Element, width: int) -> int:
    letters = [len(_NO_WIDTH.sub("", text)) for text in _begun_lines(paragraph)]
    return sum(max(1, math.ceil(count * 118 / max(width - 330, 330))) for count in letters)
