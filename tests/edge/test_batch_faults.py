"""Batches that are killed, stopped and doubled: files whole, nothing lost, nothing left behind."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import agencies
import pdfs
from itareport.files import assets
from itareport.pdf.office import profile
from itareport.problems import ExitStatus
from offices import PATIENCE, wait_for

COUNT = 12
FEW = 5
"""Reports of a run that only has to have begun with its PDFs: two chunks of them."""
HELD = """
import pathlib, sys, time
from itareport import __main__, batch
from itareport.batch import finish, run_result
from itareport.batch.record import journal
from itareport.batch.workers import pool
from itareport.files import output
def hold(owner, name, file):
    real = getattr(owner, name)
    def held(*given, **named):
        file.touch()
        while not pathlib.Path(f"{file}.go").exists():
            time.sleep(0.01)
        return real(*given, **named)
    setattr(owner, name, held)
for moment in sys.argv.pop(1).split():
    owner, _, name = moment.rpartition(".")
    hold(eval(owner), name, pathlib.Path(moment))
sys.exit(__main__.main())
"""
"""The command, which waits before each of its calls that are named, until a file says go."""
LINE = "journal.Journal.add"
DONE = "run_result.Recorder.done"


class Batch:
    """A running `itareport batch`, and the processes it has started."""

    def __init__(self, desk: Path, *options: str, held: str = "", **popen) -> None:
        self.desk, self.out = desk, desk / "out"
        surroundings = {
            "PATH": os.environ["PATH"], "HOME": str(desk / "home"), "TMPDIR": str(desk / "tmp"),
            "ITAREPORT_PDF_SECONDS": str(PATIENCE),
        }  # fmt: skip
        program = ["-c", HELD, held] if held else ["-m", "itareport"]
        command = [sys.executable, *program, "batch", "in", "--jobs", "2", *options]
        pipes: dict = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} | popen
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            command, cwd=desk, env=surroundings, **pipes
        )

    def family(self, name: str = "") -> list[int]:
        """Return the processes of this run, by what they were called with."""
        mark, found = f"TMPDIR={self.desk / 'tmp'}".encode(), []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                ours = (
                    mark in (folder / "environ").read_bytes()
                    or str(self.desk).encode() in (folder / "cmdline").read_bytes()
                )
                command = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if ours and command and name.encode() in command:
                found.append(int(folder.name))
        return found

    def workers(self) -> list[int]:
        return self.family("spawn_main")

    def stopped_libreoffice(self, *others: int) -> int:
        """Wait for another LibreOffice, and stop it so that it is still there later."""
        found: list[int] = []

        def another() -> list[int]:
            found[:] = [one for one in self.family("soffice.bin") if one not in others]
            return found

        self.wait_for(another)
        os.kill(found[0], signal.SIGSTOP)
        return found[0]

    def lines(self) -> int:
        try:
            return (self.out / "run.jsonl").read_bytes().count(b"\n")
        except OSError:
            return 0

    def wait_for(self, true: Callable[[], object]) -> None:
        """Wait for something that the run does before it ends."""
        seen: list[object] = []

        def seen_or_ended() -> bool:
            seen[:] = [true()]
            return bool(seen[0]) or self.process.poll() is not None

        wait_for(seen_or_ended)
        assert seen[0] or true(), self.process.stdout.read().decode()

    def wait_at(self, moment: str) -> None:
        """Wait until the run is about to do what it was told to wait before."""
        self.wait_for((self.desk / moment).exists)

    def go(self, moment: str) -> None:
        """Let the run go on."""
        (self.desk / f"{moment}.go").touch()

    def end(self) -> tuple[int, str]:
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, (said or b"").decode()


@pytest.fixture
def begin(desk, request):
    agencies.folder(desk / "in", getattr(request, "param", COUNT))
    begun: list[Batch] = []

    def start(*options, **popen):
        begun.append(Batch(desk, *options, **popen))
        return begun[-1]

    yield start
    for one in begun:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        if one.process.stdout:
            one.process.stdout.close()


def assert_all_done(desk: Path, count: int = COUNT, *, pdf: bool = False) -> None:
    """Every report is there once, whole; nothing is left over, nothing runs on."""
    out, endings = desk / "out", {".docx", ".pdf"} if pdf else {".docx"}
    lines = agencies.lines(out)
    assert len(lines) == count
    assert {line["state"] for line in lines} == {"done"}
    files = agencies.files(out)
    assert len(files) == count * len(endings) + 2
    for line in lines:
        for ending in endings:
            name, digest = line[ending[1:]], line[f"{ending[1:]}_sha256"]
            assert agencies.sha256(files[name]) == digest
    assert_nothing_left(desk)


def assert_nothing_left(desk: Path) -> None:
    probe = Batch.__new__(Batch)
    probe.desk = desk
    wait_for(lambda: not probe.family() and not any((desk / "tmp").iterdir()))
    assert [name for name in agencies.files(desk / "out") if "/." in f"/{name}"] == []


def assert_whole(out: Path) -> None:
    """What has a name is whole."""
    for name, data in agencies.files(out).items():
        if name.endswith(".docx"):
            assert data.startswith(b"PK")
            assert data[-22:-18] == b"PK\5\6"
        if name.endswith(".pdf"):
            assert data.rstrip().endswith(b"%%EOF")


def test_a_killed_worker_costs_no_report(desk, begin):
    batch = begin(held=LINE)
    batch.wait_for(batch.workers)
    os.kill(batch.workers()[0], signal.SIGKILL)
    batch.go(LINE)
    status, said = batch.end()
    assert status == ExitStatus.OK, said
    assert_all_done(desk)


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_killed_workers_and_a_killed_libreoffice_cost_no_report(desk, begin):
    batch = begin("--pdf", held=DONE)
    first = batch.stopped_libreoffice()
    second = batch.stopped_libreoffice(first)
    os.kill(first, signal.SIGKILL)
    third = batch.stopped_libreoffice(first, second)
    os.kill(batch.workers()[0], signal.SIGKILL)
    for number in (second, third):
        with contextlib.suppress(ProcessLookupError):  # that of the killed worker
            os.kill(number, signal.SIGCONT)
    batch.go(DONE)
    status, said = batch.end()
    assert status == ExitStatus.OK, said
    assert_all_done(desk, pdf=True)


def endless(desk: Path) -> list[str]:
    """Return the option with which LibreOffice is at work until it is ended."""
    template = pdfs.endless(assets.template().read_bytes(), "BodyText")
    (desk / "endless.docx").write_bytes(template)
    return ["--template", "endless.docx"]


def _sockets(desk: Path) -> list[Path]:
    """Return what the LibreOffices of a run put outside its temporary folder."""
    places = (desk / "tmp").iterdir()
    return [socket for place in places for socket in profile.sockets(place.resolve() / "profile")]


@pytest.mark.parametrize("begin", [FEW], indirect=True)
@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_killed_caller_takes_all_with_it_and_the_next_run_finishes(desk, begin, run):
    batch = begin("--pdf", *endless(desk), held=DONE)
    batch.wait_for(lambda: len(batch.workers()) == 2 and any(map(Path.exists, _sockets(desk))))
    sockets = _sockets(desk)
    batch.process.kill()
    batch.end()
    wait_for(lambda: batch.family() == [])
    assert list((desk / "tmp").iterdir()) == []
    assert not any(one.exists() for one in sockets)
    assert_whole(desk / "out")
    done = run("batch", "in", "--pdf")
    assert done.status == ExitStatus.OK, done.said
    assert_all_done(desk, FEW, pdf=True)


def test_what_a_killed_run_finished_is_not_made_again(desk, begin, run):
    batch = begin()
    batch.wait_for(lambda: batch.lines() >= 5)
    batch.process.kill()
    batch.end()
    lines = batch.lines()
    done = run("batch", "in", "--json")
    assert done.status == ExitStatus.OK, done.said
    assert done.json["made"] + done.json["unchanged"] == COUNT
    assert lines - 1 <= done.json["unchanged"] <= lines
    assert_all_done(desk)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("begin", [FEW], indirect=True)
@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_ctrl_c_stops_tidily_and_the_next_run_finishes(desk, begin, run, how):
    """Ctrl-C of a terminal reaches every process of its group, as here."""
    batch = begin("--pdf", *endless(desk), held=DONE, start_new_session=True)
    batch.wait_for(lambda: batch.family("soffice.bin"))
    if how == signal.SIGINT:
        os.killpg(batch.process.pid, how)
    else:
        batch.process.send_signal(how)
    batch.go(DONE)
    status, said = batch.end()
    assert status == ExitStatus.STOPPED, said
    assert "หยุด" in said
    assert "Traceback" not in said
    assert_whole(desk / "out")
    assert_nothing_left(desk)
    done = run("batch", "in", "--pdf")
    assert done.status == ExitStatus.OK, done.said
    assert_all_done(desk, FEW, pdf=True)


@pytest.mark.parametrize("again", ["", "pool.Pool.shutdown", "finish.Finish._write_summary"])
@pytest.mark.parametrize("first", ["pool.Pool.submit", LINE, "output.replacing"])
def test_ctrl_c_at_any_moment_and_twice_says_no_more_than_that(desk, begin, first, again):
    """While workers start, or reports are made or written; then once more, at the end."""
    batch = begin(held=f"{first} {again}", start_new_session=True)
    for moment in filter(None, (first, again)):
        batch.wait_at(moment)
        os.killpg(batch.process.pid, signal.SIGINT)
        batch.go(moment)
    status, said = batch.end()
    assert status == ExitStatus.STOPPED, said
    # A slow run has told how far it is, too.
    *before, last = [line for line in said.splitlines() if line and f"/{COUNT} (" not in line]
    assert last.startswith("หยุด")
    far = [line for line in before if " · ไม่สำเร็จ " not in line]  # how far it is, on a busy machine
    assert all(line.startswith("จัดทำแล้ว ") for line in far), said
    assert len(far) <= 1
    assert_nothing_left(desk)


def test_of_two_runs_at_once_the_second_stops(desk, begin, run):
    first = begin(held=LINE)
    first.wait_at(LINE)
    second = run("batch", "in")
    first.go(LINE)
    assert second.status == ExitStatus.OUTPUT
    assert "[O612]" in second.said
    status, said = first.end()
    assert status == ExitStatus.OK, said
    assert_all_done(desk)


def test_a_file_size_limit_as_a_full_disk_stops_the_run(desk, begin, run):
    """No small file system can be mounted here: the system's limit of a file's size stands in."""
    import resource

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    batch = begin(preexec_fn=limit)
    status, said = batch.end()
    assert status == ExitStatus.OUTPUT, said
    assert "[O602]" in said
    assert_whole(desk / "out")
    assert_nothing_left(desk)
    assert run("batch", "in").status == ExitStatus.OK
    assert_all_done(desk)


def test_a_terminal_shows_a_bar(begin):
    master, slave = pty.openpty()
    batch = begin(held="pool.Pool.submit", stderr=slave)
    os.close(slave)
    batch.wait_at("pool.Pool.submit")
    time.sleep(0.2)  # so long that the bar is shown before the first report is made
    batch.go("pool.Pool.submit")
    seen = b""
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:
            break
        if not data:
            break
        seen += data
    os.close(master)
    status, said = batch.end()
    assert status == ExitStatus.OK, said
    shown = seen.decode(errors="replace")
    assert "░" in shown
    assert f"/{COUNT}" in shown
    assert "ไม่สำเร็จ 0" in shown
