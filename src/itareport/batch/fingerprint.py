"""What a report was made from, in one short text: the same text, the same report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from itareport import __version__
from itareport.batch.sources import Payload
from itareport.batch.tasks import File, Setting
from itareport.document import fonts
from itareport.files import assets


def of_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def of_payload(payload: Payload) -> str:
    """Return the digest of an agency's data: of the file's bytes, or of its part of a table."""
    if isinstance(payload, bytes):
        return of_bytes(payload)
    return of_bytes(_text([payload.data, [str(found) for found in payload.problems]]))


def of_files(files: Mapping[str, File]) -> dict[str, str]:
    """Return the digest of each file by name; "" for one that cannot be read."""
    return {
        name: of_bytes(found) if isinstance(found, bytes) else "" for name, found in files.items()
    }


def of_assets() -> str:
    """Return the digest of what this installation makes reports with.

    Version, template, catalogues and fonts: two machines with the same digest make the same.
    """
    ours = (
        assets.template(),
        *sorted(assets.catalogues_dir().rglob("*.yaml")),
        *fonts.faces().values(),
        assets.fonts_dir() / "fonts.conf",
    )
    return of_bytes(_text([__version__, *((path.name, _of_file(path)) for path in ours)]))


def of_setting(how: Setting) -> str:
    """Return the digest of all that the reports of a run share: ours, and the user's own."""
    options = how.options
    own = [str(options.template), [str(path) for path in options.catalogues]]
    said = [options.digits, options.graph]
    return of_bytes(_text([of_assets(), own, said, of_files(how.files)]))


def of_template(how: Setting) -> str:
    """Return the digest of the template alone."""
    template = how.options.template
    found = how.files[str(template)] if template else None
    if template is None:
        return _of_file(assets.template())
    return of_bytes(found) if isinstance(found, bytes) else ""


def of_report(setting: str, data: str, pictures: Mapping[str, str]) -> str:
    """Return the digest of one report from those of its parts."""
    return of_bytes(_text([setting, data, dict(sorted(pictures.items()))]))


def _of_file(path: Path) -> str:
    try:
        return of_bytes(path.read_bytes())
    except OSError:
        return ""


def _text(parts: Any) -> bytes:
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()
