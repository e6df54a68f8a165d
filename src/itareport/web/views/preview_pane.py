"""The pages beside the form: asked for after each change, sent as they are made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from itareport.problems import Problem, Severity
from itareport.web import forms, rendering
from itareport.web.preview import Shown
from itareport.web.store import Desk
from itareport.web.store.papers import changed_pages

_NAMES = {
    "agency": "ปก",
    "result": "ผลภาพรวม",
    "issue": "ประเด็นที่",
    "plan": "แผน",
    "signatures": "ลงนาม",
}
"""What the parts of the document are called on the screen, by the word before their number."""
_OF_STEP = {"agency": "agency", "result": "result", "signers": "signatures"}
_BEAT = 15.0
"""Seconds between signs of life, by which the server notices a window that was closed."""


def section_of(form: forms.ReportForm, step: str, name: str) -> str:
    """Return the part of the document that a field fills: `result`, `issue:2`, or `whole`."""
    if step in ("scores", "remarks"):
        _, _, code = name.partition("code=")
        issue = form.issue_of(code.partition(".")[0])
        return f"issue:{issue}" if issue else "whole"
    if step == "plan":
        row = name.split(".")[:2]
        issue_typed = form.text(".".join([*row, "issue"])) if row[:1] == ["plan"] else ""
        return f"plan:{issue_typed}" if issue_typed else "whole"
    return _OF_STEP.get(step, "whole")


def name_of(section: str) -> str:
    """Return what a part of the document is called: `ประเด็นที่ 2`."""
    word, _, number = section.partition(":")
    said = _NAMES.get(word, "")
    return f"{said} {number}" if word == "issue" else said


def words(request: Request, desk: Desk) -> Mapping[str, Any]:
    """Return what the pane shows before any page is there."""
    is_ready = desk.checked.ready is not None
    return {"available": request.app.state.preview.available, "ready": is_ready}


async def refresh(request: Request, desk: Desk, section: str) -> None:
    """Ask for new pages, where the report can be built."""
    ready, preview = desk.checked.ready, request.app.state.preview
    if ready is None:
        await preview.outdate(desk.key)
    elif preview.available:
        await preview.show(desk.key, ready, section)


async def events(request: Request) -> Response:
    """Send the pages of a report as they are made, and the changes of other windows."""
    desk = request.app.state.folder.open(request.path_params["key"])
    window = request.query_params.get("window", "")
    stream = _stream(request, desk, window)
    return StreamingResponse(
        stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _stream(request: Request, desk: Desk, window: str) -> AsyncIterator[str]:
    yield ": \n\n"
    queue: asyncio.Queue[str] = asyncio.Queue()
    tasks = [
        asyncio.create_task(_pages(request, desk, queue)),
        asyncio.create_task(_changes(request, desk, window, queue)),
        asyncio.create_task(_end(request, queue)),
    ]
    try:
        while not request.app.state.site.ending.is_set():
            try:
                yield await asyncio.wait_for(queue.get(), _BEAT)
            except TimeoutError:
                yield ": \n\n"
    finally:
        for task in tasks:
            task.cancel()


async def _end(request: Request, queue: asyncio.Queue[str]) -> None:
    """Wake the stream up when the program ends."""
    await request.app.state.site.ending.wait()
    await queue.put(": \n\n")


async def _pages(request: Request, desk: Desk, queue: asyncio.Queue[str]) -> None:
    async for shown in request.app.state.preview.events(desk.key):
        html = rendering.text(request, "parts/pages.html", **shown_words(desk, shown))
        await queue.put(_event("pages", html))


async def _changes(request: Request, desk: Desk, window: str, queue: asyncio.Queue[str]) -> None:
    """Tell a window that another one, or another program, has changed the report."""
    async for change in desk.changes(request.query_params.get("version", "")):
        if change.window != window:
            await queue.put(_event("changed", change.version))


def _event(name: str, data: str) -> str:
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


def shown_words(desk: Desk, shown: Shown) -> Mapping[str, Any]:
    """Return what the pane says of the pages that are shown."""
    is_whole = shown.lane == "whole"
    names: dict[int, list[str]] = {}
    printed = desk.papers.printed if is_whole else None
    changed = changed_pages(shown.digests, printed.pages) if printed and shown.digests else ()
    for section, page in shown.sections.items():
        names.setdefault(page, []).append(section)
    firsts = list(_first(names, len(shown.pages)))
    return {
        "key": desk.key,
        "is_whole": is_whole,
        "lane": "ตัวอย่างทั้งเล่ม" if is_whole else "ตัวอย่างเฉพาะส่วนนี้",
        "pages": [
            {
                "id": page.id,
                "width": page.width,
                "height": page.height,
                "sections": " ".join(names.get(index, ())),
                "name": name_of(firsts[index]),
                "changed": index + 1 in changed,
                "marks": shown.marks[index] if shown.marks else (),
            }
            for index, page in enumerate(shown.pages)
        ],
        "about": name_of(shown.section) if not is_whole else "",
        "at": shown.at,
        "said": [_said(found) for found in shown.problems],
        "is_old": shown.is_old,
        "changed": changed,
    }


def _first(sections: Mapping[int, list[str]], pages: int) -> Iterator[str]:
    """Yield for each page the part that it begins with, or that goes on there."""
    last = ""
    for index in range(pages):
        own = sections.get(index, [last])
        yield own[0]
        last = own[-1]


def _said(found: Problem) -> Mapping[str, Any]:
    kind = "bad" if found.severity is Severity.ERROR else "warn"
    message, remedy = found.in_form
    return {"found": found, "kind": kind, "message": message, "remedy": remedy}


async def picture(request: Request) -> Response:
    """Send the picture of a page: its name tells its content, so that it may be kept."""
    preview, zoom = request.app.state.preview, request.query_params.get("zoom", "")
    data, kind = await preview.picture(request.path_params["id"], zoom)
    kept = {"Cache-Control": "private, max-age=3600, immutable"}
    return Response(data, media_type=kind, headers=kept)


async def look_for_office(request: Request) -> Response:
    """Look again for a program that makes PDFs, and have the window shown anew."""
    await run_in_threadpool(request.app.state.preview.look)
    return Response(status_code=204, headers={"HX-Refresh": "true"})


ROUTES = (
    Route("/office/find", look_for_office, methods=["POST"]),
    Route("/r/{key}/events", events, methods=["GET"]),
    Route("/r/{key}/page/{id}", picture, methods=["GET"]),
)
