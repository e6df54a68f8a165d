"""The package of a template: its parts read strictly, and what drawings add to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lxml import etree

from itareport.document import drawing, structure
from itareport.files import opc
from itareport.problems import ItaReportError, problem

MAIN = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "[Content_Types].xml"
_NEEDED = (_TYPES, "_rels/.rels", MAIN, _RELATIONSHIPS)
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DRAWING_NUMBER = re.compile(r'<\w+:docPr\b[^>]*?\sid="([0-9]+)"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def read(data: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file, each XML part known to be well formed.

    Raises:
        ItaReportError: T300 no Word file, T302 a damaged part.
    """
    try:
        parts = opc.read(data)
    except opc.NotAPackageError as error:
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


def sound(xml: str, name: str) -> bytes:
    """Return a filled part in UTF-8, read as strictly as by `strict` (but no tree is built).

    Raises:
        ItaReportError: T302, or T304 for half of a character.
    """
    try:
        data = _DECLARATION + xml.encode()
    except UnicodeEncodeError as error:
        raise ItaReportError(problem("T304", paragraph="")) from error
    target: Any = _Nothing()
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True)
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ItaReportError(problem("T302", part=name)) from error
    if any(e.level > etree.ErrorLevels.WARNING for e in parser.error_log):
        raise ItaReportError(problem("T302", part=name))  # the log has names of no known space
    return data


class _Nothing:
    """What a parser builds that only has to read: it is told of nothing but the end."""

    def close(self) -> None:
        """Return no tree."""


class Package:
    """What a template keeps in every document: parts that do not change, compressed once."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """Take the parts of a template that hold no tags."""
        self._listing = parts[_TYPES], parts[_RELATIONSHIPS]
        self._same = [
            opc.packed(name, data)
            for name, data in parts.items()
            if name not in (_TYPES, _RELATIONSHIPS)
        ]
        relationships = strict(parts[_RELATIONSHIPS], _RELATIONSHIPS)
        self._taken = frozenset({*parts, *(e.get("Id") or "" for e in relationships)})

    def drawings(self, body: str) -> drawing.Parts:
        """Begin a collection of drawings whose names and numbers are not taken yet."""
        numbers = _DRAWING_NUMBER.findall(body) if ":docPr " in body else ()
        return drawing.Parts(taken=set(self._taken), number=max(map(int, numbers), default=0))

    def document(self, filled: Mapping[str, bytes], added: drawing.Parts) -> bytes:
        """Return the .docx of the filled parts and of what drawings added."""
        listing = _listing(
            *self._listing,
            tuple(sorted(added.defaults.items())),
            tuple(sorted(added.overrides.items())),
            tuple(added.relationships),
        )
        own = {**added.parts, **filled}.items()
        quick = (opc.packed(name, data, opc.QUICK) for name, data in own)
        return opc.join([*self._same, *listing, *quick])


@lru_cache(maxsize=64)
def _listing(
    types: bytes,
    relationships: bytes,
    defaults: tuple[tuple[str, str], ...],
    overrides: tuple[tuple[str, str], ...],
    related: tuple[tuple[str, str, str], ...],
) -> tuple[opc.Packed, opc.Packed]:
    """Return content types and relationships with those of drawings, alike in most documents."""
    tree = strict(types, _TYPES)
    known = {(e.get("Extension") or "").lower() for e in tree.iterfind(f"{_CT}Default")}
    for extension, content_type in defaults:
        if extension not in known:
            element = etree.Element(f"{_CT}Default", Extension=extension)
            element.set("ContentType", content_type)
            tree.insert(0, element)
    for part, content_type in overrides:
        etree.SubElement(tree, f"{_CT}Override", PartName=part, ContentType=content_type)
    links = strict(relationships, _RELATIONSHIPS)
    for id_, type_, target in related:
        etree.SubElement(links, f"{_REL}Relationship", Id=id_, Type=type_, Target=target)
    return (
        opc.packed(_TYPES, serialised(tree)),
        opc.packed(_RELATIONSHIPS, serialised(links)),
    )
