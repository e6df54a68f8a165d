"""List, show and export the catalogues and kinds of agency that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from itareport import thai
from itareport.actions.outcome import Outcome
from itareport.files import output
from itareport.ita import catalogue
from itareport.ita.model import christian_year
from itareport.problems import ItaReportError, problem


@dataclass(frozen=True, slots=True)
class CatalogueOutcome(Outcome):
    """The catalogues that were asked for: the years there are, or one year written out."""

    years: tuple[int, ...] = ()
    text: str = ""


KINDS = "kinds"
"""The word in place of a year for the kinds of agency."""


def year_or_kinds(typed: str) -> int | None:
    """Return the fiscal year that a person typed, or None for the kinds of agency.

    Raises:
        ItaReportError: D126 the text is neither.
    """
    return None if typed == KINDS else year(typed)


def year(typed: str) -> int:
    """Return the fiscal year that a person typed, in either digits.

    Raises:
        ItaReportError: D126 the text is no Buddhist year.
    """
    digits = thai.arabic(typed.strip())
    hint = christian_year(digits)
    if hint or not (digits.isdecimal() and len(digits) == 4):
        raise ItaReportError(problem("D126", value=typed, hint=hint))
    return int(digits)


def known() -> CatalogueOutcome:
    """Return the years that have a catalogue."""
    return CatalogueOutcome(years=catalogue.known_years())


def show(fiscal_year: int | None) -> CatalogueOutcome:
    """Return all that a year's catalogue asks for, or the kinds of agency (None), as text.

    Raises:
        ItaReportError: D110 where there is no catalogue of that year.
    """
    of = catalogue.load(fiscal_year) if fiscal_year else catalogue.packaged_kinds()
    return CatalogueOutcome(text=catalogue.overview(of))


def export(fiscal_year: int | None, target: Path) -> Outcome:
    """Write a year's catalogue, or the kinds of agency, into a new file, never over another.

    Raises:
        ItaReportError: O606 the file is there; D110 no catalogue of that year; those of output.
    """
    output.refuse_to_overwrite(target)
    output.folder(target.parent)
    output.write(target, catalogue.export(fiscal_year))
    return Outcome(outputs=(target,))
