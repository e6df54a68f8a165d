"""Plain data -> a workbook, losing nothing; the same data always gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any, Final

import openpyxl
from openpyxl.comments import Comment
from openpyxl.packaging.custom import IntProperty
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from itareport.files import opc
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Missing, Size
from itareport.reading.workbook import hidden_sheet, layout, origin
from itareport.reading.workbook.layout import HEADER_ROW, Choice, Column, Field, Form, Table
from itareport.reading.workbook.origin import Origin
from itareport.reading.workbook.sheets import layout_of
from itareport.reading.workbook.writer import cell_values, formulas, guide, pages, styles
from itareport.reading.workbook.writer.cell_values import Tree
from itareport.reading.workbook.writer.lists import Lists
from itareport.xlsx.escapes import escaped

_MADE: Final = dt.datetime(2025, 1, 1)  # noqa: DTZ001 - a fixed time: the same data, the same bytes
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_PRINTED = 60
"""Rows of the place to paste that stand on its page: the questions of a year and some headings."""
_FORMULA_LIKE = ("=", "+", "-", "@")


def write(
    tree: Tree, catalogue: Catalogue, kinds: Kinds, filled_from: Origin | None = None
) -> bytes:
    """Return the workbook of a report, from its data as plain data has it.

    What a row of a wide table said goes on a hidden sheet.

    Raises:
        ItaReportError: D400, D401: what no cell can hold.
    """
    book, plan = openpyxl.Workbook(), layout_of(catalogue)
    book.remove(book.active)
    begin(book, f"แบบกรอก ITA {catalogue.fiscal_year}")
    sheets = {name: book.create_sheet(name) for name in (*layout.SHEETS, layout.LISTS)}
    more = {Choice.MISSING: tuple(Missing), Choice.ROLES: layout.ROLES, Choice.SIZES: tuple(Size)}
    more[Choice.UNITS] = _units(tree, kinds)
    offered = Lists(sheets[layout.LISTS], catalogue, kinds, more)
    offered.districts(_cell_of(plan.forms[layout.AGENCY], ("agency", "province")))
    for form in plan.forms.values():
        _form(sheets[form.sheet], form, tree, offered)
    for table in plan.tables.values():
        fill_table(sheets[table.sheet], table, cell_values.rows(table, tree, catalogue), offered)
    formulas.add(sheets, plan, catalogue, offered)
    guide.fill(sheets[layout.GUIDE], catalogue)
    guide.checklist(sheets[layout.CHECKLIST], catalogue)
    for name in layout.SHEETS:
        pages.heights(sheets[name])
        pages.set_up(sheets[name])
    year_cell = f"'{layout.AGENCY}'!$B${HEADER_ROW + 1}"
    book.defined_names["fiscal_year"] = DefinedName("fiscal_year", attr_text=year_cell)
    book.custom_doc_props.append(IntProperty(layout.YEAR_PROPERTY, catalogue.fiscal_year))
    if filled_from:
        hide(book.create_sheet(origin.SHEET), filled_from.held())
    return packed(book)


def hide(sheet: Any, held: Any) -> None:
    """Write plain data on a sheet that nobody sees, for when the workbook comes back."""
    sheet.sheet_state = "hidden"
    for row, piece in enumerate(hidden_sheet.pieces(held), 1):
        put_text(sheet.cell(row, 1), piece)


def begin(book: Any, title: str) -> None:
    """Give a new book its title, its usual font, and a time that is always the same."""
    book._named_styles["Normal"].font = styles.normal()  # noqa: SLF001 - no public way to it
    book.properties.creator, book.properties.created = "itareport", _MADE
    book.properties.title = title


def note(cell: Any, text: str) -> None:
    """Put a comment on a cell."""
    cell.comment = Comment(text, "itareport", height=60, width=260)


def packed(book: Any) -> bytes:
    """Return the file of a book; the same book always gives the same bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    parts = opc.read(buffer.getvalue())
    made = _MADE.isoformat().encode() + b"Z"
    parts["docProps/core.xml"] = _MODIFIED.sub(rb"\g<1>" + made, parts["docProps/core.xml"])
    for name in parts:
        if name.startswith("xl/worksheets/"):  # else a row would not grow with what is typed
            parts[name] = parts[name].replace(b' customHeight="1"', b"")
    return opc.write(parts)


