"""What one report costs, as ratios of CPU time to the bare tools that it stands on.

Every figure is user and system time of a fresh process and all that it started; the commands
take turns, so that a busy machine slows them alike, and the median counts.  The exit status is 1
where a ratio is above its target.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from itareport.actions import build, prepare
from itareport.document import context, fonts
from itareport.files import assets
from itareport.pdf import office

REPO = Path(__file__).resolve().parents[1]
EXAMPLE = REPO / "examples" / "kuansaothong-2568.yaml"
LIBRARIES = (
    "docx", "docxtpl", "fontTools.ttLib", "geothai", "jinja2", "lxml.etree", "pydantic",
    "pypdfium2", "pythainlp", "yaml",
)  # fmt: skip
ITAREPORT = [sys.executable, "-m", "itareport"]
EXPORT = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "PDFUACompliance": {"type": "boolean", "value": "true"},
}


@dataclass
class Case:
    """A command, what it must leave if anything, and the CPU seconds of its runs."""

    name: str
    command: list[str]
    leaves: str
    env: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def run(self, folder: Path) -> float:
        """Run once with an empty `out` and `profile` in the folder; return CPU seconds."""
        for name in ("out", "profile"):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / "out").mkdir()
        env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"} | self.env
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(self.command, cwd=folder, env=env, stdout=log, stderr=log)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        made = list((folder / "out").glob(f"*{self.leaves}"))
        if process.returncode or (self.leaves and not made):
            sys.exit(f"{self.name}: status {process.returncode}\n{(folder / 'log').read_text()}")
        return usage.ru_utime + usage.ru_stime

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def example() -> prepare.Ready:
    """Return the example, loaded and checked."""
    data = prepare.check_file(EXAMPLE, prepare.Options()).ready
    if data is None:
        sys.exit(f"{EXAMPLE.name} has errors")
    return data


def without_pdf(folder: Path) -> tuple[Case, Case]:
    """Return a cold build without PDF, and a bare docxtpl script."""
    data = example()
    words = context.context(data.report, data.catalogue, data.plan_catalogue)
    (folder / "context.json").write_text(json.dumps(words), encoding="utf-8")
    peer = [REPO / "benchmarks" / "bare_docxtpl.py", assets.template(), "context.json"]
    bare = [sys.executable, *map(str, peer), "out/bare.docx", *imported(folder)]
    return (
        Case("build", [*ITAREPORT, "build", str(EXAMPLE), "-o", "out"], ".docx"),
        Case("bare docxtpl", bare, ".docx"),
    )


def with_pdf(folder: Path) -> tuple[Case, Case]:
    """Return a cold build with PDF, and a bare soffice on the document that the build makes."""
    found = office.find()
    if found is None:
        sys.exit("LibreOffice is not here: scripts/setup installs it")
    made, _ = build.docx(example(), prepare.Options())
    (folder / "report.docx").write_bytes(made)
    convert = f"pdf:writer_pdf_Export:{json.dumps(EXPORT)}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    bare = [str(found.command), profile, "--headless", "--convert-to", convert]
    fontconfig = {"FONTCONFIG_FILE": str(fonts.fontconfig(folder))}
    return (
        Case("build --pdf", [*ITAREPORT, "build", str(EXAMPLE), "-o", "out", "--pdf"], ".pdf"),
        Case("bare soffice", [*bare, "--outdir", "out", "report.docx"], ".pdf", fontconfig),
    )


def imported(folder: Path) -> list[str]:
    """Return the libraries that a build without PDF imports, for its peer to import too."""
    command = [sys.executable, "-X", "importtime", *ITAREPORT[1:], "build", str(EXAMPLE)]
    ran = subprocess.run(
        [*command, "-o", "out"], cwd=folder, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(f"{command[-1]}: status {ran.returncode}\n{ran.stderr[-1000:]}")
    seen = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    return [library for library in LIBRARIES if library in seen]


def machine() -> str:
    """Name the versions and the machine that the figures belong to."""
    names = ("itareport", "docxtpl", "pydantic", "pythainlp", "lxml")
    versions = " ".join(f"{name} {metadata.version(name)}" for name in names)
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    model = f"{os.cpu_count()} x {(models or [platform.processor()])[0]}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{versions}\n{python}, {platform.system()} {platform.machine()}, {model}"


def table(pairs: list[tuple[Case, Case, float]], repeat: int) -> str:
    """Lay out the figures, ours above its peer's."""
    heads = "".join(f"{head:>8}" for head in ("median", "least", "most", "ratio", "target"))
    lines = [f"{f'CPU seconds, {repeat} runs':22}{heads}"]
    for ours, peer, target in pairs:
        ratio = f"{ours.median / peer.median:8.2f}{target:8.1f}"
        for case, last in ((ours, ratio), (peer, "")):
            figures = (case.median, min(case.seconds), max(case.seconds))
            lines.append(f"{case.name:22}{''.join(f'{f:8.2f}' for f in figures)}{last}")
    return "\n".join(lines)


def main() -> int:
    """Measure, print the table, and tell by the exit status whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7, help="runs of each command (7)")
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        pairs = [(*without_pdf(folder), 2.0), (*with_pdf(folder), 1.7)]
        cases = [case for ours, peer, _ in pairs for case in (ours, peer)]
        unheeded = min(repeat - 1, 1)  # the first of many fills caches and compiles modules
        for turn in range(unheeded + repeat):
            for case in cases:
                seconds = case.run(folder)
                if turn >= unheeded:
                    case.seconds.append(seconds)
    print(machine(), table(pairs, repeat), sep="\n\n")
    met = all(ours.median / peer.median <= target for ours, peer, target in pairs)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
