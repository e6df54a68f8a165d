"""Drafts of a result that is known by indicators only; nothing is said of its questions; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itareport.draft import lowest
from itareport.draft.draft_rows import Drafts
from itareport.draft.lowest import Scored
from itareport.ita import measures
from itareport.ita.catalogue import Catalogue, Indicator
from itareport.ita.model import Published, Remark, Report

_Official = tuple[Indicator, Decimal]


def is_known_by_indicators(report: Report) -> bool:
    """Return whether the indicators are all that there is to say of the result."""
    return report.result.published is Published.INDICATORS


@dataclass(frozen=True)
class ByIndicator:
    """The indicators of a report, and what is drafted of them."""

    report: Report
    catalogue: Catalogue
    drafts: Drafts

    def of_issue(self, codes: Sequence[str]) -> list[_Official]:
        """Return the indicators that have a part in an issue's codes, with their scores."""
        official = {row.no: row.score for row in self.report.result.indicators}
        own = self.catalogue.indicators_among(codes)
        return [(row, official[row.no]) for row in own if row.no in official]

    def codes_of_low(self, codes: Sequence[str]) -> list[list[str]]:
        """Return of each indicator of an issue that is not full its codes there.

        Where the year does not say of which indicator a code is, it may be of each of its tool.
        """
        low = [row for row, score in self.of_issue(codes) if score < 100]
        return [[code for code in codes if self._may_be_of(row, code)] for row in low]

    def _may_be_of(self, row: Indicator, code: str) -> bool:
        known, tool = self.catalogue.indicator_of(code), self.catalogue.tool_of(code)
        return known == row if known else tool is not None and tool.code == row.tool

    def findings(self, codes: Sequence[str]) -> Iterator[str]:
        """Name the indicators of an issue that are low, and their scores; of none low, all.

        No code is named: nobody gave the scores of any.
        """
        patterns, rows = self.drafts.findings, self.of_issue(codes)
        low = [(row, score) for row, score in rows if score < 100]
        for row, _ in low or rows:
            said = patterns.indicator.format(no=row.no, name=row.name, codes="")
            yield said.removesuffix(" ()")
        if low:
            of_issue = [score for _, score in rows]
            scored, high = [_scored(*pair) for pair in low], lowest.high(self.report)
            yield lowest.sentence(patterns, scored, of_issue, hurries=True, high=high)
        else:
            yield patterns.full_indicators if rows else patterns.unknown

    def remarks(
        self, said: Sequence[Remark], words: Mapping[str, str], numbers: Mapping[int, list[str]]
    ) -> Iterator[tuple[int, Remark]]:
        """Yield a remark for each indicator below the threshold about which nobody says anything.

        Args:
            said: What the report says of indicators and tools.
            words: The words for this agency.
            numbers: Of each indicator the numbers of the measures that answer it.
        """
        done = {remark.indicator for remark in said} | {remark.tool for remark in said}
        for row, score in self.of_issue(self.catalogue.codes):
            if score >= self.report.agency.maintain_from or not done.isdisjoint({row.no, row.tool}):
                continue
            if text := self._remark(row, score, words, numbers.get(row.no, [])):
                yield row.no, Remark(code="", indicator=row.no, text=text, draft=True)

    def _remark(
        self, row: Indicator, score: Decimal, words: Mapping[str, str], numbers: Sequence[str]
    ) -> str:
        """Return the draft for a score, "" where the catalogue calls its indicator otherwise."""
        remedy = next((one for one in self.drafts.remedies if one.no == row.no), None)
        if remedy is None or remedy.name != row.name:
            return ""
        band = next(band for band in self.drafts.indicators if score >= band.from_score)
        own = {"no": str(row.no), "name": row.name, "score": f"{score} คะแนน"}
        said = {**words, **own, "remedy": remedy.remedy.format(**words)}
        weakness = band.weakness if row.no % 2 else band.other
        parts = [weakness.format(**said), band.advice.format(**said)]
        pointer = self.drafts.pointer.format(measure=measures.listed(numbers)) if numbers else ""
        return " ".join([*parts, pointer]).strip()


def _scored(indicator: Indicator, score: Decimal) -> Scored:
    name = f"ตัวชี้วัดที่ {indicator.no}"
    return Scored(name, name, (score,), f"{score} คะแนน", counted="ตัวชี้วัด")
