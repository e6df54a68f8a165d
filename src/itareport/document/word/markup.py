"""What no part of a template may hold: tracked changes, fields and objects that reach outside."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from lxml import etree

from itareport.document import structure
from itareport.document.structure import Element, w
from itareport.document.word import allowed
from itareport.problems import Problem, problem

_CONFLICT = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TRACKED = frozenset(map(w, (
    "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "rPrChange",
    "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange",
    "tcPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "customXmlInsRangeStart",
    "customXmlDelRangeStart", "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart",
))) | {f"{_CONFLICT}conflictIns", f"{_CONFLICT}conflictDel"}  # fmt: skip
_OBJECT, _ACTIVEX = "วัตถุจากโปรแกรมอื่น (OLE)", "ตัวควบคุม ActiveX"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_NAMED = {
    w("object"): ("T309", _OBJECT),
    f"{_OFFICE}OLEObject": ("T309", _OBJECT),
    w("control"): ("T308", _ACTIVEX),
    w("altChunk"): ("T309", "เอกสารที่แทรกทั้งไฟล์ (altChunk)"),
    w("subDoc"): ("T309", "เอกสารย่อย (subDocument)"),
    w("frameset"): ("T309", "กรอบหน้าเว็บ (frame)"),
    w("movie"): ("T309", "วิดีโอ"),
    w("mailMerge"): ("T310", "แหล่งข้อมูลจดหมายเวียน"),
}
_WEB_VIDEO = "webVideoPr"
_FIELDS = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF",
    "TOC", "TC", "SEQ", "LISTNUM", "HYPERLINK", "DATE", "TIME", "CREATEDATE", "SAVEDATE",
    "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "SYMBOL", "EQ", "IF", "=",
})  # fmt: skip
"""Names of the fields that a report may have: pages, places in the document itself, dates.

Any other may fetch or start something, ask the reader, or print what the report does not have.
"""
_SAID = (w("instrText"), w("delInstrText"))
_FIELD_NAME = re.compile(r'\s*(=|[^\s"\\]*)')
_FIELD_WORD = re.compile(r'\\[A-Za-z]|"([^"]*)"?|\S+')
_WITH_WORD = ("\\l", "\\o", "\\t")
"""Switches of a HYPERLINK field that are followed by a word of their own."""
_ADDRESSES = (f"{_OFFICE}href", "src", "href")
_INNER = "…"
"""Stands for what a field in a field works out, which may be any address."""


def refused(root: Element, label: str) -> Iterator[Problem]:
    """Yield a problem for each thing in a part that no report may have.

    Args:
        root: The part's tree.
        label: The words for the part, "" for the body.
    """
    tracked: list[Element] = []
    for element in root.iter(etree.Element):
        if _is_tracked(element):
            tracked.append(element)
        elif element.tag in _NAMED or str(element.tag).endswith(_WEB_VIDEO):
            code, what = _NAMED.get(element.tag, ("T309", "วิดีโอจากเว็บ"))
            yield problem(code, what=what, target="", where=where(label, element))
        elif str(element.tag).startswith((_VML, _OFFICE)):
            yield from _addresses(element, label)
    yield from _fields(root, label)
    if tracked:
        yield problem("T316", count=len(tracked), where=where(label, tracked[0]))


def _is_tracked(element: Element) -> bool:
    """Return whether a change begins here, or deleted words stand here whose change is lost."""
    if element.tag == w("delText"):
        return not any(above.tag in _TRACKED for above in element.iterancestors())
    return element.tag in _TRACKED


def where(label: str, element: Element | None) -> str:
    """Return the words for a place in a part: in brackets, with a space before; "" for none."""
    said = " ".join(filter(None, (label, structure.near(element))))
    return f" ({said})" if said else ""


def _addresses(element: Element, label: str) -> Iterator[Problem]:
    """Yield a problem for each address that an old drawing names without a relationship."""
    for name in _ADDRESSES:
        target = element.get(name, "")
        may_link = name == "href" and (allowed.is_allowed_target(target) or target[:1] == "#")
        if target and not may_link:
            yield problem("T310", what="ลิงก์", target=target[:80], where=where(label, element))


def _fields(root: Element, label: str) -> Iterator[Problem]:
    for instruction, element in _instructions(root):
        match = _FIELD_NAME.match(instruction)
        name = match[1].upper() if match else ""
        target = _link_target(instruction) if name == "HYPERLINK" else ""
        if name not in _FIELDS or "{" in instruction:
            yield problem("T312", name=_shown(name, instruction), where=where(label, element))
        elif target and not allowed.is_allowed_target(target):
            yield problem("T310", what="ลิงก์", target=target[:80], where=where(label, element))


def _link_target(instruction: str) -> str:
    """Return where a HYPERLINK field leads out of the document; "" where it does not."""
    words = _FIELD_WORD.finditer(instruction)
    next(words)
    for word in words:
        if word[0] in _WITH_WORD:
            next(words, None)
        elif not word[0].startswith("\\") or len(word[0]) > 2:
            return word[1] if word[1] is not None else word[0]
    return ""


def _shown(name: str, instruction: str) -> str:
    """Return the words for a field in a message: its name, or what it says in place of one."""
    said = name if name and name not in _FIELDS else " ".join(instruction.split())
    return said[:40] or "ที่ว่าง"


@dataclasses.dataclass(slots=True)
class _Field:
    """A field that begins at an element, and what it says as far as it is read."""

    begin: Element
    said: list[str] = dataclasses.field(default_factory=list)
    has_result: bool = False

    def hear(self, element: Element) -> None:
        """Add what an element says to the field: its instruction, or a tag before its result."""
        if element.tag in _SAID:
            self.said.append(element.text or "")
        elif not self.has_result:
            texts = (*element.values(), element.text or "", element.tail or "")
            self.said += [said for said in map(str, texts) if "{" in said]


def _instructions(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield what each field says, however many runs it lies in, and the element where it begins.

    A tag before a field's result is part of what it says: it could leave a name out.
    """
    fields: list[_Field] = []
    for element in root.iter(etree.Element):
        if element.tag == w("fldSimple"):
            yield element.get(w("instr"), ""), element
        elif element.tag in _SAID and not fields:
            yield element.text or "", element
        elif element.tag == w("fldChar") and element.get(w("fldCharType")) == "begin":
            if fields and not fields[-1].has_result:
                fields[-1].said.append(_INNER)
            fields.append(_Field(element))
        elif fields and element.tag == w("fldChar"):
            fields[-1].has_result = True
            if element.get(w("fldCharType")) == "end":
                field = fields.pop()
                yield "".join(field.said), field.begin
        elif fields:
            fields[-1].hear(element)
    for field in fields:
        yield "".join(field.said), field.begin
