"""Template and context to .docx bytes; the only door to docxtpl.

A Word template is prepared once (its XML patched by docxtpl, its Jinja compiled) and rendered
any number of times.  Rendering is strict: everything is escaped, an unknown name or a broken tag
is an error that names its paragraph, the result is parsed again without recovery, and the
template runs in Jinja's sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Literal

from docxtpl import DocxTemplate
from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateSyntaxError, UndefinedError
from lxml import etree

from itareport import thai
from itareport.document import drawing, structure
from itareport.document.word import expressions, foreign_file, tags, template_parts
from itareport.files import opc
from itareport.problems import ItaReportError, problem

MakeDrawing = Callable[[str, drawing.Parts], str | None]
"""From a drawing mark to the XML of its `w:drawing`, its parts put into the second argument."""
_MOST = 20  # problems of one part that are told
_LONG = "ลูปที่ทำให้รายงานยาวเท่านี้"
_DEEP = "นิพจน์ที่ซ้อนกันลึกเท่านี้"


@dataclass(frozen=True, slots=True)
class _Part:
    source: str  # what Jinja compiled, one paragraph a line
    label: str  # the words for the part, "" for the body
    outline: structure.Outline
    compiled: JinjaTemplate


class Template:
    """A Word template, prepared once and rendered any number of times."""

    def __init__(self, data: bytes, digits: Literal["thai", "arabic"] = "thai") -> None:
        """Read and compile the template for documents of the given digits.

        Raises:
            ItaReportError: T300 not a .docx, T302 damaged XML, T308 to T316 what no report may
                have; or T301 broken tag, T304 forbidden expression, T306 invisible character.
        """
        template = foreign_file.read(data)
        self.left_out = template.left_out
        """Notes of what the file has and no report: comments, names of people."""
        self._digits = digits
        self._patch = DocxTemplate("").patch_xml
        self._environment = expressions.Environment()
        self._main = template.main
        self._parts = self._prepared(template)
        self._package = template_parts.FixedParts(template)
        self._printed: frozenset[str] | None = None

    def _prepared(self, template: template_parts.Template) -> dict[str, _Part]:
        """Prepare each part with tags.

        Raises:
            ItaReportError: all that is wrong with the file, and with the tags of all its parts.
        """
        prepared: dict[str, _Part] = {}
        problems = list(template.problems)
        for name, label in template.with_tags.items():
            try:
                prepared[name] = self._prepare(name, template.parts[name], label)
            except ItaReportError as error:
                problems += error.problems
        if problems:
            raise ItaReportError(*dict.fromkeys(problems))
        return prepared

    def _prepare(self, name: str, data: bytes, label: str) -> _Part:
        root = structure.with_common_prefix(template_parts.strict(data, name))
        structure.free_section_breaks(root)
        if problems := tags.problems(root, label):
            raise ItaReportError(*problems)
        structure.mark_places(root)
        try:
            structure.with_each_set_of_columns(root)
        except structure.TooManySetsError as error:
            what = "คอลัมน์ที่มีบ้างไม่มีบ้างจำนวนมากเท่านี้"
            raise ItaReportError(problem("T304", what=what, where="")) from error
        if self._digits == "arabic":
            for element in root.iter(structure.w("t")):
                element.text = thai.arabic(element.text or "")
            structure.number_pages_western(root)
        outline = structure.Outline(root)
        xml = self._patch(template_parts.serialised(root).decode().partition("?>")[2].lstrip())
        source = outline.with_lines(xml)
        return _Part(source, label, outline, self._compiled(source, label))

    def _compiled(self, source: str, label: str) -> JinjaTemplate:
        """Compile what docxtpl made of a part, if all of it is on the list.

        Raises:
            ItaReportError: T301, T304.
        """
        try:
            tree = self._environment.parse(source)
            refused = islice(expressions.refused(tree), _MOST)
            problems = [
                problem("T304", what=what, where=tags.where(source, line, label))
                for line, what in refused
            ]
            if not problems:
                return expressions.compiled(self._environment, tree)
        except TemplateSyntaxError as error:
            where = tags.where(source, error.lineno, label)
            raise ItaReportError(problem("T301", why="", where=where)) from error
        except Exception as error:
            raise ItaReportError(problem("T304", what=_DEEP, where="")) from error
        raise ItaReportError(*problems)

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

    def unprinted(
        self, context: Mapping[str, Any], older: Mapping[str, str], fixed: Mapping[str, str]
    ) -> dict[str, list[str]]:
        """Return what no part of the template prints: tag of the context to its words.

        The shipped template prints all; an office's own may have lost a field.

        Args:
            context: What the template was filled with.
            older: Tags that no template need print, each with the one that it stands for, or "".
            fixed: Tags whose value a template may say as a word of its own, with that value.
        """
        if self._printed is None:
            found = (tags.printed(p.source, self._environment) for p in self._parts.values())
            self._printed = frozenset().union(*found)
        printed = self._printed.union(older, map(older.get, self._printed))
        lost: dict[str, list[str]] = {}
        for tag, value in leaves(context):
            if tag not in printed and not tag.startswith("properties"):
                lost.setdefault(tag, []).append(value)
        return {
            tag: values
            for tag, values in lost.items()
            if {*values} != {fixed.get(tag)} or not self._says(values[0])
        }

    def _says(self, word: str) -> bool:
        """Return whether a word stands in the template by itself."""
        alone = re.compile(rf"(?<![^>\s]){re.escape(word)}(?![^<\s])")
        return any(alone.search(part.source) for part in self._parts.values())


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
    pieces: Any = part.compiled.generate(context)
    try:
        for batch in expressions.within_limits(pieces):
            writer.write(batch)
    except UndefinedError as error:
        raise _undefined(part, error) from error
    except expressions.TooMuchError as error:
        at = pieces.gi_yieldfrom  # the template's own code, unless it has come to its end
        line = part.compiled.get_corresponding_lineno(at.gi_frame.f_lineno) if at else None
        where = tags.where(part.source, line, part.label)
        raise ItaReportError(problem("T304", what=_LONG, where=where)) from error
    except Exception as error:
        where = tags.where(part.source, tags.line_of(error.__traceback__), part.label)
        raise ItaReportError(problem("T304", what="การเปรียบเทียบนี้", where=where)) from error
    xml = writer.text()
    if expressions.is_too_large(xml):
        raise ItaReportError(problem("T304", what=_LONG, where=""))
    return xml, writer.has_drawing_mark


def _undefined(part: _Part, error: UndefinedError) -> ItaReportError:
    match = re.search(r"'([^']+)' is undefined|no attribute '([^']+)'", error.message or "")
    name = (match[1] or match[2]) if match else (error.message or "")
    where = tags.where(part.source, tags.line_of(error.__traceback__), part.label)
    return ItaReportError(problem("T303", name=name, where=where))


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


def with_whole_rows(docx: bytes, rows: Collection[int]) -> bytes:
    """Return a copy of a document in which some of the rows of `Contents.rows` stay on one page."""
    package = opc.Package(docx)
    root = package.tree(package.main)
    may_split = [row for row in root.iter(structure.w("tr")) if _may_split(row)]
    for row in (may_split[number] for number in rows):
        properties = row.find(structure.w("trPr"))
        if properties is None:
            properties = etree.Element(structure.w("trPr"))
            row.insert(0 if row.find(structure.w("tblPrEx")) is None else 1, properties)
        properties.append(etree.Element(structure.w("cantSplit")))
    made = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return opc.write(dict(package) | {package.main: made}, opc.NONE)


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
