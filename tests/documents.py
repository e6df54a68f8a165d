"""Small Word documents and their text, for tests."""

from __future__ import annotations

import functools
import io
from xml.sax.saxutils import escape

import docx
from lxml import etree

from itareport.document import structure
from itareport.files import opc


def document(inner: str) -> bytes:
    """Make a .docx whose body is the given WordprocessingML."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:document xmlns:w="{structure.W}"><w:body>{inner}</w:body></w:document>'
    )
    return opc.write(_empty() | {"word/document.xml": xml.encode()})


@functools.cache
def _empty() -> dict[str, bytes]:
    """Return the parts of a new document, as Word writes one; nobody changes them in place.

    Its hundred styles of tables, nine tenths of its bytes, are left out.
    """
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    parts = dict(opc.read(buffer.getvalue()))
    for name in ("word/styles.xml", "word/stylesWithEffects.xml"):
        root = etree.fromstring(parts[name])
        for style in root.findall(f"{structure.w('style')}[@{structure.w('type')}='table']"):
            if not style.get(structure.w("default")):
                root.remove(style)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return parts


def paragraphs(*texts: str) -> bytes:
    """Make a .docx with one paragraph a text."""
    return document("".join(paragraph(text) for text in texts))


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def body(made: bytes) -> etree._Element:
    return etree.fromstring(opc.read(made)["word/document.xml"])


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
    """Return the text of an element, with its line breaks."""
    found = element.iter(structure.w("t"), structure.w("br"))
    return "".join("\n" if one.tag == structure.w("br") else one.text or "" for one in found)


def cells(workbook: bytes) -> dict[str, str]:
    """Return the cells of the first sheet of an .xlsx with inline strings."""
    sheet = etree.fromstring(opc.read(workbook)["xl/worksheets/sheet1.xml"])
    return {c.get("r"): "".join(map(str, c.itertext())) for c in sheet.iter("{*}c")}


def reading(made: bytes) -> str:
    """Return the document as a person would read it aloud: style, text, tables with merges."""
    lines: list[str] = []
    for element in body(made).find(structure.w("body")):
        if element.tag == structure.w("p"):
            lines += _paragraph_lines(element)
        elif element.tag == structure.w("tbl"):
            lines += _table_lines(element)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _paragraph_lines(element: etree._Element) -> list[str]:
    style = element.find(f"{structure.w('pPr')}/{structure.w('pStyle')}")
    name = style.get(structure.w("val")) if style is not None else "Normal"
    drawing = " <drawing>" if element.find(f".//{structure.w('drawing')}") is not None else ""
    lines = [f"{name}: {text_of(element)}{drawing}"] if text_of(element) or drawing else []
    size = element.find(f".//{structure.w('sectPr')}/{structure.w('pgSz')}")
    return lines + (
        [f"--- {size.get(structure.w('orient'), 'portrait')}"] if size is not None else []
    )


def _table_lines(table: etree._Element) -> list[str]:
    lines = ["["]
    for row in table.iterfind(structure.w("tr")):
        cells = []
        for cell in row.iterfind(structure.w("tc")):
            merge = cell.find(f"{structure.w('tcPr')}/{structure.w('vMerge')}")
            going_on = merge is not None and merge.get(structure.w("val")) == "continue"
            texts = [text_of(p) for p in cell.iterfind(structure.w("p"))]
            text = " ¶ ".join(texts).replace("\n", " ↵ ")
            cells.append("^" if going_on else text)
        header = row.find(f"{structure.w('trPr')}/{structure.w('tblHeader')}") is not None
        whole = row.find(f"{structure.w('trPr')}/{structure.w('cantSplit')}") is not None
        lines.append(("  H " if header else "  | " if whole else "  ~ ") + " | ".join(cells))
    return [*lines, "]"]
