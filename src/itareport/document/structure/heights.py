"""How high a row of a table becomes, estimated from columns and letters; in twips."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from itareport.document.structure.outline import CellHead

_LINE = 350  # a line of TH Sarabun New at 14 pt, as LibreOffice and Word set it
_CHARACTER = 118  # advance of a base character at 14 pt, on the wide side
_RAGGED = 330  # what a line leaves empty before a word that does not fit
_CELL_MARGIN = 148  # left and right together
_MOST_LINES_A_CHARACTER = _CHARACTER / _RAGGED  # in the narrowest column
# Thai marks above and below, and all of `&amp;` but its first character.
_NO_WIDTH = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|(?<=&)[^;]*;")


class Cell:
    """A cell: its head, and its paragraphs as the texts of each."""

    __slots__ = (
        "blocks", "characters", "has_paragraph", "head", "merged", "slot", "starts", "texts"
    )  # fmt: skip

    def __init__(self, head: CellHead, slot: int, blocks: int) -> None:
        """Begin a cell whose head stands at a place of the output."""
        self.head = head
        self.slot = slot
        self.blocks = blocks  # content controls and text boxes around it
        self.has_paragraph = False  # its own, not one inside such a block
        self.merged = head.merged  # another cell may say what it says, at its height
        self.texts: list[str] = []
        self.characters = 0  # of all texts, letters or not
        self.starts: list[int] = []  # which text is a paragraph's first

    def at_most(self, width: int) -> float:
        """Return no fewer lines than `lines`, by taking every character for a letter."""
        return len(self.starts) + self.characters * _CHARACTER / width

    def lines(self, width: int) -> int:
        """Return how many lines the paragraphs need."""
        borders = pairwise([*self.starts, len(self.texts)])
        paragraphs = ["".join(self.texts[start:end]) for start, end in borders]
        letters = [len(_NO_WIDTH.sub("", text)) for text in paragraphs]
        return sum(max(1, math.ceil(count * _CHARACTER / width)) for count in letters)


@dataclass(slots=True)
class Row:
    """A row of a table."""

    cells: list[Cell] = field(default_factory=list)
    header: bool = False
    kept_whole: int | None = None
    """Where in the output it says that it does not split over pages."""
    kept_with_next: bool = False
    paragraphs: list[tuple[int, str]] = field(default_factory=list)
    """Where in the output each paragraph may be kept with the next, and what to write there."""


@dataclass(slots=True)
class Table:
    """A table: the widths of its columns, and its rows."""

    grid: Sequence[int] = ()
    rows: list[Row] = field(default_factory=list)


def too_high(table: Table, page: int) -> list[Row]:
    """Return the rows that are kept whole, but are higher than a page with the header can hold.

    Heights are estimated rather too high than too low: LibreOffice cuts off what does not fit.
    """
    header = sum(_header_height(row, table.grid) for row in table.rows if row.header)
    lines = (page - header) / _LINE
    return [
        row for row in table.rows if row.kept_whole is not None and _exceeds(row, table.grid, lines)
    ]


def _header_height(row: Row, grid: Sequence[int]) -> int:
    needed = [cell.lines(width) for cell, width in _widths(row, grid) if not cell.merged]
    return max(needed, default=1) * _LINE


def _exceeds(row: Row, grid: Sequence[int], lines: float) -> bool:
    for cell in row.cells:  # most cells are short enough whatever their width
        if len(cell.starts) + cell.characters * _MOST_LINES_A_CHARACTER > lines:
            break
    else:
        return lines < 1  # no page holds even an empty row below such a header
    return lines < 1 or any(
        cell.at_most(width) > lines and cell.lines(width) > lines
        for cell, width in _widths(row, grid)
        if not cell.merged
    )


def _widths(row: Row, grid: Sequence[int]) -> Iterator[tuple[Cell, int]]:
    """Yield each cell with the width that a line of it holds before a word that does not fit."""
    column = 0
    for cell in row.cells:
        end = column + cell.head.span
        yield cell, max(sum(grid[column:end]) - _CELL_MARGIN - _RAGGED, _RAGGED)
        column = end
