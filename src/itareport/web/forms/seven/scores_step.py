"""The step of the scores: a row for each question of the year; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from itareport import draft, thai
from itareport.ita.catalogue import Item
from itareport.ita.model import HUNDRED, QuestionScore, score_text
from itareport.problems import FieldPath
from itareport.web.forms.control import Control, control
from itareport.web.forms.form import ReportForm, Said


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its score, and what the score means."""

    code: str
    subject: str
    scores: Sequence[Control]
    """One field, or those of both parts."""
    missing: Control | None
    """Why there is no score, where that is to be said."""
    word: str
    kind: str
    """`err`, `low`, `full` or "", as the style sheet calls it."""
    said: Sequence[Said]
    issue: int
    """The issue that it is printed in; 0 for none."""


@dataclass(frozen=True, slots=True)
class ToolScores:
    """The questions of one tool."""

    title: str
    rows: Sequence[Row]
    parts: int
    halves: bool

    @property
    def heads(self) -> Sequence[str]:
        """What stands above the fields of a row that has one for each part."""
        most = max((len(row.scores) for row in self.rows), default=0)
        return ("ส่วนที่ 1", "ส่วนที่ 2", "ไม่ทราบส่วน")[:most]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures above the table."""

    title: str
    value: str
    said: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the step shows."""

    figures: Sequence[Figure]
    groups: Sequence[ToolScores]
    said: Sequence[Said]
    may_be_in_part: bool
    """Whether no score is typed, and all may be known of the result that there is."""


def scores(form: ReportForm) -> Scores:
    """Return what the step of the scores shows."""
    last = _last_filled(form)
    order = {code: index for index, code in enumerate(form.year.codes)}
    groups = []
    for tool in form.year.tools.rows:
        items = [
            i for code in form.year.codes if code[0] == tool.letter and (i := form.year.item(code))
        ]
        halves = tool.parts > 1 and (form.asked.halves or _has_halves(form, items))
        rows = tuple(
            _row(form, item, halves=halves, passed=order[item.code] < last) for item in items
        )
        title = f"{tool.code} {tool.name} {len(rows)} ข้อ"
        groups.append(ToolScores(title, rows, tool.parts, halves))
    said = form.told_of_list("scores", empty=last + 1 < len(order))
    return Scores(_figures(form), tuple(groups), said, last < 0 and not form.text(_PUBLISHED))


_PUBLISHED = "result.published"


def _last_filled(form: ReportForm) -> int:
    codes = form.year.codes
    return max((i for i, code in enumerate(codes) if _typed(form, code)), default=-1)


def _typed(form: ReportForm, code: str) -> bool:
    return any(form.text(f"scores.code={code}.{n}") for n in ("score", "part1", "part2", "missing"))


def _has_halves(form: ReportForm, items: Sequence[Item]) -> bool:
    return any(
        form.text(f"scores.code={item.code}.{part}")
        for item in items
        for part in ("part1", "part2")
    )


def _row(form: ReportForm, item: Item, *, halves: bool, passed: bool) -> Row:
    name = f"scores.code={item.code}"
    typed = _typed(form, item.code)
    fields = ("part1", "part2") if halves else ("score",)
    row = form.path(name)
    kept = [(f"{name}.{field}", f"คะแนนข้อ {item.code}{_part(field)}") for field in fields]
    if halves and form.text(f"{name}.score"):
        kept.append((f"{name}.score", f"คะแนนข้อ {item.code} ที่ไม่ทราบว่าเป็นส่วนใด"))
    controls = tuple(
        control(form, field, title=title, at=_at(row) if n == 0 else (), passed=typed or passed)
        for n, (field, title) in enumerate(kept)
    )
    missing = None
    if not any(one.value for one in controls) and (passed or form.text(f"{name}.missing")):
        missing = control(form, f"{name}.missing", title=f"เหตุที่ไม่มีคะแนนข้อ {item.code}", at=())
    said = [one for field in (*controls, *([missing] if missing else [])) for one in field.said]
    word, kind = _word(form, item.code, said)
    return Row(item.code, item.name, controls, missing, word, kind, said, form.issue_of(item.code))


def _part(field: str) -> str:
    return f" ส่วนที่ {field[-1]}" if field.startswith("part") else ""


def _at(row: FieldPath | None) -> list[FieldPath]:
    """Return the places of a row whose problems stand at its score."""
    return [row, (*row, "code"), (*row, "next")] if row else []


def _word(form: ReportForm, code: str, said: Sequence[Said]) -> tuple[str, str]:
    """Return what a score means, and how its row looks."""
    if any(one.kind == "bad" for one in said):
        return "ต้องแก้", "err"
    lowest = lowest_of(form, code)
    if lowest is None:
        return form.text(f"scores.code={code}.missing"), ""
    if lowest < draft.URGENT:
        return f"ต่ำกว่า {draft.URGENT}", "low"
    keep_from = form.given.agency.maintain_from if form.given else HUNDRED
    if lowest >= keep_from:
        return form.year.wording.maintain, "full"
    return f"ต่ำกว่า {score_text(keep_from)}", ""


def lowest_of(form: ReportForm, code: str) -> Decimal | None:
    """Return the lower score of a question, None where it has none that can be read."""
    rows = form.given.scores if form.given else ()
    return next((row.lowest for row in rows if row.code == code), None)


def score_of(form: ReportForm, code: str) -> QuestionScore | None:
    """Return the row of a question, None where it has none that can be read."""
    rows = form.given.scores if form.given else ()
    return next((row for row in rows if row.code == code), None)


def _figures(form: ReportForm) -> tuple[Figure, ...]:
    filled = sum(_typed(form, code) for code in form.year.codes)
    total, typed = form.figures.total, form.text("result.total")
    official = thai.decimal(thai.arabic(typed)) if typed else None
    found = [
        Figure("กรอกแล้ว", f"{filled} จาก {len(form.year.codes)} ข้อ"),
        Figure("คะแนนรวมทางการ", "ยังไม่กรอก" if official is None else f"{official:.2f}"),
    ]
    if total is not None:
        words = {None: ("", ""), True: ("ตรงกัน", "ok"), False: ("ไม่ตรงกัน", "bad")}
        found.append(Figure("คำนวณจากตัวชี้วัด", str(total.value), *words[total.agrees]))
    return (*found, *_differing(form))


def _differing(form: ReportForm) -> list[Figure]:
    """Return the indicators that their questions contradict."""
    return [
        Figure(f"ตัวชี้วัดที่ {no} จากรายข้อ", str(one.values[0]), "ไม่ตรงกัน", "warn")
        for no, one in form.figures.indicators.items()
        if one.agrees is False and len(one.values) == 1
    ]
