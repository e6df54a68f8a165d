"""Whole files under final names, or none: how bytes reach a folder."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from itareport.files import opc, windows
from itareport.problems import ItaReportError, Problem, problem

_SHOWN = 40
"""The letters that are shown of a name that is too long."""
LARGEST = 200_000_000
"""No report is larger, in bytes: a larger file is not read to see who wrote it."""
_NAMED = {errno.EISDIR: "O635", errno.EILSEQ: "O636"}
"""Codes by what the system says, where the file's name is all that they tell."""
_OF_FILES = frozenset({".docx", ".pdf", ".xlsx", ".yaml", ".yml", ".json"})
"""How names end that people give to files: a new folder gets none of them."""
_PREFIX, _SUFFIX = ".itareport-", ".tmp"


def is_there(path: Path) -> bool:
    """Return whether a file of this name is there.

    Raises:
        ItaReportError: O630 no file can have so long a name, O601 its folder may not be entered,
            O604 the system will not say, O632, O633 Windows takes no such path, O636, O637 no Thai
            names are taken.
    """
    _refuse_what_windows_refuses(path, windows.LONGEST_FILE)
    with errors_as_problems(path):
        return path.exists()


def refuse_to_overwrite(path: Path) -> None:
    """Refuse the name of a new file where a file of this name is there.

    Raises:
        ItaReportError: O606 it is there; and as `is_there`.
    """
    if is_there(path):
        raise ItaReportError(problem("O606", file=path.name))


def folder(path: Path) -> None:
    """Make the folder for results where it is not there yet.

    Raises:
        ItaReportError: O600 it cannot be made, O608 it is a file or would be named as one; and as
            `is_there`.
    """
    _refuse_what_windows_refuses(path, windows.LONGEST_FOLDER)
    is_file = not path.is_dir() if is_there(path) else path.suffix.lower() in _OF_FILES
    if is_file:
        raise ItaReportError(problem("O608", file=str(path)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ItaReportError(problem("O600", folder=str(path))) from error


def need_thai_names(path: Path) -> None:
    """See that the system of whoever gave the command can give a file in a folder a Thai name.

    Raises:
        ItaReportError: O637.
    """
    with errors_as_problems(path):
        os.fsencode("ก")


def stay_within(root: Path, path: Path) -> None:
    """Refuse a place that a link takes out of the folder of results.

    Raises:
        ItaReportError: O621 it lies elsewhere.
    """
    if not path.resolve().is_relative_to(root.resolve()):
        raise ItaReportError(problem("O621", path=str(path)))


def keep_edited(path: Path) -> Problem | None:
    """Move a .docx that somebody has changed out of the way; return a note of it, or None.

    What this program writes has its own order and times of parts, which Word and LibreOffice
    never leave; only such a file, untouched since it was built, is replaced without a word.

    Raises:
        ItaReportError: as `write`.
    """
    with errors_as_problems(path):
        if not path.exists():
            return None
        refuse_no_file(path)
        if path.stat().st_size <= LARGEST and opc.is_canonical(path.read_bytes()):
            return None
        kept = free_name(path, "เดิม")
        _renamed(path, kept)
    return problem("O607", file=path.name, kept=kept.name)


def free_name(path: Path, mark: str) -> Path:
    """Return a file's name with a mark in brackets, and a number where that is taken.

    Raises:
        ItaReportError: as `is_there`.
    """
    free, number = path.with_stem(f"{path.stem} ({mark})"), 1
    while is_there(free):
        number += 1
        free = path.with_stem(f"{path.stem} ({mark} {number})")
    return free


def write(path: Path, data: bytes) -> None:
    """Write a file whole: under a temporary name first, then renamed in one step.

    Raises:
        ItaReportError: O601 no permission, O602 disk full, O603 the file is open elsewhere,
            O630 the name is too long, O632, O633 Windows takes no such path, O635 the name is that
            of a folder or a device, O636 the disk takes no Thai names, O637 nor does the setting of
            the system, O604 anything else; the file that was there stays as it was.
    """
    with replacing(path) as stream:
        stream.write(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a stream whose content takes a file's place once it is whole, as in `write`.

    Raises:
        ItaReportError: as `write`.
    """
    # Named before it is there, so that it is removed whenever the writing is interrupted.
    own = temporary(path.parent)
    for one in (path, own):
        _refuse_what_windows_refuses(one, windows.LONGEST_FILE)
    refuse_no_file(path)
    try:
        with errors_as_problems(path):
            with own.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _renamed(own, path)
    finally:
        with contextlib.suppress(OSError):
            own.unlink()


def temporary(folder: Path) -> Path:
    """Return a new name for a temporary file, which `clear` removes if its run is killed."""
    return folder / f"{_PREFIX}{os.urandom(8).hex()}{_SUFFIX}"


def _renamed(old: Path, new: Path) -> None:
    """Rename a file, over another if need be; on Windows with a few tries."""
    for wait in windows.WAITS:
        try:
            old.replace(new)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    old.replace(new)


def _refuse_what_windows_refuses(path: Path, longest: int) -> None:
    if not windows.IS_HERE:
        return
    if any(map(windows.is_device, path.parts)):
        raise ItaReportError(problem("O633", file=str(path)))
    if (length := windows.letters(path)) > longest:
        raise ItaReportError(
            problem("O632", file=_short(path.name), length=length, longest=longest)
        )


def refuse_no_file(path: Path) -> None:
    """Refuse the name of a folder, a pipe or a device: neither is replaced, nor read for ever.

    Raises:
        ItaReportError: O635; and as `is_there`.
    """
    with errors_as_problems(path):
        if path.exists() and not path.is_file():
            raise ItaReportError(problem("O635", file=path.name))


def clear(folder: Path) -> None:
    """Remove, at any depth, the temporary files that a killed run has left.

    Only the run that holds the folder may do so.
    """
    for left in folder.rglob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            left.unlink()


@contextlib.contextmanager
def errors_as_problems(path: Path) -> Iterator[None]:
    """Turn an `OSError` of writing a file into an `ItaReportError`.

    Raises:
        ItaReportError: as `write`.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise ItaReportError(problem("O637", file=path.name)) from error
    except OSError as error:
        raise ItaReportError(_why(path, error)) from error


def _why(path: Path, error: OSError) -> Problem:
    if error.errno == errno.ENAMETOOLONG:
        return problem("O630", file=_short(path.name))
    if error.errno in _NAMED:
        return problem(_NAMED[error.errno], file=path.name)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return problem("O602", file=path.name, folder=str(path.parent))
    is_there = os.path.exists(path)  # noqa: PTH110 - False where the folder may not be entered
    if isinstance(error, PermissionError) and is_there and os.access(path.parent, os.W_OK):
        return problem("O603", file=path.name, program=windows.program(path.name))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return problem("O601", file=path.name, folder=str(path.parent))
    return problem("O604", file=path.name, folder=str(path.parent), why=error.strerror or "")


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
