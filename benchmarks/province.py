"""A province or the country of agencies: data files with real names, and what a batch costs.

`make` writes any number of agencies, seeded: the same numbers give the same files.  `measure` runs
`itareport batch` over a small and a large number: CPU seconds a report (user and system, of the
caller, its workers and LibreOffice), peak memory, the cost of a second run with nothing changed;
with `--dask`, one and two workers of one core.  The exit status is 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from itareport.ita import areas, catalogue
from itareport.ita.catalogue import Catalogue
from itareport.reading import workbook

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO / "tests"))

from reports import KINDS, Data, clean_data  # noqa: E402 - lies with the tests

YEAR = 2568
MAINTAINED = 90
GROWTH, SECOND, SPEEDUP = 1.10, 0.02, 1.7
WEAK = (
    "ผู้มีส่วนได้ส่วนเสียบางส่วนยังไม่ทราบขั้นตอนและระยะเวลาการให้บริการที่ชัดเจน",
    "ผู้มาติดต่อบางส่วนเห็นว่าการเปิดเผยข้อมูลการใช้จ่ายงบประมาณยังเข้าถึงได้ยาก",
    "บุคลากรบางส่วนยังไม่เข้าใจแนวปฏิบัติเกี่ยวกับการใช้ทรัพย์สินของราชการอย่างทั่วถึง",
    "ข้อมูลที่เผยแพร่ยังไม่เป็นปัจจุบันและยังไม่ครบองค์ประกอบตามที่กำหนด",
    "ช่องทางการรับฟังความคิดเห็นยังมีผู้ใช้น้อยและยังไม่มีการแจ้งผลกลับ",
)
CAUSES = (
    "เนื่องจากการประชาสัมพันธ์ยังจำกัดอยู่เฉพาะที่สำนักงานและเว็บไซต์ของหน่วยงาน",
    "เนื่องจากผู้รับผิดชอบมีการเปลี่ยนแปลงระหว่างปีงบประมาณและยังไม่ได้ส่งมอบงานครบถ้วน",
    "เนื่องจากคู่มือฉบับเดิมมีเนื้อหามากและอ่านเข้าใจยากสำหรับประชาชนทั่วไป",
    "เนื่องจากยังไม่มีการติดตามผลอย่างต่อเนื่องในแต่ละไตรมาส",
)
ACTIONS = (
    "หน่วยงานควรจัดทำสรุปขั้นตอนเป็นแผนภาพหนึ่งหน้า ติดประกาศทุกหมู่บ้าน และเผยแพร่ทางสื่อสังคมออนไลน์",
    "หน่วยงานควรประชุมชี้แจงบุคลากรทุกส่วนราชการอย่างน้อยปีละสองครั้ง พร้อมทดสอบความเข้าใจหลังการประชุม",
    "หน่วยงานควรกำหนดผู้รับผิดชอบและปฏิทินการปรับปรุงข้อมูล แล้วรายงานผลต่อผู้บริหารทุกเดือน",
    "หน่วยงานควรเปิดช่องทางให้ประชาชนติดตามสถานะคำขอด้วยตนเอง และแจ้งผลภายในสิบห้าวัน",
)


@dataclass(frozen=True)
class Agency:
    kind: str
    name: str
    district: str
    province: str

    @property
    def file(self) -> Path:
        short = KINDS.short_name(self.kind, self.name)
        return Path(self.province) / (self.district or "จังหวัด") / short


def agencies(count: int, seed: int, province: str = "") -> list[Agency]:
    """Return agencies with real names, no two alike: of provinces and of their subdistricts."""
    rng = random.Random(seed)
    provinces = [province] if province else list(areas.provinces())
    places = [
        (name, district, of)
        for name, found in areas._subdistricts().items()
        for district, of in found
        if of in provinces
    ]
    rng.shuffle(places)
    first = [rng.choices(("องค์การบริหารส่วนตำบล", "เทศบาลตำบล"), (7, 3))[0] for _ in places]
    known = [Agency(kind, *place) for kind, place in zip(first, places, strict=True)]
    known += [
        Agency("องค์การบริหารส่วนจังหวัด", one, "", one) for one in provinces if one != areas.BANGKOK
    ]
    rng.shuffle(known)
    other = {"องค์การบริหารส่วนตำบล": "เทศบาลตำบล", "เทศบาลตำบล": "องค์การบริหารส่วนตำบล"}
    known += [Agency(other[kind], *place) for kind, place in zip(first, places, strict=True)]
    if count > len(known):
        sys.exit(f"there are {len(known)} names only")
    return known[:count]


def data(agency: Agency, year: Catalogue, rng: random.Random) -> Data:
    """Return an agency's data: scores around its own level, words for each that is weak."""
    level = rng.betavariate(9, 2)
    scores: dict[str, Any] = {}
    for code in year.codes:
        tool = year.tool_of(code)
        if code.startswith("o"):
            scores[code] = (
                "100.00" if rng.random() < 0.75 + level / 4 else rng.choice(("0.00", "50.00"))
            )
        elif tool is not None and tool.parts > 1:
            scores[code] = (_score(level, rng), _score(level, rng))
        else:
            scores[code] = _score(level, rng)
    own = {
        "agency__kind": agency.kind, "agency__name": agency.name,
        "agency__district": agency.district, "agency__province": agency.province,
        "agency__maintain_from": str(MAINTAINED),
    }  # fmt: skip
    made = clean_data(year, scores, **own)
    kind = KINDS.kind(agency.kind)
    weak = [row["code"] for row in made["remarks"] if _lowest(scores[row["code"]]) < MAINTAINED]
    for row in made["plan"]:
        row["responsible"] = [rng.choice(kind.units if kind else ("กองคลัง",))]
    made["remarks"] = [{"code": code, "text": _remark(rng)} for code in weak]
    return made


