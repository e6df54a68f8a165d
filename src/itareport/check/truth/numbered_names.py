"""Official names beside the number of another indicator, issue, item, measure or tool; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.truth.tokens import squeezed
from itareport.ita import codes, measures
from itareport.problems import Problem, problem

_ANY = re.compile("[0-9๐-๙]|IT")
_MAY_NAME = re.compile(
    r"(?:ตัวชี้วัด(?:ย่อย)?|ประเด็น|มาตรการ)\s*(?:ที่)?\s*[0-9๐-๙]|[IEO]IT|[oO0๐][ .]?[0-9๐-๙]"
)
"""No text without one of these names what has a number."""
_HEAD = re.compile(
    r"(?P<sub>ตัวชี้วัด(?:ย่อย)?(?:ที่)?(?P<sub_no>[0-9]{1,2}\.[0-9])(?!\.?[0-9]))"
    r"|(?P<indicator>ตัวชี้วัด(?:ที่)?(?P<indicator_no>[0-9]{1,2})(?!\.?[0-9]))"
    r"|(?P<issue>ประเด็นที่(?P<issue_no>[0-9]{1,2})(?![0-9]))"
    r"|(?P<measure>มาตรการ(?:ที่)?(?P<measure_no>[0-9]{1,2}\.[0-9]{1,2})(?![.0-9]))"
)
"""What a number is of; its name may follow."""
_CALLED = {
    "sub": "ตัวชี้วัดย่อยที่ ",
    "indicator": "ตัวชี้วัดที่ ",
    "issue": "ประเด็นที่ ",
    "measure": "มาตรการที่ ",
    "item": "ข้อ ",
    "tool": "แบบ ",
}
_LEAD = re.compile('[“"(:]*(?:ด้าน|เรื่อง|คือ)?[“"]?')
_ENDS = re.compile(
    r"$|[^ก-๙]|ได้|มี|ไม่|ซึ่ง|และ|อยู่|จำนวน|เป็น|คะแนน|ใน|ของ|ควร|ยัง|พบ|โดย|ที่|ต้อง|ประกอบ|เพิ่ม|ลด|สูง|ต่ำ|เพื่อ|จึง|ให้"
)
"""What follows a name that is whole."""
_JOINED = re.compile(r"(?:[,/()\[\] –-]|และ|หรือ|กับ|ถึง|ข้อ(?:ที่)?){1,6}")
_LONG = 24
"""A longer name is meant as one, whatever follows it."""
_SHORTEST = 10
"""Shorter names are also words of other sentences."""


@dataclass(frozen=True)
class _Names:
    """The names that a number may have, and whose each name is."""

    of_number: Mapping[str, frozenset[str]]

    def wrong(self, numbers: Iterable[str], said: str, place: int) -> tuple[str, str]:
        """Return the name at a place and the number whose it is, "" where it is none of others."""
        lead = _LEAD.match(said, place)
        place = lead.end() if lead else place
        begun = self._begun.get(said[place : place + _SHORTEST], ())
        name = next((one for one in begun if said.startswith(one, place)), "")
        if not name or not (len(name) > _LONG or _ENDS.match(said, place + len(name))):
            return "", ""
        own = {one for number in numbers for one in self.of_number.get(number, ())}
        if not own or any(said.startswith(one, place) for one in own):
            return "", ""
        return name, next(no for no, names in self.of_number.items() if name in names)

    @cached_property
    def _begun(self) -> dict[str, list[str]]:
        """All names by their first letters, the longest first."""
        found: dict[str, list[str]] = {}
        for name in sorted((n for own in self.of_number.values() for n in own), key=len):
            found.setdefault(name[:_SHORTEST], []).insert(0, name)
        return found


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each official name, and each measure, that stands beside another's number."""
    named = _named(facts)
    for text in facts.texts:
        if text.where[0] in {"agency", "scores"} or not _numbered(text.text):
            continue
        said = squeezed(text.text)
        tools = _tools(facts, said) if "IT" in said else ()
        found = dict.fromkeys((*_headed(named, said), *_items(named["item"], said), *tools))
        for kind, number, name, other in found:
            if kind == "sub" and text.where[0] == "plan" and codes.find(said):
                continue  # told with the codes beside it
            called = _CALLED[kind]
            yield problem(
                "D359",
                text.where,
                label=facts.label(text.where),
                said=f"{called}{number}",
                name=name,
                other=f"{called}{other}",
            )


def _numbered(text: str) -> bool:
    return bool(_ANY.search(text) and _MAY_NAME.search(text))


def _headed(named: Mapping[str, _Names], said: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the kind, number, name and right number of what follows a word and a number."""
    for match in _HEAD.finditer(said):
        kind = next(kind for kind in named if kind in match.re.groupindex and match[kind])
        number = match[f"{kind}_no"]
        name, other = named[kind].wrong([number], said, match.end())
        if name:
            yield kind, number, name, other


def _items(items: _Names, said: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield likewise what follows a code; of a list any code may have the name."""
    group: list[str] = []
    end = 0
    for quoted in codes.find(said):
        if group and quoted.start > end and not _JOINED.fullmatch(said, end, quoted.start):
            group = []
        group.append(quoted.code)
        end = quoted.end
        name, other = items.wrong(group, said, end)
        if name:
            yield "item", quoted.code, name, other


def _tools(facts: Facts, said: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the short name of another tool after the name of one or of who answers it."""
    rows = facts.catalogue.tools.rows
    meant = {name: row.code for row in rows for name in (row.name, row.respondents)}
    meant = {fields.squeezed_name(name): code for name, code in meant.items()}
    for match in _tool_pattern(tuple(meant), tuple(row.code for row in rows)).finditer(said):
        right = meant[match["name"]]
        if match["code"] != right:
            yield "tool", match["code"], match["name"], right


@lru_cache(maxsize=8)
def _tool_pattern(names: tuple[str, ...], short: tuple[str, ...]) -> re.Pattern[str]:
    between = r"(?:หรือ)?[(:,]{0,2}(?:[A-Za-z ]{0,80}[:,]{0,2} ?)?"
    return re.compile(
        rf"(?P<name>{fields.longest(names)}){between}(?<![A-Za-z])(?P<code>{'|'.join(short)})(?![A-Za-z])"
    )


def _named(facts: Facts) -> dict[str, _Names]:
    """Return by kind the names of both years, and the measures of the plan."""
    years = facts.catalogues
    numbered = zip(facts.report.plan, measures.numbers(facts.report.plan), strict=True)
    named: dict[str, Iterator[tuple[str, str]]] = {
        "sub": ((sub.no, sub.name) for year in years for sub in year.sub_indicators.rows),
        "indicator": ((str(row.no), row.name) for year in years for row in year.indicators.rows),
        "issue": ((str(issue.no), issue.name) for year in years for issue in year.issues.rows),
        "item": ((one.code, one.name) for y in years for one in y.items.rows if one.official),
        "measure": (pair for row, nos in numbered for pair in zip(nos, row.measures, strict=True)),
    }
    return {kind: _names(tuple(pairs)) for kind, pairs in named.items()}


@lru_cache(maxsize=32)
def _names(pairs: tuple[tuple[str, str], ...]) -> _Names:
    """Return names as they stand in a squeezed text, without those that say too little."""
    found: dict[str, set[str]] = {}
    for number, name in pairs:
        if len(whole := squeezed(name)) >= _SHORTEST:
            found.setdefault(number, set()).add(whole)
    return _Names({number: frozenset(names) for number, names in found.items()})
