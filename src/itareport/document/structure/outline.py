"""One piece of a part's XML, read for the places where structure may have to be written.

A piece is what a template says between two tags of Jinja, the same in every document, so each is
read once a process.  Elements are known by the prefix `w:` (see `tree.with_common_prefix`), and
in the form in which lxml writes a template: no comment, `>` escaped, an empty element as one tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

Place = Literal[
    "table", "grid", "table_end", "row", "kept_whole", "header", "row_end", "cell", "cell_end",
    "paragraph", "text", "block", "block_end", "section",
]  # fmt: skip
Step = tuple[str, Place, Any]
"""Markup, then the place that it leads to, and what `Writer` needs to know of that place."""


ParagraphHead = tuple[str, str | None]
"""A paragraph's beginning as it is, and the same kept with the next; None where it is kept."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The steps of a piece, and the markup behind the last of them."""

    steps: tuple[Step, ...]
    rest: str
    cut: str
    """The end of the piece, where only what follows tells what it is."""


@dataclass(frozen=True, slots=True)
class CellHead:
    """A cell's properties as they are, and the same with a vertical merge."""

    plain: str
    restart: str
    continued: str
    span: int
    """How many columns the cell takes."""
    merged: bool
    """Merged by the template already."""
    first: tuple[str, ParagraphHead] | None
    """The markup up to the cell's first paragraph, and that paragraph, where they follow."""


class _CutError(Exception):
    """The piece ends inside an element that is only understood whole, or with its start."""


_TAG = re.compile(
    r"<(/?)w:(tbl|tblGrid|tr|trPr|tc|p|t|sdtContent|txbxContent|sectPr)(?=[\s/>])[^>]*?(/?)>"
)
_FIRST_PARAGRAPH = re.compile(r"(?P<before>(?:</w:tcPr>)?)<w:p(?: [^>]*)?(?<!/)>")
_PARAGRAPH_OF_A_LINE = re.compile(r"\n<w:p([ >])")
_BEFORE_MERGE = re.compile(r"<w:(?:cnfStyle|tcW|gridSpan|hMerge)\b[^>]*/>")
_MERGE = re.compile(r"<w:vMerge\b[^>]*/>")
_SPAN = re.compile(r'<w:gridSpan\b[^>]*\bw:val="([0-9]+)"')
_COLUMN = re.compile(r"<w:gridCol\b[^>]*>")
_WIDTH = re.compile(r'\bw:w="([0-9]+)"')
_STYLE = re.compile(r"<w:pStyle\b[^>]*/>")
_ROW_FLAG = re.compile(r"<w:(cantSplit|tblHeader)\b[^>]*/>")
_PAGE = re.compile(r"<w:pgSz\b[^>]*>")
_MARGINS = re.compile(r"<w:pgMar\b[^>]*>")
_EDGE = re.compile(r'\bw:(?:top|bottom)="(-?[0-9]+)"')
_HIGH = re.compile(r'\bw:h="([0-9]+)"')
_KEPT = "<w:pPr><w:keepNext/></w:pPr>"
EMPTY: ParagraphHead = ("<w:p/>", f"<w:p>{_KEPT}</w:p>")
"""A paragraph without words."""
_A4 = 16838  # twips, the height of an upright page
_MARGIN = 1440  # twips


def of(piece: str) -> Outline:
    """Read a piece."""
    # The line break before each paragraph tells Jinja's errors their paragraph, and goes here.
    piece = _PARAGRAPH_OF_A_LINE.sub(r"<w:p\1", piece)
    whole = piece.rfind("<") if piece.rfind("<") > piece.rfind(">") else len(piece)
    piece, cut = piece[:whole], piece[whole:]
    steps: list[Step] = []
    written = 0
    if (text := _text_end(piece, 0)) > 0:
        steps.append(("", "text", piece[:text]))
        written = text
    for tag in _TAG.finditer(piece):
        if tag.start() < written:  # a cell's first paragraph, written with the cell
            continue
        try:
            for start, end, place, known in _places(piece, tag):
                steps.append((piece[written:start], place, known))
                written = end
        except _CutError:
            piece, cut = piece[: tag.start()], piece[tag.start() :] + cut
            break
    return Outline(tuple(steps), piece[written:], cut)


known = lru_cache(maxsize=4096)(of)
"""`of` for what a template says itself, which comes again and again."""


def _places(piece: str, tag: re.Match[str]) -> Iterator[tuple[int, int, Place, Any]]:
    """Yield each place: the markup up to `start` stands before it, `Writer` writes up to `end`."""
    closing, name, empty = tag.groups()
    if closing:
        if not (name == "tc" and piece.endswith("</w:p>", 0, tag.start())):
            yield from _closed(name, tag)
    elif name == "p":
        yield _paragraph(piece, tag.start(), tag.end(), empty=bool(empty))
    elif not empty:
        yield from _opened(piece, name, tag.end())


def _closed(name: str, tag: re.Match[str]) -> Iterator[tuple[int, int, Place, Any]]:
    if name == "tc":  # what is missing in the cell goes before its end
        yield tag.start(), tag.start(), "cell_end", None
    elif name == "tr":
        yield tag.end(), tag.end(), "row_end", None
    elif name == "tbl":
        yield tag.end(), tag.end(), "table_end", None
    elif name in ("sdtContent", "txbxContent"):
        yield tag.end(), tag.end(), "block_end", None


