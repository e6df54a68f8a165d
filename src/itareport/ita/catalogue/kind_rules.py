"""Rules for kinds of agency, in one file and in several; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itareport.ita.catalogue.kinds import Kinds
from itareport.ita.kinds import OTHER
from itareport.problems import FieldPath, Place, Problem, problem


@dataclass(frozen=True, slots=True)
class KindsFile:
    """The kinds of one file, with the place of each value in it."""

    name: str
    kinds: Kinds
    places: Mapping[FieldPath, Place]


def violations(kinds: Kinds) -> Iterator[Problem]:
    """Yield names that one file has twice (C207), and a kind with the reserved name (C232)."""
    first: dict[tuple[str, str], FieldPath] = {}
    for where, word in (*_names(kinds), *_abbreviations(kinds)):
        group, label = str(where[0]), str(where[-1])
        key = group, word.rstrip(".")
        if key in first and first[key][:2] != where[:2]:
            also = [first[key]]
            yield problem("C207", where, label=label, also=also, group=group, value=word)
        if key == ("kinds", OTHER):
            yield problem("C232", where, label=label, word=word, other="หน่วยงานที่ไม่อยู่ในประเภทใด")
        first.setdefault(key, where)


def clashes(files: Sequence[KindsFile], joined: Kinds) -> Iterator[tuple[KindsFile, Problem]]:
    """Yield the contradictions between files, each problem with its file.

    Args:
        files: An office's own files, in the order given.
        joined: Their kinds together with the packaged ones.
    """
    owners: dict[tuple[str, str], int] = {}
    for number, file in enumerate(files):
        for where, value in _names(file.kinds):
            other = owners.setdefault((str(where[0]), value), number)
            if other != number:
                earlier = files[other].name
                yield file, problem("C231", where, label="name", value=value, other=earlier)
        for found in _beside_others(file.kinds, joined):
            yield file, found


def _beside_others(own: Kinds, joined: Kinds) -> Iterator[Problem]:
    """Yield words that belong to another kind (C232), and unknown families (C233)."""
    known: dict[str, str] = {}
    for row in joined.kinds:
        for word in (row.name, row.short):
            known.setdefault(word.rstrip("."), row.name)
    for where, word in (*_names(own), *_abbreviations(own)):
        other = known[word.rstrip(".")] if where[0] == "kinds" else ""
        if other and other != own.kinds[int(where[1])].name:
            yield problem("C232", where, label=str(where[-1]), word=word, other=other)
    families = ", ".join(family.name for family in joined.families)
    for index, row in enumerate(own.kinds):
        if row.family and joined.family(row) is None:
            where = ("kinds", index, "family")
            yield problem("C233", where, label="family", family=row.family, known=families)


_Words = Iterator[tuple[FieldPath, str]]
"""Words of a file, each with its place."""


def _names(kinds: Kinds) -> _Words:
    for index, kind in enumerate(kinds.kinds):
        yield ("kinds", index, "name"), kind.name
    for number, family in enumerate(kinds.families):
        yield ("families", number, "name"), family.name


def _abbreviations(kinds: Kinds) -> _Words:
    for index, kind in enumerate(kinds.kinds):
        if kind.abbreviation:
            yield ("kinds", index, "abbreviation"), kind.abbreviation
