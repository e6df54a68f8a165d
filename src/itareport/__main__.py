"""python -m itareport, and the command of that name; a stop is heeded from the first moment."""

from __future__ import annotations

import signal
import sys

# Before anything else is loaded, and not in a worker, which takes this for its main module.
if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL and __name__ != "__mp_main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)

_STOPPED = 130  # ExitStatus.STOPPED: its module may not be there yet


def main() -> int:
    """Load the program, which takes its time, run it, and return its exit status."""
    try:
        from itareport.terminal import cli

        status = cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("หยุดตามคำสั่งของผู้ใช้\n")
        status = _STOPPED
    if status == _STOPPED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all that is left is to go
        # Python notes a Ctrl-C that came while source text was run, as dataclasses do, and would
        # leave by the signal, though it was heeded; running any text makes it forget.
        eval("0")  # noqa: S307 - text of ours
    return status


if __name__ == "__main__":
    sys.exit(main())
