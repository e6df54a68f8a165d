"""A report on its way out: drafts for others to read, the copy to sign, the signed pages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from itareport.document import context
from itareport.pdf import page_digests, signed_pages, ways
from itareport.problems import ItaReportError, problem
from itareport.web import downloads, rendering
from itareport.web.forms import steps
from itareport.web.store import Printed, Signed
from itareport.web.store.memory import STATES
from itareport.web.views import download, editor

Act = Callable[[Request], Awaitable[Response]]
_WORKING, _PROPOSED, _SIGNED, _ = STATES


def _telling(act: Act) -> Act:
    """Have the problems of an act told above the foot of the form, which stays as it is."""

    async def told(request: Request) -> Response:
        try:
            return await act(request)
        except ItaReportError as error:
            answer = rendering.part(request, "parts/problems.html", problems=error.problems)
            answer.headers.update({"HX-Retarget": "#taken", "HX-Reswap": "innerHTML"})
            return answer

    return told


async def print_draft(request: Request) -> Response:
    """Make a draft for others to read, and tell which pages are others than the last time."""
    window = await _window(request)
    async with download.building:
        told = await run_in_threadpool(_make_draft, window)
    return await editor.answer(replace(window, starts="draft", told=told), _PART)


def _make_draft(window: editor.Window) -> str:
    """Print a draft and note it; return what is said of it.

    Raises:
        ItaReportError: It cannot be made or kept.
    """
    desk, options = window.desk, window.request.app.state.site.options
    made = downloads.draft(desk.checked, options, ways.to_pdf if ways.found() else None)
    pages = page_digests.digests(made.data, context.DRAFT_MARK)
    desk.note_made()
    noted = desk.papers.note_draft(made.data, Printed(time.time(), made.name, pages))
    said = f"แก้{rendering.pages_said(noted.changed)} จากครั้งก่อน" if noted.changed else ""
    return f"พิมพ์ร่างแล้ว {said}"


async def print_to_sign(request: Request) -> Response:
    """Hand the report in to be signed, and have its PDF sent; not while anything is lacking."""
    window = await _window(request)
    if await run_in_threadpool(lambda: window.lacks):
        return await editor.answer(window, _PART)
    if window.desk.state == _WORKING:
        await run_in_threadpool(window.desk.set_state, _PROPOSED, window.name)
    return await editor.answer(replace(window, starts="pdf"), _PART)


async def attach(request: Request) -> Response:
    """Put scanned pages in place of those that were to be signed; the report is signed then."""
    async with _taking, request.form(max_files=1) as sent:
        file = sent.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
        name = file.filename or "" if isinstance(file, UploadFile) else ""
        window = await _window(request)
    content, name = window.desk.content, name.replace("\\", "/").rpartition("/")[2]
    signers = await run_in_threadpool(_refuse_unready, window, content)
    most = _MOST_SIGNED if request.app.state.site.options.template else signers
    try:
        apart = request.app.state.preview.apart
        await apart(signed_pages.refuse_unusable, data, name, signers, most)
        made = await download.made(request, window.desk, "pdf")
        found = await apart(signed_pages.signed, made.data, data, name)
    except BrokenProcessPool as error:
        raise ItaReportError(problem("P540", file=name)) from error
    await run_in_threadpool(_keep, window, content, made.name, found)
    said = f"แนบแล้วแทน{rendering.pages_said(found.pages)} ของ PDF"
    told = " ".join([said, *(note.message for note in found.notes)])
    answer = await editor.answer(replace(window, told=told), _PART)
    answer.headers.update({"HX-Retarget": "#form", "HX-Reswap": "innerMorph"})  # not to #taken
    return answer


def _refuse_unready(window: editor.Window, content: str) -> int:
    """Refuse signed pages of a report that was not handed in as it is; return how many sign it.

    Raises:
        ItaReportError: P546.
    """
    desk = window.desk
    desk.refresh()
    ready = desk.checked.ready
    if ready is None or not desk.is_handed_in or window.lacks or desk.content != content:
        raise ItaReportError(problem("P546", state=desk.state))
    return len(ready.report.signatures)


def _keep(window: editor.Window, content: str, name: str, found: signed_pages.SignedPdf) -> None:
    """Keep the PDF with the signed pages, where the report is still the one that was signed.

    Raises:
        ItaReportError: P546, O6xx.
    """
    _refuse_unready(window, content)
    signed = Signed(time.time(), content, f"{name.removesuffix('.pdf')}-ลงนาม.pdf", found.pages)
    window.desk.papers.note_signed(found.data, signed)
    if window.desk.state == _PROPOSED:
        window.desk.set_state(_SIGNED, window.name)


async def _window(request: Request) -> editor.Window:
    sent: Any = await request.form()
    fields = {name: text for name, text in sent.items() if isinstance(text, str)}
    return editor.window_of(request, fields, steps.CHECK)


_taking = asyncio.Semaphore(1)
"""Scans that are read at a time."""
_MOST_SIGNED = 20
"""The pages that are signed at most where a template of the agency's own says which."""
_PART = "parts/answer.html"
ROUTES = (
    Route("/r/{key}/check/draft", _telling(print_draft), methods=["POST"]),
    Route("/r/{key}/check/print", _telling(print_to_sign), methods=["POST"]),
    Route("/r/{key}/check/signed", _telling(attach), methods=["POST"]),
)
