"""The sheets of the workbook of a year: every field of the data has its cell; pure.

A new sheet is one more function here, and its name in `layout`.
"""

from __future__ import annotations

import re

from itareport import thai
from itareport.ita import described
from itareport.ita.catalogue import Catalogue
from itareport.ita.described import COLUMNS
from itareport.ita.model import Use
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import ROW, Choice, Column, Field, Form, FormRow, Info, Table

QUESTION = "ชื่อข้อหรือเรื่องที่ถาม"
"""The header of what a question is about."""


def layout_of(catalogue: Catalogue) -> layout.Layout:
    """Return the layout of the catalogue's year, its sheets in the order of work."""
    forms = (_agency(catalogue), _result(catalogue))
    tables = (scores(), pasted(), plan(catalogue.fiscal_year), _signatures())
    return layout.Layout(
        {form.sheet: form for form in forms}, {table.sheet: table for table in tables}
    )


def indicator_row(no: int | str, name: str = "") -> FormRow:
    """Return the row of an indicator: its score, and last year's."""
    keyed = layout.key(no=no)
    fields = (
        Field(("result", "indicators", keyed, "score")),
        Field(("result", "last_year", "indicators", keyed, "score")),
    )
    return FormRow(f"ตัวชี้วัดที่ {no} {name}".strip(), fields)


def tool_row(tool: str, part: int | str | None = None, note: str = "") -> FormRow:
    """Return the row of a tool's score, or of one part of it."""
    label = f"คะแนน {tool}" + (f" ส่วนที่ {part}" if part else "")
    field = Field(("result", "tools", layout.key(tool=tool, part=part or None), "score"))
    return FormRow(label, (field, None), note)


def remark_row(of: str, **about: object) -> FormRow:
    """Return the row of the remark of an indicator, or of a tool."""
    field = Field(("remarks", layout.key(**about), "text"))
    return FormRow(f"ข้อวิเคราะห์{of}", (field, None), "พิมพ์เป็นช่องเดียว")


def issue_row(no: int | str, note: str = "") -> FormRow:
    """Return the row of the agency's own grouping of an issue."""
    field = Field(("issues", layout.key(no=no), "items"))
    return FormRow(f"ข้อในประเด็นที่ {no}", (field,), note)


_CALLED_BEFORE = {"ผลที่เผยแพร่มีถึง": "คะแนนที่มีในผลที่เผยแพร่"}
"""What a field was called in earlier workbooks, and what it is called now."""


def row_of(form: Form, label: str) -> FormRow | None:
    """Return the row of a label, one of the form or one that the year does not have.

    `ตัวชี้วัดที่ 11` and `คะแนน XIT` are read too: the checks say that the year has none. So is
    what a field was called in the workbooks that agencies have filled already.
    """
    wanted = layout.squeezed(label)
    wanted = _CALLED_BEFORE.get(wanted, wanted)
    if known := next((row for row in form.rows if layout.squeezed(row.label) == wanted), None):
        return known
    text = thai.arabic(wanted)
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


def _row(
    *path: str, note: str = "", choice: Choice | None = None, besides: Field | None = None
) -> FormRow:
    """Return the row of a field, labelled by its title, with a star where it is needed."""
    field = Field(path, choice)
    groups = (described.at(path[: depth + 1]) for depth in range(len(path)))
    star = " *" if all(group and group.is_needed for group in groups) else ""
    values = (field, besides) if path[0] == "result" else (field,)
    return FormRow(f"{field.described.title}{star}", values, note)


def _agency(catalogue: Catalogue) -> Form:
    """Return the sheet of the agency, its pictures and its own grouping of issues."""
    year = Field(("fiscal_year",), locked=True)
    rows = (
        FormRow(layout.YEAR_LABEL, (year,), "ปีของผลการประเมิน แผนเป็นของปีถัดไป (แก้ไขไม่ได้)"),
        FormRow("หน่วยงาน"),
        *_identity_rows(),
        FormRow("ส่วนที่เพิ่มได้ ถ้ามี"),
        *_further_rows(),
        FormRow("การจัดข้อเข้าประเด็น (กรอกเฉพาะประเด็นที่จัดต่างจากของปี)"),
        *(
            issue_row(issue.no, f"ของปี: {', '.join(issue.items)} ({issue.name})")
            for issue in catalogue.issues.rows
        ),
        FormRow("ส่วนของรายงานที่พิมพ์เมื่อกรอก"),
        *_printed_part_rows(catalogue.fiscal_year),
    )
    text = "กรอกช่องสีเหลือง ช่องที่มีเครื่องหมาย * ต้องกรอก"
    return Form(layout.AGENCY, "agency", "ข้อมูลหน่วยงาน", text, ("รายการ", "ข้อมูล", "คำอธิบาย"), rows)


