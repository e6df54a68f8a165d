"""The description of each field, and its name for a clerk: `ข้อ e7`, `ผู้ลงนามคนที่ 3`; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from itareport import thai
from itareport.ita import codes
from itareport.ita.model import Kind, PlanRow, Report, Use
from itareport.problems import FieldPath

_TEXTS = (Kind.LINE, Kind.TEXT, Kind.POINTS)


@dataclass(frozen=True, slots=True)
class Described:
    """One field of a group, as its model describes it."""

    name: str
    title: str
    """The Thai name by which clerks know it."""
    kind: Kind | None
    """What it holds; None where it holds a group or rows."""
    use: Use | None
    group: type[BaseModel] | None
    """The model of the group, or of each row, that it holds."""
    info: FieldInfo

    @property
    def is_text(self) -> bool:
        """Whether it holds what people write, not a figure, a code or one word of a few."""
        return self.kind in _TEXTS

    @property
    def is_printed(self) -> bool:
        """Whether a document, or a draft, prints it as typed, so that the checks read it."""
        return self.is_text and self.use is not Use.UNPRINTED

    @property
    def is_needed(self) -> bool:
        """Whether a report without it is at fault."""
        return self.use is Use.NEEDED or self.info.is_required()

    @property
    def is_rows(self) -> bool:
        """Whether it holds a list of rows."""
        return self.group is not None and get_origin(self.info.annotation) is tuple


@cache
def fields(model: type[BaseModel]) -> Mapping[str, Described]:
    """Return the fields of a group by name, in the order of the data file."""
    return {name: _described(name, info) for name, info in model.model_fields.items()}


def _described(name: str, info: FieldInfo) -> Described:
    marks = [*info.metadata, *_inner_marks(info.annotation)]
    kinds = [mark for mark in info.metadata if isinstance(mark, Kind)]
    kinds = kinds or [mark for mark in marks if isinstance(mark, Kind)]
    return Described(
        name=name,
        title=info.title or "",
        kind=kinds[-1] if kinds else None,
        use=next((mark for mark in marks if isinstance(mark, Use)), None),
        group=_group(info.annotation),
        info=info,
    )


def _inner_marks(annotation: Any) -> Iterator[Any]:
    """Yield the annotations beside the type in `Score | None`."""
    for inner in get_args(annotation):
        if get_origin(inner) is Annotated:
            yield from inner.__metadata__


def _group(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _group(inner))), None)


def _groups(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    for field in fields(model).values():
        if field.group is not None:
            yield field.name, field.group
            yield from _groups(field.group)


GROUPS: Mapping[str, type[BaseModel]] = {"": Report, **dict(_groups(Report))}
"""The group under a field of this name, or in each row of it; no name means two groups."""
COLUMNS = tuple(field for field in fields(PlanRow).values() if field.is_printed)
"""The columns of the plan, in the order in which they are printed."""

_UNSAID = {"agency", "result", "score", "text"}
"""Fields that the words before or after them make clear."""


def known(path: FieldPath) -> Mapping[str, Described]:
    """Return the fields of the group at a path by name; none where a path leads to no group."""
    model = GROUPS.get(name_in(path))
    return fields(model) if model else {}


def name_in(path: FieldPath) -> str:
    """Return the name of the field that a path leads to, or into; "" for the whole report."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def up_to_name(path: FieldPath) -> FieldPath:
    """Return a path without the numbers of points at its end."""
    names = [depth for depth, step in enumerate(path, 1) if isinstance(step, str)]
    return path[: names[-1]] if names else ()


def at(path: FieldPath) -> Described | None:
    """Return the field that a path leads to; None for a row, a point or what is no field."""
    return known(path[:-1]).get(path[-1]) if path and isinstance(path[-1], str) else None


def title(path: FieldPath) -> str:
    """Return the Thai name of a field, `จังหวัด`; "" for what is no field."""
    found = at(path)
    return found.title if found else ""


def label(path: FieldPath, data: Any) -> str:
    """Return the Thai name of the field at a path, as the clerk who typed `data` knows it.

    Args:
        path: The path of the field.
        data: The report, or the plain data that it is read from.
    """
    said, node = [], data
    for depth, step in enumerate(path):
        node = inner(node, step)
        if isinstance(step, int):
            said.append(_row(path[:depth], step, node))
            continue
        last = depth + 1 == len(path)
        in_list = not last and isinstance(path[depth + 1], int)
        if not in_list and (depth == 0 or step not in _UNSAID) and (last or step not in _UNSAID):
            said.append(title(path[: depth + 1]))
    return " ".join(word for word in said if word)


def inner(node: Any, step: str | int) -> Any:
    """Return what one step of a path leads to, in a report or in plain data; None for nothing."""
    if isinstance(step, str):
        if isinstance(node, BaseModel):
            return getattr(node, step, None)
        return node.get(step) if isinstance(node, Mapping) else None
    if isinstance(node, Sequence) and not isinstance(node, str) and 0 <= step < len(node):
        return node[step]
    return None


def _row(path: FieldPath, index: int, row: Any) -> str:
    """Name a row by what it is about, or by its number where that cannot be read."""
    number, name = index + 1, path[-1] if path else ""
    if name in ("scores", "remarks"):
        before, code = "ข้อวิเคราะห์" if name == "remarks" else "", _code(row)
        about = f"ข้อ {code}" if code else _unit(row)
        return f"{before}{about}" if about else f"{before or 'คะแนน'}แถวที่ {number}"
    if name == "plan":
        issue = _ordinal(row, "issue")
        return f"แผนแถวที่ {number}" + (f" ประเด็นที่ {issue}" if issue else "")
    if name == "signatures":
        return f"ผู้ลงนามคนที่ {number}"
    if name in ("indicators", "issues"):
        word, no = "ตัวชี้วัด" if name == "indicators" else "การจัดข้อประเด็น", _ordinal(row, "no")
        return f"{word}ที่ {no}" if no else f"{word}แถวที่ {number}"
    if name == "tools":
        tool, part = inner(row, "tool"), _ordinal(row, "part")
        told = isinstance(tool, str) and tool.isascii() and tool.isalpha() and len(tool) < 9
        said = f"คะแนน {tool.upper()}" if told else f"เครื่องมือแถวที่ {number}"
        return said + (f" ส่วนที่ {part}" if part else "")
    return f"{title(path)} รายการที่ {number}".strip()


def _unit(row: Any) -> str:
    """Name the indicator or the tool that a remark is about; "" for neither."""
    if no := _ordinal(row, "indicator"):
        return f"ตัวชี้วัดที่ {no}"
    tool = inner(row, "tool")
    return tool.upper() if isinstance(tool, str) and tool.isascii() and tool.isalpha() else ""


def _code(row: Any) -> str:
    return codes.code_of(inner(row, "code") or inner(inner(row, "codes"), 0))


def _ordinal(row: Any, name: str) -> str:
    text = thai.arabic(str(inner(row, name) or "").strip())
    return text if text.isascii() and text.isdecimal() and len(text) < 4 else ""
