"""OPC packages (.docx, .xlsx) as parts by name: read within limits, written canonically.

The same parts always give the same bytes: fixed order, times and attributes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that OPC allows
MAX_PARTS = 2_000
MAX_UNPACKED = 100_000_000  # bytes, all parts together


class NotAPackageError(ValueError):
    """The bytes are no zip package, or one beyond the limits."""


def read(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package.

    Raises:
        NotAPackageError: no zip file, a damaged or encrypted one, or beyond the limits on
            entries and unpacked size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [info for info in archive.infolist() if not info.is_dir()]
            if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_UNPACKED:
                raise NotAPackageError
            if any(e.compress_type not in _COMPRESSIONS for e in entries):
                raise NotAPackageError
            return {info.filename: archive.read(info) for info in entries}
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise NotAPackageError from error


def write(parts: Mapping[str, bytes]) -> bytes:
    """Write the parts as a zip package with fixed order, times and attributes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=_order):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o600 << 16
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def _order(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST)), name


def is_canonical(data: bytes) -> bool:
    """Tell whether a package is as `write` leaves it: order, times and origin of every entry."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError):
        return False
    names = [entry.filename for entry in entries]
    return names == sorted(names, key=_order) and all(e.date_time == _EPOCH for e in entries)


def order_and_times(data: bytes) -> list[tuple[str, tuple[int, int, int, int, int, int]]]:
    """Return name and time of each entry, in order: what `write` fixes, whatever zlib packs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, info.date_time) for info in archive.infolist()]
