"""Start the workers of a run when the first report needs them, and end them."""

from __future__ import annotations

from collections.abc import Callable

from itareport.batch.workers.pool import Workers


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
