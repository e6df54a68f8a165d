"""Stand-ins for LibreOffice, and what still runs of it, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from itareport.document import fonts
from itareport.pdf import office

PATIENCE = 600
"""Seconds for what takes one or two: the deadline of every test that waits for a process."""

NO_CALC = "no LibreOffice Calc opens workbooks here: scripts/setup requirements-dev.txt installs it"

# What a stand-in begins with: its profile, how to report as the macro does, how to take its time.
HEAD = f"""#!{sys.executable} -S
import os, pathlib, signal, subprocess, sys, time, urllib.parse
url = next(a for a in sys.argv if a.startswith("-env:UserInstallation="))
user = pathlib.Path(urllib.parse.unquote(url.partition("file://")[2])) / "user"
entries = [line.split("\\t") for line in (user / "list.txt").read_text().splitlines()]
def path(url):
    return pathlib.Path(urllib.parse.unquote(url.removeprefix("file://")))
def say(*words):
    with (user / "result.txt").open("a") as stream:
        print(*words, sep="\\t", file=stream)
def convert(entry):
    path(entry[2]).write_bytes(b"%PDF of " + entry[0].encode())
    say(entry[0], "ok")
until = pathlib.Path(sys.argv[0]).with_name("until")
def take(seconds):
    now = until.with_name("now")
    end = float(now.read_text()) + seconds
    until.write_text(f"{{os.getpid()}} {{end}} ")
    while float(now.read_text() or 0) < end:
        time.sleep(0.01)
def hang():
    until.write_text(f"{{os.getpid()}} inf ")
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(6000)", str(user)])
    time.sleep(6000)
def crash():
    os.kill(os.getpid(), signal.SIGSEGV)
"""


class Clock:
    """A clock that stands still, whatever the machine's speed, but while a LibreOffice is slow.

    Then each look finds it some minutes later, up to what the stand-in or the test has allowed,
    and as long as that process lives.
    """

    def __init__(self, folder: Path) -> None:
        self._now, self._until = folder / "now", folder / "until"
        self._show(0.0)

    def monotonic(self) -> float:
        """Return the time in seconds, in place of the function of that name."""
        now = float(self._now.read_text())
        allowed = text(self._until)
        if allowed.endswith(" "):  # wholly written
            number, until = allowed.split()
            if _lives(number):
                now = max(now, min(now + 150, float(until)))
                self._show(now)
        return now

    def _show(self, now: float) -> None:
        new = self._now.with_name("new")
        new.write_text(str(now))
        new.replace(self._now)

    def go_on(self, number: int) -> None:
        """Go on until a process ends."""
        self._until.write_text(f"{number} inf ")


def _lives(number: str) -> bool:
    """Tell whether a process runs; a zombie has no command line."""
    return bool(text(Path(f"/proc/{number}/cmdline")))


def running(mark: str) -> dict[int, str]:
    """Return the commands that name a folder and still run; a zombie has no command line."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if any(mark in word for word in words):
            found[int(process.name)] = " ".join(words)
    return found


def binary(folder: Path) -> int | None:
    """Return the number of the real soffice.bin that works in a folder."""
    commands = running(str(folder)).items()
    return next((number for number, command in commands if "soffice.bin" in command), None)


def reports(folder: Path) -> list[str]:
    """Return what LibreOffices have reported that work in a folder."""
    files = folder.glob("*/profile/user/result.txt")
    return [line for file in files for line in text(file).splitlines()]


def at_work_on(folder: Path) -> str | None:
    """Return the number of the file that the LibreOffice in a folder has begun with."""
    reported = [line.split("\t")[0] for line in reports(folder)]
    lists = [text(file) for file in folder.glob("*/profile/user/list.txt")]
    files = [line.split("\t")[0] for entries in lists for line in entries.splitlines()]
    left = [number for number in files if number not in reported]
    return left[0] if left and "start" in reported else None


def text(file: Path) -> str:
    try:
        return file.read_text()
    except FileNotFoundError:
        return ""


def sockets(number: int) -> list[Path]:
    """Return the paths of the sockets that a process has open."""
    links = [str(file.readlink()) for file in Path(f"/proc/{number}/fd").iterdir()]
    rows = [row.split() for row in Path("/proc/net/unix").read_text().splitlines()[1:]]
    return [Path(row[7]) for row in rows if len(row) == 8 and f"socket:[{row[6]}]" in links]


def wait_for(happened: Callable[[], object]) -> None:
    """Wait for an event, however slow the machine; only a fault is waited for in vain."""
    deadline = time.monotonic() + PATIENCE
    while True:
        began = time.monotonic()
        if happened():
            return
        assert began < deadline
        time.sleep(max(0.01, 4 * (time.monotonic() - began)))  # a look at all processes is dear


def run_calc(folder: Path, *arguments: str, with_system_fonts: bool = False) -> None:
    """Run LibreOffice with our fonts, and with those of the machine too, as on a clerk's."""
    program = office.find()
    if program is None:
        pytest.fail(NO_CALC, pytrace=False)
    configured = fonts.fontconfig(folder)
    if with_system_fonts:
        text = configured.read_text(encoding="utf-8")
        both = text.replace("<dir>", "<dir>/usr/share/fonts</dir><dir>", 1)
        configured.write_text(both, encoding="utf-8")
    place = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program.command), place, "--headless", "--norestore", *arguments]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "FONTCONFIG_FILE": str(configured),
    }
    done = subprocess.run(
        command, env=environment, capture_output=True, timeout=PATIENCE, check=True
    )
    if b"Error" in done.stderr:
        pytest.fail(f"{NO_CALC}\n{done.stderr.decode()}", pytrace=False)
