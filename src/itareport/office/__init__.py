""".docx bytes -> PDF bytes; the only door to LibreOffice.

Many files go through one LibreOffice: a macro in a throw-away profile works through a list, and
reports each file as it is done.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from itareport import fonts
from itareport.errors import ItaReportError, Problem, problem
from itareport.office import process, profile
from itareport.office.copies import Copy, adjusted
from itareport.office.program import Office, absence, find

__all__ = ["Office", "absence", "adjusted", "find", "to_pdf", "to_pdfs", "version"]

PATIENCE_VARIABLE = "ITAREPORT_PDF_SECONDS"
"""The environment variable that says how long LibreOffice may take to start, and for each file."""

_PATIENCE = 60.0  # half a second is usual
_ANSWER = 20.0
_PROFILE = "profile"
_KEPT = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "PROGRAMFILES", "LD_LIBRARY_PATH")
_FOLDERS = (
    *("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "OSL_SOCKET_PATH"),
)
_LOG = logging.getLogger(__name__)

Outcome = bytes | Problem
"""What became of one file: its PDF, or why there is none."""


def to_pdf(
    docx: bytes, *, thai_page_numbers: bool | None = None, seconds: float | None = None
) -> bytes:
    """Convert one document to PDF/A-2b and PDF/UA; see `to_pdfs`.

    Raises:
        ItaReportError: P500-P507, F400, F402.
    """
    (outcome,) = to_pdfs([docx], thai_page_numbers=thai_page_numbers, seconds=seconds)
    if isinstance(outcome, Problem):
        raise ItaReportError(outcome)
    return outcome


def to_pdfs(
    documents: Sequence[bytes],
    *,
    thai_page_numbers: bool | None = None,
    seconds: float | None = None,
) -> tuple[Outcome, ...]:
    """Convert documents with as few starts of LibreOffice as possible, usually one.

    A file that LibreOffice hangs or crashes on is given up; the files after it go through a new
    one.  Page numbers are Thai where `thai_page_numbers` is true, or is None and the document
    asks for them.  `seconds` bounds the start and each file, not the whole; None takes
    `ITAREPORT_PDF_SECONDS`, or a minute.

    Raises:
        ItaReportError: P500, P501 (no LibreOffice), F400, F402 (no fonts).
    """
    office = find()
    if office is None:
        raise ItaReportError(absence())
    patience = _patience() if seconds is None else seconds
    copies = dict(enumerate(adjusted(docx) for docx in documents))
    if thai_page_numbers is not None:
        copies = {n: replace(c, thai_page_numbers=thai_page_numbers) for n, c in copies.items()}
    outcomes: dict[int, Outcome] = {}
    while pending := {n: copy for n, copy in copies.items() if n not in outcomes}:
        try:
            with _work() as work:
                outcomes |= _converted(office, pending, work, patience)
        except OSError as error:
            _LOG.debug("no folder to work in: %s", error)
            folder = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - a name to show
            for n in pending:
                outcomes.setdefault(n, problem("P507", folder=folder))
    return tuple(outcomes[n] for n in copies)


def version(office: Office) -> str:
    """Ask LibreOffice for its version, `7.4.7.2`; where it does not say, as installed."""
    try:
        with _work() as work:
            said = _run(office, ["--version"], work, _ANSWER).output
    except OSError:
        said = ""
    match = re.search(r"^LibreOffice\D* ([0-9.]+)", said, re.MULTILINE)
    return match[1] if match else office.product.removeprefix("LibreOffice ")


def _patience() -> float:
    try:
        said = float(os.environ.get(PATIENCE_VARIABLE, ""))
    except ValueError:
        return _PATIENCE
    return said if said > 0 else _PATIENCE


@contextmanager
def _work() -> Iterator[Path]:
    """Make a throw-away folder for one run of LibreOffice, and clear up after it."""
    with tempfile.TemporaryDirectory(
        prefix="itareport-", ignore_cleanup_errors=sys.platform == "win32"
    ) as folder:
        work = Path(folder).resolve()
        try:
            yield work
        finally:
            profile.clear_up(work / _PROFILE)


def _converted(
    office: Office, copies: Mapping[int, Copy], work: Path, seconds: float
) -> dict[int, Outcome]:
    """Run LibreOffice once; at least one of `copies` has an outcome afterwards."""
    for n, copy in copies.items():
        (work / f"{n}.docx").write_bytes(copy.data)
    place = work / _PROFILE
    profile.prepare(place, office.build, "".join(_entry(n, work, c) for n, c in copies.items()))
    try:
        ended = _run(office, [profile.MACRO], work, seconds, lambda: len(profile.results(place)))
    except OSError as error:
        _LOG.debug("%s cannot be started: %s", office.command, error)
        return dict.fromkeys(copies, problem("P502", command=office.command, status=error.errno))
    _LOG.debug("LibreOffice ended with %s and said: %s", ended.status, ended.output)
    stopped = problem("P503", seconds=f"{seconds:g}") if ended.status is None else None
    reported = {line[0]: line[1:] for line in profile.results(place)}
    if "start" not in reported:
        failed = stopped or problem("P502", command=office.command, status=ended.status)
        return dict.fromkeys(copies, failed)
    done = {n: _outcome(reported[str(n)], work / f"{n}.pdf") for n in copies if str(n) in reported}
    culprit = next((n for n in copies if n not in done), None)
    if culprit is not None:
        done[culprit] = stopped or problem("P504", status=ended.status)
    return done


def _outcome(line: Sequence[str], pdf: Path) -> Outcome:
    if line[:1] != ["ok"]:
        _LOG.debug("LibreOffice refused a file: %s", line)
        return problem("P505")
    data = pdf.read_bytes() if pdf.exists() else b""
    return data or problem("P506")


def _run(
    office: Office,
    arguments: Sequence[str],
    work: Path,
    seconds: float,
    progress: Callable[[], object] = lambda: None,
) -> process.Ended:
    """Start LibreOffice on the profile in `work`, without windows, and wait for its end."""
    where = f"-env:UserInstallation={profile.address(work / _PROFILE)}"
    quiet = ("--headless", "--nologo", "--norestore", "--nofirststartwizard", "--nodefault")
    command = [str(office.command), where, *quiet, *arguments]
    return process.run(command, _environ(work), work, seconds, progress)


def _environ(work: Path) -> dict[str, str]:
    """Return the little that LibreOffice needs: our fonts, a UTF-8 locale, folders in `work`."""
    given = {
        "PATH": os.defpath,
        "LC_ALL": "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8",
        "FONTCONFIG_FILE": str(fonts.fontconfig(work)),
    }
    if sys.platform == "linux":
        given["SAL_USE_VCLPLUGIN"] = "svp"
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return given | kept | dict.fromkeys(_FOLDERS, str(work))


def _entry(n: int, work: Path, copy: Copy) -> str:
    """Write one line of the macro's list; see convert.bas."""
    source, target = ((work / f"{n}.{ending}").as_uri() for ending in ("docx", "pdf"))
    texts = ";".join(f"{_units(c.title)},{_units(c.description)}" for c in copy.charts)
    numbers = "thai" if copy.thai_page_numbers else ""
    return "\t".join((str(n), source, target, numbers, texts)) + "\n"


def _units(text: str) -> str:
    encoded = text.encode("utf-16-le")
    return " ".join(
        str(int.from_bytes(encoded[at : at + 2], "little")) for at in range(0, len(encoded), 2)
    )