def _identity_rows() -> tuple[FormRow, ...]:
    """Return the rows that tell the agency from others."""
    return (
        _row("agency", "kind", choice=Choice.KINDS, note="เลือกจากรายการ"),
        _row(
            "agency", "name", note="ไม่ต้องมีประเภทนำหน้า เช่น ควนเสาธง (หน่วยงานอื่น ใช้ชื่อเต็ม)"
        ),
        _row(
            "agency", "province", choice=Choice.PROVINCES,
            note="เลือกจากรายการ หรือพิมพ์โดยไม่ต้องมีคำว่าจังหวัด",
        ),
        _row(
            "agency", "district", choice=Choice.DISTRICTS,
            note="เลือกจังหวัดก่อน แล้วเลือกจากรายการ อบจ. เว้นว่างได้",
        ),
    )  # fmt: skip


def _further_rows() -> tuple[FormRow, ...]:
    """Return the rows of what else may be said of an agency."""
    return (
        _row(
            "agency", "units",
            note="บรรทัดละหนึ่งชื่อ (ขึ้นบรรทัดใหม่ด้วย Alt+Enter) ถ้าต่างจากที่ใช้ทั่วไป",
        ),
        _row("agency", "website", note="พิมพ์เป็นบรรทัดสุดท้ายของปก"),
        _row(
            "agency", "emblem",
            note="ชื่อไฟล์ PNG หรือ JPEG ที่อยู่ในโฟลเดอร์เดียวกับสมุดงานนี้ เช่น ตรา.png",
        ),
        _row("graph", note="ชื่อไฟล์ภาพที่ใช้แทนกราฟซึ่งโปรแกรมสร้าง เช่น กราฟ.png"),
        _row(
            "agency", "maintain_from", note="ข้อที่ได้ตั้งแต่คะแนนนี้ไม่ต้องมีข้อวิเคราะห์ (ไม่กรอกคือ 100)"
        ),
        _row("agency", "size", choice=Choice.SIZES, note="ถ้าทราบ ใช้เลือกข้อความร่าง"),
    )  # fmt: skip


def _printed_part_rows(year: int) -> tuple[FormRow, ...]:
    """Return the rows of the parts that a report prints where they are filled."""
    return (
        _row("serves", "item", note="พิมพ์บนปก เช่น o25 (พิมพ์ none เมื่อไม่ให้ปกพิมพ์)"),
        _row("serves", "year", note=f"ไม่กรอกคือ {year + 1}"),
        _row("principles", note="พิมพ์ก่อนผลการประเมิน ขึ้นย่อหน้าใหม่ด้วย Alt+Enter"),
        _row("follow_up", note="พิมพ์ใต้ตารางแผน เมื่อไม่ได้แยกเป็นรายแถว"),
        _row("summary", note="พิมพ์หลังแผน ขึ้นย่อหน้าใหม่ด้วย Alt+Enter"),
        _row("appendices", note="บรรทัดละหนึ่งชื่อเอกสาร พิมพ์ท้ายรายงาน"),
        _row("correspondence", note="พิมพ์ หรือ ไม่พิมพ์ (ไม่กรอกคือพิมพ์เมื่อข้อวิเคราะห์ชี้ไปที่มาตรการ)"),
    )