def _units(tree: Tree, kinds: Kinds) -> tuple[str, ...]:
    agency = tree.get("agency") or {}
    kind = kinds.kind(str(agency.get("kind") or ""))
    return tuple(agency.get("units") or (kind.units if kind else ()))


def _cell_of(form: Form, path: layout.Path) -> str:
    """Return the absolute address of the value of a form's field."""
    for number, row in enumerate(form.rows, HEADER_ROW + 1):
        for column, field in enumerate(row.fields):
            if field and field.path == path:
                return f"${'BC'[column]}${number}"
    raise LookupError(path)


def _form(sheet: Any, form: Form, tree: Tree, offered: Lists) -> None:
    pages.head(sheet, form.title, form.help, form.headers)
    notes = len(form.headers)
    widths = (34, 44, 70) if notes == 3 else (50, 14, 16, 60)
    pages.widths(sheet, widths)
    for number, row in enumerate(cell_values.rows_of(form, tree), HEADER_ROW + 1):
        if not row.fields:
            for column in range(1, notes + 1):
                styles.HEADING.on(sheet.cell(number, column))
            sheet.cell(number, 1).alignment = styles.unwrapped()
        _form_row(sheet, number, row, tree, offered)
        put_text(sheet.cell(number, 1), row.label)
        if row.fields:
            styles.LABEL.on(sheet.cell(number, 1))
            styles.INFO.on(sheet.cell(number, notes))
        put_text(sheet.cell(number, notes), row.note)


def _form_row(sheet: Any, number: int, row: layout.FormRow, tree: Tree, offered: Lists) -> None:
    for column, field in enumerate(row.fields, 2):
        cell = sheet.cell(number, column)
        if field is None:
            styles.INFO.on(cell)
            continue
        _put(cell, field, cell_values.found(tree, field.path), row.label)
        offered.validate(sheet, field, cell.coordinate)


def fill_table(sheet: Any, table: Table, rows: list[cell_values.Row], offered: Lists) -> None:
    """Write a table with its rows, and with empty ones to fill."""
    pages.head(sheet, table.title, table.help, table.headers)
    pages.widths(sheet, [column.width for column in table.columns])
    last = max(len(rows) + table.spare, table.least) + HEADER_ROW
    for index in range(last - HEADER_ROW):
        row = rows[index] if index < len(rows) else None
        for number, column in enumerate(table.columns, 1):
            cell = sheet.cell(HEADER_ROW + 1 + index, number)
            if not isinstance(column, Column):
                styles.INFO.on(cell)
                continue
            value = row.at(column.path) if row else None
            if row and row.key and column.name == table.key:
                value = row.key
            _put(cell, column.field, value, f"{column.header} {row.key if row else ''}".strip())
    if table.pasted:  # all of whose cells are empty: they would not be printed
        beyond = get_column_letter(len(table.columns) + 2)  # the line of help is longer
        sheet.print_area = f"A1:{beyond}{HEADER_ROW + _PRINTED}"
    for number, column in enumerate(table.columns, 1):
        if isinstance(column, Column):
            letter = get_column_letter(number)
            cells = f"{letter}{HEADER_ROW + 1}:{letter}{last}"
            offered.validate(sheet, column.field, cells)


def _put(cell: Any, field: Field, value: Any, label: str) -> None:
    """Write what the data says into a field's cell, and give the cell its look."""
    styles.of(field).on(cell)
    held = cell_values.within(cell_values.cell(value, field.kind), label)
    if isinstance(held, str):
        put_text(cell, held)
    else:
        cell.value = held


def put_text(cell: Any, text: str) -> None:
    """Write a text that nothing ever takes for a formula."""
    cell.value = escaped(text) or None
    if text:
        cell.data_type = "s"
        if text.startswith(_FORMULA_LIKE):
            cell.quotePrefix = True
