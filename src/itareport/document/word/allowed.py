"""Which parts and relationships of a template come into a report; whatever else is refused.

A part comes into the report where allowed relationships lead to it, and its content type is one
that such a relationship may have.  What people leave behind (comments, custom properties) is not
followed, and so stays out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from itareport.document import structure
from itareport.files import opc
from itareport.problems import Problem, problem

_OOXML = "application/vnd.openxmlformats-officedocument."
_WORD = f"{_OOXML}wordprocessingml."
_DRAWING = f"{_OOXML}drawingml."
_MICROSOFT = "application/vnd.ms-office."
DOCUMENT, TEMPLATE = f"{_WORD}document.main+xml", f"{_WORD}template.main+xml"
_WITH_MACROS = (  # which are refused for them
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_PICTURES = tuple(
    f"image/{kind}"
    for kind in ("png", "jpeg", "jpg", "gif", "bmp", "tiff", "x-emf", "emf", "x-wmf", "wmf")
)
_FONTS = (f"{_OOXML}obfuscatedFont", "application/x-fontdata", "application/x-font-ttf")
KEPT: dict[str, tuple[str, ...]] = {
    "officeDocument": (DOCUMENT, TEMPLATE, *_WITH_MACROS),
    "core-properties": ("application/vnd.openxmlformats-package.core-properties+xml",),
    "extended-properties": (f"{_OOXML}extended-properties+xml",),
    **{name: (f"{_WORD}{name}+xml",) for name in
       ("styles", "settings", "fontTable", "numbering", "header", "footer", "footnotes",
        "endnotes")},
    "theme": (f"{_OOXML}theme+xml",),
    "image": _PICTURES,
    "font": _FONTS,
    "chart": (f"{_DRAWING}chart+xml",),
    "package": (f"{_OOXML}spreadsheetml.sheet",),
    "chartUserShapes": (f"{_DRAWING}chartshapes+xml",),
    "chartStyle": (f"{_MICROSOFT}chartstyle+xml",),
    "chartColorStyle": (f"{_MICROSOFT}chartcolorstyle+xml",),
    "themeOverride": (f"{_OOXML}themeOverride+xml",),
    **{f"diagram{name}": (f"{_DRAWING}diagram{name}+xml",) for name in
       ("Data", "Layout", "Colors")},
    "diagramQuickStyle": (f"{_DRAWING}diagramStyle+xml",),
    "diagramDrawing": ("application/vnd.ms-office.drawingml.diagramDrawing+xml",),
}  # fmt: skip
"""What a relationship of each kind may lead to: its content types."""
_LEFT_BEHIND = frozenset({
    "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people",
    "custom-properties", "customXml", "customXmlProps", "thumbnail", "glossaryDocument",
    "webSettings", "stylesWithEffects", "printerSettings", "classificationlabels",
    "keyMapCustomizations", "recipientData", "origin", "signature", "documenttasks",
    "intelligence", "intelligence2", "bibliography", "settingsExtended",
})  # fmt: skip
"""Kinds of relationships that are not followed: what they lead to is no part of a report."""
_OBJECT = ("T309", "วัตถุจากโปรแกรมอื่น (OLE)")
_ACTIVEX = ("T308", "ตัวควบคุม ActiveX")
_MACROS = ("T308", "มาโคร")
_FRAME = ("T309", "กรอบหน้าเว็บ (frame)")
_REFUSED = {
    "oleObject": _OBJECT,
    "package": ("T309", "ไฟล์ที่ฝังไว้"),
    "control": _ACTIVEX,
    "activeXControlBinary": _ACTIVEX,
    "vbaProject": _MACROS,
    "wordVbaData": _MACROS,
    "attachedToolbars": _MACROS,
    "aFChunk": ("T309", "เอกสารที่แทรกทั้งไฟล์ (altChunk)"),
    "subDocument": ("T309", "เอกสารย่อย (subDocument)"),
    "frame": _FRAME,
    "video": ("T309", "วิดีโอ"),
    "audio": ("T309", "เสียง"),
    "media": ("T309", "วิดีโอหรือเสียง"),
    "webextension": ("T309", "ส่วนเสริมของ Office (add-in)"),
    "webextensiontaskpanes": ("T309", "ส่วนเสริมของ Office (add-in)"),
}
_LINKS = {"image": "ภาพที่ลิงก์ไว้", "mailMergeSource": "แหล่งข้อมูลจดหมายเวียน",
          "mailMergeHeaderSource": "แหล่งข้อมูลจดหมายเวียน"}  # fmt: skip
_TYPES = (
    (re.compile("(?i)macroEnabled|vbaProject|vbaData|attachedToolbars"), _MACROS),
    (re.compile("(?i)activeX"), _ACTIVEX),
    (re.compile("(?i)oleObject"), _OBJECT),
)
_SCHEMES = re.compile(r"\s*(https?|mailto):", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*([A-Za-z][\w+.-]*:|[\\/]{2})")
"""Begins a target that is no part, whatever its relationship says: a scheme, a drive, a share."""
_SPACES = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/")


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship, to another part or to somewhere else."""

    source: str
    """The part that has it; "" is the package."""
    id: str
    kind: str
    target: str
    """The other part, or the address."""
    is_external: bool
    """Whether it says that it leads out of the package."""
    is_address: bool
    """Whether it does not lead to a part: Word opens what it names all the same."""


