"""Compare total and tools with the indicators, and the level with all of them; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from itareport.check import fields
from itareport.check.arithmetic import decimals
from itareport.check.arithmetic.results import tool_part
from itareport.check.facts import Facts
from itareport.ita.catalogue import Tool, ToolPart
from itareport.problems import FieldPath, Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield a problem where the total, a tool or the level contradicts what it is computed from."""
    yield from _total(facts)
    known = _known(facts)
    tools = facts.catalogue.tools.rows
    unheld = [tool.code for tool in tools if not _tool_checked(facts, tool, known)]
    if unheld:
        yield problem("D308", ("result", "tools"), tools=", ".join(unheld))
    for tool in tools:
        if tool.code not in unheld:
            yield from _tool(facts, tool, known)
        if tool.parts > 1:
            yield from _parts(facts, tool, known)
    yield from _level(facts, known)


@dataclass(frozen=True, slots=True)
class Computed:
    """The total that the indicators give."""

    value: Decimal
    formula: str
    """`0.30 x 99.36 + 0.30 x 90.32 + 0.40 x 95.00`"""
    agrees: bool | None
    """Whether the official total is the same; None where there is none."""


def computed(facts: Facts) -> Computed | None:
    """Return the total that the indicators give; None where one of them is not known."""
    means = {tool.code: _mean(facts, tool) for tool in facts.catalogue.tools.rows}
    if None in means.values():
        return None
    terms = [(tool.weight, means[tool.code] or Decimal(0)) for tool in facts.catalogue.tools.rows]
    value, official = decimals.total(w * mean for w, mean in terms), facts.report.result.total
    formula = " + ".join(f"{decimals.half_up(w)} x {decimals.half_up(mean)}" for w, mean in terms)
    agrees = None if official is None else decimals.agree(official, value, decimals.ITEM_TOLERANCE)
    return Computed(decimals.half_up(value), formula, agrees)


def _total(facts: Facts) -> Iterator[Problem]:
    where, found = ("result", "total"), computed(facts)
    if found is None:
        unknown = [i.no for i in facts.catalogue.indicators.rows if i.no not in facts.indicators]
        yield problem("D307", where, numbers=fields.spans(unknown))
    elif found.agrees is None:
        yield _offered(facts, found.value)
    elif not found.agrees:
        official, shown = facts.report.result.total, found.value
        yield problem("D240", where, official=official, computed=shown, formula=found.formula)


def _offered(facts: Facts, shown: Decimal) -> Problem:
    """Offer the total that the indicators give, and the levels that it may have; never taken."""
    levels = fields.either(facts.catalogue.level(shown, _known(facts)))
    return problem("D287", ("result", "total"), computed=shown, levels=levels)


def _mean(facts: Facts, tool: Tool) -> Decimal | None:
    """Return the mean of a tool's indicators, None where one of them is not known."""
    scores = _indicators(facts, tool)
    return decimals.mean(scores) if scores else None


def _indicators(facts: Facts, tool: Tool) -> list[Decimal]:
    own = [row.no for row in facts.catalogue.indicators.rows if row.tool == tool.code]
    known = [facts.indicators[no] for no in own if no in facts.indicators]
    return known if len(known) == len(own) else []


def _known(facts: Facts) -> dict[ToolPart, Decimal]:
    """Return the tool scores that are given once, for a part that there is."""
    given = Counter((row.tool, row.part) for row in facts.report.result.tools)
    return {
        (row.tool, row.part): row.score
        for row in facts.report.result.tools
        if given[row.tool, row.part] == 1 and (row.tool, row.part) in facts.catalogue.tool_parts
    }


def _parts_of(facts: Facts, tool: Tool) -> list[ToolPart]:
    return [part for part in facts.catalogue.tool_parts if part[0] == tool.code]


def _tool_checked(facts: Facts, tool: Tool, known: dict[ToolPart, Decimal]) -> bool:
    parts = _parts_of(facts, tool)
    return bool(_indicators(facts, tool)) and all(part in known for part in parts)


