"""An outside program with a deadline, which leaves no process behind however it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SLICE = 1.0
_DYING = 10.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended; `status` is None where it was stopped at the deadline."""

    status: int | None
    output: str


def run(
    command: Sequence[str],
    environ: Mapping[str, str],
    folder: Path,
    seconds: float,
    progress: Callable[[], object] = lambda: None,
) -> Ended:
    """Run a program, in a session and process group of its own, until it and its children end.

    It is stopped, with all that it started, once `progress()` has stayed the same for `seconds`;
    and at once when this process is interrupted.

    Raises:
        OSError: the program cannot be started.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(environ),
        cwd=folder,
        start_new_session=True,
    )
    try:
        return _watched(process, seconds, progress)
    finally:
        _stop(process)


def _watched(
    process: subprocess.Popen[bytes], seconds: float, progress: Callable[[], object]
) -> Ended:
    """Wait for the end of the output: every process of the group holds it open while it lives."""
    seen, deadline = progress(), time.monotonic() + seconds
    while True:
        left = deadline - time.monotonic()
        try:
            output, _ = process.communicate(timeout=max(0.0, min(_SLICE, left)))
        except subprocess.TimeoutExpired as waited:
            now = progress()
            if now != seen:
                seen, deadline = now, time.monotonic() + seconds
            elif left <= 0:
                return Ended(None, _text(waited.output))
        else:
            return Ended(process.returncode, _text(output))


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole group, even a stopped one: the launcher's death alone spares its child."""
    if process.returncode is not None:  # reaped, after the last of its group closed the output
        return
    if sys.platform == "win32":
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=_DYING)


def _text(output: bytes | None) -> str:
    return (output or b"").decode("utf-8", errors="replace")
