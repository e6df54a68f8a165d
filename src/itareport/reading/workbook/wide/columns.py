"""The columns of the wide table, one agency a row: what reader and writer share; pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from itareport import thai
from itareport.ita import codes
from itareport.ita.catalogue import Catalogue
from itareport.reading.workbook import headers, sheets
from itareport.reading.workbook.layout import ROLES, ROW, Choice, Column, Field, FormRow, Table, key
from itareport.reading.workbook.sheets import indicator_row, tool_row

TABLE = "ตารางหน่วยงาน"
"""The sheet with an agency a row."""
AGENCY = "หน่วยงาน"
"""The column of the sheets of remarks and plans that says whose row it is."""
CONFIRMED = (
    Column("ผู้ยืนยัน", 24, Field(("signatures", ROW, "name"))),
    Column("วันที่ยืนยัน", 18, Field(("signatures", ROW, "date"))),
)
"""The columns of those sheets that say who has confirmed a draft, and when."""


def _column(width: int, *path: str, choice: Choice | None = None, needed: bool = False) -> Column:
    """Return the column of a field, headed by its title."""
    field = Field(path, choice)
    return Column(field.described.title, width, field, needed)


_IDENTITY = (
    _column(14, "fiscal_year", needed=True),
    _column(24, "agency", "kind", choice=Choice.KINDS),
    _column(28, "agency", "name", needed=True),
    _column(20, "agency", "district", choice=Choice.DISTRICTS),
    _column(18, "agency", "province", choice=Choice.PROVINCES, needed=True),
)
DISTRICT = _IDENTITY[3].header
_RESULT = (
    _column(15, "result", "total"),
    _column(21, "result", "level", choice=Choice.LEVELS),
    _column(16, "result", "announced"),
)
_OTHER_NAMES = {
    "ปี": "ปีงบประมาณ",
    "ปีงบประมาณพ.ศ.": "ปีงบประมาณ",
    "ประเภท": "ประเภทหน่วยงาน",
    "หน่วยงาน": "ชื่อหน่วยงาน",
    "ชื่ออปท.": "ชื่อหน่วยงาน",
    "อปท.": "ชื่อหน่วยงาน",
    "อำเภอ": DISTRICT,
    "เขต": DISTRICT,
    "คะแนนรวม": "คะแนนภาพรวม",
    "คะแนนita": "คะแนนภาพรวม",
    "ผลคะแนนภาพรวม": "คะแนนภาพรวม",
    "ระดับ": "ระดับผลการประเมิน",
    "ระดับคะแนน": "ระดับผลการประเมิน",
}
"""Headers as other tables have them, spaces left out."""


def listed(catalogue: Catalogue) -> tuple[Column, ...]:
    """Return the columns that a new table of the year has, in the order of work."""
    indicators = (_of_form(indicator_row(row.no), 13) for row in catalogue.indicators.rows)
    tools = (_of_form(tool_row(code, part), 11) for code, part in catalogue.tool_parts)
    items = map(_score, catalogue.codes)
    signers = (
        Column(f"{role} {said}", 26, Field(("signatures", key(role=role), name)))
        for role in ROLES
        for said, name in (("ชื่อ", "name"), ("ตำแหน่ง", "position"))
    )
    return (*_IDENTITY, *_RESULT, *indicators, *tools, *items, *signers, *_MORE)


_MORE = (
    _column(26, "agency", "website"),
    _column(20, "agency", "emblem"),
    _column(20, "serves", "item"),
    _column(26, "serves", "year"),
    _column(40, "follow_up"),
)


def _of_form(row: FormRow, width: int) -> Column:
    """Return the column of what is a row on the sheet of the result."""
    assert row.fields[0] is not None
    return Column(row.label, width, row.fields[0])


def _score(code: str, part: str = "") -> Column:
    """Return the column of an item's score, or of one half of EIT."""
    field = Field(("scores", key(code=code), f"part{part}" if part else "score"))
    return Column(f"{code} ส่วนที่ {part}" if part else code, 8, field)


