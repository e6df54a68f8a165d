"""Digits, Buddhist years, dates, normalisation of Thai text; pure."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

# -- digits --------------------------------------------------------------------------------

# The same tables as pythainlp's digit functions, which a test holds them to: importing
# pythainlp costs as much CPU as all the rest of a check.
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_DIGIT = "0-9๐-๙"
_MARKED = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)
_HAS_LATIN = re.compile(f"[{_LATIN}]")
_HAS_DIGIT = re.compile(f"[{_DIGIT}]")
# A number of a list stuck to a Latin word, `1.E-Service`, is no part of that word.
_LIST_NUMBER = re.compile(rf"[{_DIGIT}]+\.(?=[{_LATIN}])")
_JOINTS = "-_.\u2010\u2011\u2013"
_TOKEN = rf"[{_LATIN}{_DIGIT}]+(?:[{_JOINTS}][{_LATIN}{_DIGIT}]+)*"
_REST = r"[^\s<>\"“”‘’]"
_ADDRESSES = (
    rf"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://{_REST}+"
    rf"|(?<![a-z0-9_])www\.{_REST}+"
    r"|(?<![a-z0-9._+%-])[a-z0-9._+%-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|(?<![a-z0-9_.-])(?:[a-z0-9-]+\.)+(?:th|com|org|net|info|edu|gov|int|io|app|me|asia)"
    rf"(?![a-z0-9_-])(?:[:/?#]{_REST}*)?"
)
_LISTED_ADDRESS = rf"(?<![a-z{_DIGIT}._-])[{_DIGIT}]+\.(?=www\.|[a-z]+://)"


def arabic(text: str) -> str:
    """Write every Thai digit as its Arabic one."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Write every Arabic digit as its Thai one, without any rule (`digits` has the rules)."""
    return text.translate(_TO_THAI)


def unmarked(text: str) -> str:
    """Take away the brackets of `[[…]]` and keep what is in them; unbalanced ones stay."""
    return _MARKED.sub(r"\1", text)


def digits(text: str, is_code: Callable[[str], bool], keep_after: Collection[str]) -> str:
    """Write digits in Thai wherever a person would, as an official document asks.

    Digits stay as typed in URLs and e-mail addresses, in a token that mixes Latin letters and
    digits (`COVID-19`, `A4`, `No.1`) unless `is_code` says that it is a code of the year
    (`o๑๐`; asked in small letters and Arabic digits), after the names of standards
    `keep_after` (`ISO 9001:2015`), and inside `[[…]]`, whose brackets are taken away.
    No other character changes.
    """
    pattern = _kept_or_token(tuple(sorted(keep_after)))

    def written(match: re.Match[str]) -> str:
        return match[0] if match["kept"] is not None else _token(match[0], is_code)

    pieces = _MARKED.split(text)  # outside, inside, outside, …
    pieces[::2] = [pattern.sub(written, piece) for piece in pieces[::2]]
    return "".join(pieces)


@lru_cache(maxsize=16)
def _kept_or_token(names: tuple[str, ...]) -> re.Pattern[str]:
    kept = _ADDRESSES
    if names:
        either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        number = rf"[{_DIGIT}]+(?:[:.,/–-][{_DIGIT}]+)*"
        kept += rf"|(?<![{_LATIN}])(?:{either})(?:/[a-z]+)*[ -]*{number}(?![{_LATIN}])"
    return re.compile(f"{_LISTED_ADDRESS}|(?P<kept>{kept})|{_TOKEN}", re.IGNORECASE)


def _token(token: str, is_code: Callable[[str], bool]) -> str:
    if not _HAS_DIGIT.search(token):
        return token
    if not _HAS_LATIN.search(token):
        return thai_digits(token)
    if listed := _LIST_NUMBER.match(token):
        return thai_digits(listed[0]) + _token(token[listed.end() :], is_code)
    codes, words, numbers = 0, 0, 0
    for part in re.split(f"[{_JOINTS}]", token):
        if not _HAS_LATIN.search(part):
            numbers += 1
        elif not _HAS_DIGIT.search(part):
            words += 1
        elif is_code(arabic(part).lower()):
            codes += 1
        else:
            return token
    return thai_digits(token) if codes and not (words and numbers) else token


