"""The workbook for one unit: its rows of the plan, the remarks that they answer, nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Kind
from itareport.reading.workbook import layout, sheets
from itareport.reading.workbook.layout import HEADER_ROW, Choice, Table
from itareport.reading.workbook.unit_sheet import Given
from itareport.reading.workbook.writer import cell_values, new_book, pages
from itareport.reading.workbook.writer.cell_values import Row
from itareport.reading.workbook.writer.lists import Lists


def write(given: Given, units: Sequence[str], catalogue: Catalogue, kinds: Kinds) -> bytes:
    """Return the workbook for one unit; `units` are those that its cells offer.

    Raises:
        ItaReportError: D400: what no cell can hold.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    plan = sheets.unit_plan(catalogue.fiscal_year, given.unit)
    remarks = sheets.unit_remarks(given.unit)
    new_book.begin(book, plan.title)
    names = (layout.UNIT_PLAN, layout.UNIT_REMARKS, layout.UNIT, layout.LISTS)
    made = {name: book.create_sheet(name) for name in names}
    offered = Lists(made[layout.LISTS], catalogue, kinds, {Choice.UNITS: units})
    rows = [Row("", {"plan": one.row}) for one in given.plan]
    new_book.fill_table(made[plan.sheet], plan, rows, offered)
    issues = [catalogue.issue(_number(one.row.get("issue"))) for one in given.plan]
    titles = [issue.name if issue else "" for issue in issues]
    _inform(made[plan.sheet], plan, "ชื่อประเด็น", titles)
    _inform(made[plan.sheet], plan, layout.ROW_NUMBER, range(1, len(rows) + 1))
    rows = [
        Row(one.code, {"remarks": {"text": one.text}, "scores": {"cause": one.cause}})
        for one in given.remarks
    ]
    new_book.fill_table(made[remarks.sheet], remarks, rows, offered)
    items = [catalogue.item(one.code) for one in given.remarks]
    _inform(made[remarks.sheet], remarks, sheets.QUESTION, [i.name if i else "" for i in items])
    _inform(made[remarks.sheet], remarks, "คะแนน", [one.score for one in given.remarks])
    for name in names[:2]:
        pages.heights(made[name])
        pages.set_up(made[name])
    _hidden(made[layout.UNIT], given)
    return new_book.packed(book)


def _number(typed: Any) -> int:
    text = str(cell_values.cell(typed, Kind.WHOLE))
    return int(text) if text.isdecimal() else 0


def _inform(sheet: Any, table: Table, header: str, values: Iterable[Any]) -> None:
    """Write the values of a column that only informs."""
    for row, value in enumerate(values, HEADER_ROW + 1):
        new_book.put_text(sheet.cell(row, table.headers.index(header) + 1), str(value))


def _hidden(sheet: Any, given: Given) -> None:
    """Write of whom the workbook is, and its rows as they are now, in pieces that cells hold."""
    sheet.sheet_state = "hidden"
    text = json.dumps(given.held(), ensure_ascii=True, sort_keys=True)
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    for row, piece in enumerate(pieces, 1):
        new_book.put_text(sheet.cell(row, 1), piece)


_PIECE = 30_000
