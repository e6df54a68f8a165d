"""The step of the agency: what it is called, where it is, what it adds to the report; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from itareport.ita import areas
from itareport.ita.catalogue import known_years
from itareport.ita.closed_words import bare_name
from itareport.ita.kinds import full_name
from itareport.web.forms.control import Control, control
from itareport.web.forms.form import ReportForm


@dataclass(frozen=True, slots=True)
class AgencyStep:
    """What the step shows."""

    year: Control
    names: Sequence[Control]
    """Kind, name, province and district."""
    more: Sequence[Control]
    """What most reports are without."""
    units: Sequence[Control]
    """The agency's own units, one a line, and an empty line for another."""
    usual: Sequence[str]
    """The units that its kind usually has."""
    title: str
    """The name as the cover prints it."""
    districts: Sequence[str]
    provinces: Sequence[str]


def agency(form: ReportForm) -> AgencyStep:
    """Return what the step of the agency shows."""
    years = tuple(map(str, sorted({*known_years(), *form.own.years}, reverse=True)))
    return AgencyStep(
        year=control(form, "fiscal_year", tag="select", choices=years),
        names=(
            control(form, "agency.kind", tag="select", choices=form.own.kinds.offered),
            control(form, "agency.name"),
            control(form, "agency.province", offered="provinces"),
            control(form, "agency.district", offered="districts"),
        ),
        more=tuple(
            control(form, f"agency.{field}")
            for field in ("maintain_from", "size", "website", "emblem")
        ),
        units=points(form, "agency.units"),
        usual=form.kind.units if form.kind else (),
        title=title(form),
        districts=areas.districts(form.text("agency.province")) or (),
        provinces=areas.provinces(),
    )


def title(form: ReportForm) -> str:
    """Return the agency's name as the cover prints it, whatever was typed so far."""
    kind, name = form.text("agency.kind"), form.text("agency.name")
    return full_name(kind, bare_name(kind, name, form.own.kinds))


def points(form: ReportForm, name: str, tag: str = "textarea") -> tuple[Control, ...]:
    """Return the points of a list as fields, one more for a new point; problems at the first."""
    rows = [str(row or "") for row in form.rows(name)]
    said = form.told(form.path(name), name=name, empty=not rows)
    whole = control(form, name)
    found = []
    for index, text in enumerate([*rows, ""]):
        own = [one for one in said if one.found.where[-1:] == (index,)]
        first = [one for one in said if not isinstance(one.found.where[-1], int)]
        found.append(
            Control(
                f"{name}.{index}",
                f"{whole.title} รายการที่ {index + 1}",
                text,
                tag,
                example=whole.example,
                said=own + (first if index == 0 else []),
                locked=form.locked,
                asked=form.asked.at == f"{name}.{index}",
            )
        )
    return tuple(found)
