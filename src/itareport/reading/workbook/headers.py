"""Finding labels and headers wherever a clerk has moved them, whatever their spaces; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from itareport import thai
from itareport.xlsx.grid import Sheet

_LONGEST = 500
"""The letters by which texts are told apart; our own have at most half as many."""
_BRACKET = re.compile(r"[(（][^()]*[)）]$")


def key_of(text: str) -> str:
    """Return what two ways of typing one header have in common."""
    return thai.key(text[:_LONGEST]).replace("*", "").rstrip(":")


def bare(key: str) -> str:
    """Return a key without the remark in brackets at its end."""
    return _BRACKET.sub("", key) or key


@dataclass(slots=True)
class Header:
    """The row of headers as found: where each known header stands."""

    row: int
    columns: dict[str, int] = field(default_factory=dict)
    """Of each known header, as the layout has it, its column."""
    doubled: list[tuple[str, int, int]] = field(default_factory=list)
    """Headers that stand in two columns."""


def find_header(sheet: Sheet, wanted: Iterable[str], *, needed: Collection[str] = ()) -> Header:
    """Find the row in which most of the wanted headers stand; row 0 where none has two."""
    known = {key_of(header): header for header in wanted}
    known |= {bare(key): header for key, header in known.items() if bare(key) not in known}
    rows: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        if len(cell.text) <= 80 and (header := _known(known, cell.text)):
            rows.setdefault(row, []).append((column, header))
    best = Header(0)
    for row in sorted(rows):
        found = _header(row, sorted(rows[row]))
        has = all(header in found.columns for header in needed)
        if has and len(found.columns) > max(1, len(best.columns)):
            best = found
    return best


def _known(known: dict[str, str], text: str) -> str | None:
    key = key_of(text)
    return known.get(key) or known.get(bare(key))


def _header(row: int, cells: list[tuple[int, str]]) -> Header:
    found = Header(row)
    for column, header in cells:
        if header in found.columns:
            found.doubled.append((header, found.columns[header], column))
        else:
            found.columns[header] = column
    return found


def find_sheet(names: list[str], wanted: str) -> str | None:
    """Find a sheet by its name, whatever its spaces; else the only one that begins with it."""
    key = key_of(wanted)
    exact = [name for name in names if key_of(name) == key]
    if exact:
        return exact[0]
    alike = [name for name in names if key_of(name).startswith(key)]
    return alike[0] if len(alike) == 1 else None
