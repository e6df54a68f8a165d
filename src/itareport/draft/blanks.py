"""The words that fill the blanks of the drafts, for one report; pure."""

from __future__ import annotations

from collections.abc import Mapping

from itareport.draft.draft_rows import OF_KIND, Drafts
from itareport.ita.catalogue import AgencyKind, Family
from itareport.ita.model import QuestionScore, Report

EMPTY = "-–—•*·.… \n"
"""A text of these characters alone is empty: clerks type a dash into a cell to leave it so."""
LONGEST = 220
"""The letters of a remark that a cell of the table has room for."""


def blanks(
    report: Report, kind: AgencyKind | None, family: Family | None, drafts: Drafts
) -> Mapping[str, str]:
    """Return the words for this agency, of a known kind and family or not, and its years.

    The permanent secretary is called without the agency's name, which the executive has.
    """
    agency = report.agency
    own = {word: getattr(kind, word) for word in OF_KIND} if kind else {}
    if kind:
        name = "" if kind.sole else agency.name
        own["executive"] = f"{kind.executive}{name}"
        if kind.secretary:
            secretary = family.secretary if family else kind.secretary
            own["through"] = drafts.follow_up.through.format(secretary=secretary)
    words = drafts.words | {blank: text for blank, text in own.items() if text}
    years = {"year": str(report.fiscal_year), "plan_year": str(report.plan_year)}
    team = drafts.of_size(agency.size).team
    return {"through": "", **words, "agency": agency.full_name, **years, "team": team}


def got(row: QuestionScore, *, both: bool) -> str:
    """Write the lowest score: `78.20 คะแนน`, with the half that it is of where two differ.

    Args:
        row: The scores of a question.
        both: Whether what is said holds of both halves: then both are written.
    """
    part = half(row)
    if part and both:
        return f"{row.part1} คะแนน ในส่วนที่ 1 และ {row.part2} คะแนน ในส่วนที่ 2"
    return f"{row.lowest} คะแนน ในส่วนที่ {part}" if part else f"{row.lowest} คะแนน"


def half(row: QuestionScore) -> int | None:
    """Return the half of the lowest score, None where both halves are as low."""
    parts = ((1, row.part1), (2, row.part2))
    lowest = [no for no, score in parts if score is not None and score == row.lowest]
    return lowest[0] if len(lowest) == 1 else None
