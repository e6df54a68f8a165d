"""Report and catalogue to the template's words: strings, lists and mappings only; pure.

What is printed is settled here: order, digits, merges, footnotes.  Official figures pass through
unchanged but for their digits.
"""

from __future__ import annotations

from itareport.document import marks
from itareport.document.context import figures, part1, part2
from itareport.document.context.figures import graph
from itareport.document.context.words import Context, Digits, Words, speaker
from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Report

__all__ = ["DRAFT_MARK", "Context", "Digits", "context", "graph", "speaker"]

DRAFT_MARK = "ร่าง"
"""The word on every page while drafts wait to be confirmed."""


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
    words = Words(report, catalogue, speaker(catalogue, plan_catalogue, digits))
    say = words.say
    titles = words.titles(catalogue.titles.report)
    name = say(report.agency.full_name)
    return {
        "fiscal_year": words.number(report.fiscal_year),
        "plan_year": words.number(report.plan_year),
        "draft_mark": DRAFT_MARK if report.has_drafts else "",
        "properties": {"title": f"{' '.join(titles)} {name}"},
        "agency": {
            "name": name,
            "area": say(report.agency.area),
            "website": say(report.agency.website or ""),
        },
        "cover": {
            "emblem": marks.EMBLEM if report.agency.emblem else "",
            "titles": words.titles(catalogue.titles.cover),
            "serves": say(_serves(report, plan_catalogue)),
        },
        "title": {"first": titles[0], "others": titles[1:]},
        "result": figures.result(words),
        "graph": marks.GRAPH if with_graph else "",
        "indicators": figures.indicators(words),
        "part1": {"no": words.number(1), "issues": part1.issues(words)},
        "part2": part2.plan(words),
        "signatures": part2.signatures(words, report.signatures),
    }


def _serves(report: Report, plan_catalogue: Catalogue | None) -> str:
    if plan_catalogue is None:
        return ""
    code = plan_catalogue.serves.report
    item = plan_catalogue.item(code)
    name = f" {item.name}" if item else ""
    year = report.plan_year
    return f"ใช้ประกอบการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} ข้อ {code}{name}"
