"""The rows of a plan: drafted for issues without any, and the numbers of their measures; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest

from itareport import thai
from itareport.draft import lowest
from itareport.draft.blanks import EMPTY, got, half
from itareport.draft.by_indicator import ByIndicator, is_known_by_indicators
from itareport.draft.draft_rows import Drafts, Measure, PlanDraft
from itareport.draft.lowest import URGENT, Scored
from itareport.draft.plan_periods import periods
from itareport.ita import codes, measures
from itareport.ita.catalogue import AgencyKind, Catalogue
from itareport.ita.described import COLUMNS
from itareport.ita.model import PlanRow, Published, QuestionScore, Report, Use

_RUN = 4
"""So many codes in a row are written as one: `o1 ถึง o4`."""


@dataclass(frozen=True)
class Planning:
    """The plan of a report; `refresh` as `fill` has it."""

    report: Report
    catalogue: Catalogue
    kind: AgencyKind | None
    drafts: Drafts
    words: Mapping[str, str]
    refresh: bool

    def rows(self) -> tuple[PlanRow, ...]:
        """Return the plan, with drafts in place of empty rows, else before rows of later issues."""
        rows = [row for old in self.report.plan for row in self._renewed(old)]
        for issue, drafted in self._drafted.items():
            own = [i for i, row in enumerate(rows) if row.issue == issue]
            later = (i for i, row in enumerate(rows) if row.issue > issue)
            place = own[0] if own else next(later, len(rows))
            old = {i: rows[i] for i in own if self._is_old(rows[i])}
            new = [_kept(*pair) for pair in zip_longest(drafted, old.values()) if pair[0]]
            gone = {*own[:1], *old}
            after = [row for i, row in enumerate(rows) if i >= place and i not in gone]
            rows = [*rows[:place], *new, *after]
        return tuple(rows)

    def numbers_of_indicators(self, rows: Iterable[PlanRow]) -> dict[int, list[str]]:
        """Return of each indicator the numbers of the measures that answer it, one of an issue.

        In an issue that is the first row that has a measure and names the indicator, else the
        first that has a measure.
        """
        found: dict[int, list[str]] = defaultdict(list)
        numbered = list(_numbered(rows))
        only = {row.no: row.issues for row in self.drafts.remedies if row.issues}
        for issue, codes_of in self._grouping.items():
            own = [(number, row) for number, row in numbered if row.issue == issue]
            for indicator in self.catalogue.indicators_among(codes_of):
                naming = [number for number, row in own if _names_indicator(row, indicator.no)]
                if issue in only.get(indicator.no, (issue,)):
                    found[indicator.no] += (naming or [number for number, _ in own])[:1]
        return found

    def numbers(self, rows: Iterable[PlanRow]) -> dict[str, str]:
        """Return of each code the number of the measure that answers it: `5.2`.

        Measures are counted in each issue.  A code is answered by the first row of its issue
        whose findings name it, else by the first row that has a measure.
        """
        found: dict[str, str] = {}
        named: dict[str, str] = {}
        for number, row in _numbered(rows):
            in_findings = _quoted(row)
            for code in self._grouping.get(row.issue, ()):
                found.setdefault(code, number)
                if code in in_findings:
                    named.setdefault(code, number)
        return found | named

    # -- which issues --------------------------------------------------------------------------

    @cached_property
    def _grouping(self) -> dict[int, tuple[str, ...]]:
        own = {row.no: row.items for row in self.report.issues}
        return {row.no: own.get(row.no, row.items) for row in self.catalogue.issues.rows}

    @cached_property
    def _drafted(self) -> dict[int, list[PlanRow]]:
        """The new rows of each issue that gets any."""
        wanted: dict[int, PlanDraft] = {}
        for issue in self.catalogue.issues.rows:
            draft = next((row for row in self.drafts.plan if row.issue == issue.no), None)
            own = [row for row in self.report.plan if row.issue == issue.no]
            if draft and draft.name == issue.name and all(map(self._goes, own)):
                wanted[issue.no] = draft
        two = self._with_two(wanted)
        return {no: list(self._rows(draft, two=no in two)) for no, draft in wanted.items()}

    def _goes(self, row: PlanRow) -> bool:
        """Return whether a row is empty, or to be made anew."""
        return _is_empty(row) or self._is_old(row)

    def _is_old(self, row: PlanRow) -> bool:
        return self.refresh and row.draft

    def _renewed(self, old: PlanRow) -> Iterator[PlanRow]:
        """Yield a row; a draft beside confirmed rows of its issue answers what they leave."""
        issue = old.issue
        if not self._is_old(old) or issue in self._drafted or issue not in self._grouping:
            yield old
            return
        confirmed = [row for row in self.report.plan if row.issue == issue and not row.draft]
        named = set().union(*map(_quoted, confirmed))
        if low := [row for row in self._low(issue) if row.code not in named]:
            told = any(self.drafts.findings.hurry in text for r in confirmed for text in r.findings)
            findings = self._findings(issue, low, hurries=not told)
            yield old.model_copy(update={"findings": tuple(findings)})

    def _with_two(self, wanted: Mapping[int, PlanDraft]) -> set[int]:
        """Return the issues with two measures: the lowest below 85, as many as the size allows.

        Of issues that are as low those with the most low scores go first.
        """
        own = sum(len(row.measures) for row in self.report.plan if row.issue not in wanted)
        room = self.drafts.of_size(self.report.agency.size).measures - own - len(wanted)
        urgent = []
        for no, draft in wanted.items():
            low = self._low(no)
            answered = [row.code in draft.extra.answers for row in low]
            if any(answered) and not all(answered) and min(_lowest(low)) < URGENT:
                urgent.append((min(_lowest(low)), -len(low), no))
        return {no for *_, no in sorted(urgent)[: max(0, room)]}

    # -- the rows of an issue ------------------------------------------------------------------

    def _rows(self, draft: PlanDraft, *, two: bool) -> Iterator[PlanRow]:
        if is_known_by_indicators(self.report):
            yield self._row_by_indicator(draft)
            return
        low = self._low(draft.issue)
        answered = [row for row in low if row.code in draft.extra.answers]
        others = [row for row in low if row not in answered]
        if two:
            first = min(_lowest(others)) <= min(_lowest(answered))
            yield self._row(draft.issue, draft.improve, others, hurries=first)
            yield self._row(draft.issue, draft.extra, answered, hurries=not first)
        else:
            weak = self._has_low_total
            measure = _only(draft, others=weak or bool(others), answered=weak or bool(answered))
            yield self._row(draft.issue, measure, low)

    def _row_by_indicator(self, draft: PlanDraft) -> PlanRow:
        """Return the row of an issue of which no more than the indicators is known."""
        known = ByIndicator(self.report, self.catalogue, self.drafts)
        codes_of = self._grouping[draft.issue]
        low = known.codes_of_low(codes_of)
        answered = [any(code in draft.extra.answers for code in own) for own in low]
        others = [any(code not in draft.extra.answers for code in own) for own in low]
        measure = _only(draft, others=any(others), answered=any(answered))
        return self._made(draft.issue, measure, known.findings(codes_of))

    def _row(
        self, issue: int, measure: Measure, low: list[QuestionScore], *, hurries: bool = True
    ) -> PlanRow:
        return self._made(issue, measure, self._findings(issue, low, hurries=hurries))

    def _made(self, issue: int, measure: Measure, findings: Iterable[str]) -> PlanRow:
        return PlanRow(
            issue=issue,
            measures=self._said([measure.measure]),
            findings=tuple(findings),
            steps=self._said(measure.steps),
            period=periods(self.report, self.drafts.periods),
            responsible=tuple(dict.fromkeys(self._responsible(measure))),
            draft=True,
        )

    def _said(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(text.format(**self.words) for text in texts)

    def _low(self, issue: int) -> list[QuestionScore]:
        """Return the rows of an issue with less than a full score, in the year's order."""
        return [row for row in self._of(issue) if row.lowest is not None and row.lowest < 100]

    def _of(self, issue: int) -> list[QuestionScore]:
        order = {code: index for index, code in enumerate(self.catalogue.codes)}
        own = set(self._grouping[issue]) & set(order)
        rows = [row for row in self.report.scores if row.code in own]
        return sorted(rows, key=lambda row: order[row.code])

    # -- findings ------------------------------------------------------------------------------

    def _findings(self, issue: int, low: list[QuestionScore], *, hurries: bool) -> Iterator[str]:
        """Quote the indicators and codes that are low, and the lowest scores; of none low, all."""
        patterns = self.drafts.findings
        rows = self._of(issue)
        yield from self._indicators(dict.fromkeys(row.code for row in low or rows))
        of_issue = list(_lowest(rows))
        if not of_issue:
            yield self._unknown()
        elif low:
            scored, high = [self._scored(row) for row in low], lowest.high(self.report)
            yield lowest.sentence(patterns, scored, of_issue, hurries=hurries, high=high)
        else:
            known = all(row.lowest is not None for row in rows)
            yield patterns.full if known else patterns.known_full

    @property
    def _has_low_total(self) -> bool:
        """Whether no more is known than a total below 85."""
        return self._total_alone is not None and self._total_alone < URGENT

    @property
    def _total_alone(self) -> Decimal | None:
        """The total where no more is known."""
        result = self.report.result
        return result.total if result.published is Published.TOTAL else None

    def _unknown(self) -> str:
        """Return what is said of an issue of which no score is known."""
        patterns, total = self.drafts.findings, self._total_alone
        if total is None:
            return patterns.unknown
        follows = patterns.improve if self._has_low_total else patterns.go_on
        return f"{patterns.total.format(score=f'{total} คะแนน')} {follows}"

    def _scored(self, row: QuestionScore) -> Scored:
        """Return the scores of a row under its name, with the half where only one is meant."""
        patterns, is_item = self.drafts.findings, self._is_item(row.code)
        part = None if max(row.known) < URGENT else half(row)
        code = f"{row.code} (ส่วนที่ {part})" if part else row.code
        name = (patterns.item if is_item else patterns.question).format(code=code)
        return Scored(name, name if is_item else code, row.known, got(row, both=True))

    def _is_item(self, code: str) -> bool:
        item = self.catalogue.item(code)
        return item is not None and item.official

    def _indicators(self, wanted: Mapping[str, None]) -> Iterator[str]:
        patterns = self.drafts.findings
        groups: dict[tuple[str, str, str], list[str]] = {}
        for code in wanted:
            sub = self.catalogue.sub_indicator_of(code)
            indicator = self.catalogue.indicator_of(code)
            if sub is not None:
                key = (patterns.sub_indicator, sub.no, sub.name)
            elif indicator is not None:
                key = (patterns.indicator, str(indicator.no), indicator.name)
            else:
                key = (patterns.no_indicator, "", "")
            groups.setdefault(key, []).append(code)
        for (pattern, no, name), of_group in groups.items():
            yield pattern.format(no=no, name=name, codes=codes.listed(of_group, run=_RUN))

    def _responsible(self, measure: Measure) -> Iterator[str]:
        """Name the units with these duties, the agency's own where it lists them."""
        agency, duties = self.report.agency, self.drafts.duties
        units = agency.units or (self.kind.units if self.kind else ())
        wanted = [duties[name] for name in measure.responsible if name in duties]
        found = [duty.unit(units) for duty in wanted]
        if wanted and not any(found):
            yield wanted[0].otherwise.format(**self.words)
        yield from (unit for unit in found if unit)
        yield from self._said(text for text in measure.responsible if text not in duties)


