"""Part 1: a table for each issue, its questions with scores, remarks and merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice, pairwise

from itareport.document import marks
from itareport.document.context import known_in_part
from itareport.document.context.words import DASH, Context, Words, merge
from itareport.ita import remarked
from itareport.ita.catalogue import Catalogue, Issue
from itareport.ita.model import NO_ITEM, Missing, Published, QuestionScore, Remark, Report

_WHY_MISSING = {
    Missing.NOT_ASSESSED: "ไม่ถูกประเมินในปีงบประมาณ พ.ศ. {year} จึงไม่มีคะแนน",
    Missing.NOT_SHOWN: "ซึ่งผลการประเมินที่เผยแพร่ไม่แสดงคะแนน",
}
_MOST_LINES_KEPT = 10  # about a quarter of a page
_NOT_SHOWN = f"หมายเหตุ: “{DASH}” ในตารางของส่วนนี้ หมายถึง ผลการประเมินที่เผยแพร่ไม่แสดงคะแนน"


def issues(words: Words) -> list[Context]:
    """Return the issues of Part 1, each with its table and the notes under it."""
    if words.report.result.published is not Published.ITEMS:
        return _in_part(words)
    remarks = remarked.by_code(words.report, words.catalogue)
    return [_issue(words, remarks, issue) for issue in grouping(words.report, words.catalogue)]


def heading(report: Report) -> str:
    """Return what heads the column of questions."""
    return known_in_part.HEADINGS[report.result.published]


def by_indicator(report: Report) -> str:
    """Return that heading where the cells name indicators, wider than codes are; else ""."""
    return heading(report) if report.result.published is Published.INDICATORS else ""


def _in_part(words: Words) -> list[Context]:
    """Return the issues without questions; the first that has no score says what stands for it."""
    found: list[Context] = []
    for issue in grouping(words.report, words.catalogue):
        rows = known_in_part.rows(words, issue)
        name, no = words.say(issue.name), words.number(issue.no)
        found.append({"no": no, "name": name, "rows": rows, "notes": []})
    unknown = (one for one in found if any(row["scores"] == [DASH] for row in one["rows"]))
    for first in islice(unknown, 1):
        first["notes"] = [words.say(_NOT_SHOWN)]
    return found


def grouping(report: Report, catalogue: Catalogue) -> list[Issue]:
    """Return the issues as printed: the year's, with the agency's own items where it has them."""
    own = {issue.no: issue.items for issue in report.issues}
    return [
        issue.model_copy(update={"items": own[issue.no]}) if issue.no in own else issue
        for issue in catalogue.issues.rows
    ]


def _issue(words: Words, remarks: Mapping[str, Remark], issue: Issue) -> Context:
    scores = {row.code: row for row in words.report.scores}
    order: list[str] = [tool.letter for tool in words.catalogue.tools.rows]
    codes = sorted((c for c in issue.items if c in scores), key=lambda c: order.index(c[0]))
    rows = [_question(words, issue, scores[code], remarks.get(code)) for code in codes]
    merge(rows, "no", [issue.no] * len(rows))
    merge(rows, "topic", [issue.no] * len(rows))
    merge(rows, "tool", [code[0] for code in codes])
    maintain = [words.catalogue.wording.maintain]
    runs = [
        _run(code, remarks.get(code), kept=row["remarks"] == maintain)
        for code, row in zip(codes, rows, strict=True)
    ]
    for row, shared in zip(rows, _shared(words, runs, codes, remarks), strict=True):
        row["remarks"] = shared or row["remarks"]
    merge(rows, "remarks", runs)
    for row, kept in zip(rows, _kept_with_next(rows, runs), strict=False):
        row["remarks_merge"] += marks.KEEP_WITH_NEXT if kept else ""
    return {
        "no": words.number(issue.no),
        "name": words.say(issue.name),
        "rows": rows,
        "notes": _missing_notes(words, [scores[code] for code in codes]),
    }


def _kept_with_next(rows: Sequence[Context], runs: Sequence[tuple[str, ...]]) -> Iterator[bool]:
    """Yield of each row but the last whether it stands on the page of the next.

    Rows that share a remark do, as many as leave no large gap where they begin a page.
    """
    above = 0
    for (row, run), (following, next_run) in pairwise(zip(rows, runs, strict=True)):
        above += _lines(row)
        kept = run == next_run and above + _lines(following) <= _MOST_LINES_KEPT
        yield kept
        above = above if kept else 0


def _lines(row: Context) -> int:
    """Return how many lines the score of a row takes: a half of EIT takes two."""
    halves = len(row["scores"])
    return halves * 2 if halves > 1 else 1


def _run(code: str, remark: Remark | None, *, kept: bool) -> tuple[str, ...]:
    """Return what tells a row's remark from its neighbours': its tool and what it is about."""
    shared: tuple[str, ...] = (code,)
    if remark and len(remark.covered) != 1:  # of several questions, an indicator or a tool
        shared = remark.covered or ("", str(remark.indicator or remark.tool))
    return code[0], *(() if kept else shared)


def _question(words: Words, issue: Issue, score: QuestionScore, remark: Remark | None) -> Context:
    tool = words.catalogue.tool_of(score.code)
    return {
        "no": words.say(f"{issue.no}."),
        "topic": words.say(issue.name),
        "tool": tool.code if tool else "",
        "kind": "ข้อ",
        "code": words.say(words.catalogue.printed(score.code)),
        "next": words.say(_next(words, score)),
        "scores": scores_said(words, score),
        "remarks": [words.say(line) for line in _remark(words, [score], remark)],
    }


def _next(words: Words, row: QuestionScore) -> str:
    """Say which item of the next year an item is, where that is sure and the code another."""
    code = row.next or words.catalogue.successor(row.code, verified=True)
    if code in (None, NO_ITEM, row.code):
        return ""
    return f"(ตรงกับข้อ {words.catalogue.printed(code)} ของปี {words.report.plan_year})"


def scores_said(words: Words, score: QuestionScore) -> list[str]:
    """Return the lines of a score: one, or a line for each half of EIT."""
    if score.missing is not None:
        return [DASH]
    if score.score is not None:
        return [words.number(score.score)]
    parts = ((1, score.part1), (2, score.part2))
    return [words.say(f"ส่วนที่ {no} {value}") for no, value in parts if value is not None]


def _shared(
    words: Words,
    runs: list[tuple[str, ...]],
    codes: list[str],
    remarks: Mapping[str, Remark],
) -> Iterator[list[str]]:
    """Yield of each row the paragraphs of a remark that several rows share, else none."""
    scores = {row.code: row for row in words.report.scores}
    for run, group in groupby(zip(runs, codes, strict=True), key=lambda pair: pair[0]):
        own = [code for _, code in group]
        said: list[str] = []
        if len(run) > 2 and len(own) > 1:
            lines = _remark(words, [scores[code] for code in own], remarks.get(own[0]))
            said = [words.say(line) for line in lines]
        yield from [said] * len(own)


def _remark(words: Words, scores: Sequence[QuestionScore], given: Remark | None) -> list[str]:
    """Return the paragraphs of the remark's cell; an explicitly empty remark is one empty line."""
    if given is not None:
        lines = [line.strip() for line in given.text.split("\n") if line.strip()]
    else:
        is_missing = scores[0].missing is not None
        lines = [DASH if is_missing else words.catalogue.wording.maintain]
    said = " ".join(" ".join(lines).split())
    for score in scores:
        reason, cause = (" ".join((text or "").split()) for text in (score.reason, score.cause))
        of_code = f" ข้อ {words.catalogue.printed(score.code)}" if len(scores) > 1 else ""
        if reason and f"“{reason}”" not in said:  # a quotation says it
            lines.append(f"เหตุผลจากระบบ ITAS{of_code}: {reason}")
        if cause and cause not in said:
            lines.append(f"สาเหตุที่หน่วยงานทราบ{of_code}: {cause}")
    return lines or [""]


def _missing_notes(words: Words, scores: list[QuestionScore]) -> list[str]:
    notes = []
    for reason, reason_text in _WHY_MISSING.items():
        codes = [words.catalogue.printed(s.code) for s in scores if s.missing is reason]
        if codes:
            listed = ", ".join(f"ข้อ {code}" for code in codes)
            why = reason_text.format(year=words.report.fiscal_year)
            notes.append(words.say(f"หมายเหตุ: “{DASH}” หมายถึง {listed} {why}"))
    return notes
