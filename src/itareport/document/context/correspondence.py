"""The page of correspondence: each low score, what is weak, and the measures that answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from itareport import thai
from itareport.document.context.part1 import grouping
from itareport.document.context.words import DASH, Context, Words, merge
from itareport.ita import codes, measures, remarked
from itareport.ita.model import PlanRow, Printing, QuestionScore, Remark, score_text

_ADVICE = re.compile(
    r"ดังนั้น|เพราะฉะนั้น|(?:หน่วยงาน|จึง|เห็น|โดย)*(?<!เท่าที่)(?<!สม)(?<!ไม่)ควร"
    r"|(?:หน่วยงาน|จึง)+ต้อง"
)
"""Where what is weak ends and the advice begins."""
_JOINTS = re.compile(r"(?:\s*(?:โดย|จึง|ดังนั้น|และ|เพื่อ|ซึ่ง|ทั้งนี้))+$")
"""What joined the two, where it is not the beginning of the advice."""
_SCORE = r"[0-9.]+ คะแนน(?: ในส่วนที่ [12])?"
_PRAISE = rf"(?:ได้ {_SCORE}(?: และ {_SCORE})? )?อยู่ในระดับดี(?: \([^()]*\))? และ(?=ยังพัฒนาได้อีก)"
"""What stands before the only defect of a high score."""
_LEAD = r"^ผลการประเมินเรื่อง"
"""What stands before the name of what was asked."""
_NAME = 20
"""So many letters of an item's name tell that it begins: long names are cut short by ฯ."""
_QUOTE = re.compile("“[^”]*”")
"""What ITAS said, which may advise by itself."""
_POINTER = re.compile(r"\s*\((?:ดู)?มาตรการ[^()]*\)")
_Numbered = list[tuple[tuple[str, ...], PlanRow]]


def rows(words: Words) -> list[Context]:
    """Return a row for each score below the agency's threshold; none where it is not wanted.

    Unless the data say it, the page is printed where a remark points to a measure.
    """
    report = words.report
    pointing = any(measures.pointers(remark.text) for remark in report.remarks)
    wanted = pointing if report.correspondence is None else report.correspondence is Printing.YES
    return _merged(list(_rows(words))) if wanted else []


def below(words: Words) -> str:
    """Return the score that all of the rows are below: `๑๐๐`, or the agency's own threshold."""
    return words.say(score_text(words.report.agency.maintain_from))


def _merged(found: list[tuple[int, object, Context]]) -> list[Context]:
    """Merge what neighbouring rows of an issue have in common; a measure's number stays."""
    rows = [row for _, _, row in found]
    merge(rows, "weakness", [remark for _, remark, _ in found])
    for name in ("responsible", "period"):
        merge(rows, name, [(no, row[name]) for no, _, row in found])
    return rows


def _rows(words: Words) -> Iterator[tuple[int, object, Context]]:
    """Yield of each low score its issue, what its weakness comes from, and its row."""
    report = words.report
    remarks = remarked.by_code(report, words.catalogue)
    scores = {row.code: row for row in report.scores}
    plan = list(zip(measures.numbers(report.plan), report.plan, strict=True))
    for issue in grouping(report, words.catalogue):
        own = [(numbers, row) for numbers, row in plan if row.issue == issue.no]
        for code in issue.items:
            row = scores.get(code)
            if (
                row is not None
                and row.lowest is not None
                and row.lowest < report.agency.maintain_from
            ):
                remark = remarks.get(code)
                yield issue.no, remark or code, _row(words, row, remark, own, plan)


def _row(
    words: Words, score: QuestionScore, remark: Remark | None, own: _Numbered, plan: _Numbered
) -> Context:
    text = remark.text if remark else ""
    numbers, answering = _answering(score.code, text, own, plan)
    return {
        "code": words.say(words.catalogue.printed(score.code)),
        "scores": [_values(words, score)],
        "weakness": words.say(_beside(words, score, remark, _weakness(text))) or DASH,
        "measures": [words.say(number) for number in numbers] or [DASH],
        "responsible": _points(words, [text for row in answering for text in row.responsible]),
        "period": _points(
            words, [thai.short_months(text) for row in answering for text in row.period]
        ),
    }


def _values(words: Words, score: QuestionScore) -> str:
    """Return a score on one line, or the halves of EIT beside each other."""
    if score.score is not None:
        return words.number(score.score)
    halves = (value for value in (score.part1, score.part2) if value is not None)
    return words.say(" / ".join(map(str, halves)))


def _answering(
    code: str, text: str, own: _Numbered, plan: _Numbered
) -> tuple[list[str], list[PlanRow]]:
    """Return the measures that a remark points to, else those whose findings name the code.

    Where no row does either, all measures of the issue answer it.
    """
    pointed = set(measures.pointers(text))
    if found := [(pointed.intersection(n), row) for n, row in plan if pointed.intersection(n)]:
        kept = [n for numbers, _ in plan for n in numbers if n in pointed]
        return kept, [row for _, row in found]
    naming = [(n, row) for n, row in own if code in _named(row)] or own
    return [n for numbers, _ in naming for n in numbers], [row for _, row in naming]


def _named(row: PlanRow) -> set[str]:
    return {quoted.code for quoted in codes.find(thai.arabic("\n".join(row.findings)))}


def _weakness(text: str) -> str:
    """Return what a remark says is weak: its first paragraph up to where the advice begins."""
    line = _POINTER.sub("", next((line for line in text.split("\n") if line.strip()), ""))
    found = _ADVICE.search(_QUOTE.sub(lambda quote: " " * len(quote[0]), line))
    weak = _JOINTS.sub("", line[: found.start()].strip()) if found else ""
    return weak or line.strip()


def _beside(words: Words, row: QuestionScore, remark: Remark | None, weakness: str) -> str:
    """Leave out of what is weak praise, and the code and the score that its row says beside it."""
    item = words.catalogue.item(row.code)
    if item is None or remark is None or remark.covered != (row.code,):
        return weakness
    code, said = rf"{row.code}\s+(?={re.escape(item.name[:_NAME])})", _said(row)
    weakness = _without(rf"{_PRAISE}|{_LEAD}", weakness)
    weakness = _without(rf"^(?:ใน|สำหรับ|ผลการตรวจ)?ข้อ\s*{code}", weakness)
    return _without(rf"\s*\({said}\)|(?:(?<=ได้)|(?<=ประเมิน))\s*{said}\s+(?=ต่ำกว่า)", weakness)


def _said(row: QuestionScore) -> str:
    """Return the pattern of how a text says a score; of two halves, how it says both."""
    if row.score is not None or row.part1 == row.part2:
        return rf"{row.lowest} คะแนน"
    return rf"{row.part1}(?: คะแนน ในส่วนที่ 1)? และ {row.part2} คะแนน(?: ในส่วนที่ 2)?"


def _without(pattern: str, text: str) -> str:
    """Leave out of a text, with digits of either script, what a pattern finds."""
    for found in reversed(list(re.finditer(pattern, thai.arabic(text)))):
        text = text[: found.start()] + text[found.end() :]
    return text


def _points(words: Words, points: list[str]) -> list[str]:
    return [words.say(thai.range_dashes(point)) for point in dict.fromkeys(points)] or [DASH]
