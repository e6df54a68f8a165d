"""Compare each indicator with its questions and items, as far as scores are known; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations_with_replacement, product
from typing import Any

from itareport.check import fields
from itareport.check.arithmetic import decimals
from itareport.check.facts import Facts
from itareport.ita.catalogue import Indicator, Tool
from itareport.ita.model import Missing, Published, QuestionScore, score_text
from itareport.problems import FieldPath, Problem, problem

_MOST_UNKNOWN = 3
"""More unknown items than these fit nearly any indicator: trying them proves nothing."""

Split = list[tuple[str, ...]]
"""The codes of an indicator, by sub-indicator."""
Group = list[Decimal | None]
"""The scores of the items of a sub-indicator, None where unknown."""


@dataclass(frozen=True, slots=True)
class _Guess:
    """One guess at an indicator's unknown items: some are left out, each other gets a score."""

    left_out: tuple[str, ...]
    scores: tuple[Decimal, ...]


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each indicator that its items contradict, or that cannot be checked."""
    if facts.report.result.published is not Published.ITEMS:
        return
    for index, row in enumerate(facts.report.result.indicators):
        indicator = facts.catalogue.indicator(row.no)
        if indicator is None or row.no not in facts.indicators:
            continue
        tool = facts.catalogue.tool(indicator.tool)
        where: FieldPath = ("result", "indicators", index, "score")
        if tool is not None and tool.parts > 1:
            yield from _halves(facts, where, indicator)
        elif tool is not None:
            yield from _groups(facts, where, indicator, tool)


@dataclass(frozen=True, slots=True)
class ComputedIndicator:
    """What the questions of an indicator give it."""

    values: tuple[Decimal, ...]
    """One where all their scores are known, else one for each guess at those that are not."""
    agrees: bool | None
    """Whether the official score is one of them; None where there is none."""


def computed(facts: Facts, indicator: Indicator) -> ComputedIndicator | None:
    """Return what the questions give an indicator; None where too little of them is known."""
    tool = facts.catalogue.tool(indicator.tool)
    if tool is None or facts.report.result.published is not Published.ITEMS:
        return None
    values = _of_halves(facts, indicator) if tool.parts > 1 else _of_groups(facts, indicator, tool)
    tolerance = decimals.HALVES_TOLERANCE if tool.parts > 1 else decimals.ITEM_TOLERANCE
    official = facts.indicators.get(indicator.no)
    fits = [v for v in values if official is not None and decimals.agree(official, v, tolerance)]
    shown = tuple(map(decimals.half_up, sorted(values)))
    return (
        ComputedIndicator(shown, bool(fits) if official is not None else None) if values else None
    )


def _of_groups(facts: Facts, indicator: Indicator, tool: Tool) -> list[Decimal]:
    """Return what the items give, as far as the checks try."""
    split = _split(facts, indicator)
    unknown = [code for codes in split for code in codes if _score(facts, code) is None]
    if not split or len(unknown) > (_MOST_UNKNOWN if tool.usual_scores else 0):
        return []
    return list(_tried(facts, split, tool.usual_scores))


# -- two halves: EIT -----------------------------------------------------------------------


def _halves(facts: Facts, where: FieldPath, indicator: Indicator) -> Iterator[Problem]:
    """Compare an indicator with the mean of its halves, each the mean of its questions."""
    told: dict[str, Any] = {"label": _label(indicator), "no": indicator.no}
    if not (values := _of_halves(facts, indicator)):
        yield from _which_half(facts, where, indicator)
        return
    official = facts.indicators[indicator.no]
    if not decimals.agree(official, values[0], decimals.HALVES_TOLERANCE):
        first, second = _parts(facts, indicator)
        formula = f"({decimals.written(first)} + {decimals.written(second)}) / 2"
        told |= {"official": official, "computed": decimals.half_up(values[0])}
        codes = fields.listed(indicator.items)
        yield problem("D242", where, **told, formula=formula, codes=codes)


def _of_halves(facts: Facts, indicator: Indicator) -> list[Decimal]:
    """Return the mean of the halves; nothing where a part of a question is not known."""
    first, second = _parts(facts, indicator)
    if not len(first) == len(second) == len(indicator.items) > 0:
        return []
    return [(decimals.mean(first) + decimals.mean(second)) / 2]


def _parts(facts: Facts, indicator: Indicator) -> tuple[list[Decimal], list[Decimal]]:
    rows = [facts.score.get(code) for code in indicator.items]
    first = [row.part1 for row in rows if row and row.part1 is not None]
    return first, [row.part2 for row in rows if row and row.part2 is not None]


def _which_half(facts: Facts, where: FieldPath, indicator: Indicator) -> Iterator[Problem]:
    told: dict[str, Any] = {"label": _label(indicator), "no": indicator.no}
    rows = {code: facts.score.get(code) for code in indicator.items}
    known = {code: row for code, row in rows.items() if row is not None and row.known}
    if unlabelled := [code for code, row in known.items() if row.score is not None]:
        yield problem("D300", where, **told, codes=fields.listed(unlabelled))
    for part in (1, 2):
        if lacking := [code for code, row in known.items() if _lacks(row, part)]:
            yield problem("D301", where, **told, codes=fields.listed(lacking), part=part)
    if unknown := [code for code in rows if code not in known]:
        yield problem("D302", where, **told, codes=fields.listed(unknown))


def _lacks(row: QuestionScore, part: int) -> bool:
    return row.score is None and (row.part1 if part == 1 else row.part2) is None


# -- one score an item: IIT, OIT -----------------------------------------------------------


def _groups(facts: Facts, where: FieldPath, indicator: Indicator, tool: Tool) -> Iterator[Problem]:
    """Compare an indicator with the mean of its items, or of its sub-indicators' means."""
    told: dict[str, Any] = {"label": _label(indicator), "no": indicator.no}
    split = _split(facts, indicator)
    unknown = [code for codes in split for code in codes if _score(facts, code) is None]
    if not split:
        yield problem("D305", where, **told, year=facts.catalogue.fiscal_year)
    elif unknown and not tool.usual_scores:
        yield problem("D302", where, **told, codes=fields.listed(unknown))
    elif len(unknown) > _MOST_UNKNOWN:
        codes = fields.listed(unknown)
        yield problem("D304", where, **told, count=len(unknown), codes=codes)
    else:
        yield from _compare(facts, where, indicator, tool, unknown)


