"""The tables of the workbook: scores, the paste area, plan and signatures; pure."""

from __future__ import annotations

from itareport.ita.described import COLUMNS
from itareport.ita.model import Use
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import ROW, Choice, Column, Field, Path, Table


def _column(
    width: int,
    rows: str,
    name: str,
    said: str = "",
    choice: Choice | None = None,
    also: tuple[Path, ...] = (),
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
        Column("ประเด็นที่", 8),
        Column("เครื่องมือ", 9),
        _column(8, "scores", "code", also=(("remarks", ROW, "code"),)),
        Column("ชื่อข้อหรือเรื่องที่ถาม", 34),
        _column(9, "scores", "score"),
        _column(10, "scores", "part1", said=_OF_EIT),
        _column(10, "scores", "part2", said=_OF_EIT),
        _column(17, "scores", "missing", choice=Choice.MISSING),
        _column(22, "scores", "reason", said=" (OIT)"),
        _column(56, "remarks", "text"),
        _column(9, "remarks", "draft", choice=Choice.DRAFTS),
    )
    text = (
        "กรอกคะแนนช่องใดช่องหนึ่ง: คะแนน หรือคะแนนสองส่วนของ EIT หรือเหตุที่ไม่มีคะแนน "
        f"ข้อวิเคราะห์ที่ตั้งใจเว้นว่างให้พิมพ์ {layout.EMPTY}"
    )
    return Table(layout.SCORES, "คะแนนรายข้อและข้อวิเคราะห์", text, "code", columns)


_OF_EIT = " (EIT)"


def paste() -> Table:
    """Return the sheet of the place where codes and scores are pasted in any order."""
    columns = (
        _column(14, "scores", "code"),
        _column(14, "scores", "score"),
        _column(16, "scores", "part1", said=_OF_EIT),
        _column(16, "scores", "part2", said=_OF_EIT),
    )
    text = "วางรหัสข้อและคะแนนที่คัดลอกมาจาก ITAS หรือตารางอื่น เรียงลำดับอย่างไรก็ได้ (ไม่ใช้ก็ได้)"
    return Table(layout.PASTE, "ที่วางคะแนน", text, "code", columns)


_WIDTHS = {"measures": 30, "findings": 26, "steps": 34, "period": 20, "responsible": 18}
_WIDTH = 22
"""How wide any other column of the plan is."""
_OFFERED = {"responsible": Choice.UNITS}


def plan(year: int) -> Table:
    """Return the sheet of the plan; `year` is the result's."""
    columns = (
        Column("ประเด็นที่", 8, Field(("plan", ROW, "issue"), Choice.ISSUES)),
        Column("ชื่อประเด็น", 22),
        *(
            _column(_WIDTHS.get(name, _WIDTH), "plan", name, choice=_OFFERED.get(name))
            for name in (field.name for field in COLUMNS)
        ),
        _column(9, "plan", "draft", choice=Choice.DRAFTS),
    )
    text = "ประเด็นละหนึ่งแถวหรือมากกว่า ในช่องเดียวกันพิมพ์รายการละหนึ่งบรรทัด (ขึ้นบรรทัดใหม่ด้วย Alt+Enter)"
    title = f"แผนการดำเนินการ ปีงบประมาณ พ.ศ. {year + 1}"
    return Table(layout.PLAN, title, text, "issue", columns)


def signatures() -> Table:
    """Return the sheet of those who sign."""
    columns = (
        Column("คนที่", 7),
        _column(24, "signatures", "role", choice=Choice.ROLES),
        _column(30, "signatures", "name"),
        _column(44, "signatures", "position"),
        _column(22, "signatures", "date"),
    )
    text = (
        "หนึ่งถึงห้าคน ช่องที่ว่างพิมพ์เป็นเส้นประ ตำแหน่งไม่เกินสองบรรทัด "
        f"คนที่ยังไม่ทราบทั้งบทบาทและชื่อให้พิมพ์ {layout.EMPTY} ในช่องชื่อ"
    )
    return Table(layout.SIGNATURES, "ผู้ลงนาม", text, "", columns)
