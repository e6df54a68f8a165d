"""Rows of a table -> the lists of the data, each value with its cell."""

from __future__ import annotations

from itareport import thai
from itareport.ita.model import Kind
from itareport.plain import Tree
from itareport.problems import FieldPath
from itareport.reading.workbook.layout import Field, Path, Table
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.reading.workbook.reader.table_rows import Found, Row

_ALWAYS = ("scores", "plan", "signatures")
"""Lists that the data must have, be they empty."""


def put_rows(table: Table, found: Found, rows: list[Row], into: Gathered) -> None:
    """Put each filled row into its lists; a row of scores may be one of remarks too."""
    fields = [column.field for column in table.columns if column.field]
    for name in dict.fromkeys(path[0] for field in fields for path in _paths(field)):
        of_list = [field for field in fields if any(p[0] == name for p in _paths(field))]
        _put_list(str(name), of_list, table.key, found, rows, into)


def _paths(field: Field) -> tuple[Path, ...]:
    return (field.path, *field.also)


def _put_list(
    name: str, fields: list[Field], key: str, found: Found, rows: list[Row], into: Gathered
) -> None:
    entries: list[Tree] = []
    into.places[(name,)] = found.place
    filling = [str(f.path[-1]) for f in fields if f.path[-1] != key and f.kind is not Kind.MARK]
    unfilled = None
    for row in rows:
        if all(row.tree(step) is None for step in filling):
            unfilled = unfilled or row
            _tell_mark(fields, row, into)
            if (wanted := row.tree(key)) and filling[0] in row.places:  # where it is to be filled
                into.places.setdefault((name, thai.arabic(str(wanted))), row.places[filling[0]])
            continue
        where: FieldPath = (name, len(entries))
        entries.append(_entry(where, fields, row, into))
    if entries or name in _ALWAYS:
        into.data[name] = entries
    if unfilled and name in _ALWAYS:
        cells = (unfilled.places[step] for step in filling if step in unfilled.places)
        into.places[(name,)] = next(cells, found.place)


def _tell_mark(fields: list[Field], row: Row, into: Gathered) -> None:
    """Tell of the mark of a draft that is not there (D439)."""
    for name in (str(field.path[-1]) for field in fields if field.kind is Kind.MARK):
        if row.tree(name) is not None:
            into.tell("D439", row.places[name], count=1)


def _entry(where: FieldPath, fields: list[Field], row: Row, into: Gathered) -> dict[str, Tree]:
    entry: dict[str, Tree] = {}
    for field in fields:
        step = str(field.path[-1])
        if step not in row.places:
            continue
        path, place, value = (*where, step), row.places[step], row.values[step]
        into.places.setdefault(where, place)
        into.places[path] = place
        if value.tree is not None:
            entry[step] = value.tree
        for index in range(len(value.tree) if isinstance(value.tree, list) else 0):
            into.places[(*path, index)] = place
        if value.code and (where[0] == field.path[0]):
            into.tell(value.code, place, path, **dict(value.facts))
    for name, place in row.places.items():  # a score's remark, which may be wanted
        into.places.setdefault((*where, name), place)
    return entry
