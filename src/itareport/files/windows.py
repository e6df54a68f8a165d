"""What Windows refuses or delays: names of devices, long paths, files that are open; pure."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

IS_HERE: bool = sys.platform == "win32"
"""Whether this is Windows; tests say so elsewhere."""

LONGEST_FILE = 259
"""Letters of a file's whole path; Word and Excel open no longer one, whatever Windows allows."""
LONGEST_FOLDER = 247
WAITS = (0.1, 0.2, 0.4, 0.8, 1.6) if IS_HERE else ()
"""Seconds between tries to rename a file: an antivirus holds a new one open for a moment."""

_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\..*)?", re.IGNORECASE
)
_PROGRAMS = {".docx": "Word", ".xlsx": "Excel", ".csv": "Excel", ".pdf": "โปรแกรมอ่าน PDF"}
_SHARING_VIOLATION = 32


def is_device(name: str) -> bool:
    """Return whether Windows takes a file's name for a device: `con`, `NUL.xlsx`, `com1 .txt`."""
    return bool(_DEVICE.fullmatch(name))


def letters(path: Path) -> int:
    """Return the length of a path as Windows counts it."""
    return len(str(path.absolute()).encode("utf-16-le", "surrogatepass")) // 2


def program(name: str) -> str:
    """Return the program that holds a file of this name open, most likely."""
    return _PROGRAMS.get(Path(name).suffix.lower(), "โปรแกรมอื่น")


def system_program(name: str) -> str:
    """Return the path of a program of Windows itself, not of one so named beside the reports."""
    return str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / f"{name}.exe")


def is_held_open(error: OSError) -> bool:
    """Return whether Windows refused a file because another program holds it open."""
    return getattr(error, "winerror", 0) == _SHARING_VIOLATION


def is_on_a_server(named: str) -> bool:
    r"""Return whether a text names a file on a server, `\\server\share\…`.

    Only to look for it, Windows would tell that server who the user is.
    """
    return named.replace("/", "\\").startswith("\\\\")
