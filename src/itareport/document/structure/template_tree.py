"""What is done to the tree of a template's part, once, before its tags are compiled."""

from __future__ import annotations

from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Element = etree._Element  # noqa: SLF001 - lxml's public element type has no public name


def w(name: str) -> str:
    """Return the WordprocessingML name in Clark notation."""
    return f"{{{W}}}{name}"


def with_common_prefix(root: Element) -> Element:
    """Return the part with `w:` as the prefix of WordprocessingML, as Word writes it.

    docxtpl and `Writer` know elements by it.
    """
    if root.nsmap.get("w") == W or W not in root.nsmap.values():
        return root
    spaces: Any = {prefix: name for prefix, name in root.nsmap.items() if name != W}
    renamed = etree.Element(root.tag, nsmap={**spaces, "w": W})
    for name, value in root.attrib.items():
        renamed.set(name, value)
    renamed.extend(list(root))
    return renamed


def free_section_breaks(root: Element) -> None:
    """Give each section break a paragraph of its own.

    Programs put it into the last paragraph of the section; where that is a paragraph with a tag
    of docxtpl, which is taken out whole, pages would lose their size and orientation with it.
    """
    for section in list(root.iter(w("sectPr"))):
        properties = section.getparent()
        paragraph = properties.getparent() if properties is not None else None
        if paragraph is None or paragraph.tag != w("p") or paragraph.find(f".//{w('t')}") is None:
            continue
        own = etree.Element(w("p"))
        etree.SubElement(own, w("pPr")).append(section)
        paragraph.addnext(own)


def number_pages_western(root: Element) -> None:
    """Take Thai page numbers out of every section."""
    for numbering in root.iter(w("pgNumType")):
        if w("fmt") in numbering.attrib:
            del numbering.attrib[w("fmt")]
