"""The end of a run, complete or stopped: put the journal in order and write the lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from itareport import __version__
from itareport.batch.lists import duplicates, expected, letters, status, summary
from itareport.batch.record import fingerprint, key_facts
from itareport.batch.record.entry import Entry
from itareport.batch.record.journal import Journal
from itareport.batch.record.key_facts import KeyFacts
from itareport.batch.run_result import RunResult
from itareport.batch.sources.source import Source
from itareport.ita.catalogue import Kinds
from itareport.reading.workbook.wide import AgencyRow


class Finish:
    """Brings the journal and the lists of a folder of results up to date."""

    def __init__(
        self,
        journal: Journal,
        sources: Mapping[str, Source],
        out: Path,
        kinds: Kinds,
        expecting: Sequence[AgencyRow] = (),
    ) -> None:
        """Note which letters earlier runs left: one that is not due any more is removed.

        `expecting` are the agencies that should send data.
        """
        self._journal, self._sources, self._out = journal, sources, out
        listed = (key_facts.of_agency(one, kinds) for one in expecting)
        self._kinds, self._expecting = kinds, [one for one in listed if one]
        self._unsent: dict[str, KeyFacts] = {}
        self._letters_before = letters.existing(journal.entries(journal), out)

    def complete(self, result: RunResult) -> None:
        """Bring journal and lists up to date, however the run ended, and complete its result.

        Raises:
            ItaReportError: O6xx: the journal or a list cannot be written.
        """
        journal, sources, out = self._journal, self._sources, self._out
        result.duplicates = duplicates.mark(journal, sources)
        digest = journal.put_in_order(sources, out)
        result.old_pdfs = _old_pdfs(journal.entries(sources), out)
        result.unrelated = _unrelated(journal.entries(sources), out)
        letters.write(journal.entries(sources), self._letters_before, out)
        sent = (one.facts for one in self._entries(sources) if one.facts)
        compared = expected.compare(self._expecting, sent)
        result.unlisted = expected.names(compared.unlisted)
        result.unsent = expected.names(compared.unsent)
        result.renamed = [
            f"{now} (เดิม {then})"
            for one in compared.renamed
            if (earlier := one.earlier)
            for now, then in [expected.names((one, earlier))]
        ]
        self._unsent = {f"*{number}": one for number, one in enumerate(compared.unsent)}
        entries = self._entries([*sources, *self._unsent])
        result.statuses = status.counted(Counter(map(status.of, entries)))
        self._write_summary(digest, result.unrelated, result.told)

    def _write_summary(self, journal: str, unrelated: Sequence[str], told: Sequence[str]) -> None:
        """Write the summary, unless it has been written from the same."""
        unmade = [key for key in self._sources if key not in self._journal]
        unsent = [one.place for one in self._unsent.values()]
        parts = [__version__, journal, unmade, unsent, list(unrelated), list(told)]
        digest = fingerprint.of_bytes("\n".join(map(str, parts)).encode(errors="surrogatepass"))
        if summary.digest(self._out) != digest:
            keys = [*self._sources, *self._unsent]
            content = summary.Content(keys, self._entries, unrelated, told, digest)
            summary.write(content, self._out, self._kinds)

    def _entries(self, keys: Iterable[str]) -> Iterator[Entry]:
        """Read the lines of sources; what has none gets one now, made or sent by nobody yet."""
        keys = list(keys)
        lines = self._journal.entries(keys)
        for key in keys:
            if key in self._journal:
                yield next(lines)
            elif key in self._unsent:
                yield Entry(key, "", "unsent", facts=self._unsent[key])
            else:
                source = self._sources[key]
                about = key_facts.of_agency(source.whose, self._kinds)
                yield Entry(key, source.shown, "unmade", facts=about)


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
