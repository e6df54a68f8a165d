"""Words that no line end cuts, held together by word joiners; pure but for its list.

LibreOffice cuts Thai by a dictionary, so also inside set words and inside a name it does not know.
U+2060 forbids it: nothing is drawn for it, and none is left in the PDF's text.  Where a line is
narrower than a word, the word is left as it is, for LibreOffice would cut what is joined anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from lxml import etree

from itareport.files import assets

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_JOINER = "\u2060"
_CHARACTER = 107  # twips, the advance of a base character at 14 pt
_INDENT = 284  # twips, margins of a cell and a bullet
_LINE = 9071  # twips, a line outside of tables
_BODY = 16 / 14
_NO_WIDTH = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_CLUSTER = re.compile("(?<=[^\u0e40-\u0e44])(?=[^\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])(?!^)(?!$)")

Join = Callable[[str], str]
"""From a text to the same text with its words joined."""
_Words = tuple[tuple[str, tuple[str, ...]], ...]
"""Words with the forms in which they are joined, best first: `|` joins, `/` may part."""


def joiner(name: str) -> Callable[[etree._Element], None]:
    """Return what joins the words of a part's tree, and those of an agency's full name."""
    words = _words(name)
    own = [word for word, _ in set(words) - set(_words(""))]
    for_width = cache(lambda width: _joined(words, width))

    def join(tree: etree._Element) -> None:
        for width, text in _with_widths(tree):
            said = text.text
            if said and not said.isascii():
                named = any(word in said for word in own)
                text.text = for_width(width)(said) if named else _without_name(said, width)

    return join


@lru_cache(maxsize=2048)
def _without_name(text: str, width: float) -> str:
    """Join the words of a text that no agency's name is in: most stand in each report alike."""
    return _of_list(width)(text)


@lru_cache(maxsize=64)
def _of_list(width: float) -> Join:
    return _joined(_words(""), width)


def _with_widths(tree: etree._Element) -> Iterator[tuple[float, etree._Element]]:
    """Yield the texts of a tree, each with the width of its paragraph's lines."""
    width = _LINE / _BODY
    for element in tree.iter(f"{_W}p", f"{_W}t"):
        if element.tag == f"{_W}p":
            width = _width(element)
        else:
            yield width, element


def _width(paragraph: etree._Element) -> float:
    """Return how many twips a line of a paragraph has, as if all were set in 14 pt."""
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    said = cell.find(f"{_W}tcPr/{_W}tcW") if cell is not None else None
    width = said.get(f"{_W}w", "") if said is not None else ""
    return int(width) - _INDENT if width.isdecimal() else _LINE / _BODY


def _joined(words: _Words, width: float) -> Join:
    """Return what joins those of the words that a line of that width holds."""
    pairs = []
    for word, forms in words:
        fitting = [form for form in forms if _needed(form) <= width]
        if fitting:
            pairs.append((word, fitting[0].replace("|", _JOINER).replace("/", "")))

    def join(text: str) -> str:
        for word, new in pairs:
            if word in text:
                text = text.replace(word, new)
        return text

    return join


@lru_cache(maxsize=512)
def _needed(form: str) -> int:
    """Return how many twips the widest piece of a form has."""
    pieces = form.replace("|", "").split("/")
    return max(len(_NO_WIDTH.sub("", piece)) for piece in pieces) * _CHARACTER


@lru_cache(maxsize=8)
def _words(name: str) -> _Words:
    """Return the words of the list and of an agency's full name, the longest first."""
    kind = _kind(name)
    proper = _CLUSTER.sub("|", name.removeprefix(_plain(kind)))
    forms: dict[str, tuple[str, ...]]
    forms = {_plain(word): (word,) for word in (*_listed(), proper) if word}
    if proper:
        forms[name] = ((kind + proper).replace("/", "|"), kind + proper)
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
    lines = assets.line_ends().read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
