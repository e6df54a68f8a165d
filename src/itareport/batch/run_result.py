"""What a run is asked to do, and its results: each report counted, and written in the journal."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from itareport.actions import documents, prepare
from itareport.batch.progress import Counts
from itareport.batch.record.entry import Entry
from itareport.batch.record.journal import Journal
from itareport.batch.record.reserve import Reserve
from itareport.files import output
from itareport.problems import Flag, ItaReportError, Problem, problem

_HOPELESS = 5
"""Reports lost with their workers while none was made: the machine is to blame, not the data."""
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Request:
    """The folder of results, the options of the reports, and which reports to make."""

    out: Path
    options: prepare.Options = field(default_factory=prepare.Options)
    pdf: bool = False
    fresh: bool = False
    """Make every report again, whatever is there."""
    only_failed: bool = False
    """Make only those that failed or were never made, and leave the others as they are."""
    tell: Callable[[Entry], None] = lambda _: None
    """Is called with each report that is made or has failed."""
    expecting: Path | None = None
    """A list of the agencies that should send data: the lists name those that have not."""


@dataclass(slots=True)
class RunResult:
    """The result of a run."""

    counts: Counts
    skipped: dict[str, list[str]]
    """Files and folders of the inputs that were left aside: reason to names."""
    failed: list[Entry] = field(default_factory=list)
    """The first reports that failed, with their problems."""
    unrelated: list[str] = field(default_factory=list)
    """Documents in the folder of results that do not belong to any data of this run."""
    old_pdfs: list[str] = field(default_factory=list)
    """PDFs of earlier runs beside Word files that have changed since."""
    duplicates: list[str] = field(default_factory=list)
    """Data files whose agency has another data file in this run."""
    told: list[str] = field(default_factory=list)
    """Of tables: drafts that are half confirmed, and what the agencies' own files say otherwise."""
    unsent: list[str] = field(default_factory=list)
    """Agencies that should send data and have sent none."""
    renamed: list[str] = field(default_factory=list)
    """Agencies that are on that list by the name that they had before, with both names."""
    statuses: str = ""
    """How many agencies have each status, in the words of the summary."""
    unlisted: list[str] = field(default_factory=list)
    """Agencies with data that are not on the list of those who should send some."""


class Recorder:
    """Counts each report and adds its line to the journal."""

    def __init__(
        self,
        result: RunResult,
        journal: Journal,
        request: Request,
        stale: Path,
        templates: Mapping[str, str] | None = None,
    ) -> None:
        """Add to that result and that journal.

        Args:
            result: The result of the run.
            journal: Gets a line for each report.
            request: Names the folder of results, and whom to tell of each report.
            stale: The list that the first line makes untrue.
            templates: Their names, by their digests.
        """
        self.counts = result.counts
        self._stale = stale
        self._result, self._journal, self._out = result, journal, request.out
        self._tell = request.tell
        self._deaths = 0
        self._templates = templates or {}
        self._lost: Counter[str] = Counter()  # by the digest of the template
        self._reserve: Reserve | None = None
        self._unwritten: Entry | None = None

    def begin(self) -> None:
        """Prepare for the first line of this run: room for the lists, and no list of before.

        A list that the run could not bring up to date would be false.

        Raises:
            ItaReportError: O602: there is no room; O6xx: nothing can be written.
        """
        if self._reserve is None:
            with output.errors_as_problems(self._stale):
                self._reserve = Reserve(self._out, self.counts.total)
            with contextlib.suppress(OSError):
                self._stale.unlink()

    def written(self, entry: Entry) -> None:
        """Note a report whose Word files are written, and whose line is not yet."""
        self._unwritten = replace(entry, state="waiting")

    def waiting(self, entry: Entry) -> None:
        """Record a report that is made, but for its PDFs.

        Raises:
            ItaReportError: O6xx: the journal cannot be written.
        """
        self.counts.waiting += 1
        self._add(replace(entry, state="waiting"))

    def room(self) -> None:
        """Give the lists the room that was kept for them."""
        if self._reserve:
            self._reserve.release()

    def end(self) -> None:
        """Give the lists their room, and write the line of a report for which there was none.

        Raises:
            ItaReportError: O6xx: the journal cannot be written.
        """
        self.room()
        if self._unwritten:
            self._add(self._unwritten)

    def _add(self, entry: Entry) -> None:
        if entry.of(documents.REPORT.code).docx:
            self._unwritten = entry
        self._journal.add(entry)
        self._unwritten = None
        if entry.state != "waiting":
            self._tell(entry)

    def done(self, entry: Entry) -> None:
        """Record a report that is made.

        Raises:
            ItaReportError: O6xx: the journal cannot be written.
        """
        self.counts.made += 1
        self._lost.clear()
        self._add(replace(entry, state="done"))

    def failed(self, entry: Entry) -> None:
        """Record a report that failed.

        Raises:
            ItaReportError: O620 every worker dies; P526 LibreOffice loses every document of a
                template; O6xx: the journal cannot be written.
        """
        self.counts.failed += 1
        self._deaths += entry.has(Flag.WORKER_DIED)
        if self._deaths >= _HOPELESS and not self.counts.made:
            raise ItaReportError(problem("O620"))
        stopping = self._template_that_loses(entry)
        entry = self._with_outdated(entry)
        if len(self._result.failed) < _SHOWN:
            self._result.failed.append(entry)
        self._add(entry)
        if stopping:
            raise ItaReportError(problem("P526", template=stopping, count=_HOPELESS))

    def _template_that_loses(self, entry: Entry) -> str:
        """Return the name of the template whose documents LibreOffice has lost one after another.

        "" where there is none, or where a report between them became a PDF.
        """
        if entry.has(Flag.CONVERSION_LOST):
            self._lost.update(one.template for one in entry.files if one.docx and not one.pdf)
        worst = next((one for one, count in self._lost.items() if count >= _HOPELESS), "")
        return self._templates.get(worst, worst)

    def _with_outdated(self, entry: Entry) -> Entry:
        """Keep the files of earlier data in the line, with a warning that they are outdated."""
        old = self._journal.entry(entry.source)
        if old is None:
            return entry
        for made in entry.files:
            kept = old.of(made.code)
            if not made.docx and kept.docx and (self._out / kept.docx).exists():
                kept = replace(kept, template=made.template, pages=None)
                entry = entry.with_files(kept).with_problems(problem("O618", file=kept.docx))
        return entry


def stop_if_hopeless(problems: Iterable[Problem]) -> None:
    """Raise those of the problems for which the next report would fail too.

    Raises:
        ItaReportError: one of them has the flag `STOPS_RUN`.
    """
    if stopping := [one.at(None) for one in problems if one.has(Flag.STOPS_RUN)]:
        raise ItaReportError(*stopping)
