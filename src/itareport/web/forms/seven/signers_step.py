"""The step of those who sign; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itareport.reading import workbook
from itareport.web.forms import naming
from itareport.web.forms.control import Control, control
from itareport.web.forms.form import ReportForm, Said
from itareport.web.forms.seven.agency_step import points

MOST = 5
"""Who can sign one report."""


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs."""

    no: int
    name: str
    fields: Sequence[Control]
    position: Sequence[Control]


@dataclass(frozen=True, slots=True)
class Signers:
    """What the step shows."""

    signers: Sequence[Signer]
    usual: Sequence[Mapping[str, Any]]
    """Those who usually sign, where nobody is named yet."""
    roles: Sequence[str]
    positions: Sequence[str]
    may_add: bool
    said: Sequence[Said]


def signers(form: ReportForm) -> Signers:
    """Return what the step of those who sign shows."""
    agency = {name: form.text(f"agency.{name}") for name in ("kind", "name")}
    usual = workbook.signatures(agency, form.own.kinds)
    rows = form.rows("signatures")
    return Signers(
        tuple(_signer(form, index) for index in range(len(rows))),
        usual,
        workbook.ROLES,
        [position for row in usual for position in row.get("position", ())],
        len(rows) < MOST,
        form.told(("signatures",), name="signatures", empty=not rows),
    )


def _signer(form: ReportForm, index: int) -> Signer:
    name = naming.named(form.data, ("signatures", index))
    row = form.path(name)
    return Signer(
        index + 1,
        name,
        (
            control(form, f"{name}.role", offered="roles", at=[row]),
            control(form, f"{name}.name"),
            control(form, f"{name}.date"),
        ),
        points(form, f"{name}.position", "input")[:2],
    )
