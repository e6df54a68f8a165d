"""Files that are dropped: put into the folder as reports, or taken field by field into one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.problems import ItaReportError, Problem, Severity, problem
from itareport.reading import load, workbook
from itareport.reading.workbook import wide
from itareport.web.store.desk import Conflict, Desk, LosesComments
from itareport.web.store.dropped import Dropped, Taken, Waiting, about
from itareport.web.store.edits import Edit
from itareport.web.store.folder import TAKEN, Folder, NotFound, safe
from itareport.web.store.report_list import key_of

_OTHER = "รับเฉพาะแบบกรอก .xlsx หรือไฟล์ข้อมูล .yaml .json"
_UNREAD = "อ่านไม่ได้ จึงไม่ได้รับไว้"
More = Callable[[Desk, Sequence[Edit]], tuple[Sequence[Edit], str]]
"""Returns what else is done where edits are taken into a report, with them, and what is said."""
CHOSEN = "รายงานทั้งหมด"
"""The window in which dropped files are chosen from."""


def _nothing(_desk: Desk, edits: Sequence[Edit]) -> tuple[Sequence[Edit], str]:
    return edits, ""


class Intake:
    """Takes dropped files into a folder; those that differ from their report wait for a choice."""

    def __init__(self, folder: Folder) -> None:
        """Take files into that folder."""
        self._folder, self._waiting, self._lock = folder, Waiting(), threading.RLock()

    def take_in(self, name: str, data: bytes) -> Taken:
        """Put a dropped file into the folder, under a name of its own; never over another."""
        shown = name.replace("\\", "/").rpartition("/")[2]
        if Path(shown).suffix.lower() not in TAKEN:
            return Taken(shown, _OTHER)
        try:
            return self._taken(shown, data)
        except ItaReportError as error:
            return Taken(shown, _UNREAD, problems=error.problems)

    def _taken(self, name: str, data: bytes) -> Taken:
        kinds = catalogue.own(self._folder.options.catalogues).kinds
        is_workbook = name.lower().endswith(".xlsx")
        if is_workbook and (of_unit := workbook.returned(data, name)) is not None:
            given = Dropped(name, data, self._of_unit(of_unit), of_unit, of_unit.problems)
            return self._compared(given)
        if is_workbook and wide.read(data, name, kinds):
            self._folder.put(name, data)
            said = "รับตารางหลายหน่วยงานแล้ว จัดทำได้ที่ “หลายหน่วยงาน”"
            return Taken(name, said, is_table=True)
        loaded = load.load_bytes(data, name)
        own = self._own(name, loaded.part.report if loaded.part else loaded.report)
        if own is not None:
            return self._compared(Dropped(name, data, own, problems=_errors(loaded)))
        return self._as_report(name, data)

    def _as_report(self, name: str, data: bytes) -> Taken:
        """Put a dropped file into the folder as a report of its own."""
        loaded = load.load_bytes(data, name)
        file = self._folder.put(name, data)
        if name.lower().endswith(".xlsx"):
            file = self._folder.from_workbook(file.name, data)
        return Taken(name, f"รับไว้เป็น {file.name}", key_of(file.name), _errors(loaded))

    def _own(self, name: str, report: Report | None) -> str | None:
        """Return the key of the report that a dropped file is of: by its name, else its agency."""
        said, stem = about(report) if report else (), safe(Path(name).stem)
        rows = self._folder.reports()
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
        same = [row.key for row in self._folder.reports() if row.about == given.about]
        if not same:
            agency = given.about[1] if len(given.about) > 1 else ""
            raise ItaReportError(problem("D457", year=given.year, agency=agency, unit=given.unit))
        return given.report if given.report in same else same[0]

    def _compared(self, file: Dropped, said: str = "") -> Taken:
        """Return what a dropped file says otherwise than its report; it waits for the choice."""
        desk = self._folder.open(file.key)
        found = file.sides(desk.file, desk.saved, desk.data)
        told = file.problems
        if not found:
            return Taken(file.name, f"ตรงกับ {desk.file} ทุกช่อง ไม่มีอะไรต้องรับ", desk.key, told)
        what = f"แผนของ{file.of_unit.given.unit}" if file.of_unit else "มีรายงานนี้แล้ว"
        said = said or f"{what} ต่างจาก {desk.file} {len(found)} ช่อง"
        waiting, is_of_unit = self._waiting.put(file), file.of_unit is not None
        return Taken(file.name, said, desk.key, told, found, waiting, is_of_unit)

    def choose(
        self, waiting: str, chosen: Collection[str], more: More = _nothing, *, agreed: bool = False
    ) -> Taken:
        """Take the chosen differences of a file that waits into its report; leave the others.

        Args:
            waiting: The name of the file.
            chosen: The keys of the differences.
            more: Adds what follows from them.
            agreed: Whether the report's file may lose its comments.

        Raises:
            NotFound: No file waits under that name any longer.
            ItaReportError: as `Desk.change`.
        """
        with self._lock:
            file = self._waits(waiting)
            desk = self._folder.open(file.key)
            found = file.sides(desk.file, desk.saved, desk.data)
            wanted = [side for side in found if side.key in chosen]
            if len(wanted) < len(chosen):
                self._waiting.pop(waiting)
                return self._compared(file, "รายงานเปลี่ยนไประหว่างนี้ โปรดเลือกใหม่")
            if agreed:
                desk.let_go_of_comments()
            edits, told = more(desk, file.edits(wanted, desk.data))
            done = desk.change(edits, desk.version, CHOSEN)
            if isinstance(done, LosesComments):
                asked = Taken(file.name, "", desk.key, (), tuple(wanted), waiting)
                return replace(asked, of_unit=file.of_unit is not None, asks=True)
            if isinstance(done, Conflict):
                said = "รายงานนี้ลงนามแล้ว จึงยังไม่รับไฟล์ หากแก้ไข ต้องเสนอลงนามใหม่"
                left = Taken(file.name, said, desk.key, (), found, waiting)
                return replace(left, of_unit=file.of_unit is not None)
            self._waiting.pop(waiting)
            kept = f"ไฟล์เดิมเก็บไว้เป็น {done.kept}" if done.kept else ""
            parts = (f"รับ {len(wanted)} ช่องเข้า {desk.file} แล้ว", told, kept)
            return Taken(file.name, " ".join(filter(None, parts)), desk.key)

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


def _errors(loaded: load.Loaded) -> tuple[Problem, ...]:
    return tuple(p for p in loaded.problems if p.severity is Severity.ERROR)
