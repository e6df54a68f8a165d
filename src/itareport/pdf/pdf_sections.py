"""Which page of a report's PDF each part of it begins on, by the headings that it prints."""

from __future__ import annotations

import re

from itareport import thai
from itareport.pdf.verify import pdf_text

_ISSUE = re.compile(r"^ประเด็นที่ (\d+)\s", re.MULTILINE)
_PLAN = re.compile(r"^ส่วนที่ 2 +[^\d\s]", re.MULTILINE)  # no score of the part 2 of a tool
_ROW = re.compile(r"^(\d+)\. ", re.MULTILINE)
_SIGNED = "(ลงชื่อ)"


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


def signature_pages(pdf: bytes) -> tuple[int, ...]:
    """Return the pages on which somebody signs, from 0; the cover is none of them."""
    return tuple(n for n, text in enumerate(_texts(pdf)) if n and _SIGNED in text)


def _texts(pdf: bytes) -> list[str]:
    return [thai.arabic(page.text) for page in pdf_text.pages(pdf) or ()]
