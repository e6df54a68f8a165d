"""Read a template's tags: where one is broken, and which names are printed."""

from __future__ import annotations

import re
from types import TracebackType

from jinja2 import Environment, nodes

from itareport.document import structure

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}")
_BLOCK = re.compile(r"\{%-?(?:p|tr|tc|r)?\s*(end)?(for|if)\b")
_SHOWN = 80


def broken(root: structure.Element) -> str | None:
    """Return the first paragraph with half a tag, or with a block that has no end or no start."""
    open_blocks: list[tuple[str, str]] = []
    for paragraph in root.iter(structure.w("p")):
        text = "".join(t.text or "" for t in paragraph.iter(structure.w("t")))
        if _HALF.search(_TAG.sub("", text)):
            return short(text)
        for end, keyword in _BLOCK.findall(text):
            if not end:
                open_blocks.append((keyword, text))
            elif not open_blocks or open_blocks[-1][0] != keyword:
                return short(open_blocks[-1][1] if open_blocks else text)
            else:
                open_blocks.pop()
    return short(open_blocks[-1][1]) if open_blocks else None


def paragraph(source: str, line: int | None) -> str:
    """Return the words of one line (from 1) of a source that has a paragraph a line."""
    lines = source.split("\n")
    return short(re.sub(r"<[^>]*>", "", lines[line - 1])) if line and line <= len(lines) else ""


def short(text: str) -> str:
    """Return enough of a paragraph to find it by."""
    text = text.strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


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
    """Follows names through loops and assignments to the tags of the context."""

    def __init__(self) -> None:
        self.printed: set[str] = set()
        self._known: dict[str, str] = {}

    def visit(self, node: nodes.Node, *, prints: bool = False) -> None:
        if isinstance(node, nodes.For):
            self._bind(node.target, node.iter, "[]")
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, node.node, "")
        prints = prints or isinstance(node, nodes.Output)
        tag = self._tag(node)
        if tag is not None:
            if prints:
                self.printed.add(tag)
            return
        inner = node.body + node.else_ if isinstance(node, nodes.For) else node.iter_child_nodes()
        for child in inner:
            self.visit(child, prints=prints)

    def _bind(self, target: nodes.Node, value: nodes.Node, suffix: str) -> None:
        tag = self._tag(value)
        if isinstance(target, nodes.Name) and tag is not None:
            self._known[target.name] = tag + suffix

    def _tag(self, node: nodes.Node) -> str | None:
        if isinstance(node, nodes.Name):
            return self._known.get(node.name, node.name)
        if isinstance(node, nodes.Getattr) and (base := self._tag(node.node)) is not None:
            return f"{base}.{node.attr}"
        if isinstance(node, nodes.Getitem) and (base := self._tag(node.node)) is not None:
            key = node.arg.value if isinstance(node.arg, nodes.Const) else 0
            return f"{base}.{key}" if isinstance(key, str) else f"{base}[]"
        return None
