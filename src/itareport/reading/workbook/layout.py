"""What stands where in the workbook of a year: what reader and writer share; pure.

A form has a label in its first column and values beside it; a table has a header row and one row
for each question, plan row or person.  Both have their headers in row `HEADER_ROW`; the reader
finds them wherever they are.  A field's path leads to its place in the plain data of a YAML file
(docs/data.md), where `ROW` is the place of the row in its list, and a `Key` is the row of a list
with those values: `("result", "indicators", Key((("no", "1"),)), "score")`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Final, TypeAlias

from itareport.ita.described import Described, at
from itareport.ita.model import Kind

GUIDE: Final = "คำแนะนำการกรอก"
AGENCY: Final = "ข้อมูลหน่วยงาน"
RESULT: Final = "ผลภาพรวม"
SCORES: Final = "คะแนนรายข้อ"
PASTE: Final = "วางคะแนน"
PLAN: Final = "แผนการดำเนินการ"
SIGNATURES: Final = "ผู้ลงนาม"
CHECKLIST: Final = "รายการตรวจ"
LISTS: Final = "_lists"
"""The hidden sheet of what drop-down lists offer."""

SHEETS: Final = (GUIDE, AGENCY, RESULT, SCORES, PASTE, PLAN, SIGNATURES, CHECKLIST)
"""The sheets in the order of work."""

HEADER_ROW: Final = 4
"""The row of headers on each sheet, under the title and two lines of help."""
YEAR_LABEL: Final = "ปีงบประมาณ"
"""The label of the year, on the agency's sheet."""
YEAR_PROPERTY: Final = "itareport fiscal year"
"""The custom property that holds the year, a whole number."""
COMPUTED_LABEL: Final = "คะแนนภาพรวมที่คำนวณได้"
DIFFERENCE_LABEL: Final = "ผลต่างจากคะแนนทางการ"
"""Lines of the result that the workbook works out; nothing is read from them."""
EMPTY: Final = "(เว้นว่าง)"
"""A cell, or a point of a list, that is empty on purpose: `text: ""` of a remark."""
ROLES: Final = ("ผู้จัดทำรายงาน", "ผู้ตรวจสอบ", "ผู้อนุมัติ")
"""Who usually sign, in this order."""
DRAFT: Final = "ร่าง"
"""The text of a draft mark: `draft: true`; an empty cell is false."""
MOST: Final = 32_767
"""The characters that a cell of Excel holds."""
ROW: Final = "*"
"""In a path: the place of the row in its list."""


class Choice(Enum):
    """The drop-down list that a cell offers."""

    KINDS = auto()
    PROVINCES = auto()
    DISTRICTS = auto()
    UNITS = auto()
    LEVELS = auto()
    MISSING = auto()
    ISSUES = auto()
    ROLES = auto()
    DRAFTS = auto()
    SIZES = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """The row of a list whose fields have these values, as plain data has them: texts."""

    values: tuple[tuple[str, str], ...]


Path: TypeAlias = tuple[str | Key, ...]


@cache
def _described(path: Path) -> Described:
    found = at(tuple(0 if isinstance(step, Key) or step == ROW else step for step in path))
    assert found is not None, path
    return found


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the data: its place, and which list its cell offers.

    `also` are the places that the same cell fills: the code of a row of scores is its remark's.
    """

    path: Path
    choice: Choice | None = None
    also: tuple[Path, ...] = ()
    locked: bool = False
    """Whether the clerk is not to change it."""

    @property
    def described(self) -> Described:
        """The field as the model describes it."""
        return _described(self.path)

    @property
    def kind(self) -> Kind:
        """What the cell holds."""
        kind = self.described.kind
        assert kind is not None
        return kind


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of a form; without fields it is a heading."""

    label: str
    fields: tuple[Field | None, ...] = ()
    """One for each value column of the form; None where there is nothing to fill."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet with a label in the first column and values beside it."""

    sheet: str
    title: str
    help: str
    headers: tuple[str, ...]
    """Of the label column, the value columns and the notes' column."""
    rows: tuple[FormRow, ...]

    def row(self, label: str) -> FormRow | None:
        """Return the row of a label, whatever its spaces."""
        wanted = squeezed(label)
        return next((row for row in self.rows if squeezed(row.label) == wanted), None)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; without a field it only informs."""

    header: str
    width: int
    field: Field | None = None
    needed: bool = False
    """Whether every row is to have it: a table without the column is not read in silence."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a header row and a row for each thing.

    `key` is the field that tells which row it is ("code", "issue", or "" for the order alone);
    a row with nothing but its key is not filled: it gives no row of data.
    """

    sheet: str
    title: str
    help: str
    key: str
    columns: tuple[Column, ...]

    def column(self, header: str) -> Column | None:
        """Return the column of a header, whatever its spaces."""
        wanted = squeezed(header)
        return next((c for c in self.columns if squeezed(c.header) == wanted), None)


@dataclass(frozen=True, slots=True)
class Layout:
    """The workbook of one fiscal year: its forms and tables, but guide and checklist."""

    fiscal_year: int
    agency: Form
    result: Form
    scores: Table
    paste: Table
    plan: Table
    signatures: Table

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms, in the order of the sheets."""
        return (self.agency, self.result)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in the order of the sheets."""
        return (self.scores, self.paste, self.plan, self.signatures)

    def fields(self) -> Iterator[Field]:
        """Yield the field of every cell and column that is read."""
        for form in self.forms:
            yield from (field for row in form.rows for field in row.fields if field)
        for table in self.tables:
            yield from (column.field for column in table.columns if column.field)


def squeezed(text: str) -> str:
    """Return a label or header without its spaces and stars, as the reader compares them."""
    return "".join(text.split()).replace("*", "").casefold()
