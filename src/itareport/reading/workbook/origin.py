"""The hidden sheet of a form that was filled from a row of a wide table: what the row said then.

It lies in the form, so that it comes back with it, wherever the form was sent and saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from itareport.xlsx.book import Book

SHEET = "_row"
DIGEST = "digest"
"""What stands beside the digest, in the first row."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a form was filled from, as it was then."""

    digest: str
    """Of the form's own data: where it is another now, somebody has worked on the form."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the row said, each value by its name."""


def read(book: Book) -> Origin | None:
    """Return what a form was filled from; None for a workbook that no row gave.

    Raises:
        ItaReportError: D425, D426: the sheet is too big, or damaged.
    """
    if SHEET not in book.names:
        return None
    cells = book.sheet(SHEET).cells
    rows = {
        cell.text: other.text
        for (row, at), cell in cells.items()
        if at == 1 and (other := cells.get((row, 2)))
    }
    return Origin(rows.pop(DIGEST, ""), rows)
