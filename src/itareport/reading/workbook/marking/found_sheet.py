"""The first sheet of a marked copy: every problem on a line, with a link to its cell."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Final

from lxml import etree

from itareport.files import opc
from itareport.problems import TITLES, Problem, Severity
from itareport.reading.workbook import layout
from itareport.xlsx import sheetxml
from itareport.xlsx.book import Book
from itareport.xlsx.grid import reference
from itareport.xlsx.opening import refuse
from itareport.xlsx.sheetxml import children, like

_HEADERS: Final = ("ที่", "ความสำคัญ", "แผ่นงาน", "ช่อง", "เรื่อง", "สิ่งที่พบ", "วิธีแก้", "รหัส")
_WIDTHS: Final = (7, 14, 22, 9, 26, 60, 60, 9)
_LINK: Final = 4
"""The column whose cells lead to the problem."""
_LISTED = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PART = "xl/worksheets/itareport.xml"
_ID = "itareportFound"
_HEAD = 4_000
"""Bytes of a sheet in which its views stand."""
_SELECTED = re.compile(rb'\s+tabSelected="[^"]*"')
_FIRST = 4
"""The row of the headers."""

Parts = MutableMapping[str, bytes]


def add(parts: Parts, book: Book, found: Sequence[Problem]) -> None:
    """Put the list of problems before all sheets, in place of that of an earlier check.

    Raises:
        ItaReportError: D426: the workbook is damaged.
    """
    told = [problem for problem in found if problem.severity in _LISTED]
    told.sort(key=lambda problem: _LISTED.index(problem.severity))
    plain, linked = _styles(parts, book)
    sheet = _sheet(told, book.names, plain, linked)
    before = dict(book.parts).get(layout.FOUND)
    if before is None:
        _relate(parts, book)
    parts[before or _PART] = sheetxml.written(sheet)


def _sheet(
    told: Sequence[Problem], names: Sequence[str], plain: str, linked: str
) -> etree._Element:
    root = etree.fromstring(
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0" tabSelected="1"><pane ySplit="{_FIRST}" '
        f'topLeftCell="A{_FIRST + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        "</sheetViews><cols/><sheetData/><hyperlinks/>"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    (columns,), (data,), (links,) = (
        children(root, name) for name in ("cols", "sheetData", "hyperlinks")
    )
    for number, width in enumerate(_WIDTHS, 1):
        at = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        columns.append(like(root, "col", **at))
    lines = [_line(number, problem) for number, problem in enumerate(told, 1)]
    head = [("ผลตรวจ",), (_summary(told),), (), _HEADERS]
    for row, texts in enumerate([*head, *lines], 1):
        made = like(root, "row", r=str(row))
        for column, text in enumerate(texts, 1):
            link = _target(told[row - _FIRST - 1], names) if row > _FIRST else ""
            is_link = column == _LINK and bool(link)
            style = {"s": linked if is_link else plain} if row >= _FIRST else {}
            holder = like(root, "is", like(root, "t", text=text, **sheetxml.SPACE))
            where = reference(row, column)
            made.append(like(root, "c", holder, r=where, t="inlineStr", **style))
            if is_link:
                links.append(like(root, "hyperlink", ref=where, location=link, display=text))
        data.append(made)
    if not len(links):
        root.remove(links)
    return root


def _summary(told: Sequence[Problem]) -> str:
    if not told:
        return "ไม่พบสิ่งที่ต้องแก้"
    counts = ((TITLES[kind], sum(p.severity is kind for p in told)) for kind in _LISTED)
    return f"{', '.join(f'{word} {n} เรื่อง' for word, n in counts if n)} กดที่ช่องเพื่อไปยังที่ต้องแก้"


def _line(number: int, problem: Problem) -> tuple[str, ...]:
    place = problem.place
    return (
        str(number), TITLES[problem.severity], (place and place.sheet) or "",
        (place and place.cell) or "", problem.label, problem.message, problem.remedy, problem.code,
    )  # fmt: skip


def _target(problem: Problem, names: Sequence[str]) -> str:
    """Return the place in this workbook that a link leads to; "" where it is of no cell."""
    place = problem.place
    if place is None or place.sheet not in names or not place.cell:
        return ""
    sheet = str(place.sheet).replace("'", "''")
    return f"'{sheet}'!{place.cell}"


def _styles(parts: Parts, book: Book) -> tuple[str, str]:
    """Add two looks to the styles: text that wraps, and a link; return their numbers."""
    (part, *_) = book.styles
    root = sheetxml.parsed(parts[part])
    fonts, looks = children(root, "fonts"), children(root, "cellXfs")
    if not fonts or not looks:
        refuse("D426", book.file)
    underlined = like(
        root, "font", like(root, "u"), like(root, "sz", val="15"),
        like(root, "color", rgb="FF0563C1"), like(root, "name", val="TH Sarabun New"),
    )  # fmt: skip
    font = _appended(fonts[0], underlined)
    numbers = []
    for number in ("0", font):
        wrap = like(root, "alignment", vertical="top", wrapText="1")
        facts = {"numFmtId": "49", "fontId": number, "fillId": "0", "borderId": "0"}
        look = like(root, "xf", wrap, **facts, applyFont="1", applyAlignment="1")
        numbers.append(_appended(looks[0], look))
    parts[part] = sheetxml.written(root)
    return numbers[0], numbers[1]


def _appended(listed: etree._Element, made: etree._Element) -> str:
    """Return the number of a style in its list, where it is added unless it is there."""
    same = etree.tostring(made, method="c14n", exclusive=True)
    for index, known in enumerate(listed):
        if etree.tostring(known, method="c14n", exclusive=True) == same:
            return str(index)
    listed.append(made)
    listed.set("count", str(len(listed)))
    return str(len(listed) - 1)


def _relate(parts: Parts, book: Book) -> None:
    """Make the new part the first sheet of the workbook; what counts sheets counts it too."""
    main = book.package.main
    root = sheetxml.parsed(parts[main])
    (sheets,) = children(root, "sheets")
    highest = max((int(sheet.get("sheetId") or 0) for sheet in sheets), default=0)
    made = like(root, "sheet", sheetId=str(highest + 1))
    made.set("name", layout.FOUND)
    made.set(etree.QName(sheetxml.relations(root), "id"), _ID)
    sheets.insert(0, made)
    for name in root.iter("{*}definedName"):
        if (local := name.get("localSheetId")) is not None:
            name.set("localSheetId", str(int(local) + 1))
    for view in root.iter("{*}workbookView"):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
    parts[main] = sheetxml.written(root)
    for _, part in book.parts:  # else Excel would type into two sheets at once
        if b"tabSelected" in parts[part][:_HEAD]:
            parts[part] = _SELECTED.sub(b"", parts[part], count=1)
    listed = book.package.named(opc.relationships_of(main))
    rels, types = sheetxml.parsed(parts[listed]), sheetxml.parsed(parts[opc.TYPES])
    rels.append(like(rels, "Relationship", Id=_ID, Type=_KIND, Target=f"/{_PART}"))
    types.append(like(types, "Override", PartName=f"/{_PART}", ContentType=_TYPE))
    parts[listed], parts[opc.TYPES] = sheetxml.written(rels), sheetxml.written(types)
