"""One form, filled from a row of a table with its scores and drafts; made in any process."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from itareport.actions import convert, prepare
from itareport.batch.agency_forms import said_values
from itareport.batch.record import key_facts
from itareport.batch.record.key_facts import KeyFacts
from itareport.batch.sources.source import Payload, Source
from itareport.batch.workers import pool
from itareport.ita import closed_words
from itareport.ita.model import Report
from itareport.plain import PlainData
from itareport.problems import ItaReportError, Problem, exit_status
from itareport.reading import load
from itareport.reading.workbook import Origin

_FEW = 12
"""So many forms are made sooner than other processes start."""
_WINDOW = 4
"""Forms in the queue for each worker."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The workbook of a form, or the problems that prevent it."""

    problems: tuple[Problem, ...] = ()
    stem: str = ""
    data: bytes = b""
    report: Report | None = None
    facts: KeyFacts | None = None


def make(payload: Payload, path: Path, options: prepare.Options) -> FilledForm:
    """Fill the form of a row; nothing is raised for its data."""
    try:
        checked = prepare.check_data(payload, path, replace(options, drafts=True))
        if checked.ready is None or exit_status(checked.problems):
            return FilledForm(checked.problems)
        return _filled(payload, checked.ready)
    except ItaReportError as error:
        return FilledForm(error.problems)


def _filled(payload: Payload, ready: prepare.Ready) -> FilledForm:
    filled, year, kinds = ready.report, ready.catalogue, ready.kinds
    said = _said(payload, ready)
    of_row = {name: value.text for name, value in said_values.of(said).items()}
    name, data = convert.form(filled, year, kinds, Origin(said_values.digest(filled), of_row))
    return FilledForm((), Path(name).stem, data, filled, key_facts.of_report(said, kinds))


def _said(payload: Payload, ready: prepare.Ready) -> Report:
    """Return what a row itself says, without the drafts that its form is filled with."""
    assert isinstance(payload, PlainData)
    report = load.load_document(payload).report
    assert report is not None, "else there were no form"
    return closed_words.spelt(report, ready.catalogue, ready.kinds)[0]


def make_all(
    rows: Sequence[Source], options: prepare.Options, jobs: int
) -> Generator[FilledForm, None, None]:
    """Yield the form of each row in order, made by so many processes where that is sooner."""
    if jobs < 2 or len(rows) <= _FEW:
        yield from (_here(row, options) for row in rows)
        return
    workers, queue = pool.local(jobs), deque[tuple[Source, Future[FilledForm] | None]]()
    try:
        for row in rows:
            queue.append((row, _sent(row, options, workers)))
            if len(queue) > _WINDOW * jobs:
                yield _finished(*queue.popleft(), options)
        while queue:
            yield _finished(*queue.popleft(), options)
    finally:
        workers.executor.shutdown(wait=True, cancel_futures=True)


def _sent(
    row: Source, options: prepare.Options, workers: pool.Workers
) -> Future[FilledForm] | None:
    try:
        return workers.executor.submit(make, row.payload(), row.path, options)
    except ItaReportError:
        return None


def _finished(
    row: Source, future: Future[FilledForm] | None, options: prepare.Options
) -> FilledForm:
    """Wait for a form; one whose worker died is made here."""
    if future is None or isinstance(pool.fault(future), pool.WorkerDiedError):
        return _here(row, options)
    return future.result()


def _here(row: Source, options: prepare.Options) -> FilledForm:
    try:
        return make(row.payload(), row.path, options)
    except ItaReportError as error:
        return FilledForm(error.problems)
