"""The values of a report: scores, codes, years, dates, text; each read as people type it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum, auto
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from itareport import thai
from itareport.ita import codes

HUNDRED = Decimal("100.00")
"""The highest score."""


NO_ITEM = "none"
"""In place of an item's code: the cover names no item."""


class Kind(Enum):
    """What a field holds, and so how its cell is written and read; each type below has one."""

    LINE = auto()
    TEXT = auto()  # each line is a paragraph
    POINTS = auto()  # a list, one point a line
    SCORE = auto()  # a number from 0 to 100
    WHOLE = auto()  # an ordinal, a year
    DATE = auto()  # as text: 1 ตุลาคม 2568
    CODE = auto()  # e7
    CODES = auto()  # i4, i5, o12
    WORD = auto()  # one word of a few
    MARK = auto()  # a draft, or not


class Use(Enum):
    """What a report does with a field, where that is not the same for all fields."""

    NEEDED = auto()  # a report without it is at fault, though it can be read
    WANTED = auto()  # a report without it is doubted
    OPTIONAL = auto()  # a column that is printed only where a row has it
    UNPRINTED = auto()  # no document prints it as typed


_SEVERAL = re.compile(r"[0-9]\s+[0-9]|\n")
"""Two numbers, or one that a space parts: `8 5.5`; a space beside the point is a slip."""


def _score(value: Any) -> Any:
    typed = thai.arabic(str(value).strip())
    text = "".join(typed.split())
    number = None if _SEVERAL.search(typed) else thai.decimal(text)
    if number is None:
        raise PydanticCustomError("D121", "score", {"value": value})
    if not 0 <= number <= HUNDRED:
        raise PydanticCustomError("D122", "range", {"value": text})
    if number != round(number, 2):
        raise PydanticCustomError("D123", "decimals", {"value": text})
    return abs(round(number, 2))  # abs: "-0" is 0


def score_text(score: Decimal) -> str:
    """Return a score as it is spoken of, a whole one without its places: 100, 95 or 87.50."""
    return f"{score:f}".removesuffix(".00")


def _code(value: Any) -> Any:
    typed = codes.read(value) if isinstance(value, str) else None
    if typed is None:
        raise PydanticCustomError("D124", "code", {"value": value})
    return typed.code


def _item(value: Any) -> Any:
    said_none = isinstance(value, str) and thai.one_of(value, (NO_ITEM, "ไม่พิมพ์"))
    return NO_ITEM if said_none else _code(value)


def _code_or_blank(value: Any) -> Any:
    return value if value == "" else _code(value)


_A_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")
"""A whole number, also as programs write it that keep all numbers alike: `2568.0`."""


def whole(value: Any) -> Any:
    """Read a whole number of digits of either script.

    Raises:
        PydanticCustomError: D125: it is none.
    """
    found = _A_WHOLE.fullmatch(thai.arabic(str(value).strip()))
    if not found:
        raise PydanticCustomError("D125", "number", {"value": value})
    return int(found[1])


def _year(value: Any) -> Any:
    text = thai.arabic(str(value).strip())
    found = _A_WHOLE.fullmatch(text)
    if not found or not re.fullmatch("2[56][0-9]{2}", found[1]):
        facts = {"value": value, "hint": christian_year(found[1] if found else text)}
        raise PydanticCustomError("D126", "year", facts)
    return int(found[1])


def christian_year(text: str) -> str:
    """Return the question whether a year is Christian, where it looks like one; else ""."""
    year = int(text) + 543 if re.fullmatch("(?:19|20)[0-9]{2}", text) else 0
    return f"ปี {text} เป็น ค.ศ. หมายถึง พ.ศ. {year} หรือไม่ " if year else ""


def _date(value: Any) -> Any:
    date = thai.parse_date(value) if isinstance(value, str) else value
    if not isinstance(date, dt.date):
        raise PydanticCustomError("D127", "date", {"value": value})
    return date


def _text(value: Any) -> Any:
    if isinstance(value, str) and (faults := thai.faults(value)):
        fault = faults[0]
        raise PydanticCustomError(fault.code, "text", {"character": fault.name, "near": fault.near})
    return value


def _line(value: Any) -> Any:
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and "\n" in text:
        raise PydanticCustomError("D128", "line", {"value": text.split("\n", 1)[0]})
    return text


