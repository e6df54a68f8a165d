"""The clerk's workbook, read and written; the only door to openpyxl.

Reading does not use openpyxl. Its own streaming of the XML keeps stored values, exact decimals
and the limits on hostile files; that it is one to three times as fast is not the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from itareport.ita.catalogue import Catalogue, Kinds
from itareport.plain import PlainData
from itareport.problems import FieldPath, ItaReportError, Place, Problem, problem
from itareport.reading.workbook import headers, layout, origin, readiness, sheets
from itareport.reading.workbook.layout import ROLES
from itareport.reading.workbook.marking.listing import listing
from itareport.reading.workbook.origin import Origin
from itareport.reading.workbook.reader import catalogue_of, clipboard, read, unit_rows
from itareport.reading.workbook.reader.clipboard import Pasted
from itareport.reading.workbook.readiness import Element
from itareport.reading.workbook.unit_sheet import Given, GivenRemark, GivenRow, Returned
from itareport.reading.workbook.writer.cell_values import Tree
from itareport.xlsx.book import Book
from itareport.xlsx.grid import reference

__all__ = [
    "ROLES",
    "Element",
    "Given",
    "GivenRemark",
    "GivenRow",
    "Opened",
    "Origin",
    "Pasted",
    "Returned",
    "listing",
    "new",
    "new_wide",
    "opened",
    "parted",
    "pasted_reasons",
    "pasted_scores",
    "returned",
    "signatures",
    "unit_columns",
    "write",
    "write_unit",
]


Drafts = Mapping[Literal["remarks", "plan"], Sequence[Mapping[str, Any]]]
"""New rows of two lists of the data, as plain data."""


def new(catalogue: Catalogue, kinds: Kinds, agency_name: str = "", province: str = "") -> bytes:
    """Return a workbook to fill, with what can be known from the agency's name."""
    from itareport.reading.workbook.writer import starting

    return write(starting.data(catalogue, kinds, agency_name, province), catalogue, kinds)


def new_wide(catalogue: Catalogue, kinds: Kinds, province: str = "") -> bytes:
    """Return a table to fill, one agency a row; with the districts of a province to choose from."""
    from itareport.reading.workbook.wide import blank

    return blank.write(catalogue, kinds, province)


def write(
    tree: Tree, catalogue: Catalogue, kinds: Kinds, filled_from: Origin | None = None
) -> bytes:
    """Return the workbook of a report from its plain data, losing nothing.

    Of a form that a row of a wide table fills, `filled_from` goes along on a hidden sheet.

    Raises:
        ItaReportError: D400, D401: what no cell can hold.
    """
    from itareport.reading.workbook.writer import new_book

    return new_book.write(tree, catalogue, kinds, filled_from)


def write_unit(given: Given, units: Sequence[str], catalogue: Catalogue, kinds: Kinds) -> bytes:
    """Return the workbook for one unit of an agency; `units` are those that its cells offer.

    Raises:
        ItaReportError: D400: what no cell can hold.
    """
    from itareport.reading.workbook.writer import unit_book

    return unit_book.write(given, units, catalogue, kinds)


def parted(agency_name: str, kinds: Kinds) -> tuple[str, str]:
    """Return kind and name of an agency from its whole name."""
    from itareport.reading.workbook.writer import starting

    return starting.parted(agency_name, kinds)


def signatures(agency: Mapping[str, str], kinds: Kinds) -> list[dict[str, Any]]:
    """Return those who usually sign, as plain data, with the positions that the kind gives."""
    from itareport.reading.workbook.writer import starting

    return starting.signatures(agency, kinds)


pasted_scores = clipboard.scores
pasted_reasons = clipboard.reasons
returned = unit_rows.read
unit_columns = sheets.unit_columns


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that was opened and read once, for all that is made of it."""

    book: Book
    document: PlainData
    """What it says."""

    @property
    def filled_from(self) -> Origin | None:
        """The row of a wide table that it was filled from, as it was then; None for others.

        Raises:
            ItaReportError: D425, D426: that sheet is too big, or damaged.
        """
        return origin.read(self.book)

    def ready_list(self, catalogue: Catalogue | None = None) -> tuple[Element, ...]:
        """Return what the assessment asks of the report, each element there or not."""
        return readiness.readiness(self.document, catalogue or catalogue_of(self.document))

    def unmerged_first(self, found: Problem) -> Problem:
        """Return a problem whose remedy first unmerges the cells that hide its cell, if any do."""
        place = found.place
        if place is None or not place.cell or place.sheet not in self.book.names:
            return found
        at = (place.line or 0, place.column or 0)
        anchor = self.book.sheet(place.sheet).anchor(*at)
        if anchor == at or not found.remedy:
            return found
        first = f"โปรดเลือกช่อง {reference(*anchor)} แล้วสั่ง ยกเลิกการผสานเซลล์ จากนั้น"
        return replace(found, remedy=first + found.remedy.removeprefix("โปรด"))

    def annotated(self, found: Iterable[Problem], elements: Iterable[Element]) -> bytes:
        """Return a copy with colour and comment at every problem, and the checklist filled.

        Raises:
            ItaReportError: D425, D426: a part of the workbook is too big, or damaged.
        """
        from itareport.reading.workbook.marking import problem_cells

        texts = problem_cells.checklist(self.book, elements)
        return problem_cells.annotated(self.book, found, texts)

    def drafted(
        self,
        catalogue: Catalogue,
        drafts: Drafts,
        texts: Mapping[FieldPath, str],
        says: Callable[[str], bool],
        *,
        refresh: bool = False,
    ) -> bytes:
        """Return a copy with drafts in its empty cells; a text counts as empty unless `says(text)`.

        `texts` go into the cells of their fields, where the workbook has these.
        With `refresh` the drafts take the places of those that are still marked, all of which go.

        Raises:
            ItaReportError: D425, D426: a part of the workbook is too big, or damaged; D430, D431,
                D440: the sheet, the column or the cell of a draft cannot be filled.
        """
        from itareport.reading.workbook.marking import draft_cells

        scores, plan = sheets.scores(), sheets.plan(catalogue.fiscal_year)
        given = [(scores, "remarks", drafts["remarks"]), (plan, "plan", drafts["plan"])]
        places = self.document.places
        cells = [(places[path], text) for path, text in texts.items() if text and path in places]
        return draft_cells.drafted(self.book, given, cells, says, refresh=refresh)


def opened(data: bytes, name: str) -> Opened:
    """Open and read a workbook, whatever its name says it is.

    Raises:
        ItaReportError: D420 to D428: no workbook that can be read, or none of ours; D459: a table
            of many agencies.
    """
    book = Book(data, name)
    if not headers.find_sheet(book.names, layout.AGENCY):
        _refuse_table(book)
    return Opened(book, read(book))


def _refuse_table(book: Book) -> None:
    from itareport.reading.workbook import wide  # which imports this room's reader

    if wide.is_table(book):
        raise ItaReportError(problem("D459", name=book.file).at(Place(book.file)))
