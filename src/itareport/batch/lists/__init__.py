"""The lists of a run for people, made from its journal: summary.xlsx, and a letter an agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from itareport.batch.lists import letters, summary
from itareport.batch.record.entry import Entry
from itareport.batch.record.journal import Journal
from itareport.batch.sources.source import Source
from itareport.ita.catalogue import Kinds


def write(
    journal: Journal,
    sources: Mapping[str, Source],
    unrelated: Sequence[str],
    letters_before: Iterable[str],
    out: Path,
    kinds: Kinds,
) -> None:
    """Write the letters and the summary.

    Raises:
        ItaReportError: O6xx: one cannot be written.
    """
    letters.write(journal.entries(sources), letters_before, out)

    def entries(keys: Iterable[str]) -> Iterator[Entry]:
        return _with_unmade(journal, sources, keys)

    summary.write(list(sources), entries, unrelated, out, kinds)


def _with_unmade(
    journal: Journal, sources: Mapping[str, Source], keys: Iterable[str]
) -> Iterator[Entry]:
    """Read the lines of sources; one that has none, for the run was stopped, gets one for now."""
    keys = list(keys)
    lines = journal.entries(keys)
    for key in keys:
        yield next(lines) if key in journal else Entry(key, sources[key].shown, "unmade")


def are_outdated(journal: Journal, sources: Mapping[str, Source], out: Path) -> bool:
    """Return whether journal and summary would be different if they were written now."""
    gone = journal.entries(key for key in journal if key not in sources)
    if any(key not in journal for key in sources) or _is_older(summary.path(out), journal.path):
        return True
    return any(one.state != "absent" for one in gone)


def _is_older(path: Path, other: Path) -> bool:
    """Return whether a file is absent, or was written before the other."""
    try:
        return path.stat().st_mtime_ns < other.stat().st_mtime_ns
    except OSError:
        return True
