"""What a batch reads: the data of each agency, found in order, with an identity that lasts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from itareport import load, names, yamltext

KINDS = frozenset({".yaml", ".yml", ".json", ".xlsx"})
"""The kinds of file that hold the data of one agency."""

Payload = bytes | yamltext.Document
"""What a file holds, or one agency's part of a table."""

_PICTURES = frozenset({".png", ".jpg", ".jpeg"})
_HIDDEN = "ไฟล์หรือโฟลเดอร์ซ่อน"
_LOCK = "ไฟล์ชั่วคราวของโปรแกรมที่เปิดเอกสารค้างอยู่"
_MARKED_COPY = "สำเนาผลตรวจที่โปรแกรมสร้าง"
_OUR_OUTPUT = "โฟลเดอร์ผลลัพธ์"
_OTHER_KIND = "ชนิดอื่นที่ไม่ใช่ไฟล์ข้อมูล"
_UNREADABLE = "โฟลเดอร์ที่เปิดอ่านไม่ได้"


class Source(Protocol):
    """The data of one agency, wherever it stands."""

    @property
    def key(self) -> str:
        """Its identity from run to run, in any working folder."""

    @property
    def shown(self) -> str:
        """What a person calls it: the file, and the row of a table."""

    @property
    def path(self) -> Path:
        """The file; pictures are named from its folder."""

    def payload(self) -> Payload:
        """Return the data, read now.

        Raises:
            ItaReportError: D100 to D103: it cannot be read.
        """


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file of one agency."""

    key: str
    shown: str
    path: Path

    def payload(self) -> Payload:
        """Return the file's bytes."""
        return load.data_of(self.path)


@dataclass(slots=True)
class Found:
    """What was found in the inputs, and what was left aside and why."""

    sources: list[Source] = field(default_factory=list)
    skipped: dict[str, list[str]] = field(default_factory=dict)
    """Reason to names, in the order met."""

    def skip(self, reason: str, name: str) -> None:
        """Leave a file or folder aside."""
        self.skipped.setdefault(reason, []).append(name)


def find(inputs: Sequence[Path], out: Path) -> Found:
    """Find the data files among files and, at any depth, in folders; each once, in order.

    A file that is named is taken whatever it is called: reading it tells what is wrong.  The
    files of one folder come in the order of their names.
    """
    found, seen = Found(), set[str]()
    for given in inputs:
        paths = _inside(given, out, found) if given.is_dir() else [given]
        for path in paths:
            key = _key(path, out)
            if key not in seen:
                seen.add(key)
                found.sources.append(DataFile(key, str(path), path))
    return found


def _key(path: Path, out: Path) -> str:
    """Name a file from the folder of results, so that both may move together."""
    try:
        return Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return path.resolve().as_posix()


def _inside(folder: Path, out: Path, found: Found) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        found.skip(_UNREADABLE, str(error.filename))

    for place, folders, files in os.walk(folder, onerror=unreadable):
        here = Path(place)
        kept = []
        for name in sorted(folders):
            if reason := _why_no_folder(here / name, out):
                found.skip(reason, str(here / name))
            else:
                kept.append(name)
        folders[:] = kept
        for name in sorted(files):
            if reason := _why_no_data(name):
                found.skip(reason, str(here / name))
            elif Path(name).suffix.lower() in KINDS:
                yield here / name


def _why_no_folder(folder: Path, out: Path) -> str:
    if folder.name.startswith("."):
        return _HIDDEN
    return _OUR_OUTPUT if folder.resolve() == out.resolve() else ""


def _why_no_data(name: str) -> str:
    """Say why a file of a folder is left aside; "" for data, and for the pictures of data."""
    path = Path(name)
    if name.startswith(("~$", ".~lock.")):
        return _LOCK
    if name.startswith("."):
        return _HIDDEN
    if names.without_check_mark(path.stem) != path.stem:
        return _MARKED_COPY
    return "" if path.suffix.lower() in KINDS | _PICTURES else _OTHER_KIND
