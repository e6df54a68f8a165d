"""Letters that a sheet's XML writes as codes: `_x000D_`; pure.

openpyxl neither writes nor reads them, Excel and LibreOffice do both.
"""

from __future__ import annotations

import re

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """Return a text so that Excel shows it letter by letter, `_x0041_` too."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def plain(text: str) -> str:
    """Return a text as Excel shows it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
