"""The progress of a run, in figures and in one line of words."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """How long one kind of work takes a worker."""

    count: int = 0
    _seconds: float = 0.0

    def add(self, milliseconds: int) -> None:
        """Note one that is done."""
        self.count += 1
        self._seconds += milliseconds / 1000

    @property
    def each(self) -> float:
        """The mean of those that are done, in seconds."""
        return self._seconds / max(1, self.count)


@dataclass(slots=True)
class Counts:
    """The figures of a run so far."""

    total: int
    made: int = 0
    failed: int = 0
    unchanged: int = 0
    """Done before, and whole."""
    left_alone: int = 0
    """Not asked for by `--only failed`."""
    waiting: int = 0
    """Made, but for the PDF."""
    pdfs: int = 0
    """The PDFs that each report becomes."""
    workers: int = 1
    rendering: Pace = field(default_factory=Pace)
    """The time that a report takes, but for its PDFs."""
    converting: Pace = field(default_factory=Pace)
    """The time that a PDF takes."""
    at_work: Sequence[tuple[int, float]] = ()
    """Of each chunk that is being converted how many PDFs it becomes, and when it began."""
    _began: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> int:
        """How many sources are settled."""
        return self.made + self.failed + self.unchanged + self.left_alone

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return time.monotonic() - self._began

    @property
    def left(self) -> str:
        """How long the rest will take; "" where that is not known."""
        seconds = self.seconds_left
        return _duration(seconds) if seconds else ""

    @property
    def seconds_left(self) -> float:
        """How many seconds the workers need for what is to be made and to be converted.

        0 where that is not known yet.
        """
        to_make = self.total - self.done - self.waiting
        to_convert = (to_make + self.waiting) * self.pdfs
        if (to_make and not self.rendering.count) or (to_convert and not self.converting.count):
            return 0.0
        now, each = time.monotonic(), self.converting.each
        chunks = [(count * each, now - began) for count, began in self.at_work]
        work = to_make * self.rendering.each + to_convert * each
        work -= sum(map(min, chunks))
        return max(0.0, work / self.workers, *(whole - spent for whole, spent in chunks))

    @property
    def line(self) -> str:
        """Count, rate, time left and failures so far, in one line."""
        worked = self.made + self.failed
        parts = [f"{self.done}/{self.total} ({self.done * 100 // max(1, self.total)}%)"]
        if self.waiting:
            parts.append(f"รอ PDF {self.waiting}")
        if worked and self.seconds >= 1:
            rate = worked / self.seconds
            parts.append(f"{rate:.1f} รายงาน/วินาที" if rate >= 1 else f"{rate * 60:.1f} รายงาน/นาที")
            if self.left:
                parts.append(f"เหลือราว {self.left}")
        if self.unchanged:
            parts.append(f"ไม่เปลี่ยน {self.unchanged}")
        parts.append(f"ไม่สำเร็จ {self.failed}")
        return " · ".join(parts)


OnProgress = Callable[[Counts], None]
"""Is called with the figures of a run so far, about twice a second."""


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} วินาที"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d} นาที"
    return f"{minutes // 60}:{minutes % 60:02d} ชั่วโมง"
