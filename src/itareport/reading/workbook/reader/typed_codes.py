"""Codes as clerks type them into cells, `IIT1`, `I-1`, `i1 ชื่อข้อ`; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from itareport import thai
from itareport.ita import codes
from itareport.problems import Place
from itareport.reading.workbook.reader.gathering import Gathered

_LONGEST = 300
_ITEM = r"(?:ข้อ(?:ที่)?)?\s*(?P<letter>[ieo])(?:IT)?\s*[-–._]?\s*(?P<number>[0-9๐-๙]{1,3})"
_MARKED = re.compile(rf"{_ITEM}\s*[.):]*", re.IGNORECASE)
_NAMED = re.compile(rf"{_ITEM}\s*[.):]*\s+(?=[(“\"ก-๎]).*", re.IGNORECASE | re.DOTALL)


def code_of(text: str) -> str:
    """Return the one code that a cell means, as `codes.read` has it or with more around it.

    "" where there is none, or more than one.
    """
    if len(text) > _LONGEST:
        return ""
    if typed := codes.read(text):
        return typed.code
    found = _MARKED.fullmatch(text.strip()) or _NAMED.fullmatch(text.strip())
    number = int(thai.arabic(found["number"])) if found else 0
    if not found or not number:
        return ""
    code = f"{found['letter'].lower()}{number}"
    return code if {quoted.code for quoted in codes.find(text)} <= {code} else ""


def is_marked(text: str) -> bool:
    """Tell whether a code is typed with its letter, not as a number that begins with zero."""
    return bool(code_of(text)) and not text.strip()[0].isdecimal()


def tell(places: Iterable[Place], into: Gathered) -> None:
    """Tell once of the codes of a sheet that were read although more was typed (D443)."""
    odd = [at for at in places if at.value and not codes.read(at.value) and code_of(at.value)]
    if odd:
        typed = str(odd[0].value).strip()
        read = code_of(typed)
        into.tell("D443", odd[0], also_at=odd[1:], count=len(odd), typed=typed[:40], read=read)
