"""The wide table as read: its agencies, the data of each, and what belongs to none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from itareport import thai
from itareport.ita import catalogue, codes
from itareport.ita.catalogue import Kinds
from itareport.ita.closed_words import bare_name
from itareport.ita.model import SCORE_FIELDS, Missing
from itareport.plain import PlainData
from itareport.problems import Place, Problem, problem
from itareport.reading.workbook.layout import Column, Key
from itareport.reading.workbook.reader.cell_text import value_of
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.writer import starting
from itareport.xlsx.grid import Cell, Sheet


@dataclass(frozen=True, slots=True)
class AgencyRow:
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
    agencies: list[AgencyRow] = field(default_factory=list)
    strays: list[Problem] = field(default_factory=list)
    """Of sheets of remarks and plans: what belongs to no agency of the table."""
    unread: list[str] = field(default_factory=list)
    """Columns that hold something and are not read, each with its header."""
    told: dict[int, list[Problem]] = field(default_factory=dict)
    """Of an agency's row what only those who keep the table are told."""
    year: int = 0
    """The fiscal year that most rows have; 0 where the program knows none of theirs."""
    unsigned: dict[int, set[tuple[str | None, int | None]]] = field(default_factory=dict)
    """Of an agency's row the rows of those sheets, by sheet and line, that nothing marks as drafts
    and nobody has signed."""
    beside: dict[int, Gathered] = field(default_factory=dict)
    """Of an agency's row its remarks and plan, from sheets of their own."""

    def document(self, agency: AgencyRow) -> PlainData:
        """Return the data of one agency, with the place of every value."""
        into = gathered(self.sheet, self.known, agency.row, self.kinds)
        own = self.beside.get(agency.row, Gathered())
        data = into.data | own.data
        data.setdefault("plan", [])
        places = into.places | own.places
        places.setdefault(("plan",), places[()])
        places = {path: replace(place, of_many=True) for path, place in places.items()}
        problems = (*into.problems, *own.problems)
        return PlainData(data, places, problems=(*self._of_another_year(into), *problems))

    def _of_another_year(self, row: Gathered) -> Iterator[Problem]:
        """Yield that a row's year asks for other columns than the table has."""
        said = year(str(row.data.get("fiscal_year") or ""))
        if said in (None, self.year) or said not in catalogue.known_years():
            return
        asked = catalogue.load(said).codes
        columns = {_code(column) for column in self.known.values()} - {""}
        rows: Any = row.data["scores"]
        given = {str(one["code"]) for one in rows}
        lacking = [code for code in asked if code not in columns]
        strange = sorted(given - {*asked}, key=codes.sort_key)
        why = [f"ซึ่งไม่มีคอลัมน์ {codes.listed(lacking)}"] if lacking else []
        why += [f"และแถวนี้มีคะแนนข้อ {codes.listed(strange)} ซึ่งปี {said} ไม่มี"] if strange else []
        if why:
            facts: Any = {"year": said, "other": self.year, "why": " ".join(why)}
            told = problem("D461", ("scores",), label="ปีงบประมาณ", **facts)
            yield told.at(row.places[("fiscal_year",)])


_YEAR = ("fiscal_year",)
_OF_SEVERAL_ROWS = ("fiscal_year", "agency")
_UNKNOWN = ("fault", "unstored")
_BEFORE_YEAR = re.compile(r"^\s*(?:ปีงบประมาณ|ปี)?\s*(?:พ\.\s*ศ\.)?\s*(?=[0-9๐-๙])")


def identity(sheet: Sheet, known: Mapping[int, Column], row: int, kinds: Kinds) -> dict[str, str]:
    """Return kind, name and area of the row's agency; kind and name may share one cell."""
    said = {
        str(column.path[-1]): thai.normalise(cell.text)[0].strip()
        for at, column in known.items()
        if column.path[0] == "agency"
        and (cell := _cell(sheet, column, row, at))
        and cell.kind not in _UNKNOWN  # told of where the cell is put
    }
    kind, name = _kind_and_name(said.get("kind", ""), said.get("name", ""), kinds)
    return said | {field: text for field, text in (("kind", kind), ("name", name)) if text}


def _kind_and_name(kind: str, name: str, kinds: Kinds) -> tuple[str, str]:
    if (known := kinds.kind(kind)) or not (kind or name):
        return (known.name, bare_name(kind, name, kinds)) if known else (kind, name)
    parted = starting.parted(f"{kind}{name}", kinds)  # the kind in short, or within the name
    return parted if kinds.kind(parted[0]) else (kind, name)


def _code(column: Column) -> str:
    """Return the code of the item whose score a column has; "" for other columns."""
    step = (
        column.path[1] if column.path[0] == "scores" and column.path[-1] in SCORE_FIELDS else None
    )
    return str(dict(step.values)["code"]) if isinstance(step, Key) else ""


def _bare_year(text: str) -> str:
    return _BEFORE_YEAR.sub("", text)


def year(text: str) -> int | None:
    """Read a Buddhist year, `พ.ศ. 2568`; None where it is none."""
    digits = re.sub(r"\.0+$", "", thai.arabic(_bare_year(thai.normalise(text)[0]).strip()))
    return int(digits) if len(digits) == 4 and digits.isdecimal() else None


def _cell(sheet: Sheet, column: Column, row: int, at: int) -> Cell | None:
    """Return a cell; of the year and the agency, which may be merged over rows, the shown one."""
    cell = sheet.cells.get((row, at))
    if cell is None and sheet.merged and column.path[0] in _OF_SEVERAL_ROWS:
        return sheet.cells.get(sheet.anchor(row, at))
    return cell


def gathered(sheet: Sheet, known: Mapping[int, Column], row: int, kinds: Kinds) -> Gathered:
    """Read one row."""
    into = Gathered({"agency": {}, "result": {"indicators": []}, "scores": []})
    into.places[()] = Place(sheet.file, row, sheet=sheet.name or None, sheet_no=sheet.no)
    agency, empty = identity(sheet, known, row, kinds), None
    into.data["signatures"] = [*starting.signatures(agency, kinds)]
    into.places[("signatures",)] = into.places[()]
    for at, column in known.items():
        place = sheet.place(row, at)
        if column.path[0] == "agency" and column.path[-1] in agency:
            into.put(column.path, agency[str(column.path[-1])], place)
        elif _lacks_score(sheet, column, place, into):
            empty = empty or place
    named = into.places.get(("agency", "name"), into.places[()])
    for name in agency.keys() - {column.path[-1] for column in known.values()}:
        into.put(("agency", name), agency[name], named)  # the kind, read from the name's cell
    into.places[("scores",)] = empty or into.places[()]
    return into


def _lacks_score(sheet: Sheet, column: Column, place: Place, into: Gathered) -> bool:
    """Put a cell's value; tell whether a score is not there."""
    value = value_of(_cell(sheet, column, place.line or 0, place.column or 0), column.field.kind)
    path, tree = column.path, value.tree
    if path == _YEAR and isinstance(tree, str):
        tree = _bare_year(tree)
    if tree is None and path[0] in ("scores", "signatures"):
        return path[-1] == "score"
    if tree is None and "tools" in path:
        return False
    reason = thai.one_of(tree, Missing) if path[0] == "scores" and isinstance(tree, str) else None
    if reason and path[-1] in SCORE_FIELDS:
        path, tree = (*path[:-1], "missing"), reason.value
    where = into.put(path, tree, place)
    if path[0] == "scores":
        for name in ("code", "score", "text"):
            into.places.setdefault((*where[:-1], name), place)
    into.tell_of(value, place, where)
    return False
