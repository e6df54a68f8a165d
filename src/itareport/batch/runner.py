"""One run over many agencies: find the data, make the reports, write journal and lists.

Workers make and convert; this process alone gives names and writes files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from pathlib import Path

from itareport.actions import documents
from itareport.batch import agency_forms
from itareport.batch.file_names import FileNames
from itareport.batch.finish import Finish
from itareport.batch.lists import summary
from itareport.batch.progress import Counts, OnProgress
from itareport.batch.receiving import JournalLines, Pdfs, Receiver
from itareport.batch.record import fingerprint, lock
from itareport.batch.record.journal import Journal
from itareport.batch.run_result import Recorder, Request, RunResult
from itareport.batch.selection import Selection
from itareport.batch.sources import unsigned_rows, user_files
from itareport.batch.sources.finding import FoundSources, find
from itareport.batch.workers.pdf_queue import PdfQueue
from itareport.batch.workers.pool import LazyWorkers
from itareport.batch.workers.report_queue import QueuedReport, ReportQueue
from itareport.files import interrupts, output
from itareport.problems import ItaReportError, Problem, problem

_WINDOW = 8
"""Reports in the queue for each worker: enough to keep it busy, few enough for a flat memory."""
_LOOK = 0.5  # seconds between two looks at the clock for the progress bar


def make_reports(
    inputs: Sequence[Path], request: Request, workers: LazyWorkers, on_progress: OnProgress
) -> RunResult:
    """Make the reports of all inputs, and the lists of what was made and what is missing.

    The caller ends the workers.

    Raises:
        ItaReportError: D500 no data among the inputs, D100 none of the inputs is there; O612
            another run holds the folder; O600 to O604, O637 it cannot be written; O620 every worker
            dies; O621 a link leads out of the folder; C2xx, T3xx, D17x a file that the options
            name is of no use, D10x, D42x, D45x, D50x the list of agencies; P500, P501, F400,
            F402 no PDF can be made, P507 no room for temporary files, P526 LibreOffice loses every
            document of a template; O614 to O617 of a cluster.
    """
    setting = user_files.setting(request.options)
    expecting = user_files.agencies(request.expecting, setting.kinds)
    found = find(inputs, request.out, setting.kinds, request.expecting)
    unsigned_rows.mark(found, setting.own)
    agency_forms.replace_rows(found, setting.own)
    if not found.sources:
        raise ItaReportError(problem("D500", names=", ".join(map(str, inputs))))
    if not any(given.exists() for given in inputs):
        _refuse_absent(found)
    output.need_thai_names(request.out)
    output.folder(request.out)
    with lock.held(request.out):
        output.clear(request.out)
        journal = Journal(request.out)
        try:
            run = _Run(found, request, setting, journal, workers)
            finish = Finish(journal, run.sources, request.out, setting.kinds, expecting)
            try:
                run.make_all(on_progress)
            except BaseException:
                on_progress(run.result.counts)
                with interrupts.undisturbed():
                    workers.end(cancel=True)
                _list_what_is_done(run, journal, finish)
                raise
            workers.end()  # the lists need none of their memory
            run.recorder.end()
            finish.complete(run.result)
            return run.result
        finally:
            journal.close()


def _list_what_is_done(run: _Run, journal: Journal, finish: Finish) -> None:
    """Write the lists of a run that ends early, if that can be; a second Ctrl-C may cut them."""
    with contextlib.suppress(ItaReportError):
        with interrupts.undisturbed():
            run.recorder.room()
            journal.reopen()  # a line may be incomplete
            run.recorder.end()
        with interrupts.heeded():
            finish.complete(run.result)


def _refuse_absent(found: FoundSources) -> None:
    """Refuse inputs none of which is there: nothing could be made, and nothing is.

    Raises:
        ItaReportError: D100.
    """
    absent: list[Problem] = []
    for source in found.sources:
        try:
            source.payload()
        except ItaReportError as error:
            absent += error.problems
    if absent:
        raise ItaReportError(*absent)


class _Run:
    """The loop of a run: sources go to the workers, what the workers made to the receiver."""

    def __init__(
        self,
        found: FoundSources,
        request: Request,
        setting: user_files.Setting,
        journal: Journal,
        workers: LazyWorkers,
    ) -> None:
        self._left, self._to_come = iter(found.sources), len(found.sources)
        self._workers = workers
        self.sources = {source.key: source for source in found.sources}
        pdfs = sum(one.has_pdf for one in documents.DOCUMENTS) if request.pdf else 0
        self.result = RunResult(Counts(len(found.sources), pdfs=pdfs), found.skipped)
        self.result.told += [
            f"{source.shown} {told}" for source in found.sources for told in source.told
        ]
        digests = fingerprint.of_run(setting)
        self._selection = Selection(request, journal, digests.setting, self.result.counts)
        self.recorder = Recorder(
            self.result, journal, request, summary.path(request.out),
            _template_names(request, digests.templates),
        )  # fmt: skip
        self._receiver = Receiver(
            request,
            JournalLines(digests, _letter_names(journal, self.sources), setting.kinds),
            _document_names(journal, self.sources),
            self.recorder,
        )
        self._reports = ReportQueue(setting, workers)
        self._pdfs: Pdfs = PdfQueue(workers)

    def make_all(self, on_progress: OnProgress) -> None:
        """Make every report that must be made.

        Raises:
            ItaReportError: as `make_reports`.
        """
        while True:
            self._take_up()
            for item in self._reports.finished():
                self._receiver.made(item, self._pdfs)
            self._pdfs.send(self._still_to_come)
            for (report, code), converted in self._pdfs.finished():
                self._receiver.converted(report, code, converted)
            counts = self.result.counts
            counts.workers, counts.at_work = self._workers.count, self._pdfs.at_work
            on_progress(counts)
            waiting = {*self._reports.futures(), *self._pdfs.futures()}
            if waiting:
                wait(waiting, timeout=_LOOK, return_when=FIRST_COMPLETED)
            elif not self._still_to_come and not len(self._pdfs):
                return

    @property
    def _still_to_come(self) -> int:
        return self._to_come + len(self._reports)

    def _take_up(self) -> None:
        """Take up sources while the queues have room."""
        count = self._workers.count
        while len(self._reports) < _WINDOW * count and len(self._pdfs) <= count + 1:
            source = next(self._left, None)
            if source is None:
                return
            self._to_come -= 1
            item = QueuedReport(source)
            self._reports.put(item, self._selection.job(item))


def _document_names(journal: Journal, sources: Iterable[str]) -> FileNames:
    """Return the names of documents that the sources have from earlier runs."""
    return FileNames(
        ((entry.source, one.code), one.stem)
        for entry in journal.entries(sources)
        for one in entry.files
        if one.docx
    )


def _template_names(request: Request, templates: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the templates by their digests."""
    own = {one.code: one.own_template(request.options) for one in documents.DOCUMENTS}
    shipped = {one.code: one.template_file for one in documents.DOCUMENTS}
    return {digest: (own[code] or shipped[code]).name for code, digest in templates.items()}


def _letter_names(journal: Journal, sources: Iterable[str]) -> FileNames:
    """Return the names of letters that the sources have from earlier runs."""
    return FileNames(
        ((entry.source, ""), entry.letter) for entry in journal.entries(sources) if entry.letter
    )
