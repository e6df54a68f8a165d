"""Which questions a remark is about: its own, those of an indicator, or those of a tool; pure."""

from __future__ import annotations

from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Remark, Report


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


def _precision(remark: Remark) -> tuple[bool, bool]:
    return bool(remark.code), remark.indicator is not None
