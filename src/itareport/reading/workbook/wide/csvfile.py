"""A .csv as Thai programs save it -> a sheet of cells; pure.

UTF-8, with or without a mark; cp874, as Excel in Thailand saves "CSV"; UTF-16 with tabs, its
"Unicode Text".  Commas, semicolons and tabs part the values.
"""

from __future__ import annotations

import codecs
import csv
import io

from itareport.reading.workbook.reader.cell_text import shown
from itareport.xlsx.grid import Cell, Sheet
from itareport.xlsx.opening import refuse

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAX_FIELD = 50_000
_MAX_COLUMNS = 1_000
_SEPARATORS = (",", "\t", ";")


def sheet(data: bytes, name: str) -> Sheet:
    """Read all rows.

    Raises:
        ItaReportError: D451: it is no text in one of these encodings; D452: its quotes are not
            closed, or a value is too long.
    """
    text = _decoded(data, name)
    found = Sheet("", 0, "", name)
    csv.field_size_limit(_MAX_FIELD)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row[:_MAX_COLUMNS], 1):
                if value.strip():
                    found.cells[number, column] = Cell(shown(value.replace("\r\n", "\n")).strip())
    except csv.Error:
        refuse("D452", name, row=number + 1)
    return found


def _decoded(data: bytes, name: str) -> str:
    wide = data.startswith(_UTF_16)
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp874"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return refuse("D451", name)


def _separator(text: str) -> str:
    """Return what parts the values: what the first lines have most of."""
    beginning = text[:20_000]
    return max(_SEPARATORS, key=beginning.count)
