"""Remarks and plan rows on sheets of their own, each under the name of its agency; pure."""

from __future__ import annotations

from collections.abc import Sequence

from itareport import thai
from itareport.ita.kinds import full_name
from itareport.ita.model import Kind
from itareport.plain import Tree
from itareport.problems import Place, problem
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
    whose, area = header.columns.get(AGENCY), header.columns.get(DISTRICT)
    if whose is None:
        table.strays.append(problem("D431", wanted=AGENCY).at(sheet.whole))
        return
    into, known = Gathered(), Names(table)
    found = read_table(shape, sheet, into)
    table.strays += into.problems
    of_agencies: dict[int, list[Row]] = {}
    unconfirmed: dict[tuple[int, str], list[Place]] = {}
    of_none: dict[tuple[str, str], list[Place]] = {}
    for row in found.rows:
        line = next(place.line or 0 for place in row.places.values())
        texts = [
            str(value_of(sheet.cells.get((line, at or 0)), Kind.LINE).tree or "")
            for at in (whose, area)
        ]
        agencies = known.find(*texts)
        if len(agencies) == 1:
            of_agencies.setdefault(agencies[0], []).append(row)
            said = _signature(sheet, line, header)
            if not any(said.values()) and not row.tree("draft"):
                table.unsigned.setdefault(agencies[0], set()).add((sheet.name, line))
            elif lacking := _unconfirmed(row, said, sheet, line, header):
                unconfirmed.setdefault((agencies[0], lacking[0]), []).append(lacking[1])
        else:
            of_none.setdefault((texts[0], _why(texts[0], agencies)), []).append(
                sheet.place(line, whose)
            )
    for (name, why), (first, *more) in of_none.items():
        count = f" (ทั้งหมด {len(more) + 1} แถว)" if more else ""
        told = problem("D453", value=name[:80], why=f"{why}{count}")
        table.strays.append(told.at(first, more))
    for agency, rows in of_agencies.items():
        put_rows(shape, found.place, rows, table.beside.setdefault(agency, Gathered()))
    for (agency, why), (first, *more) in unconfirmed.items():
        told = problem("O652", count=len(more) + 1, why=why).at(first, more)
        table.told.setdefault(agency, []).append(told)


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
