"""A foreign Word file to the parts that a report is made from, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from itareport.document.structure import Element, w
from itareport.document.word import allowed, left_out, markup
from itareport.document.word.allowed import Link
from itareport.document.word.template_parts import Template, serialised, strict
from itareport.files import opc
from itareport.problems import ItaReportError, Problem, problem

_LIMITS = opc.Limits(unpacked=50_000_000, xml=4_000_000, elements=60_000)
"""The shipped template has a twentieth; what Word writes of a long one has a fifth."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TOO_MUCH: dict[opc.Limit, str] = {
    "parts": "มีส่วนย่อยมากเกินไป",
    "unpacked": "เมื่อคลายแล้วใหญ่เกินไป",
    "ratio": "อัตราการบีบอัดสูงผิดปกติ",
    "xml": "เมื่อคลายแล้วใหญ่เกินไป",
    "elements": "มีย่อหน้าหรือช่องมากเกินไป",
}
_MOST_XML = 5_000_000  # bytes, all parts together
_STRICT = "http://purl.oclc.org/ooxml/"
_WITH_TAGS = {"header": "หัวกระดาษ", "footer": "ท้ายกระดาษ", "footnotes": "เชิงอรรถ",
              "endnotes": "อ้างอิงท้ายเรื่อง"}  # fmt: skip
_LEFT = {"custom-properties": "คุณสมบัติที่กำหนดเอง", "customXml": "ข้อมูล XML ที่แนบไว้",
         "thumbnail": "ภาพย่อของเอกสาร", "origin": "ลายมือชื่อดิจิทัล"}  # fmt: skip
_MOST = 50  # problems of one part that are told


def read(data: bytes) -> Template:
    """Return the parts of a Word file that come into a report, and what no report may have.

    Raises:
        ItaReportError: T300 no Word file, T302, T314, T315: nothing can be made of it.
    """
    if data.startswith(_OLD):
        raise ItaReportError(problem("T300", why="มีรหัสผ่าน หรือเป็นเอกสาร Word รุ่นเก่า (.doc)"))
    try:
        return _Reading(opc.Package(data, _LIMITS)).template()
    except opc.LockedPackageError as error:
        raise ItaReportError(problem("T300", why="มีรหัสผ่าน")) from error
    except opc.BeyondLimitsError as error:
        raise ItaReportError(problem("T300", why=_TOO_MUCH[error.limit])) from error
    except (opc.NotAPackageError, KeyError) as error:
        raise ItaReportError(problem("T300", why="ไม่ใช่เอกสาร Word (.docx) ที่สมบูรณ์")) from error


def _is_strict(root: Element) -> bool:
    return str(root.tag).startswith(f"{{{_STRICT}")


