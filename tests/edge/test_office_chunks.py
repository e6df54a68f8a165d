"""Chunks of files for one LibreOffice: the fault of one file is its own."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import pdfs
from itareport.pdf import office
from itareport.problems import Problem
from offices import PATIENCE, at_work_on, binary, running, wait_for

pytestmark = pytest.mark.usefixtures("place")

NAMES = ("ก.docx", "ข.docx", "ค.docx", "ง.docx")
ALL = """
say('start')
for entry in entries:
    {fault}
    convert(entry)
say('end')
"""


def files(number=4):
    return [(name, pdfs.docx(pdfs.paragraph(name))) for name in NAMES[:number]]


def short(outcomes):
    return [o.code if isinstance(o, Problem) else o.decode() for o in outcomes]


@pytest.fixture
def faulty(stand_in, tmp_path):
    """Return a function that makes a stand-in with a fault, and returns what it was started on.

    `first` is true in the fault until the stand-in was started `wrong` times.
    """

    def make(fault, body=ALL, wrong=1):
        log = tmp_path / "starts"
        count = f"log = pathlib.Path({str(log)!r})\nlog.open('a').write("
        count += "' '.join(e[0] for e in entries) + '\\n')\n"
        count += f"first = len(log.read_text().splitlines()) <= {wrong}\n"
        stand_in(count + body.format(fault=fault))
        return lambda: log.read_text().splitlines()

    return make


@pytest.mark.parametrize(("fault", "code"), [("crash()", "P504"), ("hang()", "P503")])
@pytest.mark.usefixtures("clock")
def test_a_poison_is_found_tried_once_more_alone_and_named(faulty, fault, code):
    starts = faulty(f"if entry[0] == '1': {fault}")
    outcomes = office.convert(files(), seconds=600)
    assert short(outcomes) == ["%PDF of 0", code, "%PDF of 2", "%PDF of 3"]
    assert starts() == ["0 1 2 3", "1", "2 3"]
    poison = outcomes[1]
    assert isinstance(poison, Problem)
    assert poison.place
    assert poison.place.file == "ข.docx"
    assert poison.remedy.startswith("โปรด")


def test_every_poison_is_found(faulty):
    starts = faulty("if entry[0] in '03': crash()")
    assert short(office.convert(files())) == ["P504", "%PDF of 1", "%PDF of 2", "P504"]
    assert starts() == ["0 1 2 3", "0", "1 2 3", "3"]


@pytest.mark.parametrize("fault", ["crash()", "hang()"])
@pytest.mark.usefixtures("clock")
def test_a_fault_that_passes_costs_no_file(faulty, fault):
    starts = faulty(f"if first and entry[0] == '2': {fault}")
    outcomes = office.convert(files(), seconds=600)
    assert short(outcomes) == ["%PDF of 0", "%PDF of 1", "%PDF of 2", "%PDF of 3"]
    assert starts() == ["0 1 2 3", "2", "3"]


def test_a_start_that_fails_once_costs_no_file(faulty):
    starts = faulty("", "if first: crash()\n" + ALL)
    assert short(office.convert(files(2))) == ["%PDF of 0", "%PDF of 1"]
    assert starts() == ["0 1", "0 1"]


def test_a_file_alone_is_tried_again_where_libreoffice_dies(faulty):
    starts = faulty("if first: crash()")
    assert short(office.convert(files(1))) == ["%PDF of 0"]
    assert starts() == ["0", "0"]


@pytest.mark.usefixtures("clock")
def test_a_file_alone_that_hangs_is_not_waited_for_twice(faulty):
    starts = faulty("hang()", wrong=9)
    assert short(office.convert(files(1), seconds=600)) == ["P503"]
    assert starts() == ["0"]


@pytest.mark.usefixtures("clock")
def test_a_start_that_hangs_is_not_waited_for_twice(faulty):
    starts = faulty("", "hang()")
    assert short(office.convert(files(2), seconds=600)) == ["P503"] * 2
    assert starts() == ["0 1"]


@pytest.mark.usefixtures("clock")
def test_what_is_done_when_the_time_of_all_is_up_is_kept(faulty):
    """Each file makes progress in time, and yet the whole would take a minute."""
    starts = faulty("if entry[0] != '0': hang()")
    outcomes = office.convert(files(), seconds=600, chunk_seconds=300)
    assert short(outcomes) == ["%PDF of 0", "P508", "P508", "P508"]
    assert starts() == ["0 1 2 3"]
    assert "300 วินาที" in str(outcomes[3])


def test_what_is_no_docx_fails_alone(faulty):
    starts = faulty("")
    body = pdfs.docx(pdfs.paragraph("ก"))
    damaged = body.replace(b"PK\x03\x04", b"PK\x03\x05")
    chunk = [("ก.docx", b""), ("ข.docx", body), ("ค.docx", damaged)]
    outcomes = office.convert(chunk)
    assert short(outcomes) == ["P509", "%PDF of 1", "P509"]
    assert starts() == ["1"]
    assert [o.place.file for o in outcomes if isinstance(o, Problem)] == ["ก.docx", "ค.docx"]


def test_a_part_that_is_no_xml_fails_alone(faulty):
    faulty("")
    broken = pdfs.docx("<w:p>")
    assert short(office.convert([("ก.docx", broken), *files(1)])) == ["P509", "%PDF of 1"]


def test_without_libreoffice_the_caller_is_told_at_once(monkeypatch, tmp_path):
    monkeypatch.setenv("ITAREPORT_SOFFICE", str(tmp_path / "nowhere"))
    with pytest.raises(Exception, match="nowhere") as caught:
        office.convert(files())
    assert pickle.loads(pickle.dumps(caught.value)).problems[0].code == "P501"


def test_chunks_go_to_other_processes_and_come_back(faulty):
    faulty("if entry[0] == '1': crash()")
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        outcomes = pool.submit(office.convert, files(3)).result(timeout=PATIENCE)
    assert short(outcomes) == ["%PDF of 0", "P504", "%PDF of 2"]


# The real LibreOffice


def texts(outcomes):
    return [o.code if isinstance(o, Problem) else pdfs.text(o).split()[-1] for o in outcomes]


def long(text):
    """Make enough pages that a signal finds LibreOffice at work on them."""
    filler = [pdfs.paragraph("ประชาชน " * 100)] * 200
    return pdfs.docx(*filler, pdfs.paragraph(text))


def struck(place, sign, clock, times=1):
    """Send a signal to LibreOffice each time it is at work on file 1; time passes until it ends."""

    def strike():
        hit: list[int] = []
        while len(hit) < times:
            wait_for(lambda: at_work_on(place) == "1" and binary(place) not in (None, *hit))
            hit.append(binary(place))
            os.kill(hit[-1], sign)
            clock.go_on(hit[-1])

    watcher = threading.Thread(target=strike, daemon=True)
    watcher.start()
    return watcher


def looping(place, clock):
    """Let time pass, both times, once LibreOffice has worked on a small file for too long."""

    def let_pass():
        wait_for(lambda: at_work_on(place) == "1" and binary(place) is not None)
        number = binary(place)
        enough = worked(number) + 200  # hundredths of its own seconds
        wait_for(lambda: worked(number) > enough)
        clock.go_on(number)
        wait_for(lambda: number not in running(str(place)))

    def watch():
        let_pass()
        let_pass()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    return watcher


def worked(number):
    """Return how long a process has worked, in ticks of its own time."""
    return sum(map(int, Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[11:13]))


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP])
def test_a_real_one_that_is_struck_once_costs_no_file(place, sign, clock):
    chunk = [*files(1), ("ข.docx", long("ข้าม")), ("ค.docx", pdfs.docx(pdfs.paragraph("จบ")))]
    watcher = struck(place, sign, clock)
    outcomes = office.convert(chunk, seconds=600)
    watcher.join(timeout=PATIENCE)
    assert not watcher.is_alive()
    assert texts(outcomes) == ["ก.docx", "ข้าม", "จบ"]


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_real_one_that_dies_on_a_file_twice_spares_the_others(place, clock):
    chunk = [*files(1), ("ข.docx", pdfs.endless()), ("ค.docx", pdfs.docx(pdfs.paragraph("จบ")))]
    watcher = struck(place, signal.SIGKILL, clock, times=2)
    outcomes = office.convert(chunk, seconds=600)
    watcher.join(timeout=PATIENCE)
    assert texts(outcomes) == ["ก.docx", "P504", "จบ"]


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_real_poison_is_found(place, clock):
    watcher = looping(place, clock)
    outcomes = office.convert([*files(1), ("พิษ.docx", pdfs.endless()), *files(2)[1:]], seconds=600)
    watcher.join(timeout=PATIENCE)
    assert texts(outcomes) == ["ก.docx", "P503", "ข.docx"]
