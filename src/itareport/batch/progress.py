"""The progress of a run, in figures and in one line of words."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


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
        """How long the rest will take at the rate so far; "" where that is not known."""
        worked, rest = self.made + self.failed, self.total - self.done
        return _duration(rest * self.seconds / worked) if worked and rest else ""

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
