"""Words of closed lists in a report, put as the lists have them whatever their spaces; pure."""

from __future__ import annotations

from typing import Any

from itareport import thai
from itareport.ita import areas
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Agency, Report
from itareport.problems import Problem, problem


def spelt(report: Report, year: Catalogue, kinds: Kinds) -> tuple[Report, tuple[Problem, ...]]:
    """Return a report whose kind, province and level are spelt as lists have them.

    A name that begins with the kind that its own field gives loses it, with a note (D157).
    """
    agency, level = report.agency, report.result.level
    kind = thai.one_of(agency.kind, kinds.offered) or agency.kind
    name = bare_name(kind, agency.name, kinds)
    words = {"kind": kind, "name": name, "province": areas.spelt(agency.province)}
    levels = [known.name for known in year.levels.rows]
    result = {"level": thai.one_of(level, levels) or level} if level else {}
    changed: dict[str, Any] = {
        field: old.model_copy(update=new)
        for field, old, new in (("agency", agency, words), ("result", report.result, result))
        if any(getattr(old, part) != said for part, said in new.items())
    }
    told = _told(agency, name) if name != agency.name else ()
    return report.model_copy(update=changed) if changed else report, told


def bare_name(kind: str, name: str, kinds: Kinds) -> str:
    """Return the name of an agency without its own kind before it, whole or in short."""
    known = kinds.kind(kind)
    for word in (known.name, known.short) if known and not known.sole else ():
        bare = name.removeprefix(word).strip(" .")
        if name.startswith(word) and bare:
            return bare
    return name


def _told(agency: Agency, name: str) -> tuple[Problem, ...]:
    return (problem("D157", ("agency", "name"), label="ชื่อหน่วยงาน", typed=agency.name, bare=name),)
