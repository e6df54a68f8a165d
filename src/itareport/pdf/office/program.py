"""Where LibreOffice is, and which one it is."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from itareport.files import assets
from itareport.problems import Problem, problem

VARIABLE = "ITAREPORT_SOFFICE"
"""The environment variable that names LibreOffice's program, before all other places."""

_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = {
    "win32": (
        "LibreOffice/program/soffice.com",
        "LibreOffice*/program/soffice.com",
        "LibreOffice*/program/soffice.exe",
        "LibreOfficePortable/App/libreoffice*/program/soffice.com",
        "LibreOfficePortable/App/libreoffice*/program/soffice.exe",
    ),
    "darwin": ("Applications/LibreOffice*.app/Contents/MacOS/soffice",),
}


@dataclass(frozen=True, slots=True)
class Office:
    """One LibreOffice on this machine."""

    command: Path
    build: str
    """The build's own name, "" where its installation does not give it; see `profile`."""
    product: str
    """Name and release as installed, `LibreOffice 7.4`; "" where not given."""


def find(environ: Mapping[str, str] = os.environ) -> Office | None:
    """Return the LibreOffice to use, None where there is none.

    The one that `ITAREPORT_SOFFICE` names, else the first on PATH, else the one where Windows
    and macOS install it, else a portable one inside or beside the folder for Windows.  A variable
    that names no program finds nothing, rather than quietly another LibreOffice.
    """
    named = environ.get(VARIABLE)
    places = [Path(named).expanduser()] if named else _places(environ)
    for place in places:
        if place.is_file() and os.access(place, os.X_OK):
            build = _told(place, "version", "buildid")
            return Office(place, build, _told(place, "bootstrap", "ProductKey"))
    return None


def absence(environ: Mapping[str, str] = os.environ) -> Problem:
    """Return the problem that no LibreOffice was found."""
    if named := environ.get(VARIABLE):
        return problem("P501", value=named, variable=VARIABLE)
    return problem("P500", variable=VARIABLE)


def _places(environ: Mapping[str, str]) -> Iterator[Path]:
    for name in _NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            yield Path(found)
    for root in _roots(environ):
        for pattern in _USUAL_PLACES.get(sys.platform, ()):
            yield from sorted(root.glob(pattern), reverse=True)


def _roots(environ: Mapping[str, str]) -> Iterator[Path]:
    if sys.platform == "win32":
        for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            if environ.get(name):
                yield Path(environ[name])
        if own := assets.windows_folder():
            yield from (own, own.parent)
    else:
        yield Path("/")


def _told(command: Path, file: str, key: str) -> str:
    """Read one entry of the settings beside the program (on macOS in another folder)."""
    program = command.resolve().parent
    ending = ".ini" if sys.platform == "win32" else "rc"
    for folder in (program, program.parent / "Resources"):
        try:
            text = (folder / f"{file}{ending}").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if entry := re.search(rf"(?mi)^{key}=(.*)$", text):
            return entry[1].strip()
    return ""
