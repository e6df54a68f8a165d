"""Words that no line end cuts, held together by word joiners; pure but for its list and the face.

LibreOffice cuts Thai by a dictionary, so also inside set words and inside a name it does not know.
U+2060 forbids it, U+200B allows it at a seam that LibreOffice may not know: nothing is drawn for
them, and none is left in the PDF's text.  Where a line is narrower than a word, the word is left
as it is, for LibreOffice would cut what is joined anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from lxml import etree

from itareport.document import fonts
from itareport.files import assets

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_JOINER = "\u2060"
_SEAM = "\u200b"
_INDENT = 284  # twips, margins of a cell and a bullet
_LINE = 9071  # twips, a line outside of tables
_BODY = 16 / 14
_SIGNED = "(ลงชื่อ)"
_ONE_LINE = re.compile(
    r"(?:มาตรการ|ส่วน|ตัวชี้วัด|ประเด็น)ที่ [0-9๐-๙][0-9๐-๙.]*"
    r"|(?:พ\.ศ\.|ข้อ) [ieo]?[0-9๐-๙]+"
    r"|[0-9๐-๙][0-9๐-๙.,]* (?:คะแนน|บาท|ครั้ง|เดือน|วัน)"
)
"""What stands on the line of its number: a blank that is no line end joins them."""
_CLINGS = re.compile("(ผู้|ไม่|ความ|(?<![\u0e01-\u0e4e])การ)(?=[\u0e01-\u0e2e\u0e40-\u0e44])")
"""What begins a word and says nothing alone at the end of a line."""
_CLINGS_FROM = 1400  # twips of a line that holds most words with what they begin with
_CLUSTER = re.compile("(?<=[^\u0e40-\u0e44])(?=[^\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])(?!^)(?!$)")

Join = Callable[[str], str]
"""From a text to the same text with its words joined."""
_Words = tuple[tuple[str, tuple[str, ...]], ...]
"""Words with the forms in which they are joined, best first: `|` joins, `/` may part."""


def joiner(name: str, styles: Iterable[etree._Element] = ()) -> Callable[[etree._Element], None]:
    """Return what joins the words of a part's tree, and those of an agency's full name.

    Args:
        name: The agency's full name.
        styles: The trees of the document's styles, for the lines that are indented.
    """
    indents = dict(_indents(styles))

    words = {word for word, _ in set(_words(name, in_cell=False)) - set(_words("", in_cell=False))}
    own = [one for one in words if not any(other in one for other in words - {one})]
    for_width = cache(lambda width, in_cell: _joined(_words(name, in_cell=in_cell), width))

    def join(tree: etree._Element) -> None:
        for text in tree.iter(f"{_W}t"):
            if text.text and not text.text.isascii():
                cell = next(text.iterancestors(f"{_W}tc"), None)
                width = _width(cell) if cell is not None else _line(text, indents)
                of = for_width if any(word in text.text for word in own) else _of_list
                said = of(width, cell is not None)(text.text)
                text.text = _person(said, width) if _is_signed(text) else said

    return join


@lru_cache(maxsize=64)
def _of_list(width: float, in_cell: bool) -> Join:  # noqa: FBT001 - called as its sibling is
    """Return what joins words where no agency's name is: most texts stand in each report alike."""
    return lru_cache(maxsize=512)(_joined(_words("", in_cell=in_cell), width))


def _width(cell: etree._Element) -> float:
    """Return how many twips a line of a cell has for a text, as if all were set in 14 pt."""
    said = cell.find(f"{_W}tcPr/{_W}tcW")
    width = said.get(f"{_W}w", "") if said is not None else ""
    return int(width) - _INDENT if width.isdecimal() else _LINE / _BODY


def _line(text: etree._Element, indents: Mapping[str, int]) -> float:
    """Return the same of a line outside of tables."""
    paragraph = next(text.iterancestors(f"{_W}p"), None)
    style = paragraph.find(f"{_W}pPr/{_W}pStyle") if paragraph is not None else None
    indent = indents.get(style.get(f"{_W}val", ""), 0) if style is not None else 0
    return (_LINE - indent) / _BODY


