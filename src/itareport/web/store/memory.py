"""What the page remembers of a report besides its file: changes, state, ticks, versions."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itareport.files import inputs, output
from itareport.web.store.differences import Patch

FOLDER = ".itareport"
STATES = ("กำลังจัดทำ", "เสนอลงนาม", "ลงนามแล้ว", "เผยแพร่แล้ว")
_MOST_CHANGES = 100
_MOST_BYTES = 2_000_000
_MOST_VERSIONS = 50  # of a report, held to see what other windows have changed meanwhile


@dataclass(slots=True)
class Memory:
    """The memory of one report, in a file of its own that is written whole.

    A step is written here before the data file is, so that a program killed between the two finds
    by the versions which of them the data file has.
    """

    file: Path
    state: str = ""
    was: str = ""
    """The state that was lost when the report was changed; "" for none."""
    ticks: set[str] = field(default_factory=set)
    made: float = 0.0
    """When the page made a document of it last, in seconds; 0 for never."""
    past: list[Patch] = field(default_factory=list)
    """For each change, oldest first, what takes it back."""
    future: list[Patch] = field(default_factory=list)
    """The same of each change that was undone."""
    version: str = ""
    """The content of the data file that the changes lead to."""
    before: str = ""
    """The content that it had before the last step."""
    last: list[list[Patch]] = field(default_factory=list)
    """`past` and `future` before the last step, as far as that step took from them."""

    @property
    def stage(self) -> str:
        """How far the report has come on its way."""
        return self.state or STATES[0]

    @property
    def is_handed_in(self) -> bool:
        """Whether others have it to sign, have signed it, or read it on the web."""
        return self.state in STATES[1:]

    @property
    def is_locked(self) -> bool:
        """Whether it is signed, and may not be changed."""
        return self.state in STATES[2:]

    def read(self) -> None:
        """Read the file; one that is not there, or broken, is an empty memory."""
        try:
            held = json.loads(inputs.read(self.file, 2 * _MOST_BYTES))
            self.state, self.ticks = str(held["state"]), set(map(str, held["ticks"]))
            self.was, self.made = str(held.get("was", "")), float(held.get("made", 0.0))
            self.past, self.future = list(held["past"]), list(held["future"])
            self.version, self.before = str(held["version"]), str(held["before"])
            self.last = list(held["last"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self.forget()

    def forget(self) -> None:
        """Forget the changes, which lead to another content than the data file has."""
        self.past, self.future, self.last, self.version, self.before = [], [], [], "", ""

    def come_to(self, state: str) -> None:
        """Note how far the report has come; "" for being worked on."""
        self.state, self.was = state, ""

    def fall_back(self) -> None:
        """Note that what was handed in, or signed, is no longer what the report says."""
        if self.is_handed_in:
            self.state, self.was = "", self.state

    def changed(self, back: Patch, version: str) -> None:
        """Note a change, by what takes it back and by the content that it leads to."""
        self.fall_back()
        self.last = [[], self.future]
        self.past, self.future = [*self.past, back][-_MOST_CHANGES:], []
        self.before, self.version = self.version, version

    def stepped(self, back: Patch, version: str, *, is_undo: bool) -> None:
        """Note that the last change was undone, or was done again."""
        self.fall_back()
        left, right = (self.past, self.future) if is_undo else (self.future, self.past)
        self.last = [left[-1:], []] if is_undo else [[], left[-1:]]
        left.pop()
        right.append(back)
        self.before, self.version = self.version, version

    def meet(self, version: str) -> None:
        """Hold to the content that the data file has: that of the last step, or of before it."""
        if version == self.version:
            return
        if version != self.before or not self.last:
            if self.version:  # the file was changed while nobody looked
                self.fall_back()
            self.forget()
        elif self.last[0]:  # an undo that was not written
            self.past.extend(self.last[0])
            self.future.pop()
        else:  # a change, or a change done again, that was not written
            self.past.pop()
            self.future = [*self.future, *self.last[1]]
        self.version, self.before, self.last = version, "", []

    def write(self) -> None:
        """Write the file; the oldest changes are forgotten where there are too many.

        Raises:
            ItaReportError: O6xx: it cannot be written, or a link leads out of the folder.
        """
        while len(data := self._data()) > _MOST_BYTES and (self.past or self.future or self.last):
            self.last = []
            few = self.past or self.future
            del few[: len(few) // 4 + 1]
        output.stay_within(self.file.parent.parent, self.file)
        output.folder(self.file.parent)
        output.write(self.file, data)

    def _data(self) -> bytes:
        held = {
            "state": self.state, "was": self.was, "ticks": sorted(self.ticks), "made": self.made,
            "past": self.past, "future": self.future, "version": self.version,
            "before": self.before, "last": self.last,
        }  # fmt: skip
        return json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass")


def digest(saved: bytes) -> str:
    """Return what tells one content of a file from another: its version."""
    return hashlib.sha256(saved).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Saved:
    """What the file said at a time, and which window made it so; "" for another program."""

    version: str
    window: str
    data: Any


class Versions:
    """What the file of one report said at each of its last versions; gone with the program."""

    def __init__(self) -> None:
        """Begin without any."""
        self._saved: deque[Saved] = deque(maxlen=_MOST_VERSIONS)
        self._shown: dict[str, Any] = {}

    def add(self, version: str, window: str, data: Any) -> None:
        """Note what the file says now."""
        self._saved.append(Saved(version, window, data))
        self._shown[version] = data
        for old in list(self._shown)[:-_MOST_VERSIONS]:
            del self._shown[old]

    def forget_changes(self) -> None:
        """Forget which window made which version: another program has written the file."""
        self._saved.clear()

    def since(self, version: str) -> list[Saved]:
        """Return a version and those after it; none where it is forgotten."""
        known = [saved.version for saved in self._saved]
        return list(self._saved)[known.index(version) :] if version in known else []

    def shown(self, version: str) -> Any:
        """Return what the file said at a version; None where it is forgotten."""
        return self._shown.get(version)
