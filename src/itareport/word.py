"""Template and context to .docx bytes; the only door to docxtpl.

A Word template is prepared once (its XML patched by docxtpl, its Jinja compiled) and rendered
any number of times.  Rendering is strict: everything is escaped, an unknown name or a broken tag
is an error that names its paragraph, the result is parsed again without recovery, and the
template runs in Jinja's sandbox.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from itareport import drawing, package, structure, thai
from itareport.errors import ItaReportError, problem

_MAIN = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_RENDERED = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml"
)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_BLOCK = re.compile(r"\{%-?(?:p|tr|tc|r)?\s*(end)?(for|if)\b")
_BROKEN = re.compile(r"\{\{|\}\}|\{%|%\}")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"

MakeDrawing = Callable[[str, drawing.Parts], structure.Element | None]
"""From a drawing mark to its `w:drawing`, its parts put into the second argument."""


@dataclass(frozen=True, slots=True)
class _Part:
    source: str  # what Jinja compiled, one paragraph a line
    compiled: JinjaTemplate


class Template:
    """A Word template, prepared once and rendered any number of times."""

    def __init__(self, data: bytes, digits: Literal["thai", "arabic"] = "thai") -> None:
        """Read and compile the template for documents of the given digits.

        Raises:
            ItaReportError: T300 not a .docx, T301 broken tag, T302 damaged XML.
        """
        try:
            self._unchanged = package.read(data)
        except package.NotAPackageError as error:
            raise ItaReportError(problem("T300")) from error
        if _MAIN not in self._unchanged or _TYPES not in self._unchanged:
            raise ItaReportError(problem("T300"))
        self._digits = digits
        self._patch = DocxTemplate("").patch_xml
        self._environment = ImmutableSandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
        )
        names = [name for name in self._unchanged if _RENDERED.fullmatch(name)]
        self._parts = {name: self._prepare(name, self._unchanged.pop(name)) for name in names}

    def _prepare(self, name: str, data: bytes) -> _Part:
        root = _strict(data, name)
        structure.free_section_breaks(root)
        if (broken := _broken(root)) is not None:
            raise ItaReportError(problem("T301", paragraph=_short(broken)))
        if self._digits == "arabic":
            for element in root.iter(structure.w("t")):
                element.text = thai.arabic(element.text or "")
            structure.number_pages_western(root)
        xml = self._patch(etree.tostring(root, encoding="unicode"))
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)
        try:
            return _Part(source, self._environment.from_string(source))
        except TemplateSyntaxError as error:
            raise ItaReportError(
                problem("T301", paragraph=_paragraph(source, error.lineno))
            ) from error

    def render(self, context: Mapping[str, Any], make_drawing: MakeDrawing) -> bytes:
        """Fill the template; the same context and drawings give the same bytes.

        Raises:
            ItaReportError: T303 unknown name, T304 forbidden or failing expression,
                T302 the filled XML is not well formed.
        """
        into = drawing.Parts()
        parts = dict(self._unchanged)
        for name, part in self._parts.items():
            root = self.fill(name, part, context)
            if name == _MAIN:
                structure.merge_cells(root)
                structure.keep_rows_together(root)
                structure.place_drawings(root, lambda mark: make_drawing(mark, into))
                structure.allow_long_rows_to_split(root)
            parts[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        _add(parts, into)
        return package.write(parts)

    def fill(self, name: str, part: _Part, context: Mapping[str, Any]) -> structure.Element:
        """Render one part and parse it again, strictly."""
        try:
            xml = part.compiled.render(context)
        except UndefinedError as error:
            raise _undefined(part.source, error) from error
        except (SecurityError, TemplateError, TypeError, ValueError, ArithmeticError, LookupError,
                AttributeError) as error:  # fmt: skip
            paragraph = _paragraph(part.source, _template_line(error.__traceback__))
            raise ItaReportError(problem("T304", paragraph=paragraph)) from error
        return _strict(re.sub(r"\n<w:p([ >])", r"<w:p\1", xml).encode(), name)


def _strict(data: bytes, name: str) -> structure.Element:
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise ItaReportError(problem("T302", part=name)) from error


def _undefined(source: str, error: UndefinedError) -> ItaReportError:
    match = re.search(r"'([^']+)' is undefined|no attribute '([^']+)'", error.message or "")
    name = (match[1] or match[2]) if match else (error.message or "")
    paragraph = _paragraph(source, _template_line(error.__traceback__))
    return ItaReportError(problem("T303", name=name, paragraph=paragraph))


def _template_line(traceback: TracebackType | None) -> int | None:
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _paragraph(source: str, line: int | None) -> str:
    lines = source.split("\n")
    return _words(lines[line - 1]) if line and line <= len(lines) else ""


def _broken(root: structure.Element) -> str | None:
    """Return the first paragraph with half a tag, or with a block that has no end or no start."""
    open_blocks: list[tuple[str, str]] = []
    for paragraph in root.iter(structure.w("p")):
        text = "".join(t.text or "" for t in paragraph.iter(structure.w("t")))
        if _BROKEN.search(_TAG.sub("", text)):
            return text
        for end, keyword in _BLOCK.findall(text):
            if not end:
                open_blocks.append((keyword, text))
            elif not open_blocks or open_blocks[-1][0] != keyword:
                return open_blocks[-1][1] if open_blocks else text
            else:
                open_blocks.pop()
    return open_blocks[-1][1] if open_blocks else None


def _words(xml: str) -> str:
    return _short(re.sub(r"<[^>]*>", "", xml))


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 80 else f"{text[:80]}…"


def _add(parts: dict[str, bytes], added: drawing.Parts) -> None:
    if not added.parts:
        return
    parts.update(added.parts)
    types = _strict(parts[_TYPES], _TYPES)
    known = {e.get("Extension") for e in types.iterfind(f"{{{_CT}}}Default")}
    for extension, content_type in sorted(added.defaults.items()):
        if extension not in known:
            element = etree.Element(f"{{{_CT}}}Default", Extension=extension)
            element.set("ContentType", content_type)
            types.insert(0, element)
    for part, content_type in sorted(added.overrides.items()):
        etree.SubElement(types, f"{{{_CT}}}Override", PartName=part, ContentType=content_type)
    parts[_TYPES] = _declared(types)
    relationships = _strict(parts[_RELATIONSHIPS], _RELATIONSHIPS)
    for id_, type_, target in added.relationships:
        etree.SubElement(
            relationships, f"{{{_REL}}}Relationship", Id=id_, Type=type_, Target=target
        )
    parts[_RELATIONSHIPS] = _declared(relationships)


def _declared(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def text(docx: bytes) -> str:
    """Return the text of the document's body, a line a paragraph, as a reader would find it."""
    root = _strict(package.read(docx)[_MAIN], _MAIN)
    return "\n".join(
        "".join(t.text or "" for t in paragraph.iter(structure.w("t")))
        for paragraph in root.iter(structure.w("p"))
    )


def unprinted(docx: bytes, context: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what the document does not hold, or not often enough: tag of the context to words.

    The shipped template prints them all; an office's own may have lost a field.
    """
    body = text(docx)
    wanted = [(tag, value) for tag, value in leaves(context) if not tag.startswith("properties")]
    lost: dict[str, list[str]] = {}
    counts = Counter(value for _, value in wanted)
    missing = {value for value, count in counts.items() if body.count(value) < count}
    for tag, value in wanted:
        if value in missing:
            lost.setdefault(tag, []).append(value)
    return lost


def leaves(value: Any, tag: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a context with its tag (`part2.rows[].steps[]`), without marks."""
    if isinstance(value, str):
        printed = "".join(c for c in value if not "\ue000" <= c <= "\uf8ff")
        if printed:
            yield tag, printed
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{tag}.{key}".lstrip("."))
    else:
        for inner in value:
            yield from leaves(inner, f"{tag}[]")
