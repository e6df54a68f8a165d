"""What a clerk does to the rows of the plan, as edits of the data; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from itareport.ita.model import PlanRow
from itareport.web.forms import naming
from itareport.web.forms.done import Done, Fields
from itareport.web.forms.form import ReportForm
from itareport.web.forms.seven.plan_step import period_text
from itareport.web.store import Add, Edit, Set


def opened_row(_form: ReportForm, fields: Fields) -> Done:
    """Open one row of the plan, and close the others."""
    row = fields.get("card", "")
    return Done(opened=row, at=first_of_row(row))


def first_of_row(row: str) -> str:
    """Return the first field of a row of the plan, to which the cursor goes."""
    return f"plan.{row}.measures.0" if row.isdecimal() else ""


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
    if str(row.issue) != issue:  # another window has taken a draft before this one
        return Done()
    at = _after(form, int(issue))
    said = f"ใช้ร่างแผนประเด็นที่ {issue} แล้ว"
    others = [one for one in drafts if one.issue == row.issue and one is not row]
    edits = [
        Add(("plan",), _plain(one, draft=one is not row), at + n)
        for n, one in enumerate([row, *others])
    ]
    return Done(edits, said, "", new=at if is_opened else None)


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
    return Done([Add(("plan",), {"issue": str(issue), "measures": []}, at)], new=at)


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
