"""What a PDF holds, as it was read, and what it must hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

FAMILY = "THSarabunNew"
"""TH Sarabun New as a PDF writes it."""

_PAGE_NUMBER = re.compile(r"\W*[0-9๐-๙]*\W*")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a PDF must hold, digits as printed."""

    name: str
    """The agency's full name."""
    scores: Mapping[str, int] = field(default_factory=dict)
    """Each score with two decimals and how often at least it is printed."""
    texts: Sequence[str] = ()
    """Paragraphs of the document; one that is not found is told, for a person to look."""
    proper_name: str = ""
    """The agency's own name, without its kind: no line may end in it."""
    headings: Sequence[str] = ()
    """Those paragraphs that head others."""
    rows: Sequence[Sequence[Sequence[str]]] = ()
    """The rows that may go on over a page: the paragraphs of each cell."""
    pictures: int = 0
    """How many pictures of dots are placed on its pages."""
    families: Collection[str] = (FAMILY,)
    """The only families of fonts, as a PDF writes them: without spaces."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a page uses it; the name without the mark of a subset."""

    name: str
    embedded: bool

    @property
    def family(self) -> str:
        """The name without its style: `THSarabunNew` of `THSarabunNew-Bold`."""
        return re.split(r"[-,]", self.name, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF as a reader finds it."""

    text: str
    fonts: frozenset[Font]
    pictures: int
    """How many pictures of dots it shows."""
    filled: float = 1.0
    """How far down the text reaches between the margins, from 0 to 1."""
    lies: bool = False
    """Whether it is wider than high."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on it but, perhaps, its number."""
        return not self.pictures and bool(_PAGE_NUMBER.fullmatch(self.text))
