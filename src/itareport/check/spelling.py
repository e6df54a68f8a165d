"""The agency's own name in every text: another spelling of it is told; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.errors import Problem, problem
from itareport.kinds import OTHER, full_name

_SHORTEST = 4
"""A shorter name is close to too many words to be told from them."""
_BEFORE = (
    "เทศบาล", "เทศมนตรี", "ตำบล", "เมือง", "นคร", "จังหวัด", "องค์การบริหารส่วน",
    "ทต.", "ทม.", "ทน.", "อบต.", "อบจ.", "ทต", "ทม", "ทน", "อบต", "อบจ",
)  # fmt: skip


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each spelling that is close to the agency's own name, once, with all its places."""
    agency = facts.report.agency
    name = fields.squeezed(agency.name)
    if agency.kind == OTHER or len(name) < _SHORTEST:
        own = full_name(agency.kind, agency.name)
        yield problem("D315", ("agency", "name"), own=own)
        return
    found: dict[str, list[Text]] = {}
    for text in fields.texts(facts.report):
        if text.where[0] != "agency":
            for spelling in dict.fromkeys(_other_spellings(text.text, agency.kind, name)):
                found.setdefault(spelling, []).append(text)
    for spelling, (first, *others) in found.items():
        also = [text.where for text in others]
        own = agency.name
        yield problem("D267", first.where, label=first.label, also=also, found=spelling, own=own)


def _other_spellings(text: str, kind: str, name: str) -> Iterator[str]:
    """Yield what follows a word for a kind of agency and is almost, but not quite, the name.

    The words run on without a space, so the name is held to every beginning of what follows;
    a beginning that is the name makes it right, and short forms (เทศบาลฯ) are far from it.
    """
    allowed = _allowed(name)
    for match in _followed(kind).finditer(text):
        after = fields.squeezed(match["after"][: 2 * (len(name) + allowed)])
        if after.startswith(name):
            continue
        ends = range(max(1, len(name) - allowed), min(len(after), len(name) + allowed) + 1)
        near = [(distance(after[:end], name), -end) for end in ends]
        if near and 0 < min(near)[0] <= allowed:
            yield after[: -min(near)[1]]


@cache
def _followed(kind: str) -> re.Pattern[str]:
    """Return what finds the words before a name, and all Thai that follows them."""
    words = "|".join(r"\s*".join(map(re.escape, word)) for word in (kind, *_BEFORE) if word)
    return re.compile(rf"(?:{words})(?=\s*(?P<after>[ก-๎][ก-๎\s-]{{0,200}}))")


def _allowed(name: str) -> int:
    """Return how many letters a name may differ in and still be meant: two of eight."""
    return min(3, max(1, len(name) // 4))


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> int:
    """Count the letters to put in, take out or change to make one word the other."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, wanted in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (letter != wanted))
    return row[-1]