def _opened(piece: str, name: str, at: int) -> Iterator[tuple[int, int, Place, Any]]:
    if name == "tbl":
        yield at, at, "table", None
    elif name == "tr":
        yield at, at, "row", None
    elif name == "tc":
        yield _cell(piece, at)
    elif name == "t":
        if at < (end := _text_end(piece, at)):
            yield at, end, "text", piece[at:end]
    elif name in ("sdtContent", "txbxContent"):
        yield at, at, "block", None
    elif name == "tblGrid":
        yield at, at, "grid", _grid(_inside(piece, name, at))
    elif name == "sectPr":
        yield at, at, "section", _text_height(_inside(piece, name, at))
    elif name == "trPr":
        yield from _row_flags(_inside(piece, name, at), at)


def _text_end(piece: str, at: int) -> int:
    end = piece.find("<", at)
    return len(piece) if end < 0 else end


def _inside(piece: str, name: str, at: int) -> str:
    """Return what an element of properties says itself, without an earlier state of it."""
    end = piece.find(f"</w:{name}>", at)
    if end < 0:
        raise _CutError
    return piece[at:end].partition(f"<w:{name}Change")[0]


def _grid(inside: str) -> tuple[int, ...]:
    widths = [_WIDTH.search(column) for column in _COLUMN.findall(inside)]
    return tuple(int(width[1]) if width else 0 for width in widths)


def _text_height(inside: str) -> int:
    """Return the height between the margins of a section's pages, in twips."""
    page, margins = _PAGE.search(inside), _MARGINS.search(inside)
    if page is None or margins is None:
        return _A4 - 2 * _MARGIN
    high = _HIGH.search(page[0])
    return (int(high[1]) if high else _A4) - sum(map(int, _EDGE.findall(margins[0])))


def _row_flags(inside: str, at: int) -> Iterator[tuple[int, int, Place, Any]]:
    for flag in _ROW_FLAG.finditer(inside):
        if flag[1] == "tblHeader":
            yield at + flag.start(), at + flag.start(), "header", None
        else:
            yield at + flag.start(), at + flag.end(), "kept_whole", flag[0]


def _cell(piece: str, at: int) -> tuple[int, int, Place, CellHead]:
    if at == len(piece):
        raise _CutError  # its properties may follow
    end, properties = at, ("", "<w:tcPr>", "", "</w:tcPr>")
    if piece.startswith("<w:tcPr/>", at):
        end, properties = at + len("<w:tcPr/>"), ("<w:tcPr/>", "<w:tcPr>", "", "</w:tcPr>")
    elif piece.startswith("<w:tcPr>", at):
        start = at + len("<w:tcPr>")
        inside = _inside(piece, "tcPr", start)
        end, properties = start + len(inside), _merging(inside)
    first = None
    if (tag := _FIRST_PARAGRAPH.match(piece, end)) is not None:
        start, last, _, paragraph = _paragraph(piece, tag.end("before"), tag.end(), empty=False)
        first = (piece[end:start], paragraph)
        end = last
    plain, before, inside, after = properties
    span = _SPAN.search(inside)
    head = CellHead(
        plain=plain,
        restart=f'{before}<w:vMerge w:val="restart"/>{after}',
        continued=f'{before}<w:vMerge w:val="continue"/>{after}',
        span=int(span[1]) if span else 1,
        merged="<w:vMerge" in inside,
        first=first,
    )
    return at, end, "cell", head


def _merging(inside: str) -> tuple[str, str, str, str]:
    """Return a cell's properties as they are, what comes before and after a merge, and all."""
    before = max((match.end() for match in _BEFORE_MERGE.finditer(inside)), default=0)
    merges = "".join(_MERGE.findall(inside))
    head, tail = (_MERGE.sub("", part) for part in (inside[:before], inside[before:]))
    return f"<w:tcPr>{head}{merges}{tail}", f"<w:tcPr>{head}", inside, tail


def _paragraph(
    piece: str, start: int, at: int, *, empty: bool
) -> tuple[int, int, Place, ParagraphHead]:
    """Read a paragraph whose tag stands from `start` up to `at`."""
    if empty:
        tag = piece[start:at]
        return start, at, "paragraph", (tag, f"{tag[:-2].rstrip()}>{_KEPT}</w:p>")
    if at == len(piece):
        raise _CutError  # its properties may follow
    if piece.startswith("<w:pPr/>", at):
        return at, at + len("<w:pPr/>"), "paragraph", ("<w:pPr/>", _KEPT)
    if not piece.startswith("<w:pPr>", at):
        return at, at, "paragraph", ("", _KEPT)
    inside = _inside(piece, "pPr", at)
    style = _STYLE.search(inside)
    end = at + (style.end() if style else len("<w:pPr>"))
    kept = None if "<w:keepNext" in inside else piece[at:end] + "<w:keepNext/>"
    return at, end, "paragraph", (piece[at:end], kept)
