"""What Part 2 of a report prints: the rows of the plan matrix."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from itareport.ita.model.values import Draft, PartOfData, Points, Use, Whole


class PlanRow(PartOfData):
    """One row of the plan matrix of Part 2."""

    issue: Whole = Field(
        title="ลำดับประเด็น", description="1 ถึง 7 ประเด็นเดียวมีหลายแถวได้", examples=[1]
    )
    measures: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="มาตรการ โครงการ หรือกิจกรรม",
        description="รายการละหนึ่งบรรทัด",
        examples=[["ปรับปรุงคู่มือการปฏิบัติงาน"]],
    )
    findings: Annotated[Points, Use.WANTED] = Field(
        default=(),
        title="ผลการวิเคราะห์ที่สอดคล้อง",
        description="รายการ อ้างรหัสข้อ ตัวชี้วัด หรือตัวชี้วัดย่อยที่มาตรการนี้ตอบ",
        examples=[["ข้อ i1: ขั้นตอนและระยะเวลา"]],
    )
    steps: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="ขั้นตอนหรือวิธีการดำเนินการ",
        description="รายการละหนึ่งบรรทัด",
        examples=[["ทบทวนคู่มือ"]],
    )
    period: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="ช่วงระยะเวลาการดำเนินการ",
        description="รายการ อยู่ในปีงบประมาณของแผน",
        examples=["ธันวาคม 2568 - กันยายน 2569"],
    )
    responsible: Annotated[Points, Use.NEEDED] = Field(
        default=(),
        title="ผู้รับผิดชอบ",
        description="รายการส่วนราชการภายใน",
        examples=["สำนักปลัดเทศบาล"],
    )
    follow_up: Annotated[Points, Use.OPTIONAL] = Field(
        default=(),
        title="การกำกับติดตาม",
        description="รายการ เป็นคอลัมน์เพิ่มเมื่อมีแถวใดกรอก",
        examples=["รายงานผลต่อนายกเทศมนตรีทุกไตรมาส"],
    )
    budget: Annotated[Points, Use.OPTIONAL] = Field(
        default=(),
        title="งบประมาณ",
        description="รายการ เป็นคอลัมน์เพิ่มเมื่อมีแถวใดกรอก",
        examples=["ไม่ใช้งบประมาณ"],
    )
    draft: Draft = False
