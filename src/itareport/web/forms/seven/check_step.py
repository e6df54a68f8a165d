"""The last step: what is wrong, unread, doubtful, and to be checked by a person; pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from itareport.document.context import memo
from itareport.problems import Flag, Problem, Severity
from itareport.web import to_do
from itareport.web.forms import steps
from itareport.web.forms.form import ReportForm, Said
from itareport.web.to_do import ToDo


@dataclass(frozen=True, slots=True)
class ToMend:
    """A problem, and where it is mended."""

    said: Said
    step: str
    about: str
    """What its link is called after: `ข้อ e7`."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that a person checks."""

    key: str
    said: Said
    is_done: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What the step shows."""

    counts: ToDo
    errors: Sequence[ToMend]
    warnings: Sequence[ToMend]
    drafts: Sequence[tuple[str, str]]
    """The unread drafts: what each is called, and the address where it is read."""
    ticks: Sequence[Tick]
    memo: str
    """The text of the memo, "" while the report cannot be built."""
    web_name: str
    """A name for the web site, which not every server spells in Thai."""
    web_title: str

    @property
    def unticked(self) -> int:
        """How much a person has yet to check."""
        return _open(self.ticks)

    @property
    def lacks(self) -> str:
        """What is still to be done before the report can be handed in; "" for nothing."""
        counts = (
            ("ต้องแก้", self.counts.wrong), ("ยังไม่กรอก", self.counts.missing),
            ("ร่างที่ยังไม่ได้อ่าน", self.counts.drafts), ("ต้องตรวจเองอีก", self.unticked),
        )  # fmt: skip
        return " ".join(f"{word} {count} เรื่อง" for word, count in counts if count)


def check(form: ReportForm, ticked: Collection[str]) -> Check:
    """Return what the last step shows; `ticked`: the keys of what a person has checked."""
    return Check(
        steps.counts(form),
        _found(form, Severity.ERROR),
        _found(form, Severity.WARNING),
        _drafts(form),
        tuple(_ticks(form, ticked)),
        memo.text(form.checked.ready.report, form.own.kinds) if form.checked.ready else "",
        f"ita-{form.year.fiscal_year}-analysis-plan-{form.year.fiscal_year + 1}.pdf",
        "".join(form.year.titles.report).format(year=form.year.fiscal_year),
    )


def unticked(form: ReportForm, ticked: Collection[str]) -> int:
    """Return how much a person has yet to check."""
    return _open(_ticks(form, ticked))


def _ticks(form: ReportForm, ticked: Collection[str]) -> Iterator[Tick]:
    for found in form.unchecked:
        key = key_of(form, found)
        yield Tick(key, form.say(found), key in ticked)


def _open(ticks: Iterable[Tick]) -> int:
    return sum(not tick.is_done for tick in ticks)


def key_of(form: ReportForm, found: Problem) -> str:
    """Return the key of something to check: another one as soon as what it is about is another."""
    about = [form.row(path) for path in (found.where, *found.also)]
    said = json.dumps([found.code, found.message, about], default=str, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _found(form: ReportForm, severity: Severity) -> tuple[ToMend, ...]:
    return tuple(
        ToMend(form.say(p), steps.step_of(p), p.label or steps.NAMES[steps.step_of(p)])
        for p in form.problems
        if p.severity is severity and not p.has(Flag.IS_DRAFT)
    )


def _drafts(form: ReportForm) -> tuple[tuple[str, str], ...]:
    remarks, plan = to_do.unread(form.report)
    of_issue, nth = Counter(row.issue for row in plan), Counter[int]()
    found = [(row.code, f"{steps.REMARKS}#card-{row.code}") for row in remarks]
    for row in plan:
        nth[row.issue] += 1
        which = f" แถวที่ {nth[row.issue]}" if of_issue[row.issue] > 1 else ""
        found.append((f"แผนประเด็นที่ {row.issue}{which}", f"{steps.PLAN}#issue-{row.issue}"))
    return tuple(found)
