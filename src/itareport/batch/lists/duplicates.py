"""Agencies for which a run has several data files: each of their lines gets a warning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from itareport.batch.record.entry import Entry
from itareport.batch.record.journal import Journal
from itareport.batch.sources.source import Source
from itareport.ita.kinds import full_name
from itareport.problems import Flag, problem


def mark(journal: Journal, sources: Mapping[str, Source]) -> list[str]:
    """Warn of each agency that has several sources, in the line of every one of them.

    An agency that has corrected its name in a form is the same under either name.

    Returns:
        The names of those sources.

    Raises:
        ItaReportError: O6xx: a line cannot be written.
    """
    groups, marked = _grouped(journal.entries(sources))
    duplicates = {source: group for group in groups for source in group}
    for entry in list(journal.entries({**dict.fromkeys(marked), **duplicates})):
        now = _marked(entry, duplicates.get(entry.source, []), sources)
        if now != entry:
            journal.add(now)
    return [sources[source].shown for source in duplicates]


def _grouped(entries: Iterable[Entry]) -> tuple[list[list[str]], list[str]]:
    """Return the sources of each agency that has several, and those with a warning from before."""
    first: dict[int, str] = {}
    groups: dict[str, list[str]] = {}
    marked: list[str] = []
    for entry in entries:
        if entry.has(Flag.DUPLICATE):
            marked.append(entry.source)
        if entry.facts:
            named = filter(None, (entry.facts, entry.facts.earlier))
            agencies = [hash(one.agency) for one in named]
            one = next((first[agency] for agency in agencies if agency in first), entry.source)
            for agency in agencies:
                first.setdefault(agency, one)
            if one != entry.source:
                groups.setdefault(one, [one]).append(entry.source)
    return list(groups.values()), marked


def _marked(entry: Entry, group: Iterable[str], sources: Mapping[str, Source]) -> Entry:
    """Return the line with a warning for each other source of its agency, and no old one."""
    facts = entry.facts
    name = full_name(facts.kind, facts.name) if facts else entry.shown
    others = [sources[source].shown for source in group if source != entry.source]
    rest = tuple(one for one in entry.problems if not one.has(Flag.DUPLICATE))
    warnings = (problem("O613", agency=name, other=other) for other in others)
    return replace(entry, problems=rest).with_problems(*warnings)
