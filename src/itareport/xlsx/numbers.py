"""Numbers and dates of cells as text: exact decimals, ISO dates; pure."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Literal

Format = Literal["plain", "percent", "date"]

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)}
_BUILT_IN_PERCENTS = {9, 10, 67, 68}
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - the same


def format_kind(number: int, code: str | None) -> Format:
    """Return what a number format shows: a date, a percentage, or the number itself."""
    if code is None:
        if number in _BUILT_IN_DATES:
            return "date"
        return "percent" if number in _BUILT_IN_PERCENTS else "plain"
    bare = _NO_CODE.sub("", code.split(";")[0]).lower()
    if "general" in bare:
        return "plain"
    if re.search("[dmyb]|ว|ด|ป", bare):
        return "date"
    return "percent" if "%" in bare else "plain"


def shown(value: str, form: Format, *, since_1904: bool) -> str | None:
    """Write a stored number as the clerk sees it, without the noise of binary fractions.

    Fifteen digits are what a spreadsheet itself keeps to.  None where it is no number.
    """
    try:
        number = float(value)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    if form == "date" and (date := _date(number, since_1904=since_1904)):
        return date
    exact = Decimal(f"{number:.15g}")
    if form == "percent":
        exact = (exact * 100).normalize()
    if exact == exact.to_integral_value() and abs(exact) < 10**15:
        return str(int(exact))
    return f"{exact:f}" if -20 < exact.adjusted() < 20 else str(exact)


def _date(number: float, *, since_1904: bool) -> str | None:
    try:
        date = (_EPOCH_1904 if since_1904 else _EPOCH) + dt.timedelta(days=math.floor(number))
    except OverflowError:
        return None
    return date.date().isoformat() if number >= 1 else None
