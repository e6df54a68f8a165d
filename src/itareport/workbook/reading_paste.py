"""Scores as they were copied from elsewhere: columns known by what stands in them.

A column of codes says which rows these are.  A header above the first code, ours or that of the
copied table, names the columns of scores; without one, the only column of numbers is theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from itareport import thai
from itareport.errors import Place
from itareport.model import Missing
from itareport.workbook import reading_codes
from itareport.workbook.gathering import Gathered
from itareport.workbook.grid import Sheet, letters
from itareport.workbook.headers import key_of
from itareport.workbook.layout import Kind, Table
from itareport.workbook.reading_tables import Found, Row, refuse_long
from itareport.workbook.reading_values import value_of

_ABOVE = 4
"""Title, help and headers, which may stand above the codes."""
_LONGEST = 40
"""The letters of a header; a longer text is a title or a note."""
_SCORES = ("คะแนน", "ผลคะแนน", "ร้อยละ", "score")
_NO_SCORES = ("เต็ม", "น้ำหนัก", "ถ่วง", "ปีก่อน")
_WORD = re.compile("[A-Za-zก-ฮ]")
_MISSING = frozenset(Missing)


def read_pasted(table: Table, sheet: Sheet, into: Gathered) -> Found:
    """Read the rows of every column of codes; tell where there is none (D441)."""
    whole = Place(sheet.file, sheet=sheet.name, sheet_no=sheet.no)
    ours = {key_of(text) for text in (table.title, table.help, *(c.header for c in table.columns))}
    filled = [at for at, cell in sorted(sheet.cells.items()) if key_of(cell.text) not in ours]
    blocks = list(_blocks(sheet))
    if filled and not blocks:
        into.tell("D441", sheet.place(*filled[0]), ("scores",))
    rows = [row for block in blocks for row in block.rows(into)]
    refuse_long(sheet, len(rows))
    reading_codes.tell((row.places["code"] for row in rows), into)
    return Found(whole, rows, [])


def holds_scores(sheet: Sheet) -> bool:
    """Tell whether codes stand in a sheet with numbers beside them."""
    return any(block.numbers() for block in _blocks(sheet))


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    """Yield each column of codes with the columns that are its own."""
    filled = Counter(column for _, column in sheet.cells)
    lasts = max(filled, default=0)
    columns = _code_columns(sheet, filled, reading_codes.is_marked) or _code_columns(
        sheet, filled, _is_mended
    )
    for number, column in enumerate(columns):
        last = columns[number + 1] - 1 if number + 1 < len(columns) else lasts
        first = 1 if len(columns) == 1 else column + 1
        rows = sorted(
            row for (row, at), cell in sheet.cells.items()
            if at == column and reading_codes.code_of(cell.text)
        )  # fmt: skip
        own = [at for at in sorted(filled) if first <= at <= last and at != column]
        yield _Block(sheet, column, rows, own)


def _code_columns(sheet: Sheet, filled: Counter[int], is_code: Callable[[str], bool]) -> list[int]:
    codes = Counter(column for (_, column), cell in sheet.cells.items() if is_code(cell.text))
    return sorted(at for at in codes if 2 * codes[at] >= filled[at] - _ABOVE)


def _is_mended(text: str) -> bool:
    """Tell whether a text is a code whose letter was typed as zero, and no decimal number."""
    return bool(reading_codes.code_of(text)) and "." not in text


@dataclass(frozen=True, slots=True)
class _Block:
    """A column of codes, and columns that may hold their scores."""

    sheet: Sheet
    code: int
    code_rows: list[int]
    own: list[int]

    def rows(self, into: Gathered) -> Iterator[Row]:
        """Yield the rows from the first code on, each with its code and its scores."""
        columns = {"code": self.code, **self._columns(into)}
        read = set(columns.values())
        numbers = {row for row, at in self.sheet.cells if at in read and row >= self.code_rows[0]}
        for number in sorted(numbers):
            row = Row()
            for name, at in columns.items():
                kind = Kind.CODE if name == "code" else Kind.SCORE
                row.places[name] = self.sheet.place(number, at)
                row.values[name] = value_of(self.sheet.cells.get((number, at)), kind)
            yield row

    def numbers(self) -> list[int]:
        """Return the columns in which numbers stand beside the codes, but for ordinals."""
        return [at for at in self.own if self._is_numeric(at) and not self._counts(at)]

    def _columns(self, into: Gathered) -> dict[str, int]:
        """Return which column holds which scores; tell where that cannot be known."""
        numeric, named = self.numbers(), self._named(into)
        misnamed = numeric and self._is_wordy(named.get("score"))
        if not numeric or (named and not misnamed):
            return named
        first, *others = (self.sheet.place(self.code_rows[0], at) for at in numeric)
        said = ", ".join(map(letters, numeric))
        if others:
            into.tell("D444", first, ("scores",), also_at=others, columns=said)
            return {}
        if misnamed:
            into.tell("D442", first, column=said)
        return {"score": numeric[0]}

    def _named(self, into: Gathered) -> dict[str, int]:
        """Return the filled columns that a header names, the nearest text above the first code."""
        named: dict[str, int] = {}
        filled = {at for row, at in self.sheet.cells if row >= self.code_rows[0]}
        for at in (at for at in self.own if at in filled):
            above = (row for row, c in self.sheet.cells if c == at and row < self.code_rows[0])
            head = self.sheet.place(max(above, default=0), at)
            name = _name(head.value or "")
            if name in named:
                first = self.sheet.place(self.code_rows[0], named[name])
                into.tell("D436", head, ("scores",), also_at=[first], header=head.value)
            elif name:
                named[name] = at
        return named

    def _texts(self, column: int) -> list[str]:
        cells = self.sheet.cells
        return [cells[row, column].text for row in self.code_rows if (row, column) in cells]

    def _is_wordy(self, column: int | None) -> bool:
        """Tell whether most of a column are words, other than why a score is missing."""
        texts = self._texts(column) if column else []
        words = [text for text in texts if _WORD.search(text) and text.strip() not in _MISSING]
        return 2 * len(words) > len(texts)

    def _is_numeric(self, column: int) -> bool:
        texts = self._texts(column)
        return bool(texts) and 2 * sum(_is_number(text) for text in texts) >= len(texts)

    def _counts(self, column: int) -> bool:
        """Tell whether a column counts the rows, 1, 2, 3 …, anew where it likes."""
        texts = [thai.arabic(text.strip()).rstrip(".") for text in self._texts(column)]
        numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
        pairs = zip([0, *numbers], numbers, strict=False)
        counted = len(numbers) == len(texts) and max(numbers, default=0) > 2
        return counted and all(after in (1, before + 1) for before, after in pairs)


def _name(text: str) -> str:
    """Return which scores a header names; "" where it names none."""
    key = key_of(text)
    if (
        not key
        or len(key) > _LONGEST
        or _is_number(text)
        or any(word in key for word in _NO_SCORES)
    ):
        return ""
    for part in ("1", "2"):
        if f"ส่วนที่{part}" in key or f"ส่วน{part}" in key:
            return f"part{part}"
    return "score" if key.startswith(_SCORES) else ""


def _is_number(text: str) -> bool:
    return thai.decimal(thai.arabic("".join(text.split()).removesuffix("%"))) is not None
