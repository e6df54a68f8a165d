"""The sheets of summary.xlsx that are made for paper: of all agencies, then one for each district.

Each fits the width of A4 at full size, so that its letters are printed as large as they are set.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from itareport import thai
from itareport.batch.lists import status
from itareport.batch.lists.list_cells import (
    HEAD_COLOUR,
    LINE,
    CellMaker,
    Sheet,
    heading,
    height,
    title,
)
from itareport.batch.lists.status import Status
from itareport.batch.record.entry import Entry
from itareport.document.fonts import FAMILY
from itareport.ita import areas

Entries = Callable[[Iterable[str]], Iterable[Entry]]
"""Reads the lines of sources, in the order asked for; one is in memory at a time."""

_COLUMNS = (
    ("ที่", 6), ("หน่วยงาน", 30), ("อำเภอ", 13), ("คะแนน", 10), ("ระดับ", 13), ("สถานะ", 18),
    ("เรื่องที่ต้องแก้", 34),
)  # fmt: skip
_WIDTHS = [width for _, width in _COLUMNS]
_COUNTED = ("", "อำเภอ", "จำนวน", "เฉลี่ย", "", "", "ระดับ")
_ODD_LEVEL = "ระดับที่ปีนั้นไม่มี"
_ALL, _OTHERS = "สรุปสำหรับพิมพ์", "หน่วยงานอื่น"
_A4 = 9  # as OOXML numbers sizes of paper
_SMALL = 14
"""Points of what stands above and below the text: 12 are left where wide columns shrink a page."""
_UNSAFE = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 28  # letters of a sheet's name, and room for a number
_TABLE = 5
"""The row with the headings of the columns."""


@dataclass(slots=True)
class _Tally:
    """How many agencies a group has, by status and level, and their scores."""

    count: int = 0
    agencies: set[int] = field(default_factory=set)
    """Those that are counted; one with several reports is one agency, with its first score."""
    statuses: Counter[Status] = field(default_factory=Counter)
    levels: dict[str, list[Decimal]] = field(default_factory=dict)
    odd_levels: int = 0
    """Those of which the level that is given is none of the year's."""
    totals: list[Decimal] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Count a report, and its agency once."""
        self.count += 1
        self.statuses[status.of(entry)] += 1
        facts = entry.facts
        agency = hash(facts.agency if facts else entry.source)
        if agency in self.agencies:
            return
        self.agencies.add(agency)
        if facts and facts.total:
            self.totals.append(Decimal(facts.total))
        if facts and facts.is_odd_level:
            self.odd_levels += 1
        elif facts and facts.level:
            scores = self.levels.setdefault(facts.level, [])
            scores.append(Decimal(facts.total or 0))

    @property
    def how_many(self) -> str:
        """The number of agencies, and of reports where that is another."""
        reports = f" ({self.count} รายงาน)" if self.count > len(self.agencies) else ""
        return f"{len(self.agencies)} แห่ง{reports}"

    @property
    def mean(self) -> Decimal | None:
        """The mean of the scores that are known."""
        return sum(self.totals, Decimal()) / len(self.totals) if self.totals else None

    @property
    def by_status(self) -> str:
        """The number of agencies of each status."""
        return status.counted(self.statuses)

    @property
    def by_level(self) -> str:
        """The number of agencies of each level, the best first; those of no such level last."""
        levels = sorted(self.levels, key=lambda level: -max(self.levels[level]))
        counted = [f"{level} {len(self.levels[level])}" for level in levels]
        counted += [f"{_ODD_LEVEL} {self.odd_levels}"] if self.odd_levels else []
        return " · ".join(counted)


@dataclass(slots=True)
class _Group:
    """The agencies of one sheet, in order."""

    keys: list[str] = field(default_factory=list)
    tally: _Tally = field(default_factory=_Tally)


def write(book: Any, order: Sequence[str], entries: Entries) -> None:
    """Add the sheets to a workbook: of all agencies, of each district, of those apart.

    Where a run has several provinces, each has one sheet in place of those of its districts.
    """
    provinces = {one.facts.province for one in entries(order) if one.facts} - {""}
    years = {one.facts.fiscal_year for one in entries(order) if one.facts} - {0}
    head = _Head(provinces, years)
    all_of_them, groups = _Group(), dict[str, _Group]()
    for entry in entries(order):
        place = _place(entry, by_district=len(provinces) == 1)
        for group in (all_of_them, groups.setdefault(place, _Group())):
            group.keys.append(entry.source)
            group.tally.add(entry)
    named = dict(sorted(groups.items(), key=lambda one: _sort_key(one[0])))
    _sheet(book.create_sheet(_ALL), head.lines(""), all_of_them, entries, named)
    taken = {_ALL}
    for place, group in named.items():
        _sheet(book.create_sheet(_free(place, taken)), head.lines(place), group, entries, {})


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above each sheet's table."""

    provinces: set[str]
    years: set[int]

    def lines(self, place: str) -> tuple[str, str]:
        """Return the title, and where and when."""
        year = f" ปีงบประมาณ พ.ศ. {min(self.years)}" if len(self.years) == 1 else ""
        province = f"จังหวัด{next(iter(self.provinces))}" if len(self.provinces) == 1 else ""
        where = " ".join(filter(None, (place, "" if place == province else province)))
        today = dt.datetime.now().astimezone().date()
        date = f"ข้อมูล ณ วันที่ {thai.long_date(today)}"
        return f"สรุปรายงานการวิเคราะห์ผลการประเมิน ITA{year}", "  ".join(filter(None, (where, date)))