def _result(catalogue: Catalogue) -> Form:
    """Return the sheet of the official figures."""
    year = catalogue.fiscal_year
    total_before = Field(("result", "last_year", "total"))
    level_before = Field(("result", "last_year", "level"))
    rows = (
        _row("result", "total", besides=total_before, note="ตามที่ประกาศ"),
        FormRow(layout.COMPUTED_LABEL, (), "เมื่อกรอกคะแนนตัวชี้วัดครบ (คำนวณให้ ไม่ต้องกรอก)"),
        FormRow(layout.DIFFERENCE_LABEL, (), "ถ้าต่างเกิน 0.01 โปรดตรวจว่าพิมพ์ตัวเลขสลับกันหรือไม่"),
        _row(
            "result",
            "level",
            besides=level_before,
            choice=Choice.LEVELS,
            note="ตามที่ประกาศ เลือกจากรายการ",
        ),
        _row("result", "announced", note=f"ถ้าทราบ เช่น 1 สิงหาคม {year}"),
        FormRow("คะแนนรายตัวชี้วัด (กรอกให้ครบ)"),
        *(indicator_row(row.no, row.name) for row in catalogue.indicators.rows),
        FormRow("คะแนนรายเครื่องมือ (ถ้าทราบ ใช้ตรวจระดับผลการประเมิน)"),
        *(
            tool_row(tool.code, part, tool.name)
            for tool in catalogue.tools.rows
            for code, part in catalogue.tool_parts
            if code == tool.code
        ),
        FormRow("ผลที่ทราบบางส่วน"),
        _row("result", "published", note="หากไม่มีครบทุกข้อ พิมพ์ ตัวชี้วัด หรือ ภาพรวม"),
        *(remark_row(f"ตัวชี้วัดที่ {row.no}", indicator=row.no) for row in catalogue.indicators.rows),
        *(remark_row(tool.code, tool=tool.code) for tool in catalogue.tools.rows),
        FormRow("อันดับและจำนวนผู้ตอบ (ถ้าทราบ)"),
        _row("result", "rank", "place"),
        _row("result", "rank", "of"),
        _row("result", "respondents", "iit"),
        _row("result", "respondents", "eit"),
    )
    headers = ("รายการ", f"ปี {year}", f"ปี {year - 1} (ถ้ามี)", "คำอธิบาย")
    text = "คัดลอกจากผลทางการ โปรแกรมตรวจทานให้แต่ไม่แก้คะแนนทางการ"
    return Form(
        layout.RESULT, "result", f"ผลการประเมินภาพรวม ปีงบประมาณ พ.ศ. {year}", text, headers, rows
    )


def _column(
    width: int,
    rows: str,
    name: str,
    said: str = "",
    choice: Choice | None = None,
    also: tuple[layout.Path, ...] = (),
) -> Column:
    """Return the column of a field of a list, headed by the field's title and what is said."""
    field = Field((rows, ROW, name), choice, also, locked=bool(also))
    described = field.described
    said = " (ถ้ามี)" if described.use is Use.OPTIONAL else said
    needed = described.use is Use.NEEDED
    return Column(f"{described.title}{said}", width, field, needed=needed)


def scores() -> Table:
    """Return the sheet of the rows of all questions and items, with their remarks."""
    columns = (
        Info("ประเด็นที่", 8),
        Info("เครื่องมือ", 9),
        _column(8, "scores", "code", also=(("remarks", ROW, "code"),)),
        Info(QUESTION, 34),
        _column(9, "scores", "score"),
        _column(10, "scores", "part1", said=_OF_EIT),
        _column(10, "scores", "part2", said=_OF_EIT),
        _column(17, "scores", "missing", choice=Choice.MISSING),
        _column(22, "scores", "reason"),
        _column(56, "remarks", "text"),
        _column(9, "remarks", "draft", choice=Choice.DRAFTS),
        _column(16, "remarks", "codes"),
        _column(14, "scores", "next"),
        _column(30, "scores", "cause"),
    )
    text = (
        "กรอกคะแนนช่องใดช่องหนึ่ง: คะแนน หรือคะแนนสองส่วนของ EIT หรือเหตุที่ไม่มีคะแนน "
        f"ข้อที่ถึงเกณฑ์รักษาระดับและตั้งใจเว้นข้อวิเคราะห์ให้พิมพ์ {layout.EMPTY}"
    )
    return Table(layout.SCORES, "คะแนนรายข้อและข้อวิเคราะห์", text, "code", columns)


_OF_EIT = " (EIT)"


