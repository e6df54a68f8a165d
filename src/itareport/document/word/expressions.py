"""What a template's tags may say: an allow-list over Jinja's tree, and how much they may print.

The tree is that of what docxtpl has made of the tags, so nothing reaches Jinja unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeGuard

from jinja2 import StrictUndefined, Template, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_TAGS = 5_000
LONGEST_TAG = 500  # characters; docxtpl's patterns are slow on long ones
MOST_CHARACTERS = 10_000_000
MOST_PIECES = 2_000_000
MOST_ELEMENTS = 150_000
_DEEPEST = 40  # expressions in expressions; Python compiles deep ones slowly
_BATCH = 256  # pieces
LOOP = frozenset({"first", "last", "index", "length"})
"""What a tag may ask of a loop."""
KEYWORDS = frozenset({"if", "elif", "else", "endif", "for", "endfor"})
OF_DOCXTPL = frozenset({"vm", "hm", "colspan", "cellbg"})
"""What docxtpl turns into other tags."""
_OF_JINJA = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
_KEYWORD = re.compile(r"\{%(?:[-+]|(?:p|tr|tc|r)\s)?\s*([^\s%-]*)")
_WHOLE = re.compile(r"^(?:p|tr|tc|r) ")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_FREE = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_CALLED: dict[type, str] = {
    nodes.Call: "การเรียกคำสั่ง", nodes.Filter: "ตัวกรอง |{0.name}", nodes.Test: "การทดสอบ is {0.name}",
    nodes.Getitem: "วงเล็บเหลี่ยม [ ]", nodes.Slice: "วงเล็บเหลี่ยม [ ]", nodes.Concat: "การต่อข้อความ ~",
    nodes.BinExpr: "การคำนวณ", nodes.UnaryExpr: "การคำนวณ", nodes.CondExpr: "if ใน {{{{ }}}}",
    nodes.Assign: "คำสั่ง set", nodes.AssignBlock: "คำสั่ง set", nodes.Macro: "คำสั่ง macro",
    nodes.CallBlock: "คำสั่ง call", nodes.FilterBlock: "คำสั่ง filter",
    nodes.Include: "คำสั่ง include", nodes.Import: "คำสั่ง import", nodes.FromImport: "คำสั่ง import",
    nodes.Extends: "คำสั่ง extends", nodes.Block: "คำสั่ง block", nodes.With: "คำสั่ง with",
    nodes.Literal: "ค่าชนิดนี้", nodes.Node: "คำสั่งนี้",
}  # fmt: skip


class TooMuchError(Exception):
    """A template prints more than a report may have."""


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which names lead to the context and to nothing else."""

    def __init__(self) -> None:
        """Make an environment without globals, filters and tests."""
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        for table in (self.globals, self.filters, self.tests):
            table.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value of a mapping by its name, or one of those of a loop."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if type(obj) is LoopContext and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)


def refused(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield line and words for each thing in a tree that is not on the list."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        depth = depth + 1 if isinstance(node, nodes.Expr) else 0
        what = _refused(node) if depth < _DEEPEST else "นิพจน์ที่ซ้อนกันลึกเท่านี้"
        if what:
            yield node.lineno, what
        elif not (_is_span(node) or _is_of_loop(node)):  # each is allowed as a whole
            waiting += [(one, depth) for one in reversed(list(node.iter_child_nodes()))]


def _refused(node: nodes.Node) -> str:
    """Return the words for a node that is not on the list; "" for another."""
    if isinstance(node, _FREE) or _is_span(node) or _is_of_loop(node):
        return ""
    if isinstance(node, nodes.Name):
        return f"ชื่อ {node.name}" if node.name in _OF_JINJA or node.name[0] == "_" else ""
    if isinstance(node, nodes.Getattr):
        is_hidden = node.attr.startswith("_") or _is_loop(node.node)
        return f"ชื่อ .{node.attr}" if is_hidden else ""
    if isinstance(node, nodes.Const):
        return "" if type(node.value) in (str, int) else f"ค่า {str(node.value)[:20]}"
    if isinstance(node, nodes.For):
        return _refused_loop(node)
    kind = next(kind for kind in type(node).__mro__ if kind in _CALLED)
    return _CALLED[kind].format(node)


def _refused_loop(loop: nodes.For) -> str:
    if not isinstance(loop.target, nodes.Name):
        return "for ที่มีหลายชื่อ"
    if not isinstance(loop.iter, nodes.Name | nodes.Getattr):
        return "for กับสิ่งที่ไม่ใช่ชื่อข้อมูล"
    return "for ที่มี if หรือ recursive" if loop.test or loop.recursive else ""


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _is_of_loop(node: nodes.Node) -> TypeGuard[nodes.Getattr]:
    return isinstance(node, nodes.Getattr) and _is_loop(node.node) and node.attr in LOOP


def _is_span(node: nodes.Node) -> bool:
    """Return whether a node is docxtpl's own `n * loop.length`, of a cell that spans columns."""
    return (
        isinstance(node, nodes.Mul)
        and isinstance(node.left, nodes.Const)
        and type(node.left.value) is int
        and _is_of_loop(node.right)
        and node.right.attr == "length"
    )


def compiled(environment: Environment, tree: nodes.Template) -> Template:
    """Compile a tree that is allowed; each turn of each loop yields a piece, to be counted."""
    for loop in tree.find_all(nodes.For):
        if not any(isinstance(node, nodes.Output) for node in loop.body):
            loop.body.insert(0, nodes.Output([nodes.TemplateData("")], lineno=loop.lineno))
    return Template.from_code(
        environment, environment.compile(tree), environment.make_globals(None)
    )


def within_limits(pieces: Iterator[str]) -> Iterator[list[str]]:
    """Yield the pieces that a template makes, some thousands together.

    Raises:
        TooMuchError: there are too many.
    """
    characters = count = 0
    while batch := list(islice(pieces, _BATCH)):
        count += len(batch)
        characters += sum(map(len, batch))
        if characters > MOST_CHARACTERS or count > MOST_PIECES:
            raise TooMuchError
        yield batch


def is_too_large(xml: str) -> bool:
    """Return whether a filled part has more elements than a report may have."""
    return len(xml) > MOST_ELEMENTS and xml.count("<") - xml.count("</") > MOST_ELEMENTS


def keyword(tag: str) -> str:
    """Return the first word of a block's tag, without what docxtpl reads; "" of a printing one."""
    match = _KEYWORD.match(tag)
    return match[1] if match else ""


def alone(tag: str) -> str:
    """Return a tag as a template of its own, as docxtpl would leave it; "" where it says nothing.

    Word makes quotation marks curly; docxtpl takes them for straight ones.
    """
    tag = tag.translate(_QUOTES)
    word, inner = keyword(tag), tag[2:-2]
    if tag.startswith("{{"):
        return f"{{{{ {_WHOLE.sub('', inner)} }}}}"
    said = inner.partition(word)[2] if word else ""
    if word in ("if", "elif"):
        return f"{{% if {said} %}}{{% endif %}}"
    if word == "for":
        return f"{{% for {said} %}}{{% endfor %}}"
    return f"{{{{ {said} }}}}" if word in ("colspan", "cellbg") else ""