def _kept(row: PlanRow, old: PlanRow | None) -> PlanRow:
    """Return a row with the columns that no draft has as the row that it replaces had them."""
    columns = [column.name for column in COLUMNS if column.use is Use.OPTIONAL]
    return row.model_copy(update={name: getattr(old, name) for name in columns}) if old else row


def _only(draft: PlanDraft, *, others: bool, answered: bool) -> Measure:
    """Return the measure of an issue that has one, by what is low: what `extra` answers, others."""
    if not others:
        return draft.extra if answered else draft.maintain
    steps = (*draft.improve.steps, *([draft.extra.short] if answered else []))
    return draft.improve.model_copy(update={"steps": steps})


def _lowest(rows: Iterable[QuestionScore]) -> Iterator[Decimal]:
    """Yield the lowest score of each row that has any."""
    return (row.lowest for row in rows if row.lowest is not None)


def _numbered(rows: Iterable[PlanRow]) -> Iterator[tuple[str, PlanRow]]:
    """Yield the rows that have a measure, with the number of the first."""
    plan = tuple(rows)
    for numbers, row in zip(measures.numbers(plan), plan, strict=True):
        if any(measure.strip(EMPTY) for measure in row.measures):
            yield numbers[0], row


def _names_indicator(row: PlanRow, no: int) -> bool:
    """Return whether the findings of a row name an indicator by its number."""
    text = thai.arabic("\n".join(row.findings))
    return bool(re.search(rf"ตัวชี้วัด(?:ที่)?\s*{no}(?![0-9]|\.[0-9])", text))


def _quoted(row: PlanRow) -> set[str]:
    """Return the codes that the findings of a row name."""
    return {quoted.code for text in row.findings for quoted in codes.find(text)}


def _is_empty(row: PlanRow) -> bool:
    """Return whether no column of a row has a text that somebody meant."""
    texts = [text for column in COLUMNS for text in getattr(row, column.name)]
    return all(text.strip() and not text.strip(EMPTY) for text in texts)
