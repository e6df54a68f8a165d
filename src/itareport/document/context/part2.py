"""Part 2: the rows of the plan matrix, and the signature blocks."""

from __future__ import annotations

import re

from itareport import thai
from itareport.document.context.words import DASH, Context, Words, merge
from itareport.ita.model import PlanRow, Signature

FOLLOW_UP = "การกำกับติดตาม"
DOTS_ROLE = "." * 20
DOTS_NAME = "." * 46
DOTS_POSITION = "ตำแหน่ง" + "." * 44
DOTS_SIGN = "." * 40
DOTS_DATE = "วันที่ ........ เดือน ........................ พ.ศ. ............"
_BULLET = re.compile(r"^\s*[-–—•*·]+\s*(?=[^\d๐-๙\s])")


def plan(words: Words) -> Context:
    """Return the plan in the order of the issues, each issue's topic merged over its rows.

    The column of follow-up is there only where a row uses it.
    """
    ordered = sorted(words.report.plan, key=lambda row: row.issue)
    follow_up = any(row.follow_up for row in ordered)
    rows = [_row(words, row, follow_up=follow_up) for row in ordered]
    merge(rows, "topic", [row.issue for row in ordered])
    return {
        "no": words.number(2),
        "follow_up": FOLLOW_UP if follow_up else "",
        "rows": rows,
    }


def _row(words: Words, row: PlanRow, *, follow_up: bool) -> Context:
    issue = words.catalogue.issue(row.issue)

    def points(values: tuple[str, ...]) -> list[str]:
        return [words.say(_BULLET.sub("", value)) for value in values] or [DASH]

    return {
        "topic": words.say(f"{row.issue}. {issue.name if issue else ''}"),
        "measures": points(row.measures),
        "findings": points(row.findings),
        "steps": points(row.steps),
        "period": points(row.period),
        "responsible": points(row.responsible),
        "follow_up": points(row.follow_up) if follow_up else [],
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
