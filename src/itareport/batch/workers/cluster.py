"""The accepted workers of a Dask cluster: who may make reports, and what is sent to whom.

Each worker is asked when it joins.  Tasks go to those that would make the same reports as this
machine, and each task asks once more where it is done.  What a worker has not answered at its
deadline is sent to another.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar

from itareport.batch.workers import sameness, tasks

_P = ParamSpec("_P")
_T = TypeVar("_T")
_ANSWER = 30.0
"""Seconds that a worker has to say what it is; LibreOffice starts once for it."""
_SILENT = 60.0
"""Seconds after which a silent worker is named."""
_DEADLINE, _EACH = 120.0, 20.0
"""Seconds for a task, and for each document that it converts."""
_RECONNECTING = 15.0  # seconds for the scheduler to be there again
_PARTING = 2.0  # seconds to leave a cluster
_LOOK = 2.0  # seconds between two looks for silent workers
_TELL = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Sent:
    """A call on its way, and the workers that it was sent to in vain."""

    future: Future[Any]
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    tried: set[str] = field(default_factory=set)
    task: Any = None

    @property
    def seconds(self) -> float:
        """How long its worker may say nothing."""
        documents = len(self.args[0]) if self.fn is tasks.convert else 0
        return _DEADLINE + _EACH * documents


class Cluster(Executor):
    """An executor of the accepted workers; its shutdown ends our connection, not the cluster."""

    def __init__(self, client: Any, *, pdf: bool) -> None:
        """Use that client; workers must be as this machine is."""
        self._client, self._pdf = client, pdf
        self._ours = sameness.about(pdf=pdf)
        self._lock, self._ended = threading.RLock(), threading.Event()
        self._sent: set[_Sent] = set()
        self._since: dict[str, float] = {}  # when each worker got its first task, or last answered
        self._named: set[str] = set()
        self._connected = time.monotonic()
        self.accepted: dict[str, str] = {}
        """The accepted workers by address, and the LibreOffice of each."""
        self.refused: dict[str, str] = {}
        """The others, and why."""
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def threads(self) -> int:
        """How many tasks the accepted workers do at a time."""
        return sum(self._client.nthreads([*self.accepted]).values())

    def meet(self) -> None:
        """Ask the workers that have joined, and forget those that have gone."""
        if self._client.status != "running":  # the scheduler has gone; Dask would go on trying
            raise CancelledError
        with self._lock:
            here = self._here()
            for gone in self.accepted.keys() - here:
                del self.accepted[gone]
            asked = {
                one: self._client.submit(sameness.about, pdf=self._pdf, workers=[one], pure=False)
                for one in here
                if one not in self.accepted and one not in self.refused
            }
            until = time.monotonic() + _ANSWER
            for worker, answer in asked.items():
                self._judge(worker, answer, max(0.1, until - time.monotonic()))

    def _here(self) -> Mapping[str, Any]:
        """Ask the scheduler for its workers: what the client keeps of them is emptied by turns."""
        try:
            told = self._client.sync(self._client.scheduler.identity, n_workers=-1)
        except OSError as error:
            raise CancelledError from error
        workers: Mapping[str, Any] = told["workers"]
        return workers

    def _judge(self, worker: str, answer: Any, seconds: float) -> None:
        try:
            theirs: dict[str, str] = answer.result(timeout=seconds)
        except ModuleNotFoundError as error:
            self._refuse(worker, f"ไม่มี {error.name}")
        except Exception as error:  # noqa: BLE001 - whatever keeps it from answering
            _TELL.debug("%s does not answer: %r", worker, error)
            self._refuse(worker, "ไม่ตอบ")
        else:
            has_office = theirs["office"] not in ("", sameness.NONE)
            if has_office and self._ours["office"] == sameness.NONE:
                self._ours["office"] = theirs["office"]
                _TELL.warning("ใช้ LibreOffice %s ของเครื่องทำงาน %s", theirs["office"], worker)
            if other := sameness.differences(self._ours, theirs):
                self._refuse(worker, ", ".join(other))
            else:
                self.accepted[worker] = theirs["office"]

    def _refuse(self, worker: str, why: str) -> None:
        self.accepted.pop(worker, None)
        self.refused[worker] = why
        _TELL.warning("ไม่ใช้เครื่องทำงาน %s: %s", worker, why)

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Send a call to an accepted worker; its future fails where there is none any more."""
        sent = _Sent(Future(), fn, args, kwargs)
        sent.future.set_running_or_notify_cancel()
        self._send(sent)
        return sent.future

    def _send(self, sent: _Sent) -> None:
        try:
            with self._lock:
                sent.task = self._client.submit(
                    sameness.checked, self._ours, self._pdf, sent.fn, sent.args, sent.kwargs,
                    workers=self._usable(sent), pure=False,
                )  # fmt: skip
                self._sent.add(sent)
            sent.task.add_done_callback(lambda task: self._settle(sent, task))
        except Exception as error:  # noqa: BLE001 - a connection that is lost has many names
            _TELL.debug("a task cannot be sent: %r", error)
            self._done(sent, error=CancelledError())

    def _usable(self, sent: _Sent) -> list[str]:
        self.meet()
        usable = [one for one in self.accepted if one not in sent.tried]
        if not usable:
            raise CancelledError
        return usable

    def _done(self, sent: _Sent, value: Any = None, error: BaseException | None = None) -> None:
        self._sent.discard(sent)
        if sent.future.done():
            return
        if error is None:
            sent.future.set_result(value)
        else:
            sent.future.set_exception(error)

    def _settle(self, sent: _Sent, task: Any) -> None:
        """Hand over what became of a task; what its worker refused goes to another."""
        with self._lock:
            if task is not sent.task or sent.future.done() or self._ended.is_set():
                return
            if task.status != "finished":
                error = task.exception() if task.status == "error" else CancelledError()
                self._done(sent, error=error)
                return
            answer = task.result()
            self._since[answer.worker] = time.monotonic()
            if answer.refusal:
                self._refuse(answer.worker, answer.refusal)
                sent.tried.add(answer.worker)
                self._send(sent)
                return
            office = self.accepted.get(answer.worker, "")
            self._done(sent, _signed(answer.value, answer.worker, office))

    def _watch(self) -> None:
        """Name workers that are silent, and send their tasks elsewhere at the deadline."""
        while not self._ended.wait(_LOOK):
            with contextlib.suppress(Exception):  # of a connection that is lost: told elsewhere
                self._look_for_silence()

    def _look_for_silence(self) -> None:
        if self._client.status == "running":
            self._connected = time.monotonic()
        elif time.monotonic() - self._connected > _RECONNECTING:
            for sent in [*self._sent]:
                self._done(sent, error=CancelledError())
            return
        with self._lock:
            ours = {one.task.key: one for one in self._sent if one.task is not None}
        where = self._client.processing() if ours else {}
        for worker, keys in where.items():
            waiting = [ours[key] for key in keys if key in ours]
            now = time.monotonic()
            if not waiting:
                self._since.pop(worker, None)
                continue
            silent = now - self._since.setdefault(worker, now)
            if silent > _SILENT and worker not in self._named:
                self._named.add(worker)
                _TELL.warning("เครื่องทำงาน %s ไม่ตอบมาแล้ว %.0f วินาที", worker, silent)
            if silent > max(one.seconds for one in waiting):
                self._give_up(worker, waiting)

    def _give_up(self, worker: str, waiting: list[_Sent]) -> None:
        with self._lock:
            self._refuse(worker, "ไม่ตอบจนครบกำหนดเวลา ส่งงานให้เครื่องอื่นแล้ว")
            for one in waiting:
                one.tried.add(worker)
                self._send(one)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - Executor's own
        """Leave the cluster; it forgets the tasks that are not done."""
        self._ended.set()
        with contextlib.suppress(Exception):
            self._client.close(timeout=_PARTING)


def _signed(value: Any, worker: str, office: str) -> Any:
    """Return what a worker made with the worker's name, and of PDFs with its LibreOffice."""
    if isinstance(value, tasks.Made):
        return replace(value, made_by=worker)
    return tuple(replace(one, made_by=f"{worker} LibreOffice {office}") for one in value)