def _reason(code: str) -> Column:
    """Return the column of the reason that ITAS gave for an item's score."""
    return Column(f"{code} เหตุผล", 30, Field(("scores", key(code=code), "reason")))


def _cause(code: str) -> Column:
    """Return the column of the cause of an item's score that the agency knows."""
    return Column(f"{code} สาเหตุ", 30, Field(("scores", key(code=code), "cause")))


_Make = Callable[[re.Match[str]], Column]
_PATTERNS: tuple[tuple[re.Pattern[str], _Make], ...] = (
    (
        re.compile(r"ตัวชี้วัด(?:ที่)?\.?([0-9]{1,3})(?![0-9.]).*"),
        lambda m: _of_form(indicator_row(m[1]), 13),
    ),
    (
        re.compile(r"(?:คะแนน)?(iit|eit|oit)(?:ส่วน(?:ที่)?([0-9]))?"),
        lambda m: _of_form(tool_row(m[1].upper(), m[2]), 11),
    ),
    (
        re.compile(r"(?:ข้อ)?(e[0-9]{1,3})(?:[./_-]|.*ส่วน(?:ที่)?)([12])\)?"),
        lambda m: _score(_code(m[1]), m[2]),
    ),
    (
        re.compile(r"(?:ข้อ)?([ieo][0-9]{1,3})\W*(?:เหตุผล|หมายเหตุ).*"),
        lambda m: _reason(_code(m[1])),
    ),
    (re.compile(r"(?:ข้อ)?([ieo][0-9]{1,3})\W*สาเหตุ.*"), lambda m: _cause(_code(m[1]))),
    (re.compile(r"(?:ข้อ)?([ieo][0-9]{1,3})(?![0-9]).*"), lambda m: _score(_code(m[1]))),
)


def _code(text: str) -> str:
    return codes.code_of(text, text)


def remarks() -> Table:
    """Return the sheet of remarks: a row for each remark of each agency."""
    kept = tuple(
        Column(column.header, column.width, Field(path, column.field.choice))
        for column in sheets.scores().read
        for path in column.field.paths
        if path[0] == "remarks"
    )
    help_ = "หนึ่งแถวต่อหนึ่งข้อของหนึ่งหน่วยงาน ข้อที่ไม่มีแถวในแผ่นนี้ โปรแกรมเขียนข้อความร่างให้"
    return Table("ข้อวิเคราะห์", "ข้อวิเคราะห์", help_, "code", kept)


def plan() -> Table:
    """Return the sheet of plans: rows for each issue of each agency."""
    of_year = sheets.plan(0)
    kept = tuple(replace(column, needed=False) for column in of_year.read)
    help_ = "หน่วยงานละหนึ่งแถวหรือมากกว่าต่อประเด็น ประเด็นที่ไม่มีแถวในแผ่นนี้ โปรแกรมเขียนข้อความร่างให้"
    return Table(of_year.sheet, "แผนการดำเนินการ", help_, of_year.key, kept)


class Known:
    """The columns of a year by their headers, however those are typed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_key = {headers.key_of(column.header): column for column in listed(catalogue)}
        self._by_key |= {
            other: self._by_key[headers.key_of(name)] for other, name in _OTHER_NAMES.items()
        }

    def column(self, text: str) -> Column | None:
        """Return the column of a header; also one that the year does not have: `o99`."""
        typed_key = headers.key_of(text)
        if typed_key in self._by_key or not typed_key:
            return self._by_key.get(typed_key)
        typed = codes.read(text)
        if typed:
            return _score(typed.code)
        plain = thai.arabic(typed_key)
        for pattern, make in _PATTERNS:
            if match := pattern.fullmatch(plain):
                made = make(match)
                return self._by_key.get(headers.key_of(made.header), made)
        return self._by_key.get(headers.bare(typed_key))
