"""One run over many agencies, from the first file found to the last line of the summary.

Workers make and convert; names are given, files and lines written, by this process alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from itareport import __version__, output, ready
from itareport.batch import ending, fingerprint, letters, lock, stopping, targets, tasks
from itareport.batch.converting import Converting
from itareport.batch.finding import Found, find
from itareport.batch.journal import OLD_PDF, OUTDATED, Complaint, Entry, Journal, complaint
from itareport.batch.making import Item, Making
from itareport.batch.past import Past
from itareport.batch.pool import Workers
from itareport.batch.progress import Counts, Tell
from itareport.batch.sources import Source
from itareport.errors import ItaReportError, Problem, problem
from itareport.sentences import Severity

_STOPPING = frozenset({"O600", "O601", "O602", "O621", "P507"})
"""No permission, disk full, a link that leads out: the next report would fare no better."""
_WINDOW = 8
"""Reports in hand for each worker: enough to keep it busy, few enough for a flat memory."""
_HOPELESS = 5
"""Reports lost with their workers while none was made: the machine is to blame, not the data."""
_LOOK = 0.5  # seconds between two looks at the clock for the progress bar
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class How:
    """What a run is asked to do."""

    out: Path
    options: ready.Options = field(default_factory=ready.Options)
    pdf: bool = False
    fresh: bool = False
    """Make every report again, whatever is there."""
    only_failed: bool = False
    """Make only those that failed or never were made, and touch nothing else."""


@dataclass(slots=True)
class Result:
    """What a run left behind."""

    counts: Counts
    skipped: dict[str, list[str]]
    """What of the inputs was left aside: reason to names."""
    failed: list[Entry] = field(default_factory=list)
    """The first of those that failed, with their problems."""
    strangers: list[str] = field(default_factory=list)
    """Documents in the folder of results that no data of this run made."""
    old_pdfs: list[str] = field(default_factory=list)
    """PDFs of earlier runs beside Word files that say something else by now."""
    doubled: list[str] = field(default_factory=list)
    """Data whose agency other data of this run report on too."""


def reports(inputs: Sequence[Path], how: How, begin: Callable[[], Workers], tell: Tell) -> Result:
    """Make the reports of all inputs, and the lists of what was made and what is missing.

    `begin` starts the workers once there is something for them to do; who calls ends them.

    Raises:
        ItaReportError: D500 no data among the inputs, D100 none of the inputs is there; O612
            another run holds the folder; O600 to O604 it cannot be written; O620 every worker
            dies; O621 a link leads out of the folder; C2xx, T3xx, D17x a file that the options
            name is of no use; P500, P501, F400, F402 no PDF can be made, P507 no room for
            temporary files; O614 to O617 of a cluster.
    """
    setting = tasks.setting(how.options)
    found = find(inputs, how.out, setting.kinds)
    if not found.sources:
        raise ItaReportError(problem("D500", names=", ".join(map(str, inputs))))
    if not any(given.exists() for given in inputs):
        _refuse_absent(found)
    output.folder(how.out)
    with lock.held(how.out):
        output.clear(how.out)
        journal = Journal(how.out)
        try:
            return _Run(found, how, setting, journal, begin, tell).all()
        finally:
            journal.close()


def _refuse_absent(found: Found) -> None:
    """Tell of inputs none of which is there: nothing could be made, and nothing is.

    Raises:
        ItaReportError: D100.
    """
    absent: list[Problem] = []
    for source in found.sources:
        try:
            source.payload()
        except ItaReportError as error:
            absent += error.problems
    if absent:
        raise ItaReportError(*absent)


class _Run:
    """The state of one run."""

    def __init__(
        self,
        found: Found,
        how: How,
        setting: tasks.Setting,
        journal: Journal,
        begin: Callable[[], Workers],
        tell: Tell,
    ) -> None:
        self._found, self._how, self._journal = found, how, journal
        self._begin = begin
        self._workers: Workers | None = None
        self._tell, self._counts = tell, Counts(len(found.sources))
        self._setting, self._kinds = setting, setting.kinds
        self._past = Past(journal, how.out, fingerprint.of_setting(self._setting), how.pdf)
        self._template = fingerprint.of_template(self._setting)
        self._here = {source.key: source for source in found.sources}
        self._reports, self._letters = self._names()
        self._left = iter(found.sources)
        self._taken = self._deaths = 0
        self._making = Making(self._setting, self._started)
        self._converting: Converting[Entry] = Converting(self._started)
        self._result = Result(self._counts, found.skipped)
        self._letters_before = letters.there(journal.entries(journal), how.out)

    def _names(self) -> tuple[targets.Targets, targets.Targets]:
        """Return the names of reports and letters, each kept by the source that has it."""

        def known() -> Iterator[Entry]:
            return self._journal.entries(key for key in self._here if key in self._journal)

        of_reports = ((one.source, one.docx.removesuffix(".docx")) for one in known() if one.docx)
        of_letters = ((one.source, one.letter) for one in known() if one.letter)
        return targets.Targets(() if self._how.fresh else of_reports), targets.Targets(of_letters)

    def _started(self) -> Workers:
        """Return the workers, started with the first report that needs them."""
        if self._workers is None:
            self._workers = self._begin()
        return self._workers

    def all(self) -> Result:
        """Do the whole run; stopped, it still lists what is done and what is not.

        Raises:
            KeyboardInterrupt: a person stopped it; the lists are written.
        """
        try:
            self._work()
        except KeyboardInterrupt:
            self._stopped()
            raise
        return self._ended()

    def _work(self) -> None:
        while True:
            self._take_up()
            for item in self._making.finished():
                self._settle(item)
            self._converting.send(self._still_to_come)
            for entry, converted in self._converting.finished():
                self._with_pdf(entry, converted)
            self._tell(self._counts)
            waiting = {*self._making.futures(), *self._converting.futures()}
            if waiting:
                wait(waiting, timeout=_LOOK, return_when=FIRST_COMPLETED)
            elif not self._still_to_come and not len(self._converting):
                return

    @property
    def _still_to_come(self) -> int:
        return len(self._found.sources) - self._taken + len(self._making)

    def _take_up(self) -> None:
        """Take up sources while there is room for what becomes of them."""
        workers = self._workers.count if self._workers else 1
        while len(self._making) < _WINDOW * workers and len(self._converting) <= workers + 1:
            source = next(self._left, None)
            if source is None:
                return
            self._taken += 1
            item = Item(source)
            self._making.put(item, self._job(item))

    def _job(self, item: Item) -> tasks.Job | None:
        """Read a source's data; return what is to be made of it, or None."""
        source = item.source
        if self._how.only_failed and self._past.has_made(source):
            self._counts.left_alone += 1
            return None
        try:
            payload = source.payload()
        except ItaReportError as error:
            item.made = tasks.Made(error.problems)
            return None
        item.data = fingerprint.of_payload(payload)
        if not self._how.fresh and self._is_unchanged(source, item.data):
            self._counts.unchanged += 1
            return None
        return tasks.Job(source.path.name, payload)

    def _is_unchanged(self, source: Source, data: str) -> bool:
        """Tell whether a report need not be made: not for its files, nor for what is told of it."""
        entry = self._journal.entry(source.key)
        if entry is None or not self._past.has(source, data):
            return False
        if entry.shown.endswith(source.where):
            return True
        if any(one.place for one in entry.problems):  # its row has moved, so its cells have too
            return False
        self._journal.add(replace(entry, shown=source.shown))
        return True

    def _settle(self, item: Item) -> None:
        """Write what was made, and pass it on to become a PDF; or note why there is nothing."""
        if item.made is None:
            return
        made, entry = item.made, self._entry(item)
        if made.docx is None:
            self._failed(entry)
            return
        assert made.facts is not None
        stem = self._reports.claim(entry.source, targets.report(made.facts))
        try:
            entry = self._with_docx(entry, f"{stem}.docx", made.docx)
        except ItaReportError as error:
            self._not_written(entry, error)
            return
        if self._how.pdf:
            name = Path(entry.docx).name
            self._counts.waiting += 1
            self._converting.put(entry, tasks.ToConvert(name, made.docx, made.printed_name))
        else:
            self._done(_beside_an_old_pdf(entry, self._how.out))

    def _entry(self, item: Item) -> Entry:
        """Return the line of a report whose files are not written yet."""
        made = item.made or tasks.Made()
        pictures = fingerprint.of_files(item.pictures)
        source = item.source
        facts = made.facts or tasks.named(source.identity, self._kinds)
        return Entry(
            source.key, source.shown, "failed",
            fingerprint=fingerprint.of_report(self._past.setting, item.data, pictures),
            data=item.data, pictures=pictures, template=self._template, version=__version__,
            milliseconds=made.milliseconds,
            letter=self._letters.claim(source.key, targets.letter(facts, source.path.stem)),
            facts=facts, problems=_complaints(made.problems),
        )  # fmt: skip

    def _with_docx(self, entry: Entry, name: str, docx: bytes) -> Entry:
        target = self._how.out / name
        output.stay_within(self._how.out, target.parent)
        output.folder(target.parent)
        kept = output.keep_edited(target)
        output.write(target, docx)
        entry = replace(entry, docx=name, docx_sha256=fingerprint.of_bytes(docx))
        return _with(entry, kept) if kept else entry

    def _with_pdf(self, entry: Entry, converted: tasks.Converted) -> None:
        self._counts.waiting -= 1
        entry = _with(entry, *converted.problems)
        spent = entry.milliseconds + converted.milliseconds
        entry = replace(entry, milliseconds=spent, pages=converted.pages)
        if converted.pdf is None:
            if hopeless := [one for one in converted.problems if one.code in _STOPPING]:
                raise ItaReportError(*(one.at(None) for one in hopeless))
            self._failed(_beside_an_old_pdf(entry, self._how.out))
            return
        name = f"{entry.docx.removesuffix('.docx')}.pdf"
        try:
            output.write(self._how.out / name, converted.pdf)
        except ItaReportError as error:
            self._not_written(entry, error)
            return
        self._done(replace(entry, pdf=name, pdf_sha256=fingerprint.of_bytes(converted.pdf)))

    def _done(self, entry: Entry) -> None:
        self._counts.made += 1
        self._journal.add(replace(entry, state="done"))

    def _failed(self, entry: Entry) -> None:
        self._counts.failed += 1
        self._deaths += any(one.code == "O610" for one in entry.problems)
        if self._deaths >= _HOPELESS and not self._counts.made:
            raise ItaReportError(problem("O620"))
        if not entry.docx:
            entry = self._with_outdated(entry)
        if len(self._result.failed) < _SHOWN:
            self._result.failed.append(entry)
        self._journal.add(entry)

    def _with_outdated(self, entry: Entry) -> Entry:
        """Keep the files of earlier data in mind, and tell that they are not of these."""
        old = self._journal.entry(entry.source)
        if old is None or not old.docx or not (self._how.out / old.docx).exists():
            return entry
        entry = replace(entry, docx=old.docx, docx_sha256=old.docx_sha256)
        entry = replace(entry, pdf=old.pdf, pdf_sha256=old.pdf_sha256)
        return _with(entry, problem(OUTDATED, file=old.docx))

    def _not_written(self, entry: Entry, error: ItaReportError) -> None:
        """Note a file that could not be written; stop where the next one could not either."""
        if any(found.code in _STOPPING for found in error.problems):
            raise error
        self._failed(_with(entry, *error.problems))

    def _ended(self) -> Result:
        """Put the journal in order and write the lists that are made of it."""
        if self._workers is not None:
            self._workers.executor.shutdown()  # the lists need none of their memory
        out, journal, here = self._how.out, self._journal, self._here
        self._result.doubled = ending.tell_doubled(journal, here)
        stale = ending.are_stale(journal, here, out)
        if stale:
            journal.put_in_order(here, out)
        self._result.old_pdfs = ending.old_pdfs(journal, here, out)
        self._result.strangers = ending.strangers(journal, here, out)
        if stale:
            self._write_lists(self._result.strangers)
        return self._result

    def _stopped(self) -> None:
        """End the workers, and write the lists of what is done; a second Ctrl-C may cut this."""
        with stopping.undisturbed():
            if self._workers is not None:
                self._workers.executor.shutdown(wait=True, cancel_futures=True)
            self._journal.reopen()  # a line may be torn
        with contextlib.suppress(ItaReportError):
            ending.tell_doubled(self._journal, self._here)
            self._journal.put_in_order(self._here, self._how.out)
            # Whatever lies there may be of this run, and only wait for its PDF: no strangers.
            self._write_lists([])

    def _write_lists(self, strangers: list[str]) -> None:
        ending.write_lists(
            self._journal, self._here, strangers, self._letters_before, self._how.out, self._kinds
        )


def _complaints(problems: Iterable[Problem]) -> tuple[Complaint, ...]:
    return tuple(complaint(one) for one in problems if one.severity is not Severity.UNCHECKED)


def _with(entry: Entry, *problems: Problem) -> Entry:
    return replace(entry, problems=(*entry.problems, *_complaints(problems)))


def _beside_an_old_pdf(entry: Entry, out: Path) -> Entry:
    """Tell of a PDF of an earlier run, which no longer says what the new Word file says."""
    old = out / f"{entry.docx.removesuffix('.docx')}.pdf"
    return _with(entry, problem(OLD_PDF, file=old.name)) if entry.docx and old.exists() else entry
