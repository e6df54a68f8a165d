"""For which year a workbook was made, and for which it is filled; pure."""

from __future__ import annotations

from itareport import thai
from itareport.ita import catalogue
from itareport.ita.catalogue import Catalogue
from itareport.problems import Place
from itareport.reading.workbook.headers import key_of
from itareport.reading.workbook.layout import YEAR_LABEL, YEAR_PROPERTY
from itareport.reading.workbook.reader.cell_text import code_of
from itareport.reading.workbook.reader.gathering import Gathered
from itareport.xlsx.book import Book
from itareport.xlsx.grid import Sheet
from itareport.xlsx.xmlparts import Reader

_CENTURIES = ("25", "26")
"""What Buddhist years begin with; the checks tell of another year by what it is."""
_FEW = 8
"""Names of questions that tell nothing yet: a clerk may have mended a few."""


class _Properties(Reader):
    """The custom properties of a document."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name = ""

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self._name = attributes.get("name", "")

    def closes(self, name: str, text: str) -> None:
        if name != "property" and text.strip():
            self.found[self._name] = text.strip()


def made_for(book: Book) -> str | None:
    """Return the year that `new` wrote into the workbook, unless a program has dropped it."""
    properties = _Properties()
    for part in book.package.related("", "custom-properties"):
        book.read(part, properties)
    return _year(properties.found.get(YEAR_PROPERTY, ""))


def typed(sheet: Sheet | None) -> str | None:
    """Return the year that is typed in the agency's sheet."""
    cells = sorted(sheet.cells.items()) if sheet else []
    labels = {place for place, cell in cells if key_of(cell.text) == key_of(YEAR_LABEL)}
    for (row, column), cell in cells:
        if any(row == label[0] and column > label[1] for label in labels):
            return _year(cell.text)
    return None


def _year(text: str) -> str | None:
    digits = thai.arabic(text.strip()).removesuffix(".0")
    return digits if len(digits) == 4 and digits.isdecimal() and digits[:2] in _CENTURIES else None


def compare(made: str | None, into: Gathered) -> bool:
    """Report a year typed into a workbook of another year (D429); return whether they agree."""
    where = ("fiscal_year",)
    value = into.data.get("fiscal_year")
    said = _year(value) if isinstance(value, str) else None
    if made and said and made != said:
        into.tell("D429", into.places[where], where, made=made, value=said)
        return False
    return True


def compare_names(
    names: list[tuple[str, str]], place: Place, year: Catalogue, into: Gathered
) -> None:
    """Report a workbook whose questions have the names of another year (D438)."""
    strange = _strange(names, year)
    if strange <= _FEW:
        return
    others = {other: catalogue.load(other) for other in catalogue.known_years()}
    best = min(others, key=lambda other: _strange(names, others[other]))
    if best != year.fiscal_year and _strange(names, others[best]) * 2 < strange:
        into.tell("D438", place, count=strange, year=year.fiscal_year, other=best)


def _strange(names: list[tuple[str, str]], year: Catalogue) -> int:
    count = 0
    for typed_code, name in names:
        item = year.item(code_of(typed_code))
        count += item is None or key_of(item.name) != key_of(name)
    return count
