"""The command on a stand-in for Windows: what it lacks is taken away, its console speaks cp874."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Python itself is made to believe first that it knows where it runs; then what Windows does not
# have goes, and sys.platform says so to all that is loaded from now on.
STAND_IN = """
import asyncio, ctypes, multiprocessing, os, pathlib, shutil, signal, socket, subprocess, sys
import tempfile, threading, zoneinfo, multiprocessing.connection, multiprocessing.popen_spawn_posix
import multiprocessing.resource_tracker, multiprocessing.synchronize, uuid
import PIL.Image, geothai, jinja2, lxml.etree, openpyxl, pydantic, yaml  # others' own branches
import pypdfium2
def gone(*_, **__):
    raise AssertionError("Windows has no such thing")
for module, names in (
    (os, "fork forkpty register_at_fork killpg getuid geteuid getpgid setsid openpty mkfifo wait4"),
    (signal, "SIGKILL SIGHUP SIGQUIT SIGSTOP SIGUSR1 pthread_sigmask pthread_kill alarm"),
):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
multiprocessing.resource_tracker._HAVE_SIGMASK = False
multiprocessing.connection.PipeConnection = multiprocessing.connection.Connection
locked = []
msvcrt = type(sys)("msvcrt")
msvcrt.LK_NBLCK, msvcrt.locking = 2, lambda handle, mode, size: locked.append(handle)
sys.modules["msvcrt"] = msvcrt
winreg = type(sys)("winreg")
winreg.HKEY_CLASSES_ROOT = 0
def no_key(*_):
    raise FileNotFoundError(2, "no such key")
winreg.OpenKey = no_key
sys.modules["winreg"] = winreg
class Kernel32:
    def __getattr__(self, name):
        made = self.__dict__[name] = lambda *arguments: 1
        return made
ctypes.WinDLL = lambda name: Kernel32()
sys.platform = "win32"
from itareport.__main__ import main
sys.argv[0] = "itareport"
sys.exit(main())
"""


def windows(*words: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command of ours there, with a console of code page 874 that refuses what it lacks."""
    console = {
        "PYTHONIOENCODING": "cp874:strict",
        "PYTHONUTF8": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    keep = {n: os.environ[n] for n in ("PATH", "HOME", "LANG") if n in os.environ}
    return subprocess.run(
        [sys.executable, "-c", STAND_IN, *map(str, words)],
        cwd=cwd, env=keep | console | env, capture_output=True, check=False,
    )  # fmt: skip


def readable(ran: subprocess.CompletedProcess[bytes]) -> str:
    """Return what a person reads; no letter was lost or written as \\u0e01."""
    said = (ran.stdout + ran.stderr).decode("utf-8")
    assert "Traceback" not in said, said
    assert "UnicodeEncodeError" not in said
    assert "\\u0e" not in said
    return said


def test_check_draft_and_build_need_nothing_that_windows_lacks(example, tmp_path):
    ran = windows("build", example, "-o", tmp_path / "out", cwd=tmp_path)
    assert ran.returncode == 0, readable(ran)
    assert "สรุป: ไม่พบข้อผิดพลาด" in readable(ran)
    made = [f.name for f in (tmp_path / "out").iterdir()]
    assert [n for n in made if n.endswith(".docx")]
    assert [n for n in made if n.startswith(".itareport-")] == []
    ran = windows("new", "--year", "2568", "--agency", "เทศบาลตำบลควนเสาธง", cwd=tmp_path)
    assert ran.returncode == 0, readable(ran)


def test_messages_are_readable_whatever_the_code_page(tmp_path):
    """Letters that cp874 lacks too: the program speaks UTF-8, as the .bat tells the console."""
    (tmp_path / "ก.yaml").write_text(
        "fiscal_year: 2568\nagency: {name: '→ ✓ ก'}\n", encoding="utf-8"
    )
    for page in ("cp874:strict", "cp437:strict", "ascii:strict"):
        ran = windows("check", "ก.yaml", cwd=tmp_path, PYTHONIOENCODING=page)
        assert ran.returncode == 3
        assert "ข้อผิดพลาด" in readable(ran)
    assert "คำสั่งไม่ถูกต้อง" in readable(windows("build", cwd=tmp_path))


def test_a_batch_needs_no_fork_and_no_group(example, tmp_path):
    """Its workers are spawned; the lock of the folder of results is that of Windows."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ก.yaml").write_bytes(example.read_bytes())
    ran = windows("batch", "data", "-o", "out", "--jobs", "1", cwd=tmp_path)
    assert ran.returncode == 0, readable(ran)
    assert list((tmp_path / "out").rglob("*.docx"))


@pytest.mark.pdf
def test_a_pdf_is_made_without_guardian_group_or_fontconfig_of_ours(example, tmp_path, soffice):
    ran = windows(
        "build", example, "-o", "out", "--pdf", cwd=tmp_path, ITAREPORT_SOFFICE=str(soffice.command)
    )
    assert ran.returncode == 0, readable(ran)
    assert [f for f in (tmp_path / "out").iterdir() if f.suffix == ".pdf"]


def test_without_a_way_to_a_pdf_windows_ways_are_told(example, tmp_path):
    (tmp_path / "bin").mkdir()
    ran = windows("build", example, "-o", "out", "--pdf", cwd=tmp_path, PATH=str(tmp_path / "bin"))
    assert ran.returncode == 7
    assert "LibreOfficePortable" in readable(ran)
    assert [f.suffix for f in (tmp_path / "out").iterdir() if f.suffix == ".docx"]
