"""Who signs the report: how names and positions are written, and the dates of signing; pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from itareport import thai
from itareport.check.facts import Facts
from itareport.problems import FieldPath, Problem, problem

_MISS = re.compile(r"น\.?ส\.?(?=\s*[ก-๙])")
_LEVEL = re.compile(
    r"(?<!\S)((?:นัก|เจ้าพนักงาน|นิติกร|วิศวกร|สถาปนิก)\S*)\s+"
    r"(ชำนาญการพิเศษ|ชำนาญการ|ปฏิบัติการ|เชี่ยวชาญ|ชำนาญงาน|ปฏิบัติงาน|อาวุโส)(?!\S)"
)
"""A position and its level, which are one word: นักวิเคราะห์นโยบายและแผนชำนาญการ."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield names and positions that official papers write otherwise, and doubtful dates."""
    yield from _unusual(facts)
    yield from _dates(facts)


def _unusual(facts: Facts) -> Iterator[Problem]:
    for index, person in enumerate(facts.report.signatures):
        where, label = ("signatures", index), f"ผู้ลงนามคนที่ {index + 1}"
        if found := _MISS.match(person.name.strip()):
            yield problem("D354", (*where, "name"), label=label, said=found[0], usual="นางสาว")
        for line, position in enumerate(person.position):
            if found := _LEVEL.search(position):
                usual, at = found[1] + found[2], (*where, "position", line)
                yield problem("D354", at, label=label, said=found[0], usual=usual)


def _dates(facts: Facts) -> Iterator[Problem]:
    """Yield dates outside the report's years, before the announcement, or out of order.

    The results come in August, so a date in September is right, before the plan's year begins.
    A year of two digits is a Buddhist one: of a Gregorian `1/10/25` comes 2525.
    """
    year, plan = facts.report.fiscal_year, facts.report.plan_year
    first = dt.date(year - 1 - thai.BUDDHIST, 10, 1)
    last = dt.date(plan - thai.BUDDHIST, 9, 30)
    announced = facts.report.result.announced
    signed: list[tuple[int, dt.date]] = []
    for index, person in enumerate(facts.report.signatures):
        if person.date is None:
            continue
        where: FieldPath = ("signatures", index, "date")
        label, date = f"ผู้ลงนามคนที่ {index + 1}", thai.long_date(person.date)
        if not first <= person.date <= last:
            told: dict[str, Any] = {"date": date, "year": year, "plan": plan}
            ends = {"start": thai.long_date(first), "end": thai.long_date(last)}
            yield problem("D282", where, label=label, **(told | ends))
            continue
        if announced is not None and person.date < announced:
            told = {"date": date, "announced": thai.long_date(announced)}
            yield problem("D351", where, label=label, also=[("result", "announced")], **told)
        signed.append((index, person.date))
    for (one, earlier), (other, later) in pairwise(signed):
        if later < earlier:
            where, label = ("signatures", other, "date"), f"ผู้ลงนามคนที่ {other + 1}"
            told = {"date": thai.long_date(later), "earlier": thai.long_date(earlier)}
            also = [("signatures", one, "date")]
            yield problem("D352", where, label=label, also=also, no=one + 1, **told)
