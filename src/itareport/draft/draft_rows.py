"""The drafts of one fiscal year: frozen Pydantic models, no input or output."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from itareport.ita.catalogue.sections import Frozen, Words
from itareport.ita.model import Code, FiscalYear, Score, Size, Whole

OF_KIND = ("staff", "budget_law", "unit")
"""The blanks, beside `executive`, for which a kind of agency may have its own word."""
Lines = Annotated[tuple[Words, ...], Field(min_length=1)]
OTHERWISE: Literal["otherwise"] = "otherwise"
"""The key of the size that is not known."""


class Duty(Frozen):
    """A duty in an agency: words in the name of its unit, and the text where no unit has them."""

    words: Lines
    but: tuple[Words, ...] = ()  # words that hold one of these and mean another duty
    otherwise: Words

    def unit(self, units: Iterable[str]) -> str | None:
        """Return the first unit that has the first of the words that any has, if one has any."""
        meant = {unit: self._meant(unit) for unit in units}
        return next((u for word in self.words for u, text in meant.items() if word in text), None)

    def _meant(self, name: str) -> str:
        """Return the name of a unit without the words that mean another duty."""
        for words in self.but:
            name = name.replace(words, "")
        return name


class OfSize(Frozen):
    """What an agency of a size can do."""

    measures: Whole  # the most that its plan has
    team: Words  # who does what several units have to do


class Period(Frozen):
    """Months of the plan's fiscal year, and what is done in them."""

    first: Annotated[int, Field(ge=1, le=12)]
    last: Annotated[int, Field(ge=1, le=12)]
    what: Words
    late: Words = ""  # what is done in them where all months before have passed


class FollowUp(Frozen):
    """The paragraph below a plan in which no row has a follow-up of its own."""

    report: Words
    first: Annotated[int, Field(ge=1, le=12)]  # the month of the first report
    late: Words  # what is said instead where the plan is signed after that month
    through: Words  # its words where the agency's kind has a permanent secretary


class Reasons(Frozen):
    """How a remark quotes the reason that ITAS gave, in place of the program's own words."""

    question: Words  # the beginning of a remark on a question
    said: Words
    because: Words  # of an item
    advice: Words  # of an item


class Causes(Frozen):
    """How a remark says the cause that the agency knows, between what is weak and what to do."""

    said: Words
    begun: Words  # of a cause that begins with one of `begins`
    begins: Lines
    advice: dict[Words, Words]  # how an advice begins after a cause, by how it begins without
    item: Words  # what is weak at an item, and what to do, where the usual words are too long
    item_advice: Words


class Findings(Frozen):
    """How the findings of a plan row read."""

    indicator: Words
    sub_indicator: Words
    no_indicator: Words  # items whose indicator is not known
    question: Words  # the name of a question in what follows
    item: Words  # that of an item
    low: Words  # the lowest of the issue, 85 or more
    beside: Words  # the lowest of a row, 85 or more, where another row of its issue has a lower one
    urgent: Words  # below 85
    several: Words  # two and more below 85, with different scores from `first` to `last`
    improve: Words  # what follows from it
    hurry: Words  # the same below 85, once in an issue
    high: Words  # the same from 95 on, or from the agency's own threshold on
    full: Words  # all items of the issue have full scores
    known_full: Words  # the same, as far as they have scores
    full_indicators: Words  # the same of indicators, where no more is known
    unknown: Words  # no item of the issue has a score
    total: Words  # the same where no more than the total is known
    go_on: Words  # what follows from a total of 85 or more


class Band(Frozen):
    """What is weak and what to do, for scores from `from_score` up to the band above."""

    from_score: Score
    weakness: Words
    advice: Words


class IndicatorBand(Band):
    """A band of the indicators; `other` is what is weak of every second one."""

    other: Words


class Remedy(Frozen):
    """What to do about an indicator, where no more is known; `name` as in the catalogue."""

    no: Whole
    name: Words
    remedy: Words
    issues: tuple[Whole, ...] = ()  # whose measures hold it, where the year has no split of items


class RemarkDraft(Frozen):
    """The drafts of one question or item, best band first; `name` as in the catalogue."""

    code: Code
    name: Words
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    def band(self, score: Decimal) -> Band:
        """Return the band of a score; one above 0 is never in the band that begins and ends at 0.

        OIT has bands from 50 and from 0: whatever is above 0 earned something.
        """
        *upper, last = self.bands
        if score > 0 and len(upper) == 1:
            return upper[0]
        return next((band for band in upper if score >= band.from_score), last)


class Measure(Frozen):
    """The columns of a plan row but its findings and its period."""

    measure: Words
    steps: Lines
    responsible: Lines  # names of duties, or text with a blank


class Extra(Measure):
    """A measure that answers some codes of its issue, where it is worth one of its own."""

    answers: Annotated[tuple[Code, ...], Field(min_length=1)]
    short: Words  # the step of `improve` that stands for it otherwise


class PlanDraft(Frozen):
    """The drafts of one issue: with low scores, and without; `name` as in the catalogue."""

    issue: Whole
    name: Words
    improve: Measure
    extra: Extra
    maintain: Measure


class Drafts(Frozen):
    """All drafts of one fiscal year."""

    fiscal_year: FiscalYear
    words: dict[str, Words]  # the text of a blank for which the agency's kind has no word
    sizes: dict[Size | Literal["otherwise"], OfSize]
    duties: dict[str, Duty]
    periods: Annotated[tuple[Period, ...], Field(min_length=1)]
    pointer: Words  # the measure that answers a remark
    follow_up: FollowUp
    reasons: Reasons
    causes: Causes
    findings: Findings
    indicators: Annotated[tuple[IndicatorBand, ...], Field(min_length=1)]  # by indicators
    remedies: tuple[Remedy, ...]  # for them
    remarks: tuple[RemarkDraft, ...]
    plan: tuple[PlanDraft, ...]

    def of_size(self, size: Size | None) -> OfSize:
        """Return what an agency of a size can do, of an unknown size what all can."""
        return self.sizes.get(size or OTHERWISE, self.sizes[OTHERWISE])