def _indents(styles: Iterable[etree._Element]) -> Iterator[tuple[str, int]]:
    for tree in styles:
        for style in tree.iter(f"{_W}style"):
            indent = style.find(f"{_W}pPr/{_W}ind")
            left = indent.get(f"{_W}left", "") if indent is not None else ""
            if left.isdecimal():
                yield style.get(f"{_W}styleId", ""), int(left)


def _is_signed(text: etree._Element) -> bool:
    """Return whether a text stands below a line to sign on, in parentheses: a person's name."""
    said = text.text or ""
    if not (said.startswith("(") and said.endswith(")")):
        return False
    paragraph = next(text.iterancestors(f"{_W}p"), None)
    above = paragraph.getprevious() if paragraph is not None else None
    first = next(above.iter(f"{_W}t"), None) if above is not None else None
    return first is not None and (first.text or "").startswith(_SIGNED)


def _person(text: str, width: float) -> str:
    """Join each name of a person, and `ณ` with the place that follows it."""
    names = text.replace(_JOINER, "").replace(_SEAM, "").replace(" ณ ", " ณ\u00a0").split(" ")
    return " ".join(_CLUSTER.sub(_JOINER, one) if _needed(one) <= width else one for one in names)


def _joined(words: _Words, width: float) -> Join:
    """Return what joins those of the words that a line of that width holds."""
    pairs = []
    for word, forms in words:
        fitting = [form for form in forms if _needed(form) <= width]
        if fitting:
            pairs.append((word, fitting[0].replace("|", _JOINER).replace("/", _SEAM)))

    def numbered(found: re.Match[str]) -> str:
        said = found[0]
        if _needed(said) > width:
            return said
        return said.replace(" ", "\u00a0").replace("ที่\u00a0", f"{_JOINER}ที่\u00a0")

    def join(text: str) -> str:
        text = _ONE_LINE.sub(numbered, text)
        for word, new in pairs:
            if word in text:
                text = text.replace(word, new)
        return _CLINGS.sub(rf"\1{_JOINER}", text) if width >= _CLINGS_FROM else text

    return join


@lru_cache(maxsize=512)
def _needed(form: str) -> float:
    """Return how many twips the widest piece of a form has, in the wider of the two faces."""
    return max(fonts.width(piece, "Bold") for piece in form.replace("|", "").split("/"))


@lru_cache(maxsize=16)
def _words(name: str, *, in_cell: bool) -> _Words:
    """Return the words of the list and of an agency's full name, the longest first.

    A title before a name is joined outside of cells only: there it may stand after another word.
    """
    kind = _kind(name)
    proper = _CLUSTER.sub("|", name.removeprefix(_plain(kind)))
    forms: dict[str, tuple[str, ...]]
    forms = {_plain(word): (word,) for word in (*_listed(), proper) if word}
    if proper:
        forms[name] = ((kind + proper).replace("/", "|"), kind + proper)
    for title in () if in_cell else _titles():
        forms[_plain(title)] = (title,)
        if proper:
            forms[_plain(title + proper)] = (f"{title}|{proper}", f"{title}/{proper}")
    return tuple(sorted(forms.items(), key=lambda both: -len(both[0])))


def proper_name(name: str) -> str:
    """Return an agency's full name without its kind; all of it where the list lacks the kind."""
    return name.removeprefix(_plain(_kind(name))) or name


def _kind(name: str) -> str:
    """Return the kind that a full name begins with, as the list has it."""
    kinds = (word for word in _listed() if word.endswith("/"))
    return next((kind for kind in kinds if name.startswith(_plain(kind))), "")


def _plain(word: str) -> str:
    return word.replace("|", "").replace("/", "")


@cache
def _listed() -> tuple[str, ...]:
    return tuple(line for line in _lines() if not line.startswith("/"))


@cache
def _titles() -> tuple[str, ...]:
    return tuple(line.removeprefix("/") for line in _lines() if line.startswith("/"))


def _lines() -> Iterator[str]:
    lines = assets.line_ends().read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))
