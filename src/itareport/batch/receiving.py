"""Receive what the workers made: name and write its files, and record the report.

Only the process of the run does this; workers write nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from itareport import __version__
from itareport.actions import build, documents
from itareport.batch import file_names
from itareport.batch.file_names import FileNames
from itareport.batch.record import fingerprint, key_facts
from itareport.batch.record.entry import DocumentFiles, Entry, complaints
from itareport.batch.record.fingerprint import RunDigests
from itareport.batch.run_result import Recorder, Request, stop_if_hopeless
from itareport.batch.workers import tasks
from itareport.batch.workers.pdf_queue import PdfQueue
from itareport.batch.workers.report_queue import QueuedReport
from itareport.files import output
from itareport.ita.catalogue import Kinds
from itareport.problems import ItaReportError


class JournalLines:
    """Begins the journal line of each report: its source, digests, letter and problems."""

    def __init__(self, digests: RunDigests, letters: FileNames, kinds: Kinds) -> None:
        """Use those digests and names of letters, and those kinds of agency."""
        self._digests, self._letters, self._kinds = digests, letters, kinds

    def begin(self, item: QueuedReport, made: tasks.Made) -> Entry:
        """Return the line of a report whose files are not written yet."""
        source = item.source
        pictures = fingerprint.of_files(item.pictures)
        about = made.facts or key_facts.of_agency(source.whose, self._kinds)
        letter = file_names.letter(about, source.path.stem)
        return Entry(
            source.key, source.shown, "failed",
            fingerprint=fingerprint.of_report(self._digests.setting, item.data, pictures),
            data=item.data, pictures=pictures,
            files=tuple(DocumentFiles(*both) for both in self._digests.templates.items()),
            version=__version__, milliseconds=made.milliseconds,
            letter=self._letters.claim((source.key, ""), letter),
            made_by=made.made_by,
            row=source.agency is not None,
            facts=about, problems=complaints((*made.problems, *source.told)),
        )  # fmt: skip


@dataclass(slots=True, eq=False)
class WaitingReport:
    """A report whose Word files are written, and whose PDFs are being made."""

    entry: Entry
    codes: frozenset[str]
    """The documents that become PDFs."""
    waiting: int


Pdfs = PdfQueue[tuple[WaitingReport, str]]
"""The documents that become PDFs, each with its report and its code."""


class Receiver:
    """Writes the files of each report and passes it on, to become PDFs or to be recorded."""

    def __init__(
        self, request: Request, lines: JournalLines, names: FileNames, recorder: Recorder
    ) -> None:
        """Receive reports for what is requested, under names not given yet."""
        self._request, self._lines = request, lines
        self._names, self._recorder = names, recorder

    def made(self, item: QueuedReport, pdfs: Pdfs) -> None:
        """Write the Word files of a report and queue its PDFs; or record why there are none.

        Raises:
            ItaReportError: O6xx: the next report could not be written either; O620 every worker
                dies; P526 LibreOffice loses every document of a template.
        """
        if item.made is None:
            return
        self._recorder.begin()
        self._recorder.counts.rendering.add(item.made.milliseconds)
        made, entry = item.made, self._lines.begin(item, item.made)
        if not made.documents:
            self._recorder.failed(entry)
            return
        try:
            for one in made.documents:
                entry = self._with_docx(entry, one)
                self._recorder.written(entry)
        except ItaReportError as error:
            stop_if_hopeless(error.problems)
            self._recorder.failed(entry.with_problems(*error.problems))
            return
        self._pass_on(entry, made, pdfs)

    def _pass_on(self, entry: Entry, made: tasks.Made, pdfs: Pdfs) -> None:
        """Queue the documents that become PDFs; record a report that has none of them."""
        to_convert = [one for one in made.documents if self._request.pdf and one.has_pdf]
        if not to_convert:
            self._recorder.done(self._with_old_pdfs(entry))
            return
        self._recorder.waiting(self._with_old_pdfs(entry))
        report = WaitingReport(entry, frozenset(one.code for one in to_convert), len(to_convert))
        for one in to_convert:
            name = Path(entry.of(one.code).docx).name
            pdfs.put((report, one.code), tasks.ToConvert(name, one.docx, made.printed_name))

    def _with_docx(self, entry: Entry, rendered: build.Rendered) -> Entry:
        """Write a .docx; return the line with it.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        assert entry.facts is not None
        wanted = file_names.document(entry.facts, rendered.stem)
        name = f"{self._names.claim((entry.source, rendered.code), wanted)}.docx"
        target = self._request.out / name
        output.stay_within(self._request.out, target.parent)
        output.folder(target.parent)
        kept = output.keep_edited(target)
        output.write(target, rendered.docx)
        digest = fingerprint.of_bytes(rendered.docx)
        files = replace(entry.of(rendered.code), docx=name, docx_sha256=digest)
        return entry.with_files(files).with_problems(*([kept] if kept else []))

    def converted(self, report: WaitingReport, code: str, converted: tasks.Converted) -> None:
        """Write a PDF; record the report once it waits for no other.

        Raises:
            ItaReportError: O6xx, P507: the next report would fail too; and as `made`.
        """
        self._recorder.counts.converting.add(converted.milliseconds)
        report.entry = self._with_pdf(report.entry, code, converted)
        report.waiting -= 1
        if report.waiting:
            return
        self._recorder.counts.waiting -= 1
        if all(report.entry.of(one).pdf for one in report.codes):
            self._recorder.done(report.entry)
        else:
            self._recorder.failed(report.entry)

    def _with_pdf(self, entry: Entry, code: str, converted: tasks.Converted) -> Entry:
        """Write a PDF, if there is one; return the line with it, or with the problems.

        Raises:
            ItaReportError: as `converted`.
        """
        spent = entry.milliseconds + converted.milliseconds
        files = replace(entry.of(code), pages=converted.pages)
        entry = replace(entry, milliseconds=spent, converted_by=converted.made_by)
        entry = entry.with_files(files)
        entry = entry.with_problems(*converted.problems)
        if converted.pdf is None:
            stop_if_hopeless(converted.problems)
            return self._with_old_pdf(entry, files)
        name = f"{files.stem}.pdf"
        try:
            output.write(self._request.out / name, converted.pdf)
        except ItaReportError as error:
            stop_if_hopeless(error.problems)
            return entry.with_problems(*error.problems)
        digest = fingerprint.of_bytes(converted.pdf)
        return entry.with_files(replace(files, pdf=name, pdf_sha256=digest))

    def _with_old_pdfs(self, entry: Entry) -> Entry:
        """Return the line with a warning for each document beside an earlier run's PDF."""
        for document in documents.DOCUMENTS:
            if document.has_pdf:
                entry = self._with_old_pdf(entry, entry.of(document.code))
        return entry

    def _with_old_pdf(self, entry: Entry, files: DocumentFiles) -> Entry:
        return entry.with_problems(*build.old_pdf(self._request.out / f"{files.stem}.pdf"))
