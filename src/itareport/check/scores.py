"""Rows of scores against the year's questions and items: missing, twice, unknown, odd; pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from itareport.catalogue import Catalogue
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.errors import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield what is wrong with the rows of scores themselves."""
    guesses = _guesses(facts)
    missing = [c for c in facts.catalogue.codes if c not in facts.rows | guesses]
    if missing:
        codes, year = fields.listed(missing), facts.catalogue.fiscal_year
        yield problem("D200", ("scores",), codes=codes, year=year)
    yield from _twice(facts, {twice: code for code, twice in guesses.items()})
    for index, row in enumerate(facts.report.scores):
        if facts.catalogue.item(row.code) is None:
            yield problem(
                "D203",
                ("scores", index, "code"),
                label=f"ข้อ {row.code}",
                **unknown(facts, row.code),
            )
        else:
            yield from _value(facts, index)


def unknown(facts: Facts, code: str) -> dict[str, Any]:
    """Say which codes the year has, and which other year the unknown one may be of."""
    year, plan = facts.catalogue.fiscal_year, facts.plan_catalogue
    other = plan.fiscal_year if plan and plan.item(code) else year - 1
    hint = f"อาจเป็นเลขข้อของปี {other}" if code[0] == "o" else "อาจพิมพ์เลขข้อผิด"
    known = known_codes(facts.catalogue, code[0])
    return {"code": code, "year": year, "known": known, "hint": hint}


def known_codes(catalogue: Catalogue, letter: str) -> str:
    """Say which codes of a letter the year has, `มี o1 ถึง o28`; of an unknown letter, all."""
    tool = catalogue.tool(letter)
    letters = [tool.letter] if tool else [tool.letter for tool in catalogue.tools.rows]
    return "มี " + ", ".join(
        fields.listed(code for code in catalogue.codes if code[0] == known) for known in letters
    )


def _twice(facts: Facts, guessed: dict[str, str]) -> Iterator[Problem]:
    for code, places in facts.rows.items():
        for place in places[1:]:
            where, also = ("scores", place, "code"), [("scores", places[0], "code")]
            first, second = (fields.score(facts.report.scores[i]) for i in (places[0], place))
            label = f"ข้อ {code}"
            if code in guessed and len(places) == 2:
                missing = guessed[code]
                yield problem(
                    "D202", where, label=label, also=also, code=code, missing=missing, second=second
                )
            else:
                yield problem(
                    "D201", where, label=label, also=also, code=code, first=first, second=second
                )


def _guesses(facts: Facts) -> dict[str, str]:
    """Guess, for a code that has no row, which row that stands twice is meant for it.

    The row before or after tells (`e3 e3 e8`: the second is e7); or that nothing else of the
    tool is missing, where the two rows do not even have one score.
    """
    found: dict[str, str] = {}
    for code, places in facts.rows.items():
        if len(places) != 2:
            continue
        absent = [c for c in facts.catalogue.codes if c[0] == code[0] and c not in facts.rows]
        around = [c for c in absent if c in _expected(facts, places[1])]
        first, second = (facts.report.scores[place].known for place in places)
        candidates = around or (absent if first != second else [])
        if len(candidates) == 1 and candidates[0] not in found:
            found[candidates[0]] = code
    return found


def _expected(facts: Facts, place: int) -> set[str]:
    """Return the codes that the neighbours of a row lead one to expect in it."""
    rows = facts.report.scores
    near = [(place - 1, 1), (place + 1, -1)]
    return {
        f"{rows[i].code[0]}{int(rows[i].code[1:]) + step}" for i, step in near if 0 <= i < len(rows)
    }


def _value(facts: Facts, index: int) -> Iterator[Problem]:
    row = facts.report.scores[index]
    tool = facts.catalogue.tool_of(row.code)
    label = f"ข้อ {row.code}"
    if tool is None:
        return
    if tool.parts == 1 and (row.part1 is not None or row.part2 is not None):
        field = "part1" if row.part1 is not None else "part2"
        where = ("scores", index, field)
        yield problem("D218", where, label=label, code=row.code, tool=tool.code)
    usual: tuple[Decimal, ...] = tool.usual_scores
    if row.score is not None and usual and row.score not in usual:
        said = fields.either(f"{score:f}".removesuffix(".00") for score in usual)
        where = ("scores", index, "score")
        yield problem("D248", where, label=label, code=row.code, score=row.score, usual=said)
