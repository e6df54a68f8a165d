"""As much of a refused report as can be checked all the same; pure.

What is faulty gives way to a stand-in of which the checks say little, so that rows keep their
numbers; what they say of it, or could only say because something is left out, is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from itareport.ita import codes
from itareport.ita.described import known
from itareport.ita.model import Kind, Missing, Report
from itareport.plain import Tree
from itareport.problems import FieldPath, Flag, Problem, Severity

_ROUNDS = 3
_UNKNOWN = "i999"


def _spare() -> Iterator[FieldPath]:
    """Yield the fields that no check leans on: those that a report may be without, but rows."""
    for path in ((), ("agency",), ("result",)):
        for field in known(path).values():
            if field.info.default is None or field.kind is Kind.POINTS:
                yield (*path, field.name)


_WHOLE: dict[FieldPath, tuple[Tree, tuple[Flag, ...]]] = {
    # what may be left out whole -> what stands in for it, which problems are then unsure
    **dict.fromkeys(_spare(), (None, ())),
    ("result", "total"): ("0", (Flag.NEEDS_TOTAL,)),
    ("result", "level"): ("-", ()),
    ("result", "indicators"): ([], (Flag.NEEDS_INDICATORS,)),
    ("result", "tools"): (None, (Flag.NEEDS_TOOLS,)),
    ("signatures",): ([{}], ()),
}
_ROWS: dict[str, tuple[Flag, ...]] = {
    # lists whose rows may be left out one by one -> which problems are then unsure
    "scores": (Flag.NEEDS_SCORE,),
    "remarks": (),
    "plan": (Flag.NEEDS_PLAN_ROW,),
    "signatures": (),
}
_NAMELESS: dict[str, tuple[Flag, ...]] = {
    # which are unsure besides where a row is left out and nobody knows which
    "scores": (Flag.NEEDS_ALL_SCORES,),
    "remarks": (Flag.NEEDS_ALL_REMARKS,),
    "plan": (Flag.NEEDS_ALL_PLAN_ROWS,),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A report whose faulty parts are left out: to be checked, never to be built."""

    report: Report
    left_out: frozenset[FieldPath] = frozenset()
    """The rows and fields in whose place stand-ins are, by their paths in the data."""
    unsure: frozenset[Flag] = frozenset()
    """Flags of the problems that the checks may find only because something is left out."""

    def sure(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems that are true whatever was meant by what is left out."""
        return tuple(
            p
            for p in problems
            if not any(p.has(flag) for flag in self.unsure)
            and not (self.left_out and p.severity is Severity.UNCHECKED)
            and not any(self._is_left_out(path) for path in (p.where, *p.also))
        )

    def _is_left_out(self, path: FieldPath) -> bool:
        return any(path[: len(out)] == out for out in self.left_out)


def of(tree: dict[str, Tree], error: ValidationError) -> Part | None:
    """Leave out what Pydantic complained of, where the rest of the report says enough.

    Returns:
        None where something is faulty that all the checks lean on: the year, the agency, the
        agency's own grouping.
    """
    left: dict[FieldPath, tuple[Flag, ...]] = {}
    data: Any = tree
    for _ in range(_ROUNDS):
        for detail in error.errors(include_url=False, include_context=False):
            if any(detail["loc"][: len(out)] == out for out in left):
                continue
            if (changed := _without(data, detail["loc"], detail["type"], left)) is None:
                return None
            data = changed
        try:
            report = Report.model_validate(data)
        except ValidationError as again:
            error = again
        else:
            unsure = frozenset(flag for flags in left.values() for flag in flags)
            return Part(report, frozenset(left), unsure)
    return None


def without(part: Part | None, unread: Iterable[Problem]) -> Part | None:
    """Leave out what the file itself kept from being read: a sheet, a column, a cell, the year."""
    lost = {p.where for p in unread if p.severity is Severity.ERROR}
    if part is None or ("fiscal_year",) in lost or any(where[:1] == ("issues",) for where in lost):
        return None
    cells = {where for where in lost if len(where) > 1}
    lists = {where for where in lost if len(where) == 1 and where[0] in _ROWS}
    given = (str(name) for (name,) in lists)
    unsure = (flag for name in given for flag in (*_ROWS[name], *_NAMELESS.get(name, ())))
    return replace(
        part, left_out=part.left_out | lists | cells, unsure=part.unsure | frozenset(unsure)
    )


def _without(
    data: Any, loc: FieldPath, kind: str, left: dict[FieldPath, tuple[Flag, ...]]
) -> Any | None:
    """Return the data without what stands at a place; note it in `left`."""
    if kind == "extra_forbidden":  # a field that no check knows
        return _put(data, loc, None, drop=True)
    for path, (stand_in, unsure) in _WHOLE.items():
        whole = path != ("signatures",) or len(loc) == 1
        if loc[: len(path)] == path and whole:
            left[path] = unsure
            return _put(data, path, stand_in, drop=stand_in is None)
    if len(loc) < 2 or loc[0] not in _ROWS or not isinstance(loc[1], int):
        return None
    name, path = str(loc[0]), (loc[0], loc[1])
    row = data[name][loc[1]]
    stand_in, is_named = _stand_in(name, row if isinstance(row, dict) else {})
    left[path] = _ROWS[name] + (() if is_named else _NAMELESS.get(name, ()))
    return _put(data, path, stand_in)


def _stand_in(name: str, row: dict[str, Tree]) -> tuple[Tree, bool]:
    """Return a row of which little can be said, and whether it tells what the row is about."""
    if name == "signatures":
        return {}, True
    if name == "plan":
        issue = str(row.get("issue") or "").strip()
        fine = issue.isdecimal() and len(issue) < 4
        return {"issue": issue if fine else "0"}, fine
    typed = codes.read(str(row.get("code") or ""))
    code = typed.code if typed else _UNKNOWN
    about: dict[str, Tree] = {"missing": Missing.NOT_SHOWN.value}
    return {
        "code": code,
        **(about if name == "scores" else {"text": "ข้อวิเคราะห์"}),
    }, typed is not None


def _put(data: Any, path: FieldPath, value: Tree, *, drop: bool = False) -> Any:
    """Return a copy of plain data with another value at a path, or with none."""
    step, *rest = path
    inner = data.copy()
    if rest:
        inner[step] = _put(inner[step], tuple(rest), value, drop=drop)
    elif drop:
        inner.pop(step, None)
    else:
        inner[step] = value
    return inner
