"""Report and catalogue to the template's words: strings, lists and mappings only; pure.

What is printed is settled here: order, digits, merges, footnotes.  Official figures pass through
unchanged but for their digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

from itareport import chart, marks, thai
from itareport.catalogue import Catalogue, Issue
from itareport.model import IndicatorScore, Missing, PlanRow, QuestionScore, Report, Signature

Digits = Literal["thai", "arabic"]
Context = dict[str, Any]

DASH = "–"
FOLLOW_UP = "การกำกับติดตาม"
DOTS_ROLE = "." * 20
DOTS_NAME = "." * 46
DOTS_POSITION = "ตำแหน่ง" + "." * 44
DOTS_SIGN = "." * 40
DOTS_DATE = "วันที่ ........ เดือน ........................ พ.ศ. ............"
_WHY_MISSING = {
    Missing.NOT_ASSESSED: "ไม่ถูกประเมินในปีนี้ จึงไม่มีคะแนน",
    Missing.NOT_SHOWN: "ผลการประเมินที่เผยแพร่ไม่แสดงคะแนน",
}
_BULLET = re.compile(r"^\s*[-–—•*·]+\s*(?=[^\d๐-๙\s])")


@dataclass(frozen=True, slots=True)
class _Words:
    """What every part of the context needs: the facts and the way digits print."""

    report: Report
    catalogue: Catalogue
    say: Callable[[str], str]

    def number(self, value: int | Decimal | str) -> str:
        """Print a figure of the program's own, free of the rules for prose."""
        return self.say(str(value))


def context(
    report: Report,
    catalogue: Catalogue,
    plan_catalogue: Catalogue | None,
    digits: Digits = "thai",
    *,
    with_graph: bool = True,
) -> Context:
    """Return the words of the whole document.

    `plan_catalogue` is the plan year's, for the item that the report serves and for its codes;
    None when that year is not known yet, and the cover then names no item.
    """
    words = _Words(report, catalogue, _speaker(catalogue, plan_catalogue, digits))
    say = words.say
    titles = [say(line.format(year=report.fiscal_year)) for line in catalogue.titles.report]
    name = say(report.agency.full_name)
    return {
        "fiscal_year": words.number(report.fiscal_year),
        "plan_year": words.number(report.plan_year),
        "properties": {"title": f"{' '.join(titles)} {name}"},
        "agency": {
            "name": name,
            "area": say(report.agency.area),
            "website": say(report.agency.website or ""),
        },
        "cover": {
            "emblem": marks.EMBLEM if report.agency.emblem else "",
            "titles": [say(li.format(year=report.fiscal_year)) for li in catalogue.titles.cover],
            "serves": say(_serves(report, plan_catalogue)),
        },
        "title": {"first": titles[0], "others": titles[1:]},
        "result": _result(words),
        "graph": marks.GRAPH if with_graph else "",
        "indicators": _indicators(words),
        "part1": {"no": words.number(1), "issues": _issues(words)},
        "part2": _plan(words),
        "signatures": [_signature(words, person) for person in report.signatures],
    }


def graph(
    report: Report, catalogue: Catalogue, kind: chart.Kind = "radar", digits: Digits = "thai"
) -> chart.Graph:
    """Return what the chart of the indicators shows, in the order of the year's indicators."""
    say = _speaker(catalogue, None, digits)
    official = _by_number(report.result.indicators)
    rows = [row for row in catalogue.indicators.rows if row.no in official]
    told = ", ".join(f"{row.no}. {row.name} {official[row.no]}" for row in rows)
    title = f"คะแนนรายตัวชี้วัด ปีงบประมาณ พ.ศ. {report.fiscal_year}"
    return chart.Graph(
        kind=kind,
        title=say(title),
        series=say(f"คะแนนปี พ.ศ. {report.fiscal_year}"),
        labels=tuple(say(f"{row.no}. {row.name} {official[row.no]}") for row in rows),
        scores=tuple(official[row.no] for row in rows),
        alternative_text=say(f"กราฟ{title}: {told}"),
        thai_digits=digits == "thai",
    )


