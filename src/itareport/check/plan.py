"""The plan's rows: one for every issue, no empty column, every low score answered and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from itareport import thai
from itareport.check import fields
from itareport.check.arithmetic import code_slips
from itareport.check.facts import Facts
from itareport.ita import codes
from itareport.ita.catalogue import Issue
from itareport.ita.described import COLUMNS
from itareport.ita.model import PlanRow, Use
from itareport.problems import FieldPath, Problem, problem

_EACH = 3
"""Up to so many issues without a row are reported one by one; more of them, all at once."""
_LACKING = {Use.NEEDED: "D225", Use.WANTED: "D264"}
"""What is wrong with a row without such a column."""
_TO = r"\s*(?:-|–|ถึง)\s*(?:ที่\s*)?"
_AND = r"\s*(?:,|และ|หรือ|/)\s*(?:ที่\s*)?"
_NUMBER = r"[0-9]{1,2}(?:\.[0-9]{1,2})?"
_INDICATORS = re.compile(
    rf"ตัวชี้วัด(?:ย่อย)?(?:ที่)?\s*({_NUMBER}(?:(?:{_TO}|{_AND}){_NUMBER})*)(?!\.?[0-9])"
)
_COUNTED = re.compile(
    r"อีก\s*([0-9]{1,2})\s*ข้อ(?=[^\n]*ต่ำกว่า\s*([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*คะแนน)"
)
"""How many others are below a score: `และอีก 4 ข้อ ได้ต่ำกว่า 85 คะแนน`."""
_SUB_INDICATOR = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9](?!\.?[0-9])")


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield issues without a row, rows at fault, and low scores that no row answers."""
    planned = {row.issue for row in facts.report.plan}
    missing = [issue for issue in facts.catalogue.issues.rows if issue.no not in planned]
    wrong = [no for no in planned if facts.catalogue.issue(no) is None]
    meant = code_slips.numbers(wrong, [issue.no for issue in missing])
    left = [issue for issue in missing if issue.no not in meant.values()]
    if len(left) > _EACH:
        numbers = fields.spans(issue.no for issue in left)
        yield problem("D223", ("plan",), also=_rows(left), numbers=numbers, name="")
    else:
        for issue in left:
            name = f" ({issue.name})"
            yield problem("D223", ("plan",), also=_rows([issue]), numbers=issue.no, name=name)
    for index, row in enumerate(facts.report.plan):
        yield from _row(facts, index, row, meant.get(row.issue))
    yield from _unanswered(facts)
    yield from _miscounted(facts)


def _rows(issues: Iterable[Issue]) -> list[FieldPath]:
    """Return where the rows of issues are to be filled: a workbook has one for each."""
    return [("plan", str(issue.no)) for issue in issues]


def _row(facts: Facts, index: int, row: PlanRow, meant: int | None) -> Iterator[Problem]:
    label = facts.label(("plan", index))
    if facts.catalogue.issue(row.issue) is None:
        known = fields.spans(issue.no for issue in facts.catalogue.issues.rows)
        year, where = facts.catalogue.fiscal_year, ("plan", index, "issue")
        absent = f" และประเด็นที่ {meant} ไม่มีแถวในแผน" if meant else ""
        hint = f"อาจหมายถึงประเด็นที่ {meant} " if meant else ""
        told: dict[str, Any] = {"year": year, "known": known, "absent": absent, "hint": hint}
        yield problem("D224", where, row=index + 1, no=row.issue, **told)
    for field in COLUMNS:
        if field.use in _LACKING and not getattr(row, field.name):
            code, where = _LACKING[field.use], ("plan", index, field.name)
            told = {"row": index + 1, "no": row.issue, "column": field.title}
            yield problem(code, where, label=label, **told)


def _unanswered(facts: Facts) -> Iterator[Problem]:
    """Report each score below 100 that no row of its issue names in its findings.

    An issue without a row, or whose rows have no findings at all, is reported elsewhere.
    """
    rows = [row for row in facts.report.plan if row.findings]
    planned = {row.issue for row in rows if row.issue in facts.grouping}
    answered = {no: _answered(facts, no) for no in planned}
    for index, row in facts.low():
        issues = facts.issues_of.get(row.code, ())
        if not any(no in planned for no in issues):
            continue  # a code in no issue is told already as well
        if any(row.code in answered[no] for no in issues if no in planned):
            continue
        indicator = facts.catalogue.indicator_of(row.code)
        yield problem(
            "D260",
            ("scores", index),
            label=f"ข้อ {row.code}",
            code=row.code,
            score=fields.score(row),
            issue=fields.spans(issues),
            indicator=f" หรือตัวชี้วัดที่ {indicator.no}" if indicator else "",
        )


def _miscounted(facts: Facts) -> Iterator[Problem]:
    """Report each finding that counts the scores below another otherwise than the data has them.

    It may count those of its whole issue, or those that the row's other findings name.
    """
    for index, row in enumerate(facts.report.plan):
        for place, text in enumerate(row.findings):
            said = thai.arabic(text)
            counted = _COUNTED.search(said)
            named = _codes([said[: counted.start()]]) if counted else set()
            if not counted or not named:
                continue
            low = _below(facts, row.issue, Decimal(counted[2]))
            held = low & _codes(row.findings[:place] + row.findings[place + 1 :]) or low
            if low and len(named) + int(counted[1]) not in {len(low), len(held)}:
                yield problem(
                    "D259",
                    ("plan", index, "findings", place),
                    row=index + 1,
                    no=row.issue,
                    said=counted[1],
                    right=max(0, len(held) - len(named)),
                    codes=", ".join(code for code in facts.catalogue.codes if code in held),
                )


def _codes(texts: Iterable[str]) -> set[str]:
    return {quoted.code for quoted in codes.find(thai.arabic("\n".join(texts)))}


def _below(facts: Facts, issue: int, limit: Decimal) -> set[str]:
    """Return the codes of an issue with a score below another, none where one is not known."""
    rows = [facts.score.get(code) for code in facts.grouping.get(issue, ())]
    known = [row for row in rows if row is not None and row.lowest is not None]
    return {row.code for row in known if min(row.known) < limit} if known == rows else set()


def _answered(facts: Facts, issue: int) -> set[str]:
    """Return the codes that the findings of an issue's rows name, or whose indicator they name."""
    found: set[str] = set()
    for row in facts.report.plan:
        if row.issue == issue:
            text = thai.arabic("\n".join(row.findings))
            found |= _codes([text])
            numbers, names = _numbers(text), fields.squeezed(text)
            found |= {code for code in facts.catalogue.codes if _held(facts, code, numbers, names)}
    return found


def _held(facts: Facts, code: str, numbers: set[str], names: str) -> bool:
    """Return whether the indicator or sub-indicator of a code is named by its number or name."""
    indicator = facts.catalogue.indicator_of(code)
    sub = facts.catalogue.sub_indicator_of(code)
    return any(
        str(row.no) in numbers or fields.squeezed_name(row.name) in names
        for row in (indicator, sub)
        if row is not None
    )


def _numbers(text: str) -> set[str]:
    """Return the numbers of indicators and sub-indicators that a text names: `9`, `9.2`."""
    found = set(_SUB_INDICATOR.findall(text))
    for match in _INDICATORS.finditer(text):
        listed = re.findall(_NUMBER, match[1])
        found.update(listed)
        for first, last in re.findall(rf"(?<![0-9.])([0-9]+){_TO}([0-9]+)(?![0-9.])", match[1]):
            found.update(str(number) for number in range(int(first), int(last)))
    return found
