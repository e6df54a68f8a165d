"""A copy of a data file with drafts for what is empty; the file itself stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itareport import draft
from itareport.actions import prepare
from itareport.document import picture
from itareport.files import output
from itareport.ita import names
from itareport.ita.model import Report
from itareport.problems import ItaReportError, Problem, Severity, problem
from itareport.reading import yamlwrite

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Drafted:
    """What came of it: errors where nothing could be drafted, else the report and its copy.

    A copy has problems too where it does not find its pictures (O619).
    """

    problems: tuple[Problem, ...] = ()
    before: Report | None = None
    after: Report | None = None
    target: Path | None = None
    """None where nothing was empty."""


def copy(file: Path, out: Path | None, options: prepare.Options) -> Drafted:
    """Write a copy with drafts beside the file, or at `out`; a workbook's is a workbook.

    Raises:
        ItaReportError: O606, O609: the copy's file is there, or is of another kind; those of the
            drafts, of the workbook and of output.
    """
    checked = prepare.check_file(file, options)
    if checked.ready is None:
        return Drafted(checked.problems)
    if standing := tuple(filter(_stands_in_the_way, checked.problems)):
        return Drafted(standing)
    before = checked.ready.report
    after = draft.fill(before, checked.ready.catalogue, draft.load(before.fiscal_year))
    if after is before:
        return Drafted((), before, after)
    kinds = (".xlsx",) if checked.workbook is not None else _YAML
    target = out or file.with_name(f"{file.stem} {names.DRAFT}{kinds[0]}")
    if target.suffix.lower() not in kinds:
        raise ItaReportError(problem("O609", file=target.name, kinds=kinds[0]))
    if output.is_there(target):
        raise ItaReportError(problem("O606", file=target.name))
    if checked.workbook is not None:
        new = _new(before, after)
        made = checked.workbook.drafted(checked.ready.catalogue, new, draft.says)
    else:
        made = yamlwrite.report(after, draft.HEAD)
    output.folder(target.parent)
    output.write(target, made)
    return Drafted(picture.left_behind(before, file, target), before, after, target)


def _stands_in_the_way(found: Problem) -> bool:
    """Tell whether a problem is an error in what drafts are made of: the agency, its scores.

    What drafts fill, or stand beside, may lack anything: remarks (D220 too) and the plan.
    """
    filled = found.code == "D220" or found.where[:1] in (("remarks",), ("plan",))
    return found.severity is Severity.ERROR and not filled


def _new(before: Report, after: Report) -> Mapping[Any, list[dict[str, Any]]]:
    """Return the rows that were drafted, as plain data."""
    pairs = {"remarks": (before.remarks, after.remarks), "plan": (before.plan, after.plan)}
    return {
        name: [row.model_dump(exclude_defaults=True) for row in new if row not in old]
        for name, (old, new) in pairs.items()
    }
