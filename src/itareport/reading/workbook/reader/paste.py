"""Scores as they were copied from elsewhere, and put where the table of scores has none.

A column of codes says which rows these are.  A header above the first code, ours or that of the
copied table, names the columns of scores; without one, the only column of numbers is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itareport import thai
from itareport.ita import codes
from itareport.ita.model import SCORE_FIELDS, Kind, Missing
from itareport.plain import Tree
from itareport.reading.workbook import layout
from itareport.reading.workbook.headers import key_of
from itareport.reading.workbook.layout import Table
from itareport.reading.workbook.reader.cell_text import code_of, is_marked, tell_codes
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.table_rows import Found, Row, refuse_long
from itareport.xlsx.grid import Sheet, letters

_ABOVE = 4
"""Title, help and headers, which may stand above the codes."""
_MOST_BLOCKS = 20
"""Columns of codes: IIT, EIT and OIT side by side are three."""
_LEAST_ACROSS = 4
"""Columns of one code each, which are none of codes."""
_TOLD = 8
"""Columns that are named in a message."""
_LONGEST = 40
"""The letters of a header; a longer text is a title or a note."""
_SCORE_WORDS = ("คะแนน", "ผลคะแนน", "ร้อยละ", "score")
_NO_SCORES = ("เต็ม", "น้ำหนัก", "ถ่วง", "ปีก่อน")
_WORD = re.compile("[A-Za-zก-ฮ]")


def read_pasted(table: Table, sheet: Sheet, into: Gathered, most: int) -> Found:
    """Read the rows of every column of codes, at most `most`; report a lack of any (D441)."""
    ours = set(map(key_of, layout.texts(table)))
    filled = [at for at, cell in sorted(sheet.cells.items()) if key_of(cell.text) not in ours]
    blocks = list(_blocks(sheet))
    if _lies_across(blocks):
        blocks = []
    if filled and not blocks:
        into.tell("D441", sheet.place(*filled[0]), ("scores",))
    rows = [row for block in blocks for row in block.rows(into)]
    refuse_long(sheet, len(rows), most)
    tell_codes((row.places["code"] for row in rows), into)
    return Found(sheet.whole, rows)


def _lies_across(blocks: list[_Block]) -> bool:
    """Return whether the codes stand beside each other in one row, with the scores below."""
    rows = {tuple(block.code_rows) for block in blocks}
    return len(blocks) >= _LEAST_ACROSS and len(rows) == 1 and len(blocks[0].code_rows) == 1


def holds_scores(sheet: Sheet) -> bool:
    """Return whether a sheet has codes with numbers beside them."""
    return any(block.numbers() for block in _blocks(sheet))


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    """Yield each column of codes with the columns that are its own."""
    columns: dict[int, dict[int, str]] = {}
    for (row, at), cell in sorted(sheet.cells.items()):
        columns.setdefault(at, {})[row] = cell.text
    order = sorted(columns)
    of_codes = _code_columns(columns, is_marked) or _code_columns(columns, _is_mended)
    starts = [order.index(at) for at in of_codes[:_MOST_BLOCKS]]
    for number, start in enumerate(starts):
        following = starts[number + 1 : number + 2]
        own = order[start + 1 : following[0] if following else None]
        own = [*order[:start], *own] if len(starts) == 1 else own
        rows = [row for row, text in columns[order[start]].items() if code_of(text)]
        yield _Block(sheet, order[start], rows, {at: columns[at] for at in own})


def _code_columns(
    columns: Mapping[int, Mapping[int, str]], is_code: Callable[[str], bool]
) -> list[int]:
    """Return the columns in which most texts are codes, in their order."""
    counts = {at: sum(map(is_code, texts.values())) for at, texts in columns.items()}
    return sorted(at for at, n in counts.items() if n and 2 * n >= len(columns[at]) - _ABOVE)


def _is_mended(text: str) -> bool:
    """Return whether a text is a code whose letter was typed as zero, and no decimal number."""
    return bool(code_of(text)) and "." not in text


@dataclass(frozen=True, slots=True)
class _Block:
    """A column of codes, and columns that may hold their scores."""

    sheet: Sheet
    code: int
    code_rows: list[int]
    own: Mapping[int, Mapping[int, str]]
    """Of each other column the texts by row."""

    def rows(self, into: Gathered) -> Iterator[Row]:
        """Yield the rows from the first code on, each with its code and its scores."""
        columns = {"code": self.code, **self._columns(into)}
        read = set(columns.values())
        numbers = {row for row, at in self.sheet.cells if at in read and row >= self.code_rows[0]}
        for number in sorted(numbers):
            row = Row()
            for name, at in columns.items():
                kind = Kind.CODE if name == "code" else Kind.SCORE
                row.read(name, self.sheet, (number, at), kind)
            row.move_reasons()
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
        said = ", ".join(map(letters, numeric[:_TOLD])) + (" …" if len(numeric) > _TOLD else "")
        if others:
            into.tell("D444", first, ("scores",), also_at=others, columns=said)
            return {}
        if misnamed:
            into.tell("D442", first, column=said)
        return {"score": numeric[0]}

    def _named(self, into: Gathered) -> dict[str, int]:
        """Return the filled columns that a header names, the nearest text above the first code."""
        named: dict[str, int] = {}
        first, ours = self.code_rows[0], self._ours()
        for at, texts in self.own.items():
            if not any(row >= first for row in texts):
                continue
            head = self.sheet.place(
                *_head(at, max((row for row in texts if row < first), default=0), ours)
            )
            name = _name(head.value or "")
            if name in named:
                other = self.sheet.place(first, named[name])
                into.tell("D436", head, ("scores",), also_at=[other], header=head.value)
            elif name:
                named[name] = at
        return named

    def _ours(self) -> list[tuple[int, int]]:
        """Return the rows of our own headers of codes above it, and how far aside it stands."""
        first = self.code_rows[0]
        heads = [(row, at) for (row, at), cell in self.sheet.cells.items() if _is_first(cell.text)]
        places = [(row, self.code - at) for row, at in heads if row < first]
        return [(row, aside) for row, aside in places if aside]

    def _texts(self, column: int) -> list[str]:
        texts = self.own[column]
        return [texts[row] for row in self.code_rows if row in texts]

    def _is_wordy(self, column: int | None) -> bool:
        """Return whether most of a column are words, other than why a score is missing."""
        texts = self._texts(column) if column else []
        words = [text for text in texts if _WORD.search(text) and not thai.one_of(text, Missing)]
        return 2 * len(words) > len(texts)

    def _is_numeric(self, column: int) -> bool:
        texts = self._texts(column)
        return bool(texts) and 2 * sum(_is_number(text) for text in texts) >= len(texts)

    def _counts(self, column: int) -> bool:
        """Return whether a column counts the rows, 1, 2, 3 …, anew where it likes."""
        texts = [thai.arabic(text.strip()).rstrip(".") for text in self._texts(column)]
        numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
        pairs = zip([0, *numbers], numbers, strict=False)
        counted = len(numbers) == len(texts) and max(numbers, default=0) > 2
        return counted and all(after in (1, before + 1) for before, after in pairs)


def _head(at: int, row: int, ours: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the cell of a column's header; under ours the whole table may stand aside."""
    meant = ((no, at - aside) if at > aside else (0, at) for no, aside in ours if row in (0, no))
    return next(meant, (row, at))


