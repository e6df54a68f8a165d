"""List what a workbook's report still lacks, and write a copy with every problem in its cell.

The copy is written beside the workbook as `… (ผลตรวจ).xlsx`, never over a file that is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from itareport.files import output
from itareport.ita import catalogue, names
from itareport.ita.catalogue import Catalogue
from itareport.problems import ItaReportError, Problem
from itareport.reading import workbook


def elements(given: workbook.Opened, own: Sequence[Path] = ()) -> tuple[workbook.Element, ...]:
    """Return what the assessment asks of the report, each element there or not.

    Nothing where the agency's own catalogue cannot be read: its problems tell why.
    """
    try:
        return given.ready_list(_own(own, given))
    except ItaReportError:
        return ()


def _own(files: Sequence[Path], given: workbook.Opened) -> Catalogue | None:
    """Return the agency's own catalogue of the workbook's year, if one is given."""
    tree = given.document.data
    year = str(tree.get("fiscal_year")) if isinstance(tree, dict) else ""
    return next(
        (own for own in catalogue.own(files).years.values() if str(own.fiscal_year) == year), None
    )


def copy(
    path: Path,
    given: workbook.Opened,
    found: Sequence[Problem],
    listed: Sequence[workbook.Element],
) -> Path:
    """Write the copy with every problem in its cell beside the file, and return where.

    Raises:
        ItaReportError: D425, D426: a part of the workbook is too big, or damaged; those of output.
    """
    made = given.annotated(found, listed)
    target = _free(path)
    output.write(target, made)
    return target


def _free(path: Path) -> Path:
    stem = names.without_check_mark(path.stem)
    target, number = path.with_name(f"{stem} ({names.CHECKED}).xlsx"), 1
    while output.is_there(target):
        number += 1
        target = path.with_name(f"{stem} ({names.CHECKED} {number}).xlsx")
    return target
