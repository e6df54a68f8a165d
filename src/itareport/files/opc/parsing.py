"""XML of untrusted parts: parsed into a tree without entities, and never past the limits."""

from __future__ import annotations

from typing import Any

from lxml import etree

from itareport.files.opc.refusing import BeyondLimitsError, Limits, NotAPackageError

_CHUNK = 1 << 16


class Elements:
    """How many XML elements may still be parsed."""

    def __init__(self, left: int = Limits().elements) -> None:
        """Begin with a limit."""
        self.left = left

    def take(self, count: int = 1) -> None:
        """Count elements.

        Raises:
            BeyondLimitsError: there are too many.
        """
        self.left -= count
        if self.left < 0:
            raise BeyondLimitsError("elements")


def parsed(data: bytes, elements: Elements | None = None, **options: Any) -> etree._Element:
    """Parse one part; its elements are counted while the tree grows.

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
    parser = etree.XMLPullParser(
        ("start", "comment", "pi"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        **options,
    )
    events: Any = parser.read_events()
    root = None
    for at in range(0, len(data), _CHUNK):
        parser.feed(data[at : at + _CHUNK])
        for _, element in events:
            left.take()
            if root is None and (root := element).getroottree().docinfo.doctype:
                raise NotAPackageError
    return parser.close()
