"""Select the sources whose reports must be made, and read their data."""

from __future__ import annotations

from dataclasses import replace

from itareport.actions import documents
from itareport.batch.progress import Counts
from itareport.batch.record import fingerprint
from itareport.batch.record.entry import Entry
from itareport.batch.record.journal import Journal
from itareport.batch.run_result import Request
from itareport.batch.sources import user_files
from itareport.batch.sources.source import Source
from itareport.batch.workers import tasks
from itareport.batch.workers.report_queue import QueuedReport
from itareport.files import inputs, output
from itareport.problems import ItaReportError


class Selection:
    """Decides for each source whether its report must be made, and counts those that need not."""

    def __init__(self, request: Request, journal: Journal, setting: str, counts: Counts) -> None:
        """Decide by what the request asks for and what earlier runs left.

        `setting` is the digest of what the reports of this run share.
        """
        self._request, self._journal = request, journal
        self._setting, self._counts = setting, counts

    def job(self, item: QueuedReport) -> tasks.Job | None:
        """Read a source's data; return the job that makes its report, or None if there is none."""
        source = item.source
        earlier = self._earlier(source.key)
        if self._request.only_failed and earlier:
            self._counts.left_alone += 1
            return None
        try:
            payload = source.payload()
        except ItaReportError as error:
            item.made = tasks.Made(error.problems)
            return None
        item.data = fingerprint.of_payload(payload, source.told)
        if earlier and not self._request.fresh and self._is_unchanged(earlier, source, item.data):
            self._counts.unchanged += 1
            return None
        return tasks.Job(source.path.name, payload)

    def _earlier(self, source: str) -> Entry | None:
        """Return the line of a source whose report was made; one that was absent is back."""
        made = self._journal.entry(source)
        if made is None or not made.is_made:
            return None
        if made.state == "absent":
            made = replace(made, state="done")
            self._journal.add(made)
        return made

    def _is_unchanged(self, earlier: Entry, source: Source, data: str) -> bool:
        """Return whether neither the report nor the places in its problems have changed."""
        found = fingerprint.of_files(user_files.pictures(source, earlier.pictures))
        if earlier.fingerprint != fingerprint.of_report(self._setting, data, found):
            return False
        if not self._is_whole(earlier):
            return False
        if source.agency is None or earlier.shown.endswith(source.agency.shown):
            return True
        if any(one.place for one in earlier.problems):  # its row has moved, so its cells have too
            return False
        self._journal.add(replace(earlier, shown=source.shown))
        return True

    def _is_whole(self, earlier: Entry) -> bool:
        """Return whether the files that an earlier run wrote are there and unchanged."""
        for document in documents.DOCUMENTS:
            made = earlier.of(document.code)
            if not self._is_as_written(made.docx, made.docx_sha256):
                return False
            with_pdf = self._request.pdf and document.has_pdf
            if with_pdf and not self._is_as_written(made.pdf, made.pdf_sha256):
                return False
        return True

    def _is_as_written(self, name: str, digest: str) -> bool:
        try:
            data = inputs.read(self._request.out / name, output.LARGEST)
        except OSError:
            return False
        return bool(name) and fingerprint.of_bytes(data) == digest
