"""Pages and parts of pages from the templates; all text is escaped."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from itareport import thai
from itareport.files import assets

_HERE = Path(__file__).resolve().parent
_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)
_DAYS = {0: "วันนี้", 1: "เมื่อวาน"}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}


def page(request: Request, template: str, /, status: int = 200, **words: Any) -> HTMLResponse:
    """Return a page, or the part of one, made of a template."""
    return HTMLResponse(text(request, template, **words), status)


part = page


def text(request: Request, template: str, /, **words: Any) -> str:
    """Return what a template makes of these words."""
    site = request.app.state.site
    return _ENVIRONMENT.get_template(template).render(
        words,
        token=site.keys.token,
        folder=str(site.path.resolve()),
        idle=round(site.bounds.idle / 60),
    )


def refusal(status: int, title: str, said: str, *, leads: bool = False) -> HTMLResponse:
    """Return the page that says why nothing else is shown; `leads`: and where to go on."""
    words = {"title": title, "said": said, "token": "", "leads": leads}
    return HTMLResponse(_ENVIRONMENT.get_template("refused.html").render(words), status)


def led_to(request: Request, path: str) -> Response:
    """Lead the window to another page."""
    if request.headers.get("HX-Request"):
        return Response(headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def when(moment: float) -> str:
    """Return a moment as the list shows it: `วันนี้ 14:32`, `24 พ.ย. 2569`."""
    then, today = dt.datetime.fromtimestamp(moment).astimezone(), dt.datetime.now().astimezone()
    days = (today.date() - then.date()).days
    if days in _DAYS:
        return f"{_DAYS[days]} {then:%H:%M}"
    return f"{then.day} {thai.SHORT_MONTHS[then.month - 1]} {then.year + thai.BUDDHIST}"


def pages_said(pages: Sequence[int]) -> str:
    """Return pages as a person says them: `หน้า 2, 4 ถึง 6 และ 10`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = [
        text
        for run in runs
        for text in ([f"{run[0]} ถึง {run[-1]}"] if len(run) > 2 else map(str, run))
    ]
    return f"หน้า {' และ '.join(filter(None, [', '.join(said[:-1]), said[-1]]))}" if said else ""


def fresh_name() -> str:
    """Return a name that no other window has."""
    return secrets.token_hex(8)


@lru_cache(maxsize=1)
def files() -> dict[str, tuple[bytes, str]]:
    """Return what /static/ offers, by name: its content and its kind; nothing else is read."""
    found = [*(_HERE / "static").iterdir(), *assets.page_scripts().values()]
    return {
        file.name: (file.read_bytes(), TYPES[file.suffix]) for file in found if file.suffix in TYPES
    }


def _static(name: str) -> str:
    """Return the address of a file, another one whenever its content is another."""
    held = files().get(name)
    return f"/static/{name}?v={hashlib.sha256(held[0]).hexdigest()[:12] if held else ''}"


_ENVIRONMENT.globals["static"] = _static
_ENVIRONMENT.filters["when"] = when
_ENVIRONMENT.filters["pages_said"] = pages_said
