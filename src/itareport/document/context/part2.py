"""Part 2: the rows of the plan matrix, and the signature blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from itareport import thai
from itareport.document.context.words import DASH, Context, Words, merge
from itareport.ita.described import COLUMNS
from itareport.ita.model import PlanRow, Signature, Use

DOTS_ROLE = "." * 20
DOTS_NAME = "." * 46
DOTS_POSITION = "ตำแหน่ง" + "." * 44
DOTS_SIGN = "." * 40
DOTS_DATE = "วันที่ ........ เดือน ........................ พ.ศ. ............"
_BULLET = re.compile(r"^\s*[-–—•*·]+\s*(?=[^\d๐-๙\s])")


def plan(words: Words) -> Context:
    """Return the plan in the order of the issues, each issue's topic merged over its rows.

    An optional column has a head only where a row uses it; without one it is not printed.
    """
    ordered = sorted(words.report.plan, key=lambda row: row.issue)
    optional = [column for column in COLUMNS if column.use is Use.OPTIONAL]
    heads = {
        column.name: column.title if any(getattr(row, column.name) for row in ordered) else ""
        for column in optional
    }
    rows = [_row(words, row, heads) for row in ordered]
    merge(rows, "topic", [row.issue for row in ordered])
    return {"no": words.number(2), **heads, "rows": rows}


def _row(words: Words, row: PlanRow, heads: Mapping[str, str]) -> Context:
    issue = words.catalogue.issue(row.issue)

    def points(values: tuple[str, ...]) -> list[str]:
        return [words.say(_BULLET.sub("", value)) for value in values] or [DASH]

    return {
        "topic": words.say(f"{row.issue}. {issue.name if issue else ''}"),
        **{
            column.name: points(getattr(row, column.name)) if heads.get(column.name, "-") else []
            for column in COLUMNS
        },
    }


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
