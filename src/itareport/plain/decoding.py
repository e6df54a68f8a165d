"""Bytes -> text, or what the bytes are instead; pure."""

from __future__ import annotations

import re

from itareport.problems import ItaReportError, Place, problem

MAX_BYTES = 2 * 1024 * 1024

_MAGIC = (
    (b"PK\x03\x04", "ไฟล์ Excel, Word หรือ ZIP"),
    (b"\xd0\xcf\x11\xe0", "ไฟล์ Excel หรือ Word รุ่นเก่า"),
    (b"%PDF", "ไฟล์ PDF"),
    (b"\x89PNG", "ไฟล์ภาพ PNG"),
    (b"\xff\xd8\xff", "ไฟล์ภาพ JPEG"),
)
_HIGH = re.compile(rb"[\x80-\xff]")
_THAI = re.compile("[\u0e00-\u0e7f]")


def decoded(data: bytes, name: str) -> str:
    """Return the text of a UTF-8 file, without its byte order mark.

    Raises:
        ItaReportError: D104 to D107: too big, empty, no text, another encoding.
    """
    if len(data) > MAX_BYTES:
        raise ItaReportError(problem("D104").at(Place(name)))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ItaReportError(problem("D106", kind=kind).at(Place(name)))
    if wide := _wide(data):
        raise ItaReportError(problem("D107", guess=f" แต่เป็น {wide}").at(Place(name)))
    if b"\x00" in data:
        raise ItaReportError(problem("D106", kind="ไฟล์ที่ไม่ใช่ข้อความ").at(Place(name)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        found = problem("D107", guess=_guess(data))
        raise ItaReportError(found.at(Place(name, line, column))) from None
    if not text.strip():
        raise ItaReportError(problem("D105").at(Place(name)))
    return text


def _wide(data: bytes) -> str:
    """Name UTF-16 or UTF-32 where a mark, or every second byte, tells of it."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    even, odd = data[:4000:2], data[1:4000:2]
    for highs, lows in ((odd, even), (even, odd)):  # of Latin letters 00, of Thai ones 0E
        if highs.count(0) + highs.count(0x0E) > len(highs) * 0.9 and lows.count(0) < len(lows) / 4:
            return "UTF-16" if 0 in data else ""
    return ""


def _guess(data: bytes) -> str:
    """Name the encoding of Thai text before UTF-8 where most of the high bytes are Thai letters."""
    high = b"".join(_HIGH.findall(data[:100_000]))
    thai = len(_THAI.findall(high.decode("cp874", errors="ignore")))
    return " แต่น่าจะเป็น TIS-620 (Windows-874)" if thai > len(high) * 0.9 else ""
