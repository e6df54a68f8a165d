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


def compare(expected: Sequence[KeyFacts], sent: Iterable[KeyFacts]) -> Submissions:
    """Compare a list with the agencies that have sent data.

    What the list leaves out (kind, district, province) may be anything.
    """
    if not expected:
        return Submissions()
    by_name: dict[str, dict[_Place, KeyFacts]] = {}
    for one in sent:
        by_name.setdefault(one.place[1], {})[one.place] = one
    listed: set[_Place] = set()
    unsent: dict[_Place, KeyFacts] = {}
    for one in expected:
        found = {place for place in by_name.get(one.place[1], ()) if _fits(one.place, place)}
        listed |= found
        if not found:
            unsent[one.place] = one
    agencies = {place: one for named in by_name.values() for place, one in named.items()}
    provinces = {one.province for one in agencies.values()}
    return Submissions(
        tuple(_within(one, provinces) for one in unsent.values()),
        tuple(one for place, one in agencies.items() if place not in listed),
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
