"""The end of a run: who is doubled, what is left over, the lists for those who read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from itareport.batch import letters, summary, targets
from itareport.batch.journal import DOUBLED, Entry, Journal, complaint
from itareport.batch.sources import Source
from itareport.catalogue import Kinds
from itareport.errors import problem
from itareport.kinds import full_name


def tell_doubled(journal: Journal, here: Mapping[str, Source]) -> list[str]:
    """Tell of each agency that several sources report on, in the line of every one.

    Return those sources as a person calls them.

    Raises:
        ItaReportError: O6xx: a line cannot be written.
    """
    first: dict[int, str] = {}
    groups: dict[int, list[str]] = {}
    told: list[str] = []
    for entry in journal.entries(key for key in here if key in journal):
        if any(one.code == DOUBLED for one in entry.problems):
            told.append(entry.source)
        if entry.facts:
            agency = hash(targets.identity(entry.facts))
            one = first.setdefault(agency, entry.source)
            if one != entry.source:
                groups.setdefault(agency, [one]).append(entry.source)
    doubled = {source: group for group in groups.values() for source in group}
    for entry in list(journal.entries({**dict.fromkeys(told), **doubled})):
        now = _told(entry, doubled.get(entry.source, []), here)
        if now != entry:
            journal.add(now)
    return [here[source].shown for source in doubled]


def _told(entry: Entry, group: Iterable[str], here: Mapping[str, Source]) -> Entry:
    """Return the line with a warning for each other source of its agency, and no old one."""
    facts = entry.facts
    name = full_name(facts.kind, facts.name) if facts else entry.shown
    others = [here[source].shown for source in group if source != entry.source]
    warnings = [complaint(problem(DOUBLED, agency=name, other=other)) for other in others]
    rest = [one for one in entry.problems if one.code != DOUBLED]
    return replace(entry, problems=(*rest, *warnings))


def write_lists(
    journal: Journal,
    here: Mapping[str, Source],
    strangers: list[str],
    letters_before: Iterable[str],
    out: Path,
    kinds: Kinds,
) -> None:
    """Write the letters and the summary.

    Raises:
        ItaReportError: O6xx: one cannot be written.
    """
    letters.write(journal.entries(key for key in here if key in journal), letters_before, out)

    def entries(keys: Iterable[str]) -> Iterator[Entry]:
        return _with_unmade(journal, here, keys)

    summary.write(list(here), entries, strangers, out, kinds)


def _with_unmade(
    journal: Journal, here: Mapping[str, Source], keys: Iterable[str]
) -> Iterator[Entry]:
    """Read the lines of sources; one that has none, for the run was stopped, gets one for now."""
    keys = list(keys)
    lines = journal.entries(key for key in keys if key in journal)
    for key in keys:
        yield next(lines) if key in journal else Entry(key, here[key].shown, "unmade")


def are_stale(journal: Journal, here: Mapping[str, Source], out: Path) -> bool:
    """Tell whether journal and summary say something else than they would now."""
    gone = journal.entries(key for key in journal if key not in here)
    if any(key not in journal for key in here) or _is_older(summary.path(out), journal.path):
        return True
    return any(one.state != "absent" for one in gone)


def strangers(journal: Journal, here: Mapping[str, Source], out: Path) -> list[str]:
    """Return the documents in the folder of results that belong to no data of this run."""
    entries = journal.entries(key for key in here if key in journal)
    own = {hash(name) for one in entries for name in (one.docx, one.pdf or one.old_pdf)}
    return sorted(name for name in _documents(out) if hash(name) not in own)


def old_pdfs(journal: Journal, here: Mapping[str, Source], out: Path) -> list[str]:
    """Return the PDFs that earlier runs made, and that no longer say what their reports say."""
    names = (entry.old_pdf for entry in journal.entries(key for key in here if key in journal))
    return [name for name in names if name and (out / name).exists()]


def _documents(out: Path) -> Iterator[str]:
    for ending in ("docx", "pdf"):
        for path in out.rglob(f"*.{ending}"):
            yield path.relative_to(out).as_posix()


def _is_older(path: Path, other: Path) -> bool:
    """Tell whether a file is not there, or was written before the other."""
    try:
        return path.stat().st_mtime_ns < other.stat().st_mtime_ns
    except OSError:
        return True