def decimal(text: str) -> Decimal | None:
    """Read an exact plain decimal of Arabic digits, `99.17`, `100` or `-1`; else None."""
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) else None


# -- dates and places ----------------------------------------------------------------------

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
BUDDHIST = 543
"""Years of the Buddhist era before the first of the Gregorian one."""

_MONTH_NUMBER = {
    name.replace(".", ""): number
    for names in (MONTHS, SHORT_MONTHS)
    for number, name in enumerate(names, 1)
}
# pythainlp's thai_strptime reads 1/11/2568 as a day of January, so dates are read here.
_WORDED = re.compile(
    r"(?:วันที่)?\s*([0-9]{1,2})\s*(?:เดือน)?\s*([ก-๎.]+?)\s*((?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?)\s*([0-9]{2}|[0-9]{4})"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/-])([0-9]{1,2})\2([0-9]{1,2})")


def parse_date(text: str) -> dt.date | None:
    """Read a date however a Thai office writes it; None where it is none.

    `1 ตุลาคม 2568`, `๑ ต.ค. ๖๘`, `1/10/68`, `1/10/2568`, `2568-10-01`.  A year above 2400 is
    Buddhist, one of two digits is 25xx, one from 1900 to 2400 Gregorian.
    """
    text = arabic(text.strip())
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[4], int(match[3]), match[1])
    if match := _DAY_FIRST.fullmatch(text):
        return _date(match[1], int(match[3]), match[4])
    if match := _WORDED.fullmatch(text):
        month = _MONTH_NUMBER.get(match[2].replace(".", ""))
        return _date(match[1], month, match[4], match[3]) if month else None
    return None


def _date(day: str, month: int, year: str, era: str = "") -> dt.date | None:
    number = int(year) + 2500 if len(year) == 2 else int(year)
    if 1900 <= number <= 2400 and not era.startswith("พ"):
        gregorian = number
    elif 2400 < number < 2700 and not (era.startswith("ค") and len(year) == 4):
        gregorian = number - BUDDHIST
    else:
        return None
    try:
        return dt.date(gregorian, month, int(day))
    except ValueError:
        return None


def long_date(date: dt.date) -> str:
    """Write a Gregorian date in full with its Buddhist year: `1 ตุลาคม 2568`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year + BUDDHIST}"


_DISTRICT = re.compile(r"^(?:กิ่งอำเภอ|อำเภอ|อ\.)\s*")
_KHET = re.compile(r"^(?:เขต|อำเภอ|อ\.)\s*")
_PROVINCE = re.compile(r"^(?:จังหวัด|จ\.)\s*")
_BANGKOK = "กรุงเทพมหานคร"


def bare_area(district: str, province: str) -> tuple[str, str]:
    """Return the names of district and province without the words before them.

    `อ.เมือง`, `จ.พัทลุง` give `เมืองพัทลุง`, `พัทลุง`; short forms of Bangkok its full name.
    """
    province = _PROVINCE.sub("", province.strip())
    if province in {"กรุงเทพ", "กรุงเทพฯ", "กทม", "กทม."}:
        province = _BANGKOK
    prefix = _KHET if province == _BANGKOK else _DISTRICT
    district = prefix.sub("", district.strip())
    return (district + province if district == "เมือง" else district), province


def area(district: str, province: str) -> str:
    """Name district and province as the cover prints them: `อำเภอตะโหมด จังหวัดพัทลุง`."""
    district, province = bare_area(district, province)
    if province == _BANGKOK:
        parts = (f"เขต{district}" if district else "", province)
    else:
        parts = (
            f"อำเภอ{district}" if district else "",
            f"จังหวัด{province}" if province else "",
        )
    return " ".join(part for part in parts if part)


# -- normalisation -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of mending done to a text: its Thai name and in how many places."""

    what: str
    count: int


