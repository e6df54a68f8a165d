"""Reports that workers make, a few at a time, handed back in the order of the inputs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from itareport.batch import tasks
from itareport.batch.pool import Workers, fault
from itareport.batch.sources import Source
from itareport.problems import problem

ATTEMPTS = 2
"""How often work is tried whose worker died: once more, alone."""


@dataclass(slots=True, eq=False)
class Item:
    """One source on its way through a run."""

    source: Source
    data: str = ""
    """The digest of its data."""
    pictures: dict[str, tasks.File] = field(default_factory=dict)
    made: tasks.Made | None = None
    """What became of it; None for a report that need not be made."""


@dataclass(slots=True, eq=False)
class _InHand:
    item: Item
    job: tasks.Job | None
    future: Future[tasks.Made] | None = None
    attempts: int = 0


class Making:
    """The reports in hand; what is finished comes out in the order in which it was put in."""

    def __init__(self, setting: tasks.Setting, workers: Callable[[], Workers]) -> None:
        """Begin with none; `workers` are asked for with the first report that must be made."""
        self._setting, self._workers = setting, workers
        self._items: deque[_InHand] = deque()

    def __len__(self) -> int:
        """Count the reports in hand."""
        return len(self._items)

    def put(self, item: Item, job: tasks.Job | None = None) -> None:
        """Take an item in: with the job that makes it, or finished already."""
        one = _InHand(item, job)
        if job is not None:
            self._send(one, job)
        self._items.append(one)

    def futures(self) -> list[Future[Any]]:
        """Return what is being waited for."""
        return [one.future for one in self._items if one.future is not None]

    def finished(self) -> Iterator[Item]:
        """Give out the items at the head that have ended, and send those off again that must.

        Raises:
            Exception: what a worker raised that no report is to blame for.
        """
        for one in self._items:
            self._look_at(one)
        while self._items and self._items[0].future is None:
            yield self._items.popleft().item

    def _look_at(self, one: _InHand) -> None:
        if one.future is None or one.job is None or not one.future.done():
            return
        made = self._outcome(one)
        if made is not None and made.wanted:
            one.item.pictures = pictures(one.item.source, made.wanted)
            one.job, one.attempts = replace(one.job, files=one.item.pictures), 0
            self._send(one, one.job)
        elif made is None:
            self._send(one, one.job)
        else:
            one.item.made, one.future, one.job = made, None, None

    def _outcome(self, one: _InHand) -> tasks.Made | None:
        """Return what became of a job; None where the worker died and another is to try."""
        assert one.future is not None
        error = fault(one.future)
        if error is None:
            return one.future.result()
        if not self._workers().died(error):
            raise error
        return None if one.attempts < ATTEMPTS else tasks.Made((problem("O610"),))

    def _send(self, one: _InHand, job: tasks.Job) -> None:
        one.attempts += 1
        one.future = self._workers().executor.submit(tasks.make, self._setting, job)


def pictures(source: Source, wanted: Iterable[str]) -> dict[str, tasks.File]:
    """Read the pictures that a source's data name, from the folder it lies in."""
    return {name: tasks.file(source.path.parent / Path(name)) for name in wanted}
