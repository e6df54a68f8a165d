"""Codes of questions and items (`i1`, `e7`, `o10`): as people type them, and in prose; pure."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from itareport import thai

_TYPED = re.compile(r"(?:ข้อ(?:ที่)?)?\s*([A-Za-z0๐])\s*[.]?\s*([0-9๐-๙]{1,3})")
_ORDER = {"i": 0, "e": 1, "o": 2}


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as read from what somebody typed."""

    code: str
    """The code in its one form: a small Latin letter and Arabic digits, `o7`."""
    mended: bool
    """Whether the letter was typed as a zero (0, ๐), which is reported to the clerk."""


def read(text: str) -> TypedCode | None:
    """Read one code, however typed: `o7`, `O7`, `๐๗`, `0๗`, `ข้อ o๗`.

    A leading zero of either script is read as the letter o (the commonest slip of published
    reports).  Return None where the text is no code at all.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        return None
    letter, number = match[1], int(thai.arabic(match[2]))
    if number == 0:
        return None
    mended = letter in "0๐"
    return TypedCode(f"{'o' if mended else letter.lower()}{number}", mended=mended)


def code_of(value: object, otherwise: str = "") -> str:
    """Return the code that a value is, or another text where it is none."""
    typed = read(value) if isinstance(value, str) else None
    return typed.code if typed else otherwise


def sort_key(code: str) -> tuple[int, str, int]:
    """Order codes as the assessment does: IIT, EIT, OIT, each by number."""
    return _ORDER.get(code[0], 9), code[0], int(code[1:])


def listed(several: Iterable[str], run: int = 3) -> str:
    """List codes in the assessment's order, runs of so many and more as one: `i1, o4 ถึง o9`."""
    found = runs(sorted(set(several), key=sort_key))
    parts = (own if len(own) < run else [f"{own[0]} ถึง {own[-1]}"] for own in found)
    return ", ".join(code for part in parts for code in part)


def runs(ordered: Iterable[str]) -> Iterator[list[str]]:
    """Yield codes in runs of one letter, each number the next of the one before it."""
    alike = itertools.groupby(
        enumerate(ordered), key=lambda pair: (pair[1][0], int(pair[1][1:]) - pair[0])
    )
    yield from ([code for _, code in pairs] for _, pairs in alike)


# -- codes in prose ------------------------------------------------------------------------

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]+"
    r"|(?<![A-Za-z0-9-])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z]{2,})+(?:/[!-~]*)?"
)
_NO_CODE = re.compile(
    rf"{_ADDRESS.pattern}|(?:โซฮอล์?|น้ำมัน|เชื้อเพลิง|ดีเซล)[^0-9\n]{{0,20}}"
    r"E ?(?:10|20|85)(?:(?:\s|,|/|และ|หรือ)*E ?(?:10|20|85))*"
    r"|(?:ซีพียู|โปรเซสเซอร์|\bCPU|\bIntel|\bCore)[\s-]*i[3579](?![0-9])"
    r"|(?:ห้อง|อาคาร|โซน|ตึก|ซอย)\s*[A-Z]\s?[0-9]{1,3}"
)
"""Addresses, fuels (E20), processors (Core i5), rooms (ห้อง O2): letters and numbers, no codes."""
_LATIN = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Za-z]-)(?<!core )(?<!intel )"
    r"(?P<letter>[ieo])[ .]?(?P<number>0?[1-9][0-9]?)(?![A-Za-z0-9]|[.:][0-9]|-[0-9]{3})",
    re.IGNORECASE,
)
_SHORT_RANGE = re.compile(r" ?(?:[-–]|ถึง) ?(?P<last>[0-9]{1,2})(?![A-Za-z0-9]|[.,:/-][0-9])")
_ANY_DIGIT = re.compile("[0-9๐-๙]")
_RUN = re.compile(r"(?<![A-Za-z0-9])[0-9](?:[0-9.,:/–-]*[0-9])?(?![A-Za-z])")
_ZERO = re.compile(r"0(?P<number>0?[1-9]|[1-9][0-9])(?![0-9])")
_HIGHEST = 60  # no year had more OIT items than 43: `074` begins a telephone number
_MOST_RANGES = 500  # a text that quotes more codes is no plan, and its ranges may be endless
_ITEM_BEFORE = re.compile(r"ข้อ(?:ที่)?\s*$")
_NO_CODE_AFTER = re.compile(
    r"\s?[-–]?\s?[1-9]|\s*(?:น\.|นาฬิกา|บาท|คน|ครั้ง|วัน|เดือน|ปี|%|[มกพสตธ]\.|[ก-์]{3,8}(?:คม|ยน|พันธ์))"
)
_ITEM = r"(?:ข้อ(?:ที่)?\s*)?"
_TO = re.compile(rf"\s*(?:[-–—]|ถึง)\s*{_ITEM}")
_BETWEEN = re.compile(rf"\s*(?:[-–—,/]|ถึง|และ|หรือ|กับ|\s)\s*{_ITEM}")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]](?!\s?[-–]?\s?[0-9])")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A code found in prose, with its start and end there."""

    code: str
    start: int
    end: int
    mended: bool
    """Whether the letter was typed as a zero (0, ๐)."""


