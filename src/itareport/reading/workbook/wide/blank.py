"""A new wide table: one agency a row, one code a column, a province's districts to choose from."""

from __future__ import annotations

from copy import copy
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from itareport.ita import areas
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Kind, Missing
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import HEADER_ROW, Choice, Field
from itareport.reading.workbook.wide import columns
from itareport.reading.workbook.wide.columns import AGENCY, DISTRICT, TABLE
from itareport.reading.workbook.writer import lists, new_book, pages, styles

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
    ("4", "เหตุผลที่ ITAS แจ้ง เพิ่มคอลัมน์ เช่น “o1 เหตุผล”"),
    ("5", "ข้อวิเคราะห์และแผนกรอกในแผ่นของตน ที่ไม่ได้กรอก โปรแกรมเขียนข้อความร่างให้ และรายงานพิมพ์ ร่าง ทุกหน้า"),
    ("6", "สั่ง itareport batch ไฟล์นี้.xlsx -o out --pdf"),
)


def write(catalogue: Catalogue, kinds: Kinds, province: str = "") -> bytes:
    """Return the table of a year; of no province, with all districts to choose from."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    new_book.begin(book, f"ตารางหลายหน่วยงาน ITA {catalogue.fiscal_year}")
    shapes = (columns.remarks(), columns.plan())
    names = (layout.GUIDE, TABLE, *(shape.sheet for shape in shapes), layout.LISTS)
    sheets = {name: book.create_sheet(name) for name in names}
    offered = _Offered(sheets[layout.LISTS], catalogue, kinds, province)
    _guide(sheets[layout.GUIDE], catalogue)
    _table(sheets[TABLE], catalogue, province, offered)
    for shape in shapes:
        _beside(sheets[shape.sheet], shape, offered)
    sheets[layout.LISTS].sheet_state = "hidden"
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


class _Offered:
    """The hidden sheet of what drop-down lists offer."""

    def __init__(self, sheet: Any, catalogue: Catalogue, kinds: Kinds, province: str) -> None:
        every = {district for one in areas.provinces() for district in areas.districts(one) or ()}
        offered: dict[Choice, tuple[str | int, ...]] = {
            Choice.KINDS: kinds.offered,
            Choice.PROVINCES: areas.provinces(),
            Choice.DISTRICTS: areas.districts(province) or tuple(sorted(every)),
            Choice.LEVELS: tuple(level.name for level in catalogue.levels.rows),
            Choice.ISSUES: tuple(issue.no for issue in catalogue.issues.rows),
            Choice.DRAFTS: (layout.DRAFT,),
        }
        self._ranges: dict[Choice, str] = {}
        for at, (choice, values) in enumerate(offered.items(), 1):
            for row, value in enumerate(values, 1):
                sheet.cell(row, at).value = value
            letter = get_column_letter(at)
            self._ranges[choice] = f"{layout.LISTS}!${letter}$1:${letter}${len(values)}"

    def validation(self, field: Field, first: str) -> DataValidation | None:
        """Return what the cells of a column take, without the cells."""
        if field.kind is Kind.SCORE:
            return lists.score(first, (*Missing,))
        if field.choice not in self._ranges:
            return None
        made = DataValidation("list", formula1=self._ranges[field.choice], allow_blank=True)
        made.showErrorMessage = False  # it only proposes: the check tells what is wrong
        return made


def _guide(sheet: Any, catalogue: Catalogue) -> None:
    title = f"ตารางหลายหน่วยงาน ปีงบประมาณ พ.ศ. {catalogue.fiscal_year}"
    pages.head(sheet, title, "หนึ่งแถวคือรายงานของหนึ่งหน่วยงาน", ("ลำดับ", "สิ่งที่ทำ"))
    pages.widths(sheet, (10, 110))
    for row, (number, text) in enumerate(_GUIDE, _FIRST):
        sheet.cell(row, 1).value = number
        sheet.cell(row, 2).value = text.format(missing=" หรือ ".join(Missing))
        styles.CENTRED.on(sheet.cell(row, 1))
        styles.INFO.on(sheet.cell(row, 2))


def _table(sheet: Any, catalogue: Catalogue, province: str, offered: _Offered) -> None:
    listed = columns.listed(catalogue)
    text = "กรอกช่องสีเหลือง แถวละหนึ่งหน่วยงาน ชื่อไม่ต้องมีประเภทนำหน้า"
    pages.head(sheet, "ตารางหน่วยงาน", text, [column.header for column in listed])
    pages.widths(sheet, [column.width for column in listed])
    sheet.freeze_panes = f"{_FROZEN}{_FIRST}"
    known: dict[layout.Path, Any] = {("fiscal_year",): catalogue.fiscal_year}
    known[("agency", "province")] = province or None
    names = {item.code: item.name for item in catalogue.items.rows}
    for at, column in enumerate(listed, 1):
        _look(sheet, at, column.field, ROWS)
        for row in range(_FIRST, _FIRST + ROWS if column.path in known else 0):
            sheet.cell(row, at).value = known[column.path]
        _offer(sheet, at, column.field, ROWS, offered)
        if column.header in names:
            new_book.note(sheet.cell(HEADER_ROW, at), names[column.header])


def _look(sheet: Any, at: int, field: Field, rows: int) -> None:
    """Give all cells of a column the look of its field."""
    first = sheet.cell(_FIRST, at)
    styles.of(field).on(first)
    for row in range(_FIRST + 1, _FIRST + rows):
        sheet.cell(row, at)._style = copy(first._style)  # noqa: SLF001 - a hundred times as fast


def _beside(sheet: Any, shape: layout.Table, offered: _Offered) -> None:
    heads = [AGENCY, DISTRICT, *(column.header for column in shape.columns)]
    pages.head(sheet, shape.title, shape.help, heads)
    pages.widths(sheet, [36, 20, *(column.width for column in shape.columns)])
    name, district = Field(("agency", "name")), Field(("agency", "district"), Choice.DISTRICTS)
    fields = [name, district, *(column.field for column in shape.columns if column.field)]
    for at, field in enumerate(fields, 1):
        _look(sheet, at, field, _BESIDE_ROWS)
        _offer(sheet, at, field, _BESIDE_ROWS, offered)


def _offer(sheet: Any, at: int, field: Field, rows: int, offered: _Offered) -> None:
    letter = get_column_letter(at)
    made = offered.validation(field, f"{letter}{_FIRST}")
    if made is not None:
        made.add(f"{letter}{_FIRST}:{letter}{_FIRST + rows - 1}")
        sheet.add_data_validation(made)
