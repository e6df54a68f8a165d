"""The package of a template: its parts read strictly, and what drawings add to them."""

from __future__ import annotations

from lxml import etree

from itareport import drawing, package, structure
from itareport.errors import ItaReportError, problem

MAIN = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_NEEDED = (_TYPES, "_rels/.rels", MAIN, _RELATIONSHIPS)
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def read(data: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file, each XML part known to be well formed.

    Raises:
        ItaReportError: T300 no Word file, T302 a damaged part.
    """
    try:
        parts = package.read(data)
    except package.NotAPackageError as error:
        raise ItaReportError(problem("T300")) from error
    if not all(name in parts for name in _NEEDED):
        raise ItaReportError(problem("T300"))
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            strict(part, name)
    return parts


def strict(data: bytes, name: str) -> structure.Element:
    """Parse one part without recovery, entities or network.

    Raises:
        ItaReportError: T302.
    """
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise ItaReportError(problem("T302", part=name)) from error
    if b"<!DOCTYPE" in data:  # OPC forbids it, and entities come with it
        raise ItaReportError(problem("T302", part=name))
    return root


def serialised(root: structure.Element) -> bytes:
    """Write a part's tree as OOXML programs expect it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def drawings(parts: dict[str, bytes], root: structure.Element) -> drawing.Parts:
    """Begin a collection of drawings whose names and numbers the package does not hold yet."""
    relationships = strict(parts[_RELATIONSHIPS], _RELATIONSHIPS)
    numbers = [int(e.get("id") or 0) for e in root.iter(_DOC_PR) if (e.get("id") or "").isdecimal()]
    return drawing.Parts(
        taken={*parts, *(e.get("Id") or "" for e in relationships)},
        number=max(numbers, default=0),
    )


def add(parts: dict[str, bytes], added: drawing.Parts) -> None:
    """Put what drawings added into the package, with content types and relationships."""
    if not added.parts:
        return
    parts.update(added.parts)
    types = strict(parts[_TYPES], _TYPES)
    known = {(e.get("Extension") or "").lower() for e in types.iterfind(f"{_CT}Default")}
    for extension, content_type in sorted(added.defaults.items()):
        if extension not in known:
            element = etree.Element(f"{_CT}Default", Extension=extension)
            element.set("ContentType", content_type)
            types.insert(0, element)
    for part, content_type in sorted(added.overrides.items()):
        etree.SubElement(types, f"{_CT}Override", PartName=part, ContentType=content_type)
    parts[_TYPES] = serialised(types)
    relationships = strict(parts[_RELATIONSHIPS], _RELATIONSHIPS)
    for id_, type_, target in added.relationships:
        etree.SubElement(relationships, f"{_REL}Relationship", Id=id_, Type=type_, Target=target)
    parts[_RELATIONSHIPS] = serialised(relationships)
