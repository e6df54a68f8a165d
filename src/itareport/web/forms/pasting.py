"""A copied table before it is taken: what is matched, what is not, what it replaces; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itareport.ita.model import Kind
from itareport.reading import workbook
from itareport.web.forms.control import describe, shown
from itareport.web.forms.form import Form, Said


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a pasted one takes the place of."""

    code: str
    subject: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read of a copied table."""

    text: str
    rows: int
    taken: int
    unknown: Sequence[str]
    """The codes that the year does not have."""
    changes: Sequence[Change]
    said: Sequence[Said]


def pasted(form: Form, step: str, text: str) -> Preview:
    """Return what was read of a text that was copied: scores, or in the remarks reasons."""
    read = workbook.pasted_scores if step == "scores" else workbook.pasted_reasons
    found = read(text)
    taken = known(form, found)
    changes = [
        Change(code, item.name if (item := form.year.item(code)) else "", old, new)
        for code, values in taken.items()
        for name, value in values.items()
        if (old := _shown(form, code, name)) and old != (new := _as_printed(name, value))
    ]
    unknown = [code for code, _ in found.rows if code not in taken]
    said = [form.say(p) for p in found.problems]
    return Preview(text, len(found.rows), len(taken), unknown, changes, said)


def known(form: Form, found: workbook.Pasted) -> dict[str, Mapping[str, str]]:
    """Return what was pasted for questions of the year; of a code twice, the last."""
    return {code: values for code, values in found.rows if form.year.item(code)}


def _shown(form: Form, code: str, name: str) -> str:
    return _as_printed(name, form.text(f"scores.code={code}.{name}"))


def _as_printed(name: str, typed: str) -> str:
    field = describe(f"scores.0.{name}")
    return shown(typed, field.kind if field else Kind.SCORE)
