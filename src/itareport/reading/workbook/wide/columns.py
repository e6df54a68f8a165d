"""The columns of the wide table, one agency a row: what reader and writer share; pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from itareport import thai
from itareport.ita import codes
from itareport.ita.catalogue import Catalogue
from itareport.reading.workbook import headers, layout, tables
from itareport.reading.workbook.layout import ROLES, Choice, Field, Key, Path

TABLE = "ตารางหน่วยงาน"
"""The sheet with an agency a row."""
AGENCY = "หน่วยงาน"
"""The column of the sheets of remarks and plans that says whose row it is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its field, and how wide it is."""

    header: str
    field: Field
    width: int = 9
    needed: bool = False
    """Whether the table cannot be read without it."""

    @property
    def path(self) -> Path:
        """The place of the field in the data."""
        return self.field.path


def _column(width: int, *path: str, choice: Choice | None = None, needed: bool = False) -> Column:
    """Return the column of a field, headed by its title."""
    field = Field(path, choice)
    return Column(field.described.title, field, width, needed)


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
    indicators = (indicator(str(row.no)) for row in catalogue.indicators.rows)
    tools = (tool(code, part) for code, part in catalogue.tool_parts)
    items = (score(code) for code in catalogue.codes)
    signers = (
        Column(f"{role} {said}", Field(_signer(role, name)), 26)
        for role in ROLES
        for said, name in (("ชื่อ", "name"), ("ตำแหน่ง", "position"))
    )
    return (*_IDENTITY, *_RESULT, *indicators, *tools, *items, *signers, *_MORE)


_MORE = (_column(26, "agency", "website"), _column(20, "agency", "emblem"))


def _signer(role: str, field: str) -> Path:
    return ("signatures", Key((("role", role),)), field)


def indicator(no: str) -> Column:
    """Return the column of an indicator's score."""
    path = ("result", "indicators", Key((("no", no),)), "score")
    return Column(f"ตัวชี้วัดที่ {no}", Field(path), 13)


def tool(code: str, part: int | str | None) -> Column:
    """Return the column of a tool's score, or of one part of it."""
    key = Key((("tool", code), *([("part", str(part))] if part else [])))
    header = f"คะแนน {code}" + (f" ส่วนที่ {part}" if part else "")
    return Column(header, Field(("result", "tools", key, "score")), 11)


def score(code: str, part: str = "") -> Column:
    """Return the column of an item's score, or of one half of EIT."""
    path = ("scores", Key((("code", code),)), f"part{part}" if part else "score")
    return Column(f"{code} ส่วนที่ {part}" if part else code, Field(path), 8)


def reason(code: str) -> Column:
    """Return the column of the reason that ITAS gave for an item's score."""
    path = ("scores", Key((("code", code),)), "reason")
    return Column(f"{code} เหตุผล", Field(path), 30)


_Make = Callable[[re.Match[str]], Column]
_PATTERNS: tuple[tuple[re.Pattern[str], _Make], ...] = (
    (re.compile(r"ตัวชี้วัด(?:ที่)?\.?([0-9]{1,3})(?![0-9.]).*"), lambda m: indicator(m[1])),
    (
        re.compile(r"(?:คะแนน)?(iit|eit|oit)(?:ส่วน(?:ที่)?([0-9]))?"),
        lambda m: tool(m[1].upper(), m[2]),
    ),
    (
        re.compile(r"(?:ข้อ)?(e[0-9]{1,3})(?:[./_-]|.*ส่วน(?:ที่)?)([12])\)?"),
        lambda m: score(_code(m[1]), m[2]),
    ),
    (re.compile(r"(?:ข้อ)?([ieo][0-9]{1,3})\W*(?:เหตุผล|หมายเหตุ).*"), lambda m: reason(_code(m[1]))),
    (re.compile(r"(?:ข้อ)?([ieo][0-9]{1,3})(?![0-9]).*"), lambda m: score(_code(m[1]))),
)


def _code(text: str) -> str:
    typed = codes.read(text)
    return typed.code if typed else text


def remarks() -> layout.Table:
    """Return the sheet of remarks: a row for each remark of each agency."""
    of_scores = tables.scores()
    kept = []
    for column in of_scores.columns:
        paths = (column.field.path, *column.field.also) if column.field else ()
        for path in paths:
            if column.field and path[0] == "remarks":
                field = Field(path, column.field.choice)
                kept.append(layout.Column(column.header, column.width, field))
    help_ = "หนึ่งแถวต่อหนึ่งข้อของหนึ่งหน่วยงาน ข้อที่ไม่มีแถวในแผ่นนี้ โปรแกรมเขียนข้อความร่างให้"
    return layout.Table("ข้อวิเคราะห์", "ข้อวิเคราะห์", help_, "code", tuple(kept))


def plan() -> layout.Table:
    """Return the sheet of plans: rows for each issue of each agency."""
    of_year = tables.plan(0)
    kept = tuple(replace(column, needed=False) for column in of_year.columns if column.field)
    help_ = "หน่วยงานละหนึ่งแถวหรือมากกว่าต่อประเด็น ประเด็นที่ไม่มีแถวในแผ่นนี้ โปรแกรมเขียนข้อความร่างให้"
    return layout.Table(of_year.sheet, "แผนการดำเนินการ", help_, of_year.key, kept)


class Known:
    """The columns of a year by their headers, however those are typed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._by_key = {headers.key_of(column.header): column for column in listed(catalogue)}
        self._by_key |= {
            other: self._by_key[headers.key_of(name)] for other, name in _OTHER_NAMES.items()
        }

    def column(self, text: str) -> Column | None:
        """Return the column of a header; also one that the year does not have: `o99`."""
        key = headers.key_of(text)
        if key in self._by_key or not key:
            return self._by_key.get(key)
        typed = codes.read(text)
        if typed:
            return score(typed.code)
        plain = thai.arabic(key)
        for pattern, make in _PATTERNS:
            if match := pattern.fullmatch(plain):
                made = make(match)
                return self._by_key.get(headers.key_of(made.header), made)
        return self._by_key.get(headers.bare(key))
