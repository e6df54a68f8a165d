""".docx bytes -> PDF bytes; the only door to LibreOffice.

Many files go through one LibreOffice: a macro in a throw-away profile works through a list, and
reports each file as it is done.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from itareport import fonts
from itareport.errors import ItaReportError, Problem, problem
from itareport.office import process, profile
from itareport.office.adjusted import Alternative, Copy, adjusted
from itareport.office.program import VARIABLE, Office, absence, find

__all__ = ["VARIABLE", "Office", "absence", "adjusted", "find", "to_pdf", "to_pdfs"]

SECONDS = 60.0
"""How long LibreOffice may take to start, and for each file; half a second is usual."""

_LOG = logging.getLogger(__name__)
_SOCKET = 104 - len("/OSL_PIPE_4294967295_SingleOfficeIPC_") - 32  # what a socket's path may take
_KEPT = ("PATH", "SYSTEMROOT", "WINDIR", "COMSPEC", "PROGRAMFILES", "LD_LIBRARY_PATH")

Outcome = bytes | Problem
"""What became of one file: its PDF, or why there is none."""


def to_pdf(docx: bytes, *, thai_page_numbers: bool | None = None, seconds: float = SECONDS) -> bytes:
    """Convert one document to PDF/A-2b and PDF/UA; see `to_pdfs`.

    Raises:
        ItaReportError: P500-P507, F400, F402.
    """
    (outcome,) = to_pdfs([docx], thai_page_numbers=thai_page_numbers, seconds=seconds)
    if isinstance(outcome, Problem):
        raise ItaReportError(outcome)
    return outcome


def to_pdfs(
    documents: Sequence[bytes], *, thai_page_numbers: bool | None = None, seconds: float = SECONDS
) -> tuple[Outcome, ...]:
    """Convert documents with as few starts of LibreOffice as possible, usually one.

    A file that LibreOffice hangs or crashes on is given up; the files after it go through a new
    one.  Page numbers are Thai where `thai_page_numbers` is true, or is None and the document
    asks for them.  `seconds` bounds the start and each file, not the whole.

    Raises:
        ItaReportError: P500, P501 (no LibreOffice), F400, F402 (no fonts): nothing was converted.
    """
    office = find()
    if office is None:
        raise ItaReportError(absence())
    environ = _environ(fonts.fontconfig())
    copies = [adjusted(docx) for docx in documents]
    outcomes: dict[int, Outcome] = {}
    while len(outcomes) < len(copies):
        pending = {n: copy for n, copy in enumerate(copies) if n not in outcomes}
        try:
            with tempfile.TemporaryDirectory(
                prefix="itareport-", dir=_place(), ignore_cleanup_errors=sys.platform == "win32"
            ) as folder:
                outcomes |= _converted(office, pending, thai_page_numbers, Path(folder), seconds)
        except OSError as error:
            _LOG.debug("no work folder, or none to write in: %s", error)
            outcomes |= dict.fromkeys(pending, problem("P507", folder=tempfile.gettempdir()))
    return tuple(outcomes[n] for n in range(len(copies)))


def _place() -> str | None:
    """Return where to work: the system's folder, unless its path is too long for a socket."""
    longest = _SOCKET - len("/itareport-12345678")
    return "/tmp" if os.name == "posix" and len(tempfile.gettempdir()) > longest else None  # noqa: S108 (mkdtemp inside)


def _converted(
    office: Office,
    copies: Mapping[int, Copy],
    thai_page_numbers: bool | None,
    work: Path,
    seconds: float,
) -> dict[int, Outcome]:
    """Run LibreOffice once; at least one of `copies` has an outcome afterwards."""
    entries = []
    for n, copy in copies.items():
        (work / f"{n}.docx").write_bytes(copy.data)
        thai = copy.thai_page_numbers if thai_page_numbers is None else thai_page_numbers
        entries.append(_entry(n, work, copy.charts, thai=thai))
    profile.prepare(work / "profile", office.build, "".join(entries))
    try:
        ended = process.run(
            [office.command, *_arguments(work)],
            _environ(work),
            work,
            seconds,
            lambda: len(profile.results(work / "profile")),
        )
    except OSError as error:
        _LOG.debug("%s cannot be started: %s", office.command, error)
        return dict.fromkeys(copies, problem("P502", command=office.command, status=error.errno))
    _LOG.debug("LibreOffice ended with %s and said: %s", ended.status, ended.output)
    return dict(_outcomes(office, copies, ended, work, seconds))


def _outcomes(
    office: Office, copies: Mapping[int, Copy], ended: process.Ended, work: Path, seconds: float
) -> Iterator[tuple[int, Outcome]]:
    """Read what the macro reported; the first file without a line is the one that stopped it."""
    reported = profile.results(work / "profile")
    lines = {line[0]: line[1:] for line in reported}
    stopped = problem("P503", seconds=f"{seconds:g}") if ended.status is None else None
    if "start" not in lines:
        fault = stopped or problem("P502", command=office.command, status=ended.status)
        yield from dict.fromkeys(copies, fault).items()
        return
    for n in copies:
        line = lines.get(str(n))
        if line is None:
            yield n, stopped or problem("P504", status=ended.status)
            return
        yield n, _outcome(line, work / f"{n}.pdf")


def _outcome(line: Sequence[str], pdf: Path) -> Outcome:
    if line[:1] != ["ok"]:
        _LOG.debug("LibreOffice refused a file: %s", line)
        return problem("P505")
    data = pdf.read_bytes() if pdf.exists() else b""
    return data or problem("P506")


def _arguments(work: Path) -> tuple[str, ...]:
    where = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    quiet = ("--headless", "--nologo", "--norestore", "--nofirststartwizard", "--nodefault")
    return where, *quiet, profile.MACRO


def _environ(work: Path) -> dict[str, str]:
    """Return the little that LibreOffice needs: our fonts, a UTF-8 locale, folders in `work`."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    own = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP")
    own += ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "OSL_SOCKET_PATH")
    given = {
        "PATH": os.defpath,
        "LC_ALL": "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8",
        "FONTCONFIG_FILE": str(fonts.fontconfig()),
    }
    if sys.platform == "linux":
        given["SAL_USE_VCLPLUGIN"] = "svp"
    return given | kept | dict.fromkeys(own, str(work))


def _entry(n: int, work: Path, charts: Sequence[Alternative], *, thai: bool) -> str:
    """Write one line of the macro's list; see convert.bas."""
    source, target = ((work / f"{n}.{ending}").as_uri() for ending in ("docx", "pdf"))
    texts = ";".join(f"{_units(c.title)},{_units(c.description)}" for c in charts)
    return "\t".join((str(n), source, target, "thai" if thai else "", texts)) + "\n"


def _units(text: str) -> str:
    encoded = text.encode("utf-16-le")
    return " ".join(
        str(int.from_bytes(encoded[at : at + 2], "little")) for at in range(0, len(encoded), 2)
    )
