"""The limits on a package, why one is refused, and the XML of its parts parsed within them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

_CHUNK = 1 << 16
_UTF_8 = re.compile(rb'<\?xml version="1\.0" encoding="(UTF|utf)-8"|<[A-Za-z]')
_COUNT: Callable[[etree._Element], Any] = etree.XPath(
    "count(//* | //comment() | //processing-instruction())"
)


Limit = Literal["parts", "unpacked", "ratio", "xml", "elements"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a package may be; a report's template or workbook has a hundredth of it."""

    parts: int = 2_000
    unpacked: int = 60_000_000
    """Bytes, all parts together."""
    ratio: int = 300
    """Unpacked to packed, of a part of at least a megabyte."""
    xml: int = 16_000_000
    """Bytes of one part that is parsed."""
    elements: int = 300_000
    """XML elements of all parts that are parsed."""


LARGE = Limits(unpacked=100_000_000, xml=100_000_000, elements=4_000_000)
"""For a table with all 7,850 local governments, which has 1,300,000 elements; and for reports."""


class NotAPackageError(ValueError):
    """The bytes are no zip package, a damaged one, or one beyond the limits."""


class LockedPackageError(NotAPackageError):
    """A password protects the package."""


class BeyondLimitsError(NotAPackageError):
    """The package is larger than one of the limits allows."""

    def __init__(self, limit: Limit, part: str = "") -> None:
        """Take the limit, and the part that is too large if it is one part."""
        super().__init__(limit, part)
        self.limit, self.part = limit, part


class Elements:
    """How many XML elements may still be parsed."""

    def __init__(self, left: int = Limits().elements) -> None:
        """Begin with a limit."""
        self.left = left

    def take(self, count: int = 1) -> None:
        """Subtract parsed elements from those that are left.

        Raises:
            BeyondLimitsError: there are too many.
        """
        self.left -= count
        if self.left < 0:
            raise BeyondLimitsError("elements")


def parsed(data: bytes, elements: Elements | None = None, **options: Any) -> etree._Element:
    """Parse one part; its elements are counted while the tree grows, where they may be too many.

    Args:
        data: The part.
        elements: What is left for it and for others; None allows it as many as a package.
        options: Further options of lxml's parser.

    Raises:
        lxml.etree.XMLSyntaxError: the part is not well formed, or too deep.
        NotAPackageError: the part has a document type, which OPC forbids.
        BeyondLimitsError: the part has too many elements.
    """
    left = elements or Elements()
    safely: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    if not options and _is_small(data, left):
        whole = etree.fromstring(data, etree.XMLParser(**safely))
        left.take(int(_COUNT(whole)))
        return whole
    parser = etree.XMLPullParser(("start", "comment", "pi"), **safely, **options)
    events: Any = parser.read_events()
    root = None
    for at in range(0, len(data), _CHUNK):
        parser.feed(data[at : at + _CHUNK])
        for _, element in events:
            left.take()
            if root is None and (root := element).getroottree().docinfo.doctype:
                raise NotAPackageError
    return parser.close()


def _is_small(data: bytes, left: Elements) -> bool:
    """Return whether a part cannot have more elements than are left, nor entities of its own."""
    return data.count(b"<") <= left.left and _UTF_8.match(data) is not None and b"<!D" not in data
