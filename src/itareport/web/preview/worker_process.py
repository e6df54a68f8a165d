"""The other process in which pages are made, from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from itareport.web.preview import worker

_P = ParamSpec("_P")
_T = TypeVar("_T")
_ENDING = 3.0  # seconds for an orderly end


class WorkerProcess:
    """One process, begun at the first work; one that died is replaced at the next."""

    def __init__(self) -> None:
        """Begin nothing yet."""
        self._pool: ProcessPoolExecutor | None = None
        self._number = 0
        self._is_ended = False
        self._lock = threading.Lock()

    async def start(self) -> None:
        """Start the process and its office.

        Raises:
            BrokenProcessPool: It died meanwhile.
        """
        await self.do(worker.start)

    async def do(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Have something done there, after what is being done.

        Raises:
            BrokenProcessPool: It died meanwhile.
        """
        pool = self._started()
        try:
            if not self._number:
                self._number = await asyncio.wrap_future(pool.submit(worker.start))
            return await asyncio.wrap_future(pool.submit(work, *args, **kwargs))
        except BrokenProcessPool:
            with self._lock:
                if self._pool is pool:
                    self._pool, self._number = None, 0
            pool.shutdown(wait=False)
            raise

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._is_ended:
                raise BrokenProcessPool
            if self._pool is None:
                spawning = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, spawning, worker.begin)
            return self._pool

    def end(self) -> None:
        """End the process and its office, even where it hangs."""
        with self._lock:
            self._is_ended, pool = True, self._pool
        if pool is None:
            return
        closing = None
        with contextlib.suppress(RuntimeError):  # it is broken
            closing = pool.submit(worker.close)
        try:
            if closing:
                closing.result(_ENDING)
        except (TimeoutError, BrokenProcessPool):
            if self._number:
                with contextlib.suppress(OSError):  # it is gone; Windows says so in its own way
                    os.kill(self._number, signal.SIGTERM)
        pool.shutdown(cancel_futures=True)