def _is_first(text: str) -> bool:
    """Return whether a text is the header of our sheet's first column, that of the codes."""
    return key_of(text) == _FIRST_HEADER


def _name(text: str) -> str:
    """Return which scores a header names; "" where it names none."""
    key = key_of(text)
    if len(key) > _LONGEST or _is_number(text) or any(word in key for word in _NO_SCORES):
        return ""
    for part in ("1", "2"):
        if f"ส่วนที่{part}" in key or f"ส่วน{part}" in key:
            return f"part{part}"
    return "score" if key.startswith(_SCORE_WORDS) else ""


def _is_number(text: str) -> bool:
    return thai.decimal(thai.arabic("".join(text.split()).removesuffix("%"))) is not None


_OF_ROW = (*SCORE_FIELDS, "missing")
_FIRST_HEADER = key_of("รหัสข้อ")
"""The header of the codes, in our sheet."""


def merged(rows: list[Row], pasted: list[Row], into: Gathered) -> list[Row]:
    """Return the rows of the table with the pasted scores in them; new codes come last."""
    by_code: dict[str, Row] = {}
    for row in rows:
        if code := _code(row):
            by_code.setdefault(code, row)
    more: list[Row] = []
    for row in pasted:
        code = _code(row)
        if code in by_code:
            _fill(by_code[code], row, code, into)
        elif not _says_nothing(row, code):
            more.append(row)
            if code:
                by_code[code] = row
    return [*rows, *more]


def _code(row: Row) -> str:
    return codes.code_of(row.tree("code"))


def _says_nothing(row: Row, code: str) -> bool:
    """Return whether a pasted row is a header or a title of the table that was copied."""
    given = [value for name in _OF_ROW if (value := row.tree(name))]
    return not given or (
        not code and all(_name(str(value)) or not _number(value) for value in given)
    )


def _fill(row: Row, pasted: Row, code: str, into: Gathered) -> None:
    for name in _OF_ROW:
        value = pasted.values.get(name)
        if value is None or value.tree is None:
            continue
        if row.tree(name) is None:
            row.values[name], row.places[name] = value, pasted.places[name]
        elif _number(row.tree(name)) != _number(value.tree):
            facts: dict[str, Any] = {"label": f"ข้อ {code}", "also_at": (row.places[name],)}
            into.tell("D435", pasted.places[name], first=row.tree(name), second=value.tree, **facts)


def _number(value: Tree) -> object:
    """Return the number that a score is, or its text where it is none."""
    text = "".join(str(value).split())
    number = thai.decimal(thai.arabic(text))
    return text if number is None and any(map(str.isdecimal, text)) else number
