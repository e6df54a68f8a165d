"""What a .docx costs in a process that is warm, as ratios of CPU time to docxtpl and npm's peers.

Each program is a process of its own that is asked for a number of reports at a time; they take
turns, so that a busy machine slows them alike, and the median of the turns counts.  Before that,
every program's documents are read: each must hold every remark.  The exit status is 1 where a
ratio is below its target, or where npm's peers could not be had.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from importlib import metadata
from pathlib import Path
from typing import Any

from itareport.actions import build, prepare
from itareport.document import context, word
from itareport.document.context import Context
from itareport.files import assets, opc

REPO = Path(__file__).resolve().parents[1]
PEERS = REPO / "benchmarks" / "peers"
EXAMPLE = REPO / "examples" / "kuansaothong-2568.yaml"
REPORTS = 8  # of each kind, in turns: a program that remembers its last report gains nothing
WARM_UP, TURN = 40, 20  # reports
OPTIONS = prepare.Options()

WIDTHS = {"no": 700, "topic": 2200, "tool": 900, "code": 900, "score": 1100, "remark": 3826}
ISSUES, ROWS, REMARK = 7, 8, 500
PHRASES = (
    "ประชาชนบางส่วนมีความเห็นว่า", "การดำเนินงานของหน่วยงาน", "ยังไม่ครบถ้วนเท่าที่ควร", "จึงควรทบทวน",
    "และปรับปรุงให้ดีขึ้น", "โดยเผยแพร่ข้อมูลหลายช่องทาง", "เจ้าหน้าที่ให้บริการ", "อย่างโปร่งใสและเป็นธรรม",
    "ตามขั้นตอนและระยะเวลา", "ที่กำหนดไว้ในคู่มือ & ประกาศ", "เพื่อให้ผู้รับบริการเข้าใจ", "งบประมาณประจำปี",
)  # fmt: skip


# --- the peers' table -----------------------------------------------------------------------


def table_reports() -> list[Context]:
    """Return reports of one kind of table: 7 issues of 8 rows, remarks of about 500 characters."""
    chance = random.Random(2568)

    def remark() -> str:
        text = ""
        while len(text) < REMARK:
            text += chance.choice(PHRASES) + chance.choice(("", "", " "))
        return text

    def row(issue: int, number: int) -> Context:
        code, score = f"i{ROWS * issue + number}", f"{chance.uniform(50, 100):.2f}"
        topic = f"หัวข้อที่ {number}"
        words = (f"{issue}.{number}", topic, "IIT", code, score, remark())
        return dict(zip(WIDTHS, words, strict=True))

    def issue(number: int) -> Context:
        rows = [row(number, r) for r in range(1, ROWS + 1)]
        return {"name": f"ประเด็นที่ {number}", "rows": rows}

    return [{"issues": [issue(no) for no in range(1, ISSUES + 1)]} for _ in range(REPORTS)]


def table_template(tags: str) -> bytes:
    """Make the template of the table: `docxtpl` or `npm` says how loops are written."""
    heads = ("ที่", "หัวข้อ", "แบบ", "ข้อ", "คะแนน", "ข้อวิเคราะห์")
    if tags == "docxtpl":
        fields = [f"{{{{ row.{name} }}}}" for name in WIDTHS]
        begin, end = (_row([f"{{%tr {tag} %}}"]) for tag in ("for row in issue.rows", "endfor"))
        rows = begin + _row(fields) + end
        around = "{%p for issue in issues %}", "{{ issue.name }}", "{%p endfor %}"
    else:
        fields = [f"{{{name}}}" for name in WIDTHS]
        rows = _row([f"{{#rows}}{fields[0]}", *fields[1:-1], f"{fields[-1]}{{/rows}}"])
        around = "{#issues}", "{name}", "{/issues}"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS.values())
    table = f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{_row(list(heads))}{rows}</w:tbl>"
    begin, name, end = map(_paragraph, around)
    return _document(begin + name + table + end)


def _row(texts: list[str]) -> str:
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text)}</w:tc>'
        for width, text in zip(WIDTHS.values(), texts, strict=False)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _paragraph(text: str) -> str:
    fonts = '<w:rFonts w:ascii="TH Sarabun New" w:hAnsi="TH Sarabun New" w:cs="TH Sarabun New"/>'
    run = f'<w:rPr>{fonts}<w:szCs w:val="28"/></w:rPr><w:t xml:space="preserve">{text}</w:t>'
    return f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r>{run}</w:r></w:p>'


def _document(inner: str) -> bytes:
    """Put a body into the empty document of python-docx, styles and all."""
    import docx  # what serves reports of ours has no need of it

    buffer = io.BytesIO()
    docx.Document().save(buffer)
    parts = opc.read(buffer.getvalue())
    name = "word/document.xml"
    body = re.compile(r"(?<=<w:body>).*(?=<w:sectPr)", re.DOTALL)
    parts[name] = body.sub(lambda _: inner, parts[name].decode(), count=1).encode()
    return opc.write(parts)


# --- the full report ------------------------------------------------------------------------


def data_files(folder: Path) -> list[Path]:
    """Write the example of as many agencies, each with words of its own in every remark."""
    text = EXAMPLE.read_text(encoding="utf-8")
    files = []
    for number in range(1, REPORTS + 1):
        file = folder / f"{number}.yaml"
        own = text.replace("ดังนั้น", f"ดังนั้น ในปีที่ {number + 1}")
        file.write_text(own, encoding="utf-8")
        files.append(file)
    return files


def checked(file: Path) -> prepare.Ready:
    """Load and check a data file of a report."""
    found = prepare.check_file(file, OPTIONS).ready
    if found is None:
        sys.exit(f"{file.name} has errors")
    return found


def words_of(data: prepare.Ready) -> Context:
    """Return the words of the whole document."""
    return context.context(data.report, data.catalogue, data.plan_catalogue)


# --- programs -------------------------------------------------------------------------------

Fill = Callable[[int], bytes]


def plain_docxtpl(template: bytes, reports: list[Context]) -> Fill:
    """Fill a template as a script does that has read docxtpl's first page."""
    from docxtpl import DocxTemplate

    def fill(number: int) -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render(reports[number], autoescape=True)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return fill


