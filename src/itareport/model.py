"""What a report is: frozen Pydantic models, no input or output.

Scores are official figures, `Decimal` from 0 to 100 with two places.  Years are Buddhist
integers; dates are Gregorian `datetime.date`.  Codes have their one form (`o7`).  A validator
that refuses a value raises `PydanticCustomError` whose type is a code of `sentences`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from itareport import codes, thai
from itareport.kinds import full_name

HUNDRED = Decimal("100.00")


def _score(value: Any) -> Any:
    if isinstance(value, Decimal):
        value = str(value)
    if not isinstance(value, str):
        raise PydanticCustomError("D121", "score", {"value": str(value)})
    text = thai.arabic("".join(value.split()))
    number = thai.decimal(text)
    if number is None:
        raise PydanticCustomError("D121", "score", {"value": value})
    if not 0 <= number <= HUNDRED:
        raise PydanticCustomError("D122", "score", {"value": text})
    if number != number.quantize(Decimal("0.01")):
        raise PydanticCustomError("D123", "score", {"value": text})
    return number.quantize(Decimal("0.01"))


def _code(value: Any) -> Any:
    typed = codes.read(value) if isinstance(value, str) else None
    if typed is None:
        raise PydanticCustomError("D124", "code", {"value": str(value)})
    return typed.code


def _whole(value: Any) -> Any:
    text = thai.arabic(value.strip()) if isinstance(value, str) else value
    if isinstance(text, str) and not text.isdecimal():
        raise PydanticCustomError("D125", "number", {"value": value})
    return int(text) if isinstance(text, str) else text


def _year(value: Any) -> Any:
    year = _whole(value)
    if not isinstance(year, int) or not 2500 <= year <= 2699:
        raise PydanticCustomError("D126", "year", {"value": str(value)})
    return year


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    date = thai.parse_date(value)
    if date is None:
        raise PydanticCustomError("D127", "date", {"value": value})
    return date


def _text(value: Any) -> Any:
    if isinstance(value, str) and (faults := thai.faults(value)):
        fault = faults[0]
        raise PydanticCustomError(fault.code, "text", {"character": fault.name, "near": fault.near})
    return value


def _line(value: Any) -> Any:
    if isinstance(value, str) and "\n" in value:
        raise PydanticCustomError("D128", "line", {"value": value.split("\n", 1)[0]})
    return value.strip() if isinstance(value, str) else value


def _choice(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


Score = Annotated[Decimal, BeforeValidator(_score)]
"""An official score, 0.00 to 100.00."""
Code = Annotated[str, BeforeValidator(_code)]
"""The code of a question or item in its one form."""
Whole = Annotated[int, BeforeValidator(_whole)]
FiscalYear = Annotated[int, BeforeValidator(_year)]
"""A Thai fiscal year, Buddhist era: 2568 runs 1 October 2567 to 30 September 2568."""
Date = Annotated[dt.date, BeforeValidator(_date)]
"""A Gregorian date, read from any Thai way of writing one."""
Text = Annotated[str, BeforeValidator(_text)]
"""Text of any number of paragraphs, parted by newlines."""
Line = Annotated[str, BeforeValidator(_line), BeforeValidator(_text)]
"""Text on one line."""
Points = tuple[Line, ...]
"""A list of points, each on one line."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)


class Missing(StrEnum):
    """Why a question or item has no score; undeclared, a missing score is an error."""

    NOT_ASSESSED = "ไม่ถูกประเมิน"
    NOT_SHOWN = "ไม่แสดงในผลที่เผยแพร่"


class Agency(_Frozen):
    """The agency that is assessed and reports."""

    kind: Line = Field(description="ประเภทหน่วยงาน เช่น เทศบาลตำบล (ไม่ใช้คำย่อ)")
    name: Line = Field(default="", description="ชื่อหน่วยงานโดยไม่มีประเภทนำหน้า เช่น ควนเสาธง")
    district: Line = Field(default="", description="อำเภอ (เขต) เว้นว่างได้สำหรับ อบจ.")
    province: Line = Field(description="จังหวัด")
    emblem: Line | None = Field(default=None, description="ไฟล์ภาพตราหน่วยงาน (PNG หรือ JPEG) นับจากที่อยู่ของไฟล์ข้อมูล")
    website: Line | None = Field(default=None, description="เว็บไซต์ พิมพ์เป็นบรรทัดสุดท้ายของปก")
    units: Points = Field(default=(), description="ชื่อส่วนราชการภายในหน่วยงาน")
    maintain_from: Score = Field(default=HUNDRED, description="คะแนนตั้งแต่เท่าใดจึงพิมพ์ รักษาระดับ ได้โดยไม่ต้องมีข้อวิเคราะห์")

    @property
    def full_name(self) -> str:
        """Kind and name as printed on the cover: เทศบาลตำบลควนเสาธง."""
        return full_name(self.kind, self.name)

    @property
    def area(self) -> str:
        """District and province as printed: อำเภอตะโหมด จังหวัดพัทลุง."""
        return thai.area(self.district, self.province)


