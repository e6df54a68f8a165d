"""A YAML data file with some values changed: all else, comments too, stays as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from itareport import plain
from itareport.plain.decoding import decoded
from itareport.plain.spans import Span, spans
from itareport.problems import FieldPath, ItaReportError
from itareport.reading import yamlwrite

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Edited:
    """A data file with its new values."""

    data: bytes
    loses_comments: bool = False
    """Whether comments or a form of writing of the old file are not in the new one."""


def edited(data: bytes, name: str, wanted: Any) -> Edited:
    """Return a YAML file that reads as the tree `wanted`, written anew only where it differs.

    Where values cannot be changed in place, the whole file is written anew, without comments.
    """
    wanted = without_nothing(wanted)
    old = plain.read(data, name).data
    text = decoded(data, name)
    try:
        editing = _Editing(text, spans(text))
        editing.differ((), old, wanted)
        made = (_BOM if data.startswith(_BOM) else b"") + editing.result().encode()
        if without_nothing(plain.read(made, name).data) == wanted:
            return Edited(made, editing.loses_comments)
    except (_CannotError, ItaReportError):
        pass
    return Edited(yamlwrite.write(wanted), loses_comments="#" in text)


def without_nothing(tree: Any) -> Any:
    """Return a tree without the fields that have no value; in a list, nothing is an empty text."""
    if isinstance(tree, dict):
        return {key: without_nothing(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return ["" if value is None else without_nothing(value) for value in tree]
    return tree


class _CannotError(Exception):
    """A value cannot be changed in place."""


@dataclass(slots=True)
class _Editing:
    """The changes of a text, collected and then made from its end to its beginning."""

    text: str
    spans: dict[FieldPath, Span]
    changes: list[tuple[int, int, int, str]] = field(default_factory=list)
    loses_comments: bool = False

    def differ(self, path: FieldPath, old: Any, new: Any) -> None:
        """Collect what makes a value of the text the new one."""
        if without_nothing(old) == new:
            return
        span = self.spans.get(path)
        if span is None:
            raise _CannotError
        if not (self._inside(path, span, old, new)):
            self._replace(path, span, new)

    def _inside(self, path: FieldPath, span: Span, old: Any, new: Any) -> bool:
        """Change what is inside a list or mapping; return whether that can be done."""
        if isinstance(old, dict) and isinstance(new, dict):
            return (
                self._alike(path, span, old, new) if span.is_flow else self._fields(path, old, new)
            )
        if isinstance(old, list) and isinstance(new, list):
            points = dict(enumerate(old)), dict(enumerate(new))
            return (
                self._alike(path, span, *points) if span.is_flow else self._points(path, old, new)
            )
        return False

    def _alike(self, path: FieldPath, span: Span, old: Any, new: Any) -> bool:
        """Change values in brackets, where there are as many as before; else all of them."""
        if old.keys() == new.keys():
            for key, value in new.items():
                self.differ((*path, key), old[key], value)
            return True
        whole = list(new.values()) if 0 in (old | new) else new
        if "\n" not in self.text[span.start : span.end] and whole:
            self._write(span, yamlwrite.flow(whole))
            return True
        return False

    def result(self) -> str:
        """Return the changed text."""
        text, last = self.text, len(self.text)
        for start, end, _, new in sorted(self.changes, reverse=True):
            if end > last:
                raise _CannotError
            text = text[:start] + new + text[end:]
            last = start
        return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in self.text else text

    # -- lists and mappings ------------------------------------------------------------------

    def _fields(self, path: FieldPath, old: dict[str, Any], new: dict[str, Any]) -> bool:
        """Change the fields of a mapping; return whether that can be done."""
        given = {key for key, value in old.items() if value is not None}
        gone = [key for key in old if key in given and key not in new]
        if gone and (
            len(gone) == len(old) or not all(self._is_first((*path, key)) for key in gone)
        ):
            return False
        for key in gone:
            self._remove((*path, key))
        for key, value in new.items():
            if key in old:
                self.differ((*path, key), old[key], value)
        added = [key for key in new if key not in old]
        if added:
            column = self._column(self.spans[*path, next(iter(old))].owner)
            lines = [line for key in added for line in yamlwrite.entry(f"{key}:", new[key])]
            self._insert(self._next_line(self.spans[path].end), lines, column)
        return True

    def _points(self, path: FieldPath, old: list[Any], new: list[Any]) -> bool:
        """Change the points of a list; return whether that can be done."""
        if not old or not new or not all(self._is_first((*path, i)) for i in range(len(old))):
            return False
        plain_old = [without_nothing(point) for point in old]
        first = _same(plain_old, new)
        last = min(_same(plain_old[::-1], new[::-1]), min(len(old), len(new)) - first)
        middle_old, middle_new = range(first, len(old) - last), new[first : len(new) - last]
        for index, value in zip(middle_old, middle_new, strict=False):
            self.differ((*path, index), old[index], value)
        for index in middle_old[len(middle_new) :]:
            self._remove((*path, index))
        if added := middle_new[len(middle_old) :]:
            column = self._column(self.spans[*path, 0].owner)
            lines = [line for value in added for line in yamlwrite.entry("-", value)]
            self._insert(self._before((*path, middle_old.stop), path), lines, column)
        return True

    def _before(self, item: FieldPath, path: FieldPath) -> int:
        span = self.spans.get(item)
        return self._line(span.owner) if span else self._next_line(self.spans[path].end)

    def _remove(self, path: FieldPath) -> None:
        span = self.spans[path]
        self._change(self._line(span.owner), self._next_line(span.end), "")

    def _insert(self, at: int, lines: list[str], column: int) -> None:
        text = "".join(f"{' ' * column}{line}".rstrip() + "\n" for line in lines)
        has_end = at == 0 or self.text[at - 1] == "\n"
        self._change(at, at, text if has_end else f"\n{text}")

    # -- single values -----------------------------------------------------------------------

    def _replace(self, path: FieldPath, span: Span, new: Any) -> None:
        """Write a value anew in its place."""
        if not path:
            raise _CannotError
        if not span.is_flow or self.text[span.start] in "[{":
            self.loses_comments |= "#" in self.text[span.start : span.end]
        if span.in_flow or (span.is_quoted and isinstance(new, str)):
            in_quotes = span.is_quoted and isinstance(new, str)
            self._write(span, yamlwrite.quoted(new) if in_quotes else yamlwrite.flow(new))
            return
        column = self._column(span.owner)
        if isinstance(new, str):
            first, *others = yamlwrite.scalar(new)
            indented = (f"{' ' * (column + 2)}{line}".rstrip() for line in others)
            self._write(span, "\n".join([first, *indented]))
            return
        head = "-" if isinstance(path[-1], int) else f"{path[-1]}:"
        first, *others = yamlwrite.entry(head, new)
        indented = (f"{' ' * column}{line}".rstrip() for line in others)
        self._change(
            span.owner, max(span.end, span.owner + len(head)), "\n".join([first, *indented])
        )

    def _write(self, span: Span, new: str) -> None:
        touches = span.start > 0 and self.text[span.start - 1] in ":-"
        self._change(span.start, span.end, f" {new}" if touches else new)

    # -- places ------------------------------------------------------------------------------

    def _change(self, start: int, end: int, new: str) -> None:
        self.changes.append((start, end, len(self.changes), new))

    def _line(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _next_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _column(self, at: int) -> int:
        return at - self._line(at)

    def _is_first(self, path: FieldPath) -> bool:
        """Return whether nothing but blanks stands before a value's name or dash on its line."""
        owner = self.spans[path].owner
        return not self.text[self._line(owner) : owner].strip()


def _same(one: list[Any], other: list[Any]) -> int:
    """Return how many points two lists have in common at their beginning."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)
