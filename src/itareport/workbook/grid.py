"""The sheets of a workbook as cells: text as the clerk sees it, and how it came to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from itareport.errors import Place
from itareport.workbook.numbers import Format, format_kind, shown
from itareport.workbook.opening import Package, refuse
from itareport.workbook.xmlparts import Reader, read_part, relations

Kind = Literal["text", "number", "percent", "date", "fault", "unstored"]
Area = tuple[int, int, int, int]
"""First row and column, last row and column."""

MAX_ROWS = 100_000
MAX_CELLS = 200_000
MAX_COLUMN = 16_384
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    text: str
    kind: Kind = "text"
    formula: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet: the cells with something in them, by row and column from 1."""

    name: str
    no: int
    part: str
    file: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, with what stands in it."""
        cell = self.cells.get((row, column))
        return Place(
            self.file, row, column, self.name, reference(row, column),
            cell.text if cell else None, self.no,
        )  # fmt: skip

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that shows where a cell lies under a merged area."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column


def letters(column: int) -> str:
    """Write the number of a column as its letters."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def reference(row: int, column: int) -> str:
    """Write a cell's name, `F12`."""
    return f"{letters(column)}{row}"


def position(name: str) -> tuple[int, int] | None:
    """Read a cell's name as row and column."""
    match = _REFERENCE.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class _Strings(Reader):
    """The shared strings: rich text joined, readings of other scripts left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text: list[str] = []
        self._aside = 0

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if name == "si":
            self._text = []
        elif name == "rPh":
            self._aside += 1

    def closes(self, name: str, text: str) -> None:
        if name == "t" and not self._aside:
            self._text.append(text)
        elif name == "rPh":
            self._aside -= 1
        elif name == "si":
            self.found.append("".join(self._text))


class _Styles(Reader):
    """What each style of cells shows numbers as."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._within = False
        self.kinds: list[Format] = []

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            number = _whole(attributes.get("numFmtId"))
            self.kinds.append(format_kind(number, self._codes.get(number)))

    def closes(self, name: str, text: str) -> None:
        del text
        if name == "cellXfs":
            self._within = False


class _Book(Reader):
    """The names of the sheets, in order."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Cells(Reader):
    """The cells of one sheet, as they come."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self._sheet, self._book = sheet, book
        self._row = self._column = self._rows = 0
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._inline: list[str] = []
        self._formula = False

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin(attributes)
        elif name == "row":
            self._rows += 1
            self._row = _whole(attributes.get("r")) or self._row + 1
            self._column = 0
            if self._rows > MAX_ROWS:
                self._too_many("แถว")
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            start, end = position(first), position(last or first)
            if start and end and len(self._sheet.merged) < 5_000:
                self._sheet.merged.append((*start, *end))

    def closes(self, name: str, text: str) -> None:
        if name == "v":
            self._value = text
        elif name == "t" and len(self._inline) < 1_000:
            self._inline.append(text)
        elif name == "c":
            self._end()

    def _begin(self, attributes: dict[str, str]) -> None:
        self._attributes, self._value, self._inline = attributes, None, []
        self._formula = False
        place = position(attributes.get("r", ""))
        self._row, self._column = place or (max(self._row, 1), self._column + 1)

    def _end(self) -> None:
        cell = self._book.cell(self._attributes, self._value, self._inline, formula=self._formula)
        if cell is not None and self._column <= MAX_COLUMN:
            self._sheet.cells[self._row, self._column] = cell
            if len(self._sheet.cells) > MAX_CELLS:
                self._too_many("ช่อง")

    def _too_many(self, what: str) -> None:
        refuse("D425", self._sheet.file, what=f'แผ่นงาน "{self._sheet.name}" มี{what}มากเกินไป')


class Book:
    """A workbook as sheets of cells."""

    def __init__(self, package: Package) -> None:
        """Read the names of the sheets, the strings and the number formats."""
        self.package = package
        home = relations(package, "")
        self.part = next((p for kind, p in home.values() if kind == "officeDocument"), "")
        book, self._styles, strings = _Book(), _Styles(), _Strings()
        if not package.has(self.part):
            refuse("D426", package.name)
        read_part(package, self.part, book)
        self.relations = relations(package, self.part)
        for kind, part in self.relations.values():
            if kind == "styles" and package.has(part):
                read_part(package, part, self._styles)
            elif kind == "sharedStrings" and package.has(part):
                read_part(package, part, strings)
        self._strings, self._since_1904 = strings.found, book.since_1904
        self._sheets = [
            (name, part)
            for name, key in book.sheets
            for kind, part in [self.relations.get(key, ("", ""))]
            if kind == "worksheet" and package.has(part)
        ]

    @property
    def names(self) -> list[str]:
        """The names of the sheets that hold cells."""
        return [name for name, _ in self._sheets]

    def sheet(self, name: str) -> Sheet:
        """Read the cells of one sheet."""
        no = self.names.index(name)
        sheet = Sheet(name, no + 1, self._sheets[no][1], self.package.name)
        read_part(self.package, sheet.part, _Cells(sheet, self))
        return sheet

    def cell(
        self, attributes: dict[str, str], value: str | None, inline: list[str], *, formula: bool
    ) -> Cell | None:
        """Make a cell of what its element holds; None where nothing is in it."""
        kind = attributes.get("t", "n")
        if formula and not value and kind != "str":
            return Cell("", "unstored", formula=True)
        if kind == "inlineStr":
            return _text("".join(inline), formula=formula)
        if value is None:
            return None
        if kind == "s":
            index = _whole(value)
            known = value.isascii() and value.isdecimal() and index < len(self._strings)
            return _text(self._strings[index], formula=formula) if known else None
        if kind == "e":
            return Cell(value, "fault", formula)
        if kind == "b":
            return Cell("TRUE" if value == "1" else "FALSE", "text", formula)
        if kind == "d":
            return Cell(value[:10], "date", formula)
        return _text(value, formula=formula) if kind == "str" else self._number(
            attributes, value, formula=formula
        )

    def _number(self, attributes: dict[str, str], value: str, *, formula: bool) -> Cell | None:
        style, kinds = _whole(attributes.get("s")), self._styles.kinds
        form: Format = kinds[style] if style < len(kinds) else "plain"
        text = shown(value, form, since_1904=self._since_1904)
        if text is None:
            return _text(value, formula=formula)
        if form == "date":
            return Cell(text, "date" if "-" in text[1:] else "number", formula)
        return Cell(text, "number" if form == "plain" else "percent", formula)


def _text(value: str, *, formula: bool) -> Cell | None:
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Cell(text, "text", formula) if text.strip() else None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0
