"""The copy of a .docx that LibreOffice sets as Word sets the original; pure.

The shipped .docx is right in Word.  LibreOffice reads two things differently, which its copy
says in other words, and drops the alternative text of charts, which is told apart.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from itareport import package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_BODY = "word/document.xml"
_PART = re.compile(r"word/[^/]+\.xml")
_NEEDLES = tuple(text.encode() for text in ("thaiDistribute", "(", "[", "“", "‘"))
_SPACE_BEFORE_BRACKET = re.compile(r" (?=[(\[“‘][ก-ฮเ-ไ])")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a chart says to who cannot see it."""

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
        package.NotAPackageError: `docx` is none.
    """
    parts = package.read(docx)
    trees = {name: _tree(data) for name, data in parts.items() if _concerned(name, data)}
    for tree in trees.values():
        _justify(tree)
        _keep_brackets(tree)
    changed = {name: _serialised(tree) for name, tree in trees.items()}
    body = trees.get(_BODY)
    if body is None:
        body = _tree(parts[_BODY])
    return Copy(_zipped(parts | changed), tuple(_charts(body)), _has_thai_numbers(body))


def _concerned(name: str, data: bytes) -> bool:
    return bool(_PART.fullmatch(name)) and any(needle in data for needle in _NEEDLES)


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, _PARSER)


def _justify(tree: etree._Element) -> None:
    """Say `both` for Word's Thai justification, which LibreOffice reads as left."""
    for alignment in tree.iter(f"{_W}jc"):
        if alignment.get(f"{_W}val") == "thaiDistribute":
            alignment.set(f"{_W}val", "both")


def _keep_brackets(tree: etree._Element) -> None:
    """Bind an opening mark to the word before: LibreOffice breaks behind it, "(อ|งค์การ"."""
    texts: list[etree._Element] = []
    for element in tree.iter(f"{_W}p", f"{_W}t"):
        if element.tag == f"{_W}t":
            texts.append(element)
        else:
            _bind(texts)
            texts = []
    _bind(texts)


def _bind(texts: list[etree._Element]) -> None:
    """Treat the runs of one paragraph as one text: a bracket often stands in a run of its own."""
    joined = "".join(text.text or "" for text in texts)
    bound = _SPACE_BEFORE_BRACKET.sub("\N{NO-BREAK SPACE}", joined)
    if bound == joined:
        return
    start = 0
    for text in texts:
        end = start + len(text.text or "")
        text.text = bound[start:end]
        start = end


def _charts(body: etree._Element) -> Iterator[Alternative]:
    for frame in body.iter(f"{_WP}inline", f"{_WP}anchor"):
        about = frame.find(f"{_WP}docPr")
        if about is not None and next(frame.iter(_CHART), None) is not None:
            yield Alternative(about.get("title", ""), about.get("descr", ""))


def _has_thai_numbers(body: etree._Element) -> bool:
    return any(n.get(f"{_W}fmt") == "thaiNumbers" for n in body.iter(f"{_W}pgNumType"))


def _serialised(tree: etree._Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Pack without compressing: the copy is read once, from the same machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()
