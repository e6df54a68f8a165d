"""What is downloaded of one report."""

from __future__ import annotations

import asyncio
import mimetypes
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itareport.pdf import ways
from itareport.web import downloads

_building = asyncio.Semaphore(1)
"""One document is made at a time: typing in another window is not to wait for many."""


async def send(request: Request) -> Response:
    """Send a file made of the report as it is saved."""
    kind = request.path_params["kind"]
    if kind not in downloads.KINDS:
        raise HTTPException(404)
    state = request.app.state
    desk = await run_in_threadpool(state.folder.open, request.path_params["key"])
    to_pdf = ways.to_pdf if ways.found() is not None else None
    async with _building:
        made = await run_in_threadpool(
            downloads.made, kind, state.site.path / desk.file, state.site.options, to_pdf
        )
    return _file(made)


async def send_to_unit(request: Request) -> Response:
    """Send the workbook in which one unit fills its rows of the plan."""
    state = request.app.state
    desk = await run_in_threadpool(state.folder.open, request.path_params["key"])
    unit = request.query_params.get("unit", "")
    made = await run_in_threadpool(downloads.unit_workbook, desk, unit, state.site.options)
    return _file(made)


def _file(made: downloads.Download) -> Response:
    media = mimetypes.guess_type(made.name)[0] or "application/octet-stream"
    return Response(made.data, media_type=media, headers=attachment(made.name))


def attachment(name: str) -> dict[str, str]:
    """Return the header by which a browser saves a file under its Thai name."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


ROUTES = (
    Route("/r/{key}/download/{kind}", send, methods=["GET"]),
    Route("/r/{key}/unit", send_to_unit, methods=["GET"]),
)