def _points(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return (value,) if value.strip() else ()


def one_of(words: Iterable[str]) -> BeforeValidator:
    """Return the validator that reads a word of a closed list, whatever its spaces."""

    def read(value: Any) -> Any:
        return (thai.one_of(value, words) if isinstance(value, str) else None) or value

    return BeforeValidator(read)


# What an editor may take as each: the schemas say what the validators above accept.
_DIGIT = "[0-9๐-๙]"
_SCORE = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 100},
        {
            "type": "string",
            "pattern": rf"^\s*{_DIGIT}{{1,3}}[ \t]*(\.[ \t]*{_DIGIT}{{1,2}}[0๐]*)?\s*$",
        },
    ]
}
_CODE = {"type": "string", "pattern": rf"^\s*(ข้อ(ที่)?)?\s*[A-Za-z0๐]\s*\.?\s*{_DIGIT}{{1,3}}\s*$"}
_WHOLE = {
    "anyOf": [
        {"type": "integer", "minimum": 0},
        {"type": "string", "pattern": rf"^\s*{_DIGIT}{{1,9}}(\.[0๐]+)?\s*$"},
    ]
}
_YEAR = {
    "anyOf": [
        {"type": "integer", "minimum": 2500, "maximum": 2699},
        {"type": "string", "pattern": rf"^\s*[2๒][5-6๕-๖]{_DIGIT}{{2}}(\.[0๐]+)?\s*$"},
    ]
}
LINE: dict[str, Any] = {"type": ["string", "number"], "pattern": r"^\s*[^\n]*\s*$"}
LINES: dict[str, Any] = {"type": "array", "items": LINE}

Score = Annotated[Decimal, Kind.SCORE, BeforeValidator(_score), WithJsonSchema(_SCORE)]
"""An official score, 0.00 to 100.00."""
Code = Annotated[str, Kind.CODE, BeforeValidator(_code), WithJsonSchema(_CODE)]
"""The code of a question or item in its one form."""
ItemOrNone = Annotated[
    str,
    Kind.CODE,
    BeforeValidator(_item),
    WithJsonSchema({"anyOf": [_CODE, {"enum": [NO_ITEM, "ไม่พิมพ์"]}]}),
]
"""The code of an item, or `none`."""
CodeOrBlank = Annotated[str, Kind.CODE, BeforeValidator(_code_or_blank), WithJsonSchema(_CODE)]
"""The code of a question or item, or "" where the words beside it say what is meant."""
Codes = Annotated[tuple[Code, ...], Kind.CODES]
"""Codes in their order."""
Whole = Annotated[int, Kind.WHOLE, BeforeValidator(whole), WithJsonSchema(_WHOLE)]
"""A whole number from 0, as ordinals are."""
FiscalYear = Annotated[int, Kind.WHOLE, BeforeValidator(_year), WithJsonSchema(_YEAR)]
"""A Thai fiscal year, Buddhist era: 2568 runs 1 October 2567 to 30 September 2568."""
Date = Annotated[dt.date, Kind.DATE, BeforeValidator(_date), WithJsonSchema({"type": "string"})]
"""A Gregorian date, read from any Thai way of writing one."""
Text = Annotated[
    str, Kind.TEXT, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"]})
]
"""Text of any number of paragraphs, parted by newlines."""
Line = Annotated[
    str, Kind.LINE, BeforeValidator(_line), BeforeValidator(_text), WithJsonSchema(LINE)
]
"""Text on one line."""
Filled = Annotated[Line, Field(min_length=1), WithJsonSchema(LINE | {"minLength": 1})]
"""Text on one line, not empty."""
Points = Annotated[
    tuple[Line, ...],
    Kind.POINTS,
    BeforeValidator(_points),
    WithJsonSchema({"anyOf": [LINES, LINE]}),
]
"""A list of points, each on one line; one text is a list of one."""
Draft = Annotated[
    bool,
    Kind.MARK,
    WithJsonSchema({"enum": [True, False, "true", "false"]}),
    Field(
        title="ข้อความร่าง",
        description="true เมื่อเป็นข้อความร่างของโปรแกรมที่ยังไม่ได้ยืนยัน ตรวจทานแล้วให้ลบช่องนี้",
        examples=["true"],
    ),
]
"""Whether a text is a draft of the program that nobody has confirmed yet."""


class PartOfData(BaseModel):
    """What the parts of a report are: nothing changes them, and a field unknown is refused."""

    # Each field is described where it is, and nowhere else: see `described`.
    model_config = ConfigDict(frozen=True, extra="forbid")
