"""Measures of a plan by their printed numbers, `5.1`: the issue and the place in it; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from itareport import thai
from itareport.ita.model import PlanRow

_NUMBER = r"[0-9]{1,2}\.[0-9]{1,2}(?![.0-9])"
_ANY_NUMBER = re.compile(_NUMBER)
_POINTER = re.compile(
    rf"มาตรการ(?:ที่|ข้อที่|ข้อ|หมายเลข)?\s*({_NUMBER}(?:\s*(?:,|/|และ|หรือ)\s*(?:มาตรการ|ข้อ)?(?:ที่)?\s*{_NUMBER})*)"
)


def numbers(plan: Iterable[PlanRow]) -> Iterator[tuple[str, ...]]:
    """Yield of each row, in the order of the data, the numbers of its measures."""
    counted: Counter[int] = Counter()
    for row in plan:
        first = counted[row.issue] + 1
        counted[row.issue] += len(row.measures)
        yield tuple(f"{row.issue}.{first + at}" for at in range(len(row.measures)))


def pointers(text: str) -> tuple[str, ...]:
    """Return the numbers of the measures that a text points to: `(มาตรการที่ 5.1 และ 5.2)`."""
    if "มาตรการ" not in text:
        return ()
    lists = _POINTER.findall(thai.arabic(text))
    return tuple(dict.fromkeys(number for one in lists for number in _ANY_NUMBER.findall(one)))
