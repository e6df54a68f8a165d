"""summary.xlsx: one row for each agency of a run, those with something left to do first."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from itareport.actions import documents
from itareport.batch.lists import paper, status
from itareport.batch.lists.list_cells import LINE, CellMaker, Link, Sheet, Value, heading, height
from itareport.batch.lists.paper import Entries
from itareport.batch.lists.status import Status
from itareport.batch.record.entry import DocumentFiles, Entry
from itareport.batch.sources import finding
from itareport.files import inputs, opc, output
from itareport.ita import areas
from itareport.ita.catalogue import Kinds
from itareport.problems import Flag, ItaReportError, Severity, problem

NAME = finding.SUMMARY
MANY = 3
"""So many agencies with the same words have not written them each for itself."""

_MADE_BY = "itareport"


@dataclass(frozen=True, slots=True)
class Content:
    """What a summary is written from."""

    keys: Sequence[str]
    """Of the lines that it lists."""
    entries: Entries
    unrelated: Sequence[str]
    """Documents in the folder of results that belong to none of the lines."""
    told: Sequence[str]
    """What those who keep the tables must look at."""
    digest: str
    """Stays in the file, and tells whether it was written from the same."""


_OLD_PDF = "ของครั้งก่อน"
_Headings = tuple[tuple[str, int], ...]
"""Of each column its heading and width."""
_BEFORE: _Headings = (
    ("สถานะ", 18), ("หน่วยงาน", 50), ("อำเภอ", 18), ("จังหวัด", 18), ("ประเภท", 34),
    ("คะแนนรวม", 13), ("ระดับ", 18),
)  # fmt: skip
_AFTER: _Headings = (
    ("ข้อผิดพลาด", 11), ("คำเตือน", 10), ("ข้อวิเคราะห์ที่ซ้ำกับหน่วยงานอื่น", 18), ("จำนวนหน้า", 11),
)  # fmt: skip
_SHARED: _Headings = (
    ("ข้อวิเคราะห์ (ตอนต้น)", 38), ("ข้อ", 10), ("จำนวนหน่วยงาน", 12), ("หน่วยงาน", 64),
)  # fmt: skip
_UNRELATED: _Headings = (("ไฟล์ที่ไม่ได้มาจากข้อมูลในรอบนี้", 110),)
_TOLD: _Headings = (("เรื่องของตารางที่ต้องดู", 110),)
_MOST_NAMES = 20


def path(out: Path) -> Path:
    """Return where the summary of a folder of results lies."""
    return out / NAME


def digest(out: Path) -> str:
    """Return what the summary of a folder was written from; "" where it is another's or none."""
    try:
        package = opc.Package(inputs.read(path(out), output.LARGEST), opc.LARGE)
        (part,) = package.related("", "core-properties")
        found = package.tree(part)
    except (OSError, ValueError, opc.NotAPackageError):
        return ""
    said = {str(child.tag).rpartition("}")[2]: child.text or "" for child in found}
    # Excel and LibreOffice put a name of their own there when they save it.
    return said.get("identifier", "") if said.get("lastModifiedBy") == _MADE_BY else ""


def write(content: Content, out: Path, kinds: Kinds) -> None:
    """Write the summary of a run.

    Raises:
        ItaReportError: P507 no room for temporary files, O6xx: it cannot be written; an earlier one
            stays as it was.
    """
    output.write(path(out), _workbook(content, kinds))


def _workbook(content: Content, kinds: Kinds) -> bytes:
    """Return the summary; until it is whole, its sheets lie in temporary files of openpyxl's."""
    book, made = Workbook(write_only=True), io.BytesIO()
    try:
        _fill(book, content, kinds)
        book.save(made)
    except BaseException as error:
        for sheet in book.worksheets:  # one that stays open says so in a traceback of its own
            with contextlib.suppress(Exception):
                sheet.close()
        if isinstance(error, (OSError, etree.LxmlError)):  # which says IO_ENOSPC
            raise ItaReportError(problem("P507", folder=tempfile.gettempdir())) from error
        raise
    return made.getvalue()


def _fill(book: Workbook, content: Content, kinds: Kinds) -> None:
    entries = content.entries
    book.properties.identifier, book.properties.lastModifiedBy = content.digest, _MADE_BY
    order = [
        key for _, key in sorted((_order(one, kinds), one.source) for one in entries(content.keys))
    ]
    paper.write(book, order, entries)
    shared = _shared(entries(order))
    _data(book.create_sheet("รายงาน"), order, entries, shared)
    if shared:
        _remarks(book.create_sheet("ข้อวิเคราะห์ที่ซ้ำกัน"), entries(order), shared, kinds)
    _column(book, "เรื่องของตาราง", _TOLD, content.told)
    links = [Link(name, name) for name in content.unrelated]
    _column(book, "ไฟล์ที่ไม่มีในรอบนี้", _UNRELATED, links)


def _column(book: Workbook, name: str, headings: _Headings, values: Sequence[Value]) -> None:
    """Write a sheet of one column; none without values."""
    if values:
        sheet = _begun(book.create_sheet(name), headings, len(values))
        _append(sheet, headings, [[value] for value in values])


def _append(sheet: Sheet, headings: _Headings, rows: Iterable[Sequence[Value]]) -> None:
    """Write framed rows below the headings, each as high as its texts need."""
    cells, widths = CellMaker(sheet, framed=True), [width for _, width in headings]
    for at, row in enumerate(rows, 2):
        sheet.row_dimensions[at].height = height(row, widths)
        sheet.append(cells.row(row))


