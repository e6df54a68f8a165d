"""Plain data that grows value by value, and the place of each; the same for YAML and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

from itareport.errors import FieldPath, ItaReportError, Place, Problem, problem

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
class Document:
    """What a file says, and where each value stands in it."""

    data: Tree
    places: dict[FieldPath, Place]
    problems: tuple[Problem, ...] = ()
    """What is wrong in the file itself, with places; text files have none but fatal ones."""


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being filled; `key` waits for its value."""

    into: dict[str, Tree] | list[Tree]
    path: FieldPath
    key: str | None = None
    keys: dict[str, Mark] = field(default_factory=dict)


class Builder:
    """The tree as it grows; the same for YAML and JSON."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._root: list[Tree] = []
        self._frames: list[_Frame] = []
        self._places: dict[FieldPath, Place] = {}
        self._doubled: list[Problem] = []

    def place(self, mark: Mark) -> Place:
        """Return a place of this file."""
        return Place(self._name, *mark)

    def fail(self, code: str, mark: Mark, **facts: Any) -> NoReturn:
        """Stop reading at a place."""
        raise ItaReportError(problem(code, **facts).at(self.place(mark)))

    def awaits_key(self) -> bool:
        """Tell whether the next scalar names a field."""
        return (
            bool(self._frames)
            and isinstance(self._frames[-1].into, dict)
            and self._frames[-1].key is None
        )

    def complete(self) -> bool:
        """Tell whether a whole value was read."""
        return bool(self._root) and not self._frames

    def open(self, into: dict[str, Tree] | list[Tree], mark: Mark) -> None:
        """Begin to fill a list or mapping."""
        if self.awaits_key():
            self.fail("D108", mark, what="ชื่อช่องเป็นรายการหรือกลุ่มของช่องไม่ได้")
        if len(self._frames) >= MAX_DEPTH:
            self.fail("D113", mark, limit=MAX_DEPTH)
        path = self._add(into, mark)
        self._frames.append(_Frame(into, path))

    def close(self) -> None:
        """End the list or mapping that was begun last."""
        self._frames.pop()

    def scalar(self, value: str | None, mark: Mark) -> None:
        """Take a field's name or a value, whichever is next."""
        if self.awaits_key():
            self._key(value, mark)
        else:
            self._add(value, mark)

    def document(self) -> Document:
        """Return what was read, unless a name stands twice or nothing was said."""
        if self._doubled:
            raise ItaReportError(*self._doubled)
        if not self._root or self._root[0] is None:
            raise ItaReportError(problem("D105").at(Place(self._name)))
        return Document(self._root[0], self._places)

    def _key(self, value: str | None, mark: Mark) -> None:
        frame = self._frames[-1]
        if value is None:
            self.fail("D108", mark, what="ไม่มีชื่อช่องหน้าเครื่องหมาย :")
        if value in frame.keys and len(self._doubled) < _ENOUGH:
            found = problem("D114", (*frame.path, value), key=value[:40])
            first = self.place(frame.keys[value])
            self._doubled.append(found.at(self.place(mark), also=[first]))
        frame.keys.setdefault(value, mark)
        frame.key = value

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
                path = (*frame.path, frame.key)
                frame.into[frame.key] = value
                frame.key = None
        self._places[path] = self.place(mark)
        if len(self._places) > MAX_VALUES:
            self.fail("D104", mark)
        return path
