"""How each code of the checks is tried: data that it must speak of, and data that it must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from itareport import check
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.problems import FieldPath, Problem, Severity
from reports import KINDS, Data, Given, clean_data, plan_of, row_of

Change = Callable[[Data], None]
LOW: dict[str, Given] = {"i1": "98.33", "e9": ("79.05", "98.10"), "o1": "50.00"}
"""Low scores of the data that the cases begin with, one of each tool."""


@dataclass(frozen=True)
class Case:
    """One code: a change that makes it speak, and one close to it that does not."""

    guilty: Change
    innocent: Change
    where: FieldPath
    says: tuple[str, ...] = ()
    year: int = 2568
    plan_known: bool = True


def found(data: Data, code: str, *, plan_known: bool = True) -> list[Problem]:
    """Return what the check says of a code."""
    report = Report.model_validate(data)
    year = catalogue.load(report.fiscal_year)
    plan = catalogue.load(report.plan_year) if plan_known else None
    return [problem for problem in check.check(report, year, plan, KINDS) if problem.code == code]


def changed(change: Change, year: int = 2568) -> Data:
    """Return faultless data with one thing changed."""
    data = clean_data(catalogue.load(year), LOW)
    change(data)
    return data


def try_case(code: str, case: Case) -> None:
    """Assert that a code speaks of the one and not of the other, with place and words."""
    told = found(changed(case.guilty, case.year), code, plan_known=case.plan_known)
    assert case.where in [problem.where for problem in told]
    said = "\n".join(str(problem) for problem in told)
    for words in case.says:
        assert words in said
    assert not found(changed(case.innocent, case.year), code, plan_known=case.plan_known)


def errors_and_warnings(data: Data) -> list[str]:
    """Return the codes of all that is wrong, not of what is only unchecked."""
    report = Report.model_validate(data)
    plan = catalogue.load(report.plan_year)
    problems = check.check(report, catalogue.load(report.fiscal_year), plan, KINDS)
    return [p.code for p in problems if p.severity in (Severity.ERROR, Severity.WARNING)]


# -- changes -------------------------------------------------------------------------------


def nothing(_data: Data) -> None:
    """Leave the data as they are."""


def put(path: str, value: Any) -> Change:
    """Put a value at `result.indicators.0.score`."""

    def change(data: Data) -> None:
        *parts, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
        inner: Any = data
        for part in parts:
            inner = inner.setdefault(part, {}) if isinstance(inner, dict) else inner[part]
        inner[last] = value

    return change


def add(path: str, *rows: Any) -> Change:
    """Add rows to a list, which is made where there is none."""

    def change(data: Data) -> None:
        *parts, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
        inner: Any = data
        for part in parts:
            inner = inner[part]
        inner[last] = [*inner.get(last, []), *rows]

    return change


def remove(path: str, index: int) -> Change:
    """Take a row out of a list."""

    def change(data: Data) -> None:
        inner: Any = data
        for part in path.split("."):
            inner = inner[part]
        del inner[index]

    return change


def score(code: str, **fields: str) -> Change:
    """Give a code these scores and nothing else."""

    def change(data: Data) -> None:
        row = row_of(data, code)
        row.clear()
        row.update({"code": code, **fields})

    return change


def drop(code: str) -> Change:
    """Take the row of a code out of the scores."""

    def change(data: Data) -> None:
        data["scores"].remove(row_of(data, code))

    return change


def remark(code: str, text: str) -> Change:
    """Give a code this remark in place of its own; it is the last row."""

    def change(data: Data) -> None:
        rows = [row for row in data["remarks"] if row["code"] != code]
        data["remarks"] = [*rows, {"code": code, "text": text}]

    return change


def unremarked(code: str) -> Change:
    """Take away the remark of a code."""

    def change(data: Data) -> None:
        data["remarks"] = [row for row in data["remarks"] if row["code"] != code]

    return change


def plan(issue: int, **columns: list[str]) -> Change:
    """Put columns of the plan row of an issue."""

    def change(data: Data) -> None:
        plan_of(data, issue).update(columns)

    return change


def both(*changes: Change) -> Change:
    """Make several changes, one after the other."""

    def change(data: Data) -> None:
        for one in changes:
            one(data)

    return change


def override(no: int, items: Iterable[str]) -> Change:
    """Give an issue these items."""
    return add("issues", {"no": str(no), "items": list(items)})
