"""Decimal arithmetic of the assessment: means, half-up rounding, and formulas as text; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

ITEM_TOLERANCE = Decimal("0.01")
"""Official figures come from unrounded data, so what they are made from is off by as much."""
HALVES_TOLERANCE = Decimal("0.02")
"""The same where two halves of EIT come between."""
_CENT = Decimal("0.01")
_FINE = Decimal("0.000000001")


def half_up(value: Decimal) -> Decimal:
    """Round to two places as the NACC does."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the sum as a decimal, without a detour through floats."""
    return sum(values, Decimal(0))


def mean(values: Sequence[Decimal]) -> Decimal:
    """Return the unrounded mean."""
    return total(values) / len(values)


def agree(official: Decimal, computed: Decimal, tolerance: Decimal) -> bool:
    """Return whether an official figure can come from the same unrounded data as a computed one."""
    return abs(official - computed).quantize(_FINE, ROUND_HALF_UP) <= tolerance


def written(values: Iterable[Decimal]) -> str:
    """Write a mean as a formula: `(98.33 + 99.17 + 100.00) / 3`."""
    terms = [str(half_up(value)) for value in values]
    return f"({' + '.join(terms)}) / {len(terms)}"
