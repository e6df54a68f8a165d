"""Remedies followed by program: something wrong, what its remedy says, and what is told then."""

from __future__ import annotations

import io
import json
import re
import runpy
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from checks import Case, changed, found
from itareport.actions import prepare
from itareport.ita import catalogue
from itareport.problems import FieldPath, ItaReportError, Problem
from itareport.terminal import cli
from reports import Data

UNIT = Path(__file__).parent / "unit"


@dataclass(frozen=True)
class Followed:
    """One code: how something gets its problem, and how a clerk does what the remedy says."""

    begin: Callable[[Path], Any]
    step: Callable[[Any, Problem], object]


def try_remedy(code: str, one: Followed, folder: Path) -> None:
    """Assert that a problem is told, and no longer once its remedy is followed."""
    try_remedies(one.begin(folder), {code: one.step})


def try_remedies(trial: Any, steps: Mapping[str, Callable[[Any, Problem], object]]) -> None:
    """Assert that problems are told, and no longer once the remedy of each is followed."""
    told = [p for p in trial.told() if p.code in steps]
    assert steps.keys() - {p.code for p in told} == set(), "these are not told"
    for problem in told:
        steps[problem.code](trial, problem)
    left = [str(p) for p in trial.told() if p.code in steps]
    assert left == [], f"told again after {[p.remedy for p in told]}"


def words(problem: Problem, pattern: str) -> str:
    """Return what a remedy names, or the message with it: the first group of a pattern."""
    match = re.search(pattern, problem.remedy) or re.search(pattern, str(problem))
    assert match, f"{pattern} does not stand in “{problem}”"
    return match[1]


# -- data that the checks see ----------------------------------------------------------------


@dataclass
class OfData:
    """The data of a case of the checks; a problem names a field by its path."""

    case: Case
    code: str
    data: Data = field(init=False)

    def __post_init__(self) -> None:
        """Make the data that the case begins with."""
        self.data = changed(self.case.guilty, self.case.year)

    def told(self) -> list[Problem]:
        """Return what the checks say of the code."""
        return found(self.data, self.code, plan_known=self.case.plan_known)

    def at(self, where: FieldPath) -> Any:
        """Return the value at a path."""
        inner: Any = self.data
        for part in where:
            inner = inner[part]
        return inner

    def put(self, where: FieldPath, value: Any) -> None:
        """Put a value at a path."""
        self.at(where[:-1])[where[-1]] = value

    def delete(self, where: FieldPath) -> None:
        """Take the field or the row at a path away."""
        del self.at(where[:-1])[where[-1]]

    def retype(self, problem: Problem, old: str, new: str) -> None:
        """Type other words in place of some, where the problem is."""
        value = self.at(problem.where)
        assert old in value
        self.put(problem.where, value.replace(old, new))


def cases_of(*modules: str) -> dict[str, Case]:
    """Return the cases of the checks' tests by their code, the first of each."""
    made: dict[str, Case] = {}
    for name in modules:
        for code, case in runpy.run_path(str(UNIT / f"test_check_{name}.py"))["CASES"].items():
            made.setdefault(code, case)
    return made


# -- a data file as text ---------------------------------------------------------------------


@dataclass
class OfText:
    """A data file as text; a problem names a line and a column."""

    text: str
    name: str = "ข้อมูล.yaml"
    folder: Path = Path()

    def told(self) -> tuple[Problem, ...]:
        """Return what the check says of the file."""
        return prepare.check_data(
            self.text.encode(), self.folder / self.name, prepare.Options()
        ).problems

    def line(self, problem: Problem) -> str:
        """Return the line that the problem names."""
        assert problem.place is not None
        return self.text.split("\n")[(problem.place.line or 0) - 1]

    def retype(self, problem: Problem, old: str, new: str) -> None:
        """Type other words in the line that the problem names."""
        assert problem.place is not None
        lines, at = self.text.split("\n"), (problem.place.line or 0) - 1
        assert old in lines[at], (old, lines[at])
        lines[at] = lines[at].replace(old, new, 1)
        self.text = "\n".join(lines)

    def set(self, problem: Problem, value: str) -> None:
        """Type another value in place of the one at the line and column that the problem names."""
        assert problem.place is not None
        old = re.match(r"[^,}\]\n]+", self.line(problem)[(problem.place.column or 1) - 1 :])
        assert old
        self.retype(problem, old[0], value)

    def delete_line(self, problem: Problem) -> None:
        """Delete the line that the problem names."""
        assert problem.place is not None
        lines = self.text.split("\n")
        del lines[(problem.place.line or 0) - 1]
        self.text = "\n".join(lines)


