"""The package of a template: its parts read strictly, and what drawings add to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from itareport.document import drawing, structure
from itareport.files import opc
from itareport.problems import ItaReportError, Problem, problem

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DRAWING_NUMBER = re.compile(r'<\w+:docPr\b[^>]*?\sid="([0-9]+)"')


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of a Word file that come into a report, each XML part known to be well formed."""

    parts: Mapping[str, bytes]
    main: str
    """The name of the part that holds the body."""
    relationships: str
    """The name of the part that holds its relationships."""
    with_tags: dict[str, str]
    """The names of the parts that are filled, in the order of the file, and the words for them."""
    problems: tuple[Problem, ...]
    """What the file has and no report may have: errors."""
    left_out: tuple[Problem, ...]
    """What the file has and no report: comments, names of people."""


def strict(data: bytes, name: str, elements: opc.Elements | None = None) -> structure.Element:
    """Parse one part without recovery, entities or network.

    Raises:
        ItaReportError: T302.
        BeyondLimitsError: it has too many elements.
    """
    try:
        return opc.parsed(data, elements)
    except opc.BeyondLimitsError:
        raise
    except opc.NotAPackageError as error:
        raise ItaReportError(problem("T302", part=f"{name} มี DOCTYPE")) from error
    except etree.XMLSyntaxError as error:
        raise ItaReportError(problem("T302", part=name)) from error


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
        raise ItaReportError(problem("T304", what="อักขระครึ่งตัว", where="")) from error
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
    """A parser's target that builds nothing: the part is only read."""

    def close(self) -> None:
        """Return no tree."""


class FixedParts:
    """What a template keeps in every document: parts that do not change, compressed once."""

    def __init__(self, template: Template) -> None:
        """Take a template; its parts with tags come filled with every document."""
        self._folder = template.main[: template.main.rfind("/") + 1]
        parts = template.parts
        listed = template.relationships
        self._listing = parts[opc.TYPES], listed, parts[listed]
        changing = (opc.TYPES, listed, *template.with_tags)
        self._same = [opc.packed(name, parts[name]) for name in parts if name not in changing]
        ids = (element.get("Id") or "" for element in strict(parts[listed], listed))
        self._taken = frozenset({*map(str.lower, parts), *ids})

    def drawings(self, body: str) -> drawing.Parts:
        """Begin a collection of drawings whose names and numbers are not taken yet."""
        numbers = _DRAWING_NUMBER.findall(body) if ":docPr " in body else ()
        highest = max(map(int, numbers), default=0)
        return drawing.Parts(folder=self._folder, taken=set(self._taken), number=highest)

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
    name: str,
    relationships: bytes,
    defaults: tuple[tuple[str, str], ...],
    overrides: tuple[tuple[str, str], ...],
    related: tuple[tuple[str, str, str], ...],
) -> tuple[opc.Packed, opc.Packed]:
    """Return content types and relationships with those of drawings, alike in most documents."""
    tree = strict(types, opc.TYPES)
    known = {(e.get("Extension") or "").lower() for e in tree.iterfind(f"{_CT}Default")}
    for extension, content_type in defaults:
        if extension not in known:
            element = etree.Element(f"{_CT}Default", Extension=extension)
            element.set("ContentType", content_type)
            tree.insert(0, element)
    for part, content_type in overrides:
        etree.SubElement(tree, f"{_CT}Override", PartName=part, ContentType=content_type)
    links = strict(relationships, name)
    for id_, type_, target in related:
        etree.SubElement(links, f"{_REL}Relationship", Id=id_, Type=type_, Target=target)
    return (
        opc.packed(opc.TYPES, serialised(tree)),
        opc.packed(name, serialised(links)),
    )
