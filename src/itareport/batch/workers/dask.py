"""Workers on several machines, through a running Dask cluster; the only door to distributed.

Dask moves the tasks of a worker that dies to others by itself, and gives a task up only after
several workers died with it.
"""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from itareport import __version__
from itareport.batch.record import fingerprint
from itareport.batch.workers.pool import Workers
from itareport.pdf import ways
from itareport.problems import ItaReportError, Problem, problem

_P = ParamSpec("_P")
_T = TypeVar("_T")
_PATIENCE = 15  # seconds to find the scheduler
_KNOCKING = 5  # seconds to find that somebody is there at all
_PROTOCOLS = ("tcp", "tls", "ws", "wss")
_PYTHON = ".".join(map(str, sys.version_info[:2]))
_NAMES = {
    "itareport": "รุ่นของ itareport",
    "assets": "แม่แบบ แค็ตตาล็อก หรือฟอนต์",
    "python": "รุ่นของ Python",
    "distributed": "รุ่นของ Dask",
    "office": "LibreOffice",
}
_LOG = logging.getLogger(__name__)


class Cluster(Executor):
    """A cluster's executor; its shutdown ends our connection, not the cluster."""

    def __init__(self, client: Any) -> None:
        """Use that client; it never takes two tasks for one."""
        self._client = client
        self._executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Send a call to some worker."""
        future: Future[_T] = self._executor.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - Executor's own
        """Leave the cluster: after our tasks, or with them forgotten."""
        try:
            self._executor.shutdown(wait=wait and not cancel_futures)
        finally:
            self._client.close()


def connect(address: str, *, pdf: bool) -> Workers:
    """Return the workers of a running cluster: as many tasks at a time as they have threads.

    Raises:
        ItaReportError: O614 Dask is not installed, O615 no scheduler or no worker there, O616 a
            worker would make other reports than this machine.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm import CommClosedError
    except ImportError as error:
        raise ItaReportError(problem("O614")) from error
    _knock(address)
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ItaReportError(_unreachable(address, "ติดต่อ scheduler ไม่ได้")) from error
    try:
        count = _threads(client, address, pdf=pdf)
    except BaseException:
        client.close()
        raise

    def died(error: BaseException) -> bool:
        if isinstance(error, CancelledError | CommClosedError | TimeoutError):
            raise ItaReportError(problem("O617", address=address)) from error
        return isinstance(error, KilledWorker)

    return Workers(Cluster(client), count, died)


def _knock(address: str) -> None:
    """Check that the address is valid and that something answers; Dask would go on trying."""
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in _PROTOCOLS:
        raise ItaReportError(_unreachable(address, "ที่อยู่ต้องอยู่ในรูป tcp://เครื่อง:พอร์ต"))
    try:
        socket.create_connection((host, port), _KNOCKING).close()
    except (OSError, UnicodeError) as error:
        raise ItaReportError(_unreachable(address, "ติดต่อ scheduler ไม่ได้")) from error


def _threads(client: Any, address: str, *, pdf: bool) -> int:
    """Ask every worker what it has, and count the tasks that all do at a time."""
    try:
        answers: dict[str, dict[str, str]] = client.run(about, pdf=pdf)
    except ModuleNotFoundError as error:
        _LOG.debug("a worker lacks a module: %s", error)
        raise ItaReportError(
            problem("O616", worker="อย่างน้อยหนึ่งเครื่อง", what=f"ไม่มี {error.name}")
        ) from error
    if not answers:
        raise ItaReportError(_unreachable(address, "ไม่มีเครื่องทำงาน"))
    ours = about(pdf=False)
    for worker, answer in answers.items():
        if other := _differences(ours, answer):
            raise ItaReportError(problem("O616", worker=worker, what=", ".join(other)))
    return sum(client.nthreads().values())


def about(*, pdf: bool) -> dict[str, str]:
    """Return versions and digests that must be equal where reports are to be equal."""
    from distributed import __version__ as distributed

    return {
        "itareport": __version__,
        "assets": fingerprint.of_assets(),
        "python": _PYTHON,
        "distributed": distributed,
        "office": "" if not pdf or ways.found() else "ไม่มี",
    }


def _differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    return [name for key, name in _NAMES.items() if ours[key] != theirs.get(key)]


def _unreachable(address: str, why: str) -> Problem:
    return problem("O615", address=address, why=why)
