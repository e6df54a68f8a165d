"""How high a row of a table becomes, estimated from columns and letters; in twips."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise

from itareport.document import fonts

LINE_BREAK = "\n"
"""What stands for a break between the texts of a cell."""
_LINE = 350  # a line of TH Sarabun New at 14 pt, as LibreOffice and Word set it
_CHARACTER = 118  # advance of a base character at 14 pt, on the wide side
_RAGGED = 330  # what a line leaves empty before a word that does not fit
_MOSTLY_RAGGED = 165  # the same of most lines
_FEWEST_LINES = 2  # of a text on either side of a page's end
_CELL_MARGIN = 114  # left and right together
_NARROWEST = _RAGGED  # the least that a line is taken to hold
# Thai marks above and below, and all of `&amp;` but its first character.
_NO_WIDTH = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|(?<=&)[^;]*;")


@dataclass(slots=True)
class Cell:
    """A cell of a table, and the texts of its paragraphs with the breaks between them."""

    merge: str
    """How a vertical merge is written; `{}` stands for where it begins or goes on."""
    span: int
    """How many columns the cell takes."""
    slot: int
    """Where in the output a vertical merge is written."""
    merged: bool = False
    """Whether another cell may say what it says, at its height."""
    begins: bool = False
    """Whether it is the first of several that a report merges."""
    goes_on: bool = False
    """Whether it is another of them."""
    has_paragraph: bool = False
    """Whether it has one of its own, not inside a content control or a text box."""
    texts: list[str] = field(default_factory=list)
    characters: int = 0
    """Of all texts, letters or not."""
    starts: list[int] = field(default_factory=list)
    """Which texts begin a paragraph."""

    def at_most(self, width: int) -> float:
        """Return no fewer lines than `lines`, by taking every character for a letter."""
        begun = len(self.starts) + self.texts.count(LINE_BREAK)
        return begun + self.characters * _CHARACTER / width

    def lines(self, width: int) -> int:
        """Return how many lines the paragraphs need at most."""
        letters = [len(_NO_WIDTH.sub("", text)) for text in self._begun_lines()]
        return sum(max(1, math.ceil(count * _CHARACTER / width)) for count in letters)

    def likely_lines(self, width: int) -> int:
        """Return how many lines the paragraphs need by the widths of their letters."""
        wide = (fonts.width(unescape(text)) for text in self._begun_lines())
        return sum(max(1, math.ceil(one / width)) for one in wide)

    def _begun_lines(self) -> list[str]:
        """Return what stands between the paragraphs' beginnings, breaks and ends."""
        borders = pairwise([*self.starts, len(self.texts)])
        paragraphs = ["".join(self.texts[start:end]) for start, end in borders]
        return [line for text in paragraphs for line in text.split(LINE_BREAK)]


@dataclass(slots=True)
class Row:
    """A row of a table."""

    header: bool = False
    slot: int = 0
    """Where in the output it says that it does not split over pages."""
    kept_whole: bool = False
    """Whether it says so."""
    cells: list[Cell] = field(default_factory=list)
    kept_with_next: bool = False
    paragraphs: list[tuple[int, str]] = field(default_factory=list)
    """Where in the output each paragraph may be kept with the next, and what to write there."""


@dataclass(slots=True)
class Table:
    """A table: the widths of its columns, and its rows."""

    grid: Sequence[int] = ()
    rows: list[Row] = field(default_factory=list)
    merged: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of each column how many lines of what is merged over the rows they hold, and need."""


def row_to_keep(table: Table) -> Row | None:
    """Return the row before the last if a page that ended between them would tear a merged text.

    As in a row that is split, each side may have a part of two lines at least.
    """
    if not table.rows:  # a damaged template ends a row that never began
        return None
    row, now, kept = table.rows[-1], {}, False
    if any(cell.begins or cell.goes_on for cell in row.cells):
        has = _least_lines(row, table.grid)
        for column, (cell, width) in enumerate(_widths(row, table.grid)):
            if cell.goes_on:
                held, needed = table.merged.get(column, (0, 0))
                kept |= held < needed and min(held, needed - held) < _FEWEST_LINES
                now[column] = held + has, needed
            elif cell.begins:
                needed = cell.likely_lines(width + _RAGGED - _MOSTLY_RAGGED)
                now[column] = has, needed
    table.merged = now
    return table.rows[-2] if kept else None


def _least_lines(row: Row, grid: Sequence[int]) -> int:
    """Return how many lines a row has at least."""
    own = [(cell, width + _RAGGED) for cell, width in _widths(row, grid) if not cell.merged]
    return max((cell.likely_lines(width) for cell, width in own), default=1)


def too_high(table: Table, page: int) -> list[int]:
    """Return where the output keeps a row whole that no page can hold below the table's header.

    Heights are estimated rather too high than too low: LibreOffice cuts off what does not fit.
    """
    header = sum(_header_height(row, table.grid) for row in table.rows if row.header)
    lines = (page - header) / _LINE
    return [row.slot for row in table.rows if row.kept_whole and _exceeds(row, table.grid, lines)]


def _header_height(row: Row, grid: Sequence[int]) -> int:
    needed = [cell.lines(width) for cell, width in _widths(row, grid) if not cell.merged]
    return max(needed, default=1) * _LINE


def _exceeds(row: Row, grid: Sequence[int], lines: float) -> bool:
    if lines < 1:  # no page holds even an empty row below such a header
        return True
    for long in row.cells:
        if long.at_most(_NARROWEST) > lines:  # few rows have such a cell
            return any(
                cell.at_most(width) > lines and cell.lines(width) > lines
                for cell, width in _widths(row, grid)
                if not cell.merged
            )
    return False


def _widths(row: Row, grid: Sequence[int]) -> Iterator[tuple[Cell, int]]:
    """Yield each cell with the width that a line of it holds before a word that does not fit."""
    column = 0
    for cell in row.cells:
        end = column + cell.span
        yield cell, max(sum(grid[column:end]) - _CELL_MARGIN - _RAGGED, _NARROWEST)
        column = end
