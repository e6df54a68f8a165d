"""When the measures of a plan are carried out: never before the month of signing; pure."""

from __future__ import annotations

from collections.abc import Sequence

from itareport import thai
from itareport.draft.draft_rows import Period
from itareport.ita.model import Report

_YEAR = 12


def periods(report: Report, wanted: Sequence[Period]) -> tuple[str, ...]:
    """Write the periods: `ตุลาคม 2568 – มีนาคม 2569 (จัดทำและเผยแพร่)`.

    What has passed before the month of signing is left out; the last period never is.
    """
    start = _signed(report)
    found: list[str] = []
    for period in wanted:
        first, last = _place(period.first), _place(period.last)
        if last < start and period is not wanted[-1]:
            continue
        late = period.late if not found and period is not wanted[0] else ""
        months = _span(min(max(first, start), last), last, report.plan_year)
        found.append(f"{months} ({late or period.what})")
    return tuple(found)


def is_signed_after(report: Report, month: int) -> bool:
    """Return whether the last signer signs after a month of the plan's fiscal year."""
    return _signed(report) > _place(month)


def _signed(report: Report) -> int:
    """Return the place in the plan's fiscal year of the last month of signing, 0 if before it."""
    dates = [person.date for person in report.signatures if person.date]
    if not dates:
        return 0
    last = max(dates)
    years = last.year + thai.BUDDHIST - (report.plan_year - 1)
    return years * _YEAR + last.month - 10


def _place(month: int) -> int:
    """Count from October, with which a fiscal year begins: 0 to 11."""
    return (month - 10) % _YEAR


def _span(first: int, last: int, plan_year: int) -> str:
    end = _month(last, plan_year)
    if first == last:
        return end
    beginning = _month(first, plan_year)
    same_year = beginning.split()[1] == end.split()[1]
    return f"{beginning.split()[0] if same_year else beginning} – {end}"


def _month(place: int, plan_year: int) -> str:
    month = (place + 9) % _YEAR
    return f"{thai.MONTHS[month]} {plan_year if month < 9 else plan_year - 1}"
