"""The seven steps of the form, and what each still needs; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from itareport.problems import Flag, Problem
from itareport.web import to_do
from itareport.web.store.row_keys import ROW
from itareport.web.to_do import ToDo

if TYPE_CHECKING:
    from itareport.web.forms.form import ReportForm

AGENCY: Final = "agency"
RESULT: Final = "result"
SCORES: Final = "scores"
REMARKS: Final = "remarks"
PLAN: Final = "plan"
SIGNERS: Final = "signers"
CHECK: Final = "check"

NAMES: Final[Mapping[str, str]] = {
    AGENCY: "หน่วยงาน",
    RESULT: "ผลภาพรวม",
    SCORES: "คะแนนรายข้อ",
    REMARKS: "ข้อวิเคราะห์",
    PLAN: "แผน",
    SIGNERS: "ผู้ลงนาม",
    CHECK: "ตรวจก่อนเสนอ",
}
"""The steps in the order of work, with their names on the screen."""

_OF_FIELD = {
    "fiscal_year": AGENCY,
    "agency": AGENCY,
    "result": RESULT,
    "serves": RESULT,
    "graph": RESULT,
    "principles": RESULT,
    "scores": SCORES,
    "remarks": REMARKS,
    "issues": REMARKS,
    "plan": PLAN,
    "follow_up": PLAN,
    "summary": PLAN,
    "appendices": PLAN,
    "correspondence": PLAN,
    "signatures": SIGNERS,
}
_OF_REMARK = ("text", "reason", "cause")
"""Fields of a row of scores that are filled on the card of its remark."""


def step_of(found: Problem) -> str:
    """Return the step in which a problem is mended; the check where it is about no field."""
    where = found.where
    name = str(where[0]) if where else ""
    if found.has(Flag.MENDED_IN_PLAN):
        return PLAN
    if name == "scores" and where[-1] in _OF_REMARK:
        return REMARKS
    return _OF_FIELD.get(name, CHECK)


@dataclass(frozen=True, slots=True)
class Mark:
    """A step and its state."""

    key: str
    no: int
    name: str
    state: str
    kind: str
    """The state as the style sheet calls it."""


def counts(form: ReportForm, step: str = "") -> ToDo:
    """Count what is to be done in one step, or in all of them."""
    if not step:
        return to_do.of_all(form.checked, form.report)
    remarks, plan = to_do.unread(form.report)
    drafts = {REMARKS: len(remarks), PLAN: len(plan)}.get(step, 0)
    return to_do.counted(form.of_step(step), drafts)


def marks(form: ReportForm, unticked: int) -> tuple[Mark, ...]:
    """Return every step with its state; `unticked`: how much a person has yet to check."""
    return tuple(
        Mark(key, no, name, *_state(form, key, unticked if key == CHECK else 0))
        for no, (key, name) in enumerate(NAMES.items(), 1)
    )


def _state(form: ReportForm, step: str, unticked: int) -> tuple[str, str]:
    own = counts(form, "" if step == CHECK else step)
    is_begun = step == CHECK or _is_begun(form, step)
    if own.wrong:
        return f"ต้องแก้ {own.wrong}", "bad"
    if own.drafts:
        return f"ร่าง {own.drafts}", "draft"
    if own.missing:
        return ("ยังไม่ครบ" if is_begun else "ยังไม่กรอก"), "none"
    if unticked:
        return f"ตรวจเอง {unticked}", "none"
    if own.warnings:
        return f"เตือน {own.warnings}", "warn"
    return ("เรียบร้อย", "ok") if is_begun else ("ยังไม่กรอก", "none")


def _is_begun(form: ReportForm, step: str) -> bool:
    return any(_has_text(form.data.get(name)) for name, of in _OF_FIELD.items() if of == step)


def _has_text(value: object, name: str = "") -> bool:
    """Return whether anything is typed, other than the keys of rows."""
    if isinstance(value, dict):
        return any(_has_text(inner, key) for key, inner in value.items())
    if isinstance(value, list):
        return any(_has_text(inner, name) for inner in value)
    return name not in (ROW, "code", "no", "tool", "part", "issue", "role") and bool(
        str(value or "").strip()
    )
