"""Which questions a remark is about: its own, those of an indicator, or those of a tool; pure."""

from __future__ import annotations

from collections.abc import Iterator

from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Published, Remark, Report


def covered(remark: Remark, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the codes that a remark is about, in the order of the assessment."""
    if remark.code:
        return remark.covered
    if remark.indicator is not None:
        owners = {code: catalogue.indicator_of(code) for code in catalogue.codes}
        return tuple(c for c, row in owners.items() if row and row.no == remark.indicator)
    tool = catalogue.tool(remark.tool or "")
    return tuple(code for code in catalogue.codes if tool and code[0] == tool.letter)


def by_code(report: Report, catalogue: Catalogue) -> dict[str, Remark]:
    """Return the remark of each code: its own before its indicator's, that before its tool's."""
    ordered = sorted(report.remarks, key=_precision)
    return {code: remark for remark in ordered for code in covered(remark, catalogue)}


def of_part(report: Report, tool: str, indicator: int | None) -> Remark | None:
    """Return the remark of an indicator, or of its tool, where no question is known."""
    own = (r for r in report.remarks if indicator is not None and r.indicator == indicator)
    of_tool = (r for r in report.remarks if r.tool == tool)
    return next(own, None) or next(of_tool, None)


def printed(report: Report, catalogue: Catalogue) -> Iterator[Remark]:
    """Yield the remark of each row of Part 1 that has one."""
    if report.result.published is Published.ITEMS:
        yield from by_code(report, catalogue).values()
        return
    known = {row.no for row in report.result.indicators}
    rows: list[tuple[str, int | None]] = [
        (row.tool, row.no) for row in catalogue.indicators.rows if row.no in known
    ]
    if report.result.published is Published.TOTAL:
        rows = [(tool.code, None) for tool in catalogue.tools.rows]
    yield from filter(None, (of_part(report, tool, no) for tool, no in rows))


def _precision(remark: Remark) -> tuple[bool, bool]:
    return bool(remark.code), remark.indicator is not None
