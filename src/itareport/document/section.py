"""One part of a finished report as a document of its own, for a quick look at it.

The parts are found by the styles of our template; where another has none of them, nothing is cut.
"""

from __future__ import annotations

import re
from itertools import takewhile

from lxml import etree

from itareport import thai
from itareport.files import opc

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_HEADINGS = ("Heading1", "Heading2")
_Blocks = list[etree._Element]  # noqa: SLF001 - the type has no other name


def cut(docx: bytes, section: str) -> bytes | None:
    """Return the document of one part: `agency`, `result`, `issue:2`, `plan:2`, `signatures`.

    None where the document has no such part, as one of another template.

    Raises:
        opc.NotAPackageError: `docx` is none, or its body is damaged.
    """
    package = opc.Package(docx, opc.LARGE)
    tree = package.tree(package.main)
    body = tree.find(f"{_W}body")
    if body is None:
        return None
    for blocks, ruled in _sections(body):
        kept = _part(blocks, section)
        if kept:
            body[:] = [*kept, _bare(ruled)]
            data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            return opc.write(dict(package) | {package.main: data}, opc.NONE)
    return None


def _sections(body: etree._Element) -> list[tuple[_Blocks, etree._Element]]:
    """Part the body at its section ends; the paragraph that carries one is left out."""
    found: list[tuple[_Blocks, etree._Element]] = []
    blocks: _Blocks = []
    for block in body:
        ruled = block if block.tag == f"{_W}sectPr" else block.find(f"{_W}pPr/{_W}sectPr")
        if ruled is None:
            blocks.append(block)
        else:
            found.append((blocks, ruled))
            blocks = []
    return found


def _bare(ruled: etree._Element) -> etree._Element:
    """Leave out the page number, which would be another, and the first page's own header."""
    for name in ("headerReference", "footerReference", "titlePg"):
        for element in ruled.findall(_W + name):
            ruled.remove(element)
    return ruled


def _part(blocks: _Blocks, section: str) -> _Blocks:
    """Return the blocks of a part, of those of one section; none where it is not in it."""
    word, _, number = section.partition(":")
    styles = [_style(block) for block in blocks]
    if word in ("agency", "result"):
        if "ReportTitleFirst" not in styles or "Heading1" not in styles:
            return []
        title, heading = styles.index("ReportTitleFirst"), styles.index("Heading1")
        part = blocks[:title] if word == "agency" else blocks[title:heading]
        return [block for block in part if next(block.iter(_CHART), None) is None]
    if word == "issue":
        return _issue(blocks, number)
    if word == "plan":
        return _plan(blocks, number)
    if word == "signatures" and "SignatureLead" in styles:
        return blocks[styles.index("SignatureLead") :]
    return []


def _issue(blocks: _Blocks, number: str) -> _Blocks:
    """Return an issue's heading and what follows it until the next heading."""
    for at, block in enumerate(blocks):
        text = thai.arabic(_text(block))
        if _style(block) == "Heading2" and re.match(rf"ประเด็นที่ {re.escape(number)}\s", text):
            rest = blocks[at + 1 :]
            return [block, *takewhile(lambda one: _style(one) not in _HEADINGS, rest)]
    return []


def _plan(blocks: _Blocks, number: str) -> _Blocks:
    """Return the table of the plan with its header row and all rows of one issue."""
    if not any(_style(block) == "Heading1" for block in blocks):
        return []
    for table in (block for block in blocks if block.tag == f"{_W}tbl"):
        rows = table.findall(f"{_W}tr")
        kept: _Blocks = []
        chosen = False
        for row in rows[1:]:
            if not _continues(row):
                cell = row.find(f"{_W}tc")
                said = "" if cell is None else thai.arabic(_text(cell))
                chosen = said.startswith(f"{number}. ")
            if chosen:
                kept.append(row)
        if kept:
            for row in rows[1:]:
                if row not in kept:
                    table.remove(row)
            return [table]
    return []


def _continues(row: etree._Element) -> bool:
    """Tell whether a row's first cell is merged with the one above."""
    first = row.find(f"{_W}tc")
    merged = None if first is None else first.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val", "continue") == "continue"


def _style(block: etree._Element) -> str:
    style = block.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _text(block: etree._Element) -> str:
    return "".join(text.text or "" for text in block.iter(f"{_W}t"))
