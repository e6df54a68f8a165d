"""Part 2: the rows of the plan matrix, its measures numbered, and the signature blocks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from itareport import thai
from itareport.document.context.words import DASH, Context, Words, merge
from itareport.ita import measures
from itareport.ita.described import COLUMNS, Described
from itareport.ita.model import PlanRow, Signature, Use
from itareport.thai.script import MARKS

DOTS_ROLE = "." * 20
DOTS_NAME = "." * 46
DOTS_POSITION = "ตำแหน่ง" + "." * 44
DOTS_SIGN = "." * 40
DOTS_DATE = "วันที่ ........ เดือน ........................ พ.ศ. ............"
_NUMBER = re.compile(r"\s*\(?(?:([0-9]{1,2})[.)]\s*(?![0-9.])|([0-9]{1,2}\.[0-9]{1,2})[.)]?\s+)")
"""A number that somebody typed before a point: `1)`, `(1)`, `1.`, `5.1 `."""
_HAND = 4
"""Blank lines for a hand to sign in, where the page has room."""
_PAGE_LINES = 31
"""Lines of one page under the lead-in."""
_POSITION_LETTERS = 48
_MARKS = re.compile(f"[{MARKS}]")
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


def _row(words: Words, row: PlanRow, numbers: tuple[str, ...], heads: Collection[str]) -> Context:
    """Return a row; an optional column (of `heads`) is empty where the row has nothing for it."""
    issue = words.catalogue.issue(row.issue)

    def points(column: Described) -> list[str]:
        values = [_BULLET.sub("", value) for value in getattr(row, column.name)]
        if column.name == "period":
            values = [thai.short_months(value) for value in values]
        elif column.name == "measures":
            values = _measures(values, numbers)
        elif column.name == "steps":
            values = _steps(values)
        nothing = [] if column.name in heads else [DASH]
        return [words.say(thai.range_dashes(value)) for value in values] or nothing

    return {
        "topic": words.say(f"{row.issue}. {issue.name if issue else ''}"),
        **{column.name: points(column) for column in COLUMNS},
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


def signatures(words: Words, people: Sequence[Signature]) -> list[Context]:
    """Return the signature blocks, with as many blank lines for the hands as one page allows."""
    blocks = [_signature(words, person) for person in people]
    lines = sum(3 + sum(map(_lines, block["positions"])) for block in blocks)
    blank = min(_HAND, max(1, (_PAGE_LINES - lines) // len(blocks))) if blocks else 0
    return [block | {"space": [""] * blank} for block in blocks]


def _lines(text: str) -> int:
    """Return how many lines a text takes on the right half of the page, rather too many."""
    return -(-len(_MARKS.sub("", text)) // _POSITION_LETTERS)


def _signature(words: Words, person: Signature) -> Context:
    """Return one signature block; what is blank is a dotted line to fill by hand."""
    date = f"วันที่ {thai.long_date(person.date)}" if person.date else DOTS_DATE
    return {
        "line": DOTS_SIGN,
        "role": words.say(person.role) or DOTS_ROLE,
        "name": words.say(person.name) or DOTS_NAME,
        "positions": [words.say(line) for line in person.position if line] or [DOTS_POSITION],
        "date": words.say(date),
    }
