"""Read a template's tags: which are broken or not allowed, where, and which names are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from types import TracebackType

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from itareport import thai
from itareport.document import structure
from itareport.document.structure import Element, w
from itareport.document.word import expressions, markup
from itareport.problems import Problem, problem

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{\s*[{%]|\}\s*\}|%\}")
"""Half of a tag, or one with a blank between its braces, which would be printed as it is."""
_BLOCK = re.compile(r"\{%(?:p|tr|tc|r)?\s*(end)?(for|if)\b")
_EDGE = re.compile(r"\{[{%][-+]|[-+][%}]\}")
_WHOLE = (
    ("tr", "แท็กของแถวต้องอยู่ในแถวของตัวเอง"),
    ("tc", "แท็กของคอลัมน์ต้องอยู่ในช่องของตัวเอง"),
    ("p", "แท็กของย่อหน้าต้องอยู่ในย่อหน้าของตัวเอง"),
)
"""Tags in the place of which docxtpl takes a whole row, cell or paragraph out, and the rule."""
_ENVIRONMENT = expressions.Environment()
_MOST = 20  # problems of one part that are told


def problems(root: Element, label: str) -> list[Problem]:
    """Return what is wrong with the tags of a part, before docxtpl rewrites them.

    Args:
        root: The part's tree.
        label: The words for the part, "" for the body.
    """
    read = [_Paragraph(one, _own_text(one), label) for one in root.iter(w("p"))]
    tagged = [one for one in read if "{" in one.text or "}" in one.text]
    if sum(len(one.tags) for one in tagged) > expressions.MOST_TAGS:
        return [problem("T304", what=f"แท็กเกิน {expressions.MOST_TAGS:,} แท็ก", where="")]
    found = list(islice((p for one in tagged for p in one.problems()), _MOST))
    found += islice(_elsewhere(root, label), _MOST)
    found += islice(_crowded(tagged), _MOST)
    return found or list(_unpaired(tagged))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with its own words, and the words for the part that it is in."""

    element: Element
    text: str
    label: str
    tags: list[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", TAG.findall(self.text))

    def problem(self, code: str, said: str = "") -> Problem:
        """Return a problem of this paragraph, with the words for what is wrong."""
        where = markup.where(self.label, self.element)
        return problem(code, where=where, why=said, what=said, character=said)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the tags of this paragraph alone."""
        hidden = list(filter(thai.is_unseen, self.text))
        visible = "".join(c for c in self.text if c not in hidden)
        if hidden and TAG.findall(visible) != self.tags:
            yield self.problem("T306", thai.character_name(hidden[0]))
        elif _HALF.search(TAG.sub("", self.text)):
            yield self.problem("T301")
        for tag in self.tags:
            if what := _forbidden(tag):
                yield self.problem("T304", what)
            elif code := _wrong(tag):
                yield self.problem(*code)
            elif expressions.keyword(tag) in expressions.OF_DOCXTPL and not self._has_cell():
                yield self.problem("T301")

    def _has_cell(self) -> bool:
        """Return whether it is in a cell as docxtpl expects it, its properties first."""
        cell = next(self.element.iterancestors(w("tc")), None)
        return cell is not None and all(
            one is cell[0] for one in cell.iter(w("tcPr")) if one.getparent() is cell
        )


def _own_text(paragraph: Element) -> str:
    """Return the words of a paragraph without those of text boxes in it."""
    if paragraph.find(f".//{w('p')}") is None:
        return structure.text(paragraph)
    texts = paragraph.iter(w("t"))
    return "".join(t.text or "" for t in texts if next(t.iterancestors(w("p"))) is paragraph)


def _forbidden(tag: str) -> str:
    """Return the words for what no tag may say; "" for a tag that Jinja may see."""
    if tag.startswith("{#"):
        return ""
    word = expressions.keyword(tag)
    if tag.startswith("{%") and word not in expressions.KEYWORDS | expressions.OF_DOCXTPL:
        return f"คำสั่ง {word[:20]}"
    if len(tag) > expressions.LONGEST_TAG:
        return f"แท็กที่ยาวเกิน {expressions.LONGEST_TAG} ตัวอักษร"
    return "เครื่องหมาย - หรือ + ที่ขอบแท็ก" if _EDGE.search(tag) else ""


@lru_cache(maxsize=4096)
def _wrong(tag: str) -> tuple[str, str] | None:
    """Return the code and the words for what a tag by itself says wrongly."""
    try:
        tree = _ENVIRONMENT.parse(expressions.alone(tag))
    except TemplateSyntaxError:
        return "T301", ""
    except RecursionError:
        return "T304", "นิพจน์ที่ซ้อนกันลึกเท่านี้"
    what = next((what for _, what in expressions.refused(tree)), "")
    return ("T304", what) if what else None


def _elsewhere(root: Element, label: str) -> Iterator[Problem]:
    """Yield a problem for each tag outside of words that no tag may say, or only one in words."""
    for element in root.iter(etree.Element):
        inside = () if element.tag == w("t") else (element.text or "",)
        for value in (*element.values(), *inside, element.tail or ""):
            for tag in TAG.findall(value) if "{" in value else ():
                what = _forbidden(tag)
                if what or expressions.keyword(tag) in expressions.OF_DOCXTPL:
                    said = what or "คำสั่งนี้นอกข้อความ"
                    yield problem("T304", what=said, where=markup.where(label, element))


def _crowded(tagged: list[_Paragraph]) -> Iterator[Problem]:
    """Yield a problem for each row, cell or paragraph that would vanish with another tag in it."""
    for name, rule in _WHOLE:
        by_element: dict[Element, list[_Paragraph]] = {}
        for one in tagged:
            if name == "p":
                by_element[one.element] = [one]
            elif (outer := next(one.element.iterancestors(w(name)), None)) is not None:
                by_element.setdefault(outer, []).append(one)
        for group in by_element.values():
            tags = [(tag, one) for one in group for tag in one.tags]
            whole = [one for tag, one in tags if tag[2:].startswith(f"{name} ")]
            counted = [tag for tag, _ in tags if tag[1] != "#" or tag[2:].startswith(f"{name} ")]
            if whole and len(counted) > 1:
                yield whole[-1].problem("T301", f" เพราะ{rule}")


def _unpaired(tagged: list[_Paragraph]) -> Iterator[Problem]:
    """Yield a problem for the first block that has no end or no start."""
    open_blocks: list[tuple[str, _Paragraph]] = []
    for one in tagged:
        for end, keyword in _BLOCK.findall(one.text):
            if not end:
                open_blocks.append((keyword, one))
            elif not open_blocks or open_blocks[-1][0] != keyword:
                wrong = open_blocks[-1][1] if open_blocks else one
                yield wrong.problem("T301", " เพราะขาดแท็กคู่")
                return
            else:
                open_blocks.pop()
    if open_blocks:
        yield open_blocks[-1][1].problem("T301", " เพราะขาดแท็กคู่")


def where(source: str, line: int | None, label: str) -> str:
    """Return the words for the place of one line (from 1) of what Jinja compiled."""
    lines = source.split("\n")
    if not line or line > len(lines):
        return f" ({label})" if label else ""
    marks = (structure.MARK.search(one) for one in reversed(lines[:line]))
    mark = next((one for one in marks if one is not None), None)
    near = structure.joined(
        structure.named(mark[1]) if mark else "", re.sub(r"<[^>]*>", "", lines[line - 1])
    )
    said = " ".join(filter(None, (label, near)))
    return f" ({said})" if said else ""


def line_of(traceback: TracebackType | None) -> int | None:
    """Return the line of the template in which an exception rose."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def printed(source: str, environment: Environment) -> frozenset[str]:
    """Return the names that a template prints, as tags: `part2.rows[].steps[]`."""
    walk = _Walk()
    walk.visit(environment.parse(source))
    return frozenset(walk.printed)


class _Walk:
    """Follows names through loops to the tags of the context."""

    def __init__(self) -> None:
        self.printed: set[str] = set()
        self._known: dict[str, str] = {}

    def visit(self, node: nodes.Node, *, prints: bool = False) -> None:
        if isinstance(node, nodes.For):
            self._bind(node.target, node.iter)
        prints = prints or isinstance(node, nodes.Output)
        tag = self._tag(node)
        if tag is not None:
            if prints:
                self.printed.add(tag)
            return
        inner = node.body + node.else_ if isinstance(node, nodes.For) else node.iter_child_nodes()
        for child in inner:
            self.visit(child, prints=prints)

    def _bind(self, target: nodes.Node, value: nodes.Node) -> None:
        tag = self._tag(value)
        if isinstance(target, nodes.Name) and tag is not None:
            self._known[target.name] = f"{tag}[]"

    def _tag(self, node: nodes.Node) -> str | None:
        if isinstance(node, nodes.Name):
            return self._known.get(node.name, node.name)
        if isinstance(node, nodes.Getattr) and (base := self._tag(node.node)) is not None:
            return f"{base}.{node.attr}"
        return None
