"""Thai and Arabic digits, and where an official document writes which; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from decimal import Decimal
from functools import lru_cache

from itareport.thai.script import DIGIT, LATIN

# The same tables as pythainlp's digit functions, which a test holds them to: importing
# pythainlp costs as much CPU as all the rest of a check.
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

_LONGEST, _PLACES = 100, 9
_LONGEST_CODE = 4  # o123: most texts that are nothing but a code
_MARKED = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)
_DIGITS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_ONES = {word: number for number, word in enumerate(_DIGITS, 1)} | {"เอ็ด": 1, "ยี่": 2}
_NUMBER_WORDS = (*_DIGITS, "สิบ")
_HAS_LATIN = re.compile(f"[{LATIN}]")
_HAS_DIGIT = re.compile(f"[{DIGIT}]")
_HAS_THAI_DIGIT = re.compile("[๐-๙]")
_HAS_WESTERN_DIGIT = re.compile("[0-9]")
# No address and no token of letters is without one of these: the Kelvin sign is a k to
# patterns that ignore case.
_MAY_KEEP = re.compile(f"[{LATIN}\u212a@]")
# A number of a list stuck to a Latin word, `1.E-Service`, is no part of that word.
_LIST_NUMBER = re.compile(rf"[{DIGIT}]+\.(?=[{LATIN}])")
_JOINTS = "-_.\u2010\u2011\u2013"
_TOKEN = rf"[{LATIN}{DIGIT}]+(?:[{_JOINTS}][{LATIN}{DIGIT}]+)*"
_REST = r"[^\s<>\"“”‘’]"
_ADDRESSES = (
    rf"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://{_REST}+"
    rf"|(?<![a-z0-9_])www\.{_REST}+"
    r"|(?<![a-z0-9._+%-])[a-z0-9._+%-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|(?<![a-z0-9_.-])(?:[a-z0-9-]+\.)+(?:th|com|org|net|info|edu|gov|int|io|app|me|asia)"
    rf"(?![a-z0-9_-])(?:[:/?#]{_REST}*)?"
)
_LISTED_ADDRESS = rf"(?<![a-z{DIGIT}._-])[{DIGIT}]+\.(?=www\.|[a-z]+://)"


def arabic(text: str) -> str:
    """Write every Thai digit as its Arabic one."""
    return text.translate(_TO_ARABIC) if _HAS_THAI_DIGIT.search(text) else text


def counted(text: str, units: str) -> str:
    """Write numbers in words up to 99 as digits where one of some units follows.

    Args:
        text: Without white space in and after the numbers.
        units: The pattern of the units: `สิบสองข้อ` is written `12ข้อ`.
    """
    if not any(word in text for word in _NUMBER_WORDS):
        return text
    return _counted(units).sub(lambda match: str(_number(match[0])), text)


@lru_cache(maxsize=4)
def _counted(units: str) -> re.Pattern[str]:
    ones = "|".join(_ONES)
    return re.compile(rf"(?:(?:ยี่|{ones})?สิบ(?:เอ็ด|{ones})?|{ones})(?=(?:{units}))")


def _number(words: str) -> int:
    tens, ten, ones = words.rpartition("สิบ")
    return 10 * _ONES.get(tens, bool(ten)) + _ONES.get(ones, 0)


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
    if "[[" not in text:
        if not _HAS_WESTERN_DIGIT.search(text):
            return text
        if len(text) <= _LONGEST_CODE and is_code(text.lower()):
            return thai_digits(text)
        thai_names = _without_latin(tuple(keep_after))
        if not _MAY_KEEP.search(text) and not [name for name in thai_names if name in text]:
            return thai_digits(text)
    pattern = _kept_or_token(tuple(sorted(keep_after)))

    def written(match: re.Match[str]) -> str:
        return match[0] if match["kept"] is not None else _token(match[0], is_code)

    pieces = _MARKED.split(text)  # outside, inside, outside, …
    pieces[::2] = [pattern.sub(written, piece) for piece in pieces[::2]]
    return "".join(pieces)


@lru_cache(maxsize=16)
def _without_latin(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not _MAY_KEEP.search(name))


@lru_cache(maxsize=16)
def _kept_or_token(names: tuple[str, ...]) -> re.Pattern[str]:
    kept = _ADDRESSES
    if names:
        either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        number = rf"[{DIGIT}]+(?:[:.,/–-][{DIGIT}]+)*"
        kept += rf"|(?<![{LATIN}])(?:{either})(?:/[a-z]+)*[ -]*{number}(?![{LATIN}])"
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
    """Read an exact plain decimal of Arabic digits, `99.17`, `100` or `-1`; else None.

    Beyond nine places stands the noise of binary fractions: `94.900000000000006` is 94.9.
    """
    if not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text):
        return None
    number, places = Decimal(text[:_LONGEST]), len(text.partition(".")[2])
    return number if places <= _PLACES else round(number, _PLACES).normalize() + 0
