"""Where in a report's PDF its parts and rows are, by what they print."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2

from itareport import thai
from itareport.pdf.verify import pdf_text

_ISSUE = re.compile(r"^ประเด็นที่ (\d+)\s", re.MULTILINE)
_PLAN = re.compile(r"^ส่วนที่ 2 +[^\d\s]", re.MULTILINE)  # no score of the part 2 of a tool
_ROW = re.compile(r"^(\d+)\. ", re.MULTILINE)
_SIGNED = "(ลงชื่อ)"
_PLACE = re.compile(
    r"ข้อ (?P<code>[a-z]\d+)\s+\d+\.\d\d\b|^(?P<number>\d+\.\d+) |^ประเด็นที่ \d+\s", re.MULTILINE
)
"""The row of a question with its score, or of a measure; a heading, before which a row ends."""
_MARGIN = 56.7  # points that a page leaves free at its foot
_ABOVE = 5.0  # points from the top of a row to that of its letters


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """Where a page has the row of a question or of a measure, in hundredths of its height."""

    name: str
    """`e7`, `2.1`."""
    top: float
    height: float


def pages_of(pdf: bytes) -> dict[str, int]:
    """Return the first page, from 0, of each part: `agency`, `result`, `issue:2`, `plan:2`."""
    found = {"agency": 0, "result": 1}
    is_plan = False
    for number, text in enumerate(_texts(pdf)):
        if number < 1:
            continue
        if not is_plan:
            for match in _ISSUE.finditer(text):
                found.setdefault(f"issue:{match[1]}", number)
        has_issues = len(found) > 2  # the result may speak of that part
        is_plan = is_plan or (has_issues and bool(_PLAN.search(text)))
        if is_plan and _SIGNED not in text:
            for match in _ROW.finditer(text):
                found.setdefault(f"plan:{match[1]}", number)
        if _SIGNED in text:
            found.setdefault("signatures", number)
    return found


def marks_of(pdf: bytes) -> tuple[tuple[PrintedRow, ...], ...]:
    """Return for each page of a report where its rows are."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(_marks(page) for page in document)


def _marks(page: pypdfium2.PdfPage) -> tuple[PrintedRow, ...]:
    text, whole = page.get_textpage(), page.get_height()
    found = list(_PLACE.finditer(thai.arabic(text.get_text_range())))
    tops = [whole - text.get_charbox(one.start())[3] - _ABOVE for one in found]
    ends = [*tops, whole - _MARGIN][1:]
    return tuple(
        PrintedRow(name, round(100 * top / whole, 2), round(100 * (end - top) / whole, 2))
        for one, top, end in zip(found, tops, ends, strict=True)
        if (name := one["code"] or one["number"]) and end > top
    )


def signature_pages(pdf: bytes) -> tuple[int, ...]:
    """Return the pages on which somebody signs, from 0; the cover is none of them."""
    return tuple(n for n, text in enumerate(_texts(pdf)) if n and _SIGNED in text)


def _texts(pdf: bytes) -> list[str]:
    return [thai.arabic(page.text) for page in pdf_text.pages(pdf) or ()]
