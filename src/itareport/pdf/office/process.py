"""An outside program with a deadline, which leaves no process behind however it or we end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from itareport.files import windows
from itareport.pdf.office.guard import Guardian, Lifeline

_SLICE = 0.2  # seconds between looks at the progress
_DYING = 10.0
_PIECE = 65_536
_MOST_OUTPUT = 10_000  # bytes that are kept of what a program prints
# Waits until the guardian knows of it, and becomes the program; nothing is run where we died.
_HELD = ["/bin/sh", "-c", 'read -r go && exec "$@" </dev/null', "itareport-office"]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a program."""

    seconds: float
    """For each step that it makes."""
    until: float = float("inf")
    """For its end: a time of `time.monotonic()`."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended; `status` is None where it was stopped at the deadline."""

    status: int | None
    output: str


def run(
    command: Sequence[str],
    environ: Mapping[str, str],
    folder: tuple[Path, Guardian],
    patience: Patience,
    progress: Callable[[], object] = lambda: None,
) -> Ended:
    """Run a program, in a session and process group of its own, until it and its children end.

    It is stopped, with all that it started, once `progress()` has stayed the same for too long;
    at once when this process is interrupted, and by the folder's guardian when it is killed.

    Raises:
        OSError: the program cannot be started.
    """
    with started(command, environ, folder) as (process, listener):
        return _watched(process, listener, patience, progress)


class OutputListener(threading.Thread):
    """Hears what a program prints until nobody can print any more, and keeps the beginning.

    It lives as long as any process of the group: each holds the output open.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Listen to that program."""
        super().__init__(daemon=True)
        self._process, self._kept = process, b""

    def run(self) -> None:
        """Read to the end, so that the program is not held up."""
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            while data := os.read(stream.fileno(), _PIECE):
                self._kept += data[: _MOST_OUTPUT - len(self._kept)]

    @property
    def heard(self) -> str:
        """The beginning of what the program has printed so far."""
        return self._kept.decode("utf-8", errors="replace")


@contextlib.contextmanager
def started(
    command: Sequence[str],
    environ: Mapping[str, str],
    folder: tuple[Path, Guardian],
) -> Iterator[tuple[subprocess.Popen[bytes], OutputListener]]:
    """Start a program in a session and process group of its own, and stop all of it at the end.

    Raises:
        OSError: the program cannot be started.
    """
    place, guardian = folder
    lifeline = None if sys.platform == "win32" else Lifeline()
    try:
        held = [*_HELD, *command] if lifeline else command
        stdin = lifeline.far if lifeline else subprocess.DEVNULL
        process = _opened(held, environ, place, stdin)
        listener = OutputListener(process)
        try:
            listener.start()
            guardian.watch(process.pid)
            if lifeline:
                lifeline.say("go")
            yield process, listener
        finally:
            _stop(process, listener)
            guardian.watch(None)
    finally:
        if lifeline:
            lifeline.close()


def _opened(
    command: Sequence[str], environ: Mapping[str, str], place: Path, stdin: int
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(environ),
        cwd=place,
        start_new_session=True,
    )


def _watched(
    process: subprocess.Popen[bytes],
    listener: OutputListener,
    patience: Patience,
    progress: Callable[[], object],
) -> Ended:
    """Wait for the end of the output: every process of the group holds it open while it lives."""
    seen, deadline = progress(), _deadline(patience)
    while True:
        left = deadline - time.monotonic()
        step = max(0.0, min(_SLICE, left))
        listener.join(step)
        if not listener.is_alive() and _has_ended(process, step):
            return Ended(process.returncode, listener.heard)
        now = progress()
        if (left <= 0 and now == seen) or time.monotonic() >= patience.until:
            return Ended(None, listener.heard)
        if now != seen:
            seen, deadline = now, _deadline(patience)


def _has_ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _deadline(patience: Patience) -> float:
    return min(time.monotonic() + patience.seconds, patience.until)


def _stop(process: subprocess.Popen[bytes], listener: OutputListener) -> None:
    """Kill the whole group, even a stopped one, and wait for its end: what dies may still write.

    The launcher's death alone spares its child.
    """
    if process.returncode is not None and not listener.is_alive():
        return
    if sys.platform == "win32":
        tree = [windows.system_program("taskkill"), "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_DYING)
    with contextlib.suppress(RuntimeError):  # it was not even started
        listener.join(_DYING)
