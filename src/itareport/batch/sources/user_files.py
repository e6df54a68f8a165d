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
from itareport.ita.catalogue import Kinds, Own
from itareport.problems import ItaReportError, exit_status
from itareport.reading import load
from itareport.reading.workbook import wide

File = bytes | OSError
"""The content of a file, or the error in reading it."""

_MAX_FILE = 50_000_000  # bytes; each reader has a lower limit of its own
_GIVEN = "given"


class ReadFiles:
    """Hands over files that were read before, and notes the names of others."""

    def __init__(self, *files: Mapping[str, File]) -> None:
        """Take files by name."""
        self._files = {name: found for some in files for name, found in some.items()}
        self.wanted: list[str] = []

    def __call__(self, path: Path, limit: int) -> bytes:
        """Return the bytes of a file, as `inputs.read` does.

        Raises:
            OSError: it could not be read, is larger, or is not among the files.
        """
        found = self._files.get(str(path))
        if found is None:
            self.wanted.append(str(path))
            raise FileNotFoundError(str(path))
        if isinstance(found, OSError):
            raise found
        if len(found) > limit:
            raise inputs.FileTooLargeError(str(path))
        return found


@dataclass(frozen=True, slots=True)
class Setting:
    """How all reports of a run are made: options, and the files that they name."""

    options: prepare.Options
    files: Mapping[str, File]

    @property
    def own(self) -> Own:
        """The kinds of agency, packaged and of the files, and the files' own catalogues."""
        return catalogue.own(self.options.catalogues, ReadFiles(self.files))

    @property
    def kinds(self) -> Kinds:
        """The kinds of agency, packaged and of the files."""
        return self.own.kinds


def setting(options: prepare.Options) -> Setting:
    """Read the files that options name, once for all reports.

    Raises:
        ItaReportError: C2xx, T3xx, D170 to D172: one of them cannot be used.
    """
    named = filter(None, (options.template, *options.catalogues, options.graph_file))
    files = {path: read(path) for path in named}
    _refuse_useless(replace(options, read=ReadFiles({str(path): files[path] for path in files})))
    places = {path: Path(_GIVEN, str(at), path.name) for at, path in enumerate(files)}
    if options.template:
        options = replace(options, template=places[options.template])
    options = replace(options, catalogues=tuple(places[path] for path in options.catalogues))
    if options.graph_file:
        options = replace(options, graph=str(places[options.graph_file]))
    return Setting(options, {str(places[path]): found for path, found in files.items()})


def _refuse_useless(options: prepare.Options) -> None:
    """Refuse, before anything is made, files with which every report would fail.

    Raises:
        ItaReportError: as `setting`.
    """
    catalogue.own(options.catalogues, options.read)
    for document in documents.DOCUMENTS:
        if document.own_template(options):
            build.template(options, document)
    if options.graph_file:
        _, found = picture.read(options.graph_file, picture.GRAPH, (), options.read)
        if exit_status(found):
            raise ItaReportError(*found)


def agencies(path: Path | None, kinds: Kinds) -> list[wide.AgencyRow]:
    """Return the agencies of a list that a user names; none where no list is named.

    Raises:
        ItaReportError: D100 to D102: it cannot be read; others of `agency_list.read`.
    """
    if path is None:
        return []
    return wide.agency_list.read(load.data_of(path, {path.suffix.lower()}), path.name, kinds)


def read(path: Path) -> File:
    """Read a file, or return why it cannot be read."""
    try:
        return inputs.read(path, _MAX_FILE)
    except OSError as error:
        return type(error)(*error.args)  # without its traceback, which holds on to frames


def pictures(source: Source, wanted: Iterable[str]) -> dict[str, File]:
    """Read the pictures that a source's data name, from the folder in which the data lie."""
    return {name: read(source.path.parent / Path(name)) for name in wanted}
