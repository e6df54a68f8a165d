"""The figures of the result: total, tools, indicators, last year, and the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from itareport import thai
from itareport.document import chart
from itareport.document.context.words import DASH, Context, Digits, Words, merge, speaker
from itareport.ita.catalogue import Catalogue
from itareport.ita.model import IndicatorScore, LastYear, Report, ToolScore


def graph(
    report: Report, catalogue: Catalogue, kind: chart.Kind = "radar", digits: Digits = "thai"
) -> chart.Graph:
    """Return what the chart of the indicators shows, in the order of the year's indicators."""
    say = speaker(catalogue, None, digits)
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


def result(words: Words) -> Context:
    """Return the official total and level, and what is given besides."""
    result = words.report.result
    return {
        "total": words.number(result.total),
        "level": words.say(result.level),
        "announced": words.say(thai.long_date(result.announced)) if result.announced else "",
        "last_year": _last_year(words, result.last_year) if result.last_year else {},
    }


def _last_year(words: Words, last: LastYear) -> Context:
    return {
        "year": words.number(words.report.fiscal_year - 1),
        "total": words.number(last.total),
    }


def indicators(words: Words) -> Context:
    """Return the table of indicators, last year's scores beside this year's where given."""
    report = words.report
    official = _by_number(report.result.indicators)
    before = _by_number(report.result.last_year.indicators) if report.result.last_year else {}
    known = [row for row in words.catalogue.indicators.rows if row.no in official]
    rows: list[Context] = [
        {
            "tool": row.tool,
            "tool_scores": [],
            "no": words.number(row.no),
            "name": words.say(row.name),
            "score": words.number(official[row.no]),
            "last_year": _before(words, before, row.no),
        }
        for row in known
    ]
    merge(rows, "tool", [row.tool for row in known])
    scores = _tool_scores(words, report.result.tools)
    for row in rows:
        row["tool_scores"] = scores.pop(row["tool"], []) if row["tool"] else []
    absent = before and any(row.no not in before for row in known)
    notes = [f"{tool} {', '.join(lines)}" for tool, lines in scores.items()]
    if absent:
        year = report.fiscal_year - 1
        notes.append(f"หมายเหตุ: “{DASH}” หมายถึง ข้อมูลที่ใช้จัดทำรายงานไม่มีคะแนนของปี พ.ศ. {year}")
    return {
        "rows": rows,
        "compared": words.number(report.fiscal_year - 1) if before else "",
        "notes": [words.say(note) for note in notes],
    }


def _tool_scores(words: Words, tools: Iterable[ToolScore]) -> dict[str, list[str]]:
    """Return the lines of each tool's own scores, which its cell says under its name."""
    lines: dict[str, list[str]] = defaultdict(list)
    for row in tools:
        of = f"ส่วนที่ {row.part}" if row.part else "คะแนน"
        lines[row.tool].append(words.say(f"{of} {row.score}"))
    return lines


def _before(words: Words, before: Mapping[int, Decimal], no: int) -> str:
    if not before:
        return ""
    return words.number(before[no]) if no in before else DASH


def _by_number(rows: Iterable[IndicatorScore]) -> dict[int, Decimal]:
    return {row.no: row.score for row in rows}
