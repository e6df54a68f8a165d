"""Periods of the plan: months and years outside the plan year; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from itareport import thai
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.problems import Problem, problem

_SHORT = "|".join(r"\.\s?".join(month.split(".")[:2]) + r"\." for month in thai.SHORT_MONTHS)
_MONTH = f"(?:{'|'.join(thai.MONTHS)}|{_SHORT})"
_ERA = r"(?:(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ปี)\s*){0,3}"
_LONG_YEAR = r"(?:2[456][0-9]{2}|20[0-9]{2})(?![0-9])"
_YEAR = rf"(?:{_LONG_YEAR}|[6-9][0-9](?![0-9]))"
_TO = r"\s*(?:-|–|—|ถึง)\s*"
_WHOLE_YEAR = re.compile(
    r"ตลอด|ทั้งปี|ทุก\s*[0-9]*\s*(?:เดือน|ไตรมาส|วัน|สัปดาห์|ปี)|ราย(?:เดือน|ไตรมาส|ปี)|ต่อเนื่อง|ไตรมาส"
)
_SPAN = re.compile(
    rf"(?P<fiscal>(?:ปี)?งบประมาณ\s*|ไตรมาส\s*(?:ที่)?\s*[1-4]\s*/\s*)?{_ERA}"
    rf"(?P<first>{_LONG_YEAR}){_TO}{_ERA}(?P<last>{_LONG_YEAR})"
    rf"|(?:ปีงบ(?:ประมาณ)?|งบประมาณ)\s*{_ERA}(?P<budget>{_YEAR})"
    rf"|ไตรมาส\s*(?:ที่)?\s*[1-4]\s*/\s*(?P<quarter>{_YEAR})"
    rf"|[0-9]{{1,2}}(?P<sep>[/.-])(?P<number>[0-9]{{1,2}})(?P=sep)(?P<dated>{_YEAR})"
    rf"|(?:[0-9]{{1,2}}\s*)?(?P<month>{_MONTH})\s*{_ERA}(?P<year>{_YEAR})?"
    rf"|{_ERA}(?P<bare>{_LONG_YEAR})(?!\s*(?:คน|ราย|บาท|ครั้ง|ครัวเรือน|แห่ง|ชุด|เล่ม|หน่วย))"
)
_DEADLINE = re.compile(r"ภายใน[^\n]{0,40}")
_MONTH_NUMBER = {
    fields.squeezed(name): number
    for names in (thai.MONTHS, thai.SHORT_MONTHS)
    for number, name in enumerate(names, 1)
}


@dataclass(frozen=True, slots=True)
class _Time:
    """A month of a Buddhist year, or the first and last of years; no year where none is typed."""

    typed: str
    years: tuple[int, ...]
    month: int = 0
    fiscal: bool = False

    @property
    def fiscal_year(self) -> int:
        """The fiscal year of the month, or the last of the years; 0 where none is typed."""
        if not self.years:
            return 0
        return self.years[0] + (self.month >= 10) if self.month else max(self.years)

    def outside(self, plan_year: int) -> bool:
        """Return whether no part of it is in the fiscal year, October to September."""
        if not self.years:
            return False
        if self.month:
            return self.fiscal_year != plan_year
        allowed = {plan_year} if self.fiscal else {plan_year - 1, plan_year}
        return allowed.isdisjoint(range(min(self.years), max(self.years) + 1))


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield the periods and deadlines outside the plan year, and periods without month or year."""
    year = facts.report.plan_year
    wrong: dict[frozenset[int], list[Text]] = {}
    for index, row in enumerate(facts.report.plan):
        for point, text in enumerate(row.period):
            where = ("plan", index, "period", point)
            times = list(_times(thai.arabic(text)))
            outside = dict.fromkeys(time.typed for time in times if time.outside(year))
            if outside:
                years = frozenset(time.fiscal_year for time in times if time.outside(year))
                wrong.setdefault(years, []).append(Text(where, ", ".join(outside)))
            elif not times and not _WHOLE_YEAR.search(text) and text.strip("-–—•*·. "):
                told: dict[str, Any] = {"row": index + 1, "no": row.issue, "period": text}
                yield problem("D312", where, label=facts.label(where[:2]), **told)

        for point, text in enumerate(row.steps):
            late = dict.fromkeys(_over(thai.arabic(text), year))
            if late:
                found = Text(("plan", index, "steps", point), ", ".join(late))
                wrong.setdefault(frozenset(), []).append(found)

    for texts in wrong.values():
        yield _outside(facts, texts)


def _over(text: str, plan_year: int) -> Iterator[str]:
    """Yield the deadlines in a step that are over before the plan's year begins."""
    for match in _DEADLINE.finditer(text):
        for time in _times(match[0]):
            if time.month and time.years and time.fiscal_year < plan_year:
                yield time.typed


def _outside(facts: Facts, texts: list[Text]) -> Problem:
    """Report all periods of one wrong year at once: the same mistake is made in every row."""
    year, (first, *others) = facts.report.plan_year, texts
    label = facts.label(first.where[:2])
    if rows := {int(text.where[1]) + 1 for text in texts} - {int(first.where[1]) + 1}:
        label = f"แผนแถวที่ {fields.spans({int(first.where[1]) + 1, *rows})}"
    return problem(
        "D265",
        first.where,
        label=label,
        also=[text.where for text in others],
        rows=label.removeprefix("แผนแถวที่ "),
        outside="” “".join(dict.fromkeys(text.text for text in texts)),
        year=year,
        start=f"1 ตุลาคม {year - 1}",
        end=f"30 กันยายน {year}",
    )


def _times(text: str) -> Iterator[_Time]:
    """Yield the months and years in a text; a month without a year has that of the next month."""
    waiting: list[re.Match[str]] = []
    for match in _SPAN.finditer(text):
        typed = match[0].strip()
        if match["month"]:
            month = _MONTH_NUMBER[fields.squeezed(match["month"])]
            waiting.append(match)
            if match["year"]:
                yield from _months(waiting, month, _buddhist(match["year"]))
                waiting = []
        elif match["first"]:
            years = (_buddhist(match["first"]), _buddhist(match["last"]))
            yield _Time(typed, years, fiscal=bool(match["fiscal"]))
        elif match["budget"] or match["quarter"]:
            year = _buddhist(match["budget"] or match["quarter"])
            yield _Time(typed, (year,), fiscal=True)
        elif match["dated"]:
            yield _Time(typed, (_buddhist(match["dated"]),), int(match["number"]))
        elif match["bare"]:
            yield _Time(typed, (_buddhist(match["bare"]),))
    yield from (_Time(match[0].strip(), ()) for match in waiting)


def _months(matches: list[re.Match[str]], last: int, year: int) -> list[_Time]:
    found = []
    for match in reversed(matches):
        month = _MONTH_NUMBER[fields.squeezed(match["month"])]
        year -= month > last
        last = month
        found.append(_Time(match[0].strip(), (year,), month))
    return found[::-1]


def _buddhist(year: str) -> int:
    number = int(year)
    if number < 100:
        return number + 2500
    return number if number > 2400 else number + thai.BUDDHIST