def _data(sheet: Sheet, order: Sequence[str], entries: Entries, shared: set[str]) -> None:
    """Write all that is known of each report, a row each."""
    indicators = max((len(one.facts.indicators) for one in entries(order) if one.facts), default=0)
    printed = _printed(indicators)
    sheet = _begun(sheet, (*printed, *_unprinted()), len(order))
    sheet.print_area = f"A1:{get_column_letter(len(printed))}{len(order) + 1}"
    cells, widths = CellMaker(sheet), [width for _, width in printed]
    for at, entry in enumerate(entries(order), 2):
        row = _row(entry, shared, indicators)
        sheet.row_dimensions[at].height = height(row, widths)
        fill = status.FILLS.get(status.of(entry), "")
        sheet.append(cells.row(row, fill, wrapped=len(printed)))


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
    """Put the worst first; each in Thai order, by district and kind."""
    facts = entry.facts
    words = (facts.province, facts.district) if facts else ("", "")
    kind = (*kinds.names, facts.kind).index(facts.kind) if facts else len(kinds.names)
    return (
        list(Status).index(status.of(entry)), *map(areas.sort_key, words), kind,
        areas.sort_key(facts.name if facts else entry.shown),
    )  # fmt: skip


def _row(entry: Entry, shared: set[str], indicators: int) -> list[Value]:
    facts = entry.facts
    errors = [one for one in entry.problems if one.is_error]
    warnings = sum(one.severity == Severity.WARNING for one in entry.problems)
    row: list[Value] = [status.of(entry).value]
    if facts:
        figures = [Decimal(score) for score in facts.indicators]
        row += [
            status.name(entry), facts.district, facts.province, facts.kind,
            Decimal(facts.total) if facts.total else None, facts.level,
            *figures, *[None] * (indicators - len(figures)),
        ]  # fmt: skip
    else:
        row += [status.name(entry), *[None] * (len(_BEFORE) - 2 + indicators)]
    row += [
        len(errors), warnings,
        sum(digest in shared for _, digest, _ in facts.remarks) if facts else None,
        entry.pages, *_links(entry), entry.shown, status.finding(entry) or None,
    ]  # fmt: skip
    return row


def _links(entry: Entry) -> Sequence[Value]:
    """Return links to the Word file and the PDF of each document; none to outdated ones."""
    if entry.has(Flag.OUTDATED):
        return [None] * 2 * len(documents.DOCUMENTS)
    made = (entry.of(document.code) for document in documents.DOCUMENTS)
    return [link for one in made for link in (_docx(one), _pdf(entry, one))]


def _docx(files: DocumentFiles) -> Value:
    return Link(files.docx, Path(files.docx).name) if files.docx else None


def _pdf(entry: Entry, files: DocumentFiles) -> Value:
    if files.pdf:
        return Link(files.pdf, "PDF")
    return _OLD_PDF if entry.old_pdf(files) else None


def _shared(entries: Iterable[Entry]) -> set[str]:
    """Return the digests of remarks that many agencies have word for word."""
    counted: Counter[str] = Counter()
    for entry in entries:
        if entry.facts:
            counted.update({digest for _, digest, _ in entry.facts.remarks})
    return {digest for digest, count in counted.items() if count >= MANY}


def _remarks(sheet: Sheet, entries: Iterable[Entry], shared: set[str], kinds: Kinds) -> None:
    """Write the sheet of shared remarks, the most frequent first, and whose each is."""
    found: dict[str, tuple[str, dict[str, None], dict[str, None]]] = {}  # in the order met
    for entry in entries:
        for code, digest, beginning in entry.facts.remarks if entry.facts else ():
            if digest in shared and entry.facts:
                _, codes, whose = found.setdefault(digest, (beginning, {}, {}))
                codes[code] = None
                name = kinds.short_name(entry.facts.kind, entry.facts.name)
                whose[f"{name} ({entry.facts.district})"] = None
    sheet = _begun(sheet, _SHARED, len(found))
    rows = list[Sequence[Value]]()
    for text, codes, whose in sorted(found.values(), key=lambda one: (-len(one[2]), one[0])):
        names = list(whose)
        more = f" และอีก {len(names) - _MOST_NAMES}" if len(names) > _MOST_NAMES else ""
        listed = ", ".join(names[:_MOST_NAMES]) + more
        rows.append((text, ", ".join(codes), len(names), listed))
    _append(sheet, _SHARED, rows)


def _begun(sheet: Sheet, headings: Sequence[tuple[str, int]], rows: int) -> Sheet:
    """Begin a sheet: widths, a header that stays in sight and is on each page, a filter."""
    is_wide = len(headings) > len(_SHARED)
    paper.set_up(sheet, fitted=not is_wide)
    sheet.print_title_rows = "1:1"
    for number, (_, width) in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "C2" if is_wide else "A2"
    if is_wide:  # on several pages side by side, each with the agency's name
        sheet.print_title_cols = "A:B"
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = LINE, True
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{rows + 1}"
    texts, widths = zip(*headings, strict=True)
    sheet.row_dimensions[1].height = height(texts, widths)
    sheet.append([heading(sheet, text) for text in texts])
    return sheet
