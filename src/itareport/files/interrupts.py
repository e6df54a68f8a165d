"""How a person stops a command: what Ctrl-C, SIGTERM and a closed terminal do, and when nothing."""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator

BY_TERMINAL: tuple[signal.Signals, ...] = (signal.SIGINT,)
"""What a terminal sends to every process that runs in it: Ctrl-C, and that it was closed."""
if sys.platform != "win32":
    BY_TERMINAL = (*BY_TERMINAL, signal.SIGHUP)
_SIGNALS = (*BY_TERMINAL, signal.SIGTERM)
_SOON = 0.01  # seconds after which what swallowed an interruption is over


@contextlib.contextmanager
def heeded() -> Iterator[None]:
    """Raise KeyboardInterrupt at one of the signals, but never while an earlier one is handled.

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

    with _handled_by(stop), _again_where_swallowed():
        yield


@contextlib.contextmanager
def _again_where_swallowed() -> Iterator[None]:
    """Interrupt once more soon where Python cannot raise: in `__del__` and in what it calls."""
    before, main = sys.unraisablehook, _thread.get_ident()

    def swallowed(what: sys.UnraisableHookArgs) -> None:
        if issubclass(what.exc_type, KeyboardInterrupt):
            _thread.start_new_thread(again, ())
        else:
            before(what)

    def again() -> None:
        time.sleep(_SOON)
        if sys.unraisablehook is not swallowed:
            return
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(main, signal.SIGINT)  # wakes it, if it waits
        else:
            _thread.interrupt_main()

    sys.unraisablehook = swallowed
    try:
        yield
    finally:
        if sys.unraisablehook is swallowed:
            sys.unraisablehook = before


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Do nothing at the signals; what is done inside must end by itself, and soon."""
    with _handled_by(do_nothing):
        yield


def ignore() -> None:
    """Ignore the signals from now on, and say nothing more: all that is left is to go."""
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
