"""Texts that say of a score, a level, a total or a rank what the data does not have; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.check.truth.claim_reader import ClaimReader
from itareport.check.truth.claims import Claim, Member
from itareport.check.truth.given_figures import Figures, is_same
from itareport.check.truth.phrases import MAY_CLAIM, NOT_WEAK, WEAK, Is
from itareport.check.truth.side_by_side import COMPARING, unlike
from itareport.check.truth.tokens import Phrases, phrases_of, tokens
from itareport.problems import FieldPath, Problem, problem

_CODES = {
    Is.NUMBER: "D340",
    **dict.fromkeys(COMPARING, "D342"),
    Is.LOWEST: "D341",
    Is.HIGHEST: "D341",
    Is.LEVEL: "D344",
    Is.GOOD: "D345",
    Is.URGENT: "D345",
    Is.MAINTAIN: "D347",
    **dict.fromkeys((Is.BELOW, Is.ABOVE, Is.AT_LEAST, Is.AT_MOST, Is.PASSED, Is.FAILED), "D342"),
    **dict.fromkeys((Is.ROSE, Is.FELL), "D355"),
    **dict.fromkeys((Is.PARTLY, Is.NOTHING, Is.UNSHOWN, Is.FULL, Is.NOT_FULL), "D343"),
}
_MANNER = {Is.GOOD, Is.URGENT}
"""What is said of a score only by the choice of words."""
_GOOD = Decimal(95)
_FULL = Decimal(100)
_TRUE: dict[Is, Callable[[Decimal, Decimal], bool]] = {
    Is.BELOW: lambda score, number: score < number,
    Is.ABOVE: lambda score, number: score > number,
    Is.AT_LEAST: lambda score, number: score >= number,
    Is.AT_MOST: lambda score, number: score <= number,
    Is.PASSED: lambda score, number: score >= number,
    Is.FAILED: lambda score, number: score < number,
    Is.PARTLY: lambda score, _: 0 < score < _FULL,
    Is.NOTHING: lambda score, _: score == 0,
    Is.UNSHOWN: lambda _, __: False,
    Is.FULL: lambda score, _: score == _FULL,
    Is.NOT_FULL: lambda score, _: score < _FULL,
    Is.GOOD: lambda score, _: _GOOD <= score < _FULL,
    Is.URGENT: lambda score, _: score < _GOOD,
    Is.MAINTAIN: lambda score, threshold: score >= threshold,
}
"""When each claim is true of a score; the number is that of the claim."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A text that is read, the code of its remark or the issue of its row, and its claims."""

    text: Text
    own: str
    issue: int
    claims: Sequence[Claim]


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each thing that a text says of a score or of the rank and that is not so.

    What a text says only by its choice of words is told where nothing plainer is.
    """
    figures = Figures(facts)
    for told in _read(facts):
        plain = [claim for claim in told.claims if claim.what not in _MANNER]
        found = _false(figures, told, plain)
        found = found or _false(figures, told, [c for c in told.claims if c not in plain])
        yield from found or _needless(figures, told)


def _read(facts: Facts) -> Iterator[_Told]:
    """Yield the causes, the remarks, all texts of the plan and around it, with their claims.

    A cause that a remark repeats is told of where it was typed.
    """
    report, phrases = facts.report, phrases_of(facts.catalogue)
    reasons = [row.reason for row in facts.score.values() if row.reason]
    for index, row in enumerate(report.scores):
        text = Text(("scores", index, "cause"), row.cause or "")
        yield _Told(text, row.code, 0, _claims(facts, phrases, text, row.code, reasons))
    for index, remark in enumerate(report.remarks):
        text = Text(("remarks", index, "text"), remark.text)
        quoted = [*reasons, *facts.quoted_by(remark)]
        yield _Told(text, remark.code, 0, _claims(facts, phrases, text, remark.code, quoted))
    for index, planned in enumerate(report.plan):
        for text in fields.texts(planned, ("plan", index)):
            yield _Told(text, "", planned.issue, _claims(facts, phrases, text, "", reasons))
    for name in ("principles", "follow_up", "summary"):
        text = Text((name,), getattr(report, name) or "")
        yield _Told(text, "", 0, _claims(facts, phrases, text, "", reasons))


def _claims(
    facts: Facts, phrases: Phrases, text: Text, own: str, reasons: Iterable[str]
) -> tuple[Claim, ...]:
    """Return the claims of a text, without those of the reasons that it quotes from ITAS."""
    if not MAY_CLAIM.search(fields.squeezed(text.text)):
        return ()
    said = tokens(facts, phrases, text.text, without=reasons)
    of_all = len(text.where) == 1
    return tuple(ClaimReader(said, own, facts.report.fiscal_year, of_all=of_all).claims())


def _false(figures: Figures, told: _Told, claims: Iterable[Claim]) -> list[Problem]:
    """Return one problem for each claim of a text that is not true, each thing said once."""
    found = (_problem(figures, told, claim) for claim in claims)
    return list({one.message: one for one in found if one is not None}.values())


def _problem(figures: Figures, told: _Told, claim: Claim) -> Problem | None:
    if rule := _RULES.get(claim.what):
        return rule(figures, told, claim)
    if claim.is_last_year:
        return _last_year(figures, told, claim)
    if claim.other:
        return _beside(figures, told, claim)
    number = _number(figures, claim)
    members = [m for one in claim.members for m in _meant(figures, told, one)]
    wrong = [m for m in members if not _is_true(figures, claim, m, number)]
    if not wrong or _is_of_named(figures, told, claim, number):
        return None
    said = f"ได้ {claim.said}" if claim.what is Is.NUMBER else claim.said
    name = claim.members[0].key if claim.members[0].kind is Is.EACH else _names(figures, wrong)
    return _told(figures, told, claim.what, wrong, name=name, said=said)


def _beside(figures: Figures, told: _Told, claim: Claim) -> Problem | None:
    """Return what is wrong with scores that are compared with each other."""
    pair = unlike(figures, claim)
    name = _names(figures, pair[:1] if claim.other else claim.members)
    return _told(figures, told, claim.what, pair, name=name, said=claim.said) if pair else None


def _number(figures: Figures, claim: Claim) -> Decimal:
    """Return the number that a claim is about, or the threshold that it does not name."""
    if claim.number is not None:
        return claim.number
    if claim.what is Is.PASSED or claim.members[0].kind is Is.TOTAL:
        return figures.passing
    return figures.facts.report.agency.maintain_from


def _last_year(figures: Figures, told: _Told, claim: Claim) -> Problem | None:
    """Return what is wrong with what is said of the year before, or of the change since then."""
    members = (m for one in claim.members for m in _meant(figures, told, one))
    found = (_of_two_years(figures, told, claim, member) for member in members)
    return next((one for one in found if one is not None), None)


def _of_two_years(figures: Figures, told: _Told, claim: Claim, member: Member) -> Problem | None:
    said = claim.said
    now, before = figures.values(member), figures.last_year(member)
    if not now or not before:
        return None
    last, change = before[0], now[0] - before[0]
    if claim.is_last_year:
        is_true, said = is_same(last, claim.number or Decimal(0)), f"ปีก่อนได้ {said}"
    else:
        is_true = change > 0 if claim.what is Is.ROSE else change < 0
        is_true &= all(
            any(is_same(one, n) for one in (abs(change), last, now[0])) for n in claim.beside
        )
    if is_true:
        return None
    where, label = told.text.where, figures.facts.label(told.text.where)
    also = [*figures.places(member), *figures.last_year_places(member)]
    shown: dict[str, object] = {"name": figures.name(member), "said": said}
    return problem("D355", where, label=label, also=also, now=now[0], last=last, **shown)


def _told(
    figures: Figures, told: _Told, what: Is, members: Sequence[Member], **said: object
) -> Problem:
    """Make a problem of a text and of the scores of members, with the places of both."""
    also: list[FieldPath] = [place for member in members for place in figures.places(member)]
    alone = len(members) == 1 and said["name"] == figures.name(members[0])
    shown = [f"{'' if alone else figures.name(m)} {figures.shown(m)}".strip() for m in members]
    scores = " และ".join(shown)
    where, label = told.text.where, figures.facts.label(told.text.where)
    return problem(_CODES[what], where, label=label, also=also, scores=scores, **said)


def _names(figures: Figures, members: Sequence[Member]) -> str:
    return " และ".join(figures.name(member) for member in members)


def _meant(figures: Figures, told: _Told, member: Member) -> tuple[Member, ...]:
    return figures.each(member.key, told.issue) if member.kind is Is.EACH else (member,)


def _is_true(figures: Figures, claim: Claim, member: Member, number: Decimal) -> bool:
    """Tell whether a claim is true of a member's score, or the score is not known."""
    values = figures.values(member)
    if claim.what is Is.GOOD and len(values) > 1:
        values = tuple(value for value in values if value != max(values))  # of halves the lower
    if claim.what is not Is.NUMBER:
        return not values or any(_TRUE[claim.what](score, number) for score in values)
    if claim.is_own and values:
        values = (*values, *figures.around(member))
    return not values or any(is_same(score, number) for score in values)


