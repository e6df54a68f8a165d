"""Find what a copied report left standing: another district, province or year; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from itareport import thai
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.fields import Text
from itareport.ita import areas
from itareport.problems import Problem, problem

_OWN_WORDS = {"remarks", "plan", "principles", "follow_up", "summary", "signatures"}
"""Where the agency speaks of itself."""
_AWAY = re.compile("ดูงาน|ศาล|วิทยาลัย|โรงพยาบาล|สถาบัน|อบรม|สัมมนา|โรงแรม|ภาค|ร่วมกับ|แลกเปลี่ยน")
"""What is rightly in another province, or of more than one."""
_ASSESSMENT = r"(?:ผลการประเมิน|การประเมิน|ITA|คุณธรรมและความโปร่งใส)"
_TITLE = re.compile(
    rf"{_ASSESSMENT}[^\n]{{0,60}}?ประจำปี(?:งบประมาณ)?\s*(?:พ\.\s?ศ\.)?\s*(?P<year>2[45][0-9]{{2}})(?![0-9])"
)
"""The year of the assessment that a text names as its own."""
_MEASURE = re.compile(
    r"^(?:โครงการ|กิจกรรม|มาตรการ)(?!.*(?:รายงาน|ผล|ติดตาม|สรุป)).*ประจำปี(?:งบประมาณ)?\s*"
    r"(?:พ\.\s?ศ\.)?\s*(?P<year>2[45][0-9]{2})(?![0-9])"
)


_COMPARED = re.compile("ปีก่อน|ที่ผ่านมา|ที่แล้ว|เทียบ|เดิม")
_WISHED = re.compile("ยกระดับ|ให้|เตรียม|มุ่ง|จะ|เป้าหมาย")
"""What a text says, anywhere or before a year, that rightly speaks of another than its own."""
_ANY_YEAR = re.compile(r"(?<![0-9])2[45][0-9]{2}(?![0-9])")
_DISTRICT, _PROVINCE = "อำเภอ", "จังหวัด"


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield each other area with all its places, and each text of another year."""
    found: dict[tuple[str, str], list[Text]] = {}
    for text in facts.texts:
        if text.where[0] not in _OWN_WORDS:
            continue
        for name in _provinces(facts, text.text):
            found.setdefault((_PROVINCE, name), []).append(text)
        for name in _districts(facts, text.text):
            found.setdefault((_DISTRICT, name), []).append(text)
        if years := _years(facts, text):
            told: dict[str, Any] = {"said": ", ".join(years), "plan": facts.report.plan_year}
            told |= {"label": facts.label(text.where), "year": facts.report.fiscal_year}
            yield problem("D357", text.where, **told)
    agency = facts.report.agency
    district, province = thai.bare_area(agency.district or "", fields.unquoted(agency.province))
    own = {_PROVINCE: province, _DISTRICT: district}
    for (area, name), (first, *others) in found.items():
        also = [text.where for text in others]
        label = facts.label(first.where)
        yield problem(
            "D356", first.where, label=label, also=also, area=area, found=name, own=own[area]
        )


def _provinces(facts: Facts, text: str) -> Iterator[str]:
    """Yield the other provinces that a local government names as if they were its own."""
    if "จังหวัด" not in text and "จ." not in text:
        return
    if facts.kind is None or not facts.kind.family:
        return
    own = areas.spelt(thai.bare_area("", fields.unquoted(facts.report.agency.province))[1])
    for line in text.split("\n"):
        named = dict.fromkeys(match["name"] for match in _named().finditer(line))
        if named and not _AWAY.search(line):
            yield from (name for name in named if areas.spelt(name) != own)


def _districts(facts: Facts, text: str) -> Iterator[str]:
    """Yield the other districts of the province that stand right after the own name."""
    agency, name = facts.report.agency, facts.name
    if not agency.district or not name or name not in text or "อ" not in text:
        return
    own, province = thai.bare_area(agency.district, fields.unquoted(agency.province))
    pattern = re.compile(rf"{re.escape(name)}\s*(?:อำเภอ|อ\.)\s?(?P<name>{_listed(province)})")
    yield from dict.fromkeys(m["name"] for m in pattern.finditer(text) if m["name"] != own)


@lru_cache(maxsize=64)
def _listed(province: str) -> str:
    """Return the pattern of the districts of a province."""
    return fields.longest(areas.districts(province) or ()) or "(?!)"


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    """Return what finds a province after the word for one; องค์การบริหารส่วนจังหวัด is an agency."""
    names = sorted((name for name in areas.provinces() if name != areas.BANGKOK), key=len)
    listed = "|".join(map(re.escape, reversed(names)))
    return re.compile(rf"(?:(?<!ส่วน)จังหวัด|(?<![ก-๙.])จ\.)\s?(?P<name>{listed})")


def _years(facts: Facts, text: Text) -> list[str]:
    """Return the years that a text names as those of its assessment or its measure, and are not."""
    if "ประจำปี" not in text.text:
        return []
    said, year = thai.arabic(text.text), facts.report.fiscal_year
    found = [match["year"] for match in _TITLE.finditer(said)]
    found = [one for one in found if not year - 1 <= int(one) <= year + 1]
    if text.where[0] in {"principles", "summary"}:
        found += _of_neighbour(said, year)
    is_measure = text.where[0] == "plan" and text.where[2] == "measures"
    if is_measure and (match := _MEASURE.search(said)) and int(match["year"]) <= year:
        found.append(match["year"])
    return list(dict.fromkeys(found))


def _of_neighbour(said: str, year: int) -> list[str]:
    """Return the year before or after where a text of this report names no year but that one.

    The result of the year after is not known yet, but its assessment may be spoken of.
    """
    if set(_ANY_YEAR.findall(said)) & {str(year)} or _COMPARED.search(said):
        return []
    matches = [match for match in _TITLE.finditer(said) if not _WISHED.search(said, 0, match.end())]
    titled = [(match["year"], match[0].startswith("ผล")) for match in matches]
    before, after = str(year - 1), str(year + 1)
    return [one for one, is_result in titled if one == before or (one == after and is_result)]
