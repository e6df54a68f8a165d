"""What is done to a report's data: one value set, a row added, removed or moved; pure."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from itareport.problems import FieldPath


@dataclass(frozen=True, slots=True)
class Set:
    """Put a text at a place; None takes away what is there."""

    path: FieldPath
    text: Any


@dataclass(frozen=True, slots=True)
class Add:
    """Put a row into a list, at its end unless a place is named."""

    path: FieldPath
    value: Any
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away a row or a field."""

    path: FieldPath


@dataclass(frozen=True, slots=True)
class Move:
    """Put a row to another place of its list."""

    path: FieldPath
    to: int


Edit = Set | Add | Remove | Move


def applied(data: Any, edits: Iterable[Edit]) -> Any:
    """Return the data after these edits; what they were made from stays as it was.

    Raises:
        LookupError: A place is not in the data.
    """
    made = copy.deepcopy(data)
    for edit in edits:
        _apply(made, edit)
    return made


def _apply(data: Any, edit: Edit) -> None:
    around: list[str | int]
    last: Any
    *around, last = edit.path
    if isinstance(edit, Add):
        rows = _inside(data, edit.path, list)
        rows.insert(len(rows) if edit.at is None else edit.at, copy.deepcopy(edit.value))
        return
    node = _inside(data, around, dict)
    if isinstance(edit, Set) and edit.text is not None:
        node[last] = copy.deepcopy(edit.text)
    elif isinstance(edit, Move):
        node.insert(edit.to, node.pop(last))
    elif isinstance(node, list):
        del node[last]
    else:
        node.pop(last, None)


def _inside(data: Any, path: Iterable[str | int], kind: type) -> Any:
    """Return what stands at a path, made where there is nothing: `kind` at its end."""
    steps = list(path)
    node = data
    for depth, step in enumerate(steps):
        is_last = depth + 1 == len(steps)
        if isinstance(node, dict) and node.get(step) in (None, ""):
            node[step] = kind() if is_last else {}
        node = node[step]
    return node
