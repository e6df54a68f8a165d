"""One report that is being edited; what counts is its file, which is written at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from itareport.actions import prepare
from itareport.files import output
from itareport.problems import ItaReportError
from itareport.reading import load, report_file
from itareport.web.store import row_keys
from itareport.web.store.differences import Patch, Side, is_overtaken, patch, patched, sides
from itareport.web.store.edits import Edit, applied
from itareport.web.store.memory import STATES, Memory, Versions, digest
from itareport.web.store.papers import Papers, Signed

BEFORE = "ก่อนแก้ในหน้ากรอก"
"""Marks the name of a data file that is kept as it was."""
_LOOK = 0.5  # seconds between two looks whether the file is another


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that was saved."""

    version: str
    kept: str = ""
    """The file in which the data file was kept as it was; "" where all its comments stay."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that was not taken: the file, or its state, is another than the window shows."""

    version: str
    outside: tuple[Side, ...] = ()
    """What the window shows otherwise than the file has it, as far as that is known."""


@dataclass(frozen=True, slots=True)
class LosesComments:
    """A change that waits for a yes: it cannot be written without losing the file's comments."""


@dataclass(frozen=True, slots=True)
class Since:
    """What others have changed since a window was shown the report."""

    sides: tuple[Side, ...]
    is_outside: bool
    """Whether another program did, and not only other windows."""


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
        self.papers = Papers(memory.file)
        self._checked: tuple[str, prepare.Checked] | None = None
        self._window = self._stated_by = self.saved_at = self.version = ""
        self.data: Any = {}
        self.rows: row_keys.Keys = {}
        """What tells the rows of the plan and others from each other, wherever they stand."""
        self.saved = b""
        self._versions = Versions()
        self._may_lose = False
        memory.read()
        self.refresh()

    def refresh(self) -> None:
        """Read the file again where it is another than it was.

        Raises:
            ItaReportError: The file cannot be read.
        """
        with self._lock:
            output.stay_within(self.path.parent, self.path)
            saved = load.data_of(self.path)
            version = digest(saved)
            if version == self.version:
                return
            data, is_first = report_file.tree_of(saved, self.path.name), not self.version
            if is_first:
                self._memory.meet(version)
            else:
                self._memory.changed(patch(data, self.data), version)
                self._memory.write()
            self._versions.forget_changes()
            self._take(data, saved, version, "")

    @property
    def in_form(self) -> dict[str, Any]:
        """The data as the form has them: rows show their keys."""
        with self._lock:
            return row_keys.shown(self.rows, self.data)

    @property
    def checked(self) -> prepare.Checked:
        """What the checks say of the data as they are."""
        with self._lock:
            if self._checked is None or self._checked[0] != self.version:
                found = prepare.check_data(self.saved, self.path, self._options)
                self._checked = self.version, found
            return self._checked[1]

    @property
    def state(self) -> str:
        """How far the report has come on its way."""
        return self._memory.stage

    @property
    def fallen_from(self) -> str:
        """The state that the report had before it was changed; "" where it has lost none."""
        return self._memory.was

    @property
    def is_handed_in(self) -> bool:
        """Whether others have it to sign, have signed it, or read it on the web."""
        return self._memory.is_handed_in

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

    def change(
        self, edits: Sequence[Edit], base_version: str, window: str
    ) -> Changed | Conflict | LosesComments:
        """Do these edits and save; not where they would undo what another did, or in a locked one.

        Raises:
            ItaReportError: D100, D102: the file is gone; O6xx: it cannot be saved.
        """
        with self._lock:
            self.refresh()
            if self.locked or self._is_overtaken(edits, base_version, window):
                return self._conflict(base_version)
            try:
                made = applied(self.data, edits)
            except (LookupError, TypeError, AttributeError):
                return self._conflict(base_version)
            if made == self.data:
                return Changed(self.version)
            return self._save(made, window, self._memory.changed)

    def let_go_of_comments(self) -> None:
        """Note the yes: from now on a file whose comments cannot stay is kept beside the new."""
        self._may_lose = True

    def since(self, base: str, window: str) -> Since | None:
        """Return what others have changed since a window was shown the report; None for nothing.

        Raises:
            ItaReportError: D100, D102: the file is gone.
        """
        with self._lock:
            self.refresh()
            if not base or base == self.version:
                return None
            states = self._versions.since(base)
            later = states[1:]
            is_outside = not states or any(not state.window for state in later)
            if not is_outside and all(state.window == window for state in later):
                return None
            return Since(self._conflict(base).outside, is_outside)

    def _is_overtaken(self, edits: Sequence[Edit], base: str, window: str) -> bool:
        """Return whether another has changed, since `base`, what these edits are about."""
        if not base or base == self.version:
            return False
        states = self._versions.since(base)
        return not states or any(
            is_overtaken(edit, before.data, after.data)
            for before, after in pairwise(states)
            for edit in edits
            if after.window != window
        )

    def _conflict(self, base: str) -> Conflict:
        """Return what the file says otherwise than the window shows."""
        shown = self._versions.shown(base)
        return Conflict(self.version, () if shown is None else sides(shown, self.data))

    def undo(self, window: str = "") -> Changed | LosesComments:
        """Undo the last change.

        Raises:
            ItaReportError: as `change`.
        """
        return self._step(window, is_undo=True)

    def redo(self, window: str = "") -> Changed | LosesComments:
        """Do again what was undone last.

        Raises:
            ItaReportError: as `change`.
        """
        return self._step(window, is_undo=False)

    def _step(self, window: str, *, is_undo: bool) -> Changed | LosesComments:
        with self._lock:
            self.refresh()
            memory = self._memory
            left = memory.past if is_undo else memory.future
            if self.locked or not left:
                return Changed(self.version)
            try:
                made = patched(self.data, left[-1])
            except ValueError:
                memory.forget()
                return Changed(self.version)
            return self._save(made, window, partial(memory.stepped, is_undo=is_undo))

    def _save(
        self, data: Any, window: str, note: Callable[[Patch, str], None]
    ) -> Changed | LosesComments:
        """Write the file; in YAML only what is new, all else stays as it was typed.

        A file whose comments cannot stay is kept beside it first, once that is agreed to.
        """
        output.stay_within(self.path.parent, self.path)
        made = report_file.edited(self.saved, self.path.name, data)
        kept = ""
        if made.loses_comments:
            if not self._may_lose:
                return LosesComments()
            beside = output.free_name(self.path, BEFORE)
            output.write(beside, self.saved)
            kept = beside.name
        # What the file says, whatever was asked for:
        data = report_file.tree_of(made.data, self.path.name)
        version = digest(made.data)
        note(patch(data, self.data), version)
        try:
            self._memory.write()
            output.write(self.path, made.data)
        except ItaReportError:
            self._memory.meet(self.version)
            raise
        self._take(data, made.data, version, window)
        self.saved_at = time.strftime("%H:%M")
        return Changed(version, kept)

    def _take(self, data: Any, saved: bytes, version: str, window: str) -> None:
        """Take up what the file says now."""
        self.rows = row_keys.followed(self.rows, self.data, data)
        self.data, self.saved, self.version, self._window = data, saved, version, window
        self._versions.add(version, window, data)

    def set_state(self, state: str, window: str = "") -> None:
        """Note how far the report has come, one of `STATES`; "" for being worked on.

        Args:
            state: The state.
            window: The window that says so; others are told.

        Raises:
            ValueError: There is no such state.
        """
        if state and state not in STATES:
            raise ValueError(state)
        with self._lock:
            self._memory.come_to(state)
            self._memory.write()
            self._stated_by = window

    def note_made(self) -> None:
        """Note that a document was made of the report, for the list of reports."""
        with self._lock, contextlib.suppress(ItaReportError):  # it is made all the same
            self._memory.made = time.time()
            self._memory.write()

    def tick(self, key: str, *, on: bool) -> None:
        """Note that a person has checked something, or has not."""
        with self._lock:
            (self._memory.ticks.add if on else self._memory.ticks.discard)(key)
            if not on:
                self._memory.fall_back()
                self._stated_by = ""
            self._memory.write()

    @property
    def signed(self) -> Signed | None:
        """The PDF with the signed pages, where it is of the report as it is now."""
        signed = self.papers.signed
        return signed if signed and signed.content == self.content else None

    @property
    def content(self) -> str:
        """What tells what the report says from what it said before, however its file is written."""
        return digest(json.dumps(self.data, sort_keys=True, default=str).encode())

    async def changes(self, shown: str = "") -> AsyncIterator[Change]:
        """Yield each change since a version, or from now on, by whatever window or program.

        That it was signed, or is worked on again, is one too.
        """
        seen, state = shown or self.version, self.state
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await asyncio.to_thread(self.refresh)
            except ItaReportError:
                continue
            if (seen, state) != (self.version, self.state):
                window = self._stated_by if seen == self.version else self._window
                seen, state = self.version, self.state
                yield Change(window, seen)
