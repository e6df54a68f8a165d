"""The texts of a data file: mended, and what cannot be mended named; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from itareport import thai
from itareport.ita import codes
from itareport.ita.described import GROUPS, fields, known, label, title
from itareport.ita.model import Kind, Report
from itareport.plain import Tree
from itareport.problems import FieldPath, Place, Problem, problem


def mended(
    data: dict[str, Tree], blocks: Mapping[FieldPath, Place]
) -> tuple[dict[str, Tree], list[Problem]]:
    """Return the data with every text normalised and no empty fields, and a problem per change.

    An empty entry of a list stays, as an empty text: it is a point that somebody forgot.  A
    fault in a text that keeps its lines (`blocks`) is told with its own line.
    """
    found: list[Problem] = []

    def of(value: Tree, path: FieldPath) -> Tree:
        if isinstance(value, dict):
            names = known(path)
            return {
                _encodable(name): of(inner, (*path, name))
                for name, inner in value.items()
                if inner is not None or name not in names
            }
        if isinstance(value, list):
            return [of(v, (*path, i)) for i, v in enumerate(value)]
        if value is None:
            return ""
        text, changes = thai.normalise(value)
        if changes:
            said = ", ".join(f"{c.what} {c.count} แห่ง" for c in changes)
            found.append(problem("D156", path, label=label(path, data), changes=said))
        for fault in thai.faults(text):
            facts: dict[str, Any] = {"character": fault.name, "near": fault.near}
            told = problem(fault.code, path, label=label(path, data), **facts)
            found.append(told.at(_line_of(fault, value, blocks[path])) if path in blocks else told)
        return _encodable(text)

    tree = of(data, ())
    assert isinstance(tree, dict)
    found.extend(_mended_codes(tree))
    return tree, found


def _line_of(fault: thai.Fault, text: str, first: Place) -> Place:
    """Find the line of a text, as typed, where a fault stands."""
    for number, line in enumerate(text.split("\n")):
        if any(one.character == fault.character for one in thai.faults(thai.normalise(line)[0])):
            return replace(first, line=(first.line or 0) + number)
    return first


def _encodable(text: str) -> str:
    """Put a ? for each half of a surrogate pair: Pydantic's own errors fail on them."""
    return text.encode("utf-8", "replace").decode()


def _mended_codes(tree: dict[str, Tree]) -> Iterator[Problem]:
    """Report letters typed as zeros, once for each list of rows: most such files have many."""
    for name in fields(Report):
        read = [(path, value, codes.read(value)) for path, value in _codes(tree, name)]
        mended = [
            (path, value, typed.code) for path, value, typed in read if typed and typed.mended
        ]
        if mended:
            said = ", ".join(f"“{value}” เป็น {code}" for _, value, code in mended)
            facts: dict[str, Any] = {"count": len(mended), "codes": said}
            yield problem("D139", mended[0][0], label=title((name,)), **facts)


def _codes(tree: dict[str, Tree], name: str) -> Iterator[tuple[FieldPath, str]]:
    """Yield each code of the rows of a list, alone or in a list of its own."""
    rows = tree.get(name)
    held = known((name,)).values() if name in GROUPS else ()
    of_codes = [field.name for field in held if field.kind in (Kind.CODE, Kind.CODES)]
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        given = row if isinstance(row, dict) else {}
        for path in ((name, index, field) for field in of_codes if field in given):
            value = given[path[-1]]
            if isinstance(value, str):
                yield path, value
            for number, item in enumerate(value if isinstance(value, list) else []):
                if isinstance(item, str):
                    yield (*path, number), item
