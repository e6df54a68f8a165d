"""The command as a clerk runs it: its own process, folder and temporary folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from forking import Forks
from itareport.ita import catalogue
from itareport.pdf.office import chunk, process
from offices import HEAD, PATIENCE, Clock, running, wait_for
from reports import clean_data

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


@dataclass(frozen=True)
class Run:
    """What one run of the command left behind."""

    status: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        return self.stdout + self.stderr

    @property
    def json(self):
        return json.loads(self.stdout)


@pytest.fixture
def desk(tmp_path) -> Path:
    """Return an empty folder to work in; its `tmp` is the command's temporary folder."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.fixture(scope="session")
def forks(tmp_path_factory) -> Iterator[Forks]:
    """Return what runs the command without loading its modules each time."""
    surroundings = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error"}
    made = Forks(surroundings, tmp_path_factory.mktemp("said"))
    yield made
    made.close()


@pytest.fixture
def run(desk, forks) -> Callable[..., Run]:
    """Return a function that runs `itareport …` in the desk under a nearly empty environment.

    Where something is told to Python itself, the command is started anew.
    """

    def call(*arguments: object, prefix: tuple[str, ...] = (), **env: str) -> Run:
        words = [*map(str, arguments)]
        surroundings = {
            "PATH": os.environ["PATH"],
            "HOME": str(desk / "home"),
            "TMPDIR": str(desk / "tmp"),
            "PYTHONWARNINGS": "error",
            "ITAREPORT_PDF_SECONDS": str(PATIENCE),
            **env,
        }
        if not prefix and not any(name.startswith("PYTHON") for name in env):
            status, stdout, stderr = forks.run(words, desk, surroundings)
            return Run(status, stdout.decode(), stderr.decode())
        command = [*prefix, sys.executable, "-m", "itareport", *words]
        done = subprocess.run(
            command, cwd=desk, env=surroundings, capture_output=True, timeout=PATIENCE, check=False
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture
def data_file(desk) -> Callable[..., Path]:
    """Return a function that writes a valid data file after a change."""

    def write(change: Callable[[dict], None] | None = None, name: str = "ข้อมูล.yaml") -> Path:
        data = clean_data(catalogue.load(2568))
        if change:
            change(data)
        file = desk / name
        text = (
            json.dumps(data, ensure_ascii=False)
            if name.endswith(".json")
            else yaml.safe_dump(data, allow_unicode=True)
        )
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def place(tmp_path, monkeypatch) -> Iterator[Path]:
    """Give the test a temporary folder; afterwards nothing may be in it, nor run in it."""
    del tmp_path  # pytest makes its own folders first, not in this one
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)
        try:  # what was killed may need a moment to die
            wait_for(lambda: not running(folder) and not list(Path(folder).iterdir()))
        finally:
            for number in running(folder):
                os.kill(number, signal.SIGKILL)


@pytest.fixture
def clock(tmp_path, monkeypatch) -> Clock:
    """Give the deadlines for LibreOffice a clock that only its slowness moves."""
    made = Clock(tmp_path)
    monkeypatch.setattr(process, "time", made)
    monkeypatch.setattr(chunk, "time", made)
    return made


@pytest.fixture
def stand_in(tmp_path, monkeypatch) -> Callable[[str], None]:
    """Return a function that makes a stand-in for LibreOffice do something."""

    def make(body: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(HEAD + body)
        program.chmod(0o755)
        monkeypatch.setenv("ITAREPORT_SOFFICE", str(program))

    return make


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """Return a browser without a window, for the tests of one file."""
    from windows import chromium  # takes long to load

    with chromium() as opened:
        yield opened
