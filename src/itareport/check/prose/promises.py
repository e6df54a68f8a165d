"""What remarks promise with a number or a deadline, and the measures they point to; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from itareport import thai
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.ita import measures
from itareport.ita.described import COLUMNS
from itareport.ita.model import PlanRow, Remark
from itareport.problems import FieldPath, Problem, problem

_ADVICE = re.compile(r"ดังนั้น|เพราะฉะนั้น|(?<!เท่าที่)ควร|ต้อง|(?:หน่วยงาน|จึง)จะ")
_PERIOD = r"(?:วันทำการ|วัน(?!นี้)|สัปดาห์|เดือน|ไตรมาส|ปี)"
_COUNTED = r"(?:ครั้ง|โครงการ|กิจกรรม|เรื่อง|ช่องทาง|หลักสูตร|แห่ง|คน|ราย|ชุด|ฉบับ|หมู่บ้าน|ชุมชน|รุ่น)"
_WORDS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ")
_NUMBER = rf"(?:[0-9]+|{'|'.join(_WORDS)})"
_MONTHS = dict(zip((*thai.MONTHS, *thai.SHORT_MONTHS), 2 * thai.MONTHS, strict=True))
"""The whole name of each month as it is typed."""
_MONTH = "|".join(map(re.escape, _MONTHS))
_PROMISE = re.compile(
    rf"(?:ปี|เดือน|ไตรมาส|สัปดาห์|วัน)ละ\s*{_NUMBER}\s*{_COUNTED}?"
    rf"|ทุก\s*(?:[0-9]+\s*)?(?:{_PERIOD}|เช้า|เย็น)|(?:ราย|ประจำ)(?:สัปดาห์|เดือน|ไตรมาส)|รายวัน"
    rf"|ภายใน\s*[0-9]+\s*(?:{_PERIOD}|ชั่วโมง)"
    rf"|ภายใน\s*(?:วันที่\s*)?(?:[0-9]+\s*)?(?:สิ้น)?(?:เดือน)?\s*(?:{_MONTH})(?:\s*(?:พ\.ศ\.)?\s*[0-9]{{2,4}})?"
    rf"|ร้อยละ\s*[0-9]+|{_NUMBER}\s*{_COUNTED}(?:\s*ต่อ\s*{_PERIOD})?"
)
_PER = re.compile(rf"(?P<times>[0-9]+{_COUNTED})ต่อ(?P<period>{_PERIOD})")
_SAME = {
    "ปีละ2ครั้ง": "รอบ6เดือน",
    "ทุก6เดือน": "รอบ6เดือน",
    "ปีละ4ครั้ง": "ทุกไตรมาส",
    "ทุก3เดือน": "ทุกไตรมาส",
    "รายไตรมาส": "ทุกไตรมาส",
    "ประจำไตรมาส": "ทุกไตรมาส",
    "ไตรมาสละ1ครั้ง": "ทุกไตรมาส",
    "เดือนละ1ครั้ง": "ทุกเดือน",
    "รายเดือน": "ทุกเดือน",
    "ประจำเดือน": "ทุกเดือน",
    "ปีละ1ครั้ง": "ทุกปี",
}
"""Two ways to promise the same; every other promise is only itself."""


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield promises that the plan of their issue may not keep, and pointers to no measure."""
    counted = Counter(row.issue for row in facts.report.plan for _ in row.measures)
    unkept: dict[FieldPath, str] = {}
    for index, remark in enumerate(facts.report.remarks):
        where: FieldPath = ("remarks", index, "text")
        if promises := _unkept(facts, remark):
            unkept[where] = f"ข้อ {remark.code} “{'” “'.join(promises)}”"
    for text in facts.texts:
        if text.where[0] not in {"agency", "scores"}:
            yield from _pointing(facts, text, counted)
    if unkept:
        first, *others = unkept
        yield problem("D330", first, also=others, promises=", ".join(unkept.values()))


def _pointing(facts: Facts, text: fields.Text, counted: Counter[int]) -> Iterator[Problem]:
    """Report each number of a measure that the plan does not have."""
    for number in measures.pointers(text.text):
        no, place = map(int, number.split("."))
        if 1 <= place <= counted[no]:
            continue
        has = f"แผนประเด็นที่ {no} มี {counted[no]} มาตรการ"
        label = facts.label(text.where[:2] if text.where[0] == "remarks" else text.where)
        known = has if no in facts.grouping else f"ไม่มีประเด็นที่ {no}"
        also = _steps(facts, (no,))
        yield problem("D331", text.where, label=label, also=also, number=number, known=known)


def _unkept(facts: Facts, remark: Remark) -> list[str]:
    """Return what a remark promises and no row of its issue has; D223 reports the lack of rows."""
    issues = facts.issues_of.get(remark.code, ())
    rows = [row for row in facts.report.plan if row.issue in issues]
    planned, known = _planned("\n".join(_texts(rows)))
    said = (p for p in _promises(facts, remark) if not _stands(p, planned, known))
    return list(dict.fromkeys(said)) if rows else []


@lru_cache(maxsize=32)
def _planned(text: str) -> tuple[str, frozenset[str]]:
    """Return the rows of an issue without white space, and what they promise."""
    promised = _PROMISE.findall(thai.arabic(text))
    return fields.squeezed(text), frozenset(map(_meaning, promised))


def _promises(facts: Facts, remark: Remark) -> Iterator[str]:
    """Yield the promises of the advice; names of items, reasons and causes promise nothing."""
    quoted, text = facts.quoted_by(remark), remark.text
    names = (item.name for item in facts.catalogue.items.rows)
    for words in filter(None, (*quoted, *(" ".join(said.split()) for said in quoted), *names)):
        text = text.replace(words, "")
    for line in text.split("\n"):
        if advice := _ADVICE.search(line):
            yield from (m[0].strip() for m in _PROMISE.finditer(thai.arabic(line[advice.end() :])))


def _stands(promise: str, planned: str, known: frozenset[str]) -> bool:
    """Return whether the plan has a promise, in other words too, or the month of a deadline."""
    month = next((whole for typed, whole in _MONTHS.items() if typed in promise), "")
    if not month:
        return _meaning(promise) in known
    return any(fields.squeezed(typed) in planned for typed, of in _MONTHS.items() if of == month)


def _meaning(promise: str) -> str:
    said = fields.squeezed(promise)
    for number, word in enumerate(_WORDS, 1):
        said = said.replace(word, str(number))
    if per := _PER.fullmatch(said):
        said = f"{per['period']}ละ{per['times']}"  # 2 ครั้งต่อปี
    return _SAME.get(said, said)


def _texts(rows: Iterable[PlanRow]) -> Iterator[str]:
    return (text for row in rows for column in COLUMNS for text in getattr(row, column.name))


def _steps(facts: Facts, issues: Iterable[int]) -> list[FieldPath]:
    """Return the places in the plan of some issues that tell what is done."""
    wanted = set(issues)
    return [("plan", i, "steps") for i, row in enumerate(facts.report.plan) if row.issue in wanted]
