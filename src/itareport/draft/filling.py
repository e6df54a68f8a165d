"""Fill what a report leaves empty with drafts; nobody's text is ever changed; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itareport.draft.blanks import EMPTY, LONGEST, blanks, got
from itareport.draft.by_indicator import ByIndicator, is_known_by_indicators
from itareport.draft.draft_rows import Band, Drafts
from itareport.draft.plan_periods import is_signed_after
from itareport.draft.planning import Planning
from itareport.ita import remarked
from itareport.ita.catalogue import Catalogue, Item, Kinds
from itareport.ita.model import PlanRow, QuestionScore, Remark, Report


def fill(
    report: Report, catalogue: Catalogue, kinds: Kinds, drafts: Drafts, *, refresh: bool = False
) -> Report:
    """Return the report with a marked draft for each empty remark and each issue without a plan.

    A remark is drafted for every question and item below the agency's threshold, or for every
    indicator where no more is known; of two halves of EIT the lower chooses the band.  Rows of the
    plan are drafted for every issue that has none, or only rows with nothing in them; a paragraph
    of follow-up goes with them where neither the report nor a row has any.  Everything else stays
    as it is, an empty text (`""`) too: it is empty on purpose.

    Args:
        report: The report.
        catalogue: Of its fiscal year.
        kinds: The kinds of agency.
        drafts: Of its fiscal year.
        refresh: Whether a text that is still marked as a draft counts as empty, and is made anew.
    """
    kind = kinds.kind(report.agency.kind)
    words = blanks(report, kind, kinds.family(kind), drafts)
    planning = Planning(report, catalogue, kind, drafts, words, refresh=refresh)
    plan = planning.rows()
    numbers = planning.numbers(plan)
    of_indicators = planning.numbers_of_indicators(plan)
    filling = _Filling(report, catalogue, drafts, words, numbers, of_indicators, refresh)
    remarks = tuple(filling.remarks())
    if (remarks, plan) == (report.remarks, report.plan):
        return report
    said = report.follow_up or _follow_up(report, plan, drafts, words)
    return report.model_copy(update={"remarks": remarks, "plan": plan, "follow_up": said})


def _follow_up(
    report: Report, plan: Sequence[PlanRow], drafts: Drafts, words: Mapping[str, str]
) -> str | None:
    """Return who follows up a plan of which a row is a new draft and no row says it.

    A plan that is signed after the first half of its year has no report of that half.
    """
    if plan == report.plan or any(row.follow_up for row in plan):
        return None
    said = drafts.follow_up
    pattern = said.late if is_signed_after(report, said.first) else said.report
    return pattern.format(**words)


_Wanted = dict[str | int | None, Remark]
"""The new remarks, by the code or the indicator that each is about."""
_ENDS = " .“”"
"""What may stand around a cause and says nothing."""


@dataclass(frozen=True)
class _Filling:
    """The remarks of a report, the empty ones drafted."""

    report: Report
    catalogue: Catalogue
    drafts: Drafts
    words: Mapping[str, str]
    numbers: Mapping[str, str]
    """Of each code the number of the measure that answers it."""
    of_indicators: Mapping[int, list[str]]
    refresh: bool

    def remarks(self) -> Iterator[Remark]:
        """Yield the remarks, the empty ones filled in place, the missing ones added in order."""
        wanted = self._wanted()
        for remark in self.report.remarks:
            if self._stays(remark):
                yield remark
            elif (key := remark.code or remark.indicator) in wanted:
                yield wanted.pop(key)
            elif not (self.refresh and remark.draft):
                yield remark
        yield from wanted.values()

    def _stays(self, remark: Remark) -> bool:
        return says(remark.text) and not (self.refresh and remark.draft)

    def _wanted(self) -> _Wanted:
        kept = [remark for remark in self.report.remarks if self._stays(remark)]
        if is_known_by_indicators(self.report):
            known = ByIndicator(self.report, self.catalogue, self.drafts)
            return dict(known.remarks(kept, self.words, self.of_indicators))
        said = {code for remark in kept for code in remarked.covered(remark, self.catalogue)}
        threshold = self.report.agency.maintain_from
        found: _Wanted = {}
        for row in self.report.scores:
            lowest = row.lowest
            if lowest is None or lowest >= threshold or row.code in {*said, *found}:
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
        threshold = self.report.agency.maintain_from
        low = [score for score in row.known if score < threshold and draft.band(score) is band]
        score = got(row, both=len(low) == 2)
        return self._text(row, band, {"code": row.code, "item": item.name, "score": score}, item)

    def _text(self, row: QuestionScore, band: Band, said: Mapping[str, str], item: Item) -> str:
        """Return a remark; what ITAS or the agency says leaves out what has no room beside it."""
        words, reason = {**self.words, **said}, _unquoted(" ".join((row.reason or "").split()))
        cause = " ".join((row.cause or "").split())
        if cause.strip(_ENDS) in reason:  # the agency typed the reason twice
            cause = ""
        parts = self._parts(band, reason, cause, words, is_item=item.official)
        number = self.numbers.get(row.code)
        pointer = [self.drafts.pointer.format(measure=number)] if number else []
        if cause:
            parts = self._with_cause(parts, cause)
        if (cause or reason) and len(" ".join([*parts, *pointer])) > LONGEST:
            parts = self._in_short(parts, words, is_item=item.official)
        return " ".join([*parts, *pointer])

    def _parts(
        self, band: Band, reason: str, cause: str, words: Mapping[str, str], *, is_item: bool
    ) -> tuple[str, ...]:
        """Return what is weak and what to do; a reason of ITAS is never beside a guess.

        Of a reason and a cause one alone begins with `because`.
        """
        weakness, advice = band.weakness.format(**words), band.advice.format(**words)
        if not reason:
            return weakness, advice
        reasons = self.drafts.reasons
        said = reasons.said.format(reason=reason)
        if not is_item:
            return reasons.question.format(**words), said, self._after_more(advice)
        because = reasons.because.format(reason=reason)
        twice = reason.startswith(because.split()[0]) or cause.startswith(self.drafts.causes.begins)
        return weakness, said if twice else because, reasons.advice

    def _with_cause(self, parts: Sequence[str], cause: str) -> tuple[str, ...]:
        """Return the parts of a remark with the cause that the agency knows before the advice."""
        causes, (*weak, advice) = self.drafts.causes, parts
        said = causes.begun if cause.startswith(causes.begins) else causes.said
        return *weak, said.format(cause=cause), self._after_more(advice)

    def _after_more(self, advice: str) -> str:
        """Return an advice as it begins where more than what is weak stands before it."""
        begins = self.drafts.causes.advice
        old = next((old for old in begins if advice.startswith(old)), "")
        return begins.get(old, "") + advice.removeprefix(old)

    def _in_short(
        self, parts: Sequence[str], words: Mapping[str, str], *, is_item: bool
    ) -> tuple[str, ...]:
        """Leave the room to what ITAS and the agency say: of the program's words the shortest."""
        (weakness, *said, advice), drafts = parts, self.drafts
        short = (drafts.causes.item if is_item else drafts.reasons.question).format(**words)
        shortest = drafts.causes.item_advice if is_item else advice
        return min(weakness, short, key=len), *said, min(advice, shortest, key=len)


def _unquoted(reason: str) -> str:
    """Take away the quotation marks that a reason was pasted with: the remark puts its own."""
    inner = reason.removeprefix("“").removesuffix("”")
    return reason if set(inner) & set("“”") else inner


def says(text: str) -> bool:
    """Return whether somebody meant a text: a dash alone is not meant, an empty text is."""
    return not text.strip() or bool(text.strip(EMPTY))
