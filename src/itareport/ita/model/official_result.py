"""The official result of a report as announced: frozen Pydantic models, nothing computed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from itareport import thai
from itareport.ita.model.values import (
    Date,
    Filled,
    Kind,
    Line,
    PartOfData,
    Score,
    Whole,
    one_of,
    whole,
)


class Published(StrEnum):
    """How much of the result is known."""

    ITEMS = "รายข้อ"
    INDICATORS = "ตัวชี้วัด"
    TOTAL = "ภาพรวม"


class IndicatorScore(PartOfData):
    """The official score of one indicator."""

    no: Whole = Field(title="ลำดับตัวชี้วัด", description="1 ถึง 10", examples=[1])
    score: Score = Field(title="คะแนน", description="คะแนนทางการของตัวชี้วัด", examples=["99.17"])


_PART = {"enum": [1, 2, "1", "2", "๑", "๒"]}


class ToolScore(PartOfData):
    """The official score of a tool, or of one part of a tool that has two."""

    tool: Annotated[Filled, Kind.WORD, AfterValidator(str.upper)] = Field(
        title="เครื่องมือ", description="IIT, EIT หรือ OIT", examples=["EIT"]
    )
    part: (
        Annotated[Literal[1, 2], Kind.WHOLE, BeforeValidator(whole), WithJsonSchema(_PART)] | None
    ) = Field(default=None, title="ส่วนของเครื่องมือ", description="เฉพาะ EIT: 1 หรือ 2", examples=[1])
    score: Score = Field(title="คะแนน", description="คะแนนทางการ", examples=["83.07"])


class LastYear(PartOfData):
    """The official result of the year before, for comparison."""

    total: Score = Field(title="คะแนนภาพรวม", description="ของปีก่อน", examples=["92.15"])
    level: Line | None = Field(
        default=None, title="ระดับผลการประเมิน", description="ของปีก่อน ถ้าทราบ", examples=["ผ่าน"]
    )
    indicators: tuple[IndicatorScore, ...] = Field(
        default=(), title="คะแนนรายตัวชี้วัด", description="ของปีก่อน"
    )


class Rank(PartOfData):
    """The agency's place among those of its province."""

    place: Whole = Field(title="อันดับที่", description="อันดับของหน่วยงานในจังหวัด", examples=[76])
    of: Whole = Field(
        title="จำนวนหน่วยงานของจังหวัด", description="จำนวนหน่วยงานที่จัดอันดับ", examples=[211]
    )


class Respondents(PartOfData):
    """How many people answered each questionnaire."""

    iit: Whole | None = Field(
        default=None, title="ผู้ตอบ IIT (คน)", description="ถ้าทราบ", examples=[40]
    )
    eit: Whole | None = Field(
        default=None, title="ผู้ตอบ EIT (คน)", description="ถ้าทราบ", examples=[152]
    )


class Result(PartOfData):
    """The official result as announced; nothing here is computed.

    Total and level may be absent only where no more than the indicators is known.
    """

    total: Score | None = Field(title="คะแนนภาพรวม", description="ตามที่ประกาศ", examples=["94.90"])
    level: Filled | None = Field(
        title="ระดับผลการประเมิน", description="ตามที่ประกาศ ใช้คำของปีนั้น", examples=["ผ่าน"]
    )
    indicators: tuple[IndicatorScore, ...] = Field(
        title="คะแนนรายตัวชี้วัด", description="ครบทุกตัวชี้วัดของปี"
    )
    tools: tuple[ToolScore, ...] = Field(
        default=(), title="คะแนนรายเครื่องมือ", description="ถ้าทราบ ใช้ตรวจระดับผลการประเมิน"
    )
    last_year: LastYear | None = Field(
        default=None, title="ผลของปีก่อน", description="ถ้ามี ไว้เปรียบเทียบ"
    )
    announced: Date | None = Field(
        default=None, title="วันที่ประกาศผล", description="ถ้าทราบ", examples=["1 สิงหาคม 2568"]
    )
    published: Annotated[Published, Kind.WORD, one_of(Published)] = Field(
        default=Published.ITEMS,
        title="คะแนนที่มีในผลที่เผยแพร่",
        description="รายข้อ ตัวชี้วัด หรือ ภาพรวม ไม่ต้องกรอกเมื่อมีครบทุกข้อ "
        "หากมีเพียงตัวชี้วัดหรือภาพรวม รายงานวิเคราะห์เท่าที่มี",
        examples=["ตัวชี้วัด"],
    )
    rank: Rank | None = Field(
        default=None, title="อันดับในจังหวัด", description="ถ้าทราบ พิมพ์ต่อจากระดับผลการประเมิน"
    )
    respondents: Respondents | None = Field(
        default=None, title="จำนวนผู้ตอบแบบวัด", description="ถ้าทราบ พิมพ์ใต้ตารางคะแนน"
    )

    @model_validator(mode="before")
    @classmethod
    def _without_total(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        given = {name: value for name, value in data.items() if value is not None}
        if thai.one_of(str(given.get("published")), Published) is Published.INDICATORS:
            return {"total": None, "level": None, **given}
        return given
