"""Small changes to the XML of a sheet, all else left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml import etree

from itareport.files import opc
from itareport.xlsx.escapes import escaped
from itareport.xlsx.grid import position, reference
from itareport.xlsx.xmlparts import whole

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_USUAL_WIDTH = 8.43
SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
"""The attribute of a text that keeps its spaces."""
_OURS = '"itareport"="itareport"'
"""A formula that is always true, and tells our colours from the clerk's own."""


def parsed(data: bytes) -> etree._Element:
    """Parse one part within the limits, without comments and processing instructions."""
    return opc.parsed(data, remove_comments=True, remove_pis=True)


def written(root: etree._Element) -> bytes:
    """Write one part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def like(
    root: etree._Element,
    name: str,
    *inner: etree._Element,
    text: str | None = None,
    **attributes: str,
) -> etree._Element:
    """Make an element of the namespace of the part, with a text or with elements in it."""
    qualified = etree.QName(etree.QName(root).namespace, name)
    made = etree.Element(qualified, attributes, nsmap=cast("dict[str, str]", root.nsmap))
    made.text = text
    made.extend(inner)
    return made


def children(root: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of a local name."""
    return [child for child in root if _local(child) == name]


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def insert(root: etree._Element, element: etree._Element) -> None:
    """Put an element into a sheet where the schema wants it, before others of its name."""
    rank = _ORDER.index(_local(element))
    before = [i for i, child in enumerate(root) if _ranked(child) < rank]
    root.insert(before[-1] + 1 if before else 0, element)


def _ranked(element: etree._Element) -> int:
    name = _local(element)
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def colour(root: etree._Element, marked: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Colour cells over every other colour, by conditional formats that take nothing away.

    Args:
        root: The sheet.
        marked: Of each colour, strongest first, the number of its style and its cells.
    """
    for old in children(root, "conditionalFormatting"):
        if any(_OURS in (e.text or "") for e in old.iter() if _local(e) == "formula"):
            root.remove(old)
    rules = [rule for rule in root.iter() if _local(rule) == "cfRule" and rule.get("priority")]
    for number, rule in enumerate(sorted(rules, key=_priority), len(marked) + 1):
        rule.set("priority", str(number))
    for number, (style, cells) in reversed(list(enumerate(marked, 1))):
        formula = like(root, "formula", text=_OURS)
        rule = like(root, "cfRule", formula, type="expression", dxfId=style)
        rule.set("priority", str(number))
        rule.set("stopIfTrue", "1")
        insert(root, like(root, "conditionalFormatting", rule, sqref=" ".join(cells)))


def _priority(rule: etree._Element) -> int:
    return whole(rule.get("priority"))


def set_text(root: etree._Element, name: str, text: str) -> None:
    """Write a text into a cell, which keeps its look; a new one looks as the one above it."""
    cell = _emptied(root, name)
    cell.set("t", "inlineStr")
    cell.append(like(root, "is", like(root, "t", text=escaped(text), **SPACE)))


def set_number(root: etree._Element, name: str, number: int) -> None:
    """Write a number into a cell, as `set_text` does a text."""
    cell = _emptied(root, name)
    cell.set("t", "n")
    cell.append(like(root, "v", text=str(number)))


def clear(root: etree._Element, name: str) -> None:
    """Empty a cell, which keeps its look."""
    _emptied(root, name).attrib.pop("t", "")


def _emptied(root: etree._Element, name: str) -> etree._Element:
    cell = _cell(root, name)
    if cell.get("s") is None and (style := _style_above(root, name)):
        cell.set("s", style)
    for child in list(cell):
        cell.remove(child)
    return cell


def _rows(root: etree._Element) -> etree._Element:
    (data,) = children(root, "sheetData")
    return data


def _row(root: etree._Element, number: int) -> etree._Element | None:
    """Return a row; where no row before it is left out, it stands at its own number."""
    data, text = _rows(root), str(number)
    if number <= len(data) and data[number - 1].get("r") == text:
        return data[number - 1]
    return next((row for row in data if row.get("r") == text), None)


def _cells(root: etree._Element, number: int) -> list[etree._Element]:
    """Return the cells of a row, none where there is no such row."""
    row = _row(root, number)
    return [] if row is None else list(row)


def has_formula(root: etree._Element, name: str) -> bool:
    """Return whether a cell holds a formula."""
    place = position(name)
    assert place is not None
    own = (cell for cell in _cells(root, place[0]) if cell.get("r") == name)
    return any(children(cell, "f") for cell in own)


def look_alike(root: etree._Element, number: int, other: int) -> None:
    """Give the cells of a row that have no look of their own the look of another row's."""
    looks = [
        (at[1], style)
        for cell in _cells(root, other)
        if (at := position(cell.get("r") or "")) and (style := cell.get("s"))
    ]
    for column, style in looks:
        cell = _cell(root, reference(number, column))
        if cell.get("s") is None:
            cell.set("s", style)


def width(root: etree._Element, column: int) -> float:
    """Return the width of a column, in letters."""
    for listed in children(root, "cols"):
        for element in listed:
            if whole(element.get("min")) <= column <= whole(element.get("max")):
                return _number(element.get("width")) or _USUAL_WIDTH
    return _USUAL_WIDTH


def heighten(root: etree._Element, row: int, points: int) -> None:
    """Give a row at least this height."""
    element = _row(root, row)
    if element is not None and _number(element.get("ht")) < points:
        element.set("ht", str(points))


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _style_above(root: etree._Element, name: str) -> str | None:
    place = position(name)
    assert place is not None
    above = reference(place[0] - 1, place[1])
    return next((c.get("s") for c in _cells(root, place[0] - 1) if c.get("r") == above), None)


def _cell(root: etree._Element, name: str) -> etree._Element:
    place = position(name)
    assert place is not None
    data = _rows(root)
    row = _row(root, place[0])
    if row is None:
        row = like(root, "row", r=str(place[0]))
        later = (i for i, r in enumerate(data) if int(r.get("r") or 0) > place[0])
        data.insert(next(later, len(data)), row)
    places = [position(cell.get("r") or "") for cell in row]
    if place in places:
        return row[places.index(place)]
    made = like(root, "c", r=reference(*place))
    after = (i for i, at in enumerate(places) if at and at[1] > place[1])
    row.insert(next(after, len(row)), made)
    return made


def legacy_drawing(root: etree._Element) -> str | None:
    """Return the id of the relationship to the drawing that shows the sheet's comments."""
    found = children(root, "legacyDrawing")
    return found[0].get(etree.QName(relations(root), "id")) if found else None


def add_legacy_drawing(root: etree._Element, relation: str) -> None:
    """Add the reference to the drawing that shows the sheet's comments."""
    element = like(root, "legacyDrawing")
    element.set(etree.QName(relations(root), "id"), relation)
    insert(root, element)


def relations(root: etree._Element) -> str:
    """Return the namespace of references to other parts, strict or transitional as the root."""
    strict = (etree.QName(root).namespace or "").startswith("http://purl.oclc.org")
    return _RELATIONS if not strict else "http://purl.oclc.org/ooxml/officeDocument/relationships"
