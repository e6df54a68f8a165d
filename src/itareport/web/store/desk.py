"""One report that is being edited; what counts is its file, which is written at once."""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from itareport import plain
from itareport.actions import prepare
from itareport.files import inputs, output
from itareport.ita import described
from itareport.problems import ItaReportError
from itareport.reading import yamlwrite
from itareport.reading.yamledit import Edited, edited
from itareport.web.store.edits import Edit, Set, applied, value_at
from itareport.web.store.memory import Memory, Parts, difference, put_back

_LOOK = 0.5  # seconds between two looks whether the file is another


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that was saved."""

    version: str


@dataclass(frozen=True, slots=True)
class Side:
    """A value as a window has it, and as the file has it."""

    label: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not taken: the file, or its state, is another than the window shows."""

    version: str
    rows: tuple[Side, ...] = ()
    """What the window was to change, beside what the file says now."""


@dataclass(frozen=True, slots=True)
class Change:
    """That a report has changed, and by which window; "" for another program."""

    window: str
    version: str


class Desk:
    """The data of one file, its checks and its history; used by several threads."""

    def __init__(self, path: Path, key: str, memory: Memory, options: prepare.Options) -> None:
        """Take up the report of a data file.

        Raises:
            ItaReportError: The file cannot be read.
        """
        self.path, self.key, self.file = path, key, path.name
        self._options = replace(options, drafts=True)
        self._memory, self._lock = memory, threading.RLock()
        self._checked: tuple[str, prepare.Checked] | None = None
        self._window = self.saved_at = self.version = ""
        self._known: set[str] = set()
        memory.read()
        self.refresh()

    def refresh(self) -> None:
        """Read the file again where it is another than it was.

        Raises:
            ItaReportError: The file cannot be read.
        """
        with self._lock:
            saved = inputs.read(self.path, plain.MAX_BYTES)
            version = digest(saved)
            if version == self.version:
                return
            is_json = self.path.suffix.lower() == ".json"
            read = (plain.read_json if is_json else plain.read)(saved, self.file)
            before = getattr(self, "data", None)
            self.data: Any = read.data if isinstance(read.data, dict) else {}
            self._saved, self.version, self._window = saved, version, ""
            if before is not None:
                self._remember(before)
            elif self._memory.version != version:
                self._memory.past, self._memory.future = [], []
            self._memory.version = version
            self._known = {version}

    @property
    def checked(self) -> prepare.Checked:
        """What the checks say of the data as they are."""
        with self._lock:
            if self._checked is None or self._checked[0] != self.version:
                found = prepare.check_data(self._saved, self.path, self._options)
                self._checked = self.version, found
            return self._checked[1]

    @property
    def state(self) -> str:
        """How far the report has come on its way."""
        return self._memory.said

    @property
    def locked(self) -> bool:
        """Whether it is signed, and may not be changed."""
        return self._memory.is_locked

    @property
    def ticks(self) -> frozenset[str]:
        """What a person has checked."""
        return frozenset(self._memory.ticks)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._memory.past) and not self.locked

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to do again."""
        return bool(self._memory.future) and not self.locked

    def change(self, edits: Sequence[Edit], base_version: str, window: str) -> Changed | Conflict:
        """Do these edits and save; not where the file has changed outside, or is locked.

        Raises:
            ItaReportError: O6xx: it cannot be saved.
        """
        with self._lock:
            self.refresh()
            if self.locked or (base_version and base_version not in self._known):
                return self._conflict(edits)
            try:
                made = applied(self.data, edits)
            except LookupError:
                return self._conflict(edits)
            before = self.data
            self._save(made, window)
            self._remember(before)
            return Changed(self.version)

    def _conflict(self, edits: Sequence[Edit]) -> Conflict:
        """Return what a window was to change beside what the file says."""
        wanted = [(edit.path, edit.text) for edit in edits if isinstance(edit, Set)]
        rows = (
            Side(described.label(path, self.data) or str(path[-1]), _said(text), _said(there))
            for path, text in wanted
            if (there := value_at(self.data, path)) != text
        )
        return Conflict(self.version, tuple(rows))

    def undo(self) -> None:
        """Undo the last change."""
        self._step(self._memory.past, self._memory.future)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._step(self._memory.future, self._memory.past)

    def _step(self, left: list[Parts], right: list[Parts]) -> None:
        with self._lock:
            self.refresh()
            if self.locked or not left:
                return
            before, made = self.data, put_back(self.data, left[-1])
            self._save(made, "")
            left.pop()
            right.append(difference(before, made))
            self._memory.write()

    def _remember(self, before: Parts) -> None:
        self._memory.past.append(difference(before, self.data))
        self._memory.future.clear()
        self._memory.version = self.version
        self._memory.write()

    def _save(self, data: Any, window: str) -> None:
        """Write the file; in YAML only what is new, all else stays as it was typed.

        A file whose comments cannot stay is kept beside it first.
        """
        made = _edited(self._saved, self.path, data)
        if made.loses_comments:
            output.write(output.free_name(self.path, "ก่อนแก้ในหน้ากรอก"), self._saved)
        saved = made.data
        output.write(self.path, saved)
        self.data, self._saved, self.version = data, saved, digest(saved)
        self._known.add(self.version)
        self._window, self._memory.version = window, self.version
        self.saved_at = time.strftime("%H:%M")

    def set_state(self, state: str) -> None:
        """Note how far the report has come; "" for being worked on."""
        with self._lock:
            self._memory.state = state
            self._memory.write()

    def tick(self, key: str, *, on: bool) -> None:
        """Note that a person has checked something, or has not."""
        with self._lock:
            (self._memory.ticks.add if on else self._memory.ticks.discard)(key)
            self._memory.write()

    async def changes(self) -> AsyncIterator[Change]:
        """Yield each change from now on, by whatever window or program."""
        seen = self.version
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await asyncio.to_thread(self.refresh)
            except ItaReportError:
                continue
            if seen != self.version:
                seen = self.version
                yield Change(self._window, seen)


def digest(saved: bytes) -> str:
    """Return what tells one content of a file from another."""
    return hashlib.sha256(saved).hexdigest()[:16]


def _edited(saved: bytes, path: Path, data: Any) -> Edited:
    whole = _filled(data)
    if path.suffix.lower() == ".json":
        return Edited(text_of(whole, ".json"))
    return edited(saved, path.name, whole)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def text_of(data: Any, suffix: str) -> bytes:
    """Return data as the content of a file of that kind."""
    whole = _filled(data)
    if suffix.lower() == ".json":
        return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
    return yamlwrite.write(whole)


def _filled(data: Any) -> Any:
    """Return data without what is empty."""
    if isinstance(data, dict):
        return {name: _filled(inner) for name, inner in data.items() if inner is not None}
    if isinstance(data, list):
        return [_filled(inner) for inner in data if inner is not None]
    return str(data)
