"""What stands before every page: who may ask, what may be sent, what a browser may do with it."""

from __future__ import annotations

import asyncio
import hmac
import time
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from itareport.web import rendering
from itareport.web.site import Bounds, Site

TOKEN = "X-Token"  # noqa: S105 - the name of the header
_SAFE = frozenset({"GET", "HEAD"})
_OPEN = ("/static/", "/favicon.ico", "/o/", "/login")
"""What is answered without the cookie: it holds nothing of the reports."""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OLD_ADDRESS = "ลิงก์นี้ใช้ได้เฉพาะครั้งที่เปิดโปรแกรม โปรดเปิดโปรแกรมอีกครั้ง สิ่งที่กรอกไว้ยังอยู่ครบ"


class Safety:
    """Lets only requests of this program's own pages through, and sends its headers with all."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Stand before `app`."""
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        sending = _Sending(send)
        refused = self._refusal(scope, headers)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        counted = _Counted(receive, _most(headers, self._site.bounds), self._site.bounds)
        await self._app(scope, counted, sending)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that is not let through."""
        site, path = self._site, str(scope["path"])
        if headers.get("host", "") not in site.hosts:
            return rendering.refusal(421, "ที่อยู่ไม่ถูกต้อง", OLD_ADDRESS)
        if _is_trick(path):
            return rendering.refusal(404, "ไม่พบหน้านี้", "ไม่มีหน้านี้ในโปรแกรม")
        is_known = path.startswith(_OPEN) or self._is_known(headers)
        if not is_known and site.keys.password:
            return RedirectResponse("/login", 303)
        if not is_known or not (scope["method"] in _SAFE or self._is_ours(path, headers)):
            return _reloading(rendering.refusal(403, "ลิงก์นี้ใช้ไม่ได้แล้ว", OLD_ADDRESS))
        if _length(headers) > _most(headers, site.bounds):
            return too_large(site.bounds)
        return None

    def _is_known(self, headers: Headers) -> bool:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._site.cookie)
        except CookieError:
            return False
        return found is not None and _same(found.value, self._site.keys.cookie)

    def _is_ours(self, path: str, headers: Headers) -> bool:
        """Return whether a change comes from a page of this run."""
        origin = headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self._site.hosts:
            return False
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        return path == "/login" or _same(headers.get(TOKEN, ""), self._site.keys.token)


def too_large(bounds: Bounds) -> Response:
    """Return the answer to more than is taken in."""
    most = bounds.upload // 1_000_000
    return rendering.refusal(
        413, "ไฟล์ใหญ่เกินไป", f"รับไฟล์ได้ไม่เกิน {most} MB ต่อครั้ง โปรดเลือกไฟล์ที่เล็กกว่านี้"
    )


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _is_trick(path: str) -> bool:
    """Return whether a decoded path holds what no address of ours does."""
    if any(mark in path for mark in ("\\", "//", "%", ":")) or not path.isprintable():
        return True
    return any(part in (".", "..") for part in path.split("/"))


def _reloading(response: Response) -> Response:
    """Have a window that is still open load the whole page, which says the same."""
    response.headers["HX-Refresh"] = "true"
    return response


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "")
    return int(given) if given.isascii() and given.isdecimal() else 0


def _most(headers: Headers, bounds: Bounds) -> int:
    is_upload = headers.get("content-type", "").startswith("multipart/form-data")
    return bounds.upload if is_upload else bounds.form


class _Counted:
    """Hands on the pieces of a request while they are neither too many nor too slow."""

    def __init__(self, receive: Receive, most: int, bounds: Bounds) -> None:
        self._receive = receive
        self._left = most
        self._pause = bounds.pause
        self._until = time.monotonic() + bounds.request
        self._is_whole = False

    async def __call__(self) -> Message:
        """Return the next piece.

        Raises:
            HTTPException: 413 too much came, 408 it came too slowly.
        """
        if self._is_whole:
            return await self._receive()
        patience = min(self._pause, self._until - time.monotonic())
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, patience))
        except TimeoutError:
            raise HTTPException(408) from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        self._is_whole = not message.get("more_body", False)
        return message


class _Sending:
    """Sends an answer with the headers of safety."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        """Send one message of the answer."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)
