"""Every text of a report with its field, and words that the messages share; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import BaseModel

from itareport import thai
from itareport.ita import codes, described
from itareport.ita.model import QuestionScore, Report
from itareport.problems import FieldPath


@dataclass(frozen=True, slots=True)
class Text:
    """One text that somebody typed, with the path of its field."""

    where: FieldPath
    text: str


def texts(group: BaseModel, path: FieldPath = ()) -> Iterator[Text]:
    """Yield every text of a group that a document prints as typed; no codes, no file names.

    Args:
        group: A report, or the part of it at the path.
        path: The path of the group.
    """
    for name, is_rows, is_group in _fields(type(group)):
        value, where = getattr(group, name), (*path, name)
        if is_rows:
            for index, row in enumerate(value):
                yield from texts(row, (*where, index))
        elif is_group:
            yield from texts(value, where) if value is not None else ()
        elif isinstance(value, str):
            yield Text(where, value)
        else:
            yield from (Text((*where, index), text) for index, text in enumerate(value or ()))


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, bool, bool], ...]:
    """Return the fields that may hold texts, each with whether it holds rows, or a group."""
    held = (f for f in described.fields(model).values() if f.group is not None or f.is_printed)
    return tuple((field.name, field.is_rows, field.group is not None) for field in held)


def score(row: QuestionScore) -> str:
    """Write what scores a row has: `79.05`, or both halves, each named."""
    if row.missing is not None:
        return str(row.missing)
    parts = ((1, row.part1), (2, row.part2))
    halves = [f"{value} (ส่วนที่ {no})" for no, value in parts if value is not None]
    return " และ ".join(halves) or str(row.score)


def got(row: QuestionScore) -> str:
    """Return the scores of a row in few words: `ได้ 80.95 และ 91.11`."""
    return str(row.missing) if row.missing else f"ได้ {' และ '.join(map(str, row.known))}"


listed = codes.listed
"""List codes, runs of three and more as one."""


def spans(numbers: Iterable[int]) -> str:
    """List numbers likewise: `1 ถึง 7`, `3, 5`."""
    return listed(f"n{number}" for number in numbers).replace("n", "")


def either(words: Iterable[object]) -> str:
    """List alternatives: `0, 50 หรือ 100`."""
    *front, last = [str(word) for word in words]
    return f"{', '.join(front)} หรือ {last}" if front else last


def sections(found: Iterable[Text]) -> str:
    """Return the titles of the groups that hold these texts, in order: `ข้อวิเคราะห์ ผู้ลงนาม`."""
    names = {text.where[0] for text in found}
    return " ".join(f.title for f in described.fields(Report).values() if f.name in names)


_QUOTES = "“”‘’«»\"'`"


def unquoted(text: str) -> str:
    """Take quotation marks from around a text."""
    return text.strip(_QUOTES + " ") if text[:1] in _QUOTES or text[-1:] in _QUOTES else text


@lru_cache(maxsize=512)
def squeezed_name(name: str) -> str:
    """Squeeze a name of the catalogue, its digits Arabic: the same few in every report."""
    return squeezed(thai.arabic(name))


def squeezed(text: str) -> str:
    """Take away all white space: where words part is typed, and read off paper, at random."""
    return "".join(text.split())


def longest(words: Iterable[str]) -> str:
    """Return the pattern of some words, of which the longest is meant; tried by first letters."""
    listed: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        listed.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(ends)})" for first, ends in listed.items())
