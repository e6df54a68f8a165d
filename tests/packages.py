"""Packages as other programs write them: parts under other names, odd slashes, false sizes."""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from lxml import etree

from itareport.files import opc

Name = Callable[[str], str]
_CENTRAL = b"PK\x01\x02"


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file of parts, in their order."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def moved(data: bytes, name: Name, target: Name = lambda part: f"/{part}") -> bytes:
    """Return a package with each part under another name, and the targets that lead there.

    Args:
        data: The package.
        name: Gives the new name of a part.
        target: Writes that name as the target of a relationship.
    """
    parts, made = opc.read(data), {}
    for old, content in parts.items():
        if old == opc.TYPES:
            made[old] = _changed(content, "PartName", lambda part: f"/{name(part.lstrip('/'))}")
        elif old.endswith(".rels"):
            folder, file = posixpath.split(old)
            base = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))

            def link(to: str, at: str = posixpath.dirname(base)) -> str:
                return target(name(posixpath.normpath(posixpath.join("/", at, to)).lstrip("/")))

            made[opc.relationships_of(name(base) if base else "")] = _changed(
                content, "Target", link
            )
        else:
            made[name(old)] = content
    return zipped(made)


def _changed(xml: bytes, attribute: str, change: Name) -> bytes:
    root = etree.fromstring(xml)
    for element in root:
        found = element.get(attribute)
        if found and element.get("TargetMode") != "External":
            element.set(attribute, change(found))
    return etree.tostring(root)


def backslashed(data: bytes) -> bytes:
    """Return a package whose entries are named with backslashes."""
    return zipped({name.replace("/", "\\"): part for name, part in opc.read(data).items()})


def declared(data: bytes, name: str, size: int) -> bytes:
    """Return a package that says another size of a part than it has."""
    made = bytearray(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        local, at = archive.getinfo(name).header_offset, archive.start_dir
    struct.pack_into("<L", made, local + 22, size)
    while made[at : at + 4] == _CENTRAL:
        length, *others = struct.unpack_from("<HHH", made, at + 28)
        if made[at + 46 : at + 46 + length].decode() == name:
            struct.pack_into("<L", made, at + 24, size)
        at += 46 + length + sum(others)
    return bytes(made)


def order_and_times(data: bytes) -> list[tuple[str, tuple[int, int, int, int, int, int]]]:
    """Return name and time of each entry, in order: what `write` fixes, whatever zlib packs."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(info.filename, info.date_time) for info in archive.infolist()]
