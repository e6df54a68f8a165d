"""The facts about one report that the lists and the file names need."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from itareport import thai
from itareport.ita import closed_words, names
from itareport.ita.catalogue import Kinds
from itareport.ita.model import WHOSE, Report
from itareport.problems import FieldPath
from itareport.reading.workbook import wide

_BEGINNING = 120


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Agency, figures and remarks of one report; figures as given, official."""

    stem: str
    """The name of the report's files, without extension."""
    kind: str
    name: str
    district: str
    province: str
    fiscal_year: int
    """0 where the data could not be read so far."""
    total: str = ""
    level: str = ""
    indicators: tuple[str, ...] = ()
    has_drafts: bool = False
    remarks: tuple[tuple[str, str, str], ...] = ()
    """Code, digest and beginning of each remark that is not a draft."""
    is_odd_level: bool = False
    """Whether the fiscal year has no level of that name."""
    before: tuple[str, ...] = ()
    """Kind, name, district and province by which a table gave the agency its form, where the
    agency has corrected them."""

    @property
    def earlier(self) -> KeyFacts | None:
        """The same report under the name by which the agency was given its form, if another."""
        if not self.before:
            return None
        kind, name, district, province = self.before
        return replace(self, kind=kind, name=name, district=district, province=province, before=())

    @property
    def place(self) -> tuple[str, ...]:
        """What identifies the agency in any year."""
        return self.agency[:-1]

    @property
    def agency(self) -> tuple[str, ...]:
        """What identifies agency and year, however spaces and letters are encoded."""
        parts = (self.kind, self.name, self.district, self.province, str(self.fiscal_year))
        return tuple("".join(unicodedata.normalize("NFC", part).split()) for part in parts)


def of_report(
    report: Report,
    kinds: Kinds,
    left_out: Collection[FieldPath] = frozenset(),
    then: Mapping[str, str] | None = None,
    levels: Collection[str] = (),
) -> KeyFacts:
    """Return the facts about a report.

    Args:
        report: The report, or what could be read of it.
        kinds: The kinds of agency.
        left_out: The paths at which stand-ins are: of those there are no facts.
        then: The values of the row from which a form was filled.
        levels: Those of the fiscal year, where it is known.
    """
    agency, result = report.agency, report.result
    known = kinds.meant(agency.kind)
    kind = known.name if known else agency.kind
    name = closed_words.bare_name(kind, agency.name, kinds)
    district, province = thai.bare_area(agency.district, agency.province)
    total = None if ("result", "total") in left_out else result.total
    level = "" if ("result", "level") in left_out else result.level or ""
    facts = KeyFacts(
        names.report_name(report, kinds), kind, name, district, province, report.fiscal_year,
        "" if total is None else str(total),
        thai.one_of(level, levels) or level,
        _indicators(report, left_out),
        report.has_drafts,
        _remarks(report, left_out),
        bool(level and levels) and thai.one_of(level, levels) is None,
    )  # fmt: skip
    given = replace(facts, before=_given_as(then or {}))
    is_other = given.earlier is not None and given.earlier.place != facts.place
    return given if is_other else facts


def _given_as(then: Mapping[str, str]) -> tuple[str, ...]:
    """Return by which kind, name, district and province a form was given; () for other data."""
    kind, name, *area = (then.get(f"agency.{one}", "") for one in WHOSE)
    return (kind, name, *thai.bare_area(*area)) if name or kind else ()


def _indicators(report: Report, left_out: Collection[FieldPath]) -> tuple[str, ...]:
    """Return the scores of the indicators in their order; none where one could not be read."""
    if any(path[:2] == ("result", "indicators") for path in left_out):
        return ()
    rows = sorted(report.result.indicators, key=lambda row: row.no)
    return tuple(str(row.score) for row in rows)


def of_agency(agency: wide.AgencyRow | None, kinds: Kinds) -> KeyFacts | None:
    """Return the facts that an agency's name and place give; None where they are not known."""
    if agency is None:
        return None
    kind, name, *area = agency.identity
    known = kinds.kind(kind)
    if not name and not (known and known.sole):
        return None
    district, province = thai.bare_area(*area)
    return KeyFacts(kinds.short_name(kind, name), kind, name, district, province, 0)


def _remarks(report: Report, left_out: Collection[FieldPath]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (row.code, *_digest_and_beginning(" ".join(row.text.split())))
        for at, row in enumerate(report.remarks)
        if row.text and not row.draft and ("remarks", at) not in left_out
    )


def _digest_and_beginning(words: str) -> tuple[str, str]:
    beginning = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING]}…"
    return hashlib.sha256(words.encode()).hexdigest()[:16], beginning
