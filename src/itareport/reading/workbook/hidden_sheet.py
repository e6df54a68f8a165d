"""What goes out with a workbook on a hidden sheet, and comes back with it, wherever it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from itareport.xlsx.grid import Sheet

_PIECE = 30_000
"""Letters of a cell; Excel holds a few more."""


def pieces(held: Any) -> Iterator[str]:
    """Yield plain data as texts for the cells of the first column, one below another."""
    text = json.dumps(held, ensure_ascii=True, sort_keys=True)
    yield from (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def held(sheet: Sheet) -> Any:
    """Return the plain data that a hidden sheet holds; None where somebody has changed it."""
    cells = sorted(sheet.cells.items())
    try:
        return json.loads("".join(cell.text for (_, column), cell in cells if column == 1))
    except (ValueError, RecursionError):
        return None
