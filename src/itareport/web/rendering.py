"""Pages and parts of pages from the templates; all text is escaped."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

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
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def page(request: Request, template: str, /, status: int = 200, **words: Any) -> HTMLResponse:
    """Return a page, or the part of one, made of a template."""
    return HTMLResponse(text(request, template, **words), status)


part = page


def text(request: Request, template: str, /, **words: Any) -> str:
    """Return what a template makes of these words."""
    site = request.app.state.site
    return _ENVIRONMENT.get_template(template).render(
        words, token=site.keys.token, folder=str(site.path), idle=round(site.bounds.idle / 60)
    )


def refusal(status: int, title: str, said: str) -> HTMLResponse:
    """Return the page that says why nothing else is shown, to anybody who asks."""
    made = _ENVIRONMENT.get_template("refused.html").render(title=title, said=said, token="")
    return HTMLResponse(made, status)


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
