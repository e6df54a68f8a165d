"""Provinces, districts and subdistricts by name; the only door to geothai."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import geothai

BANGKOK = "กรุงเทพมหานคร"
_SHORT_PROVINCES = {"อยุธยา": "พระนครศรีอยุธยา"}
_TONES = re.compile("[็-๎]")
_LEADING = re.compile("([เแโใไ])([ก-ฮ])")


@cache
def provinces() -> tuple[str, ...]:
    """Return the names of the provinces in the order of a Thai dictionary."""
    return tuple(sorted(_codes(), key=_sort_key))


@cache
def districts(province: str) -> tuple[str, ...] | None:
    """Return the names of a province's districts, without เขต, or None for no province."""
    code = _codes().get(_SHORT_PROVINCES.get(province, province))
    if code is None:
        return None
    names = (district.name_th.removeprefix("เขต") for district in geothai.districts(code))
    return tuple(sorted(names, key=_sort_key))


def of_subdistrict(name: str, province: str = "") -> tuple[str, str] | None:
    """Return district and province of the one subdistrict of that name.

    None where there is none, or more than one (in that province, if one is given).
    """
    found = [area for area in _subdistricts().get(name, ()) if not province or area[1] == province]
    return found[0] if len(found) == 1 else None


@cache
def _codes() -> dict[str, str]:
    """Return geothai's code of each province."""
    return {province.name_th: province.code for province in geothai.provinces()}


@cache
def _subdistricts() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name, area in _all():
        found.setdefault(name.removeprefix("แขวง"), []).append(area)
    return found


def _all() -> Iterator[tuple[str, tuple[str, str]]]:
    for province, code in _codes().items():
        for district in geothai.districts(code):
            area = (district.name_th.removeprefix("เขต"), province)
            for subdistrict in geothai.subdistricts(district.code):
                yield subdistrict.name_th, area


def _sort_key(name: str) -> tuple[str, str]:
    """Order names as a Thai dictionary does: a leading vowel after its consonant, tones last."""
    return _LEADING.sub(r"\2\1", _TONES.sub("", name)), name
