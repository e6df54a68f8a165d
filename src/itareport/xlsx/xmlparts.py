"""The XML of a package's parts, read as a stream: no tree, no entities, nothing fetched; pure."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any, NoReturn, cast

from lxml import etree

from itareport.xlsx.opening import Package, refuse

Attributes = Mapping[str, str]


class Reader:
    """Hears the elements of one part, by local name: strict and transitional files read alike."""

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""

    def closes(self, name: str, text: str) -> None:
        """Hear an element end, with the text that stood in it after its last child."""


class _Target:
    """Joins lxml's events for a reader; refuses a document type, with its entities."""

    def __init__(self, package: Package, reader: Reader) -> None:
        self._package, self._reader = package, reader
        self._text: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._package.elements += 1
        if self._package.elements > self._package.max_elements:
            refuse("D425", self._package.name, what="มีแถวหรือช่องมากเกินไป")
        self._text.clear()
        self._reader.opens(_local(tag), {_local(n): v for n, v in attributes.items()})

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self._text)
        self._text.clear()
        self._reader.closes(_local(tag), text)

    def doctype(self, *_about: object) -> NoReturn:
        raise ValueError

    def close(self) -> None:
        """End the document."""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def read_part(package: Package, part: str, reader: Reader) -> None:
    """Let a reader hear one part.

    Raises:
        ItaReportError: D425, D426: the part is too big, not there, or no XML.
    """
    parser = etree.XMLParser(
        target=cast("Any", _Target(package, reader)),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    try:
        etree.fromstring(package.part(part), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        refuse("D426", package.name)


class Relations(Reader):
    """The relations of a part: id -> (kind, target as a part's name)."""

    def __init__(self, base: str) -> None:
        self._folder = posixpath.dirname(base)
        self.found: dict[str, tuple[str, str]] = {}

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        """Take a relation to another part; those to the outside are left alone."""
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        inside = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = (kind, posixpath.normpath(inside).lstrip("/"))


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part, none where it has no relations."""
    folder, file = posixpath.split(part)
    where = f"{folder}/_rels/{file}.rels".lstrip("/")
    reader = Relations(part)
    if package.has(where):
        read_part(package, where, reader)
    return reader.found


def whole(text: str | None) -> int:
    """Read a whole number of an attribute; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0
