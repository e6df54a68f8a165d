"""A text as a row of tokens: codes, numbers and the phrases between them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from itareport import thai
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.truth.phrases import OTHER_LEVELS, PATTERNS, WORDS, Is
from itareport.ita import codes
from itareport.ita.catalogue import Catalogue

_WHITE = re.compile(r"\s+")
_APART = re.compile(r"[0-9A-Za-z.,/]")
_SCORE = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?")
_IN_LEVEL = (
    r"(?:(?:(?:จัด)?อยู่ใน|อยู่ที่|ได้|ผลการประเมิน|ใน)ระดับ|(?:(?<=คะแนน)|(?<=\())ระดับ"
    r"|(?:จัด)?อยู่ในเกณฑ์(?:ระดับ)?(?!ผ่าน(?!ดี)|ดี|พอ|ปาน|ไม่))"
)
_UNITS = "คะแนน|ข้อ(?!มูล)|ตัวชี้วัด|มาตรการ|ประเด็น|เครื่องมือ"
"""What a number in words is one of: `สองข้อ`."""
_KINDS = {word: kind for kind, listed in WORDS.items() for word in listed}
_BEGINS = "(?![ะ-ฺๅ-๎])"
"""No phrase begins with a vowel or a mark that follows a consonant: half of all letters."""
_SCORED = r"(?=[“\"]?(?:\(|[0-9]|ได้|มี|ซึ่ง|ที่ได้|และ|รองลงมา|,|\n|$))"
"""What follows the name of an indicator that is spoken of without that word."""
_NAMED = {Is.CODE, Is.INDICATOR, Is.SUB_INDICATOR}
"""What its official name may follow."""
_AGENCY = "หน่วยงาน"
"""What the own name is read as."""
_MOST = 20_000
"""A text with more letters is no remark, and of a longer one only the beginning is read."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a text; `key` is its code, number, tool, level or year."""

    kind: Is
    text: str
    key: str = ""
    codes: tuple[str, ...] = ()

    @property
    def number(self) -> Decimal | None:
        """The score that a number may be, or None."""
        if self.kind is not Is.NUMBER or not _SCORE.fullmatch(self.text):
            return None
        value = Decimal(self.text)
        return value if value <= 100 else None

    @property
    def is_exact(self) -> bool:
        """Whether a number has the two decimals of a score."""
        return bool(re.search(r"\.[0-9]{2}$", self.text))


@lru_cache(maxsize=512)
def squeezed(text: str) -> str:
    """Take away white space but the ends of lines, and what keeps two numbers or words apart."""
    text = thai.arabic(text.strip())[:_MOST]

    def instead(match: re.Match[str]) -> str:
        if "\n" in match[0]:
            return "\n"
        before, after = text[match.start() - 1], text[match.end()]
        return " " if _APART.match(before) and _APART.match(after) else ""

    return thai.counted(_WHITE.sub(instead, text), _UNITS)


Phrases = tuple[re.Pattern[str], Mapping[str, str]]
"""What finds the next phrase, and the tool or indicator that each name means."""


def tokens(
    facts: Facts, phrases: Phrases, text: str, without: Iterable[str] = ()
) -> tuple[Token, ...]:
    """Return the tokens of a text, in order; what stands between phrases is a token as well.

    Args:
        facts: Of the report.
        phrases: Of its year.
        text: What somebody typed.
        without: Squeezed texts that it may quote, and that are not its own words.
    """
    said = squeezed(text).replace(squeezed(facts.full_name) or "\n", _AGENCY)
    for quoted in without:
        said = said.replace(squeezed(quoted), "…")
    return tuple(_tokens(facts, phrases, said))


