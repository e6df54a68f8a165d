"""How a person stops a command: what Ctrl-C and SIGTERM do to it, and when they do nothing."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """Raise KeyboardInterrupt at Ctrl-C or SIGTERM, but never while an earlier one is handled.

    So whatever an interrupted step clears up in `finally` and `except` is cleared up.
    """
    known = sys.exception()

    def stop(_signal: int, _frame: object) -> None:
        handled = sys.exception()
        while handled is not None and handled is not known:
            if isinstance(handled, KeyboardInterrupt):
                return
            handled = handled.__context__
        raise KeyboardInterrupt

    with _handled_by(stop):
        yield


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Do nothing at Ctrl-C and SIGTERM; what is done inside must end by itself, and soon."""
    with _handled_by(do_nothing):
        yield


def ignore() -> None:
    """Ignore Ctrl-C and SIGTERM from now on, and say nothing more: all that is left is to go."""
    sys.unraisablehook = do_nothing  # openpyxl's generators complain that they were cut short
    for one in _SIGNALS:
        with contextlib.suppress(ValueError):  # not the main thread, which alone gets signals
            signal.signal(one, signal.SIG_IGN)


@contextlib.contextmanager
def _handled_by(handler: Callable[[int, object], None]) -> Iterator[None]:
    """Set the handler of the signals that are not ignored, and set back what was there."""
    before = {one: signal.getsignal(one) for one in _SIGNALS}
    before = {one: was for one, was in before.items() if was not in (signal.SIG_IGN, None)}
    try:
        with contextlib.suppress(ValueError):
            for one in before:
                signal.signal(one, handler)
        yield
    finally:
        for one, was in before.items():
            if signal.getsignal(one) is handler:
                signal.signal(one, was)


def do_nothing(*_: object) -> None:
    """Do nothing at a signal; unlike `SIG_IGN`, no child process inherits this."""
