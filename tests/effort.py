"""How much work a call is, beside other work of the same machine at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable


def spent(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call, which alone tell nothing: the machine may be busy."""
    began = time.process_time()
    call()
    return time.process_time() - began


def takes_at_most(times: float, call: Callable[[], object], usual: Callable[[], object]) -> bool:
    """Tell whether a call is no more than so many times the usual work."""
    before, taken = spent(usual), spent(call)
    return taken <= times * before or taken <= times * spent(usual)
