"""One report, from its file to .docx and PDF: the steps in order.

load -> catalogue -> check -> context -> word -> office -> verify.  `load` knows where things
stand in the file, the checks speak of fields: here the two are joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from pydantic import BaseModel

from itareport import (
    assets,
    catalogue,
    chart,
    context,
    drawing,
    fonts,
    load,
    marks,
    names,
    office,
    output,
    picture,
    verify,
    word,
)
from itareport.catalogue import Catalogue
from itareport.check import check as check_report
from itareport.errors import ExitStatus, FieldPath, ItaReportError, Place, Problem, exit_status, problem
from itareport.model import Report
from itareport.sentences import Severity

Tell = Callable[[str], None]
"""Hears what is being done, for progress."""
Convert = Callable[[bytes], bytes]
""".docx to PDF, both as bytes."""

_GRAPH_BOX_CM = (16.0, 10.5)
_EMBLEM_BOX_CM = (3.5, 3.5)
_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is made, apart from its data."""

    template: Path | None = None
    catalogues: tuple[Path, ...] = ()
    digits: context.Digits = "thai"
    graph: str = ""
    """`radar`, `bar`, `none`, a picture's file, or "" for the data's own picture, else radar."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A data file after loading and checking; `report` is None where it cannot be built."""

    report: Report | None
    catalogue: Catalogue | None
    plan_catalogue: Catalogue | None
    emblem: drawing.Picture | None
    graph: drawing.Picture | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left behind: whole files, and every problem met on the way."""

    problems: tuple[Problem, ...]
    docx: Path | None = None
    pdf: Path | None = None
    pages: int | None = None

    @property
    def exit_status(self) -> ExitStatus:
        """The status that the problems mean."""
        return exit_status(self.problems)


def check(path: Path, options: Options) -> Checked:
    """Load and check one data file; every problem is collected, with its place in the file."""
    try:
        loaded = load.load(path)
    except ItaReportError as error:
        return Checked(None, None, None, None, None, error.problems)
    report, places = loaded.report, loaded.places
    if report is None:
        return Checked(None, None, None, None, None, _sorted(loaded.problems))
    try:
        year, plan_year = _catalogues(report, options)
    except ItaReportError as error:
        found = (*loaded.problems, *(_placed(p, places) for p in error.problems))
        return Checked(None, None, None, None, None, _sorted(found))
    emblem, graph, seen = _pictures(path, report, options)
    raised = (*check_report(report, year, plan_year), *_characters(report), *seen)
    found = (*loaded.problems, *(_placed(p, places) for p in raised))
    return Checked(report, year, plan_year, emblem, graph, _sorted(found))


def _catalogues(report: Report, options: Options) -> tuple[Catalogue, Catalogue | None]:
    own = {read.fiscal_year: read for read in map(catalogue.read_file, options.catalogues)}
    unused = [y for y in own if y not in (report.fiscal_year, report.plan_year)]
    if unused:
        facts = {"found": unused[0], "wanted": report.fiscal_year}
        raise ItaReportError(problem("C206", name=options.catalogues[0].name, **facts))
    year = own.get(report.fiscal_year) or catalogue.load(report.fiscal_year)
    plan = own.get(report.plan_year)
    if plan is None and report.plan_year in catalogue.known_years():
        plan = catalogue.load(report.plan_year)
    return year, plan


def _placed(found: Problem, places: Mapping[FieldPath, Place]) -> Problem:
    """Give a problem its place: the field's own, or that of the nearest field around it."""
    if found.place is not None:
        return found
    also = [place for path in found.also if (place := _place(path, places))]
    return found.at(_place(found.where, places), also)


def _place(path: FieldPath, places: Mapping[FieldPath, Place]) -> Place | None:
    while path and path not in places:
        path = path[:-1]
    return places.get(path)


