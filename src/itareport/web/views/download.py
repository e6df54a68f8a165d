"""What is downloaded of one report."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itareport.pdf import ways
from itareport.problems import ItaReportError, problem
from itareport.web import downloads, forms
from itareport.web.store import Desk
from itareport.web.views import editor

building = asyncio.Semaphore(1)
"""One document is made at a time: typing in another window is not to wait for many."""


async def send(request: Request) -> Response:
    """Send a file made of the report as it is saved, or one that was kept of it."""
    kind = request.path_params["kind"]
    desk = await run_in_threadpool(request.app.state.folder.open, request.path_params["key"])
    if kind in downloads.KINDS:
        found = await made(request, desk, kind)
    elif kind in _OTHERS:
        found = await _OTHERS[kind](request, desk)
    else:
        raise HTTPException(404)
    return _file(found)


async def made(request: Request, desk: Desk, kind: str) -> downloads.Download:
    """Return a file made of the report; its name says so while it is not ready to be signed.

    Raises:
        ItaReportError: It cannot be made.
    """
    state = request.app.state
    to_pdf = ways.to_pdf if ways.found() is not None else None
    check = await run_in_threadpool(_check, request, desk)
    async with building:
        found = await run_in_threadpool(
            downloads.made,
            kind,
            state.site.path / desk.file,
            state.site.options,
            to_pdf,
            is_draft=bool(check.lacks),
        )
    if kind in downloads.OF_DOCUMENTS:
        await run_in_threadpool(desk.note_made)
    return found


async def send_to_unit(request: Request) -> Response:
    """Send the workbook in which one unit fills its rows of the plan."""
    state = request.app.state
    desk = await run_in_threadpool(state.folder.open, request.path_params["key"])
    unit = request.query_params.get("unit", "")
    return _file(await run_in_threadpool(downloads.unit_workbook, desk, unit, state.site.options))


def _file(found: downloads.Download) -> Response:
    media = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    return Response(found.data, media_type=media, headers=attachment(found.name))


def _check(request: Request, desk: Desk) -> forms.Check:
    return forms.check(editor.form_of(request, desk), desk.ticks)


async def _draft(_request: Request, desk: Desk) -> downloads.Download:
    """Return the draft that was printed last."""
    printed, data = desk.papers.printed, await run_in_threadpool(desk.papers.pdf, "draft")
    if printed is None or not data:
        raise HTTPException(404)
    return downloads.Download(printed.name, data)


async def _signed(_request: Request, desk: Desk) -> downloads.Download:
    """Return the PDF with the signed pages, of the report as it is.

    Raises:
        ItaReportError: P547.
    """
    signed, data = desk.signed, await run_in_threadpool(desk.papers.pdf, "signed")
    if signed is None or not data:
        raise ItaReportError(problem("P547"))
    return downloads.Download(signed.name, data)


async def _for_web(request: Request, desk: Desk) -> downloads.Download:
    """Return the PDF, the signed one where there is one, under a name for the web site."""
    find = _signed if desk.signed else _printed
    found = await find(request, desk)
    check = await run_in_threadpool(_check, request, desk)
    return downloads.Download(f"{'draft-' if check.lacks else ''}{check.web_name}", found.data)


async def _printed(request: Request, desk: Desk) -> downloads.Download:
    return await made(request, desk, "pdf")


_OTHERS: Mapping[str, Callable[[Request, Desk], Awaitable[downloads.Download]]] = {
    "draft": _draft,
    "signed": _signed,
    "web": _for_web,
}
"""What is not in the list of downloads: the page offers it where it is of use."""


def attachment(name: str) -> dict[str, str]:
    """Return the header by which a browser saves a file under its Thai name."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


ROUTES = (
    Route("/r/{key}/download/{kind}", send, methods=["GET"]),
    Route("/r/{key}/unit", send_to_unit, methods=["GET"]),
)
