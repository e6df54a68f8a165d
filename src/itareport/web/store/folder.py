"""The folder of reports: what lies in it, what is begun in it, what is taken into it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from itareport import plain
from itareport.actions import prepare
from itareport.files import output
from itareport.ita import catalogue, names
from itareport.ita.kinds import full_name
from itareport.ita.model import Report
from itareport.problems import Flag, ItaReportError, Problem, Severity, problem
from itareport.reading import load, yamlwrite
from itareport.reading.workbook import wide
from itareport.web.store.desk import Desk, text_of
from itareport.web.store.memory import FOLDER, STATES, Memory

_DATA = (".yaml", ".yml", ".json")
_TAKEN = (*_DATA, ".xlsx")
_OUTDATED = "ไม่ใช่ฉบับล่าสุด"
_OTHER = "รับเฉพาะแบบกรอก .xlsx หรือไฟล์ข้อมูล .yaml .json"
_UNREAD = "อ่านไม่ได้ จึงไม่ได้รับไว้"
_TABLE = "ตารางหลายหน่วยงาน"


class NotFound(Exception):  # noqa: N818 - the contract's name
    """No report has that key."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the folder, as the list shows it."""

    key: str
    file: str
    agency: str = ""
    fiscal_year: int | None = None
    total: Any = None
    level: str | None = None
    errors: int | None = None
    warnings: int | None = None
    drafts: int | None = None
    built: float | None = None
    """When its Word file was made last, in seconds."""
    changed: float = 0.0
    state: str = ""
    locked: bool = False
    note: str = ""
    stems: tuple[str, ...] = ()
    """What the name of its Word file begins with."""

    @property
    def is_working(self) -> bool:
        """Whether it is still being worked on."""
        return self.state == STATES[0] and self.is_current

    @property
    def is_current(self) -> bool:
        """Whether a run over all reports takes it."""
        return self.note != _OUTDATED


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file that was dropped; `key` is "" where no report was made of it."""

    name: str
    said: str
    key: str = ""
    problems: tuple[Problem, ...] = ()


class Folder:
    """The reports of one folder; nothing outside it is read or listed."""

    def __init__(self, path: Path, options: prepare.Options) -> None:
        """Look after that folder."""
        self.path, self._options = path.resolve(), options
        self._desks: dict[str, Desk] = {}
        self._lock = threading.RLock()
        self._seen: dict[str, tuple[tuple[int, int, int], Listed]] = {}

    @property
    def keys(self) -> dict[str, str]:
        """The key of each file."""
        return {file.name: key_of(file.name) for file in self._files()}

    def listed(self) -> list[Listed]:
        """Return every report of the folder."""
        with self._lock:
            made = {one.name: one.stat().st_mtime for one in (self.path / "out").rglob("*.docx")}
            return [self._row(file, made) for file in self._files()]

    def open(self, key: str) -> Desk:
        """Return the desk of a report; a workbook is read into a data file beside it.

        Raises:
            NotFound: No file has that key.
            ItaReportError: The file cannot be read.
        """
        with self._lock:
            file = next((one for one in self._files() if key_of(one.name) == key), None)
            if file is None:
                raise NotFound(key)
            if file.suffix.lower() not in _DATA:
                file = _beside(file) or self._from_workbook(file.name, file.read_bytes())
                key = key_of(file.name)
            if key not in self._desks:
                self._desks[key] = Desk(file, key, self._memory(key), self._options)
            self._desks[key].refresh()
            return self._desks[key]

    def create(self, fields: Mapping[str, str]) -> Desk:
        """Begin a report of a year and an agency.

        Raises:
            ItaReportError: D403 no agency; O6xx it cannot be written.
        """
        asked = ("kind", "name", "district", "province")
        agency = {name: typed for name in asked if (typed := fields.get(name, "").strip())}
        if "name" not in agency:
            raise ItaReportError(problem("D403"))
        return self._begun({"fiscal_year": fields.get("year", "").strip(), "agency": agency})

    def go_on(self, name: str, data: bytes) -> Desk:
        """Begin this year's report with the agency, units and signers of a file of last year.

        Raises:
            ItaReportError: The file cannot be read; O6xx it cannot be written.
        """
        last = _report(load.load_bytes(data, name))
        tree = _plain(last)
        result = tree.get("result", {})
        kept = {n: tree[n] for n in ("agency", "signatures") if n in tree}
        begun: dict[str, Any] = {"fiscal_year": str(last.fiscal_year + 1), **kept}
        if "total" in result:
            begun["result"] = {"last_year": {"total": result["total"]}}
        return self._begun(begun)

    def take_in(self, name: str, data: bytes) -> Taken:
        """Put a dropped file into the folder, under a name of its own; never over another."""
        shown = name.replace("\\", "/").rpartition("/")[2]
        if Path(shown).suffix.lower() not in _TAKEN:
            return Taken(shown, _OTHER)
        try:
            return self._taken(shown, data)
        except ItaReportError as error:
            return Taken(shown, _UNREAD, problems=error.problems)

    def _taken(self, name: str, data: bytes) -> Taken:
        kinds = catalogue.own(self._options.catalogues).kinds
        is_workbook = name.lower().endswith(".xlsx")
        if is_workbook and wide.read(data, name, kinds):
            self._kept(name, data)
            return Taken(name, "เป็นตารางหลายหน่วยงาน จัดทำได้ที่ “หลายหน่วยงาน”")
        loaded = load.load_bytes(data, name)
        if loaded.report is None and loaded.part is None:
            return Taken(name, _UNREAD, problems=loaded.problems)
        file = self._kept(name, data)
        if is_workbook:
            file = self._from_workbook(file.name, data)
        wrong = tuple(p for p in loaded.problems if p.severity is Severity.ERROR)
        return Taken(name, f"รับไว้เป็น {file.name}", key_of(file.name), wrong)

    def _kept(self, name: str, data: bytes) -> Path:
        stem = names.safe(Path(name).stem).lstrip(".~$ ") or "ไฟล์"
        path = self.path / f"{stem}{Path(name).suffix.lower()}"
        if output.is_there(path):
            path = output.free_name(path, "รับใหม่")
        output.write(path, data)
        return path

    def _from_workbook(self, name: str, data: bytes) -> Path:
        """Write what a workbook says into a data file beside it."""
        report = _report(load.load_bytes(data, name))
        path = (self.path / name).with_suffix(".yaml")
        if output.is_there(path):
            path = output.free_name(path, "รับใหม่")
        output.write(path, yamlwrite.report(report))
        return path

    def _begun(self, data: dict[str, Any]) -> Desk:
        kinds, agency = catalogue.own(self._options.catalogues).kinds, data["agency"]
        short = kinds.short_name(agency.get("kind", ""), agency.get("name", ""))
        stem = names.safe(f"ข้อมูล ITA {data['fiscal_year']} {short}")
        path = self.path / f"{stem}.yaml"
        if output.is_there(path):
            path = output.free_name(path, "ใหม่")
        empty: dict[str, Any] = {"result": {}, "scores": [], "signatures": []}
        output.write(path, text_of(empty | data, ".yaml"))  # so that the checks read the rest
        return self.open(key_of(path.name))

    def _files(self) -> Iterator[Path]:
        """Yield the data files and workbooks; none hidden, none that a link leads to."""
        for file in sorted(self.path.iterdir()):
            is_ours = file.suffix.lower() in _TAKEN and not file.name.startswith((".", "~$"))
            checked = names.without_check_mark(file.stem) != file.stem
            if is_ours and not checked and not file.is_symlink() and file.is_file():
                yield file

    def _memory(self, key: str) -> Memory:
        return Memory(self.path / FOLDER / f"{key}.json")

    def _row(self, file: Path, made: Mapping[str, float]) -> Listed:
        known, stat = key_of(file.name), file.stat()
        mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._seen.get(known, (None,))[0] != mark:
            self._seen[known] = mark, self._looked_at(file, known)
        memory = self._memory(known)
        memory.read()
        row = self._seen[known][1]
        return replace(
            row,
            changed=stat.st_mtime,
            state=memory.said,
            locked=memory.is_locked,
            built=max((made[n] for n in made if n.startswith(row.stems)), default=None),
            note=row.note or (_OUTDATED if _beside(file) else ""),
        )

    def _looked_at(self, file: Path, key: str) -> Listed:
        kinds = catalogue.own(self._options.catalogues).kinds
        try:
            if file.suffix.lower() == ".xlsx" and wide.read(file.read_bytes(), file.name, kinds):
                return Listed(key, file.name, note=_TABLE)
        except (ItaReportError, OSError):
            return Listed(key, file.name, errors=1)
        checked = prepare.check_file(file, replace(self._options, drafts=True))
        report = checked.ready.report if checked.ready else checked.part
        counts = [
            sum(p.severity is one and not p.has(Flag.IS_DRAFT) for p in checked.problems)
            for one in (Severity.ERROR, Severity.WARNING)
        ]
        if report is None:
            return Listed(key, file.name, errors=counts[0])
        issues = {row.issue for row in report.plan if row.draft}
        stem = names.report_name(report, kinds).removeprefix(f"{names.DRAFT} ")
        return Listed(
            key,
            file.name,
            full_name(report.agency.kind, report.agency.name),
            report.fiscal_year,
            report.result.total,
            report.result.level,
            errors=counts[0],
            warnings=counts[1],
            drafts=sum(row.draft for row in report.remarks) + len(issues),
            stems=(stem, f"{names.DRAFT} {stem}"),
        )


def key_of(name: str) -> str:
    """Return the key of a file: a digest of its name, which leads nowhere."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _beside(file: Path) -> Path | None:
    """Return the data file that was read from a workbook."""
    found = file.with_suffix(".yaml")
    return found if file.suffix.lower() == ".xlsx" and found.is_file() else None


def _report(loaded: load.Loaded) -> Report:
    """Return as much of a report as could be read.

    Raises:
        ItaReportError: Nothing could.
    """
    report = loaded.report or (loaded.part.report if loaded.part else None)
    if report is None:
        raise ItaReportError(*loaded.problems)
    return report


def _plain(report: Report) -> Any:
    """Return a report as the plain data of its file."""
    return plain.read(yamlwrite.report(report), "").data