def _is_of_named(figures: Figures, told: _Told, claim: Claim, number: Decimal) -> bool:
    """Tell whether `ทุกข้อ` is true of the codes that the row's own findings name."""
    where = told.text.where
    if claim.members[0].kind is not Is.EACH or where[0] != "plan":
        return False
    named = figures.named_in(figures.facts.report.plan[int(where[1])])
    return bool(named) and all(_is_true(figures, claim, m, number) for m in named)


# -- superlatives ------------------------------------------------------------------------------


def _superlative(figures: Figures, told: _Told, claim: Claim) -> Problem | None:
    """Return what is wrong with a score said to be the lowest or highest; ties are both."""
    low = claim.what is Is.LOWEST
    for member in claim.members:
        if not figures.values(member):
            return None
    is_of_all = claim.members[0].kind in {Is.INDICATOR, Is.TOOL} and not told.issue
    scopes = [claim.scope] if claim.scope or is_of_all else figures.sensible_scopes
    beyond: list[Member] = []
    for scope in scopes:
        others = figures.among(claim.members[0], scope, told.issue)
        others = tuple(m for m in others if m.key not in {one.key for one in claim.members})
        beyond = [m for m in others if not _is_beyond(figures, claim.members, m, low=low)]
        if not beyond:
            return None
    outermost = min(beyond, key=lambda m: min(figures.values(m)) * (1 if low else -1))
    name = _names(figures, claim.members)
    members = (*claim.members, outermost)
    return _told(figures, told, claim.what, members, name=name, said=claim.said)


