"""Whether scores that a text compares with each other are as it says; pure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise, product

from itareport.check.truth.claims import Claim, Member
from itareport.check.truth.given_figures import Figures, is_same
from itareport.check.truth.phrases import Is

_TRUE: dict[Is, Callable[[Decimal, Decimal], bool]] = {
    Is.BELOW: lambda one, other: one < other,
    Is.ABOVE: lambda one, other: one > other,
    Is.SAME: lambda one, other: one == other,
    Is.ASCENDING: lambda one, other: one <= other,
    Is.DESCENDING: lambda one, other: one >= other,
}
"""When each claim is true of a score and the one beside it."""
COMPARING = {Is.SAME, Is.ASCENDING, Is.DESCENDING}
"""What is said of several scores and of no other."""


def unlike(figures: Figures, claim: Claim) -> tuple[Member, ...]:
    """Return the first two whose scores are not as a claim has them, none where all may be so."""
    pairs = (
        ((one, claim.other) for one in claim.members) if claim.other else pairwise(claim.members)
    )
    return next((pair for pair in pairs if not _may_be(figures, claim, *pair)), ())


def _may_be(figures: Figures, claim: Claim, one: Member, other: Member) -> bool:
    """Tell whether a claim is true of two scores, however their halves are meant."""
    ours, theirs = figures.values(one), figures.values(other)
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else product(ours, theirs)
    may = [
        _TRUE[claim.what](a, b) and all(is_same(abs(a - b), by) for by in claim.beside)
        for a, b in pairs
    ]
    return not may or any(may)
