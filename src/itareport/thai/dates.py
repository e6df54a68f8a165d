"""Dates with Buddhist years, as Thai offices write them; pure."""

from __future__ import annotations

import datetime as dt
import re

from itareport.thai.numerals import arabic

MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
BUDDHIST = 543
"""Years of the Buddhist era before the first of the Gregorian one."""

_MONTH_NUMBER = {
    name.replace(".", ""): number
    for names in (MONTHS, SHORT_MONTHS)
    for number, name in enumerate(names, 1)
}
# pythainlp's thai_strptime reads 1/11/2568 as a day of January, so dates are read here.
_WORDED = re.compile(
    r"(?:วันที่)?\s*([0-9]{1,2})\s*(?:เดือน)?\s*([ก-๎.]+?)\s*((?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?)\s*([0-9]{2}|[0-9]{4})"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/-])([0-9]{1,2})\2([0-9]{1,2})")

_SHORT = dict(zip(MONTHS, SHORT_MONTHS, strict=True))
_LONG_MONTH = re.compile(rf"(?:เดือน\s*)?({'|'.join(MONTHS)})(?:\s*พ\.?\s?ศ\.?(?=\s*[0-9๐-๙]))?")
_NAME = "|".join(map(re.escape, (*MONTHS, *SHORT_MONTHS)))
_NUMBER = "(?:[0-9]{1,2}|25[0-9]{2})"
_RANGE = re.compile(
    rf"((?:{_NAME}|[0-9๐-๙]))\s*-\s*(?={_NAME})|((?:{_NAME}))\s*-\s*(?=[0-9๐-๙])|([0-9๐-๙])\s+-\s+(?=[0-9๐-๙])"
)
_NUMBERS = re.compile(rf"(?<![0-9-])({_NUMBER})-(?={_NUMBER}(?![0-9-]))")


def short_months(text: str) -> str:
    """Shorten the months of a period: `ธันวาคม พ.ศ. 2568` to `ธ.ค. 2568`."""
    spaced = _LONG_MONTH.sub(lambda month: f" {_SHORT[month[1]]} ", text)
    return " ".join(spaced.split()).replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def range_dashes(text: str) -> str:
    """Put a dash for the hyphen of a range of months, years or numbers."""
    if "-" not in text:
        return text
    text = _RANGE.sub(lambda hyphen: f"{hyphen[1] or hyphen[2] or hyphen[3]} – ", text)
    return _NUMBERS.sub(r"\1–", text)


def parse_date(text: str) -> dt.date | None:
    """Read a date however a Thai office writes it; None where it is none.

    `1 ตุลาคม 2568`, `๑ ต.ค. ๖๘`, `1/10/68`, `1/10/2568`, `2568-10-01`.  A year above 2400 is
    Buddhist, one of two digits is 25xx, one from 1900 to 2400 Gregorian.
    """
    text = arabic(text.strip())
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[4], int(match[3]), match[1])
    if match := _DAY_FIRST.fullmatch(text):
        return _date(match[1], int(match[3]), match[4])
    if match := _WORDED.fullmatch(text):
        month = _MONTH_NUMBER.get(match[2].replace(".", ""))
        return _date(match[1], month, match[4], match[3]) if month else None
    return None


def _date(day: str, month: int, year: str, era: str = "") -> dt.date | None:
    number = int(year) + 2500 if len(year) == 2 else int(year)
    if 1900 <= number <= 2400 and not era.startswith("พ"):
        gregorian = number
    elif 2400 < number < 2700 and not (era.startswith("ค") and len(year) == 4):
        gregorian = number - BUDDHIST
    else:
        return None
    try:
        return dt.date(gregorian, month, int(day))
    except ValueError:
        return None


def long_date(date: dt.date) -> str:
    """Write a Gregorian date in full with its Buddhist year: `1 ตุลาคม 2568`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year + BUDDHIST}"
