"""A report as texts by name, so that a row of a table and a form can be compared; pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from itareport.ita.model import Report
from itareport.problems import FieldPath
from itareport.reading.workbook import Origin

_KEYS = ("code", "no", "tool", "part", "issue", "indicator")
"""The fields that say which row of a list it is."""


@dataclass(frozen=True, slots=True)
class SaidValue:
    """One value of a report, as a person reads it, and its place in the data."""

    text: str
    where: FieldPath


def of(report: Report) -> dict[str, SaidValue]:
    """Return the values of a report by names that no order of rows changes: `scores.i1.score`."""
    return dict(_walk(report.model_dump(exclude_defaults=True), "", ()))


def digest(report: Report) -> str:
    """Return the digest of all the values of a report."""
    said = sorted((name, value.text) for name, value in of(report).items())
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def is_as_given(report: Report | None, given: Origin | None) -> bool:
    """Return whether a form says what it said when it was given: nobody has worked on it."""
    return report is not None and given is not None and digest(report) == given.digest


def _walk(node: Any, name: str, where: FieldPath) -> Iterator[tuple[str, SaidValue]]:
    if isinstance(node, Mapping):
        for field, inner in node.items():
            yield from _walk(inner, f"{name}.{field}".lstrip("."), (*where, field))
    elif isinstance(node, list | tuple) and any(isinstance(row, Mapping) for row in node):
        yield from _rows(node, name, where)
    elif node is not None:
        yield name, SaidValue(_text(node), where)


def _rows(rows: Any, name: str, where: FieldPath) -> Iterator[tuple[str, SaidValue]]:
    alike: Counter[str] = Counter()
    for index, row in enumerate(rows):
        key = " ".join(str(row[field]) for field in _KEYS if row.get(field))
        alike[key] += 1
        own = f"{name}.{key}#{alike[key]}"
        said = {field: value for field, value in row.items() if field not in _KEYS}
        yield from _walk(said, own, (*where, index))


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        whole = value == round(value, 2)
        return f"{value:.2f}" if whole else str(value)
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    return " ".join(str(value).split())
