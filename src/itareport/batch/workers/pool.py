"""A supervised pool of processes: a worker that dies costs its own task, and nothing else.

The pools at hand were tried with workers killed while 6 MB results came back: pebble's ended after
the fifth, its shared pipe torn; those of loky and of the standard library end at the first.  Here
every worker has a pipe and a thread of its own.
"""

from __future__ import annotations

import _thread
import contextlib
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

from itareport.files import interrupts

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

_P = ParamSpec("_P")
_T = TypeVar("_T")
ATTEMPTS = 2
"""How often work is tried whose worker died: once more, alone."""
_PATIENCE = 1_200.0
"""Seconds for one task; a chunk of files has its own, shorter deadline inside."""
_PARTING = 8.0
"""Seconds that a worker has to clear up once it must stop."""
_spawning = multiprocessing.get_context("spawn")


class WorkerDiedError(Exception):
    """The worker ended, or was ended for taking too long, before its task was done."""


@dataclass(frozen=True, slots=True)
class Workers:
    """The workers of a run: their executor, their number, and a test for a worker that died."""

    executor: Executor
    count: int
    died: Callable[[BaseException], bool]
    """Whether an error of a future means that its worker died."""


class LazyWorkers:
    """Workers that start with the first task; a run with nothing to make starts none."""

    def __init__(self, start: Callable[[], Workers]) -> None:
        """Keep the function that starts them."""
        self._start = start
        self._workers: Workers | None = None

    def __call__(self) -> Workers:
        """Return the workers, started now if they were not."""
        if self._workers is None:
            self._workers = self._start()
        return self._workers

    @property
    def count(self) -> int:
        """How many tasks they do at a time; 1 before they start."""
        return self._workers.count if self._workers else 1

    def end(self, *, cancel: bool = False) -> None:
        """End the workers that were started: after their tasks, or now with the tasks cancelled."""
        if self._workers is not None:
            self._workers.executor.shutdown(wait=True, cancel_futures=cancel)


def fault(future: Future[Any]) -> BaseException | None:
    """Return the error of a finished future, also where it was cancelled."""
    try:
        return future.exception()
    except CancelledError as error:
        return error


def local(jobs: int) -> Workers:
    """Return workers on this machine; `shutdown` of the executor ends them."""
    return Workers(Pool(jobs), jobs, lambda error: isinstance(error, WorkerDiedError))


@dataclass(frozen=True, slots=True)
class _Task:
    future: Future[Any]
    call: bytes


class Pool(Executor):
    """Worker processes, each with one task at a time; a dead one is replaced by the next task."""

    def __init__(self, jobs: int, patience: float = _PATIENCE) -> None:
        """Get ready for that many workers; each starts with its first task."""
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._workers = [_Worker(patience) for _ in range(jobs)]
        self._threads = [
            threading.Thread(target=worker.tend, args=(self._tasks,), daemon=True)
            for worker in self._workers
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Queue a call; its future fails with `WorkerDiedError` where its worker dies."""
        future: Future[_T] = Future()
        self._tasks.put(_Task(future, pickle.dumps((fn, args, kwargs))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - Executor's own
        """End the workers: after their tasks, or at once where futures are cancelled."""
        if cancel_futures:
            self._cancel()
            for worker in self._workers:
                worker.stop()
        for _ in self._threads:
            self._tasks.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _cancel(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                if task := self._tasks.get_nowait():
                    task.future.cancel()


class _Worker:
    """One place for a process, kept filled by a thread while there are tasks."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._stopping = False
        self._starting = threading.Lock()

    def tend(self, tasks: queue.SimpleQueue[_Task | None]) -> None:
        """Hand over tasks one by one until there are no more."""
        while (task := tasks.get()) is not None:
            if not task.future.set_running_or_notify_cancel():
                continue
            try:
                good, value = pickle.loads(self._answer(task.call))  # noqa: S301 - our own worker's
            except Exception as error:  # noqa: BLE001 - whatever it is, it is this task's
                self._end()
                task.future.set_exception(_death(error))
            else:
                (task.future.set_result if good else task.future.set_exception)(value)
        self._end()

    def _answer(self, call: bytes) -> bytes:
        pipe = self._started()
        pipe.send_bytes(call)
        if not pipe.poll(self._patience):
            raise TimeoutError
        return pipe.recv_bytes()

    def _started(self) -> Connection[Any, Any]:
        with self._starting:
            if self._stopping:
                raise WorkerDiedError
            if self._pipe is None or self._process is None:
                ours, theirs = _spawning.Pipe()
                process = _spawning.Process(target=_serve, args=(theirs,), daemon=True)
                try:
                    with _deaf_to_interrupts():
                        process.start()
                finally:
                    theirs.close()  # the worker's end is then the only one: its death closes it
                self._pipe, self._process = ours, process
            return self._pipe

    def stop(self) -> None:
        """Make the process stop its task and clear up."""
        with self._starting:
            self._stopping = True
            if self._process is not None and self._process.is_alive():
                self._process.terminate()

    def _end(self) -> None:
        """End the process, with its work if it has any, and wait for it."""
        if self._process is None or self._pipe is None:
            return
        self._pipe.close()
        self._process.join(0.0 if self._stopping else _PARTING / 8)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(_PARTING)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        self._process = self._pipe = None


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that ignore what a terminal sends until they set handlers of their own."""
    if sys.platform == "win32":
        yield
    else:
        resource_tracker.ensure_running()  # its own start would lift the block
        before = signal.pthread_sigmask(signal.SIG_BLOCK, interrupts.BY_TERMINAL)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _death(error: Exception) -> Exception:
    died = (EOFError, OSError, TimeoutError, pickle.UnpicklingError)
    return WorkerDiedError() if isinstance(error, died) else error


def _serve(pipe: Connection[Any, Any]) -> None:
    """Answer calls until the pipe closes; the process of a worker does nothing else.

    Ctrl-C reaches every process of a terminal, but it is for the caller to decide.  To stop, a
    worker is interrupted, so that LibreOffice and temporary files are cleared away.
    """
    for one in interrupts.BY_TERMINAL:
        signal.signal(one, interrupts.do_nothing)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, interrupts.BY_TERMINAL)
    threading.Thread(target=_die_with_caller, daemon=True).start()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        try:
            signal.signal(signal.SIGTERM, _interrupt)
            while True:
                function, args, kwargs = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our caller's
                pipe.send_bytes(_called(function, args, kwargs))
        finally:
            signal.signal(signal.SIGTERM, interrupts.do_nothing)


def _called(function: Callable[..., Any], args: Any, kwargs: Any) -> bytes:
    try:
        return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as error:  # noqa: BLE001 - the caller's to judge
        return pickle.dumps((False, error))


def _interrupt(_signal: int, _frame: object) -> None:
    signal.signal(signal.SIGTERM, interrupts.do_nothing)  # nothing may interrupt the clearing up
    raise KeyboardInterrupt


def _die_with_caller() -> None:
    """Wait for the caller's death, however it dies; then clear up, or at least go."""
    caller = multiprocessing.parent_process()
    if caller is None:
        return
    caller.join()
    if sys.platform == "win32":
        _thread.interrupt_main(signal.SIGTERM)  # os.kill would end it there and then
    else:
        with contextlib.suppress(OSError, AttributeError):
            os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_PARTING)
    os._exit(1)
