"""Drafts of the program that nobody has confirmed yet; pure."""

from __future__ import annotations

from collections.abc import Iterator

from itareport.check.facts import Facts
from itareport.problems import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each remark and each row of the plan that is marked as a draft."""
    for name, text in (("remarks", "text"), ("plan", "measures")):
        for index, row in enumerate(getattr(facts.report, name)):
            if row.draft:
                label = facts.label((name, index))
                yield problem("D280", (name, index, text), label=label)
