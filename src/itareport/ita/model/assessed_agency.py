"""The agency of a report: a frozen Pydantic model, no input or output."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from itareport import thai
from itareport.ita.kinds import full_name
from itareport.ita.model.values import (
    HUNDRED,
    Filled,
    Kind,
    Line,
    PartOfData,
    Points,
    Score,
    Use,
    one_of,
)


class Size(StrEnum):
    """How large the agency is."""

    SMALL = "เล็ก"
    MIDDLE = "กลาง"
    LARGE = "ใหญ่"


WHOSE = ("kind", "name", "district", "province")
"""The fields of an agency that tell it from all others, in the order in which it is named."""


class Agency(PartOfData):
    """The agency that is assessed and reports."""

    kind: Filled = Field(
        title="ประเภทหน่วยงาน",
        description="คำเต็ม ไม่ใช้คำย่อ หน่วยงานอื่นนอกจาก อปท. ใช้ หน่วยงานอื่น",
        examples=["เทศบาลตำบล"],
    )
    name: Annotated[Line, Use.NEEDED] = Field(
        default="",
        title="ชื่อหน่วยงาน",
        description="ชื่อโดยไม่มีประเภทนำหน้า (หน่วยงานอื่น ใช้ชื่อเต็ม) เว้นได้เฉพาะเมืองพัทยา",
        examples=["ควนเสาธง"],
    )
    district: Annotated[Line, Use.NEEDED] = Field(
        default="",
        title="อำเภอหรือเขต",
        description="ไม่ต้องมีคำว่าอำเภอ (มีก็ได้) เมือง คือเมืองและชื่อจังหวัด อบจ. เว้นได้",
        examples=["ตะโหมด"],
    )
    province: Filled = Field(title="จังหวัด", description="ไม่ต้องมีคำว่าจังหวัด (มีก็ได้)", examples=["พัทลุง"])
    emblem: Annotated[Line | None, Use.UNPRINTED] = Field(
        default=None,
        title="ภาพตราหน่วยงาน",
        description="ชื่อไฟล์ PNG หรือ JPEG ที่วางไว้ในโฟลเดอร์เดียวกับไฟล์ข้อมูล",
        examples=["ตรา.png"],
    )
    website: Line | None = Field(
        default=None,
        title="เว็บไซต์",
        description="พิมพ์เป็นบรรทัดสุดท้ายของปก",
        examples=["www.example.go.th"],
    )
    units: Points = Field(
        default=(),
        title="ส่วนราชการภายใน",
        description="รายการชื่อส่วนราชการของหน่วยงานเอง ถ้าต่างจากที่ใช้ทั่วไป",
        examples=[["สำนักปลัดเทศบาล", "กองคลัง"]],
    )
    size: Annotated[Size, Kind.WORD, one_of(Size)] | None = Field(
        default=None,
        title="ขนาดหน่วยงาน",
        description="ถ้าทราบ เล็ก กลาง หรือใหญ่ ใช้เลือกข้อความร่าง",
        examples=["กลาง"],
    )
    maintain_from: Score = Field(
        default=HUNDRED,
        title="เกณฑ์รักษาระดับ",
        description="ข้อที่ได้ตั้งแต่คะแนนนี้ไม่ต้องมีข้อวิเคราะห์ และพิมพ์ รักษาระดับ (ไม่กรอกคือ 100)",
        examples=["95"],
    )

    @property
    def full_name(self) -> str:
        """Kind and name as printed on the cover: เทศบาลตำบลควนเสาธง."""
        return full_name(self.kind, self.name)

    @property
    def area(self) -> str:
        """District and province as printed: อำเภอตะโหมด จังหวัดพัทลุง.

        What the name says already is not said again: จังหวัดตราด, กรุงเทพมหานคร.
        """
        area = thai.area(self.district, self.province)
        return " ".join(part for part in area.split(" ") if part != self.full_name)
