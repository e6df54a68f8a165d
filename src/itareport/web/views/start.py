"""The start: the reports of the folder, and the ways to begin another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itareport.ita import areas, catalogue
from itareport.reading import workbook
from itareport.web import forms, rendering
from itareport.web.store import Folder, Listed, NotFound, Taken
from itareport.web.store.folder import SAMPLE
from itareport.web.views import editor

_FIRST_STEP = "result"
"""Where a new report begins: the first paper on the clerk's table."""
_COLUMNS = {
    "agency": "หน่วยงาน",
    "fiscal_year": "ปี",
    "total": "คะแนน",
    "level": "ระดับ",
    "state": "สถานะ",
    "wrong": "ต้องแก้",
    "missing": "ยังไม่กรอก",
    "warnings": "เตือน",
    "drafts": "ร่าง",
    "built": "จัดทำล่าสุด",
}
_COUNTS = {"wrong": "bad", "missing": "now", "warnings": "warn", "drafts": "draft"}
"""The columns that count what is to be done, as the style sheet calls them."""
_FIGURES = frozenset({"fiscal_year", "total", *_COUNTS})
_taking = asyncio.Semaphore(2)
"""Uploads that are read at a time: each may be as large as one may be."""


async def show(request: Request) -> Response:
    """Show the reports of the folder, or the ways to begin where there is none."""
    words = await _list(request)
    return rendering.page(request, "start.html" if words["rows"] else "first.html", **words)


async def _list(request: Request) -> dict[str, Any]:
    """Return what the list of reports shows."""
    rows = await run_in_threadpool(request.app.state.folder.listed)
    known = await run_in_threadpool(_years, request)
    last = max((row for row in rows if row.is_working), key=_changed, default=None)
    by, down = request.query_params.get("by", "built"), "up" not in request.query_params
    return {
        "sample": SAMPLE,
        "rows": sorted(rows, key=_order(by), reverse=down),
        "years": known,
        "columns": _COLUMNS,
        "figures": _FIGURES,
        "counts": _COUNTS,
        "by": by,
        "down": down,
        "last": last,
        "face": request.app.state.preview.face(last.key) if last else "",
        "before": [
            row
            for row in rows
            if row.agency and row.fiscal_year and row.fiscal_year + 1 in known and not row.note
        ],
        "working": sum(row.is_working for row in rows),
    }


def _changed(row: Listed) -> float:
    return row.changed


def _order(by: str) -> Callable[[Any], tuple[bool, Any]]:
    """Return how rows are sorted by a column; those without a value are the lowest."""
    name = by if by in _COLUMNS else "built"

    def key(row: Any) -> tuple[bool, Any]:
        of = row.to_do if name in _COUNTS else row
        value = (row.built, row.changed) if name == "built" else getattr(of, name, None)
        if isinstance(value, str):
            value = areas.sort_key(value)
        return value is not None, value if value is not None else 0

    return key


async def new(request: Request) -> Response:
    """Ask for what a new report begins with."""
    own = await run_in_threadpool(catalogue.own, request.app.state.site.options.catalogues)
    years = await run_in_threadpool(_years, request)
    return rendering.page(
        request, "new.html", years=years, kinds=own.kinds.offered, provinces=areas.provinces()
    )


def _years(request: Request) -> list[int]:
    """Return the years of which reports can be made, the newest first."""
    own = catalogue.own(request.app.state.site.options.catalogues)
    return sorted({*catalogue.known_years(), *own.years}, reverse=True)


async def places(request: Request) -> Response:
    """Complete district and province while the name or the province is typed."""
    asked = request.query_params
    typed, province = asked.get("name", "").strip(), asked.get("province", "").strip()
    own = await run_in_threadpool(catalogue.own, request.app.state.site.options.catalogues)
    _kind, name = workbook.parted(typed, own.kinds)
    district = asked.get("district", "").strip()
    found = areas.of_subdistrict(name, province) if not district else None
    if found:
        district, province = found
    return rendering.page(
        request,
        "parts/places.html",
        district=district,
        province=province,
        districts=areas.districts(province) or (),
        provinces=areas.provinces(),
    )


async def create(request: Request) -> Response:
    """Begin a report, and lead to its first step."""
    fields = {name: str(value) for name, value in (await request.form()).items()}
    desk = await run_in_threadpool(request.app.state.folder.create, fields)
    return rendering.led_to(request, f"/r/{desk.key}/{_FIRST_STEP}")


async def take_in(request: Request) -> Response:
    """Take in the files that were dropped or chosen, and tell of each what became of it."""
    async with _taking, request.form(max_files=50) as sent:
        files = [one for one in sent.getlist("file") if isinstance(one, UploadFile)]
        taken = [
            await run_in_threadpool(
                request.app.state.intake.take_in, one.filename or "", await one.read()
            )
            for one in files
        ]
    return rendering.page(request, "parts/taken.html", taken=taken, **await _list(request))


async def decide(request: Request) -> Response:
    """Take what was chosen of a file that was dropped, put it apart, or leave it."""
    sent, intake = await request.form(), request.app.state.intake
    waiting, chosen = request.path_params["waiting"], {str(key) for key in sent.getlist("side")}
    does = {
        "choose": partial(
            intake.choose,
            chosen=chosen,
            more=lambda desk, edits: forms.with_edits(editor.form_of(request, desk), edits),
            agreed=bool(sent.get("agreed")),
        ),
        "apart": intake.put_apart,
        "leave": intake.leave,
    }.get(request.path_params["verb"])
    if does is None:
        raise HTTPException(404)
    try:
        done = await run_in_threadpool(does, waiting)
    except NotFound:
        done = Taken("ไฟล์ที่วาง", "ไม่ได้รอให้เลือกแล้ว โปรดวางไฟล์ใหม่")
    return rendering.page(request, "parts/taken.html", taken=[done], **await _list(request))


async def sample(request: Request) -> Response:
    """Put the sample report into the folder, and lead to it."""
    desk = await run_in_threadpool(request.app.state.folder.sample)
    return rendering.led_to(request, f"/r/{desk.key}/{_FIRST_STEP}")


async def go_on(request: Request) -> Response:
    """Begin a report from last year's, a file or one of the list, and lead to its first step."""
    async with _taking, request.form(max_files=1) as sent:
        file, key = sent.get("file"), str(sent.get("key") or "")
        data = await file.read() if isinstance(file, UploadFile) else b""
        name = file.filename or "" if isinstance(file, UploadFile) else ""
    folder: Folder = request.app.state.folder
    if key:
        desk = await run_in_threadpool(folder.go_on_from, key)
    else:
        desk = await run_in_threadpool(folder.go_on, name, data)
    return rendering.led_to(request, f"/r/{desk.key}/{_FIRST_STEP}")


ROUTES = (
    Route("/", show, methods=["GET"]),
    Route("/new", new, methods=["GET"]),
    Route("/places", places, methods=["GET"]),
    Route("/reports", create, methods=["POST"]),
    Route("/last-year", go_on, methods=["POST"]),
    Route("/files", take_in, methods=["POST"]),
    Route("/taken/{waiting}/{verb}", decide, methods=["POST"]),
    Route("/sample", sample, methods=["POST"]),
)
