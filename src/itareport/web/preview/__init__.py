"""The real pages beside the form: made of the report as it is, the newest wins."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from itareport.actions import build, prepare
from itareport.pdf import office, pdf_sections, pictures, verify
from itareport.pdf.office.warm import WarmOffice
from itareport.problems import ItaReportError, Problem

_REST = 0.8  # seconds without a change before all pages are made
_MOST_PICTURES = 200


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


class Preview:
    """Makes the pages of one report at a time, and keeps their pictures."""

    def __init__(self, options: prepare.Options) -> None:
        """Make pages as those options have them."""
        self._options = options
        self._office = WarmOffice()
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._last: dict[str, Shown] = {}
        self._news = asyncio.Condition()
        self._newest: dict[str, int] = {}
        self._making = asyncio.Semaphore(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self.look()

    def look(self) -> None:
        """Look again for an office."""
        self.available = office.find() is not None

    async def show(self, key: str, ready: prepare.Ready, section: str) -> None:
        """Make the pages of a report, unless a newer one is asked for meanwhile."""
        number = self._newest[key] = self._newest.get(key, 0) + 1
        task = asyncio.create_task(self._make(key, ready, section, number))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _make(self, key: str, ready: prepare.Ready, section: str, number: int) -> None:
        await asyncio.sleep(_REST)
        async with self._making:
            if self._newest[key] != number:
                return
            shown = await asyncio.to_thread(self._made, ready, section)
            if self._newest[key] == number:
                await asyncio.to_thread(self._rest)
        async with self._news:
            self._last[key] = shown
            self._news.notify_all()

    def _made(self, ready: prepare.Ready, section: str) -> Shown:
        at = time.strftime("%H:%M")
        try:
            docx, _ = build.docx(ready, self._options)
            pdf = self._office.to_pdf(docx)
            name = build.printed_name(ready, self._options)
            found = verify.pdf(pdf, build.expected(name, docx)).problems
        except ItaReportError as error:
            return Shown("whole", "", [], problems=error.problems, section=section, at=at)
        pages = []
        for one in pictures.of_pages(pdf):
            name = hashlib.sha256(one.data).hexdigest()[:24]
            self._pictures[name] = one.data
            pages.append(Page(name, one.width, one.height))
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        version = hashlib.sha256(pdf).hexdigest()[:16]
        return Shown("whole", version, pages, pdf_sections.pages_of(pdf), found, section, at)

    def _rest(self) -> None:
        """Replace an office that has become large, while nobody waits for pages."""
        with contextlib.suppress(ItaReportError):  # the next pages say what is wrong
            self._office.rest()

    async def warm(self) -> None:
        """Start the office, so that the first pages do not wait for it."""
        if self.available:
            with contextlib.suppress(ItaReportError):  # the first pages say what is wrong
                await asyncio.to_thread(self._office.start)

    async def events(self, key: str) -> AsyncIterator[Shown]:
        """Yield what is shown of a report, and whatever follows."""
        seen: Shown | None = None
        while True:
            async with self._news:
                while self._last.get(key) is seen:
                    await self._news.wait()
                seen = self._last[key]
            yield seen

    async def picture(self, name: str, _zoom: str) -> tuple[bytes, str]:
        """Return the picture of a page.

        Raises:
            KeyError: No page has that name, or it was long ago.
        """
        return self._pictures[name], "image/jpeg"

    def end(self) -> None:
        """Begin nothing more."""
        for task in self._tasks:
            task.cancel()
        self._office.close()
