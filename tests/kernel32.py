"""A kernel32 that makes jobs and handles as Microsoft documents them; nothing is really ended."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from itareport.pdf.job_objects import JobLimits

HIGH = 1 << 40
"""Handles have 64 bits."""


@dataclass(eq=False)
class JobOfWindows:
    """A job: what it holds, and whether its end is theirs."""

    processes: list[int] = field(default_factory=list)
    ends: bool = False
    is_open: bool = True


class Kernel32:
    """The five calls, and what came of them."""

    def __init__(self) -> None:
        self.jobs: list[JobOfWindows] = []
        self.ended: list[int] = []
        self.guarded: set[int] = set()
        """Processes that may not be opened."""
        self.open: dict[int, JobOfWindows | int] = {}
        self.at_hold: Callable[[], object] = lambda: None

    @property
    def processes(self) -> list[int]:
        """All processes that ever were in a job."""
        return [number for job in self.jobs for number in job.processes]

    def _handle(self, what: JobOfWindows | int) -> int:
        number = HIGH + 4 * (len(self.open) + 1)
        self.open[number] = what
        return number

    def CreateJobObjectW(self, attributes: None, name: None) -> int:  # noqa: N802
        assert (attributes, name) == (None, None), "no other process inherits or finds it"
        self.jobs.append(JobOfWindows())
        return self._handle(self.jobs[-1])

    def SetInformationJobObject(self, job: int, kind: int, limits: Any, size: int) -> int:  # noqa: N802
        assert (kind, size) == (9, 144)
        data = ctypes.cast(limits, ctypes.POINTER(JobLimits)).contents
        found = self.open[job]
        assert isinstance(found, JobOfWindows)
        assert data.flags in (0, 0x2000)
        found.ends = data.flags == 0x2000
        return 1

    def OpenProcess(self, rights: int, inherited: int, number: int) -> int | None:  # noqa: N802
        assert (rights, inherited) == (0x101, 0), "no more than a job needs"
        return None if number in self.guarded else self._handle(number)

    def AssignProcessToJobObject(self, job: int, process: int) -> int:  # noqa: N802
        found, number = self.open[job], self.open.get(process or 0)
        assert isinstance(found, JobOfWindows)
        if not isinstance(number, int):
            return 0
        found.processes.append(number)
        self.at_hold()
        return 1

    def CloseHandle(self, handle: int | None) -> int:  # noqa: N802
        closed = self.open.pop(handle or 0, None)
        if isinstance(closed, JobOfWindows):
            closed.is_open = False
            self.ended += closed.processes if closed.ends else []
        return int(closed is not None)
