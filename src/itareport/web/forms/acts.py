"""What a clerk does to a form, as edits of its data; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itareport import thai
from itareport.ita import codes
from itareport.ita.closed_words import bare_name
from itareport.ita.model import PlanRow
from itareport.reading import workbook
from itareport.web.forms import naming
from itareport.web.forms.form import ReportForm
from itareport.web.forms.pasting import known, read
from itareport.web.forms.redrafting import KNOWN, redrafted
from itareport.web.forms.redrafting import known as known_of_scores
from itareport.web.forms.seven.plan_step import period_text
from itareport.web.forms.seven.remarks_step import WHY
from itareport.web.store import Add, Edit, Remove, Set

Fields = Mapping[str, str]
"""What the page sent, by name."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act changes, and what is said of it at the foot of the form."""

    edits: Sequence[Edit] = ()
    said: str = ""
    opened: str | None = None
    """The card or row that is open afterwards; None leaves it as it is."""
    at: str = ""
    """The field to which the cursor goes."""


VALUE = "v:"
"""Before the name of a field that is sent."""


def save(form: ReportForm, fields: Fields) -> Done:
    """Put what was typed into its fields."""
    typed = _one_each(form, {n: text for n, text in sent(fields).items() if form.text(n) != text})
    anew, said = redrafted(form, known_of_scores(typed))
    edits = [edit for name, text in typed.items() for edit in _saved(form, name, text)]
    return Done([*edits, *_renamed(form, typed), *anew], said)


def sent(fields: Fields) -> dict[str, str]:
    """Return the fields of the form among what was sent, by name."""
    return {n.removeprefix(VALUE): text for n, text in fields.items() if n.startswith(VALUE)}


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
        if (new := positions.get(form.text(f"signatures.{index}.position.0")))
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


# -- cards and rows ------------------------------------------------------------------------


def opened_card(form: ReportForm, fields: Fields) -> Done:
    """Open one card, or only what is known of its score, and close the others."""
    card = fields.get("card", "")
    code = card.removeprefix(WHY)
    if code == card:
        return Done(opened=card, at=card and _remark(card))
    names = [f"scores.code={code}.{name}" for name in KNOWN]
    return Done(opened=card, at=next((name for name in names if not form.text(name)), names[0]))


def _remark(card: str) -> str:
    """Return the field of a card, whose key is its code, or `row<place>` where it has none."""
    place = card.removeprefix("row")
    return f"remarks.{place}.text" if place != card else f"remarks.code={card}.text"


def opened_row(_form: ReportForm, fields: Fields) -> Done:
    """Open one row of the plan, and close the others."""
    row = fields.get("card", "")
    return Done(opened=row, at=_first_of(row))


def _first_of(row: str) -> str:
    return f"plan.{row}.measures.0" if row.isdecimal() else ""


def removed(form: ReportForm, fields: Fields) -> Done:
    """Remove a point, a row of the plan or one who signs."""
    name = fields.get("name", "")
    path = form.path(name)
    if not path or form.row(path) is None:
        return Done()
    is_row = len(path) == 2
    return Done(_without(form, name, path), "ลบแล้ว", "" if is_row else None)


def _without(form: ReportForm, name: str, path: tuple[Any, ...]) -> Sequence[Edit]:
    return naming.edits(form.data, name, "") if len(path) > 2 else (Remove(path),)


# -- agency, result, signers ---------------------------------------------------------------


def usual_units(form: ReportForm, _fields: Fields) -> Done:
    """Put the units that the agency's kind usually has, to be changed."""
    units = form.kind.units if form.kind else ()
    return Done([Add(("agency", "units"), unit, None) for unit in units])


def served(form: ReportForm, fields: Fields) -> Done:
    """Choose the item that the report is handed in for."""
    choice = fields.get("choice", "")
    name = "serves.item" if isinstance(form.data.get("serves"), dict) else "serves"
    if choice == "other":
        return Done(opened="serves")
    return Done(naming.edits(form.data, name, choice))


def usual_signers(form: ReportForm, _fields: Fields) -> Done:
    """Put those who usually sign."""
    agency = {name: form.text(f"agency.{name}") for name in ("kind", "name")}
    usual = workbook.signatures(agency, form.own.kinds)
    return Done([Add(("signatures",), row, None) for row in usual])


def another_signer(_form: ReportForm, _fields: Fields) -> Done:
    """Add one more who signs."""
    return Done([Add(("signatures",), {"role": ""}, None)])


# -- pasted --------------------------------------------------------------------------------


