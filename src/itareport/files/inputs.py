"""Files that users name, read within a limit; never a device, a pipe or a folder."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Read = Callable[[Path, int], bytes]
"""Hands over a file that a user names, as `read` does; a worker has them without a disk."""


def read(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes.

    Raises:
        OSError: it is not there, not readable, no regular file, or larger (`FileTooLargeError`).
    """
    try:
        mode = path.stat().st_mode
    except ValueError as error:  # a name with a null character
        raise FileNotFoundError(str(path)) from error
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(str(path))
    if not stat.S_ISREG(mode):
        raise PermissionError(str(path))
    with path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise FileTooLargeError(str(path))
    return data


@dataclass(frozen=True, slots=True)
class Within:
    """Reads as `read` does, but nothing outside a folder, however a path or a link leads there."""

    folder: Path
    also: frozenset[Path] = frozenset()
    """Files elsewhere that may be read all the same."""
    read: Read = read

    def __call__(self, path: Path, limit: int) -> bytes:
        """Return the bytes of a file.

        Raises:
            OSError: as `read`, or the file is outside the folder.
        """
        try:
            real = path.resolve()
        except (ValueError, RuntimeError) as error:  # a null character; links in a ring
            raise FileNotFoundError(str(path)) from error
        if not (real.is_relative_to(self.folder) or real in self.also):
            raise PermissionError(str(path))
        return self.read(real, limit)


class FileTooLargeError(OSError):
    """The file is larger than the limit."""
