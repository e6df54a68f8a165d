"""A temporary folder with a guardian, who clears up after a caller that is killed.

A small process of its own reads a pipe whose other end this process alone holds.  Orderly work
ends with a word through the pipe.  Where the pipe ends without it, this process is dead, however
it died: the guardian kills the group of processes that it watches, and removes the folder.  Windows
has jobs for this, which leave the folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from itareport.pdf.job_objects import JobObject

_DYING = 10.0

# A group that was killed may finish writing what it was about to: hence more than one attempt.
_SCRIPT = """
trap '' HUP INT QUIT TERM
group=
while read -r word; do
  if [ "$word" = end ]; then exit; fi
  group=$word
done
if [ "$group" ]; then kill -s KILL -- "-$group"; fi
for wait in 0 0.1 0.2 0.4 0.8 1.6 3.2; do
  sleep "$wait"
  rm -rf -- "$@"
  left=
  for path do if [ -e "$path" ]; then left=yes; fi; done
  if [ -z "$left" ]; then exit; fi
done
"""

_lifelines: set[int] = set()


def _let_go() -> None:
    """Close, in a child made by fork, the pipe ends that this process alone may hold."""
    while _lifelines:
        with contextlib.suppress(OSError):
            os.close(_lifelines.pop())


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_let_go)


class Lifeline:
    """A pipe whose near end closes when this process ends, whatever ends it.

    No other process ever holds that end: programs do not inherit it, forks of this process close
    it at once.
    """

    def __init__(self) -> None:
        self.far, self._near = os.pipe()
        """For the process at the other end to read from, as its standard input."""
        _lifelines.update((self.far, self._near))

    def say(self, word: str) -> None:
        """Send a line."""
        if self._near in _lifelines:
            os.write(self._near, f"{word}\n".encode())

    def close(self) -> None:
        """Close both ends."""
        for end in {self.far, self._near} & _lifelines:
            _lifelines.discard(end)
            os.close(end)


class Guardian:
    """Waits for the death of this process; on Windows it is a job."""

    def __init__(self, remains: Sequence[Path]) -> None:
        """Start it.

        Raises:
            ChildProcessError: it cannot be started.
        """
        self._lifeline: Lifeline | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._job: JobObject | None = None
        if sys.platform == "win32":
            self._job = JobObject()
        else:
            self._start(remains)

    def _start(self, remains: Sequence[Path]) -> None:
        self._lifeline = Lifeline()
        try:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _SCRIPT, "itareport-guardian", *remains],
                stdin=self._lifeline.far,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath},
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            self._lifeline.close()
            raise ChildProcessError(error.errno, "no guardian") from error

    def watch(self, group: int | None) -> None:
        """Set the group of processes to kill, or None once all have ended."""
        if self._lifeline:
            self._lifeline.say(str(group or ""))
        if self._job and group:
            self._job.hold(group)

    def dismiss(self) -> None:
        """End it: everything has been cleared up."""
        if self._job:
            self._job.close()
        if self._lifeline and self._process:
            self._lifeline.say("end")
            self._lifeline.close()
            try:
                self._process.wait(_DYING)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


@contextlib.contextmanager
def folder(besides: Callable[[Path], Sequence[Path]]) -> Iterator[tuple[Path, Guardian]]:
    """Make a folder that is removed at the end, with what `besides` names; also if we are killed.

    The guardian is there before the folder is, so at no time is a folder without one.

    Raises:
        ChildProcessError: the guardian cannot be started.
        OSError: the folder cannot be made.
    """
    made = Path(tempfile.gettempdir()).resolve() / f"itareport-{os.urandom(8).hex()}"
    remains = (made, *besides(made))
    guardian = Guardian(remains)
    try:
        made.mkdir(mode=0o700)
        yield made, guardian
    finally:
        for path in remains:
            _remove(path)
        guardian.dismiss()


def _remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; on Windows what is not held open."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    shutil.rmtree(path, ignore_errors=sys.platform == "win32")
