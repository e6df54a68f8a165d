"""Strings that many cells share: read once, however many cells have them."""

from __future__ import annotations

import io

import openpyxl

from itareport.xlsx import book


def test_a_string_is_made_plain_once_for_all_its_cells(monkeypatch):
    made: list[str] = []
    monkeypatch.setattr(book, "plain", lambda text: made.append(text) or text)
    filled, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in range(1, 101):
        filled.active.cell(row, 1).value = "ยาว\r\nมาก"
        filled.active.cell(row, 2).value = " "
    filled.save(buffer)
    opened = book.Book(buffer.getvalue(), "ก.xlsx")
    cells = opened.sheet(opened.names[0]).cells
    assert {cell.text for cell in cells.values()} == {"ยาว\nมาก"}
    assert len(cells) == 100, "blanks are no cells"
    assert len(made) == 2
