"""Names that earlier shipped templates print, kept for the templates that offices made of those."""

from __future__ import annotations

from itareport.document.context.words import Context, Words
from itareport.ita.model import ToolScore

PRINTS: dict[str, str] = {
    "result.last_year.year": "",
    "result.last_year.total": "",
    "result.tools[].name": "",
    "result.tools[].score": "indicators.rows[].tool_scores[]",
}
"""Each older name, and the name all of whose values it prints; none where it prints fewer."""
FIXED: dict[str, str] = {"part1.heading": "ข้อคำถาม", "part1.issues[].rows[].kind": "ข้อ"}
"""Names whose most frequent value stood in those templates as a word of their own."""


def result(words: Words) -> Context:
    """Return what the result was told by, before `compared` and the scores beside each tool."""
    official = words.report.result
    last = official.last_year
    year = words.number(words.report.fiscal_year - 1)
    return {
        "last_year": {"year": year, "total": words.number(last.total)} if last else {},
        "tools": [_tool(words, row) for row in official.tools],
    }


def _tool(words: Words, row: ToolScore) -> Context:
    tool = words.catalogue.tool(row.tool)
    name = f"{tool.name} ({row.tool})" if tool else row.tool
    part = f" ส่วนที่ {row.part}" if row.part else ""
    return {"name": words.say(f"{name}{part}"), "score": words.number(row.score)}
