"""Dropped files: what each says otherwise than the report that it is of, until that is decided."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from itareport import plain
from itareport.ita.model import Report
from itareport.problems import Problem
from itareport.reading import load, workbook, yamlwrite
from itareport.reading.report_file import tree_of
from itareport.web.store import units
from itareport.web.store.differences import Side, sides, taken
from itareport.web.store.edits import Edit

About = tuple[str, ...]
"""What tells the report of a year and an agency from others."""
_MOST_BYTES = 40_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file that was dropped; `key` is "" where it is of no report."""

    name: str
    said: str
    key: str = ""
    problems: tuple[Problem, ...] = ()
    sides: tuple[Side, ...] = ()
    """Where its report is there already: field by field, what that and the file say."""
    waiting: str = ""
    """The name under which it waits until somebody has chosen among them."""
    of_unit: bool = False
    """Whether it is a unit's workbook, which is no report by itself."""
    is_table: bool = False
    """Whether it is a table of many agencies, which waits in the folder."""
    asks: bool = False
    """Whether to take them, the report's file must be written without its comments."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that waits, the key of its report, and what came back of a unit where it is that."""

    name: str
    data: bytes
    key: str
    of_unit: workbook.Returned | None = None
    problems: tuple[Problem, ...] = ()
    """What is wrong in it."""

    def sides(self, file: str, saved: bytes, data: Any) -> tuple[Side, ...]:
        """Return what it says otherwise than a report: its file's name and bytes, and its data."""
        if self.of_unit is not None:
            return units.returned(self.of_unit, data)
        return compared(file, saved, self.name, self.data)

    def edits(self, chosen: Sequence[Side], data: Any) -> list[Edit]:
        """Return what takes over the chosen differences."""
        more = units.typed(chosen, data) if self.of_unit is not None else []
        return [*more, *taken(chosen)]


class Waiting:
    """Files that wait until somebody has chosen; the oldest are forgotten."""

    def __init__(self) -> None:
        """Begin without any."""
        self._files: OrderedDict[str, Dropped] = OrderedDict()

    def put(self, file: Dropped) -> str:
        """Let a file wait; return the name under which it does."""
        name = secrets.token_hex(8)
        self._files[name] = file
        while sum(len(one.data) for one in self._files.values()) > _MOST_BYTES:
            self._files.popitem(last=False)
        return name

    def get(self, name: str) -> Dropped | None:
        """Return a file that waits; None where it is forgotten."""
        return self._files.get(name)

    def pop(self, name: str) -> None:
        """Forget a file."""
        self._files.pop(name, None)


def about(report: Report) -> About:
    """Return what tells the report of a year and an agency from others."""
    agency = report.agency
    said = (report.fiscal_year, agency.full_name, agency.district, agency.province)
    return tuple("".join(str(one or "").split()) for one in said)


def compared(file: str, saved: bytes, name: str, data: bytes) -> tuple[Side, ...]:
    """Return what two data files have differently: as values, however each is written.

    Raises:
        ItaReportError: One cannot be read, or is no report.
    """
    raw = tree_of(saved, file)
    reports = [load.load_bytes(*one).report for one in ((saved, file), (data, name))]
    values = [_plain(one) for one in reports if one is not None]
    if len(values) == 2 and _has_rows_of(values[0], raw):
        return sides(*values)
    return sides(raw, tree_of(data, name))


def _plain(report: Report) -> Any:
    """Return a report as the plain data of its file."""
    return plain.read(yamlwrite.report(report), "").data


def _has_rows_of(one: Any, raw: Any) -> bool:
    """Return whether each row of a report stands in its data at the same place."""
    if isinstance(one, dict):
        other = raw if isinstance(raw, dict) else {}
        return all(_has_rows_of(inner, other.get(name)) for name, inner in one.items())
    if isinstance(one, list) and any(isinstance(row, dict) for row in one):
        return isinstance(raw, list) and len(raw) == len(one)
    return True
