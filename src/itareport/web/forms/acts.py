"""What may be done to a form, by name, and what has no module of its own; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from itareport.reading import workbook
from itareport.web.forms import cards, naming, plan_rows, typed
from itareport.web.forms.done import Done, Fields
from itareport.web.forms.form import ReportForm
from itareport.web.store import Add, Edit, Remove


def removed(form: ReportForm, fields: Fields) -> Done:
    """Remove a point, a row of the plan or one who signs."""
    name: str | None = fields.get("name", "")
    if name and "was" in fields and name.rpartition(".")[2].isdecimal():
        name = naming.followed(form.data, name, [fields["was"]])
    path = form.path(name) if name else None
    if not name or not path or form.row(path) is None:
        return Done()
    is_row = len(path) == 2
    return Done(_without(form, name, path), "ลบแล้ว", "" if is_row else None)


def _without(form: ReportForm, name: str, path: tuple[Any, ...]) -> Sequence[Edit]:
    return naming.edits(form.data, name, "") if len(path) > 2 else (Remove(path),)


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


Act = Callable[[ReportForm, Fields], Done]

ACTS: Mapping[str, Act] = {
    "save": typed.save,
    "remove": removed,
    "agency/units": usual_units,
    "result/serves": served,
    "scores/take": typed.pasted_scores,
    "remarks/open": cards.opened_card,
    "remarks/take": typed.pasted_reasons,
    "remarks/use": cards.used_remark,
    "remarks/share": cards.shared,
    "remarks/split": cards.split,
    "plan/open": plan_rows.opened_row,
    "plan/use": plan_rows.used_row,
    "plan/edit": plan_rows.edited_row,
    "plan/confirm": plan_rows.confirmed_row,
    "plan/add": plan_rows.another_row,
    "plan/answer": plan_rows.answered,
    "plan/unit": plan_rows.responsible,
    "plan/period": plan_rows.period,
    "signers/usual": usual_signers,
    "signers/add": another_signer,
}
"""What may be done, by its name alone or with that of its step."""
