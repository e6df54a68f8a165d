"""What is given to one unit of an agency in a workbook, and what comes back; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itareport.problems import Problem


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row of the plan as it was given out, and its place in the plan."""

    at: int
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GivenRemark:
    """A remark as it was given out; "" for a question that has none yet."""

    code: str
    text: str
    cause: str = ""
    """The cause of the score that the agency knows."""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a unit was given."""

    unit: str
    year: int
    about: tuple[str, ...]
    """What tells the agency from others."""
    plan: tuple[GivenRow, ...]
    remarks: tuple[GivenRemark, ...]
    report: str = ""
    """The key of the report, among those of one agency."""

    def held(self) -> dict[str, Any]:
        """Return the same as JSON holds it."""
        return {
            "unit": self.unit,
            "year": self.year,
            "about": self.about,
            "report": self.report,
            "plan": [[one.at, dict(one.row)] for one in self.plan],
            "remarks": [[one.code, one.text, one.cause] for one in self.remarks],
        }


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: each row with the number of the given one that it is, 0 for a new one."""

    given: Given
    plan: tuple[tuple[int, Mapping[str, Any]], ...]
    remarks: Mapping[str, str]
    causes: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
