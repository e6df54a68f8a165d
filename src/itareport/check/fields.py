"""What the clerk calls each field, and every text of a report with its field; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from itareport import thai
from itareport.ita.codes import sort_key
from itareport.ita.model import PlanRow, QuestionScore, Report
from itareport.problems import FieldPath

COLUMNS = {
    "measures": "มาตรการ โครงการ หรือกิจกรรม",
    "findings": "ผลการวิเคราะห์ตัวชี้วัด",
    "steps": "ขั้นตอนหรือวิธีการดำเนินการ",
    "period": "ช่วงระยะเวลาการดำเนินการ",
    "responsible": "ผู้รับผิดชอบ",
    "follow_up": "การกำกับติดตาม",
}
"""The columns of the plan, as the document heads them."""
AGENCY = {
    "kind": "ประเภทหน่วยงาน",
    "name": "ชื่อหน่วยงาน",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "website": "เว็บไซต์",
}
_SIGNATURE = {"role": "บทบาท", "name": "ชื่อ", "position": "ตำแหน่ง"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text that somebody typed: where it stands, what the clerk calls it, what it says."""

    where: FieldPath
    label: str
    text: str


def texts(report: Report) -> Iterator[Text]:
    """Yield every text of the report that a document prints as typed; no codes, no file names."""
    for field, label in AGENCY.items():
        yield from _each(("agency", field), label, getattr(report.agency, field))
    yield from _each(("agency", "units"), "ส่วนราชการ", report.agency.units)
    yield from _each(("result", "level"), "ระดับผลการประเมิน", report.result.level)
    for i, row in enumerate(report.scores):
        yield from _each(("scores", i, "reason"), f"เหตุผลของข้อ {row.code}", row.reason)
    for i, remark in enumerate(report.remarks):
        yield from _each(("remarks", i, "text"), f"ข้อวิเคราะห์ข้อ {remark.code}", remark.text)
    for i, plan in enumerate(report.plan):
        yield from plan_texts(i, plan)
    for i, person in enumerate(report.signatures):
        for field, label in _SIGNATURE.items():
            where = ("signatures", i, field)
            yield from _each(where, f"{label}ของผู้ลงนามคนที่ {i + 1}", getattr(person, field))


def plan_texts(index: int, row: PlanRow) -> Iterator[Text]:
    """Yield every point of one row of the plan, column by column."""
    for field, column in COLUMNS.items():
        label = f"{plan_row(index, row)} {column}"
        yield from _each(("plan", index, field), label, getattr(row, field))


def _each(where: FieldPath, label: str, value: str | Iterable[str] | None) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(where, label, value)
    else:
        for index, text in enumerate(value or ()):
            yield Text((*where, index), label, text)


def plan_row(index: int, row: PlanRow) -> str:
    """Name a row of the plan: `แผนแถวที่ 3 ประเด็นที่ 2`."""
    return f"แผนแถวที่ {index + 1} ประเด็นที่ {row.issue}"


def score(row: QuestionScore) -> str:
    """Write what scores a row has: `79.05`, or both halves, each named."""
    if row.missing is not None:
        return str(row.missing)
    parts = ((1, row.part1), (2, row.part2))
    halves = [f"{value} (ส่วนที่ {no})" for no, value in parts if value is not None]
    return " และ ".join(halves) or str(row.score)


def got(row: QuestionScore) -> str:
    """Say briefly what a row has, to tell it from another: `ได้ 80.95 และ 91.11`."""
    return str(row.missing) if row.missing else f"ได้ {' และ '.join(map(str, row.known))}"


def listed(codes: Iterable[str]) -> str:
    """List codes in the assessment's order, runs of three and more as one: `i1, o4 ถึง o9`."""
    ordered = sorted(set(codes), key=sort_key)
    runs = groupby(enumerate(ordered), key=lambda pair: (pair[1][0], int(pair[1][1:]) - pair[0]))
    return ", ".join(part for _, run in runs for part in _run([code for _, code in run]))


def _run(codes: list[str]) -> list[str]:
    return [f"{codes[0]} ถึง {codes[-1]}"] if len(codes) > 2 else codes


def spans(numbers: Iterable[int]) -> str:
    """List numbers likewise: `1 ถึง 7`, `3, 5`."""
    return listed(f"n{number}" for number in numbers).replace("n", "")


def either(words: Iterable[object]) -> str:
    """List alternatives: `0, 50 หรือ 100`."""
    *front, last = [str(word) for word in words]
    return f"{', '.join(front)} หรือ {last}" if front else last


_SECTIONS = {
    "agency": "ข้อมูลหน่วยงาน",
    "result": "ผลการประเมิน",
    "scores": "คะแนนรายข้อ",
    "remarks": "ข้อวิเคราะห์",
    "plan": "แผน",
    "signatures": "ผู้ลงนาม",
}


def sections(found: Iterable[Text]) -> str:
    """Name the parts of the report that texts stand in, in its order: `ข้อวิเคราะห์ แผน`."""
    names = {text.where[0] for text in found}
    return " ".join(title for name, title in _SECTIONS.items() if name in names)


_QUOTES = "“”‘’«»\"'`"


def unquoted(text: str) -> str:
    """Take quotation marks from around a text."""
    return text.strip(_QUOTES + " ") if text[:1] in _QUOTES or text[-1:] in _QUOTES else text


@lru_cache(maxsize=512)
def squeezed_name(name: str) -> str:
    """Squeeze a name of the catalogue, its digits Arabic: the same few in every report."""
    return squeezed(thai.arabic(name))


def squeezed(text: str) -> str:
    """Take away all white space: where words part is typed, and read off paper, at random."""
    return "".join(text.split())
