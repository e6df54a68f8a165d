"""The sheets of a workbook as cells: text as the clerk sees it, and how it came to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from itareport.problems import Place

Kind = Literal["text", "number", "percent", "date", "time", "fault", "unstored"]
Area = tuple[int, int, int, int]
"""First row and column, last row and column."""

_SHOWN = 500
"""The letters of a cell that its place tells."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    text: str
    kind: Kind = "text"
    formula: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet: the cells with something in them, by row and column from 1."""

    name: str
    """Empty where the file has no sheets."""
    no: int
    part: str
    file: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)

    @property
    def whole(self) -> Place:
        """The place of the whole sheet."""
        return Place(self.file, sheet=self.name or None, sheet_no=self.no)

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, with its content."""
        cell = self.cells.get((row, column))
        return Place(
            self.file, row, column, self.name or None, reference(row, column),
            cell.text[:_SHOWN] if cell else None, self.no,
        )  # fmt: skip

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Return the top left cell of the merged area that a cell lies in; else the cell itself."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column


def letters(column: int) -> str:
    """Write the number of a column as its letters."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def reference(row: int, column: int) -> str:
    """Write a cell's name, `F12`."""
    return f"{letters(column)}{row}"


def position(name: str) -> tuple[int, int] | None:
    """Read a cell's name as row and column."""
    match = _REFERENCE.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
