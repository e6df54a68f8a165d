"""Runs of the command, each a process of its own, forked from one that has loaded its modules.

Loading them takes most of a short run.  Run as a program, this module is that one process: for
each line of JSON it forks another, which becomes `python -m itareport …`, and prints its status.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import runpy
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_LOADED_LATE = ("docxtpl", "fontTools.ttLib", "geothai", "openpyxl", "PIL.Image", "pypdfium2")
"""What the program loads inside its functions."""


class Forks:
    """A process with the program's modules in its memory, and nothing that it has worked out."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._streams = [folder / name for name in ("stdout", "stderr")]
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=environment,
        )  # fmt: skip

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> tuple[int, bytes, bytes]:
        """Run the command in a folder, and return its status, its output and its errors."""
        asked = [list(arguments), str(folder), dict(environment), list(map(str, self._streams))]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        stdout, stderr = (stream.read_bytes() for stream in self._streams)
        return status, stdout, stderr

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def _serve() -> None:
    load()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            become(*json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def load() -> None:
    """Load every module of the program, and what it loads late."""
    import itareport

    for module in pkgutil.walk_packages(itareport.__path__, "itareport."):
        if module.name != "itareport.__main__":
            importlib.import_module(module.name)
    for name in _LOADED_LATE:
        importlib.import_module(name)
    gc.freeze()


def become(
    arguments: list[str], folder: str, environment: dict[str, str], streams: list[str]
) -> None:
    """Be the command, as if it had just been started; leaves as it does, by SystemExit."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.argv[1:] = arguments
    runpy.run_module("itareport", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve()
