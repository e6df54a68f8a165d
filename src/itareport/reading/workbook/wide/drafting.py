"""A copy of a wide table with drafts on the sheets beside it, each under its agency's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from itareport.problems import ItaReportError, Place, problem
from itareport.reading.workbook import headers, layout
from itareport.reading.workbook.marking import draft_cells
from itareport.reading.workbook.marking.draft_cells import Shared
from itareport.reading.workbook.wide import columns
from itareport.reading.workbook.wide.columns import AGENCY, CONFIRMED, DISTRICT
from itareport.xlsx.book import Book

_SHARED = Shared(
    {"agency": AGENCY, "district": DISTRICT}, tuple(column.header for column in CONFIRMED)
)


def drafted(
    data: bytes,
    name: str,
    drafts: Mapping[Literal["remarks", "plan"], Sequence[Mapping[str, Any]]],
    texts: Iterable[tuple[Place, str]],
    says: Callable[[str], bool],
    *,
    refresh: bool,
) -> bytes:
    """Return a copy with drafts; each says under `agency` and `district` whose it is.

    Sheets of older tables get the columns in which drafts are confirmed.

    Raises:
        ItaReportError: D420 to D427, D430, D431, D440, as those of a workbook of one agency; D459
            it has no such sheets.
    """
    book = Book(data, name, large=True)
    shapes = (columns.remarks(), columns.plan())
    if not any(headers.find_sheet(book.names, shape.sheet) for shape in shapes):
        raise ItaReportError(problem("D459", name=name).at(Place(name)))
    given = [(shape, shape.group, drafts[shape.group]) for shape in shapes]  # type: ignore[index]
    added = [one for shape in shapes for one in _lacking(book, shape)]
    return draft_cells.drafted(book, given, [*texts, *added], says, refresh=refresh, shared=_SHARED)


def _lacking(book: Book, shape: layout.Table) -> Iterator[tuple[Place, str]]:
    """Yield the headers that a sheet lacks, each with the cell in which it is to stand."""
    if not (name := headers.find_sheet(book.names, shape.sheet)):
        return
    sheet = book.sheet(name)
    header = headers.find_header(sheet, [*shape.headers, *_SHARED.headers])
    last = max((at for row, at in sheet.cells if row == header.row), default=0)
    lacking = [title for title in _SHARED.confirmed if title not in header.columns]
    for at, title in enumerate(lacking, last + 1):
        yield sheet.place(header.row, at), title
