"""Report once, instead of row by row, what a batch has drafted; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from itareport.ita.model import PlanRow, Remark, Report
from itareport.problems import Flag, Problem, problem


def summary(before: Report, after: Report) -> Iterator[Problem]:
    """Yield one note (D455) that lists all that `fill` added to a report, if it added anything."""
    remarks = [remark for remark in after.remarks if _is_new(remark, before.remarks)]
    plan = [row for row in after.plan if _is_new(row, before.plan)]
    if remarks or plan:
        codes = ", ".join(r.code or f"ตัวชี้วัดที่ {r.indicator}" for r in remarks)
        issues = ", ".join(str(no) for no in dict.fromkeys(row.issue for row in plan))
        said = [f"ข้อวิเคราะห์ข้อ {codes}"] if codes else []
        said += [f"แผนประเด็นที่ {issues}"] if issues else []
        yield problem("D455", what=" และ".join(said))


def told(before: Report, after: Report, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of a filled report without those that `summary` has listed.

    Args:
        before: The report as given.
        after: The same, filled by `fill`.
        problems: What the checks find in `after`; that a row is a draft (D280) is left out where
            `fill` added the row.
    """
    for found in problems:
        if not (found.has(Flag.IS_DRAFT) and _is_filled(found, before, after)):
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
