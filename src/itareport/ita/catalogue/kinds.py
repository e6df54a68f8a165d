"""Kinds of agency with their titles and words: frozen Pydantic models, no input or output."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic import Field

from itareport import thai
from itareport.ita.catalogue.sections import Frozen, Words
from itareport.ita.kinds import OTHER, full_name


class Area(Frozen):
    """Where the only agency of a kind lies."""

    district: Words
    province: Words


class AgencyKind(Frozen):
    """One kind of agency; `executive` and `secretary` are followed by the agency's name."""

    name: Words
    executive: Words
    secretary: Words = ""
    abbreviation: Words = ""
    units: tuple[Words, ...] = ()  # proposed in a new workbook
    has_district: bool = True
    through_district: bool = False  # letters to it go through the district office
    sole: Area | None = None  # the kind has one agency, which has no name of its own
    staff: Words = ""  # this and the next two: words of the drafts, "" where they have their own
    budget_law: Words = ""
    unit: Words = ""
    family: Words = ""  # the kinds whose titles and terms are the same
    before_name: tuple[Words, ...] = ()  # words that may come before the name of such an agency
    mentions: tuple[Words, ...] = ()  # words that surely mean this kind; a space is optional

    @property
    def short(self) -> str:
        """The abbreviation, or the name of a kind that has none."""
        return self.abbreviation or self.name


class Family(Frozen):
    """The terms of a family of kinds; those of two families in one field mean the same."""

    name: Words
    executive: Words
    office: Words
    secretary: Words
    staff: Words
    law: Words
    council: Words
    after_law: tuple[Words, ...] = ()  # beginnings of an agency's name, after the name of its law

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms, in the order that all families have."""
        return (
            self.executive, self.office, self.secretary, self.staff, self.law, self.council,
        )  # fmt: skip


class Kinds(Frozen):
    """The kinds of agency, in the order in which lists offer them."""

    kinds: Annotated[tuple[AgencyKind, ...], Field(min_length=1)]
    families: tuple[Family, ...] = ()

    def __hash__(self) -> int:
        """Return a hash that is computed once: caches use the kinds as their key."""
        return self._hash

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the kinds."""
        return tuple(self._kinds)

    @property
    def offered(self) -> tuple[str, ...]:
        """The choices of a list: each kind, and the word for none of them."""
        return (*self.names, OTHER)

    def kind(self, name: str) -> AgencyKind | None:
        """Return the kind of that name."""
        return self._by_key.get(thai.key(name))

    def meant(self, typed: str) -> AgencyKind | None:
        """Return the kind of that name or abbreviation, spaces and the last dot left out."""
        word = thai.key(typed)
        bare = word.rstrip(".")
        for kind in self.kinds:
            name, short = (thai.key(known) for known in (kind.name, kind.short))
            if word == name or bare == short.rstrip("."):
                return kind
        return None

    def family(self, kind: AgencyKind | None) -> Family | None:
        """Return the family of a kind, if it has one."""
        return next((f for f in self.families if kind and f.name == kind.family), None)

    def short_name(self, kind: str, name: str) -> str:
        """Join abbreviation and name for file names: ทต.ควนเสาธง; never on covers or signatures."""
        known = self.kind(kind)
        return f"{known.short}{name}" if known else full_name(kind, name)

    def not_in_names(self, kind: AgencyKind | None) -> tuple[str, ...]:
        """Return the words for kinds with which the name of an agency of this kind never begins.

        A kind of no family has only its own: โรงเรียนเทศบาล… is a school's name.
        """
        if kind and not kind.family:
            return kind.name, kind.short
        known = [k for k in self.kinds if k.family]
        return tuple(word for k in known for word in (k.name, k.short, k.family))

    def replaced_by(self, own: Kinds) -> Kinds:
        """Return these kinds and an office's own, which replace those of the same name."""
        return Kinds.model_construct(
            kinds=tuple((self._kinds | own._kinds).values()),
            families=tuple(
                {family.name: family for family in (*self.families, *own.families)}.values()
            ),
        )

    @cached_property
    def _hash(self) -> int:
        return hash((self.kinds, self.families))

    @cached_property
    def _by_key(self) -> dict[str, AgencyKind]:
        return {thai.key(name): kind for name, kind in self._kinds.items()}

    @cached_property
    def _kinds(self) -> dict[str, AgencyKind]:
        return {kind.name: kind for kind in self.kinds}
