"""The outcome of an action: problems, files and facts as data, with one form of JSON for all.

An action prints nothing. It raises `ItaReportError` only where it cannot be done at all, such as
a target that is there already; whatever it finds in the data is in the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itareport.problems import ExitStatus, Place, Problem, exit_status

if TYPE_CHECKING:
    from itareport.reading import workbook


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one action: every problem that was found, every file that was written."""

    problems: tuple[Problem, ...] = ()
    outputs: tuple[Path, ...] = ()

    @property
    def exit_status(self) -> ExitStatus:
        """The status that the problems mean."""
        return exit_status(self.problems)

    def facts(self) -> Any:
        """Return what the JSON of this outcome holds, as data that `as_json` takes."""
        return {"status": self.exit_status, **by_name(self)}


@dataclass(frozen=True, slots=True)
class FileOutcome(Outcome):
    """The outcome for one data file."""

    file: str = ""
    pages: int | None = None
    """The pages of the PDFs that were made."""
    elements: tuple[workbook.Element, ...] = ()
    """Of a workbook: what the assessment asks of the report, each there or not."""

    def facts(self) -> dict[str, Any]:
        """Return the file, its status, what was made of it and its problems."""
        return {
            "file": self.file,
            "status": self.exit_status,
            "outputs": self.outputs,
            "pages": self.pages,
            "problems": self.problems,
            **({"readiness": [_element(one) for one in self.elements]} if self.elements else {}),
        }


@dataclass(frozen=True, slots=True)
class FilesOutcome(Outcome):
    """The outcome for all data files of one command, with the outcome of each."""

    files: tuple[FileOutcome, ...] = ()

    @property
    def exit_status(self) -> ExitStatus:
        """Status 9 where some files succeeded and some failed, else the smallest status."""
        failed = [one.exit_status for one in self.files if one.exit_status != ExitStatus.OK]
        if failed and len(failed) < len(self.files):
            return ExitStatus.SOME_FAILED
        return min(failed, default=ExitStatus.OK)

    def facts(self) -> dict[str, Any]:
        """Return the status of all files, and the facts of each."""
        return {"status": self.exit_status, "files": self.files}


def of_files(outcomes: Iterable[FileOutcome]) -> FilesOutcome:
    """Join the outcomes of single files into that of the whole command."""
    files = tuple(outcomes)
    problems = tuple(chain.from_iterable(one.problems for one in files))
    return FilesOutcome(problems, tuple(chain.from_iterable(one.outputs for one in files)), files)


def as_json(value: Any) -> Any:
    """Return an outcome, or anything inside one, as the plain data of `--json`."""
    if isinstance(value, Mapping):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(inner) for inner in value]
    if isinstance(value, Path):
        return str(value)
    facts = _facts(value)
    return value if facts is value else as_json(facts)


def _facts(value: Any) -> Any:
    """Return what the JSON of a record holds; anything else as it is."""
    match value:
        case Outcome():
            return value.facts()
        case Problem():
            return _problem(value)
        case Place():
            return _place(value)
    return by_name(value) if is_dataclass(value) else value


def _problem(found: Problem) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": str(found.severity),
        "field": ".".join(map(str, found.where)),
        "label": found.label,
        "message": found.message,
        "remedy": found.remedy,
        "place": found.place,
        "also": found.also_places,
    }


def _place(place: Place) -> dict[str, Any]:
    names = ("line", "column", "sheet", "cell", "value")
    facts = {name: getattr(place, name) for name in names}
    return {"file": place.file, **{key: value for key, value in facts.items() if value is not None}}


def _element(element: workbook.Element) -> dict[str, Any]:
    return {"said": element.said, "there": element.there, "place": element.place}


def by_name(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name, but for those that do not tell it from another.

    `asdict` would copy all that they hold.
    """
    return {one.name: getattr(record, one.name) for one in fields(record) if one.compare}
