"""Problems as a table grouped by sheet: cell, field, what is wrong and the remedy; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from itareport.problems import Place, Problem

_WIDEST = 30
_MOST = 6
"""Cells that are named for one problem."""


def listing(found: Iterable[Problem]) -> Iterator[str]:
    """Yield a line for each sheet and each problem in it, by row and column."""
    listed = sorted((p for p in found if p.place), key=_order)
    for sheet, group in groupby(listed, key=lambda p: p.place.sheet if p.place else None):
        rows = [((_cells(p), p.label), p) for p in group]
        widths = [min(_WIDEST, max(_width(heads[n]) for heads, _ in rows)) for n in (0, 1)]
        yield f'  แผ่นงาน "{sheet}"'
        for (cells, label), problem in rows:
            head = f"{_padded(cells, widths[0])}  {_padded(label, widths[1])}"
            remedy = f" | {problem.remedy}" if problem.remedy else ""
            yield f"    {head}  [{problem.code}] {problem.message}{remedy}"


def _order(found: Problem) -> tuple[int, int, int]:
    return found.place.order if found.place else (0, 0, 0)


def _cells(found: Problem) -> str:
    """Name the cell, and the others concerned; those of other sheets with their sheet."""
    assert found.place is not None
    sheet = found.place.sheet
    places = (found.place, *sorted(found.also_places, key=lambda p: p.order))
    more = f" และอีก {len(places) - _MOST} แห่ง" if len(places) > _MOST else ""
    return ", ".join(_cell(place, sheet) for place in places[:_MOST]) + more


def _cell(place: Place, sheet: str | None) -> str:
    cell = place.cell or "-"
    return cell if place.sheet in (sheet, None) else f"{cell} ({place.sheet})"


def _width(text: str) -> int:
    return sum(unicodedata.category(c) not in ("Mn", "Cf") for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))
