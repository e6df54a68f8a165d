"""Drafts of a result that is known by indicators only; nothing is said of its questions; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itareport.draft.draft_rows import Drafts
from itareport.ita.catalogue import Catalogue, Indicator
from itareport.ita.model import Published, Remark, Report

Scored = tuple[Indicator, Decimal]


def is_known_by_indicators(report: Report) -> bool:
    """Return whether the indicators are all that there is to say of the result."""
    return report.result.published is Published.INDICATORS


@dataclass(frozen=True)
class ByIndicator:
    """The indicators of a report, and what is drafted of them."""

    report: Report
    catalogue: Catalogue
    drafts: Drafts

    def of_issue(self, codes: Sequence[str]) -> list[Scored]:
        """Return the indicators that have a part in an issue's codes, with their scores."""
        official = {row.no: row.score for row in self.report.result.indicators}
        own = self.catalogue.indicators_among(codes)
        return [(row, official[row.no]) for row in own if row.no in official]

    def findings(self, codes: Sequence[str], urgent: int) -> Iterator[str]:
        """Name the indicators of an issue that are low, and the lowest; of none low, all."""
        patterns, rows = self.drafts.findings, self.of_issue(codes)
        low = [(row, score) for row, score in rows if score < 100]
        for row, _ in low or rows:
            parts = [c for c in codes if self.catalogue.indicator_of(c) == row]
            said = patterns.indicator.format(no=row.no, name=row.name, codes=", ".join(parts))
            yield said.removesuffix(" ()")
        if not low:
            yield patterns.full if rows else patterns.unknown
            return
        lowest = min(score for _, score in low)
        numbers = [str(row.no) for row, score in low if score == lowest]
        pattern = patterns.urgent if lowest < urgent else patterns.low
        yield pattern.format(codes=f"ตัวชี้วัดที่ {' และ '.join(numbers)}", score=lowest)

    def remarks(
        self, said: Sequence[Remark], words: Mapping[str, str], numbers: Mapping[int, str]
    ) -> Iterator[tuple[int, Remark]]:
        """Yield a remark for each indicator below the threshold about which nobody says anything.

        Args:
            said: What the report says of indicators and tools.
            words: The words for this agency.
            numbers: Of each indicator the number of the measure that answers it.
        """
        done = {remark.indicator for remark in said} | {remark.tool for remark in said}
        for row, score in self.of_issue(self.catalogue.codes):
            if score < self.report.agency.maintain_from and done.isdisjoint({row.no, row.tool}):
                text = self._remark(row, score, words, numbers.get(row.no, ""))
                yield row.no, Remark(code="", indicator=row.no, text=text, draft=True)

    def _remark(self, row: Indicator, score: Decimal, words: Mapping[str, str], number: str) -> str:
        band = next(band for band in self.drafts.indicators if score >= band.from_score)
        own = {**words, "no": str(row.no), "name": row.name, "score": f"{score} คะแนน"}
        parts = [band.weakness.format(**own), band.advice.format(**own)]
        return " ".join([*parts, *([self.drafts.pointer.format(measure=number)] if number else [])])
