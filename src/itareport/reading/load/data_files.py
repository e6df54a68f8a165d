"""Opening a data file of any kind, and the steps from its bytes to a report."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError

from itareport import plain
from itareport.files import windows
from itareport.ita import catalogue
from itareport.ita.described import label
from itareport.ita.model import Report
from itareport.problems import (
    FieldPath,
    ItaReportError,
    Place,
    Problem,
    Severity,
    exit_status,
    problem,
)
from itareport.reading.load import complaints, mended_texts, partial, yaml_losses
from itareport.reading.load.partial import Part
from itareport.reading.load.typing_slips import Slips, own_place

if TYPE_CHECKING:
    from itareport.reading import workbook


def _workbook(data: bytes, name: str) -> workbook.Opened:
    from itareport.reading import workbook

    return workbook.opened(data, name)


_READERS: dict[str, Callable[[bytes, str], plain.PlainData | workbook.Opened]] = {
    ".yaml": plain.read,
    ".yml": plain.read,
    ".json": plain.read_json,
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), _workbook),
}
WORKBOOKS = frozenset(suffix for suffix, reader in _READERS.items() if reader is _workbook)
"""Suffixes of what is read as a workbook, whichever kind of it the file is in truth."""
_TABLES = (".csv", ".tsv")
_TABLE = "เปิดใน Excel แล้วคัดลอกลงสมุดงาน .xlsx ที่สร้างด้วย itareport new"
_DOCUMENT = "ระบุไฟล์ข้อมูล .xlsx หรือ .yaml แทน ไฟล์นี้เป็นเอกสาร โปรแกรมสร้างเอกสารจากไฟล์ข้อมูล"
_HINTS = {
    **dict.fromkeys(_TABLES, _TABLE),
    **dict.fromkeys((".docx", ".doc", ".odt", ".pdf"), _DOCUMENT),
    **dict.fromkeys((".png", ".jpg", ".jpeg"), "ระบุไฟล์ข้อมูล .xlsx หรือ .yaml แทน ไฟล์นี้เป็นภาพ"),
    ".txt": "เปลี่ยนนามสกุลเป็น .yaml หากเนื้อในเป็น YAML",
}
MAX_BYTES = 20_000_000
"""What is read of a file; each reader has its own limit, none a higher one."""
_ANY_HINT = "ระบุไฟล์ข้อมูล .xlsx .yaml หรือ .json เช่น examples/kuansaothong-2568.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The content of a data file; `report` is None where an error is among the problems."""

    report: Report | None
    places: dict[FieldPath, Place]
    problems: tuple[Problem, ...]
    """What is wrong and what was mended, each with its place, in the order of the file."""
    part: Part | None = None
    """Where `report` is None, as much of it as can be checked all the same."""
    blocks: Mapping[FieldPath, Place] = field(default_factory=dict)
    """The first line of each text that keeps its lines (`|`)."""
    workbook: workbook.Opened | None = None
    """The workbook that it was read from, for marked copies and drafts."""

    def line(self, where: FieldPath, text: str, offset: int) -> Place | None:
        """Return the line of a place in a text; None where the text does not keep its lines."""
        first = self.blocks.get(where)
        if first is None:
            return None
        return replace(first, line=(first.line or 0) + text.count("\n", 0, offset))


def load(path: Path) -> Loaded:
    """Read the data file of one report: `.xlsx`, `.yaml`, `.yml` or `.json`.

    Every problem of the data is collected; nothing is raised for them.

    Raises:
        ItaReportError: D100 to D116: the file is not there, cannot be read, is of another kind
            or is no YAML (JSON) at all; D420 to D428: no workbook that can be read; D459: it is a
            table of many agencies.
    """
    _refuse_table(path)
    return load_bytes(data_of(path), path.name)


def _refuse_table(path: Path) -> None:
    """Refuse a text file that is a table of many agencies, as a workbook of one is refused."""
    if path.suffix.lower() not in _TABLES:
        return
    from itareport.reading.workbook import wide

    try:
        wide.read(data_of(path, _TABLES), path.name, catalogue.packaged_kinds())
    except ItaReportError:
        return  # it is refused by its kind
    _refuse(path, "D459")


