"""Serve the page on one port of this machine, until a person ends it or no window is open."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from itareport.actions import prepare
from itareport.files import assets
from itareport.problems import ItaReportError, problem
from itareport.web.app import application
from itareport.web.site import Bounds, Keys, Site

_LOCAL = "127.0.0.1"
_PORT = 8568
"""The same on every day, so that an address kept from another day is answered."""
_LOOK = 1.0  # seconds between two looks whether a window is open
_SLEPT = 60.0  # seconds more than that between two looks, after which the machine has slept
_LEAST = 12  # letters of a password
_MOST_CONNECTIONS = 1000


@dataclass(frozen=True, slots=True)
class Serving:
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
    bounds: Bounds = field(default_factory=Bounds)


def serve(serving: Serving, tell: Callable[[str, float], None]) -> None:
    """Serve the page until it is closed.

    `tell` is given its address, and the seconds without a window after which it ends by itself.

    Raises:
        ItaReportError: O640 parts of the page are missing, O641 the folder is not there, O642 the
            port or the address cannot be used, O643 others need a password, O644 the address is
            that of every network.
    """
    _require(serving)
    with listening(serving) as socket_:
        server, site = made(serving, socket_)
        site.on_open = partial(_opened, address_of(site, serving.host), serving, tell)
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how a person closes it
            server.run(sockets=[socket_])


def _opened(address: str, serving: Serving, tell: Callable[[str, float], None]) -> None:
    """Tell the address, and open the browser where it is wanted."""
    tell(address, serving.bounds.idle)
    if serving.opens:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def made(serving: Serving, at: socket.socket) -> tuple[uvicorn.Server, Site]:
    """Return the server of the page on a socket, not yet running, and what it knows."""
    port = at.getsockname()[1]
    keys = Keys(password=serving.password)
    site = Site(serving.folder, serving.options, _hosts(serving, port), keys, serving.bounds)
    server = uvicorn.Server(_config(site))
    site.on_close = lambda: setattr(server, "should_exit", True)
    return server, site


def address_of(site: Site, host: str = "") -> str:
    """Return the address that lets a browser in."""
    return f"http://{host or _LOCAL}:{site.port}/o/{site.keys.address}"


def _require(serving: Serving) -> None:
    assets.require_page_scripts()
    if not serving.folder.is_dir():
        raise ItaReportError(problem("O641", folder=serving.folder))
    if serving.host and len(serving.password) < _LEAST:
        raise ItaReportError(problem("O643", least=_LEAST))
    if serving.host in ("0.0.0.0", "::"):  # noqa: S104 - refused
        raise ItaReportError(problem("O644", host=serving.host))


def listening(serving: Serving) -> socket.socket:
    """Return the port's socket: that of the serving, the usual one, or any that is free.

    Raises:
        ItaReportError: O642.
    """
    wanted = (_PORT, 0) if serving.port is None else (serving.port,)
    for port in wanted:
        try:
            return socket.create_server((serving.host or _LOCAL, port))
        except OSError as error:
            why = error
    raise ItaReportError(problem("O642", port=wanted[-1], host=serving.host or _LOCAL)) from why


def _hosts(serving: Serving, port: int) -> frozenset[str]:
    """Return what a browser may call us: a fixed list, whatever name leads here."""
    return frozenset(f"{name}:{port}" for name in {_LOCAL, "localhost", serving.host or _LOCAL})


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
    warming = asyncio.create_task(app.state.preview.warm())
    site.on_open()  # from here on Ctrl-C ends the server in order
    try:
        yield
    finally:
        site.ending.set()
        watching.cancel()
        warming.cancel()
        await run_in_threadpool(app.state.preview.end)
        await run_in_threadpool(app.state.run.end)


async def _watch(site: Site) -> None:
    """Close the page once no window has been open for long."""
    looked, pause = time.monotonic(), min(_LOOK, site.bounds.idle / 4)
    while not site.is_left:
        await asyncio.sleep(pause)
        if time.monotonic() - looked > pause + _SLEPT:
            site.see()  # the machine slept: its windows have had no time to tell that they are open
        looked = time.monotonic()
    site.close()
