"""The journal of a folder of results, run.jsonl: one line for each report that is done or failed.

A later run reads what is left to do from it.  An incomplete line at the end, left by a killed run,
is ignored.  At the end of a run the file is put in order, one line a source.  Lines stay on disk;
only their positions are in memory.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from io import RawIOBase
from pathlib import Path

from itareport.batch.record.entry import Entry, from_line, to_line
from itareport.batch.sources import finding
from itareport.files import output

NAME = finding.JOURNAL
_MOST = 2_000_000_000
"""No run writes a journal of more bytes: what is larger is another's, and not read."""


class Journal:
    """The open journal of one folder of results; only the run that holds the folder has it."""

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
        output.refuse_no_file(self.path)
        with output.errors_as_problems(self.path):
            if self.path.exists() and self.path.stat().st_size > _MOST:
                raise OSError(0, "ใหญ่เกินไป")
            file = self.path.open("ab", buffering=0)
            at, line = 0, b"\n"
            with self.path.open("rb") as lines:
                for line in lines:
                    if (entry := from_line(line)) is not None:
                        self._lines[sys.intern(entry.source)] = at
                    at += len(line)
            self._end = at
            if not line.endswith(b"\n"):
                self._end += _write(file, b"\n")
        return file

    def __contains__(self, source: object) -> bool:
        """Return whether there is a line of a source."""
        return source in self._lines

    def __iter__(self) -> Iterator[str]:
        """Yield the sources that have a line."""
        return iter(list(self._lines))

    def add(self, entry: Entry) -> None:
        """Add the line of a report that is done or has failed.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        line = to_line(entry)
        with output.errors_as_problems(self.path):
            _write(self._file, line)
        self._lines[entry.source] = self._end
        self._end += len(line)

    def entry(self, source: str) -> Entry | None:
        """Read the last line of a source, if there is one."""
        return next(self.entries([source]), None)

    def entries(self, sources: Iterable[str]) -> Iterator[Entry]:
        """Read the last line of each of these sources that has one, one at a time, in order."""
        for line in self._read(sources):
            entry = from_line(line)
            if entry is not None:
                yield entry

    def _read(self, sources: Iterable[str]) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for source in sources:
                if source in self:
                    file.seek(self._lines[source])
                    yield file.readline()

    def put_in_order(self, sources: Collection[str], folder: Path) -> str:
        """Keep one line a source: this run's in their order, then those that are absent now.

        An absent one is forgotten once its Word files are gone too.  The file is written only
        where that changes it.

        Returns:
            The digest of what the file holds now.

        Raises:
            ItaReportError: O6xx: it cannot be written; the file stays as it was.
        """
        ordered = _digest(self._ordered(sources, folder))
        with self.path.open("rb") as file:
            is_in_order = _digest(file) == ordered
        if not is_in_order:
            with output.replacing(self.path) as stream:
                stream.writelines(self._ordered(sources, folder))
            self.reopen()
        return ordered

    def _ordered(self, sources: Collection[str], folder: Path) -> Iterator[bytes]:
        yield from self._read(sources)
        for entry in self.entries(source for source in self if source not in sources):
            if any(one.docx and (folder / one.docx).exists() for one in entry.files):
                yield to_line(replace(entry, state="absent"))

    def reopen(self) -> None:
        """Read the file again and find its lines, after something else has written it.

        Raises:
            ItaReportError: O6xx: the file cannot be opened for writing.
        """
        self.close()
        self._lines.clear()
        self._file = self._opened()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def owners(folder: Path) -> dict[str, str]:
    """Return of each Word file in a folder of results the source that it was made of.

    Only reads, whatever run goes on; a journal that is not there, or is a link, says nothing.
    """
    path, found = folder / NAME, dict[str, str]()
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST:
        return found
    with path.open("rb") as lines:
        for entry in filter(None, map(from_line, lines)):
            found |= {made.docx: entry.source for made in entry.files if made.docx}
    return found


def _digest(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


def _write(file: RawIOBase, data: bytes) -> int:
    """Write all of it, in as many calls as it takes; return its length."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]
    return len(data)
