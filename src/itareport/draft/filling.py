"""What a report leaves empty, filled with drafts; nobody's text is ever changed; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from itareport.draft.draft_rows import Drafts, Measures
from itareport.ita.catalogue import Catalogue, Issue
from itareport.ita.described import COLUMNS
from itareport.ita.kinds import KINDS
from itareport.ita.model import PlanRow, QuestionScore, Remark, Report

_NOTHING = "-–—•*·.… \n"
"""A text of these alone says nothing: a dash in a cell is how a clerk leaves it empty."""
_URGENT = 85


def fill(report: Report, catalogue: Catalogue, drafts: Drafts) -> Report:
    """Return the report with a marked draft for each empty remark and each issue without a plan.

    A remark is drafted for every question and item below the agency's threshold; of two halves
    of EIT the lower chooses the band.  A row of the plan is drafted for every issue that has
    none, or only rows with nothing in them.  Everything else stays as it is, an empty text (`""`)
    too: it is empty on purpose.
    """
    filling = _Filling(report, catalogue, drafts)
    remarks, plan = tuple(filling.remarks()), tuple(filling.plan())
    if (remarks, plan) == (report.remarks, report.plan):
        return report
    return report.model_copy(update={"remarks": remarks, "plan": plan})


@dataclass(frozen=True)
class _Filling:
    report: Report
    catalogue: Catalogue
    drafts: Drafts

    # -- remarks ---------------------------------------------------------------------------

    def remarks(self) -> Iterator[Remark]:
        """Yield the remarks, the empty ones filled in place, the missing ones added in order."""
        wanted = self._wanted()
        for remark in self.report.remarks:
            yield remark if says(remark.text) else wanted.pop(remark.code, remark)
        yield from wanted.values()

    def _wanted(self) -> dict[str, Remark]:
        said = {remark.code for remark in self.report.remarks if says(remark.text)}
        threshold = self.report.agency.maintain_from
        found: dict[str, Remark] = {}
        for row in self.report.scores:
            lowest = row.lowest
            if lowest is None or lowest >= threshold or row.code in said | set(found):
                continue
            if text := self._remark(row):
                found[row.code] = Remark(code=row.code, text=text, draft=True)
        return found

    def _remark(self, row: QuestionScore) -> str:
        """Return the draft for a score, "" where the catalogue calls its code by another name."""
        item = self.catalogue.item(row.code)
        draft = next((draft for draft in self.drafts.remarks if draft.code == row.code), None)
        lowest = row.lowest
        if item is None or draft is None or lowest is None or item.name != draft.name:
            return ""
        band = draft.band(lowest)
        reason = " ".join((row.reason or "").split())
        because = f"{self.drafts.reason.format(reason=reason)} " if reason else ""
        weakness = band.weakness.format(**self._words, because=because)
        return f"{weakness} {band.advice.format(**self._words)}"

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """What the blanks of the drafts say for this agency."""
        agency = self.report.agency
        names = {"agency": agency.full_name, "name": agency.name}
        words = {
            blank: word.kinds.get(agency.kind, word.otherwise).format(**names)
            for blank, word in self.drafts.words.items()
        }
        years = {"year": self.report.fiscal_year, "plan_year": self.report.plan_year}
        return words | {"agency": names["agency"]} | {k: str(year) for k, year in years.items()}

    # -- plan ------------------------------------------------------------------------------

    def plan(self) -> Iterator[PlanRow]:
        """Yield the plan; a draft stands in place of an empty row, else before later issues."""
        rows = list(self.report.plan)
        own = {issue.no: issue.items for issue in self.report.issues}
        for issue in self.catalogue.issues.rows:
            of_issue = [i for i, row in enumerate(rows) if row.issue == issue.no]
            if any(not _is_empty(rows[i]) for i in of_issue):
                continue
            grouped = issue.model_copy(update={"items": own.get(issue.no, issue.items)})
            if (row := self._plan_row(grouped)) is None:
                continue
            if of_issue:
                rows[of_issue[0]] = row
            else:
                after = (i for i, other in enumerate(rows) if other.issue > issue.no)
                rows.insert(next(after, len(rows)), row)
        yield from rows

    def _plan_row(self, issue: Issue) -> PlanRow | None:
        draft = next((draft for draft in self.drafts.plan if draft.issue == issue.no), None)
        if draft is None or draft.name != issue.name:
            return None
        low = self._low(issue)
        measures = draft.improve if low else draft.maintain
        return PlanRow(
            issue=issue.no,
            measures=self._said(measures.measures),
            findings=tuple(self._findings(issue, low)),
            steps=self._said(measures.steps),
            period=self._said(measures.period),
            responsible=tuple(dict.fromkeys(self._responsible(measures))),
            draft=True,
        )

    def _said(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text.format(**self._words) for text in texts)

    def _low(self, issue: Issue) -> list[QuestionScore]:
        """Return the rows of an issue with less than a full score, in the year's order."""
        rows = [row for row in self.report.scores if row.lowest is not None and row.lowest < 100]
        return [row for row in self._ordered(rows) if row.code in issue.items]

    def _ordered(self, rows: list[QuestionScore]) -> list[QuestionScore]:
        order = {code: index for index, code in enumerate(self.catalogue.codes)}
        return sorted((row for row in rows if row.code in order), key=lambda row: order[row.code])

    def _findings(self, issue: Issue, low: list[QuestionScore]) -> Iterator[str]:
        """Quote the indicators and codes that are low, and the lowest score; of none low, all."""
        patterns = self.drafts.findings
        rows = self._ordered([row for row in self.report.scores if row.code in issue.items])
        yield from self._indicators(dict.fromkeys(row.code for row in low or rows))
        lowest = min((row.lowest for row in low if row.lowest is not None), default=None)
        if lowest is not None:
            codes = dict.fromkeys(_half(row) for row in low if row.lowest == lowest)
            pattern = patterns.urgent if lowest < _URGENT else patterns.low
            yield pattern.format(codes=", ".join(codes), score=lowest)
        elif all(row.lowest is None for row in rows):
            yield patterns.unknown
        else:
            known = all(row.lowest is not None for row in rows)
            yield patterns.full if known else patterns.known_full

    def _indicators(self, codes: Mapping[str, None]) -> Iterator[str]:
        patterns = self.drafts.findings
        groups: dict[tuple[str, str, str], list[str]] = {}
        for code in codes:
            sub, indicator = (
                self.catalogue.sub_indicator_of(code),
                self.catalogue.indicator_of(code),
            )
            if sub is not None:
                key = (patterns.sub_indicator, sub.no, sub.name)
            elif indicator is not None:
                key = (patterns.indicator, str(indicator.no), indicator.name)
            else:
                key = (patterns.no_indicator, "", "")
            groups.setdefault(key, []).append(code)
        for (pattern, no, name), of_group in groups.items():
            yield pattern.format(no=no, name=name, codes=", ".join(of_group))

    def _responsible(self, measures: Measures) -> Iterator[str]:
        """Name the units with these duties, the agency's own where it lists them."""
        agency, duties = self.report.agency, self.drafts.duties
        kind = KINDS.get(agency.kind)
        units = agency.units or (kind.units if kind else ())
        wanted = [duties[name] for name in measures.responsible if name in duties]
        found = [next((u for u in units if any(w in u for w in d.words)), None) for d in wanted]
        if wanted and not any(found):
            yield wanted[0].otherwise.format(**self._words)
        yield from (unit for unit in found if unit)
        yield from self._said(tuple(text for text in measures.responsible if text not in duties))


def says(text: str) -> bool:
    """Tell whether a text is what somebody wants: a dash is not, an empty one is, on purpose."""
    return not text.strip() or bool(text.strip(_NOTHING))


def _is_empty(row: PlanRow) -> bool:
    """Tell whether no column of a row says anything, or that it is to stay empty."""
    return not any(says(text) for column in COLUMNS for text in getattr(row, column.name))


def _half(row: QuestionScore) -> str:
    """Name a code, and the half that its lowest score is of."""
    for part, score in ((1, row.part1), (2, row.part2)):
        if score is not None and score == row.lowest:
            return f"{row.code} (ส่วนที่ {part})"
    return row.code
