"""Plain data -> YAML that reads back as the same data; block style, no library needed.

A text stays bare only where no reader of YAML can take it for anything else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from itareport import thai

_BARE = re.compile("[ก-ฮเ-ไ][ก-๙A-Za-z0-9 ./()%+,–-]*")
"""Begins with a Thai letter and holds nothing that YAML might read."""
_CODE = re.compile("[ieo][0-9]{1,3}")
_PARAGRAPH = re.compile("[ก-๛ -~–“”‘’…]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def write(data: Mapping[str, Any]) -> bytes:
    """Return a document; values are texts, numbers, dates, truths, lists and mappings of them."""
    return ("".join(f"{line}\n" for line in _mapping(data, ""))).encode()


def _mapping(data: Mapping[str, Any], indent: str) -> list[str]:
    lines = []
    for name, value in data.items():
        lines += _field(f"{indent}{name}:", value, indent)
    return lines


def _field(head: str, value: Any, indent: str) -> list[str]:
    deeper = f"{indent}  "
    if isinstance(value, Mapping):
        return [head, *_mapping(value, deeper)] if value else [f"{head} {{}}"]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [head, *_entries(value, deeper)] if value else [f"{head} []"]
    return _scalar(head, value, deeper)


def _entries(values: Sequence[Any], indent: str) -> list[str]:
    lines = []
    for value in values:
        if isinstance(value, Mapping) and value:
            first, *rest = _mapping(value, f"{indent}  ")
            lines += [f"{indent}- {first.lstrip()}", *rest]
        else:
            lines += _field(f"{indent}-", value, indent)
    return lines


def _scalar(head: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, str) and (paragraphs := _paragraphs(str(value))):
        mark = "|" if value.endswith("\n") else "|-"
        return [f"{head} {mark}", *(indent + line for line in paragraphs)]
    return [f"{head} {_inline(value)}"]


def _paragraphs(text: str) -> list[str]:
    """Return the lines of a text that may stand as a block, or none where it may not."""
    lines = text.removesuffix("\n").split("\n")
    sound = all(line.strip() == line and line and _PARAGRAPH.fullmatch(line) for line in lines)
    return lines if "\n" in text and sound else []


def _inline(value: Any) -> str:
    if value is None:
        return "~"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return _date(value)
    if isinstance(value, int | Decimal):
        return str(value)
    text = str(value)
    if _CODE.fullmatch(text) or (_BARE.fullmatch(text) and not text.endswith(" ")):
        return text
    return '"' + "".join(_letter(letter) for letter in text) + '"'


def _date(value: dt.date) -> str:
    buddhist = 2400 < value.year + thai.BUDDHIST < 2700
    return thai.long_date(value) if buddhist else f'"{value.isoformat()}"'


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable() and letter <= "\uffff":
        return letter
    number = ord(letter)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
