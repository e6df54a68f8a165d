"""Prepare one data file: load it, join it with catalogues and pictures, and check it.

`load` knows the place of every field in the file, and the checks name fields: here each problem
of the checks gets its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from itareport import check, draft, plain, thai
from itareport.document import context, drawing, fonts, picture
from itareport.files import inputs
from itareport.ita import catalogue, described
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Report, Use
from itareport.problems import FieldPath, ItaReportError, Place, Problem, Severity, problem
from itareport.reading import load

if TYPE_CHECKING:
    from itareport.reading import workbook

_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is made, apart from its data."""

    template: Path | None = None
    catalogues: tuple[Path, ...] = ()
    digits: context.Digits = "thai"
    graph: str = ""
    """`radar`, `bar`, `none`, a picture's file, or "" for the data's own picture, else radar."""
    drafts: bool = False
    """Whether what the data leaves empty is filled with marked drafts before it is checked."""
    read: inputs.Read = inputs.read
    """Hands over the files named here and by the data: pictures, template, catalogues."""


@dataclass(frozen=True, slots=True)
class Ready:
    """All that one document is made from."""

    report: Report
    catalogue: Catalogue
    plan_catalogue: Catalogue | None
    kinds: Kinds
    emblem: drawing.Picture | None
    graph: drawing.Picture | None
    """The agency's own picture in place of the chart."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A data file after loading and checking; `ready` is None where nothing can be built."""

    ready: Ready | None
    problems: tuple[Problem, ...]
    part: Report | None = None
    """Where nothing can be built: what could be read all the same, to name the agency."""
    workbook: workbook.Opened | None = None
    """The workbook that the data were read from, for marked copies and drafts."""


def check_file(path: Path, options: Options) -> Checked:
    """Load and check one data file; every problem is collected, with its place in the file."""
    return _checked(lambda: load.load(path), path, options)


def check_data(data: bytes | plain.Document, path: Path, options: Options) -> Checked:
    """Do as `check_file` with what that file holds, or one agency's part of it.

    Pictures are named from the file's folder.
    """
    if isinstance(data, bytes):
        return _checked(lambda: load.load_bytes(data, path.name), path, options)
    return _checked(lambda: load.load_document(data), path, options)


def _checked(loading: Callable[[], load.Loaded], path: Path, options: Options) -> Checked:
    try:
        loaded = loading()
    except ItaReportError as error:
        return Checked(None, (*error.problems, *_unread(error.problems)))
    report, places = loaded.report, loaded.places
    if report is None:
        part = loaded.part.report if loaded.part else None
        found = _sorted((*loaded.problems, *_of_part(path, loaded, options)))
        return Checked(None, found, part, loaded.workbook)
    try:
        own = catalogue.own(options.catalogues, options.read)
        year, plan_year = _catalogues(report, own)
        given, report = report, _filled(report, year, own.kinds, options)
        fonts_lack = (*_characters(loaded, report), *_catalogue_characters(year, own))
    except ItaReportError as error:
        found = (*loaded.problems, *(_placed(p, places) for p in error.problems))
        return Checked(None, _sorted(found), report, loaded.workbook)
    emblem, graph, seen = _pictures(path, report, options)
    checked = draft.told(given, report, check.check(report, year, plan_year, own.kinds))
    raised = (*draft.summary(given, report), *checked, *fonts_lack, *seen)
    found = (*loaded.problems, *(_placed(p, places) for p in raised))
    ready = Ready(report, year, plan_year, own.kinds, emblem, graph)
    return Checked(ready, _sorted(found), workbook=loaded.workbook)


def _filled(report: Report, year: Catalogue, kinds: Kinds, options: Options) -> Report:
    if not options.drafts:
        return report
    return draft.fill(report, year, kinds, _drafts(report.fiscal_year))


@lru_cache(maxsize=4)
def _drafts(fiscal_year: int) -> draft.Drafts:
    """Read the drafts of a year, once for many reports."""
    return draft.load(fiscal_year)


