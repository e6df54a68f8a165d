"""The documents that workers convert to PDF, in chunks: one LibreOffice for each chunk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from itareport.batch.workers import tasks
from itareport.batch.workers.pool import ATTEMPTS, Workers, fault
from itareport.pdf import office
from itareport.problems import Flag, problem

_Tag = TypeVar("_Tag")
_LEAST = 4
"""The smallest chunk for which a LibreOffice of its own is started, and the first of many."""


@dataclass(slots=True, eq=False)
class _Member(Generic[_Tag]):
    tag: _Tag
    document: tasks.ToConvert
    attempts: int = 0
    first: tasks.Converted | None = None
    """What came of it, where rows that it split are now kept whole; it is made twice at most."""


@dataclass(slots=True, eq=False)
class _Chunk(Generic[_Tag]):
    members: list[_Member[_Tag]]
    future: Future[tuple[tasks.Converted, ...]]
    began: float = 0.0
    """When its worker was first seen at it."""


class PdfQueue(Generic[_Tag]):
    """The documents that become PDFs, each with the caller's tag, which comes back with it."""

    def __init__(self, workers: Callable[[], Workers]) -> None:
        """Begin with none."""
        self._workers = workers
        self._waiting: list[_Member[_Tag]] = []
        self._chunks: list[_Chunk[_Tag]] = []
        self._size = 0
        self._is_first = True

    def __len__(self) -> int:
        """Count the chunks at work, and one for the documents that wait."""
        return len(self._chunks) + bool(self._waiting)

    def put(self, tag: _Tag, document: tasks.ToConvert) -> None:
        """Add a document."""
        self._waiting.append(_Member(tag, document))

    def futures(self) -> list[Future[Any]]:
        """Return the futures of the work that is going on."""
        return [chunk.future for chunk in self._chunks]

    @property
    def at_work(self) -> list[tuple[int, float]]:
        """How many documents each chunk has that a worker is at, and since when."""
        running = [chunk for chunk in self._chunks if chunk.future.running()]
        for chunk in running:
            chunk.began = chunk.began or time.monotonic()
        return [(len(chunk.members), chunk.began) for chunk in running]

    def send(self, still_to_come: int) -> None:
        """Start the conversion of full chunks, and of the rest once no more documents can come."""
        count = self._workers().count if self._waiting else 0
        while self._waiting and len(self._chunks) <= count:
            size = self._planned(len(self._waiting) + still_to_come, count)
            if len(self._waiting) < size and still_to_come:
                return
            if idle := count - len(self._chunks) if not still_to_come else 0:
                size = min(size, max(_LEAST, _ceil(len(self._waiting), idle)))
            self._send(self._waiting[:size])
            del self._waiting[:size]

    def _planned(self, whole: int, count: int) -> int:
        """Return how many make a full chunk, so that all workers have as many and end together.

        It is settled when nearly all is still to come.  The very first chunk is small: a person
        sees soon that PDFs come, and how fast.
        """
        if not self._size:
            rounds = _ceil(whole, office.CHUNK * count)
            self._size = max(_LEAST, _ceil(whole, rounds * count))
        return _LEAST if self._is_first and self._size > 2 * _LEAST else self._size

    def _send(self, members: list[_Member[_Tag]]) -> None:
        self._is_first = False
        for member in members:
            member.attempts += 1
        documents = [member.document for member in members]
        future = self._workers().executor.submit(tasks.convert, documents)
        self._chunks.append(_Chunk(members, future))

    def finished(self) -> Iterator[tuple[_Tag, tasks.Converted]]:
        """Yield what is converted; a chunk whose worker died is sent again in halves.

        Raises:
            ItaReportError: P500, P501, F400, F402: a machine cannot convert at all.
        """
        for chunk in [one for one in self._chunks if one.future.done()]:
            self._chunks.remove(chunk)
            error = fault(chunk.future)
            if error is None:
                yield from self._outcomes(chunk.members, chunk.future.result())
            elif self._workers().died(error):
                yield from self._after_a_death(chunk.members)
            else:
                raise error

    def _outcomes(
        self, members: Sequence[_Member[_Tag]], outcomes: Sequence[tasks.Converted]
    ) -> Iterator[tuple[_Tag, tasks.Converted]]:
        for member, outcome in zip(members, outcomes, strict=True):
            again = any(found.has(Flag.TRY_AGAIN) for found in outcome.problems)
            if again and member.attempts < ATTEMPTS:
                self._waiting.append(member)
            elif member.first is None and outcome.split_rows:
                document = replace(member.document, whole_rows=outcome.split_rows)
                self._waiting.append(_Member(member.tag, document, first=outcome))
            else:
                yield member.tag, outcome.better(member.first) if member.first else outcome

    def _after_a_death(
        self, members: list[_Member[_Tag]]
    ) -> Iterator[tuple[_Tag, tasks.Converted]]:
        if len(members) > 1:
            middle = len(members) // 2
            for half in (members[:middle], members[middle:]):
                for member in half:
                    member.attempts = 0
                self._send(half)
        elif members[0].attempts < ATTEMPTS:
            self._send(members)
        else:
            yield members[0].tag, members[0].first or tasks.Converted((problem("O610"),))


def _ceil(whole: int, parts: int) -> int:
    return -(-whole // parts)
