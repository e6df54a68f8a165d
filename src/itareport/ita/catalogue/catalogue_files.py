"""Find and read the files of catalogues and kinds; a faulty file becomes a list of problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from itareport import plain
from itareport.files import assets, inputs
from itareport.ita.catalogue import catalogue_rules, kind_rules
from itareport.ita.catalogue.kind_rules import KindsFile
from itareport.ita.catalogue.kinds import Kinds
from itareport.ita.catalogue.year import Catalogue
from itareport.problems import FieldPath, Flag, ItaReportError, Place, Problem, problem


def load(fiscal_year: int, path: Path | None = None) -> Catalogue:
    """Return the catalogue of a fiscal year (Buddhist): a packaged one, or the user's own file.

    Raises:
        ItaReportError: D110 where no catalogue of that year is packaged; C2xx where the file
            cannot be read, is no catalogue, contradicts itself, or is of another year.
    """
    path = path or _packaged(fiscal_year)
    catalogue = read_file(path)
    if catalogue.fiscal_year != fiscal_year:
        other = problem("C206", name=path.name, found=catalogue.fiscal_year, wanted=fiscal_year)
        raise ItaReportError(other.at(Place(path.name)))
    return catalogue


def read_file(path: Path, reader: inputs.Read = inputs.read) -> Catalogue:
    """Read a catalogue of any year from a file, as `read` does.

    Raises:
        ItaReportError: C200 where the file cannot be read, and what `read` raises.
    """
    return read(_bytes(path, reader), path.name)


def read(data: bytes, name: str) -> Catalogue:
    """Read a catalogue from the bytes of a file of that name; the last few are remembered.

    Raises:
        ItaReportError: C201-C205 and C228 for what is no catalogue, C207-C227 for one that
            contradicts itself; all that is wrong at once.
    """
    return _catalogue(data, name)


def read_own(path: Path, reader: inputs.Read = inputs.read) -> Catalogue | KindsFile:
    """Read an office's own file: kinds of agency where its top key is `kinds`, else a catalogue.

    Raises:
        ItaReportError: C200 where the file cannot be read; of kinds C201-C205, C207, C228 and
            C232; of a catalogue what `read` raises.
    """
    data = _bytes(path, reader)
    return (_kinds if _is_of_kinds(data, path.name) else _catalogue)(data, path.name)


@cache
def packaged_kinds() -> Kinds:
    """Return the kinds of agency that are packaged."""
    file = assets.kinds()
    return _kinds(_bytes(file), file.name).kinds


def known_years() -> tuple[int, ...]:
    """Return the fiscal years (Buddhist) that have a packaged catalogue, in order."""
    found = assets.catalogues_dir().glob("[0-9][0-9][0-9][0-9].yaml")
    return tuple(sorted(int(path.stem) for path in found))


def export(fiscal_year: int | None) -> bytes:
    """Return the packaged file of a year, or of the kinds (None), with its comments.

    Raises:
        ItaReportError: D110 where no catalogue of that year is packaged.
    """
    return _bytes(assets.kinds() if fiscal_year is None else _packaged(fiscal_year))


def _packaged(fiscal_year: int) -> Path:
    known = known_years()
    if fiscal_year not in known:
        raise ItaReportError(
            problem(
                "D110",
                ("fiscal_year",),
                label="ปีงบประมาณ",
                year=fiscal_year,
                known=", ".join(str(year) for year in known),
                newest=known[-1],
            )
        )
    return assets.catalogues_dir() / f"{fiscal_year}.yaml"


def _bytes(path: Path, reader: inputs.Read = inputs.read) -> bytes:
    try:
        return reader(path, plain.MAX_BYTES)
    except FileNotFoundError:
        reason = "ไม่พบไฟล์"
    except IsADirectoryError:
        reason = "เป็นโฟลเดอร์ ไม่ใช่ไฟล์"
    except inputs.FileTooLargeError:
        reason = "ไฟล์ใหญ่เกิน 2 MB"
    except OSError:
        reason = "เปิดอ่านไม่ได้"
    raise ItaReportError(problem("C200", name=str(path), reason=reason).at(Place(path.name)))


@lru_cache(maxsize=4)
def _catalogue(data: bytes, name: str) -> Catalogue:
    return _sound(Catalogue, catalogue_rules.violations, _document(data, name), name)


@lru_cache(maxsize=4)
def _kinds(data: bytes, name: str) -> KindsFile:
    document = _document(data, name)
    return KindsFile(name, _sound(Kinds, kind_rules.violations, document, name), document.places)


@lru_cache(maxsize=8)
def _is_of_kinds(data: bytes, name: str) -> bool:
    found = _document(data, name).data
    return isinstance(found, dict) and "kinds" in found


@lru_cache(maxsize=1)
def _document(data: bytes, name: str) -> plain.PlainData:
    try:
        return plain.read(data, name)
    except ItaReportError as error:
        raise ItaReportError(*_unreadable(error.problems)) from None


_Model = TypeVar("_Model", Catalogue, Kinds)


def _sound(
    model: type[_Model],
    violations: Callable[[_Model], Iterator[Problem]],
    document: plain.PlainData,
    name: str,
) -> _Model:
    """Validate a document by its model and by the rules, and return the model.

    Raises:
        ItaReportError: C2xx: all that is wrong at once.
    """
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        from itareport.ita.catalogue import complaints  # what a sound file never needs

        found = list(complaints.problems(error, model))
    else:
        found = list(violations(value))
        if not found:
            return value
    raise ItaReportError(*(placed(one, document.places, name) for one in found)) from None


def _unreadable(found: Iterable[Problem]) -> Iterator[Problem]:
    """Repeat the problems of a data file with a catalogue's code.

    The remedy is repeated too, except of a problem of the whole file, which is about data files.
    """
    for one in found:
        code = "C228" if one.has(Flag.IS_ABOUT_WHOLE_FILE) else "C201"
        said = problem(code, one.where, label=one.label, said=one.message, remedy=one.remedy)
        yield said.at(one.place, one.also_places)


def placed(found: Problem, places: Mapping[FieldPath, Place], name: str) -> Problem:
    """Give a problem of a file the places of its fields."""
    also = [_place(where, places, name) for where in found.also]
    return found.at(_place(found.where, places, name), also)


def _place(where: FieldPath, places: Mapping[FieldPath, Place], name: str) -> Place:
    """Return the place of a field, or of what it is missing from."""
    while where and where not in places:
        where = where[:-1]
    return places.get(where) or Place(name)
