"""Select the sources whose reports must be made, and read their data."""

from __future__ import annotations

from dataclasses import replace

from itareport.batch.progress import Counts
from itareport.batch.record import fingerprint
from itareport.batch.record.earlier import EarlierReports
from itareport.batch.record.journal import Journal
from itareport.batch.request import Request
from itareport.batch.sources.source import Source
from itareport.batch.workers import tasks
from itareport.batch.workers.report_queue import QueuedReport
from itareport.problems import ItaReportError


class Selection:
    """Decides for each source whether its report must be made, and counts those that need not."""

    def __init__(
        self, request: Request, journal: Journal, earlier: EarlierReports, counts: Counts
    ) -> None:
        """Decide by what the request asks for and what earlier runs left."""
        self._request, self._journal = request, journal
        self._earlier, self._counts = earlier, counts

    def job(self, item: QueuedReport) -> tasks.Job | None:
        """Read a source's data; return the job that makes its report, or None if there is none."""
        source = item.source
        if self._request.only_failed and self._earlier.has_any(source):
            self._counts.left_alone += 1
            return None
        try:
            payload = source.payload()
        except ItaReportError as error:
            item.made = tasks.Made(error.problems)
            return None
        item.data = fingerprint.of_payload(payload)
        if not self._request.fresh and self._is_unchanged(source, item.data):
            self._counts.unchanged += 1
            return None
        return tasks.Job(source.path.name, payload)

    def _is_unchanged(self, source: Source, data: str) -> bool:
        """Return whether neither the report nor the places in its problems have changed."""
        entry = self._journal.entry(source.key)
        if entry is None or not self._earlier.has(source, data):
            return False
        if entry.shown.endswith(source.where):
            return True
        if any(one.place for one in entry.problems):  # its row has moved, so its cells have too
            return False
        self._journal.add(replace(entry, shown=source.shown))
        return True