class _Parts(Mapping[str, bytes]):
    """The parts that come into a report, each unpacked when it is asked for."""

    def __init__(
        self, package: opc.Package, names: list[str], changed: Mapping[str, bytes]
    ) -> None:
        self._package, self._names, self._changed = package, names, changed

    def __getitem__(self, name: str) -> bytes:
        return self._changed.get(name) or self._package[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _Reading:
    """One file while it is read: what is wrong with it so far, and what comes into the report."""

    def __init__(self, package: opc.Package) -> None:
        self._package = package
        self._problems = [problem("T313", name=name[:80]) for name in package.odd_names]
        self._found: set[str] = set()  # what is left out, in words
        self._damaged: set[str] = set()
        self._last: tuple[str, Element] | None = None

    def template(self) -> Template:
        """Return the parts of the file.

        Raises:
            ItaReportError: T302, T314, T315.
            NotAPackageError: no Word file.
            KeyError: it lacks the parts of every package.
        """
        self._look_at_xml()
        self._look_at_main()
        package = self._package
        parts, followed = allowed.kept_parts(package, self._links)
        self._problems += islice(allowed.refused(package, self._links, self._where), _MOST)
        kept = self._kept_xml(parts)
        self._look_at_frames()
        kept |= self._relationships(parts, followed) | {opc.TYPES: self._types(parts)}
        names = [name for name in package if name in kept or name in parts]
        made = _Parts(package, names, kept)
        main = package.main
        listed = package.named(opc.relationships_of(main))
        found = tuple(dict.fromkeys(self._problems)), tuple(self._left_out())
        return Template(made, main, listed, self._with_tags(made), *found)

    def _look_at_xml(self) -> None:
        """See that every part of XML is well formed.

        Raises:
            ItaReportError: T302, where the parts that lead to all others are not.
            KeyError: these are not there.
            BeyondLimitsError: there is too much.
        """
        elements, size = opc.Elements(_LIMITS.elements), 0
        for name in (*opc.FIXED, *(one for one in self._package if one not in opc.FIXED)):
            if self._is_xml(name):
                size += self._package.size(name)
                if size > _MOST_XML:
                    raise opc.BeyondLimitsError("xml")
                try:
                    strict(self._package.xml(name), name, elements)
                except ItaReportError as error:
                    self._problems += error.problems
                    self._damaged.add(name)
            else:
                self._package[name]  # which is damaged where its size is a lie
        if any(name in opc.FIXED or name.endswith(".rels") for name in self._damaged):
            raise ItaReportError(*self._problems)

    def _look_at_main(self) -> None:
        """See that the main part is a document with a body.

        Raises:
            NotAPackageError: the package is about something else, or lacks relationships.
            ItaReportError: T302, T308, T314, T315: nothing more can be said of the file.
        """
        package, main = self._package, self._package.main
        kind = package.content_type(main)
        if not ("wordprocessingml" in kind or "ms-word" in kind):
            raise opc.NotAPackageError
        if opc.relationships_of(main) not in package:
            raise opc.NotAPackageError
        if main in self._damaged:
            raise ItaReportError(*self._problems)
        root = self._tree(main)
        if _is_strict(root) or any(link.kind.startswith(_STRICT) for link in self._links):
            raise ItaReportError(*self._problems, problem("T315"))
        is_one = kind in (allowed.DOCUMENT, allowed.TEMPLATE) or "macroEnabled" in kind
        if not is_one or root.tag != w("document") or root.find(w("body")) is None:
            raise ItaReportError(*self._problems, problem("T314", part=main))

    def _is_xml(self, name: str) -> bool:
        """Return whether a part is XML: by its name, or by its type, which counts in Word."""
        if name.lower().endswith((".xml", ".rels")):
            return True
        about = "" if opc.TYPES in self._damaged else self._package.content_type(name)
        return about.lower().endswith("xml")

    @cached_property
    def _links(self) -> list[Link]:
        return list(allowed.links(self._package))

    def _tree(self, name: str) -> Element:
        """Return the tree of a part; that of the part before is kept, for places."""
        if self._last is None or self._last[0] != name:
            self._last = (name, strict(self._package.xml(name), name))
        return self._last[1]

    def _label(self, name: str) -> str:
        """Return the words for a part; "" for the body."""
        if name == self._package.main:
            return ""
        kind = self._package.content_type(name).removesuffix("+xml").rpartition(".")[2]
        return _WITH_TAGS.get(kind, f"ส่วน {name}")

    def _where(self, link: Link) -> str:
        """Return the words for the place where a part uses one of its relationships."""
        element = None
        is_read = self._is_xml(link.source) and link.source not in self._damaged
        if is_read and link.source in self._package:
            users = (e for e in self._tree(link.source).iter("{*}*") if link.id in e.values())
            element = next(users, None)
        return markup.where(self._label(link.source) if link.source else "", element)

    def _kept_xml(self, parts: Iterable[str]) -> dict[str, bytes]:
        """Look for what no report may have; return the parts out of which something is taken."""
        made: dict[str, bytes] = {}
        for name in parts:
            if self._is_xml(name) and name not in self._damaged:
                root = strict(self._package.xml(name), name)
                self._problems += [problem("T315")] if _is_strict(root) else []
                self._problems += islice(markup.refused(root, self._label(name)), _MOST)
                changed, found = left_out.take_out(root)
                self._found |= found
                if changed:
                    made[name] = serialised(root)
        return made

    def _look_at_frames(self) -> None:
        for link in self._links:
            is_one = link.kind == "webSettings" and link.target in self._package
            if is_one and self._tree(link.target).find(f".//{w('frameset')}") is not None:
                self._problems.append(problem("T309", what="กรอบหน้าเว็บ (frame)", where=""))

    def _relationships(self, parts: set[str], followed: Iterable[Link]) -> dict[str, bytes]:
        """Return the lists of relationships that have less than in the file, and all others."""
        made: dict[str, bytes] = {}
        wanted = {(link.source.lower(), link.id) for link in followed}
        for part in ("", *parts):
            name = self._package.named(opc.relationships_of(part))
            if name in self._package:
                root = self._package.tree(name)
                gone = [e for e in root if (part.lower(), e.get("Id", "")) not in wanted]
                for element in gone:
                    root.remove(element)
                made[name] = serialised(root) if gone else self._package[name]
        return made

    def _types(self, parts: set[str]) -> bytes:
        """Return the content types of the parts that are kept; a template is a document there."""
        root, names = self._package.tree(opc.TYPES), {f"/{name}".lower() for name in parts}
        endings = {name.lower().rpartition(".")[2] for name in parts} | {"rels", "xml"}
        for element in list(root):
            part, ending = element.get("PartName"), element.get("Extension", "").lower()
            if (part or "").lower() not in names if part else ending not in endings:
                root.remove(element)
            elif element.get("ContentType") == allowed.TEMPLATE:
                element.set("ContentType", allowed.DOCUMENT)
        return serialised(root)

    def _with_tags(self, parts: Iterable[str]) -> dict[str, str]:
        package = self._package
        labels = {name: self._label(name) for name in package.related(package.main, *_WITH_TAGS)}
        labels |= dict.fromkeys(package.related("", "core-properties"), "คุณสมบัติของไฟล์")
        labels[package.main] = ""
        return {
            name: labels[name] for name in parts if name in labels and name not in self._damaged
        }

    def _left_out(self) -> Iterator[Problem]:
        kinds = [link.kind for link in self._links if link.target in self._package]
        targets = [link.target for link in self._links if link.kind == "comments"]
        comments = sum(len(self._package.tree(one).findall(w("comment")))
                       for one in targets if one in self._package and self._is_xml(one)
                       and one not in self._damaged)  # fmt: skip
        if comments:
            yield problem("T321", count=comments)
        found = sorted(self._found | {_LEFT[kind] for kind in kinds if kind in _LEFT})
        if found:
            yield problem("T322", what=", ".join(found))
