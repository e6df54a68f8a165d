"""Names of parts: cleaned as they come from a zip file, and found from relationships."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

TYPES = "[Content_Types].xml"
FIXED = (TYPES, "_rels/.rels")
"""The parts of every package; all others are found from them."""
_FIXED = {name.lower(): name for name in FIXED}


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
