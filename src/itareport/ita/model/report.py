"""The report, the root of the data, with those who sign and the item that it serves."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from itareport.ita.model.analysed_questions import IssueItems, QuestionScore, Remark
from itareport.ita.model.assessed_agency import Agency
from itareport.ita.model.official_result import Result
from itareport.ita.model.plan_row import PlanRow
from itareport.ita.model.values import (
    LINE,
    LINES,
    NO_ITEM,
    Date,
    FiscalYear,
    ItemOrNone,
    Kind,
    Line,
    PartOfData,
    Points,
    Text,
    Use,
    one_of,
)


class Printing(StrEnum):
    """Whether the document prints a part that an office may leave out."""

    YES = "พิมพ์"
    NO = "ไม่พิมพ์"


_POSITION = {"anyOf": [LINES | {"maxItems": 2}, LINE]}


class Signature(PartOfData):
    """One who signs; what is blank prints as a dotted line to fill by hand."""

    role: Line = Field(
        default="", title="บทบาท", description="พิมพ์หลังเส้นลงชื่อ", examples=["ผู้จัดทำรายงาน"]
    )
    name: Line = Field(
        default="",
        title="ชื่อผู้ลงนาม",
        description="พิมพ์คำนำหน้าชื่อด้วย หากเว้นว่าง จะพิมพ์เป็นเส้นประ",
        examples=["นางสาวใจดี รักงาน"],
    )
    position: Annotated[Points, Field(max_length=2), WithJsonSchema(_POSITION)] = Field(
        default=(),
        title="ตำแหน่ง",
        description="หนึ่งหรือสองบรรทัด เช่น รองปลัดเทศบาล รักษาราชการแทน แล้วจึง ปลัดเทศบาลตำบล…",
        examples=["ปลัดเทศบาลตำบลควนเสาธง"],
    )
    date: Date | None = Field(
        default=None,
        title="วันที่ลงนาม",
        description="หากเว้นว่าง จะพิมพ์เป็นเส้นประ",
        examples=["1 ธันวาคม 2568"],
    )


class Serves(PartOfData):
    """The item of the assessment that the report is handed in for; the cover prints it."""

    year: FiscalYear | None = Field(
        default=None,
        title="ปีของการประเมินที่ใช้รายงานนี้",
        description="ไม่กรอกคือปีถัดจากปีของผล",
        examples=[2569],
    )
    item: ItemOrNone = Field(
        title="ข้อที่รายงานนี้ใช้ตอบ",
        description="รหัสข้อของการประเมินปีนั้น พิมพ์บนปก หรือ none เมื่อไม่ให้ปกพิมพ์",
        examples=["o25"],
    )


def _served(value: Any) -> Any:
    return {"item": value} if isinstance(value, str) else value


def _or_a_word(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"enum": [NO_ITEM]})


class Report(PartOfData):
    """One agency's report: the root of the data."""

    fiscal_year: FiscalYear = Field(
        title="ปีงบประมาณ",
        description="ปี พ.ศ. ของผลการประเมิน แผนเป็นของปีถัดไป",
        examples=[2568],
    )
    agency: Agency = Field(title="หน่วยงาน", description="หน่วยงานที่รายงาน")
    result: Result = Field(
        title="ผลการประเมิน", description="ตามที่ประกาศ โปรแกรมตรวจทานแต่ไม่แก้คะแนนทางการ"
    )
    scores: tuple[QuestionScore, ...] = Field(
        title="คะแนนรายข้อ", description="แถวละหนึ่งข้อ ครบทุกข้อของปี"
    )
    remarks: tuple[Remark, ...] = Field(
        default=(),
        title="ข้อวิเคราะห์",
        description="ต้องมีทุกข้อที่ต่ำกว่าเกณฑ์รักษาระดับ ข้อที่ถึงเกณฑ์และไม่มีจะพิมพ์ รักษาระดับ",
    )
    issues: tuple[IssueItems, ...] = Field(
        default=(),
        title="การจัดข้อเข้าประเด็น",
        description="เฉพาะประเด็นที่หน่วยงานจัดต่างจากของปี",
    )
    plan: Annotated[tuple[PlanRow, ...], Use.NEEDED] = Field(
        default=(), title="แผนการดำเนินการ", description="แถวของแผน ประเด็นละหนึ่งแถวหรือมากกว่า"
    )
    signatures: tuple[Signature, ...] = Field(
        min_length=1, max_length=5, title="ผู้ลงนาม", description="หนึ่งถึงห้าคน"
    )
    graph: Annotated[Line | None, Use.UNPRINTED] = Field(
        default=None,
        title="ภาพกราฟ",
        description="ชื่อไฟล์ PNG หรือ JPEG ในโฟลเดอร์เดียวกับไฟล์ข้อมูล ใช้แทนกราฟที่โปรแกรมสร้าง",
        examples=["กราฟ.png"],
    )

    serves: Annotated[Serves | None, BeforeValidator(_served)] = Field(
        default=None,
        title="การประเมินที่ใช้รายงานนี้",
        description="ถ้าทราบ เขียน {year: 2569, item: o25} หรือ o25 ปกจะพิมพ์ข้อนั้น หรือ none เมื่อไม่ให้พิมพ์",
        json_schema_extra=_or_a_word,
    )

    principles: Text | None = Field(
        default=None,
        title="หลักการและเหตุผล",
        description="พิมพ์ก่อนผลการประเมิน แต่ละบรรทัดเป็นหนึ่งย่อหน้า",
        examples=["สำนักงาน ป.ป.ช. กำหนดให้หน่วยงานวิเคราะห์ผลการประเมิน…"],
    )
    follow_up: Text | None = Field(
        default=None,
        title="การกำกับติดตามของทั้งแผน",
        description="พิมพ์ใต้ตารางแผน เมื่อไม่ได้แยกเป็นรายแถว",
        examples=["ให้ผู้รับผิดชอบรายงานผลรอบ 6 เดือน และรอบ 12 เดือน"],
    )
    summary: Text | None = Field(
        default=None,
        title="สรุปท้ายรายงาน",
        description="พิมพ์หลังแผน แต่ละบรรทัดเป็นหนึ่งย่อหน้า",
        examples=["หน่วยงานจะนำแผนนี้ไปดำเนินการ…"],
    )
    appendices: Points = Field(
        default=(),
        title="ภาคผนวก",
        description="รายการชื่อเอกสารแนบ พิมพ์ท้ายรายงาน",
        examples=[["ภาพหน้าเว็บไซต์", "คำสั่งแต่งตั้งคณะทำงาน"]],
    )
    correspondence: Annotated[Printing, Kind.WORD, one_of(Printing)] | None = Field(
        default=None,
        title="หน้าความสอดคล้องท้ายรายงาน",
        description="พิมพ์ หรือ ไม่พิมพ์ (ไม่กรอกคือพิมพ์เมื่อข้อวิเคราะห์ชี้ไปที่มาตรการ)",
        examples=["พิมพ์"],
    )

    @property
    def plan_year(self) -> int:
        """The fiscal year of the plan, the next after the result's; Buddhist."""
        return self.fiscal_year + 1

    @property
    def has_drafts(self) -> bool:
        """Whether a draft of the program waits to be confirmed; the report is then one itself."""
        return any(row.draft for row in self.remarks) or any(row.draft for row in self.plan)
