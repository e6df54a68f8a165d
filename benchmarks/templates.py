"""Templates of other projects' test suites: none may cost more than a report may.

Each Word file of a folder, or of a git directory (a mirror without a work tree) at its HEAD, is
given to `itareport build --template` in a process of its own.  Told are how the runs ended, what
they cost, and each file that ended with a traceback or above a limit; then the exit status is 1.
Whoever runs it brings the files; none is kept here.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from build import EXAMPLE, ITAREPORT, machine
from foreign_workbooks import files

MOST_SECONDS, MOST_MEGABYTES = 10.0, 300
ENDINGS = (".docx", ".dotx", ".docm", ".dotm", ".doc")
EXPECTED = (0, 5)  # made, or refused as a template


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to."""

    name: str
    status: int
    seconds: float
    megabytes: float
    said: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of template problems that were told."""
        return tuple(sorted(set(re.findall(r"\[(T3\d\d)\]", self.said))))

    @property
    def is_bad(self) -> bool:
        """Whether the run ended otherwise than it may, or cost too much."""
        cost = self.seconds > MOST_SECONDS or self.megabytes > MOST_MEGABYTES
        return cost or self.status not in EXPECTED or "Traceback" in self.said


def run(name: str, data: bytes, folder: Path) -> Run:
    """Build the example with a file as its template."""
    log, file = folder / "log", folder / f"template{Path(name).suffix.lower()}"
    file.write_bytes(data)
    command = [*ITAREPORT, "build", str(EXAMPLE), "-o", str(folder / "out")]
    command += ["--template", str(file), "--debug"]
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    actions = [(os.POSIX_SPAWN_DUP2, output, one) for one in (1, 2)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(child, 0)
    os.close(output)
    said = log.read_text(encoding="utf-8", errors="replace")
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return Run(name, os.waitstatus_to_exitcode(status), seconds, megabytes, said)


def lines(runs: list[Run]) -> Iterator[str]:
    """Yield the summary, and a line for each run that is bad."""
    made = sum(one.status == 0 for one in runs)
    yield f"{len(runs)} files: {made} make a report, {len(runs) - made} are refused"
    yield f"most CPU seconds {max(one.seconds for one in runs):.1f} of {MOST_SECONDS:.0f}"
    yield f"most memory, MB {max(one.megabytes for one in runs):.0f} of {MOST_MEGABYTES}"
    for code, count in sorted(Counter(code for one in runs for code in one.codes).items()):
        yield f"  {code} {count:5}"
    for one in filter(lambda one: one.is_bad, runs):
        cost = f"{one.seconds:.1f} s, {one.megabytes:.0f} MB"
        yield f"BAD {one.name}: status {one.status}, {cost}, {one.said[-300:]!r}"


def main() -> int:
    """Run every file, print the table, and tell by the exit status if one is bad."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders, or git directories")
    sources = parser.parse_args().folders
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        runs = [run(*one, folder) for source in sources for one in files(source, ENDINGS)]
    if not runs:
        print("no Word file there")
        return 1
    print(machine(), *lines(runs), sep="\n")
    return int(any(one.is_bad for one in runs))


if __name__ == "__main__":
    sys.exit(main())
