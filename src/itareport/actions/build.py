"""Build reports, from data file to .docx and PDF: the steps in order, for every document.

load -> catalogue -> check (all three in `prepare`) -> context -> word -> office -> verify.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from itareport.actions import documents
from itareport.actions.documents import Document
from itareport.actions.outcome import FileOutcome, FilesOutcome, of_files
from itareport.actions.prepare import Options, Ready, check_file
from itareport.document import chart, context, drawing, marks, word
from itareport.document.context import older_names
from itareport.files import inputs, output
from itareport.pdf import verify
from itareport.problems import ItaReportError, Problem, exit_status, problem

Tell = Callable[[str], None]
"""Is called with each step that begins, to show progress."""
Convert = Callable[[bytes], bytes]
""".docx to PDF, both as bytes."""

_MAX_TEMPLATE = 50_000_000  # bytes
_GRAPH_BOX_CM = (16.0, 8.5)
_BAR_BOX_CM = (16.0, 8.7)
"""A lower one has LibreOffice leave out every second label of the bars."""
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
class Rendered:
    """One document of a report, filled but not yet written."""

    code: str
    """The document's, of `documents`."""
    stem: str
    """The name of its files without extension."""
    docx: bytes
    has_pdf: bool
    """Whether it becomes a PDF too, where PDFs are wanted."""


def reports(files: Iterable[str | Path], run: Run) -> FilesOutcome:
    """Build the reports of data files, one after another; one failure does not stop the rest."""
    return of_files(replace(report(Path(file), run), file=str(file)) for file in files)


def report(path: Path, run: Run) -> FileOutcome:
    """Check one data file and build its documents, and their PDFs where the run wants them.

    Errors of the data stop before anything is written.  Every .docx is written before a PDF is
    tried, so a fault of LibreOffice costs the PDF only.
    """
    run.tell(f"ตรวจข้อมูล {path.name}")
    checked = check_file(path, run.options)
    ready, problems = checked.ready, checked.problems
    if ready is None or exit_status(problems):
        return FileOutcome(problems)
    written: list[Path] = []
    try:
        _refuse_taken_names(ready, run)
        rendered, lost = render(ready, run.options, run.tell)
        problems += lost
        for one in rendered:
            target, kept = _written(one, path, run)
            problems += kept
            written.append(target)
    except ItaReportError as error:
        return FileOutcome((*problems, *error.problems), tuple(written))
    name, outputs, pages = printed_name(ready, run.options), list[Path](), 0
    for target, one in zip(written, rendered, strict=True):
        pdf = _pdf(target.with_suffix(".pdf"), one, name, run)
        problems += pdf.problems
        outputs += (target, *pdf.outputs)
        pages += pdf.pages or 0
    return FileOutcome(problems, tuple(outputs), pages=pages or None)


def _refuse_taken_names(ready: Ready, run: Run) -> None:
    """Refuse a report whose file name another report of this run already has.

    Raises:
        ItaReportError: O605.
    """
    for document in documents.DOCUMENTS:
        target = run.out / f"{document.stem(ready.report, ready.kinds)}.docx"
        if target in run.made:
            raise ItaReportError(problem("O605", file=target.name, other=run.made[target].name))


def render(
    ready: Ready, options: Options, tell: Tell = _silence
) -> tuple[tuple[Rendered, ...], tuple[Problem, ...]]:
    """Fill the template of every document; return them, and warnings of own templates.

    Raises:
        ItaReportError: T3xx: a template cannot be used or filled.
    """
    rendered: list[Rendered] = []
    problems: tuple[Problem, ...] = ()
    for document in documents.DOCUMENTS:
        stem = document.stem(ready.report, ready.kinds)
        tell(f"จัดทำ {stem}.docx")
        made, lost = docx(ready, options, document)
        rendered.append(Rendered(document.code, stem, made, document.has_pdf))
        problems += lost
    return tuple(rendered), problems


def _written(rendered: Rendered, path: Path, run: Run) -> tuple[Path, tuple[Problem, ...]]:
    """Write a .docx; return where, and a note where an edited file was kept under another name.

    Raises:
        ItaReportError: O6xx: it cannot be written.
    """
    target = run.out / f"{rendered.stem}.docx"
    output.folder(run.out)
    kept = output.keep_edited(target)
    output.write(target, rendered.docx)
    run.made[target] = path
    return target, (kept,) if kept else ()


