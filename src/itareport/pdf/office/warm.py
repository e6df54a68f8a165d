"""A LibreOffice that stays: for a person who looks at pages while typing.

It waits for jobs in a folder of its own: no port is open.  A job that hangs it is remembered and
not tried again; after a number of jobs it is replaced, since its memory grows.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import subprocess
import tempfile
import threading
import time

from itareport.files.opc import NotAPackageError
from itareport.pdf.office import process, profile, session
from itareport.pdf.office.copies import Copy, adjusted
from itareport.pdf.office.program import Office, absence, find
from itareport.problems import ItaReportError, Problem, problem

_LOOK = 0.005  # seconds between two looks for what the macro reports
_MOST_JOBS = 120
_MOST_REMEMBERED = 20
_LOG = logging.getLogger(__name__)


class WarmOffice:
    """One LibreOffice, started at the first job or by `start`; used by several threads."""

    def __init__(self, seconds: float = 15.0) -> None:
        """Give LibreOffice so many seconds for its start and for each job."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._hung: dict[str, Problem] = {}

    def start(self) -> None:
        """Start LibreOffice, so that the first job does not wait for it.

        Raises:
            ItaReportError: P500 to P507, F400, F402.
        """
        with self._lock:
            self._started()

    def to_pdf(self, docx: bytes, seconds: float | None = None) -> bytes:
        """Convert a document, as `office.to_pdf` does; within other seconds, where they are given.

        Raises:
            ItaReportError: P500 to P509, F400, F402.
        """
        digest = hashlib.sha256(docx).hexdigest()
        if digest in self._hung:
            raise ItaReportError(self._hung[digest])
        try:
            copy = adjusted(docx)
        except NotAPackageError:
            raise ItaReportError(problem("P509")) from None
        with self._lock:
            running = self._started()
            try:
                outcome = running.convert(copy, seconds or self._seconds)
            except OSError as error:
                _LOG.debug("no room for a job: %s", error)
                raise ItaReportError(problem("P507", folder=tempfile.gettempdir())) from error
            if isinstance(outcome, bytes):
                return outcome
            if running.is_lost:
                self._end()
                self._remember(digest, outcome)
            raise ItaReportError(outcome)

    def rest(self) -> None:
        """Replace a LibreOffice that has done many jobs; for when nobody waits."""
        with self._lock:
            if self._running and self._running.jobs >= _MOST_JOBS:
                self._end()
                self._started()

    def close(self) -> None:
        """End LibreOffice."""
        with self._lock:
            self._end()

    def _remember(self, digest: str, outcome: Problem) -> None:
        self._hung[digest] = outcome
        while len(self._hung) > _MOST_REMEMBERED:
            del self._hung[next(iter(self._hung))]

    def _started(self) -> _Running:
        if self._running is not None and not self._running.is_alive:
            self._end()
        if self._running is None:
            office = find()
            if office is None:
                raise ItaReportError(absence())
            try:
                self._running = _Running(office, self._seconds)
            except OSError as error:
                _LOG.debug("LibreOffice cannot be kept: %s", error)
                why = problem("P502", command=office.command, status=error.errno)
                raise ItaReportError(why) from error
        return self._running

    def _end(self) -> None:
        if self._running is not None:
            self._running.close()
            self._running = None


class _Running:
    """A LibreOffice that waits for jobs, with its folder."""

    def __init__(self, office: Office, seconds: float) -> None:
        self.jobs = 0
        self.is_lost = False  # whether the last job brought it to its end
        self._ending = contextlib.ExitStack()
        try:
            self._place, guardian = self._ending.enter_context(session.work_folder())
            self._profile = self._place / session.PROFILE
            profile.prepare(self._profile, office.build, "")
            (self._profile / "user" / "stay").touch()
            self._process: subprocess.Popen[bytes]
            self._process, _ = self._ending.enter_context(
                process.started(
                    session.command(office, [profile.MACRO], self._place),
                    session.environ(self._place),
                    (self._place, guardian),
                )
            )
            self._await_start(office, seconds)
        except BaseException:
            self._ending.close()
            raise

    def _await_start(self, office: Office, seconds: float) -> None:
        if self._reported("start", seconds) is None:
            status = self._process.poll()
            raise ItaReportError(problem("P502", command=office.command, status=status))

    @property
    def is_alive(self) -> bool:
        """Whether the program still runs."""
        return self._process.poll() is None

    def convert(self, copy: Copy, seconds: float) -> session.Outcome:
        """Hand over one document and wait for its PDF."""
        self.jobs += 1
        source, target = (self._place / f"{self.jobs}.{ending}" for ending in ("docx", "pdf"))
        source.write_bytes(copy.data)
        waiting = self._profile / "user" / "job.tmp"
        waiting.write_text(session.entry(self.jobs, self._place, copy), encoding="utf-8")
        waiting.replace(waiting.with_suffix(".txt"))
        try:
            line = self._reported(str(self.jobs), seconds)
            self.is_lost = line is None
            if line is not None:
                return session.outcome(line, target)
            if self.is_alive:
                return problem("P503", seconds=f"{seconds:g}")
            return problem("P504", status=self._process.returncode)
        finally:
            for file in (source, target):
                file.unlink(missing_ok=True)

    def close(self) -> None:
        """End the program and remove its folder."""
        (self._profile / "user" / "stay").unlink(missing_ok=True)
        self._ending.close()

    def _reported(self, key: str, seconds: float) -> list[str] | None:
        """Wait for a line of the macro's report; None where it does not come."""
        until = time.monotonic() + seconds
        while True:
            alive = self.is_alive
            found = next((line for line in profile.results(self._profile) if line[0] == key), None)
            if found is not None or not alive or time.monotonic() >= until:
                return None if found is None else found[1:]
            time.sleep(_LOOK)
