"""What one run of the page knows: its keys, who may ask, when a window was last open."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from itareport.actions import prepare


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of one run; none of them is kept after it."""

    address: str = field(default_factory=secrets.token_urlsafe)
    """Stands in the address that is opened."""
    cookie: str = field(default_factory=secrets.token_urlsafe)
    """What the browser shows with each request."""
    token: str = field(default_factory=secrets.token_urlsafe)
    """What a page of ours, and no page of another site, sends with each change."""
    password: str = ""
    """What a person at another machine types; "" where only this machine is served."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much, and for how long, the page bears."""

    upload: int = 20_000_000
    """The bytes of an upload."""
    form: int = 2_000_000
    """The bytes of any other request."""
    pause: float = 15.0
    """The seconds that a request may be silent before it is whole."""
    request: float = 120.0
    """The seconds in which a request must be whole."""
    idle: float = 900.0
    """The seconds without a window after which the program ends by itself."""


class Site:
    """One run of the page over one folder of reports."""

    def __init__(
        self,
        folder: Path,
        options: prepare.Options,
        hosts: frozenset[str],
        keys: Keys | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        """Serve that folder to those who ask for one of `hosts`, each with its port."""
        self.path = folder
        self.options = options
        self.hosts = hosts
        self.keys = keys or Keys()
        self.bounds = bounds or Bounds()
        self.ending = asyncio.Event()
        """Is set as soon as the program is to end; streams end by it."""
        self.on_open: Callable[[], None] = lambda: None
        self.on_close: Callable[[], None] = lambda: None
        self.busy: Callable[[], bool] = lambda: False
        """Tells whether work goes on that nobody needs to look at."""
        self._seen = time.monotonic()

    @property
    def port(self) -> str:
        """The port, as it stands in an address."""
        return min(self.hosts).rpartition(":")[2]

    @property
    def cookie(self) -> str:
        """The name of the cookie: programs of one machine share theirs, whatever the port."""
        return f"itareport-{self.port}"

    def see(self) -> None:
        """Note that a window is open."""
        self._seen = time.monotonic()

    @property
    def is_left(self) -> bool:
        """Whether no window has been open for so long that the program may end."""
        return not self.busy() and time.monotonic() - self._seen > self.bounds.idle

    def close(self) -> None:
        """Have the program end, after what is being answered."""
        self.ending.set()
        self.on_close()
