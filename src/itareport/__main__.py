"""python -m itareport, and the command of that name; a stop is heeded from the first moment."""

import _signal  # type: ignore[import-not-found]  # built in; `signal` itself takes its time
import os
import sys

_STOPPED = 130  # ExitStatus.STOPPED: its module may not be there yet
_SAID = "หยุดตามคำสั่งของผู้ใช้\n"


def _leave(*_: object) -> None:
    """Leave at once, since nothing is begun yet, or all is done and said."""
    try:
        os.write(2, _SAID.encode())
    finally:
        os._exit(_STOPPED)


# Before anything else is loaded, and not in a worker, which takes this for its main module.
if _signal.getsignal(_signal.SIGTERM) == _signal.SIG_DFL and __name__ != "__mp_main__":
    _signal.signal(_signal.SIGTERM, _leave)
    import atexit

    # Python takes its handlers away before it clears up, when all the work is done.
    atexit.register(_signal.signal, _signal.SIGTERM, _signal.SIG_IGN)


def main() -> int:
    """Load the program, which takes its time, run it, and return its exit status."""
    try:
        from itareport.terminal import cli

        status = cli.main()
    except KeyboardInterrupt:
        try:  # noqa: SIM105 - what suppresses it is not loaded yet
            os.write(2, _SAID.encode())
        except OSError:
            pass  # nobody reads it
        status = _STOPPED
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)  # all is done and said, only to go is left
    if status == _STOPPED:
        # Python notes a Ctrl-C that came while source text was run, as dataclasses do, and would
        # leave by the signal, though it was heeded; running any text makes it forget.
        eval("0")  # noqa: S307 - text of ours
    return status


if __name__ == "__main__":
    sys.exit(main())
