"""The figures of the result: total, tools, indicators, last year, and the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from itareport import thai
from itareport.document import chart
from itareport.document.context.words import DASH, Context, Digits, Words, merge, speaker
from itareport.ita.catalogue import Catalogue, Indicator, Level, ToolPart
from itareport.ita.model import IndicatorScore, Rank, Report, Respondents, ToolScore, score_text


def graph(
    report: Report, catalogue: Catalogue, kind: chart.Kind = "radar", digits: Digits = "thai"
) -> chart.Graph:
    """Return what the chart of the indicators shows, in the order of the year's indicators.

    Last year's scores stand in it where they are given and the two years may be compared.
    """
    say = speaker(catalogue, None, digits)
    official, year = _by_number(report.result.indicators), report.fiscal_year
    rows = [row for row in catalogue.indicators.rows if row.no in official]
    listed = ", ".join(f"{row.no}. {row.name} {official[row.no]}" for row in rows)
    title, series = f"คะแนนรายตัวชี้วัด ปีงบประมาณ พ.ศ. {year}", [_series(official, rows, year)]
    if catalogue.compares_with_last_year and (before := _last_years(report)):
        title += f" และปี พ.ศ. {year - 1}"
        series.insert(0, _series(before, rows, year - 1))
        old = ", ".join(f"{row.no}. {before[row.no]}" for row in rows if row.no in before)
        listed += f" คะแนนปี พ.ศ. {year - 1}: {old}"
    return chart.Graph(
        kind=kind,
        title=say(title),
        series=tuple(replace(one, name=say(one.name)) for one in series),
        labels=tuple(say(f"{row.no}. {row.name} {official[row.no]}") for row in rows),
        alternative_text=say(f"กราฟ{title}: {listed}"),
        thai_digits=digits == "thai",
    )


def _series(scores: Mapping[int, Decimal], rows: list[Indicator], year: int) -> chart.Series:
    return chart.Series(f"คะแนนปี พ.ศ. {year}", tuple(scores.get(row.no) for row in rows))


def result(words: Words) -> Context:
    """Return the official total and level, and what is given besides."""
    result = words.report.result
    return {
        "total": "" if result.total is None else words.number(result.total),
        "level": words.say(result.level or ""),
        "announced": words.say(thai.long_date(result.announced)) if result.announced else "",
        "compared": words.say(_compared(words)),
        "rank": words.say(_rank(result.rank)) if result.rank else "",
        "respondents": words.say(_respondents(words, result.respondents)),
        "why": words.say(_why(words)),
    }


def _compared(words: Words) -> str:
    """Say how the total stands to last year's; of a year with other questions only that it was."""
    result, year = words.report.result, words.report.fiscal_year - 1
    if result.last_year is None:
        return ""
    before = result.last_year.total
    level = f" ระดับ{result.last_year.level}" if result.last_year.level else ""
    if result.total is None or not words.catalogue.compares_with_last_year:
        return f"(ปีงบประมาณ พ.ศ. {year} ได้คะแนนภาพรวม {before} คะแนน{level})"
    if not (change := result.total - before):
        return f"เท่ากับปีงบประมาณ พ.ศ. {year}" + (f" ({level.strip()})" if level else "")
    way = "เพิ่มขึ้น" if change > 0 else "ลดลง"
    return f"{way}จากปีงบประมาณ พ.ศ. {year} ({before} คะแนน{level}) {abs(change)} คะแนน"


def _rank(rank: Rank) -> str:
    return f"เป็นอันดับที่ {rank.place:,} จาก {rank.of:,} แห่งของจังหวัด"


def _respondents(words: Words, given: Respondents | None) -> str:
    """Say how many people answered each questionnaire of which that is known."""
    counts = (
        (tool, getattr(given, tool.code.lower(), None)) for tool in words.catalogue.tools.rows
    )
    said = " และ".join(f"{tool.name} ({tool.code}) {n:,} คน" for tool, n in counts if n is not None)
    return f"มีผู้ตอบ{said}" if said else ""


