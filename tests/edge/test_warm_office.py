"""The LibreOffice that stays: the same pages as a fresh one, and nothing left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pypdfium2
import pytest

import pdfs
from itareport.actions import build, prepare
from itareport.pdf import office, pictures
from itareport.pdf.office import warm
from itareport.pdf.office.warm import WarmOffice
from itareport.problems import ItaReportError, problem
from itareport.web.preview import Preview, worker
from itareport.web.preview.worker_process import WorkerProcess
from offices import PATIENCE, binary, running, wait_for

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "kuansaothong-2568.yaml"
LOOP = """
say("start")
while (user / "stay").exists():
    job = user / "job.txt"
    if job.exists():
        entries = [line.split("\\t") for line in job.read_text().splitlines()]
        job.unlink()
        for entry in entries:
            if len(entry) == 5:
                if b"HANG" in path(entry[1]).read_bytes():
                    hang()
                convert(entry)
    time.sleep(0.005)
"""
CALLER = """
import asyncio
from itareport.web.preview.worker_process import WorkerProcess
async def main():
    process = WorkerProcess()
    await process.start()
    print("started", flush=True)
    await asyncio.sleep(6000)
if __name__ == "__main__":
    asyncio.run(main())
"""


async def survived(process):
    """Tell whether work is done there; the death is noticed at the latest by the next work."""
    number = process._number
    try:
        await process.do(worker.rest)
    except BrokenProcessPool:
        return False
    return process._number != number


def report():
    ready = prepare.check_file(EXAMPLE, prepare.Options()).ready
    assert ready is not None
    return ready


def texts(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.usefixtures("place")
def test_pages_are_those_of_a_fresh_office():
    docx = build.docx(report(), prepare.Options())[0]
    cold = office.to_pdf(docx)
    warmed = WarmOffice(PATIENCE)
    try:
        warmed.to_pdf(pdfs.docx(pdfs.paragraph("ก่อนหน้า")))
        kept = warmed.to_pdf(docx)
    finally:
        warmed.close()
    assert texts(kept) == texts(cold)
    assert list(pictures.of_pages(kept)) == list(pictures.of_pages(cold))


@pytest.mark.usefixtures("place")
def test_parts_and_whole_come_out_of_the_other_process():
    async def go():
        process = WorkerProcess()
        pages = Preview(prepare.Options(), process)
        try:
            await process.start()
            ready = report()
            strip = await process.do(worker.section, ready, prepare.Options(), "plan:1")
            whole = await process.do(worker.whole, ready, prepare.Options())
            sharp = await process.do(worker.png, whole.pdf, 0, 2.0, is_strip=False)
            return strip, whole, sharp
        finally:
            await asyncio.to_thread(pages.end)

    strip, whole, sharp = asyncio.run(go())
    assert [len(strip.pictures), strip.problems, whole.problems] == [1, (), ()]
    assert strip.pictures[0].height < whole.pictures[0].height / 2
    assert {"agency", "result", "issue:1", "issue:7", "plan:1", "signatures"} <= set(whole.sections)
    assert whole.sections["signatures"] == len(whole.pictures) - 1
    rows = [(mark.name, number) for number, page in enumerate(whole.marks) for mark in page]
    assert {"i1", "e9", "o28", "1.1", "7.1"} <= {name for name, _ in rows}
    assert len(rows) == len(dict(rows)), "each row is marked once"
    assert dict(rows)["1.1"] == whole.sections["plan:1"]
    for page in whole.marks:
        ends = [mark.top + mark.height for mark in page]
        assert all(a <= b.top + 0.02 for a, b in zip(ends, page[1:], strict=False))
        assert all(0 < mark.top < end < 100 for mark, end in zip(page, ends, strict=True))
    assert sharp.startswith(b"\x89PNG")


def test_odd_jobs_do_not_end_it(place):
    warmed = WarmOffice(PATIENCE)
    try:
        warmed.start()
        number = binary(place)
        for odd in ("", "\n", "\t\t\n", "9\tfile:///nowhere\tfile:///nowhere.pdf\t\t\n", "\0\xff"):
            (user,) = place.glob("*/profile/user")
            (user / "job.tmp").write_text(odd, encoding="latin-1")
            (user / "job.tmp").replace(user / "job.txt")
            for name in ("job.txt", "taken.txt"):
                wait_for(lambda file=user / name: not file.exists())  # type: ignore[misc]
        assert warmed.to_pdf(pdfs.docx(pdfs.paragraph("ก"))).startswith(b"%PDF")
        assert binary(place) == number
    finally:
        warmed.close()


def test_killed_caller_leaves_no_process_and_no_folder(place):
    with subprocess.Popen(
        [sys.executable, "-c", CALLER],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(place)},
    ) as caller:
        assert caller.stdout is not None
        assert caller.stdout.readline() == b"started\n"
        assert running(str(place))
        caller.send_signal(signal.SIGKILL)
    wait_for(lambda: not running(str(place)) and not list(place.iterdir()))


@pytest.mark.usefixtures("place")
def test_hanging_document_is_told_and_remembered_and_the_next_one_works(stand_in):
    stand_in(LOOP)
    hanging, next_one = (pdfs.docx(pdfs.paragraph(text)) for text in ("HANG", "ok"))
    warmed = WarmOffice(PATIENCE)
    try:
        warmed.start()
        for seconds in (0.2, PATIENCE):  # the second time without trying
            with pytest.raises(ItaReportError) as raised:
                warmed.to_pdf(hanging, seconds)
            assert [found.code for found in raised.value.problems] == ["P503"]
        assert warmed.to_pdf(next_one).startswith(b"%PDF")
    finally:
        warmed.close()


def test_the_oldest_of_many_hanging_documents_is_forgotten():
    warmed = WarmOffice()
    for number in range(warm._MOST_REMEMBERED + 2):
        warmed._remember(str(number), problem("P503", seconds="1"))
    assert list(warmed._hung) == [str(number) for number in range(2, warm._MOST_REMEMBERED + 2)]


def test_it_is_replaced_after_many_jobs_while_nobody_waits(place, stand_in, monkeypatch):
    monkeypatch.setattr(warm, "_MOST_JOBS", 2)
    stand_in(LOOP)
    warmed = WarmOffice(PATIENCE)
    folders = []
    try:
        for text in "กขค":
            warmed.to_pdf(pdfs.docx(pdfs.paragraph(text)))
            warmed.rest()
            folders += [[one.name for one in place.iterdir()]]
    finally:
        warmed.close()
    assert folders[0] != folders[1]
    assert folders[1] == folders[2]


def test_process_that_dies_is_replaced(place, stand_in):
    stand_in(LOOP)

    async def go():
        process = WorkerProcess()
        try:
            await process.start()
            os.kill(process._number, signal.SIGKILL)
            while not await survived(process):
                pass
        finally:
            await asyncio.to_thread(process.end)

    asyncio.run(go())
    wait_for(lambda: not running(str(place)) and not list(place.iterdir()))
