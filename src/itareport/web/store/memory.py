"""What the page remembers of a report besides its file: changes, state, ticks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itareport.files import output

FOLDER = ".itareport"
STATES = ("กำลังจัดทำ", "เสนอลงนาม", "ลงนามแล้ว", "เผยแพร่แล้ว")
_MOST_CHANGES = 100
_MOST_BYTES = 2_000_000

Parts = Mapping[str, Any]
"""The parts of a report by name, None for one that is not there."""


@dataclass(slots=True)
class Memory:
    """The memory of one report, in a file of its own that is written whole."""

    file: Path
    state: str = ""
    ticks: set[str] = field(default_factory=set)
    past: list[Parts] = field(default_factory=list)
    """For each change, oldest first, the parts that it changed as they were before."""
    future: list[Parts] = field(default_factory=list)
    """The same of each change that was undone."""
    version: str = ""
    """The content of the data file that the changes lead to."""

    @property
    def said(self) -> str:
        """How far the report has come on its way."""
        return self.state or STATES[0]

    @property
    def is_locked(self) -> bool:
        """Whether it is signed, and may not be changed."""
        return self.state in STATES[2:]

    def read(self) -> None:
        """Read the file; one that is not there, or broken, is an empty memory."""
        try:
            held = json.loads(self.file.read_bytes())
            self.state, self.ticks = str(held["state"]), set(held["ticks"])
            self.past, self.future = list(held["past"]), list(held["future"])
            self.version = str(held["version"])
        except (OSError, ValueError, KeyError, TypeError):
            self.past, self.future, self.version = [], [], ""

    def write(self) -> None:
        """Write the file; the oldest changes are forgotten where there are too many.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        del self.past[:-_MOST_CHANGES]
        while len(data := self._data()) > _MOST_BYTES and (self.past or self.future):
            del (self.past or self.future)[0]
        output.folder(self.file.parent)
        output.write(self.file, data)

    def _data(self) -> bytes:
        held = {
            "state": self.state, "ticks": sorted(self.ticks), "past": self.past,
            "future": self.future, "version": self.version,
        }  # fmt: skip
        return json.dumps(held, ensure_ascii=False).encode()


def difference(before: Parts, after: Parts) -> Parts:
    """Return the parts of `before` that are others in `after`."""
    names = [n for n in {**before, **after} if before.get(n) != after.get(n)]
    return {name: before.get(name) for name in names}


def put_back(data: Parts, parts: Parts) -> dict[str, Any]:
    """Return data with these parts as they were."""
    made = {**data, **parts}
    return {name: value for name, value in made.items() if value is not None}