def _score(level: float, rng: random.Random) -> str:
    return f"{min(100.0, max(40.0, rng.gauss(84 + 13 * level, 4))):.2f}"


def _lowest(score: Any) -> float:
    return min(map(float, score if isinstance(score, tuple) else (score,)))


def _remark(rng: random.Random) -> str:
    one, other = rng.sample(ACTIONS, 2)
    return f"{rng.choice(WEAK)} {rng.choice(CAUSES)}\n{one} และ{other.removeprefix('หน่วยงาน')}"


def write(folder: Path, count: int, seed: int, province: str, *, mixed: bool, broken: int) -> None:
    """Write the data files; of `mixed`, a tenth as workbooks and as YAML; some are `broken`."""
    year, rng = catalogue.load(YEAR), random.Random(seed)
    for number, agency in enumerate(agencies(count, seed, province)):
        made, place = data(agency, year, rng), folder / agency.file
        place.parent.mkdir(parents=True, exist_ok=True)
        if number < broken:
            BREAKS[number % len(BREAKS)](made)
        if mixed and number % 10 == 8:
            place.with_name(f"{place.name}.xlsx").write_bytes(workbook.write(made, year, KINDS))
        elif mixed and number % 10 == 9:
            text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
            place.with_name(f"{place.name}.yaml").write_text(text, encoding="utf-8")
        else:
            text = json.dumps(made, ensure_ascii=False)
            place.with_name(f"{place.name}.json").write_text(text, encoding="utf-8")


