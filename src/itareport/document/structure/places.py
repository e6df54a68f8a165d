"""Where in a template something stands, as a person who opens it in Word counts.

Tables are counted through the part, rows and cells as the template has them, those with tags
included.  Each cell gets a processing instruction before it, which docxtpl and Jinja pass on, so
that a line of what Jinja compiles still tells its cell; `Outline` takes it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from itareport.document.structure.template_tree import Element, w

MARK = re.compile(r"\n?<\?place ?([0-9 ]*)\?>")
"""What marks a place in the source, with the line break before it."""
_AROUND = tuple(map(w, ("p", "tc", "tr", "tbl")))
_SHOWN = 80


def mark_places(root: Element) -> None:
    """Put an instruction with its numbers before each row and cell, and one after each table."""
    for number, table in enumerate(_tables(root), 1):
        for row, cells in enumerate(_rows(table), 1):
            for column, cell in enumerate(cells, 1):
                cell.addprevious(_instruction(number, row, column))
            for cell in cells[:1]:
                next(cell.iterancestors(w("tr"))).addprevious(_instruction(number, row, 1))
        table.addnext(_instruction())


def _instruction(*numbers: int) -> Element:
    return etree.ProcessingInstruction("place", " ".join(map(str, numbers)))


def _tables(root: Element) -> list[Element]:
    """Return the tables that stand in no other table."""
    tables = root.iter(w("tbl"))
    return [one for one in tables if next(one.iterancestors(w("tbl")), None) is None]


def _rows(table: Element) -> Iterator[list[Element]]:
    for row in table.iter(w("tr")):
        if next(row.iterancestors(w("tbl"))) is table:
            yield [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def place(element: Element) -> str:
    """Return the words for the cell in which an element stands; "" outside of every table."""
    cells = list(element.iterancestors(w("tc")))
    if element.tag == w("tc"):
        cells.insert(0, element)
    if not cells:
        return ""
    cell = cells[-1]
    row = next(cell.iterancestors(w("tr")), None)
    table = next(cell.iterancestors(w("tbl")), None)
    if row is None or table is None:
        return ""
    number = _tables(element.getroottree().getroot()).index(table) + 1
    rows = list(_rows(table))
    found = next((n for n, cells in enumerate(rows) if cell in cells), 0)
    return named(f"{number} {found + 1} {rows[found].index(cell) + 1}")


def named(numbers: str) -> str:
    """Return the words for the numbers of table, row and column; "" for none."""
    if not numbers:
        return ""
    table, row, column = numbers.split()
    return f"ตารางที่ {table} แถวที่ {row} คอลัมน์ที่ {column}"


def near(element: Element | None) -> str:
    """Return where an element stands, and the words of its paragraph or of the next inside."""
    if element is None:
        return ""
    outer = (e for e in (element, *element.iterancestors()) if e.tag in _AROUND)
    found = next(outer, None)
    paragraph = next(found.iter(w("p")), None) if found is not None else None
    if paragraph is None:
        return place(element)
    return joined(place(paragraph), text(paragraph))


def joined(where: str, said: str) -> str:
    """Return a place and the words near it, the one that is there or both."""
    return " ".join(filter(None, (where, f"ใกล้ข้อความ “{short(said)}”" if said.strip() else "")))


def text(element: Element) -> str:
    """Return the words of an element."""
    return "".join(one.text or "" for one in element.iter(w("t")))


def short(said: str) -> str:
    """Return enough of a text to find it by."""
    said = said.strip()
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
