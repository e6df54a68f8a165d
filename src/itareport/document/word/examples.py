"""An example of each name that a template prints, taken from the tags of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itareport.document import structure
from itareport.document.structure import w
from itareport.document.word import foreign_file, tags, template_parts

_FOR = re.compile(r"\{%(p|tr|tc|r)?\s*for\s+(\w+)\s+in\s+([\w.]+)")
_IF = re.compile(r"\{%(p|tr|tc|r)?\s*if\s")
_END = re.compile(r"\{%(?:p|tr|tc|r)?\s*endfor")
_NAME = re.compile(r"(?<![\w.'])[A-Za-z_][\w.]*")
_WORDS = {"if", "elif", "else", "not", "and", "or", "loop"}


def of(template: bytes) -> dict[str, str]:
    """Return the tags that print each name of a template, with the loops around them.

    Raises:
        ItaReportError: T300, T302, T314, T315: it is no template.
    """
    found: dict[str, str] = {}
    read = foreign_file.read(template)
    for name in read.with_tags:
        for path, example in _examples(template_parts.strict(read.parts[name], name)):
            if path not in found or ("{{" in example and "{{" not in found[path]):
                found[path] = example
    printed = {path.removesuffix("[]"): said for path, said in found.items() if path[-1] == "]"}
    return found | printed


def _examples(root: structure.Element) -> Iterator[tuple[str, str]]:
    """Yield each name that a part prints, loops over or asks for, with its tags."""
    loops: list[tuple[str, str, str, str]] = []  # variable, path, tag, kind of tag
    for tag in _tags(root):
        known = {variable: f"{path}[]" for variable, path, _, _ in loops}
        if (loop := _FOR.match(tag)) is not None:
            loops.append((loop[2], _path(loop[3], known), tag, loop[1] or ""))
            yield loops[-1][1], _within(loops, "…")
        elif _END.match(tag):
            loops.pop()
        elif tag.startswith("{{") or _IF.match(tag):
            for said in _NAME.findall(tag[3:]):
                if said.partition(".")[0] not in _WORDS:
                    yield _path(said, known), _within(loops, tag)


def _within(loops: list[tuple[str, str, str, str]], inner: str) -> str:
    """Return tags with the loops around them, each with its end."""
    condition = _IF.match(inner)
    ends = [f"… {{%{condition[1] or ''} endif %}}"] if condition else []
    ends += [f"{{%{kind} endfor %}}" for *_, kind in reversed(loops)]
    return " ".join((*(tag for *_, tag, _ in loops), inner, *ends))


def _path(name: str, known: dict[str, str]) -> str:
    first, dot, rest = name.partition(".")
    return f"{known.get(first, first)}{dot}{rest}"


def _tags(root: structure.Element) -> Iterator[str]:
    paragraphs = list(root.iter(w("p")))
    for element in paragraphs or root:
        yield from tags.TAG.findall(structure.text(element) if paragraphs else element.text or "")
