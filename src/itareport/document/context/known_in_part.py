"""Part 1 of a result without scores of questions: by indicator, or by tool."""

from __future__ import annotations

from collections.abc import Iterator

from itareport.document.context.words import DASH, Context, Words, merge
from itareport.ita import remarked
from itareport.ita.catalogue import Issue, Tool
from itareport.ita.model import Published, Remark

HEADINGS = {
    Published.ITEMS: "ข้อคำถาม",
    Published.INDICATORS: "ตัวชี้วัด",
    Published.TOTAL: "แบบวัด",
}
"""What heads the column of questions, by what is known."""


def rows(words: Words, issue: Issue) -> list[Context]:
    """Return the rows of an issue's table: its indicators, or its tools."""
    by_tool = words.report.result.published is Published.TOTAL
    pairs = list(_tools(words, issue) if by_tool else _indicators(words, issue))
    made = [row for row, _ in pairs]
    for row in made:
        row |= {"no": words.say(f"{issue.no}."), "topic": words.say(issue.name), "next": ""}
    for name in ("no", "topic"):
        merge(made, name, [issue.no] * len(made))
    merge(made, "tool", [row["tool"] for row in made])
    merge(made, "remarks", [key for _, key in pairs])
    return made


def _indicators(words: Words, issue: Issue) -> Iterator[tuple[Context, object]]:
    official = {row.no: row.score for row in words.report.result.indicators}
    for row in words.catalogue.indicators_among(issue.items):
        if row.no not in official:
            continue
        remark = remarked.of_part(words.report, row.tool, row.no)
        keeps = official[row.no] >= words.report.agency.maintain_from
        yield (
            {
                "tool": row.tool,
                "kind": "ตัวชี้วัดที่",
                "code": words.say(f"{row.no} {row.name}"),
                "scores": [words.number(official[row.no])],
                "remarks": _lines(words, remark, keeps=keeps),
            },
            row.no if remark is None or remark.indicator is not None else row.tool,
        )


def _tools(words: Words, issue: Issue) -> Iterator[tuple[Context, object]]:
    for tool in words.catalogue.tools.rows:
        if any(code[0] == tool.letter for code in issue.items):
            lines = _lines(words, remarked.of_part(words.report, tool.code, None), keeps=False)
            scores = _scores(words, tool) or [DASH]
            row = {"tool": tool.code, "kind": "แบบ", "code": tool.code}
            yield row | {"scores": scores, "remarks": lines}, tool.code


def _scores(words: Words, tool: Tool) -> list[str]:
    return [
        words.say(f"ส่วนที่ {row.part} {row.score}" if row.part else str(row.score))
        for row in words.report.result.tools
        if row.tool == tool.code
    ]


def _lines(words: Words, remark: Remark | None, *, keeps: bool) -> list[str]:
    if remark is None:
        return [words.say(words.catalogue.wording.maintain) if keeps else DASH]
    return words.paragraphs(remark.text) or [""]
