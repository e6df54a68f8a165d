"""What a text says of scores: whose score is said to be what; pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from itareport.check.truth.phrases import Is


@dataclass(frozen=True, slots=True)
class Member:
    """One of those whose scores a text speaks of: a question, an indicator, a tool, the total.

    `kind` is that of the token; `part` is the half of the score, 0 for the whole.
    """

    kind: Is
    key: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Those among which a score is the lowest or highest; an empty key is that of its own."""

    kind: Is
    key: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a text says of the score of each member."""

    what: Is
    members: tuple[Member, ...]
    said: str
    number: Decimal | None = None
    scope: Scope | None = None
    is_own: bool = False
    """Whether the text names no subject: it is the question that the remark is about."""
    is_last_year: bool = False
    """Whether it is of the year before."""
    other: Member | None = None
    """Whose score it is said to be below, above or the same as."""
    beside: tuple[Decimal, ...] = ()
    """What is said with a rise or a fall: by how much it is, or the score of the year before."""
