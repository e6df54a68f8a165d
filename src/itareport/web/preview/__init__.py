"""The real pages beside the form: the part in hand at once, all of them after a rest."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from typing import ParamSpec, TypeVar

from itareport.actions import prepare
from itareport.pdf import office
from itareport.pdf.pdf_sections import PrintedRow
from itareport.problems import Problem, problem
from itareport.web.preview import worker
from itareport.web.preview.worker_process import WorkerProcess

_P = ParamSpec("_P")
_T = TypeVar("_T")
_PAUSE = 0.15  # seconds without a change before the part in hand is made
_REST = 0.8  # seconds without a change before all pages are made
_MOST_PICTURES = 200
_MOST_SHARP = 20
_MOST_ZOOM = 4.0
_FACE = 1  # the page with the chart, counted from 0
_LONGEST = 20.0  # seconds that a file from outside may take
_ROOM = 700_000_000  # bytes of memory that it may take


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the name of its picture, and its size."""

    id: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages of a report as they were made last."""

    lane: str
    version: str
    pages: list[Page]
    sections: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    section: str = ""
    at: str = ""
    digests: tuple[str, ...] = ()
    """What each page of the whole says."""
    marks: tuple[tuple[PrintedRow, ...], ...] = ()
    """Where each page of the whole has its rows."""
    is_old: bool = False
    """Whether the report has changed since, and cannot be made as it is now."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A picture, and where a sharper one is made from."""

    jpeg: bytes
    pdf: bytes
    number: int
    is_strip: bool


class Preview:
    """Makes the pages of one report at a time, and keeps their pictures."""

    def __init__(self, options: prepare.Options, process: WorkerProcess | None = None) -> None:
        """Make pages as those options have them."""
        self._options = options
        self._process = process or WorkerProcess()
        self._pictures: OrderedDict[str, _Kept] = OrderedDict()
        self._sharp: OrderedDict[tuple[str, float], bytes] = OrderedDict()
        self._last: dict[str, Shown] = {}
        self._whole: dict[str, tuple[prepare.Ready, Shown]] = {}
        self._news = asyncio.Condition()
        self._newest: dict[str, int] = {}
        self._making = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self.look()

    def look(self) -> None:
        """Look again for an office."""
        self.available = office.find() is not None

    async def show(self, key: str, ready: prepare.Ready, section: str) -> None:
        """Make the pages of a report that are not made yet, unless a newer one is asked for."""
        number = self._newest[key] = self._newest.get(key, 0) + 1
        if (whole := self._made_of(key, ready)) is not None:
            await self._tell(key, replace(whole))
            return
        if key in self._last and self._last[key].is_old:
            await self._tell(key, replace(self._last[key], is_old=False))
        task = asyncio.create_task(self._make(key, ready, section, number))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _made_of(self, key: str, ready: prepare.Ready) -> Shown | None:
        """Return all pages of a report as it is, where they are made and their pictures kept."""
        of, whole = self._whole.get(key, (None, None))
        if of is not ready or whole is None:
            return None
        return whole if all(page.id in self._pictures for page in whole.pages) else None

    async def outdate(self, key: str) -> None:
        """Say of the pages that are shown that the report is another by now; make no others."""
        self._newest[key] = self._newest.get(key, 0) + 1
        if key in self._last and not self._last[key].is_old:
            await self._tell(key, replace(self._last[key], is_old=True))

    async def _make(self, key: str, ready: prepare.Ready, section: str, number: int) -> None:
        """Make the part in hand, then all pages, as long as nothing newer is asked for."""
        resting = asyncio.create_task(asyncio.sleep(_REST))
        await asyncio.sleep(_PAUSE)
        for lane in ("section", "whole"):
            if lane == "whole":
                await resting
            elif section == "whole":
                continue
            async with self._making:
                if self._newest[key] != number:
                    return
                made = await self._made(lane, ready, section)
                if made is not None and self._newest[key] == number:
                    shown = self._kept(lane, section, made)
                    if lane == "whole" and made.pdf:
                        self._whole[key] = ready, shown
                    await self._tell(key, shown)
                if lane == "whole" and self._newest[key] == number:
                    with contextlib.suppress(BrokenProcessPool):
                        await self._process.do(worker.rest)

    async def _made(self, lane: str, ready: prepare.Ready, section: str) -> worker.PagesMade | None:
        try:
            if lane == "section":
                return await self._process.do(worker.section, ready, self._options, section)
            return await self._process.do(worker.whole, ready, self._options)
        except BrokenProcessPool:
            return worker.PagesMade(problems=(problem("P504", status="–"),))

    def _kept(self, lane: str, section: str, made: worker.PagesMade) -> Shown:
        """Keep the pictures of what was made."""
        pages = []
        for number, one in enumerate(made.pictures):
            name = hashlib.sha256(one.data).hexdigest()[:24]
            self._pictures[name] = _Kept(one.data, made.pdf, number, lane == "section")
            self._pictures.move_to_end(name)
            pages.append(Page(name, one.width, one.height))
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        version = hashlib.sha256(made.pdf).hexdigest()[:16] if made.pdf else ""
        at = time.strftime("%H:%M")
        about = (made.sections, made.problems, section, at, made.digests, made.marks)
        return Shown(lane, version, pages, *about)

    async def _tell(self, key: str, shown: Shown) -> None:
        async with self._news:
            self._last[key] = shown
            self._news.notify_all()

    async def warm(self) -> None:
        """Start the office, so that the first pages do not wait for it."""
        if self.available:
            with contextlib.suppress(BrokenProcessPool):  # the first pages say what is wrong
                await self._process.start()

    def face(self, key: str) -> str:
        """Return the name of the picture by which a report is known; "" while there is none."""
        last = self._last.get(key)
        pages = last.pages[_FACE:] if last and last.lane == "whole" else []
        return pages[0].id if pages and pages[0].id in self._pictures else ""

    async def events(self, key: str) -> AsyncIterator[Shown]:
        """Yield what is shown of a report, and whatever follows."""
        seen: Shown | None = None
        while True:
            async with self._news:
                while self._last.get(key) is seen:
                    await self._news.wait()
                seen = self._last[key]
            yield seen

    async def picture(self, name: str, zoom: str) -> tuple[bytes, str]:
        """Return the picture of a page: a JPEG, or a sharp PNG where a zoom is asked for.

        Raises:
            KeyError: No page has that name, or it was long ago.
        """
        kept = self._pictures[name]
        self._pictures.move_to_end(name)
        try:
            wanted = min(float(zoom), _MOST_ZOOM)
        except ValueError:
            wanted = 0.0
        if not wanted > 1.0:
            return kept.jpeg, "image/jpeg"
        if (name, wanted) not in self._sharp:
            try:
                sharp = await self._process.do(
                    worker.png, kept.pdf, kept.number, wanted, kept.is_strip
                )
            except BrokenProcessPool:
                return kept.jpeg, "image/jpeg"
            self._sharp[name, wanted] = sharp
            while len(self._sharp) > _MOST_SHARP:
                self._sharp.popitem(last=False)
            return sharp, "image/png"
        return self._sharp[name, wanted], "image/png"

    async def apart(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Have something done in the other process, whose end is not the end of the page.

        Raises:
            BrokenProcessPool: It died meanwhile, or took longer or more than anybody's own file.
        """
        own = partial(work, *args, **kwargs)
        return await self._process.do(worker.within, _LONGEST, _ROOM, own)

    def end(self) -> None:
        """Begin nothing more."""
        for task in list(self._tasks):
            task.get_loop().call_soon_threadsafe(task.cancel)
        self._process.end()
