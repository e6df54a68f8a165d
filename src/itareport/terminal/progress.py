"""How far a command is, on stderr: one line that changes on a terminal, plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from itareport.batch import Counts

_LIVE, _PLAIN = 0.1, 10.0  # seconds between two lines: of a bar that moves, of lines that stay
_WIDTH = 20
_MARGIN = 4  # for what `Progress` adds


class Progress:
    """Prints what is being done."""

    def __init__(self, *, quiet: bool) -> None:
        """Print nothing where `quiet`."""
        self._quiet = quiet
        self.is_live = sys.stderr.isatty()
        """Whether a line takes the place of the line before."""

    def __enter__(self) -> Self:
        return self

    def __call__(self, doing: str) -> None:
        """Print what is being done now."""
        if self._quiet:
            return
        if self.is_live:
            print(f"\r\x1b[K{doing} …", end="", file=sys.stderr, flush=True)
        else:
            print(doing, file=sys.stderr, flush=True)

    def __exit__(self, *_error: object) -> None:
        if self.is_live and not self._quiet:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class BatchProgress:
    """Prints how many reports of a batch are done, not more often than a person can read."""

    def __init__(self, progress: Progress) -> None:
        """Print through that line."""
        self._progress = progress
        self._last = time.monotonic()
        self.counts: Counts | None = None
        """The figures of the run so far, once there are any."""

    def __call__(self, counts: Counts) -> None:
        """Print the counts, if enough time has passed."""
        self.counts = counts
        now = time.monotonic()
        if now - self._last >= (_LIVE if self._progress.is_live else _PLAIN):
            self._last = now
            self._progress(_with_bar(counts) if self._progress.is_live else counts.line)


def _with_bar(counts: Counts) -> str:
    """Put a bar before the line where there is room: a line that wraps cannot be redrawn."""
    taken = sum(unicodedata.category(c) != "Mn" for c in counts.line)
    width = min(_WIDTH, shutil.get_terminal_size().columns - taken - _MARGIN)
    if width < _WIDTH // 2:
        return counts.line
    filled = counts.done * width // max(1, counts.total)
    return f"{'█' * filled}{'░' * (width - filled)} {counts.line}"
