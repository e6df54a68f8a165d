"""YAML, from the events of its parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events

from itareport.plain import faults
from itareport.plain.decoding import decoded
from itareport.plain.tree import Builder, Mark, PlainData
from itareport.problems import FieldPath, ItaReportError


def read(data: bytes, name: str) -> PlainData:
    """Read one YAML document as text, lists and mappings, nothing turned into anything else.

    Raises:
        ItaReportError: D104 to D116, each with its place: too big, empty, no text, not UTF-8,
            not YAML, too deep, aliases, anchors or tags, several documents, doubled names.
    """
    text = decoded(data, name)
    reader = _Reader(_veiled(text), name)
    try:
        reader.read()
    except yaml.YAMLError as error:
        raise ItaReportError(
            faults.of_yaml(error, text, name, reader.tree.bracket(), reader.quoted)
        ) from None
    return reader.tree.document()


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


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser: that of C where it is there."""
_NOTHING = ("", "~", "null", "Null", "NULL")


_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")


class _Reader:
    """The events of a YAML parser, one by one into the tree."""

    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self.tree = Builder(name)
        self.quoted: tuple[Mark, Mark] | None = None
        """Where the last text in quotes began and ended: what is open is the commonest fault."""

    def read(self) -> None:
        """Take every event; the parser's own error stops it."""
        for event in yaml.parse(self._source, Loader=LOADER):
            self._take(event)

    def _take(self, event: events.Event) -> None:
        tree, mark = self.tree, _mark(event.start_mark)
        if isinstance(event, events.AliasEvent):
            tree.fail("D111", mark, sign="*")
        if getattr(event, "anchor", None) is not None:
            tree.fail("D111", mark, sign="&")
        if getattr(event, "tag", None) is not None:
            tree.fail("D111", mark, sign="!")
        if isinstance(event, events.ScalarEvent):
            self._scalar(event, mark)
        elif isinstance(event, events.MappingStartEvent):
            tree.open({}, mark, flow=bool(event.flow_style))
        elif isinstance(event, events.SequenceStartEvent):
            tree.open([], mark, flow=bool(event.flow_style))
        elif isinstance(event, events.CollectionEndEvent):
            tree.close()
        elif isinstance(event, events.DocumentStartEvent) and tree.complete():
            tree.fail("D112", mark)

    def _scalar(self, event: events.ScalarEvent, mark: Mark) -> None:
        tree = self.tree
        start: Any = event.start_mark
        end: Any = event.end_mark
        nothing = ("",) if tree.awaits_key() else _NOTHING
        plain = not event.style  # None or "", as the parser is Python's or C's
        none = plain and event.value in nothing
        one_line = plain and start.line == end.line
        value = None if none else _unveiled(event.value)
        path = tree.scalar(value, mark, plain=one_line)
        if event.style in ("'", '"'):
            self.quoted = (mark, _mark(end))
        elif event.style == "|" and path is not None:
            tree.block(path, mark[0] + 1)
        elif plain and not one_line and path is not None:
            tree.fold(path, self._lines(event, mark))
        if path is not None and event.style not in ("|", ">"):
            self._comment(path, end)

    def _lines(self, event: events.ScalarEvent, mark: Mark) -> Iterator[tuple[str, Mark]]:
        start: Any = event.start_mark
        end: Any = event.end_mark
        written = self._source[start.index : end.index]
        for number, text in enumerate(re.split("\r\n?|\n", written)):
            line = text.lstrip(" ")
            column = 1 + len(text) - len(line) if number else mark[1]
            if line:
                yield _unveiled(line), (mark[0] + number, column)

    def _comment(self, path: FieldPath, end: Any) -> None:
        if found := _COMMENT.match(self._source, end.index):
            column = end.column + 1 + found.start(1) - found.start()
            self.tree.comment(path, _unveiled(found[1]), (end.line + 1, column))


def _mark(mark: Any) -> Mark:
    return mark.line + 1, mark.column + 1
