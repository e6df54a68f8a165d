"""The reports that workers are making, returned in the order of the sources."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

from itareport.batch.sources import user_files
from itareport.batch.sources.source import Source
from itareport.batch.sources.user_files import File, Setting
from itareport.batch.workers import tasks
from itareport.batch.workers.pool import ATTEMPTS, Workers, fault
from itareport.problems import problem


@dataclass(slots=True, eq=False)
class QueuedReport:
    """One source on its way through a run."""

    source: Source
    data: str = ""
    """The digest of its data."""
    pictures: dict[str, File] = field(default_factory=dict)
    made: tasks.Made | None = None
    """What the worker made; None for a report that need not be made."""
    job: tasks.Job | None = None
    """The job that makes it, until that is done."""
    future: Future[tasks.Made] | None = None
    attempts: int = 0


class ReportQueue:
    """The reports that workers are making; they come out in the order in which they went in."""

    def __init__(self, setting: Setting, workers: Callable[[], Workers]) -> None:
        """Begin with none; `workers` is called for the first report that must be made."""
        self._setting, self._workers = setting, workers
        self._items: deque[QueuedReport] = deque()

    def __len__(self) -> int:
        """Count the reports in the queue."""
        return len(self._items)

    def put(self, item: QueuedReport, job: tasks.Job | None = None) -> None:
        """Add an item: with the job that makes it, or finished already."""
        if job is not None:
            self._send(item, job)
        self._items.append(item)

    def futures(self) -> list[Future[Any]]:
        """Return the futures of the work that is going on."""
        return [one.future for one in self._items if one.future is not None]

    def finished(self) -> Iterator[QueuedReport]:
        """Yield the items at the head that are finished; retry those whose worker died.

        Raises:
            Exception: an error of a worker that no report is to blame for.
        """
        for one in self._items:
            self._look_at(one)
        while self._items and self._items[0].future is None:
            yield self._items.popleft()

    def _look_at(self, one: QueuedReport) -> None:
        if one.future is None or one.job is None or not one.future.done():
            return
        made = self._outcome(one)
        if made is not None and made.wanted:
            one.pictures = user_files.pictures(one.source, made.wanted)
            one.attempts = 0
            self._send(one, replace(one.job, files=one.pictures))
        elif made is None:
            self._send(one, one.job)
        else:
            one.made, one.future, one.job = made, None, None

    def _outcome(self, one: QueuedReport) -> tasks.Made | None:
        """Return the result of a job; None where its worker died and another is to try."""
        assert one.future is not None
        error = fault(one.future)
        if error is None:
            return one.future.result()
        if not self._workers().died(error):
            raise error
        return None if one.attempts < ATTEMPTS else tasks.Made((problem("O610"),))

    def _send(self, one: QueuedReport, job: tasks.Job) -> None:
        one.job, one.attempts = job, one.attempts + 1
        one.future = self._workers().executor.submit(tasks.make, self._setting, job)
