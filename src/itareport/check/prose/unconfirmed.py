"""Drafts of the program that nobody has confirmed yet; pure."""

from __future__ import annotations

from collections.abc import Iterator

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.problems import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each remark and each row of the plan that is marked as a draft."""
    for index, remark in enumerate(facts.report.remarks):
        if remark.draft:
            label = f"ข้อวิเคราะห์ข้อ {remark.code}"
            yield problem("D280", ("remarks", index, "text"), label=label)
    for index, row in enumerate(facts.report.plan):
        if row.draft:
            label = fields.plan_row(index, row)
            yield problem("D280", ("plan", index, "measures"), label=label)
