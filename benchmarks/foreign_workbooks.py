"""Check every workbook of other projects' test suites; each is to end soon, small and in peace.

python benchmarks/foreign_workbooks.py FOLDER_OR_GIT_DIRECTORY…
A git directory (a mirror without a work tree) is read at its HEAD.  Nothing is kept.
The processes are forked from one that has loaded the program: its modules count as memory of each,
and loading them as CPU of none.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from forking import become, load

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx")
MOST_CPU, MOST_MEMORY, PATIENCE = 10.0, 300.0, 60
"""Seconds of CPU and MB of a file; seconds after which one is ended."""


@dataclass(frozen=True, slots=True)
class Run:
    """How the check of one file ended."""

    name: str
    status: int
    cpu: float
    memory: float
    said: str

    @property
    def fault(self) -> str:
        """What is wrong with the run; "" where nothing is."""
        if "Traceback" in self.said or "ผิดพลาดเอง" in self.said or self.status in (1, -9):
            return "fault of our own"
        if self.cpu > MOST_CPU:
            return "too slow"
        return "too large" if self.memory > MOST_MEMORY else ""


def files(source: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file of these kinds of a folder, or of a git directory."""
    if not (source / "HEAD").is_file():
        for file in sorted(source.rglob("*")):
            if file.suffix.lower() in suffixes and file.is_file():
                yield str(file), file.read_bytes()
        return
    git = ("git", f"--git-dir={source}")
    listed = subprocess.run((*git, "ls-tree", "-rz", "HEAD"), capture_output=True, check=True)
    for line in listed.stdout.split(b"\0"):
        facts, _, name = line.partition(b"\t")
        if Path(os.fsdecode(name)).suffix.lower() in suffixes:
            blob = facts.split()[2].decode()
            got = subprocess.run((*git, "cat-file", "blob", blob), capture_output=True, check=False)
            shown = f"{source.parent.name}: {os.fsdecode(name)}"
            if got.returncode:
                print(f"not in this copy: {shown}", file=sys.stderr)
            else:
                yield shown, got.stdout


def check(name: str, data: bytes, folder: Path) -> Run:
    """Check one file in a process of its own, forked from this one, and mark a copy."""
    file = folder / f"a{Path(name).suffix.lower().replace('.xltx', '.xlsx')}"
    file.write_bytes(data)
    logs = [folder / "stdout", folder / "stderr"]
    for log in logs:
        log.touch()
    child = os.fork()
    if not child:
        _be_check(file, logs)
    status, used = _ended(child)
    said = "".join(log.read_text(encoding="utf-8", errors="replace") for log in logs)
    for old in folder.iterdir():
        old.unlink()
    cpu = used.ru_utime + used.ru_stime
    run = Run(name, os.waitstatus_to_exitcode(status), cpu, used.ru_maxrss / 1024, said)
    return run if run.fault else replace(run, said="")


def _be_check(file: Path, logs: list[Path]) -> NoReturn:
    """Be `itareport check`, and end there: what the caller clears up is not for a child."""
    status = 1
    try:
        become(
            ["check", file.name, "--annotate"], str(file.parent), {**os.environ}, [*map(str, logs)]
        )
    except SystemExit as end:
        status = int(end.code or 0)
    except Exception:  # noqa: BLE001 - a fault of ours, as it is told
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _ended(child: int) -> tuple[int, resource.struct_rusage]:
    """Wait for a child, or end it when its time is over; return how it ended, and what it used."""
    deadline = time.monotonic() + PATIENCE
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            return status, used
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.005)


def main() -> int:
    """Check all, print the figures; 1 where a file breaks a limit."""
    load()
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for source in map(Path, sys.argv[1:]):
            runs += [check(name, data, Path(folder)) for name, data in files(source, SUFFIXES)]
    if not runs:
        print("no workbooks")
        return 1
    bad = [run for run in runs if run.fault]
    for run in bad:
        print(
            f"{run.fault}: {run.name} (status {run.status}, {run.cpu:.1f} s, {run.memory:.0f} MB)"
        )
    slow, large = max(runs, key=lambda r: r.cpu), max(runs, key=lambda r: r.memory)
    statuses = ", ".join(f"{n} x {s}" for s, n in sorted(Counter(r.status for r in runs).items()))
    print(f"{len(runs)} workbooks, {len(bad)} with a fault; statuses {statuses}")
    print(
        f"most CPU {slow.cpu:.2f} s ({slow.name}); most memory {large.memory:.0f} MB ({large.name})"
    )
    return int(bool(bad))


if __name__ == "__main__":
    raise SystemExit(main())
