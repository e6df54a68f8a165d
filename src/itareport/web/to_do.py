"""How much is still to be done in a report: what is wrong, empty, doubtful, unread; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from itareport import draft
from itareport.actions import prepare
from itareport.ita.catalogue import Own
from itareport.ita.model import PlanRow, Remark, Report
from itareport.problems import Flag, Problem, Severity


@dataclass(frozen=True, slots=True)
class ToDo:
    """How much is still to be done in a report, or in a step of it."""

    wrong: int = 0
    """The errors that are not only about what is still empty."""
    missing: int = 0
    """The errors that say that nothing is there yet."""
    warnings: int = 0
    drafts: int = 0
    """The remarks and rows of the plan that nobody has read yet."""


def counted(problems: Iterable[Problem], drafts: int) -> ToDo:
    """Count these problems, beside so many drafts."""
    found = list(problems)
    errors = [p for p in found if p.severity is Severity.ERROR]
    missing = sum(p.has(Flag.IS_MISSING) for p in errors)
    warnings = sum(p.severity is Severity.WARNING and not p.has(Flag.IS_DRAFT) for p in found)
    return ToDo(len(errors) - missing, missing, warnings, drafts)


def of_all(checked: prepare.Checked, report: Report | None) -> ToDo:
    """Count what is still to be done in a whole report, as `report_of` gives it."""
    remarks, plan = unread(report)
    return counted(checked.problems, len(remarks) + len(plan))


def unread(report: Report | None) -> tuple[list[Remark], list[PlanRow]]:
    """Return the remarks and the rows of the plan that are drafts still."""
    remarks, plan = (report.remarks, report.plan) if report else ((), ())
    return [row for row in remarks if row.draft], [row for row in plan if row.draft]


def report_of(checked: prepare.Checked, own: Own) -> Report | None:
    """Return as much of a report as could be read, with drafts for what is empty."""
    report = checked.ready.report if checked.ready else checked.part
    return None if report is None else drafted(report, own)


def drafted(report: Report, own: Own) -> Report:
    """Return a report with the program's drafts for what is empty, where its year has any."""
    year = report.fiscal_year
    if year not in draft.known_years():
        return report
    return draft.fill(report, own.year(year), own.kinds, prepare.drafts_of(year))
