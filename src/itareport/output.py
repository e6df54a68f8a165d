"""Whole files under final names, or none: how bytes reach a folder."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from itareport.errors import ItaReportError, Problem, problem


def folder(path: Path) -> None:
    """Make the folder for results where it is not there yet.

    Raises:
        ItaReportError: O600 it cannot be made, or is no folder.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ItaReportError(problem("O600", folder=str(path))) from error


def write(path: Path, data: bytes) -> None:
    """Write a file whole: under a temporary name first, then renamed in one step.

    Raises:
        ItaReportError: O601 no permission, O602 disk full, O603 the file is open elsewhere,
            O604 anything else; the file that was there stays as it was.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=".itareport-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise ItaReportError(_why(path, error)) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _why(path: Path, error: OSError) -> Problem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return problem("O602", file=path.name, folder=str(path.parent))
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        return problem("O603", file=path.name)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return problem("O601", file=path.name, folder=str(path.parent))
    return problem("O604", file=path.name, folder=str(path.parent), why=error.strerror or "")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