def pasted_scores(form: ReportForm, fields: Fields) -> Done:
    """Put the pasted scores of the year's questions into their rows."""
    taken = known(form, read(form, "scores", fields.get("copied", "")))
    edits: list[Edit] = []
    for code, values in taken.items():
        edits += _of_row(
            form, "scores", code, {**dict.fromkeys(_stale(form, code, values)), **values}
        )
    return Done(edits, f"รับคะแนน {len(taken)} ข้อแล้ว")


def pasted_reasons(form: ReportForm, fields: Fields) -> Done:
    """Put the pasted reasons of ITAS into their rows."""
    taken = known(form, read(form, "remarks", fields.get("copied", "")))
    edits = [e for code, values in taken.items() for e in _of_row(form, "scores", code, values)]
    anew, said = redrafted(form, taken)
    return Done([*edits, *anew], f"รับเหตุผล {len(taken)} ข้อแล้ว {said}".strip())


def _stale(form: ReportForm, code: str, values: Mapping[str, str]) -> list[str]:
    """Return the fields of a row that what is pasted takes the place of."""
    others = [name for name in (*_SCORES, "missing") if name not in values]
    return [name for name in others if form.text(f"scores.code={code}.{name}")]


def _of_row(form: ReportForm, group: str, code: str, values: Mapping[str, Any]) -> list[Edit]:
    """Return the edits of one row: those of its fields, or a new row."""
    path = form.path(f"{group}.code={code}")
    if path is None:
        row = {name: value for name, value in values.items() if value}
        return [Add((group,), {"code": code, **row}, None)]
    return [Set((*path, name), value or None) for name, value in values.items()]


# -- remarks -------------------------------------------------------------------------------


def used_remark(form: ReportForm, fields: Fields) -> Done:
    """Take the program's draft of a remark as it stands."""
    code = fields.get("code", "")
    path = form.path(f"remarks.code={code}")
    row = form.row(path) if path else None
    said = f"ใช้ร่างข้อ {code} แล้ว"
    if path and isinstance(row, dict) and row.get("draft"):
        return Done([Set((*path, "draft"), None)], said, "")
    text = _drafted(form, code)
    return Done(_of_row(form, "remarks", code, {"text": text}), said, "") if text else Done()


def _drafted(form: ReportForm, code: str) -> str:
    rows = form.report.remarks if form.report else ()
    return next((row.text for row in rows if row.code == code), "")


def shared(form: ReportForm, fields: Fields) -> Done:
    """Let a neighbouring question share a remark."""
    code, other = fields.get("code", ""), fields.get("with", "")
    together = sorted({*_covered(form, code), other}, key=codes.sort_key)
    gone = [path for c in together if (path := form.path(f"remarks.code={c}"))]
    text = _drafted(form, code)
    if not text:
        return Done()
    removed_rows = [Remove(path) for path in sorted(gone, reverse=True)]
    new = {"code": together[0], "text": text, "codes": list(together)}
    said = f"ข้อ {', '.join(together)} ใช้ข้อวิเคราะห์เดียวกันแล้ว"
    return Done([*removed_rows, Add(("remarks",), new, None)], said)


def split(form: ReportForm, fields: Fields) -> Done:
    """Give each of the questions that share a remark its own."""
    code = fields.get("code", "")
    path = form.path(f"remarks.code={code}")
    text = _drafted(form, code)
    if path is None or not text:
        return Done()
    rows = [Add(("remarks",), {"code": c, "text": text}, None) for c in _covered(form, code)]
    return Done([Remove(path), *rows], "แยกข้อแล้ว")


def _covered(form: ReportForm, code: str) -> tuple[str, ...]:
    rows = form.report.remarks if form.report else ()
    return next((row.covered for row in rows if code in row.covered), (code,))


# -- plan ----------------------------------------------------------------------------------


def used_row(form: ReportForm, fields: Fields) -> Done:
    """Take the program's draft of a row of the plan as it stands."""
    return _taken(form, fields.get("row", ""), is_opened=False)


def edited_row(form: ReportForm, fields: Fields) -> Done:
    """Take the program's draft of a row of the plan, and open it to be changed."""
    return _taken(form, fields.get("row", ""), is_opened=True)


