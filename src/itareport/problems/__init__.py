"""Problems as data: the places they are at, their Thai sentences and the exit statuses they mean.

A problem is collected and shown, never raised one by one.  `ItaReportError` carries the problems
that stop a step, and the exit status that they mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from itareport.problems.sentence import TITLES, Flag, Sentence, Severity
from itareport.problems.sentences import SENTENCES

__all__ = [
    "SENTENCES",
    "TITLES",
    "ExitStatus",
    "FieldPath",
    "Flag",
    "ItaReportError",
    "Place",
    "Problem",
    "Sentence",
    "Severity",
    "exit_status",
    "flags",
    "headed",
    "problem",
    "status_of_code",
]

FieldPath = tuple[str | int, ...]
"""The path of a value in the data: `("scores", 3, "part1")`, indices from 0."""


class ExitStatus(IntEnum):
    """What the process returns to its caller; docs/errors.md explains each to users."""

    OK = 0
    OUR_FAULT = 1
    USAGE = 2
    DATA = 3
    CATALOGUE = 4
    TEMPLATE = 5
    FONTS = 6
    PDF = 7
    OUTPUT = 8
    SOME_FAILED = 9
    STOPPED = 130


_STATUS_OF_LETTER = {
    "D": ExitStatus.DATA,
    "C": ExitStatus.CATALOGUE,
    "T": ExitStatus.TEMPLATE,
    "F": ExitStatus.FONTS,
    "P": ExitStatus.PDF,
    "O": ExitStatus.OUTPUT,
}


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a value in its file, as the clerk sees it; lines and columns count from 1.

    A cell of a workbook has its row as line; `value` is its content, `sheet_no` orders the
    sheets, and is no part of the place: a sheet stays itself where another is put before it.
    `of_many` says that the sheet is a table with an agency a row.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    sheet_no: int = field(default=0, compare=False)
    of_many: bool = field(default=False, compare=False)

    @property
    def order(self) -> tuple[int, int, int]:
        """The order of places within one file."""
        return self.sheet_no, self.line or 0, self.column or 0

    @property
    def is_in_cells(self) -> bool:
        """Whether it is in a workbook or a table, not in a text by lines."""
        return bool(self.sheet or self.cell or self.of_many)

    def __str__(self) -> str:
        """Name the place inside the file in Thai, without the file's name."""
        if self.sheet is not None:
            cell = f" ช่อง {self.cell}" if self.cell else ""
            return f'แผ่นงาน "{self.sheet}"{cell}'
        if self.cell is not None:  # of a table without sheets
            return f"ช่อง {self.cell}"
        if self.line is None:
            return ""
        if self.of_many:
            return f"แถว {self.line}"
        return f"บรรทัด {self.line}" + (f" คอลัมน์ {self.column}" if self.column else "")


