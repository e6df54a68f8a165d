"""The forms of the workbook of a year: agency and official result; pure."""

from __future__ import annotations

import re

from itareport import thai
from itareport.ita.catalogue import Catalogue
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import Choice, Field, Form, FormRow, Key, Kind, Path


def indicator_row(no: int | str, name: str = "") -> FormRow:
    """Return the row of an indicator: its score, and last year's."""
    keyed = Key((("no", str(no)),))
    fields = (
        Field(("result", "indicators", keyed, "score"), Kind.SCORE),
        Field(("result", "last_year", "indicators", keyed, "score"), Kind.SCORE),
    )
    return FormRow(f"ตัวชี้วัดที่ {no} {name}".strip(), fields)


def tool_row(tool: str, part: int | str | None = None, note: str = "") -> FormRow:
    """Return the row of a tool's score, or of one part of it."""
    values = (("tool", tool), *([("part", str(part))] if part else []))
    label = f"คะแนน {tool}" + (f" ส่วนที่ {part}" if part else "")
    field = Field(("result", "tools", Key(values), "score"), Kind.SCORE)
    return FormRow(label, (field, None), note)


def issue_row(no: int | str, note: str = "") -> FormRow:
    """Return the row of the agency's own grouping of an issue."""
    field = Field(("issues", Key((("no", str(no)),)), "items"), Kind.CODES)
    return FormRow(f"ข้อในประเด็นที่ {no}", (field,), note)


def row_of(form: Form, label: str) -> FormRow | None:
    """Return the row of a label, one of the form or one that the year does not have.

    `ตัวชี้วัดที่ 11` and `คะแนน XIT` are read too: the checks say that the year has none.
    """
    if known := form.row(label):
        return known
    text = thai.arabic(layout.squeezed(label))
    if form.sheet == layout.RESULT:
        if found := re.match("ตัวชี้วัดที่([0-9]{1,9})", text):
            return _of_key(form, indicator_row(int(found[1])))
        if found := re.fullmatch("คะแนน([a-z]+)(?:ส่วนที่([0-9]))?", text):
            return _of_key(form, tool_row(found[1].upper(), found[2]))
    if form.sheet == layout.AGENCY and (found := re.match("ข้อในประเด็นที่([0-9]{1,9})", text)):
        return _of_key(form, issue_row(int(found[1])))
    return None


def _of_key(form: Form, row: FormRow) -> FormRow:
    """Return the form's own row of the same field, if it has one."""
    return next((own for own in form.rows if own.fields == row.fields), row)