def _split(facts: Facts, indicator: Indicator) -> Split:
    if indicator.items:
        return [indicator.items]
    subs = facts.catalogue.sub_indicators.rows
    return [sub.items for sub in subs if sub.indicator == indicator.no]


def _compare(
    facts: Facts, where: FieldPath, indicator: Indicator, tool: Tool, unknown: list[str]
) -> Iterator[Problem]:
    split, official = _split(facts, indicator), facts.indicators[indicator.no]
    tried = _tried(facts, split, tool.usual_scores)
    fit = [v for v in tried if decimals.agree(official, v, decimals.ITEM_TOLERANCE)]
    told: dict[str, Any] = {"label": _label(indicator), "no": indicator.no, "official": official}
    told |= {"codes": fields.listed(unknown or [code for codes in split for code in codes])}
    told |= {"formula": _formula(_groups_of(facts, split))}
    told |= {"computed": fields.either(decimals.half_up(value) for value in sorted(tried))}
    if unknown and fit:
        fits = _fits([guess for value in fit for guess in tried[value]], unknown)
        yield problem("D303", where, **told, fits=fits)
    elif unknown:
        usual = [score_text(score) for score in tool.usual_scores]
        usual += ["ไม่นับข้อนั้น"] if _not_assessed(facts, split) else []
        yield problem("D244", where, **told, tried=fields.either(usual))
    elif not fit:
        yield problem("D241" if indicator.items else "D243", where, **told)


def _fits(guesses: list[_Guess], unknown: list[str]) -> str:
    """Word the guesses with which an indicator is the mean of its items."""
    said = []
    for left_out in dict.fromkeys(guess.left_out for guess in guesses):
        given = [code for code in unknown if code not in left_out]
        scores = [
            " และ ".join(map(score_text, guess.scores))
            for guess in guesses
            if guess.left_out == left_out and guess.scores
        ]
        parts = [f"ไม่นับข้อ {fields.listed(left_out)} ซึ่งไม่ถูกประเมิน"] if left_out else []
        if scores:
            parts.append(f"ให้ข้อ {fields.listed(given)} ที่ไม่ทราบคะแนนเป็น {fields.either(scores)}")
        said.append(" และ".join(parts))
    return fields.either(said)


def _tried(facts: Facts, split: Split, usual: tuple[Decimal, ...]) -> dict[Decimal, list[_Guess]]:
    """Return each value that the unknown items allow the indicator, with their scores.

    An item that was not assessed may also be left out of its mean: no manual says which.
    """
    found: dict[Decimal, list[_Guess]] = {}
    for left_out in dict.fromkeys(((), _not_assessed(facts, split))):
        groups = _groups_of(facts, split, left_out)
        choices = [
            list(combinations_with_replacement(usual, group.count(None))) for group in groups
        ]
        for guesses in product(*choices):
            means = [
                decimals.mean([score for score in (*group, *guess) if score is not None])
                for group, guess in zip(groups, guesses, strict=True)
            ]
            scores = tuple(score for guess in guesses for score in guess)
            found.setdefault(decimals.mean(means), []).append(_Guess(left_out, scores))
    return found


def _groups_of(facts: Facts, split: Split, left_out: tuple[str, ...] = ()) -> list[Group]:
    groups = [[_score(facts, code) for code in codes if code not in left_out] for codes in split]
    return [group for group in groups if group]


def _not_assessed(facts: Facts, split: Split) -> tuple[str, ...]:
    rows = [facts.score.get(code) for codes in split for code in codes]
    return tuple(row.code for row in rows if row and row.missing is Missing.NOT_ASSESSED)


def _formula(groups: list[Group]) -> str:
    """Write the formula with its numbers: of one group its items, of several their means."""
    if len(groups) == 1:
        return _mean_of(groups[0])
    terms = [
        _mean_of(group) if None in group else str(decimals.half_up(_known_mean(group)))
        for group in groups
    ]
    return f"({' + '.join(terms)}) / {len(groups)}"


def _mean_of(group: Group) -> str:
    terms = ["?" if score is None else str(score) for score in group]
    return f"({' + '.join(terms)}) / {len(terms)}"


def _known_mean(group: Group) -> Decimal:
    return decimals.mean([score for score in group if score is not None])


def _score(facts: Facts, code: str) -> Decimal | None:
    row = facts.score.get(code)
    return row.score if row is not None else None


def _label(indicator: Indicator) -> str:
    return f"ตัวชี้วัดที่ {indicator.no}"
