"""The cells of one sheet, as they come out of its XML."""

from __future__ import annotations

from collections.abc import Callable

from itareport.xlsx.grid import Cell, Sheet, position
from itareport.xlsx.xmlparts import Reader, whole

MAX_COLUMN = 16_384
_ASIDE = ("extLst", "rPh")


class Cells(Reader):
    """The cells of one sheet, as they come."""

    def __init__(self, sheet: Sheet, make: Callable[..., Cell | None]) -> None:
        self._sheet, self._make = sheet, make
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._inline: list[str] = []
        self._formula = False
        self._aside = 0
        """How deep in what is no part of the cells: extensions, readings of other scripts."""
        self._same: dict[Cell, Cell] = {}
        """One cell for all that hold the same: in a large table most of them."""

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        """Note the position of a cell, that it has a formula, or an area of merged cells."""
        self._aside += name in _ASIDE
        if self._aside:
            return
        if name == "c":
            self._begin(attributes)
        elif name == "row":
            self._row = whole(attributes.get("r")) or self._row + 1
            self._column = 0
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            start, end = position(first), position(last or first)
            if start and end and len(self._sheet.merged) < 5_000:
                self._sheet.merged.append((*start, *end))

    def closes(self, name: str, text: str) -> None:
        """Note the value of a cell, and add the cell to the sheet when it ends."""
        if self._aside:
            self._aside -= name in _ASIDE
        elif name == "v":
            self._value = text
        elif name == "t":
            self._inline.append(text)
        elif name == "c":
            self._end()

    def _begin(self, attributes: dict[str, str]) -> None:
        self._attributes, self._value, self._inline = attributes, None, []
        self._formula = False
        place = position(attributes.get("r", ""))
        self._row, self._column = place or (max(self._row, 1), self._column + 1)

    def _end(self) -> None:
        cell = self._make(self._attributes, self._value, self._inline, formula=self._formula)
        if cell is not None and self._column <= MAX_COLUMN:
            self._sheet.cells[self._row, self._column] = self._same.setdefault(cell, cell)
