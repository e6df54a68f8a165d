"""Characters that a document cannot carry, by name; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from itareport.thai.mending import normalise
from itareport.thai.script import MARKS, PRIVATE, UNSEEN


@dataclass(frozen=True, slots=True)
class Fault:
    """A character that a document cannot carry: why (a code), which one and where."""

    code: str
    character: str
    name: str
    near: str
    """A few characters before and after, safe to print."""
    offset: int


_FAULT_OF_CATEGORY = {"Cc": "D150", "Cs": "D151", "Cn": "D152", "Co": "D153"}
_PLAIN = "\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u0e01-\u0e3a\u0e3f-\u0e5b\u2010-\u2027\u2030-\u205e"
_ODD = re.compile(f"[^{_PLAIN}]|(?<![ก-ฮ◌{MARKS}{PRIVATE}])[{MARKS}ำ]")
_MARK = re.compile(f"[{MARKS}ำ]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_NAMES = {
    "ั": "ไม้หันอากาศ", "ิ": "สระอิ", "ี": "สระอี", "ึ": "สระอึ", "ื": "สระอือ", "ุ": "สระอุ",
    "ู": "สระอู", "ฺ": "พินทุ", "็": "ไม้ไต่คู้", "่": "ไม้เอก", "้": "ไม้โท", "๊": "ไม้ตรี",
    "๋": "ไม้จัตวา", "์": "ทัณฑฆาต", "ํ": "นิคหิต", "๎": "ยามักการ", "ำ": "สระอำ",
    "\x00": "NULL", "\x07": "BELL", "\x08": "BACKSPACE", "\x1b": "ESCAPE", "\x7f": "DELETE",
    "\ufffd": "อักขระที่อ่านรหัสไม่ได้",
}  # fmt: skip


def character_name(character: str) -> str:
    """Name a character so that a clerk can ask about it: `ไม้โท (U+0E49)`; prints safely."""
    point = f"U+{ord(character):04X}"
    name = _NAMES.get(character) or unicodedata.name(character, "")
    if unicodedata.category(character)[0] not in "CMZ" and not _MARK.match(character):
        return f"“{character}” ({name} {point})" if name else f"“{character}” ({point})"
    return f"{name} ({point})" if name else point


def is_unseen(character: str) -> bool:
    """Return whether a character is drawn as nothing: a mark of format, a filler, a selector."""
    return unicodedata.category(character) == "Cf" or _UNSEEN.match(character) is not None


def faults(text: str) -> tuple[Fault, ...]:
    """Find what Word drops or draws wrongly: each such character once, where it comes first.

    Control characters, surrogates, characters that are unassigned or for private use, and Thai
    marks without a consonant to stand on.  To be asked of normalised text.  A mark after a
    character for private use is no second fault: that may have been its consonant.
    """
    found: dict[str, Fault] = {}
    for match in _ODD.finditer(text):
        character, offset = match[0], match.start()
        if character not in found and (code := _fault(character)):
            name, near = character_name(character), _near(text, offset)
            found[character] = Fault(code, character, name, near, offset)
    return tuple(found.values())


def shown(value: object) -> str:
    """Make a value of the data safe and short enough to stand in a message."""
    text = "".join(c if c.isprintable() else " " for c in normalise(str(value))[0])
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 60 else f"{text[:59]}…"


def symbols(characters: Sequence[str]) -> str:
    """Name characters that a font lacks, as they look and by their numbers: `😀 👍 (U+1F600 …)`."""
    seen = [c for c in characters if unicodedata.category(c)[0] not in "CMZ"]
    points = " ".join(f"U+{ord(c):04X}" for c in characters)
    return f"{' '.join(seen)} ({points})" if seen else points


def words_near(text: str, offset: int) -> str:
    """Return the words before a place of a text, or after it where none are before, to find it."""
    line = text[:offset].rpartition("\n")[2], text[offset + 1 :].partition("\n")[0]
    before, after = (re.sub(f"[^{_PLAIN}]", " ", part).strip() for part in line)
    if not before:
        return after[:25].strip()
    if len(before) <= 25:
        return before
    return "…" + re.sub(f"^[{MARKS}ำ]+", "", before[-25:]).strip()


def _fault(character: str) -> str:
    if _MARK.match(character):
        return "D154"
    return _FAULT_OF_CATEGORY.get(unicodedata.category(character), "")


def _near(text: str, offset: int) -> str:
    before, after = text[max(0, offset - 10) : offset], text[offset : offset + 11]
    if _MARK.match(after):
        after = "◌" + after
    return "".join(c if c.isprintable() else " " if c == "\n" else "?" for c in before + after)
