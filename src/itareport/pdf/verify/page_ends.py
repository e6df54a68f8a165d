"""Where pages and lines end: what a person who leafs through a report would take offence at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from itareport.pdf.verify.expectation import Expected, Page
from itareport.problems import Problem, problem

LEAST_FILLED = 0.15
"""A page that is filled less is nearly empty, unless it ends a part."""

_SIGN = "(ลงชื่อ)"
_LONG = 25  # letters of a paragraph that tell where its row is
_DROPPED = re.compile("[-\x02\xad\ufffe\u2060]")


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a page, without spaces and hyphens, and how they run on as one text."""

    text: str
    ends: tuple[int, ...]

    def between(self, start: int, end: int) -> int:
        """Return how many lines the text from start to end stands in."""
        return bisect_right(self.ends, end - 1) - bisect_right(self.ends, start) + 1


def _squeezed(text: str) -> str:
    return "".join(_DROPPED.sub("", text).split())


@lru_cache(maxsize=64)
def _lines(page: Page) -> _Lines:
    lines = [_squeezed(line) for line in page.text.splitlines()]
    return _Lines("".join(lines), tuple(accumulate(map(len, lines))))


def split_rows(pages: Sequence[Page], expected: Expected) -> dict[int, int]:
    """Return the rows that go on over a page with but one line, each with the page it goes on."""
    return dict(_one_line([_lines(page) for page in pages], expected))


def faults(
    pages: Sequence[Page], expected: Expected, split: Mapping[int, int]
) -> Iterator[Problem]:
    """Yield a warning for each kind of page or line that ends badly; P520-P524."""
    read = [_lines(page) for page in pages]
    if found := _listed(_nearly_empty(pages, read, expected)):
        yield problem("P520", pages=found)
    if found := _listed(_ends_in_heading(read, expected)):
        yield problem("P521", pages=found)
    if found := _listed(_signers_apart(read)):
        yield problem("P522", pages=found)
    if found := _listed(split.values()):
        yield problem("P523", pages=found)
    if found := _listed(_cuts_name(read, expected)):
        yield problem("P524", pages=found)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number + 1) for number in sorted(set(numbers)))


def _nearly_empty(
    pages: Sequence[Page], read: Sequence[_Lines], expected: Expected
) -> Iterator[int]:
    """Yield pages with little on them, but those at the end of a part: before a turn or heading."""
    headings = tuple(map(_squeezed, expected.headings))
    for number, (page, following) in enumerate(pairwise(pages)):
        begins = any(heading in read[number + 1].text[: len(heading) + 20] for heading in headings)
        if page.filled < LEAST_FILLED and page.lies == following.lies and not begins:
            yield number


def _ends_in_heading(read: Sequence[_Lines], expected: Expected) -> Iterator[int]:
    headings = tuple(filter(None, map(_squeezed, expected.headings)))
    for number, page in enumerate(read):
        if headings and page.text.endswith(headings):
            yield number


def _signers_apart(read: Sequence[_Lines]) -> Iterator[int]:
    """Yield the pages with signers where they are not all on one."""
    signed = [number for number, page in enumerate(read) if _SIGN in page.text]
    if len(signed) > 1:
        yield from signed


def _cuts_name(read: Sequence[_Lines], expected: Expected) -> Iterator[int]:
    name = _squeezed(expected.proper_name)
    for number, page in enumerate(read):
        at = page.text.find(name) if name else -1
        while at >= 0:
            if page.between(at, at + len(name)) > 1:
                yield number
                break
            at = page.text.find(name, at + len(name))


def _one_line(read: Sequence[_Lines], expected: Expected) -> Iterator[tuple[int, int]]:
    """Yield rows and pages on which they go on, with but one line there or on their first page."""
    for number, row in enumerate(expected.rows):
        cells = [[text for text in map(_squeezed, cell) if text] for cell in row]
        lines: dict[int, int] = {}  # of the cell with most lines, by page
        for cell in cells:
            for page, count in _cell_lines(read, cell).items():
                lines[page] = max(lines.get(page, 0), count)
        run = _run(lines)
        if len(run) > 1 and (lines[run[0]] < 2 or lines[run[-1]] < 2):
            yield number, run[-1]


def _run(lines: dict[int, int]) -> list[int]:
    """Return the pages that follow each other about the one with most lines.

    A text of the row may stand elsewhere, too.
    """
    first = last = max(lines, key=lines.__getitem__, default=-1)
    while first - 1 in lines:
        first -= 1
    while last + 1 in lines:
        last += 1
    return [*range(first, last + 1)]


def _cell_lines(read: Sequence[_Lines], cell: Sequence[str]) -> dict[int, int]:
    """Return how many lines a cell has on each page.

    A paragraph that is short, or stands in several places, counts on its neighbour's page.
    """
    found = [_paragraph_lines(read, text) for text in cell]
    lines: dict[int, int] = {}
    for text, own, before, after in zip(cell, found, [{}, *found], [*found[1:], {}], strict=False):
        near = [*sorted(after)[:1], *sorted(before)[-1:]]
        if not own and (at := next((n for n in near if text in read[n].text), None)) is not None:
            own[at] = _at(read[at], text)
        for number, count in own.items():
            lines[number] = lines.get(number, 0) + count
    return lines


def _paragraph_lines(read: Sequence[_Lines], text: str) -> dict[int, int]:
    """Return the lines of a paragraph on its page, or on the two that a page's end makes of it."""
    if len(text) < _LONG:
        return {}
    whole = [number for number, page in enumerate(read) if text in page.text]
    if whole:
        (number, *others) = whole
        return {} if others else {number: _at(read[number], text)}
    parted = [
        (min(length, len(text) - length), number, length)
        for number, (page, following) in enumerate(pairwise(read))
        if (length := _beginning(page.text, text)) and text[length:] in following.text
    ]
    if not parted:
        return {}
    _, number, length = max(parted)  # another text may begin or end as this does
    return {
        number: _at(read[number], text[:length]),
        number + 1: _at(read[number + 1], text[length:]),
    }


def _at(page: _Lines, text: str) -> int:
    start = page.text.rfind(text)
    return page.between(start, start + len(text))


def _beginning(said: str, text: str) -> int:
    """Return how long the longest beginning of a text is that a page holds."""
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in said else (low, middle - 1)
    return low
