"""What the list of reports shows of each file of a folder."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from itareport import batch
from itareport.actions import prepare
from itareport.ita import catalogue, names
from itareport.ita.kinds import full_name
from itareport.problems import ItaReportError
from itareport.reading.workbook import wide
from itareport.web import to_do
from itareport.web.store.dropped import About, about
from itareport.web.store.memory import STATES
from itareport.web.to_do import ToDo

OUTDATED = "ไม่ใช่ฉบับล่าสุด"
_TABLE = "ตารางหลายหน่วยงาน"


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the folder, as the list shows it."""

    key: str
    file: str
    agency: str = ""
    fiscal_year: int | None = None
    total: Any = None
    level: str | None = None
    to_do: ToDo | None = None
    """How much is still to be done in it; None where that cannot be told."""
    built: float = 0.0
    """When a document was made of it last, in seconds; 0 for never."""
    changed: float = 0.0
    state: str = ""
    locked: bool = False
    note: str = ""
    stems: tuple[str, ...] = ()
    """What its Word file is called, before and after its drafts are confirmed."""
    about: About = ()
    """What tells its year and agency from others; empty where it cannot be read."""
    version: str = ""
    """The content of the file."""

    @property
    def is_table(self) -> bool:
        """Whether it is a table of many agencies, which no form shows."""
        return self.note == _TABLE

    @property
    def is_working(self) -> bool:
        """Whether it is a report that waits for work."""
        return self.state == STATES[0] and not self.note

    @property
    def is_current(self) -> bool:
        """Whether a run over all reports takes it."""
        return self.note != OUTDATED


def built(folder: Path, rows: Sequence[Listed]) -> dict[str, float]:
    """Return by their names when the Word files of reports were made; no link is followed.

    A run's journal says of which file each was made; one that `build` made is told by its
    name, unless two reports have that.
    """
    out, found = folder / "out", dict[str, float]()
    if out.is_symlink():
        return found
    made_of, named = batch.owners(out), Counter(stem for row in rows for stem in row.stems)
    files = {stem: row.file for row in rows for stem in row.stems if named[stem] == 1}
    for one in out.rglob("*.docx"):
        source = made_of.get(one.relative_to(out).as_posix(), "")
        file = PurePosixPath(source).name if source else files.get(one.stem)
        with contextlib.suppress(OSError):
            if file and one.resolve().is_relative_to(folder):
                found[file] = max(one.stat().st_mtime, found.get(file, 0.0))
    return found


def looked_at(file: Path, key: str, options: prepare.Options) -> Listed:
    """Return what a file says and what the checks say of it, without what the page remembers."""
    own = catalogue.own(options.catalogues)
    kinds = own.kinds
    try:
        if file.suffix.lower() == ".xlsx" and wide.read(file.read_bytes(), file.name, kinds):
            return Listed(key, file.name, note=_TABLE)
    except (ItaReportError, OSError):
        return Listed(key, file.name, to_do=ToDo(wrong=1))
    checked = prepare.check_file(file, replace(options, drafts=True))
    report = to_do.report_of(checked, own)
    counts = to_do.of_all(checked, report)
    if report is None:
        return Listed(key, file.name, to_do=counts)
    result, left_out = report.result, checked.left_out
    stem = names.report_name(report, kinds).removeprefix(f"{names.DRAFT} ")
    return Listed(
        key,
        file.name,
        full_name(report.agency.kind, report.agency.name),
        report.fiscal_year,
        result.total if ("result", "total") not in left_out else None,
        result.level if ("result", "level") not in left_out else None,
        counts,
        stems=(stem, f"{names.DRAFT} {stem}"),
        about=about(report),
    )


def key_of(name: str) -> str:
    """Return the key of a file: a digest of its name, which leads nowhere."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]
