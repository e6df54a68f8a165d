"""A lock on a folder of results: one run at a time writes there.

The lock is the operating system's, on an open file: it ends with the process that holds it,
however that dies, so nothing stale can block the next run.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from itareport.files import output
from itareport.problems import ItaReportError, problem

NAME = ".itareport.lock"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder of results.

    Raises:
        ItaReportError: O612: another run holds it; O6xx: no file can be made there.
    """
    path = folder / NAME
    handle = _opened(path)
    while not _same(handle, path):  # the run before removed the file between opening and locking
        os.close(handle)
        handle = _opened(path)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows keeps it while it is open
            path.unlink()
        os.close(handle)


def _opened(path: Path) -> int:
    with output.errors_as_problems(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    if not _taken(handle):
        os.close(handle)
        raise ItaReportError(problem("O612", folder=str(path.parent)))
    return handle


def _same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _taken(handle: int) -> bool:
    """Take the lock; return whether it was free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
