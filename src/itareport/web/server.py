"""Serve the page on one port of this machine, until a person or the quiet ends it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from itareport.actions import prepare
from itareport.files import assets
from itareport.problems import ItaReportError, problem
from itareport.web.app import application
from itareport.web.site import Keys, Limits, Site

_LOCAL = "127.0.0.1"
_PORT = 8568
"""The same on every day, so that an address kept from another day is answered."""
_LOOK = 1.0  # seconds between two looks whether a window is open
_LEAST = 12  # letters of a password
_MOST_CONNECTIONS = 1000


@dataclass(frozen=True, slots=True)
class Setting:
    """How the page is served."""

    folder: Path
    options: prepare.Options = field(default_factory=prepare.Options)
    port: int | None = None
    """The port; None for the usual one, or any other where that is taken."""
    host: str = ""
    """The address of this machine that others use, besides its own."""
    password: str = ""
    """What others must know."""
    opens: bool = False
    """Whether the browser is opened."""
    limits: Limits = field(default_factory=Limits)


def serve(setting: Setting, tell: Callable[[str, float], None]) -> None:
    """Serve the page until it is closed.

    `tell` is given its address, and the seconds without a window after which it ends by itself.

    Raises:
        ItaReportError: O640 parts of the page are missing, O641 the folder is not there, O642 the
            port or the address cannot be used, O643 others need a password, O644 the address is
            that of every network.
    """
    _require(setting)
    with _listening(setting) as listening:
        port = listening.getsockname()[1]
        keys = Keys(password=setting.password)
        site = Site(setting.folder, setting.options, _hosts(setting, port), keys, setting.limits)
        address = f"http://{setting.host or _LOCAL}:{port}/o/{keys.address}"
        server = uvicorn.Server(_config(site))
        site.on_close = lambda: setattr(server, "should_exit", True)
        tell(address, setting.limits.idle)
        if setting.opens:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how a person closes it
            server.run(sockets=[listening])


def _require(setting: Setting) -> None:
    missing = [name for name, file in assets.page_scripts().items() if not file.is_file()]
    if missing:
        raise ItaReportError(problem("O640", files=", ".join(missing)))
    if not setting.folder.is_dir():
        raise ItaReportError(problem("O641", folder=setting.folder))
    if setting.host and len(setting.password) < _LEAST:
        raise ItaReportError(problem("O643", least=_LEAST))
    if setting.host in ("0.0.0.0", "::"):  # noqa: S104 - refused
        raise ItaReportError(problem("O644", host=setting.host))


def _listening(setting: Setting) -> socket.socket:
    """Return the port's socket: that of the setting, the usual one, or any that is free.

    Raises:
        ItaReportError: O642.
    """
    wanted = (_PORT, 0) if setting.port is None else (setting.port,)
    for port in wanted:
        try:
            return socket.create_server((setting.host or _LOCAL, port))
        except OSError as error:
            why = error
    raise ItaReportError(problem("O642", port=wanted[-1], host=setting.host or _LOCAL)) from why


def _hosts(setting: Setting, port: int) -> frozenset[str]:
    """Return what a browser may call us: a fixed list, whatever name leads here."""
    return frozenset(f"{name}:{port}" for name in {_LOCAL, "localhost", setting.host or _LOCAL})


def _config(site: Site) -> uvicorn.Config:
    return uvicorn.Config(
        application(site, _lifespan),
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        log_level=None if logging.getLogger().isEnabledFor(logging.DEBUG) else "critical",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=3,
    )


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """Keep watch while the page is served."""
    site: Site = app.state.site
    watching = asyncio.create_task(_watch(site))
    try:
        yield
    finally:
        site.ending.set()
        watching.cancel()


async def _watch(site: Site) -> None:
    """Close the page once no window has been open for long."""
    while not site.is_left:  # noqa: ASYNC110 - that nothing happens sets no event
        await asyncio.sleep(min(_LOOK, site.limits.idle / 4))
    site.close()
