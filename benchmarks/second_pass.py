"""What a second conversion of some PDFs of a batch costs, as ratios of CPU a report.

`itareport batch --pdf` makes reports of the example's size, of which a third are told to have a row
that goes on with one line, and are made again; its peers are the same without the second pass, and
`--against`, a checkout of another state of this repository.  They take turns, so that a busy
machine slows them alike, and the median counts.  CPU is user and system, of the caller, its workers
and LibreOffice.  The exit status is 1 where a ratio is over the target.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import province
import yaml

EXAMPLE = province.REPO / "examples" / "kuansaothong-2568.yaml"
TARGET = 1.2
SAYS = """
from zlib import crc32
from itareport.batch.workers import tasks
from itareport.pdf.verify import page_ends
is_third = lambda expected: crc32(expected.name.encode()) %% 3 == 0
if %r:
    page_ends.split_rows = lambda _, expected: {0: 1} if is_third(expected) else {}
else:
    tasks.Converted.split_rows = ()
"""
"""Python runs it at its start, in each process of the batch, instead of finding such rows."""


def write(folder: Path, count: int, seed: int) -> None:
    """Write data files of the example under other agencies' names, some remarks longer."""
    text, rng = EXAMPLE.read_text(encoding="utf-8"), random.Random(seed)
    example = yaml.load(text, yaml.BaseLoader)  # as texts, so that `no` is a name
    del example["serves"]  # which older states do not know
    folder.mkdir()
    for agency in province.agencies(count, seed):
        made: dict[str, Any] = copy.deepcopy(example)
        made["agency"] |= {
            "kind": agency.kind, "name": agency.name,
            "district": agency.district, "province": agency.province,
        }  # fmt: skip
        rng.choice(made["remarks"])["text"] += f" {rng.choice(province.ACTIONS)}"
        text = json.dumps(made, ensure_ascii=False)
        (folder / f"{agency.file.name} {agency.province}.json").write_text(text, encoding="utf-8")


def ways(place: Path, against: Path | None) -> dict[str, list[Path]]:
    """Return the folders that Python is to look through first, for each way to make the reports."""
    found: dict[str, list[Path]] = {}
    for name, third in (("a third twice", True), ("all once", False)):
        folder = place / name
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(SAYS % third, encoding="utf-8")
        found[name] = [folder, province.REPO / "src"]
    if against:
        found[against.name] = [against / "src"]
    return found


def measure(place: Path, options: argparse.Namespace) -> bool:
    """Print the table; return whether the target is met."""
    write(place / "in", options.count, options.seed)
    compared = ways(place, options.against)
    costs: dict[str, list[float]] = {name: [] for name in compared}
    for _ in range(options.repeat):
        for name, folders in compared.items():
            os.environ["PYTHONPATH"] = os.pathsep.join(map(str, folders))
            cost = province.batch(place / "in", place / "out", "--pdf")
            if (made := len(list((place / "out").rglob("*.pdf")))) != options.count:
                sys.exit(f"{name}: {made} PDFs")
            shutil.rmtree(place / "out")
            costs[name].append(cost.cpu / options.count)
    first, *peers = costs.items()
    print(f"{'':24}{'CPU s each':>12}{'ratio':>8}{'target':>8}")
    print(f"{first[0]:24}{statistics.median(first[1]):>12.3f}")
    met = True
    for name, peer in peers:
        ratio = statistics.median(one / other for one, other in zip(first[1], peer, strict=True))
        print(f"{name:24}{statistics.median(peer):>12.3f}{ratio:>8.2f}{TARGET:>8.2f}")
        met &= ratio <= TARGET
    return met


def main() -> int:
    """Measure, print the table, and tell by the exit status whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60, help="reports (60)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each (3)")
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--against", type=Path, help="a checkout of another state")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="second-pass-") as name:
        return 0 if measure(Path(name), options) else 1


if __name__ == "__main__":
    sys.exit(main())
