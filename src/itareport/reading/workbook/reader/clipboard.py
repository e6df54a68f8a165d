"""Scores and reasons that were copied as text, from a table, a web page or a PDF; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itareport import thai
from itareport.ita.model import SCORE_FIELDS
from itareport.problems import Problem
from itareport.reading.workbook import sheets
from itareport.reading.workbook.reader.cell_text import code_of
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.paste import read_pasted
from itareport.xlsx.grid import Cell, Sheet

_MOST_ROWS = 500
_MOST_CELLS = 60
_CODE = re.compile(
    r"\s*((?:ข้อ(?:ที่)?\s*)?[A-Za-z0๐]\s?[.]?\s?[0-9๐-๙]{1,3})(?=[\s.):-]|$)[\s.):-]*(.*)"
)
_NUMBER = re.compile(r"[0-9๐-๙., ]*")
_ENDS_IN_NUMBER = re.compile(r"(.*?)(?:^|\s)\s*([0-9๐-๙]{1,3}(?:[.,][0-9๐-๙]+)?)\s*%?\s*")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read of a copied text."""

    rows: tuple[tuple[str, Mapping[str, str]], ...]
    """Of each row its code and its values by field."""
    problems: tuple[Problem, ...] = ()
    in_order: bool = False
    """Whether the codes are those of an order, not of the text."""


def scores(text: str, orders: Sequence[Sequence[str]] = ()) -> Pasted:
    """Read the scores of a copied table by the codes of its rows, as the sheet for pasting does.

    Args:
        text: What was copied.
        orders: Codes in an order: one column of as many numbers and gaps, without codes, is theirs.
    """
    column = [line.strip() for line in text.rstrip().splitlines()]
    order = next((one for one in orders if len(one) == len(column)), ())
    if order and all(map(_NUMBER.fullmatch, column)):
        typed = zip(order, column, strict=True)
        return Pasted(tuple((c, {"score": one}) for c, one in typed if one), in_order=True)
    into, sheet = Gathered(), _sheet(text)
    found = read_pasted(sheets.pasted(), sheet, into, _MOST_ROWS)
    rows = [(row, code_of(str(row.tree("code") or ""))) for row in found.rows]
    given = tuple(
        (
            code,
            {name: str(row.tree(name)) for name in SCORE_FIELDS if row.tree(name)},
        )
        for row, code in rows
        if code
    )
    return Pasted(tuple((code, values) for code, values in given if values), tuple(into.problems))


def reasons(text: str) -> Pasted:
    """Read the reasons of a copied table by the codes of its rows: of each its longest text."""
    rows = []
    for cells in _lines(text):
        codes = [code for cell in cells if (code := code_of(cell))]
        words = [
            cell for cell in cells if not code_of(cell) and thai.decimal(thai.arabic(cell)) is None
        ]
        if codes and words:
            rows.append((codes[0], {"reason": max(words, key=len)}))
    return Pasted(tuple(rows))


def _sheet(text: str) -> Sheet:
    sheet = Sheet("", 1, "", "")
    for row, cells in enumerate(_lines(text), 1):
        for column, cell in enumerate(cells[:_MOST_CELLS], 1):
            if cell:
                sheet.cells[row, column] = Cell(cell)
    return sheet


def _lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line; without tabs, the code before and the number behind a text."""
    for line in text.splitlines()[:_MOST_ROWS]:
        if "\t" in line:
            yield [cell.strip() for cell in line.split("\t")]
        elif match := _CODE.fullmatch(line):
            rest = _ENDS_IN_NUMBER.fullmatch(match[2])
            yield [match[1], rest[1].strip(), rest[2]] if rest else [match[1], match[2].strip()]
        elif line.strip():
            yield [line.strip()]
