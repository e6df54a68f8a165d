"""What a run without the clerk drafted, told once instead of row by row; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from itareport.ita.model import PlanRow, Remark, Report
from itareport.problems import Problem, problem


def told(before: Report, after: Report, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of a filled report: one for all that was filled (D455), then the others.

    Args:
        before: The report as given.
        after: The same, filled by `fill`.
        problems: What the checks say of `after`; D280 of a row that was filled is left out.
    """
    remarks = [remark for remark in after.remarks if _is_new(remark, before.remarks)]
    plan = [row for row in after.plan if _is_new(row, before.plan)]
    if remarks or plan:
        codes = ", ".join(remark.code for remark in remarks) or "-"
        issues = ", ".join(str(row.issue) for row in plan) or "-"
        yield problem("D455", codes=codes, issues=issues)
    for found in problems:
        if not (found.code == "D280" and _is_filled(found, before, after)):
            yield found


def _is_new(row: Remark | PlanRow, rows: Iterable[Remark | PlanRow]) -> bool:
    return row.draft and row not in rows


def _is_filled(found: Problem, before: Report, after: Report) -> bool:
    name, index, *_ = found.where
    if not isinstance(index, int):
        return False
    if name == "remarks":
        return _is_new(after.remarks[index], before.remarks)
    return name == "plan" and _is_new(after.plan[index], before.plan)