def _place(entry: Entry, *, by_district: bool) -> str:
    """Return the place whose sheet has an agency."""
    facts = entry.facts
    if facts is None:
        return _OTHERS
    if not by_district:
        return f"จังหวัด{facts.province}" if facts.province else _OTHERS
    return f"อำเภอ{facts.district}" if status.goes_through_district(facts) else _OTHERS


def _sort_key(place: str) -> tuple[bool, tuple[str, str]]:
    return place == _OTHERS, areas.sort_key(place)


def _free(name: str, taken: set[str]) -> str:
    """Return a name for a sheet that is safe and not taken, and take it."""
    safe = _UNSAFE.sub("-", name).strip("'")[:_LONGEST]
    free, number = safe, 1
    while free.casefold() in {one.casefold() for one in taken}:
        number += 1
        free = f"{safe} {number}"
    taken.add(free)
    return free


def _sheet(
    sheet: Sheet,
    lines: tuple[str, str],
    group: _Group,
    entries: Entries,
    counted: Mapping[str, _Group],
) -> None:
    """Write one sheet; `counted` are the groups that have a line each below the agencies."""
    tally, plain = group.tally, CellMaker(sheet)
    _set_up_table(sheet)
    sheet.append([title(sheet, thai.thai_digits(lines[0]))])
    for text in (lines[1], *_figures(tally)):
        sheet.append(plain.row([thai.thai_digits(text)]))
    sheet.append([heading(sheet, text, framed=True) for text, _ in _COLUMNS])
    cells = CellMaker(sheet, framed=True)
    rows: list[tuple[Sequence[str], str]]
    rows = [(_row(n, one), _fill(one)) for n, one in enumerate(entries(group.keys), 1)]
    if counted:
        rows += [((), ""), (_COUNTED, HEAD_COLOUR)]
        rows += [(_counted(place, one.tally), "") for place, one in counted.items()]
    for at, (row, fill) in enumerate(rows, _TABLE + 1):
        sheet.row_dimensions[at].height = height(row, _WIDTHS)
        sheet.append(cells.row([thai.thai_digits(text) for text in row], fill))


def _figures(tally: _Tally) -> tuple[str, str]:
    """Return how many agencies there are, by status and by level, and the mean of their scores."""
    known = f" จาก {len(tally.totals)} แห่ง"
    mean = "" if tally.mean is None else f" · คะแนนเฉลี่ย {tally.mean:.2f}{known}"
    return (
        f"ทั้งหมด {tally.how_many} · {tally.by_status}",
        f"ระดับ: {tally.by_level or 'ยังไม่มี'}{mean}",
    )


def _fill(entry: Entry) -> str:
    return status.FILLS.get(status.of(entry), "")


def _row(number: int, entry: Entry) -> tuple[str, ...]:
    facts = entry.facts
    total = f"{Decimal(facts.total):.2f}" if facts and facts.total else ""
    return (
        str(number), status.name(entry), facts.district if facts else "", total,
        facts.level if facts else "", status.of(entry).value, status.finding(entry),
    )  # fmt: skip


def _counted(place: str, tally: _Tally) -> tuple[str, ...]:
    mean = "" if tally.mean is None else f"{tally.mean:.2f}"
    return ("", place, tally.how_many, mean, "", "", tally.by_level)


def _set_up_table(sheet: Sheet) -> None:
    set_up(sheet, fitted=True)
    for number, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = LINE, True
    sheet.print_title_rows = f"{_TABLE}:{_TABLE}"
    sheet.freeze_panes = f"A{_TABLE + 1}"


def set_up(sheet: Sheet, *, fitted: bool = False) -> None:
    """Set the paper, at full size, and what stands above and below on each page.

    A `fitted` sheet is as wide as the page also on machines whose letters are wider.
    """
    page = sheet.page_setup
    if fitted:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        page.fitToWidth, page.fitToHeight = 1, 0
    page.paperSize, page.orientation = _A4, "landscape"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    for part, text in ((sheet.oddHeader.right, "&A"), (sheet.oddFooter.center, "หน้า &P จาก &N")):
        part.text, part.font, part.size = text, f"{FAMILY},Regular", _SMALL
