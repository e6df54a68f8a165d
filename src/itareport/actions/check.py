"""Check data files; on request, mark in a copy of a workbook every cell that must be mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from itareport.actions import prepare
from itareport.actions.outcome import FileOutcome, FilesOutcome, of_files
from itareport.problems import ItaReportError, problem
from itareport.reading import load


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
    from itareport.actions import annotate as marking

    elements = marking.elements(checked.workbook, catalogues)
    outputs: tuple[Path, ...] = ()
    if annotate and elements:
        try:
            outputs = (marking.copy(path, checked.workbook, problems, elements),)
        except ItaReportError as error:
            problems += error.problems
    return FileOutcome(problems, outputs, str(path), elements=elements)
