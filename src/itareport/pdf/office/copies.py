"""A copy of a .docx that LibreOffice lays out as Word does the original; pure.

The shipped .docx is right in Word.  Its copy has other XML where LibreOffice reads
differently, steps around a fault of its line breaking, and is read but once.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from itareport.files import opc
from itareport.pdf.office import line_ends, lists

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_FOREIGN_WORD = re.compile(r"(?<= )(?=[^\sA-Za-z\u0e00-\u0e7f]|[A-Za-z]\S*[\u0e00-\u0e7f])")
_OF_COMMENTS = tuple(_W + name for name in
                     ("commentRangeStart", "commentRangeEnd", "commentReference"))  # fmt: skip
_JUSTIFIED = ("both", "distribute", "thaiDistribute")


@dataclass(frozen=True, slots=True)
class Alternative:
    """The alternative text of a chart."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A .docx for LibreOffice, and what the macro must do to it besides."""

    data: bytes
    charts: tuple[Alternative, ...]
    """In the order of the document."""
    thai_page_numbers: bool


def adjusted(docx: bytes) -> Copy:
    """Make LibreOffice's copy of a .docx; the same bytes give the same copy.

    Raises:
        opc.NotAPackageError: `docx` is none, or a part of it is not whole.
    """
    package = opc.Package(docx, opc.LARGE)
    trees = {name: package.tree(name) for name in package if _is_of_word(package, name)}
    if package.main not in trees:
        raise opc.NotAPackageError
    broken_in_lines = {package.main, *package.related(package.main, "footnotes", "endnotes")}
    kinds = (package.related(package.main, kind) for kind in ("styles", "numbering"))
    styles, numbering = ([trees[name] for name in names if name in trees] for names in kinds)
    join = line_ends.joiner(_agency(package), styles)
    for name, tree in trees.items():
        _drop_comments(tree)
        _flow_left(tree)
        _call_latin_english(tree)
        if name in broken_in_lines:
            _drop_empty_runs(tree)
            join(tree)
            _mark_foreign_words(tree)
    body = trees[package.main]
    listing = [*styles, *numbering]
    if len(listing) == 2:
        lists.part_by_cells(body, *listing)
    changed = {name: _serialised(tree) for name, tree in trees.items()}
    # The copy is read once, from the same machine: compressing it would only take time.
    data = opc.write(dict(package) | changed, opc.NONE)
    return Copy(data, tuple(_charts(body)), _has_thai_numbers(body))


def _agency(package: opc.Package) -> str:
    """Return the agency's full name as printed: our templates call it the document's creator."""
    for part in package.related("", "core-properties"):
        creator = package.tree(part).find(_CREATOR)
        if creator is not None and creator.text:
            return creator.text.strip()
    return ""


def _is_of_word(package: opc.Package, name: str) -> bool:
    kind = package.content_type(name)
    return "wordprocessingml" in kind and kind.endswith("+xml")


def _drop_comments(tree: etree._Element) -> None:
    """Take the anchors of comments out.

    A comment's window ends LibreOffice where the files of its user interface are not installed;
    an anchor outside of the body, or of no comment, has it refuse the file.
    """
    for anchor in list(tree.iter(*_OF_COMMENTS)):
        parent = anchor.getparent()
        if parent is not None:
            parent.remove(anchor)


def _drop_empty_runs(tree: etree._Element) -> None:
    """Take runs out that print nothing, which a twentieth of LibreOffice's time goes into.

    Each cell that is merged with the one above it has such a run.
    """
    for text in list(tree.iter(f"{_W}t")):
        run = text.getparent()
        if text.text or run is None or len(run) > 1:
            continue
        paragraph = run.getparent()
        if run.tag == f"{_W}r" and paragraph is not None:
            paragraph.remove(run)


def _flow_left(tree: etree._Element) -> None:
    """Take Word's Thai justification out: LibreOffice 7.4 tears what it justifies.

    As `both` it stretches letters apart, and where a line ends in a word of one cluster after
    Latin or a digit ("E-Service ที่") it throws the vowel out of the column.
    """
    for alignment in tree.iter(f"{_W}jc"):
        if alignment.get(f"{_W}val") in _JUSTIFIED:
            alignment.set(f"{_W}val", "left")


def _call_latin_english(tree: etree._Element) -> None:
    """Mark Latin letters as English: as Thai, LibreOffice breaks E-Servi|ce anywhere.

    Styles without a base are marked themselves, because the macro makes Thai the default that
    the PDF states.
    """
    for style in tree.iterfind(f"{_W}style[@{_W}type='paragraph']"):
        if style.find(f"{_W}basedOn") is None and style.find(f"{_W}rPr/{_W}lang") is None:
            properties = style.find(f"{_W}rPr")
            if properties is None:
                properties = etree.SubElement(style, f"{_W}rPr")
            etree.SubElement(properties, f"{_W}lang", {f"{_W}val": "th", f"{_W}bidi": "th-TH"})
    for language in tree.iter(f"{_W}lang"):
        if language.get(f"{_W}val", "").startswith("th"):
            language.set(f"{_W}val", "en-US")


def _mark_foreign_words(tree: etree._Element) -> None:
    """Put a hidden Thai letter before words that begin with another character.

    LibreOffice's Thai line breaking looks up the place it found in a table that, from a
    paragraph's second line on, knows only Thai characters (BreakIterator_th::makeIndex).  Where
    the place is before another, it finds none and cuts the line anywhere: "o๑|๐", "(อ|งค์การ".
    """
    for texts in _paragraphs(tree):
        joined = "".join(text.text or "" for text in texts)
        if not _THAI.search(joined):
            continue
        places = [match.start() for match in _FOREIGN_WORD.finditer(joined)]
        start = len(joined)
        for text in reversed(texts):
            start -= len(text.text or "")
            while places and places[-1] >= start:
                _hide_letter(text, places.pop() - start)


def _paragraphs(tree: etree._Element) -> list[list[etree._Element]]:
    """Return the texts of each paragraph, whose runs break lines as one text."""
    found: list[list[etree._Element]] = [[]]
    for element in tree.iter(f"{_W}p", f"{_W}t"):
        if element.tag == f"{_W}p":
            found.append([])
        else:
            found[-1].append(element)
    return found


def _hide_letter(text: etree._Element, at: int) -> None:
    """Part a run at a place in one of its texts, and put a hidden letter between."""
    run = text.getparent()
    assert run is not None
    rest = etree.Element(f"{_W}r")
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
    rest.append(copy.deepcopy(properties))
    moved = etree.SubElement(rest, f"{_W}t", {_SPACE: "preserve"})
    moved.text = (text.text or "")[at:]
    rest.extend(list(text.itersiblings()))
    text.text = (text.text or "")[:at]
    text.set(_SPACE, "preserve")
    run.addnext(rest)
    hidden = etree.Element(f"{_W}r")
    hidden.append(copy.deepcopy(properties))
    etree.SubElement(hidden[0], f"{_W}vanish")
    etree.SubElement(hidden, f"{_W}t").text = "ก"
    run.addnext(hidden)


def _charts(body: etree._Element) -> Iterator[Alternative]:
    for frame in body.iter(f"{_WP}inline", f"{_WP}anchor"):
        about = frame.find(f"{_WP}docPr")
        if about is not None and next(frame.iter(_CHART), None) is not None:
            yield Alternative(about.get("title", ""), about.get("descr", ""))


def _has_thai_numbers(body: etree._Element) -> bool:
    return any(n.get(f"{_W}fmt") == "thaiNumbers" for n in body.iter(f"{_W}pgNumType"))


def _serialised(tree: etree._Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