def _taken(form: ReportForm, key: str, *, is_opened: bool) -> Done:
    """Put a draft's row into the plan; its key is `draft<issue>.<place among the drafts>`."""
    issue, _, place = key.removeprefix("draft").partition(".")
    planned = {str(row.get("issue")).strip() for row in form.rows("plan") if isinstance(row, dict)}
    drafts = [row for row in form.report.plan if row.draft] if form.report else []
    drafts = [row for row in drafts if str(row.issue) not in planned]
    if not place.isdecimal() or int(place) >= len(drafts):
        return Done()
    row = drafts[int(place)]
    at = _after(form, int(issue))
    said = f"ใช้ร่างแผนประเด็นที่ {issue} แล้ว"
    others = [one for one in drafts if one.issue == row.issue and one is not row]
    edits = [
        Add(("plan",), _plain(one, draft=one is not row), at + n)
        for n, one in enumerate([row, *others])
    ]
    return Done(edits, said, *((str(at), _first_of(str(at))) if is_opened else ("", "")))


def _plain(row: PlanRow, *, draft: bool) -> dict[str, Any]:
    """Return a row as plain data."""
    said = row.model_dump(exclude_defaults=True, exclude={"draft"})
    plain = {n: list(v) if isinstance(v, tuple) else str(v) for n, v in said.items()}
    return plain | ({"draft": "true"} if draft else {})


def _after(form: ReportForm, issue: int) -> int:
    """Return the place in the plan after the rows of an issue and of those before it."""
    rows = form.rows("plan")
    numbers = [str(row.get("issue")).strip() if isinstance(row, dict) else "" for row in rows]
    later = (i for i, no in enumerate(numbers) if no.isdecimal() and int(no) > issue)
    return next(later, len(rows))


def confirmed_row(form: ReportForm, fields: Fields) -> Done:
    """Take away the draft's mark of a row of the plan."""
    path = form.path(f"plan.{fields.get('row', '')}.draft")
    return Done([Set(path, None)] if path else [], "ใช้ร่างแล้ว", "")


def another_row(form: ReportForm, fields: Fields) -> Done:
    """Add an empty row to an issue, and open it."""
    asked = fields.get("issue", "")
    issue = next((row.no for row in form.year.issues.rows if str(row.no) == asked), 0)
    if not issue:
        return Done()
    at = _after(form, issue)
    return Done(
        [Add(("plan",), {"issue": str(issue), "measures": []}, at)], "", str(at), _first_of(str(at))
    )


def answered(form: ReportForm, fields: Fields) -> Done:
    """Say that a row answers a question, or no longer does."""
    code, name = fields.get("code", ""), f"plan.{fields.get('row', '')}.findings"
    item = form.year.item(code)
    said = f"ข้อ {code}: {item.name if item else ''}"
    return Done(_toggled(form, name, said, fields, lambda text: text.startswith(f"ข้อ {code}:")))


def responsible(form: ReportForm, fields: Fields) -> Done:
    """Make a unit responsible for a row, or no longer."""
    unit = fields.get("unit", "")
    name = f"plan.{fields.get('row', '')}.responsible"
    return Done(_toggled(form, name, unit, fields, lambda text: text == unit))


def _toggled(
    form: ReportForm, name: str, said: str, fields: Fields, is_it: Callable[[str], bool]
) -> Sequence[Edit]:
    points = [str(point or "") for point in form.rows(name)]
    own = [index for index, text in enumerate(points) if is_it(text)]
    if fields.get("on") and not own:
        return naming.edits(form.data, f"{name}.{len(points)}", said)
    return naming.edits(form.data, f"{name}.{own[0]}", "") if own and not fields.get("on") else ()


def period(form: ReportForm, fields: Fields) -> Done:
    """Put a period that was chosen by its months."""
    parts = (fields.get(name, "") for name in ("first", "last", "note"))
    name, text = fields.get("name", ""), period_text(*parts)
    if not name.rpartition(".")[2].isdecimal():
        return Done()
    return Done(naming.edits(form.data, name, text) if text != _point(form, name) else ())


def _point(form: ReportForm, name: str) -> str:
    around, _, index = name.rpartition(".")
    points = form.rows(around)
    return str(points[int(index)] or "") if int(index) < len(points) else ""


Act = Callable[[ReportForm, Fields], Done]

ACTS: Mapping[str, Act] = {
    "save": save,
    "remove": removed,
    "agency/units": usual_units,
    "result/serves": served,
    "scores/take": pasted_scores,
    "remarks/open": opened_card,
    "remarks/take": pasted_reasons,
    "remarks/use": used_remark,
    "remarks/share": shared,
    "remarks/split": split,
    "plan/open": opened_row,
    "plan/use": used_row,
    "plan/edit": edited_row,
    "plan/confirm": confirmed_row,
    "plan/add": another_row,
    "plan/answer": answered,
    "plan/unit": responsible,
    "plan/period": period,
    "signers/usual": usual_signers,
    "signers/add": another_signer,
}
"""What may be done, by its name alone or with that of its step."""
