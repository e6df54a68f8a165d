"""Where catalogues are found, and how a file becomes a catalogue or a list of problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from itareport import assets, yamltext
from itareport.catalogue import complaints, rules
from itareport.catalogue.shape import Catalogue
from itareport.errors import FieldPath, ItaReportError, Place, Problem, problem


def load(fiscal_year: int, path: Path | None = None) -> Catalogue:
    """Return the catalogue of a fiscal year (Buddhist): a packaged one, or the user's own file.

    Raises:
        ItaReportError: D110 where no catalogue of that year is packaged; C2xx where the file
            cannot be read, is no catalogue, contradicts itself, or is of another year.
    """
    where = path or _packaged(fiscal_year)
    catalogue = read(_bytes(where), where.name)
    if catalogue.fiscal_year != fiscal_year:
        raise ItaReportError(
            problem(
                "C206",
                ("fiscal_year",),
                label="fiscal_year",
                name=where.name,
                found=catalogue.fiscal_year,
                wanted=fiscal_year,
            )
        )
    return catalogue


def read(data: bytes, name: str) -> Catalogue:
    """Read a catalogue from the bytes of a file of that name; the last few are remembered.

    Raises:
        ItaReportError: C201-C205 for what is no catalogue, C207-C227 for one that contradicts
            itself; all that is wrong at once.
    """
    return _read(data, name)


def known_years() -> tuple[int, ...]:
    """Return the fiscal years (Buddhist) that have a packaged catalogue, in order."""
    found = assets.catalogues_dir().glob("[0-9][0-9][0-9][0-9].yaml")
    return tuple(sorted(int(path.stem) for path in found))


def export(fiscal_year: int) -> bytes:
    """Return the packaged file of a year as it stands, comments and all.

    Raises:
        ItaReportError: D110 where no catalogue of that year is packaged.
    """
    return _bytes(_packaged(fiscal_year))


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


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        reason = "ไม่พบไฟล์"
    except IsADirectoryError:
        reason = "เป็นโฟลเดอร์ ไม่ใช่ไฟล์"
    except OSError:
        reason = "เปิดอ่านไม่ได้"
    raise ItaReportError(problem("C200", name=str(path), reason=reason))


@lru_cache(maxsize=4)
def _read(data: bytes, name: str) -> Catalogue:
    try:
        document = yamltext.read(data, name)
    except ItaReportError as error:
        raise ItaReportError(*_unreadable(error.problems)) from None
    try:
        catalogue = Catalogue.model_validate(document.data)
    except ValidationError as error:
        _stop(complaints.problems(error), document.places)
        raise
    _stop(rules.violations(catalogue), document.places)
    return catalogue


def _unreadable(found: Iterable[Problem]) -> Iterator[Problem]:
    """Say of a catalogue what `yamltext` says of a data file: same words, a catalogue's code."""
    for one in found:
        said = problem(
            "C201", one.where, label=one.label, also=one.also, said=one.message, remedy=one.remedy
        )
        yield said.at(one.place, one.also_places)


def _stop(found: Iterable[Problem], places: Mapping[FieldPath, Place]) -> None:
    """Raise what was found, each with its place in the file; do nothing where all is well."""
    placed = [
        one.at(_place(places, one.where), [p for also in one.also if (p := _place(places, also))])
        for one in found
    ]
    if placed:
        raise ItaReportError(*placed)


def _place(places: Mapping[FieldPath, Place], where: FieldPath) -> Place | None:
    """Return the place of a field, or of what it is missing from."""
    while where and where not in places:
        where = where[:-1]
    return places.get(where)
