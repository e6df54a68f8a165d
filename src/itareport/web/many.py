"""One run over many reports, as a window watches it: the bar, the failures, the end."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from itareport import batch
from itareport.actions import prepare
from itareport.ita.kinds import full_name
from itareport.problems import ItaReportError, Problem, headed

OUT = "out"
"""The folder of results, in the folder of reports."""
_MOST_ROWS = 200
_MOST_TOLD = 3
"""Problems of one report that are told; the report itself shows all."""


@dataclass(frozen=True, slots=True)
class Told:
    """A problem, in the words of where it is mended: of the page, or of a table of many."""

    message: str
    remedy: str
    code: str


@dataclass(frozen=True, slots=True)
class Settled:
    """One report that is settled."""

    name: str
    file: str
    pages: int | None
    has_drafts: bool
    problems: tuple[Told, ...]
    """The first that kept it from being made."""
    more: int
    """How many more there are."""
    failed: bool


@dataclass(slots=True)
class Seen:
    """What a window shows of a run."""

    total: int = 0
    counts: batch.Counts | None = None
    rows: list[Settled] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    """What ended the whole run before its time."""
    skipped: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_over: bool = False
    is_stopped: bool = False


class RunInView:
    """A run in a thread of its own; its reports are made in processes of their own."""

    def __init__(self, folder: Path, options: prepare.Options) -> None:
        """Make reports of files in that folder, into its folder of results."""
        self.out = folder / OUT
        self.version = 0
        """Another number whenever there is something new to see."""
        self.seen = Seen()
        self._options = options
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether reports are being made."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, files: Sequence[Path], *, pdf: bool) -> None:
        """Begin a run, unless one is running."""
        if self.is_running:
            return
        self._stop.clear()
        self.seen = Seen(total=len(files))
        request = batch.Request(self.out, self._options, pdf=pdf, tell=self._add)
        self._thread = threading.Thread(target=self._make, args=(files, request))
        self._thread.start()
        self.version += 1

    def stop(self) -> None:
        """Have the run end after what is in the making; what is done stays."""
        self._stop.set()

    def end(self) -> None:
        """Stop the run, and wait for its end."""
        self.stop()
        if self._thread is not None:
            self._thread.join()

    def _make(self, files: Sequence[Path], request: batch.Request) -> None:
        try:
            result = batch.run(files, request, self._progress)
            self.seen.skipped = result.skipped
        except ItaReportError as error:
            self.seen.problems = error.problems
        except KeyboardInterrupt:
            self.seen.is_stopped = True
        finally:
            self.seen.is_over = True
            self.version += 1

    def _progress(self, counts: batch.Counts) -> None:
        """Note the counts; a run that is to stop is interrupted as by Ctrl-C."""
        self.seen.counts, self.seen.total = counts, counts.total
        self.version += 1
        if self._stop.is_set():
            self._stop.clear()  # heeded: the run still lists what is done, and counts
            raise KeyboardInterrupt

    def _add(self, entry: batch.Entry) -> None:
        """Note a report that is settled; of very many, those that failed and the last ones."""
        rows = self.seen.rows
        rows.append(_row(entry))
        if len(rows) > _MOST_ROWS:
            rows.remove(next((row for row in rows if not row.failed), rows[0]))
        self.version += 1


def _row(entry: batch.Entry) -> Settled:
    facts, failed = entry.facts, not entry.is_made
    name = full_name(facts.kind, facts.name) if facts else Path(entry.shown).name
    told = tuple(_told(one, entry) for one in entry.problems if one.is_error)
    more, told = max(len(told) - _MOST_TOLD, 0), told[:_MOST_TOLD]
    has_drafts = facts is not None and facts.has_drafts
    return Settled(name, Path(entry.shown).name, entry.pages, has_drafts, told, more, failed)


def _told(one: batch.Complaint, entry: batch.Entry) -> Told:
    if entry.row and one.is_about_data:
        return Told(headed(one.place, one.label, one.text), one.remedy, one.code)
    return Told(*one.in_form, one.code)
