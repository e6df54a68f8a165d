""".docx bytes -> PDF bytes through an installed Microsoft Word; not tried with a real one yet.

Word is asked through COM (comtypes), in a thread of its own, because it may hang or show a dialog
that nobody sees.  It is always a new Word, never the one in which somebody works.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from itareport.pdf.msword import processes, saving
from itareport.pdf.msword.saving import NotStartedError
from itareport.pdf.office.session import Outcome
from itareport.problems import Problem, problem

__all__ = ["PATIENCE", "is_installed", "to_pdfs"]

PATIENCE = 120.0
"""Seconds for Word's start with the first file, and for each other file."""

_PARTING = 10.0
"""Seconds that a Word which was told to quit, or was ended, has for going."""
_LOG = logging.getLogger(__name__)


def is_installed() -> bool:
    """Return whether Windows knows of a Word that other programs may ask."""
    found = False
    if sys.platform == "win32":
        import winreg

        with contextlib.suppress(OSError):
            winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"{saving.PROGRAM}\CLSID").Close()
            found = True
    return found


def to_pdfs(documents: Sequence[bytes], *, seconds: float = PATIENCE) -> tuple[Outcome, ...]:
    """Convert documents with as few starts of Word as possible: one outcome each, in order.

    The outcome is P530 where no Word starts, P531 where it hangs and P532 or P533 where it makes
    no PDF.  The files after one that fails go through a new Word.
    """
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="itareport-", ignore_cleanup_errors=True) as folder:
        while left := documents[len(outcomes) :]:
            # A folder for each Word: one that was given up may still hold its files.
            place = Path(folder) / str(len(outcomes))
            place.mkdir()
            try:
                outcomes += _through_one_word(left, place, seconds)
            except NotStartedError as error:
                outcomes += [problem("P530", why=str(error))] * len(left)
    return tuple(outcomes)


def _through_one_word(documents: Sequence[bytes], place: Path, seconds: float) -> list[Outcome]:
    """Convert documents until one fails; at least one outcome.

    Raises:
        NotStartedError: there is no Word that obeys.
    """
    sources = [place / f"{number}.docx" for number in range(len(documents))]
    for source, docx in zip(sources, documents, strict=True):
        source.write_bytes(docx)
    run = saving.Saving(sources, processes.Started())
    thread = threading.Thread(target=run.work, daemon=True)
    thread.start()
    try:
        return list(_received(run, seconds))
    finally:
        thread.join(_PARTING)
        if not run.let_go.is_set():
            run.word.end()
            thread.join(_PARTING)
        run.word.release()


def _received(run: saving.Saving, seconds: float) -> Iterator[Outcome]:
    """Yield what becomes of each file, up to the first that fails."""
    for source in run.sources:
        try:
            error = run.done.get(timeout=seconds)
        except queue.Empty:
            run.word.end()
            yield problem("P531", seconds=f"{seconds:g}")
            return
        yield (outcome := _outcome(source, error))
        if isinstance(outcome, Problem):
            return


def _outcome(source: Path, error: Exception | None) -> Outcome:
    if isinstance(error, NotStartedError):
        raise error
    if error is not None:
        _LOG.debug("Word refused a file: %r", error)
        return problem("P532", why=saving.said(error))
    pdf = source.with_suffix(".pdf")
    data = pdf.read_bytes() if pdf.exists() else b""
    return data or problem("P533")
