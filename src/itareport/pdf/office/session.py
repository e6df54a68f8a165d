"""One LibreOffice from its start to its end, in a folder of its own."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from itareport.document import fonts
from itareport.pdf.office import guard, process, profile
from itareport.pdf.office.copies import Copy
from itareport.pdf.office.guard import Guardian
from itareport.pdf.office.process import Ended, Patience
from itareport.pdf.office.program import Office
from itareport.problems import Problem, problem

Outcome = bytes | Problem
"""What became of one file: its PDF, or why there is none."""

PROFILE = "profile"
_KEPT = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "PROGRAMFILES", "LD_LIBRARY_PATH")
_FOLDERS = (
    *("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "OSL_SOCKET_PATH"),
)
_MALLOC = {
    # Memory that a document gives back is kept for the next: a tenth of LibreOffice's time.
    "tcache_count": 20_000,
    "trim_threshold": 1_000_000_000,
    "top_pad": 16_777_216,
    "mmap_threshold": 1_000_000_000,
}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Session:
    """What one LibreOffice has done, and why it ended before its list did."""

    done: Mapping[int, Outcome] = field(default_factory=dict)
    failure: Problem | None = None
    """P502 it did not start, P503 it hung, P504 it died; None where it came to its end."""
    started: bool = False
    """Whether it came as far as the list, so that a failure is the fault of a file."""
    hung: bool = False
    """Whether it was stopped because it did nothing for too long."""


def work(office: Office, copies: Mapping[int, Copy], patience: Patience) -> Session:
    """Let LibreOffice work through a list of files; what it reports in time counts.

    Raises:
        OSError: there is no folder to work in, or no room in it.
        ItaReportError: F400, F402 (no fonts).
    """
    with work_folder() as (place, guardian):
        for n, copy in copies.items():
            (place / f"{n}.docx").write_bytes(copy.data)
        entries = "".join(entry(n, place, copy) for n, copy in copies.items())
        profile.prepare(place / PROFILE, office.build, entries)
        environment, progress = environ(place), lambda: len(profile.results(place / PROFILE))
        try:
            ended = process.run(
                command(office, [profile.MACRO], place),
                environment,
                (place, guardian),
                patience,
                progress,
            )
        except OSError as error:
            _LOG.debug("%s cannot be started: %s", office.command, error)
            return Session(failure=_not_started(office, error.errno))
        _LOG.debug("LibreOffice ended with %s and said: %s", ended.status, ended.output)
        return _told(office, copies, place, ended, patience)


def answer(office: Office, arguments: Sequence[str], seconds: float) -> str:
    """Run LibreOffice with arguments such as `--version` and return what it prints.

    Raises:
        OSError: it cannot be started, or has no folder to work in.
        ItaReportError: F400, F402.
    """
    with work_folder() as (place, guardian):
        asked = command(office, arguments, place)
        return process.run(asked, environ(place), (place, guardian), Patience(seconds)).output


def work_folder() -> AbstractContextManager[tuple[Path, Guardian]]:
    """Make the folder of one LibreOffice, and the guardian who removes it if we are killed."""
    return guard.folder(lambda place: profile.sockets(place / PROFILE))


def _told(
    office: Office, copies: Mapping[int, Copy], place: Path, ended: Ended, patience: Patience
) -> Session:
    """Read what the macro has reported, and fetch the PDFs."""
    reported = {line[0]: line[1:] for line in profile.results(place / PROFILE)}
    started = "start" in reported
    told = [n for n in copies if started and str(n) in reported]
    done = {n: outcome(reported[str(n)], place / f"{n}.pdf") for n in told}
    failure, hung = None, ended.status is None
    if hung:
        failure = problem("P503", seconds=f"{patience.seconds:g}")
    elif not started:
        failure = _not_started(office, ended.status)
    elif len(done) < len(copies):
        failure = problem("P504", status=ended.status)
    return Session(done, failure, started, hung)


def _not_started(office: Office, status: int | None) -> Problem:
    return problem("P502", command=office.command, status=status)


def outcome(line: Sequence[str], pdf: Path) -> Outcome:
    """Return what became of a file, by what the macro has reported of it."""
    if line[:1] != ["ok"]:
        _LOG.debug("LibreOffice refused a file: %s", line)
        return problem("P505")
    data = pdf.read_bytes() if pdf.exists() else b""
    return data or problem("P506")


def command(office: Office, arguments: Sequence[str], place: Path) -> list[str]:
    """Name the profile in `place`, and ask for no windows."""
    where = f"-env:UserInstallation={profile.address(place / PROFILE)}"
    quiet = ("--headless", "--nologo", "--norestore", "--nofirststartwizard", "--nodefault")
    return [str(office.command), where, *quiet, *arguments]


def environ(place: Path) -> dict[str, str]:
    """Return the little that LibreOffice needs: our fonts, a UTF-8 locale, folders in `place`."""
    given = {
        "PATH": os.defpath,
        "LC_ALL": "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8",
        "FONTCONFIG_FILE": str(fonts.fontconfig(place)),
    }
    if sys.platform == "linux":
        given["SAL_USE_VCLPLUGIN"] = "svp"
        tuned = (f"glibc.malloc.{name}={value}" for name, value in _MALLOC.items())
        given["GLIBC_TUNABLES"] = ":".join(tuned)  # other C libraries ignore it
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return given | kept | dict.fromkeys(_FOLDERS, str(place))


def entry(n: int, place: Path, copy: Copy) -> str:
    """Write one line of the macro's list; see convert.bas."""
    source, target = ((place / f"{n}.{ending}").as_uri() for ending in ("docx", "pdf"))
    texts = ";".join(f"{_units(c.title)},{_units(c.description)}" for c in copy.charts)
    numbers = "thai" if copy.thai_page_numbers else ""
    return "\t".join((str(n), source, target, numbers, texts)) + "\n"


def _units(text: str) -> str:
    encoded = text.encode("utf-16-le")
    return " ".join(
        str(int.from_bytes(encoded[at : at + 2], "little")) for at in range(0, len(encoded), 2)
    )
