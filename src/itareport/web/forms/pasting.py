"""A copied table before it is taken: what is matched, what is not, what it replaces; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itareport import thai
from itareport.ita import codes
from itareport.ita.model import SCORE_FIELDS, Kind
from itareport.reading import workbook
from itareport.web.forms.control import describe, shown
from itareport.web.forms.form import ReportForm, Said


@dataclass(frozen=True, slots=True)
class Replaced:
    """A value that a pasted one takes the place of."""

    code: str
    subject: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PastedTable:
    """What was read of a copied table."""

    text: str
    rows: int
    taken: int
    unknown: Sequence[str]
    """The codes that the year does not have."""
    twice: int
    """How many rows say again what another row is about."""
    unread: Sequence[str]
    """What is no number where a score should be, with its code."""
    lacking: str
    """The codes of the year that are still without a score, as text."""
    in_order: str
    """The codes that scores without codes are taken for, as text; "" where they have codes."""
    changes: Sequence[Replaced]
    said: Sequence[Said]


def pasted(form: ReportForm, step: str, text: str) -> PastedTable:
    """Return what was read of a text that was copied: scores, or in the remarks reasons."""
    found = read(form, step, text)
    taken = known(form, found)
    changes = [
        Replaced(code, item.name if (item := form.year.item(code)) else "", old, new)
        for code, values in taken.items()
        for name, value in values.items()
        if (old := _shown(form, code, name)) and old != (new := _as_printed(name, value))
    ]
    unknown = [code for code, _ in found.rows if code not in taken]
    is_scores = step == "scores"
    return PastedTable(
        text,
        len(found.rows),
        len(taken),
        unknown,
        len(found.rows) - len(unknown) - len(taken),
        _unread(taken) if is_scores else (),
        codes.listed(_lacking(form, taken)) if is_scores else "",
        codes.listed(taken) if found.in_order else "",
        changes,
        [form.say(p) for p in found.problems],
    )


def read(form: ReportForm, step: str, text: str) -> workbook.Pasted:
    """Read a copied text; one column of numbers, as many as there are questions, in their order."""
    if step != "scores":
        return workbook.pasted_reasons(text)
    of_tools = [[c for c in form.year.codes if c[0] == t.letter] for t in form.year.tools.rows]
    return workbook.pasted_scores(text, [list(form.year.codes), *of_tools])


def _unread(taken: Mapping[str, Mapping[str, str]]) -> list[str]:
    return [
        f"{code} “{value}”"
        for code, values in taken.items()
        for value in values.values()
        if thai.decimal(thai.arabic(value.strip())) is None
    ]


def _lacking(form: ReportForm, taken: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the questions of the tools of what is pasted that are then without a score."""
    fields, letters = (*SCORE_FIELDS, "missing"), {code[0] for code in taken}
    return [
        code
        for code in form.year.codes
        if code[0] in letters and code not in taken
        if not any(form.text(f"scores.code={code}.{name}") for name in fields)
    ]


def known(form: ReportForm, found: workbook.Pasted) -> dict[str, Mapping[str, str]]:
    """Return what was pasted for questions of the year; of a code twice, the last."""
    return {code: values for code, values in found.rows if form.year.item(code)}


def _shown(form: ReportForm, code: str, name: str) -> str:
    return _as_printed(name, form.text(f"scores.code={code}.{name}"))


def _as_printed(name: str, typed: str) -> str:
    field = describe(f"scores.0.{name}")
    return shown(typed, field.kind if field else Kind.SCORE)
