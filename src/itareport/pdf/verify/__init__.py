"""Check that a PDF is what the data says.

LibreOffice exits with 0 for a file it could not read, and prints boxes where it has no font: a
PDF is believed only after its pages, fonts and text have been looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from itareport.pdf.verify import page_ends
from itareport.pdf.verify.expectation import FAMILY, Expected, Font, Page
from itareport.problems import ItaReportError, Problem, exit_status, problem

__all__ = ["FAMILY", "Expected", "Font", "Page", "Verified", "figures", "library", "pdf"]

_PIECE = 120  # letters a page at least holds of a paragraph in a narrow column
_SHOWN = 60
_SCORE = re.compile(r"(?<![0-9๐-๙.])[0-9๐-๙]+\.[0-9๐-๙]{2}(?![0-9๐-๙])")
_HYPHEN = re.compile("[\x02\xad\ufffe]")  # pdfium's, at a line's end


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: nothing in `problems` means that the PDF is as expected."""

    problems: tuple[Problem, ...]
    pages: int
    split_rows: tuple[int, ...] = ()
    """Which of the expected rows go on over a page with but one line (P523)."""

    def is_better_than(self, other: Verified) -> bool:
        """Return whether less is wrong with it, or fewer rows are split badly."""
        return self._faults < other._faults

    @property
    def _faults(self) -> tuple[int, int, int]:
        return (exit_status(self.problems), len(self.problems), len(self.split_rows))


def pdf(data: bytes, expected: Expected) -> Verified:
    """Read a PDF and compare it with what it must hold; P510-P516, P518, P520-P525.

    Raises:
        ItaReportError: P517, the library that reads PDFs cannot be loaded.
    """
    pages = _reading().pages(data)
    if pages is None:
        return Verified((problem("P510"),), 0)
    split = page_ends.split_rows(pages, expected)
    problems = (*_faults(pages, expected), *page_ends.faults(pages, expected, split))
    return Verified(problems, len(pages), tuple(split))


def library() -> str:
    """Return the release of the library that reads PDFs.

    Raises:
        ItaReportError: P517.
    """
    return str(_reading().RELEASE)


def _reading() -> ModuleType:
    """Load pdfium only now: a build without PDF has no use for it."""
    try:
        from itareport.pdf.verify import pdf_text
    except (ImportError, OSError) as error:
        raise ItaReportError(problem("P517")) from error
    return pdf_text


def _faults(pages: Sequence[Page], expected: Expected) -> Iterator[Problem]:
    if not pages:
        yield problem("P511")
        return
    if empty := [number for number, page in enumerate(pages, 1) if page.is_empty]:
        yield problem("P512", pages=_listed(empty))
    fonts = {font for page in pages for font in page.fonts}
    if other := {font.name for font in fonts if font.family not in expected.families}:
        yield problem("P513", fonts=_listed(sorted(other)))
    if outside := {font.name for font in fonts if not font.embedded}:
        yield problem("P514", fonts=_listed(sorted(outside)))
    text = "\n".join(page.text for page in pages)
    if _squeezed(expected.name) not in _squeezed(text):
        yield problem("P515", name=expected.name)
    if lost := _lost(expected.scores, text):
        yield problem("P516", scores=_listed(lost))
    if (shown := sum(page.pictures for page in pages)) < expected.pictures:
        yield problem("P525", shown=shown, placed=expected.pictures)
    yield from _unfound(expected.texts, _squeezed(text))


def _unfound(texts: Sequence[str], said: str) -> Iterator[Problem]:
    """Look for each paragraph, whole or in the pieces that page breaks make of it."""
    lost = [text for text in texts if not _in_pieces(_squeezed(text), said)]
    if lost:
        first = " ".join(lost[0].split())
        shown = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…"
        yield problem("P518", text=shown, count=len(lost))


def _in_pieces(text: str, said: str) -> bool:
    """Return whether a PDF's text contains a paragraph, in at most a few pieces of some length."""
    for _ in range(2 + len(text) // _PIECE):
        if text in said:
            return True
        low, high = 0, len(text)  # the longest beginning that is found
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in said else (low, middle - 1)
        if low == 0:
            return False
        text = text[low:]
    return False


def figures(text: str) -> Counter[str]:
    """Count the figures of two decimals, as scores print, in a text of either digits."""
    return Counter(_SCORE.findall(text))


def _lost(scores: Mapping[str, int], text: str) -> list[str]:
    """Return the scores that the text does not contain often enough.

    A score is looked for as one number, so that ๕.๐๐ is not found in ๙๕.๐๐; only then with gaps
    between its digits, which justified lines have.
    """
    short = Counter(scores) - figures(text)
    return sorted(s for s in short if len(re.findall(_with_gaps(s), text)) < scores[s])


def _with_gaps(score: str) -> str:
    digits = r"\s*".join(map(re.escape, score))
    return rf"(?<![0-9๐-๙.]){digits}(?![0-9๐-๙])"


def _squeezed(text: str) -> str:
    """Drop spaces: a line's end may fall, and a reader may see a gap, anywhere in Thai."""
    return "".join(_HYPHEN.sub("-", text).split())


def _listed(things: Sequence[object]) -> str:
    shown = [str(thing) for thing in things[:10]]
    return ", ".join(shown) + (f" และอีก {len(things) - 10}" if len(things) > 10 else "")
