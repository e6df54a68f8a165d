"""Many reports: one failure does not stop the rest, and a later run finishes what one left."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from itareport.batch.progress import Counts, OnProgress
from itareport.batch.record.entry import Complaint, Entry
from itareport.batch.record.journal import owners
from itareport.batch.run_result import Request, RunResult
from itareport.batch.workers import pool
from itareport.batch.workers.pool import LazyWorkers, Workers
from itareport.files import interrupts
from itareport.pdf import office, ways
from itareport.problems import ItaReportError

__all__ = [
    "Complaint",
    "Counts",
    "Entry",
    "OnProgress",
    "Request",
    "RunResult",
    "cores",
    "owners",
    "run",
]


def run(
    inputs: Sequence[Path],
    request: Request,
    on_progress: OnProgress,
    *,
    jobs: int = 0,
    cluster: str = "",
) -> RunResult:
    """Make the reports of all inputs with workers of this machine, or of a cluster.

    `jobs` is how many work at a time; 0 takes one a core.  However the run ends, its workers end
    with it; those of a cluster forget its tasks.

    Raises:
        ItaReportError: see `runner.make_reports`; O614 to O617 of a cluster.
    """
    from itareport.batch.runner import make_reports  # and openpyxl, which no worker needs

    workers = LazyWorkers(lambda: _workers(jobs or cores(), cluster, pdf=request.pdf))
    try:
        result = make_reports(inputs, request, workers, on_progress)
    except BaseException:
        with interrupts.undisturbed():
            workers.end(cancel=True)
        raise
    workers.end()
    return result


def _workers(jobs: int, cluster: str, *, pdf: bool) -> Workers:
    if cluster:
        from itareport.batch.workers import dask  # an extra that few install

        return dask.connect(cluster, pdf=pdf)
    if pdf and ways.found() is None:
        raise ItaReportError(office.absence())
    return pool.local(jobs)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
