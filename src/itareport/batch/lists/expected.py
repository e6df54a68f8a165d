"""The agencies that should send data, compared with those that have; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from itareport import thai
from itareport.batch.record.key_facts import KeyFacts
from itareport.ita.kinds import full_name

_Place = tuple[str, ...]
_TOWN = "เมือง"
"""The district that has the province's name behind it, where that is known."""


@dataclass(frozen=True, slots=True)
class Submissions:
    """A list of agencies compared with the agencies of a run."""

    unsent: tuple[KeyFacts, ...] = ()
    """The agencies of the list without data."""
    unlisted: tuple[KeyFacts, ...] = ()
    """The agencies with data that are not on the list."""
    renamed: tuple[KeyFacts, ...] = ()
    """The agencies that are on the list by the name that they had before."""


def compare(expected: Sequence[KeyFacts], sent: Iterable[KeyFacts]) -> Submissions:
    """Compare a list with the agencies that have sent data.

    What the list leaves out (kind, district, province) may be anything.  An agency that corrects
    its name in a form is on the list by either name.
    """
    if not expected:
        return Submissions()
    by_name: dict[str, dict[_Place, KeyFacts]] = {}
    agencies: dict[_Place, KeyFacts] = {}
    for one in sent:
        agencies[one.place] = one
        for known in filter(None, (one, one.earlier)):
            by_name.setdefault(known.place[1], {}).setdefault(known.place, one)
    listed: dict[_Place, set[_Place]] = {}  # of an agency by which of its names
    unsent: dict[_Place, KeyFacts] = {}
    for one in expected:
        named = by_name.get(one.place[1], {})
        found = {place: agency for place, agency in named.items() if _fits(one.place, place)}
        for place, agency in found.items():
            listed.setdefault(agency.place, set()).add(place)
        if not found:
            unsent[one.place] = one
    provinces = {one.province for one in agencies.values()}
    return Submissions(
        tuple(_within(one, provinces) for one in unsent.values()),
        tuple(one for place, one in agencies.items() if place not in listed),
        tuple(agencies[place] for place, names in listed.items() if place not in names),
    )


def names(agencies: Iterable[KeyFacts]) -> list[str]:
    """Return the full names of agencies."""
    return [full_name(one.kind, one.name) for one in agencies]


def _fits(listed: _Place, sent: _Place) -> bool:
    """Return whether an agency of the list is that one, by all that the list gives."""
    if listed[2] == _TOWN and sent[2] == _TOWN + sent[3]:
        listed = (*listed[:2], "", *listed[3:])
    return all(given in ("", known) for given, known in zip(listed, sent, strict=True))


def _within(one: KeyFacts, provinces: set[str]) -> KeyFacts:
    """Return an agency with the province of all others, where the list gives it none."""
    if one.province or len(provinces) != 1:
        return one
    district, province = thai.bare_area(one.district, *provinces)
    return replace(one, district=district, province=province)
