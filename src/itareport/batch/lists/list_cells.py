"""The cells of the lists' sheets: how each kind of value looks, and text that stays text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from itareport.document.fonts import FAMILY
from itareport.thai.script import MARKS

SIZE = 16
"""Points: what is printed is no smaller than 14."""
_PLAIN = Font(name=FAMILY, size=SIZE)
_BOLD = Font(name=FAMILY, size=SIZE, bold=True)
_TITLE = Font(name=FAMILY, size=20, bold=True)
_LINK = Font(name=FAMILY, size=SIZE, color="FF0563C1", underline="single")
LINE = 24
"""The height of a line of text, in points."""
_HIGHEST = 17
"""Lines of a row: Excel's limit is 409 points."""
_LETTERS = 0.65
"""Letters for each unit of a column's width, where the letters of the machine make columns narrow.

As many are left where our font is not there, and the letters are wide.
"""
_NO_WIDTH = re.compile(f"[{MARKS}]")
HEAD_COLOUR = "FFD9E2F3"
_HEAD_FILL = PatternFill("solid", fgColor=HEAD_COLOUR)
_THIN = Side(style="thin", color="FF808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Link:
    """A file of the folder of results, and the words that lead there."""

    name: str
    shown: str


Sheet = Any
"""A sheet of openpyxl, which carries no types."""
Value = str | int | Decimal | Link | None


def height(row: Iterable[Value], widths: Iterable[int]) -> int:
    """Return the height of a row in points, enough also where the columns are at their narrowest.

    Neither Excel nor LibreOffice gives a row of a new file the height that it needs before somebody
    edits it.
    """
    shown = (value.shown if isinstance(value, Link) else str(value or "") for value in row)
    lines = (
        math.ceil(len(_NO_WIDTH.sub("", text)) / (width * _LETTERS))
        for text, width in zip(shown, widths, strict=False)
    )
    return LINE * min(max((1, *lines)), _HIGHEST)


def heading(sheet: Sheet, text: str, *, framed: bool = False) -> Any:
    """Make the cell of a column's heading."""
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = _BOLD, _HEAD_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if framed:
        cell.border = _FRAME
    return cell


def title(sheet: Sheet, text: str) -> Any:
    """Make the cell of a sheet's title, which runs on over the cells beside it."""
    cell = WriteOnlyCell(sheet, text)
    cell.font = _TITLE
    return cell


class CellMaker:
    """Makes the cells of a sheet; how each kind looks is settled once, which is what costs."""

    def __init__(self, sheet: Sheet, *, framed: bool = False) -> None:
        """Make cells for that sheet; `framed` ones have lines around and are wrapped."""
        self._sheet, self._framed = sheet, framed
        self._looks: dict[tuple[type, str, bool], Any] = {}

    def row(self, values: Sequence[Value], fill: str = "", wrapped: int = 0) -> list[Any]:
        """Return a row to append; so many of its first cells are wrapped, framed ones all."""
        return [
            self._cell(value, fill, is_wrapped=self._framed or at < wrapped)
            for at, value in enumerate(values)
        ]

    def _cell(self, value: Value, fill: str, *, is_wrapped: bool) -> Any:
        """Make a cell; text stays text, whatever it begins with."""
        name = value.name if isinstance(value, Link) else None
        shown = value.shown if isinstance(value, Link) else value
        if isinstance(shown, str):
            shown = ILLEGAL_CHARACTERS_RE.sub("", shown).encode(errors="replace").decode()
        cell = WriteOnlyCell(self._sheet, shown)
        if isinstance(shown, str):
            cell.data_type = "s"
        if name:
            cell.hyperlink = quote(name)
        cell._style = self._look(type(value), fill, is_wrapped=is_wrapped)  # noqa: SLF001 - styles are slow to look up
        return cell

    def _look(self, kind: type, fill: str, *, is_wrapped: bool) -> Any:
        key = (kind, fill, is_wrapped)
        if key not in self._looks:
            model = WriteOnlyCell(self._sheet)
            model.font = _LINK if kind is Link else _PLAIN
            if kind is Decimal:
                model.number_format = "0.00"
            if self._framed:
                model.border = _FRAME
            if is_wrapped:
                model.alignment = Alignment(wrap_text=True, vertical="top")
            if fill:
                model.fill = PatternFill("solid", fgColor=fill)
            self._looks[key] = model._style  # noqa: SLF001 - as above
        return self._looks[key]
