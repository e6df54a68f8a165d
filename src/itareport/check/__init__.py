"""Report against catalogue: problems, in the order in which a clerk mends them; pure."""

from __future__ import annotations

from itareport.check import agency, date_slips, periods, plan, remarks, serves, signatures
from itareport.check.arithmetic import grouping, indicators, results, scores, totals
from itareport.check.facts import Facts
from itareport.check.prose import (
    copied,
    leftovers,
    other_agencies,
    promises,
    quoted,
    spelling,
    substance,
    terms,
    unconfirmed,
    wrongdoing,
)
from itareport.check.truth import contradictions, counts, numbered_names
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.described import GROUPS
from itareport.ita.model import Report
from itareport.problems import Problem, Severity

_PARTS = (
    agency, results, totals, indicators, scores, remarks, wrongdoing, substance, grouping,
    plan, quoted, periods, promises, contradictions, counts, numbered_names, date_slips,
    leftovers, spelling, other_agencies, copied, terms, unconfirmed, serves, signatures,
)  # fmt: skip
_SEVERITIES = list(Severity)
_FIELDS = list(dict.fromkeys(field for model in GROUPS.values() for field in model.model_fields))
"""The fields in the order in which the data file has them."""


def check(
    report: Report, catalogue: Catalogue, plan_catalogue: Catalogue | None, kinds: Kinds
) -> tuple[Problem, ...]:
    """Return all that is wrong or odd with a report, and what could not be checked.

    Errors come first, then warnings, notes and what is unchecked; each by field, as the data file
    orders them.  Official figures are never changed: a contradiction is reported.

    Args:
        report: What `load` read; its own values are in order.
        catalogue: Of the result's fiscal year.
        plan_catalogue: Of the year after, for codes that the plan quotes; None if there is none.
        kinds: The kinds of agency that are known.
    """
    facts = Facts(report, catalogue, plan_catalogue, kinds)
    found = [problem for part in _PARTS for problem in part.problems(facts)]
    return tuple(sorted(found, key=_order))


def _order(problem: Problem) -> tuple[int, tuple[int, ...]]:
    return _SEVERITIES.index(problem.severity), tuple(map(_place, problem.where))


def _place(part: str | int) -> int:
    """Return the sort key of one step of a path: a row's number, or a field's order in the file."""
    return part if isinstance(part, int) else _FIELDS.index(part)
