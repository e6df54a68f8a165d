"""The scores that claims are held against, and where they stand in the data; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from itareport.check import fields
from itareport.check.arithmetic import decimals
from itareport.check.facts import Facts
from itareport.check.truth.claims import Member, Scope
from itareport.check.truth.phrases import Is
from itareport.ita import codes
from itareport.ita.model import PlanRow
from itareport.problems import FieldPath


def is_same(score: Decimal, number: Decimal) -> bool:
    """Tell whether a number is the score as it is, or rounded to fewer decimals than two."""
    exponent = int(number.as_tuple().exponent)
    rounded = score.quantize(number, ROUND_HALF_UP) if -2 < exponent < 0 else score
    return rounded == number


@dataclass(frozen=True)
class Figures:
    """Looks up what the data has for each member of a claim; nothing where that is unknown."""

    facts: Facts

    def values(self, member: Member) -> tuple[Decimal, ...]:
        """Return each figure that may be meant: of two halves each, and their mean."""
        if member.kind is Is.CODE:
            row = self.facts.score.get(member.key)
            if row is None:
                return ()
            if member.part and row.score is None:
                half = row.part1 if member.part == 1 else row.part2
                return () if half is None else (half,)
            halves = [half for half in (row.part1, row.part2) if half is not None]
            return (*row.known, *_means(halves))
        if member.kind is Is.INDICATOR:
            score = self.facts.indicators.get(int(member.key))
            return () if score is None else (score,)
        if member.kind is Is.TOOL:
            given = [self.facts.report.result.tools[i].score for i in self._tool_rows(member)]
            return (*given, *_means(given))
        return self._total if member.kind is Is.TOTAL else ()

    def ranked(self, member: Member) -> tuple[Decimal, ...]:
        """Return the figures of which one may be the lowest or highest: of a tool its own."""
        return self.values(member)[-1:] if member.kind is Is.TOOL else self.values(member)

    @property
    def _total(self) -> tuple[Decimal, ...]:
        total = self.facts.report.result.total
        return () if total is None else (total,)

    def last_year(self, member: Member) -> tuple[Decimal, ...]:
        """Return what the year before had for the total or an indicator."""
        last = self.facts.report.result.last_year
        if last is None or member.kind is Is.TOTAL:
            return () if last is None else (last.total,)
        return tuple(row.score for row in last.indicators if str(row.no) == member.key)

    def _tool_rows(self, member: Member) -> list[int]:
        return [
            index
            for index, row in enumerate(self.facts.report.result.tools)
            if row.tool == member.key and member.part in {0, row.part or 0}
        ]

    def around(self, member: Member) -> tuple[Decimal, ...]:
        """Return the figures that a remark may mean besides its own: of all that it is part of."""
        year, found = self.facts.catalogue, [*self._total]
        if indicator := year.indicator_of(member.key):
            found += self.values(Member(Is.INDICATOR, str(indicator.no)))
        if tool := year.tool_of(member.key):
            found += self.values(Member(Is.TOOL, tool.code))
        return tuple(found)

    @property
    def passing(self) -> Decimal:
        """The lowest score that any level of the year asks of each tool."""
        asked = (row.each_tool for row in self.facts.catalogue.levels.rows)
        return min((score for score in asked if score is not None), default=Decimal(0))

    def last_year_places(self, member: Member) -> tuple[FieldPath, ...]:
        """Return where the figures of the year before stand."""
        if member.kind is Is.TOTAL:
            return (("result", "last_year", "total"),)
        last = self.facts.report.result.last_year
        numbers = [str(row.no) for row in last.indicators] if last else []
        return (("result", "last_year", "indicators", numbers.index(member.key), "score"),)

    def places(self, member: Member) -> tuple[FieldPath, ...]:
        """Return where the figures of a member stand."""
        if member.kind is Is.CODE:
            (index,) = self.facts.rows[member.key]
            row = self.facts.report.scores[index]
            given = [name for name in ("score", "part1", "part2") if getattr(row, name) is not None]
            wanted = [n for n in given if not member.part or n in {"score", f"part{member.part}"}]
            return tuple(("scores", index, name) for name in wanted)
        result = self.facts.report.result
        if member.kind is Is.INDICATOR:
            numbers = [row.no for row in result.indicators]
            return (("result", "indicators", numbers.index(int(member.key)), "score"),)
        if member.kind is Is.TOOL:
            return tuple(("result", "tools", i, "score") for i in self._tool_rows(member))
        return (("result", "total"),)

    def name(self, member: Member) -> str:
        """Name a member as the clerk does: `ข้อ e4 (ส่วนที่ 1)`."""
        half = f" (ส่วนที่ {member.part})" if member.part else ""
        names = {Is.CODE: "ข้อ ", Is.INDICATOR: "ตัวชี้วัดที่ ", Is.TOOL: "คะแนน "}
        if member.kind not in names:
            return "คะแนนรวม"
        return f"{names[member.kind]}{member.key}{half}"

    def shown(self, member: Member) -> str:
        """Write what the data has for a member: `80.95 (ส่วนที่ 1) และ 91.67 (ส่วนที่ 2)`."""
        if member.kind is Is.CODE and not member.part:
            return fields.score(self.facts.score[member.key])
        return " และ ".join(map(str, dict.fromkeys(self.values(member)[: member.part or None])))

    @property
    def sensible_scopes(self) -> tuple[Scope, ...]:
        """What is meant where a text does not say among whom: the smallest of all there are."""
        return Scope(Is.ISSUE), Scope(Is.INDICATOR)

    def named_in(self, row: PlanRow) -> tuple[Member, ...]:
        """Return the codes that a row of the plan names and that have scores."""
        found = codes.find("\n".join(row.findings))
        return self._known(quoted.code for quoted in found)

    def each(self, named: str, issue: int) -> tuple[Member, ...]:
        """Return all that `ทุกข้อ` or `ทุกตัวชี้วัด` means: of an issue, 0 for all there are."""
        if "ตัวชี้วัด" in named:
            return tuple(Member(Is.INDICATOR, str(no)) for no in self.facts.indicators)
        is_of_all = not issue and "ประเด็น" not in named
        codes_meant = self.facts.score if is_of_all else self.facts.grouping.get(issue, ())
        return self._known(codes_meant)

    def among(self, member: Member, scope: Scope | None, issue: int) -> tuple[Member, ...]:
        """Return those among which a member is said to be the lowest or highest.

        Args:
            member: One of those spoken of.
            scope: What the text says; None where it does not say, and any sensible one will do.
            issue: Of the plan's row, 0 for a remark.
        """
        if member.kind is Is.INDICATOR:
            return self._indicators(scope, issue)
        if member.kind is Is.TOOL and not member.part and (scope is None or scope.kind is Is.ALL):
            tools = (Member(Is.TOOL, tool.code) for tool in self.facts.catalogue.tools.rows)
            return tuple(tool for tool in tools if self.values(tool))
        if member.kind is not Is.CODE:
            return ()
        kind, key = (scope.kind, scope.key) if scope else (Is.ISSUE, "")
        return self._known(self._codes(member.key, kind, key, issue))

    def _codes(self, code: str, kind: Is, key: str, issue: int) -> Iterable[str]:
        """Return the codes of an issue, an indicator, a tool or the year: its own without a key."""
        year = self.facts.catalogue
        if kind is Is.ISSUE:
            own = [issue] if issue else self.facts.issues_of.get(code, ())
            grouping = self.facts.grouping
            return [c for no in ([int(key)] if key else own) for c in grouping.get(no, ())]
        if kind in {Is.INDICATOR, Is.SUB_INDICATOR}:
            wanted = key or next(iter(self._numbers(code)), "")
            return [c for c in year.codes if wanted in self._numbers(c)]
        if kind is Is.TOOL:
            tool = year.tool(key) if key else year.tool_of(code)
            return [c for c in year.codes if tool and c[0] == tool.letter]
        return year.codes if kind in {Is.ALL, Is.EACH} else ()

    def _numbers(self, code: str) -> tuple[str, ...]:
        """Return the numbers of the indicator and the sub-indicator of a code."""
        rows = (
            self.facts.catalogue.indicator_of(code),
            self.facts.catalogue.sub_indicator_of(code),
        )
        return tuple(str(row.no) for row in rows if row is not None)

    def _indicators(self, scope: Scope | None, issue: int) -> tuple[Member, ...]:
        tool = scope.key if scope and scope.kind is Is.TOOL else ""
        rows = [row for row in self.facts.catalogue.indicators.rows if tool in {"", row.tool}]
        if scope and scope.kind is Is.ISSUE:
            of_issue = self.facts.grouping.get(int(scope.key or issue), ())
            rows = list(self.facts.catalogue.indicators_among(of_issue))
        return tuple(
            Member(Is.INDICATOR, str(row.no)) for row in rows if row.no in self.facts.indicators
        )

    def _known(self, wanted: Iterable[str]) -> tuple[Member, ...]:
        members = (Member(Is.CODE, code) for code in dict.fromkeys(wanted))
        return tuple(member for member in members if self.values(member))


def _means(halves: list[Decimal]) -> tuple[Decimal, ...]:
    return (decimals.half_up(decimals.mean(halves)),) if len(halves) > 1 else ()
