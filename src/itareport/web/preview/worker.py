"""What the other process does: the document, its conversion, its check and its pictures."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TypeVar

from itareport.actions import build, prepare
from itareport.document import context
from itareport.document import section as sections
from itareport.files import interrupts
from itareport.pdf import office, page_digests, pdf_sections, pictures
from itareport.pdf.office.warm import WarmOffice
from itareport.problems import ItaReportError, Problem
from itareport.web.preview.memory_limit import memory_limit

_SECTION_SECONDS = office.patience(5.0)
_WHOLE_SECONDS = office.patience(15.0)
_T = TypeVar("_T")
_office = WarmOffice(_WHOLE_SECONDS)


@dataclass(frozen=True, slots=True)
class PagesMade:
    """The pages of a document, or why there are none."""

    pdf: bytes = b""
    pictures: tuple[pictures.Picture, ...] = ()
    sections: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    digests: tuple[str, ...] = ()
    """What each page of the whole says, to compare it with what was printed."""
    marks: tuple[tuple[pdf_sections.PrintedRow, ...], ...] = ()
    """Where each page of the whole has its rows."""


def begin() -> None:
    """Leave Ctrl-C to the program, end at once when told to, and with it however it ends."""
    for one in interrupts.BY_TERMINAL:
        signal.signal(one, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_caller, daemon=True).start()


def _end_with_caller() -> None:
    caller = multiprocessing.parent_process()
    if caller is not None:
        wait([caller.sentinel])
        os._exit(0)  # the office's guardian clears up


def start() -> int:
    """Start the office, and return the number of this process."""
    with contextlib.suppress(ItaReportError):  # the first pages say what is wrong
        _office.start()
    return os.getpid()


def section(ready: prepare.Ready, options: prepare.Options, name: str) -> PagesMade | None:
    """Make the strip of one part; None where the document has no such part."""
    try:
        docx = sections.cut(build.docx(ready, options)[0], name)
        if docx is None:
            return None
        pdf = _office.to_pdf(docx, _SECTION_SECONDS)
    except ItaReportError as error:
        return PagesMade(problems=error.problems)
    return PagesMade(pdf, tuple(pictures.of_pages(pdf, is_strip=True)))


def whole(ready: prepare.Ready, options: prepare.Options) -> PagesMade:
    """Make all pages, verified as in every PDF of ours."""
    try:
        docx = build.docx(ready, options)[0]
        name = build.printed_name(ready, options)
        pdf, verified = build.pdf(docx, name, lambda one: _office.to_pdf(one, _WHOLE_SECONDS))
    except ItaReportError as error:
        return PagesMade(problems=error.problems)
    return PagesMade(
        pdf,
        tuple(pictures.of_pages(pdf)),
        pdf_sections.pages_of(pdf),
        verified.problems,
        page_digests.digests(pdf, context.DRAFT_MARK),
        pdf_sections.marks_of(pdf),
    )


def png(pdf: bytes, number: int, zoom: float, is_strip: bool) -> bytes:  # noqa: FBT001 - by place
    """Return one page as a PNG."""
    return pictures.of_page(pdf, number, zoom, is_strip=is_strip)


def within(seconds: float, room: int, work: Callable[[], _T]) -> _T:
    """Return what some work returns; what takes too long, or more room, ends this process."""
    deadline = threading.Timer(seconds, os._exit, (1,))
    deadline.daemon = True
    deadline.start()
    try:
        with memory_limit(room):
            return work()
    except MemoryError:
        os._exit(1)
    finally:
        deadline.cancel()


def rest() -> None:
    """Replace an office that has become large, while nobody waits for pages."""
    with contextlib.suppress(ItaReportError):  # the next pages say what is wrong
        _office.rest()


def close() -> None:
    """End the office."""
    _office.close()
