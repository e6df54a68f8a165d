"""The routes of the page, and what is answered where something goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from itareport.problems import ItaReportError
from itareport.web import rendering, safety
from itareport.web.many import RunInView
from itareport.web.preview import Preview
from itareport.web.site import Site
from itareport.web.store import Folder, Intake, NotFound
from itareport.web.views import (
    door,
    download,
    editor,
    emblem,
    handing_in,
    many_reports,
    preview_pane,
    start,
)

ROUTES: tuple[BaseRoute, ...] = (
    *door.ROUTES, *start.ROUTES, *many_reports.ROUTES, *download.ROUTES, *preview_pane.ROUTES,
    *handing_in.ROUTES, *emblem.ROUTES, *editor.ROUTES,
)  # fmt: skip
"""All addresses of the page."""

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]
_SAID = {
    404: ("ไม่พบหน้านี้", "ไม่มีหน้านี้ในโปรแกรม หรือไฟล์ของรายงานถูกย้ายหรือลบไปแล้ว"),
    408: ("ได้รับไม่ครบ", "ข้อมูลมาถึงไม่ครบในเวลาที่รอ โปรดส่งใหม่อีกครั้ง"),
}


def application(site: Site, lifespan: Lifespan | None = None) -> ASGIApp:
    """Return the whole page of one run, behind its safety."""
    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        exception_handlers={
            HTTPException: _refused,
            NotFound: _gone,
            ItaReportError: _impossible,
            Exception: _our_fault,
        },
    )
    app.router.redirect_slashes = False
    app.state.site = site
    app.state.folder = Folder(site.path, site.options)
    app.state.intake = Intake(app.state.folder)
    site.options = app.state.folder.options  # nothing outside the folder is read from here on
    app.state.preview = Preview(site.options)
    app.state.run = RunInView(site.path, site.options)
    site.busy = lambda: app.state.run.is_running
    return safety.Safety(app, site)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return safety.too_large(request.app.state.site.bounds)
    said = _SAID.get(error.status_code, ("ทำตามที่ขอไม่ได้", "โปรดกลับไปที่หน้ารายงานทั้งหมด"))
    return _told(request, error.status_code, *said)


async def _gone(request: Request, _error: Exception) -> Response:
    return _told(request, 404, *_SAID[404])


def _told(request: Request, status: int, title: str, said: str) -> Response:
    """Return a refusal: a page, or where a form is open beside it, with all that is typed."""
    if not _is_of_form(request):
        return rendering.refusal(status, title, said, leads=True)
    return _beside(
        rendering.page(request, "parts/refused.html", status=status, title=title, said=said)
    )


def _is_of_form(request: Request) -> bool:
    return "HX-Request" in request.headers and request.url.path.startswith("/r/")


def _beside(answer: Response) -> Response:
    answer.headers.update({"HX-Retarget": "#taken", "HX-Reswap": "innerHTML"})
    return answer


async def _impossible(request: Request, error: Exception) -> Response:
    """Show the problems that stopped a step."""
    found: Any = getattr(error, "problems", ())
    name = "parts/problems.html" if request.headers.get("HX-Request") else "problems.html"
    answer = rendering.page(request, name, status=422, problems=found)
    return _beside(answer) if _is_of_form(request) else answer


async def _our_fault(request: Request, _error: Exception) -> Response:
    return _told(
        request,
        500,
        "โปรแกรมผิดพลาดเอง",
        "ไม่ใช่ความผิดของข้อมูล สิ่งที่บันทึกแล้วไม่หาย โปรดโหลดหน้านี้ใหม่ หากยังไม่ได้ "
        "โปรดปิดแล้วเปิดโปรแกรมใหม่ และแจ้งผู้ดูแลโปรแกรมว่าทำสิ่งใดอยู่",
    )
