"""A report as YAML text that `load` reads back as the same report; pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel

from itareport import thai
from itareport.ita.model import Report

Data: TypeAlias = "dict[str, Data] | list[Data] | str"
"""Plain data; every scalar is the text that stands in the file."""

_WIDTH = 96
_LONG = 72
"""A text that is longer goes on lines of its own."""
_PLAIN = re.compile(r"[A-Za-z0-9ก-ฮเ-ไ](?:[A-Za-z0-9ก-๙ .()/%+_“”–-]*[A-Za-z0-9ก-๙.()/%+_“”–-])?")
_NOTHING = ("null", "Null", "NULL")
_SPANS_OF_LONG_DATES = (dt.date(1858, 1, 1), dt.date(2156, 12, 31))
"""What `thai.parse_date` reads of years of the Buddhist era; other dates are written in ISO."""


def report(report: Report, head: Sequence[str] = ()) -> bytes:
    """Write a whole report; fields that were never given stay out.

    Args:
        report: What to write.
        head: Lines of a comment to begin with.
    """
    return write(_data(report), head)


def write(data: Data, head: Sequence[str] = ()) -> bytes:
    """Write plain data as YAML that `plain.read` reads back as the same data."""
    lines = [f"# {line}".rstrip() for line in head]
    lines += [""] if lines else []
    return "\n".join([*lines, *_block(data), ""]).encode()


# -- a report as plain data ----------------------------------------------------------------


def _data(value: Any) -> Data:
    if isinstance(value, BaseModel):
        return dict(_fields(value))
    if isinstance(value, tuple):
        return [_data(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        first, last = _SPANS_OF_LONG_DATES
        return thai.long_date(value) if first <= value <= last else value.isoformat()
    return str(value)


def _fields(model: BaseModel) -> Iterator[tuple[str, Data]]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is not None and (field.is_required() or value != field.default):
            yield name, _data(value)


# -- plain data as YAML --------------------------------------------------------------------


def _block(data: Data) -> list[str]:
    """Return the lines of a value that begins on a line of its own."""
    if isinstance(data, Mapping) and data:
        return [line for name, inner in data.items() for line in entry(f"{name}:", inner)]
    if isinstance(data, list) and data:
        return [line for inner in data for line in entry("-", inner)]
    return [flow(data)]


def entry(head: str, data: Data) -> list[str]:
    """Return the lines of a value after the name of its field, or after the dash of its point."""
    if isinstance(data, str):
        first, *others = scalar(data)
        return [f"{head} {first}", *_indented(others)]
    short, is_point = f"{head} {flow(data)}", head == "-"
    if not data or (is_point and _is_flat(data) and len(short) <= _WIDTH):
        return [short]
    if not is_point:
        return [head, *_indented(_block(data))]
    first, *others = _block(data)
    return [f"- {first}", *_indented(others)]


def _is_flat(data: Data) -> bool:
    inner = data.values() if isinstance(data, dict) else data
    return all(isinstance(value, str) for value in inner)


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def flow(data: Data) -> str:
    """Write a value on one line."""
    if isinstance(data, dict):
        return f"{{{', '.join(f'{name}: {flow(inner)}' for name, inner in data.items())}}}"
    if isinstance(data, list):
        return f"[{', '.join(map(flow, data))}]"
    return data if _PLAIN.fullmatch(data) and data not in _NOTHING else quoted(data)


def scalar(text: str) -> list[str]:
    """Return a text's lines: plain where nothing can be mistaken, else as a block or quoted."""
    printable = all(character.isprintable() for character in text.replace("\n", ""))
    lines = text.split("\n")
    if printable and len(lines) > 1 and all(line == line.strip() for line in lines):
        if lines[0] and lines[-1]:
            return ["|-", *lines]
    elif printable and len(lines) == 1 and len(text) > _LONG and text == text.strip():
        return [">-", *_folded(text)]
    return [flow(text)]


def _folded(text: str) -> Iterator[str]:
    """Break a text at spaces that stand alone: each break is read back as one space."""
    line = ""
    for piece in re.split(r"(?<=[^ ]) (?=[^ ])", text):
        if line and len(line) + len(piece) >= _WIDTH:
            yield line
            line = piece
        else:
            line = f"{line} {piece}" if line else piece
    yield line


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n"}


def quoted(text: str) -> str:
    """Write a text in quotes, on one line."""
    return f'"{"".join(_ESCAPES.get(c) or (c if c.isprintable() else _escape(c)) for c in text)}"'


def _escape(character: str) -> str:
    point = ord(character)
    return f"\\U{point:08X}" if point > 0xFFFF else f"\\u{point:04X}"
