"""A copy of a workbook with every problem in its cell: colour and comment, all else kept.

The package's XML is patched: saving with openpyxl would drop the stored values of formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence

from lxml import etree

from itareport.files import opc
from itareport.problems import Place, Problem, Severity
from itareport.reading.workbook import headers, layout, readiness
from itareport.reading.workbook.marking import found_sheet
from itareport.reading.workbook.readiness import Element
from itareport.xlsx import comments, sheetxml
from itareport.xlsx.book import Book
from itareport.xlsx.grid import reference
from itareport.xlsx.opening import refusing

_COLOURS = {Severity.ERROR: "FFFF7C80", Severity.WARNING: "FFFFC000", Severity.NOTE: "FF9DC3E6"}
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"

Parts = MutableMapping[str, bytes]
"""The parts of the copy: those that are changed, over those of the workbook."""

Texts = Mapping[str, Mapping[str, str]]
"""Of each sheet, what is to stand in some of its cells."""


def annotated(book: Book, found: Iterable[Problem], texts: Texts) -> bytes:
    """Return a copy with a comment and a colour in every cell with a problem, listed in front.

    Args:
        book: The workbook.
        found: The problems; one without a cell is told in the first cell of its sheet.
        texts: What else to write, by sheet and cell.

    Raises:
        ItaReportError: D425, D426: a part of the workbook is too big, or damaged.
    """
    with refusing(book.file):
        parts = book.package.changing()
        listed = list(found)
        names = [name for name in book.names if name != layout.FOUND]
        _mark(parts, book, _by_cell(listed, names), texts)
        found_sheet.add(parts, book, listed)
        return opc.write(parts)


def checklist(book: Book, elements: Iterable[Element]) -> Texts:
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
            said[reference(row, where)] = element.remedy.removeprefix("โปรดกรอกที่ ")
    return {own: said}


def _mark(
    parts: Parts, book: Book, by_cell: Mapping[str, dict[str, list[Problem]]], texts: Texts
) -> None:
    styles = _styles(parts, book)
    for sheet, part in book.parts:
        marks, wanted = by_cell.get(sheet, {}), texts.get(sheet, {})
        if not (marks or wanted or _may_be_marked(book.package, part)):
            continue
        root = sheetxml.parsed(parts[part])
        for cell, text in wanted.items():
            sheetxml.set_text(root, cell, text)
        sheetxml.colour(root, _coloured(marks, styles))
        said = {cell: _said(problems) for cell, problems in marks.items()}
        _comment(parts, book.package, part, root, said)
        parts[part] = sheetxml.written(root)


def _may_be_marked(package: opc.Package, part: str) -> bool:
    """Return whether a sheet may hold colours or comments of an earlier check."""
    return bool(package.related(part, "comments")) or comments.AUTHOR.encode() in package[part]


def _by_cell(found: Iterable[Problem], names: Sequence[str]) -> dict[str, dict[str, list[Problem]]]:
    sheets: dict[str, dict[str, list[Problem]]] = {}
    for problem in found:
        if problem.severity is Severity.UNCHECKED:
            continue
        for place in (problem.place or Place(""), *problem.also_places):
            sheet = place.sheet if place.sheet in names else names[0]
            cells = sheets.setdefault(str(sheet), {})
            told = cells.setdefault(place.cell or "A1", [])
            if problem not in told:
                told.append(problem)
    return sheets


def _said(problems: Iterable[Problem]) -> str:
    lines = (f"[{p.code}] {p.message}" + (f"\n{p.remedy}" if p.remedy else "") for p in problems)
    return "\n".join(lines)


def _coloured(
    marks: Mapping[str, Sequence[Problem]], styles: Mapping[Severity, str]
) -> list[tuple[str, list[str]]]:
    order = list(_COLOURS)
    worst = {cell: min(order.index(p.severity) for p in told) for cell, told in marks.items()}
    cells = {severity: [c for c in worst if order[worst[c]] is severity] for severity in order}
    return [(styles[severity], listed) for severity, listed in cells.items() if listed]


def _styles(parts: Parts, book: Book) -> dict[Severity, str]:
    """Add the colours to the styles of conditional formats; return the number of each."""
    (part, *_) = book.styles
    root = sheetxml.parsed(parts[part])
    listed = sheetxml.children(root, "dxfs")
    if not listed:
        after = ("tableStyles", "colors", "extLst")
        later = [
            i for i, e in enumerate(root) if any(e in sheetxml.children(root, n) for n in after)
        ]
        root.insert(later[0] if later else len(root), sheetxml.like(root, "dxfs"))
        listed = sheetxml.children(root, "dxfs")
    numbers = {severity: str(_number(root, listed[0], c)) for severity, c in _COLOURS.items()}
    listed[0].set("count", str(len(listed[0])))
    parts[part] = sheetxml.written(root)
    return numbers


def _number(root: etree._Element, listed: etree._Element, colour: str) -> int:
    style, fill, pattern = (sheetxml.like(root, n) for n in ("dxf", "fill", "patternFill"))
    pattern.set("patternType", "solid")
    pattern.append(sheetxml.like(root, "fgColor", rgb=colour))
    pattern.append(sheetxml.like(root, "bgColor", rgb=colour))
    fill.append(pattern)
    style.append(fill)
    same = etree.tostring(style, method="c14n", exclusive=True)
    for index, known in enumerate(listed):
        if etree.tostring(known, method="c14n", exclusive=True) == same:
            return index
    listed.append(style)
    return len(listed) - 1


def _comment(
    parts: Parts, package: opc.Package, part: str, sheet: etree._Element, said: Mapping[str, str]
) -> None:
    told = next(iter(package.related(part, "comments")), None)
    if not said and told is None:
        return
    rels = package.named(opc.relationships_of(part))
    root = sheetxml.parsed(parts.get(rels, f'<Relationships xmlns="{_RELS}"/>'.encode()))
    listed, cells = comments.comments(parts[told] if told else None, said)
    told = told or _add(parts, root, "comments", "xl/comments/", ".xml")
    shown = _drawing(package, part, sheetxml.legacy_drawing(sheet))
    boxes = comments.drawing(parts[shown] if shown else None, cells, said)
    if shown is None:
        shown = _add(parts, root, "vmlDrawing", "xl/drawings/", ".vml")
        sheetxml.add_legacy_drawing(sheet, root[-1].get("Id") or "")
    parts[told], parts[shown] = sheetxml.written(listed), sheetxml.written(boxes)
    parts[rels] = sheetxml.written(root)


def _drawing(package: opc.Package, part: str, key: str | None) -> str | None:
    """Return the drawing that shows the comments of a sheet."""
    found = package.relationships(part).get(key or "")
    is_there = found and found.kind == "vmlDrawing" and found.target in package
    return found.target if found and is_there else None


def _add(parts: Parts, root: etree._Element, kind: str, folder: str, suffix: str) -> str:
    """Relate the sheet to a new part and say what it is."""
    number = next(n for n in range(1, 10_000) if f"{folder}itareport{n}{suffix}" not in parts)
    part = f"{folder}itareport{number}{suffix}"
    key = f"itareport{kind}"
    for old in [e for e in root if e.get("Id") == key]:
        root.remove(old)
    facts = {"Id": key, "Type": _KIND + kind, "Target": f"/{part}"}
    root.append(sheetxml.like(root, "Relationship", **facts))
    parts[part] = b""
    types = sheetxml.parsed(parts[opc.TYPES])
    if suffix == ".xml":
        types.append(sheetxml.like(types, "Override", PartName=f"/{part}", ContentType=_COMMENTS))
    elif not any(e.get("Extension") == "vml" for e in types):
        types.insert(0, sheetxml.like(types, "Default", Extension="vml", ContentType=_DRAWING))
    parts[opc.TYPES] = sheetxml.written(types)
    return part
