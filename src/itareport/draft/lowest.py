"""What the findings of a plan row say of the low scores that it answers; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itareport.draft.draft_rows import Findings
from itareport.ita.model import Report

URGENT = 85
"""A score below this is to be raised first."""
_HIGH = Decimal(95)
"""A score from this on is high: it may still be raised."""
_NAMED = 3
"""So many are named each; of more, the one with the lowest score, and the rest are counted."""


@dataclass(frozen=True)
class Scored:
    """A question, an item or an indicator with the scores known of it."""

    name: str
    """As a sentence says it first: `ข้อคำถาม e4 (ส่วนที่ 1)`, with the half where one is meant."""
    further: str
    """As it stands after another in a list."""
    scores: tuple[Decimal, ...]
    said: str
    """All its scores, each with its half."""
    counted: str = "ข้อ"
    """What it is one of, where the others are counted."""

    @property
    def lowest(self) -> Decimal:
        """The lowest score."""
        return min(self.scores)


def high(report: Report) -> Decimal:
    """Return from which score on an agency says only that it may still be raised."""
    return min(_HIGH, report.agency.maintain_from)


def sentence(
    findings: Findings,
    low: Sequence[Scored],
    of_issue: Collection[Decimal],
    *,
    hurries: bool,
    high: Decimal,
) -> str:
    """Say all that is below 85 of what a row answers; where nothing is, what is the lowest of it.

    Args:
        findings: The words.
        low: The low scores that the row answers, in the year's order.
        of_issue: The scores of the whole issue: one alone is not called the lowest of them.
        hurries: Whether it may say that something must be raised at once: a row of each issue may.
        high: From which score on it says only that it may still be raised.
    """
    lowest = min(row.lowest for row in low)
    urgent = [row for row in low if row.lowest < URGENT]
    names = _names(urgent or [row for row in low if row.lowest == lowest])
    figures = sorted({score for row in urgent for score in row.scores if score < URGENT})
    score = f"{lowest} คะแนน"
    if len(urgent) > 1 and len(figures) > 1:
        said = findings.several.format(codes=names, first=figures[0], last=figures[-1])
    elif urgent:
        score = urgent[0].said if len(figures) > 1 else score
        said = findings.urgent.format(codes=names, score=score)
    else:
        is_lowest = min(of_issue) == lowest < max(of_issue)
        pattern = findings.low if is_lowest else findings.beside
        said = pattern.format(codes=names, score=score)
    if urgent:
        return f"{said} {findings.hurry if hurries else findings.improve}"
    return f"{said} {findings.high if lowest >= high else findings.improve}"


def _names(rows: Sequence[Scored]) -> str:
    """Name each: `ข้อคำถาม i1 i2 และข้อ o8`; of many the first of the lowest: `ข้อ o5 และอีก 4 ข้อ`."""
    if len(rows) > _NAMED:
        first = min(rows, key=lambda row: row.lowest)
        return f"{first.name} และอีก {len(rows) - 1} {first.counted}"
    *others, last = [rows[0].name, *(row.further for row in rows[1:])]
    joint = "และ " if last[0].isascii() else "และ"
    return f"{' '.join(others)} {joint}{last}" if others else last