_TONES = "่-๋"
_MARKS = "ัิ-ฺ็-๎"  # all combining marks of the Thai block
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
        ("สระเอสองตัว (เเ) เป็นสระแอ (แ)", "(?<!เ)เเ(?!เ)", "แ"),
        ("ลากข้างยาว (ๅ) เป็นสระอา (า)", f"(?<=[ก-รลว-ฮ{_TONES}])ๅ", "า"),
        (
            "นิคหิตกับสระอาเป็นสระอำ (ำ)",
            f"(?:ํ([{_TONES}]{{0,4}})|([{_TONES}]{{1,4}})ํ)า",
            r"\1\2ำ",
        ),
        ("สระหรือวรรณยุกต์ซ้ำ", f"([{_MARKS}ำ])\\1+", r"\1"),
    )
)
_ORDER = "ลำดับสระและวรรณยุกต์"
# A tone or thanthakhat before a vowel above or below, or a tone after a vowel that follows.
_MISORDERED = re.compile(f"[่-์][ัิ-ู็ํ]|[ะาำ][{_TONES}]")
# Longer runs of marks are no text, and mending them takes time that grows with their square.
_CLUSTER = re.compile(f"(?<![{_MARKS}ะาำ])[{_MARKS}ะาำ]{{2,12}}(?![{_MARKS}ะาำ])")
_DECOMPOSED = re.compile(f"[{_LATIN}][\u0300-\u036f]+")
_COMPOSED = "อักษรละตินกับเครื่องหมายที่แยกกันเป็นอักษรเดียว"
# Text that none of the mendings can touch: quick to see, and nearly all text is such.
_SUSPECT = re.compile(
    "[\r\v\f\t\x85\u00a0\u00ad\u0300-\u036f\u061c\u1680\u2000-\u200f\u2028-\u202f"
    f"\u205f-\u206f\u3000\ufeffๅ]|เเ|ํ|([{_MARKS}ำ])\\1|[่-์][ัิ-ู็]|[ะาำ][{_TONES}]"
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


def _mended(text: str, pattern: re.Pattern[str], mend: Callable[[str], str]) -> tuple[str, int]:
    changed = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal changed
        new = mend(match[0])
        changed += new != match[0]
        return new

    return pattern.sub(replaced, text), changed


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


# -- faults --------------------------------------------------------------------------------


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
_LONE = "D154"
_PLAIN = "\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u0e01-\u0e3a\u0e3f-\u0e5b\u2010-\u2027\u2030-\u205e"
_ODD = re.compile(f"[^{_PLAIN}]|(?<![ก-ฮ◌{_MARKS}])[{_MARKS}ำ]")
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
    if unicodedata.category(character)[0] not in "CMZ":
        return f'"{character}" ({name} {point})' if name else f'"{character}" ({point})'
    return f"{name} ({point})" if name else point


def faults(text: str) -> tuple[Fault, ...]:
    """Find what Word drops or draws wrongly: control characters, surrogates, characters that
    are unassigned or for private use, and Thai marks without a consonant to stand on.
    """
    found = []
    for match in _ODD.finditer(text):
        character = match[0]
        lone = character in _NAMES and character > "\u0e00" and character < "\u0e5c"
        code = _LONE if lone else _FAULT_OF_CATEGORY.get(unicodedata.category(character))
        if code is not None:
            near = _near(text, match.start())
            found.append(Fault(code, character, character_name(character), near, match.start()))
    return tuple(found)


def _near(text: str, offset: int) -> str:
    before, after = text[max(0, offset - 10) : offset], text[offset : offset + 11]
    if _LONE_START.match(after):
        after = "◌" + after
    return "".join(c if c.isprintable() else " " if c == "\n" else "?" for c in before + after)


_LONE_START = re.compile(f"[{_MARKS}ำ]")
