"""Small Word documents and their text, for tests."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape

import docx
from lxml import etree

from itareport import package, structure


def document(inner: str) -> bytes:
    """Make a .docx whose body is the given WordprocessingML."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    parts = package.read(buffer.getvalue())
    parts["word/document.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:document xmlns:w="{structure.W}"><w:body>{inner}</w:body></w:document>'
    ).encode()
    return package.write(parts)


def paragraphs(*texts: str) -> bytes:
    """Make a .docx with one paragraph a text."""
    return document("".join(paragraph(text) for text in texts))


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def body(made: bytes) -> etree._Element:
    return etree.fromstring(package.read(made)["word/document.xml"])


def tables(made: bytes) -> list[list[list[list[str]]]]:
    """Return tables of rows of cells, a cell as the texts of its paragraphs."""
    return [
        [
            [
                [text_of(p) for p in cell.iterfind(structure.w("p"))]
                for cell in row.iterfind(structure.w("tc"))
            ]
            for row in table.iterfind(structure.w("tr"))
        ]
        for table in body(made).iter(structure.w("tbl"))
    ]


def merges(made: bytes) -> list[list[str]]:
    """Return, a table after the other, each row's cells as r (starts), c (goes on) or ."""
    found = []
    for table in body(made).iter(structure.w("tbl")):
        rows = []
        for row in table.iterfind(structure.w("tr")):
            signs = ""
            for cell in row.iterfind(structure.w("tc")):
                merge = cell.find(f"{structure.w('tcPr')}/{structure.w('vMerge')}")
                signs += "." if merge is None else (merge.get(structure.w("val")) or "c")[0]
            rows.append(signs)
        found.append(rows)
    return found


def text_of(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(structure.w("t")))


def cells(workbook: bytes) -> dict[str, str]:
    """Return the cells of the first sheet of an .xlsx with inline strings."""
    sheet = etree.fromstring(package.read(workbook)["xl/worksheets/sheet1.xml"])
    return {c.get("r"): "".join(c.itertext()) for c in sheet.iter("{*}c")}
