""".docx bytes -> PDF bytes; the only door to LibreOffice.

Many files go through one LibreOffice: a macro in a throw-away profile works through a list, and
reports each file as it is done.  LibreOffice and its temporary folder do not outlive this process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace

from itareport.files.opc import NotAPackageError
from itareport.pdf.office import chunk, session
from itareport.pdf.office.copies import Copy, adjusted
from itareport.pdf.office.program import VARIABLE, Office, absence, find
from itareport.pdf.office.session import Outcome
from itareport.problems import ItaReportError, Place, Problem, problem

__all__ = [
    "CHUNK",
    "VARIABLE",
    "Office",
    "Outcome",
    "absence",
    "adjusted",
    "convert",
    "find",
    "named",
    "patience",
    "to_pdf",
    "to_pdfs",
    "version",
]

CHUNK = 24
"""How many files to hand over together: enough to make LibreOffice's start cheap.

A start costs as much as half a report; more files together save little, and a start or a worker
that is lost costs more.
"""

PATIENCE_VARIABLE = "ITAREPORT_PDF_SECONDS"
"""The environment variable that says how long LibreOffice may take to start, and for each file."""

_PATIENCE = 60.0  # half a second is usual
_ANSWER = 20.0


def to_pdf(
    docx: bytes, *, thai_page_numbers: bool | None = None, seconds: float | None = None
) -> bytes:
    """Convert one document to PDF/A-2b and PDF/UA; see `to_pdfs`.

    Raises:
        ItaReportError: P500-P509, F400, F402.
    """
    (outcome,) = to_pdfs([docx], thai_page_numbers=thai_page_numbers, seconds=seconds)
    if isinstance(outcome, Problem):
        raise ItaReportError(outcome)
    return outcome


def convert(
    files: Sequence[tuple[str, bytes]],
    *,
    thai_page_numbers: bool | None = None,
    seconds: float | None = None,
    chunk_seconds: float | None = None,
) -> tuple[Outcome, ...]:
    """Convert a chunk of named documents, best `CHUNK` of them: one outcome each, in order.

    As `to_pdfs`; a problem's place names its file.  Arguments and result may travel between
    processes.

    Raises:
        ItaReportError: P500, P501 (no LibreOffice), F400, F402 (no fonts).
    """
    outcomes = to_pdfs(
        [docx for _, docx in files],
        thai_page_numbers=thai_page_numbers,
        seconds=seconds,
        chunk_seconds=chunk_seconds,
    )
    return named(files, outcomes)


def named(files: Sequence[tuple[str, bytes]], outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Return the outcomes of named documents; a problem's place names its file."""
    return tuple(
        outcome.at(Place(name)) if isinstance(outcome, Problem) else outcome
        for (name, _), outcome in zip(files, outcomes, strict=True)
    )


def to_pdfs(
    documents: Sequence[bytes],
    *,
    thai_page_numbers: bool | None = None,
    seconds: float | None = None,
    chunk_seconds: float | None = None,
) -> tuple[Outcome, ...]:
    """Convert documents with as few starts of LibreOffice as possible, usually one.

    A file that LibreOffice hangs or dies on is tried once more alone, and then given up; the
    others go through a new LibreOffice.  Page numbers are Thai where `thai_page_numbers` is
    true, or is None and the document asks for them.  `seconds` bounds the start and each file;
    None takes `ITAREPORT_PDF_SECONDS`, or a minute.  `chunk_seconds` bounds all together; None
    takes half of `seconds` a file, and four times `seconds` besides.

    Raises:
        ItaReportError: P500, P501 (no LibreOffice), F400, F402 (no fonts).
    """
    office = find()
    if office is None:
        raise ItaReportError(absence())
    limit = patience(_PATIENCE) if seconds is None else seconds
    whole = limit * (4 + len(documents) / 2) if chunk_seconds is None else chunk_seconds
    made = {n: _copy(docx, thai_page_numbers=thai_page_numbers) for n, docx in enumerate(documents)}
    copies = {n: copy for n, copy in made.items() if isinstance(copy, Copy)}
    outcomes = chunk.outcomes(office, copies, limit, whole)
    return tuple(outcomes[n] if isinstance(c, Copy) else c for n, c in made.items())


def version(office: Office) -> str:
    """Return LibreOffice's version, `7.4.7.2`; where it gives none, the one that is installed."""
    try:
        said = session.answer(office, ["--version"], _ANSWER)
    except OSError:
        said = ""
    match = re.search(r"^LibreOffice\D* ([0-9.]+)", said, re.MULTILINE)
    return match[1] if match else office.product.removeprefix("LibreOffice ")


def patience(usual: float) -> float:
    """Return how many seconds to wait for a program: what `ITAREPORT_PDF_SECONDS` says, if any."""
    try:
        said = float(os.environ.get(PATIENCE_VARIABLE, ""))
    except ValueError:
        return usual
    return said if said > 0 else usual


def _copy(docx: bytes, *, thai_page_numbers: bool | None) -> Copy | Problem:
    try:
        copy = adjusted(docx)
    except NotAPackageError:
        return problem("P509")
    return copy if thai_page_numbers is None else replace(copy, thai_page_numbers=thai_page_numbers)
