"""Strings that many cells share: read once, however many cells have them."""

from __future__ import annotations

import io

import openpyxl

from itareport.files import opc
from itareport.xlsx import book, escapes

_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATED = (
    '<Relationship Id="rIdS" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org'
    '/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)


def shared(first: str, second: str) -> bytes:
    """Return a workbook in which a hundred rows have the same two strings."""
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    parts, relations = opc.read(buffer.getvalue()), "xl/_rels/workbook.xml.rels"
    related = parts[relations].replace(b"</Relationships>", _RELATED.encode())
    cells = '<c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>1</v></c>'
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1, 101))
    sheet = f"<worksheet {_SPACE}><sheetData>{rows}</sheetData></worksheet>"
    items = "".join(f"<si><t>{one}</t></si>" for one in (first, second)).replace("\r", "&#13;")
    made = {
        relations: related,
        "xl/worksheets/sheet1.xml": sheet.encode(),
        "xl/sharedStrings.xml": f"<sst {_SPACE}>{items}</sst>".encode(),
    }
    return opc.write(parts | made)


def test_a_string_is_made_plain_once_for_all_its_cells(monkeypatch):
    made: list[str] = []

    def counted(text: str) -> str:
        made.append(text)
        return escapes.plain(text)

    monkeypatch.setattr(book, "plain", counted)
    opened = book.Book(shared("ยาว\r\nมาก", " "), "ก.xlsx")
    cells = opened.sheet(opened.names[0]).cells
    assert {cell.text for cell in cells.values()} == {"ยาว\nมาก"}
    assert len(cells) == 100, "blanks are no cells"
    assert len(made) == 2
