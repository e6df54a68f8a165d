"""The folder of reports: what lies in it, what is begun in it, what is taken into it."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from itareport import plain, thai
from itareport.actions import prepare
from itareport.files import inputs, output
from itareport.ita import catalogue, names
from itareport.ita.kinds import full_name
from itareport.ita.model import Report
from itareport.problems import Flag, ItaReportError, Place, Problem, Severity, problem
from itareport.reading import load, workbook, yamlwrite
from itareport.reading.workbook import wide
from itareport.web.store.desk import Desk, digest, text_of
from itareport.web.store.differences import Side, sides
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
    version: str = ""
    """The content of the file."""

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
    sides: tuple[Side, ...] = ()
    """Where the report of that name is there already: field by field, what it and this one say."""


class Folder:
    """The reports of one folder; nothing outside it is read or listed."""

    def __init__(self, path: Path, options: prepare.Options) -> None:
        """Look after that folder."""
        self.path = path.resolve()
        own = (options.template, options.graph_file, *options.catalogues)
        named = frozenset(file.resolve() for file in own if file)
        self.options = replace(options, read=inputs.Within(self.path, named, options.read))
        """How reports are made, nothing outside the folder being read for them."""
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
            made = self._made()
            return [row for file in self._files() if (row := self._row(file, made))]

    def _made(self) -> dict[str, float]:
        """Return when each Word file of the folder of results was made; no link is followed."""
        out, found = self.path / "out", {}
        for one in () if out.is_symlink() else out.rglob("*.docx"):
            with contextlib.suppress(OSError):
                if one.resolve().is_relative_to(self.path):
                    found[one.name] = one.stat().st_mtime
        return found

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
                self._desks[key] = Desk(file, key, self._memory(key), self.options)
            self._desks[key].refresh()
            return self._desks[key]

    def create(self, fields: Mapping[str, str]) -> Desk:
        """Begin a report of a year and an agency.

        Raises:
            ItaReportError: D403 no agency; O6xx it cannot be written.
        """
        asked = ("kind", "name", "district", "province")
        agency = {name: typed for name in asked if (typed := fields.get(name, "").strip())}
        kind = catalogue.own(self.options.catalogues).kinds.kind(agency.get("kind", ""))
        if kind and kind.sole:
            agency |= {"district": kind.sole.district, "province": kind.sole.province}
        elif "name" not in agency:
            raise ItaReportError(problem("D403"))
        return self._begun({"fiscal_year": fields.get("year", "").strip(), "agency": agency})

    def go_on(self, name: str, data: bytes) -> Desk:
        """Begin this year's report with the agency, units and signers of a file of last year.

        Raises:
            ItaReportError: The file cannot be read; O6xx it cannot be written.
        """
        last = _tree_of(data, name)
        year = str(last.get("fiscal_year") or "").strip()
        kept = {n: last[n] for n in ("agency", "signatures") if last.get(n)}
        kept["signatures"] = [
            {n: v for n, v in row.items() if n != "date"}
            for row in kept.get("signatures", ())
            if isinstance(row, dict)
        ]
        begun: dict[str, Any] = {"fiscal_year": _next(year), **{n: v for n, v in kept.items() if v}}
        result = last.get("result")
        if isinstance(result, dict) and result.get("total"):
            figures = {n: result[n] for n in ("total", "indicators") if result.get(n)}
            begun["result"] = {"last_year": figures}
        if not isinstance(begun.get("agency"), dict):
            raise ItaReportError(problem("D403"))
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
        kinds = catalogue.own(self.options.catalogues).kinds
        is_workbook = name.lower().endswith(".xlsx")
        if is_workbook and wide.read(data, name, kinds):
            self._kept(name, data)
            return Taken(name, "เป็นตารางหลายหน่วยงาน จัดทำได้ที่ “หลายหน่วยงาน”")
        loaded = load.load_bytes(data, name)
        wrong = tuple(p for p in loaded.problems if p.severity is Severity.ERROR)
        found = self._compared(name, data)
        file = self._kept(name, data)
        if is_workbook:
            file = self._from_workbook(file.name, data)
        return Taken(name, f"รับไว้เป็น {file.name}", key_of(file.name), wrong, found)

    def _compared(self, name: str, data: bytes) -> tuple[Side, ...]:
        """Return what the report of a dropped file's name says otherwise than the file."""
        stem = _safe(Path(name).stem)
        known = (file for file in self._files() if file.suffix.lower() in _DATA)
        own = next((file for file in known if file.stem == stem), None)
        if own is None:
            return ()
        both = [load.load_bytes(own.read_bytes(), own.name), load.load_bytes(data, name)]
        reports = [loaded.report for loaded in both if loaded.report]
        if len(reports) == 2:  # as values, however each is written
            return sides(*map(_plain, reports))
        return sides(_tree_of(own.read_bytes(), own.name), _tree_of(data, name))

    def _kept(self, name: str, data: bytes) -> Path:
        stem = _safe(Path(name).stem)
        path = self.path / f"{stem}{Path(name).suffix.lower()}"
        if output.is_there(path):
            path = output.free_name(path, "รับใหม่")
        output.write(path, data)
        return path

    def _from_workbook(self, name: str, data: bytes) -> Path:
        """Write what a workbook says into a data file beside it."""
        tree = _tree_of(data, name)
        path = (self.path / name).with_suffix(".yaml")
        if output.is_there(path):
            path = output.free_name(path, "รับใหม่")
        output.write(path, text_of(tree, ".yaml"))
        return path

    def _begun(self, data: dict[str, Any]) -> Desk:
        kinds, agency = catalogue.own(self.options.catalogues).kinds, data["agency"]
        short = kinds.short_name(agency.get("kind", ""), agency.get("name", ""))
        stem = _safe(f"ข้อมูล ITA {data['fiscal_year']} {short}")
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

    def _row(self, file: Path, made: Mapping[str, float]) -> Listed | None:
        """Return the row of a file; None where it is gone by now."""
        try:
            stat = file.stat()
        except OSError:
            return None
        known = key_of(file.name)
        mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._seen.get(known, (None,))[0] != mark:
            looked = replace(self._looked_at(file, known), version=_version(file))
            self._seen[known] = mark, looked
        memory, row = self._memory(known), self._seen[known][1]
        memory.read()
        memory.meet(row.version)
        return replace(
            row,
            changed=stat.st_mtime,
            state=memory.said,
            locked=memory.is_locked,
            built=max((made[n] for n in made if n.startswith(row.stems)), default=None),
            note=row.note or (_OUTDATED if _beside(file) else ""),
        )

    def _looked_at(self, file: Path, key: str) -> Listed:
        kinds = catalogue.own(self.options.catalogues).kinds
        try:
            if file.suffix.lower() == ".xlsx" and wide.read(file.read_bytes(), file.name, kinds):
                return Listed(key, file.name, note=_TABLE)
        except (ItaReportError, OSError):
            return Listed(key, file.name, errors=1)
        checked = prepare.check_file(file, replace(self.options, drafts=True))
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


