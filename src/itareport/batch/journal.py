"""run.jsonl: one line a report, added as each is done, so that a later run knows what is left.

A line counts once it is whole: the torn end that a killed run leaves is passed over.  At the end of
a run the file is put in order, one line a source.  Lines stay on disk; in memory is only where
each begins.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from io import RawIOBase
from pathlib import Path
from typing import Any, Literal

from itareport.batch.tasks import Facts
from itareport.files import output
from itareport.problems import Problem, Severity

NAME = "run.jsonl"
DOUBLED = "O613"
"""What the lines of two sources of one agency say."""
OUTDATED = "O618"
"""What the line of a failed report says whose files are those of earlier data."""

OLD_PDF = "P519"
"""What the line of a report says beside whose .docx lies the PDF of an earlier one."""

State = Literal["done", "failed", "absent", "unmade"]
"""`absent`: done in an earlier run, and its data are not among this run's; `unmade`: a stopped run
did not come to it, which no line of the file says."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem as a line keeps it."""

    code: str
    severity: str
    place: str
    label: str
    text: str
    remedy: str

    @property
    def is_error(self) -> bool:
        """Whether it kept the report from being made."""
        return self.severity == Severity.ERROR


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what became of one source, and of what."""

    source: str
    shown: str
    state: State
    fingerprint: str = ""
    data: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    template: str = ""
    version: str = ""
    milliseconds: int = 0
    pages: int | None = None
    docx: str = ""
    docx_sha256: str = ""
    pdf: str = ""
    pdf_sha256: str = ""
    letter: str = ""
    facts: Facts | None = None
    problems: tuple[Complaint, ...] = ()

    @property
    def old_pdf(self) -> str:
        """The PDF of an earlier report that lay beside the .docx when this line was written."""
        told = any(one.code == OLD_PDF for one in self.problems)
        return f"{self.docx.removesuffix('.docx')}.pdf" if told and self.docx else ""


def complaint(found: Problem) -> Complaint:
    """Put a problem in the form of a line."""
    place = str(found.place) if found.place else ""
    return Complaint(
        found.code, str(found.severity), place, found.label, found.message, found.remedy
    )


class Journal:
    """The file of one folder of results, while a run holds that folder."""

    def __init__(self, folder: Path) -> None:
        """Find the lines that earlier runs left.

        Raises:
            ItaReportError: O6xx: the file cannot be opened for writing.
        """
        self.path = folder / NAME
        self._lines: dict[str, int] = {}  # where in the file the last line of each source begins
        self._file = self._opened()

    def _opened(self) -> RawIOBase:
        """Open the file for more lines, and look over those it has."""
        output.stay_within(self.path.parent, self.path)
        with output.told(self.path):
            file = self.path.open("ab", buffering=0)
            at, line = 0, b"\n"
            with self.path.open("rb") as lines:
                for line in lines:
                    if (entry := _entry(line)) is not None:
                        self._lines[sys.intern(entry.source)] = at
                    at += len(line)
            self._end = at
            if not line.endswith(b"\n"):
                self._end += _write(file, b"\n")
        return file

    def __contains__(self, source: object) -> bool:
        """Tell whether there is a line of a source."""
        return source in self._lines

    def __iter__(self) -> Iterator[str]:
        """Name the sources."""
        return iter(list(self._lines))

    def add(self, entry: Entry) -> None:
        """Add the line of a report that is finished, one way or the other.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        line = _line(entry)
        with output.told(self.path):
            _write(self._file, line)
        self._lines[entry.source] = self._end
        self._end += len(line)

    def entry(self, source: str) -> Entry | None:
        """Read the last line of a source, if there is one."""
        return next(iter(self.entries([source])), None) if source in self else None

    def entries(self, sources: Iterable[str]) -> Iterator[Entry]:
        """Read the last line of each of these sources, one at a time, in their order."""
        for line in self._read(sources):
            entry = _entry(line)
            if entry is not None:
                yield entry

    def _read(self, sources: Iterable[str]) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for source in sources:
                file.seek(self._lines[source])
                yield file.readline()

    def put_in_order(self, sources: Collection[str], folder: Path) -> None:
        """Keep one line a source: this run's in their order, then those that are absent now.

        An absent one is forgotten once its .docx is gone too.

        Raises:
            ItaReportError: O6xx: it cannot be written; the file stays as it was.
        """
        with output.replacing(self.path) as file:
            for line in self._read(source for source in sources if source in self):
                file.write(line)
            for entry in self.entries(source for source in self if source not in sources):
                if entry.docx and (folder / entry.docx).exists():
                    file.write(_line(replace(entry, state="absent")))
        self.reopen()

    def reopen(self) -> None:
        """Find the lines again, whatever has become of the file.

        Raises:
            ItaReportError: O6xx: the file cannot be opened for writing.
        """
        self.close()
        self._lines.clear()
        self._file = self._opened()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _write(file: RawIOBase, data: bytes) -> int:
    """Write all of it, past what one call may take; return how much that was."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]
    return len(data)


def _line(entry: Entry) -> bytes:
    plain = _plain(entry)
    plain["facts"] = _plain(entry.facts) if entry.facts else None
    plain["problems"] = [_plain(one) for one in entry.problems]
    return json.dumps(plain, ensure_ascii=False).encode() + b"\n"


def _plain(record: Entry | Facts | Complaint) -> dict[str, Any]:
    """Return the fields of a record by name; `asdict` would copy all that they hold."""
    return {one.name: getattr(record, one.name) for one in fields(record)}


def _entry(line: bytes) -> Entry | None:
    """Read a line; None for one that is torn, or that another version wrote otherwise."""
    try:
        data: dict[str, Any] = json.loads(line.decode())
        facts, problems = data.pop("facts"), data.pop("problems")
        return Entry(
            **data,
            facts=_facts(facts) if facts else None,
            problems=tuple(Complaint(**one) for one in problems),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _facts(data: dict[str, Any]) -> Facts:
    data["indicators"] = tuple(data["indicators"])
    data["remarks"] = tuple(map(tuple, data["remarks"]))
    return Facts(**data)
