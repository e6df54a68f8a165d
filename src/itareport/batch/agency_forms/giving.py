"""Give each agency of a wide table its filled form, to correct, to confirm and to return."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from itareport.actions import prepare
from itareport.actions.outcome import FileOutcome, FilesOutcome, of_files
from itareport.batch import file_names
from itareport.batch.agency_forms import filled_form, said_values
from itareport.batch.agency_forms.filled_form import FilledForm
from itareport.batch.agency_forms.returned import AgencyRows
from itareport.batch.file_names import FileNames
from itareport.batch.record import lock
from itareport.batch.sources import unsigned_rows, user_files
from itareport.batch.sources.finding import find
from itareport.batch.sources.source import Source, TableRow, Unusable
from itareport.document import picture
from itareport.files import inputs, opc, output
from itareport.ita import catalogue
from itareport.ita.kinds import full_name
from itareport.problems import Flag, ItaReportError, Problem, problem
from itareport.reading import load


def give(
    inputs: Sequence[Path],
    out: Path,
    options: prepare.Options,
    on_progress: Callable[[str], None] = lambda _: None,
    *,
    jobs: int = 1,
) -> FilesOutcome:
    """Write the form of each agency of the tables among the inputs; return the outcome of each.

    A form lies where the report would, in a folder of its own.  One that somebody has worked on
    stays as it is.  Many are made by so many processes, `jobs`, at a time.

    Raises:
        ItaReportError: D458 no table among the inputs; O612 another run holds the folder; O6xx
            it cannot be written; C2xx, T3xx, D17x a file that the options name is of no use.
    """
    own = user_files.setting(options).own
    found = find(inputs, out, own.kinds)
    unsigned_rows.mark(found, own)
    rows = [one for one in found.sources if isinstance(one, TableRow | Unusable)]
    if not any(isinstance(one, TableRow) for one in rows):
        _refuse(inputs, rows)
    output.folder(out)
    agencies = AgencyRows(one for one in rows if isinstance(one, TableRow))
    giving, given = _Giving(out, agencies), list[FileOutcome]()
    made = filled_form.make_all(rows, options, jobs)
    with lock.held(out), contextlib.closing(made):
        output.clear(out)
        for number, (row, form) in enumerate(zip(rows, made, strict=True), 1):
            on_progress(f"ทำแบบกรอก {number} จาก {len(rows)}")
            given.append(giving.outcome(row, form))
    return of_files(given)


def _refuse(inputs: Sequence[Path], found: Sequence[Source]) -> None:
    """Refuse inputs without a row of a table: as unreadable where they are, else as none.

    Raises:
        ItaReportError: D458, and those of the files.
    """
    for source in found:
        source.payload()
    names, year = ", ".join(map(str, inputs)), max(catalogue.known_years())
    raise ItaReportError(problem("D458", names=names, year=year))


class _Giving:
    """Writes forms into a folder, each under a name of its own."""

    def __init__(self, out: Path, agencies: AgencyRows) -> None:
        """Write into the folder of forms of that folder of results; an agency has one form."""
        self._out, self._agencies, self._names = out, agencies, FileNames()

    def outcome(self, row: Source, form: FilledForm) -> FileOutcome:
        """Write the form of a row; return the file, or what keeps it from being written.

        Raises:
            ItaReportError: O6xx: the next form could not be written either.
        """
        try:
            given = self._given(row, form)
        except ItaReportError as error:
            if any(one.has(Flag.STOPS_RUN) for one in error.problems):
                raise
            given = FileOutcome(error.problems)
        return replace(given, file=row.shown)

    def _given(self, row: Source, form: FilledForm) -> FileOutcome:
        if form.facts is None:
            return FileOutcome(form.problems)
        if twice := self._twice(row):
            return FileOutcome((twice,))
        wanted = file_names.document(form.facts, form.stem)
        own = self._names.claim((row.key, ""), wanted)
        return self._put(self._out / file_names.FORMS / f"{own}.xlsx", row, form)

    def _twice(self, row: Source) -> Problem | None:
        """Return that the row's agency has others of the same year; None where it has none."""
        if not isinstance(row, TableRow):
            return None
        found = self._agencies.of(row.agency.identity)
        rows = [one for one in found if len(found) > 1 and _year(one) == _year(row)]
        if len(rows) < 2:
            return None
        listed = " และ ".join(one.shown for one in rows)
        return problem("D460", agency=full_name(*row.agency.identity[:2]), rows=listed)

    def _put(self, target: Path, row: Source, form: FilledForm) -> FileOutcome:
        output.stay_within(self._out, target.parent)
        output.folder(target.parent)
        output.refuse_no_file(target)
        with output.errors_as_problems(target):
            there = inputs.read(target, output.LARGEST) if output.is_there(target) else b""
        if there == form.data:
            return FileOutcome()
        if there and not is_untouched(there, target.name):
            return FileOutcome((problem("O650", file=target.name),))
        output.write(target, form.data)
        lost = picture.left_behind(form.report, row.path, target) if form.report else ()
        return FileOutcome(lost, (target,))


def _year(row: TableRow) -> object:
    data = row.payload().data
    return data.get("fiscal_year") if isinstance(data, dict) else None


def is_untouched(data: bytes, name: str) -> bool:
    """Return whether a file is a form as the program gave it, with nobody's work in it."""
    if not opc.is_canonical(data):
        return False
    try:
        loaded = load.load_bytes(data, name)
        given = loaded.workbook.filled_from if loaded.workbook else None
    except ItaReportError:
        return False
    return said_values.is_as_given(loaded.report, given)
