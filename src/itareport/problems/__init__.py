"""Problems, the places they are at, their Thai sentences and the exit statuses that they mean."""

from __future__ import annotations

from itareport.problems.problem import (
    ExitStatus,
    FieldPath,
    ItaReportError,
    Place,
    Problem,
    exit_status,
    flags,
    problem,
    status_of_code,
)
from itareport.problems.sentence import Flag, Sentence, Severity
from itareport.problems.sentences import SENTENCES

__all__ = [
    "SENTENCES",
    "ExitStatus",
    "FieldPath",
    "Flag",
    "ItaReportError",
    "Place",
    "Problem",
    "Sentence",
    "Severity",
    "exit_status",
    "flags",
    "problem",
    "status_of_code",
]
