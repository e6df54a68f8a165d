"""The tasks of a worker, in a pool and on a cluster: make a report, and convert documents to PDF.

Data come in and documents go out as bytes.  A worker writes nothing, and opens no file that a user
named: such files come with the task.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from itareport.actions import build, prepare
from itareport.batch.record import key_facts
from itareport.batch.record.key_facts import KeyFacts
from itareport.batch.sources.source import Payload
from itareport.batch.sources.user_files import File, ReadFiles, Setting
from itareport.document import word
from itareport.ita.model import Report
from itareport.pdf import office, verify, ways
from itareport.problems import ItaReportError, Problem, exit_status, problem


@dataclass(frozen=True, slots=True)
class Job:
    """One report to make; `files` are the pictures that its data names."""

    name: str
    """The data file's name, without folder: its extension names the form, problems show it."""
    payload: Payload
    files: Mapping[str, File] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """The result of one job: documents, or the problems that prevent them, or `wanted` files."""

    problems: tuple[Problem, ...] = ()
    facts: KeyFacts | None = None
    documents: tuple[build.Rendered, ...] = ()
    printed_name: str = ""
    milliseconds: int = 0
    made_by: str = ""
    """The worker of a cluster that made it; "" for one of this machine."""
    wanted: tuple[str, ...] = ()
    """Pictures that the data name, from the folder of the data file: the job needs them."""


@dataclass(frozen=True, slots=True)
class ToConvert:
    """A .docx that is to become a PDF; `printed_name` is the agency's, digits as printed."""

    name: str
    docx: bytes
    printed_name: str
    whole_rows: tuple[int, ...] = ()
    """Rows that went on over a page with but one line, and are now not to go on."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The result of converting one .docx: a verified PDF, or problems."""

    problems: tuple[Problem, ...]
    pdf: bytes | None = None
    pages: int | None = None
    milliseconds: int = 0
    made_by: str = ""
    """The worker of a cluster that converted it, and its LibreOffice."""
    verified: verify.Verified | None = None
    """What its PDF is like; None where there is none to look at."""

    @property
    def split_rows(self) -> tuple[int, ...]:
        """Rows for which it should be made again."""
        return self.verified.split_rows if self.verified else ()

    def better(self, before: Converted) -> Converted:
        """Return this second result or the first, with the time of both."""
        both = (self.verified, before.verified)
        is_better = both[0] and both[1] and self.pdf and both[0].is_better_than(both[1])
        spent = self.milliseconds + before.milliseconds
        return replace(self if is_better else before, milliseconds=spent)


def make(how: Setting, job: Job) -> Made:
    """Check one agency's data and fill the templates; nothing is raised, whatever the data."""
    began = time.perf_counter()
    try:
        made = _made(how, job)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs this report, not the run
        made = Made((_our_fault(error),))
    return replace(made, milliseconds=_since(began))


def _made(how: Setting, job: Job) -> Made:
    given = ReadFiles(how.files, job.files)
    from_table = not isinstance(job.payload, bytes)
    options = replace(how.options, read=given, drafts=from_table)
    checked = prepare.check_data(job.payload, Path(job.name), options)
    if given.wanted:
        return Made(wanted=tuple(given.wanted))
    known = checked.ready.report if checked.ready else checked.part
    about = _facts(known, how, checked) if known else None
    if checked.ready is None or exit_status(checked.problems):
        return Made(checked.problems, about)
    try:
        documents, lost = build.render(checked.ready, options)
    except ItaReportError as error:
        return Made((*checked.problems, *error.problems), about)
    name = build.printed_name(checked.ready, options)
    return Made((*checked.problems, *lost), about, documents, name)


def _facts(known: Report, how: Setting, checked: prepare.Checked) -> KeyFacts:
    given = checked.workbook.filled_from if checked.workbook else None
    then = given.values if given else None
    levels = _levels(known.fiscal_year, how)
    return key_facts.of_report(known, how.kinds, checked.left_out, then, levels)


def _levels(fiscal_year: int, how: Setting) -> Sequence[str]:
    """Return the names of a year's levels; none of a year that is not known."""
    try:
        return [level.name for level in how.own.year(fiscal_year).levels.rows]
    except ItaReportError:
        return ()


def convert(documents: Sequence[ToConvert]) -> tuple[Converted, ...]:
    """Convert documents with one start of a program and verify each PDF, in the order given.

    Raises:
        ItaReportError: P500, P501, F400, F402: this machine cannot convert at all.
    """
    began = time.perf_counter()
    documents = [replace(one, docx=_to_lay_out(one)) for one in documents]
    outcomes = ways.convert([(one.name, one.docx) for one in documents])
    each = _since(began) // max(1, len(documents))
    return tuple(_verified(*both, each) for both in zip(documents, outcomes, strict=True))


def _to_lay_out(document: ToConvert) -> bytes:
    rows = document.whole_rows
    return word.with_whole_rows(document.docx, rows) if rows else document.docx


def _verified(document: ToConvert, outcome: office.Outcome, share: int) -> Converted:
    if isinstance(outcome, Problem):
        return Converted((outcome,), milliseconds=share)
    began = time.perf_counter()
    try:
        expected = build.expected(document.printed_name, document.docx)
        verified = verify.pdf(outcome, expected)
    except ItaReportError as error:
        return Converted(error.problems, milliseconds=share)
    except Exception as error:  # noqa: BLE001 - as in `make`
        return Converted((_our_fault(error),), milliseconds=share)
    pdf = None if exit_status(verified.problems) else outcome
    spent = share + _since(began)
    return Converted(verified.problems, pdf, verified.pages, spent, verified=verified)


def _our_fault(error: Exception) -> Problem:
    """Return a problem that names the fault and its line in our code, for those who mend it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    kind = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
    return problem("O611", kind=kind)


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
