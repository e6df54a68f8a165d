"""One report as its form shows it: its data, its year, and its problems by field; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from itareport import thai
from itareport.actions import check
from itareport.actions.prepare import Checked
from itareport.ita import catalogue as years
from itareport.ita.catalogue import AgencyKind, Catalogue, Own
from itareport.ita.model import Report
from itareport.problems import FieldPath, Flag, Problem, Severity
from itareport.web import to_do
from itareport.web.forms import naming
from itareport.web.forms.steps import step_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What the window that asks for the form has in hand."""

    at: str = ""
    """The name of the field that a link leads to."""
    typing: str = ""
    """The name of the field that is being typed in: nothing new is said against it."""
    opened: str = ""
    """The card or row that is open."""
    halves: bool = False
    """Whether the scores of both parts of EIT are typed."""


@dataclass(frozen=True, slots=True)
class Said:
    """A problem as the form says it."""

    found: Problem
    kind: str
    """`bad`, `warn` or `note`, as the style sheet calls it."""
    message: str
    remedy: str
    name: str
    """The field that it is about."""


_KINDS = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "note"}


@dataclass(frozen=True)
class ReportForm:
    """One report as its form shows it."""

    key: str
    data: dict[str, Any]
    checked: Checked
    own: Own
    """The kinds of agency, and the office's own catalogues."""
    asked: Asked = field(default_factory=Asked)
    locked: bool = False
    _told: set[int] = field(default_factory=set)

    # -- the year and the report -------------------------------------------------------------

    @cached_property
    def year(self) -> Catalogue:
        """The catalogue of the result's year; the newest where the year is not known."""
        if self.checked.ready:
            return self.checked.ready.catalogue
        known = {*self.own.years, *years.known_years()}
        typed = naming.text(self.data, "fiscal_year").strip()
        given = int(typed) if typed.isdecimal() else 0
        return self.own.year(given if given in known else max(known))

    @cached_property
    def plan_year(self) -> Catalogue | None:
        """The catalogue of the plan's year, where there is one."""
        wanted = self.year.fiscal_year + 1
        return self.own.year(wanted) if wanted in {*self.own.years, *years.known_years()} else None

    @cached_property
    def given(self) -> Report | None:
        """As much of the report as could be read, without drafts of the program."""
        ready = self.checked.ready
        return ready.report if ready else self.checked.part

    @cached_property
    def report(self) -> Report | None:
        """As much of the report as could be read, with the program's drafts for what is empty."""
        return to_do.report_of(self.checked, self.own)

    @cached_property
    def figures(self) -> check.ComputedFigures:
        """What the official figures are computed to, beside a total that can be read or none."""
        part, typed = self.given, self.text("result.total")
        if part is not None and thai.decimal(thai.arabic("".join(typed.split()))) is None:
            unknown = part.result.model_copy(update={"total": None})
            part = part.model_copy(update={"result": unknown})
        return check.figures(part, self.year, self.own.kinds)

    @cached_property
    def kind(self) -> AgencyKind | None:
        """The agency's kind, where it is a known one."""
        return self.own.kinds.meant(self.text("agency.kind"))

    @cached_property
    def grouping(self) -> Mapping[int, Sequence[str]]:
        """The questions of each issue: the agency's own grouping before the year's."""
        groups: dict[int, Sequence[str]] = {i.no: i.items for i in self.year.issues.rows}
        own = {row.no: row.items for row in self.given.issues} if self.given else {}
        return {no: own.get(no, items) for no, items in groups.items()}

    def issue_of(self, code: str) -> int:
        """Return the issue that a question is printed in; 0 for none."""
        return next((no for no, items in self.grouping.items() if code in items), 0)

    # -- values ------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return the text of the field of a name."""
        return naming.text(self.data, name)

    def path(self, name: str) -> FieldPath | None:
        """Return the path of the field of a name; None where its row is not in the data."""
        return naming.resolved(self.data, name)

    def rows(self, name: str) -> list[Any]:
        """Return the rows, or the points, of a list; one text is a list of one."""
        found = naming.value(self.data, self.path(name))
        if isinstance(found, list):
            return found
        return [found] if isinstance(found, str) and found.strip() else []

    # -- problems ----------------------------------------------------------------------------

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The problems that a form says: all but what could not be checked."""
        return tuple(p for p in self.checked.problems if p.severity in _KINDS)

    @cached_property
    def unchecked(self) -> tuple[Problem, ...]:
        """What the program could not check."""
        return tuple(p for p in self.checked.problems if p.severity is Severity.UNCHECKED)

    def of_step(self, step: str) -> tuple[Problem, ...]:
        """Return the problems of a step."""
        return tuple(p for p in self.problems if step_of(p) == step)

    def say(self, found: Problem) -> Said:
        """Return a problem in the words of the form: its own, or those of a workbook."""
        name, kind = naming.named(self.data, found.where), _KINDS.get(found.severity, "")
        return Said(found, kind, *found.in_form, name)

    def told(self, *paths: FieldPath | None, name: str = "", empty: bool = False) -> list[Said]:
        """Return what is said at a field, and remember that it is said.

        Args:
            paths: The field, or all places whose problems stand at it; points count with it.
            name: Its name.
            empty: Whether nothing is typed in it, and in nothing after it.
        """
        known = [path for path in paths if path is not None]
        found = [p for p in self.problems if any(_leads(path, p.where) for path in known)]
        self._told.update(map(id, found))
        if name and name == self.asked.typing:
            return []
        quiet = empty and not (name and name == self.asked.at)
        return [self.say(p) for p in found if not (quiet and p.has(Flag.IS_MISSING))]

    def told_of_list(self, name: str, *, empty: bool = False) -> list[Said]:
        """Return what is said of a list as a whole, and of its rows what no row has said."""
        before = frozenset(self._told)
        return [one for one in self.told((name,), empty=empty) if id(one.found) not in before]

    def hold(self, found: Iterable[Problem]) -> list[Said]:
        """Return what is said of these problems, and remember that it is said."""
        held = list(found)
        self._told.update(map(id, held))
        return [self.say(p) for p in held]

    def row(self, path: FieldPath) -> Any:
        """Return what stands at a path of the data."""
        return naming.value(self.data, path)

    def rest(self, step: str) -> list[Said]:
        """Return the problems of a step that no field of it has said."""
        return [
            self.say(p)
            for p in self.of_step(step)
            if id(p) not in self._told and not p.has(Flag.IS_MISSING)
        ]


def _leads(path: FieldPath, where: FieldPath) -> bool:
    """Return whether a problem is about a field, or about a point of it."""
    inner = where[len(path) :]
    return where[: len(path)] == path and all(isinstance(step, int) for step in inner)
