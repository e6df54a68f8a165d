"""What was printed of a report, and what came back signed: kept beside its memory."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from itareport.files import inputs, output

_MOST = 100_000_000  # bytes of a PDF with scanned pages


@dataclass(frozen=True, slots=True)
class Printed:
    """The last draft that was printed for others to read."""

    at: float
    name: str
    pages: tuple[str, ...]
    """A digest of each page."""
    before: float = 0.0
    """When the one before was printed; 0 for never."""
    changed: tuple[int, ...] = ()
    """Which of its pages, counted from 1, are others than before."""
    count_before: int = 0
    """How many pages it had before."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The PDF with the signed pages."""

    at: float
    content: str
    """What the report said when it was signed, as `Desk.content` has it."""
    name: str
    pages: tuple[int, ...]
    """Which pages, counted from 1, are scanned."""


class Papers:
    """The papers of one report: two PDFs, and a file that says what they are."""

    def __init__(self, memory: Path) -> None:
        """Keep the papers beside the memory of a report."""
        self._notes, self._stem = memory.with_suffix(".papers.json"), memory.stem
        self._root = memory.parent.parent.resolve()

    @property
    def printed(self) -> Printed | None:
        """The last draft that was printed, if there is one."""
        try:
            held = self._read()["printed"]
            pages, changed = tuple(map(str, held["pages"])), tuple(map(int, held["changed"]))
            before, count = float(held["before"]), int(held["count_before"])
            name = str(held["name"])
            return Printed(float(held["at"]), name, pages, before, changed, count)
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def signed(self) -> Signed | None:
        """The PDF that came back signed, of whatever content, if there is one."""
        try:
            held = self._read()["signed"]
            pages = tuple(map(int, held["pages"]))
            return Signed(float(held["at"]), str(held["content"]), str(held["name"]), pages)
        except (KeyError, TypeError, ValueError):
            return None

    def note_draft(self, pdf: bytes, drawn: Printed) -> Printed:
        """Keep a draft that is printed; return which of its pages are others than before.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        last = self.printed
        self._put(self._pdf("draft"), pdf)
        if last is not None:
            others = changed_pages(drawn.pages, last.pages)
            drawn = replace(drawn, before=last.at, changed=others, count_before=len(last.pages))
        self._write({"printed": asdict(drawn)})
        return drawn

    def note_signed(self, pdf: bytes, signed: Signed) -> None:
        """Keep the PDF with the signed pages, in place of an earlier one.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        self._write({"signed": None})  # never the note of one with the pages of another
        self._put(self._pdf("signed"), pdf)
        self._write({"signed": asdict(signed)})

    def pdf(self, which: str) -> bytes:
        """Return the bytes of `draft` or `signed`; b"" where it is not there."""
        try:
            return inputs.Within(self._root)(self._pdf(which), _MOST)
        except OSError:
            return b""

    def _pdf(self, which: str) -> Path:
        return self._notes.with_name(f"{self._stem}.{which}.pdf")

    def _read(self) -> dict[str, Any]:
        try:
            held = json.loads(inputs.Within(self._root)(self._notes, _MOST))
        except (OSError, ValueError, RecursionError):
            return {}
        return held if isinstance(held, dict) else {}

    def _write(self, noted: dict[str, Any]) -> None:
        held = self._read() | noted
        self._put(self._notes, json.dumps(held, ensure_ascii=False).encode("utf-8"))

    def _put(self, file: Path, data: bytes) -> None:
        output.stay_within(self._root, file)
        output.folder(file.parent)
        output.write(file, data)


def changed_pages(now: tuple[str, ...], before: tuple[str, ...]) -> tuple[int, ...]:
    """Return which pages, counted from 1, are others than those in the same place before."""
    return tuple(
        number
        for number, one in enumerate(now, 1)
        if number > len(before) or one != before[number - 1]
    )
