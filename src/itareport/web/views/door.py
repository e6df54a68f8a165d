"""How a browser comes in and goes: the address with its secret, the password, the end."""

from __future__ import annotations

import asyncio
import hmac

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from itareport.web import rendering, safety
from itareport.web.site import Site

_PAUSE = 1.0
"""Seconds after a wrong password, one after another: nobody can try many."""
_trying = asyncio.Lock()


async def enter(request: Request) -> Response:
    """Give the browser its cookie for the secret of the address.

    The page leads on by itself: after a redirect, a browser that comes from another site would
    not show a strict cookie.
    """
    site: Site = request.app.state.site
    if not hmac.compare_digest(request.path_params["secret"].encode(), site.keys.address.encode()):
        return rendering.refusal(403, "ลิงก์นี้ใช้ไม่ได้แล้ว", safety.OLD_ADDRESS)
    return _known(site, rendering.page(request, "enter.html"))


async def login(request: Request) -> Response:
    """Ask for the password, or give the cookie for it."""
    site: Site = request.app.state.site
    if not site.keys.password:
        raise HTTPException(404)
    if request.method == "GET":
        return rendering.page(request, "login.html", wrong=False)
    typed = str((await request.form()).get("password", ""))
    async with _trying:
        if hmac.compare_digest(typed.encode(), site.keys.password.encode()):
            return _known(site, RedirectResponse("/", 303))
        await asyncio.sleep(_PAUSE)
    return rendering.page(request, "login.html", status=403, wrong=True)


def _known(site: Site, response: Response) -> Response:
    response.set_cookie(site.cookie, site.keys.cookie, httponly=True, samesite="strict")
    return response


_ICON = "icon.svg"
"""Is asked for under a name of its own beside a picture or a PDF, which name no icon."""


async def static(request: Request) -> Response:
    """Send one of our own files; a name is looked up in a table, never on the disk."""
    held = rendering.files().get(request.path_params.get("name", _ICON))
    if held is None:
        raise HTTPException(404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(held[0], media_type=held[1], headers=kept)


async def alive(request: Request) -> Response:
    """Note that a window is open, and tell it that the program is there."""
    request.app.state.site.see()
    return Response(status_code=204)


async def close(request: Request) -> Response:
    """Say goodbye, and end the program."""
    said = "สิ่งที่กรอกบันทึกครบแล้ว ปิดหน้าต่างนี้ได้"
    response = rendering.refusal(200, "ปิดโปรแกรมแล้ว", said)
    response.background = BackgroundTask(request.app.state.site.close)
    return response


ROUTES = (
    Route("/o/{secret}", enter, methods=["GET"]),
    Route("/login", login, methods=["GET", "POST"]),
    Route("/static/{name}", static, methods=["GET"]),
    Route("/favicon.ico", static, methods=["GET"]),
    Route("/alive", alive, methods=["GET"]),
    Route("/close", close, methods=["POST"]),
)
