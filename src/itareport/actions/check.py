"""Check data files; on request, mark in a copy of a workbook every cell that must be mended.

The copy is written beside the workbook as `… (ผลตรวจ).xlsx`, never over a file that is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from itareport.actions import prepare
from itareport.actions.outcome import FileOutcome, FilesOutcome, of_files
from itareport.check.arithmetic import indicators, totals
from itareport.check.facts import Facts
from itareport.files import output
from itareport.ita import catalogue, names
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Report
from itareport.problems import ItaReportError, problem
from itareport.reading import load

if TYPE_CHECKING:
    from itareport.reading import workbook


def files(
    paths: Iterable[Path], catalogues: Sequence[Path] = (), *, annotate: bool = False
) -> FilesOutcome:
    """Check data files one after another; return the problems and marked copies of each."""
    return of_files(file(path, catalogues, annotate=annotate) for path in paths)


def file(path: Path, catalogues: Sequence[Path] = (), *, annotate: bool = False) -> FileOutcome:
    """Check one data file; return its problems, and of a workbook what the report still lacks.

    Args:
        path: The data file.
        catalogues: The office's own catalogues.
        annotate: Whether a workbook gets a marked copy beside it.
    """
    checked = prepare.check_file(path, prepare.Options(catalogues=tuple(catalogues)))
    problems = checked.problems
    if annotate and path.suffix.lower() not in load.WORKBOOKS:
        problems += (problem("O631", file=path.name),)
    if checked.workbook is None:
        return FileOutcome(problems, file=str(path))
    elements = _elements(checked.workbook, catalogues)
    outputs: tuple[Path, ...] = ()
    if annotate and elements:
        try:
            marked = checked.workbook.annotated(problems, elements)
            plain = path.with_name(f"{names.without_check_mark(path.stem)}.xlsx")
            target = output.free_name(plain, names.CHECKED)
            output.write(target, marked)
            outputs = (target,)
        except ItaReportError as error:
            problems += error.problems
    return FileOutcome(problems, outputs, str(path), elements=elements)


def _elements(given: workbook.Opened, own: Sequence[Path]) -> tuple[workbook.Element, ...]:
    """Return what the assessment asks of the report, by the agency's own catalogue if it has one.

    Nothing where that catalogue cannot be read: its problems tell why.
    """
    tree = given.document.data
    year = str(tree.get("fiscal_year")) if isinstance(tree, dict) else ""
    try:
        years = {str(of): found for of, found in catalogue.own(own).years.items()}
        return given.ready_list(years.get(year))
    except ItaReportError:
        return ()


# -- figures, to be shown beside the official ones while they are typed -----------------------


@dataclass(frozen=True, slots=True)
class ComputedFigures:
    """Computed figures, as far as what they are made of is known."""

    total: totals.ComputedTotal | None = None
    indicators: Mapping[int, indicators.ComputedIndicator] = field(default_factory=dict)
    """By the indicator's number, of those that can be computed from their questions."""


def figures(report: Report | None, year: Catalogue, kinds: Kinds) -> ComputedFigures:
    """Return the figures of a report, or of as much of it as could be read."""
    if report is None:
        return ComputedFigures()
    facts = Facts(report, year, None, kinds)
    found = {row.no: indicators.computed(facts, row) for row in year.indicators.rows}
    known = {no: one for no, one in found.items() if one is not None}
    return ComputedFigures(totals.computed(facts), known)
