"""Which process of Windows is the Word that we started, and its end."""

from __future__ import annotations

import contextlib
import re
import subprocess

from itareport.files import windows
from itareport.pdf.job_objects import JobObject

_NAME = "WINWORD.EXE"
_PATIENCE = 30.0


class Started:
    """The Word that is started after this was made, told from those that people work in."""

    def __init__(self) -> None:
        """Note which Words there are already."""
        self._before = _numbers()
        self._own: set[int] | None = None
        self._job = JobObject()

    def note(self) -> None:
        """Note which Word has come, and let it end with us: call it as soon as it is there."""
        self._own = _numbers() - self._before
        if len(self._own) == 1:
            self._job.hold(*self._own)

    def end(self) -> None:
        """End our Word; where more than one has come in between, none: it may be somebody's."""
        own = self._own if self._own is not None else _numbers() - self._before
        if len(own) == 1:
            _said("taskkill", "/F", "/PID", str(*own))

    def release(self) -> None:
        """Let our Word live on after us: it goes by itself, or somebody works in it."""
        self._job.spare()
        self._job.close()


def _numbers() -> set[int]:
    """Return the numbers of all running Words of this machine."""
    said = _said("tasklist", "/FI", f"IMAGENAME eq {_NAME}", "/FO", "CSV", "/NH")
    return {int(number) for number in re.findall(rf'"{_NAME}","(\d+)"', said, re.IGNORECASE)}


def _said(program: str, *arguments: str) -> str:
    """Run a program of Windows itself and return what it prints."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        ran = subprocess.run(
            [windows.system_program(program), *arguments],
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
        return ran.stdout.decode("ascii", errors="replace")
    return ""
