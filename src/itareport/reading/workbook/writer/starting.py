"""What a new workbook knows before anybody fills it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from itareport import thai
from itareport.ita import areas
from itareport.ita.catalogue import Catalogue
from itareport.ita.kinds import KINDS, OTHER
from itareport.reading.workbook.layout import ROLES

_PATTAYA = "เมืองพัทยา"


def data(catalogue: Catalogue, agency_name: str = "", province: str = "") -> dict[str, Any]:
    """Return the plain data of a report of which only the agency's name is known.

    Where exactly one subdistrict has the agency's name, its district and province are proposed.
    """
    agency = _agency(agency_name, province)
    return {
        "fiscal_year": str(catalogue.fiscal_year),
        "agency": agency,
        "signatures": signatures(agency),
    }


def signatures(agency: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return those who usually sign, with the positions that the agency's kind gives."""
    return [
        {"role": role, **({"position": [position]} if position else {})}
        for role, position in zip(ROLES, _positions(agency), strict=True)
    ]


def parted(agency_name: str) -> tuple[str, str]:
    """Return kind and name of an agency: เทศบาลตำบลควนเสาธง, ทต.ควนเสาธง, as clerks write it."""
    typed = " ".join(thai.normalise(agency_name)[0].split())
    if typed == _PATTAYA:
        return _PATTAYA, ""
    for kind in sorted(KINDS.values(), key=lambda kind: -len(kind.name)):
        for word in (kind.name, kind.abbreviation):
            if kind.name != _PATTAYA and typed.startswith(word) and len(typed) > len(word):
                return kind.name, typed.removeprefix(word).strip()
    return (OTHER, typed) if typed else ("", "")


def _agency(agency_name: str, province: str) -> dict[str, str]:
    kind, name = parted(agency_name)
    _, province = thai.bare_area("", province)
    if kind == _PATTAYA:
        area = ("บางละมุง", "ชลบุรี")
    elif kind in KINDS and not KINDS[kind].has_district:
        area = ("", province or (name if name in areas.provinces() else ""))
    else:
        area = (kind in KINDS and areas.of_subdistrict(name, province)) or ("", province)
    found = {"kind": kind, "name": name, "district": area[0], "province": area[1]}
    return {field: value for field, value in found.items() if value}


def _positions(agency: Mapping[str, str]) -> tuple[str, str, str]:
    kind, name = KINDS.get(agency.get("kind", "")), agency.get("name", "")
    if kind is None:
        return "", "", ""
    return "", f"{kind.secretary}{name}", f"{kind.executive}{name}"
