"""Part 2: the rows of the plan matrix, its measures numbered, and the signature blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from itareport import thai
from itareport.document.context.words import DASH, Context, Words, merge
from itareport.ita import measures
from itareport.ita.described import COLUMNS
from itareport.ita.model import PlanRow, Signature, Use

DOTS_ROLE = "." * 20
DOTS_NAME = "." * 46
DOTS_POSITION = "ตำแหน่ง" + "." * 44
DOTS_SIGN = "." * 40
DOTS_DATE = "วันที่ ........ เดือน ........................ พ.ศ. ............"
_NUMBER = re.compile(r"\s*\(?(?:([0-9]{1,2})[.)]\s*(?![0-9.])|([0-9]{1,2}\.[0-9]{1,2})[.)]?\s+)")
"""A number that somebody typed before a point: `1)`, `(1)`, `1.`, `5.1 `."""
_BULLET = re.compile(r"^\s*[-–—•*·]+\s*(?=[^\d๐-๙\s])")


def plan(words: Words) -> Context:
    """Return the plan in the order of the issues, each issue's topic merged over its rows.

    An optional column has a head only where a row uses it; without one it is not printed.
    """
    numbered = zip(words.report.plan, measures.numbers(words.report.plan), strict=True)
    ordered = sorted(numbered, key=lambda pair: pair[0].issue)
    optional = [column for column in COLUMNS if column.use is Use.OPTIONAL]
    heads = {
        column.name: column.title if any(getattr(row, column.name) for row, _ in ordered) else ""
        for column in optional
    }
    rows = [_row(words, row, numbers, heads) for row, numbers in ordered]
    merge(rows, "topic", [row.issue for row, _ in ordered])
    return {"no": words.number(2), **heads, "rows": rows}


def _row(words: Words, row: PlanRow, numbers: tuple[str, ...], heads: Mapping[str, str]) -> Context:
    issue = words.catalogue.issue(row.issue)
    points: dict[str, list[str]] = {
        column.name: [_BULLET.sub("", point) for point in getattr(row, column.name)]
        for column in COLUMNS
    }
    points["measures"] = _measures(points["measures"], numbers)
    points["steps"] = _steps(points["steps"])
    return {
        "topic": words.say(f"{row.issue}. {issue.name if issue else ''}"),
        **{
            name: [words.say(point) for point in said] or [DASH] if heads.get(name, "-") else []
            for name, said in points.items()
        },
    }


def _measures(points: list[str], numbers: tuple[str, ...]) -> list[str]:
    """Put its number, `5.1`, before each measure, in place of such a number that was typed."""
    return [
        f"{number} {_without(point, {number, number.partition('.')[2]})}"
        for number, point in zip(numbers, points, strict=True)
    ]


def _steps(points: list[str]) -> list[str]:
    """Put `1)` before each of several steps; those numbered in another way stay as typed."""
    typed = [_typed_number(point) for point in points]
    counted = [str(place) for place in range(1, len(points) + 1)]
    if len(points) < 2 or (any(typed) and typed != counted):
        return points
    return [f"{no}) {_without(point, {no})}" for no, point in zip(counted, points, strict=True)]


def _typed_number(point: str) -> str:
    found = _NUMBER.match(thai.arabic(point))
    return found[1] or found[2] if found else ""


def _without(point: str, numbers: set[str]) -> str:
    """Return a point without a number before it, where that is one of these."""
    found = _NUMBER.match(thai.arabic(point))
    return point[found.end() :] if found and _typed_number(point) in numbers else point


def signature(words: Words, person: Signature) -> Context:
    """Return one signature block; what is blank is a dotted line to fill by hand."""
    date = f"วันที่ {thai.long_date(person.date)}" if person.date else DOTS_DATE
    return {
        "line": DOTS_SIGN,
        "role": words.say(person.role) or DOTS_ROLE,
        "name": words.say(person.name) or DOTS_NAME,
        "positions": [words.say(line) for line in person.position if line] or [DOTS_POSITION],
        "date": words.say(date),
    }
