"""The folder of reports: its files, their desks, and the reports that are begun in it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from itareport import thai
from itareport.actions import prepare
from itareport.files import assets, inputs, output
from itareport.ita import catalogue, names
from itareport.ita.closed_words import bare_name
from itareport.ita.model import WHOSE
from itareport.problems import ItaReportError, problem
from itareport.reading import report_file, workbook
from itareport.web.store import report_list
from itareport.web.store.desk import BEFORE, Desk
from itareport.web.store.memory import FOLDER, Memory, digest
from itareport.web.store.report_list import OUTDATED, Listed, key_of

_DATA = (".yaml", ".yml", ".json")
TAKEN = (*_DATA, ".xlsx")
_KEPT = re.compile(rf"\({BEFORE}(?: [0-9]+)?\)$")
"""Ends the name of a file that was kept as it was before it was written anew."""
SAMPLE = "รายงานตัวอย่าง (ลองใช้)"
"""The name of the sample report's file, without its suffix."""


class NotFound(Exception):  # noqa: N818 - the contract's name
    """No report has that key."""


class Folder:
    """The reports of one folder; nothing outside it is read or listed."""

    def __init__(self, path: Path, options: prepare.Options) -> None:
        """Look after that folder."""
        self.path = path.resolve()
        own = (options.template, options.graph_file, *options.catalogues)
        named = frozenset(file.resolve() for file in own if file)
        self.options = replace(options, read=inputs.Within(self.path, named, options.read))
        """How reports are made, nothing outside the folder being read for them."""
        self._desks: dict[str, Desk] = {}
        self._lock = threading.RLock()
        self._seen: dict[str, tuple[tuple[int, int, int], Listed]] = {}

    @property
    def keys(self) -> dict[str, str]:
        """The key of each file that can be opened."""
        with self._lock:
            rows = [row for file in self._files() if (row := self._row(file))]
            return {row.file: row.key for row in rows if not row.is_table}

    def listed(self) -> list[Listed]:
        """Return every report of the folder."""
        with self._lock:
            rows = [row for file in self._files() if (row := self._row(file))]
            built = report_list.built(self.path, [row for row in rows if row.is_current])
            return [replace(row, built=max(row.built, built.get(row.file, 0.0))) for row in rows]

    def open(self, key: str) -> Desk:
        """Return the desk of a report; a workbook is read into a data file beside it.

        Raises:
            NotFound: No file has that key.
            ItaReportError: The file cannot be read.
        """
        with self._lock:
            file = next((one for one in self._files() if key_of(one.name) == key), None)
            if file is None:
                raise NotFound(key)
            if file.suffix.lower() not in _DATA:
                file = _beside(file) or self.from_workbook(file.name, file.read_bytes())
                key = key_of(file.name)
            if key not in self._desks:
                self._desks[key] = Desk(file, key, self._memory(key), self.options)
            self._desks[key].refresh()
            return self._desks[key]

    def create(self, fields: Mapping[str, str]) -> Desk:
        """Begin a report of a year and an agency.

        Raises:
            ItaReportError: D403 no agency; O6xx it cannot be written.
        """
        agency = {name: typed for name in WHOSE if (typed := fields.get(name, "").strip())}
        kinds = catalogue.own(self.options.catalogues).kinds
        if "kind" not in agency and "name" in agency:
            agency["kind"], agency["name"] = workbook.parted(agency["name"], kinds)
        kind = kinds.meant(agency.get("kind", ""))
        if kind:
            agency["kind"] = kind.name  # whole, as the cover has it
            agency |= {n: bare_name(kind.name, agency[n], kinds) for n in ("name",) if n in agency}
        if kind and kind.sole:
            agency |= {"district": kind.sole.district, "province": kind.sole.province}
        elif "name" not in agency:
            raise ItaReportError(problem("D403"))
        begun = {"fiscal_year": fields.get("year", "").strip(), "agency": agency}
        return self._begun(begun | {"signatures": workbook.signatures(agency, kinds)})

    def go_on(self, name: str, data: bytes) -> Desk:
        """Begin this year's report with the agency, units and signers of a file of last year.

        Raises:
            ItaReportError: The file cannot be read; D110 the year after it is not known; O6xx it
                cannot be written.
        """
        last = report_file.tree_of(data, name)
        year = _next(str(last.get("fiscal_year") or "").strip())
        if year.isdecimal():
            catalogue.own(self.options.catalogues).year(int(year))
        kept = {n: last[n] for n in ("agency", "signatures") if last.get(n)}
        kept["signatures"] = [
            {n: v for n, v in row.items() if n != "date"}
            for row in kept.get("signatures", ())
            if isinstance(row, dict)
        ]
        begun: dict[str, Any] = {"fiscal_year": year, **{n: v for n, v in kept.items() if v}}
        result = last.get("result")
        if isinstance(result, dict) and result.get("total"):
            figures = {n: result[n] for n in ("total", "indicators") if result.get(n)}
            begun["result"] = {"last_year": figures}
        if not isinstance(begun.get("agency"), dict):
            raise ItaReportError(problem("D403"))
        return self._begun(begun)

    def go_on_from(self, key: str) -> Desk:
        """Begin this year's report with the agency, units and signers of one of the folder.

        Raises:
            NotFound: No file has that key.
            ItaReportError: as `go_on`.
        """
        last = self.open(key)
        return self.go_on(last.file, last.saved)

    def sample(self) -> Desk:
        """Copy the sample report into the folder, under a name that says what it is.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        with self._lock:
            path = self.path / f"{SAMPLE}.yaml"
            if not output.is_there(path):
                output.write(path, assets.sample().read_bytes())
            return self.open(key_of(path.name))

    def reports(self) -> list[Listed]:
        """Return the data files that are worked on, the one that was changed last first."""
        known = (file for file in self._files() if file.suffix.lower() in _DATA)
        rows = [row for file in known if (row := self._row(file)) and row.is_current]
        return sorted(rows, key=lambda row: row.changed, reverse=True)

    def put(self, name: str, data: bytes) -> Path:
        """Put a file into the folder, beside one of that name; return where it lies.

        Raises:
            ItaReportError: O6xx: it cannot be written.
        """
        stem = safe(Path(name).stem)
        path = self.path / f"{stem}{Path(name).suffix.lower()}"
        if output.is_there(path):
            path = output.free_name(path, "รับใหม่")
        output.write(path, data)
        return path

    def from_workbook(self, name: str, data: bytes) -> Path:
        """Write what a workbook says into a data file beside it; return where that lies.

        Raises:
            ItaReportError: It cannot be read; O6xx it cannot be written.
        """
        tree = report_file.tree_of(data, name)
        path = (self.path / name).with_suffix(".yaml")
        if output.is_there(path):
            path = output.free_name(path, "รับใหม่")
        output.write(path, report_file.content(tree, ".yaml"))
        return path

    def _begun(self, data: dict[str, Any]) -> Desk:
        kinds, agency = catalogue.own(self.options.catalogues).kinds, data["agency"]
        short = kinds.short_name(agency.get("kind", ""), agency.get("name", ""))
        stem = names.data_name(data["fiscal_year"], short)
        path = self.path / f"{stem}.yaml"
        if output.is_there(path):
            path = output.free_name(path, "ใหม่")
        empty: dict[str, Any] = {"result": {}, "scores": [], "signatures": []}
        # Empty parts are written too, so that the checks read the rest:
        output.write(path, report_file.content(empty | data, ".yaml"))
        return self.open(key_of(path.name))

    def _files(self) -> Iterator[Path]:
        """Yield the data files and workbooks; none hidden, none that a link leads to."""
        for file in sorted(self.path.iterdir()):
            is_ours = file.suffix.lower() in TAKEN and not file.name.startswith((".", "~$"))
            checked = names.without_check_mark(file.stem) != file.stem
            if is_ours and not checked and not file.is_symlink() and file.is_file():
                yield file

    def _memory(self, key: str) -> Memory:
        return Memory(self.path / FOLDER / f"{key}.json")

    def _row(self, file: Path) -> Listed | None:
        """Return the row of a file; None where it is gone by now."""
        try:
            stat = file.stat()
        except OSError:
            return None
        known = key_of(file.name)
        mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._seen.get(known, (None,))[0] != mark:
            looked = replace(
                report_list.looked_at(file, known, self.options), version=_version(file)
            )
            self._seen[known] = mark, looked
        memory, row = self._memory(known), self._seen[known][1]
        memory.read()
        memory.meet(row.version)
        return replace(
            row,
            changed=stat.st_mtime,
            built=memory.made,
            state=memory.stage,
            locked=memory.is_locked,
            note=row.note or (OUTDATED if _beside(file) or _KEPT.search(file.stem) else ""),
        )


def _version(file: Path) -> str:
    """Return what tells a file's content from another; "" where it is gone."""
    try:
        return digest(file.read_bytes())
    except OSError:
        return ""


def _beside(file: Path) -> Path | None:
    """Return the data file that was read from a workbook."""
    found = file.with_suffix(".yaml")
    return found if file.suffix.lower() == ".xlsx" and found.is_file() else None


def _next(year: str) -> str:
    """Return the year after a year as typed; what is none stays, for the checks to tell of."""
    digits = thai.arabic(year)
    return str(int(digits) + 1) if digits.isdecimal() and len(digits) == 4 else year


def safe(stem: str) -> str:
    """Return a file's stem that is safe on every system, and never hidden."""
    return names.safe(stem.lstrip(".~$ ")) or "ไฟล์"
