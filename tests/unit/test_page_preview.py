"""The lanes of the preview, with a process that only writes down what it is asked for."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from itareport.actions import prepare
from itareport.pdf.pictures import Picture
from itareport.problems import problem
from itareport.web import preview
from itareport.web.preview import worker
from itareport.web.preview.worker_process import WorkerProcess
from pages import PATIENCE


class Fake:
    """Does no work: each document is the number of the request, each page its name."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.asked: list[str] = []
        self.held: asyncio.Event | None = None
        self.answers: list[object] = []
        self.is_ended = False

    async def do(self, work, *args):
        name = work.__name__
        if name == "png":
            self.asked.append(f"png {args[1]} {args[2]}")
            return b"png"
        if name == "rest":
            self.asked.append("rest")
            return None
        self.asked.append(f"{name} {args[0]}")
        self.begun.set()
        if self.held:
            await self.held.wait()
        answer = self.answers.pop(0) if self.answers else b"%d" % len(self.asked)
        if isinstance(answer, Exception):
            raise answer
        if not isinstance(answer, bytes):
            return answer
        return worker.PagesMade(answer, (Picture(b"page " + answer, 10, 20),), {"result": 0})

    def end(self) -> None:
        self.is_ended = True


@pytest.fixture
def fake(monkeypatch) -> Fake:
    monkeypatch.setattr(preview, "_PAUSE", 0.0)
    monkeypatch.setattr(preview, "_REST", 0.0)
    return Fake()


def made(fake) -> Any:
    return preview.Preview(prepare.Options(), fake)


async def shown(pages, number=2, key="k"):
    """Return what is shown as it comes; each is awaited before the next is made."""
    found = []
    async for one in pages.events(key):
        found.append(one)
        if len(found) == number:
            return found
    raise AssertionError


async def settled(pages):
    while pages._tasks:
        await asyncio.gather(*pages._tasks)


def test_part_in_hand_comes_before_the_whole(fake):
    async def go():
        pages = made(fake)
        await pages.show("k", "a", "issue:2")
        found = await shown(pages)
        await settled(pages)
        return found

    part, whole = asyncio.run(go())
    assert (part.lane, part.section) == ("section", "issue:2")
    assert (whole.lane, whole.sections) == ("whole", {"result": 0})
    assert fake.asked == ["section a", "whole a", "rest"]


def test_newest_wins_and_older_ones_are_dropped(fake):
    async def go():
        pages = made(fake)
        for version in "abc":
            await pages.show("k", version, "result")
        await settled(pages)

    asyncio.run(go())
    assert fake.asked == ["section c", "whole c", "rest"]


def test_pages_that_are_made_already_are_not_made_again(fake):
    """Another step of the same report shows them at once, also after something was wrong."""

    async def go():
        pages = made(fake)
        await pages.show("k", "a", "result")
        await settled(pages)
        first = pages._last["k"]
        await pages.outdate("k")
        await pages.show("k", "a", "plan:1")
        await settled(pages)
        return first, pages._last["k"]

    first, again = asyncio.run(go())
    assert fake.asked == ["section a", "whole a", "rest"]
    assert (again == first, again is first) == (True, False), "every window is told"


def test_pages_are_no_longer_said_to_be_old_while_new_ones_are_made(fake):
    async def go():
        pages = made(fake)
        await pages.show("k", "a", "whole")
        await settled(pages)
        await pages.outdate("k")
        old = pages._last["k"].is_old
        fake.held = asyncio.Event()
        await pages.show("k", "b", "whole")
        now = pages._last["k"].is_old
        fake.held.set()
        await settled(pages)
        return old, now

    assert asyncio.run(go()) == (True, False)


def test_pages_whose_pictures_are_forgotten_are_made_again(fake, monkeypatch):
    monkeypatch.setattr(preview, "_MOST_PICTURES", 1)

    async def go():
        pages = made(fake)
        for key in ("k", "other", "k"):
            await pages.show(key, "a", "whole")
            await settled(pages)

    asyncio.run(go())
    assert [asked for asked in fake.asked if asked != "rest"] == ["whole a"] * 3


def test_what_became_old_while_it_was_made_is_not_shown(fake):
    async def go():
        pages = made(fake)
        fake.held = asyncio.Event()
        await pages.show("k", "old", "whole")
        await fake.begun.wait()
        await pages.show("k", "new", "whole")
        fake.held.set()
        found = await shown(pages, 1)
        await settled(pages)
        return pages, found[0]

    pages, first = asyncio.run(go())
    assert fake.asked == ["whole old", "whole new", "rest"]
    assert pages._last["k"] is first
    assert first.pages[0].id in pages._pictures


def test_document_without_that_part_is_shown_whole(fake):
    async def go():
        pages = made(fake)
        fake.answers = [None]
        await pages.show("k", "a", "plan:1")
        (first,) = await shown(pages, 1)
        await settled(pages)
        return first

    assert asyncio.run(go()).lane == "whole"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (worker.PagesMade(problems=(problem("P503", seconds="15"),)), "P503"),
        (BrokenProcessPool(), "P504"),
    ],
)
def test_fault_is_told_and_the_next_pages_come(fake, answer, code):
    async def go():
        pages = made(fake)
        fake.answers = [answer]
        await pages.show("k", "a", "whole")
        await settled(pages)
        told = pages._last["k"]
        await pages.show("k", "b", "whole")
        await settled(pages)
        return told, pages._last["k"]

    told, after = asyncio.run(go())
    assert [found.code for found in told.problems] == [code]
    assert not told.pages
    assert after.pages
    assert not after.problems


