"""What a new workbook knows before anybody fills it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from itareport import thai
from itareport.ita import areas
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.kinds import OTHER
from itareport.reading.workbook.layout import ROLES


def data(
    catalogue: Catalogue, kinds: Kinds, agency_name: str = "", province: str = ""
) -> dict[str, Any]:
    """Return the plain data of a report of which only the agency's name is known.

    Where exactly one subdistrict has the agency's name, its district and province are proposed.
    """
    agency = _agency(agency_name, province, kinds)
    return {
        "fiscal_year": str(catalogue.fiscal_year),
        "agency": agency,
        "signatures": signatures(agency, kinds),
    }


def signatures(agency: Mapping[str, str], kinds: Kinds) -> list[dict[str, Any]]:
    """Return those who usually sign, with the positions that the agency's kind gives."""
    return [
        {"role": role, **({"position": [position]} if position else {})}
        for role, position in zip(ROLES, _positions(agency, kinds), strict=True)
    ]


def parted(agency_name: str, kinds: Kinds) -> tuple[str, str]:
    """Return kind and name of an agency: เทศบาลตำบลควนเสาธง, ทต.ควนเสาธง, as clerks write it."""
    typed = " ".join(thai.normalise(agency_name)[0].split())
    for kind in sorted(kinds.kinds, key=lambda kind: -len(kind.name)):
        if kind.sole and typed == kind.name:
            return kind.name, ""
        for word in () if kind.sole else (kind.name, kind.short):
            if typed.startswith(word) and len(typed) > len(word):
                return kind.name, typed.removeprefix(word).strip()
    return (OTHER, typed) if typed else ("", "")


def _agency(agency_name: str, province: str, kinds: Kinds) -> dict[str, str]:
    kind, name = parted(agency_name, kinds)
    _, province = thai.bare_area("", province)
    known = kinds.kind(kind)
    if known and known.sole:
        area = (known.sole.district, known.sole.province)
    elif known and not known.has_district:
        area = ("", province or (name if name in areas.provinces() else ""))
    else:  # only a local government, whose kind is of a family, has the name of its subdistrict
        is_local = known is not None and known.family
        area = (is_local and areas.of_subdistrict(name, province)) or ("", province)
    found = {"kind": kind, "name": name, "district": area[0], "province": area[1]}
    return {field: value for field, value in found.items() if value}


def _positions(agency: Mapping[str, str], kinds: Kinds) -> tuple[str, str, str]:
    kind, name = kinds.kind(agency.get("kind", "")), agency.get("name", "")
    if kind is None:
        return "", "", ""
    secretary = f"{kind.secretary}{name}" if kind.secretary else ""
    return "", secretary, f"{kind.executive}{name}"
