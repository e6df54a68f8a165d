"""Compare rows of scores with the year's codes: missing, doubled, unknown or odd; pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from itareport.check import fields
from itareport.check.arithmetic import code_slips
from itareport.check.facts import Facts
from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Published, score_text
from itareport.problems import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield what is wrong with the rows of scores themselves."""
    guessed = facts.meant.values()
    missing = [c for c in facts.catalogue.codes if c not in facts.rows and c not in guessed]
    if facts.report.result.published is not Published.ITEMS:
        yield from _in_part(facts)
    else:
        if missing:
            codes, year = fields.listed(missing), facts.catalogue.fiscal_year
            in_part = "" if facts.rows else _IN_PART
            yield problem("D200", ("scores",), codes=codes, year=year, in_part=in_part)
        yield from _mostly_missing(facts)
    yield from _twice(facts)
    for index, row in enumerate(facts.report.scores):
        if facts.catalogue.item(row.code) is None:
            meant = facts.meant.get(index)
            absent = f" และไม่พบข้อ {meant}" if meant else ""
            yield problem(
                "D203",
                ("scores", index, "code"),
                label=f"ข้อ {row.code}",
                absent=absent,
                **unknown(facts, row.code, meant),
            )
        else:
            yield from _value(facts, index)


_IN_PART = " หากทราบผลเพียงถึงตัวชี้วัดหรือภาพรวม โปรดเลือกในช่อง คะแนนที่มีในผลที่เผยแพร่ ของขั้น ผลภาพรวม"


def _in_part(facts: Facts) -> Iterator[Problem]:
    """Report what cannot be checked without scores, and scores that the document leaves out."""
    published = facts.report.result.published
    yield problem("D318", ("result", "published"), published=published)
    if count := sum(row.missing is None for row in facts.report.scores):
        yield problem("D285", ("result", "published"), published=published, count=count)


def _mostly_missing(facts: Facts) -> Iterator[Problem]:
    missing = [row for row in facts.report.scores if row.missing is not None]
    if len(missing) * 2 > len(facts.catalogue.codes):
        count, of = len(missing), len(facts.catalogue.codes)
        yield problem("D286", ("scores",), count=count, of=of)


def unknown(facts: Facts, code: str, meant: str | None = None) -> dict[str, Any]:
    """Return the facts of the sentence on an unknown code: codes of the year, what may be meant.

    Args:
        facts: The report beside its year.
        code: The unknown code.
        meant: The missing code that was meant, if it can be guessed.
    """
    year, plan = facts.catalogue.fiscal_year, facts.plan_catalogue
    other = plan.fiscal_year if plan and plan.item(code) else year - 1
    like = code_slips.lookalike(code)
    if like != code and facts.catalogue.item(like):
        hint = f"อาจหมายถึง {like} (ตัวไอ ไม่ใช่ตัวแอล)"
    elif meant:
        hint = f"อาจหมายถึงข้อ {meant}"
        hint += f" หรือเป็นเลขข้อของปี {other}" if code[0] == "o" else ""
    else:
        hint = f"อาจเป็นเลขข้อของปี {other}" if code[0] == "o" else "อาจพิมพ์เลขข้อผิด"
    known = known_codes(facts.catalogue, like[0])
    return {"code": code, "year": year, "known": known, "hint": hint}


def known_codes(catalogue: Catalogue, letter: str) -> str:
    """Return the codes of a letter in words, `มี o1 ถึง o28`; all codes for an unknown letter."""
    tool = catalogue.tool(letter)
    letters = [tool.letter] if tool else [tool.letter for tool in catalogue.tools.rows]
    return "มี " + ", ".join(
        fields.listed(code for code in catalogue.codes if code[0] == known) for known in letters
    )


def _twice(facts: Facts) -> Iterator[Problem]:
    for code, places in facts.rows.items():
        for place in places[1:]:
            where, row = ("scores", place, "code"), facts.report.scores[place]
            also = [("scores", places[0], "code")]
            told: dict[str, Any] = {"label": f"ข้อ {code}", "also": also}
            if missing := facts.meant.get(place):
                got = fields.got(row)
                yield problem("D202", where, **told, code=code, missing=missing, got=got)
            else:
                first, second = fields.score(facts.report.scores[places[0]]), fields.score(row)
                yield problem("D201", where, **told, code=code, first=first, second=second)


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
        said = fields.either(map(score_text, usual))
        where = ("scores", index, "score")
        yield problem("D248", where, label=label, code=row.code, score=row.score, usual=said)
