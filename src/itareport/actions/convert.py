"""Write new workbooks, and convert data files from one form into another.

What is read must be a report: a file with errors is not converted.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itareport import thai
from itareport.actions.outcome import Outcome
from itareport.document import picture
from itareport.files import output
from itareport.ita import areas, catalogue, codes, described, names
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Report
from itareport.problems import FieldPath, ItaReportError, Problem, exit_status, problem
from itareport.reading import load, workbook, yamlwrite

SUFFIXES = (".xlsx", ".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class NewOutcome(Outcome):
    """A new workbook, and what it says of the agency before anybody has filled it."""

    kind: str = ""
    district: str = ""
    province: str = ""


def new(
    year: int, agency: str, province: str, out: Path | None, own: Sequence[Path] = ()
) -> NewOutcome:
    """Write a new workbook for one agency, never over a file that is there.

    Raises:
        ItaReportError: D403, D404: no agency, no such province; O606: the file is there; and
            those of the catalogue and of output.
    """
    if not agency.strip():
        raise ItaReportError(problem("D403"))
    province, of_office = _province(province), catalogue.own(own)
    kinds = of_office.kinds
    short_name = kinds.short_name(*workbook.parted(agency, kinds))
    target = _new_file(out, names.form_name(year, short_name))
    made = workbook.new(of_office.year(year), kinds, agency, province)
    document: Any = workbook.opened(made, target.name).document.data
    known = document["agency"]
    said = {name: known.get(name) or "" for name in ("kind", "district", "province")}
    return NewOutcome((), _put(target, made).outputs, **said)


def new_wide(year: int, province: str, out: Path | None, own: Sequence[Path] = ()) -> Outcome:
    """Write a new table for many agencies, never over a file that is there.

    Raises:
        ItaReportError: D402, D404, O606, and those of the catalogue and of output, as `new`.
    """
    province = _province(province)
    target = _new_file(out, names.table_name(year, province))
    of_office = catalogue.own(own)
    return _put(target, workbook.new_wide(of_office.year(year), of_office.kinds, province))


def _province(typed: str) -> str:
    """Return the name of a province without the word before it; "" where none was typed."""
    _, province = thai.bare_area("", typed)
    if province and areas.districts(province) is None:
        raise ItaReportError(problem("D404", province=province))
    return province


def _new_file(out: Path | None, stem: str) -> Path:
    target = out or Path(f"{stem}.xlsx")
    if target.suffix.lower() != ".xlsx":
        raise ItaReportError(problem("D402", name=target.name))
    output.need_thai_names(target)
    output.refuse_to_overwrite(target)
    return target


def convert(source: Path, target: Path, own: Sequence[Path] = ()) -> Outcome:
    """Write a report's data into a new file of another form.

    The problems are those of reading it, and the pictures that the new file does not find.

    Raises:
        ItaReportError: D400 to D402, D447: what a workbook cannot hold; and those of reading, of
            the catalogue and of output.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise ItaReportError(problem("D402", name=target.name))
    output.refuse_to_overwrite(target)
    report, problems = _report(source)
    data = _written(report, suffix, own)
    if suffix == ".xlsx":
        _refuse_losses(report, data, target.name)
    lost = picture.left_behind(report, source, target)
    return _put(target, data, (*problems, *lost))


def workbook_of(source: Path, own: Sequence[Path] = ()) -> tuple[str, bytes]:
    """Return a report's data as a workbook, after the name of its file.

    Raises:
        ItaReportError: as `convert`.
    """
    report, _ = _report(source)
    of_office = catalogue.own(own)
    return form(report, of_office.year(report.fiscal_year), of_office.kinds)


def form(
    report: Report, year: Catalogue, kinds: Kinds, filled_from: workbook.Origin | None = None
) -> tuple[str, bytes]:
    """Return a report as a workbook, after the name of its file; nothing of it is lost.

    Raises:
        ItaReportError: D400, D401, D447: what a workbook cannot hold.
    """
    short_name = kinds.short_name(report.agency.kind, report.agency.name)
    name = f"{names.form_name(report.fiscal_year, short_name)}.xlsx"
    data = workbook.write(plain(report), year, kinds, filled_from)
    _refuse_losses(report, data, name)
    return name, data


def _report(source: Path) -> tuple[Report, tuple[Problem, ...]]:
    """Return the report of a data file, and what is to be said of it.

    Raises:
        ItaReportError: What reading it says, where there is an error.
    """
    loaded = load.load(source)
    if loaded.report is None or exit_status(loaded.problems):
        raise ItaReportError(*loaded.problems)
    return loaded.report, loaded.problems


def plain(report: Report) -> dict[str, Any]:
    """Return a report as plain data, without the empty fields."""
    return report.model_dump(exclude_defaults=True)


def _written(report: Report, suffix: str, own: Sequence[Path]) -> bytes:
    tree = plain(report)
    if suffix == ".xlsx":
        of_office = catalogue.own(own)
        return workbook.write(tree, of_office.year(report.fiscal_year), of_office.kinds)
    if suffix == ".json":
        return (json.dumps(tree, ensure_ascii=False, indent=2, default=str) + "\n").encode()
    return yamlwrite.report(report)


def _refuse_losses(report: Report, made: bytes, name: str) -> None:
    """Read a workbook back, and refuse it where its data differ from the report."""
    read = load.load_bytes(made, name).report
    given, back = (_comparable(one) if one else {} for one in (report, read))
    if given != back:
        where = _first_difference(given, back)
        raise ItaReportError(problem("D447", field=described.label(where, given) or name))


def _comparable(report: Report) -> dict[str, Any]:
    """Return a report's data in the workbook's order, without rows of the plan that are empty."""
    tree = plain(report)
    for name in ("scores", "remarks"):
        if name in tree:
            tree[name] = sorted(tree[name], key=lambda row: codes.sort_key(row["code"] or "z0"))
    tree["plan"] = [row for row in tree.get("plan", ()) if row.keys() - {"issue", "draft"}]
    return {name: _stripped(value) for name, value in tree.items()}


def _stripped(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _stripped(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_stripped(inner) for inner in value]
    return value.strip() if isinstance(value, str) else value


def _first_difference(one: Any, other: Any) -> FieldPath:
    """Return the path to the first thing that two trees have differently."""
    pairs: dict[Any, tuple[Any, Any]]
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        pairs = {step: (one.get(step), other.get(step)) for step in (*one, *other)}
    elif isinstance(one, list) and isinstance(other, list):
        pairs = dict(enumerate(itertools.zip_longest(one, other)))
    else:
        return ()
    step = next(step for step, (first, second) in pairs.items() if first != second)
    return (step, *_first_difference(*pairs[step]))


def _put(target: Path, data: bytes, problems: tuple[Problem, ...] = ()) -> Outcome:
    output.folder(target.parent)
    output.write(target, data)
    return Outcome(problems, (target,))
