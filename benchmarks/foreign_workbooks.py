"""Check every workbook of other projects' test suites; each is to end soon, small and in peace.

python benchmarks/foreign_workbooks.py FOLDER_OR_GIT_DIRECTORY…
A git directory (a mirror without a work tree) is read at its HEAD.  Nothing is kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
            yield f"{source.parent.name}: {os.fsdecode(name)}", got.stdout


def check(name: str, data: bytes, folder: Path) -> Run:
    """Check one file in a process of its own, and mark a copy."""
    file = folder / f"a{Path(name).suffix.lower().replace('.xltx', '.xlsx')}"
    file.write_bytes(data)
    log = folder / "log"
    with log.open("wb") as out:
        command = (sys.executable, "-m", "itareport", "check", str(file), "--annotate")
        process = subprocess.Popen(command, stdout=out, stderr=out)
        deadline = time.monotonic() + PATIENCE
        while True:
            done, status, used = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.02)
    process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text(encoding="utf-8", errors="replace")
    for old in folder.iterdir():
        old.unlink()
    cpu = used.ru_utime + used.ru_stime
    return Run(name, process.returncode, cpu, used.ru_maxrss / 1024, said)


def main() -> int:
    """Check all, print the figures; 1 where a file breaks a limit."""
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
