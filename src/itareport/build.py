"""One report, from its file to .docx and PDF: the steps in order.

load -> catalogue -> check (all three in `ready`) -> context -> word -> office -> verify.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from itareport import (
    assets,
    chart,
    context,
    drawing,
    inputs,
    marks,
    names,
    output,
    verify,
    word,
)
from itareport.errors import ExitStatus, ItaReportError, Problem, exit_status, problem
from itareport.ready import Options, Ready, check_file

Tell = Callable[[str], None]
"""Hears what is being done, for progress."""
Convert = Callable[[bytes], bytes]
""".docx to PDF, both as bytes."""

_MAX_TEMPLATE = 50_000_000  # bytes
_GRAPH_BOX_CM = (16.0, 9.5)
_EMBLEM_BOX_CM = (3.5, 3.5)


def _silence(_doing: str) -> None:
    pass


@dataclass(slots=True)
class Run:
    """One command's run over one or many data files."""

    out: Path
    options: Options = field(default_factory=Options)
    convert: Convert | None = None
    """Makes the PDF; None where no PDF is wanted."""
    tell: Tell = _silence
    made: dict[Path, Path] = field(default_factory=dict)
    """Each .docx made in this run, with its data file: a second report may not overwrite it."""


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


def report(path: Path, run: Run) -> Built:
    """Check one data file and build its .docx, and its PDF where the run wants one.

    Errors of the data stop before anything is written.  The .docx is written before the PDF is
    tried, so a fault of LibreOffice costs the PDF only.
    """
    run.tell(f"ตรวจข้อมูล {path.name}")
    checked = check_file(path, run.options)
    if checked.ready is None or exit_status(checked.problems):
        return Built(checked.problems)
    target = run.out / f"{names.report_name(checked.ready.report, checked.ready.kinds)}.docx"
    try:
        run.tell(f"จัดทำ {target.name}")
        if target in run.made:
            other = run.made[target].name
            return Built((*checked.problems, problem("O605", file=target.name, other=other)))
        made, lost = docx(checked.ready, run.options)
        output.folder(run.out)
        kept = output.keep_edited(target)
        output.write(target, made)
    except ItaReportError as error:
        return Built((*checked.problems, *error.problems))
    run.made[target] = path
    told = (*checked.problems, *lost, *([kept] if kept else []))
    built = Built(told, target)
    if run.convert is not None:
        built = _with_pdf(built, made, checked.ready, run)
    return built if built.pdf else _beside_an_old_pdf(built)


def _beside_an_old_pdf(built: Built) -> Built:
    """Tell of a PDF of an earlier run, which no longer says what the new Word file says."""
    old = built.docx.with_suffix(".pdf") if built.docx else None
    if old is None or not old.exists():
        return built
    return replace(built, problems=(*built.problems, problem("P519", file=old.name)))


def docx(ready: Ready, options: Options) -> tuple[bytes, tuple[Problem, ...]]:
    """Fill the template: the bytes, and a warning for each value an own template left out."""
    with_graph = ready.graph is not None or options.graph != "none"
    words = context.context(
        ready.report, ready.catalogue, ready.plan_catalogue, options.digits, with_graph=with_graph
    )
    prepared = template(options)
    made = prepared.render(words, drawings(ready, options))
    lost = prepared.unprinted(words) if options.template else {}
    return made, tuple(_unprinted(lost))


def _unprinted(lost: Mapping[str, list[str]]) -> Iterator[Problem]:
    for tag, values in lost.items():
        shown = values[0] if len(values[0]) <= 40 else f"{values[0][:40]}…"
        more = f" และอีก {len(values) - 1} แห่ง" if len(values) > 1 else ""
        yield problem("T320", tag=tag, value=f"“{shown}”{more}")


def drawings(ready: Ready, options: Options) -> word.MakeDrawing:
    """Return what makes the report's emblem and graph, of data or of the agency's pictures."""
    kind: chart.Kind = "bar" if options.graph == "bar" else "radar"
    shown = context.graph(ready.report, ready.catalogue, kind, options.digits)

    def make(mark: str, into: drawing.Parts) -> str | None:
        if mark == marks.EMBLEM and ready.emblem:
            about = f"ตรา{ready.report.agency.full_name}"
            return into.picture(ready.emblem, "emblem", _EMBLEM_BOX_CM, about)
        if mark == marks.GRAPH and ready.graph:
            return into.picture(ready.graph, "graph", _GRAPH_BOX_CM, shown.alternative_text)
        if mark == marks.GRAPH:
            return into.chart(shown, _GRAPH_BOX_CM)
        return None

    return make


def template(options: Options) -> word.Template:
    """Return the template that the options name, or ours, prepared.

    Raises:
        ItaReportError: T300 to T302, T305: it cannot be read or used.
    """
    file = options.template or assets.template()
    reader = options.read if options.template else inputs.read
    try:
        data = reader(file, _MAX_TEMPLATE)
    except OSError as error:
        raise ItaReportError(problem("T305", file=file.name)) from error
    return word.prepared(data, options.digits)


def _with_pdf(built: Built, made: bytes, ready: Ready, run: Run) -> Built:
    if built.docx is None or run.convert is None:
        return built
    target = built.docx.with_suffix(".pdf")
    try:
        run.tell(f"แปลงเป็น {target.name}")
        data = run.convert(made)
        run.tell(f"ตรวจ {target.name}")
        verified = verify.pdf(data, expected(ready, run.options, made))
        problems = (*built.problems, *verified.problems)
        if exit_status(verified.problems):
            return Built(problems, built.docx)
        output.write(target, data)
    except ItaReportError as error:
        return Built((*built.problems, *error.problems), built.docx)
    return Built(problems, built.docx, target, verified.pages)


def expected(ready: Ready, options: Options, made: bytes) -> verify.Expected:
    """Return what the PDF of a made document must hold: every paragraph and figure, the name."""
    return expected_of(printed_name(ready, options), made)


def printed_name(ready: Ready, options: Options) -> str:
    """Return the agency's full name as the document prints it."""
    say = context.speaker(ready.catalogue, ready.plan_catalogue, options.digits)
    return say(ready.report.agency.full_name)


def expected_of(name: str, made: bytes) -> verify.Expected:
    """Return what the PDF must hold of a made document that prints the name so."""
    text = word.text(made)
    return verify.Expected(name=name, scores=verify.figures(text), texts=text.split("\n"))
