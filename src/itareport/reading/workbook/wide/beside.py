"""Remarks and plan rows on sheets of their own, each under the name of its agency; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from itareport import thai
from itareport.ita.kinds import full_name
from itareport.ita.model import Kind
from itareport.plain import Tree
from itareport.problems import Place, Problem, problem
from itareport.reading.workbook import headers, layout
from itareport.reading.workbook.layout import WAITING, Column
from itareport.reading.workbook.reader.cell_text import value_of
from itareport.reading.workbook.reader.gathering import Gathered, Value
from itareport.reading.workbook.reader.table_rows import Row, put_rows, read_table
from itareport.reading.workbook.wide.columns import AGENCY, CONFIRMED, DISTRICT
from itareport.reading.workbook.wide.wide_table import Table
from itareport.reading.workbook.writer import starting
from itareport.xlsx.grid import Sheet


def read(table: Table, sheet: Sheet, shape: layout.Table) -> None:
    """Add to each agency of a table the rows that name it; report rows of no agency (D453).

    Args:
        table: Gets the rows.
        sheet: Where they stand.
        shape: The fields of one list of the data.
    """
    confirmed = [column.header for column in CONFIRMED]
    header = headers.find_header(sheet, [AGENCY, DISTRICT, *shape.headers, *confirmed])
    if AGENCY not in header.columns:
        table.strays.append(problem("D431", wanted=AGENCY).at(sheet.whole))
        return
    into = Gathered()
    found = read_table(shape, sheet, into)
    table.strays += into.problems
    assigned = _Assigned(table, sheet, header)
    names = Names(table)
    for row in found.rows:
        assigned.add(row, names)
    table.strays += assigned.strays()
    for agency, rows in assigned.rows.items():
        put_rows(shape, found.place, rows, table.beside.setdefault(agency, Gathered()))
    for agency, told in assigned.unconfirmed():
        table.told.setdefault(agency, []).append(told)


@dataclass(slots=True)
class _Assigned:
    """The rows of a sheet by the agency that each of them names."""

    table: Table
    sheet: Sheet
    header: headers.Header
    rows: dict[int, list[Row]] = field(default_factory=dict)
    """Of each agency, by its row in the table."""
    _lacking: dict[tuple[int, str], list[Place]] = field(default_factory=dict)
    """Of an agency, by what its rows lack to be confirmed."""
    _of_none: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    """Of a name that is no agency's, and why."""

    def add(self, row: Row, names: Names) -> None:
        """Assign a row, and note whether it is confirmed."""
        line = next(place.line or 0 for place in row.places.values())
        whose = self.header.columns[AGENCY]
        name, district = (self._text(line, at) for at in (whose, self.header.columns.get(DISTRICT)))
        agencies = names.find(name, district)
        if len(agencies) != 1:
            place = self.sheet.place(line, whose)
            self._of_none.setdefault((name, _why(name, agencies)), []).append(place)
            return
        (agency,) = agencies
        self.rows.setdefault(agency, []).append(row)
        said = _signature(self.sheet, line, self.header)
        if not any(said.values()) and not row.tree("draft"):
            self.table.unsigned.setdefault(agency, set()).add((self.sheet.name, line))
        elif lacking := _unconfirmed(row, said, self.sheet, line, self.header):
            self._lacking.setdefault((agency, lacking[0]), []).append(lacking[1])

    def _text(self, line: int, column: int | None) -> str:
        cell = self.sheet.cells.get((line, column or 0))
        return str(value_of(cell, Kind.LINE).tree or "")

    def strays(self) -> Iterator[Problem]:
        """Yield the rows of no agency, once for each name (D453)."""
        for (name, why), (first, *more) in self._of_none.items():
            count = f" (ทั้งหมด {len(more) + 1} แถว)" if more else ""
            yield problem("D453", value=name[:80], why=f"{why}{count}").at(first, more)

    def unconfirmed(self) -> Iterator[tuple[int, Problem]]:
        """Yield of each agency what its rows lack to be confirmed (O652)."""
        for (agency, why), (first, *more) in self._lacking.items():
            yield agency, problem("O652", count=len(more) + 1, why=why).at(first, more)


def _signature(sheet: Sheet, line: int, header: headers.Header) -> dict[Column, Tree]:
    """Return what a row has in the columns that say who has confirmed it, and when."""
    return {
        column: value_of(
            sheet.cells.get((line, header.columns.get(column.header, 0))), column.field.kind
        ).tree
        for column in CONFIRMED
    }


def _unconfirmed(
    row: Row, said: dict[Column, Tree], sheet: Sheet, line: int, header: headers.Header
) -> tuple[str, Place] | None:
    """Take a row as confirmed that says by whom and when; return what it lacks, and where.

    A draft whose mark is gone, and that nobody has signed, waits as before.
    """
    waits = said[CONFIRMED[0]] == WAITING
    if waits:
        said[CONFIRMED[0]] = None
    if not any(said.values()) and (not waits or row.tree("draft")):
        return None
    lacking = [one for one, typed in said.items() if not typed or not _is_of_kind(typed, one)]
    row.values["draft"] = Value("true") if lacking else Value()
    if not lacking:
        return None
    why = " และ".join(
        f"{one.header} “{said[one]}” ไม่ใช่วันที่" if said[one] else f"ไม่ได้กรอก{one.header}"
        for one in lacking
    )
    at = header.columns.get(lacking[0].header) or header.columns[AGENCY]
    return why, sheet.place(line, at)


def _is_of_kind(typed: Tree, column: Column) -> bool:
    return column.field.kind is not Kind.DATE or thai.parse_date(str(typed)) is not None


def _why(name: str, rows: Sequence[int]) -> str:
    if not name.strip():
        return "ไม่ได้กรอกชื่อหน่วยงาน"
    return f"ตรงกับแถว {' และ '.join(map(str, rows))} ของตาราง" if rows else "ไม่ใช่หน่วยงานในตาราง"


class Names:
    """The agencies of a table by their names."""

    def __init__(self, table: Table) -> None:
        """Take the names of the agencies of that table."""
        self._kinds = table.kinds
        self._rows: dict[str, list[tuple[str, int]]] = {}
        for agency in table.agencies:
            kind, name, district, _ = agency.identity
            for known in {headers.key_of(full_name(kind, name)), headers.key_of(name)}:
                self._rows.setdefault(known, []).append((_area(district), agency.row))

    def find(self, name: str, district: str) -> list[int]:
        """Return the rows of the table that have that name, in that district where one is given."""
        if not name.strip():
            return []
        rows = self._rows.get(headers.key_of(full_name(*starting.parted(name, self._kinds))), [])
        return [row for area, row in rows if not district or area == _area(district)]


def _area(district: str) -> str:
    return headers.key_of(thai.bare_area(district, "")[0])