def _is_beyond(figures: Figures, members: Sequence[Member], other: Member, *, low: bool) -> bool:
    """Tell whether no member's score is on the wrong side of another's, however they are read.

    Of two halves the lower and the higher may be meant, or their mean.
    """
    sign = 1 if low else -1
    theirs = sorted(sign * value for value in figures.ranked(other))
    for member in members:
        ours = sorted(sign * value for value in figures.ranked(member))
        if ours[0] > theirs[0] and (len(ours) < 3 or len(theirs) < 3 or ours[1] > theirs[1]):
            return False
    return True


# -- levels, and remarks that no score needs -----------------------------------------------------


def _level(figures: Figures, told: _Told, claim: Claim) -> Problem | None:
    facts = figures.facts
    official = fields.squeezed(fields.unquoted(facts.report.result.level or ""))
    known = {fields.squeezed(row.name) for row in facts.catalogue.levels.rows}
    if claim.said == official or official not in known:
        return None
    where, label = told.text.where, facts.label(told.text.where)
    also: list[FieldPath] = [("result", "level")]
    return problem("D344", where, label=label, also=also, said=claim.said, official=official)


def _rank(figures: Figures, told: _Told, claim: Claim) -> Problem | None:
    given = figures.facts.report.result.rank
    said = [int(number) for number in re.findall(r"[0-9]+", claim.said)]
    if given is None or said == [given.place, given.of][: len(said)]:
        return None
    where, label = told.text.where, figures.facts.label(told.text.where)
    among = "".join(f" จาก {number}" for number in said[1:])
    also: list[FieldPath] = [("result", "rank", name) for name in ("place", "of")[: len(said)]]
    official = f"{given.place} จาก {given.of}"
    return problem(
        "D353", where, label=label, also=also, said=f"{said[0]}{among}", official=official
    )


_RULES: dict[Is, Callable[[Figures, _Told, Claim], Problem | None]] = {
    Is.LEVEL: _level,
    Is.RANK: _rank,
    **dict.fromkeys((Is.LOWEST, Is.HIGHEST), _superlative),
    **dict.fromkeys((Is.ROSE, Is.FELL), _last_year),
    **dict.fromkeys(COMPARING, _beside),
}
"""How each claim is held against the data that is not of one score alone."""


def _needless(figures: Figures, told: _Told) -> Iterator[Problem]:
    """Tell of a remark that calls something weak where the score is full."""
    said = fields.squeezed(told.text.text)
    weak = next((word for word in WEAK if word in said), None)
    if not told.own or weak is None or any(w in said for w in NOT_WEAK):
        return
    shared = [Member(Is.CODE, code) for code in _covered(figures.facts, told)]
    full = [one for one in shared if min(figures.values(one), default=Decimal(0)) >= _FULL]
    if not full:
        return
    where, label = told.text.where, figures.facts.label(told.text.where)
    maintain = figures.facts.catalogue.wording.maintain
    also = [place for one in full for place in figures.places(one)]
    scores = ", ".join(f"{figures.name(one)} {figures.shown(one)}" for one in full)
    yield problem(
        "D346", where, label=label, also=also, said=weak, scores=scores, maintain=maintain
    )


def _covered(facts: Facts, told: _Told) -> tuple[str, ...]:
    """Return the codes that a text is about: several where they share a remark."""
    match told.text.where:
        case ("remarks", int(index), *_):
            return facts.report.remarks[index].covered
    return (told.own,)