def _tool(facts: Facts, tool: Tool, known: dict[ToolPart, Decimal]) -> Iterator[Problem]:
    """Compare a tool's score, the mean of its parts, with the mean of its indicators."""
    scores = [known[part] for part in _parts_of(facts, tool)]
    indicators = _indicators(facts, tool)
    computed = decimals.mean(indicators)
    tolerance = decimals.HALVES_TOLERANCE if tool.parts > 1 else decimals.ITEM_TOLERANCE
    if decimals.agree(decimals.mean(scores), computed, tolerance):
        return
    official = str(scores[0])
    if tool.parts > 1:
        official = f"{decimals.half_up(decimals.mean(scores))} จาก {decimals.written(scores)}"
    yield problem(
        "D245",
        _where(facts, _parts_of(facts, tool)[0]),
        label=f"คะแนน {tool.code}",
        also=[_where(facts, part) for part in _parts_of(facts, tool)[1:]],
        tool=tool.code,
        official=official,
        computed=decimals.half_up(computed),
        formula=decimals.written(indicators),
    )


def _parts(facts: Facts, tool: Tool, known: dict[ToolPart, Decimal]) -> Iterator[Problem]:
    """Compare each part of a tool with that part of its questions."""
    codes = [code for code in facts.catalogue.codes if code[0] == tool.letter]
    for key in (part for part in _parts_of(facts, tool) if part in known):
        field = f"part{key[1]}"
        scores = {c: getattr(facts.score[c], field) for c in codes if c in facts.score}
        lacking = [code for code in codes if scores.get(code) is None]
        label = f"คะแนน {tool_part(*key)}"
        told: dict[str, Any] = {"label": label, "tool": tool.code, "part": key[1]}
        where = _where(facts, key)
        if lacking:
            yield problem("D309", where, **told, codes=fields.listed(lacking))
            continue
        computed = decimals.mean(list(scores.values()))
        if not decimals.agree(known[key], computed, decimals.HALVES_TOLERANCE):
            told |= {"official": known[key], "computed": decimals.half_up(computed)}
            formula = decimals.written(scores.values())
            yield problem("D246", where, **told, formula=formula, codes=fields.listed(codes))


def _where(facts: Facts, key: ToolPart) -> FieldPath:
    given: list[ToolPart] = [(row.tool, row.part) for row in facts.report.result.tools]
    return ("result", "tools", given.index(key), "score")


def _level(facts: Facts, known: dict[ToolPart, Decimal]) -> Iterator[Problem]:
    result, catalogue = facts.report.result, facts.catalogue
    total = result.total
    if total is None or result.level not in [level.name for level in catalogue.levels.rows]:
        return
    bounds = _bounds(facts, known, total)
    names = catalogue.level(total, known | bounds)
    where, possible = ("result", "level"), fields.either(names)
    if result.level not in names:
        numbers = ", ".join(
            [f"คะแนนรวม {total}"]
            + [f"{tool_part(*key)} {score}" for key, score in known.items()]
            + [f"เฉลี่ยตัวชี้วัด {tool} {score}" for (tool, _), score in bounds.items()]
        )
        yield problem(
            "D247",
            where,
            official=result.level,
            year=catalogue.fiscal_year,
            possible=possible,
            numbers=numbers,
        )
    elif len(names) > 1:
        exact = [part for part in bounds if part[1] is None]
        unknown = [tool_part(*p) for p in catalogue.tool_parts if p not in known and p not in exact]
        said = ", ".join(unknown)
        yield problem("D306", where, official=result.level, unknown=said, possible=possible)


def _bounds(
    facts: Facts, known: dict[ToolPart, Decimal], total: Decimal
) -> dict[ToolPart, Decimal]:
    """Return bounds, from the indicators, for the tools whose scores are not given.

    A tool without parts is the mean of its indicators.  Of two parts, the lower is no higher
    than that mean: it bounds the lower one, and the other stays unknown.
    """
    found: dict[ToolPart, Decimal] = {}
    for tool in facts.catalogue.tools.rows:
        parts, mean = _parts_of(facts, tool), _mean(facts, tool)
        if (
            mean is not None
            and not any(part in known for part in parts)
            and _clear(facts, mean, total)
        ):
            found[parts[0]] = decimals.half_up(mean)
    return found


def _clear(facts: Facts, mean: Decimal, total: Decimal) -> bool:
    """Return whether a mean of rounded figures is certainly on one side of every threshold."""
    lines = [row.each_tool for row in facts.catalogue.levels.rows if row.total <= total]
    return not any(line and decimals.agree(line, mean, decimals.ITEM_TOLERANCE) for line in lines)
