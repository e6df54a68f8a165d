"""Pasted scores put beside those of the table: what is empty is filled, nothing overwritten."""

from __future__ import annotations

from itareport import thai
from itareport.ita import codes
from itareport.plain import Tree
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.table_rows import Row

_SCORES = ("score", "part1", "part2")


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
    value = row.tree("code")
    read = codes.read(value) if isinstance(value, str) else None
    return read.code if read else ""


def _says_nothing(row: Row, code: str) -> bool:
    """Tell whether a pasted row is a header or a title of the table that was copied."""
    given = [value for name in _SCORES if (value := row.tree(name))]
    return not given or (not code and not any(_number(value) for value in given))


def _fill(row: Row, pasted: Row, code: str, into: Gathered) -> None:
    for name in _SCORES:
        value = pasted.values.get(name)
        if value is None or value.tree is None:
            continue
        if row.tree(name) is None:
            row.values[name], row.places[name] = value, pasted.places[name]
        elif _number(row.tree(name)) != _number(value.tree):
            into.tell(
                "D435",
                pasted.places[name],
                label=f"ข้อ {code}",
                also_at=(row.places[name],),
                first=row.tree(name),
                second=value.tree,
            )


def _number(value: Tree) -> object:
    """Return the number that a score is, or its text where it is none."""
    text = "".join(str(value).split())
    number = thai.decimal(thai.arabic(text))
    return (
        text if number is None and value is not None and any(map(str.isdecimal, text)) else number
    )
