"""Many reports: one failure does not stop the rest, and a later run finishes what one left."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from itareport.batch import pool, stopping
from itareport.batch.journal import Complaint, Entry
from itareport.batch.pool import Workers
from itareport.batch.progress import Counts, Tell
from itareport.batch.steps import How, Result, reports
from itareport.pdf import office
from itareport.problems import ItaReportError

__all__ = ["Complaint", "Counts", "Entry", "How", "Result", "Tell", "cores", "run"]


def run(
    inputs: Sequence[Path], how: How, tell: Tell, *, jobs: int = 0, cluster: str = ""
) -> Result:
    """Make the reports of all inputs with workers of this machine, or of a cluster.

    `jobs` is how many work at a time; 0 takes one a core.  However the run ends, its workers end
    with it; those of a cluster are told to forget its tasks.

    Raises:
        ItaReportError: see `steps.reports`; O614 to O617 of a cluster.
    """
    begun: list[Workers] = []

    def begin() -> Workers:
        begun.append(_workers(jobs or cores(), cluster, pdf=how.pdf))
        return begun[-1]

    try:
        result = reports(inputs, how, begin, tell)
    except BaseException:
        with stopping.undisturbed():
            for workers in begun:
                workers.executor.shutdown(wait=True, cancel_futures=True)
        raise
    for workers in begun:
        workers.executor.shutdown(wait=True)
    return result


def _workers(jobs: int, cluster: str, *, pdf: bool) -> Workers:
    if cluster:
        from itareport.batch import dask

        return dask.connect(cluster, pdf=pdf)
    if pdf and office.find() is None:
        raise ItaReportError(office.absence())
    return pool.local(jobs)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
