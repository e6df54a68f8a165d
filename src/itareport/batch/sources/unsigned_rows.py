"""Rows of a table that say what the program drafts, word for word, and that nobody has signed.

On a table's own sheets a draft is confirmed by name and date.  Where both its marks are gone, only
its words tell that it is one.  In a form that an agency returns, taking the mark away confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from itareport import draft
from itareport.actions import prepare
from itareport.batch.sources.finding import FoundSources
from itareport.batch.sources.source import Source, TableRow
from itareport.ita import closed_words
from itareport.ita.catalogue import Own
from itareport.ita.model import PlanRow, Remark, Report
from itareport.problems import ItaReportError, Place, problem
from itareport.reading import load

_LISTS = ("remarks", "plan")
_WHY = "เหมือนข้อความร่างของโปรแกรมทุกคำ และไม่ได้กรอกผู้ยืนยันและวันที่ยืนยัน"


def mark(found: FoundSources, own: Own) -> None:
    """Mark such rows of each agency as drafts again, and tell of them (O652)."""
    found.sources[:] = [_marked(one, own) for one in found.sources]


def _marked(source: Source, own: Own) -> Source:
    if not isinstance(source, TableRow) or not source.table.unsigned.get(source.agency.row):
        return source
    loaded = load.load_document(source.payload())
    report = loaded.report or (loaded.part.report if loaded.part else None)
    try:
        places = list(_mark(source, report, own)) if report else []
    except ItaReportError:  # of a year that is not known: the run tells of it
        places = []
    if not places:
        return source
    told = problem("O652", count=len(places), why=_WHY).at(places[0], places[1:])
    return replace(source, told=(*source.told, told))


def _mark(source: TableRow, report: Report, own: Own) -> Iterator[Place]:
    """Mark the rows in the table's data; yield the place of each."""
    unsigned = source.table.unsigned[source.agency.row]
    drafted, beside = _drafted(report, own), source.table.beside[source.agency.row]
    for name in _LISTS:
        rows, entries = getattr(report, name), beside.data.get(name)
        for at, entry in enumerate(entries if isinstance(entries, list) else ()):
            place = beside.places[name, at]
            if (place.sheet, place.line) in unsigned and _words(rows[at]) in drafted:
                assert isinstance(entry, dict)
                entry["draft"] = "true"
                yield place


def _drafted(report: Report, own: Own) -> set[tuple[object, ...]]:
    """Return the words of all that the program would draft for a report."""
    year = own.year(report.fiscal_year)
    report, _ = closed_words.spelt(report, year, own.kinds)
    bare = report.model_copy(update={name: _as_drafts(getattr(report, name)) for name in _LISTS})
    drafts = prepare.drafts_of(report.fiscal_year)
    full = draft.fill(bare, year, own.kinds, drafts, refresh=True)
    rows: tuple[Remark | PlanRow, ...] = (*full.remarks, *full.plan)
    return {_words(row) for row in rows if row.draft}


def _as_drafts(rows: Iterable[Remark | PlanRow]) -> tuple[Remark | PlanRow, ...]:
    return tuple(row.model_copy(update={"draft": True}) for row in rows)


def _words(row: Remark | PlanRow) -> tuple[object, ...]:
    """Return what a row says, but for its figures, which change with the scores."""
    if isinstance(row, Remark):
        return row.code, row.indicator, _plain(row.text)
    return row.issue, *(tuple(map(_plain, texts)) for texts in (row.measures, row.steps))


def _plain(text: str) -> str:
    return "".join(letter for letter in text if not (letter.isspace() or letter.isdigit()))