def test_pages_of_a_report_that_can_no_longer_be_made_are_called_old(fake):
    async def go():
        pages = made(fake)
        await pages.show("k", "a", "whole")
        await settled(pages)
        await pages.show("k", "b", "whole")
        await pages.outdate("k")
        await settled(pages)
        return pages._last["k"]

    last = asyncio.run(go())
    assert last.is_old
    assert last.pages
    assert fake.asked == ["whole a", "rest"]


def test_picture_is_a_jpeg_and_on_zoom_a_png_that_is_made_once(fake):
    async def go():
        pages = made(fake)
        await pages.show("k", "a", "whole")
        await settled(pages)
        name = pages._last["k"].pages[0].id
        zooms = ("", "x", "nan", "1", "2", "2", "99")
        return [await pages.picture(name, zoom) for zoom in zooms]

    *plain, sharp, again, large = asyncio.run(go())
    assert {kind for _, kind in plain} == {"image/jpeg"}
    assert sharp == again == large == (b"png", "image/png")
    assert [one for one in fake.asked if one.startswith("png")] == ["png 0 2.0", "png 0 4.0"]


def test_a_report_is_known_by_its_second_page_while_that_is_kept(fake):
    async def run() -> None:
        pages = made(fake)
        assert pages.face("k") == ""
        two = worker.PagesMade(b"pdf", (Picture(b"1", 1, 1), Picture(b"2", 1, 1)))
        fake.answers = [two]
        await pages.show("k", "r1", "whole")
        (made_,) = await shown(pages, 1)
        assert pages.face("k") == made_.pages[1].id
        pages._pictures.clear()
        assert pages.face("k") == ""

    asyncio.run(run())


def test_number_of_kept_pictures_is_bounded(fake, monkeypatch):
    monkeypatch.setattr(preview, "_MOST_PICTURES", 2)

    async def go():
        pages = made(fake)
        names = []
        for version in "abc":
            await pages.show("k", version, "whole")
            await settled(pages)
            names.append(pages._last["k"].pages[0].id)
        with pytest.raises(KeyError):
            await pages.picture(names[0], "")
        assert [(await pages.picture(name, ""))[1] for name in names[1:]] == ["image/jpeg"] * 2

    asyncio.run(go())


def test_number_of_kept_sharp_pictures_is_bounded(fake, monkeypatch):
    monkeypatch.setattr(preview, "_MOST_SHARP", 2)

    async def go():
        pages = made(fake)
        await pages.show("k", "a", "whole")
        await settled(pages)
        name = pages._last["k"].pages[0].id
        for zoom in ("1.5", "2", "2.5", "2"):
            await pages.picture(name, zoom)
        assert [zoom for _, zoom in pages._sharp] == [2.0, 2.5]

    asyncio.run(go())


def test_end_ends_the_process_and_what_waits(fake, monkeypatch):
    monkeypatch.setattr(preview, "_PAUSE", 600.0)

    async def go():
        pages = made(fake)
        await pages.show("k", "a", "whole")
        await asyncio.to_thread(pages.end)
        await asyncio.gather(*pages._tasks, return_exceptions=True)

    asyncio.run(go())
    assert fake.is_ended
    assert fake.asked == []


@pytest.mark.parametrize("error", [ProcessLookupError(3, "gone"), OSError(22, "no such number")])
def test_a_process_that_has_gone_by_itself_does_not_stop_the_end(monkeypatch, error):
    """Windows calls the number of a process that is gone a wrong parameter."""

    class Pool:
        def submit(self, _work):
            done: Future[None] = Future()
            done.set_exception(BrokenProcessPool())
            return done

        def shutdown(self, *, cancel_futures):
            ended.append(cancel_futures)

    def kill(*number_and_signal):
        ended.append(number_and_signal[0])
        raise error

    ended: list[object] = []
    monkeypatch.setattr("os.kill", kill)
    process = WorkerProcess()
    process._pool, process._number = Pool(), 4712  # type: ignore[assignment]
    process.end()
    assert ended == [4712, True]


def test_a_worker_that_is_told_to_end_does_so_at_once(monkeypatch):
    """An exception in the middle of an answer would leave its reader waiting for the rest."""
    set_: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", set_.__setitem__)
    worker.begin()
    assert set_[signal.SIGTERM] is signal.SIG_DFL


def test_whoever_sets_the_time_for_libreoffice_sets_it_for_the_preview():
    assert os.environ["ITAREPORT_PDF_SECONDS"] == "600"
    assert (worker._SECTION_SECONDS, worker._WHOLE_SECONDS) == (600, 600)


ROOM = 1_000_000_000


def test_work_that_takes_too_much_memory_ends_its_process(monkeypatch):
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)

    def work() -> None:
        raise MemoryError

    worker.within(PATIENCE, ROOM, work)
    assert ended == [1]


def test_work_that_takes_too_long_ends_its_process(monkeypatch):
    ended = threading.Event()
    monkeypatch.setattr(os, "_exit", lambda _status: ended.set())
    assert worker.within(0.0, ROOM, lambda: ended.wait(PATIENCE))


def test_work_that_is_done_in_time_ends_nothing(monkeypatch):
    timers: list[object] = []

    class Timer(threading.Timer):
        def cancel(self):
            timers.append(self.function)
            super().cancel()

    monkeypatch.setattr(threading, "Timer", Timer)
    assert worker.within(PATIENCE, ROOM, lambda: 5) == 5
    assert timers == [os._exit]


def test_a_file_from_outside_is_given_a_time(fake):
    async def run() -> None:
        fake.answers = ["done"]
        assert await made(fake).apart(str, 5) == "done"
        assert fake.asked == [f"within {preview._LONGEST}"]

    asyncio.run(run())
