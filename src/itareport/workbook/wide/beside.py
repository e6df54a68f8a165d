"""Remarks and plan rows on sheets of their own, each under the name of its agency; pure."""

from __future__ import annotations

from itareport import thai
from itareport.errors import Place, problem
from itareport.kinds import full_name
from itareport.workbook import headers, layout, starting
from itareport.workbook.gathering import Gathered
from itareport.workbook.grid import Sheet
from itareport.workbook.reading_rows import put_rows
from itareport.workbook.reading_tables import Row, read_table
from itareport.workbook.wide.columns import AGENCY, DISTRICT
from itareport.workbook.wide.table import Table


def read(table: Table, sheet: Sheet, shape: layout.Table) -> None:
    """Give each agency the rows that name it; a row of no agency is a stray (D453).

    Args:
        table: Gets the rows.
        sheet: Where they stand.
        shape: The fields of one list of the data.
    """
    header = headers.find_header(sheet, [AGENCY, DISTRICT, *(c.header for c in shape.columns)])
    whose, area = header.columns.get(AGENCY), header.columns.get(DISTRICT)
    if whose is None:
        place = Place(sheet.file, sheet=sheet.name, sheet_no=sheet.no)
        table.strays.append(problem("D431", wanted=AGENCY).at(place))
        return
    into, own = Gathered(), _Names(table)
    found = read_table(shape, sheet, into)
    table.strays += into.problems
    of_agencies: dict[int, list[Row]] = {}
    for row in found.rows:
        line = next(place.line or 0 for place in row.places.values())
        texts = [
            cell.text if (cell := sheet.cells.get((line, at or 0))) else "" for at in (whose, area)
        ]
        agency = own.find(*texts)
        if agency is None:
            told = problem("D453", value=texts[0][:80])
            table.strays.append(told.at(sheet.place(line, whose)))
        else:
            of_agencies.setdefault(agency, []).append(row)
    for agency, rows in of_agencies.items():
        put_rows(shape, found, rows, table.beside.setdefault(agency, Gathered()))


class _Names:
    """The agencies of a table by their names."""

    def __init__(self, table: Table) -> None:
        self._rows: dict[str, list[tuple[str, int]]] = {}
        for agency in table.agencies:
            kind, name, district, _ = agency.identity
            of_name = self._rows.setdefault(headers.key_of(full_name(kind, name)), [])
            of_name.append((_area(district), agency.row))

    def find(self, name: str, district: str) -> int | None:
        """Return the row of the one agency of that name, in that district where one is given."""
        if not name.strip():
            return None
        rows = self._rows.get(headers.key_of(full_name(*starting.parted(name))), [])
        rows = [pair for pair in rows if not district or pair[0] == _area(district)]
        return rows[0][1] if len(rows) == 1 else None


def _area(district: str) -> str:
    return headers.key_of(thai.bare_area(district, "")[0])