def data_of(path: Path, kinds: Collection[str] = ()) -> bytes:
    """Return the bytes of a data file, or of a file with one of the suffixes `kinds`.

    Raises:
        ItaReportError: D100 to D103: the file is not there, cannot be read, or is of another kind.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - a str with a null character is refused below
    except FileNotFoundError:
        _refuse(path, "D100", hint=_similar(path))
    except (OSError, ValueError) as error:
        _refuse(path, "D102", reason=_reason(path, error))
    if path.is_dir():
        _refuse(path, "D101", hint=_inside(path))
    if path.suffix.lower() not in kinds:
        _reader(path.name)
    if not S_ISREG(status.st_mode):
        _refuse(path, "D102", reason="ไม่ใช่ไฟล์ธรรมดา")
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        _refuse(path, "D102", reason=_reason(path, error))


def load_bytes(data: bytes, name: str) -> Loaded:
    """Read the data of one report; its kind is the suffix of `name`, the file in every place.

    Raises:
        ItaReportError: as `load`.
    """
    read = _reader(name)(data, name)
    if isinstance(read, plain.PlainData):
        return load_document(read)
    return replace(load_document(read.document), workbook=read)


def load_document(document: plain.PlainData) -> Loaded:
    """Make a report of plain data with places, whatever it was read from.

    Raises:
        ItaReportError: D115: it is no mapping.
    """
    if not isinstance(document.data, dict):
        raise ItaReportError(problem("D115").at(document.places[()]))
    seen = Slips(document)
    tree, found = mended_texts.mended(seen.data, document.blocks)
    found += [p if p.label else replace(p, label=label(p.where, tree)) for p in document.problems]
    found += [*seen.problems, *yaml_losses.problems(document)]
    report, part = None, None
    try:
        report = Report.model_validate(tree)
    except ValidationError as error:
        named = {p.where for p in found if p.severity is Severity.ERROR}
        found += complaints.problems(error, tree, named)
        part = partial.of(tree, error)
    told = (_placed(p, seen.places, document.names) for p in found)
    placed = tuple(sorted(told, key=attrgetter("order")))
    if report is not None and exit_status(placed):
        part, report = Part(report), None
    part = partial.without(part, document.problems)
    return Loaded(report, seen.places, placed, part, document.blocks)


def _reader(name: str) -> Callable[[bytes, str], plain.PlainData | workbook.Opened]:
    suffix = Path(name).suffix.lower()
    if suffix not in _READERS:
        _refuse(Path(name), "D103", hint=_HINTS.get(suffix, _ANY_HINT))
    return _READERS[suffix]


def _refuse(path: Path, code: str, **facts: Any) -> NoReturn:
    name = os.fspath(path).encode("utf-8", "replace").decode()
    name = "".join(c if c.isprintable() else "?" for c in name)
    found = problem(code, name=name, **facts)
    raise ItaReportError(found.at(Place(Path(name).name or name))) from None


def _reason(path: Path, error: Exception) -> str:
    if isinstance(error, OSError) and windows.is_held_open(error):
        return f"ไฟล์เปิดอยู่ใน {windows.program(path.name)} โปรดปิดก่อน"
    if isinstance(error, PermissionError):
        return "ไม่มีสิทธิ์อ่าน"
    if isinstance(error, ValueError) or getattr(error, "errno", 0) == 36:
        return "ชื่อไฟล์ใช้ไม่ได้"
    return "ระบบอ่านไฟล์นี้ไม่ได้"


def _similar(path: Path) -> str:
    """Name a data file in the same folder that may have been meant, if one is called alike."""
    stems = {name.rpartition(".")[0].lower(): name for name in _data_files(path.parent)}
    near = difflib.get_close_matches(path.stem.lower(), stems, n=1, cutoff=0.75)
    return f" อาจหมายถึง “{stems[near[0]]}”" if near else ""


def _inside(folder: Path) -> str:
    """Name a data file of a folder that was given in place of a file."""
    names = _data_files(folder)
    return f"ในโฟลเดอร์นี้ เช่น “{names[0]}”" if names else "(ในโฟลเดอร์นี้ไม่มี)"


def _data_files(folder: Path) -> list[str]:
    try:
        names = [p.name for p in folder.iterdir() if p.suffix.lower() in _READERS]
    except OSError:
        return []
    return sorted(name for name in names if name.isprintable())[:1000]


def _placed(
    found: Problem, places: Mapping[FieldPath, Place], names: Mapping[FieldPath, Place]
) -> Problem:
    if found.place is not None:
        return found
    if at := own_place(found, names):
        return found.at(at)
    where = found.where
    while where not in places:
        where = where[:-1]
    return found.at(places[where], [places[path] for path in found.also if path in places])
