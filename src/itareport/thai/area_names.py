"""Districts and provinces, as typed and as printed; pure."""

from __future__ import annotations

import re

_DISTRICT = re.compile(r"^(?:กิ่งอำเภอ|อำเภอ|อ\.)\s*")
_KHET = re.compile(r"^(?:เขต|อำเภอ|อ\.)\s*")
_PROVINCE = re.compile(r"^(?:จังหวัด|จ\.)\s*")
BANGKOK = "กรุงเทพมหานคร"
"""The province whose districts are เขต, and which no word stands before."""


def bare_area(district: str, province: str) -> tuple[str, str]:
    """Return the names of district and province without the words before them.

    `อ.เมือง`, `จ.พัทลุง` give `เมืองพัทลุง`, `พัทลุง`; short forms of Bangkok its full name.
    """
    province = _PROVINCE.sub("", province.strip())
    if province in {"กรุงเทพ", "กรุงเทพฯ", "กทม", "กทม."}:
        province = BANGKOK
    prefix = _KHET if province == BANGKOK else _DISTRICT
    district = prefix.sub("", district.strip())
    return (district + province if district == "เมือง" else district), province


def area(district: str, province: str) -> str:
    """Name district and province as the cover prints them: `อำเภอตะโหมด จังหวัดพัทลุง`."""
    district, province = bare_area(district, province)
    words = ("เขต", "") if province == BANGKOK else ("อำเภอ", "จังหวัด")
    named = zip(words, (district, province), strict=True)
    return " ".join(f"{word}{name}" for word, name in named if name)
