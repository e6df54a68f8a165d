"""Digests of what a report is made from: where they are the same, the report would be the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import itareport
from itareport import __version__
from itareport.actions import documents
from itareport.actions.documents import Document
from itareport.batch.sources.source import Payload
from itareport.batch.sources.user_files import File, Setting
from itareport.document import fonts
from itareport.files import assets
from itareport.problems import Problem


@dataclass(frozen=True, slots=True)
class RunDigests:
    """The digests of what the reports of a run share."""

    setting: str
    """Of everything that they share."""
    templates: Mapping[str, str]
    """Of each document's template, by the document's code."""


def of_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def of_payload(payload: Payload, told: Iterable[Problem] = ()) -> str:
    """Return the digest of an agency's data: of the file's bytes, or of its part of a table.

    What is told of a file beside its data counts too.
    """
    more = [str(found) for found in told]
    if isinstance(payload, bytes):
        own = of_bytes(payload)
        return of_bytes(_text([own, more])) if more else own
    return of_bytes(_text([payload.data, [str(found) for found in payload.problems], *more]))


def of_files(files: Mapping[str, File]) -> dict[str, str]:
    """Return the digest of each file by name; "" for one that cannot be read."""
    return {
        name: of_bytes(found) if isinstance(found, bytes) else "" for name, found in files.items()
    }


def of_program() -> str:
    """Return the digest of this program's own code: its modules and the macro.

    The version's name does not tell: every commit between two releases has the same.
    """
    package = Path(itareport.__file__).parent
    ours = sorted(path for kind in ("*.py", "*.bas") for path in package.rglob(kind))
    return of_bytes(_text([(str(path.relative_to(package)), _of_file(path)) for path in ours]))


def of_assets() -> str:
    """Return the digest of what this installation makes reports with.

    Version, templates, catalogues, the list of line ends and fonts: two machines with the same
    digest make the same.
    """
    ours = (
        *(document.template_file for document in documents.DOCUMENTS),
        *sorted(assets.catalogues_dir().rglob("*.yaml")),
        assets.line_ends(),
        *fonts.faces().values(),
        assets.fonts_dir() / "fonts.conf",
    )
    return of_bytes(_text([__version__, *((path.name, _of_file(path)) for path in ours)]))


def of_setting(how: Setting) -> str:
    """Return the digest of all that the reports of a run share: ours, and the user's own."""
    options = how.options
    own = [str(options.template), [str(path) for path in options.catalogues]]
    chosen = [options.digits, options.graph]
    return of_bytes(_text([of_assets(), own, chosen, of_files(how.files)]))


def of_run(how: Setting) -> RunDigests:
    """Return the digests of what the reports of a run share."""
    templates = {one.code: _of_template(how, one) for one in documents.DOCUMENTS}
    return RunDigests(of_setting(how), templates)


def _of_template(how: Setting, document: Document) -> str:
    own = document.own_template(how.options)
    if own is None:
        return _of_file(document.template_file)
    found = how.files[str(own)]
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
