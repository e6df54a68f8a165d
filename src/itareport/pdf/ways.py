"""The ways to a PDF, in the order in which they are tried: LibreOffice, then an installed Word."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from itareport.pdf import msword, office
from itareport.pdf.office import Outcome
from itareport.problems import ItaReportError, Problem


@dataclass(frozen=True, slots=True)
class Word:
    """The Microsoft Word that is installed on this machine."""


Way = office.Office | Word
"""A program that makes PDFs."""


def found() -> Way | None:
    """Return the way that will be taken, None where there is none.

    A LibreOffice that is named but is not there is never replaced in silence by a Word.
    """
    if there := office.find():
        return there
    return Word() if not os.environ.get(office.VARIABLE) and msword.is_installed() else None


def described(way: Way) -> str:
    """Return which program it is and where, for `doctor`."""
    if isinstance(way, Word):
        return "ไม่มี จะใช้ Microsoft Word ของเครื่องนี้แทน (วิธีนี้ยังไม่เคยทดลองกับ Word จริง)"
    return f"รุ่น {office.version(way)} ที่ {way.command}"


def to_pdf(docx: bytes) -> bytes:
    """Convert one document.

    Raises:
        ItaReportError: P500-P509, P530-P533, F400, F402.
    """
    if not isinstance(found(), Word):
        return office.to_pdf(docx)
    (outcome,) = _through_word([docx])
    if isinstance(outcome, Problem):
        raise ItaReportError(outcome)
    return outcome


def convert(files: Sequence[tuple[str, bytes]]) -> tuple[Outcome, ...]:
    """Convert a chunk of named documents, best `office.CHUNK` of them: one outcome each, in order.

    A problem's place names its file.  Arguments and result may travel between processes.

    Raises:
        ItaReportError: P500, P501 (no way to a PDF), F400, F402 (no fonts).
    """
    if not isinstance(found(), Word):
        return office.convert(files)
    return office.named(files, _through_word([docx for _, docx in files]))


def _through_word(documents: Sequence[bytes]) -> tuple[Outcome, ...]:
    return msword.to_pdfs(documents, seconds=office.patience(msword.PATIENCE))
