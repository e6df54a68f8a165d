"""What the preview of the page costs, as ratios to a cold `build --pdf` in the same run.

The part in hand (lane A) and all pages (lane B) are made by the functions that the page's other
process calls, with an office that stays; the first picture includes its start.  The median counts.
The exit status is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from itareport.actions import prepare
from itareport.web.preview import worker

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "kuansaothong-2568.yaml"
TARGETS = {"lane A": 1 / 8, "lane B": 1 / 2}


def machine() -> float:
    """Return the CPU seconds of all processes: a kept office is no child that was waited for."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) in GROUPS or int(fields[3]) in GROUPS:
            ticks += sum(map(int, fields[11:15]))
    return ticks / 100


GROUPS: set[int] = set()


def office_group() -> None:
    """Take the office that was started last into the account."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            is_office = b"UserInstallation" in file.read_bytes()
            fields = (file.parent / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if is_office:
            GROUPS.add(int(fields[2]))


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return CPU and wall seconds: of this process, what it waited for, and the kept office."""
    began, cpu = time.monotonic(), machine()
    work()
    return machine() - cpu, time.monotonic() - began


def cold() -> None:
    """Build Word and PDF as the command does."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "itareport", "build", str(EXAMPLE), "--pdf", "-o", out]
        subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    """Measure, print, and tell whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7)
    repeat = parser.parse_args().repeat
    options = prepare.Options()
    ready = prepare.check_file(EXAMPLE, options).ready
    if ready is None:
        return 1
    GROUPS.add(int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[2]))
    cases: dict[str, Callable[[], object]] = {
        "build --pdf": cold,
        "lane A": lambda: worker.section(ready, options, "issue:2"),
        "lane B": lambda: worker.whole(ready, options),
    }
    try:
        began = time.monotonic()
        worker.section(ready, options, "issue:2")
        print(f"first picture, with the office's start: {time.monotonic() - began:.2f} s")
        office_group()
        runs = {name: [measured(work) for _ in range(repeat)] for name, work in cases.items()}
    finally:
        worker.close()
    cpu = {name: statistics.median(c for c, _ in found) for name, found in runs.items()}
    for name, found in runs.items():
        wall, ratio = statistics.median(w for _, w in found), cpu[name] / cpu["build --pdf"]
        print(f"{name:12} CPU {cpu[name]:5.2f} s  wall {wall:5.2f} s  ratio {ratio:.2f}")
    return int(any(cpu[n] > target * cpu["build --pdf"] for n, target in TARGETS.items()))


if __name__ == "__main__":
    sys.exit(main())
