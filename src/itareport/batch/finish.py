"""The end of a run, complete or stopped: put the journal in order and write the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from itareport.batch import lists
from itareport.batch.lists import duplicates, leftovers, letters
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
        outdated = lists.are_outdated(journal, sources, out)
        if outdated:
            journal.put_in_order(sources, out)
        result.old_pdfs = leftovers.old_pdfs(journal.entries(sources), out)
        result.unrelated = leftovers.unrelated(journal.entries(sources), out)
        if outdated:
            self._write_lists(result.unrelated)

    def stopped(self) -> None:
        """List what a run had done when a person stopped it.

        Raises:
            ItaReportError: O6xx: the journal or a list cannot be written.
        """
        duplicates.mark(self._journal, self._sources)
        self._journal.put_in_order(self._sources, self._out)
        # Documents of this run may wait for their PDFs without a line: none counts as unrelated.
        self._write_lists([])

    def _write_lists(self, unrelated: Sequence[str]) -> None:
        before, kinds = self._letters_before, self._kinds
        lists.write(self._journal, self._sources, unrelated, before, self._out, kinds)
