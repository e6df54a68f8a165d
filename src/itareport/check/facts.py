"""A report with its years' catalogues, and the look-ups that checks share; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from itareport.check import fields
from itareport.check.arithmetic import code_slips
from itareport.ita import described
from itareport.ita.catalogue import AgencyKind, Catalogue, Item, Kinds
from itareport.ita.kinds import OTHER, full_name
from itareport.ita.model import QuestionScore, Remark, Report
from itareport.problems import FieldPath


@dataclass(frozen=True)
class Facts:
    """The report and catalogues that a check gets; `plan_catalogue` may not exist yet (None)."""

    report: Report
    catalogue: Catalogue
    plan_catalogue: Catalogue | None
    kinds: Kinds

    @cached_property
    def texts(self) -> tuple[fields.Text, ...]:
        """Every text that the document prints as typed (see `fields.texts`)."""
        return tuple(fields.texts(self.report))

    def label(self, where: FieldPath) -> str:
        """Return what the clerk calls a field, or the field that a point belongs to."""
        name = described.up_to_name(where)
        field = described.at(name)
        return described.label(name if field and field.kind else where, self.report)

    @cached_property
    def rows(self) -> dict[str, list[int]]:
        """The places in `scores` of each code of the data, in the data's order."""
        found: dict[str, list[int]] = {}
        for index, row in enumerate(self.report.scores):
            found.setdefault(row.code, []).append(index)
        return found

    @cached_property
    def score(self) -> dict[str, QuestionScore]:
        """The row of each code of the year that has exactly one."""
        return {
            code: self.report.scores[places[0]]
            for code, places in self.rows.items()
            if len(places) == 1 and self.catalogue.item(code)
        }

    def quoted_by(self, remark: Remark) -> tuple[str, ...]:
        """Return what a remark may quote: reasons that ITAS gave, causes that the agency knows."""
        rows = [self.score[code] for code in remark.covered if code in self.score]
        return tuple(text for row in rows for text in (row.reason, row.cause) if text)

    @cached_property
    def named_items(self) -> tuple[tuple[str, Item], ...]:
        """The name of each question and item of the year without white space, longest first."""
        named = [(fields.squeezed_name(item.name), item) for item in self.catalogue.items.rows]
        return tuple(sorted(named, key=lambda pair: len(pair[0]), reverse=True))

    @cached_property
    def meant(self) -> dict[int, str]:
        """The missing code that a row of `scores` is likely meant for, by its place there."""
        return code_slips.meant(self.report.scores, self.catalogue)

    @cached_property
    def indicators(self) -> dict[int, Decimal]:
        """The official score of each indicator of the year that has exactly one."""
        given = Counter(row.no for row in self.report.result.indicators)
        return {
            row.no: row.score
            for row in self.report.result.indicators
            if given[row.no] == 1 and self.catalogue.indicator(row.no)
        }

    @cached_property
    def grouping(self) -> dict[int, tuple[str, ...]]:
        """The codes of each issue: the agency's own where it gives them, else the year's."""
        groups = {issue.no: issue.items for issue in self.catalogue.issues.rows}
        own = {row.no: row.items for row in self.report.issues if row.no in groups}
        return groups | own

    @cached_property
    def issues_of(self) -> dict[str, tuple[int, ...]]:
        """The issues that each code belongs to: one, unless the agency's grouping is at fault."""
        found: dict[str, tuple[int, ...]] = {}
        for no, codes in self.grouping.items():
            for code in dict.fromkeys(codes):
                found[code] = (*found.get(code, ()), no)
        return found

    @cached_property
    def catalogues(self) -> tuple[Catalogue, ...]:
        """The catalogues whose codes the plan may quote: the result's and the plan's."""
        return (self.catalogue, *([self.plan_catalogue] if self.plan_catalogue else []))

    @cached_property
    def kind(self) -> AgencyKind | None:
        """The agency's kind as far as it is known, even from its abbreviation or in quotes."""
        return self.kinds.meant(fields.unquoted(self.report.agency.kind))

    @cached_property
    def full_name(self) -> str:
        """Kind and name as the cover should print them, whatever was typed."""
        kind = self.kind.name if self.kind else self.report.agency.kind
        return full_name(kind, fields.unquoted(self.report.agency.name))

    @cached_property
    def name(self) -> str:
        """The agency's name without white space, quotes, or a kind put before it."""
        name = fields.squeezed(fields.unquoted(self.report.agency.name))
        if fields.squeezed(fields.unquoted(self.report.agency.kind)) == OTHER:
            return name
        before = [word for word in self.kinds.not_in_names(self.kind) if name.startswith(word)]
        return name.removeprefix(max(before, key=len, default=""))

    def low(self) -> Iterator[tuple[int, QuestionScore]]:
        """Yield the rows of the year with a score below 100, and their places in `scores`.

        Left out are rows that are likely meant for another code, and the second row of a code.
        """
        seen = set()
        for index, row in enumerate(self.report.scores):
            lowest = row.lowest
            if lowest is None or lowest >= 100 or not self.catalogue.item(row.code):
                continue
            if index not in self.meant and row.code not in seen:
                seen.add(row.code)
                yield index, row
