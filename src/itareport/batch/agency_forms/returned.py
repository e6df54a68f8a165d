"""Take the data file of an agency in place of its row of a table; tell where the two differ.

A form says what its row said when it was given, so only what changed in the table meanwhile is
told: what the agency itself corrected is what the form is for, but for who the agency is.  A form
that cannot be read takes its row's place too: the row is not what the agency says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from itareport import thai
from itareport.batch.agency_forms import said_values
from itareport.batch.agency_forms.said_values import SaidValue
from itareport.batch.sources.finding import FoundSources
from itareport.batch.sources.source import DataFile, Payload, Source, TableRow, Unusable
from itareport.ita import areas, catalogue, closed_words, described, names
from itareport.ita.catalogue import Kinds, Own
from itareport.ita.kinds import full_name
from itareport.ita.model import WHOSE, Report
from itareport.problems import FieldPath, ItaReportError, Place, Problem, problem
from itareport.reading import load
from itareport.reading.workbook import Origin

_INSTEAD = "แถวของตารางซึ่งหน่วยงานมีไฟล์ข้อมูลของตนแทนแล้ว"
_UNTOUCHED = "แบบกรอกที่ยังไม่มีผู้แก้ไข จึงใช้แถวของตาราง"
_IDENTITY = tuple(f"agency.{name}" for name in WHOSE)
_TEXTS = ("remarks.", "plan.", "signatures.")
"""What is written in a form, not in the row; compared only where the row had it too."""
_SHOWN = 60  # letters of a value


@dataclass(frozen=True, slots=True)
class _Read:
    """A row or a file as a report, as far as it could be read."""

    report: Report | None = None
    places: Mapping[FieldPath, Place] = field(default_factory=dict)
    filled_from: Origin | None = None
    is_whole: bool = False
    is_untouched: bool = False

    @property
    def then(self) -> Mapping[str, str]:
        """What the row said from which a form was filled; nothing for other data."""
        return self.filled_from.values if self.filled_from else {}

    @property
    def year(self) -> str:
        """The fiscal year for which a form was given, else the one that the data say."""
        return self.then.get("fiscal_year") or (str(self.report.fiscal_year) if self.report else "")

    def place(self, where: FieldPath) -> Place | None:
        """Return the place of a field, or of what is around it."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where)


def replace_rows(found: FoundSources, own: Own) -> None:
    """Put files in the place of the rows of their agencies, and tell what differs in the files.

    A form that nobody has worked on does not count: the row stays.  One that cannot be read, and
    may be any agency's, is told of: the row of that agency stays.
    """
    rows = AgencyRows(one for one in found.sources if isinstance(one, TableRow))
    sources: dict[str, Source] = {one.key: one for one in found.sources}
    for file in filter(_is_file, found.sources) if rows else ():
        form = _read(_payload(file), file.path.name, own)
        row = rows.row_of(form) if form.then or form.report else rows.named(file.path.stem, own)
        if row is None:
            if not form.then and form.report is None and isinstance(file, DataFile):
                sources[file.key] = replace(file, told=(problem("O654").at(Place(file.name)),))
            continue
        said = _read(_payload(row), row.path.name, own)
        if said.year and form.year not in ("", said.year):
            continue
        if form.is_untouched:
            found.skip(_UNTOUCHED, file.shown)
            del sources[file.key]
            continue
        if sources.pop(row.key, None):
            found.skip(_INSTEAD, f"{row.shown} ({file.path.name})")
        sources[file.key] = replace(file, told=tuple(_told(row, said, form)), whose=row.agency)
    found.sources[:] = sources.values()


