"""A table with columns that a report may leave out, as one table for each set of columns.

In the template such a column stands between two cells with tags, `{%tc if part2.budget %}` and
`{%tc endif %}`.  Every set of columns gets a table with its own widths, all of them as wide as
the template's.  The row of `{%tr for … %}` shows the other columns as wide as they are without
the columns that may be left out.  A column that is there keeps its width, and the others make
room for it: each as much as it is narrower in the head than in that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import accumulate, pairwise, product

from lxml import etree

from itareport.document.structure.template_tree import Element, w

_MOST_COPIED = 100_000  # elements
_TAG = re.compile(r"\{%tc\s+(?:if\s+(?P<condition>.+?)|endif)\s*%\}", re.DOTALL)


class TooManySetsError(ValueError):
    """The columns of tables may vary in too many ways."""


def with_each_set_of_columns(root: Element) -> None:
    """Put a table for each set of columns in the place of each table whose columns may vary.

    Raises:
        TooManySetsError: the tables would be too many or too large.
    """
    left = _MOST_COPIED
    for table in list(root.iter(w("tbl"))):
        head = table.find(w("tr"))
        columns = [(_width(cell), of) for cell, of in _cells(head)] if head is not None else []
        conditions = list(dict.fromkeys(of for _, of in columns if of))
        if conditions and all(width for width, _ in columns):
            left -= sum(1 for _ in table.iter()) << len(conditions)
            if left < 0:
                raise TooManySetsError
            _replace(table, columns, conditions)


def _cells(row: Element) -> Iterator[tuple[Element, str]]:
    """Yield the cells of a row but those with tags, each with the condition that it hangs on."""
    condition = ""
    for cell in row.iterfind(w("tc")):
        if (tag := _TAG.search(_text(cell))) is None:
            yield cell, condition
        else:
            condition = tag["condition"] or ""


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


def _width(cell: Element) -> int:
    """Return how wide a cell is in twips; 0 where no width is given."""
    said = cell.find(f"{w('tcPr')}/{w('tcW')}")
    width = said.get(w("w")) if said is not None and said.get(w("type")) == "dxa" else None
    return int(width) if width and width.isdecimal() else 0


def _replace(table: Element, columns: list[tuple[int, str]], conditions: list[str]) -> None:
    alone = _alone(table, columns)
    before = "if"
    for shown in product((True, False), repeat=len(conditions)):
        known = dict(zip(conditions, shown, strict=True))
        said = " and ".join(f"({c})" if there else f"not ({c})" for c, there in known.items())
        _add_text_before(table, f"{{% {before} {said} %}}")
        made = deepcopy(table)
        made.tail = None
        table.addprevious(made)
        kept = {condition for condition, there in known.items() if there}
        _keep(made, kept, _widths(columns, alone, kept))
        before = "elif"
    _add_text_before(table, "{% endif %}" + (table.tail or ""))
    table.tail = None
    parent = table.getparent()
    assert parent is not None
    parent.remove(table)


def _add_text_before(element: Element, text: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _alone(table: Element, columns: list[tuple[int, str]]) -> list[float]:
    """Return how wide the columns are that are always there, when they are alone."""
    own = [width for width, condition in columns if not condition]
    rows = [[_width(c) for c in r.iterfind(w("tc"))] for r in table.iterfind(w("tr"))]
    whole = sum(rows[0])
    for row in rows[1:]:
        if len(row) == len(own) and sum(row) == whole:
            return list(row)
    return [width * whole / sum(own) for width in own]


def _widths(columns: list[tuple[int, str]], alone: Sequence[float], shown: set[str]) -> list[int]:
    """Share the width of the table out among the columns that are there."""
    own = [width for width, condition in columns if not condition]
    room = sum(width for width, condition in columns if condition in shown)
    narrower = sum(alone) - sum(own)
    left = iter(
        wide - room * (wide - width) / narrower for wide, width in zip(alone, own, strict=True)
    )
    widths = [
        width if condition else next(left)
        for width, condition in columns
        if not condition or condition in shown
    ]
    edges = [0, *(round(edge) for edge in accumulate(widths))]
    return [end - start for start, end in pairwise(edges)]


def _keep(table: Element, shown: set[str], widths: list[int]) -> None:
    """Leave a table the columns that are there, with their widths."""
    grid = table.find(w("tblGrid"))
    if grid is not None:
        grid[:] = [etree.Element(w("gridCol"), {w("w"): str(width)}) for width in widths]
    for row in table.iterfind(w("tr")):
        cells = list(_cells(row))
        if len(cells) == len(row.findall(w("tc"))):
            continue  # of no optional column: a heading in the middle, or a tag of docxtpl
        kept = [cell for cell, condition in cells if not condition or condition in shown]
        for cell in set(row.iterfind(w("tc"))).difference(kept):
            row.remove(cell)
        if len(kept) == len(widths) and all(_width(cell) for cell in kept):
            for cell, width in zip(kept, widths, strict=True):
                _set_width(cell, width)


def _set_width(cell: Element, width: int) -> None:
    for properties in cell.iterfind(w("tcPr")):
        for found in list(properties.iterchildren(w("tcW"), w("gridSpan"))):
            if found.tag == w("tcW"):
                found.set(w("w"), str(width))
            else:
                properties.remove(found)
