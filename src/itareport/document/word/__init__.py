"""Template and context to .docx bytes; the only door to docxtpl.

A Word template is prepared once (its XML patched by docxtpl, its Jinja compiled) and rendered
any number of times.  Rendering is strict: everything is escaped, an unknown name or a broken tag
is an error that names its paragraph, the result is parsed again without recovery, and the
template runs in Jinja's sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import ImmutableSandboxedEnvironment

from itareport import thai
from itareport.document import drawing, structure
from itareport.document.word import tags, template_parts
from itareport.files import opc
from itareport.problems import ItaReportError, problem

MakeDrawing = Callable[[str, drawing.Parts], str | None]
"""From a drawing mark to the XML of its `w:drawing`, its parts put into the second argument."""


@dataclass(frozen=True, slots=True)
class _Part:
    source: str  # what Jinja compiled, one paragraph a line
    outline: structure.Outline
    compiled: JinjaTemplate


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, quicker at what a context consists of."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value of a mapping by its name, anything else as the sandbox allows it."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class Template:
    """A Word template, prepared once and rendered any number of times."""

    def __init__(self, data: bytes, digits: Literal["thai", "arabic"] = "thai") -> None:
        """Read and compile the template for documents of the given digits.

        Raises:
            ItaReportError: T300 not a .docx, T301 broken tag, T302 damaged XML.
        """
        template = template_parts.read(data)
        self._digits = digits
        self._patch = DocxTemplate("").patch_xml
        self._environment = _Environment(
            autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
        )
        parts, self._main = template.parts, template.main
        self._parts = {name: self._prepare(name, parts[name]) for name in template.with_tags}
        self._package = template_parts.FixedParts(template)
        self._printed: frozenset[str] | None = None

    def _prepare(self, name: str, data: bytes) -> _Part:
        root = structure.with_common_prefix(template_parts.strict(data, name))
        structure.free_section_breaks(root)
        if (broken := tags.broken(root)) is not None:
            raise ItaReportError(problem("T301", paragraph=broken))
        structure.with_each_set_of_columns(root)
        if self._digits == "arabic":
            for element in root.iter(structure.w("t")):
                element.text = thai.arabic(element.text or "")
            structure.number_pages_western(root)
        outline = structure.Outline(root)
        xml = self._patch(template_parts.serialised(root).decode().partition("?>")[2].lstrip())
        source = outline.with_lines(xml)
        try:
            return _Part(source, outline, self._environment.from_string(source))
        except TemplateSyntaxError as error:
            where = tags.paragraph(source, error.lineno)
            raise ItaReportError(problem("T301", paragraph=where)) from error
        except Exception as error:
            raise ItaReportError(problem("T304", paragraph="")) from error

    def render(self, context: Mapping[str, Any], make_drawing: MakeDrawing) -> bytes:
        """Fill the template; the same context and drawings give the same bytes.

        Raises:
            ItaReportError: T303 unknown name, T304 forbidden or failing expression, T302 the
                filled XML is not well formed, T307 a drawing outside the body.
        """
        filled: dict[str, bytes] = {}
        added = drawing.Parts()
        for name, part in self._parts.items():
            xml, wants_drawing = _fill(part, context)
            if wants_drawing and name != self._main:
                raise ItaReportError(problem("T307"))
            if wants_drawing:
                xml, added = self._drawn(xml, make_drawing)
            filled[name] = template_parts.sound(xml, name)
        return self._package.document(filled, added)

    def _drawn(self, xml: str, make_drawing: MakeDrawing) -> tuple[str, drawing.Parts]:
        added = self._package.drawings(xml)
        return structure.place_drawings(xml, lambda mark: make_drawing(mark, added)), added

    def unprinted(self, context: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return what no part of the template prints: tag of the context to its words.

        The shipped template prints all; an office's own may have lost a field.
        """
        if self._printed is None:
            found = (tags.printed(p.source, self._environment) for p in self._parts.values())
            self._printed = frozenset().union(*found)
        lost: dict[str, list[str]] = {}
        for tag, value in leaves(context):
            if tag not in self._printed and not tag.startswith("properties"):
                lost.setdefault(tag, []).append(value)
        return lost


