"""Finding a running Dask cluster, or telling why it is of no use; the door to distributed.

Dask moves the tasks of a worker that dies to others by itself, and gives a task up only after
several workers died with it.
"""

from __future__ import annotations

import logging
import socket
import ssl
from concurrent.futures import CancelledError
from typing import Any
from urllib.parse import urlsplit

from itareport.batch.workers.cluster import Cluster
from itareport.batch.workers.pool import Workers
from itareport.problems import ItaReportError, Problem, problem

_PATIENCE = 15  # seconds to find the scheduler
_KNOCKING = 5  # seconds to find that somebody is there at all
_PROTOCOLS = ("tcp", "tls", "ws", "wss")
_SECURE = ("tls", "wss")
_LOG = logging.getLogger(__name__)


def connect(address: str, *, pdf: bool) -> Workers:
    """Return the workers of a running cluster: as many tasks at a time as they have threads.

    Raises:
        ItaReportError: O614 Dask is not installed, O615 no scheduler or no worker there, or no
            certificate for it, O616 every worker would make other reports than this machine.
    """
    try:
        from distributed import Client, KilledWorker, Security
        from distributed.comm import CommClosedError
    except ImportError as error:
        raise ItaReportError(problem("O614")) from error
    scheme = _knock(address)
    _quieten()
    _refuse_without_certificates(address, scheme, Security())
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError, TypeError, RuntimeError) as error:
        raise ItaReportError(_unreachable(address, _why(error, scheme))) from error
    cluster = Cluster(client, pdf=pdf)
    try:
        cluster.meet()
        _refuse_without_workers(cluster, address)
        count = cluster.threads
    except (CancelledError, OSError) as error:  # gone again, just after it was there
        cluster.shutdown()
        raise ItaReportError(_unreachable(address, _why(error, scheme))) from error
    except BaseException:
        cluster.shutdown()
        raise

    def died(error: BaseException) -> bool:
        if isinstance(error, CancelledError | CommClosedError | TimeoutError):
            raise ItaReportError(problem("O617", address=address)) from error
        return isinstance(error, KilledWorker)

    return Workers(cluster, count, died)


def _refuse_without_certificates(address: str, scheme: str, security: Any) -> None:
    """Refuse a secure address without certificates: Dask's client would fail in its own end.

    Raises:
        ItaReportError: O615.
    """
    if scheme not in _SECURE:
        return
    try:
        own = security.get_connection_args("client").get("ssl_context")
    except (OSError, ValueError) as error:
        raise ItaReportError(_unreachable(address, _why(error, scheme))) from error
    if own is None:
        raise ItaReportError(_unreachable(address, "ไม่ได้ระบุใบรับรอง TLS ของเครื่องนี้"))


def _quieten() -> None:
    """Keep Dask's own loggers from writing between our lines: what matters is told by codes."""
    if _LOG.isEnabledFor(logging.DEBUG):
        return
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _why(error: BaseException, scheme: str) -> str:
    """Return why no scheduler answers, in words: the certificates, or nobody is there."""
    own: BaseException | None = error
    while own is not None:
        if isinstance(own, ssl.SSLError | FileNotFoundError) or "TLS" in str(own):
            return f"ใบรับรอง TLS ไม่มีหรือใช้ไม่ได้: {str(own) or type(own).__name__}"
        own = own.__cause__ or own.__context__
    if scheme in _SECURE:
        return "ใบรับรอง TLS ไม่มีหรือใช้ไม่ได้ หรือ scheduler ไม่ได้ใช้ TLS"
    return "ติดต่อ scheduler ไม่ได้"


def _refuse_without_workers(cluster: Cluster, address: str) -> None:
    """Refuse a cluster none of whose workers is accepted.

    Raises:
        ItaReportError: O615 it has none, O616 they are different.
    """
    if cluster.accepted:
        return
    if not cluster.refused:
        raise ItaReportError(_unreachable(address, "ไม่มีเครื่องทำงาน"))
    raise ItaReportError(
        *(problem("O616", worker=one, what=why) for one, why in cluster.refused.items())
    )


def _knock(address: str) -> str:
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
    return parts.scheme


def _unreachable(address: str, why: str) -> Problem:
    return problem("O615", address=address, why=why)
