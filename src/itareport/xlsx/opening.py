"""An untrusted .xlsx opened within limits, or refused with a sentence that helps; pure."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, NoReturn

from itareport.problems import ItaReportError, Place, problem

MAX_FILE = 20_000_000  # bytes, as it lies on the disk
MAX_ENTRIES = 2_000
MAX_UNPACKED = 100_000_000  # bytes, all parts together as the package declares them
MAX_PART = 16_000_000  # bytes of one part that is read; the workbook's own sheets take 300 kB
MAX_ELEMENTS = 300_000  # XML elements of all parts that are read; a year's workbook has 6,000
MAX_ELEMENTS_OF_MANY = 4_000_000  # the same of a table with all 7,850 local governments: 1,300,000
MAX_RATIO = 300  # unpacked to packed, of a part of at least a megabyte

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "ไฟล์ PDF"),
    (b"\x89PNG", "ไฟล์ภาพ PNG"),
    (b"\xff\xd8\xff", "ไฟล์ภาพ JPEG"),
    (b"<", "หน้าเว็บหรือ XML ที่เปลี่ยนนามสกุล"),
)
_KINDS = (
    ("word/", "เอกสาร Word"),
    ("ppt/", "งานนำเสนอ PowerPoint"),
    ("Index/", "ไฟล์ Numbers ของ Apple"),
)


class Package:
    """The parts of a workbook; each is unpacked when it is asked for, within the limits."""

    def __init__(self, archive: zipfile.ZipFile, name: str, *, large: bool = False) -> None:
        self._archive = archive
        self.name = name
        self._max_part = MAX_UNPACKED if large else MAX_PART
        self.max_elements = MAX_ELEMENTS_OF_MANY if large else MAX_ELEMENTS
        self.elements = 0
        self._entries = {info.filename.lower(): info for info in archive.infolist()}

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return self._archive.namelist()

    def has(self, part: str) -> bool:
        """Tell whether there is such a part; case does not matter in packages."""
        return part.lower() in self._entries

    def size(self, part: str) -> int:
        """Return the bytes of a part that is there, unpacked, as the package declares them."""
        return self._entries[part.lower()].file_size

    def part(self, part: str) -> bytes:
        """Unpack one part.

        Raises:
            ItaReportError: D426 it is not there or damaged, D425 it is too big.
        """
        info = self._entries.get(part.lower())
        if info is None:
            refuse("D426", self.name)
        if info.file_size > self._max_part:
            refuse("D425", self.name, what=f"ส่วน {part[:60]} เมื่อคลายแล้วใหญ่เกินไป")
        try:
            with self._archive.open(info) as stream:
                return stream.read(self._max_part)
        except _DAMAGED:
            refuse("D426", self.name)


_DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    zlib.error,
)  # fmt: skip


def refuse(code: str, name: str, **facts: Any) -> NoReturn:
    """Stop with a problem of the whole file."""
    raise ItaReportError(problem(code, **facts).at(Place(name))) from None


def opened(data: bytes, name: str, *, large: bool = False) -> Package:
    """Open a workbook by what it is, whatever its name says; `large` holds many agencies.

    Raises:
        ItaReportError: D420 .xls, D421 a password, D422 .ods, D423 macros, D424 no workbook,
            D425 beyond the limits, D426 damaged, D427 .xlsb.
    """
    _look_at_first_bytes(data, name)
    if len(data) > MAX_FILE:
        refuse("D425", name, what=f"ไฟล์ใหญ่กว่า {MAX_FILE // 1_000_000} MB")
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        refuse("D425", name, what="ไฟล์มีส่วนย่อยมากเกินไป")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED:
        refuse("D426", name)
    _within_limits(archive, name)
    _is_a_workbook(archive, name)
    return Package(archive, name, large=large)


def _look_at_first_bytes(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        refuse("D421" if locked else "D420", name)
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00"):
        refuse("D420", name)
    if not data.strip(b"\x00"):
        refuse("D424", name, kind="ไฟล์ว่าง")
    for magic, kind in _MAGIC:
        if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(magic):
            refuse("D424", name, kind=kind)
    if not data.startswith(b"PK"):
        if name.startswith("~$"):  # what Excel lays beside a workbook while it is open
            refuse("D424", name, kind="ไฟล์ชั่วคราวของ Excel ซึ่งชื่อขึ้นต้นด้วย ~$ (สมุดงานชื่อเดียวกันแต่ไม่มี ~$)")
        refuse("D424", name, kind="ไฟล์ชนิดอื่น")


def _within_limits(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if sum(info.file_size for info in entries) > MAX_UNPACKED:
        refuse("D425", name, what="เมื่อคลายแล้วใหญ่เกินไป")
    for info in entries:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            refuse("D426", name)
        if info.flag_bits & 1:
            refuse("D421", name)
        if info.file_size > 1_000_000 and info.file_size > info.compress_size * MAX_RATIO:
            refuse("D425", name, what="อัตราการบีบอัดสูงผิดปกติ")


def _is_a_workbook(archive: zipfile.ZipFile, name: str) -> None:
    names = archive.namelist()
    lower = [entry.lower() for entry in names]
    if "mimetype" in lower or "content.xml" in lower:
        refuse("D422", name)
    if any(entry.endswith("workbook.bin") for entry in lower):
        refuse("D427", name)
    if any(entry.endswith("vbaproject.bin") for entry in lower):
        refuse("D423", name)
    if "[content_types].xml" not in lower or not any(e.startswith("xl/") for e in lower):
        found = (kind for prefix, kind in _KINDS if any(e.startswith(prefix) for e in names))
        refuse("D424", name, kind=next(found, "ไฟล์ ZIP"))
