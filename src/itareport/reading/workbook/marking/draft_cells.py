"""A copy of a workbook with drafts in its empty cells, all else kept.

A remark goes into the row of its code, a row of the plan into the empty row of its issue; what
has no such row gets the next free one under the table.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from itareport import thai
from itareport.files import opc
from itareport.ita.model import Kind, Use
from itareport.problems import ItaReportError, Place, Problem, problem
from itareport.reading.workbook import headers
from itareport.reading.workbook.layout import WAITING, Table
from itareport.reading.workbook.reader.cell_text import is_blank, value_of
from itareport.reading.workbook.writer import cell_values
from itareport.reading.workbook.writer.row_heights import height
from itareport.xlsx import sheetxml
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Cell, Sheet, position, reference
from itareport.xlsx.opening import refuse, refusing

Rows = Iterable[Mapping[str, Any]]
"""Rows of a list of the data, as plain data: field -> value."""

Says = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Shared:
    """The columns that tables of many agencies have besides, by their headers."""

    whose: Mapping[str, str]
    """By the names under which the drafts say whose they are."""
    confirmed: tuple[str, ...]
    """Those that say who has confirmed a draft, and when; the first waits for a name."""

    @property
    def headers(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.whose.values(), *self.confirmed)


_ROWS = 1_048_576
"""Of a sheet."""


def drafted(
    book: Book,
    tables: Iterable[tuple[Table, str, Rows]],
    texts: Iterable[tuple[Place, str]],
    says: Says,
    *,
    refresh: bool = False,
    shared: Shared | None = None,
) -> bytes:
    """Return a copy of a workbook with drafts in its empty cells.

    Args:
        book: The workbook.
        tables: Of each table the list of the data that the drafts are of, and the drafts.
        texts: Drafts that have a cell of their own, with its place.
        says: Tells whether a text says anything: a dash does not.
        refresh: Whether a row that is still marked as a draft counts as empty.
        shared: Of tables that many agencies share, the columns that say whose a row is.

    Raises:
        ItaReportError: D425, D426: a part of the workbook is too big, or damaged; D430, D431,
            D440: the sheet, the column or the cell of a draft cannot be filled.
    """
    parts = book.package.changing()
    taken: list[Problem] = []
    for table, of_list, rows in tables:
        wanted = list(rows)
        if wanted or refresh:
            filling = _filling(book, table, of_list, says, refresh=refresh, shared=shared)
            taken += _fill(parts, filling, wanted)
    for place, text in texts:
        _write(parts, book.sheet(place.sheet or ""), place, text)
    if taken:
        raise ItaReportError(*taken)
    with refusing(book.file):
        return opc.write(parts)


def _fill(
    parts: MutableMapping[str, bytes], filling: _Filling, rows: list[Mapping[str, Any]]
) -> list[Problem]:
    """Write the drafts of one list; return what keeps a draft from its cell."""
    sheet, taken = filling.sheet, []
    with refusing(sheet.file):
        root = sheetxml.parsed(parts[sheet.part])
        for row in rows:
            place = filling.placed(row)
            if place is None:
                continue
            if place.like:
                sheetxml.look_alike(root, place.row, place.like)
            for column, text in place.texts.items():
                cell = reference(place.row, column)
                if why := _why_not(root, sheet, place.row, column):
                    at = sheet.place(place.row, column)
                    taken.append(problem("D440", why=why).at(at))
                elif isinstance(text, int):
                    sheetxml.set_number(root, cell, text)
                else:
                    sheetxml.set_text(root, cell, text)
            high = (height(str(t), sheetxml.width(root, at)) for at, t in place.texts.items())
            sheetxml.heighten(root, place.row, max(high))
        for cell in filling.left():
            sheetxml.clear(root, cell)
        parts[sheet.part] = sheetxml.written(root)
    return taken


def _write(parts: MutableMapping[str, bytes], sheet: Sheet, place: Place, text: str) -> None:
    """Write a draft into the one cell that is its own."""
    with refusing(sheet.file):
        root = sheetxml.parsed(parts[sheet.part])
        cell = place.cell or ""
        sheetxml.set_text(root, cell, text)
        at = position(cell)
        assert at is not None
        row, column = at
        sheetxml.heighten(root, row, height(text, sheetxml.width(root, column)))
        parts[sheet.part] = sheetxml.written(root)


def _why_not(root: etree._Element, sheet: Sheet, row: int, column: int) -> str:
    """Say what keeps a text from a cell that shows nothing; "" where nothing does."""
    if sheet.anchor(row, column) != (row, column):
        return "อยู่ใต้ช่องที่ผสานไว้"
    return "มีสูตร" if sheetxml.has_formula(root, reference(row, column)) else ""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft in its row."""

    row: int
    texts: Mapping[int, str | int]
    """Of each column what is to be written."""
    like: int = 0
    """For a row that is new: the row whose look it takes."""


