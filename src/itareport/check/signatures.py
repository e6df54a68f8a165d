"""The dates on which the report is signed, against its years; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from itareport import thai
from itareport.check.facts import Facts
from itareport.problems import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield dates before the result's fiscal year, or after the calendar year of the plan's.

    A year of two digits is a Buddhist one: of a Gregorian `1/10/25` comes 2525.
    """
    year, plan = facts.report.fiscal_year, facts.report.plan_year
    first = dt.date(year - 1 - thai.BUDDHIST, 10, 1)
    last = dt.date(plan - thai.BUDDHIST, 12, 31)
    for index, person in enumerate(facts.report.signatures):
        if person.date is not None and not first <= person.date <= last:
            said: dict[str, Any] = {"date": thai.long_date(person.date), "year": year, "plan": plan}
            where = ("signatures", index, "date")
            yield problem("D282", where, label=facts.label(where[:2]), **said)
