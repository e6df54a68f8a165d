"""What two states of a report have differently: to be told to a person, or to go back; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from itareport import thai
from itareport.ita import described
from itareport.problems import FieldPath
from itareport.web.store.edits import Add, Edit, Remove, Set

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
    edit: Edit
    """What puts the other side's value here."""
    is_overtaken: bool = False
    """Whether this side has changed it too, since the other side had it from here."""

    @property
    def key(self) -> str:
        """What tells this difference from others, as long as neither side changes."""
        said = repr((self.label, self.edit.path, self.here, self.there))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def taken(sides: Iterable[Side]) -> list[Edit]:
    """Return what takes over these differences together: no edit moves the place of another."""
    edits = [side.edit for side in sides]
    gone = [edit for edit in edits if isinstance(edit, Remove)]
    come = [edit for edit in edits if isinstance(edit, Add)]
    return [
        *(edit for edit in edits if isinstance(edit, Set)),
        *sorted(gone, key=lambda edit: edit.path, reverse=True),
        *sorted(come, key=lambda edit: edit.at or 0),
    ]


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
    "tools": ("tool", "part"), "issues": ("no",), "plan": ("issue", "measures"),
}  # fmt: skip
"""The fields by which a row of a list is known, wherever it stands."""


def sides(here: Any, there: Any) -> tuple[Side, ...]:
    """Return field by field what two reports have differently, in the order of the data file.

    A row that one side lacks is one difference.
    """
    return tuple(_sides((), here, there, here))


def _sides(path: FieldPath, one: Any, other: Any, here: Any) -> Iterator[Side]:
    """Yield the differences of two values; `here` is the whole of the first side."""
    if one == other:
        return
    if _are(dict, one, other):
        fields, others = one or {}, other or {}
        for name in {**fields, **others}:
            yield from _sides((*path, name), fields.get(name), others.get(name), here)
    elif _are(list, one, other) and (_has_rows(one) or _has_rows(other)):
        rows, more = one or [], other or []
        for own, at in paired(path, rows, more):
            if own is None and at is not None:
                yield row_there(path, more, at)
            elif own is not None and at is None:
                yield row_here((*path, own), rows[own], here)
            elif own is not None and at is not None:
                yield from _sides((*path, own), rows[own], more[at], here)
    elif not _are_equal(said(one), said(other)):
        yield field_side(path, one, other, here)


def field_side(path: FieldPath, one: Any, other: Any, here: Any, **more: bool) -> Side:
    """Return the difference of one field."""
    return Side(_label(path, here), said(one), said(other), Set(path, other), **more)


def row_there(path: FieldPath, rows: list[Any], at: int, **more: bool) -> Side:
    """Return the difference of a row that only the other side has."""
    there: Any = rows
    for name in reversed(path):
        there = {name: there}
    return Side(_label((*path, at), there), "", said(rows[at]), Add(path, rows[at], at), **more)


def row_here(path: FieldPath, row: Any, here: Any, **more: bool) -> Side:
    """Return the difference of a row that only this side has."""
    return Side(_label(path, here), said(row), "", Remove(path), **more)


def _label(path: FieldPath, data: Any) -> str:
    return described.label(path, data) or ".".join(map(str, path))


def _are(kind: type, *values: Any) -> bool:
    """Return whether values are all of a kind, or nothing."""
    return all(value is None or isinstance(value, kind) for value in values)


def _are_equal(one: str, other: str) -> bool:
    """Return whether two texts say the same, as numbers too: 94.9 and ๙๔.๙๐."""
    if one == other:
        return True
    numbers = [thai.decimal(thai.arabic(text.strip())) for text in (one, other)]
    return None not in numbers and numbers[0] == numbers[1]


def _has_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, dict) for row in value)


def paired(
    path: FieldPath, one: list[Any], other: list[Any]
) -> list[tuple[int | None, int | None]]:
    """Pair the places of the rows of two lists by what they are about, else by their order."""
    own, others = ([_key(path, row) for row in rows] for rows in (one, other))
    if not all(_are_apart(keys) for keys in (own, others)):
        own, others = list(map(str, range(len(one)))), list(map(str, range(len(other))))
    pairs = {at: others.index(key) for at, key in enumerate(own) if key in others}
    left = [at for at in range(len(other)) if at not in pairs.values()]
    for at, row in enumerate(one):  # a measure that was written anew
        alike = (n for n in left if path[-1:] == ("plan",) and _issue(row) == _issue(other[n]))
        if at not in pairs and (found := next(alike, None)) is not None:
            pairs[at] = found
            left.remove(found)
    return [*((at, pairs.get(at)) for at in range(len(one))), *((None, at) for at in left)]


def _are_apart(keys: list[str]) -> bool:
    return all(keys) and len(set(keys)) == len(keys)


def _key(path: FieldPath, row: Any) -> str:
    """Return what a row is about, "" where it does not say."""
    known = row if isinstance(row, dict) else {}
    names = _KEYS.get(str(path[-1]), ())
    said_of = [said(known.get(name)).partition("\n")[0].strip().lower() for name in names]
    return "/".join(said_of) if any(said_of) else ""


def _issue(row: Any) -> str:
    return said(row.get("issue")).strip() if isinstance(row, dict) else ""


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


def is_overtaken(edit: Edit, shown: Any, now: Any) -> bool:
    """Return whether an edit's place is another row, or has another value, than was shown."""
    if isinstance(edit, Add):
        return not is_same_row(shown, now, edit.path)
    if not is_same_row(shown, now, edit.path):
        return True
    there = value_at(now, edit.path)
    new = edit.text if isinstance(edit, Set) else None
    return bool(value_at(shown, edit.path) != there and there != new)
