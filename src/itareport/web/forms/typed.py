"""What a clerk types into fields or pastes from a table, as edits of the data; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from itareport import thai
from itareport.ita.closed_words import bare_name
from itareport.reading import workbook
from itareport.web.forms import naming
from itareport.web.forms.done import Done, Fields
from itareport.web.forms.form import ReportForm
from itareport.web.forms.pasting import known, read
from itareport.web.forms.redrafting import known as known_of_scores
from itareport.web.forms.redrafting import redrafted
from itareport.web.store import Add, Edit, Remove, Set

VALUE = "v:"
"""Before the name of a field that is sent."""


def save(form: ReportForm, fields: Fields) -> Done:
    """Put what was typed into its fields."""
    given = {n: text for n, text in placed(form, fields).items() if form.text(n) != text}
    typed = _one_each(form, given)
    anew, said = redrafted(form, known_of_scores(typed))
    edits = [edit for name, text in typed.items() for edit in _saved(form, name, text)]
    return Done([*edits, *_renamed(form, typed), *anew], said)


def placed(form: ReportForm, fields: Fields) -> dict[str, str]:
    """Return what was typed, by the names of the fields where they stand now."""
    given = {n: text for n, text in sent(fields).items() if text or not _is_in_hand(n, fields)}
    places = {_followed(form, name, text, fields): text for name, text in given.items()}
    return {name: text for name, text in places.items() if name}


def _is_in_hand(name: str, fields: Fields) -> bool:
    """Return whether a field is a point of a list in which somebody types: it does not go yet."""
    return name == fields.get("typing") and name.rpartition(".")[2].isdecimal()


def _followed(form: ReportForm, name: str, text: str, fields: Fields) -> str:
    """Return the name of a field where it stands now: a point above it may have gone meanwhile.

    A point that is emptied and is gone already, as of two answers that cross, is "".
    """
    try:
        was = json.loads(fields.get(f"was:{VALUE}{name}", "[]"))
    except (ValueError, RecursionError):
        was = []
    if not isinstance(was, list) or not name.rpartition(".")[2].isdecimal():
        return name
    now = naming.followed(form.data, name, [str(said or "") for said in was]) if was else name
    return now or (name if text else "")


def sent(fields: Fields) -> dict[str, str]:
    """Return the fields of the form among what was sent, by name."""
    return {n.removeprefix(VALUE): text for n, text in fields.items() if n.startswith(VALUE)}


def sent_as(name: str) -> str:
    """Return the name under which the page sends the field of a name."""
    return f"{VALUE}{name}"


def _one_each(form: ReportForm, typed: Mapping[str, str]) -> dict[str, str]:
    """Give each indicator its own of a column of scores that was pasted into the first of them."""
    found: dict[str, str] = {}
    for name, text in typed.items():
        first, several = _INDICATOR.fullmatch(name), text.split()
        numbers = [row.no for row in form.year.indicators.rows if first and row.no >= int(first[1])]
        is_column = 2 < len(several) <= len(numbers) and all(
            thai.decimal(thai.arabic(one)) is not None for one in several
        )
        if is_column:
            column = zip(numbers, several, strict=False)
            found |= {f"result.indicators.no={no}.score": one for no, one in column}
        else:
            found[name] = text
    return found


_INDICATOR = re.compile(r"result\.indicators\.no=(\d+)\.score")


def _renamed(form: ReportForm, typed: Mapping[str, str]) -> list[Edit]:
    """Return what gives the usual positions of those who sign the agency's new name."""
    was = {name: form.text(f"agency.{name}") for name in ("kind", "name")}
    now = {name: typed.get(f"agency.{name}", text) for name, text in was.items()}
    if was == now:
        return []
    usual = zip(_positions(form, was), _positions(form, now), strict=True)
    positions = {old: new for old, new in usual if old and new}
    return [
        Set(("signatures", index, "position", 0), new)
        for index in range(len(form.rows("signatures")))
        if (new := positions.get(form.row(("signatures", index, "position", 0)) or ""))
    ]


def _positions(form: ReportForm, agency: Mapping[str, str]) -> list[str]:
    """Return the first line of each usual position, "" where there is none."""
    kinds = form.own.kinds
    bare = {**agency, "name": bare_name(agency["kind"], agency["name"], kinds)}
    return [row.get("position", [""])[0] for row in workbook.signatures(bare, kinds)]


def _saved(form: ReportForm, name: str, text: str) -> list[Edit]:
    """Return the edits of one field; a typed text is no draft, a typed score is not missing."""
    path = form.path(name)
    root, last = name.partition(".")[0], name.rpartition(".")[2]
    if root == "remarks" and not text.strip() and path:
        return [Remove(path[:-1])]
    found = list(naming.edits(form.data, name, text))
    row = form.row(path[:-1]) if path else None
    if isinstance(row, dict) and root == "remarks" and row.get("draft"):
        found.append(Set((*path[:-1], "draft"), None) if path else Set((), None))
    if isinstance(row, dict) and last in _SCORES and text and row.get("missing") and path:
        found.append(Set((*path[:-1], "missing"), None))
    return found


_SCORES = ("score", "part1", "part2")


def pasted_scores(form: ReportForm, fields: Fields) -> Done:
    """Put the pasted scores of the year's questions into their rows."""
    taken = known(form, read(form, "scores", fields.get("copied", "")))
    edits: list[Edit] = []
    for code, values in taken.items():
        edits += of_row(
            form, "scores", code, {**dict.fromkeys(_stale(form, code, values)), **values}
        )
    return Done(edits, f"รับคะแนน {len(taken)} ข้อแล้ว")


def pasted_reasons(form: ReportForm, fields: Fields) -> Done:
    """Put the pasted reasons of ITAS into their rows."""
    taken = known(form, read(form, "remarks", fields.get("copied", "")))
    edits = [e for code, values in taken.items() for e in of_row(form, "scores", code, values)]
    anew, said = redrafted(form, taken)
    return Done([*edits, *anew], f"รับเหตุผล {len(taken)} ข้อแล้ว {said}".strip())


def _stale(form: ReportForm, code: str, values: Mapping[str, str]) -> list[str]:
    """Return the fields of a row that what is pasted takes the place of."""
    others = [name for name in (*_SCORES, "missing") if name not in values]
    return [name for name in others if form.text(f"scores.code={code}.{name}")]


def of_row(form: ReportForm, group: str, code: str, values: Mapping[str, Any]) -> list[Edit]:
    """Return the edits of one row: those of its fields, or a new row."""
    path = form.path(f"{group}.code={code}")
    if path is None:
        row = {name: value for name, value in values.items() if value}
        return [Add((group,), {"code": code, **row}, None)]
    return [Set((*path, name), value or None) for name, value in values.items()]
