"""The limits on a package, and why a package is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Limit = Literal["parts", "unpacked", "ratio", "xml", "elements"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a package may be; a report's template or workbook has a hundredth of it."""

    parts: int = 2_000
    unpacked: int = 100_000_000
    """Bytes, all parts together."""
    ratio: int = 300
    """Unpacked to packed, of a part of at least a megabyte."""
    xml: int = 16_000_000
    """Bytes of one part that is parsed."""
    elements: int = 300_000
    """XML elements of all parts that are parsed."""


LARGE = Limits(xml=Limits().unpacked, elements=4_000_000)
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
