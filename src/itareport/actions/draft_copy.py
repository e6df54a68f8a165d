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
from itareport.problems import FieldPath, Flag, ItaReportError, Problem, Severity, problem
from itareport.reading import yamlwrite

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class DraftOutcome(Outcome):
    """The copy and how many drafts it has; no copy where nothing was empty, or with errors.

    A copy has problems too where it does not find its pictures (O619).
    """

    remarks: int = 0
    plan: int = 0
    """Of so many issues."""
    measures: int = 0


def copy(
    file: Path, out: Path | None, catalogues: Sequence[Path] = (), *, refresh: bool = False
) -> DraftOutcome:
    """Write a copy with drafts beside the file, or at `out`; a workbook's is a workbook.

    With `refresh` what is still marked as a draft is made anew, for scores that have changed.

    Raises:
        ItaReportError: O606, O609: the copy's file is there, or is of another kind; those of the
            drafts, of the workbook and of output.
    """
    checked = prepare.check_file(file, prepare.Options(catalogues=tuple(catalogues)))
    if checked.ready is None:
        return DraftOutcome(checked.problems)
    if errors := tuple(filter(_prevents_drafts, checked.problems)):
        return DraftOutcome(errors)
    before, year = checked.ready.report, checked.ready.catalogue
    drafts = draft.load(before.fiscal_year)
    after = draft.fill(before, year, checked.ready.kinds, drafts, refresh=refresh)
    if after is before:
        return DraftOutcome()
    kinds = (".xlsx",) if checked.workbook is not None else _YAML
    target = out or file.with_name(f"{names.without_check_mark(file.stem)} {names.DRAFT}{kinds[0]}")
    if target.suffix.lower() not in kinds:
        raise ItaReportError(problem("O609", file=target.name, kinds=kinds[0]))
    output.refuse_to_overwrite(target)
    if checked.workbook is not None:
        rows = _drafts(before, after, refresh=refresh)
        follow_up = "" if before.follow_up else after.follow_up or ""
        said: dict[FieldPath, str] = {("follow_up",): follow_up}
        made = checked.workbook.drafted(year, rows, said, draft.says, refresh=refresh)
    else:
        made = yamlwrite.report(after, draft.HEAD)
    output.folder(target.parent)
    output.write(target, made)
    lost, new = picture.left_behind(before, file, target), _drafts(before, after, refresh=False)
    issues = {row["issue"] for row in new["plan"]}
    measures = sum(len(row["measures"]) for row in new["plan"])
    return DraftOutcome(lost, (target,), len(new["remarks"]), len(issues), measures)


def _prevents_drafts(found: Problem) -> bool:
    """Return whether a problem is an error in what drafts are made of: the agency, its scores.

    Remarks and the plan, which drafts fill, may be incomplete.
    """
    filled = found.has(Flag.FILLED_BY_DRAFT) or found.where[:1] in (("remarks",), ("plan",))
    return found.severity is Severity.ERROR and not filled


def _drafts(before: Report, after: Report, *, refresh: bool) -> Mapping[Any, list[dict[str, Any]]]:
    """Return the rows that were drafted, as plain data; refreshed, all that are drafts."""
    remarks = [r for r in after.remarks if r.draft and (refresh or r not in before.remarks)]
    plan = [r for r in after.plan if r.draft and (refresh or r not in before.plan)]
    return {
        name: [row.model_dump(exclude_defaults=True) for row in rows]
        for name, rows in (("remarks", remarks), ("plan", plan))
    }