def _version(file: Path) -> str:
    """Return what tells a file's content from another; "" where it is gone."""
    try:
        return digest(file.read_bytes())
    except OSError:
        return ""


def _beside(file: Path) -> Path | None:
    """Return the data file that was read from a workbook."""
    found = file.with_suffix(".yaml")
    return found if file.suffix.lower() == ".xlsx" and found.is_file() else None


def _tree_of(data: bytes, name: str) -> dict[str, Any]:
    """Return what a data file or workbook says, as typed: what is wrong in it is not lost.

    Raises:
        ItaReportError: It cannot be read, or is no report.
    """
    suffix = Path(name).suffix.lower()
    if suffix in load.WORKBOOKS:
        tree = workbook.opened(data, name).document.data
    else:
        tree = (plain.read_json if suffix == ".json" else plain.read)(data, name).data
    if not isinstance(tree, dict):
        raise ItaReportError(problem("D115").at(Place(name)))
    return tree


def _plain(report: Report) -> Any:
    """Return a report as the plain data of its file."""
    return plain.read(yamlwrite.report(report), "").data


def _next(year: str) -> str:
    """Return the year after a year as typed; what is none stays, for the checks to tell of."""
    digits = thai.arabic(year)
    return str(int(digits) + 1) if digits.isdecimal() and len(digits) == 4 else year


_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE
)
"""Names that are devices on Windows, whatever follows the dot."""


def _safe(stem: str) -> str:
    """Return a file's stem that is safe on every system, and never hidden."""
    text = names.safe(stem).lstrip(".~$ ") or "ไฟล์"
    return f"ไฟล์ {text}" if _RESERVED.match(text) else text