def _speaker(
    catalogue: Catalogue, plan_catalogue: Catalogue | None, digits: Digits
) -> Callable[[str], str]:
    if digits == "arabic":
        return lambda text: thai.arabic(thai.unmarked(text))
    codes = frozenset(catalogue.codes) | frozenset(plan_catalogue.codes if plan_catalogue else ())
    standards = catalogue.wording.standards
    return lambda text: thai.digits(text, lambda token: token.lower() in codes, standards)


def _serves(report: Report, plan_catalogue: Catalogue | None) -> str:
    if plan_catalogue is None:
        return ""
    code = plan_catalogue.serves.report
    item = plan_catalogue.item(code)
    name = f" {item.name}" if item else ""
    year = report.plan_year
    return f"ใช้ประกอบการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} ข้อ {code}{name}"


def _result(words: _Words) -> Context:
    result = words.report.result
    last = result.last_year
    return {
        "total": words.number(result.total),
        "level": words.say(result.level),
        "announced": words.say(thai.long_date(result.announced)) if result.announced else "",
        "last_year": {
            "year": words.number(words.report.fiscal_year - 1),
            "total": words.number(last.total),
        }
        if last
        else {},
        "tools": [
            {"name": words.say(_tool_name(words.catalogue, row.tool, row.part)),
             "score": words.number(row.score)}
            for row in result.tools
        ],
    }  # fmt: skip


def _tool_name(catalogue: Catalogue, code: str, part: int | None) -> str:
    tool = catalogue.tool(code)
    name = f"{tool.name} ({code})" if tool else code
    return f"{name} ส่วนที่ {part}" if part else name


def _indicators(words: _Words) -> Context:
    report, catalogue = words.report, words.catalogue
    official = _by_number(report.result.indicators)
    last = report.result.last_year
    before = _by_number(last.indicators) if last else {}
    known = [row for row in catalogue.indicators.rows if row.no in official]
    spans = [len(list(group)) for _, group in groupby(known, lambda row: row.tool)]
    rows = []
    for indicator, mark in zip(known, marks.merges(spans), strict=True):
        rows.append({
            "tool": "" if mark == marks.MERGE_CONTINUE else indicator.tool,
            "tool_merge": mark,
            "no": words.number(indicator.no),
            "name": words.say(indicator.name),
            "score": words.number(official[indicator.no]),
            "last_year": words.number(before.get(indicator.no, DASH)) if before else "",
        })  # fmt: skip
    absent = [row.no for row in known if before and row.no not in before]
    note = f"หมายเหตุ {DASH} หมายถึง ไม่มีคะแนนของปี พ.ศ. {report.fiscal_year - 1} ในข้อมูลที่ใช้จัดทำรายงาน"
    return {
        "rows": rows,
        "compared": words.number(report.fiscal_year - 1) if before else "",
        "notes": [words.say(note)] if absent else [],
    }


def _by_number(rows: Iterable[IndicatorScore]) -> dict[int, Decimal]:
    return {row.no: row.score for row in rows}


def _issues(words: _Words) -> list[Context]:
    return [_issue(words, issue) for issue in grouping(words.report, words.catalogue)]


def grouping(report: Report, catalogue: Catalogue) -> list[Issue]:
    """Return the issues as printed: the year's, with the agency's own items where it has them."""
    own = {issue.no: issue.items for issue in report.issues}
    return [
        issue.model_copy(update={"items": own.get(issue.no, issue.items)})
        for issue in catalogue.issues.rows
    ]


def _issue(words: _Words, issue: Issue) -> Context:
    scores = {row.code: row for row in words.report.scores}
    order = [tool.letter for tool in words.catalogue.tools.rows]
    codes = sorted((c for c in issue.items if c in scores), key=lambda c: order.index(c[0]))
    rows = [_question(words, scores[code]) for code in codes]
    _merge(rows, "tool", [len(list(g)) for _, g in groupby(codes, lambda c: c[0])])
    for key, text in (("no", f"{issue.no}."), ("topic", issue.name)):
        for row in rows:
            row[key] = words.say(text)
        _merge(rows, key, [len(rows)])
    _merge_maintained(words.say(words.catalogue.wording.maintain), rows, codes)
    return {
        "no": words.number(issue.no),
        "name": words.say(issue.name),
        "rows": rows,
        "notes": _missing_notes(words, [scores[code] for code in codes]),
    }


