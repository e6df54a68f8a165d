"""Titles, units and terms of another kind of agency than the one that reports; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.check.prose.other_agencies import NO_NAME, strangers
from itareport.ita import areas
from itareport.ita.catalogue import Family, Kinds
from itareport.problems import Problem, problem

_NAME = "(?P<name>[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]{2,30})"
_GENERAL = ("ท้องถิ่น", "กรุงเทพ")
"""Words after the name of a law that is not one agency's own."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield the words of each other kind of agency, once, with all their places.

    A word beside a name means that agency; the check of names reports it.
    """
    own = facts.kinds.family(facts.kind)
    if own is None:
        return
    told = {text.where for _, _, texts in strangers(facts) for text in texts}
    said: set[str] = set()
    for other in (family for family in facts.kinds.families if family != own):
        instead = dict(zip(other.terms, own.terms, strict=True))
        instead |= dict(_short(facts.kinds, other, instead))
        instead = {w: right for w, right in instead.items() if w not in {right, *said}}
        said |= instead.keys()
        found: dict[str, None] = {}
        texts: list[Text] = []
        for text in facts.texts if instead else ():
            if text.where not in told and (words := list(_words(facts, text, other, instead))):
                found |= dict.fromkeys(words)
                texts.append(text)
        if texts:
            yield problem(
                "D269",
                texts[0].where,
                label=facts.label(texts[0].where) if len(texts) == 1 else "",
                also=[text.where for text in texts[1:]],
                other=other.name,
                found="” “".join(found),
                count=len(texts),
                parts=fields.sections(texts),
                own=facts.full_name,
                instead=" ".join(f"“{instead[word]}”" for word in found),
            )


def _short(kinds: Kinds, family: Family, instead: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the titles that are written with the abbreviation of a kind: นายก อบต."""
    kind = kinds.kind(family.name)
    for term, right in instead.items() if kind and kind.abbreviation else ():
        if kind and term.endswith(family.name):
            title, abbreviation = term.removesuffix(family.name), kind.abbreviation.rstrip(".")
            for short in (f"{abbreviation}.", abbreviation):
                yield f"{title} {short}", right
                yield f"{title}{short}", right


def _words(facts: Facts, text: Text, family: Family, words: Iterable[str]) -> Iterator[str]:
    """Yield the words of another family in a text, as far as no agency's name follows them."""
    laws, of_others = _laws(facts.kinds)
    for match in _either(tuple(words)).finditer(text.text):
        if match[0] in laws:
            named = of_others.match(text.text, match.end()) is not None
        else:
            signed = text.where[0] == "signatures"
            named = not signed and _is_named(facts.kinds, family, text.text, match.end())
        if not named:
            yield match[0]


@lru_cache(maxsize=64)
def _either(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


@lru_cache(maxsize=4)
def _laws(kinds: Kinds) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the words for laws, and the pattern of what follows a law of another agency.

    ข้อบัญญัติท้องถิ่น are laws of all kinds of agency; a named agency's laws are its own.
    """
    after = [word for family in kinds.families for word in family.after_law]
    words = "|".join(map(re.escape, dict.fromkeys((*_GENERAL, *after))))
    return frozenset(family.law for family in kinds.families), re.compile(rf"\s?(?:{words})")


def _is_named(kinds: Kinds, family: Family, text: str, end: int) -> bool:
    """Return whether an agency's name follows a title: นายกเทศมนตรี ตำบลควนเสาธง."""
    pattern = _named(kinds, family)
    match = pattern.match(text, end) if pattern else None
    return bool(match and not NO_NAME.match(match["name"]) and areas.may_be_name(match["name"]))


@lru_cache(maxsize=64)
def _named(kinds: Kinds, family: Family) -> re.Pattern[str] | None:
    """Return the pattern of a name after a title of a family; None if its agency has no name."""
    rest = [
        kind.name.removeprefix(family.name)
        for kind in kinds.kinds
        if kind.family == family.name and kind.sole is None
    ]
    if not rest:
        return None
    between = "|".join(map(re.escape, rest))
    return re.compile(rf"\s?(?:{between}){_NAME}" if between else _NAME)
