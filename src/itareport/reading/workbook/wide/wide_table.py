"""A wide table as read: its agencies, and what belongs to none of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from itareport.ita.catalogue import Kinds
from itareport.plain import Document
from itareport.problems import Problem
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.wide import agency_row
from itareport.reading.workbook.wide.columns import Column
from itareport.xlsx.grid import Sheet


@dataclass(frozen=True, slots=True)
class Agency:
    """One row of the table, which gives one report."""

    identity: tuple[str, str, str, str]
    """Kind, name, district and province, as typed."""
    shown: str
    """What a person calls it: the row and the agency."""
    row: int


@dataclass(slots=True)
class Table:
    """A wide table; `document` gives the data of one agency as of a file of its own."""

    sheet: Sheet
    known: dict[int, Column]
    """The columns that are read, by number."""
    kinds: Kinds
    """The kinds of agency that are known."""
    agencies: list[Agency] = field(default_factory=list)
    strays: list[Problem] = field(default_factory=list)
    """Of sheets of remarks and plans: what belongs to no agency of the table."""
    unread: list[str] = field(default_factory=list)
    """Columns that hold something and are not read, each with its header."""
    beside: dict[int, Gathered] = field(default_factory=dict)
    """Of an agency's row its remarks and plan, from sheets of their own."""

    def document(self, agency: Agency) -> Document:
        """Return the data of one agency, with the place of every value."""
        into = agency_row.gathered(self.sheet, self.known, agency.row, self.kinds)
        own = self.beside.get(agency.row, Gathered())
        data = into.data | own.data
        data.setdefault("plan", [])
        places = into.places | own.places
        places.setdefault(("plan",), places[()])
        return Document(data, places, problems=(*into.problems, *own.problems))