def _is_file(source: Source) -> TypeGuard[DataFile | Unusable]:
    """Return whether a source is a whole file, which may be a form, broken or not."""
    return isinstance(source, DataFile | Unusable) and "#" not in source.key


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
        then = [form.then.get(f"agency.{name}", "") for name in WHOSE]
        agency = form.report.agency if form.report else None
        return self._only(then) or (
            self._only([getattr(agency, name) for name in WHOSE]) if agency else None
        )

    def named(self, stem: str, own: Own) -> TableRow | None:
        """Return the only row whose form, or whose agency, has the name of a file."""
        stem = unicodedata.normalize("NFC", stem)
        rows = (row for named in self._by_name.values() for _, row in named)
        found = [row for row in rows if any(_begins(stem, name) for name in _names(row, own.kinds))]
        return found[0] if len(found) == 1 else None

    def _only(self, said: Iterable[str]) -> TableRow | None:
        found = self.of(said)
        return found[0] if len(found) == 1 else None

    def of(self, said: Iterable[str]) -> list[TableRow]:
        """Return the rows of an agency: of its kind and name, and of no other area."""
        name, area = _identity(said)
        return [row for own, row in self._by_name.get(name, ()) if _are_alike(own, area)]


def _names(row: TableRow, kinds: Kinds) -> Iterator[str]:
    """Yield what the file of a row's agency may be called."""
    kind, name, *_ = row.agency.identity
    short = kinds.short_name(kind, name)
    yield full_name(kind, name)
    yield short
    yield from (names.form_name(year, short) for year in catalogue.known_years())


def _begins(stem: str, name: str) -> bool:
    """Return whether a file has that name, or that name and more: a number, a date."""
    rest = stem.removeprefix(unicodedata.normalize("NFC", name))
    return len(rest) < len(stem) and (not rest or rest[0] in " _-(.")


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


def _read(payload: Payload | None, name: str, own: Own) -> _Read:
    """Return data as a report, as far as they are one."""
    if payload is None:
        return _Read()
    try:
        loaded = (
            load.load_bytes(payload, name)
            if isinstance(payload, bytes)
            else load.load_document(payload)
        )
        given = loaded.workbook.filled_from if loaded.workbook else None
    except ItaReportError:
        return _Read()
    untouched = said_values.is_as_given(loaded.report, given)
    report = loaded.report or (loaded.part.report if loaded.part else None)
    spelt, is_known = _spelt(report, own) if report else (None, False)
    is_whole = is_known and loaded.report is not None
    return _Read(spelt, loaded.places, given, is_whole, untouched)


def _spelt(report: Report, own: Own) -> tuple[Report, bool]:
    """Return a report with its closed words as its year spells them, where the year is known."""
    try:
        return closed_words.spelt(report, own.year(report.fiscal_year), own.kinds)[0], True
    except ItaReportError:
        return report, False


def _told(row: TableRow, said: _Read, form: _Read) -> Iterator[Problem]:
    """Yield what the table says otherwise than the form, and did not when the form was given.

    Of what cannot be read as a whole nothing is told, but for who the agency is.
    """
    if said.report is None or form.report is None:
        return
    now, given, then = said_values.of(said.report), said_values.of(form.report), form.then
    both = said.is_whole and form.is_whole
    for name in dict.fromkeys((*now, *then) if both else _IDENTITY):
        if name in now and now[name].where not in said.places:
            continue  # the program's own proposal, such as who signs
        ours, theirs = _text(now.get(name)), _text(given.get(name))
        has_changed = not name.startswith(_TEXTS) if not then else ours != then.get(name, "")
        if then and name in _IDENTITY and not has_changed and ours != theirs:
            yield _is_renamed(form, now.get(name), given.get(name))
        elif has_changed and ours != theirs and not name.endswith(".draft"):
            yield _differs(row, said, form, now.get(name), given.get(name))


def _is_renamed(form: _Read, ours: SaidValue | None, theirs: SaidValue | None) -> Problem:
    value = theirs or ours
    assert value is not None
    label = described.label(value.where, form.report)
    told = problem("O653", value.where, label=label, then=_shown(ours), now=_shown(theirs))
    return told.at(form.place(value.where))


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
