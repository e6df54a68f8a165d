"""The agency's kind, name and area; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from itareport import thai
from itareport.check import fields
from itareport.check.facts import Facts
from itareport.check.prose.spelling import distance
from itareport.ita import areas, described
from itareport.ita.kinds import OTHER, full_name
from itareport.ita.model import WHOSE, Agency
from itareport.problems import Problem, problem


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each name that is missing, unknown or has its kind in it."""
    agency = facts.report.agency
    yield from _quotes(agency)
    bare = agency.model_copy(
        update={field: fields.unquoted(getattr(agency, field)) for field in WHOSE}
    )
    yield from _kind(facts, bare)
    yield from _name(facts, bare)
    yield from _area(facts, bare)


def _quotes(agency: Agency) -> Iterator[Problem]:
    """Report quotation marks that were typed around a name: the cover would print them."""
    for field in WHOSE:
        typed = getattr(agency, field)
        if (bare := fields.unquoted(typed)) != typed:
            label = described.title(("agency", field))
            told = {"field": label, "typed": typed, "bare": bare or "ข้อความ"}
            yield problem("D229", ("agency", field), label=label, **told)


def _kind(facts: Facts, agency: Agency) -> Iterator[Problem]:
    if agency.kind in facts.kinds.offered:
        return
    where, typed = ("agency", "kind"), fields.squeezed(agency.kind)
    if facts.kind is not None and typed != facts.kind.name:
        yield problem("D230", where, kind=agency.kind, full=facts.kind.name)
        return
    known = fields.either(facts.kinds.offered)
    hint = _perhaps(typed, facts.kinds.offered)
    yield problem("D273", where, kind=agency.kind, hint=hint, known=known)


def _name(facts: Facts, agency: Agency) -> Iterator[Problem]:
    """Report a missing name, and a name that begins with a kind, which would be printed twice."""
    kind = facts.kind.name if facts.kind else agency.kind
    sole = [known.name for known in facts.kinds.kinds if known.sole]
    if not agency.name and kind not in sole:
        yield problem("D228", ("agency", "name"), kind=kind)
    if kind == OTHER:
        return
    words = [word for word in facts.kinds.not_in_names(facts.kind) if word not in sole]
    words += [kind, agency.kind]
    doubled = [word for word in words if word and agency.name.startswith(word)]
    if doubled or (kind in sole and agency.name):
        bare = agency.name.removeprefix(max(doubled, key=len, default=agency.name)).strip()
        printed = full_name(kind, agency.name)
        hint = f" เช่น {bare}" if bare else ""
        yield problem("D231", ("agency", "name"), printed=printed, hint=hint)


def _area(facts: Facts, agency: Agency) -> Iterator[Problem]:
    district, province = thai.bare_area(agency.district, agency.province)
    districts = areas.districts(province)
    kind = facts.kinds.kind(agency.kind)
    if districts is None:
        hint = _perhaps(province, areas.provinces())
        yield problem("D270", ("agency", "province"), province=agency.province, hint=hint)
    if kind is not None and not kind.has_district:
        return
    where = ("agency", "district")
    if not district:
        if kind is not None:
            yield problem("D272", where, agency=agency.full_name)
    elif districts is None:
        yield problem("D311", where, district=agency.district, province=agency.province)
    elif fields.squeezed(district) not in districts:
        word = "เขต" if province == areas.BANGKOK else "อำเภอ"
        hint = _elsewhere(district) or _perhaps(district, districts)
        shown = province if province == areas.BANGKOK else f"จังหวัด{province}"
        yield problem("D271", where, kind=word, district=district, province=shown, hint=hint)


def _perhaps(name: str, known: Iterable[str]) -> str:
    """Return a hint at the known name that is spelled nearly so."""
    near = min(((distance(name, other), other) for other in known), default=(9, ""))
    return f"อาจหมายถึง {near[1]} " if near[0] <= max(1, len(name) // 4) else ""


def _elsewhere(district: str) -> str:
    """Return a hint at the provinces that have a district of that name."""
    name = fields.squeezed(district)
    found = [p for p in areas.provinces() if name in (areas.districts(p) or ())]
    return f"มีชื่อนี้ในจังหวัด{fields.either(found)} " if found else ""
