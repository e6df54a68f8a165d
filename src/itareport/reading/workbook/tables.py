"""The tables of the workbook: scores, the paste area, plan and signatures; pure."""

from __future__ import annotations

from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import ROW, Choice, Column, Field, Kind, Table


def scores() -> Table:
    """Return the sheet of the rows of all questions and items, with their remarks."""
    code = Field(("scores", ROW, "code"), Kind.CODE, None, (("remarks", ROW, "code"),), locked=True)

    def score(name: str) -> Field:
        return Field(("scores", ROW, name), Kind.SCORE)

    columns = (
        Column("ประเด็นที่", 8),
        Column("เครื่องมือ", 9),
        Column("รหัสข้อ", 8, code),
        Column("ชื่อข้อหรือเรื่องที่ถาม", 34),
        Column("คะแนน", 9, score("score")),
        Column("คะแนนส่วนที่ 1 (EIT)", 10, score("part1")),
        Column("คะแนนส่วนที่ 2 (EIT)", 10, score("part2")),
        Column("เหตุที่ไม่มีคะแนน", 17, Field(("scores", ROW, "missing"), Kind.LINE, Choice.MISSING)),
        Column("เหตุผลที่ ITAS แจ้ง (OIT)", 22, Field(("scores", ROW, "reason"), Kind.TEXT)),
        Column("ข้อวิเคราะห์", 56, Field(("remarks", ROW, "text"), Kind.TEXT)),
        Column("ข้อความร่าง", 9, Field(("remarks", ROW, "draft"), Kind.MARK, Choice.DRAFTS)),
    )
    text = (
        "กรอกคะแนนช่องใดช่องหนึ่ง: คะแนน หรือคะแนนสองส่วนของ EIT หรือเหตุที่ไม่มีคะแนน "
        f"ข้อวิเคราะห์ที่ตั้งใจเว้นว่างให้พิมพ์ {layout.EMPTY}"
    )
    return Table(layout.SCORES, "คะแนนรายข้อและข้อวิเคราะห์", text, "code", columns)


def paste() -> Table:
    """Return the sheet of the place where codes and scores are pasted in any order."""
    columns = (
        Column("รหัสข้อ", 14, Field(("scores", ROW, "code"), Kind.CODE)),
        Column("คะแนน", 14, Field(("scores", ROW, "score"), Kind.SCORE)),
        Column("คะแนนส่วนที่ 1 (EIT)", 16, Field(("scores", ROW, "part1"), Kind.SCORE)),
        Column("คะแนนส่วนที่ 2 (EIT)", 16, Field(("scores", ROW, "part2"), Kind.SCORE)),
    )
    text = "วางรหัสข้อและคะแนนที่คัดลอกมาจาก ITAS หรือตารางอื่น เรียงลำดับอย่างไรก็ได้ (ไม่ใช้ก็ได้)"
    return Table(layout.PASTE, "ที่วางคะแนน", text, "code", columns)


def plan(year: int) -> Table:
    """Return the sheet of the plan; `year` is the result's."""

    def points(name: str, choice: Choice | None = None) -> Field:
        return Field(("plan", ROW, name), Kind.POINTS, choice)

    columns = (
        Column("ประเด็นที่", 8, Field(("plan", ROW, "issue"), Kind.WHOLE, Choice.ISSUES)),
        Column("ชื่อประเด็น", 22),
        Column("มาตรการ โครงการ หรือกิจกรรม", 30, points("measures"), needed=True),
        Column("ผลการวิเคราะห์ที่สอดคล้อง", 26, points("findings")),
        Column("ขั้นตอนหรือวิธีการดำเนินการ", 34, points("steps"), needed=True),
        Column("ช่วงระยะเวลาการดำเนินการ", 20, points("period"), needed=True),
        Column("ผู้รับผิดชอบ", 18, points("responsible", Choice.UNITS), needed=True),
        Column("การกำกับติดตาม (ถ้ามี)", 22, points("follow_up")),
        Column("ข้อความร่าง", 9, Field(("plan", ROW, "draft"), Kind.MARK, Choice.DRAFTS)),
    )
    text = "ประเด็นละหนึ่งแถวหรือมากกว่า ในช่องเดียวกันพิมพ์รายการละหนึ่งบรรทัด (ขึ้นบรรทัดใหม่ด้วย Alt+Enter)"
    title = f"แผนการดำเนินการ ปีงบประมาณ พ.ศ. {year + 1}"
    return Table(layout.PLAN, title, text, "issue", columns)


def signatures() -> Table:
    """Return the sheet of those who sign."""

    def of(name: str, kind: Kind, choice: Choice | None = None) -> Field:
        return Field(("signatures", ROW, name), kind, choice)

    columns = (
        Column("คนที่", 7),
        Column("บทบาท", 24, of("role", Kind.LINE, Choice.ROLES)),
        Column("ชื่อผู้ลงนาม", 30, of("name", Kind.LINE)),
        Column("ตำแหน่ง", 44, of("position", Kind.POINTS)),
        Column("วันที่ลงนาม", 22, of("date", Kind.DATE)),
    )
    text = (
        "หนึ่งถึงห้าคน ช่องที่ว่างพิมพ์เป็นเส้นประ ตำแหน่งไม่เกินสองบรรทัด "
        f"คนที่ยังไม่ทราบทั้งบทบาทและชื่อให้พิมพ์ {layout.EMPTY} ในช่องชื่อ"
    )
    return Table(layout.SIGNATURES, "ผู้ลงนาม", text, "", columns)
