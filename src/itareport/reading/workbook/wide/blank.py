"""A new wide table: one agency a row, one code a column, a province's districts to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

import openpyxl

from itareport.ita import areas
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Missing
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import HEADER_ROW, Choice, Column, Field
from itareport.reading.workbook.wide import columns
from itareport.reading.workbook.wide.columns import AGENCY, DISTRICT, TABLE
from itareport.reading.workbook.writer import new_book, pages, styles
from itareport.reading.workbook.writer.lists import Lists

ROWS = 350
"""Rows to fill: more than any province has local governments."""
_BESIDE_ROWS = 1_000
_FIRST = HEADER_ROW + 1
_SCALE = 60  # per cent
_FROZEN = "D"
"""The agency's name stays in sight."""
_GUIDE = (
    ("1", "กรอกแถวละหนึ่งหน่วยงาน ปีและจังหวัดกรอกไว้ให้แล้ว แถวที่ไม่มีชื่อและคะแนนไม่ถูกอ่าน"),
    ("2", "กรอกคะแนนภาพรวม ระดับ ตัวชี้วัด และคะแนนรายข้อ ข้อที่ไม่มีคะแนนพิมพ์เหตุ: {missing}"),
    ("3", "ข้อ EIT ที่รู้คะแนนสองส่วน เพิ่มคอลัมน์ “e1 ส่วนที่ 1” และ “e1 ส่วนที่ 2” แทนคอลัมน์ e1"),
    ("4", "เหตุผลที่ ITAS แจ้ง เพิ่มคอลัมน์ เช่น “o1 เหตุผล” สาเหตุที่หน่วยงานทราบ เช่น “e1 สาเหตุ”"),
    ("5", "ข้อวิเคราะห์และแผนกรอกในแผ่นของตน ที่ไม่ได้กรอก โปรแกรมเขียนข้อความร่างให้ และรายงานพิมพ์ ร่าง ทุกหน้า"),
    (
        "6",
        "ยืนยันร่างแทนหน่วยงานโดยกรอกทั้งผู้ยืนยันและวันที่ยืนยันในแถวนั้น เพียงลบคำว่า ร่าง ไม่นับว่ายืนยัน",
    ),
    ("7", "สั่ง itareport batch ไฟล์นี้.xlsx -o out --pdf"),
)


def write(catalogue: Catalogue, kinds: Kinds, province: str = "") -> bytes:
    """Return the table of a year; of no province, with all districts to choose from."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    new_book.begin(book, f"ตารางหลายหน่วยงาน ITA {catalogue.fiscal_year}")
    shapes = (columns.remarks(), columns.plan())
    names = (layout.GUIDE, TABLE, *(shape.sheet for shape in shapes), layout.LISTS)
    sheets = {name: book.create_sheet(name) for name in names}
    every = {district for one in areas.provinces() for district in areas.districts(one) or ()}
    more = {Choice.DISTRICTS: areas.districts(province) or sorted(every)}
    offered = Lists(sheets[layout.LISTS], catalogue, kinds, more, wide=True)
    _guide(sheets[layout.GUIDE], catalogue)
    _table(sheets[TABLE], catalogue, province, offered)
    for shape in shapes:
        _beside(sheets[shape.sheet], shape, offered)
    for name in names[:-1]:
        pages.heights(sheets[name])
        pages.set_up(sheets[name])
    _on_several_pages(sheets[TABLE])
    book.active = 1
    return new_book.packed(book)


def _on_several_pages(sheet: Any) -> None:
    """Print a sheet that is far wider than a page: the agency's name on each."""
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.scale = _SCALE
    sheet.print_title_cols = "A:C"


def _guide(sheet: Any, catalogue: Catalogue) -> None:
    title = f"ตารางหลายหน่วยงาน ปีงบประมาณ พ.ศ. {catalogue.fiscal_year}"
    pages.head(sheet, title, "หนึ่งแถวคือรายงานของหนึ่งหน่วยงาน", ("ลำดับ", "สิ่งที่ทำ"))
    pages.widths(sheet, (10, 110))
    for row, (number, text) in enumerate(_GUIDE, _FIRST):
        sheet.cell(row, 1).value = number
        sheet.cell(row, 2).value = text.format(missing=" หรือ ".join(Missing))
        styles.CENTRED.on(sheet.cell(row, 1))
        styles.INFO.on(sheet.cell(row, 2))


def _table(sheet: Any, catalogue: Catalogue, province: str, offered: Lists) -> None:
    listed = columns.listed(catalogue)
    text = "กรอกช่องสีเหลือง แถวละหนึ่งหน่วยงาน ชื่อไม่ต้องมีประเภทนำหน้า"
    _head(sheet, "ตารางหน่วยงาน", text, listed)
    sheet.freeze_panes = f"{_FROZEN}{_FIRST}"
    known: dict[layout.Path, Any] = {("fiscal_year",): catalogue.fiscal_year}
    known[("agency", "province")] = province or None
    names = {item.code: item.name for item in catalogue.items.rows}
    for at, column in enumerate(listed, 1):
        _to_fill(sheet, at, column.field, ROWS, offered)
        for row in range(_FIRST, _FIRST + ROWS if column.path in known else 0):
            sheet.cell(row, at).value = known[column.path]
        if column.header in names:
            new_book.note(sheet.cell(HEADER_ROW, at), names[column.header])


def _head(sheet: Any, title: str, text: str, listed: Sequence[Column]) -> None:
    pages.head(sheet, title, text, [column.header for column in listed])
    pages.widths(sheet, [column.width for column in listed])


def _to_fill(sheet: Any, at: int, field: Field, rows: int, offered: Lists) -> None:
    """Give all cells of a column the look of its field, and say what they take."""
    first = sheet.cell(_FIRST, at)
    styles.of(field).on(first)
    for row in range(_FIRST + 1, _FIRST + rows):
        sheet.cell(row, at)._style = copy(first._style)  # noqa: SLF001 - a hundred times as fast
    offered.validate(sheet, field, f"{first.coordinate}:{first.column_letter}{_FIRST + rows - 1}")


def _beside(sheet: Any, shape: layout.Table, offered: Lists) -> None:
    name, area = Field(("agency", "name")), Field(("agency", "district"), Choice.DISTRICTS)
    listed = (Column(AGENCY, 36, name), Column(DISTRICT, 20, area), *shape.read, *columns.CONFIRMED)
    _head(sheet, shape.title, shape.help, listed)
    for at, column in enumerate(listed, 1):
        _to_fill(sheet, at, column.field, _BESIDE_ROWS, offered)
