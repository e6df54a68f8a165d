"""How cells look: fonts, fills, borders, number formats."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle

from itareport.ita.model import Kind
from itareport.reading.workbook.layout import Field

FACE: Final = "TH Sarabun New"
TO_FILL: Final = "FFFBE6"
LOW: Final = "F8CBAD"
BELOW_FULL: Final = "FFE699"
WANTED: Final = "DDEBF7"
DRAFTED: Final = "E4DFEC"
HEAD: Final = "1F4E79"
BAND: Final = "E7E6E6"

_LINE = Side(style="thin", color="A6A6A6")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; openpyxl keeps one copy of each."""

    bold: bool = False
    size: int = 15
    color: str = "000000"
    fill: str = ""
    grid: bool = False
    centre: bool = False
    format: str = "General"
    unlocked: bool = False

    def on(self, cell: Any) -> None:
        """Apply the look to a cell, as worked out for the first such cell of its workbook."""
        became = _BECAME.setdefault(cell.parent.parent, {})
        before = cell._style  # noqa: SLF001 - openpyxl takes six times as long to find it
        key = self, before and tuple(before)
        if key not in became:
            self._set(cell)
            became[key] = copy(cell._style)  # noqa: SLF001 - as above
        cell._style = copy(became[key])  # noqa: SLF001 - as above

    def _set(self, cell: Any) -> None:
        cell.font = Font(name=FACE, size=self.size, bold=self.bold, color=self.color)
        if self.fill:
            cell.fill = solid(self.fill)
        if self.grid:
            cell.border = GRID
        cell.alignment = Alignment(
            horizontal="center" if self.centre else "left", vertical="top", wrap_text=True
        )
        cell.number_format = self.format
        cell.protection = Protection(locked=not self.unlocked)


_BECAME: Final = WeakKeyDictionary[Workbook, dict[tuple[Look, tuple[int, ...] | None], Any]]()
"""The numbers of a workbook's styles, by a look and the numbers that the cell had before."""

TITLE: Final = Look(bold=True, size=20, color=HEAD)
HELP: Final = Look(color="595959")
HEADER: Final = Look(bold=True, color="FFFFFF", fill=HEAD, grid=True, centre=True)
HEADING: Final = Look(bold=True, fill=BAND, grid=True)
LABEL: Final = Look(grid=True)
INFO: Final = Look(grid=True, color="404040")
CENTRED: Final = Look(grid=True, color="404040", centre=True)
FIGURE: Final = Look(grid=True, bold=True, centre=True, format="0.00")
BOLD: Final = Look(bold=True)

_FORMATS = {Kind.SCORE: "0.00", Kind.WHOLE: "0"}
_CENTRED = (Kind.SCORE, Kind.WHOLE, Kind.CODE, Kind.MARK)


def of(field: Field, *, locked: bool = False) -> Look:
    """Return the look of the cell of a field: numbers as numbers, all else as text."""
    locked = locked or field.locked
    return Look(
        fill="" if locked else TO_FILL,
        grid=True,
        centre=field.kind in _CENTRED,
        format=_FORMATS.get(field.kind, "@"),
        unlocked=not locked,
    )


def solid(color: str) -> PatternFill:
    """Return one colour over the whole cell."""
    return PatternFill("solid", start_color=color, end_color=color)


def shaded(color: str) -> DifferentialStyle:
    """Return the look of a conditional format."""
    return DifferentialStyle(fill=solid(color))


def normal() -> Font:
    """Return the default font of the workbook."""
    return Font(name=FACE, size=15)


def unwrapped() -> Alignment:
    """Return the alignment of a title, which runs over the cells beside it."""
    return Alignment(horizontal="left", vertical="center", wrap_text=False)
