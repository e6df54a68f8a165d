"""Write a copy of a data file with drafts for what is empty; the file itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from itareport import draft
from itareport.actions import prepare
from itareport.actions.outcome import Outcome
from itareport.document import picture
from itareport.files import output
from itareport.ita import catalogue, names
from itareport.ita.kinds import full_name
from itareport.ita.model import Report
from itareport.plain import PlainData
from itareport.problems import FieldPath, Flag, ItaReportError, Place, Problem, Severity, problem
from itareport.reading import load, yamlwrite
from itareport.reading.workbook import wide

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
    of_many: bool = False
    """Whether it is a table of many agencies, whose drafts are confirmed by name and date."""


def copy(
    file: Path, out: Path | None, catalogues: Sequence[Path] = (), *, refresh: bool = False
) -> DraftOutcome:
    """Write a copy with drafts beside the file, or at `out`; a workbook's is a workbook.

    With `refresh` what is still marked as a draft is made anew, for scores that have changed.
    A table of many agencies gets the drafts of each on its sheets; of an agency with errors none.

    Raises:
        ItaReportError: O606, O609: the copy's file is there, or is of another kind; those of the
            drafts, of the workbook and of output.
    """
    options = prepare.Options(catalogues=tuple(catalogues))
    checked = prepare.check_file(file, options)
    if any(one.has(Flag.IS_TABLE) for one in checked.problems) and (table := _table(file, options)):
        return _of_table(file, table, out, options, refresh=refresh)
    if checked.ready is None:
        return DraftOutcome(checked.problems)
    if errors := tuple(filter(_prevents_drafts, checked.problems)):
        return DraftOutcome(errors)
    before, after = _filled(checked.ready, refresh=refresh)
    if after is before:
        return DraftOutcome()
    target = _target(file, out, (".xlsx",) if checked.workbook is not None else _YAML)
    if checked.workbook is not None:
        rows = _drafts(before, after, refresh=refresh)
        said: dict[FieldPath, str] = {("follow_up",): _follow_up(before, after)}
        year = checked.ready.catalogue
        made = checked.workbook.drafted(year, rows, said, draft.says, refresh=refresh)
    else:
        made = yamlwrite.report(after, draft.HEAD)
    return _put(target, made, picture.left_behind(before, file, target), [(before, after)])


def _filled(ready: prepare.Ready, *, refresh: bool) -> tuple[Report, Report]:
    """Return a report before and after it is filled with drafts."""
    before, drafts = ready.report, draft.load(ready.report.fiscal_year)
    return before, draft.fill(before, ready.catalogue, ready.kinds, drafts, refresh=refresh)


def _target(file: Path, out: Path | None, kinds: Sequence[str]) -> Path:
    """Return where the copy goes, of one of the kinds."""
    target = out or file.with_name(f"{names.without_check_mark(file.stem)} {names.DRAFT}{kinds[0]}")
    if target.suffix.lower() not in kinds:
        raise ItaReportError(problem("O609", file=target.name, kinds=kinds[0]))
    output.refuse_to_overwrite(target)
    return target


def _put(
    target: Path, made: bytes, told: Sequence[Problem], filled: Iterable[tuple[Report, Report]]
) -> DraftOutcome:
    """Write a copy, and count what was drafted in it."""
    output.folder(target.parent)
    output.write(target, made)
    remarks = issues = measures = 0
    for before, after in filled:
        new = _drafts(before, after, refresh=False)
        remarks += len(new["remarks"])
        issues += len({row["issue"] for row in new["plan"]})
        measures += sum(len(row["measures"]) for row in new["plan"])
    return DraftOutcome(tuple(told), (target,), remarks, issues, measures)


def _table(file: Path, options: prepare.Options) -> wide.Table | None:
    """Return the table of many agencies that a workbook is; None for other files."""
    if file.suffix.lower() != ".xlsx":
        return None
    return wide.read(load.data_of(file), file.name, catalogue.own(options.catalogues).kinds)


def _of_table(
    file: Path, table: wide.Table, out: Path | None, options: prepare.Options, *, refresh: bool
) -> DraftOutcome:
    """Write a copy of a table with the drafts of each agency that has no errors and one row."""
    told, filled, known = [*table.strays], list[tuple[Report, Report]](), wide.Names(table)
    told += (problem for of_agency in table.told.values() for problem in of_agency)
    rows: dict[Any, list[dict[str, Any]]] = {"remarks": [], "plan": []}
    texts: list[tuple[Place, str]] = []
    for agency in table.agencies:
        document = table.document(agency)
        checked = prepare.check_data(document, file, options)
        if errors := [
            *filter(_prevents_drafts, checked.problems),
            *_twice(agency, known, document),
        ]:
            told += errors
        elif checked.ready:
            before, after = _filled(checked.ready, refresh=refresh)
            filled.append((before, after))
            place = document.places.get(("follow_up",))
            texts += [(place, text)] if place and (text := _follow_up(before, after)) else []
            whose = {"agency": before.agency.full_name, "district": before.agency.district or None}
            for of, drafts in _drafts(before, after, refresh=refresh).items():
                rows[of] += [whose | row for row in drafts]
    if not any(rows.values()):
        return DraftOutcome(tuple(told))
    target = _target(file, out, (".xlsx",))
    made = wide.drafted(load.data_of(file), file.name, rows, texts, draft.says, refresh=refresh)
    return replace(_put(target, made, told, filled), of_many=True)


def _twice(agency: wide.AgencyRow, names: wide.Names, document: PlainData) -> Iterator[Problem]:
    """Yield that an agency has several rows: nobody could tell whose of them a draft is."""
    name, district = full_name(*agency.identity[:2]), agency.identity[2]
    if len(rows := names.find(name, district)) > 1:
        told = problem("D460", agency=name, rows=" และ ".join(f"แถว {row}" for row in rows))
        yield told.at(document.places.get(("agency", "name")))


def _follow_up(before: Report, after: Report) -> str:
    """Return the paragraph of follow-up that is drafted, or ""."""
    return "" if before.follow_up else after.follow_up or ""


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
