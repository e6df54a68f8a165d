"""Ctrl-C at a chosen moment: a call is stopped at its n-th step, whatever the machine's speed."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any


def _interrupt() -> None:
    raise KeyboardInterrupt


def at_every_step(
    call: Callable[[], object],
    event: str = "opcode",
    within: str = "",
    every: int = 1,
    stop: Callable[[], object] = _interrupt,
) -> Iterator[bool]:
    """Make a call again and again, stopped one step later each time, until it has no more steps.

    A step is an instruction, or a line (`event`), of files whose names end so (`within`). After
    each call, tell whether a KeyboardInterrupt came out of it.
    """
    for number in itertools.count(step=every):
        steps, came = iter(range(number)), []

        def trace(frame: FrameType, found: str, _value: object) -> Any:
            if not frame.f_code.co_filename.endswith(within):
                return None
            frame.f_trace_opcodes = event == "opcode"
            if found == event and next(steps, None) is None:  # noqa: B023 - done before the next
                sys.settrace(None)
                came.append(True)  # noqa: B023
                stop()
            return trace

        yield _interrupted(call, trace)
        if not came:
            return


def _interrupted(call: Callable[[], object], trace: Callable[..., Any]) -> bool:
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False