Where = Callable[[Link], str]
"""Returns the words for the place where a relationship is used."""


def links(package: opc.Package) -> Iterator[Link]:
    """Yield every relationship of a package, whether its part is reached or not.

    Raises:
        NotAPackageError: relationships are damaged.
    """
    for name in package:
        folder, file = posixpath.split(name)
        if name.lower().endswith(".rels") and posixpath.basename(folder).lower() == "_rels":
            part = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
            for element in package.tree(name).iter("{*}Relationship"):
                yield _link(package, part, element)


def _link(package: opc.Package, part: str, element: structure.Element) -> Link:
    about, target = element.get("Type", ""), element.get("Target", "")
    kind = about.rpartition("/")[2] if about.startswith(_SPACES) else about
    is_external = element.get("TargetMode", "").lower() == "external"
    is_address = is_external or kind == "hyperlink" or _ADDRESS.match(target) is not None
    to = target if is_address else package.target(part, target)
    return Link(part, element.get("Id", ""), kind, to, is_external, is_address)


def is_allowed_target(target: str) -> bool:
    """Return whether a hyperlink may lead there: only http, https and mailto."""
    return _SCHEMES.match(target) is not None


def _is_kept(package: opc.Package, link: Link) -> bool:
    if link.is_address:
        is_place = not link.is_external and link.target[:1] == "#"  # in the document itself
        is_open = link.is_external and is_allowed_target(link.target)
        return link.kind == "hyperlink" and (is_place or is_open)
    if link.kind == "package" and "chart" not in package.content_type(link.source):
        return False
    return link.kind in KEPT and (
        link.target not in package or package.content_type(link.target) in KEPT[link.kind]
    )


def kept_parts(package: opc.Package, of: Iterable[Link]) -> tuple[set[str], list[Link]]:
    """Return the parts that come into the report, and the links that lead to them or out."""
    by_source: dict[str, list[Link]] = {}
    for link in of:
        if _is_kept(package, link):
            by_source.setdefault(link.source.lower(), []).append(link)
    parts: set[str] = set()
    waiting, followed = [""], list[Link]()
    while waiting:
        for link in by_source.get(waiting.pop().lower(), ()):
            followed.append(link)
            if not link.is_address and link.target in package and link.target not in parts:
                parts.add(link.target)
                waiting.append(link.target)
    return parts, followed


def refused(package: opc.Package, found: Iterable[Link], where: Where) -> Iterator[Problem]:
    """Yield a problem for each relationship and each content type that no report may have."""
    for link in found:
        if _is_kept(package, link) or (link.kind in _LEFT_BEHIND and not link.is_address):
            continue
        if link.kind == "attachedTemplate":
            yield problem("T311", target=link.target)
        elif link.is_address or link.kind.startswith("mailMerge"):
            what = _LINKS.get(link.kind, "ลิงก์" if link.kind == "hyperlink" else f"ลิงก์ {link.kind}")
            yield problem("T310", what=what, target=link.target[:80], where=where(link))
        else:
            code, what = _REFUSED.get(link.kind, ("T309", _unknown(package, link)))
            yield problem(code, what=what, where=where(link))
    for name in package:
        for pattern, (code, what) in _TYPES:
            if pattern.search(package.content_type(name)):
                yield problem(code, what=what, where=f" (ส่วน {name})")


def _unknown(package: opc.Package, link: Link) -> str:
    kind = package.content_type(link.target) if link.target in package else ""
    return f"ส่วนที่รายงานไม่ใช้ {link.target} ({kind or link.kind})"
