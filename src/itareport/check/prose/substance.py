"""Remarks that do not say by themselves what is weak and what to do; pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.prose import advice, leftovers
from itareport.ita import codes
from itareport.ita.model import Remark
from itareport.problems import FieldPath, Problem, problem

_LIKE = (
    "เหมือน", "เช่นเดียวกับ", "เช่นเดียวกัน", "เช่นกัน", "เดียวกับ", "ดูข้อ", "ดูที่", "ตามข้อ", "อ้างถึง", "ข้างต้น",
    "ข้างบน", "ก่อนหน้า", "เดิม", "〃",
)  # fmt: skip
"""What sends the reader to another remark."""
_OWN = ("ข้อนี้", "ข้อคำถามนี้", "ข้อดังกล่าว")
_SHORTEST = 24
"""A remark of fewer letters cannot say both what is weak and what to do."""
_MOST = 5_000
"""Of a longer remark the beginning tells enough."""
_POINTER = 30
"""So few letters besides the code say nothing but where to look."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield remarks on scores below the threshold that say too little, or speak of another."""
    threshold = facts.report.agency.maintain_from
    sharing: dict[str, set[str]] = {}
    for remark in facts.report.remarks:
        sharing.setdefault(remark.text, set()).add(remark.code)
    for index, remark in enumerate(facts.report.remarks):
        row, where = facts.score.get(remark.code), ("remarks", index, "text")
        said = fields.squeezed(remark.text)
        if not said.strip("-–—•*·.…") or facts.catalogue.item(remark.code) is None:
            continue
        if _points_elsewhere(said):
            yield problem("D349", where, label=facts.label(where), said=remark.text.strip())
            continue
        yield from _of_another(facts, where, remark, sharing[remark.text])
        low = row is not None and row.lowest is not None and row.lowest < threshold
        if low and (lacks := _lacks(facts, remark.text)):
            told: dict[str, Any] = {
                "code": remark.code,
                "lacks": lacks,
                "said": _shown(remark.text),
            }
            yield problem("D350", where, label=facts.label(where), **told)


def _points_elsewhere(said: str) -> bool:
    return len(said) < _POINTER and any(word in said for word in _LIKE)


def _of_another(
    facts: Facts, where: FieldPath, remark: Remark, sharing: set[str]
) -> Iterator[Problem]:
    """Tell of another's code in what is weak, where the own one is not spoken of as well.

    Neighbouring questions may share a remark, which then names more than one.
    """
    said = advice.weakness(remark.text[:_MOST])
    for quoted in facts.quoted_by(remark):
        said = said.replace(quoted, "…")
    named = [found.code for found in codes.find(said)]
    others = [code for code in dict.fromkeys(named) if code != remark.code]
    is_shared = remark.code in named or any(word in fields.squeezed(said) for word in _OWN)
    if others and not is_shared and not sharing.intersection(others):
        told: dict[str, Any] = {"code": remark.code, "others": fields.listed(others)}
        yield problem("D348", where, label=facts.label(where), **told)


def _lacks(facts: Facts, text: str) -> str:
    """Return what a remark does not say, "" where it says enough or another check speaks of it."""
    own = fields.squeezed(leftovers.without(text))
    if not own or facts.catalogue.wording.maintain in own:
        return ""
    if len(own) < _SHORTEST:
        return "มีข้อบกพร่องใดและหน่วยงานควรทำอย่างไร"
    return "" if advice.says_remedy(own) else "หน่วยงานควรทำอย่างไร"


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"
