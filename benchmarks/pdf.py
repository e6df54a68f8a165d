"""What a PDF costs in a batch, as ratios to LibreOffice started by hand.

Ours is a report made, converted and verified, in two processes with a chunk of reports for each
LibreOffice.  Its peers only convert the finished documents, with the same fonts and export
options: one LibreOffice a file, one after the other; and two LibreOffices at once, each with all
of its files on one command line.  They take turns, so that a busy machine slows them alike, and
the median counts.  The exit status is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from itareport.actions import build, prepare
from itareport.document import fonts
from itareport.pdf import office, verify

REPO = Path(__file__).resolve().parents[1]
EXAMPLE = REPO / "examples" / "kuansaothong-2568.yaml"
EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
}
PROCESSES = 2
SINGLE = 4  # files of the peer that starts LibreOffice for each; they cost the same
STEPS = ("render", "LibreOffice", "our part of converting", "verify")


@dataclass
class Case:
    """A way to make PDFs: seconds a file of its runs, of CPU and by the clock."""

    name: str
    files: int
    run: Callable[[], float]
    """Makes them, and returns CPU seconds."""
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def measure(self) -> None:
        began = time.monotonic()
        self.cpu.append(self.run() / self.files)
        self.wall.append((time.monotonic() - began) / self.files)


def seconds(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


@cache
def example() -> prepare.Ready:
    """Return the example, loaded and checked; once a process."""
    data = prepare.check_file(EXAMPLE, prepare.Options()).ready
    if data is None:
        sys.exit(f"{EXAMPLE.name} has errors")
    return data


def chunk(files: int) -> list[float]:
    """Make, convert and verify reports; return CPU seconds of each of `STEPS`."""
    data, options = example(), prepare.Options()
    here, there = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    marks = [seconds(here)]
    made = [build.docx(data, options)[0] for _ in range(files)]
    marks.append(seconds(here))
    before = seconds(there)
    pdfs = office.convert([(f"{n}.docx", docx) for n, docx in enumerate(made)])
    outside = seconds(there) - before
    marks.append(seconds(here))
    for docx, pdf in zip(made, pdfs, strict=True):
        if not isinstance(pdf, bytes):
            sys.exit(str(pdf))
        if verify.pdf(pdf, build.expected(build.printed_name(data, options), docx)).problems:
            sys.exit("a PDF is not as expected")
    marks.append(seconds(here))
    render, ours, verified = (b - a for a, b in pairwise(marks))
    return [render, outside, ours, verified]


def started(folder: Path, number: int, files: list[Path]) -> subprocess.Popen[bytes]:
    """Start a LibreOffice on files as one would by hand, with a fresh profile."""
    profile = folder / f"profile{time.monotonic_ns()}"
    found = office.find()
    assert found
    command = [str(found.command), f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--headless", "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(EXPORT)}"]
    command += ["--outdir", str(folder / f"out{number}"), *map(str, files)]
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    env["FONTCONFIG_FILE"] = str(fonts.fontconfig(folder))
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet)


def by_hand(folder: Path, groups: list[list[Path]], *, at_once: bool) -> float:
    before = seconds(resource.RUSAGE_CHILDREN)
    running = []
    for number, files in enumerate(groups):
        running.append(started(folder, number, files))
        if not at_once:
            running[-1].wait()
    for process in running:
        process.wait()
    for number, files in enumerate(groups):
        for file in files:
            (folder / f"out{number}" / file.with_suffix(".pdf").name).unlink()
    return seconds(resource.RUSAGE_CHILDREN) - before


def cases(
    folder: Path, files: int, pool: ProcessPoolExecutor, steps: list[list[float]]
) -> list[Case]:
    docx, _ = build.docx(example(), prepare.Options())
    documents = [folder / f"{n}.docx" for n in range(PROCESSES * files)]
    for document in documents:
        document.write_bytes(docx)
    single = [[document] for document in documents[:SINGLE]]
    halves = [documents[:files], documents[files:]]

    def ours() -> float:
        sizes = [min(office.CHUNK, files - at) for at in range(0, files, office.CHUNK)]
        done = list(pool.map(chunk, sizes * PROCESSES))
        steps.append([sum(step) / (PROCESSES * files) for step in zip(*done, strict=True)])
        return sum(map(sum, done))

    return [
        Case("ours, two at once", PROCESSES * files, ours),
        Case("a soffice a file", SINGLE, lambda: by_hand(folder, single, at_once=False)),
        Case("two at once by hand", 2 * files, lambda: by_hand(folder, halves, at_once=True)),
    ]


def table(measured: list[Case], steps: list[list[float]], repeat: int) -> tuple[str, bool]:
    """Return the table, and whether the targets are met."""
    lines = [f"{f'seconds a file, {repeat} runs':28}{'CPU':>8}{'least':>8}{'wall':>8}{'least':>8}"]
    for case in measured:
        figures = (*_middle(case.cpu), *_middle(case.wall))
        lines.append(f"{case.name:28}{''.join(f'{f:8.3f}' for f in figures)}")
    lines.append("")
    for name, values in zip(STEPS, zip(*steps, strict=True), strict=True):
        lines.append(f"of ours, {name:28}{statistics.median(values):8.3f}")
    ours, single, hand = measured
    ratios = [
        ("CPU to a soffice a file", _ratio(ours.cpu, single.cpu), 0.5),
        ("wall to a soffice a file", _ratio(ours.wall, single.wall), 0.25),
        ("wall to two at once by hand", _ratio(ours.wall, hand.wall), 1.1),
    ]
    lines += ["", f"{'ratio':37}{'':8}{'target':>8}"]
    lines += [f"{name:37}{ratio:8.2f}{target:8.2f}" for name, ratio, target in ratios]
    return "\n".join(lines), all(ratio <= target for _, ratio, target in ratios)


def _middle(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), min(values)


def _ratio(ours: list[float], peer: list[float]) -> float:
    """Return the median of the ratios, each of two neighbouring runs."""
    return statistics.median(a / b for a, b in zip(ours, peer, strict=True))


def main() -> int:
    """Measure, print the table, and tell by the exit status whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each (5)")
    parser.add_argument("--files", type=int, default=office.CHUNK, help="for each of two processes")
    options = parser.parse_args()
    found = office.find()
    if found is None:
        sys.exit("LibreOffice is not here: scripts/setup installs it")
    steps: list[list[float]] = []
    with (
        tempfile.TemporaryDirectory() as name,
        ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool,
    ):
        measured = cases(Path(name).resolve(), options.files, pool, steps)
        if options.repeat > 1:
            list(pool.map(chunk, [1] * PROCESSES))  # modules and caches
        for _ in range(options.repeat):
            for case in measured:
                case.measure()
    text, met = table(measured, steps, options.repeat)
    machine = f"{platform.system()} {platform.machine()}, CPython {platform.python_version()}"
    print(f"{machine}, LibreOffice {office.version(found)}", text, sep="\n\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
