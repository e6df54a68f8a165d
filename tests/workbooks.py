"""Workbooks for tests: a clean one, changed as clerks change theirs, and hostile ones."""

from __future__ import annotations

import functools
import hashlib
import io
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from itareport.actions import prepare
from itareport.ita import catalogue
from itareport.problems import Problem, Severity
from itareport.reading import workbook
from itareport.reading.workbook import layout
from reports import KINDS, clean_data

AGENCY, RESULT, SCORES = "ข้อมูลหน่วยงาน", "ผลภาพรวม", "คะแนนรายข้อ"
PASTE, PLAN, SIGNATURES, CHECKLIST = "วางคะแนน", "แผนการดำเนินการ", "ผู้ลงนาม", "รายการตรวจ"

Change = Callable[[Any], Any]


@functools.cache
def clean(year: int = 2568) -> bytes:
    """Return a filled workbook in which no check finds anything."""
    year_catalogue = catalogue.load(year)
    return workbook.write(clean_data(year_catalogue), year_catalogue, KINDS)


@functools.cache
def _short() -> bytes:
    """Return the clean workbook with few rows of lists to choose from, which nobody reads back."""
    book = book_of()
    book[layout.LISTS].delete_rows(60, book[layout.LISTS].max_row)
    return _saved(book)


_ASKED_FOR: set[bytes] = set()


def book_of(data: bytes | None = None) -> Any:
    """Return openpyxl's book of a workbook, a new one each time; few are parsed more than twice."""
    data = data or clean()
    digest = hashlib.sha256(data).digest()
    if digest in _ASKED_FOR:
        return pickle.loads(_kept(data))
    _ASKED_FOR.add(digest)
    return openpyxl.load_workbook(io.BytesIO(data))


@functools.lru_cache(maxsize=32)
def _kept(data: bytes) -> bytes:
    """Return the book as bytes, from which it is had in a fifth of the time."""
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(data)))


def changed(change: Change, data: bytes | None = None) -> bytes:
    """Return a workbook after a change of its openpyxl book."""
    book = book_of(data or _short())
    change(book)
    return _saved(book)


def _saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def patched(change: Callable[[dict[str, bytes]], Any], data: bytes | None = None) -> bytes:
    """Return a workbook after a change of its parts."""
    with zipfile.ZipFile(io.BytesIO(data or clean())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip file of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def sheet_part(sheet: str) -> str:
    """Return the part of one of the clean workbook's sheets."""
    names = book_of().sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def checked(folder: Path, data: bytes, name: str = "แบบกรอก.xlsx") -> tuple[Problem, ...]:
    """Check a workbook as the command does; what could not be checked is left out."""
    file = folder / name
    file.write_bytes(data)
    found = prepare.check_file(file, prepare.Options()).problems
    return tuple(p for p in found if p.severity is not Severity.UNCHECKED)


def places(found: tuple[Problem, ...]) -> set[tuple[str, str]]:
    """Return the code of each problem with its place, `คะแนนรายข้อ!E5`, and the others."""

    def told(problem: Problem) -> str:
        listed = [problem.place, *problem.also_places]
        return " ".join(f"{p.sheet or ''}!{p.cell or ''}" for p in listed if p)

    return {(problem.code, told(problem)) for problem in found}