def table_of_ours(template: bytes, reports: list[Context]) -> Fill:
    """Fill the same template with `word`."""
    return lambda number: word.prepared(template).render(reports[number], lambda *_: None)


def fillers(folder: Path) -> dict[str, Callable[[], Fill]]:
    """Return the programs in Python: name to what makes the n-th report."""
    tables = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
    table = (folder / "docxtpl.docx").read_bytes()
    files = sorted(folder.glob("*.yaml"))
    shipped = assets.template().read_bytes()

    def words() -> list[Context]:
        return [words_of(checked(file)) for file in files]

    def same_words() -> Fill:
        data, all_words = [checked(file) for file in files], words()
        template = word.prepared(shipped)
        return lambda n: template.render(all_words[n], build.drawings(data[n], OPTIONS))

    def from_data() -> Fill:
        data = [checked(file) for file in files]
        return lambda n: build.docx(data[n], OPTIONS)[0]

    return {
        "table: plain docxtpl": lambda: plain_docxtpl(table, tables),
        "table: itareport": lambda: table_of_ours(table, tables),
        "report: plain docxtpl": lambda: plain_docxtpl(shipped, words()),
        "report: itareport, same words": same_words,
        "report: itareport, from data": from_data,
        "report: itareport, from the file": lambda: (
            lambda n: build.docx(checked(files[n]), OPTIONS)[0]
        ),
    }


def serve(name: str, folder: Path) -> None:
    """Answer as peers/serve.mjs does, for one of the programs in Python."""
    fill = fillers(folder)[name]()
    for line in sys.stdin:
        command, number, *file = line.split()
        if command == "make":
            Path(file[0]).write_bytes(fill(int(number)))
            print("made", flush=True)
        else:
            before = cpu_seconds()
            for n in range(int(number)):
                fill(n % REPORTS)
            print(cpu_seconds() - before, flush=True)


def cpu_seconds() -> float:
    """Return what this process has used, of user and of system time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# --- measuring ------------------------------------------------------------------------------


@dataclass
class Program:
    """A process that makes reports, and the CPU milliseconds of a report in each turn."""

    name: str
    command: list[str]
    folder: Path
    milliseconds: list[float] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Keep the process while the block runs."""
        pipe = subprocess.PIPE
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        with subprocess.Popen(
            self.command, cwd=self.folder, env=env, stdin=pipe, stdout=pipe, text=True
        ) as self.process:
            yield

    def ask(self, line: str) -> str:
        """Send a line; return the answer."""
        if self.process is None or self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError(self.name)
        print(line, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().strip()
        return answer or sys.exit(f"{self.name} has stopped")

    def make(self, number: int) -> bytes:
        """Return the n-th document."""
        self.ask(f"make {number} made.docx")
        return (self.folder / "made.docx").read_bytes()

    def turn(self) -> None:
        """Make a turn's reports and note their cost."""
        self.milliseconds.append(float(self.ask(f"time {TURN}")) * 1000 / TURN)

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)


def programs(folder: Path, modules: Path | None) -> list[Program]:
    """Return all programs that can be run, what they need written into the folder."""
    data_files(folder)
    (folder / "tables.json").write_text(json.dumps(table_reports()), encoding="utf-8")
    for tags in ("docxtpl", "npm"):
        (folder / f"{tags}.docx").write_bytes(table_template(tags))
    ours = [sys.executable, str(Path(__file__).resolve()), "--serve"]
    found = [Program(name, [*ours, name], folder) for name in fillers(folder)]
    for peer in ("docxtemplater", "easy-template-x") if modules else ():
        command = ["node", str(PEERS / "serve.mjs"), peer, "npm.docx", "tables.json"]
        found.append(Program(f"table: {peer}", command, folder))
    if modules:
        (folder / "node_modules").symlink_to(modules)
    return found


