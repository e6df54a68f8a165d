"""Problems as a table grouped by sheet: cell, field, what is wrong and the remedy; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from itareport.problems import Place, Problem

_WIDEST = 30
_MOST = 6
"""Cells that are named for one problem."""


def listing(found: Iterable[Problem], most: int) -> Iterator[str]:
    """Yield a line for each sheet and each problem in it, by row and column.

    Problems of a sheet that differ in nothing but their cell and field share one line.  Of one
    kind the first `most` lines of a sheet are yielded, then how many more there are.
    """
    listed = sorted((p for p in found if p.place), key=attrgetter("order"))
    for sheet, group in groupby(listed, key=lambda p: p.place.sheet if p.place else None):
        joined = _joined(group)
        kinds: dict[str, list[Problem]] = {}
        rows = []
        for one in joined:
            kind = kinds.setdefault(one.code, [])
            kind.append(one)
            if len(kind) <= most:
                rows.append(((_cells(one), one.label), one))
        widths = [min(_WIDEST, max(_width(heads[n]) for heads, _ in rows)) for n in (0, 1)]
        yield f'  แผ่นงาน "{sheet}"'
        for (cells, label), problem in rows:
            head = f"{_padded(cells, widths[0])}  {_padded(label, widths[1])}"
            remedy = f" | {problem.remedy}" if problem.remedy else ""
            yield f"    {head}  {problem.message}{remedy} [{problem.code}]"
        for code, kind in kinds.items():
            if (left := len(kind) - most) > 0:
                yield f"    … และอีก {left} เรื่องชนิดเดียวกัน [{code}] ดูทั้งหมดได้ด้วย -v"


def _joined(found: Iterable[Problem]) -> list[Problem]:
    """Join the problems that differ in nothing but their cell and field, at the first cell."""
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for one in found:
        alike.setdefault((one.code, one.message, one.remedy), []).append(one)
    return [_as_one(group) for group in alike.values()]


def _as_one(group: list[Problem]) -> Problem:
    first, *others = group
    if not others:
        return first
    places = (place for one in others for place in (one.place, *one.also_places) if place)
    label = f"{first.label} และอีก {len(others)} แห่ง" if first.label else ""
    return replace(first, label=label, also_places=(*first.also_places, *places))


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
