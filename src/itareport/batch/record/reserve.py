"""Room on the disk, kept from the beginning of a run for the lists at its end."""

from __future__ import annotations

import contextlib
from pathlib import Path

from itareport.files import output

_LEAST, _MOST = 256_000, 64_000_000
_EACH = 8_000
"""Bytes for each report: its line twice, while the journal is put in order, and its rows."""


class Reserve:
    """A file that takes room until it is released: so a full disk leaves enough for the lists."""

    def __init__(self, folder: Path, reports: int) -> None:
        """Keep room for the lists of so many reports.

        Raises:
            OSError: there is not so much, or nothing can be written there.
        """
        self._path = output.temporary(folder)
        try:
            self._path.write_bytes(bytes(min(_LEAST + _EACH * reports, _MOST)))
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Give the room back."""
        with contextlib.suppress(OSError):
            self._path.unlink()