def npm_modules(given: Path | None, folder: Path) -> Path | None:
    """Return the folder of npm's peers: the one given, or one installed here as locked."""
    if given is not None:
        return given.resolve()
    if shutil.which("npm") is None:
        return None
    for file in ("package.json", "package-lock.json"):
        shutil.copy(PEERS / file, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return folder / "node_modules" if done.returncode == 0 else None


def check_documents(program: Program, remarks: list[list[str]]) -> None:
    """Stop where a program's documents lack a remark, or are not of the report asked for."""
    for number, wanted in enumerate(remarks):
        xml = opc.read(program.make(number))["word/document.xml"].decode()
        text = unescape(re.sub(r"<[^>]*>", "", xml))
        if lost := [remark for remark in wanted if remark not in text]:
            sys.exit(f"{program.name}: report {number} has lost {len(lost)} remarks: {lost[0]}")


def remarks_of(folder: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Return the remarks of each table, and those of each full report as they are printed."""
    tables = [
        [row["remark"] for issue in report["issues"] for row in issue["rows"]]
        for report in table_reports()
    ]
    words = [words_of(checked(file)) for file in sorted(folder.glob("*.yaml"))]
    reports = [
        [text for issue in w["part1"]["issues"] for row in issue["rows"] for text in row["remarks"]]
        for w in words
    ]
    return tables, reports


def measure(all_programs: list[Program], folder: Path, turns: int) -> None:
    """Check each program's documents, warm it up, then let all take turns."""
    tables, reports = remarks_of(folder)
    with _all_running(all_programs):
        for program in all_programs:
            check_documents(program, tables if program.name.startswith("table") else reports)
            program.ask(f"time {WARM_UP * 5 if 'node' in program.command[0] else WARM_UP}")
        for _ in range(turns):
            for program in all_programs:
                program.turn()


@contextmanager
def _all_running(all_programs: list[Program]) -> Iterator[None]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        for program in all_programs:
            stack.enter_context(program.running())
        yield


# --- the result -----------------------------------------------------------------------------


def ratios(all_programs: list[Program]) -> Iterator[tuple[str, float, float]]:
    """Yield what is compared, how many times ours is faster, and how many it must be."""
    cost = {program.name: program.median for program in all_programs}
    plain = cost["report: plain docxtpl"]
    for ours in ("same words", "from data"):
        yield f"report, {ours}: docxtpl", plain / cost[f"report: itareport, {ours}"], 5.0
    table = cost["table: itareport"]
    yield "table: docxtpl", cost["table: plain docxtpl"] / table, 5.0
    npm = [cost[n] for n in ("table: docxtemplater", "table: easy-template-x") if n in cost]
    if npm:
        yield "table: the better of npm", min(npm) / table, 4.0


def machine(modules: Path | None) -> str:
    """Name the versions and the machine that the figures belong to."""
    versions = [f"{n} {metadata.version(n)}" for n in ("itareport", "docxtpl", "jinja2", "lxml")]
    for peer in ("docxtemplater", "easy-template-x") if modules else ():
        about: dict[str, Any] = json.loads((modules / peer / "package.json").read_text())  # type: ignore[operator]
        versions.append(f"{peer} {about['version']}")
    if modules:
        ran = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
        versions.append(f"node {ran.stdout.strip()}")
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    model = f"{os.cpu_count()} x {(models or [platform.processor()])[0]}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{', '.join(versions)}\n{python}, {platform.system()} {platform.machine()}, {model}"


def table(all_programs: list[Program], turns: int) -> str:
    """Lay out the figures, and below them the ratios."""
    heads = "".join(f"{head:>8}" for head in ("median", "least", "most"))
    lines = [f"{f'CPU ms a report, {turns} turns of {TURN}':38}{heads}"]
    for program in all_programs:
        figures = (program.median, min(program.milliseconds), max(program.milliseconds))
        lines.append(f"{program.name:38}{''.join(f'{f:8.2f}' for f in figures)}")
    lines += ["", f"{'times faster than':38}{'ratio':>8}{'target':>8}"]
    lines += [f"{name:38}{ratio:8.1f}{target:8.1f}" for name, ratio, target in ratios(all_programs)]
    return "\n".join(lines)


def main() -> int:
    """Measure, print the table, and tell by the exit status whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=15, help="turns of each program (15)")
    parser.add_argument("--peers", type=Path, help="a node_modules with the peers; else npm ci")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, Path.cwd())
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (npm := folder / "npm").mkdir()
        modules = npm_modules(given.peers, npm)
        found = programs(folder, modules)
        measure(found, folder, given.turns)
        print(machine(modules), table(found, given.turns), sep="\n\n")
    if modules is None:
        print("\nnpm's peers are not here: neither npm nor --peers gave them, so nothing is said.")
        return 1
    return 0 if all(ratio >= target for _, ratio, target in ratios(found)) else 1


if __name__ == "__main__":
    sys.exit(main())
