"""Where drafts are found, and how a file becomes drafts or a list of problems."""

from __future__ import annotations

from pydantic import ValidationError

from itareport import plain
from itareport.draft import draft_rules
from itareport.draft.draft_rows import Drafts
from itareport.files import assets, inputs
from itareport.ita import catalogue
from itareport.ita.catalogue import Catalogue
from itareport.ita.catalogue.catalogue_files import placed
from itareport.ita.catalogue.complaints import spelled
from itareport.problems import ItaReportError, Place, problem


def known_years() -> tuple[int, ...]:
    """Return the fiscal years (Buddhist) that have packaged drafts, in order."""
    found = (assets.catalogues_dir() / "drafts").glob("[0-9][0-9][0-9][0-9].yaml")
    return tuple(sorted(int(path.stem) for path in found))


def load(fiscal_year: int) -> Drafts:
    """Return the packaged drafts of a fiscal year (Buddhist).

    They are validated against the packaged catalogue of that year; `fill` itself leaves out what an
    agency's own catalogue calls by another name.

    Raises:
        ItaReportError: C240 where the year has none, C241 where its file cannot be read, and what
            `read` raises.
    """
    known = known_years()
    if fiscal_year not in known:
        years = ", ".join(map(str, known))
        raise ItaReportError(problem("C240", year=fiscal_year, known=years))
    path = assets.catalogues_dir() / "drafts" / f"{fiscal_year}.yaml"
    try:
        data = inputs.read(path, plain.MAX_BYTES)
    except OSError as error:
        said = problem("C241", said="เปิดอ่านไม่ได้").at(Place(path.name))
        raise ItaReportError(said) from error
    return read(data, path.name, catalogue.load(fiscal_year))


def read(data: bytes, name: str, year: Catalogue) -> Drafts:
    """Read the drafts of a catalogue's year from the bytes of a file of that name.

    Raises:
        ItaReportError: C241 for what is no YAML, C242 for values that are missing, unknown or of
            no use, C243 to C248 for drafts that do not fit the year; all that is wrong at once.
    """
    try:
        document = plain.read(data, name)
    except ItaReportError as error:
        found = [problem("C241", said=one.message).at(one.place) for one in error.problems]
        raise ItaReportError(*found) from None
    try:
        drafts = Drafts.model_validate(document.data)
    except ValidationError as error:
        found = [
            problem("C242", detail["loc"], label=spelled(detail["loc"]), said=detail["type"])
            for detail in error.errors(include_url=False)
        ]
    else:
        found = list(draft_rules.violations(drafts, year))
        if not found:
            return drafts
    raise ItaReportError(*(placed(one, document.places, name) for one in found)) from None
