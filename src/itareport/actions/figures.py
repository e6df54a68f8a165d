"""What the official figures of a report are computed to, to be shown beside them as they are typed.

Nothing is decided here: a contradiction is a problem of the checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from itareport.check.arithmetic import indicators, totals
from itareport.check.facts import Facts
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Report


@dataclass(frozen=True, slots=True)
class Figures:
    """Computed figures, as far as what they are made of is known."""

    total: totals.Computed | None = None
    indicators: Mapping[int, indicators.Computed] = field(default_factory=dict)
    """By the indicator's number, of those that can be computed from their questions."""


def of(report: Report | None, year: Catalogue, kinds: Kinds) -> Figures:
    """Return the figures of a report, or of as much of it as could be read."""
    if report is None:
        return Figures()
    facts = Facts(report, year, None, kinds)
    found = {row.no: indicators.computed(facts, row) for row in year.indicators.rows}
    known = {no: one for no, one in found.items() if one is not None}
    return Figures(totals.computed(facts), known)
