"""The pages of a report's PDF that wait for signatures, replaced by a scan of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from itareport.document import picture
from itareport.pdf import pdf_sections
from itareport.problems import ItaReportError, Problem, problem

_SCAN = picture.Purpose("หน้าที่ลงนามแล้ว", 1000)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
_CLAIM = re.compile(rb"<(pdfu?aid):(\w+)>[^<]*</\1:\2>")


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A PDF with its signed pages, and which pages they are, counted from 1."""

    data: bytes
    pages: tuple[int, ...]
    notes: tuple[Problem, ...] = ()
    """What is said of the scan all the same."""


def signed(pdf: bytes, scan: bytes, file: str) -> SignedPdf:
    """Return a PDF with a scan in place of the pages for signatures; all others stay as text.

    Args:
        pdf: The report as it was printed.
        scan: A PDF with as many pages as are signed, or a PNG or JPEG of the only one.
        file: The name of the scan, for what is said of it.

    Raises:
        ItaReportError: P540 to P545, D171, D172: the scan cannot be used.
    """
    places = pdf_sections.signature_pages(pdf)
    shown = tuple(place + 1 for place in places)
    if not places:
        raise ItaReportError(problem("P543"))
    with pypdfium2.PdfDocument(pdf) as report, _scanned(scan, file) as (source, notes):
        _refuse_other_count(len(source), shown, file)
        for number, place in enumerate(places):
            _replace(report, place, source, number, file)
        return SignedPdf(_saved(report), shown, notes)


def refuse_unusable(scan: bytes, file: str, signers: int, most: int) -> None:
    """Refuse a scan that no report of so many signers can use, before one is printed for it.

    Args:
        scan: As for `signed`.
        file: The name of the scan.
        signers: How many people sign.
        most: The pages that they can sign at most.

    Raises:
        ItaReportError: P540, P541, P545, P548, D171, D172.
    """
    with _scanned(scan, file) as (source, _):
        if len(source) > most:
            raise ItaReportError(problem("P548", file=file, count=len(source), signers=signers))
        for number in range(len(source)):
            _flattened(source, number, file)


def _refuse_other_count(count: int, shown: tuple[int, ...], file: str) -> None:
    """Refuse a scan of more or fewer pages than are signed.

    Raises:
        ItaReportError: P542.
    """
    if count != len(shown):
        pages = ", ".join(map(str, shown))
        raise ItaReportError(
            problem("P542", file=file, count=count, wanted=len(shown), pages=pages)
        )


@contextmanager
def _scanned(scan: bytes, file: str) -> Iterator[tuple[pypdfium2.PdfDocument, tuple[Problem, ...]]]:
    """Open a scan; a picture becomes a document of one page.

    Raises:
        ItaReportError: P540, P541, D171, D172: it cannot be opened, or not be read to its end.
    """
    try:
        with _opened(scan, file) as opened:
            yield opened
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise ItaReportError(problem("P541" if is_locked else "P540", file=file)) from error


@contextmanager
def _opened(scan: bytes, file: str) -> Iterator[tuple[pypdfium2.PdfDocument, tuple[Problem, ...]]]:
    if not scan.startswith(_PICTURES):
        with pypdfium2.PdfDocument(scan) as document:
            yield document, ()
        return
    found, notes = picture.read(Path(file), _SCAN, (), lambda _path, _limit: scan)
    if found is None:
        raise ItaReportError(*notes)
    with pypdfium2.PdfDocument.new() as document:
        page = document.new_page(found.width, found.height)
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(picture.as_jpeg(found)), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(found.width, found.height))
        page.insert_obj(image)
        page.gen_content()
        page.close()
        yield document, notes


def _replace(
    report: pypdfium2.PdfDocument, place: int, scan: pypdfium2.PdfDocument, number: int, file: str
) -> None:
    """Put a page of a scan in place of all that a page of a report shows.

    Raises:
        ItaReportError: P544 it lies on its side, P545 it is empty.
    """
    size = _flattened(scan, number, file)
    page = report[place]
    if (size[0] > size[1]) != (page.get_width() > page.get_height()):
        raise ItaReportError(problem("P544", file=file))
    for thing in list(page.get_objects(max_depth=1)):
        page.remove_obj(thing)
    shown = scan.page_as_xobject(number, report).as_pageobject()
    shown.set_matrix(_fitted(size, page.get_size()))
    page.insert_obj(shown)
    page.gen_content()
    page.close()


def _flattened(scan: pypdfium2.PdfDocument, number: int, file: str) -> tuple[float, float]:
    """Draw a page's annotations, a signature may be one, into the page; return its size.

    Raises:
        ItaReportError: P545 it is empty.
    """
    page = scan[number]
    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    page = scan[number]  # as it is now
    try:
        if next(iter(page.get_objects(max_depth=1)), None) is None:
            raise ItaReportError(problem("P545", file=file))
        width, height = page.get_size()
        return float(width), float(height)
    finally:
        page.close()


def _fitted(size: tuple[float, float], room: tuple[float, float]) -> pypdfium2.PdfMatrix:
    """Return what brings a page into the middle of another, as large as it can be."""
    scale = min(room[0] / size[0], room[1] / size[1])
    left, below = ((room[n] - size[n] * scale) / 2 for n in (0, 1))
    return pypdfium2.PdfMatrix().scale(scale, scale).translate(left, below)


def _saved(report: pypdfium2.PdfDocument) -> bytes:
    """Return a document's bytes, without its claims to be PDF/A and PDF/UA: a scan has no tags."""
    buffer = io.BytesIO()
    report.save(buffer)
    return _CLAIM.sub(lambda claim: b" " * len(claim[0]), buffer.getvalue())
