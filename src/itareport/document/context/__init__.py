"""Report and catalogue to the template's words: strings, lists and mappings only; pure.

What is printed is settled here: order, digits, merges, footnotes.  Official figures pass through
unchanged but for their digits.
"""

from __future__ import annotations

from itareport.document import marks
from itareport.document.context import correspondence, figures, older_names, part1, part2, served
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
    None when that year is not known yet.
    """
    words = Words(report, catalogue, speaker(catalogue, plan_catalogue, digits))
    low = correspondence.rows(words)
    has_graph = with_graph and bool(report.result.indicators or report.graph)
    return {
        **_front(words, plan_catalogue),
        "result": figures.result(words) | older_names.result(words),
        "graph": marks.GRAPH if has_graph else "",
        "indicators": figures.indicators(words),
        "part1": {
            "no": words.number(1),
            "heading": part1.heading(report),
            "by_indicator": part1.by_indicator(report),
            "issues": part1.issues(words),
        },
        "part2": part2.plan(words),
        "follow_up": words.paragraphs(report.follow_up),
        "summary": words.paragraphs(report.summary),
        "appendices": [
            words.say(f"{number}. {name}") for number, name in enumerate(report.appendices, start=1)
        ],
        "correspondence": low,
        "correspondence_below": correspondence.below(words) if low else "",
        "signatures": part2.signatures(words, report.signatures),
    }


def _front(words: Words, plan_catalogue: Catalogue | None) -> Context:
    """Return the words of the cover, the titles, and what every page says."""
    report, say = words.report, words.say
    serves, above = served.on_cover(report, plan_catalogue)
    titles = words.titles((*above, *words.catalogue.titles.report))
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
            "titles": words.titles((*above, *words.catalogue.titles.cover)),
            "serves": say(serves),
        },
        "title": {"first": titles[0], "others": titles[1:]},
        "principles": words.paragraphs(report.principles),
    }