def pasted() -> Table:
    """Return the sheet of the place where codes and scores are pasted in any order."""
    columns = (
        _column(14, "scores", "code"),
        _column(14, "scores", "score"),
        _column(16, "scores", "part1", said=_OF_EIT),
        _column(16, "scores", "part2", said=_OF_EIT),
    )
    text = "วางรหัสข้อและคะแนนที่คัดลอกมาจาก ITAS หรือตารางอื่น เรียงลำดับอย่างไรก็ได้ (ไม่ใช้ก็ได้)"
    return Table(layout.PASTE, "ที่วางคะแนน", text, "code", columns, spare=150, pasted=True)


_WIDTHS = {"measures": 30, "findings": 26, "steps": 34, "period": 20, "responsible": 18}
_WIDTH = 22
"""How wide any other column of the plan is."""
_OFFERED = {"responsible": Choice.UNITS}


def plan(year: int) -> Table:
    """Return the sheet of the plan; `year` is the result's."""
    columns = (
        Column("ประเด็นที่", 8, Field(("plan", ROW, "issue"), Choice.ISSUES)),
        Info("ชื่อประเด็น", 22),
        *(
            _column(_WIDTHS.get(name, _WIDTH), "plan", name, choice=_OFFERED.get(name))
            for name in (field.name for field in COLUMNS)
        ),
        _column(9, "plan", "draft", choice=Choice.DRAFTS),
    )
    text = "ประเด็นละหนึ่งแถวหรือมากกว่า ในช่องเดียวกันพิมพ์รายการละหนึ่งบรรทัด (ขึ้นบรรทัดใหม่ด้วย Alt+Enter)"
    title = f"แผนการดำเนินการ ปีงบประมาณ พ.ศ. {year + 1}"
    return Table(layout.PLAN, title, text, "issue", columns, spare=14)


def unit_plan(year: int, unit: str) -> Table:
    """Return the sheet of one unit's rows of the plan, each with its number."""
    whole = plan(year)
    columns = [column for column in whole.columns if getattr(column, "name", "") != "draft"]
    text = (
        "แก้ช่องสีเหลืองหรือเพิ่มแถวท้ายตาราง แล้วส่งไฟล์นี้คืนผู้จัดทำรายงาน "
        "ผู้จัดทำลากไฟล์มาวางที่หน้า “รายงานทั้งหมด” แล้วเลือกรับเป็นช่อง ๆ"
    )
    title = f"{whole.title} ส่วนของ{unit}"
    number = Info(layout.ROW_NUMBER, 9)
    return Table(layout.UNIT_PLAN, title, text, "issue", (*columns, number), spare=6)


def unit_columns() -> tuple[str, ...]:
    """Return the fields of a row of the plan that a unit is given."""
    return tuple(column.name for column in unit_plan(0, "").read)


def unit_remarks(unit: str) -> Table:
    """Return the sheet of the remarks on the questions that one unit's rows answer."""
    columns = (
        _column(8, "remarks", "code", also=(("scores", ROW, "code"),)),
        Info(QUESTION, 34),
        Info("คะแนน", 9),
        _column(30, "scores", "cause"),
        _column(80, "remarks", "text"),
    )
    text = "แก้ช่องสีเหลือง ข้อเหล่านี้เป็นข้อที่แผนของส่วนราชการตอบ สาเหตุกรอกเฉพาะที่ทราบจริง"
    title = f"ข้อวิเคราะห์ที่แผนของ{unit}ตอบ"
    return Table(layout.UNIT_REMARKS, title, text, "code", columns)


def _signatures() -> Table:
    """Return the sheet of those who sign."""
    columns = (
        Info("คนที่", 7),
        _column(24, "signatures", "role", choice=Choice.ROLES),
        _column(30, "signatures", "name"),
        _column(44, "signatures", "position"),
        _column(22, "signatures", "date"),
    )
    text = (
        "หนึ่งถึงห้าคน ช่องที่ว่างพิมพ์เป็นเส้นประ ตำแหน่งไม่เกินสองบรรทัด "
        f"คนที่ยังไม่ทราบทั้งบทบาทและชื่อให้พิมพ์ {layout.EMPTY} ในช่องชื่อ"
    )
    return Table(layout.SIGNATURES, "ผู้ลงนาม", text, "", columns, least=5)
