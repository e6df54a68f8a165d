"""LibreOffice that is absent, hangs, crashes or lies: one problem each, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import tracemalloc
from pathlib import Path

import pytest

import pdfs
from itareport.pdf import office
from itareport.pdf.office import process
from itareport.problems import ExitStatus, ItaReportError, Problem
from offices import PATIENCE, binary, reports, running, sockets, wait_for

pytestmark = pytest.mark.usefixtures("place")


def one() -> bytes:
    return pdfs.docx(pdfs.paragraph("ก"))


def refused(**options) -> Problem:
    with pytest.raises(ItaReportError) as caught:
        office.to_pdf(one(), **options)
    assert caught.value.exit_status == ExitStatus.PDF
    (problem,) = caught.value.problems
    assert "โปรด" in problem.remedy
    return problem


def test_the_stand_in_can_convert(stand_in):
    stand_in("say('start')\nfor e in entries: convert(e)\nsay('end')\n")
    assert office.to_pdf(one()) == b"%PDF of 0"


def test_absent(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ITAREPORT_SOFFICE", raising=False)
    assert refused().code == "P500"


def test_named_but_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("ITAREPORT_SOFFICE", str(tmp_path / "nowhere"))
    assert refused().code == "P501"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "sys.exit(1)",
        "sys.exit(81)",
        "crash()",
        "convert(entries[0])",
    ],
    ids=["does nothing", "fails", "wants another start", "crashes", "skips the macro"],
)
def test_it_does_not_start(stand_in, body):
    stand_in(body)
    assert refused().code == "P502"


def test_it_is_no_program(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_bytes(b"\x7fELF no program")
    program.chmod(0o755)
    monkeypatch.setenv("ITAREPORT_SOFFICE", str(program))
    assert refused().code == "P502"


@pytest.mark.parametrize("before", ["", "say('start')"], ids=["at the start", "on a file"])
@pytest.mark.usefixtures("clock")
def test_it_hangs(stand_in, before):
    stand_in(f"{before}\nhang()")
    problem = refused(seconds=600)
    assert problem.code == "P503"
    assert "600 วินาที" in problem.message


@pytest.mark.parametrize("ending", ["sys.exit(3)", "hang()", "os.close(1); os.close(2); hang()"])
@pytest.mark.usefixtures("clock")
def test_what_it_prints_without_end_is_neither_kept_nor_told(stand_in, caplog, ending):
    """It prints 80 MB."""
    stand_in(f"say('start')\nfor _ in range(1250): os.write(1, b'x' * 65536)\n{ending}")
    caplog.set_level("DEBUG")
    tracemalloc.start()
    try:
        assert refused(seconds=600).code in ("P503", "P504")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert "xxx" in caplog.text
    assert len(caplog.text) < 50_000


@pytest.mark.usefixtures("clock")
def test_what_the_system_takes_long_to_end_is_waited_for(stand_in, tmp_path, monkeypatch):
    """A child that no signal to the group reaches stands for one that dies slowly."""
    dead = tmp_path / "dead"
    dying = f"import pathlib, time; time.sleep(1); pathlib.Path({str(dead)!r}).touch()"
    started = f"[sys.executable, '-c', {dying!r}], start_new_session=True"
    stand_in(f"say('start')\nsubprocess.Popen({started})\nhang()")
    monkeypatch.setattr(process, "_DYING", PATIENCE)
    assert refused(seconds=600).code == "P503"
    assert dead.exists()


@pytest.mark.usefixtures("clock")
def test_the_deadline_can_be_set_from_outside(stand_in, monkeypatch):
    stand_in("hang()")
    monkeypatch.setenv("ITAREPORT_PDF_SECONDS", "99.5")
    assert "99.5 วินาที" in refused().message


@pytest.mark.parametrize("said", ["", "soon", "-1", "0", "nan"])
def test_a_deadline_that_is_none_is_a_minute(monkeypatch, said):
    monkeypatch.setenv("ITAREPORT_PDF_SECONDS", said)
    assert office.patience(60) == 60


@pytest.mark.usefixtures("clock")
def test_it_refuses_to_end_when_asked(stand_in):
    stand_in("signal.signal(signal.SIGTERM, signal.SIG_IGN)\nsay('start')\nhang()")
    assert refused(seconds=600).code == "P503"


def test_it_crashes_on_the_file(stand_in):
    stand_in("say('start')\ncrash()")
    assert refused().code == "P504"


def test_it_ends_well_but_silently(stand_in):
    """A mistake in Basic looks like this."""
    stand_in("say('start')\nsay('end')\nsys.exit(0)")
    assert refused().code == "P504"


def test_it_reports_an_error(stand_in):
    stand_in("say('start')\nsay('0', 'error', 'line 9: disk full')\nsay('end')")
    assert refused().code == "P505"


@pytest.mark.parametrize("write", ["pass", "path(entries[0][2]).touch()"], ids=["none", "empty"])
def test_it_says_that_all_is_well_but_writes_nothing(stand_in, write):
    stand_in(f"say('start')\n{write}\nsay('0', 'ok')\nsay('end')")
    assert refused().code == "P506"


def test_there_is_no_room_to_work(stand_in, monkeypatch, place):
    stand_in("")
    monkeypatch.setattr(tempfile, "tempdir", str(place / "nowhere"))
    assert refused().code == "P507"


BATCH = """
say('start')
for entry in entries:
    if entry[0] == '1': {fault}
    convert(entry)
