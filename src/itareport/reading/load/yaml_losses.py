"""Texts that YAML reads as less, or as more, than the clerk typed; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from itareport import thai
from itareport.ita.described import at, label, up_to_name
from itareport.ita.model import Kind
from itareport.plain import PlainData
from itareport.problems import FieldPath, Problem, problem

_DIGIT = "[0-9๐-๙]"
_HASH = re.compile(rf"#(?:[^\s#=*_-]|\s?{_DIGIT})")
_GLUED_DASH = re.compile(r"-(?P<rest>[^\s\-0-9].*)", re.DOTALL)
_PAIRS = (("(", ")"), ("“", "”"))


def problems(document: PlainData) -> Iterator[Problem]:
    """Yield a problem for each text that a comment cuts, a comma splits or a lost dash joins."""
    yield from _comments(document)
    for path in dict.fromkeys(path[:-1] for path in sorted(document.unquoted, key=str)):
        yield from _parted(document, path)
    yield from _joined(document)


def glued_dash(text: str) -> dict[str, Any]:
    """Return a point whose dash lacks its space, as typed and as it should be; else {}."""
    found = _GLUED_DASH.fullmatch(text)
    return {"typed": thai.shown(text), "fixed": thai.shown(f"- {found['rest']}")} if found else {}


def _comments(document: PlainData) -> Iterator[Problem]:
    """Find `คู่มือ #1 ของตำบล`; `# ` before a word is how comments are meant to be written."""
    for path, comment in document.comments.items():
        field = at(up_to_name(path))
        figure = field and field.kind and not field.is_text
        if figure or not _HASH.match(comment.text):
            continue
        prose = field and field.kind in (Kind.POINTS, Kind.TEXT)
        if comment.text[1].isspace() and not prose:
            continue
        facts: dict[str, Any] = {"comment": thai.shown(comment.text.strip())}
        found = problem("D118", path, label=label(path, document.data), **facts)
        yield found.at(comment.place)


def _parted(document: PlainData, path: FieldPath) -> Iterator[Problem]:
    """Find neighbours in `[ ]` that look like one text with commas."""
    texts: list[str] = []
    for text, index in _items(document, path):
        texts += [""] * (index - len(texts)) + [text]
    first = 0
    while first < len(texts):
        last = _end_of_brackets(texts, first)
        while last + 1 < len(texts) and _is_one_number(document, path, texts, last):
            last += 1
        if last > first:
            where = (*path, first)
            facts: dict[str, Any] = {
                "first": thai.shown(texts[first]),
                "last": thai.shown(texts[last]),
            }
            facts |= {"label": label(where, document.data), "count": last - first + 1}
            yield problem("D119", where, **facts)
        first = last + 1


def _items(document: PlainData, path: FieldPath) -> Iterator[tuple[str, int]]:
    """Yield the texts without quotes of a list, each with its number."""
    values: Any = document.data
    for step in path:
        values = values[step]
    for index, value in enumerate(values):
        if isinstance(value, str) and (*path, index) in document.unquoted:
            yield value, index


def _end_of_brackets(texts: Sequence[str], first: int) -> int:
    """Return the neighbour that closes what a text opens, or the text itself."""
    for opening, closing in _PAIRS:
        balance = texts[first].count(opening) - texts[first].count(closing)
        for last in range(first + 1, len(texts) if balance > 0 else 0):
            balance += texts[last].count(opening) - texts[last].count(closing)
            if not texts[last] or balance < 0:
                break
            if balance == 0:
                return last
    return first


def _is_one_number(document: PlainData, path: FieldPath, texts: Sequence[str], index: int) -> bool:
    """Return whether the comma after a text stands in a number: `อบรม 1,200 คน`."""
    before, after = texts[index], texts[index + 1]
    if not re.search(rf"(?<!{_DIGIT}){_DIGIT}{{1,3}}$", before):
        return False
    if not re.match(rf"{_DIGIT}{{3}}(?!{_DIGIT})", after):
        return False
    one, two = (document.places[*path, index + i] for i in (0, 1))
    return one.line == two.line and two.column == (one.column or 0) + len(before) + 1


def _joined(document: PlainData) -> Iterator[Problem]:
    """Find lines that stand where points do, without a dash: YAML joins them to others."""
    for path, (first, *rest) in document.folded.items():
        field = at(up_to_name(path))
        if field is None or field.kind is not Kind.POINTS:
            continue
        if path[-1] == field.name:
            lost = [first] if rest and rest[0].text.startswith("- ") else []
        else:
            lost = [one for one in rest if (one.place.column or 0) < (first.place.column or 0)]
        for line in lost:
            facts = glued_dash(line.text)
            code = "D144" if facts else "D149"
            facts = facts or {"typed": thai.shown(line.text)}
            yield problem(code, path, label=label(path, document.data), **facts).at(line.place)
