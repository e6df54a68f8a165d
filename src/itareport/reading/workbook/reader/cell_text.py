"""One cell as the value of its field: text, as a YAML file would have it; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from itareport import thai
from itareport.ita import codes
from itareport.ita.model import Kind
from itareport.plain import Tree
from itareport.problems import Place
from itareport.reading.workbook import headers
from itareport.reading.workbook.layout import DRAFT, EMPTY, MOST
from itareport.reading.workbook.reader.gathering import Gathered, Value
from itareport.xlsx.grid import Cell

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
    text = _seen(text)
    if typed := codes.read(text):
        return typed.code
    found = _MARKED.fullmatch(text) or _NAMED.fullmatch(text)
    number = int(thai.arabic(found["number"])) if found else 0
    if not found or not number:
        return ""
    code = f"{found['letter'].lower()}{number}"
    return code if {quoted.code for quoted in codes.find(text)} <= {code} else ""


def is_marked(text: str) -> bool:
    """Return whether a code is typed with its letter, not as a number that begins with zero."""
    return bool(code_of(text)) and not _seen(text)[0].isdecimal()


def _seen(text: str) -> str:
    """Return a text without what cannot be seen in it, and without blanks around it."""
    return "".join(one for one in text if not thai.is_unseen(one)).strip()


def tell_codes(places: Iterable[Place], into: Gathered) -> None:
    """Report once the codes of a sheet that were typed with other text around them (D443)."""
    filled = [at for at in places if at.value]
    odd = [at for at in filled if not codes.read(_seen(at.value or "")) and code_of(at.value or "")]
    if odd:
        typed = str(odd[0].value).strip()
        read = code_of(typed)
        into.tell("D443", odd[0], also_at=odd[1:], count=len(odd), typed=typed[:40], read=read)


_CONFIRMED = {"", "-", "ยืนยัน", "ยืนยันแล้ว", "ตรวจแล้ว", "false"}
_ORDINAL = re.compile(r"\s*(?:ประเด็นที่|ประเด็น)\s*([0-9๐-๙]+)\s*")
_YEAR = re.compile(
    r"\s*(?:ปี)?(?:งบประมาณ)?\s*(?:พ\s*[.]?\s*ศ\s*[.]?)?\s*([0-9๐-๙]{4}(?:[.][0๐]+)?)\s*"
)
"""A Buddhist year with the words that people put before it."""
_ONLY_CODES = re.compile(r"(?:ข้อที่|ข้อ|ถึง|[ieoIEO0-9๐-๙.\s–-])+")
_PROSE = (Kind.LINE, Kind.TEXT, Kind.POINTS, Kind.WORD)
_CHANGED = {"date": "วันที่", "time": "เวลา", "percent": "ร้อยละ"}
"""What a spreadsheet makes of some texts: of `ต.ค. 68` a date, which would print as 2025-10-01."""
_MOST_LINES = 500
_MOST_CODES = 300
_LONGEST_BLANK = 30
_TWO_DIGITS = range(1930, 2000)  # what spreadsheets make of a year of two digits


def value_of(cell: Cell | None, kind: Kind) -> Value:
    """Read a cell; an empty one gives None."""
    if cell is None or cell.kind == "fault" or not thai.key(cell.text.strip()[:_LONGEST]):
        return _unread(cell, kind)
    if cell.kind == "date" and kind is Kind.DATE:
        return _date(cell.text)
    if too_much := _too_much(cell.text, kind):
        return too_much
    tree = _READERS[kind](cell.text if kind in _PROSE else shown(cell.text))
    if kind in _PROSE and cell.kind in _CHANGED:
        return Value(tree, "D445", (("what", _CHANGED[cell.kind]), ("value", cell.text)))
    return Value(tree)


_AS_TEXT = re.compile(r"=\s*\"((?:[^\"]|\"\")*)\"|'([^']+)")


def shown(text: str) -> str:
    """Return what Excel shows for a value that was typed to stay as it is: `="94.90"`."""
    found = _AS_TEXT.fullmatch(text.strip())
    return (found[1] or found[2] or "").replace('""', '"') if found else text


def _too_much(text: str, kind: Kind) -> Value | None:
    """Refuse a cell that no spreadsheet holds, and lists that no report has (D448)."""
    lines = text.count("\n") + 1
    pieces = lines + text.count(",") + text.count(";")
    counts = [("ตัวอักษร", len(text), MOST)]
    counts += [("บรรทัด", lines, _MOST_LINES)] if kind in (*_PROSE, Kind.DATE) else []
    counts += [("รหัสข้อ", pieces, _MOST_CODES)] if kind is Kind.CODES else []
    for what, count, most in counts:
        if count > most:
            facts = ("what", what), ("count", f"{count:,}"), ("most", f"{most:,}")
            return Value([] if kind in (Kind.POINTS, Kind.CODES) else "", "D448", facts)
    return None


def _unread(cell: Cell | None, kind: Kind) -> Value:
    """Return why a cell holds nothing to read: it is empty, or its formula gives nothing."""
    nothing: Tree = [] if kind in (Kind.POINTS, Kind.CODES) else ""
    if cell is not None and cell.kind == "unstored":
        return Value(nothing, "D432")
    if cell is not None and cell.kind == "fault":
        return Value(nothing, "D433", (("value", cell.text[:20]),))
    return Value()


def _date(text: str) -> Value:
    year = int(text[:4]) if text[:4].isdecimal() else 0
    if year not in _TWO_DIGITS:
        return Value(text)
    read = str(year % 100 + 2500)
    return Value(f"{read}{text[4:]}", "D437", (("found", str(year)), ("read", read)))


def is_blank(text: str) -> bool:
    """Return whether a text marks its cell as empty on purpose, however it is typed."""
    return len(text) < _LONGEST_BLANK and _bare(text) == _bare(EMPTY)


def _bare(text: str) -> str:
    return headers.key_of(text).strip("()（）[]")


def _text(text: str) -> Tree:
    return "" if is_blank(text) else text


def _score(text: str) -> Tree:
    bare = text.strip()
    return _text(bare.removesuffix("%").rstrip() if thai.arabic(bare[:1]).isdecimal() else bare)


def _whole(text: str) -> Tree:
    match = _ORDINAL.fullmatch(text) or _YEAR.fullmatch(text)
    return _FRACTION.sub("", match[1] if match else text) if not is_blank(text) else ""


_FRACTION = re.compile(r"(?<=[0-9๐-๙])\.[0๐]+\s*$")
"""What programs add to a whole number: `2568.0`."""


def _points(text: str) -> Tree:
    lines = [line for line in text.split("\n") if line.strip()]
    return ["" if is_blank(line) else line for line in lines]


def _code(text: str) -> Tree:
    return code_of(text) if codes.read(text) is None and code_of(text) else _text(text)


def _codes(text: str) -> Tree:
    if is_blank(text):
        return []
    found: list[Tree] = []
    for piece in re.split(r"[,;\n]|และ", text):
        if not piece.strip():
            continue
        several = _ONLY_CODES.fullmatch(piece) and not codes.read(piece)
        quoted = [each.code for each in codes.find(piece)] if several else []
        found += quoted or [piece.strip()]
    return found


def _mark(text: str) -> Tree:
    word = thai.key(text)
    if word in _CONFIRMED:
        return None
    return "true" if word in {thai.key(DRAFT), "true"} else text


_READERS = {
    Kind.LINE: _text,
    Kind.WORD: _text,
    Kind.TEXT: _text,
    Kind.SCORE: _score,
    Kind.WHOLE: _whole,
    Kind.DATE: _text,
    Kind.POINTS: _points,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.MARK: _mark,
}
