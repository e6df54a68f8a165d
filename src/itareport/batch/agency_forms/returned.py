"""Take the data file of an agency in place of its row of a table; tell where the two differ.

A form says what its row said when it was given, so only what changed in the table meanwhile is
told: what the agency itself corrected is what the form is for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from itareport import thai
from itareport.batch.agency_forms import said_values
from itareport.batch.agency_forms.said_values import SaidValue
from itareport.batch.sources.finding import FoundSources
from itareport.batch.sources.source import DataFile, Payload, Source, TableRow
from itareport.ita import areas, closed_words, described
from itareport.ita.catalogue import Own
from itareport.ita.model import Report
from itareport.problems import FieldPath, ItaReportError, Place, Problem, problem
from itareport.reading import load
from itareport.reading.workbook import Origin

_INSTEAD = "แถวของตารางซึ่งหน่วยงานมีไฟล์ข้อมูลของตนแทนแล้ว"
_UNTOUCHED = "แบบกรอกที่ยังไม่มีผู้แก้ไข จึงใช้แถวของตาราง"
_OF_AGENCY = ("kind", "name", "district", "province")
_TEXTS = ("remarks.", "plan.", "signatures.")
"""What is written in a form, not in the row; compared only where the row had it too."""
_SHOWN = 60  # letters of a value


@dataclass(frozen=True, slots=True)
class _Read:
    """A row or a file as a report."""

    report: Report
    places: Mapping[FieldPath, Place]
    filled_from: Origin | None
    is_untouched: bool

    def place(self, where: FieldPath) -> Place | None:
        """Return the place of a field, or of what is around it."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where)


def taken(found: FoundSources, own: Own) -> None:
    """Put files in the place of the rows of their agencies, and tell what differs in the files.

    A form that nobody has worked on does not count: the row stays.
    """
    rows = AgencyRows(one for one in found.sources if isinstance(one, TableRow))
    sources: dict[str, Source] = {one.key: one for one in found.sources}
    for file in [one for one in found.sources if isinstance(one, DataFile)] if rows else ():
        form = _read(_payload(file), file.name, own)
        row = rows.row_of(form) if form else None
        said = _read(_payload(row), row.path.name, own) if row else None
        if form is None or row is None or (said and not _is_of_year(said, form)):
            continue
        if form.is_untouched:
            found.skip(_UNTOUCHED, file.shown)
            del sources[file.key]
            continue
        if sources.pop(row.key, None):
            found.skip(_INSTEAD, f"{row.shown} ({file.name})")
        sources[file.key] = replace(file, told=tuple(_told(row, said, form)) if said else ())
    found.sources[:] = sources.values()


def _is_of_year(row: _Read, form: _Read) -> bool:
    return row.report.fiscal_year == form.report.fiscal_year


class AgencyRows:
    """The rows of tables by the names of their agencies."""

    def __init__(self, rows: Iterable[TableRow]) -> None:
        """Take those rows."""
        self._by_name: dict[tuple[str, str], list[tuple[tuple[str, str], TableRow]]] = {}
        for row in rows:
            name, area = _identity(row.agency.identity)
            self._by_name.setdefault(name, []).append((area, row))

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def row_of(self, form: _Read) -> TableRow | None:
        """Return the row that a form was filled from, else the only one of its agency."""
        given = form.filled_from.values if form.filled_from else {}
        then = [given.get(f"agency.{name}", "") for name in _OF_AGENCY]
        now = [getattr(form.report.agency, name) for name in _OF_AGENCY]
        return self._only(then) or self._only(now)

    def _only(self, said: Iterable[str]) -> TableRow | None:
        found = self.of(said)
        return found[0] if len(found) == 1 else None

    def of(self, said: Iterable[str]) -> list[TableRow]:
        """Return the rows of an agency: of its kind and name, and of no other area."""
        name, area = _identity(said)
        return [row for own, row in self._by_name.get(name, ()) if _are_alike(own, area)]


def _are_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two areas may be one: a part that nobody has filled in tells nothing."""
    return all(not a or not b or a == b for a, b in zip(one, other, strict=True))


def _identity(said: Iterable[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return kind and name, district and province, however they are typed."""
    kind, name, *area = said
    district, province = thai.bare_area(*area)
    parts = (kind, name, district, areas.spelt(province))
    plain = ["".join(unicodedata.normalize("NFC", part).split()) for part in parts]
    return (plain[0], plain[1]), (plain[2], plain[3])


def _payload(source: Source) -> Payload | None:
    try:
        return source.payload()
    except ItaReportError:
        return None  # the run tells of it


def _read(payload: Payload | None, name: str, own: Own) -> _Read | None:
    """Return data as a report, as far as they are one; None where that cannot be said."""
    if payload is None:
        return None
    try:
        loaded = (
            load.load_bytes(payload, name)
            if isinstance(payload, bytes)
            else load.load_document(payload)
        )
        report = loaded.report or (loaded.part.report if loaded.part else None)
        if report is None:
            return None
        given = loaded.workbook.filled_from if loaded.workbook else None
        untouched = said_values.is_as_given(loaded.report, given)
        spelt, _ = closed_words.spelt(report, own.year(report.fiscal_year), own.kinds)
    except ItaReportError:
        return None
    return _Read(spelt, loaded.places, given, untouched)


def _told(row: TableRow, said: _Read, form: _Read) -> Iterator[Problem]:
    """Yield what the table says otherwise than the form, and did not when the form was given."""
    now, given = said_values.of(said.report), said_values.of(form.report)
    then = form.filled_from.values if form.filled_from else None
    for name in dict.fromkeys((*now, *(then or ()))):
        ours, theirs = _text(now.get(name)), _text(given.get(name))
        has_changed = not name.startswith(_TEXTS) if then is None else ours != then.get(name, "")
        if has_changed and ours != theirs and not name.endswith(".draft"):
            yield _differs(row, said, form, now.get(name), given.get(name))


def _differs(
    row: TableRow, said: _Read, form: _Read, ours: SaidValue | None, theirs: SaidValue | None
) -> Problem:
    where = theirs.where if theirs else ()
    at = said.place(ours.where) if ours else None
    label = (theirs and described.label(theirs.where, form.report)) or (
        ours and described.label(ours.where, said.report)
    )
    place = f"{row.path.name} {at if at and at.cell else row.agency.shown}"
    told = problem(
        "O651", where, label=label or "", given=_shown(theirs), place=place, now=_shown(ours)
    )
    return told.at(form.place(where) if theirs else None)


def _text(value: SaidValue | None) -> str:
    return value.text if value else ""


def _shown(value: SaidValue | None) -> str:
    text = _text(value)
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else "ช่องว่าง"