say('end')
"""


@pytest.mark.parametrize(
    ("fault", "code"),
    [("hang()", "P503"), ("crash()", "P504"), ("say('1', 'error', 'x'); continue", "P505")],
)
@pytest.mark.usefixtures("clock")
def test_the_files_after_a_bad_one_are_converted(stand_in, fault, code):
    stand_in(BATCH.format(fault=fault))
    outcomes = office.to_pdfs([one()] * 4, seconds=600)
    assert [o if isinstance(o, bytes) else o.code for o in outcomes] == [
        b"%PDF of 0",
        code,
        b"%PDF of 2",
        b"%PDF of 3",
    ]


@pytest.mark.usefixtures("clock")
def test_a_long_list_has_as_much_time_as_it_makes_progress(stand_in):
    stand_in("say('start')\nfor e in entries: take(400); convert(e)\nsay('end')")
    outcomes = office.to_pdfs([one()] * 4, seconds=600)
    assert all(isinstance(o, bytes) for o in outcomes)


def test_one_that_never_starts_is_not_tried_for_every_file(stand_in, tmp_path):
    stand_in(f"open({str(tmp_path / 'starts')!r}, 'a').write('x')")
    outcomes = office.to_pdfs([one()] * 5)
    assert [o.code for o in outcomes if isinstance(o, Problem)] == ["P502"] * 5
    assert (tmp_path / "starts").read_text() == "xx"


def test_nothing_to_convert_starts_nothing(stand_in):
    stand_in("raise SystemExit('started')")
    assert office.to_pdfs([]) == ()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(stand_in, asked):
    """The command line turns SIGTERM into an interruption; here the program below does."""
    stand_in("say('start')\nhang()")
    program = (
        "import signal, sys; from itareport.pdf import office\n"
        "signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))\n"
        "office.to_pdf(sys.stdin.buffer.read())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:
        assert started.stdin
        started.stdin.write(one())
        started.stdin.close()
        started.stdin = None
        wait_for(lambda: len(running(os.environ["TMPDIR"])) >= 2)
        started.send_signal(asked)
        _, said = started.communicate(timeout=PATIENCE)
    assert b"KeyboardInterrupt" in said


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_real_one_that_is_stopped_is_ended(place, clock):
    """SIGSTOP to soffice.bin alone, at work on a file: its launcher lives on and waits."""
    opened: list[Path] = []

    def stop() -> None:
        wait_for(lambda: reports(place) and binary(place))
        number = binary(place)
        assert number is not None
        os.kill(number, signal.SIGSTOP)
        opened.extend(sockets(number))
        clock.go_on(number)

    watcher = threading.Thread(target=stop, daemon=True)
    watcher.start()
    (outcome,) = office.to_pdfs([pdfs.endless()], seconds=600)
    watcher.join(timeout=PATIENCE)
    assert isinstance(outcome, Problem)
    assert outcome.code == "P503"
    assert opened
    assert [path for path in opened if path.exists()] == []


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_real_one_works_where_paths_are_long_and_thai(place, monkeypatch):
    far = place / ("โฟลเดอร์ชั่วคราว มีช่องว่าง" * 3)
    far.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(far))
    assert office.to_pdf(one()).startswith(b"%PDF")
    assert not list(far.iterdir())
    far.rmdir()
