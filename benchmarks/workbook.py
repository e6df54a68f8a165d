"""What checking a filled workbook costs, beside openpyxl reading all cells of the same file.

Every figure is user and system time of a fresh process; the two commands take turns, so that a
busy machine slows them alike, and the median counts.  The exit status is 1 where the check is
above its target.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from build import EXAMPLE, ITAREPORT, Case, machine

from itareport.actions import convert

TARGET = 1.0  # CPU seconds of a cold check
BARE = """
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1], data_only=True)
cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
assert any(cells)
"""


def cases(folder: Path) -> tuple[Case, Case]:
    """Return a cold check of the example as a workbook, and openpyxl's reading of it."""
    convert.convert(EXAMPLE, folder / "filled.xlsx")
    return (
        Case("check filled.xlsx", [*ITAREPORT, "check", "filled.xlsx"], ""),
        Case("bare openpyxl", [sys.executable, "-c", BARE, "filled.xlsx"], ""),
    )


def table(ours: Case, peer: Case, repeat: int) -> str:
    """Lay out the figures, ours above openpyxl's."""
    heads = "".join(f"{head:>8}" for head in ("median", "least", "most", "target", "ratio"))
    lines = [f"{f'CPU seconds, {repeat} runs':22}{heads}"]
    for case, last in ((ours, f"{TARGET:8.2f}{ours.median / peer.median:8.2f}"), (peer, "")):
        figures = (case.median, min(case.seconds), max(case.seconds))
        lines.append(f"{case.name:22}{''.join(f'{f:8.2f}' for f in figures)}{last}")
    return "\n".join(lines)


def main() -> int:
    """Measure, print the table, and tell by the exit status whether the target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7, help="runs of each command (7)")
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        ours, peer = cases(folder)
        for turn in range(repeat + 1):
            for case in (ours, peer):
                seconds = case.run(folder)
                if turn:  # the first turn fills caches and compiles modules
                    case.seconds.append(seconds)
    print(machine(), table(ours, peer, repeat), sep="\n\n")
    return 0 if ours.median <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
