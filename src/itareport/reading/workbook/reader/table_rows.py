"""A table of the workbook -> rows of cells, wherever they are -> the lists of the data."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from itareport import thai
from itareport.ita.model import SCORE_FIELDS, Kind, Missing
from itareport.plain import Tree
from itareport.problems import FieldPath, Place
from itareport.reading.workbook.headers import Header, find_header, key_of
from itareport.reading.workbook.layout import Column, Field, Table
from itareport.reading.workbook.reader.cell_text import code_of, tell_codes, value_of
from itareport.reading.workbook.reader.gathering import Gathered, Value
from itareport.reading.workbook.sheets import QUESTION
from itareport.xlsx.grid import Sheet, letters
from itareport.xlsx.opening import refuse

MAX_TABLE = 20_000
"""Rows of a sheet of many agencies."""
_NOTE = re.compile(r"[\s*(]*(?:หมายเหตุ|ที่มา|โน้ต|บันทึกช่วยจำ)\s*(?:[:：]|ว่า|\s|\))")


@dataclass(slots=True)
class Row:
    """One row of a table: of each field, by its name, its value and place."""

    values: dict[str, Value] = dataclasses.field(default_factory=dict)
    places: dict[str, Place] = dataclasses.field(default_factory=dict)

    def read(self, name: str, sheet: Sheet, at: tuple[int, int], kind: Kind) -> None:
        """Read the cell of a field."""
        self.places[name] = sheet.place(*at)
        self.values[name] = value_of(sheet.cells.get(at), kind)

    def move_reasons(self) -> None:
        """Read the reason of a missing score that stands where the score should, as a reason."""
        for name in SCORE_FIELDS:
            tree = self.tree(name)
            reason = thai.one_of(tree, Missing) if isinstance(tree, str) else None
            if reason and self.tree("missing") in (None, reason):
                self.values["missing"] = Value(reason.value)
                self.places["missing"] = self.places[name]
                self.values[name] = Value()

    def tree(self, name: str) -> Tree:
        """Return the value of a field, or None."""
        value = self.values.get(name)
        return value.tree if value else None


@dataclass(frozen=True, slots=True)
class Found:
    """A table as found in its sheet."""

    place: Place
    """Of the header of its key."""
    rows: list[Row] = dataclasses.field(default_factory=list)
    names: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Of each row its code and what the sheet calls it, where the table says so."""
    header: Header | None = None


def read_table(table: Table, sheet: Sheet, into: Gathered, most: int = MAX_TABLE) -> Found:
    """Read the rows under the header; each has a place for every field, empty or not.

    Raises:
        ItaReportError: D425: more rows than `most`.
    """
    key = table.by
    header = find_header(sheet, table.headers, needed=[key.header] if key else [])
    if not header.row:
        first = key or table.read[0]
        into.tell("D431", sheet.whole, (table.group,), wanted=first.header)
        return Found(sheet.whole)
    at = {c: header.columns[c.header] for c in table.read if c.header in header.columns}
    _tell_doubled(header, {column.header for column in table.read}, sheet, into)
    _tell_lacking(table, header, sheet, into)
    numbers = list(_numbers(sheet, header, at, key))
    refuse_long(sheet, len(numbers), most)
    rows = [_row(at, sheet, row, key) for row in numbers]
    if table.group == "scores":
        _read_aside(rows, at, header, sheet, into)
        for row in rows:
            row.move_reasons()
    if key and key.field.kind is Kind.CODE:
        tell_codes((row.places["code"] for row in rows), into)
    corner = header.columns[key.header] if key else min(at.values())
    return Found(sheet.place(header.row, corner), rows, _names(sheet, header, key), header)


_LEAST_ASIDE = 5
"""Scores that stand in another column, below which each is told by itself."""


