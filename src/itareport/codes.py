"""Codes of questions and items (`i1`, `e7`, `o10`): as people type them, and in prose; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TYPED = re.compile(r"(?:ข้อ(?:ที่)?)?\s*([A-Za-z0๐])\s*[.]?\s*([0-9๐-๙]{1,3})")
_ORDER = {"i": 0, "e": 1, "o": 2}


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as read from what somebody typed."""

    code: str
    """The code in its one form: a small Latin letter and Arabic digits, `o7`."""
    mended: bool
    """Whether the letter was typed as a zero (0, ๐), a thing to tell the clerk."""


def read(text: str) -> TypedCode | None:
    """Read one code, however typed: `o7`, `O7`, `๐๗`, `0๗`, `ข้อ o๗`.

    A leading zero of either script stands for the letter o (the commonest slip of published
    reports).  Return None where the text is no code at all.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return None
    letter, number = match[1], int(match[2].translate(_DIGITS))
    if number == 0:
        return None
    mended = letter in "0๐"
    return TypedCode(f"{'o' if mended else letter.lower()}{number}", mended=mended)


def sort_key(code: str) -> tuple[int, str, int]:
    """Order codes as the assessment does: IIT, EIT, OIT, each by number."""
    return _ORDER.get(code[0], 9), code[0], int(code[1:])
