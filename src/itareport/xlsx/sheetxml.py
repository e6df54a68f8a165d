"""Small changes to the XML of a sheet, all else left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml import etree

from itareport.files import opc
from itareport.xlsx.escapes import escaped
from itareport.xlsx.grid import letters, position
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
_OURS = '"itareport"="itareport"'
"""A formula that is always true, and tells our colours from the clerk's own."""


def parsed(data: bytes) -> etree._Element:
    """Parse one part, within the limits and without what only people read."""
    return opc.parsed(data, remove_comments=True, remove_pis=True)


def written(root: etree._Element) -> bytes:
    """Write one part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def like(root: etree._Element, name: str, **attributes: str) -> etree._Element:
    """Make an element of the namespace of the part."""
    namespace = etree.QName(root).namespace
    return etree.Element(
        etree.QName(namespace, name), attributes, nsmap=cast("dict[str, str]", root.nsmap)
    )


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
        formatting = like(root, "conditionalFormatting", sqref=" ".join(cells))
        rule = like(
            root, "cfRule", type="expression", dxfId=style, priority=str(number), stopIfTrue="1"
        )
        formula = like(root, "formula")
        formula.text = _OURS
        rule.append(formula)
        formatting.append(rule)
        insert(root, formatting)


def _priority(rule: etree._Element) -> int:
    return whole(rule.get("priority"))


def set_text(root: etree._Element, name: str, text: str) -> None:
    """Write a text into a cell, which keeps its look; a new one looks as the one above it."""
    cell = _emptied(root, name)
    cell.set("t", "inlineStr")
    inline, inner = like(root, "is"), like(root, "t")
    inner.text = escaped(text)
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    inline.append(inner)
    cell.append(inline)


def set_number(root: etree._Element, name: str, number: int) -> None:
    """Write a number into a cell, as `set_text` does a text."""
    cell = _emptied(root, name)
    cell.set("t", "n")
    value = like(root, "v")
    value.text = str(number)
    cell.append(value)


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


def has_formula(root: etree._Element, name: str) -> bool:
    """Tell whether a cell holds a formula."""
    (data,) = children(root, "sheetData")
    return any(c.get("r") == name and bool(children(c, "f")) for row in data for c in row)


def look_alike(root: etree._Element, number: int, other: int) -> None:
    """Give the cells of a row that have no look of their own the look of another row's."""
    (data,) = children(root, "sheetData")
    looks = [
        (at[1], style)
        for row in data
        for cell in row
        if (at := position(cell.get("r") or "")) and at[0] == other and (style := cell.get("s"))
    ]
    for column, style in looks:
        cell = _cell(root, f"{letters(column)}{number}")
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
    (data,) = children(root, "sheetData")
    for element in data:
        if element.get("r") == str(row) and _number(element.get("ht")) < points:
            element.set("ht", str(points))


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _style_above(root: etree._Element, name: str) -> str | None:
    place = position(name)
    assert place is not None
    above = f"{letters(place[1])}{place[0] - 1}"
    (data,) = children(root, "sheetData")
    found = (c.get("s") for row in data for c in row if c.get("r") == above)
    return next(found, None)


def _cell(root: etree._Element, name: str) -> etree._Element:
    place = position(name)
    assert place is not None
    (data,) = children(root, "sheetData")
    row = next((r for r in data if r.get("r") == str(place[0])), None)
    if row is None:
        row = like(root, "row", r=str(place[0]))
        later = (i for i, r in enumerate(data) if int(r.get("r") or 0) > place[0])
        data.insert(next(later, len(data)), row)
    for index, cell in enumerate(row):
        at = position(cell.get("r") or "")
        if at == place:
            return cell
        if at and at[1] > place[1]:
            made = like(root, "c", r=name)
            row.insert(index, made)
            return made
    made = like(root, "c", r=f"{letters(place[1])}{place[0]}")
    row.append(made)
    return made


def legacy_drawing(root: etree._Element) -> str | None:
    """Return the relation of the drawing that holds the sheet's comments."""
    found = children(root, "legacyDrawing")
    return found[0].get(etree.QName(_relations(root), "id")) if found else None


def add_legacy_drawing(root: etree._Element, relation: str) -> None:
    """Name the drawing that holds the sheet's comments."""
    element = like(root, "legacyDrawing")
    element.set(etree.QName(_relations(root), "id"), relation)
    insert(root, element)


def _relations(root: etree._Element) -> str:
    strict = (etree.QName(root).namespace or "").startswith("http://purl.oclc.org")
    return _RELATIONS if not strict else "http://purl.oclc.org/ooxml/officeDocument/relationships"
