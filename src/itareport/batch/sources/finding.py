"""Find the data files of a batch among files and in folders, and list what is left aside."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from itareport.batch.sources import marked_copies
from itareport.batch.sources.source import DataFile, Source, TableRow, Unusable
from itareport.ita.catalogue import Kinds
from itareport.problems import ItaReportError, Place, problem
from itareport.reading import load
from itareport.reading.workbook import wide

KINDS = frozenset({".yaml", ".yml", ".json", ".xlsx", ".csv", ".tsv"})
"""The kinds of file that are data wherever they lie."""

JOURNAL, SUMMARY = "run.jsonl", "summary.xlsx"
"""What a batch writes into its folder of results, and reads from none."""
_PICTURES = frozenset({".png", ".jpg", ".jpeg"})
_HIDDEN = "ไฟล์หรือโฟลเดอร์ซ่อน"
_LOCK = "ไฟล์ชั่วคราวของโปรแกรมที่เปิดเอกสารค้างอยู่"
_OUR_OUTPUT = "โฟลเดอร์ผลลัพธ์"
_OUR_SUMMARY = "สรุปของการจัดทำครั้งก่อน"
_LIST = "รายชื่อหน่วยงานที่ระบุหลัง --expect"
_READ_ALREADY = "โฟลเดอร์เดียวกับที่อ่านแล้ว เพียงแต่เข้าได้อีกทางหนึ่ง"
_TABLES = frozenset({".xlsx", *wide.TEXTS})
_NOT_READ = "คอลัมน์ของตารางที่ไม่มีหัวคอลัมน์ซึ่งโปรแกรมรู้จัก และแถวที่ไม่ใช่หน่วยงาน"
_OTHER_KIND = "ชนิดอื่นที่ไม่ใช่ไฟล์ข้อมูล"
_UNREADABLE = "โฟลเดอร์ที่เปิดอ่านไม่ได้"


@dataclass(slots=True)
class FoundSources:
    """What was found in the inputs, and what was left aside and why."""

    sources: list[Source] = field(default_factory=list)
    skipped: dict[str, list[str]] = field(default_factory=dict)
    """Reason to names, in the order met."""

    def skip(self, reason: str, name: str) -> None:
        """Leave a file or folder aside."""
        self.skipped.setdefault(reason, []).append(name)


def find(
    inputs: Sequence[Path], out: Path, kinds: Kinds, agencies: Path | None = None
) -> FoundSources:
    """Find the data files among files and, at any depth, in folders; each once, in order.

    A file that the user names is taken whatever its name: reading it shows what is wrong.  The
    files of one folder come in the order of their names.  A table may have the kind of an agency
    and its name in one cell: `kinds` are those that are known.  A list of `agencies` that lies in
    a folder is no data.
    """
    found, seen = FoundSources(), set[str]()
    for given in inputs:
        paths = _inside(given, out, found) if given.is_dir() else [given]
        if given.is_dir() and agencies:
            paths = _but_list(paths, agencies, found)
        for path in paths:
            key = sys.intern(_key(path, out))
            if key not in seen:
                seen.add(key)
                found.sources += _of_file(key, path, kinds, found)
    return found


def _but_list(paths: Iterable[Path], agencies: Path, found: FoundSources) -> Iterator[Path]:
    for path in paths:
        if path.resolve() == agencies.resolve():
            found.skip(_LIST, str(path))
        else:
            yield path


def _of_file(key: str, path: Path, kinds: Kinds, found: FoundSources) -> list[Source]:
    """Return the agencies of a file: one, or each row of a wide table."""
    try:
        if path.suffix.lower() in _TABLES:
            data = load.data_of(path, wide.TEXTS)
            if table := wide.read(data, path.name, kinds):
                return _of_table(key, path, table, found)
    except ItaReportError as error:
        return [Unusable(key, str(path), path, error.problems)]
    return [DataFile(key, sys.intern(str(path.parent)), path.name)]


def _of_table(key: str, path: Path, table: wide.Table, found: FoundSources) -> list[Source]:
    for unread in table.unread:
        found.skip(_NOT_READ, f"{path} {unread}")
    rows: dict[str, Source] = {}
    for agency in table.agencies:
        own = f"{key}#{'|'.join(agency.identity)}"
        while own in rows:  # reported as duplicates once both are made
            own += f"#{agency.row}"
        told = tuple(table.told.get(agency.row, ()))
        rows[own] = TableRow(own, f"{path} {agency.shown}", path, table, agency, told)
    if table.strays:
        rows[f"{key}#"] = Unusable(
            f"{key}#", f"{path} (แถวที่ไม่ตรงกับหน่วยงานใด)", path, tuple(table.strays)
        )
    if not rows:
        rows[key] = Unusable(key, str(path), path, (problem("D454").at(Place(path.name)),))
    return list(rows.values())


def _key(path: Path, out: Path) -> str:
    """Name a file from the folder of results, so that both may move together."""
    try:
        return Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()


def _inside(folder: Path, out: Path, found: FoundSources) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        found.skip(_UNREADABLE, str(error.filename))

    within = folder.resolve().is_relative_to(out.resolve())  # named by the user: forms to return
    entered = {folder.resolve()}  # a link may lead to a folder a second time, even round and round
    for place, folders, files in os.walk(folder, onerror=unreadable, followlinks=True):
        here = Path(place)
        kept = []
        for name in sorted(folders):
            if reason := _why_no_folder(here / name, None if within else out, entered):
                found.skip(reason, str(here / name))
            else:
                kept.append(name)
        folders[:] = kept
        aside = marked_copies.left_aside(here, files)
        if JOURNAL in files:
            aside[SUMMARY] = _OUR_SUMMARY
        for name in sorted(files):
            if reason := _why_no_data(name) or aside.get(name, ""):
                found.skip(reason, str(here / name))
            elif Path(name).suffix.lower() in KINDS:
                yield here / name


def _why_no_folder(folder: Path, out: Path | None, entered: set[Path]) -> str:
    """Return why a folder is left aside; "" for one that is entered, which is noted."""
    if folder.name.startswith("."):
        return _HIDDEN
    real = folder.resolve()
    if out and real.is_relative_to(out.resolve()):
        return _OUR_OUTPUT
    if real in entered:
        return _READ_ALREADY
    entered.add(real)
    return ""


def _why_no_data(name: str) -> str:
    """Return why a file is left aside; "" for data, and for the pictures of data."""
    path = Path(name)
    if name.startswith(("~$", ".~lock.")):
        return _LOCK
    if name.startswith("."):
        return _HIDDEN
    return "" if path.suffix.lower() in KINDS | _PICTURES else _OTHER_KIND
