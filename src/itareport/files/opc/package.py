"""A package opened: its parts by name, each unpacked when it is asked for, within the limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast
from urllib.parse import unquote

from lxml import etree

from itareport.files.opc import parsing

TYPES = "[Content_Types].xml"
FIXED = (TYPES, "_rels/.rels")
"""The parts of every package; all others are found from them."""
_FIXED = {name.lower(): name for name in FIXED}
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that OPC allows
_ENCRYPTED = 1
_LARGE = 1_000_000  # bytes of a part whose ratio counts
_ENTRY = b"PK\x01\x02"  # begins the line of an entry in the directory at the end
_DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship from one part, or from the package, to another part."""

    kind: str
    """The last word of its type, which strict and transitional files share."""
    target: str
    """The name of the other part, which need not be there."""


def cleaned(name: str) -> str:
    """Return the name of a zip entry as a part's name; "" where it can be none."""
    name = name.replace("\\", "/").removeprefix("/")
    if not set(name.split("/")).isdisjoint(("", ".", "..")) or ":" in name or "\0" in name:
        return ""  # a folder, or a way out of the folder into which somebody unpacks the file
    return _FIXED.get(name.lower(), name)


def resolved(base: str, target: str) -> str:
    """Return the name of the part to which a relationship of the part `base` leads."""
    target = target.replace("\\", "/").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")


def relationships_of(part: str) -> str:
    """Return the name of the part that holds the relationships of a part; "" is the package."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _odd_names(named: Iterable[tuple[str, zipfile.ZipInfo]]) -> Iterator[str]:
    met: set[str] = set()
    for name, entry in named:
        said = entry.filename
        is_folder = said.endswith(("/", "\\")) and cleaned(said[:-1])
        if said.startswith(("/", "\\")) or name.lower() in met or not (name or is_folder):
            yield said
        if name:
            met.add(name.lower())


class Package(Mapping[str, bytes]):
    """The parts of a package by name; case does not matter in names.

    Entries whose names lead elsewhere (`../x`) are left out.
    """

    def __init__(self, data: bytes, limits: parsing.Limits | None = None) -> None:
        """Open a package.

        Raises:
            NotAPackageError: the bytes are no zip file, or a damaged one.
            LockedPackageError: a password protects it.
            BeyondLimitsError: it has too many parts, or too large ones.
        """
        self.limits = limits or parsing.Limits()
        self.elements = parsing.Elements(self.limits.elements)
        if data.count(_ENTRY) > self.limits.parts:
            raise parsing.BeyondLimitsError("parts")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise parsing.NotAPackageError from error
        entries = self._archive.infolist()
        if sum(entry.file_size for entry in entries) > self.limits.unpacked:
            raise parsing.BeyondLimitsError("unpacked")
        for entry in entries:
            self._look_at(entry)
        named = [(cleaned(entry.filename), entry) for entry in entries]
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._entries = {name.lower(): (name, entry) for name, entry in named if name}
        self.odd_names = tuple(_odd_names(named))
        """Names of entries that lead elsewhere, or that two entries have."""

    def _look_at(self, entry: zipfile.ZipInfo) -> None:
        if entry.compress_type not in _COMPRESSIONS:
            raise parsing.NotAPackageError
        if entry.flag_bits & _ENCRYPTED:
            raise parsing.LockedPackageError
        if entry.file_size > max(_LARGE, entry.compress_size * self.limits.ratio):
            raise parsing.BeyondLimitsError("ratio", entry.filename)

    def __getitem__(self, name: str) -> bytes:
        """Unpack one part, never more of it than the package declares.

        Raises:
            KeyError: there is no such part.
            NotAPackageError: it is damaged.
        """
        _, entry = self._entries[name.lower()]
        try:
            with self._archive.open(entry) as stream:
                return stream.read(entry.file_size + 1)
        except _DAMAGED as error:
            raise parsing.NotAPackageError from error

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a part."""
        return isinstance(name, str) and name.lower() in self._entries

    def __iter__(self) -> Iterator[str]:
        """Yield the name of each part."""
        return (name for name, _ in self._entries.values())

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self._entries)

    def changing(self) -> MutableMapping[str, bytes]:
        """Return a mapping that takes changes to the parts; the package itself stays as it is."""
        return ChainMap({}, cast("MutableMapping[str, bytes]", self))  # it writes to the first

    def named(self, name: str) -> str:
        """Return the name of a part as the package spells it; of no part, the name itself."""
        spelt = (self._entries.get(one.lower()) for one in (name, unquote(name)))
        return next((found[0] for found in spelt if found), name)

    def target(self, part: str, target: str) -> str:
        """Return the part to which a relationship of a part, or of the package, leads."""
        return self.named(resolved(part, target))

    def size(self, name: str) -> int:
        """Return how many bytes a part has when unpacked, as the package declares."""
        return self._entries[name.lower()][1].file_size

    def xml(self, name: str) -> bytes:
        """Unpack one part that is to be parsed.

        Raises:
            KeyError: there is no such part.
            NotAPackageError: it is damaged.
            BeyondLimitsError: it is too large to be parsed.
        """
        if self.size(name) > self.limits.xml:
            raise parsing.BeyondLimitsError("xml", name)
        return self[name]

    def tree(self, name: str) -> etree._Element:
        """Parse one part.

        Raises:
            KeyError: there is no such part.
            NotAPackageError: it is damaged.
            BeyondLimitsError: it is too large, or has too many elements.
        """
        try:
            return parsing.parsed(self.xml(name), self.elements)
        except etree.LxmlError as error:
            raise parsing.NotAPackageError from error

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """Return the relationships of a part, or of the package, to other parts, by their ids.

        Raises:
            NotAPackageError: they are damaged.
        """
        listed = relationships_of(part)
        if part not in self._relationships and listed in self:
            self._relationships[part] = self._listed(part, self.tree(listed))
        return self._relationships.get(part, {})

    def _listed(self, part: str, root: etree._Element) -> dict[str, Relationship]:
        return {
            element.get("Id", ""): Relationship(
                element.get("Type", "").rpartition("/")[2],
                self.target(part, element.get("Target", "")),
            )
            for element in root.iter("{*}Relationship")
            if element.get("TargetMode") != "External"
        }

    def related(self, part: str, *kinds: str) -> list[str]:
        """Return the parts to which a part, or the package, has a relationship of these kinds.

        Raises:
            NotAPackageError: the relationships are damaged.
        """
        found = self.relationships(part).values()
        return [one.target for one in found if one.kind in kinds and one.target in self]

    @cached_property
    def main(self) -> str:
        """The part that the package is about: a document, a workbook; "" where there is none."""
        return next(iter(self.related("", "officeDocument")), "")

    def content_type(self, part: str) -> str:
        """Return the content type that the package declares for a part; "" where it has none.

        Raises:
            NotAPackageError: the content types are damaged.
        """
        own, by_extension = self._types
        return own.get(part.lower()) or by_extension.get(part.lower().rpartition(".")[2], "")

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        """The content types of parts, and those of the extensions of their names."""
        if TYPES not in self:
            return {}, {}
        root = self.tree(TYPES)
        own, by_extension = (
            {cleaned(e.get(key, "")).lower(): e.get("ContentType", "") for e in root.iter(tag)}
            for tag, key in (("{*}Override", "PartName"), ("{*}Default", "Extension"))
        )
        return own, by_extension


def read(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package, all unpacked.

    Raises:
        NotAPackageError: no zip file, a damaged or encrypted one, or one beyond the limits.
    """
    return dict(Package(data))
