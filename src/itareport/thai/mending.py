"""Mending what Thai text catches in keyboards, Word and Excel; pure."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from itareport.thai.numerals import arabic
from itareport.thai.script import LATIN, MARKS, TONES, UNSEEN

Word = TypeVar("Word", bound=str)
_LONGEST_WORD = 200
"""The letters of a text that may be a word of a list."""


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of mending done to a text: its Thai name and in how many places."""

    what: str
    count: int


_MENDINGS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (what, re.compile(pattern), replacement)
    for what, pattern, replacement in (
        ("รหัสขึ้นบรรทัดใหม่ของ Windows หรือ Mac รุ่นเก่า (CR)", r"\r\n?", "\n"),
        (
            "รหัสขึ้นบรรทัดหรือขึ้นหน้าของ Word (VT, FF, NEL, LS, PS) เป็นการขึ้นบรรทัดใหม่",
            "[\v\f\x85\u2028\u2029]",
            "\n",
        ),
        ("แท็บเป็นเว้นวรรค", r"\t", " "),
        ("เว้นวรรคแบบไม่ตัดบรรทัด (NBSP) เป็นเว้นวรรคธรรมดา", "\u00a0", " "),
        (
            "เว้นวรรคชนิดอื่นเป็นเว้นวรรคธรรมดา",
            "[\u1680\u2000-\u200a\u202f\u205f\u3000]",
            " ",
        ),
        ("ตัดเว้นวรรคความกว้างศูนย์ (ZWSP)", "\u200b", ""),
        ("ตัดตัวเชื่อมและตัวแยกที่มองไม่เห็น (ZWNJ, ZWJ, WJ)", "[\u200c\u200d\u2060-\u2064]", ""),
        ("ตัดเครื่องหมายลำดับไบต์ (BOM)", "\ufeff", ""),
        ("ตัดยัติภังค์ซ่อน (soft hyphen)", "\u00ad", ""),
        ("ตัดเครื่องหมายกำหนดทิศทางอักษร", "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]", ""),
        ("ตัดอักขระชนิดอื่นที่มองไม่เห็น", f"[{UNSEEN}]", ""),
        ("สระเอสองตัว (เเ) เป็นสระแอ (แ)", "(?<!เ)เเ(?!เ)", "แ"),
        ("ลากข้างยาว (ๅ) เป็นสระอา (า)", f"(?<=[ก-รลว-ฮ{TONES}])ๅ", "า"),
        (
            "นิคหิตกับสระอาเป็นสระอำ (ำ)",
            f"(?:ํ([{TONES}]{{0,4}})|([{TONES}]{{1,4}})ํ)า",
            r"\1\2ำ",
        ),
        ("สระหรือวรรณยุกต์ซ้ำ", f"([{MARKS}ำ])\\1+", r"\1"),
    )
)
# Fonts of Windows and Adobe draw marks lowered or moved left, and letters without their foot,
# as characters of their own from U+F700 on; PDFs give these back in place of the letters.
_DRAWN = (
    "\u0e10\u0e34\u0e35\u0e36\u0e37"  # F700: tho than; sara i, ii, ue, uee moved left
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # F705: tones, thanthakhat lowered and moved left
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # F70A: the same lowered
    "\u0e0d\u0e31\u0e4d\u0e47"  # F70F: yo ying; mai han akat, nikhahit, maitaikhu moved left
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # F713: tones, thanthakhat moved left
    "\u0e38\u0e39\u0e3a"  # F718: sara u, uu, phinthu lowered
)
_FROM_PDF = re.compile("[\uf700-\uf71a]")
_LETTERS = "สระ วรรณยุกต์ หรือพยัญชนะที่ติดมาจากไฟล์ PDF (อักขระของฟอนต์ U+F700 ถึง U+F71A) เป็นอักขระปกติ"
_ORDER = "ลำดับสระและวรรณยุกต์"
# A tone or thanthakhat before a vowel above or below, or a tone after a vowel that follows.
_MISORDERED = re.compile(f"[่-์][ัิ-ู็ํ]|[ะาำ][{TONES}]")
# Longer runs of marks are no text, and mending them takes time that grows with their square.
_CLUSTER = re.compile(f"(?<![{MARKS}ะาำ])[{MARKS}ะาำ]{{2,12}}(?![{MARKS}ะาำ])")
_DECOMPOSED = re.compile(f"[{LATIN}][\u0300-\u036f]+")
_COMPOSED = "อักษรละตินกับเครื่องหมายที่แยกกันเป็นอักษรเดียว"
# Text that none of the mendings can touch: quick to see, and nearly all text is such.
_SUSPECT = re.compile(
    "[\r\v\f\t\x85\u00a0\u00ad\u0300-\u036f\u061c\u1680\u2000-\u200f\u2028-\u202f"
    f"{UNSEEN}\u205f-\u206f\u3000\ufeff\uf700-\uf71aๅ]|เเ|ํ|([{MARKS}ำ])\\1|[่-์][ัิ-ู็]|[ะาำ][{TONES}]"
)


def normalise(text: str) -> tuple[str, tuple[Change, ...]]:
    """Mend what Thai text catches on its way through keyboards, Word and Excel.

    Every change is told.  Nothing that a reader sees is dropped: what cannot be mended for
    certain (a lone mark, a control character) stays for `faults` to name.
    """
    counts: dict[str, int] = {}
    before = None
    while text != before and _SUSPECT.search(text):
        before = text
        text, count = _FROM_PDF.subn(_letter, text)
        counts[_LETTERS] = counts.get(_LETTERS, 0) + count
        for what, pattern, replacement in _MENDINGS:
            text, count = pattern.subn(replacement, text)
            counts[what] = counts.get(what, 0) + count
        for what, pattern, mend in (
            (_COMPOSED, _DECOMPOSED, _compose),
            (_ORDER, _CLUSTER, _reorder),
        ):
            text, count = _mended(text, pattern, mend)
            counts[what] = counts.get(what, 0) + count
    return text, tuple(Change(what, count) for what, count in counts.items() if count)


def key(text: str) -> str:
    """Return what two ways of typing one word have in common: no spaces, nothing invisible."""
    return arabic("".join(normalise(text)[0].split())).casefold()


def one_of(text: str, words: Iterable[Word]) -> Word | None:
    """Return the word of a closed list that a text means; None where it means none of them."""
    meant = key(text.strip()[:_LONGEST_WORD])
    return next((word for word in words if key(word) == meant), None)


def _mended(text: str, pattern: re.Pattern[str], mend: Callable[[str], str]) -> tuple[str, int]:
    changed = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal changed
        new = mend(match[0])
        changed += new != match[0]
        return new

    return pattern.sub(replaced, text), changed


def _letter(drawn: re.Match[str]) -> str:
    return _DRAWN[ord(drawn[0]) - 0xF700]


def _compose(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster)


def _reorder(cluster: str) -> str:
    while _MISORDERED.search(cluster):
        ordered = _reorder_vowels()(cluster)
        if ordered == cluster:
            break
        cluster = ordered
    return cluster


@cache
def _reorder_vowels() -> Callable[[str], str]:
    # pythainlp does this exactly on a run of marks.  Its import costs 50 ms, which few texts
    # need, and makes a folder pythainlp-data in the user's home unless told not to.
    if "PYTHAINLP_READ_MODE" not in os.environ:
        os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    from pythainlp.util import reorder_vowels

    return reorder_vowels
