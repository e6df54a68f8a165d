"""Drop-down lists: what they offer on the hidden sheet, and the validation of each cell.

Only plain ranges: Google Sheets and WPS lose INDIRECT and formulas in lists.  The districts of the
chosen province are a plain range too, whose cells look them up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from itareport.ita import areas
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Kind, Missing, Size
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import Choice, Field

MOST_DISTRICTS = 50
"""Bangkok has most."""
_PROVINCE_OF, _DISTRICT = "T", "U"
_FREE = (Choice.PROVINCES, Choice.DISTRICTS, Choice.UNITS, Choice.ROLES, Choice.ISSUES)
"""Lists that only propose: something else may be typed."""


class Lists:
    """The hidden sheet of a workbook, and validations that refer to it."""

    def __init__(
        self, sheet: Any, catalogue: Catalogue, kinds: Kinds, units: tuple[str, ...]
    ) -> None:
        self._sheet = sheet
        self._ranges: dict[Choice, str] = {}
        offered: dict[Choice, tuple[str | int, ...]] = {
            Choice.KINDS: kinds.offered,
            Choice.PROVINCES: areas.provinces(),
            Choice.UNITS: units,
            Choice.LEVELS: tuple(level.name for level in catalogue.levels.rows),
            Choice.MISSING: tuple(Missing),
            Choice.ISSUES: tuple(issue.no for issue in catalogue.issues.rows),
            Choice.ROLES: layout.ROLES,
            Choice.DRAFTS: (layout.DRAFT,),
            Choice.SIZES: tuple(Size),
        }
        for number, (choice, values) in enumerate(offered.items(), 1):
            self._column(choice, number, values)
        for row, issue in enumerate(catalogue.issues.rows, 2):
            _text(sheet.cell(row, 10), issue.name)
        names = f"{layout.LISTS}!$J$2:$J${1 + len(catalogue.issues.rows)}"
        self.issues = self._ranges[Choice.ISSUES], names
        """The ranges of the issues' numbers and of their names."""

    def districts(self, province_cell: str) -> None:
        """Offer the districts of the province that stands in a cell."""
        rows = list(_districts())
        for row, (province, district) in enumerate(rows, 2):
            _text(self._sheet[f"{_PROVINCE_OF}{row}"], province)
            _text(self._sheet[f"{_DISTRICT}{row}"], district)
        last, chosen = len(rows) + 1, f"'{layout.AGENCY}'!{province_cell}"
        provinces = f"${_PROVINCE_OF}$2:${_PROVINCE_OF}${last}"
        for number in range(MOST_DISTRICTS):
            looked_up = (
                f"INDEX(${_DISTRICT}$2:${_DISTRICT}${last},MATCH({chosen},{provinces},0)+{number})"
            )
            self._sheet[f"W{number + 2}"] = (
                f'=IF(COUNTIF({provinces},{chosen})>{number},{looked_up},"")'
            )
        self._ranges[Choice.DISTRICTS] = f"{layout.LISTS}!$W$2:$W${MOST_DISTRICTS + 1}"

    def validation(self, field: Field) -> DataValidation | None:
        """Return the validation of a field's cells, without its cells; None where anything goes."""
        if field.choice is not None:
            made = DataValidation("list", formula1=self._ranges[field.choice], allow_blank=True)
            made.showErrorMessage = field.choice not in _FREE
            made.errorTitle, made.error = "ไม่มีในรายการ", "โปรดเลือกจากรายการในช่องนี้"
            return made
        return None

    def _column(self, choice: Choice, number: int, values: tuple[str | int, ...]) -> None:
        for row, value in enumerate(values, 2):
            cell = self._sheet.cell(row, number)
            if isinstance(value, str):
                _text(cell, str(value))
            else:
                cell.value = value
        letter = "ABCDEFGHI"[number - 1]
        last = max(len(values), 1) + 1
        self._ranges[choice] = f"{layout.LISTS}!${letter}$2:${letter}${last}"


def score(first: str, words: Sequence[str] = ()) -> DataValidation:
    """Return the validation of scores: 0 to 100 with two places; `first` is the first cell.

    `words` may stand in their place.
    """
    number = f"AND(ISNUMBER({first}),{first}>=0,{first}<=100,ROUND({first},2)={first})"
    said = [f'{first}="{word}"' for word in words]
    # ROUND of a text is an error, which IFERROR turns into no
    made = DataValidation(
        "custom",
        formula1=f"OR({','.join((f'IFERROR({number},FALSE)', *said))})" if said else number,
        allow_blank=True,
        showErrorMessage=True,
    )
    made.errorTitle = "คะแนนไม่ถูกต้อง"
    made.error = "โปรดกรอกตัวเลขอารบิก 0 ถึง 100 ทศนิยมไม่เกิน 2 ตำแหน่ง เช่น 83.81"
    return made


def is_score(field: Field) -> bool:
    """Tell whether a field's cells hold scores."""
    return field.kind is Kind.SCORE


def _districts() -> Iterator[tuple[str, str]]:
    for province in areas.provinces():
        for district in areas.districts(province) or ():
            yield province, district


def _text(cell: Any, text: str) -> None:
    cell.value = text
    cell.data_type = "s"
