"""What rows that must not go on with one line cost in a batch of PDFs, as ratios of CPU a report.

`itareport batch --pdf` makes reports of the example's size.  A third of them truly need the pass:
where LibreOffice is left alone, `verify` finds a row in their PDF that goes on over a page with one
line.  Beside it stands the costliest case, in which that third is told to be converted again though
its rows are mended already.  Both are compared with `--against`, a checkout of another state of
this repository.  They take turns, so that a busy machine slows them alike, and the median counts.
CPU is user and system, of the caller, its workers and LibreOffice.  The exit status is 1 where the
ratio of the first to `--against` is over the target.
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
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import province
import yaml

from itareport.actions import build, prepare
from itareport.pdf import office, verify
from itareport.pdf.office import profile

EXAMPLE = province.REPO / "examples" / "kuansaothong-2568.yaml"
TARGET = 1.2
MACRO = province.REPO / "src" / "itareport" / "pdf" / "office" / "convert.bas"
LOOK = "  PartRowsWell(document)\n"
"""The macro's line that mends rows as a document is converted."""
AGAIN = """
from pathlib import Path
from itareport.pdf.verify import page_ends
agencies = Path(%r).read_text(encoding="utf-8").splitlines()
page_ends.split_rows = lambda _, expected: {0: 1} if expected.name in agencies else {}
"""
"""Python runs it at its start, in each process of the batch, instead of finding such rows."""


def write(folder: Path, count: int, seed: int) -> None:
    """Write data files, a third of which need the pass, and beside the folder whose those are."""
    folder.mkdir()
    left = {True: count // 3, False: count - count // 3}
    need: list[str] = []
    made = candidates(count, seed)
    while any(left.values()):
        some = dict(islice(made, min(office.CHUNK, 2 * count)))
        if not some:
            sys.exit(f"of the candidates too few: {left}")
        for name, (text, agency, needs) in judged(some).items():
            if left[needs]:
                left[needs] -= 1
                need += [agency] if needs else []
                (folder / name).write_text(text, encoding="utf-8")
    folder.with_name("need").write_text("\n".join(need), encoding="utf-8")


def candidates(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield data files of the example under other agencies' names, some texts longer."""
    text, rng = EXAMPLE.read_text(encoding="utf-8"), random.Random(seed)
    example = yaml.load(text, yaml.BaseLoader)  # as texts, so that `no` is a name
    del example["serves"]  # which older states do not know
    for agency in province.agencies(20 * count, seed):
        made: dict[str, Any] = copy.deepcopy(example)
        made["agency"] |= {
            "kind": agency.kind, "name": agency.name,
            "district": agency.district, "province": agency.province,
        }  # fmt: skip
        rng.choice(made["remarks"])["text"] += f" {rng.choice(province.ACTIONS)}"
        for row in rng.sample(made["plan"], 2):
            row["steps"][-1] += f" {rng.choice(province.ACTIONS)}"
        text = json.dumps(made, ensure_ascii=False)
        yield f"{agency.file.name} {agency.province}.json", text


def judged(some: dict[str, str]) -> dict[str, tuple[str, str, bool]]:
    """Return data files, each with the agency's name and whether it needs the pass."""
    options = prepare.Options()
    documents: dict[str, tuple[bytes, str]] = {}
    for name, text in some.items():
        ready = prepare.check_data(text.encode(), Path(name), options).ready
        if ready is None:
            sys.exit(f"{name} has errors")
        documents[name] = (build.docx(ready, options)[0], build.printed_name(ready, options))
    macro = MACRO.read_text(encoding="utf-8")
    if LOOK not in macro:
        sys.exit("the macro looks at rows in another way")
    left_alone = escape(macro.replace(LOOK, ""), quote=False)
    with patch.object(profile, "_MODULE", profile._MODULE.replace("{source}", left_alone)):
        pdfs = office.convert([(name, docx) for name, (docx, _) in documents.items()])
    found: dict[str, tuple[str, str, bool]] = {}
    for (name, (docx, agency)), pdf in zip(documents.items(), pdfs, strict=True):
        if not isinstance(pdf, bytes):
            sys.exit(str(pdf))
        splits = bool(verify.pdf(pdf, build.expected(agency, docx)).split_rows)
        found[name] = (some[name], agency, splits)
    return found


def ways(place: Path, against: Path | None) -> dict[str, list[Path]]:
    """Return the folders that Python is to look through first, for each way to make the reports."""
    again, here = place / "again", province.REPO / "src"
    again.mkdir()
    says = AGAIN % str(place / "need")
    (again / "sitecustomize.py").write_text(says, encoding="utf-8")
    found = {"a third needs the pass": [here], "that third again": [again, here]}
    return found | ({against.name: [against / "src"]} if against else {})


def made(place: Path, data: str, count: int, folders: list[Path]) -> float:
    """Make the PDFs of a folder's data files once, and return the CPU seconds of each."""
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, folders))
    cost = province.batch(place / data, place / "out", "--pdf")
    if (pdfs := len(list((place / "out").rglob("*.pdf")))) != count:
        sys.exit(f"{folders[0]}: {pdfs} PDFs of {count}")
    shutil.rmtree(place / "out")
    return cost.cpu / count


def compile_program(
    place: Path, options: argparse.Namespace, compared: dict[str, list[Path]]
) -> None:
    """Compile the program of each way, as one that is installed is."""
    os.environ["PYTHONPYCACHEPREFIX"] = str(place / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    (place / "one").mkdir()
    name, text = next(candidates(1, options.seed))
    (place / "one" / name).write_text(text, encoding="utf-8")
    for folders in compared.values():
        made(place, "one", 1, folders)


def measure(place: Path, options: argparse.Namespace) -> bool:
    """Print the table; return whether the target is met."""
    write(place / "in", options.count, options.seed)
    compared = ways(place, options.against)
    costs: dict[str, list[float]] = {name: [] for name in compared}
    if options.repeat > 1:
        compile_program(place, options, compared)
    for _ in range(options.repeat):
        for name, folders in compared.items():
            costs[name].append(made(place, "in", options.count, folders))
    base = costs[options.against.name if options.against else next(iter(costs))]
    print(f"{'':28}{'CPU s each':>12}{'ratio':>8}{'target':>8}")
    met = True
    for name, cost in costs.items():
        ratio = statistics.median(one / other for one, other in zip(cost, base, strict=True))
        counts = bool(options.against) and name == next(iter(costs))
        target = f"{TARGET:>8.2f}" if counts else ""
        print(f"{name:28}{statistics.median(cost):>12.3f}{ratio:>8.2f}{target}")
        met &= ratio <= TARGET or not counts
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