class IndicatorScore(_Frozen):
    """The official score of one indicator."""

    no: Whole = Field(description="ลำดับตัวชี้วัด 1 ถึง 10")
    score: Score = Field(description="คะแนนทางการของตัวชี้วัด")


class ToolScore(_Frozen):
    """The official score of a tool, or of one part of a tool that has two."""

    tool: Line = Field(description="IIT, EIT หรือ OIT")
    part: Literal[1, 2] | None = Field(default=None, description="ส่วนที่ของแบบวัด EIT: 1 หรือ 2")
    score: Score = Field(description="คะแนนทางการของเครื่องมือ")

    @model_validator(mode="before")
    @classmethod
    def _part(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("part"), str):
            return {**value, "part": _whole(value["part"])}
        return value


class LastYear(_Frozen):
    """The official result of the year before, for comparison."""

    total: Score
    indicators: tuple[IndicatorScore, ...] = ()


class Result(_Frozen):
    """The official result as announced; nothing here is computed."""

    total: Score = Field(description="คะแนนภาพรวม")
    level: Line = Field(description="ระดับผลการประเมิน เช่น ผ่าน")
    indicators: tuple[IndicatorScore, ...] = Field(description="คะแนนรายตัวชี้วัด")
    tools: tuple[ToolScore, ...] = Field(default=(), description="คะแนนรายเครื่องมือ (ถ้ามี)")
    last_year: LastYear | None = Field(default=None, description="ผลของปีก่อน (ถ้ามี)")
    announced: Date | None = Field(default=None, description="วันที่ประกาศผล")


class QuestionScore(_Frozen):
    """The score of one question or item, or why there is none.

    `score` is a whole score (IIT, OIT) or an EIT score whose part is not stated; `part1` and
    `part2` are the halves of an EIT question.
    """

    code: Code
    score: Score | None = None
    part1: Score | None = None
    part2: Score | None = None
    missing: Annotated[Missing | None, BeforeValidator(_choice)] = None
    reason: Text | None = Field(default=None, description="เหตุผลที่ ITAS แจ้ง (ข้อ OIT)")

    @property
    def known(self) -> tuple[Decimal, ...]:
        """The scores that are given, in the order whole, part 1, part 2."""
        return tuple(s for s in (self.score, self.part1, self.part2) if s is not None)

    @property
    def lowest(self) -> Decimal | None:
        """The lowest score given, or None when the score is missing."""
        return min(self.known, default=None)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.missing is not None and self.known:
            raise PydanticCustomError("D130", "score", {"code": self.code})
        if self.missing is None and not self.known:
            raise PydanticCustomError("D131", "score", {"code": self.code})
        if self.score is not None and (self.part1 is not None or self.part2 is not None):
            raise PydanticCustomError("D132", "score", {"code": self.code})
        return self


class Remark(_Frozen):
    """What is weak at one question and what the agency should do; "" prints an empty cell."""

    code: Code
    text: Text


class IssueItems(_Frozen):
    """The agency's own grouping of one issue, in place of the year's."""

    no: Whole = Field(description="ลำดับประเด็น 1 ถึง 7")
    items: tuple[Code, ...]


class PlanRow(_Frozen):
    """One row of the plan matrix of Part 2."""

    issue: Whole = Field(description="ลำดับประเด็น 1 ถึง 7")
    measures: Points = Field(default=(), description="มาตรการ โครงการ หรือกิจกรรม")
    findings: Points = Field(default=(), description="ผลการวิเคราะห์ตัวชี้วัดที่สอดคล้อง")
    steps: Points = Field(default=(), description="ขั้นตอนหรือวิธีการดำเนินการ")
    period: Points = Field(default=(), description="ช่วงระยะเวลาการดำเนินการ")
    responsible: Points = Field(default=(), description="ผู้รับผิดชอบ")
    follow_up: Points = Field(default=(), description="การกำกับติดตาม (ถ้ามี)")


class Signature(_Frozen):
    """One who signs; what is blank prints as a dotted line to fill by hand."""

    role: Line = Field(default="", description="เช่น ผู้จัดทำรายงาน")
    name: Line = ""
    position: tuple[Line, ...] = Field(default=(), max_length=2, description="ตำแหน่ง 1 หรือ 2 บรรทัด")
    date: Date | None = None


class Report(_Frozen):
    """All that one agency's report says."""

    fiscal_year: FiscalYear = Field(description="ปีงบประมาณของผลการประเมิน (พ.ศ.)")
    agency: Agency
    result: Result
    scores: tuple[QuestionScore, ...]
    remarks: tuple[Remark, ...] = ()
    issues: tuple[IssueItems, ...] = Field(default=(), description="การจัดข้อเข้าประเด็นของหน่วยงานเอง (ถ้าต่างจากของปี)")
    plan: tuple[PlanRow, ...]
    signatures: Annotated[tuple[Signature, ...], Field(min_length=1, max_length=5)]
    graph: Line | None = Field(default=None, description="ไฟล์ภาพกราฟ (PNG หรือ JPEG) แทนกราฟที่โปรแกรมสร้าง")

    @property
    def plan_year(self) -> int:
        """The fiscal year of the plan, the next after the result's; Buddhist."""
        return self.fiscal_year + 1
