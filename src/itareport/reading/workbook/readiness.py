"""What the assessment asks of the report, each element there or not yet; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from itareport import thai
from itareport.ita import codes
from itareport.ita.catalogue import Catalogue, Issue
from itareport.ita.described import COLUMNS
from itareport.ita.model import SCORE_FIELDS, Published
from itareport.plain import PlainData
from itareport.problems import FieldPath, Place

HEADERS: Final = ("ลำดับ", "สิ่งที่รายงานต้องมี", "ผล", "แก้ไขที่")
"""Of the checklist."""
_ASKED = tuple(column.name for column in COLUMNS if column.is_needed)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the report; `place` is where to mend what is not there yet."""

    said: str
    place: Place | None = None

    @property
    def remedy(self) -> str:
        """Say where to fill what is not there yet; of a row that was deleted, to add it."""
        if self.place is None or self.place.cell:
            return f"โปรดกรอกที่ {self.place}" if self.place else ""
        if self.place.sheet:
            return f"โปรดเพิ่มแถวใน{self.place} หรือคัดลอกแถวนั้นจากสมุดงานใหม่ที่สร้างด้วย itareport new"
        return "โปรดคัดลอกแผ่นงานที่ขาดจากสมุดงานใหม่ที่สร้างด้วย itareport new"

    @property
    def there(self) -> bool:
        """Whether the report has it."""
        return self.place is None


def said(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the Thai text of every element that the report must have, in order."""
    issues = [f"วิเคราะห์ประเด็นที่ {row.no} {row.name}" for row in catalogue.issues.rows]
    plans = [
        f"แผนของประเด็นที่ {row.no} มีมาตรการ ขั้นตอน ช่วงระยะเวลา และผู้รับผิดชอบ"
        for row in catalogue.issues.rows
    ]
    return (*issues, *plans, "ผู้ลงนามมีชื่อและตำแหน่ง", "วันที่ลงนาม")


def readiness(document: PlainData, catalogue: Catalogue) -> tuple[Element, ...]:
    """Look for every element in a workbook as read, whether or not it has errors."""
    data = document.data if isinstance(document.data, dict) else {}
    looked = _Looked(data, document.places)
    issues = catalogue.issues.rows
    found = [
        *(looked.analysed(issue) for issue in issues),
        *(looked.planned(issue.no) for issue in issues),
        looked.signed(),
        looked.dated(),
    ]
    return tuple(map(Element, said(catalogue), found))


class _Looked:
    """Plain data, and where to mend what it lacks."""

    def __init__(self, data: dict[str, Any], places: dict[FieldPath, Place]) -> None:
        self._data, self._places = data, places
        self._scores = {_code(row): i for i, row in reversed(list(self._rows("scores")))}
        remarks = [row for _, row in self._rows("remarks") if row.get("text")]
        self._remarked = {_code(row) for row in remarks}
        for row in remarks:
            self._remarked |= {_code({"code": code}) for code in row.get("codes") or ()}

    def analysed(self, issue: Issue) -> Place | None:
        """Find the first question of an issue without a score, or without the remark it wants."""
        if self._is_known_in_part():
            return None
        own = {_plain(row.get("no")): row.get("items") for _, row in self._rows("issues")}
        listed = own.get(str(issue.no))
        items = [code for c in listed or [] if (code := codes.code_of(c))]
        for code in items or issue.items:
            index = self._scores.get(code)
            if index is None:
                return self._place(("scores", code))
            row = self._data["scores"][index]
            if self._is_low(row) and code not in self._remarked:
                return self._place(("scores", index, "text"))
        return None

    def planned(self, issue: int) -> Place | None:
        """Find what the plan of an issue lacks."""
        rows = [(i, r) for i, r in self._rows("plan") if _plain(r.get("issue")) == str(issue)]
        lacking = [(i, name) for i, row in rows for name in _ASKED if not _filled(row.get(name))]
        if not rows:
            return self._place(("plan", str(issue)))
        return self._place(("plan", *lacking[0])) if lacking else None

    def signed(self) -> Place | None:
        """Find one who signs without name or position."""
        for index, row in self._rows("signatures"):
            for name in ("name", "position"):
                if not _filled(row.get(name)):
                    return self._place(("signatures", index, name))
        return None if self._data.get("signatures") else self._place(("signatures",))

    def dated(self) -> Place | None:
        """Find the first date that is not there, where no signature has one."""
        rows = list(self._rows("signatures"))
        if any(_filled(row.get("date")) for _, row in rows):
            return None
        return self._place(("signatures", 0, "date"))

    def _rows(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        rows = self._data.get(name)
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, dict):
                yield index, row

    def _is_known_in_part(self) -> bool:
        """Return whether the result has no scores of questions."""
        result = self._data.get("result")
        published = result.get("published") if isinstance(result, dict) else None
        return published in (Published.INDICATORS, Published.TOTAL)

    def _is_low(self, row: dict[str, Any]) -> bool:
        agency = self._data.get("agency")
        typed = agency.get("maintain_from") if isinstance(agency, dict) else None
        least = thai.decimal(_plain(typed)) or Decimal(100)
        known = (thai.decimal(_plain(row.get(n))) for n in SCORE_FIELDS)
        return any(score < least for score in known if score is not None)

    def _place(self, path: FieldPath) -> Place:
        while path not in self._places:
            path = path[:-1]
        place = self._places[path]
        if len(path) == 1 and (path[0] != "signatures" or place.value):
            return replace(place, line=None, column=None, cell=None, value=None)  # of no row
        return place


def _code(row: dict[str, Any]) -> str:
    return codes.code_of(row.get("code"))


def _filled(value: Any) -> bool:
    if isinstance(value, list):
        return any(_filled(inner) for inner in value)
    return bool(str(value or "").strip())


def _plain(value: Any) -> str:
    return thai.arabic("".join(str(value or "").split()))