def _read_aside(
    rows: list[Row], at: dict[Column, int], header: Header, sheet: Sheet, into: Gathered
) -> None:
    """Read scores that were pasted some columns aside, and tell so once (D449).

    Those of IIT and OIT have no halves: what stands there is the whole score.
    """
    columns = {column.name: where for column, where in at.items()}
    score = columns.get("score")
    bare = [row for row in rows if not row.tree("score") and not _reason(row)]
    whole = [row for row in bare if not code_of(str(row.tree("code") or "")).startswith("e")]
    if score is None or len(whole) < _LEAST_ASIDE:
        return
    halves = {columns.get("part1"), columns.get("part2")}
    for column in _asides(columns, header, sheet):
        found = [row for row in whole if _is_score(_beside(row, sheet, column))]
        if 2 * len(found) <= len(whole):
            continue
        names = [name for name, where in columns.items() if where == column]
        for row in found if column in halves else bare:
            if _is_score(text := _beside(row, sheet, column)):
                row.values |= dict.fromkeys(names, Value())
                row.values["score"], row.places["score"] = (
                    Value(text),
                    sheet.place(row.places["code"].line or 0, column),
                )
        facts = {"column": letters(column), "right": letters(score), "count": len(found)}
        into.tell("D449", found[0].places["score"], ("scores",), **facts)
        return


def _reason(row: Row) -> bool:
    """Return whether a row says why its score is missing, in the column for that."""
    return thai.one_of(str(row.tree("missing") or ""), Missing) is not None


def _asides(columns: dict[str, int], header: Header, sheet: Sheet) -> list[int]:
    """Return the columns in which scores may stand by mistake, the nearest first.

    What only informs beside the codes may be numbers: the issue's, for one.
    """
    score, last = columns["score"], max(header.columns.values())
    ours = {header.columns.get(QUESTION, 0), *columns.values()} - {0, score, columns["code"]}
    beyond = {column for _, column in sheet.cells if column > last}
    return sorted(ours | beyond, key=lambda column: abs(column - score))


def _beside(row: Row, sheet: Sheet, column: int) -> str:
    """Return what stands in a column of the row."""
    cell = sheet.cells.get((row.places["code"].line or 0, column))
    return cell.text if cell else ""


def _is_score(text: str) -> bool:
    number = thai.decimal(thai.arabic("".join(text.split())))
    return number is not None and 0 <= number <= 100


def refuse_long(sheet: Sheet, rows: int, most: int) -> None:
    """Refuse a table with far more rows than any year has.

    Raises:
        ItaReportError: D425
    """
    if rows > most:
        refuse("D425", sheet.file, what=f'แผ่นงาน "{sheet.name}" มีแถวมากเกินไป')


def _tell_doubled(header: Header, read: set[str], sheet: Sheet, into: Gathered) -> None:
    for name, first, second in header.doubled:
        filled = any(row > header.row and at == second for row, at in sheet.cells)
        if name in read and filled:
            other = sheet.place(header.row, first)
            into.tell("D436", sheet.place(header.row, second), also_at=(other,), header=name)


def _tell_lacking(table: Table, header: Header, sheet: Sheet, into: Gathered) -> None:
    """Report needed columns without a header (D431), at the one unknown header if there is one."""
    known = {*header.columns.values(), *(second for _, _, second in header.doubled)}
    strange = [at for row, at in sheet.cells if row == header.row and at not in known]
    place = sheet.place(header.row, strange[0]) if len(strange) == 1 else sheet.whole
    for column in table.read:
        needed = column.needed or (column.name == "score" and strange)
        if needed and column.header not in header.columns:
            into.tell("D431", place, (str(column.path[0]),), wanted=column.header)


def _numbers(
    sheet: Sheet, header: Header, at: dict[Column, int], key: Column | None
) -> Iterator[int]:
    """Yield the rows under the header in which something stands, but no header again, no note."""
    read = set(at.values())
    for row in sorted({row for row, column in sheet.cells if row > header.row and column in read}):
        same = [
            name
            for name, column in header.columns.items()
            if (cell := sheet.cells.get((row, column))) and key_of(cell.text) == key_of(name)
        ]
        again = len(same) > 1 or (key is not None and key.header in same)
        if not again and not _is_note(sheet, row, read):
            yield row


