"""Comments of cells: the part that holds their words, and the drawing that shows them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from itareport.files import opc
from itareport.xlsx.grid import position
from itareport.xlsx.sheetxml import SPACE, children, like, parsed

AUTHOR = "itareport"
_HEAD = "— ผลตรวจ —"
"""What begins all that we say; LibreOffice forgets who wrote a comment."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_EMPTY = f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'
_DRAWING = (
    f'<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    f'<v:shape xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}" id="_x0000_s{{number}}" '
    'type="#_x0000_t202" style="position:absolute;visibility:hidden;width:300px;'
    'height:{height}px" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


def comments(before: bytes | None, said: Mapping[str, str]) -> tuple[etree._Element, set[str]]:
    """Return the XML of the comments with messages added, and all cells that have a comment."""
    root = parsed(before or _EMPTY.encode())
    (authors,), (listed,) = children(root, "authors"), children(root, "commentList")
    names = [author.text or "" for author in authors]
    _forget(listed)
    if AUTHOR not in names:
        authors.append(like(root, "author", text=AUTHOR))
        names.append(AUTHOR)
    author = str(names.index(AUTHOR))
    own = {comment.get("ref"): comment for comment in listed}
    for ref, text in said.items():
        if ref in own:
            children(own[ref], "text")[0].append(_run(root, f"\n\n{_HEAD}\n{text}"))
            continue
        holder = like(root, "text", _run(root, f"{_HEAD}\n{text}"))
        listed.append(like(root, "comment", holder, ref=ref, authorId=author))
    listed[:] = sorted(listed, key=lambda c: position(c.get("ref") or "") or (0, 0))
    return root, {comment.get("ref") or "" for comment in listed}


def _forget(listed: etree._Element) -> None:
    """Remove what an earlier check wrote, whatever program has saved it since."""
    for comment in list(listed):
        texts = [e for e in comment.iter() if etree.QName(e).localname == "t"]
        said = "".join(text.text or "" for text in texts)
        if _HEAD not in said:
            continue
        kept = said.partition(_HEAD)[0].rstrip()
        if not kept:
            listed.remove(comment)
            continue
        for text in texts:
            mine, kept = kept[: len(text.text or "")], kept[len(text.text or "") :]
            text.text = mine
            run = text.getparent()
            if not mine and run is not None and (holder := run.getparent()) is not None:
                holder.remove(run)


def _run(root: etree._Element, text: str) -> etree._Element:
    font = like(root, "rFont", val="TH Sarabun New")
    look = like(root, "rPr", like(root, "sz", val="14"), font)
    return like(root, "r", look, like(root, "t", text=text, **SPACE))


def drawing(before: bytes | None, cells: set[str], said: Mapping[str, str]) -> etree._Element:
    """Return the drawing of a sheet with one box for each comment, and none without one."""
    root = opc.parsed(before or _DRAWING.encode(), recover=True, remove_comments=True)
    shown, highest = set(), 1024
    for shape in root.findall(f"{{{_VML}}}shape"):
        number = (shape.get("id") or "").rpartition("s")[2]
        highest = max(highest, int(number) if number.isdecimal() else 0)
        at = _cell_of(shape)
        if at is None:
            continue
        if at in shown or at not in {position(cell) for cell in cells}:
            root.remove(shape)
        shown.add(at)
    for cell in sorted(cells, key=lambda name: position(name) or (0, 0)):
        place = position(cell)
        if place is not None and place not in shown:
            highest += 1
            root.append(_shape(highest, place, said.get(cell, "")))
    return root


def _cell_of(shape: etree._Element) -> tuple[int, int] | None:
    data = shape.find(f"{{{_EXCEL}}}ClientData")
    if data is None or data.get("ObjectType") != "Note":
        return None
    row, column = (data.findtext(f"{{{_EXCEL}}}{name}") or "" for name in ("Row", "Column"))
    both = row.strip().isdecimal() and column.strip().isdecimal()
    return (int(row) + 1, int(column) + 1) if both else None


def _shape(number: int, place: tuple[int, int], text: str) -> etree._Element:
    row, column = place
    lines = sum(1 + len(line) // 48 for line in text.split("\n"))
    height = min(400, 30 + 24 * lines)
    anchor = (column, 15, max(row - 2, 0), 10, column + 2, 15, row + height // 26, 4)
    cell = {"row": row - 1, "column": column - 1, "anchor": ", ".join(map(str, anchor))}
    return etree.fromstring(_SHAPE.format(number=number, height=height, **cell))
