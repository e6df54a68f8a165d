"""A list of its own for each cell with bullets; pure.

LibreOffice tags all points of one numbering as one list, in the cell where that list begins: a
reader who cannot see the page hears a whole row in its first cell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IN_CELLS: Callable[[etree._Element], Any] = etree.XPath(
    "descendant::w:tc/w:p/w:pPr[w:pStyle or w:numPr]", namespaces={"w": _W.strip("{}")}
)
"""The properties of a cell's paragraphs that may have a number."""


def part_by_cells(body: etree._Element, styles: etree._Element, numbering: etree._Element) -> None:
    """Give the bullets of each cell a numbering of their own, alike to the one they had."""
    bullets = _bullets(numbering)
    by_style = {
        style.get(f"{_W}styleId"): number
        for style in styles.iterfind(f"{_W}style")
        if (number := _number(style.find(f"{_W}pPr"))) in bullets
    }
    used = [int(num.get(f"{_W}numId") or 0) for num in numbering.iterfind(f"{_W}num")]
    following = max(used, default=0) + 1
    given: dict[tuple[etree._Element | None, str], str] = {}
    for properties in _IN_CELLS(body):
        style = properties.find(f"{_W}pStyle")
        named = style.get(f"{_W}val") if style is not None else None
        old = _number(properties) or by_style.get(named)
        if old not in bullets:
            continue
        of_cell = (properties.getparent().getparent(), old)
        if of_cell not in given:
            given[of_cell] = str(following)
            following += 1
        _set_number(properties, given[of_cell])
    for (_, old), new in given.items():
        num = etree.SubElement(numbering, f"{_W}num", {f"{_W}numId": new})
        etree.SubElement(num, f"{_W}abstractNumId", {f"{_W}val": bullets[old]})


def _bullets(numbering: etree._Element) -> dict[str, str]:
    """Return the numberings whose first level is a bullet, each with its abstract numbering."""
    kinds = {
        abstract.get(f"{_W}abstractNumId"): kind.get(f"{_W}val")
        for abstract in numbering.iterfind(f"{_W}abstractNum")
        if (kind := abstract.find(f"{_W}lvl/{_W}numFmt")) is not None
    }
    found: dict[str, str] = {}
    for num in numbering.iterfind(f"{_W}num"):
        abstract = num.find(f"{_W}abstractNumId")
        of = abstract.get(f"{_W}val") if abstract is not None else None
        if of and kinds.get(of) == "bullet" and num.find(f"{_W}lvlOverride") is None:
            found[num.get(f"{_W}numId") or ""] = of
    return found


def _number(properties: etree._Element | None) -> str | None:
    number = properties.find(f"{_W}numPr/{_W}numId") if properties is not None else None
    return number.get(f"{_W}val") if number is not None else None


def _set_number(properties: etree._Element, number: str) -> None:
    if (said := properties.find(f"{_W}numPr/{_W}numId")) is not None:
        said.set(f"{_W}val", number)
        return
    new = etree.Element(f"{_W}numPr")
    etree.SubElement(new, f"{_W}ilvl", {f"{_W}val": "0"})
    etree.SubElement(new, f"{_W}numId", {f"{_W}val": number})
    before = sum(child.tag in _BEFORE_NUMBER for child in properties)
    properties.insert(before, new)


_BEFORE_NUMBER = tuple(
    f"{_W}{name}"
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
