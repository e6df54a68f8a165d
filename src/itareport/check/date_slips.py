"""Dates that no calendar or announcement has, and spans that run backwards; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itareport import thai
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.problems import Problem, problem

_MONTHS = {
    name: number
    for names in (thai.MONTHS, thai.SHORT_MONTHS)
    for number, name in enumerate(names, 1)
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH = "|".join(map(re.escape, _MONTHS))
_ERA = r"(?:พ\.\s?ศ\.)?\s*"
_YEAR = r"(?:2[45][0-9]{2}|[67][0-9])(?![0-9])"
_DAY = re.compile(
    rf"(?P<dated>วันที่\s*)?(?<![0-9.,/])(?P<day>[0-9]{{1,2}})\s*(?P<month>{_MONTH})(?P<year>\s*{_ERA}{_YEAR})?"
)
_SPAN = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})\s*)?(?P<month>{_MONTH})\s*{_ERA}(?P<year>{_YEAR})"
    rf"\s*(?:-|–|—|ถึง)\s*(?:วันที่\s*)?(?:(?P<to_day>[0-9]{{1,2}})\s*)?(?:เดือน\s*)?"
    rf"(?P<to_month>{_MONTH})\s*{_ERA}(?P<to_year>{_YEAR})"
)
_ANNOUNCED = re.compile(
    rf"ประกาศผล[^\n0-9]{{0,60}}?วันที่\s*(?P<said>[0-9]{{1,2}}\s*(?:{_MONTH})\s*{_ERA}2[45][0-9]{{2}})"
)
_DIGIT = re.compile("[0-9๐-๙]")
_MAY_DATE = re.compile(r"(?:คม|ยน|พันธ์|[คยพ]\.)(?=\s|[0-9๐-๙พป]|$)")
"""How the names of months end; no text without one names a day, or without two a span."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield days that no month has, spans that end before they begin, other days of the result."""
    for text in facts.texts:
        if text.where[0] == "agency" or not (
            _DIGIT.search(text.text) and _MAY_DATE.search(text.text)
        ):
            continue
        said = thai.arabic(text.text)
        spans = _spans(said) if len(_MAY_DATE.findall(said)) > 1 else ()
        for typed, fault in dict((*_days(said), *spans)).items():
            label = facts.label(text.where)
            yield problem("D361", text.where, label=label, said=typed, fault=fault)
        yield from _announced(facts, text, said)


def _days(said: str) -> Iterator[tuple[str, str]]:
    """Yield each day that its month does not have."""
    for match in _DAY.finditer(said):
        number = _MONTHS[match["month"]]
        if int(match["day"]) > _DAYS[number - 1] and (match["dated"] or match["year"]):
            yield match[0].strip(), f"เดือน{thai.MONTHS[number - 1]}มีไม่เกิน {_DAYS[number - 1]} วัน"


def _spans(said: str) -> Iterator[tuple[str, str]]:
    """Yield each span of months, both with their years, that ends before it begins."""
    for match in _SPAN.finditer(said):
        days = [match["day"], match["to_day"]] if match["day"] and match["to_day"] else ["0", "0"]
        begins, ends = (
            (int(match[f"{to}year"]) % 100, _MONTHS[match[f"{to}month"]], int(day))
            for to, day in zip(("", "to_"), days, strict=True)
        )
        if ends < begins:
            yield match[0].strip(), "สิ้นสุดก่อนเริ่ม"


def _announced(facts: Facts, text: Text, said: str) -> Iterator[Problem]:
    """Yield another day of the same year on which a text says that the result was announced."""
    announced = facts.report.result.announced
    for match in _ANNOUNCED.finditer(said) if announced else ():
        date = thai.parse_date(match["said"])
        if announced and date and date != announced and date.year == announced.year:
            told = {"said": match["said"], "announced": thai.long_date(announced)}
            label = facts.label(text.where)
            also = [("result", "announced")]
            yield problem("D362", text.where, label=label, also=also, **told)
