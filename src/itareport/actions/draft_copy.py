"""Write a copy of a data file with drafts for what is empty; the file itself stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itareport import draft
from itareport.actions import prepare
from itareport.actions.outcome import Outcome
from itareport.document import picture
from itareport.files import output
from itareport.ita import names
from itareport.ita.model import Report
from itareport.problems import Flag, ItaReportError, Problem, Severity, problem
from itareport.reading import yamlwrite

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class DraftOutcome(Outcome):
    """The copy and how many drafts it has; no copy where nothing was empty, or with errors.

    A copy has problems too where it does not find its pictures (O619).
    """

    remarks: int = 0
    plan: int = 0


def copy(file: Path, out: Path | None, catalogues: Sequence[Path] = ()) -> DraftOutcome:
    """Write a copy with drafts beside the file, or at `out`; a workbook's is a workbook.

    Raises:
        ItaReportError: O606, O609: the copy's file is there, or is of another kind; those of the
            drafts, of the workbook and of output.
    """
    checked = prepare.check_file(file, prepare.Options(catalogues=tuple(catalogues)))
    if checked.ready is None:
        return DraftOutcome(checked.problems)
    if standing := tuple(filter(_stands_in_the_way, checked.problems)):
        return DraftOutcome(standing)
    before = checked.ready.report
    after = draft.fill(before, checked.ready.catalogue, draft.load(before.fiscal_year))
    if after is before:
        return DraftOutcome()
    kinds = (".xlsx",) if checked.workbook is not None else _YAML
    target = out or file.with_name(f"{file.stem} {names.DRAFT}{kinds[0]}")
    if target.suffix.lower() not in kinds:
        raise ItaReportError(problem("O609", file=target.name, kinds=kinds[0]))
    if output.is_there(target):
        raise ItaReportError(problem("O606", file=target.name))
    new = _new(before, after)
    if checked.workbook is not None:
        made = checked.workbook.drafted(checked.ready.catalogue, new, draft.says)
    else:
        made = yamlwrite.report(after, draft.HEAD)
    output.folder(target.parent)
    output.write(target, made)
    lost = picture.left_behind(before, file, target)
    return DraftOutcome(lost, (target,), len(new["remarks"]), len(new["plan"]))


def _stands_in_the_way(found: Problem) -> bool:
    """Tell whether a problem is an error in what drafts are made of: the agency, its scores.

    What drafts fill, or stand beside, may lack anything: remarks and the plan.
    """
    filled = found.has(Flag.FILLED_BY_DRAFT) or found.where[:1] in (("remarks",), ("plan",))
    return found.severity is Severity.ERROR and not filled


def _new(before: Report, after: Report) -> Mapping[Any, list[dict[str, Any]]]:
    """Return the rows that were drafted, as plain data."""
    pairs = {"remarks": (before.remarks, after.remarks), "plan": (before.plan, after.plan)}
    return {
        name: [row.model_dump(exclude_defaults=True) for row in new if row not in old]
        for name, (old, new) in pairs.items()
    }