def _is_note(sheet: Sheet, row: int, columns: set[int]) -> bool:
    """Return whether nothing but one note stands in a row: it is no row of the table."""
    texts = [cell.text for at in columns if (cell := sheet.cells.get((row, at)))]
    return len(texts) == 1 and _NOTE.match(texts[0]) is not None


def _row(at: dict[Column, int], sheet: Sheet, number: int, key: Column | None) -> Row:
    row = Row()
    for column, where in at.items():
        anchor = sheet.anchor(number, where)
        spans = anchor[0] == number or (column is key and column.field.kind is Kind.WHOLE)
        place = anchor if spans and anchor[1] == where else (number, where)
        row.read(column.name, sheet, place, column.field.kind)
    return row


def _names(sheet: Sheet, header: Header, key: Column | None) -> list[tuple[str, str]]:
    named = header.columns.get(QUESTION)
    if named is None or key is None:
        return []
    code = header.columns[key.header]
    return [
        (sheet.cells[row, code].text, cell.text)
        for (row, column), cell in sheet.cells.items()
        if column == named and row > header.row and (row, code) in sheet.cells
    ]


_ALWAYS = ("scores", "plan", "signatures")
"""Lists that the data must have, be they empty."""


def put_rows(table: Table, place: Place, rows: list[Row], into: Gathered) -> None:
    """Put each filled row into its lists; a row of scores may be one of remarks too."""
    fields = [column.field for column in table.read]
    for name in dict.fromkeys(str(path[0]) for field in fields for path in field.paths):
        of_list = [field for field in fields if any(path[0] == name for path in field.paths)]
        _put_list(name, of_list, table.key, rows, into, place)


def _put_list(
    name: str, fields: list[Field], key: str, rows: list[Row], into: Gathered, place: Place
) -> None:
    before = into.data.get(name)
    entries: list[Tree] = [*before] if isinstance(before, list) else []
    into.places[(name,)] = place
    filling = [f.name for f in fields if f.name != key and f.kind is not Kind.MARK]
    unfilled = None
    for row in rows:
        if all(row.tree(step) is None for step in filling):
            unfilled = unfilled or row
            _tell_mark(fields, row, into)
            if (wanted := row.tree(key)) and filling[0] in row.places:  # where it is to be filled
                into.places.setdefault((name, thai.arabic(str(wanted))), row.places[filling[0]])
            continue
        entries.append(_entry((name, len(entries)), fields, row, into))
    if entries or name in _ALWAYS:
        into.data[name] = entries
    if unfilled and name in _ALWAYS:
        cells = (unfilled.places[step] for step in filling if step in unfilled.places)
        into.places[(name,)] = next(cells, place)


def _tell_mark(fields: list[Field], row: Row, into: Gathered) -> None:
    """Report the mark of a draft that is not there (D439)."""
    for field in fields:
        if field.kind is Kind.MARK and row.tree(field.name) is not None:
            into.tell("D439", row.places[field.name], count=1)


def _entry(where: FieldPath, fields: list[Field], row: Row, into: Gathered) -> dict[str, Tree]:
    entry: dict[str, Tree] = {}
    for field in fields:
        step = field.name
        if step not in row.places:
            continue
        path, place, value = (*where, step), row.places[step], row.values[step]
        into.places.setdefault(where, place)
        into.places[path] = place
        if value.tree is not None:
            entry[step] = value.tree
        for index in range(len(value.tree) if isinstance(value.tree, list) else 0):
            into.places[(*path, index)] = place
        if where[0] == field.path[0]:
            into.tell_of(value, place, path)
    for name, place in row.places.items():  # a score's remark, which may be wanted
        into.places.setdefault((*where, name), place)
    return entry
