"""Names of form fields, and the places in the data that they lead to; pure.

A name is a path in which a row of a list is found by its keys, so that a field may be named
before its row is there: `scores.code=e7.score`, `result.tools.tool=EIT,part=1.score`,
`plan.2.steps.0`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from itareport import thai
from itareport.ita import codes
from itareport.problems import FieldPath
from itareport.web.store import Add, Edit, Remove, Set
from itareport.web.store.row_keys import ROW

Step = str | int | Mapping[str, str]
"""The name of a field, the key or the place of a row, or the fields that tell a row apart."""

_KEYS = {
    "scores": ("code",),
    "remarks": ("code", "indicator"),
    "indicators": ("no",),
    "tools": ("tool", "part"),
}
"""The fields by which the rows of a list are told apart; rows of others by their key or place."""


def parsed(name: str) -> tuple[Step, ...]:
    """Return the steps of a name."""
    return tuple(_step(part) for part in name.split("."))


def _step(part: str) -> Step:
    if "=" in part:
        pairs = (pair.partition("=") for pair in part.split(","))
        return {key: value for key, _, value in pairs}
    return int(part) if part.isascii() and part.isdecimal() else part


def resolved(data: Any, name: str) -> FieldPath | None:
    """Return the path that a name leads to; None where its row is not in the data."""
    path: FieldPath = ()
    for step in parsed(name):
        place: str | int | None = step if isinstance(step, str) else _place(_at(data, path), step)
        if place is None:
            return None
        path = (*path, place)
    return path


def _place(rows: Any, step: int | Mapping[str, str]) -> int | None:
    """Return the place of a row; of one that has gone since it was shown, a place behind all."""
    if isinstance(step, Mapping):
        return _row(rows, step)
    keys = [row.get(ROW) if isinstance(row, dict) else None for row in _listed(rows)]
    if not any(key is not None for key in keys):
        return step
    return keys.index(step) if step in keys else len(keys) + step


def followed(data: Any, name: str, was: Sequence[str]) -> str | None:
    """Return the name of a point of a list where it stands now; None where it is gone.

    Points have no keys: the window that names one by its place says what it showed there.

    Args:
        data: The data as they are now.
        name: The name of the point, by the place that it had.
        was: What it said, the last first; "" for one that was not there yet.
    """
    around, _, last = name.rpartition(".")
    at, points = int(last), [_said(point) for point in _listed(value(data, resolved(data, around)))]
    says = points[at] if at < len(points) else ""
    for said in map(_said, was):
        if said == says:
            return name
        if points.count(said) == 1:
            return f"{around}.{points.index(said)}"
        if not said:
            return f"{around}.{len(points)}"
    return None


def _said(point: Any) -> str:
    return "\n".join(str(point or "").splitlines())


def named(data: Any, path: FieldPath) -> str:
    """Return the name of the field at a path of the data."""
    said: list[str] = []
    for depth, step in enumerate(path):
        keys = _KEYS.get(str(path[depth - 1])) if isinstance(step, int) and depth else None
        row = _at(data, path[: depth + 1]) if isinstance(step, int) else None
        known = row if isinstance(row, dict) else {}
        given = {key: _key(known, key) for key in keys or () if known}
        own = ",".join(f"{k}={v}" for k, v in given.items() if v)
        said.append(own or str(known.get(ROW, step)))
    return ".".join(said)


def value(data: Any, path: FieldPath | None) -> Any:
    """Return what stands at a path, None for nothing."""
    return _at(data, path) if path is not None else None


def text(data: Any, name: str) -> str:
    """Return the text of the field of a name, "" where it is empty."""
    found = value(data, resolved(data, name))
    return "" if found is None or isinstance(found, dict | list) else str(found)


def edits(data: Any, name: str, typed: str) -> tuple[Edit, ...]:
    """Return what puts a typed text into the field of a name, making its row where it is new."""
    path = resolved(data, name)
    if path is not None:
        return _of_point(data, path, typed) or (Set(path, typed or None),)
    *steps, last = parsed(name)
    at: FieldPath = ()
    for step in steps:
        if isinstance(step, Mapping):
            row = _row(_at(data, at), step)
            if row is None:
                return (Add(at, {**step, str(last): typed}, None),) if typed else ()
            at = (*at, row)
        else:
            at = (*at, step)
    return ()


def _of_point(data: Any, path: FieldPath, typed: str) -> tuple[Edit, ...]:
    """Return what changes one point of a list: an emptied one goes, a new one comes last."""
    *around, last = path
    if not isinstance(last, int):
        return ()
    points = _at(data, tuple(around))
    if isinstance(points, str):
        points = [points] if points.strip() else []
        rest = [*points[:last], *([typed] if typed else []), *points[last + 1 :]]
        return (Set(tuple(around), None), *(Add(tuple(around), point, None) for point in rest))
    count = len(points) if isinstance(points, list) else 0
    if last < count:
        return (Set(path, typed),) if typed else (Remove(path),)
    return (Add(tuple(around), typed, None),) if typed else ()


def _at(data: Any, path: FieldPath) -> Any:
    node = data
    for step in path:
        if isinstance(step, int):
            fits = isinstance(node, list) and 0 <= step < len(node)
        else:
            fits = isinstance(node, Mapping) and step in node
        if not fits:
            return None
        node = node[step]
    return node


def _row(rows: Any, keys: Mapping[str, str]) -> int | None:
    """Return the place of the row that has these keys and no other of its kind."""
    for index, row in enumerate(_listed(rows)):
        if isinstance(row, dict) and all(_key(row, k) == _plain(v) for k, v in keys.items()):
            return index
    return None


def _listed(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else []


def _key(row: Mapping[str, Any], name: str) -> str:
    return codes.code_of(row.get(name)) if name == "code" else _plain(row.get(name))


def _plain(value: Any) -> str:
    return thai.arabic("".join(str("" if value is None else value).split())).lower()
