"""Measures of a plan by their printed numbers, `5.1`: the issue and the place in it; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from itareport import thai
from itareport.ita.model import PlanRow

_POINTER = re.compile(r"มาตรการ(?:ที่)?\s*([0-9]{1,2}\.[0-9]{1,2})(?![.0-9])")


def numbers(plan: Iterable[PlanRow]) -> Iterator[tuple[str, ...]]:
    """Yield of each row, in the order of the data, the numbers of its measures."""
    counted: Counter[int] = Counter()
    for row in plan:
        first = counted[row.issue] + 1
        counted[row.issue] += len(row.measures)
        yield tuple(f"{row.issue}.{first + at}" for at in range(len(row.measures)))


def pointers(text: str) -> tuple[str, ...]:
    """Return the numbers of the measures that a text points to: `(มาตรการที่ 5.1)`."""
    return tuple(dict.fromkeys(_POINTER.findall(thai.arabic(text))))
