"""Plain data that grows value by value, and the place of each; the same for YAML and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, TypeAlias

from itareport.problems import FieldPath, ItaReportError, Place, Problem, problem

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""Plain data: scalars are text as written, or None where nothing is written."""

MAX_DEPTH = 50
MAX_VALUES = 20_000
"""Far more than any report holds (the example: 400); hostile files are refused in a second."""

_ENOUGH = 20
"""Problems of one kind; nobody reads more."""

Mark: TypeAlias = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line as written, and its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class PlainData:
    """The plain data of a file, and the place of each value."""

    data: Tree
    places: dict[FieldPath, Place]
    names: dict[FieldPath, Place] = field(default_factory=dict)
    """Where the name of each field stands."""
    comments: dict[FieldPath, Line] = field(default_factory=dict)
    """The comments that follow a value on its line, each with its `#`."""
    blocks: dict[FieldPath, Place] = field(default_factory=dict)
    """The first line of each text that keeps its lines (`|`)."""
    folded: dict[FieldPath, tuple[Line, ...]] = field(default_factory=dict)
    """The lines of each text without quotes that goes on over several."""
    unquoted: frozenset[FieldPath] = frozenset()
    """The values in `[ ]` without quotes: a comma of the text itself parts them."""
    problems: tuple[Problem, ...] = ()
    """What is wrong in the file itself, with places; text files have none but fatal ones."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being filled; `key` waits for its value."""

    into: dict[str, Tree] | list[Tree]
    path: FieldPath
    mark: Mark
    flow: bool
    key: str | None = None
    key_mark: Mark = (0, 0)
    keys: dict[str, Mark] = field(default_factory=dict)
    number: tuple[str, Mark] | None = None
    """A field whose value ends in a digit, and where a comma would follow that value."""
    goes_on: bool = False
    """Whether `key` may be what follows the comma of a number."""


