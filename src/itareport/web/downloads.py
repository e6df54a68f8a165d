"""What of a report can be downloaded, made of the saved file as the command line makes it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from itareport.actions import build, convert, documents, prepare
from itareport.ita import catalogue, names
from itareport.pdf import office
from itareport.problems import ItaReportError, exit_status
from itareport.reading import workbook
from itareport.web.store import Desk, NotFound, units
from itareport.web.store.dropped import about

ToPdf = Callable[[bytes], bytes]
KINDS = {
    "word": "Word",
    "pdf": "PDF",
    "workbook": "แบบกรอกล่าสุด",
    "data": "ไฟล์ข้อมูล",
    "zip": "ทั้งหมดเป็น zip",
}
"""What a clerk may ask for, and what the page calls it."""
OF_DOCUMENTS = frozenset({"word", "pdf", "zip"})
"""The kinds for which the report is made; the others hold its data."""
_STORED = (".docx", ".xlsx")
"""Kinds of file that are packed already."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file as the browser saves it."""

    name: str
    data: bytes


def made(
    kind: str,
    path: Path,
    options: prepare.Options,
    to_pdf: ToPdf | None,
    *,
    is_draft: bool = False,
) -> Download:
    """Return what is asked for of the report in a data file; `to_pdf` is None without an office.

    The names of a draft's documents say that it is one; the documents are the same.

    Raises:
        ItaReportError: What `build` and `convert` refuse; P500 no office.
    """
    if kind == "data":
        return Download(_data_name(path, options), path.read_bytes())
    if kind == "workbook":
        return Download(*convert.workbook_of(path, options.catalogues))
    found = list(_documents(path, options, to_pdf if kind != "word" else None, is_draft=is_draft))
    if kind == "zip":
        found += [made(one, path, options, None) for one in ("workbook", "data")]
        return Download(f"{Path(found[0].name).stem}.zip", packed(found))
    suffix = ".docx" if kind == "word" else ".pdf"
    wanted = next((one for one in found if one.name.endswith(suffix)), None)
    if wanted is None:
        raise ItaReportError(office.absence())
    return wanted


def _data_name(path: Path, options: prepare.Options) -> str:
    """Return the name of a data file after its agency, whatever it is called in the folder."""
    checked = prepare.check_file(path, options)
    report = checked.ready.report if checked.ready else checked.part
    if report is None or any(one[0] in ("agency", "fiscal_year") for one in checked.left_out):
        return path.name
    kinds = catalogue.own(options.catalogues).kinds
    short = kinds.short_name(report.agency.kind, report.agency.name)
    return f"{names.data_name(report.fiscal_year, short)}{path.suffix}"


def unit_workbook(desk: Desk, unit: str, options: prepare.Options) -> Download:
    """Return the workbook in which one unit fills its rows of the plan and their remarks.

    Raises:
        NotFound: The report has no row of that unit, or cannot be read well enough.
        ItaReportError: D400: what no cell can hold.
    """
    ready, data = desk.checked.ready, desk.data
    report = ready.report if ready else desk.checked.part
    if report is None or unit not in units.units(data):
        raise NotFound(unit)
    own = catalogue.own(options.catalogues)
    year, agency = own.year(report.fiscal_year), report.agency
    lowest = {row.code: row.lowest for row in report.scores}
    scores = {code: f"{score:.2f}" for code, score in lowest.items() if score is not None}
    given = units.given(data, unit, report.fiscal_year, about(report), scores)
    given = replace(given, report=desk.key)
    kind = own.kinds.meant(agency.kind)
    offered = tuple(agency.units) or (kind.units if kind else ())
    short = own.kinds.short_name(agency.kind, agency.name)
    name = names.safe(f"แผน ITA {report.fiscal_year + 1} {short} {unit}")
    return Download(f"{name}.xlsx", workbook.write_unit(given, offered, year, own.kinds))


def draft(checked: prepare.Checked, options: prepare.Options, to_pdf: ToPdf | None) -> Download:
    """Return the report as a PDF for others to read: every page bears the draft mark.

    Raises:
        ItaReportError: What of the data, or of this machine, leaves nothing to be printed.
    """
    ready = checked.ready
    if ready is None:
        raise ItaReportError(*checked.problems)
    if to_pdf is None:
        raise ItaReportError(office.absence())
    docx, _lost = build.docx(ready, replace(options, is_draft=True))
    pdf, _verified = build.pdf(docx, build.printed_name(ready, options), to_pdf)
    stem = documents.REPORT.stem(ready.report, ready.kinds)
    return Download(f"{names.as_draft(stem)}.pdf", pdf)


def _documents(
    path: Path, options: prepare.Options, to_pdf: ToPdf | None, *, is_draft: bool
) -> Iterator[Download]:
    """Yield each document of a report, and its PDF after it."""
    checked = prepare.check_file(path, options)
    ready = checked.ready
    if ready is None or exit_status(checked.problems):
        raise ItaReportError(*checked.problems)
    name = build.printed_name(ready, options)
    for one in build.render(ready, options)[0]:
        stem = names.as_draft(one.stem) if is_draft else one.stem
        yield Download(f"{stem}.docx", one.docx)
        if to_pdf is not None and one.has_pdf:
            yield Download(f"{stem}.pdf", build.pdf(one.docx, name, to_pdf)[0])


def packed(files: list[Download]) -> bytes:
    """Return files as one zip; a Word file is packed already."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            how = zipfile.ZIP_STORED if file.name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(file.name, file.data, how)
    return buffer.getvalue()
