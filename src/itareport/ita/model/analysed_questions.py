"""What Part 1 of a report prints: scores, remarks, and the grouping of questions by issue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, LiteralString, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from itareport.ita.model.values import (
    Code,
    CodeOrBlank,
    Codes,
    Draft,
    Filled,
    ItemOrNone,
    Kind,
    PartOfData,
    Score,
    Text,
    Whole,
    one_of,
)


class Missing(StrEnum):
    """Why a question or item has no score; undeclared, a missing score is an error."""

    NOT_ASSESSED = "ไม่ถูกประเมิน"
    NOT_SHOWN = "ไม่แสดงในผลที่เผยแพร่"


SCORE_FIELDS = ("score", "part1", "part2")
"""The fields of a row of scores that hold scores."""


class QuestionScore(PartOfData):
    """The score of one question or item, or why there is none.

    `score` is a whole score (IIT, OIT) or an EIT score whose part is not stated; `part1` and
    `part2` are the halves of an EIT question.
    """

    code: Code = Field(title="รหัสข้อ", description="i1, e7 หรือ o10 ตามเลขข้อของปีนั้น", examples=["e7"])
    score: Score | None = Field(
        default=None,
        title="คะแนน",
        description="คะแนนของข้อ IIT หรือ OIT หรือของข้อ EIT ที่ไม่ทราบว่าเป็นส่วนใด",
        examples=["98.33"],
    )
    part1: Score | None = Field(
        default=None, title="คะแนนส่วนที่ 1", description="เฉพาะข้อ EIT", examples=["82.86"]
    )
    part2: Score | None = Field(
        default=None, title="คะแนนส่วนที่ 2", description="เฉพาะข้อ EIT", examples=["97.00"]
    )
    missing: Annotated[Missing, Kind.WORD, one_of(Missing)] | None = Field(
        default=None,
        title="เหตุที่ไม่มีคะแนน",
        description=f"ต้องแจ้งเมื่อข้อนั้นไม่มีคะแนน: {' หรือ '.join(Missing)} เท่านั้น",
        examples=["ไม่ถูกประเมิน"],
    )
    next: ItemOrNone | None = Field(
        default=None,
        title="ตรงกับข้อของปีถัดไป",
        description="ถ้าทราบ พิมพ์ในวงเล็บต่อจากรหัสข้อ หรือ none เมื่อไม่มีแล้ว",
        examples=["o20"],
    )
    reason: Text | None = Field(
        default=None,
        title="เหตุผลที่ ITAS แจ้ง",
        description="ถ้ามี",
        examples=["ไม่พบข้อมูลที่เผยแพร่"],
    )
    cause: Text | None = Field(
        default=None,
        title="สาเหตุที่หน่วยงานทราบ",
        description="ถ้ามี เขียนเฉพาะสิ่งที่หน่วยงานทราบจริง รายงานพิมพ์ในข้อวิเคราะห์",
        examples=["ผู้รับผิดชอบโอนย้ายระหว่างปี"],
    )

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
        if found := contradiction({name for name, value in self if value is not None}):
            raise PydanticCustomError(found[0], "row")
        return self


def contradiction(given: Collection[str]) -> tuple[LiteralString, tuple[str, ...]] | None:
    """Return the problem's code if the fields given in a row of `scores` contradict each other.

    With it come the fields that exclude one another. Callers use it for what was typed too, so
    that a bad value in the row does not hide the contradiction.
    """
    known = set(SCORE_FIELDS).intersection(given)
    if "missing" in given and known:
        return "D130", ("missing", *SCORE_FIELDS)
    if "missing" not in given and not known:
        return "D131", ()
    return ("D132", SCORE_FIELDS) if "score" in known and len(known) > 1 else None


def _without_code(schema: dict[str, Any]) -> None:
    schema["required"].remove("code")  # `codes` may say it


class Remark(PartOfData):
    """What is weak at one question and what the agency should do; "" prints an empty cell.

    Neighbouring questions of one tool may share a remark: `code` is the first of `codes`.  The
    remark of an indicator, or of a whole tool, has no code.
    """

    model_config = ConfigDict(json_schema_extra=_without_code)

    code: CodeOrBlank = Field(
        title="รหัสข้อ",
        description="ข้อที่วิเคราะห์ (เว้นได้เมื่อมี codes, indicator หรือ tool)",
        examples=["i1"],
    )
    text: Text = Field(
        title="ข้อวิเคราะห์",
        description='ข้อบกพร่องและสิ่งที่หน่วยงานควรทำ แต่ละบรรทัดเป็นหนึ่งย่อหน้า ("" คือเว้นว่าง)',
        examples=["ผู้มีส่วนได้ส่วนเสียภายในบางส่วนมีความเห็นว่า…"],
    )
    draft: Draft = False
    codes: Codes = Field(
        default=(),
        title="ใช้ร่วมกับข้อ",
        description="ข้อของเครื่องมือเดียวกันที่อยู่ติดกันและใช้ข้อวิเคราะห์เดียวกัน พิมพ์เป็นช่องเดียว",
        examples=[["e4", "e5"]],
    )
    indicator: Whole | None = Field(
        default=None,
        title="ตัวชี้วัดที่วิเคราะห์",
        description="แทนรหัสข้อ เมื่อวิเคราะห์ทั้งตัวชี้วัด",
        examples=[6],
    )
    tool: Annotated[Filled, Kind.WORD, AfterValidator(str.upper)] | None = Field(
        default=None,
        title="เครื่องมือที่วิเคราะห์",
        description="แทนรหัสข้อ เมื่อวิเคราะห์ทั้งเครื่องมือ",
        examples=["EIT"],
    )

    @property
    def covered(self) -> tuple[str, ...]:
        """The codes that the remark is about."""
        return tuple(dict.fromkeys(filter(None, (self.code, *self.codes))))

    @model_validator(mode="before")
    @classmethod
    def _first_of_several(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        if not data.get("code") and (data.get("indicator") or data.get("tool")):
            return {**data, "code": ""}
        listed = data.get("codes")
        if isinstance(listed, Sequence) and not isinstance(listed, str) and listed:
            return {"code": listed[0], **{k: v for k, v in data.items() if v is not None}}
        return data


class IssueItems(PartOfData):
    """The agency's own grouping of one issue, in place of the year's."""

    no: Whole = Field(title="ลำดับประเด็น", description="1 ถึง 7", examples=[5])
    items: Codes = Field(
        title="ข้อในประเด็น",
        description="รายการรหัสข้อทั้งหมดของประเด็นนี้ แทนของปี",
        examples=[["i4", "i5", "i6", "o12"]],
    )
