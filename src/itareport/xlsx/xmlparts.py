"""The XML of a package's parts, read as a stream: no tree, no entities, nothing fetched; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from lxml import etree

from itareport.files import opc

Attributes = Mapping[str, str]


class Reader:
    """Receives the elements of one part by local name: strict and transitional files read alike."""

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        """Receive the beginning of an element."""

    def closes(self, name: str, text: str) -> None:
        """Receive the end of an element, with the text in it after its last child."""


class _Target:
    """Joins lxml's events for a reader; refuses a document type, with its entities."""

    def __init__(self, elements: opc.Elements, reader: Reader) -> None:
        self._elements, self._reader = elements, reader
        self._text: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._elements.take()
        self._text.clear()
        self._reader.opens(_local(tag), {_local(n): v for n, v in attributes.items()})

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        text = "".join(self._text)
        self._text.clear()
        self._reader.closes(_local(tag), text)

    def doctype(self, *_about: object) -> NoReturn:
        raise opc.NotAPackageError

    def close(self) -> None:
        """End the document."""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2] if tag[0] == "{" else tag


def read_part(package: opc.Package, part: str, reader: Reader) -> None:
    """Give the elements of one part to a reader.

    Raises:
        KeyError: there is no such part.
        opc.NotAPackageError: the part is too big, damaged or no XML.
    """
    target: Any = _Target(package.elements, reader)
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(package.xml(part), parser)
    except (etree.LxmlError, AssertionError) as error:
        raise opc.NotAPackageError from error


def whole(text: str | None) -> int:
    """Read a whole number of an attribute; 0 where it is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0
