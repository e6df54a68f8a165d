"""Word files of other people, with what they may hold besides a report's words, for tests."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

import packages
from documents import document, paragraph
from itareport.document import structure
from itareport.files import opc

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = "word/document.xml"


@functools.cache
def _blank() -> dict[str, bytes]:
    return opc.read(document(""))


@dataclass
class Guest:
    """A Word file to which parts and relationships are added."""

    parts: dict[str, bytes] = field(default_factory=lambda: dict(_blank()))

    def body(self, *inner: str) -> Guest:
        """Take the body's XML."""
        xml = f'<w:document xmlns:w="{structure.W}" xmlns:r="{R}"><w:body>{"".join(inner)}'
        self.parts[MAIN] = f"{xml}</w:body></w:document>".encode()
        return self

    def part(self, name: str, data: bytes, content_type: str) -> Guest:
        """Add a part of a content type."""
        self.parts[name] = data
        about = {"PartName": f"/{name}", "ContentType": content_type}
        self._add(opc.TYPES, f"{{{_TYPES}}}Override", about)
        return self

    def link(
        self, kind: str, target: str, *, of: str = MAIN, id_: str = "", outside: bool = False
    ) -> Guest:
        """Add a relationship of a part; a kind without its address is one of Office's."""
        listed = opc.relationships_of(of)
        self.parts.setdefault(listed, f'<Relationships xmlns="{_LINKS}"/>'.encode())
        number = self.parts[listed].count(b"<Relationship ") + 100
        about = {"Id": id_ or f"guest{number}", "Target": target}
        about["Type"] = kind if ":" in kind else f"{R}/{kind}"
        mode = {"TargetMode": "External"} if outside else {}
        self._add(listed, f"{{{_LINKS}}}Relationship", {**about, **mode})
        return self

    def linked(self, kind: str, name: str, data: bytes, content_type: str) -> Guest:
        """Add a part to which the body has a relationship."""
        target = posixpath.relpath(name, "word")
        return self.part(name, data, content_type).link(kind, target)

    def word(self, kind: str, inner: str = "", root: str = "", name: str = "") -> Guest:
        """Add a part of Word's own, such as a header; its name need not be that of XML."""
        xml = f'<w:{root or kind} xmlns:w="{structure.W}">{inner}</w:{root or kind}>'
        part = name or f"word/guest-{kind}.xml"
        return self.linked(kind, part, xml.encode(), f"{_WORD}.{kind}+xml")

    def typed(self, old: str, new: str) -> Guest:
        """Change the content types."""
        self.parts[opc.TYPES] = self.parts[opc.TYPES].replace(old.encode(), new.encode())
        return self

    def changed(self, name: str, old: str, new: str) -> Guest:
        """Change the XML of a part."""
        assert old.encode() in self.parts[name]
        self.parts[name] = self.parts[name].replace(old.encode(), new.encode())
        return self

    def data(self, more: Mapping[str, bytes] | None = None) -> bytes:
        """Return the file, with further entries under any name."""
        return packages.zipped({**self.parts, **(more or {})})

    def _add(self, part: str, tag: str, about: Mapping[str, str]) -> None:
        root = etree.fromstring(self.parts[part])
        etree.SubElement(root, tag, dict(about))
        self.parts[part] = etree.tostring(root)


def guest(*inner: str) -> Guest:
    """Begin a Word file whose body has this XML, or one paragraph."""
    return Guest().body(*(inner or (paragraph("ก"),)))


def field_of(*instructions: str) -> str:
    """Return a paragraph with a field whose instruction lies in some runs."""
    runs = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}<w:r><w:t>ผลของฟิลด์</w:t></w:r></w:p>"
