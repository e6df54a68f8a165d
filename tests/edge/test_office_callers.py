"""LibreOffice, its guardian and its folder do not outlive their caller, however it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

import pdfs
from itareport.pdf import office
from itareport.pdf.office import guard
from itareport.problems import Problem
from offices import PATIENCE, at_work_on, binary, running, sockets, text, wait_for

pytestmark = pytest.mark.usefixtures("place")

HANG = "say('start')\nhang()"
CONVERT = """
import os, signal, sys
from itareport.pdf import office
from itareport.pdf.office import guard, process, profile
files = [("ก.docx", sys.stdin.buffer.read())] * 2
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def docx():
    return pdfs.docx(pdfs.paragraph("ประชาชน"))


@contextmanager
def caller(program, given=None):
    """Run a program that converts, in a group of its own as a terminal would start it."""
    command = [sys.executable, "-c", CONVERT + program]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
    ) as started:
        try:
            started.stdin.write(given or docx())
            started.stdin.close()
            started.stdin = None
            yield started
        finally:
            started.kill()


def gone(place):
    """Wait until no process names the folder and nothing is in it."""
    wait_for(lambda: not running(str(place)) and not list(place.iterdir()))


def hanging(place):
    """Wait until the stand-in, its child and the guardian are there."""
    wait_for(lambda: at_work_on(place) == "0" and len(running(str(place))) >= 3)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_killed(stand_in, place, sign):
    stand_in(HANG)
    with caller("office.convert(files)") as started:
        hanging(place)
        started.send_signal(sign)
        assert started.wait(timeout=PATIENCE) == -sign
        gone(place)


def test_interrupted_at_the_terminal(stand_in, place):
    """Ctrl-C reaches the caller's whole group; the guardian has to stand it."""
    stand_in(HANG)
    with caller("office.convert(files)") as started:
        hanging(place)
        os.killpg(started.pid, signal.SIGINT)
        _, said = started.communicate(timeout=PATIENCE)
        assert b"KeyboardInterrupt" in said
        assert started.returncode == -signal.SIGINT
        gone(place)


BEFORE = {
    "the folder": "guard.Path.mkdir = die",
    "the profile": "profile.prepare = die",
    "the start": "process._opened = die",
    "the guardian knows": "guard.Guardian.watch = die",
    "it is let go": """
def say(self, word, said=guard.Lifeline.say):
    die() if word == "go" else said(self, word)
guard.Lifeline.say = say
""",
}


@pytest.mark.parametrize("moment", BEFORE)
def test_killed_before(place, moment, tmp_path, monkeypatch):
    """What the guardian does not know of does not run."""
    ran = tmp_path / "ran"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n: >'{ran}'\nexec sh -c 'sleep 6000; :' \"$@\"\n")
    program.chmod(0o755)
    monkeypatch.setenv("ITAREPORT_SOFFICE", str(program))
    with caller(f"{BEFORE[moment]}\noffice.convert(files)") as started:
        assert started.wait(timeout=PATIENCE) == -signal.SIGKILL
        gone(place)
    assert not ran.exists()


@pytest.mark.parametrize("moment", ["guard._remove", "guard.Guardian.dismiss"])
def test_killed_after(stand_in, place, moment):
    stand_in("say('start')\nfor e in entries: convert(e)\n")
    with caller(f"{moment} = die\noffice.convert(files)") as started:
        assert started.wait(timeout=PATIENCE) == -signal.SIGKILL
        gone(place)


def test_a_fork_of_the_caller_does_not_hold_the_guardian_back(stand_in, place):
    """A pool that forks while LibreOffice is at work leaves pipe ends in its workers."""
    stand_in(HANG)
    program = """
import threading
threading.Thread(target=office.convert, args=(files,), daemon=True).start()
from offices import at_work_on
from pathlib import Path
while at_work_on(Path(os.environ["TMPDIR"])) != "0":
    pass
fork = os.fork()
if fork == 0:
    signal.pause()
print(fork, file=sys.stderr, flush=True)
signal.pause()
"""
    helpers = str(Path(__file__).parents[1])
    with caller(f"sys.path.append({helpers!r})\n{program}") as started:
        fork = int(started.stderr.readline())
        try:
            hanging(place)
            started.kill()
            gone(place)
            os.kill(fork, 0)  # it is still there
        finally:
            os.kill(fork, signal.SIGKILL)


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_worker_of_a_pool_that_is_killed(stand_in, place, method):
    """The caller of the pool lives on, and so do the other workers."""
    stand_in(HANG)
    with ProcessPoolExecutor(2, get_context(method)) as pool:
        work = pool.submit(office.convert, [("ก.docx", docx())])
        hanging(place)
        os.kill(parent_of_guardian(place), signal.SIGKILL)
        with pytest.raises(BrokenProcessPool):
            work.result(timeout=PATIENCE)
        gone(place)


def parent_of_guardian(place):
    """Return the process that the work is done for."""
    commands = running(str(place)).items()
    (guardian,) = (number for number, command in commands if "guardian" in command)
    return int(text(Path(f"/proc/{guardian}/stat")).rpartition(")")[2].split()[1])


def test_the_guardian_goes_when_the_work_is_done(stand_in, place):
    stand_in("say('start')\nfor e in entries: convert(e)\n")
    office.convert([("ก.docx", docx())])
    assert running(str(place)) == {}
    assert guard._lifelines == set()


def test_a_guardian_that_is_killed_is_not_missed(stand_in, monkeypatch):
    stand_in("say('start')\nfor e in entries: convert(e)\n")

    def watch(guardian, group, told=guard.Guardian.watch):
        guardian._process.kill()
        guardian._process.wait()
        told(guardian, group)

    monkeypatch.setattr(guard.Guardian, "watch", watch)
    assert office.convert([("ก.docx", docx())]) == (b"%PDF of 0",)


def test_no_guardian_no_libreoffice(stand_in, monkeypatch):
    stand_in("say('start')\nfor e in entries: convert(e)\n")

    def refused(*_, **__):
        raise BlockingIOError(11, "no more processes")

    monkeypatch.setattr(subprocess, "Popen", refused)
    (outcome,) = office.convert([("ก.docx", docx())])
    assert isinstance(outcome, Problem)
    assert outcome.code == "P502"


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_a_real_one_goes_with_its_caller(place, sign):
    with caller("office.convert(files)", pdfs.endless()) as started:
        wait_for(lambda: at_work_on(place) == "0")
        opened = sockets(binary(place))
        assert [path for path in opened if path.exists()] != []
        os.killpg(started.pid, sign)
        assert started.wait(timeout=PATIENCE) == -sign
        gone(place)
    assert [path for path in opened if path.exists()] == []
