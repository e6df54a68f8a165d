"""What is read from the cells: a tree as of a YAML file, the place of each value, problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from itareport.plain import Tree
from itareport.problems import FieldPath, Place, Problem, problem
from itareport.reading.workbook.layout import Key, Path

_MOST = 100
"""Other places that a problem tells of."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is read from a cell, and the code and facts of what is wrong or odd with it."""

    tree: Tree = None
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Gathered:
    """Plain data that grows field by field."""

    data: dict[str, Tree] = field(default_factory=dict)
    places: dict[FieldPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, path: Path, value: Tree, place: Place, label: Place | None = None) -> FieldPath:
        """Put a value where a layout's path leads; lists grow by the rows of their keys.

        Args:
            path: Names and keys.
            value: What is read; None marks the place only, where the path leads to no new row.
            place: The value's cell.
            label: The cell that says which row it is, where that is another.
        """
        node: Any = self.data
        real: FieldPath = ()
        for depth, step in enumerate(path):
            if isinstance(step, Key):
                index = _row(node, step, make=value is not None)
                if index is None:
                    self.places.setdefault(real, place)
                    return real
                real = (*real, index)
                for name, _ in step.values:
                    self.places.setdefault((*real, name), label or place)
                node = node[index]
            else:
                real = (*real, step)
                if depth + 1 < len(path):
                    inner: Any = [] if isinstance(path[depth + 1], Key) else {}
                    is_new = value is None and step not in node
                    node = inner if is_new else node.setdefault(step, inner)
                elif value is not None:
                    node[step] = value
            self.places.setdefault(real, place)
        self.places[real] = place
        return real

    def take(self, path: Path, value: Value, place: Place, label: Place | None = None) -> FieldPath:
        """Put the value of a cell, and report what is wrong or odd with it."""
        where = self.put(path, value.tree, place, label)
        self.tell_of(value, place, where)
        return where

    def tell_of(self, value: Value, place: Place, where: FieldPath) -> None:
        """Collect what is wrong or odd with a cell."""
        if value.code:
            self.tell(value.code, place, where, **dict(value.facts))

    def tell(self, code: str, place: Place, where: FieldPath = (), **facts: Any) -> None:
        """Collect a problem of one cell."""
        also: Iterable[Place] = islice(facts.pop("also_at", ()), _MOST)
        label: str = facts.pop("label", "")
        self.problems.append(problem(code, where, label=label, **facts).at(place, also))


def _row(rows: list[dict[str, Tree]], key: Key, *, make: bool) -> int | None:
    """Return which row has the values of a key, a new one where none has and one may be made."""
    values = dict(key.values)
    for index, row in enumerate(rows):
        if {name: row.get(name) for name in values} == values and ("part" in row) == (
            "part" in values
        ):
            return index
    if not make:
        return None
    rows.append({**values})
    return len(rows) - 1
