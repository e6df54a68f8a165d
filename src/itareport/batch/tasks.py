"""What a worker does: data in, documents out, all as bytes; the same in a pool and on a cluster.

A worker writes nothing and opens no file that a user named: they come with the task.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from itareport import build, catalogue, inputs, names, office, picture, ready, thai, verify
from itareport.batch.sources import Identity, Payload
from itareport.catalogue import Kinds
from itareport.errors import ItaReportError, Problem, exit_status, problem
from itareport.model import Report

File = bytes | OSError
"""What reading a file gave."""

_MAX_FILE = 50_000_000  # bytes; each reader has a lower limit of its own
_BEGINNING = 120
_GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Setting:
    """How all reports of a run are made: options, and the files that they name."""

    options: ready.Options
    files: Mapping[str, File]

    @property
    def kinds(self) -> Kinds:
        """The kinds of agency, packaged and of the files."""
        return catalogue.own(self.options.catalogues, _Given(self.files)).kinds


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make; `files` are the pictures that its data names."""

    name: str
    """The data file's name, without folder: it tells the kind, and stands in places."""
    payload: Payload
    files: Mapping[str, File] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a list of reports tells of one; figures as given, official."""

    stem: str
    """The name of its files, without extension."""
    kind: str
    name: str
    district: str
    province: str
    fiscal_year: int
    """0 where the data could not be read so far."""
    total: str = ""
    level: str = ""
    indicators: tuple[str, ...] = ()
    has_drafts: bool = False
    remarks: tuple[tuple[str, str, str], ...] = ()
    """Code, digest and beginning of each remark that is no draft."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one job; without `docx` the problems say why, or `wanted` what lacks."""

    problems: tuple[Problem, ...] = ()
    facts: Facts | None = None
    docx: bytes | None = None
    printed_name: str = ""
    milliseconds: int = 0
    wanted: tuple[str, ...] = ()
    """Pictures to hand over, named from the data file's folder; the job is to be done again."""


@dataclass(frozen=True, slots=True)
class ToConvert:
    """A .docx that is to become a PDF; `printed_name` is the agency's, digits as printed."""

    name: str
    docx: bytes
    printed_name: str


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one .docx: a verified PDF, or problems."""

    problems: tuple[Problem, ...]
    pdf: bytes | None = None
    pages: int | None = None
    milliseconds: int = 0


def setting(options: ready.Options) -> Setting:
    """Read the files that options name, once for all reports.

    Raises:
        ItaReportError: C2xx, T3xx, D170 to D172: one of them cannot be used.
    """
    named = [*([options.template] if options.template else []), *options.catalogues]
    named += [Path(options.graph)] if _is_picture(options.graph) else []
    read = {path: file(path) for path in named}
    _refuse_useless(replace(options, read=_Given({str(path): read[path] for path in read})))
    places = {path: Path(_GIVEN, str(at), path.name) for at, path in enumerate(read)}
    if options.template:
        options = replace(options, template=places[options.template])
    options = replace(options, catalogues=tuple(places[path] for path in options.catalogues))
    if _is_picture(options.graph):
        options = replace(options, graph=str(places[Path(options.graph)]))
    return Setting(options, {str(places[path]): found for path, found in read.items()})


def _refuse_useless(options: ready.Options) -> None:
    """Tell once, before anything is made, what every report would fail for."""
    catalogue.own(options.catalogues, options.read)
    if options.template:
        build.template(options)
    if _is_picture(options.graph):
        _, found = picture.read(Path(options.graph), picture.GRAPH, (), options.read)
        if exit_status(found):
            raise ItaReportError(*found)


def _is_picture(graph: str) -> bool:
    return graph not in ("", "radar", "bar", "none")


def file(path: Path) -> File:
    """Read a file, or return why it cannot be read."""
    try:
        return inputs.read(path, _MAX_FILE)
    except OSError as error:
        return type(error)(*error.args)  # without its traceback, which holds on to frames


class _Given:
    """Hands over the files that came with a task, and notes the names of others."""

    def __init__(self, *files: Mapping[str, File]) -> None:
        self._files = {name: found for some in files for name, found in some.items()}
        self.wanted: list[str] = []

    def __call__(self, path: Path, limit: int) -> bytes:
        found = self._files.get(str(path))
        if found is None:
            self.wanted.append(str(path))
            raise FileNotFoundError(str(path))
        if isinstance(found, OSError):
            raise found
        if len(found) > limit:
            raise inputs.FileTooLargeError(str(path))
        return found


def make(how: Setting, job: Job) -> Made:
    """Check one agency's data and fill the template; nothing is raised, whatever the data."""
    began = time.perf_counter()
    try:
        made = _made(how, job)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs this report, not the run
        made = Made((_our_fault(error),))
    return replace(made, milliseconds=_since(began))


