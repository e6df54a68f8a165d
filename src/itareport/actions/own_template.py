"""What an office's own template may use, and the shipped template as a file to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from itareport.actions.outcome import Outcome
from itareport.document.context import template_words
from itareport.document.word import examples
from itareport.files import assets, output


@dataclass(frozen=True, slots=True)
class Word:
    """A name that a template may print."""

    name: str
    meaning: str
    example: str
    """Tags that print it, as the shipped template has them."""


@dataclass(frozen=True, slots=True)
class WordsOutcome(Outcome):
    """All that a template may use."""

    sections: tuple[tuple[str, tuple[Word, ...]], ...] = ()
    """Headings, each with its names."""


def words() -> WordsOutcome:
    """Return every name that a template may print, with an example of each."""
    found = examples.of(assets.template().read_bytes())
    sections = (
        (title, tuple(Word(name, meaning, found[name]) for name, meaning in names))
        for title, names in template_words.SECTIONS
    )
    return WordsOutcome(sections=tuple(sections))


def export(target: Path) -> Outcome:
    """Write the shipped template into a new file, never over another.

    Raises:
        ItaReportError: O606 the file is there; those of output.
    """
    output.refuse_to_overwrite(target)
    output.folder(target.parent)
    output.write(target, assets.template().read_bytes())
    return Outcome(outputs=(target,))
