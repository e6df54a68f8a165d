"""The folder of reports: what lies in it, what is begun in it, what is taken into it."""

from __future__ import annotations

import contextlib
import hashlib
import re
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from itareport import batch, thai
from itareport.actions import prepare
from itareport.files import assets, inputs, output
from itareport.ita import catalogue, names
from itareport.ita.kinds import full_name
from itareport.ita.model import Report
from itareport.problems import Flag, ItaReportError, Problem, Severity, problem
from itareport.reading import load, workbook
from itareport.reading.workbook import wide
from itareport.web.store.desk import BEFORE, Conflict, Desk, LosesComments, digest, text_of
from itareport.web.store.dropped import About, Dropped, Taken, Waiting, about, tree_of
from itareport.web.store.memory import FOLDER, STATES, Memory

_DATA = (".yaml", ".yml", ".json")
_TAKEN = (*_DATA, ".xlsx")
_OUTDATED = "ไม่ใช่ฉบับล่าสุด"
_KEPT = re.compile(rf"\({BEFORE}(?: [0-9]+)?\)$")
"""Ends the name of a file that was kept as it was before it was written anew."""
_OTHER = "รับเฉพาะแบบกรอก .xlsx หรือไฟล์ข้อมูล .yaml .json"
_UNREAD = "อ่านไม่ได้ จึงไม่ได้รับไว้"
_TABLE = "ตารางหลายหน่วยงาน"
SAMPLE = "รายงานตัวอย่าง (ลองใช้)"
"""The name of the sample report's file, without its suffix."""
CHOSEN = "รายงานทั้งหมด"
"""The window in which dropped files are chosen from."""


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
    """What its Word file is called, before and after its drafts are confirmed."""
    about: About = ()
    """What tells its year and agency from others; empty where it cannot be read."""
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
        self._waiting = Waiting()
        self._seen: dict[str, tuple[tuple[int, int, int], Listed]] = {}

    @property
    def keys(self) -> dict[str, str]:
        """The key of each file."""
        return {file.name: key_of(file.name) for file in self._files()}

    def listed(self) -> list[Listed]:
        """Return every report of the folder."""
        with self._lock:
            rows = [row for file in self._files() if (row := self._row(file))]
            built = self._built([row for row in rows if row.is_current])
            return [replace(row, built=built.get(row.file)) for row in rows]

    def _built(self, rows: Sequence[Listed]) -> dict[str, float]:
        """Return by their names when the Word files of reports were made; no link is followed.

        A run's journal says of which file each was made; one that `build` made is told by its
        name, unless two reports have that.
        """
        out, found = self.path / "out", dict[str, float]()
        if out.is_symlink():
            return found
        made_of, named = batch.owners(out), Counter(stem for row in rows for stem in row.stems)
        files = {stem: row.file for row in rows for stem in row.stems if named[stem] == 1}
        for one in out.rglob("*.docx"):
            source = made_of.get(one.relative_to(out).as_posix(), "")
            file = PurePosixPath(source).name if source else files.get(one.stem)
            with contextlib.suppress(OSError):
                if file and one.resolve().is_relative_to(self.path):
                    found[file] = max(one.stat().st_mtime, found.get(file, 0.0))
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
        kinds = catalogue.own(self.options.catalogues).kinds
        if "kind" not in agency and "name" in agency:
            agency["kind"], agency["name"] = workbook.parted(agency["name"], kinds)
        kind = kinds.meant(agency.get("kind", ""))
        if kind:
            agency["kind"] = kind.name  # whole, as the cover has it
        if kind and kind.sole:
            agency |= {"district": kind.sole.district, "province": kind.sole.province}
        elif "name" not in agency:
            raise ItaReportError(problem("D403"))
        begun = {"fiscal_year": fields.get("year", "").strip(), "agency": agency}
        return self._begun(begun | {"signatures": workbook.signatures(agency, kinds)})

    def go_on(self, name: str, data: bytes) -> Desk:
        """Begin this year's report with the agency, units and signers of a file of last year.

        Raises:
            ItaReportError: The file cannot be read; O6xx it cannot be written.
        """
        last = tree_of(data, name)
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

    def sample(self) -> Desk:
        """Copy the sample report into the folder, under a name that says what it is.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        with self._lock:
            path = self.path / f"{SAMPLE}.yaml"
            if not output.is_there(path):
                output.write(path, assets.sample().read_bytes())
            return self.open(key_of(path.name))

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
        if is_workbook and (of_unit := workbook.returned(data, name)) is not None:
            given = Dropped(name, data, self._of_unit(of_unit), of_unit, of_unit.problems)
            return self._shown(given)
        if is_workbook and wide.read(data, name, kinds):
            self._kept(name, data)
            return Taken(name, "เป็นตารางหลายหน่วยงาน จัดทำได้ที่ “หลายหน่วยงาน”")
        loaded = load.load_bytes(data, name)
        own = self._own(name, loaded.part.report if loaded.part else loaded.report)
        if own is not None:
            return self._shown(Dropped(name, data, own, problems=_errors(loaded)))
        return self._as_report(name, data)

    def _as_report(self, name: str, data: bytes) -> Taken:
        """Put a dropped file into the folder as a report of its own."""
        loaded = load.load_bytes(data, name)
        file = self._kept(name, data)
        if name.lower().endswith(".xlsx"):
            file = self._from_workbook(file.name, data)
        return Taken(name, f"รับไว้เป็น {file.name}", key_of(file.name), _errors(loaded))

    def _own(self, name: str, report: Report | None) -> str | None:
        """Return the key of the report that a dropped file is of: by its name, else its agency."""
        said, stem = about(report) if report else (), _safe(Path(name).stem)
        rows = self._reports()
        named = (
            r for r in rows if Path(r.file).stem == stem and (not said or r.about in ((), said))
        )
        same = (r for r in rows if said and r.about == said)
        return next((row.key for row in (*named, *same)), None)

    def _of_unit(self, sheet: workbook.Returned) -> str:
        """Return the key of the report that a unit's workbook was made of.

        Raises:
            ItaReportError: D457: it is not in the folder.
        """
        given = sheet.given
        same = [row.key for row in self._reports() if row.about == given.about]
        if not same:
            agency = given.about[1] if len(given.about) > 1 else ""
            raise ItaReportError(problem("D457", year=given.year, agency=agency, unit=given.unit))
        return given.report if given.report in same else same[0]

    def _reports(self) -> list[Listed]:
        """Return the data files that are worked on, the one that was changed last first."""
        known = (file for file in self._files() if file.suffix.lower() in _DATA)
        rows = [row for file in known if (row := self._row(file)) and row.is_current]
        return sorted(rows, key=lambda row: row.changed, reverse=True)

    def _shown(self, file: Dropped, said: str = "") -> Taken:
        """Return what a dropped file says otherwise than its report; it waits for the choice."""
        desk = self.open(file.key)
        found = file.sides(desk.file, desk.saved, desk.data)
        told = file.problems
        if not found:
            return Taken(file.name, f"ตรงกับ {desk.file} ทุกช่อง ไม่มีอะไรต้องรับ", desk.key, told)
        what = f"แผนของ{file.of_unit.given.unit}" if file.of_unit else "มีรายงานนี้แล้ว"
        said = said or f"{what} ต่างจาก {desk.file} {len(found)} ช่อง"
        waiting, is_of_unit = self._waiting.put(file), file.of_unit is not None
        return Taken(file.name, said, desk.key, told, found, waiting, is_of_unit)

    def choose(self, waiting: str, chosen: Collection[str], *, agreed: bool = False) -> Taken:
        """Take the chosen differences of a file that waits into its report; leave the others.

        Raises:
            NotFound: No file waits under that name any longer.
            ItaReportError: as `Desk.change`.
        """
        with self._lock:
            file = self._waits(waiting)
            desk = self.open(file.key)
            found = file.sides(desk.file, desk.saved, desk.data)
            wanted = [side for side in found if side.key in chosen]
            if len(wanted) < len(chosen):
                self._waiting.pop(waiting)
                return self._shown(file, "รายงานเปลี่ยนไประหว่างนี้ โปรดเลือกใหม่")
            if agreed:
                desk.let_go_of_comments()
            done = desk.change(file.edits(wanted, desk.data), desk.version, CHOSEN)
            if isinstance(done, LosesComments):
                asked = Taken(file.name, "", desk.key, (), tuple(wanted), waiting)
                return replace(asked, of_unit=file.of_unit is not None, asks=True)
            if isinstance(done, Conflict):
                said = "รายงานนี้ลงนามแล้ว จึงยังไม่รับ แก้ไขหลังลงนาม ต้องเสนอใหม่"
                left = Taken(file.name, said, desk.key, (), found, waiting)
                return replace(left, of_unit=file.of_unit is not None)
            self._waiting.pop(waiting)
            kept = f" ไฟล์เดิมเก็บไว้เป็น {done.kept}" if done.kept else ""
            return Taken(file.name, f"รับ {len(wanted)} ช่องเข้า {desk.file} แล้ว{kept}", desk.key)

    def put_apart(self, waiting: str) -> Taken:
        """Put a file that waits into the folder as a report of its own.

        Raises:
            NotFound: No file waits under that name any longer.
            ItaReportError: O6xx: it cannot be written.
        """
        with self._lock:
            file = self._waits(waiting)
            done = self._as_report(file.name, file.data)
            self._waiting.pop(waiting)
            return done

    def leave(self, waiting: str) -> Taken:
        """Forget a file that waits; the report stays as it is.

        Raises:
            NotFound: No file waits under that name any longer.
        """
        file = self._waits(waiting)
        self._waiting.pop(waiting)
        return Taken(file.name, "ไม่รับ รายงานที่มีอยู่ไม่เปลี่ยน", file.key)

    def _waits(self, waiting: str) -> Dropped:
        file = self._waiting.get(waiting)
        if file is None:
            raise NotFound(waiting)
        return file

    def _kept(self, name: str, data: bytes) -> Path:
        stem = _safe(Path(name).stem)
        path = self.path / f"{stem}{Path(name).suffix.lower()}"
        if output.is_there(path):
            path = output.free_name(path, "รับใหม่")
        output.write(path, data)
        return path

    def _from_workbook(self, name: str, data: bytes) -> Path:
        """Write what a workbook says into a data file beside it."""
        tree = tree_of(data, name)
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

    def _row(self, file: Path) -> Listed | None:
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
            note=row.note or (_OUTDATED if _beside(file) or _KEPT.search(file.stem) else ""),
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
            about=about(report),
        )


def _errors(loaded: load.Loaded) -> tuple[Problem, ...]:
    return tuple(p for p in loaded.problems if p.severity is Severity.ERROR)


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
