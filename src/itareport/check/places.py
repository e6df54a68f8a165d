"""Provinces, districts and subdistricts of Thailand; the only door to geothai; pure but for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import geothai

from itareport.check import fields

BANGKOK = "กรุงเทพมหานคร"
_SHORT_PROVINCES = {"อยุธยา": "พระนครศรีอยุธยา"}
_BEGINNING = 3


@cache
def provinces() -> dict[str, str]:
    """Return geothai's code of each province."""
    return {province.name_th: province.code for province in geothai.provinces()}


def districts(province: str) -> frozenset[str] | None:
    """Return the names of a province's districts, or None where there is no such province."""
    code = _code(province)
    if code is None:
        return None
    names = (district.name_th for district in geothai.districts(code))
    return frozenset(name.removeprefix("เขต") for name in names)


@cache
def names_in(province: str) -> frozenset[str]:
    """Return the names of a province's districts and subdistricts; none of an unknown one."""
    code = _code(province)
    return frozenset(_names(code)) if code else frozenset()


def may_be_name(text: str) -> bool:
    """Tell whether a text begins as the name of some place in the country does.

    Names are made of few beginnings (บ้าน, หนอง, ควน); most verbs begin otherwise.
    """
    return text[:_BEGINNING] in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(
        name[:_BEGINNING] for code in provinces().values() for name in _names(code)
    ) | frozenset(name[:_BEGINNING] for name in provinces())


def _names(code: str) -> Iterator[str]:
    for district in geothai.districts(code):
        yield district.name_th.removeprefix("เขต")
        for subdistrict in geothai.subdistricts(district.code):
            yield subdistrict.name_th


def _code(province: str) -> str | None:
    name = fields.squeezed(province)
    return provinces().get(_SHORT_PROVINCES.get(name, name))
