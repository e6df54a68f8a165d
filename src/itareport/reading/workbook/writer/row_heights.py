"""The height that a text needs in a column; who only writes into rows needs no openpyxl for it."""

from __future__ import annotations

import math
import re
from typing import Final

from itareport.thai.script import MARKS

_LINE: Final = 20
"""The height of a line of text, in points."""
_HIGHEST: Final = 400
"""Excel's limit is 409 points; a longer text scrolls in its cell."""
_ABOVE_OR_BELOW = re.compile(f"[{MARKS}]")
"""Vowels and tones that take no width."""
_BROKEN: Final = 3
"""Letters that a break of a line may cost: half a Thai word."""


def height(text: str, width: float) -> int:
    """Return the height in points that a text needs in a column of a width in letters."""
    paragraphs = (_ABOVE_OR_BELOW.sub("", line) for line in text.split("\n"))
    wide = max(width - _BROKEN, 1)
    lines = sum(max(1, math.ceil(len(paragraph) / wide)) for paragraph in paragraphs)
    return min(lines * _LINE + 2, _HIGHEST)
