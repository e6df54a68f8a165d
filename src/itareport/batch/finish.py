"""The end of a run, complete or stopped: put the journal in order and write the lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from itareport.batch.lists import duplicates, letters, summary
from itareport.batch.record.entry import Entry
from itareport.batch.record.journal import Journal
from itareport.batch.run_result import RunResult
from itareport.batch.sources.source import Source
from itareport.ita.catalogue import Kinds


class Finish:
    """Brings the journal and the lists of a folder of results up to date."""

    def __init__(
        self, journal: Journal, sources: Mapping[str, Source], out: Path, kinds: Kinds
    ) -> None:
        """Note which letters earlier runs left: one that is not due any more is removed."""
        self._journal, self._sources, self._out = journal, sources, out
        self._kinds = kinds
        self._letters_before = letters.existing(journal.entries(journal), out)

    def complete(self, result: RunResult) -> None:
        """Finish a run that came to its end, and complete its result.

        Raises:
            ItaReportError: O6xx: the journal or a list cannot be written.
        """
        journal, sources, out = self._journal, self._sources, self._out
        result.duplicates = duplicates.mark(journal, sources)
        outdated = self._are_lists_outdated()
        if outdated:
            journal.put_in_order(sources, out)
        result.old_pdfs = _old_pdfs(journal.entries(sources), out)
        result.unrelated = _unrelated(journal.entries(sources), out)
        if outdated:
            self._write_lists(result.unrelated)

    def stopped(self) -> None:
        """Write the journal and the lists of what a run had done when a person stopped it.

        Raises:
            ItaReportError: O6xx: the journal or a list cannot be written.
        """
        duplicates.mark(self._journal, self._sources)
        self._journal.put_in_order(self._sources, self._out)
        # Documents of this run may wait for their PDFs without a line: none counts as unrelated.
        self._write_lists([])

    def _are_lists_outdated(self) -> bool:
        """Return whether journal and summary would be different if they were written now."""
        journal, sources = self._journal, self._sources
        gone = journal.entries(key for key in journal if key not in sources)
        if any(key not in journal for key in sources):
            return True
        if _is_older(summary.path(self._out), journal.path):
            return True
        return any(one.state != "absent" for one in gone)

    def _write_lists(self, unrelated: Sequence[str]) -> None:
        letters.write(self._journal.entries(self._sources), self._letters_before, self._out)
        summary.write(list(self._sources), self._entries, unrelated, self._out, self._kinds)

    def _entries(self, keys: Iterable[str]) -> Iterator[Entry]:
        """Read the lines of sources; one that has none, for the run was stopped, gets one now."""
        keys = list(keys)
        lines = self._journal.entries(keys)
        for key in keys:
            is_made = key in self._journal
            yield next(lines) if is_made else Entry(key, self._sources[key].shown, "unmade")


def _is_older(path: Path, other: Path) -> bool:
    """Return whether a file is absent, or was written before the other."""
    try:
        return path.stat().st_mtime_ns < other.stat().st_mtime_ns
    except OSError:
        return True


def _unrelated(entries: Iterable[Entry], out: Path) -> list[str]:
    """Return the documents that do not belong to any data of this run."""
    files = ((entry, one) for entry in entries for one in entry.files)
    own = {hash(name) for entry, one in files for name in (one.docx, one.pdf or entry.old_pdf(one))}
    return sorted(name for name in _documents(out) if hash(name) not in own)


def _old_pdfs(entries: Iterable[Entry], out: Path) -> list[str]:
    """Return the PDFs of earlier runs that differ from the reports made since."""
    names = (entry.old_pdf(one) for entry in entries for one in entry.files)
    return [name for name in names if name and (out / name).exists()]


def _documents(out: Path) -> Iterator[str]:
    for ending in ("docx", "pdf"):
        for path in out.rglob(f"*.{ending}"):
            yield path.relative_to(out).as_posix()
