"""What every sheet has: title, help, headers, widths, protection and the set-up for A4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import HEADER_ROW
from itareport.reading.workbook.writer import styles
from itareport.reading.workbook.writer.row_heights import height


def head(sheet: Any, title: str, text: str, headers: Sequence[str]) -> None:
    """Write the title, a line of help and the headers, which stay in sight."""
    sheet["A1"], sheet["A2"] = title, text
    styles.TITLE.on(sheet["A1"])
    styles.HELP.on(sheet["A2"])
    for address in ("A1", "A2"):
        sheet[address].alignment = styles.unwrapped()
    for column, header in enumerate(headers, 1):
        cell = sheet.cell(HEADER_ROW, column)
        cell.value = header
        styles.HEADER.on(cell)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def widths(sheet: Any, columns: Sequence[int]) -> None:
    """Set the widths of the columns, in letters."""
    for number, width in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def heights(sheet: Any) -> None:
    """Give rows at least the height that their text needs.

    A program that knows the font may do better.
    """
    for row in sheet.iter_rows(min_row=HEADER_ROW):
        look = sheet.row_dimensions[row[0].row]
        look.height = max(look.height or 0, *(_height(sheet, cell) for cell in row))


def _height(sheet: Any, cell: Any) -> int:
    if not isinstance(cell.value, str) or cell.data_type != "s" or not cell.alignment.wrap_text:
        return height("", 0)
    return height(cell.value, sheet.column_dimensions[cell.column_letter].width)


def set_up(sheet: Any) -> None:
    """Lock all but the cells to fill, without a password, and fit the sheet to A4."""
    locks = sheet.protection
    locks.sheet = True
    locks.formatCells = locks.formatColumns = locks.formatRows = False  # False: allowed
    locks.insertRows = locks.sort = locks.autoFilter = False
    page = sheet.page_setup
    page.paperSize = sheet.PAPERSIZE_A4
    page.orientation = "portrait" if sheet.title in _PORTRAIT else "landscape"
    page.fitToWidth, page.fitToHeight = 1, int(sheet.title in _ONE_PAGE)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.9
    sheet.page_margins.footer = 0.4
    sheet.oddFooter.center.text = "&A  หน้า &P จาก &N"
    sheet.oddFooter.center.font, sheet.oddFooter.center.size = styles.FACE, 12


_PORTRAIT = (layout.GUIDE, layout.PASTE, layout.CHECKLIST)
_ONE_PAGE = (
    layout.GUIDE, layout.AGENCY, layout.RESULT, layout.PASTE, layout.SIGNATURES, layout.CHECKLIST,
)  # fmt: skip