def agency(catalogue: Catalogue) -> Form:
    """Return the sheet of the agency, its pictures and its own grouping of issues."""

    def row(
        label: str, path: Path, kind: Kind, choice: Choice | None = None, note: str = ""
    ) -> FormRow:
        return FormRow(label, (Field(path, kind, choice),), note)

    def of_agency(name: str) -> Path:
        return ("agency", name)

    year = Field(("fiscal_year",), Kind.WHOLE, locked=True)
    rows = (
        FormRow(layout.YEAR_LABEL, (year,), "ปีของผลการประเมิน แผนเป็นของปีถัดไป (แก้ไขไม่ได้)"),
        FormRow("หน่วยงาน"),
        row("ประเภทหน่วยงาน *", of_agency("kind"), Kind.LINE, Choice.KINDS, "เลือกจากรายการ"),
        row(
            "ชื่อหน่วยงาน *", of_agency("name"), Kind.LINE, None,
            "ไม่ต้องมีประเภทนำหน้า เช่น ควนเสาธง (หน่วยงานอื่น ใช้ชื่อเต็ม)",
        ),
        row(
            "จังหวัด *", of_agency("province"), Kind.LINE, Choice.PROVINCES,
            "เลือกจากรายการ หรือพิมพ์โดยไม่ต้องมีคำว่าจังหวัด",
        ),
        row(
            "อำเภอหรือเขต *", of_agency("district"), Kind.LINE, Choice.DISTRICTS,
            "เลือกจังหวัดก่อน แล้วเลือกจากรายการ อบจ. เว้นว่างได้",
        ),
        FormRow("ส่วนที่เพิ่มได้ ถ้ามี"),
        row(
            "ส่วนราชการภายใน", of_agency("units"), Kind.POINTS, None,
            "บรรทัดละหนึ่งชื่อ (ขึ้นบรรทัดใหม่ด้วย Alt+Enter) ถ้าต่างจากที่ใช้ทั่วไป",
        ),
        row("เว็บไซต์", of_agency("website"), Kind.LINE, None, "พิมพ์เป็นบรรทัดสุดท้ายของปก"),
        row(
            "ภาพตราหน่วยงาน", of_agency("emblem"), Kind.LINE, None,
            "ชื่อไฟล์ PNG หรือ JPEG ที่อยู่ในโฟลเดอร์เดียวกับสมุดงานนี้ เช่น ตรา.png",
        ),
        row(
            "ภาพกราฟ", ("graph",), Kind.LINE, None,
            "ชื่อไฟล์ภาพที่ใช้แทนกราฟซึ่งโปรแกรมสร้าง เช่น กราฟ.png",
        ),
        row(
            "เกณฑ์รักษาระดับ", of_agency("maintain_from"), Kind.SCORE, None,
            "ข้อที่ได้ตั้งแต่คะแนนนี้ไม่ต้องมีข้อวิเคราะห์ (ไม่กรอกคือ 100)",
        ),
        FormRow("การจัดข้อเข้าประเด็น (กรอกเฉพาะประเด็นที่จัดต่างจากของปี)"),
        *(
            issue_row(issue.no, f"ของปี: {', '.join(issue.items)} ({issue.name})")
            for issue in catalogue.issues.rows
        ),
    )  # fmt: skip
    text = "กรอกช่องสีเหลือง ช่องที่มีเครื่องหมาย * ต้องกรอก"
    return Form(layout.AGENCY, "ข้อมูลหน่วยงาน", text, ("รายการ", "ข้อมูล", "คำอธิบาย"), rows)


def result(catalogue: Catalogue) -> Form:
    """Return the sheet of the official figures."""
    year = catalogue.fiscal_year

    def of_result(name: str, kind: Kind, choice: Choice | None = None) -> Field:
        return Field(("result", name), kind, choice)

    total_before = Field(("result", "last_year", "total"), Kind.SCORE)
    rows = (
        FormRow("คะแนนภาพรวม *", (of_result("total", Kind.SCORE), total_before), "ตามที่ประกาศ"),
        FormRow(layout.COMPUTED_LABEL, (), "เมื่อกรอกคะแนนตัวชี้วัดครบ (คำนวณให้ ไม่ต้องกรอก)"),
        FormRow(layout.DIFFERENCE_LABEL, (), "ถ้าต่างเกิน 0.01 โปรดตรวจว่าพิมพ์ตัวเลขสลับกันหรือไม่"),
        FormRow(
            "ระดับผลการประเมิน *",
            (of_result("level", Kind.LINE, Choice.LEVELS), None),
            "ตามที่ประกาศ เลือกจากรายการ",
        ),
        FormRow(
            "วันที่ประกาศผล",
            (of_result("announced", Kind.DATE), None),
            f"ถ้าทราบ เช่น 1 สิงหาคม {year}",
        ),
        FormRow("คะแนนรายตัวชี้วัด (กรอกให้ครบ)"),
        *(indicator_row(row.no, row.name) for row in catalogue.indicators.rows),
        FormRow("คะแนนรายเครื่องมือ (ถ้าทราบ ใช้ตรวจระดับผลการประเมิน)"),
        *(
            tool_row(tool.code, part, tool.name)
            for tool in catalogue.tools.rows
            for code, part in catalogue.tool_parts
            if code == tool.code
        ),
    )
    headers = ("รายการ", f"ปี {year}", f"ปี {year - 1} (ถ้ามี)", "คำอธิบาย")
    text = "คัดลอกจากผลทางการ โปรแกรมตรวจทานให้แต่ไม่แก้คะแนนทางการ"
    return Form(layout.RESULT, f"ผลการประเมินภาพรวม ปีงบประมาณ พ.ศ. {year}", text, headers, rows)