def find(text: str) -> tuple[Quoted, ...]:
    """Find the codes that prose quotes, in order, however they are typed.

    `o๑๐`, `ข้อ O8` and `i1 - i3` (which quotes i2 too) are codes.  A number that begins with a
    zero is one where its digits are of both scripts (`0๘`), after `ข้อ`, in a bracket of codes
    alone (`(๐๒๕, ๐๒๖)`) or in a list with a code; so telephone numbers, times, dates, amounts
    and years are none.
    """
    return (_found_in_short if len(text) <= _SHORT else _found)(text)


@lru_cache(maxsize=4)
def _found(text: str) -> tuple[Quoted, ...]:
    """Find the codes of a text; it is kept, since several checks ask for the same ones."""
    if not _ANY_DIGIT.search(text):
        return ()
    plain = _NO_CODE.sub(lambda match: " " * len(match[0]), thai.arabic(text))
    latin = [
        Quoted(f"{m['letter'].lower()}{int(m['number'])}", m.start(), m.end(), mended=False)
        for m in _LATIN.finditer(plain)
    ]
    line = sorted([*latin, *_zeros(plain, latin)], key=lambda quoted: quoted.start)
    sure = {q for q in line if not q.mended or _is_sure(text, plain, q)}
    sure |= _alone_in_brackets(plain, line)
    for a, b in (pairs := _neighbours(plain, line)) + pairs[::-1]:
        if a in sure or b in sure:
            sure |= {a, b}
    return tuple(_with_ranges(plain, [quoted for quoted in line if quoted in sure]))


_SHORT = 2_000
_found_in_short = lru_cache(maxsize=1_024)(_found.__wrapped__)
"""Likewise, for as many short texts as a report has."""


def _zeros(plain: str, latin: list[Quoted]) -> list[Quoted]:
    """Return the numbers that may be codes with a zero for the letter: no part of others."""
    if "0" not in plain:
        return []
    letters = list(plain)
    for quoted in latin:  # `o8,09`: what follows a code is looked at by itself
        letters[quoted.start : quoted.end] = "·" * (quoted.end - quoted.start)
    plain = "".join(letters)
    plain = re.sub(r"(?<=·)[,/–-](?=0)", " ", plain)
    found = []
    for run in _RUN.finditer(plain):
        pieces = list(_ZERO.finditer(plain, run.start(), run.end()))
        between = _ZERO.sub("", run[0])
        if not between.strip(",/–-") and all(int(p["number"]) <= _HIGHEST for p in pieces):
            found += [Quoted(f"o{int(p['number'])}", *p.span(), mended=True) for p in pieces]
    return found


def _is_sure(text: str, plain: str, quoted: Quoted) -> bool:
    typed = text[quoted.start : quoted.end]
    both_scripts = not typed.isascii() and any(c.isascii() for c in typed)
    return (
        both_scripts
        or _ITEM_BEFORE.search(plain, max(0, quoted.start - 12), quoted.start) is not None
    )


def _alone_in_brackets(plain: str, line: list[Quoted]) -> set[Quoted]:
    found: set[Quoted] = set()
    all_starts = [quoted.start for quoted in line]
    for bracket in _BRACKET.finditer(plain):
        first, last = (bisect.bisect(all_starts, place) for place in bracket.span())
        inside = line[first:last]
        ends = [bracket.start(1), *(q.end for q in inside)]
        starts = [*(q.start for q in inside), bracket.end(1)]
        gaps = [plain[end:start] for end, start in zip(ends, starts, strict=True)]
        if all(not gap.strip() or _BETWEEN.fullmatch(gap) for gap in gaps):
            found.update(inside)
    return found


def _neighbours(plain: str, line: list[Quoted]) -> list[tuple[Quoted, Quoted]]:
    """Return the neighbours that are in one list, unless something shows that they are not."""
    return [
        (a, b)
        for a, b in itertools.pairwise(line)
        if _BETWEEN.fullmatch(plain, a.end, b.start)
        and not any(q.mended and _NO_CODE_AFTER.match(plain, q.end) for q in (a, b))
    ]


def _with_ranges(plain: str, quoted: list[Quoted]) -> Iterator[Quoted]:
    """Add the codes between the ends of `i1 - i3` and of `i1-3`."""
    for first, after in itertools.zip_longest(quoted, quoted[1:]):
        yield first
        if len(quoted) > _MOST_RANGES:
            continue
        letter, start = first.code[0], int(first.code[1:])
        end = after.start if after else len(plain)
        short = _SHORT_RANGE.match(plain, first.end)
        if after and after.code[0] == letter and _TO.fullmatch(plain, first.end, end):
            last = int(after.code[1:]) - 1
        elif short and not first.mended and short.end() <= end:
            last, end = int(short["last"]), short.end()
        else:
            continue
        for number in range(start + 1, last + 1):
            yield Quoted(f"{letter}{number}", first.end, end, mended=first.mended)
