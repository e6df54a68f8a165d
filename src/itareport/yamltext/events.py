"""YAML, from the events of its parser."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml import events

from itareport.errors import ItaReportError, Place, Problem, problem
from itareport.yamltext.decoding import decoded
from itareport.yamltext.tree import Builder, Document


def read(data: bytes, name: str) -> Document:
    """Read one YAML document as text, lists and mappings, nothing turned into anything else.

    Raises:
        ItaReportError: D104 to D116, each with its place: too big, empty, no text, not UTF-8,
            not YAML, too deep, aliases, anchors or tags, several documents, doubled names.
    """
    text = decoded(data, name)
    tree = Builder(name)
    try:
        for event in yaml.parse(_veiled(text), Loader=_LOADER):
            _take(tree, event)
    except yaml.YAMLError as error:
        raise ItaReportError(_of_yaml(error, text, name)) from None
    return tree.document()


# Characters that YAML refuses or takes for ends of lines go through the parser as others of the
# same length, so that places stay right and `thai` can mend or name them field by field.
_VEIL = {code: 0x10F000 + code for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}
_VEIL |= {0x2028: 0x10F128, 0x2029: 0x10F129, 0xFEFF: 0x10F1FF, 0xFFFE: 0x10F1FE, 0xFFFF: 0x10F1FD}
_UNVEIL = {veil: code for code, veil in _VEIL.items()}
_VEILABLE = re.compile("[" + "".join(re.escape(chr(code)) for code in _VEIL) + "]")


def _veiled(text: str) -> str:
    return text.translate(_VEIL) if _VEILABLE.search(text) else text


def _unveiled(text: str) -> str:
    return text if text.isascii() or max(text) < "\U0010f000" else text.translate(_UNVEIL)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")


def _take(tree: Builder, event: events.Event) -> None:
    start: Any = event.start_mark
    mark = (start.line + 1, start.column + 1)
    if isinstance(event, events.AliasEvent):
        tree.fail("D111", mark, sign="*")
    if getattr(event, "anchor", None) is not None:
        tree.fail("D111", mark, sign="&")
    if getattr(event, "tag", None) is not None:
        tree.fail("D111", mark, sign="!")
    if isinstance(event, events.ScalarEvent):
        nothing = ("",) if tree.awaits_key() else _NOTHING
        plain = not event.style  # None or "", as the parser is Python's or C's
        none = plain and event.value in nothing
        tree.scalar(None if none else _unveiled(event.value), mark)
    elif isinstance(event, events.MappingStartEvent):
        tree.open({}, mark)
    elif isinstance(event, events.SequenceStartEvent):
        tree.open([], mark)
    elif isinstance(event, events.CollectionEndEvent):
        tree.close()
    elif isinstance(event, events.DocumentStartEvent) and tree.complete():
        tree.fail("D112", mark)


_SIGN = "ค่าขึ้นต้นด้วย * & หรือ ! ซึ่งมีความหมายพิเศษ"
_SAID = (
    # what PyYAML says (either of its parsers) -> what the clerk is told
    ("could not find expected ':'", "ขาดเครื่องหมาย : หลังชื่อช่อง หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("mapping values are not allowed", "มีเครื่องหมาย : ในที่ที่ไม่ควรมี หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("sequence entries are not allowed", "มีเครื่องหมาย - ในที่ที่ไม่ควรมี"),
    ("block sequence", "บรรทัดนี้ย่อหน้าไม่ตรงกับรายการเดียวกัน"),
    ("block collection", "บรรทัดนี้ย่อหน้าไม่ตรงกับรายการเดียวกัน"),
    ("block mapping", "บรรทัดนี้ย่อหน้าไม่ตรงกับช่องอื่นในกลุ่มเดียวกัน"),
    ("flow sequence", "วงเล็บ [ ] ไม่ครบคู่ หรือขาดเครื่องหมาย , ระหว่างค่า"),
    ("flow mapping", "วงเล็บ { } ไม่ครบคู่ หรือขาดเครื่องหมาย , ระหว่างช่อง"),
    ("flow node", "วงเล็บ [ ] หรือ { } ไม่ครบคู่"),
    ("cannot start any token", "ค่าขึ้นต้นด้วยเครื่องหมายที่มีความหมายพิเศษ (เช่น % @ `)"),
    ("escape", "มีเครื่องหมาย \\ ในข้อความที่อยู่ในเครื่องหมายคำพูดคู่"),
    ("block scalar", "เครื่องหมาย | หรือ > มีข้อความต่อท้ายในบรรทัดเดียวกัน หรือย่อหน้าไม่ตรง"),
    ("an alias", _SIGN),
    ("an anchor", _SIGN),
    ("a tag", _SIGN),
    ("document start", "มีข้อความหลังจบข้อมูล หรือบรรทัดนี้ย่อหน้าไม่ตรง"),
    ("directive", "บรรทัดขึ้นต้นด้วยเครื่องหมาย %"),
)


def _of_yaml(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark: Any = getattr(error, "problem_mark", None)
    context_mark: Any = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if context_mark is not None and "quoted scalar" in said and "escape" not in said:
        return problem("D116").at(_place_of(context_mark, name))
    place = _place_of(mark, name) if mark is not None else Place(name)
    if tab := _tab(text, place):
        return problem("D109").at(tab)
    for words, thai in _SAID:
        if words in said:
            return problem("D108", what=thai).at(place)
    return problem("D108", what="โปรแกรมอ่านบรรทัดนี้ไม่ได้").at(place)


def _place_of(mark: Any, name: str) -> Place:
    return Place(name, mark.line + 1, mark.column + 1)


def _tab(text: str, place: Place) -> Place | None:
    """Find a tab in the indentation of the line where the parser stopped, or of the one before."""
    lines = re.split("\r\n?|\n", text)
    for number in (place.line or 0, (place.line or 0) - 1):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if "\t" in (indent := line[: len(line) - len(line.lstrip(" \t-"))]):
            return Place(place.file, number, indent.index("\t") + 1)
    return None