BREAKS: tuple[Callable[[Data], object], ...] = (
    lambda made: made["scores"].pop(),
    lambda made: made["plan"].pop(),
    lambda made: made.update(fiscal_year="2501"),
    lambda made: made["agency"].update(emblem="ไม่มีไฟล์นี้.png"),
    lambda made: made["result"].update(total="เก้าสิบ"),
    lambda made: made["scores"].append(dict(made["scores"][0])),
    lambda made: made.pop("plan"),
    lambda made: made["agency"].pop("province"),
    lambda made: made["plan"][0].update(measures=[]),
    lambda made: made["signatures"].clear(),
)


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds of CPU and of the clock, megabytes at the most."""

    cpu: float
    wall: float
    caller: float
    whole: float


def batch(inputs: Path, out: Path, *options: str) -> Cost:
    """Run `itareport batch` to its end and measure it."""
    command = [sys.executable, "-m", "itareport", "batch", str(inputs), "-o", str(out), *options]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        peak = {"caller": 0.0, "whole": 0.0}
        done = threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, peak, done))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        watch.join()
        if process.returncode:
            log.seek(0)
            sys.exit(f"status {process.returncode}: {log.read().decode()[-2000:]}")
    wall = time.perf_counter() - began
    return Cost(usage.ru_utime + usage.ru_stime, wall, peak["caller"], peak["whole"])


def _watch(pid: int, peak: dict[str, float], done: threading.Event) -> None:
    """Follow the memory of the caller, and of it with all that it started, pages shared once."""
    while not done.wait(0.3):
        peak["caller"] = max(peak["caller"], _megabytes(pid, "status", "VmHWM"))
        whole = sum(_megabytes(one, "smaps_rollup", "Pss") for one in _family(pid))
        peak["whole"] = max(peak["whole"], whole)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for folder in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (folder / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _megabytes(pid: int, file: str, name: str) -> float:
    try:
        text = Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return 0.0
    lines = [line for line in text.splitlines() if line.startswith(f"{name}:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def measure(options: argparse.Namespace) -> bool:
    """Print the table; return whether every target is met."""
    print(f"{platform.platform()}, CPython {platform.python_version()}, {os.cpu_count()} cores")
    extra = ["--pdf"] if options.pdf else []
    with tempfile.TemporaryDirectory(prefix="province-") as name:
        place, good = Path(name), True
        costs: dict[int, float] = {}
        titles = ("reports", "CPU ms each", "a second", "caller MB", "whole MB")
        print("{:>8} {:>12} {:>9} {:>10} {:>10}".format(*titles))
        for count in options.sizes:
            folder, out = place / f"in{count}", place / f"out{count}"
            write(folder, count, options.seed, "", mixed=options.mixed, broken=0)
            cost = batch(folder, out, *extra, *options.more)
            costs[count] = cost.cpu / count
            print(
                f"{count:>8} {costs[count] * 1000:>12.1f} {count / cost.wall:>9.2f}"
                f" {cost.caller:>10.1f} {cost.whole:>10.1f}"
            )
            again = batch(folder, out, *extra, *options.more)
            share = again.cpu / cost.cpu
            print(f"{'again':>8} {share:>12.2%}")
            good &= not options.pdf or share <= SECOND or count < max(options.sizes)
            if count != options.sizes[0]:
                shutil.rmtree(out)
        growth = costs[options.sizes[-1]] / costs[options.sizes[0]]
        print(f"cost a report at {options.sizes[-1]} against {options.sizes[0]}: {growth:.3f}")
        good &= growth <= GROWTH
        if options.dask:
            folder = place / "dask"
            write(folder, options.dask, options.seed, "", mixed=options.mixed, broken=0)
            good &= dask(folder, options.dask, extra)
    return good


def dask(folder: Path, count: int, extra: list[str]) -> bool:
    """Measure one worker against two, each of one thread, on this machine."""
    from distributed import LocalCluster

    walls = []
    for workers in (1, 2):
        with LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as cluster:
            at = ["--cluster", cluster.scheduler_address]
            out = folder.with_name(f"dask{workers}")
            cost = batch(folder, out, *extra, *at)
            walls.append(cost.wall)
            busy = _busy(out) / cost.wall
            print(f"{workers} Dask worker(s): {count / cost.wall:.2f} a second, {busy:.2f} busy")
    print(f"two against one: {walls[0] / walls[1]:.2f}")
    return walls[0] / walls[1] >= SPEEDUP


def _busy(out: Path) -> float:
    """Return the seconds that workers spent on reports; on a machine shared with others too."""
    lines = (out / "run.jsonl").read_text(encoding="utf-8").splitlines()
    return sum(float(json.loads(line)["milliseconds"]) for line in lines) / 1000


def main() -> int:
    """Make data files, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--mixed", action="store_true", help="workbooks and YAML among the JSON")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="write data files")
    make.add_argument("count", type=int)
    make.add_argument("folder", type=Path)
    make.add_argument("--province", default="")
    make.add_argument("--broken", type=int, default=0, help="how many have a fault each")
    run = commands.add_parser("measure", help="run itareport batch over small and large")
    run.add_argument("--sizes", type=int, nargs="+", default=[100, 2000])
    run.add_argument("--pdf", action="store_true")
    run.add_argument(
        "--dask", type=int, nargs="?", const=300, default=0, metavar="REPORTS",
        help="also one Dask worker against two",
    )  # fmt: skip
    run.add_argument("--more", nargs="*", default=[], help="options for itareport batch")
    options = parser.parse_args()
    if options.command == "make":
        write(
            options.folder, options.count, options.seed, options.province,
            mixed=options.mixed, broken=options.broken,
        )  # fmt: skip
        return 0
    return 0 if measure(options) else 1


if __name__ == "__main__":
    sys.exit(main())