@dataclass(slots=True)
class _Filling:
    """Where the drafts of one list go in the sheet of its table."""

    table: Table
    sheet: Sheet
    columns: Mapping[str, tuple[int, Kind]]
    """Of each field the number of its column, and what its cells hold."""
    read: frozenset[int]
    """The columns of the table that are read."""
    header_row: int
    says: Says
    refresh: bool
    whose: tuple[str, ...] = ()
    """Of a table that many agencies share: the fields that say whose a row is."""
    confirmed: tuple[int, ...] = ()
    """There, the columns that say who has confirmed a draft, and when."""
    taken: set[int] = field(default_factory=set)
    _rows: dict[int, dict[int, Cell]] = field(init=False)
    _of_key: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    _last: int = 0

    def __post_init__(self) -> None:
        """Put the cells in order, once for all drafts."""
        self._rows = {}
        for (row, at), cell in sorted(self.sheet.cells.items()):
            self._rows.setdefault(row, {})[at] = cell
        column, self._last = self.columns[self.table.key][0], self.header_row
        for row, cells in self._rows.items():
            if column in cells:
                self._last = max(self._last, row)
            if column in cells and row > self.header_row:
                self._of_key.setdefault(self._key(cells), []).append(row)

    def placed(self, row: Mapping[str, Any]) -> _Draft | None:
        """Return where a draft stands, and what is to be written; None where one is kept."""
        texts = {
            self.columns[name][0]: value if isinstance(value, int) else str(value)
            for name, given in row.items()
            if name in self.columns
            and (value := cell_values.cell(given, self.columns[name][1])) is not None
        }
        texts |= dict.fromkeys(self.confirmed[:1], WAITING)
        column = self.columns[self.table.key][0]
        wanted = [
            str(texts.get(self.columns[name][0], "")) for name in (self.table.key, *self.whose)
        ]
        key = tuple(map(headers.key_of, wanted))
        if self._is_kept(key):
            return None
        number = self._empty_row(key)
        if number is not None:
            self._take(number)
            return _Draft(number, {at: text for at, text in texts.items() if at != column})
        last = self._last
        number = next(row for row in itertools.count(last + 1) if self._is_free(row))
        if number > _ROWS:
            refuse("D425", self.sheet.file, what=f'แผ่นงาน "{self.sheet.name}" ไม่มีแถวว่าง')
        self._take(number)
        return _Draft(number, texts, last if last > self.header_row else 0)

    def _take(self, number: int) -> None:
        self.taken.add(number)
        self._last = max(self._last, number)

    def left(self) -> Iterator[str]:
        """Yield the cells of old drafts that no new one stands in: their texts and marks.

        Where rows tell their agency, nothing of them stays.
        """
        kept = {row for key, rows in self._of_key.items() if self._is_kept(key) for row in rows}
        for row in sorted(self._rows.keys() - self.taken - kept):
            if row <= self.header_row or not self._is_old(row):
                continue
            for name, (column, _) in self.columns.items():
                if (self.whose or name != self.table.key) and column in self._rows[row]:
                    yield reference(row, column)
            for column in self.confirmed:
                yield reference(row, column)

    def _is_kept(self, key: tuple[str, ...]) -> bool:
        """Return whether somebody has begun to confirm drafts of a key: they are not made anew."""
        return self.refresh and any(map(self._is_begun, self._of_key.get(key, ())))

    def _is_begun(self, row: int) -> bool:
        signed = (cell.text for at in self.confirmed if (cell := self._rows[row].get(at)))
        return any(text.strip() for text in signed) and self._says(row)

    def _is_old(self, row: int) -> bool:
        """Return whether a row is a draft that is made anew."""
        cells = self._rows.get(row, {})
        cell = cells.get(self.columns["draft"][0])
        is_marked = cell is not None and bool(cell.text and cell.text.strip())
        signed = [cells[at].text for at in self.confirmed if at in cells]
        return self.refresh and is_marked and set(signed) <= {WAITING}

    def _is_free(self, number: int) -> bool:
        """Return whether a row is empty, but for the formulas of rows that wait to be filled."""
        cells = self._rows.get(number, {}).items()
        merged = any(top <= number <= bottom for top, _, bottom, _ in self.sheet.merged)
        return not merged and all(cell.formula and at not in self.read for at, cell in cells)

    def _empty_row(self, wanted: tuple[str, ...]) -> int | None:
        """Return the first row of a key with nothing beside it."""
        rows = self._of_key.get(wanted, ())
        return next((row for row in rows if row not in self.taken and not self._says(row)), None)

    def _key(self, cells: Mapping[int, Cell]) -> tuple[str, ...]:
        """Return what a row is about, and whose it is where rows tell."""
        at, kind = self.columns[self.table.key]
        text = str(value_of(cells[at], kind).tree)
        about = cell_values.code(text) if self.table.key == "code" else text
        whose = (cells.get(self.columns[name][0]) for name in self.whose)
        return tuple(map(headers.key_of, (about, *(cell.text if cell else "" for cell in whose))))

    def _says(self, row: int) -> bool:
        """Return whether a row says anything of the draft's list; its key and mark do not count."""
        if self._is_old(row):
            return False
        aside = (self.table.key, "draft", *self.whose)
        own = (c for name, (c, _) in self.columns.items() if name not in aside)
        texts = (cell.text for column in own if (cell := self._rows[row].get(column)))
        plain = (thai.normalise(text)[0].strip() for text in texts)
        return any(is_blank(text) or self.says(text) for text in plain if text)


