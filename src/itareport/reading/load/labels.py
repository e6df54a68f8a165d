"""How a clerk calls a field: `ข้อ e7`, `แผนแถวที่ 3 (ประเด็นที่ 2)`; pure."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from itareport import thai
from itareport.ita import codes
from itareport.ita.model import (
    Agency,
    IndicatorScore,
    IssueItems,
    LastYear,
    PlanRow,
    QuestionScore,
    Remark,
    Report,
    Result,
    Signature,
    ToolScore,
)
from itareport.problems import FieldPath

GROUPS: dict[str, type[BaseModel]] = {
    "": Report,
    "agency": Agency,
    "result": Result,
    "last_year": LastYear,
    "indicators": IndicatorScore,
    "tools": ToolScore,
    "scores": QuestionScore,
    "remarks": Remark,
    "issues": IssueItems,
    "plan": PlanRow,
    "signatures": Signature,
}
"""What stands under a field of this name, or in each row of it; no name stands for two."""

SCORES = frozenset({"total", "score", "part1", "part2", "maintain_from"})
"""Fields that hold a score."""
POINTS = frozenset(
    {"units", "measures", "findings", "steps", "period", "responsible", "follow_up", "position"}
)
"""Fields that hold a list of points."""
FIGURES = SCORES | {
    *("fiscal_year", "no", "code", "issue", "part", "tool", "items", "announced", "date"),
    "missing",
}
"""Fields that hold no prose: what follows their value is a comment."""

_UNSAID = {"agency", "result", "score", "text"}
"""Fields that the words before or after them make clear."""


def group(path: FieldPath) -> type[BaseModel] | None:
    """Return the model of the group of fields at a path, or None where a path leads to none."""
    names = [step for step in path if isinstance(step, str)]
    return GROUPS.get(names[-1] if names else "")


def known(path: FieldPath) -> tuple[str, ...]:
    """Return the names of the fields that stand in the group at a path."""
    model = group(path)
    return tuple(model.model_fields) if model else ()


def title(path: FieldPath) -> str:
    """Return the Thai name of a field, `จังหวัด`; "" for what is no field."""
    if not path or not isinstance(path[-1], str):
        return ""
    around = group(path[:-1])
    found = around.model_fields.get(path[-1]) if around else None
    return (found.title or "") if found else ""


def meant(name: str, path: FieldPath) -> str:
    """Return the field of the group at a path that a mistyped name stands for; "" if none is near.

    The Thai name of a field, or a word of it, stands for the field too.
    """
    names = known(path)
    titles = {title((*path, field)): field for field in names}
    typed = thai.normalise(name)[0].strip().rstrip(":")[:60]
    if typed in titles:
        return titles[typed]
    words = [field for said, field in titles.items() if typed in said.split()]
    if len(words) == 1:
        return words[0]
    if near := difflib.get_close_matches(typed.lower(), [*names, *titles], n=1, cutoff=0.7):
        return titles.get(near[0], near[0])
    within = [field for said, field in titles.items() if len(typed) > 3 and typed in said]
    return within[0] if len(within) == 1 else ""


def label(path: FieldPath, data: Any) -> str:
    """Say in Thai which field a path leads to, as the clerk who typed `data` knows it.

    Args:
        path: Where the field stands.
        data: The report, or the plain data that it is read from.
    """
    said, node = [], data
    for depth, step in enumerate(path):
        node = _inner(node, step)
        if isinstance(step, int):
            said.append(_row(path[:depth], step, node))
            continue
        last = depth + 1 == len(path)
        in_list = not last and isinstance(path[depth + 1], int)
        if not in_list and (depth == 0 or step not in _UNSAID) and (last or step not in _UNSAID):
            said.append(title(path[: depth + 1]))
    return " ".join(word for word in said if word)


def _inner(node: Any, step: str | int) -> Any:
    if isinstance(step, str):
        if isinstance(node, BaseModel):
            return getattr(node, step, None)
        return node.get(step) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence) and not isinstance(node, str) and 0 <= step < len(node):
        return node[step]
    return None


def _row(path: FieldPath, index: int, row: Any) -> str:
    """Name a row by what it is about, or by its number where that cannot be read."""
    number, name = index + 1, path[-1] if path else ""
    if name in ("scores", "remarks"):
        before, code = "ข้อวิเคราะห์" if name == "remarks" else "", _code(row)
        return f"{before}ข้อ {code}" if code else f"{before or 'คะแนน'}แถวที่ {number}"
    if name == "plan":
        issue = _ordinal(row, "issue")
        return f"แผนแถวที่ {number}" + (f" (ประเด็นที่ {issue})" if issue else "")
    if name == "signatures":
        return f"ผู้ลงนามคนที่ {number}"
    if name in ("indicators", "issues"):
        word, no = "ตัวชี้วัด" if name == "indicators" else "การจัดข้อประเด็น", _ordinal(row, "no")
        return f"{word}ที่ {no}" if no else f"{word}แถวที่ {number}"
    if name == "tools":
        tool, part = _inner(row, "tool"), _ordinal(row, "part")
        told = isinstance(tool, str) and tool.isascii() and tool.isalpha() and len(tool) < 9
        said = f"คะแนน {tool.upper()}" if told else f"เครื่องมือแถวที่ {number}"
        return said + (f" ส่วนที่ {part}" if part else "")
    return f"{title(path)} รายการที่ {number}".strip()


def _code(row: Any) -> str:
    value = _inner(row, "code")
    typed = codes.read(value) if isinstance(value, str) else None
    return typed.code if typed else ""


def _ordinal(row: Any, name: str) -> str:
    text = thai.arabic(str(_inner(row, name) or "").strip())
    return text if text.isascii() and text.isdecimal() and len(text) < 4 else ""


def shown(value: Any) -> str:
    """Make a value of the data safe and short enough to stand in a message."""
    text = "".join(c if c.isprintable() else " " for c in thai.normalise(str(value))[0])
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 60 else f"{text[:59]}…"
