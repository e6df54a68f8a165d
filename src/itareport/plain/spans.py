"""Where each value of a YAML document begins and ends, for whoever changes some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from itareport.plain.events import LOADER
from itareport.problems import FieldPath


@dataclass(frozen=True, slots=True)
class Span:
    """Where one value stands in the text; offsets count characters from 0."""

    start: int
    end: int
    owner: int
    """Where the name of its field stands, or the dash of its point."""
    in_flow: bool
    """Whether it stands inside brackets."""
    is_flow: bool
    """Whether it is in brackets itself, or a single value."""
    is_quoted: bool


def spans(text: str) -> dict[FieldPath, Span]:
    """Return the span of each value of a document that `read` accepts, by its path."""
    found: dict[FieldPath, Span] = {}
    root = yaml.compose(text, LOADER)
    if root is not None:
        _walk(root, (), 0, text, found, in_flow=False)
    return found


def _walk(
    node: Any,
    path: FieldPath,
    owner: int,
    text: str,
    found: dict[FieldPath, Span],
    *,
    in_flow: bool,
) -> int:
    """Note the span of a node and of all inside it; return where it ends."""
    start, is_scalar = node.start_mark.index, isinstance(node, yaml.ScalarNode)
    is_flow = is_scalar or bool(node.flow_style)
    end: int = node.end_mark.index
    inner_flow = in_flow or (is_flow and not is_scalar)
    if isinstance(node, yaml.MappingNode):
        ends = [
            _walk(value, (*path, key.value), key.start_mark.index, text, found, in_flow=inner_flow)
            for key, value in node.value
        ]
        end = end if is_flow else max(ends, default=end)
    elif isinstance(node, yaml.SequenceNode):
        ends = [
            _walk(
                item, (*path, index), text.rfind("-", 0, item.start_mark.index), text, found,
                in_flow=inner_flow,
            )
            for index, item in enumerate(node.value)
        ]  # fmt: skip
        end = end if is_flow else max(ends, default=end)
    elif node.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    is_quoted = is_scalar and node.style in ("'", '"')
    found[path] = Span(start, end, owner, in_flow, is_flow, is_quoted)
    return end
