"""A source: the data of one agency, a whole file or one row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from itareport import plain
from itareport.problems import ItaReportError, Problem
from itareport.reading import load
from itareport.reading.workbook import wide

Payload = bytes | plain.PlainData
"""The bytes of a file, or one agency's part of a table."""


class Source(Protocol):
    """The data of one agency, in a file or in a row of a table."""

    @property
    def key(self) -> str:
        """Its identity from run to run, in any working folder."""

    @property
    def shown(self) -> str:
        """Its name for people: the file, and the row of a table."""

    @property
    def agency(self) -> wide.AgencyRow | None:
        """The row of a table, as `shown` ends; None for a file: its agency is known once read."""

    @property
    def whose(self) -> wide.AgencyRow | None:
        """The row of a table of the same agency, as far as that is known before it is read."""

    @property
    def path(self) -> Path:
        """The file; pictures are named from its folder."""

    @property
    def told(self) -> tuple[Problem, ...]:
        """What is to be told of it beside what its data say."""

    def payload(self) -> Payload:
        """Return the data, read now.

        Raises:
            ItaReportError: D100 to D103: it cannot be read.
        """


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file of one agency; its folder is kept once for all the files in it."""

    key: str
    folder: str
    name: str
    told: tuple[Problem, ...] = ()
    whose: wide.AgencyRow | None = None
    agency: None = None

    @property
    def shown(self) -> str:
        """The file as it was given, or found in the folder that was."""
        return str(self.path)

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.folder, self.name)

    def payload(self) -> Payload:
        """Return the file's bytes."""
        return load.data_of(self.path)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a wide table; the program drafts the texts that it leaves empty."""

    key: str
    shown: str
    path: Path
    table: wide.Table
    agency: wide.AgencyRow
    told: tuple[Problem, ...] = ()

    @property
    def whose(self) -> wide.AgencyRow:
        """The row itself."""
        return self.agency

    def payload(self) -> plain.PlainData:
        """Return the row as the data of its agency."""
        return self.table.document(self.agency)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A table, or a part of one, that gives no report but problems."""

    key: str
    shown: str
    path: Path
    problems: tuple[Problem, ...]
    told: tuple[Problem, ...] = ()
    whose: wide.AgencyRow | None = None
    agency: None = None

    def payload(self) -> Payload:
        """Raise the problems."""
        raise ItaReportError(*self.problems)