def _filling(
    book: Book, table: Table, of_list: str, says: Says, *, refresh: bool, shared: Shared | None
) -> _Filling:
    name = headers.find_sheet(book.names, table.sheet)
    if name is None:
        found = problem("D430", sheet=table.sheet, found=book.listed)
        raise ItaReportError(found.at(Place(book.file)))
    sheet = book.sheet(name)
    header = headers.find_header(sheet, [*table.headers, *(shared.headers if shared else ())])
    columns: dict[str, tuple[int, Kind]] = {}
    for column in table.read:
        name = next((str(path[-1]) for path in column.field.paths if path[0] == of_list), None)
        at = header.columns.get(column.header)
        if name and at is not None:
            columns[name] = (at, column.field.kind)
        elif name and column.field.described.use is not Use.OPTIONAL:
            raise ItaReportError(problem("D431", wanted=column.header).at(sheet.whole))
    read = frozenset(header.columns.get(column.header, 0) for column in table.read)
    if shared is None:
        return _Filling(table, sheet, columns, read, header.row, says, refresh)
    for name, title in shared.whose.items():
        if title not in header.columns:
            raise ItaReportError(problem("D431", wanted=title).at(sheet.whole))
        columns[name] = (header.columns[title], Kind.LINE)
    confirmed = tuple(at for name in shared.confirmed if (at := header.columns.get(name)))
    return _Filling(
        table, sheet, columns, read, header.row, says, refresh, tuple(shared.whose), confirmed
    )