def _question(words: _Words, score: QuestionScore) -> Context:
    tool = words.catalogue.tool_of(score.code)
    return {
        "tool": tool.code if tool else "",
        "code": words.say(words.catalogue.printed(score.code)),
        "scores": _scores(words, score),
        "remarks": _remark(words, score),
        "remark_merge": "",
    }


def _scores(words: _Words, score: QuestionScore) -> list[str]:
    if score.missing is not None:
        return [DASH]
    if score.score is not None:
        return [words.number(score.score)]
    parts = ((1, score.part1), (2, score.part2))
    return [words.say(f"ส่วนที่ {no} {value}") for no, value in parts if value is not None]


def _remark(words: _Words, score: QuestionScore) -> list[str]:
    given = {remark.code: remark.text for remark in words.report.remarks}.get(score.code)
    if given is not None:
        lines = [line.strip() for line in given.split("\n") if line.strip()] or [""]
    elif score.missing is not None:
        lines = [DASH]
    else:
        lines = [words.catalogue.wording.maintain]
    if score.reason:
        reason = " ".join(score.reason.split())
        lines = [*(line for line in lines if line), f"เหตุผลจากระบบ ITAS: {reason}"]
    return [words.say(line) for line in lines]


def _merge(rows: list[Context], key: str, spans: list[int]) -> None:
    for row, mark in zip(rows, marks.merges(spans), strict=True):
        row[f"{key}_merge"] = mark
        if mark == marks.MERGE_CONTINUE:
            row[key] = ""


def _merge_maintained(maintain: str, rows: list[Context], codes: list[str]) -> None:
    """Merge runs of rows that print only รักษาระดับ, within one tool; any other row stands alone."""
    keys = [
        (code[0], "maintain") if row["remarks"] == [maintain] else (code, "alone")
        for row, code in zip(rows, codes, strict=True)
    ]
    spans = [len(list(group)) for _, group in groupby(keys)]
    for row, mark in zip(rows, marks.merges(spans), strict=True):
        row["remark_merge"] = mark
        if mark == marks.MERGE_CONTINUE:
            row["remarks"] = [""]


def _missing_notes(words: _Words, scores: list[QuestionScore]) -> list[str]:
    notes = []
    for reason, why in _WHY_MISSING.items():
        codes = [words.catalogue.printed(s.code) for s in scores if s.missing is reason]
        if codes:
            listed = ", ".join(f"ข้อ {code}" for code in codes)
            notes.append(words.say(f"หมายเหตุ {DASH} {listed} {why}"))
    return notes


def _plan(words: _Words) -> Context:
    names = {issue.no: issue.name for issue in words.catalogue.issues.rows}
    plan = sorted(words.report.plan, key=lambda row: row.issue)
    follow_up = any(row.follow_up for row in plan)
    rows = [_plan_row(words, row, follow_up=follow_up) for row in plan]
    for row, source in zip(rows, plan, strict=True):
        row["topic"] = words.say(f"{source.issue}. {names.get(source.issue, '')}")
    _merge(rows, "topic", [len(list(g)) for _, g in groupby(plan, lambda row: row.issue)])
    return {
        "no": words.number(2),
        "follow_up": FOLLOW_UP if follow_up else "",
        "rows": rows,
    }


def _plan_row(words: _Words, row: PlanRow, *, follow_up: bool) -> Context:
    def points(values: tuple[str, ...]) -> list[str]:
        return [words.say(_BULLET.sub("", value)) for value in values] or [DASH]

    return {
        "measures": points(row.measures),
        "findings": points(row.findings),
        "steps": points(row.steps),
        "period": points(row.period),
        "responsible": points(row.responsible),
        "follow_up": points(row.follow_up) if follow_up else [],
    }


def _signature(words: _Words, person: Signature) -> Context:
    date = f"วันที่ {thai.long_date(person.date)}" if person.date else DOTS_DATE
    return {
        "line": DOTS_SIGN,
        "role": words.say(person.role) or DOTS_ROLE,
        "name": words.say(person.name) or DOTS_NAME,
        "positions": [words.say(line) for line in person.position if line] or [DOTS_POSITION],
        "date": words.say(date),
    }
