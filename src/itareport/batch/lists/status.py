"""The status of an agency in a batch, in words, and the first thing that it must mend; pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from itareport.batch.record.entry import Complaint, Entry
from itareport.batch.record.key_facts import KeyFacts
from itareport.ita import areas, catalogue
from itareport.ita.kinds import full_name
from itareport.problems import Flag, headed


class Status(StrEnum):
    """How far an agency's report is, the worst first."""

    FAILED = "จัดทำไม่ได้"
    MENDING = "ต้องแก้ไข"
    UNMADE = "ยังไม่ได้จัดทำ"
    UNSENT = "ยังไม่ส่ง"
    DRAFT = "มีร่างรอยืนยัน"
    DONE = "เรียบร้อย"


FILLS = {
    Status.FAILED: "FFF8CBAD",
    Status.MENDING: "FFFCE4D6",
    Status.UNMADE: "FFEDEDED",
    Status.UNSENT: "FFEDEDED",
    Status.DRAFT: "FFFFF2CC",
}
"""The colour of each status that leaves something to do."""
_OF_STATE = {
    "failed": Status.FAILED,
    "unmade": Status.UNMADE,
    "waiting": Status.UNMADE,
    "unsent": Status.UNSENT,
}
_NO_PDF = "มีรายงาน Word แล้ว แต่ยังไม่ได้ทำ PDF"
_STOPPED = "คำสั่งหยุดก่อนจัดทำ"


def of(entry: Entry) -> Status:
    """Return the status of a line."""
    if entry.state in _OF_STATE:
        return _OF_STATE[entry.state]
    if any(map(must_be_mended, entry.problems)):
        return Status.MENDING
    return Status.DRAFT if entry.facts and entry.facts.has_drafts else Status.DONE


def counted(statuses: Mapping[Status, int]) -> str:
    """Return how many have each status, the worst first."""
    return " · ".join(f"{one} {statuses[one]}" for one in Status if statuses.get(one))


def must_be_mended(one: Complaint) -> bool:
    """Return whether a report cannot be made, or cannot be used, before the problem is mended."""
    return one.is_error or one.has(Flag.MUST_BE_MENDED)


def goes_through_district(facts: KeyFacts) -> bool:
    """Return whether letters to an agency go through its district office, by its kind.

    None goes through a district that its province does not have.
    """
    kind = catalogue.packaged_kinds().kind(facts.kind)
    known = areas.districts(facts.province)
    is_there = known is None or "".join(facts.district.split()) in known
    return bool(facts.district and kind and kind.through_district and is_there)


def finding(entry: Entry) -> str:
    """Return the first thing to mend in words; "" where there is none."""
    found = sorted(filter(must_be_mended, entry.problems), key=lambda one: not one.is_error)
    if found:
        return headed("", found[0].label, found[0].text)
    return {"waiting": _NO_PDF, "unmade": _STOPPED}.get(entry.state, "")


def name(entry: Entry) -> str:
    """Return the agency's full name; where nobody knows it, the name of its data file.

    With it goes the name that the agency had in the table before it corrected it in its form.
    """
    facts = entry.facts
    if facts is None:
        return Path(entry.shown).name
    now, earlier = full_name(facts.kind, facts.name), facts.earlier
    then = full_name(earlier.kind, earlier.name) if earlier else now
    return now if then == now else f"{now} (เดิม {then})"