class Builder:
    """The tree as it grows; the same for YAML and JSON."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._root: list[Tree] = []
        self._frames: list[_Frame] = []
        self._read = PlainData(None, {})
        self._unquoted: set[FieldPath] = set()
        self._doubled: list[Problem] = []
        self._values = 0

    def place(self, mark: Mark) -> Place:
        """Return a place of this file."""
        return Place(self._name, *mark)

    def fail(self, code: str, mark: Mark, **facts: Any) -> NoReturn:
        """Raise a problem at a place of this file."""
        raise ItaReportError(problem(code, **facts).at(self.place(mark)))

    def awaits_key(self) -> bool:
        """Return whether the next scalar is the name of a field."""
        frame = self._frames[-1] if self._frames else None
        return frame is not None and isinstance(frame.into, dict) and frame.key is None

    def complete(self) -> bool:
        """Return whether a whole value was read."""
        return bool(self._root) and not self._frames

    def bracket(self) -> tuple[str, Mark] | None:
        """Return the bracket that was opened last and is not closed, and where it stands."""
        if not self._frames or not self._frames[-1].flow:
            return None
        frame = self._frames[-1]
        return "{" if isinstance(frame.into, dict) else "[", frame.mark

    def open(self, into: dict[str, Tree] | list[Tree], mark: Mark, *, flow: bool = False) -> None:
        """Begin to fill a list or mapping; `flow` marks one in brackets.

        Raises:
            ItaReportError: D104 too many values, D108 it stands for the name of a field, D113 too
                deep.
        """
        if self.awaits_key():
            self.fail("D108", mark, what="ชื่อช่องเป็นรายการหรือกลุ่มของช่องไม่ได้")
        if len(self._frames) >= MAX_DEPTH:
            self.fail("D113", mark, limit=MAX_DEPTH)
        path = self._add(into, mark)
        self._frames.append(_Frame(into, path, mark, flow))

    def close(self) -> None:
        """End the list or mapping that was begun last."""
        self._frames.pop()

    def scalar(self, value: str | None, mark: Mark, *, plain: bool = False) -> FieldPath | None:
        """Take a field's name or a value, whichever is next; return the path of a value.

        Args:
            value: The text, or None where nothing is written.
            mark: Where it stands.
            plain: Whether it stands in YAML without quotes, on one line.

        Raises:
            ItaReportError: D104 too many values, D108 a field without a name.
        """
        if self.awaits_key():
            self._key(value, mark, plain=plain)
            return None
        frame = self._frames[-1] if self._frames else None
        if frame and frame.goes_on and frame.number and value is None:
            return self._continue(frame, frame.number[0])
        path = self._add(value, mark)
        if frame and frame.flow and plain and value:
            if isinstance(frame.into, list):
                self._unquoted.add(path)
            elif value[-1].isdecimal():
                frame.number = (str(path[-1]), (mark[0], mark[1] + len(value) + 1))
        return path

    def comment(self, path: FieldPath, text: str, mark: Mark) -> None:
        """Note the comment that follows a value on its line."""
        self._read.comments[path] = Line(text, self.place(mark))

    def block(self, path: FieldPath, line: int) -> None:
        """Note the first line of a text that keeps its line breaks (`|`)."""
        self._read.blocks[path] = Place(self._name, line)

    def fold(self, path: FieldPath, lines: Iterable[tuple[str, Mark]]) -> None:
        """Note the lines of an unquoted text that goes on over several."""
        self._read.folded[path] = tuple(Line(text, self.place(mark)) for text, mark in lines)

    def document(self) -> PlainData:
        """Return the document that was read.

        Raises:
            ItaReportError: D105 it is empty, D114 it has the name of a field twice.
        """
        if self._doubled:
            raise ItaReportError(*self._doubled)
        if not self._root or self._root[0] is None:
            raise ItaReportError(problem("D105").at(Place(self._name)))
        return replace(self._read, data=self._root[0], unquoted=frozenset(self._unquoted))

    def _key(self, value: str | None, mark: Mark, *, plain: bool) -> None:
        frame = self._frames[-1]
        if value is None:
            self.fail("D108", mark, what="ไม่มีชื่อช่องหน้าเครื่องหมาย :")
        frame.key, frame.key_mark = value, mark
        touches = frame.number is not None and frame.number[1] == mark
        frame.goes_on = plain and touches and value[:1].isdecimal()
        if not frame.goes_on:
            self._name_once(frame, value, mark)

    def _name_once(self, frame: _Frame, key: str, mark: Mark) -> None:
        frame.number = None
        if key in frame.keys and len(self._doubled) < _ENOUGH:
            found = problem("D114", (*frame.path, key), key=key[:40])
            first = self.place(frame.keys[key])
            self._doubled.append(found.at(self.place(mark), also=[first]))
        frame.keys.setdefault(key, mark)
        self._read.names[*frame.path, key] = self.place(mark)

    def _continue(self, frame: _Frame, name: str) -> FieldPath:
        """Put `,17` back to the 99 before it: `{score: 99,17}` has no field of the name 17."""
        assert isinstance(frame.into, dict)
        assert frame.key is not None
        more, (line, column) = frame.key, frame.key_mark
        frame.into[name] = f"{frame.into[name]},{more}"
        ends_in_digit = more[-1].isdecimal()
        frame.number = (name, (line, column + len(more) + 1)) if ends_in_digit else None
        frame.key, frame.goes_on = None, False
        return (*frame.path, name)

    def _add(self, value: Tree, mark: Mark) -> FieldPath:
        path: FieldPath = ()
        if not self._frames:
            self._root.append(value)
        else:
            frame = self._frames[-1]
            if isinstance(frame.into, list):
                path = (*frame.path, len(frame.into))
                frame.into.append(value)
            else:
                assert frame.key is not None
                if frame.goes_on:  # a field after all: it has a value
                    frame.goes_on = False
                    self._name_once(frame, frame.key, frame.key_mark)
                path = (*frame.path, frame.key)
                frame.into[frame.key] = value
                frame.key = None
        self._read.places[path] = self.place(mark)
        self._values += 1  # doubled ones too, which have one place
        if self._values > MAX_VALUES:
            self.fail("D104", mark)
        return path
