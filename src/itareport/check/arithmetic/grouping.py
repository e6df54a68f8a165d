"""The agency's own grouping of questions and items into issues, against the year's; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from itareport.check import fields
from itareport.check.arithmetic import code_slips
from itareport.check.arithmetic.scores import unknown
from itareport.check.facts import Facts
from itareport.ita.model import IssueItems
from itareport.problems import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield the faults of the agency's own grouping, and each item that it moves."""
    wrong = [c for c in facts.issues_of if not facts.catalogue.item(c)]
    nowhere = [c for c in facts.catalogue.codes if c not in facts.issues_of]
    meant = code_slips.pairs(wrong, nowhere)
    seen: dict[int, int] = {}
    for index, row in enumerate(facts.report.issues):
        where, label = ("issues", index, "no"), f"ประเด็นที่ {row.no}"
        if facts.catalogue.issue(row.no) is None:
            yield problem(
                "D205", where, label=label, no=row.no, year=_year(facts), known=_known(facts)
            )
        elif row.no in seen:
            also = [("issues", seen[row.no], "no")]
            yield problem("D206", where, label=label, also=also, no=row.no)
        else:
            yield from _items(facts, index, row, meant)
        seen.setdefault(row.no, index)
    yield from _nowhere(facts, meant.values())


def _items(facts: Facts, index: int, row: IssueItems, meant: dict[str, str]) -> Iterator[Problem]:
    label = f"ประเด็นที่ {row.no}"
    if not row.items:
        yield problem("D209", ("issues", index, "items"), label=label, no=row.no)
    first: dict[str, int] = {}
    for place, code in enumerate(row.items):
        where, item = ("issues", index, "items", place), facts.catalogue.item(code)
        usual = facts.catalogue.issue_of(code)
        if item is None:
            gap = meant.get(code)
            absent = f" และข้อ {gap} ไม่อยู่ในประเด็นใด" if gap else ""
            told = unknown(facts, code, gap)
            yield problem("D207", where, label=label, no=row.no, absent=absent, **told)
        elif code in first:
            also = [("issues", index, "items", first[code])]
            yield problem("D208", where, label=label, also=also, no=row.no, code=code)
        elif usual is not None:
            yield from _elsewhere(facts, index, code)
            if usual.no != row.no:
                named: dict[str, Any] = {"name": item.name, "usual": usual.no, "year": _year(facts)}
                yield problem("D250", where, label=label, no=row.no, code=code, **named)
        first.setdefault(code, place)


def _elsewhere(facts: Facts, index: int, code: str) -> Iterator[Problem]:
    """Report each item in two issues once, at the last of its places in the own grouping."""
    usual = facts.catalogue.issue_of(code)
    others = [no for no in facts.issues_of[code] if no != facts.report.issues[index].no]
    if not others or usual is None:
        return
    rows = {i: own for i, own in enumerate(facts.report.issues) if code in own.items}
    if index == max(rows):
        *before, here = [("issues", i, "items", own.items.index(code)) for i, own in rows.items()]
        yield problem(
            "D249",
            here,
            label=f"ข้อ {code}",
            also=before,
            code=code,
            first=fields.spans(others),
            second=rows[index].no,
            year=_year(facts),
            usual=usual.no,
        )


def _nowhere(facts: Facts, told_of: Collection[str]) -> Iterator[Problem]:
    """Report the rows of scores whose code is in no issue: the document would lose them."""
    for index, row in enumerate(facts.report.scores):
        usual = facts.catalogue.issue_of(row.code)
        if usual is None or row.code in facts.issues_of or row.code in told_of:
            continue
        where, label = ("scores", index, "code"), f"ข้อ {row.code}"
        told: dict[str, Any] = {"code": row.code, "issue": usual.no, "year": _year(facts)}
        if row.missing is None:
            yield problem("D204", where, label=label, score=fields.score(row), **told)
        else:
            yield problem("D251", where, label=label, missing=row.missing, **told)


def _year(facts: Facts) -> int:
    return facts.catalogue.fiscal_year


def _known(facts: Facts) -> str:
    return fields.spans(issue.no for issue in facts.catalogue.issues.rows)