@lru_cache(maxsize=4)
def prepared(data: bytes, digits: Literal["thai", "arabic"] = "thai") -> Template:
    """Return the template of these bytes, prepared once a process; the last few are kept.

    Raises:
        ItaReportError: as `Template`.
    """
    return Template(data, digits)


def _fill(part: _Part, context: Mapping[str, Any]) -> tuple[str, bool]:
    """Render one part; return its XML, and whether it holds a mark for a drawing."""
    writer = structure.Writer(part.outline)
    try:
        writer.write(part.compiled.generate(context))
    except UndefinedError as error:
        raise _undefined(part.source, error) from error
    except Exception as error:
        where = tags.paragraph(part.source, tags.line_of(error.__traceback__))
        raise ItaReportError(problem("T304", paragraph=where)) from error
    return writer.text(), writer.has_drawing_mark


def _undefined(source: str, error: UndefinedError) -> ItaReportError:
    match = re.search(r"'([^']+)' is undefined|no attribute '([^']+)'", error.message or "")
    name = (match[1] or match[2]) if match else (error.message or "")
    where = tags.paragraph(source, tags.line_of(error.__traceback__))
    return ItaReportError(problem("T303", name=name, paragraph=where))


@dataclass(frozen=True, slots=True)
class Contents:
    """What a finished document says in its body."""

    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    """Those paragraphs whose style heads others."""
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    """The rows of tables that may go on over a page: the paragraphs of each cell."""
    pictures: int
    """How many PNG and JPEG pictures it shows."""


def contents(docx: bytes) -> Contents:
    """Return what the document's body says, as a reader would find it."""
    package = opc.Package(docx)
    root = package.tree(package.main)
    heading = {
        style.get(structure.w("styleId"))
        for part in package.related(package.main, "styles")
        for style in package.tree(part).iterfind(structure.w("style"))
        if style.find(f"{structure.w('pPr')}/{structure.w('outlineLvl')}") is not None
    }
    paragraphs = [(_style(found), _text(found)) for found in root.iter(structure.w("p"))]
    return Contents(
        tuple(said for _, said in paragraphs),
        tuple(said for style, said in paragraphs if said and style in heading),
        tuple(_cells(row) for row in root.iter(structure.w("tr")) if _may_split(row)),
        _pictures(root, package.relationships(package.main)),
    )


def _pictures(root: structure.Element, related: Mapping[str, opc.Relationship]) -> int:
    """Count the pictures of dots that a body embeds, whichever of them are the template's."""
    embedded = (blip.get(_EMBED, "") for blip in root.iter(_BLIP))
    targets = [related[key].target.lower() for key in embedded if key in related]
    return sum(target.endswith((".png", ".jpg", ".jpeg")) for target in targets)


_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def text(docx: bytes) -> str:
    """Return the text of the document's body, a line a line, as a reader would find it."""
    return "\n".join(contents(docx).paragraphs)


def _text(element: structure.Element) -> str:
    found = element.iter(structure.w("t"), structure.w("br"))
    return "".join("\n" if one.tag == structure.w("br") else one.text or "" for one in found)


def _style(paragraph: structure.Element) -> str | None:
    style = paragraph.find(f"{structure.w('pPr')}/{structure.w('pStyle')}")
    return style.get(structure.w("val")) if style is not None else None


def _cells(row: structure.Element) -> tuple[tuple[str, ...], ...]:
    cells = row.iterfind(structure.w("tc"))
    return tuple(tuple(map(_text, cell.iterfind(structure.w("p")))) for cell in cells)


def _may_split(row: structure.Element) -> bool:
    properties = row.find(structure.w("trPr"))
    kept = ("cantSplit", "tblHeader")
    return properties is None or all(properties.find(structure.w(one)) is None for one in kept)


def leaves(value: Any, tag: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a context with its tag (`part2.rows[].steps[]`), without marks."""
    if isinstance(value, str):
        shown = "".join(c for c in value if not "\ue000" <= c <= "\uf8ff")
        if shown:
            yield tag, shown
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{tag}.{key}".lstrip("."))
    else:
        for inner in value:
            yield from leaves(inner, f"{tag}[]")
