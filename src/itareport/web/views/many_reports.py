"""Many reports in one run: begun, watched, stopped, downloaded."""

from __future__ import annotations

import asyncio
import os
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from itareport.ita import catalogue, names
from itareport.reading import workbook
from itareport.web import rendering
from itareport.web.many import RunInView
from itareport.web.views.download import attachment

_LOOK = 0.2  # seconds between two looks for something new
_BEAT = 15.0  # seconds of nothing new after which the stream shows that it lives
_PIECE = 1 << 16
_TAKEN = (".docx", ".pdf", ".xlsx")


async def start(request: Request) -> Response:
    """Begin a run over the reports that are ticked, or over all that are not out of date."""
    sent = await request.form()
    chosen = {str(key) for key in sent.getlist("key")}
    rows = await run_in_threadpool(request.app.state.folder.listed)
    files = [
        request.app.state.site.path / row.file
        for row in rows
        if (row.key in chosen if chosen else row.is_current)
    ]
    run: RunInView = request.app.state.run
    if files:
        run.start(files, pdf=bool(sent.get("pdf")))
    return rendering.led_to(request, "/many")


async def show(request: Request) -> Response:
    """Show the run that goes on, or how the last one ended."""
    run: RunInView = request.app.state.run
    if not run.seen.total:
        return RedirectResponse("/", 303)
    return rendering.page(request, "many.html", **_words(request))


async def table(request: Request) -> Response:
    """Send an empty table of a year, to be filled with one agency a row."""
    own = await run_in_threadpool(catalogue.own, request.app.state.site.options.catalogues)
    years = {str(year): year for year in (*catalogue.known_years(), *own.years)}
    year = years.get(request.query_params.get("year", ""))
    if year is None:
        raise HTTPException(404)
    made = await run_in_threadpool(workbook.new_wide, own.year(year), own.kinds)
    headers = attachment(f"{names.table_name(year, '')}.xlsx")
    return Response(made, media_type="application/octet-stream", headers=headers)


async def stop(request: Request) -> Response:
    """Have the run end; what is done stays done."""
    request.app.state.run.stop()
    return Response(status_code=204)


async def events(request: Request) -> Response:
    """Send what a window shows of the run, whenever there is something new."""
    return StreamingResponse(_events(request), media_type="text/event-stream")


async def _events(request: Request) -> AsyncIterator[str]:
    run, site = request.app.state.run, request.app.state.site
    sent, quiet = -1, 0.0
    while not site.ending.is_set() and not await request.is_disconnected():
        if sent != run.version:
            sent, quiet = run.version, 0.0
            html = rendering.text(request, "parts/many.html", **_words(request))
            yield "".join(f"data: {line}\n" for line in html.splitlines()) + "\n"
        elif quiet > _BEAT:
            quiet = 0.0
            yield ": \n\n"
        await asyncio.sleep(_LOOK)
        quiet += _LOOK


def _words(request: Request) -> dict[str, Any]:
    run: RunInView = request.app.state.run
    out = str(run.out.resolve()) if run.out.is_dir() else ""
    return {"seen": run.seen, "keys": request.app.state.folder.keys, "out": out}


async def zipped(request: Request) -> Response:
    """Send all documents of the folder of results as one zip."""
    run: RunInView = request.app.state.run
    if run.is_running or not run.out.is_dir():
        raise HTTPException(404)
    file = await run_in_threadpool(_zip, run.out)
    headers = attachment("รายงาน ITA.zip")
    return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers)


def _zip(folder: Path) -> IO[bytes]:
    """Return a file without a name, which is gone with this process, however that ends."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by what sends it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted(folder.rglob("*")):
            if one.suffix in _TAKEN and one.is_file() and not one.is_symlink():
                archive.write(one, one.relative_to(folder).as_posix())
    file.seek(0, os.SEEK_SET)
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


ROUTES = (
    Route("/many", show, methods=["GET"]),
    Route("/many", start, methods=["POST"]),
    Route("/many/table", table, methods=["GET"]),
    Route("/many/stop", stop, methods=["POST"]),
    Route("/many/events", events, methods=["GET"]),
    Route("/many/all.zip", zipped, methods=["GET"]),
)