_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or not checkable: what, where and how to put it right, in Thai.

    `where` is the field it is about and `also` the other fields concerned (the first of two
    rows with one code, say); `label` is how the clerk calls the field (`ข้อ e7`).  `place` and
    `also_places` are filled by `at` once the file is known.
    """

    code: str
    severity: Severity
    where: FieldPath
    label: str
    message: str
    remedy: str
    also: tuple[FieldPath, ...] = ()
    place: Place | None = None
    also_places: tuple[Place, ...] = ()
    in_cell: tuple[str, str, str] | None = field(default=None, compare=False, repr=False)
    """Message, remedy, and remedy in a table of many, in the words of a workbook."""
    on_page: str = field(default="", compare=False, repr=False)
    """The remedy in the words of the page, where it has its own."""

    def has(self, flag: Flag) -> bool:
        """Return whether this problem has that flag, by the table of sentences."""
        return flag in flags(self.code)

    def at(self, place: Place | None, also: Iterable[Place] = ()) -> Problem:
        """Return the same problem with its place in the file, in the words for such a place."""
        placed = replace(self, place=place, also_places=tuple(also))
        if self.in_cell is None or place is None or not place.is_in_cells:
            return placed
        message, remedy, of_many = self.in_cell
        return replace(placed, message=message, remedy=of_many if place.of_many else remedy)

    @property
    def order(self) -> tuple[int, int, int]:
        """The order of its place within the file, before all others where it has none."""
        return self.place.order if self.place else (0, 0, 0)

    @property
    def in_form(self) -> tuple[str, str]:
        """Message and remedy where each field is shown under its name, as on the page."""
        message, remedy, _ = self.in_cell or (self.message, self.remedy, "")
        label = "" if not self.label or self.label in message else f"{self.label}: "
        return f"{label}{message}", self.on_page or remedy

    def __str__(self) -> str:
        """Return place, field, what is wrong and the remedy in one line.

        The field is left out where the message begins with it.  Places are in the order of the
        file; of many, the first ones.
        """
        said = headed(self._places, self.label, self.message)
        return f"{said} | {self.remedy}" if self.remedy else said

    @property
    def at_place(self) -> str:
        """The place and the field: `บรรทัด 12 (ข้อ e7)`."""
        in_brackets = f"({self.label})" if self.label and self._places else self.label
        return " ".join(filter(None, (self._places, in_brackets)))

    @property
    def _places(self) -> str:
        known = [p for p in (self.place, *self.also_places) if p and str(p)]
        known.sort(key=lambda p: p.order)
        shown = [str(p) for p in known[:_MOST_PLACES]]
        if more := len(known) - len(shown):
            shown.append(f"อีก {more} แห่ง")
        return " และ ".join(shown)


def problem(
    code: str,
    where: FieldPath = (),
    /,
    *,
    label: str = "",
    also: Iterable[FieldPath] = (),
    **facts: object,
) -> Problem:
    """Make a problem from the table of sentences; `facts` fill the blanks of its sentence."""
    sentence = SENTENCES[code]
    return Problem(
        code=code,
        severity=sentence.severity,
        where=where,
        label=label,
        message=sentence.message.format(**facts),
        remedy=sentence.remedy.format(**facts),
        also=tuple(also),
        in_cell=_in_cell(sentence, facts),
        on_page=sentence.page_remedy.format(**facts),
    )


def _in_cell(sentence: Sentence, facts: dict[str, object]) -> tuple[str, str, str] | None:
    if not (sentence.cell_message or sentence.cell_remedy or sentence.table_remedy):
        return None
    message = sentence.cell_message or sentence.message
    remedy = sentence.cell_remedy or sentence.remedy
    of_many = sentence.table_remedy or remedy
    return message.format(**facts), remedy.format(**facts), of_many.format(**facts)


def headed(place: str, label: str, message: str) -> str:
    """Put place and field before a message; the field only where the message lacks it."""
    if message.startswith(label):
        label = ""
    head = f"{place} ({label})" if place and label else place or label
    return f"{head}: {message}" if head else message


def exit_status(problems: Iterable[Problem]) -> ExitStatus:
    """Return the status of the errors among `problems`, the smallest where several kinds meet."""
    errors = [status_of_code(p.code) for p in problems if p.severity is Severity.ERROR]
    return min(errors, default=ExitStatus.OK)


def flags(code: str) -> frozenset[Flag]:
    """Return the flags of a code; a withdrawn one, of an old journal, has none."""
    sentence = SENTENCES.get(code)
    return sentence.flags if sentence else frozenset()


def status_of_code(code: str) -> ExitStatus:
    """Return the status of errors with this code: its letter names what they are about."""
    return _STATUS_OF_LETTER.get(code[:1], ExitStatus.OUR_FAULT)


class ItaReportError(Exception):
    """Problems that stop a step of the work; whoever asked for the step shows them."""

    def __init__(self, *problems: Problem) -> None:
        """Carry one or more problems, at least one of them an error."""
        super().__init__(*(str(p) for p in problems))
        self.problems = problems

    @property
    def exit_status(self) -> ExitStatus:
        """The status to leave with."""
        return exit_status(self.problems)
