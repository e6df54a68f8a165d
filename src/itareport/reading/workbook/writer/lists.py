"""Drop-down lists: what they offer on the hidden sheet, and the validation of each cell.

Only plain ranges: Google Sheets and WPS lose INDIRECT and formulas in lists.  The districts of the
chosen province are a plain range too, whose cells look them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from itareport.ita import areas
from itareport.ita.catalogue import Catalogue, Kinds
from itareport.ita.model import Kind, Missing
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import Choice, Field

MOST_DISTRICTS = 50
"""Bangkok has most."""
_FREE = (Choice.PROVINCES, Choice.DISTRICTS, Choice.UNITS, Choice.ROLES, Choice.ISSUES)
"""Lists that only propose: something else may be typed."""
Values = Iterable[str | int]


class Lists:
    """The hidden sheet of what drop-down lists offer, and the validations that refer to it."""

    def __init__(
        self,
        sheet: Any,
        catalogue: Catalogue,
        kinds: Kinds,
        more: Mapping[Choice, Values],
        *,
        wide: bool = False,
    ) -> None:
        """Write a column for each list.

        Args:
            sheet: The hidden sheet.
            catalogue: What the year asks for.
            kinds: The kinds of agency.
            more: What lists offer that not all workbooks have.
            wide: Whether the lists only propose, and a word may stand in the place of a score.
        """
        sheet.sheet_state = "hidden"
        self._sheet, self._wide = sheet, wide
        offered: dict[Choice, Values] = {
            **more,
            Choice.KINDS: kinds.offered,
            Choice.PROVINCES: areas.provinces(),
            Choice.LEVELS: [level.name for level in catalogue.levels.rows],
            Choice.ISSUES: [issue.no for issue in catalogue.issues.rows],
            Choice.DRAFTS: [layout.DRAFT],
        }
        listed = (choice for choice in Choice if choice in offered)
        self.ranges = {
            choice: f"{layout.LISTS}!{self.put(get_column_letter(number), offered[choice])}"
            for number, choice in enumerate(listed, 1)
        }

    def put(self, column: str, values: Values) -> str:
        """Write values into a column and return their cells: `$A$2:$A$9`."""
        last = first = 1 if self._wide else 2
        for last, value in enumerate(values, first):
            cell = self._sheet[f"{column}{last}"]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # nothing ever takes it for a formula
        return f"${column}${first}:${column}${last}"

    def compute(self, column: str, formulas: Sequence[str]) -> list[str]:
        """Write formulas into a column and return the address of each."""
        for row, formula in enumerate(formulas, 2):
            self._sheet[f"{column}{row}"] = formula
        return [f"{layout.LISTS}!${column}${row}" for row in range(2, len(formulas) + 2)]

    def districts(self, province_cell: str) -> None:
        """Offer the districts of the province that stands in a cell."""
        rows = [
            (one, district) for one in areas.provinces() for district in areas.districts(one) or ()
        ]
        provinces = self.put("T", (province for province, _ in rows))
        districts = self.put("U", (district for _, district in rows))
        chosen = f"'{layout.AGENCY}'!{province_cell}"
        for number in range(MOST_DISTRICTS):
            looked_up = f"INDEX({districts},MATCH({chosen},{provinces},0)+{number})"
            self._sheet[f"W{number + 2}"] = (
                f'=IF(COUNTIF({provinces},{chosen})>{number},{looked_up},"")'
            )
        self.ranges[Choice.DISTRICTS] = f"{layout.LISTS}!$W$2:$W${MOST_DISTRICTS + 1}"

    def validate(self, sheet: Any, field: Field, cells: str) -> None:
        """Add to cells the drop-down list or validation of their field, if it has one."""
        if field.kind is Kind.SCORE:
            made = _score(cells.split(":", 1)[0], tuple(Missing) if self._wide else ())
        elif field.choice in self.ranges:
            made = DataValidation("list", formula1=self.ranges[field.choice], allow_blank=True)
            made.showErrorMessage = not self._wide and field.choice not in _FREE
            if not self._wide:
                made.errorTitle, made.error = "ไม่มีในรายการ", "โปรดเลือกจากรายการในช่องนี้"
        else:
            return
        made.add(cells)
        sheet.add_data_validation(made)


def _score(first: str, words: Sequence[str]) -> DataValidation:
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
