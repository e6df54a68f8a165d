"""Items of the next assessment: the one that the cover names, and those that ended; pure."""

from __future__ import annotations

from collections.abc import Iterator

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.ita.model import NO_ITEM
from itareport.problems import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield what is odd about the item that the data give, or why the cover names none."""
    yield from _ended(facts)
    given, plan = facts.report.serves, facts.report.plan_year
    if given is None:
        yield from _none(facts)
        return
    if given.year not in (None, plan):
        result = facts.report.fiscal_year
        yield problem("D279", ("serves", "year"), result=result, usual=plan, year=given.year)
    year = next((c for c in facts.catalogues if c.fiscal_year == (given.year or plan)), None)
    if given.item == NO_ITEM or year is None or not year.is_list_of(facts.report.agency.kind):
        return
    if year.item(given.item) is None:
        letters = dict.fromkeys(tool.letter for tool in year.tools.rows)
        known = " ".join(f"{letter}1 ถึง {letter}{year.highest(letter)}" for letter in letters)
        where, label, no = ("serves", "item"), f"ข้อ {given.item}", year.fiscal_year
        yield problem("D278", where, label=label, item=given.item, year=no, known=known)


def _ended(facts: Facts) -> Iterator[Problem]:
    """Report low items that the next year does not ask for any more."""
    ended = [
        row.code
        for _, row in facts.low()
        if (row.next or facts.catalogue.successor(row.code)) == NO_ITEM
    ]
    if ended:
        year, plan = facts.report.fiscal_year, facts.report.plan_year
        yield problem("D317", ("scores",), codes=fields.listed(ended), year=year, plan=plan)


def _none(facts: Facts) -> Iterator[Problem]:
    """Report why the cover names no item, and how to give it."""
    of_year, plan = facts.plan_catalogue, facts.report.plan_year
    year = of_year or facts.catalogue
    if not year.is_list_of(facts.report.agency.kind):
        why = "หน่วยงานประเภทนี้อาจมีรายการข้อของตนเอง"
    elif of_year is None:
        why = f"ยังไม่มีแค็ตตาล็อกปี {plan}"
    elif not of_year.serves.verified:
        why = "เลขข้อยังไม่ได้ยืนยันกับเอกสารที่เผยแพร่"
    else:
        return
    yield problem("D316", ("serves",), year=plan, why=why, example=year.serves.report)
