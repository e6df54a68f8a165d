"""The item of the next assessment that the report is handed in for, as the cover names it."""

from __future__ import annotations

from itareport.ita.catalogue import Catalogue
from itareport.ita.kinds import OTHER
from itareport.ita.model import NO_ITEM, Report


def on_cover(report: Report, plan_catalogue: Catalogue | None) -> tuple[str, tuple[str, ...]]:
    """Return the cover's line of the item served, and the title line that belongs to the item.

    The data say it, or a published source of the year does; else both are empty.
    """
    year, code = _served(report, plan_catalogue)
    if not code:
        return "", ()
    known = plan_catalogue if _has_list(report, plan_catalogue, year) else None
    item = known.item(code) if known else None
    name = f" {item.name}" if item else ""
    above = known.serves.title if known and code == known.serves.report else None
    line = f"ใช้ประกอบการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} ข้อ {code}{name}"
    return line, (above,) if above else ()


def _served(report: Report, plan_catalogue: Catalogue | None) -> tuple[int, str]:
    given = report.serves
    if given is not None:
        return given.year or report.plan_year, "" if given.item == NO_ITEM else given.item
    if plan_catalogue is None or report.agency.kind == OTHER or not plan_catalogue.serves.verified:
        return report.plan_year, ""
    return report.plan_year, plan_catalogue.serves.report


def _has_list(report: Report, catalogue: Catalogue | None, year: int) -> bool:
    """Tell whether a catalogue's items are those that the report is scored by that year.

    Schools, colleges and hospitals have lists of their own.
    """
    return catalogue is not None and catalogue.fiscal_year == year and report.agency.kind != OTHER
