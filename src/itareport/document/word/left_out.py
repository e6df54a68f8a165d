"""What people and Word leave in a template, taken out of the parts that come into the report."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from itareport.document.structure import Element, W, w

_RSID = f"{{{W}}}rsid"
_ANCHORS = tuple(map(w, ("commentRangeStart", "commentRangeEnd", "commentReference")))
_SETTINGS = {
    w("rsids"): "",
    w("docVars"): "ตัวแปรของเอกสาร",
    w("trackRevisions"): "",
    **{f"{{http://schemas.microsoft.com/office/word/{year}/wordml}}docId": ""
       for year in (2010, 2012)},
}  # fmt: skip
_CORE = {"lastModifiedBy": "ชื่อผู้แก้ไขล่าสุด", "revision": "", "lastPrinted": ""}
_EXTENDED = {"Application", "AppVersion", "DocSecurity", "ScaleCrop", "SharedDoc",
             "LinksUpToDate", "HyperlinksChanged"}  # fmt: skip
"""All of the extended properties that a report keeps."""
_NAMES = {"Manager": "ชื่อผู้จัดการ", "Company": "ชื่อบริษัท"}


def take_out(root: Element) -> tuple[bool, set[str]]:
    """Take out what a report does not have; return whether there was any, and words for it."""
    found: set[str] = set()
    takers: dict[str, Callable[[Element, set[str]], int]] = {
        w("settings"): _settings, "coreProperties": _core, "Properties": _extended,
    }  # fmt: skip
    changes = _comments_of_xml(root)
    name = root.tag if root.tag in takers else etree.QName(root).localname
    if name in takers:
        changes += takers[name](root, found)
    if W in root.nsmap.values():
        changes += _anchors(root) + _revision_ids(root)
    return changes > 0, found - {""}


def _comments_of_xml(root: Element) -> int:
    found = sum(1 for _ in root.iter(etree.Comment, etree.PI))
    if found:
        etree.strip_tags(root, etree.Comment, etree.PI)
    return found


def _settings(root: Element, found: set[str]) -> int:
    gone = [element for element in root if element.tag in _SETTINGS]
    return _remove(gone, found, lambda element: _SETTINGS[str(element.tag)])


def _core(root: Element, found: set[str]) -> int:
    gone = [e for e in root if etree.QName(e).localname in _CORE]
    return _remove(gone, found, lambda e: _CORE[etree.QName(e).localname] * bool(e.text))


def _extended(root: Element, found: set[str]) -> int:
    gone = [e for e in root if etree.QName(e).localname not in _EXTENDED]
    return _remove(
        gone, found, lambda e: _NAMES.get(etree.QName(e).localname, "") if e.text else ""
    )


def _remove(gone: list[Element], found: set[str], word: Callable[[Element], str]) -> int:
    for element in gone:
        found.add(word(element))
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return len(gone)


def _anchors(root: Element) -> int:
    """Take out the anchors of comments, and runs that held nothing else."""
    anchors = list(root.iter(*_ANCHORS))
    for anchor in anchors:
        run = anchor.getparent()
        assert run is not None
        run.remove(anchor)
        outer = run.getparent()
        if run.tag == w("r") and outer is not None and all(one.tag == w("rPr") for one in run):
            outer.remove(run)
    return len(anchors)


def _revision_ids(root: Element) -> int:
    count = 0
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if str(name).startswith(_RSID)]:
            del element.attrib[name]
            count += 1
    return count
