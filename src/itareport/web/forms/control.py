"""One field of the form, made from the model's description of it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, get_args

from itareport import thai
from itareport.ita import described
from itareport.ita.described import Described
from itareport.ita.model import Kind
from itareport.problems import FieldPath
from itareport.web.forms import naming
from itareport.web.forms.form import ReportForm, Said


@dataclass(frozen=True, slots=True)
class Control:
    """One field as the page shows it."""

    name: str
    title: str
    value: str
    tag: str = "input"
    """`input`, `select` or `textarea`."""
    help: str = ""
    optional: str = ""
    """`ถ้าทราบ` or `ถ้ามี` for what a report may be without."""
    example: str = ""
    style: str = ""
    choices: Sequence[str] = ()
    offered: str = ""
    """The list of proposals beside it."""
    said: Sequence[Said] = ()
    locked: bool = False
    asked: bool = False
    """Whether a link leads to it."""

    @property
    def state(self) -> str:
        """The gravest kind of what is said at it, "" for nothing."""
        kinds = [said.kind for said in self.said]
        return next((kind for kind in ("bad", "warn") if kind in kinds), "")


def control(form: ReportForm, name: str, **changes: Any) -> Control:
    """Return the field of a name, with its value and what is said at it.

    Args:
        form: The report's form.
        name: The name of the field.
        changes: What differs from the model's description; `at`: paths whose problems stand here
            too; `passed`: whether something after it is typed.
    """
    also: Sequence[FieldPath | None] = changes.pop("at", ())
    passed, typed = changes.pop("passed", False), form.text(name)
    path = form.path(name)
    said = form.told(path, *also, name=name, empty=not (typed or passed))
    field = describe(name)
    made = Control(
        name,
        field.title if field else "",
        shown(typed, field.kind if field else None),
        said=said,
        locked=form.locked,
        asked=is_asked(form, name),
        **(_of_kind(field) if field else {}),
    )
    return replace(made, **changes)


def describe(name: str) -> Described | None:
    """Return the model's description of the field of a name."""
    steps = naming.parsed(name)
    return described.at(tuple(0 if isinstance(step, Mapping) else step for step in steps))


def named(form: ReportForm, name: str) -> str:
    """Return what a clerk calls the field of a name: `ข้อ e7`, `คะแนนภาพรวม`."""
    path, field = form.path(name), describe(name)
    title = field.title if field else ""
    return (described.label(path, form.data) if path else "") or title


def is_asked(form: ReportForm, name: str) -> bool:
    """Return whether a link leads to a field, or to a point of it."""
    at = form.asked.at
    return bool(at) and (at == name or at.startswith(f"{name}."))


def shown(typed: str, kind: Kind | None) -> str:
    """Return a typed score as it is printed, 83.81; any other text, also `8 5.5`, as it is."""
    number = thai.decimal(thai.arabic(typed.strip())) if kind is Kind.SCORE else None
    return typed if number is None or number != round(number, 2) else f"{number:.2f}"


def _of_kind(field: Described) -> dict[str, Any]:
    examples = field.info.examples or []
    example = examples[0] if examples else ""
    tags = {Kind.TEXT: "textarea", Kind.WORD: "select"}
    choices = tuple(_words(field.info.annotation))
    optional = "" if field.is_needed else _optional(field)
    return {
        "tag": "select" if choices else tags.get(field.kind, "input") if field.kind else "input",
        "help": (field.info.description or "").removeprefix(optional).strip(),
        "optional": optional,
        "example": f"เช่น {example}" if isinstance(example, str) and example else "",
        "style": "fig" if field.kind is Kind.SCORE else "",
        "choices": choices,
    }


def _optional(field: Described) -> str:
    return "ถ้าทราบ" if (field.info.description or "").startswith("ถ้าทราบ") else "ถ้ามี"


def _words(annotation: Any) -> Iterator[str]:
    """Yield the words of a field that takes one of a few."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (str(word) for word in annotation)
    for inner in get_args(annotation):
        yield from _words(inner)
