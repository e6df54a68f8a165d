"""What every part of the context needs: the facts, and the way words and digits print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from itareport import thai
from itareport.document import marks
from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Report

Digits = Literal["thai", "arabic"]
Context = dict[str, Any]
"""Strings, lists and mappings only."""

DASH = "–"
"""Is printed where there is nothing to print."""


@dataclass(frozen=True, slots=True)
class Words:
    """One report, its year, and how a text of either prints."""

    report: Report
    catalogue: Catalogue
    say: Callable[[str], str]

    def number(self, value: Decimal | int) -> str:
        """Print a figure: an official score with its two places, a year, an ordinal."""
        return self.say(str(value))

    def paragraphs(self, text: str | None) -> list[str]:
        """Print a text, each of its lines a paragraph."""
        return [self.say(line.strip()) for line in (text or "").split("\n") if line.strip()]

    def titles(self, lines: tuple[str, ...]) -> list[str]:
        """Print title lines of the catalogue, whose one blank is the year of the result."""
        return [self.say(line.format(year=self.report.fiscal_year)) for line in lines]


def speaker(
    catalogue: Catalogue, plan_catalogue: Catalogue | None, digits: Digits
) -> Callable[[str], str]:
    """Return the function from a text as typed to the text as printed, in digits of one kind."""
    if digits == "arabic":
        return lambda text: thai.arabic(thai.unmarked(text))
    codes = frozenset(catalogue.codes) | frozenset(plan_catalogue.codes if plan_catalogue else ())
    standards = catalogue.wording.standards
    return lambda text: thai.digits(text, lambda token: token.lower() in codes, standards)


def merge(rows: list[Context], name: str, keys: Iterable[object]) -> None:
    """Merge the cells `name` of neighbouring rows of one key; the first keeps its text."""
    for row, mark in zip(rows, marks.merges(keys), strict=True):
        row[f"{name}_merge"] = mark
        if mark == marks.MERGE_CONTINUE:
            row[name] = [""] if isinstance(row[name], list) else ""
