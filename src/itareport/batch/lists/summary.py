"""summary.xlsx: one row for each agency of a run, those with something left to do first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from itareport.actions import documents
from itareport.batch.record.entry import DocumentFiles, Entry
from itareport.document.fonts import FAMILY
from itareport.files import output
from itareport.ita import areas
from itareport.ita.catalogue import Kinds
from itareport.ita.kinds import full_name
from itareport.problems import Flag, Severity

NAME = "summary.xlsx"
MANY = 3
"""So many agencies with the same words have not written them each for itself."""

Entries = Callable[[Iterable[str]], Iterable[Entry]]
"""Reads the lines of sources, in the order asked for; one is in memory at a time."""

_FAILED, _UNMADE, _DRAFT, _DONE = "ไม่สำเร็จ", "ยังไม่ได้จัดทำ", "มีข้อความร่าง", "สำเร็จ"
_STATES = (_FAILED, _UNMADE, _DRAFT, _DONE)
_OLD_PDF = "ของครั้งก่อน"
_FILLS = {_FAILED: "FFF8CBAD", _UNMADE: "FFF8CBAD", _DRAFT: "FFFFF2CC"}
_ROW_HEIGHT = 24  # points
_A4 = 9  # as OOXML numbers sizes of paper
_Headings = tuple[tuple[str, int], ...]
"""Of each column its heading and width."""
_BEFORE: _Headings = (
    ("สถานะ", 14), ("หน่วยงาน", 42), ("อำเภอ", 18), ("จังหวัด", 18), ("ประเภท", 30),
    ("คะแนนรวม", 11), ("ระดับ", 16),
)  # fmt: skip
_AFTER: _Headings = (
    ("ข้อผิดพลาด", 11), ("คำเตือน", 10), ("ข้อวิเคราะห์ที่ซ้ำกับหน่วยงานอื่น", 18), ("จำนวนหน้า", 11),
)  # fmt: skip
_SHARED: _Headings = (
    ("ข้อวิเคราะห์ (ตอนต้น)", 90), ("ข้อ", 16), ("จำนวนหน่วยงาน", 16), ("หน่วยงาน", 90),
)  # fmt: skip
_UNRELATED: _Headings = (("ไฟล์ที่ไม่ได้มาจากข้อมูลในรอบนี้", 110),)
_MOST_NAMES = 30
_PLAIN = Font(name=FAMILY, size=16)
_BOLD = Font(name=FAMILY, size=16, bold=True)
_LINK = Font(name=FAMILY, size=16, color="FF0563C1", underline="single")
_HEAD_FILL = PatternFill("solid", fgColor="FFD9E2F3")


@dataclass(frozen=True, slots=True)
class _Link:
    name: str
    shown: str


_Sheet = Any
"""A sheet of openpyxl, which carries no types."""
_Value = str | int | Decimal | _Link | None


def path(out: Path) -> Path:
    """Return where the summary of a folder of results lies."""
    return out / NAME


def write(
    sources: Sequence[str], entries: Entries, unrelated: Sequence[str], out: Path, kinds: Kinds
) -> None:
    """Write the summary of the sources of a run.

    Raises:
        ItaReportError: O6xx: it cannot be written; an earlier one stays as it was.
    """
    book = Workbook(write_only=True)
    shared = _shared(entries(sources))
    indicators = max(
        (len(one.facts.indicators) for one in entries(sources) if one.facts), default=0
    )
    order = [
        source for _, source in sorted((_order(one, kinds), one.source) for one in entries(sources))
    ]
    printed = _printed(indicators)
    sheet = _sheet(book.create_sheet("รายงาน"), (*printed, *_unprinted()), len(order))
    sheet.print_area = f"A1:{get_column_letter(len(printed))}{len(order) + 1}"
    cells = _Cells(sheet)
    for entry in entries(order):
        row = _row(entry, shared, indicators)
        sheet.append(cells.row(row, _FILLS.get(_state(entry), "")))
    if shared:
        _remarks(book.create_sheet("ข้อวิเคราะห์ที่ซ้ำกัน"), entries(order), shared, kinds)
    if unrelated:
        sheet = _sheet(book.create_sheet("ไฟล์ที่ไม่มีในรอบนี้"), _UNRELATED, len(unrelated))
        cells = _Cells(sheet)
        for name in unrelated:
            sheet.append(cells.row([_Link(name, name)]))
    with output.replacing(path(out)) as stream:
        book.save(stream)


def _printed(indicators: int) -> _Headings:
    """Return the columns that fit on paper; `indicators` is the most that any year has."""
    numbered = ((f"ตัวชี้วัดที่ {number}", 12) for number in range(1, indicators + 1))
    return (*_BEFORE, *numbered, *_AFTER)


def _unprinted() -> _Headings:
    """Return the columns that are too wide for paper; the files of each document have two."""
    files: list[tuple[str, int]] = []
    for document in documents.DOCUMENTS:
        of = "" if document is documents.REPORT else f" {document.title}"
        files += [(f"ไฟล์ Word{of}", 40), (f"ไฟล์ PDF{of}", 16)]
    return (*files, ("ไฟล์ข้อมูล", 40), ("เรื่องแรกที่ต้องแก้ไข", 70))


def _order(entry: Entry, kinds: Kinds) -> tuple[object, ...]:
    """Put the failed first, then drafts; each in Thai order, by district and kind."""
    facts = entry.facts
    words = (facts.province, facts.district) if facts else ("", "")
    kind = (*kinds.names, facts.kind).index(facts.kind) if facts else len(kinds.names)
    return (
        _STATES.index(_state(entry)), *map(areas.sort_key, words), kind,
        areas.sort_key(facts.name if facts else entry.shown),
    )  # fmt: skip


def _state(entry: Entry) -> str:
    if entry.state == "failed":
        return _FAILED
    if entry.state == "unmade":
        return _UNMADE
    return _DRAFT if entry.facts and entry.facts.has_drafts else _DONE


def _row(entry: Entry, shared: set[str], indicators: int) -> list[_Value]:
    facts = entry.facts
    errors = [one for one in entry.problems if one.is_error]
    warnings = sum(one.severity == Severity.WARNING for one in entry.problems)
    row: list[_Value] = [_state(entry)]
    if facts:
        figures = [Decimal(score) for score in facts.indicators]
        row += [
            full_name(facts.kind, facts.name), facts.district, facts.province, facts.kind,
            Decimal(facts.total) if facts.total else None, facts.level,
            *figures, *[None] * (indicators - len(figures)),
        ]  # fmt: skip
    else:
        row += [None] * (len(_BEFORE) - 1 + indicators)
    row += [
        len(errors), warnings,
        sum(digest in shared for _, digest, _ in facts.remarks) if facts else None,
        entry.pages, *_links(entry), entry.shown, errors[0].text if errors else None,
    ]  # fmt: skip
    return row


def _links(entry: Entry) -> Sequence[_Value]:
    """Return links to the Word file and the PDF of each document; none to outdated ones."""
    if entry.has(Flag.OUTDATED):
        return [None] * 2 * len(documents.DOCUMENTS)
    made = (entry.of(document.code) for document in documents.DOCUMENTS)
    return [link for one in made for link in (_docx(one), _pdf(entry, one))]


def _docx(files: DocumentFiles) -> _Value:
    return _Link(files.docx, Path(files.docx).name) if files.docx else None


def _pdf(entry: Entry, files: DocumentFiles) -> _Value:
    if files.pdf:
        return _Link(files.pdf, "PDF")
    return _OLD_PDF if entry.old_pdf(files) else None


def _shared(entries: Iterable[Entry]) -> set[str]:
    """Return the digests of remarks that many agencies have word for word."""
    counted: Counter[str] = Counter()
    for entry in entries:
        if entry.facts:
            counted.update({digest for _, digest, _ in entry.facts.remarks})
    return {digest for digest, count in counted.items() if count >= MANY}


def _remarks(sheet: _Sheet, entries: Iterable[Entry], shared: set[str], kinds: Kinds) -> None:
    """Write the second sheet: each shared remark, the most frequent first, and whose it is."""
    found: dict[str, tuple[str, dict[str, None], dict[str, None]]] = {}  # in the order met
    for entry in entries:
        for code, digest, beginning in entry.facts.remarks if entry.facts else ():
            if digest in shared and entry.facts:
                _, codes, whose = found.setdefault(digest, (beginning, {}, {}))
                codes[code] = None
                name = kinds.short_name(entry.facts.kind, entry.facts.name)
                whose[f"{name} ({entry.facts.district})"] = None
    sheet = _sheet(sheet, _SHARED, len(found))
    cells = _Cells(sheet)
    for text, codes, whose in sorted(found.values(), key=lambda one: (-len(one[2]), one[0])):
        names = list(whose)
        more = f" และอีก {len(names) - _MOST_NAMES}" if len(names) > _MOST_NAMES else ""
        listed = ", ".join(names[:_MOST_NAMES]) + more
        sheet.append(cells.row((text, ", ".join(codes), len(names), listed)))


def _sheet(sheet: _Sheet, headings: Sequence[tuple[str, int]], rows: int) -> _Sheet:
    """Begin a sheet: widths, a header that stays in sight and is on each page, a filter."""
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ROW_HEIGHT, True
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = 2 * _ROW_HEIGHT
    for number, (_, width) in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "C2" if len(headings) > len(_SHARED) else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{rows + 1}"
    sheet.append([_heading(sheet, heading) for heading, _ in headings])
    return sheet


def _heading(sheet: _Sheet, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = _BOLD, _HEAD_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


class _Cells:
    """Makes the cells of a sheet; how each kind looks is settled once, which is what costs."""

    def __init__(self, sheet: _Sheet) -> None:
        self._sheet = sheet
        self._looks: dict[tuple[type, str], Any] = {}

    def row(self, values: Iterable[_Value], fill: str = "") -> list[Any]:
        """Return a row to append."""
        return [self._cell(value, fill) for value in values]

    def _cell(self, value: _Value, fill: str) -> Any:
        """Make a cell; text stays text, whatever it begins with."""
        name = value.name if isinstance(value, _Link) else None
        shown = value.shown if isinstance(value, _Link) else value
        if isinstance(shown, str):
            shown = ILLEGAL_CHARACTERS_RE.sub("", shown)
        cell = WriteOnlyCell(self._sheet, shown)
        if isinstance(shown, str):
            cell.data_type = "s"
        if name:
            cell.hyperlink = quote(name)
        cell._style = self._look(type(value), fill)  # noqa: SLF001 - styles are slow to look up
        return cell

    def _look(self, kind: type, fill: str) -> Any:
        if (kind, fill) not in self._looks:
            model = WriteOnlyCell(self._sheet)
            model.font = _LINK if kind is _Link else _PLAIN
            if kind is Decimal:
                model.number_format = "0.00"
            if fill:
                model.fill = PatternFill("solid", fgColor=fill)
            self._looks[kind, fill] = model._style  # noqa: SLF001 - as above
        return self._looks[kind, fill]