def _why(words: Words) -> str:
    """Say which tools hold the level down, where the scores of all of them explain it."""
    catalogue, official = words.catalogue, words.report.result
    tools: dict[ToolPart, Decimal] = {(row.tool, row.part): row.score for row in official.tools}
    if tools.keys() != set(catalogue.tool_parts):
        return ""
    if official.total is None or official.level is None:
        return ""
    above = _level_above(catalogue, official.level)
    if catalogue.level(official.total, tools) != (official.level,) or above is None:
        return ""
    if above.each_tool is None or official.total < above.total:
        return ""
    asked = above.each_tool
    low = [part for part in catalogue.tool_parts if tools[part] < asked]
    got = " และ ".join(f"{_part_name(*part)} ได้ {tools[part]} คะแนน" for part in low)
    bar = score_text(asked)
    return f"ทั้งนี้ คะแนน {got} ต่ำกว่า {bar} คะแนน จึงมีผลการประเมินอยู่ในระดับ{official.level}"


def _level_above(catalogue: Catalogue, name: str) -> Level | None:
    return next((a for a, b in pairwise(catalogue.levels.rows) if b.name == name), None)


def _part_name(tool: str, part: int | None) -> str:
    return f"{tool} ส่วนที่ {part}" if part else tool


def indicators(words: Words) -> Context:
    """Return the table of indicators, with last year's scores and the change where given."""
    official, before = _by_number(words.report.result.indicators), _last_years(words.report)
    known = [row for row in words.catalogue.indicators.rows if row.no in official]
    compares = bool(before) and words.catalogue.compares_with_last_year
    rows: list[Context] = [
        {
            "tool": row.tool,
            "tool_scores": [],
            "no": words.number(row.no),
            "name": words.say(row.name),
            "score": words.number(official[row.no]),
            "last_year": _or_dash(words, before.get(row.no)) if before else "",
            "change": _change(words, official[row.no], before.get(row.no)) if compares else "",
        }
        for row in known
    ]
    merge(rows, "tool", [row.tool for row in known])
    scores = _tool_scores(words, words.report.result.tools)
    for row in rows:
        row["tool_scores"] = scores.pop(row["tool"], []) if row["tool"] else []
    notes = [f"{tool} {', '.join(lines)}" for tool, lines in scores.items()]
    notes += _notes(words, before, known, compares=compares)
    return {
        "rows": rows,
        "compared": words.number(words.report.fiscal_year - 1) if before else "",
        "change": "ผลต่าง" if compares else "",
        "notes": [words.say(note) for note in notes],
    }


def _tool_scores(words: Words, tools: Iterable[ToolScore]) -> dict[str, list[str]]:
    """Return the lines of each tool's own scores, which its cell says under its name."""
    lines: dict[str, list[str]] = defaultdict(list)
    for row in tools:
        of = f"ส่วนที่ {row.part}" if row.part else "คะแนน"
        lines[row.tool].append(words.say(f"{of} {row.score}"))
    return lines


def _notes(
    words: Words, before: Mapping[int, Decimal], known: list[Indicator], *, compares: bool
) -> Iterator[str]:
    last = words.report.fiscal_year - 1
    if before and any(row.no not in before for row in known):
        yield f"หมายเหตุ: “{DASH}” หมายถึง ข้อมูลที่ใช้จัดทำรายงานไม่มีคะแนนของปี พ.ศ. {last}"
    if before and not compares:
        yield f"หมายเหตุ: ข้อคำถามของปี พ.ศ. {last + 1} และปี พ.ศ. {last} ต่างกัน จึงไม่แสดงผลต่าง"


def _or_dash(words: Words, score: Decimal | None) -> str:
    return DASH if score is None else words.number(score)


def _change(words: Words, now: Decimal, before: Decimal | None) -> str:
    return (
        DASH if before is None else words.say(f"{now - before:+.2f}" if now != before else "0.00")
    )


def _last_years(report: Report) -> dict[int, Decimal]:
    last = report.result.last_year
    return _by_number(last.indicators) if last else {}


def _by_number(rows: Iterable[IndicatorScore]) -> dict[int, Decimal]:
    return {row.no: row.score for row in rows}
