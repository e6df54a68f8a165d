"""What stands where in the workbook of a year: what reader and writer share; pure.

A form has a label in its first column and values beside it; a table has a header row and one row
for each question, plan row or person.  Both have their headers in row `HEADER_ROW`; the reader
finds them wherever they are.  A field's path leads to its place in the plain data of a YAML file
(docs/data.md), where `ROW` is the place of the row in its list, and a `Key` is the row of a list
with those values: `("result", "indicators", Key((("no", "1"),)), "score")`.
"""

from __future__ import annotations

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
FOUND: Final = "ผลตรวจ"
"""The sheet that a marked copy has before all others: every problem that was found."""
UNIT_PLAN: Final = "แผนของส่วนราชการ"
UNIT_REMARKS: Final = "ข้อวิเคราะห์"
"""The two sheets of a workbook for one unit."""
UNIT: Final = "_unit"
"""The hidden sheet of that workbook: of whom it is, and its rows as they were given out."""
ROW_NUMBER: Final = "เลขแถว"
"""The header of the column that tells which of those rows a row is."""
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
WAITING: Final = "(รอยืนยัน)"
"""Beside a draft in a table of many agencies, until somebody who confirms it types a name there."""
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


def key(**values: object) -> Key:
    """Return the key of these values, those that are None left out."""
    return Key(tuple((name, str(value)) for name, value in values.items() if value is not None))


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
    def name(self) -> str:
        """The name of the field in its group."""
        return str(self.path[-1])

    @property
    def paths(self) -> tuple[Path, ...]:
        """All the places that the cell fills."""
        return (self.path, *self.also)

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
    group: str
    """The group of the data that it fills."""
    title: str
    help: str
    headers: tuple[str, ...]
    """Of the label column, the value columns and the notes' column."""
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Info:
    """A column of a table that only informs."""

    header: str
    width: int


@dataclass(frozen=True, slots=True)
class Column(Info):
    """A column of a table, each of whose cells holds a field of its row."""

    field: Field
    needed: bool = False
    """Whether every row is to have it: a table without the column is not read in silence."""

    @property
    def path(self) -> Path:
        """The place of the field in the data."""
        return self.field.path

    @property
    def name(self) -> str:
        """The name of the field in its row."""
        return self.field.name


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
    columns: tuple[Info, ...]
    spare: int = 0
    """How many rows to fill a new workbook has beyond those of its data."""
    least: int = 0
    """How many rows a new workbook has at least."""
    pasted: bool = False
    """Whether rows are pasted in any order, under any headers, or the sheet is not there."""

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that are read."""
        return tuple(column for column in self.columns if isinstance(column, Column))

    @property
    def by(self) -> Column | None:
        """The column of the key."""
        return next((column for column in self.read if column.name == self.key), None)

    @property
    def group(self) -> str:
        """The list of the data that the rows go into."""
        return str(self.read[0].path[0])

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of all columns."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True, slots=True)
class Layout:
    """The workbook of one fiscal year but guide and checklist: its sheets by their names."""

    forms: dict[str, Form]
    tables: dict[str, Table]


def texts(one: Form | Table) -> tuple[str, ...]:
    """Return the texts that a sheet has above its rows."""
    return (one.title, one.help, *one.headers)


def squeezed(text: str) -> str:
    """Return a label or header without its spaces and stars, as the reader compares them."""
    return "".join(text.split()).replace("*", "").casefold()
