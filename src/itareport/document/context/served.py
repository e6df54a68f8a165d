"""The item of the next assessment that the report is handed in for, as the cover names it."""

from __future__ import annotations

from itareport.ita.catalogue import Catalogue
from itareport.ita.model import NO_ITEM, Report


def on_cover(report: Report, plan_catalogue: Catalogue | None) -> tuple[str, tuple[str, ...]]:
    """Return the cover's line of the item served, and the title line that belongs to the item.

    The data say it, or a published source of the year does; else both are empty.
    """
    year, code = _served(report, plan_catalogue)
    if not code:
        return "", ()
    known = plan_catalogue
    if known and not (known.fiscal_year == year and known.is_list_of(report.agency.kind)):
        known = None
    item = known.item(code) if known else None
    name = f" {item.name}" if item else ""
    above = known.serves.title if known and code == known.serves.report else None
    line = f"ใช้ประกอบการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} ข้อ {code}{name}"
    return line, (above,) if above else ()


def _served(report: Report, plan_catalogue: Catalogue | None) -> tuple[int, str]:
    given = report.serves
    if given is not None:
        return given.year or report.plan_year, "" if given.item == NO_ITEM else given.item
    year = plan_catalogue
    if year is None or not (year.serves.verified and year.is_list_of(report.agency.kind)):
        return report.plan_year, ""
    return report.plan_year, year.serves.report