def _catalogues(report: Report, own: catalogue.Own) -> tuple[Catalogue, Catalogue | None]:
    wanted = (report.fiscal_year, report.plan_year)
    for found, file in own.files.items():
        if found not in wanted:
            years = " หรือ ".join(map(str, wanted))
            other = problem("C206", name=file, found=found, wanted=years)
            raise ItaReportError(other.at(Place(file)))
    known = (*own.years, *catalogue.known_years())
    plan = own.year(report.plan_year) if report.plan_year in known else None
    return own.year(report.fiscal_year), plan


def _placed(found: Problem, places: Mapping[FieldPath, Place]) -> Problem:
    """Give a problem its place: the field's own, or that of the nearest field around it."""
    if found.place is not None:
        return found
    own = _place(found.where, places)
    also = dict.fromkeys(_place(path, places) for path in found.also)
    return found.at(own, [place for place in also if place not in (None, own)])


def _place(path: FieldPath, places: Mapping[FieldPath, Place]) -> Place | None:
    while path and path not in places:
        path = path[:-1]
    return places.get(path)


def _sorted(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    def key(found: Problem) -> tuple[int, tuple[int, int, int]]:
        return _ORDER.index(found.severity), found.place.order if found.place else (0, 0, 0)

    return tuple(sorted(problems, key=key))


def _pictures(
    path: Path, report: Report, options: Options
) -> tuple[drawing.Picture | None, drawing.Picture | None, tuple[Problem, ...]]:
    emblem = graph = None
    problems: tuple[Problem, ...] = ()
    if report.agency.emblem:
        file = path.parent / report.agency.emblem
        emblem, problems = picture.read(file, picture.EMBLEM, ("agency", "emblem"), options.read)
    file_of_graph = _graph_file(path, report, options)
    if file_of_graph is not None:
        where = () if options.graph else ("graph",)
        graph, more = picture.read(file_of_graph, picture.GRAPH, where, options.read)
        problems += more
    return emblem, graph, problems


def _graph_file(path: Path, report: Report, options: Options) -> Path | None:
    if options.graph in ("radar", "bar", "none"):
        return None
    if options.graph:
        return Path(options.graph)
    return path.parent / report.graph if report.graph else None


def _characters(loaded: load.Loaded, report: Report) -> Iterator[Problem]:
    """Find characters that the packaged fonts do not have; a PDF's text would not show them."""
    for where, text in _texts(report, ()):
        if missing := fonts.missing_characters(text):
            at = text.index(missing[0])
            facts: dict[str, Any] = {
                "characters": thai.symbols(missing),
                "near": thai.words_near(text, at),
            }
            found = problem("D155", where, label=described.label(where, report), **facts)
            line = loaded.line(where, text, at)
            yield found.at(line) if line else found


def _of_part(path: Path, loaded: load.Loaded, options: Options) -> tuple[Problem, ...]:
    """Check the readable part of a refused report; return a note where there is none."""
    if loaded.part is None:
        return (problem("D117"),)
    report, places = loaded.part.report, loaded.places
    try:
        own = catalogue.own(options.catalogues, options.read)
        year, plan_year = _catalogues(report, own)
        given, report = report, _filled(report, year, own.kinds, options)
        lack = tuple(_characters(loaded, report))
    except ItaReportError as error:
        return tuple(_placed(p, places) for p in error.problems)
    *_, seen = _pictures(path, report, options)
    checked = draft.told(given, report, check.check(report, year, plan_year, own.kinds))
    raised = (*checked, *lack, *seen)
    return tuple(_placed(p, places) for p in loaded.part.sure(raised))


def _unread(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return a note that the rest was not read, where the first fault is inside the file."""
    inside = any(p.place and p.place.line for p in problems)
    return (problem("D117"),) if inside else ()


def _catalogue_characters(year: Catalogue, own: catalogue.Own) -> Iterator[Problem]:
    """Find such characters in the words of an office's own catalogue; ours are tested."""
    for where, text in _texts(year, ()) if own.years else ():
        missing = fonts.missing_characters(text) if "source" not in where else ()
        for character in missing:
            said = thai.character_name(character)
            yield problem("C230", character=said, near=text[:40]).at(
                Place(", ".join(own.files.values()))
            )


def _texts(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for field in described.fields(type(value)).values():
            if field.use is not Use.UNPRINTED:
                yield from _texts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
