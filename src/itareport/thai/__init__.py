"""Digits, Buddhist years, dates, normalisation of Thai text; pure."""

from itareport.thai.area_names import BANGKOK, area, bare_area
from itareport.thai.characters import (
    Fault,
    character_name,
    faults,
    is_unseen,
    shown,
    symbols,
    words_near,
)
from itareport.thai.dates import (
    BUDDHIST,
    MONTHS,
    SHORT_MONTHS,
    long_date,
    parse_date,
    range_dashes,
    short_months,
)
from itareport.thai.mending import Change, key, normalise, one_of
from itareport.thai.numerals import arabic, counted, decimal, digits, thai_digits, unmarked

__all__ = [
    "BANGKOK",
    "BUDDHIST",
    "MONTHS",
    "SHORT_MONTHS",
    "Change",
    "Fault",
    "arabic",
    "area",
    "bare_area",
    "character_name",
    "counted",
    "decimal",
    "digits",
    "faults",
    "is_unseen",
    "key",
    "long_date",
    "normalise",
    "one_of",
    "parse_date",
    "range_dashes",
    "short_months",
    "shown",
    "symbols",
    "thai_digits",
    "unmarked",
    "words_near",
]
