"""The end of a run that a person stops: nothing interrupts the clearing up."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Heed no second Ctrl-C and no SIGTERM; what is done so must end by itself, and soon.

    Only the main thread hears signals; in another there is nothing to do.
    """
    before = {}
    try:
        with contextlib.suppress(ValueError):
            before = {one: signal.signal(one, heedless) for one in _SIGNALS}
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def heedless(_signal: int, _frame: object) -> None:
    """Do nothing about a signal; unlike `SIG_IGN`, no child process inherits this."""
