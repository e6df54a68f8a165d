"""Data files of many agencies with real names, and workers in this process."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import openpyxl

from itareport import batch
from itareport.batch import runner
from itareport.batch.workers.pool import LazyWorkers, WorkerDiedError, Workers
from itareport.ita import areas, catalogue
from reports import Data, clean_data

PROVINCE = "พัทลุง"
_YEAR = catalogue.load(2568)
_CLEAN: Any = clean_data(_YEAR)
_SCORES = dict.fromkeys(_YEAR.codes, "100.00")


def names(count: int) -> list[tuple[str, str]]:
    """Return names and districts of so many subdistricts, no name twice."""
    found: dict[str, str] = {}
    for name, places in areas._subdistricts().items():
        for district, province in places:
            if province == PROVINCE:
                found[name] = district
    return list(found.items())[:count]


def data(name: str = "ควนเสาธง", district: str = "ตะโหมด", /, **changes: Any) -> Data:
    """Return an agency's data without a fault, with two weak scores."""
    agency = {"agency__name": name, "agency__district": district, "agency__province": PROVINCE}
    scores = {"i1": "80.00", "o3": "50.00"}
    return clean_data(catalogue.load(2568), scores, **(agency | changes))


def write(file: Path, of: Data) -> Path:
    """Write a data file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(of, ensure_ascii=False), encoding="utf-8")
    return file


def folder(place: Path, count: int) -> list[Path]:
    """Write the data files of so many agencies, by district, and return them in order."""
    return sorted(
        write(place / district / f"{name}.json", data(name, district))
        for name, district in names(count)
    )


class Here(Executor):
    """Does every task at once, in this process; `before` may raise what a worker would."""

    def __init__(self, before: Callable[..., object] = lambda *_: None) -> None:
        self.calls: list[tuple[Any, tuple[Any, ...]]] = []
        self._before = before

    def submit(self, fn, /, *args, **_none):
        future: Future[Any] = Future()
        self.calls.append((fn, args))
        try:
            self._before(fn, *args)
            future.set_result(fn(*args))
        except Exception as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future


def workers(executor: Executor, count: int = 1) -> Workers:
    """Return workers that fail as those of this machine do."""
    return Workers(executor, count, lambda error: isinstance(error, WorkerDiedError))


def make(inputs: Path | list[Path], out: Path, executor: Executor | None = None, **how: Any):
    """Make reports in this process."""
    given = inputs if isinstance(inputs, list) else [inputs]
    here = executor or Here()
    started = LazyWorkers(lambda: workers(here))
    return runner.make_reports(given, batch.Request(out, **how), started, lambda _counts: None)


def lines(out: Path) -> list[dict[str, Any]]:
    """Return the lines of the journal."""
    text = (out / "run.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def files(out: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def assert_lists_agree(out: Path, agencies: int) -> None:
    """Compare journal and summary with the documents that lie in a folder of results."""
    found = {name for name in files(out) if name.endswith(".docx")}
    listed = [line["docx"] for line in lines(out) if line.get("docx")]
    assert sorted(found) == sorted(listed)
    book = openpyxl.load_workbook(out / "summary.xlsx")
    rows = list(book["รายงาน"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == agencies
    untouched = sum(row[0] == "ยังไม่ได้จัดทำ" for row in rows)
    waiting = sum(line["state"] == "waiting" for line in lines(out))
    assert untouched - waiting == agencies - len(lines(out))


def sha256(data: bytes) -> str:
    """Return the digest of bytes as the journal writes it."""
    return hashlib.sha256(data).hexdigest()


def row(name: str, district: str, **changes: str) -> dict[str, str]:
    """Return a row of a table without a fault."""
    return {
        "ปีงบประมาณ": "2568",
        "หน่วยงาน": f"เทศบาลตำบล{name}",
        "อำเภอ": district,
        "จังหวัด": "พัทลุง",
        "คะแนนภาพรวม": str(_CLEAN["result"]["total"]),
        "ระดับ": _CLEAN["result"]["level"],
        **{f"ตัวชี้วัดที่ {r['no']}": str(r["score"]) for r in _CLEAN["result"]["indicators"]},
        **(_SCORES | changes),
    }


def table(file: Path, *rows: dict[str, str]) -> Path:
    """Write a table as text."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), restval="")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(buffer.getvalue().encode("cp874"))
    return file


def rows(count: int) -> list[dict[str, str]]:
    """Return rows of so many agencies."""
    return [row(name, district, i1="98.00") for name, district in names(count)]
