"""What the row of a wide table said when a form was filled from it; it lies hidden in the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from itareport.reading.workbook import hidden_sheet
from itareport.xlsx.book import Book

SHEET = "_row"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a form was filled from, as it was then."""

    digest: str
    """Of the form's own data: where it is another now, somebody has worked on the form."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the row said, each value by its name."""

    def held(self) -> dict[str, Any]:
        """Return the same as a hidden sheet holds it."""
        return {"digest": self.digest, "values": dict(self.values)}


def read(book: Book) -> Origin | None:
    """Return what a form was filled from; None for others, and where somebody has changed it.

    Raises:
        ItaReportError: D425, D426: the sheet is too big, or damaged.
    """
    found = hidden_sheet.held(book.sheet(SHEET)) if SHEET in book.names else None
    if not isinstance(found, Mapping) or not isinstance(found.get("values"), Mapping):
        return None
    values = {str(name): str(text) for name, text in found["values"].items()}
    return Origin(str(found.get("digest", "")), values)
