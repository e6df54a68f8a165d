"""The reports of earlier runs: which of them are still whole and made from the same data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from itareport.actions import documents
from itareport.batch.record import fingerprint
from itareport.batch.record.journal import Journal
from itareport.batch.sources import user_files
from itareport.batch.sources.source import Source


@dataclass(frozen=True, slots=True)
class EarlierReports:
    """The reports of earlier runs, as the journal lists them."""

    journal: Journal
    out: Path
    setting: str
    """The digest of what the reports of this run share."""
    pdf: bool
    """Whether this run makes PDFs."""

    def has(self, source: Source, data: str) -> bool:
        """Return whether the report of these data is there, with its files unchanged."""
        entry = self.journal.entry(source.key)
        if entry is None or entry.state == "failed":
            return False
        found = fingerprint.of_files(user_files.pictures(source, entry.pictures))
        if entry.fingerprint != fingerprint.of_report(self.setting, data, found):
            return False
        for document in documents.DOCUMENTS:
            made = entry.of(document.code)
            if not self._is_whole(made.docx, made.docx_sha256):
                return False
            if self.pdf and document.has_pdf and not self._is_whole(made.pdf, made.pdf_sha256):
                return False
        return True

    def has_any(self, source: Source) -> bool:
        """Return whether the report was made the last time, from whatever data."""
        entry = self.journal.entry(source.key)
        return entry is not None and entry.state != "failed"

    def _is_whole(self, name: str, digest: str) -> bool:
        try:
            return bool(name) and fingerprint.of_bytes((self.out / name).read_bytes()) == digest
        except OSError:
            return False
