"""What two states of a report have differently: to be told to a person, or to go back; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from itareport.ita import described
from itareport.problems import FieldPath

Patch = list[Any]
"""How one value becomes another, as JSON holds it; the first of the list says which way."""

_PUT: Final = "="
_TAKE: Final = "-"
_FIELDS: Final = "{"
_ROWS: Final = "["
_NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class Side:
    """A value as one side has it, and as the other has it."""

    label: str
    here: str
    there: str
    path: FieldPath = ()


def patch(old: Any, new: Any) -> Patch:
    """Return what makes the value `old` the value `new`."""
    if isinstance(old, dict) and isinstance(new, dict):
        names = [name for name in (old | new) if old.get(name, _NOTHING) != new.get(name, _NOTHING)]
        return [_FIELDS, {n: patch(old.get(n), new[n]) if n in new else [_TAKE] for n in names}]
    if isinstance(old, list) and isinstance(new, list):
        first = _same(old, new)
        last = min(_same(old[::-1], new[::-1]), min(len(old), len(new)) - first)
        gone, come = old[first : len(old) - last], new[first : len(new) - last]
        if len(gone) == len(come):
            return [_ROWS, first, [patch(*pair) for pair in zip(gone, come, strict=True)]]
        return [_ROWS, first, len(gone), come]
    return [_PUT, new]


def patched(old: Any, made: Patch) -> Any:
    """Return what `patch` made a value into; the value itself stays as it is.

    Raises:
        ValueError: The patch is not one for this value.
    """
    try:
        return _patched(old, made)
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _patched(old: Any, made: Patch) -> Any:
    way, *rest = made
    if way == _PUT:
        return rest[0]
    if way == _FIELDS:
        kept = {name: value for name, value in old.items() if rest[0].get(name) != [_TAKE]}
        new = {n: _patched(old.get(n), inner) for n, inner in rest[0].items() if inner != [_TAKE]}
        return kept | new
    first, *more = rest
    if len(more) == 1:
        come = [_patched(old[first + n], inner) for n, inner in enumerate(more[0])]
        return [*old[:first], *come, *old[first + len(come) :]]
    return [*old[:first], *more[1], *old[first + more[0] :]]


def _same(one: list[Any], other: list[Any]) -> int:
    """Return how many values two lists have in common at their beginning."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


# -- told to a person ----------------------------------------------------------------------

_KEYS = {
    "scores": ("code",), "remarks": ("code", "indicator", "tool"), "indicators": ("no",),
    "tools": ("tool", "part"), "issues": ("no",),
}  # fmt: skip
"""The fields by which a row of a list is known, wherever it stands."""


def sides(here: Any, there: Any) -> tuple[Side, ...]:
    """Return field by field what two reports have differently, in the order of the data file."""
    found = _sides((), here, there)
    return tuple(
        Side(_label(path, here, there), said(one), said(other), path)
        for path, one, other in found
        if said(one) != said(other)
    )


def _label(path: FieldPath, here: Any, there: Any) -> str:
    """Name a field by the side that has its row."""
    row = path[:2]
    side = here if value_at(here, row) is not None else there
    return described.label(path, side) or ".".join(map(str, path))


def _sides(path: FieldPath, one: Any, other: Any) -> Iterator[tuple[FieldPath, Any, Any]]:
    if one == other:
        return
    if isinstance(one, dict) or isinstance(other, dict):
        fields, others = (side if isinstance(side, dict) else {} for side in (one, other))
        for name in {**fields, **others}:
            yield from _sides((*path, name), fields.get(name), others.get(name))
    elif _has_rows(one) or _has_rows(other):
        rows, more = (side if isinstance(side, list) else [] for side in (one, other))
        for index, pair in _paired(path, rows, more):
            yield from _sides((*path, index), *pair)
    else:
        yield path, one, other


def _has_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, dict) for row in value)


def _paired(
    path: FieldPath, one: list[Any], other: list[Any]
) -> Iterator[tuple[int, tuple[Any, Any]]]:
    """Pair the rows of two lists by what they are about, else by their places."""
    own, others = _by_key(path, one), _by_key(path, other)
    if len(own) < len(one) or len(others) < len(other):  # two rows about one thing
        own, others = dict(enumerate(one)), dict(enumerate(other))
    places = {key: at for at, key in enumerate(others)} | {key: at for at, key in enumerate(own)}
    for key in own | others:
        yield places[key], (own.get(key), others.get(key))


def _by_key(path: FieldPath, rows: list[Any]) -> dict[Any, Any]:
    names = _KEYS.get(str(path[-1]), ())
    keyed = {}
    for at, row in enumerate(rows):
        known = row if isinstance(row, dict) else {}
        key = "/".join(str(known.get(name) or "").strip().lower() for name in names)
        keyed[key if key.strip("/") else at] = row
    return keyed


def said(value: Any) -> str:
    """Return a value as a person reads it; the points of a list on lines of their own."""
    if isinstance(value, dict):
        return " ".join(map(said, value.values()))
    if isinstance(value, list):
        return "\n".join(map(said, value))
    return "" if value is None else str(value)


# -- places --------------------------------------------------------------------------------


def value_at(data: Any, path: FieldPath) -> Any:
    """Return what stands at a path, None where nothing does."""
    node = data
    for step in path:
        try:
            node = node[step]
        except (LookupError, TypeError):
            return None
    return node


def is_same_row(base: Any, now: Any, path: FieldPath) -> bool:
    """Return whether a path leads through the same rows of two states of a report."""
    for depth, step in enumerate(path):
        old, new = value_at(base, path[:depth]), value_at(now, path[:depth])
        if not isinstance(step, int) or old == new:
            continue
        if not (isinstance(old, list) and isinstance(new, list)) or len(old) != len(new):
            return False
        if step < len(old) and old[step] != new[step] and (old[step] in new or new[step] in old):
            return False
    return True
