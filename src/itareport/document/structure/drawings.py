"""Put drawings in place of their marks, in the finished XML of a part."""

from __future__ import annotations

import re
from collections.abc import Callable

from itareport.document import marks

MakeDrawing = Callable[[str], str | None]
"""From a drawing mark to the XML of its `w:drawing`; None where nothing is to be drawn."""

_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_DECLARED = re.compile(r' xmlns:[\w.-]+="[^"]*"')


def place_drawings(xml: str, make: MakeDrawing) -> str:
    """Put each drawing behind the text that has its mark; remove a text that has no words left."""
    declared = set(_DECLARED.findall(xml[: xml.find(">")]))
    for mark in (marks.EMBLEM, marks.GRAPH):
        at = xml.find(mark)
        while at >= 0:
            found = _TEXT.match(xml, xml.rfind("<", 0, at))
            start, end = found.span() if found else (at, at + len(mark))
            new = _drawn(found, mark, make(mark)) if found else ""
            new = _DECLARED.sub(lambda name: "" if name[0] in declared else name[0], new)
            xml = xml[:start] + new + xml[end:]
            at = xml.find(mark, start + len(new))
    return xml


def _drawn(text: re.Match[str], mark: str, drawing: str | None) -> str:
    before, words, after = text.groups()
    words = words.replace(mark, "")
    if drawing is None:
        return before + words + after
    return (before + words + after if words else "") + drawing
