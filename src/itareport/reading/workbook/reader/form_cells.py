"""A form of the workbook -> fields: labels found wherever they stand."""

from __future__ import annotations

from itareport.problems import FieldPath, Place
from itareport.reading.workbook import headers
from itareport.reading.workbook.layout import YEAR_LABEL, Field, Form, FormRow
from itareport.reading.workbook.reader.cell_text import value_of
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.sheets import row_of
from itareport.xlsx.grid import Sheet

_Filled = dict[Field, tuple[Place, object]]


def read_form(form: Form, sheet: Sheet, into: Gathered) -> set[tuple[int, int]]:
    """Read every value of a form; of a label that stands twice, the filled row.

    Return the cells that are read: row and column of labels and values.
    """
    header = headers.find_header(sheet, form.headers)
    columns = [header.columns.get(name) for name in form.headers]
    if None in columns[:-1]:  # of another year, say: the values stand beside the labels
        columns = [columns[0], *(None for _ in columns[1:])]
    seen: set[str] = set()
    filled: _Filled = {}
    read: set[tuple[int, int]] = set()
    for row, label_at, line in _labels(form, sheet, columns[0]):
        seen.add(headers.key_of(line.label))
        read.add((row, label_at))
        for number, field in enumerate(line.fields):
            if field is None:
                continue
            column = columns[number + 1] if number + 1 < len(columns) else None
            column = column or _beside(sheet, row, label_at) + number
            _take(field, sheet, (row, column), sheet.place(row, label_at), into, filled)
            read.add(_shown(sheet, (row, column), label_at))
    for line in form.rows:
        needed = line.label.endswith("*") or line.label == YEAR_LABEL
        if needed and headers.key_of(line.label) not in seen:
            into.tell("D431", sheet.whole, _real(line), wanted=line.label.rstrip(" *"))
    return read


def _real(line: FormRow) -> FieldPath:
    path = line.fields[0].path if line.fields and line.fields[0] else ()
    return tuple(step for step in path if isinstance(step, str))


def _labels(form: Form, sheet: Sheet, column: int | None) -> list[tuple[int, int, FormRow]]:
    """Find the lines of a form: row, column of the label, and the form's own row."""
    found: dict[int, tuple[int, int, FormRow]] = {}
    known = {headers.key_of(row.label): row for row in form.rows}
    known |= {headers.bare(key): row for key, row in known.items()} | known
    for (row, at), cell in sorted(sheet.cells.items()):
        if row in found or (column is not None and at != column) or len(cell.text) > 200:
            continue
        key = headers.key_of(cell.text)
        line = known.get(key) or known.get(headers.bare(key)) or row_of(form, cell.text)
        if line is not None and any(line.fields):
            found[row] = (row, at, line)
    return list(found.values())


def _beside(sheet: Sheet, row: int, column: int) -> int:
    """Return the column after a label, past the cells that are merged with it."""
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return right + 1
    return column + 1


def _shown(sheet: Sheet, at: tuple[int, int], label_at: int) -> tuple[int, int]:
    """Return the cell of the same row that shows for a cell, merged or not; never the label's."""
    anchor = sheet.anchor(*at)
    return anchor if anchor[0] == at[0] and anchor[1] != label_at else at


def _take(
    field: Field, sheet: Sheet, at: tuple[int, int], label: Place, into: Gathered, filled: _Filled
) -> None:
    row, column = _shown(sheet, at, label.column or 0)
    place = sheet.place(row, column)
    value = value_of(sheet.cells.get((row, column)), field.kind)
    if field in filled:
        first, before = filled[field]
        if value.tree not in (None, before):
            both = f"“{first.value}”", f"“{place.value}”"
            into.tell("D434", place, also_at=(first,), first=both[0], second=both[1])
        return
    into.take(field.path, value, place, label)
    if value.tree is not None:
        filled[field] = (place, value.tree)