# -- a workbook ------------------------------------------------------------------------------


@dataclass
class OfBook:
    """A workbook, or one table of many agencies; a problem names a sheet and a cell."""

    data: bytes
    folder: Path
    name: str = "แบบกรอก.xlsx"

    def told(self) -> tuple[Problem, ...]:
        """Return what the check says of the workbook."""
        file = self.folder / self.name
        file.write_bytes(self.data)
        return prepare.check_file(file, prepare.Options()).problems

    def change(self, change: Callable[[Any], object]) -> None:
        """Open the workbook, change it and save it."""
        book = openpyxl.load_workbook(io.BytesIO(self.data))
        change(book)
        buffer = io.BytesIO()
        book.save(buffer)
        self.data = buffer.getvalue()

    def type(self, problem: Problem, value: Any, *, cell: str = "", sheet: str = "") -> None:
        """Type a value into the cell that the problem names, or into another that it names."""
        place = problem.place
        assert place is not None
        assert place.sheet or sheet
        at = cell or place.cell or ""
        assert cell == "" or cell in str(problem)

        def typed(book: Any) -> None:
            page, target = book[sheet or place.sheet], at
            for merged in list(page.merged_cells.ranges):
                assert target not in merged or target == merged.start_cell.coordinate, (
                    f"nobody can type into {target}, which lies under {merged}"
                )
            page[target] = value

        self.change(typed)


# -- a command -------------------------------------------------------------------------------

_LINE = re.compile(
    r"^ *(?P<message>.+?)(?: \| (?P<remedy>.+?))? \[(?P<code>[A-Z]\d{3})\]$", re.MULTILINE
)


@dataclass
class OfCommand:
    """A command that a clerk types in a folder of its own."""

    folder: Path
    argv: list[str]
    status: int = 0

    def told(self) -> list[Problem]:
        """Give the command, and return what it says, without places."""
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            self.status = cli.main([one.replace("FOLDER", str(self.folder)) for one in self.argv])
        lines = (match.groupdict(default="") for match in _LINE.finditer(said.getvalue()))
        return [_problem(**line) for line in lines]

    def swap(self, old: str, new: str) -> None:
        """Type another word in place of one."""
        assert any(old in one for one in self.argv)
        self.argv = [one.replace(old, new) for one in self.argv]


def _problem(message: str, remedy: str, code: str) -> Problem:
    from itareport.problems import SENTENCES

    return Problem(code, SENTENCES[code].severity, (), "", message, remedy)


# -- a catalogue -----------------------------------------------------------------------------


@dataclass
class OfCatalogue:
    """An office's own catalogue as text."""

    text: str
    name: str = "2570.yaml"

    def told(self) -> tuple[Problem, ...]:
        """Return what is wrong with it."""
        try:
            catalogue.read(self.text.encode(), self.name)
        except ItaReportError as error:
            return error.problems
        return ()

    def retype(self, old: str, new: str) -> None:
        """Type other words in place of some that stand there once."""
        assert self.text.count(old) == 1, old
        self.text = self.text.replace(old, new)


def as_json(data: Data) -> str:
    """Return a data file of the data."""
    return json.dumps(data, ensure_ascii=False, indent=1)
