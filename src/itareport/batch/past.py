"""What need not be made again: reports that are there, whole, and made of just the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from itareport.batch import fingerprint, making
from itareport.batch.journal import Journal
from itareport.batch.sources import Source


@dataclass(frozen=True, slots=True)
class Past:
    """The reports of earlier runs, as the journal knows them."""

    journal: Journal
    out: Path
    setting: str
    """The digest of what the reports of this run share."""
    pdf: bool
    """Whether a PDF belongs to a report."""

    def has(self, source: Source, data: str) -> bool:
        """Tell whether the report of these data is there, with files as they were written."""
        entry = self.journal.entry(source.key)
        if entry is None or entry.state == "failed":
            return False
        found = fingerprint.of_files(making.pictures(source, entry.pictures))
        if entry.fingerprint != fingerprint.of_report(self.setting, data, found):
            return False
        return self._is_whole(entry.docx, entry.docx_sha256) and (
            not self.pdf or self._is_whole(entry.pdf, entry.pdf_sha256)
        )

    def has_made(self, source: Source) -> bool:
        """Tell whether the report was made the last time, of whatever data."""
        entry = self.journal.entry(source.key)
        return entry is not None and entry.state != "failed"

    def _is_whole(self, name: str, digest: str) -> bool:
        try:
            return bool(name) and fingerprint.of_bytes((self.out / name).read_bytes()) == digest
        except OSError:
            return False
