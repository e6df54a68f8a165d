"""An untrusted .xlsx opened within limits, or refused with a sentence that helps; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from lxml import etree

from itareport.files import opc
from itareport.problems import ItaReportError, Place, problem

MAX_FILE = 20_000_000  # bytes, as it lies on the disk

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
_BINARY = {"application/vnd.ms-excel.sheet.binary.macroEnabled.main"}
_MACROS = {"application/vnd.ms-office.vbaProject"}
_SHEETS = re.compile(r"spreadsheetml\.(sheet|template)\.main\+xml$")
_TOO_MUCH: dict[opc.Limit, str] = {
    "parts": "ไฟล์มีส่วนย่อยมากเกินไป",
    "unpacked": "เมื่อคลายแล้วใหญ่เกินไป",
    "ratio": "อัตราการบีบอัดสูงผิดปกติ",
    "xml": "ส่วน {part} เมื่อคลายแล้วใหญ่เกินไป",
    "elements": "มีแถวหรือช่องมากเกินไป",
}


def refuse(code: str, name: str, **facts: Any) -> NoReturn:
    """Raise a problem of the whole file."""
    raise ItaReportError(problem(code, **facts).at(Place(name))) from None


@contextmanager
def refusing(name: str) -> Iterator[None]:
    """Refuse the file of this name where a package or its XML is found to be damaged.

    Raises:
        ItaReportError: D421 a password, D425 beyond the limits, D426 damaged.
    """
    try:
        yield
    except opc.LockedPackageError:
        refuse("D421", name)
    except opc.BeyondLimitsError as error:
        refuse("D425", name, what=_TOO_MUCH[error.limit].format(part=error.part[:60]))
    except (etree.LxmlError, ValueError, LookupError):
        refuse("D426", name)


def opened(data: bytes, name: str, *, large: bool = False) -> opc.Package:
    """Open a workbook by what it is, whatever its name says; `large` holds many agencies.

    Raises:
        ItaReportError: D420 .xls, D421 a password, D422 .ods, D423 macros, D424 no workbook,
            D425 beyond the limits, D426 damaged, D427 .xlsb.
    """
    _look_at_first_bytes(data, name)
    if len(data) > MAX_FILE:
        refuse("D425", name, what=f"ไฟล์ใหญ่กว่า {MAX_FILE // 1_000_000} MB")
    with refusing(name):
        package = opc.Package(data, opc.LARGE if large else opc.Limits())
        _is_a_workbook(package, name)
    return package


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


def _is_a_workbook(package: opc.Package, name: str) -> None:
    lower = [part.lower() for part in package]
    if "mimetype" in lower or "content.xml" in lower:
        refuse("D422", name)
    types = {package.content_type(part) for part in package}
    if any(part.endswith("workbook.bin") for part in lower) or types & _BINARY:
        refuse("D427", name)
    if any(part.endswith("vbaproject.bin") for part in lower) or types & _MACROS:
        refuse("D423", name)
    is_one = any(part.startswith("xl/") for part in lower) or any(map(_SHEETS.search, types))
    if opc.TYPES not in package or not is_one:
        found = (kind for prefix, kind in _KINDS if any(e.startswith(prefix) for e in package))
        refuse("D424", name, kind=next(found, "ไฟล์ ZIP"))
