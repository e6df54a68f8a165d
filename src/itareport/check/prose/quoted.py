"""Codes that the plan quotes: of one of its years, beside the right sub-indicator; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from itareport import thai
from itareport.check import fields
from itareport.check.arithmetic.scores import known_codes
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.ita import codes
from itareport.ita.catalogue import Catalogue, SubIndicator
from itareport.ita.codes import Quoted
from itareport.problems import FieldPath, Problem, problem

_BETWEEN_CODES = re.compile(r"(?:[\s,/()\[\]•*.–—-]|และ|หรือ|ถึง|ข้อ(?:ที่)?)*")


@dataclass(frozen=True, slots=True)
class _Named:
    """A sub-indicator or indicator that a text names by number, and its position there."""

    no: str
    start: int


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield what the codes quoted in the plan have wrong."""
    naming = _naming(facts.catalogues)
    quoted = False
    for index, row in enumerate(facts.report.plan):
        where: FieldPath = ("plan", index)
        told = {"label": facts.label(where), "row": index + 1, "no": row.issue}
        column, before = "", ""
        for text in fields.texts(row, where):
            found = codes.find(text.text)
            quoted = quoted or bool(found)
            yield from _unknown(facts, text, found, told)
            yield from _zeros(text, found, told)
            named = _named(facts.catalogues, naming, thai.arabic(text.text))
            if not named and before and column == text.where[2] and _only(text.text, found):
                named = [_Named(before, 0)]
            column, before = str(text.where[2]), named[-1].no if named else ""
            yield from _misplaced(facts, text, _beside(found, named), told)
    if quoted and facts.plan_catalogue is None:
        years: dict[str, Any] = {
            "year": facts.report.fiscal_year,
            "plan_year": facts.report.plan_year,
        }
        yield problem("D310", ("plan",), **years)


def _unknown(
    facts: Facts, text: Text, found: Sequence[Quoted], told: dict[str, Any]
) -> Iterator[Problem]:
    for code in dict.fromkeys(quoted.code for quoted in found):
        if not any(catalogue.item(code) for catalogue in facts.catalogues):
            years = " หรือปี ".join(
                f"{catalogue.fiscal_year} ({known_codes(catalogue, code[0])})"
                for catalogue in facts.catalogues
            )
            yield problem("D261", text.where, **told, code=code, years=years)


def _zeros(text: Text, found: Sequence[Quoted], told: dict[str, Any]) -> Iterator[Problem]:
    """Report letters typed as zeros: a document prints them as typed."""
    typed = {text.text[q.start : q.end]: q.code for q in found if q.mended}
    typed = {word: code for word, code in typed.items() if codes.read(word)}
    if typed:
        codes_meant = ", ".join(typed.values())
        yield problem("D263", text.where, **told, typed=", ".join(typed), codes=codes_meant)


def _misplaced(
    facts: Facts, text: Text, beside: list[tuple[Quoted, str]], told: dict[str, Any]
) -> Iterator[Problem]:
    """Report codes that no year has under the sub-indicator named beside them."""
    wrong: dict[tuple[str, int], list[tuple[str, SubIndicator]]] = defaultdict(list)
    for quoted, no in beside:
        subs = [(c.fiscal_year, c.sub_indicator_of(quoted.code)) for c in facts.catalogues]
        right = [(year, sub) for year, sub in subs if sub is not None]
        if right and "." in no and not any(sub.no == no for _, sub in right):
            year, sub = right[0]
            wrong[no, year].append((quoted.code, sub))
    for (no, year), pairs in wrong.items():
        for right_no in dict.fromkeys(sub.no for _, sub in pairs):
            own = {code: sub.name for code, sub in pairs if sub.no == right_no}
            said: dict[str, Any] = {"codes": fields.listed(own), "name": next(iter(own.values()))}
            yield problem("D262", text.where, **told, **said, named=no, year=year, right=right_no)


def _naming(catalogues: Sequence[Catalogue]) -> re.Pattern[str]:
    names = [fields.squeezed_name(sub.name) for c in catalogues for sub in c.sub_indicators.rows]
    return _naming_of(tuple(dict.fromkeys(names)))


@lru_cache(maxsize=8)
def _naming_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what names an indicator by number, or a sub-indicator by number or name."""
    spaced = "|".join(r"\s*".join(map(re.escape, name)) for name in names)
    number = r"[0-9]{1,2}(?:\.[0-9])?(?!\.?[0-9])"
    head = r"ตัวชี้วัด\s*(?:ย่อย)?\s*(?:ที่)?\s*"
    return re.compile(
        rf"{head}(?:(?P<no>{number})|(?P<name>{spaced or '(?!)'}))"
        r"|(?<![0-9.])(?P<bare>[0-9]{1,2}\.[0-9])(?!\.?[0-9])"
    )


def _named(catalogues: Sequence[Catalogue], naming: re.Pattern[str], text: str) -> list[_Named]:
    found = []
    for match in naming.finditer(text):
        no = match["no"] or match["bare"]
        if match["name"]:
            name = fields.squeezed(match["name"])
            no = next(
                sub.no
                for catalogue in catalogues
                for sub in catalogue.sub_indicators.rows
                if fields.squeezed_name(sub.name) == name
            )
        if not match["bare"] or any(catalogue.sub_indicator(no) for catalogue in catalogues):
            found.append(_Named(no, match.start()))
    return found


def _beside(found: Sequence[Quoted], named: list[_Named]) -> list[tuple[Quoted, str]]:
    """Pair each code with what is named before it; after it, where the text begins with a code."""
    if not found or not named:
        return []
    if found[0].start < named[0].start:
        after = [(q, [n.no for n in named if n.start > q.start]) for q in found]
        return [(quoted, nos[0]) for quoted, nos in after if nos]
    return [(q, [n.no for n in named if n.start <= q.start][-1]) for q in found]


def _only(text: str, found: Sequence[Quoted]) -> bool:
    """Return whether a text is a list of codes and nothing else."""
    ends = [0, *(quoted.end for quoted in found)]
    starts = [*(quoted.start for quoted in found), len(text)]
    return bool(found) and all(
        _BETWEEN_CODES.fullmatch(text, min(end, start), start)
        for end, start in zip(ends, starts, strict=True)
    )
