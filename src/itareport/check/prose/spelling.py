"""Find misspellings of the agency's own name in every text; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from itareport import thai
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.ita import areas
from itareport.ita.catalogue import Kinds
from itareport.ita.kinds import OTHER, full_name
from itareport.problems import Problem, problem

_SHORTEST = 4
"""A shorter name resembles too many other words."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each spelling that is close to the agency's own name, once, with all its places."""
    agency = facts.report.agency
    if agency.kind == OTHER or len(facts.name) < _SHORTEST:
        own = full_name(agency.kind, agency.name)
        yield problem("D315", ("agency", "name"), own=own)
        return
    found: dict[str, list[Text]] = {}
    for text in facts.texts:
        if text.where[0] != "agency":
            for spelling in dict.fromkeys(_other_spellings(facts, text.text)):
                found.setdefault(spelling, []).append(text)
    for spelling, (first, *others) in found.items():
        also = [text.where for text in others]
        own = agency.name
        label = facts.label(first.where)
        yield problem("D267", first.where, label=label, also=also, found=spelling, own=own)


def _other_spellings(facts: Facts, text: str) -> Iterator[str]:
    """Yield what follows a word for a kind of agency and is almost, but not quite, the name."""
    kind = facts.kind.name if facts.kind else facts.report.agency.kind
    longest = 2 * (len(facts.name) + _allowed(facts.name))
    for match in _followed(facts.kinds, kind).finditer(text):
        begins = fields.squeezed(text[match.start() : match.start() + longest])
        after = fields.squeezed(match["after"][:longest])
        # นคร of นครศรีธรรมราช is no word before a name; that of นายกเทศมนตรีนครสงขลา is the kind's.
        is_name = begins.startswith(facts.name) or _is_kind_and_name(kind, facts.name, after)
        spelling = other_spelling(facts, after)
        if spelling and not is_name:
            yield spelling


def _is_kind_and_name(kind: str, name: str, after: str) -> bool:
    """Return whether the end of the kind and then the name follow: นคร of เทศบาลนคร, and สงขลา."""
    before, found, _ = after.partition(name)
    return bool(found) and kind.endswith(before)


def other_spelling(facts: Facts, after: str) -> str:
    """Return the beginning of what follows that is almost the own name, or "" where none is.

    Thai has no spaces between words, so the name is compared with every beginning of what follows;
    a beginning that is the name makes it right, short forms (เทศบาลฯ) are far from it, and
    another place of the province is spelled as it should be.
    """
    name = facts.name
    allowed = _allowed(name)
    if len(name) < _SHORTEST or after.startswith(name):
        return ""
    ends = range(max(1, len(name) - allowed), min(len(after), len(name) + allowed) + 1)
    found = [(distance(after[:end], name), -end) for end in ends]
    if not found or not 0 < min(found)[0] <= allowed or _is_place(facts, after):
        return ""
    return after[: -min(found)[1]]


def _is_place(facts: Facts, after: str) -> bool:
    _, province = thai.bare_area("", fields.unquoted(facts.report.agency.province))
    least = len(facts.name) - 1
    return any(after.startswith(n) for n in areas.names_in(province) if len(n) >= least)


@lru_cache(maxsize=64)
def _followed(kinds: Kinds, kind: str) -> re.Pattern[str]:
    """Return what finds the words before a name, and all Thai that follows them."""
    short = [known.abbreviation for known in kinds.kinds]
    before = [word for known in kinds.kinds for word in known.before_name]
    known = dict.fromkeys((kind, *before, *short, *(word.rstrip(".") for word in short)))
    words = "|".join(r"\s*".join(map(re.escape, word)) for word in known if word)
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