def docx(
    ready: Ready, options: Options, document: Document = documents.REPORT
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return a filled .docx, and what the user's template prints not or has too much.

    Raises:
        ItaReportError: T3xx: the template cannot be used or filled.
    """
    words = document.words(ready, options)
    prepared = template(options, document)
    made = prepared.render(words, drawings(ready, options))
    if not document.own_template(options):
        return made, ()
    lost = prepared.unprinted(words, older_names.PRINTS, older_names.FIXED)
    return made, (*prepared.left_out, *_unprinted(lost))


def _unprinted(lost: Mapping[str, list[str]]) -> Iterator[Problem]:
    for tag, values in lost.items():
        shown = values[0] if len(values[0]) <= 40 else f"{values[0][:40]}…"
        more = f" และอีก {len(values) - 1} แห่ง" if len(values) > 1 else ""
        yield problem("T320", tag=tag, value=f"“{shown}”{more}")


def drawings(ready: Ready, options: Options) -> word.MakeDrawing:
    """Return the function that puts the emblem and the graph into the report."""
    kind: chart.Kind = "bar" if options.graph == "bar" else "radar"
    shown = context.graph(ready.report, ready.catalogue, kind, options.digits)

    def make(mark: str, into: drawing.Parts) -> str | None:
        if mark == marks.EMBLEM and ready.emblem:
            about = f"ตรา{ready.report.agency.full_name}"
            return into.picture(ready.emblem, "emblem", _EMBLEM_BOX_CM, about)
        if mark == marks.GRAPH and ready.graph:
            return into.picture(ready.graph, "graph", _GRAPH_BOX_CM, shown.alternative_text)
        if mark == marks.GRAPH:
            return into.chart(shown, _BAR_BOX_CM if kind == "bar" else _GRAPH_BOX_CM)
        return None

    return make


def template(options: Options, document: Document = documents.REPORT) -> word.Template:
    """Return a document's template, the user's or ours, prepared.

    Raises:
        ItaReportError: T300 to T302, T305: it cannot be read or used.
    """
    own = document.own_template(options)
    file = own or document.template_file
    reader = options.read if own else inputs.read
    try:
        data = reader(file, _MAX_TEMPLATE)
    except OSError as error:
        raise ItaReportError(problem("T305", file=file.name)) from error
    return word.prepared(data, options.digits)


def _pdf(target: Path, rendered: Rendered, name: str, run: Run) -> FileOutcome:
    """Make the PDF of a document that has one, where the run wants it."""
    if not rendered.has_pdf:
        return FileOutcome()
    if run.convert is None:
        return FileOutcome(old_pdf(target))
    try:
        run.tell(f"แปลงเป็น {target.name}")
        data, verified = pdf(
            rendered.docx, name, run.convert, lambda: run.tell(f"ตรวจ {target.name}")
        )
        output.write(target, data)
    except ItaReportError as error:
        return FileOutcome((*error.problems, *old_pdf(target)))
    return FileOutcome(verified.problems, (target,), pages=verified.pages)


def pdf(
    docx: bytes, name: str, convert: Convert, tell: Callable[[], None] = lambda: None
) -> tuple[bytes, verify.Verified]:
    """Return the PDF of a .docx, and what was verified in it; `tell` is called between the two.

    Where a row goes on over a page with but one line, a second PDF is made of a copy in which that
    row is whole, and the better one of both is returned.

    Raises:
        ItaReportError: P5xx, F4xx: it cannot be made, or is not what the .docx says.
    """
    made = _verified(docx, name, convert, tell)
    if whole := made[1].split_rows:
        with suppress(ItaReportError):  # then the first stays
            again = _verified(word.with_whole_rows(docx, whole), name, convert)
            made = again if again[1].is_better_than(made[1]) else made
    if exit_status(made[1].problems):
        raise ItaReportError(*made[1].problems)
    return made


def _verified(
    docx: bytes, name: str, convert: Convert, tell: Callable[[], None] = lambda: None
) -> tuple[bytes, verify.Verified]:
    data = convert(docx)
    tell()
    return data, verify.pdf(data, expected(name, docx))


def old_pdf(pdf: Path) -> tuple[Problem, ...]:
    """Return a warning where an earlier run's PDF lies beside a new Word file."""
    return (problem("P519", file=pdf.name),) if pdf.exists() else ()


def printed_name(ready: Ready, options: Options) -> str:
    """Return the agency's full name as the document prints it."""
    say = context.speaker(ready.catalogue, ready.plan_catalogue, options.digits)
    return say(ready.report.agency.full_name)


def expected(name: str, made: bytes) -> verify.Expected:
    """Return what the PDF of a .docx must contain: the printed name, scores, texts and rows."""
    from itareport.pdf.office import line_ends

    said = word.contents(made)
    text = "\n".join(said.paragraphs)
    return verify.Expected(
        name=name,
        scores=verify.figures(text),
        texts=text.split("\n"),
        proper_name=line_ends.proper_name(name),
        headings=said.headings,
        rows=said.rows,
        pictures=said.pictures,
    )
