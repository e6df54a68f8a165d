"""Many files through as few LibreOffices as possible, whatever one of the files does to it.

LibreOffice reports each file as it is done.  Where it hangs or dies, the first file without a
report is the suspect: it is tried once more alone, the others go on in a fresh LibreOffice.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from itareport.pdf.office import session
from itareport.pdf.office.copies import Copy
from itareport.pdf.office.process import Patience
from itareport.pdf.office.program import Office
from itareport.pdf.office.session import Outcome, Session
from itareport.problems import problem

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Course:
    """How far a chunk has come: groups of files still to do, each for a LibreOffice of its own."""

    groups: list[list[int]]
    done: dict[int, Outcome] = field(default_factory=dict)
    suspects: set[int] = field(default_factory=set)
    """Files that have had their second try, or are about to have it."""
    restarted: bool = False

    def give_up(self, outcome: Outcome) -> None:
        """End with the same outcome for all that is left."""
        self.done |= {n: outcome for group in self.groups for n in group if n not in self.done}
        self.groups.clear()

    def take(self, ran: Session) -> None:
        """Note what one LibreOffice has done of the first group, and plan what it left."""
        self.done |= ran.done
        group = self.groups[0]
        left = [n for n in group if n not in ran.done]
        if ran.failure is None or not left:
            del self.groups[0]
        elif not ran.started and (ran.hung or self.restarted):
            self.give_up(ran.failure)
        elif not ran.started:
            self.restarted = True
        else:
            suspect, *others = left
            # What hung alone would hang again, and take its time.
            if suspect in self.suspects or (ran.hung and len(group) == 1):
                self.done[suspect] = ran.failure
                self.groups[:1] = [others]
            else:
                self.suspects.add(suspect)
                self.groups[:1] = [[suspect], others]
        self.groups = [group for group in self.groups if group]


def outcomes(
    office: Office, copies: Mapping[int, Copy], seconds: float, all_seconds: float
) -> dict[int, Outcome]:
    """Convert all of `copies`: one outcome each, P502-P508 where there is no PDF.

    `seconds` bounds a start and each file, `all_seconds` everything.

    Raises:
        ItaReportError: F400, F402 (no fonts).
    """
    course = _Course([list(copies)] if copies else [])
    until = time.monotonic() + all_seconds
    while course.groups:
        group = {n: copies[n] for n in course.groups[0]}
        try:
            ran = session.work(office, group, Patience(seconds, until))
        except ChildProcessError as error:
            _LOG.debug("no process can be started: %s", error)
            course.give_up(problem("P502", command=office.command, status=error.errno))
            break
        except OSError as error:
            _LOG.debug("no folder to work in: %s", error)
            named = os.environ.get("TMPDIR") or os.environ.get("TEMP")
            folder = named or "/tmp"  # noqa: S108 - a name to show
            course.give_up(problem("P507", folder=folder))
            break
        if ran.hung and time.monotonic() >= until:
            course.done |= ran.done
            course.give_up(problem("P508", seconds=f"{all_seconds:g}"))
        else:
            course.take(ran)
    return course.done
