"""What need not be made again: reports that are there, whole, and made of just the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from itareport.batch import fingerprint, making
from itareport.batch.journal import Known
from itareport.batch.sources import Source
from itareport.batch.tasks import Setting


@dataclass(frozen=True, slots=True)
class Past:
    """The reports of earlier runs, as the journal knows them."""

    known: Mapping[str, Known]
    out: Path
    setting: str
    """The digest of what the reports of this run share."""
    pdf: bool
    """Whether a PDF belongs to a report."""

    def has(self, source: Source, data: str) -> bool:
        """Tell whether the report of these data is there, with files as they were written."""
        known = self.known.get(source.key)
        if known is None or known.state == "failed":
            return False
        found = fingerprint.of_files(making.pictures(source, known.pictures))
        if known.fingerprint != fingerprint.of_report(self.setting, data, found):
            return False
        return self._is_whole(known.docx, known.docx_sha256) and (
            not self.pdf or self._is_whole(known.pdf, known.pdf_sha256)
        )

    def _is_whole(self, name: str, digest: str) -> bool:
        try:
            return bool(name) and fingerprint.of_bytes((self.out / name).read_bytes()) == digest
        except OSError:
            return False


def of(setting: Setting, known: Mapping[str, Known], out: Path, *, pdf: bool) -> Past:
    """Return the past of a run with this setting."""
    return Past(known, out, fingerprint.of_setting(setting), pdf)
