"""Find the documents in the folder of results that do not match the data of this run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from itareport.batch.record.entry import Entry


def unrelated(entries: Iterable[Entry], out: Path) -> list[str]:
    """Return the documents that do not belong to any data of this run."""
    files = ((entry, one) for entry in entries for one in entry.files)
    own = {hash(name) for entry, one in files for name in (one.docx, one.pdf or entry.old_pdf(one))}
    return sorted(name for name in _documents(out) if hash(name) not in own)


def old_pdfs(entries: Iterable[Entry], out: Path) -> list[str]:
    """Return the PDFs of earlier runs that differ from the reports made since."""
    names = (entry.old_pdf(one) for entry in entries for one in entry.files)
    return [name for name in names if name and (out / name).exists()]


def _documents(out: Path) -> Iterator[str]:
    for ending in ("docx", "pdf"):
        for path in out.rglob(f"*.{ending}"):
            yield path.relative_to(out).as_posix()
