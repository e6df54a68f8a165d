"""Provinces, districts and subdistricts by name; the only door to geothai."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import geothai

from itareport import thai

BANGKOK = thai.BANGKOK
_SHORT_PROVINCES = {"อยุธยา": "พระนครศรีอยุธยา"}
_BEGINNING = 3
_TONES = re.compile("[็-๎]")
_LEADING = re.compile("([เแโใไ])([ก-ฮ])")


@cache
def provinces() -> tuple[str, ...]:
    """Return the names of the provinces in the order of a Thai dictionary."""
    return tuple(sorted(_codes(), key=sort_key))


@cache
def districts(province: str) -> tuple[str, ...] | None:
    """Return the names of a province's districts, without เขต, or None for no province."""
    code = _code(province)
    if code is None:
        return None
    names = (district.name_th.removeprefix("เขต") for district in geothai.districts(code))
    return tuple(sorted(names, key=sort_key))


@cache
def names_in(province: str) -> frozenset[str]:
    """Return the names of a province's districts and subdistricts; none of an unknown one."""
    return frozenset(_names(_code(province)))


def may_be_name(text: str) -> bool:
    """Return whether a text begins as the name of some place in the country does.

    Names are made of few beginnings (บ้าน, หนอง, ควน); most verbs begin otherwise.
    """
    return text[:_BEGINNING] in _beginnings()


def of_subdistrict(name: str, province: str = "") -> tuple[str, str] | None:
    """Return district and province of the one subdistrict of that name.

    None where there is none, or more than one (in that province, if one is given).
    """
    found = [area for area in _subdistricts().get(name, ()) if not province or area[1] == province]
    return found[0] if len(found) == 1 else None


@cache
def _beginnings() -> frozenset[str]:
    inner = (name for code in _codes().values() for name in _names(code))
    return frozenset(name[:_BEGINNING] for name in (*inner, *_codes()))


def _names(code: str | None) -> Iterator[str]:
    for district in geothai.districts(code) if code else ():
        yield district.name_th.removeprefix("เขต")
        for subdistrict in geothai.subdistricts(district.code):
            yield subdistrict.name_th


def _code(province: str) -> str | None:
    """Return geothai's code of a province, however its name is spaced."""
    return _codes().get(spelt(province))


def spelt(province: str) -> str:
    """Return the name of a province as it is written, however it was typed; else the text."""
    name = thai.key(province)
    return _SHORT_PROVINCES.get(name, name if name in _codes() else province)


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


def sort_key(name: str) -> tuple[str, str]:
    """Order names as a Thai dictionary does: a leading vowel after its consonant, tones last."""
    return _LEADING.sub(r"\2\1", _TONES.sub("", name)), name
