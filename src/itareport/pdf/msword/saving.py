"""What Word is told to do, one file after the other; runs in a thread that may hang."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from types import ModuleType
from typing import Any

from itareport.pdf.msword.processes import Started

PROGRAM = "Word.Application"
"""The name by which Windows knows Word."""

_YES, _NO = True, False
_NO_ALERTS = 0  # wdAlertsNone
_NO_MACROS = 3  # msoAutomationSecurityForceDisable
_DO_NOT_SAVE = 0  # wdDoNotSaveChanges
_PDF = 17  # wdExportFormatPDF
_FOR_PRINT = 0  # wdExportOptimizeForPrint
_WHOLE = 0  # wdExportAllDocument
_CONTENT = 0  # wdExportDocumentContent
_BOOKMARKS_OF_HEADINGS = 1  # wdExportCreateHeadingBookmarks


class NotStartedError(Exception):
    """Windows started no Word, or the Word was not one that obeys."""


@dataclass(frozen=True, slots=True)
class Saving:
    """One Word, from its start to its end."""

    sources: Sequence[Path]
    """The files, whose PDFs come beside them."""
    word: Started
    done: SimpleQueue[Exception | None] = field(default_factory=SimpleQueue)
    """Gets None for each file that Word has saved, an error for the one that it has not."""
    let_go: Event = field(default_factory=Event)
    """Set where no Word of ours is left that must be ended."""

    def work(self) -> None:
        """Start a Word, save each file as PDF up to the first that fails, and let the Word go."""
        try:
            # Objects of COM must be gone before the thread says goodbye: hence the inner call.
            self._work()
        except Exception as error:  # noqa: BLE001 - whatever COM raises, it is this file's
            self.done.put(error)

    def _work(self) -> None:
        try:
            word = _created(self.sources[0].parent)
        except NotStartedError:
            self.let_go.set()
            raise
        self.word.note()
        try:
            _quieten(word)
            for source in self.sources:
                _save(word, source)
                self.done.put(None)
        finally:
            with contextlib.suppress(Exception):
                _let_go(word)
                self.let_go.set()


def said(error: Exception) -> str:
    """Return what an error of COM says, in one line: its description, else its own text."""
    details = getattr(error, "details", None)
    described = details[0] if isinstance(details, tuple) and details else None
    text = described or getattr(error, "text", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())[:200]


def _created(folder: Path) -> Any:
    """Return a new Word.

    Its methods take arguments by position only: dynamic objects know no names.

    Raises:
        NotStartedError: there is none.
    """
    try:
        import comtypes

        # Else comtypes makes a folder for modules that it never writes for dynamic objects, where
        # need be in the user's profile.
        generated = ModuleType("comtypes.gen")
        generated.__path__ = [str(folder)]
        comtypes.gen = sys.modules.setdefault("comtypes.gen", generated)
        import comtypes.client

        comtypes.CoInitialize()
        return comtypes.client.CreateObject(
            PROGRAM, clsctx=comtypes.CLSCTX_LOCAL_SERVER, dynamic=True
        )
    except Exception as error:
        raise NotStartedError(said(error)) from error


def _quieten(word: Any) -> None:
    """Let Word show nothing, ask nothing and run no macros.

    Raises:
        NotStartedError: it does not obey.
    """
    try:
        word.Visible = False
        word.DisplayAlerts = _NO_ALERTS
        word.AutomationSecurity = _NO_MACROS
    except Exception as error:
        raise NotStartedError(said(error)) from error


def _save(word: Any, source: Path) -> None:
    # FileName, ConfirmConversions, ReadOnly, AddToRecentFiles
    document = word.Documents.Open(str(source), _NO, _YES, _NO)
    try:
        # OutputFileName, ExportFormat, OpenAfterExport, OptimizeFor, Range, From, To, Item,
        # IncludeDocProps, KeepIRM, CreateBookmarks, DocStructureTags, BitmapMissingFonts,
        # UseISO19005_1: PDF/A.
        document.ExportAsFixedFormat(
            str(source.with_suffix(".pdf")),
            _PDF,
            _NO,
            _FOR_PRINT,
            _WHOLE,
            1,
            1,
            _CONTENT,
            _YES,
            _NO,
            _BOOKMARKS_OF_HEADINGS,
            _YES,
            _YES,
            _YES,
        )
    finally:
        with contextlib.suppress(Exception):  # the first error is the one that tells
            document.Close(_DO_NOT_SAVE)


def _let_go(word: Any) -> None:
    """End Word; where somebody has opened a document in it meanwhile, hand it over to them."""
    if word.Documents.Count:
        word.Visible = True
    else:
        word.Quit(_DO_NOT_SAVE)