def _made(how: Setting, job: Job) -> Made:
    given = _Given(how.files, job.files)
    from_table = not isinstance(job.payload, bytes)
    options = replace(how.options, read=given, drafts=from_table)
    checked = ready.check_data(job.payload, Path(job.name), options)
    if given.wanted:
        return Made(wanted=tuple(given.wanted))
    known = checked.ready.report if checked.ready else checked.part
    facts = _facts(known, how.kinds) if known else None
    if checked.ready is None or exit_status(checked.problems):
        return Made(checked.problems, facts)
    try:
        docx, lost = build.docx(checked.ready, options)
    except ItaReportError as error:
        return Made((*checked.problems, *error.problems), facts)
    name = build.printed_name(checked.ready, options)
    return Made((*checked.problems, *lost), facts, docx, name)


def _facts(report: Report, kinds: Kinds) -> Facts:
    agency, result = report.agency, report.result
    district, province = thai.bare_area(agency.district, agency.province)
    return Facts(
        names.report_name(report, kinds), agency.kind, agency.name, district, province,
        report.fiscal_year, str(result.total), result.level,
        tuple(str(row.score) for row in sorted(result.indicators, key=lambda row: row.no)),
        report.has_drafts,
        _remarks(report),
    )  # fmt: skip


def named(identity: Identity | None, kinds: Kinds) -> Facts | None:
    """Return what the name of an agency alone tells; None where nobody knows even that."""
    if identity is None or not identity[1]:
        return None
    kind, name, *area = identity
    district, province = thai.bare_area(*area)
    return Facts(kinds.short_name(kind, name), kind, name, district, province, 0)


def _remarks(report: Report) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (row.code, *_recognised(" ".join(row.text.split())))
        for row in report.remarks
        if row.text and not row.draft
    )


def _recognised(words: str) -> tuple[str, str]:
    beginning = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING]}…"
    return hashlib.sha256(words.encode()).hexdigest()[:16], beginning


def convert(documents: Sequence[ToConvert]) -> tuple[Converted, ...]:
    """Convert documents with one LibreOffice and verify each PDF, in the order given.

    Raises:
        ItaReportError: P500, P501, F400, F402: this machine cannot convert at all.
    """
    began = time.perf_counter()
    outcomes = office.convert([(one.name, one.docx) for one in documents])
    each = _since(began) // max(1, len(documents))
    return tuple(_verified(*both, each) for both in zip(documents, outcomes, strict=True))


def _verified(document: ToConvert, outcome: office.Outcome, share: int) -> Converted:
    if isinstance(outcome, Problem):
        return Converted((outcome,), milliseconds=share)
    began = time.perf_counter()
    try:
        expected = build.expected_of(document.printed_name, document.docx)
        verified = verify.pdf(outcome, expected)
    except ItaReportError as error:
        return Converted(error.problems, milliseconds=share)
    except Exception as error:  # noqa: BLE001 - as in `make`
        return Converted((_our_fault(error),), milliseconds=share)
    pdf = None if exit_status(verified.problems) else outcome
    return Converted(verified.problems, pdf, verified.pages, share + _since(began))


def _our_fault(error: Exception) -> Problem:
    """Name the fault and where it lies in our code, for those who are to mend it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    kind = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
    return problem("O611", kind=kind)


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
