"""A copy of a workbook with drafts in its empty cells, all else kept.

A remark goes into the row of its code, a row of the plan into the empty row of its issue; what
has no such row gets a new one under the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from itareport import package
from itareport.errors import ItaReportError, Place, problem
from itareport.workbook import headers, layout, pages, sheetxml, values
from itareport.workbook.book import Book
from itareport.workbook.grid import Sheet, reference
from itareport.workbook.layout import Kind, Table
from itareport.workbook.opening import opened, refuse

Rows = Iterable[Mapping[str, Any]]
"""Rows of a list of the data, as plain data: field -> value."""

Says = Callable[[str], bool]


def drafted(data: bytes, name: str, tables: Iterable[tuple[Table, str, Rows]], says: Says) -> bytes:
    """Return the copy.

    Args:
        data: The workbook.
        name: Its file's name.
        tables: Of each table the list of the data that the drafts are of, and the drafts.
        says: Tells whether a text says anything: a dash does not.

    Raises:
        ItaReportError: D420 to D427: no workbook that can be read; D430, D431: the sheet or the
            column of a draft is not there.
    """
    book = Book(opened(data, name))
    parts = package.read(data)
    for table, of_list, rows in tables:
        wanted = list(rows)
        if wanted:
            _fill(parts, _filling(book, table, of_list, says), wanted)
    return package.write(parts)


def _fill(parts: dict[str, bytes], filling: _Filling, rows: list[Mapping[str, Any]]) -> None:
    sheet = filling.sheet
    try:
        root = sheetxml.parsed(parts[sheet.part])
        for row in rows:
            number, texts = filling.placed(row)
            for column, text in texts.items():
                sheetxml.set_text(root, reference(number, column), text)
            high = (pages.height(text, sheetxml.width(root, at)) for at, text in texts.items())
            sheetxml.heighten(root, number, max(high))
        parts[sheet.part] = sheetxml.written(root)
    except (etree.LxmlError, ValueError, LookupError):
        refuse("D426", sheet.file)


@dataclass(slots=True)
class _Filling:
    """Where the drafts of one list go in the sheet of its table."""

    table: Table
    sheet: Sheet
    columns: Mapping[str, tuple[int, Kind]]
    """Of each field the number of its column, and what its cells hold."""
    header_row: int
    says: Says
    taken: set[int] = field(default_factory=set)

    def placed(self, row: Mapping[str, Any]) -> tuple[int, dict[int, str]]:
        """Return the row for a draft, and the text of each column that is to be written."""
        key = self.table.key
        texts = {
            self.columns[name][0]: str(text)
            for name, value in row.items()
            if (text := values.cell(value, self.columns[name][1])) is not None
        }
        column = self.columns[key][0]
        number = self._empty_row(headers.key_of(texts[column]))
        if number is None:  # a new one, under all others
            number = max((self.header_row, *self.taken, *(at for at, _ in self.sheet.cells))) + 1
        else:
            del texts[column]
        self.taken.add(number)
        return number, texts

    def _empty_row(self, wanted: str) -> int | None:
        """Return the first row of a key with nothing beside it."""
        column = self.columns[self.table.key][0]
        for (row, at), cell in sorted(self.sheet.cells.items()):
            fits = at == column and row > self.header_row and self._key(cell.text) == wanted
            if fits and row not in self.taken and not self._says(row):
                return row
        return None

    def _key(self, text: str) -> str:
        return headers.key_of(values.code(text) if self.table.key == "code" else text)

    def _says(self, row: int) -> bool:
        """Tell whether a row says anything of the draft's list; its key and mark do not count."""
        own = (c for name, (c, _) in self.columns.items() if name not in (self.table.key, "draft"))
        texts = (cell.text for column in own if (cell := self.sheet.cells.get((row, column))))
        return any(self.says(text.replace(layout.EMPTY, "")) for text in texts)


def _filling(book: Book, table: Table, of_list: str, says: Says) -> _Filling:
    name = headers.find_sheet(book.names, table.sheet)
    if name is None:
        found = ", ".join(book.names)[:200]
        raise ItaReportError(
            problem("D430", sheet=table.sheet, found=found).at(Place(book.package.name))
        )
    sheet = book.sheet(name)
    header = headers.find_header(sheet, [column.header for column in table.columns])
    columns: dict[str, tuple[int, Kind]] = {}
    for column in table.columns:
        paths = (column.field.path, *column.field.also) if column.field else ()
        for path in paths:
            if path[0] == of_list and column.field:
                at = header.columns.get(column.header)
                if at is None:
                    place = Place(sheet.file, sheet=sheet.name, sheet_no=sheet.no)
                    raise ItaReportError(problem("D431", wanted=column.header).at(place))
                columns[str(path[-1])] = (at, column.field.kind)
    return _Filling(table, sheet, columns, header.row, says)