def _sorted(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    def key(found: Problem) -> tuple[int, int, int]:
        place = found.place
        line = place.line or 0 if place else 0
        return _ORDER.index(found.severity), line, (place.column or 0 if place else 0)

    return tuple(sorted(problems, key=key))


def _pictures(
    path: Path, report: Report, options: Options
) -> tuple[drawing.Picture | None, drawing.Picture | None, tuple[Problem, ...]]:
    emblem = graph = None
    problems: tuple[Problem, ...] = ()
    if report.agency.emblem:
        file = path.parent / report.agency.emblem
        emblem, problems = picture.read(file, picture.EMBLEM, ("agency", "emblem"))
    file_of_graph = _graph_file(path, report, options)
    if file_of_graph is not None:
        graph, more = picture.read(file_of_graph, picture.GRAPH, ("graph",))
        problems += more
    return emblem, graph, problems


def _graph_file(path: Path, report: Report, options: Options) -> Path | None:
    if options.graph in ("radar", "bar", "none"):
        return None
    if options.graph:
        return Path(options.graph)
    return path.parent / report.graph if report.graph else None


def _characters(report: Report) -> Iterator[Problem]:
    """Find characters that the packaged fonts do not have; a PDF's text would not show them."""
    for where, text in _texts(report, ()):
        for character in fonts.missing_characters(text):
            label = load.label(where, report)
            yield problem("D155", where, label=label, character=load.named(character))


def _texts(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


def docx(checked: Checked, options: Options) -> tuple[bytes, tuple[Problem, ...]]:
    """Fill the template with a checked report: the bytes, and what an own template left out."""
    assert checked.report is not None and checked.catalogue is not None
    report, year, digits = checked.report, checked.catalogue, options.digits
    with_graph = checked.graph is not None or options.graph != "none"
    words = context.context(report, year, checked.plan_catalogue, digits, with_graph=with_graph)
    kind: chart.Kind = "bar" if options.graph == "bar" else "radar"
    shown = context.graph(report, year, kind, digits)

    def make(mark: str, into: drawing.Parts) -> etree._Element | None:
        if mark == marks.EMBLEM and checked.emblem:
            about = f"ตรา{report.agency.full_name}"
            return drawing.picture(checked.emblem, "emblem", 1, _EMBLEM_BOX_CM, about, into)
        if mark == marks.GRAPH and checked.graph:
            about = shown.alternative_text
            return drawing.picture(checked.graph, "graph", 2, _GRAPH_BOX_CM, about, into)
        if mark == marks.GRAPH:
            return drawing.native_chart(shown, 2, _GRAPH_BOX_CM, into)
        return None

    made = _template(options).render(words, make)
    lost = word.unprinted(made, words)
    return made, tuple(problem("T320", value=value) for value in lost)


def _template(options: Options) -> word.Template:
    file = options.template or assets.template()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ItaReportError(problem("T305", file=file.name)) from error
    return word.Template(data, options.digits)


def report(
    path: Path, out: Path, options: Options, convert: Convert | None = None, tell: Tell = print
) -> Built:
    """Check one data file and build its .docx, and its PDF where `convert` is given.

    Errors of the data stop before anything is written.  The .docx is written before the PDF is
    tried, so a fault of LibreOffice costs the PDF only.
    """
    tell(f"ตรวจข้อมูล {path.name}")
    checked = check(path, options)
    if checked.report is None or exit_status(checked.problems):
        return Built(checked.problems)
    stem = names.report_name(checked.report)
    try:
        tell(f"จัดทำ {stem}.docx")
        made, lost = docx(checked, options)
        output.folder(out)
        target = out / f"{stem}.docx"
        output.write(target, made)
    except ItaReportError as error:
        return Built((*checked.problems, *error.problems))
    built = Built((*checked.problems, *lost), target)
    return _pdf(built, checked, options, convert, tell) if convert else built


def _pdf(
    built: Built, checked: Checked, options: Options, convert: Convert, tell: Tell
) -> Built:
    assert built.docx is not None
    target = built.docx.with_suffix(".pdf")
    try:
        tell(f"แปลงเป็น {target.name}")
        data = convert(built.docx.read_bytes())
        tell(f"ตรวจ {target.name}")
        verified = verify.pdf(data, expected(checked, options))
        problems = (*built.problems, *verified.problems)
        if exit_status(verified.problems):
            return Built(problems, built.docx)
        output.write(target, data)
    except ItaReportError as error:
        return Built((*built.problems, *error.problems), built.docx)
    return Built(problems, built.docx, target, verified.pages)


def expected(checked: Checked, options: Options) -> verify.Expected:
    """Return what the PDF must hold: the agency's name and every score as often as printed."""
    assert checked.report is not None and checked.catalogue is not None
    words = context.context(checked.report, checked.catalogue, None, options.digits)
    return verify.Expected(name=words["agency"]["name"], scores=_scores(words))


def _scores(words: context.Context) -> Counter[str]:
    figures = [words["result"]["total"], *(row["score"] for row in words["result"]["tools"])]
    figures += [row["score"] for row in words["indicators"]["rows"]]
    for issue in words["part1"]["issues"]:
        figures += [score for row in issue["rows"] for score in row["scores"]]
    return Counter(f for text in figures for f in re.findall(r"[\d๐-๙]+\.[\d๐-๙]{2}", text))