def _tokens(facts: Facts, phrases: Phrases, said: str) -> Iterator[Token]:
    found = _codes(said)
    pattern, meant = phrases
    place = 0
    starts = sorted(found)
    while place < len(said):
        while starts and starts[0] < place:
            starts.pop(0)
        limit = starts[0] if starts else len(said)
        match = pattern.search(said, place, limit)
        end = match.start() if match else limit
        if said[place:end].strip():
            yield Token(Is.TEXT, said[place:end].strip())
        if match:
            token, place = _token(match, meant), match.end()
        elif limit < len(said):
            listed, place = found[limit]
            token = Token(Is.CODE, said[limit:place], listed[0], tuple(listed))
        else:
            return
        yield token
        if token.kind not in _NAMED:
            continue
        if name := next((n for n in _names(facts, token) if said.startswith(n, place)), ""):
            yield Token(Is.NAME, name)
            place += len(name)


def _codes(said: str) -> dict[int, tuple[list[str], int]]:
    """Return the codes by where they begin, each with those that its range holds, and its end."""
    found: dict[int, tuple[list[str], int]] = {}
    last = 0
    for quoted in codes.find(said):
        if found and quoted.start == found[last][1]:  # between the ends of a range
            found[last] = ([*found[last][0], quoted.code], quoted.end)
        elif found and quoted.end == found[last][1]:
            found[last][0].append(quoted.code)
        else:
            last = quoted.start
            found[last] = ([quoted.code], quoted.end)
    return found


def _token(match: re.Match[str], meant: Mapping[str, str]) -> Token:
    group = str(match.lastgroup)
    if group == "word":
        word = match[0]
        return Token(_KINDS.get(word, Is.TOOL), word, meant.get(word, word))
    keys = [held for name, held in match.groupdict().items() if held and name != group]
    key = keys[0] if keys else match[0]
    return Token(Is(group), match[0], meant.get(key, key))


def _names(facts: Facts, token: Token) -> Iterator[str]:
    """Yield the official names that may follow a code or an indicator."""
    for year in facts.catalogues:
        if token.kind is Is.CODE and (item := year.item(token.key)):
            yield fields.squeezed_name(item.name)
        elif token.kind is Is.INDICATOR and (row := year.indicator(int(token.key))):
            yield fields.squeezed_name(row.name)
        elif token.kind is Is.SUB_INDICATOR and (sub := year.sub_indicator(token.key)):
            yield fields.squeezed_name(sub.name)


def phrases_of(year: Catalogue) -> Phrases:
    """Return the phrases in which texts speak of a year's scores."""
    tools = [(fields.squeezed_name(tool.name), tool.code) for tool in year.tools.rows]
    return _pattern_of(
        (*tools, *((tool.code, tool.code) for tool in year.tools.rows)),
        tuple((fields.squeezed_name(row.name), str(row.no)) for row in year.indicators.rows),
        tuple(fields.squeezed(row.name) for row in year.levels.rows),
    )


@lru_cache(maxsize=8)
def _pattern_of(
    tools: tuple[tuple[str, str], ...],
    indicators: tuple[tuple[str, str], ...],
    levels: tuple[str, ...],
) -> Phrases:
    """Return what finds the next phrase; of two at one place the longer one."""
    names = fields.longest(name for name, _ in indicators)
    indicator = rf"ตัวชี้วัด(?:ด้าน|เรื่อง)?(?P<indicator_name>{names})"
    after_list = rf"(?:(?<=ได้แก่)|(?<=คือ))(?:ด้าน|เรื่อง)?(?P<listed_name>{names}){_SCORED}"
    numbered = PATTERNS | {
        Is.INDICATOR: f"{PATTERNS[Is.INDICATOR]}|{indicator}|{after_list}",
        Is.LEVEL: (
            rf"{_IN_LEVEL}[“\"(:]*(?P<name>{fields.longest({*levels, *OTHER_LEVELS})})"
            r"(?!เกณฑ์|การ|มา|ดี|[A-Za-z])"
        ),
        Is.GOOD: r"ระดับดี(?!เยี่ยม|มาก)",
    }
    parts = [f"(?P<{kind}>{pattern})" for kind, pattern in numbered.items()]
    words = fields.longest((*_KINDS, *(name for name, _ in tools)))
    either = "|".join([*parts, f"(?P<word>{words})"])
    return re.compile(f"{_BEGINS}(?:{either})"), dict((*tools, *indicators))
