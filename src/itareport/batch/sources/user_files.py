"""The users' files that go with a task: pictures, and the files that the options name.

They are read here, by the caller: a worker opens no file that a user named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from itareport.actions import build, documents, prepare
from itareport.batch.sources.source import Source
from itareport.document import picture
from itareport.files import inputs
from itareport.ita import catalogue
from itareport.problems import ItaReportError, exit_status

File = bytes | OSError
"""The content of a file, or the error in reading it."""

_MAX_FILE = 50_000_000  # bytes; each reader has a lower limit of its own
_GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Setting:
    """How all reports of a run are made: options, and the files that they name."""

    options: prepare.Options
    files: Mapping[str, File]


def setting(options: prepare.Options) -> Setting:
    """Read the files that options name, once for all reports.

    Raises:
        ItaReportError: C2xx, T3xx, D170 to D172: one of them cannot be used.
    """
    _refuse_useless(options)
    files: dict[str, File] = {}

    def given(path: Path) -> Path:
        place = Path(_GIVEN, str(len(files)), path.name)
        files[str(place)] = read(path)
        return place

    if options.template:
        options = replace(options, template=given(options.template))
    options = replace(options, catalogues=tuple(map(given, options.catalogues)))
    if _is_picture(options.graph):
        options = replace(options, graph=str(given(Path(options.graph))))
    return Setting(options, files)


def _refuse_useless(options: prepare.Options) -> None:
    """Refuse, before anything is made, files with which every report would fail.

    Raises:
        ItaReportError: as `setting`.
    """
    for own in options.catalogues:
        catalogue.read_file(own)
    for document in documents.DOCUMENTS:
        if document.own_template(options):
            build.template(options, document)
    if _is_picture(options.graph):
        _, found = picture.read(Path(options.graph), picture.GRAPH, ())
        if exit_status(found):
            raise ItaReportError(*found)


def _is_picture(graph: str) -> bool:
    return graph not in ("", "radar", "bar", "none")


def read(path: Path) -> File:
    """Read a file, or return why it cannot be read."""
    try:
        return inputs.read(path, _MAX_FILE)
    except OSError as error:
        return type(error)(*error.args)  # without its traceback, which holds on to frames


def pictures(source: Source, wanted: Iterable[str]) -> dict[str, File]:
    """Read the pictures that a source's data name, from the folder in which the data lie."""
    return {name: read(source.path.parent / Path(name)) for name in wanted}
