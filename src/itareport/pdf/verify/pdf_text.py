"""A PDF's pages by pdfium's own functions: text, pictures, and the fonts of every piece of text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2.version import PYPDFIUM_INFO

from itareport.pdf.verify.expectation import Font, Page

RELEASE = f"pypdfium2 {PYPDFIUM_INFO}"

_TOP, _BOTTOM = 70.9, 56.7  # points, the margins of an official document
_Handle = Any  # of pdfium: a pointer without a type


def _by_address(result: Any, function: Any, *more: Any) -> Callable[..., Any]:
    """Return a function of pdfium that takes and gives handles as plain numbers.

    It is called for each of the thousands of pieces of a page; objects for pointers would cost
    more than what pdfium does.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *more)(address)


_kind = _by_address(ctypes.c_int, pdfium.FPDFPageObj_GetType)
_on_page = _by_address(ctypes.c_void_p, pdfium.FPDFPage_GetObject, ctypes.c_int)
_in_form = _by_address(ctypes.c_void_p, pdfium.FPDFFormObj_GetObject, ctypes.c_ulong)
_count_in_form = _by_address(ctypes.c_int, pdfium.FPDFFormObj_CountObjects)
_font = _by_address(ctypes.c_void_p, pdfium.FPDFTextObj_GetFont)
_sides = _by_address(ctypes.c_int, pdfium.FPDFText_GetRect, ctypes.c_int, *[ctypes.c_void_p] * 4)


@lru_cache(maxsize=1)
def pages(data: bytes) -> tuple[Page, ...] | None:
    """Return the pages of a PDF, or None where pdfium cannot read it.

    Those of the last PDF are kept: it is verified, and its parts are looked for, one after another.
    """
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return None
    try:
        read = [_page(document, n) for n in range(pdfium.FPDF_GetPageCount(document))]
    finally:
        pdfium.FPDF_CloseDocument(document)
    whole = tuple(page for page in read if page is not None)
    return whole if len(whole) == len(read) else None


def _page(document: _Handle, number: int) -> Page | None:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return None
    try:
        fonts: dict[int, Font] = {}
        pictures = 0
        for thing, kind in _things(page):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                _note_font(_font(thing) or 0, fonts)
            pictures += kind == pdfium.FPDF_PAGEOBJ_IMAGE
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        text, lowest = _text(page)
        filled = (height - _TOP - lowest) / (height - _TOP - _BOTTOM)
        return Page(
            text, frozenset(fonts.values()), pictures, min(max(filled, 0), 1), width > height
        )
    finally:
        pdfium.FPDF_ClosePage(page)


def _things(page: _Handle) -> Iterator[tuple[_Handle, int]]:
    """Walk over all that a page draws, with its kind; into forms too: a chart's text is in one."""
    whole = ctypes.cast(page, ctypes.c_void_p).value
    inside = [(_on_page, whole, pdfium.FPDFPage_CountObjects(page))]
    form = pdfium.FPDF_PAGEOBJ_FORM
    while inside:
        get, whole, count = inside.pop()
        for n in range(count):
            thing = get(whole, n)
            kind = _kind(thing)
            yield thing, kind
            if kind == form:
                inside.append((_in_form, thing, _count_in_form(thing)))


def _note_font(address: int, fonts: dict[int, Font]) -> None:
    """Note the font of a piece of text; the thousands of pieces of a page share a few.

    By address, which means one font only while its page is open.
    """
    if address in fonts:
        return
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    plain = name.value.decode("utf-8", errors="replace").rpartition("+")[2]
    fonts[address] = Font(plain, pdfium.FPDFFont_GetIsEmbedded(font) == 1)


def _text(page: _Handle) -> tuple[str, float]:
    """Return a page's text, and how high above its foot the lowest line stands."""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        length = pdfium.FPDFText_CountChars(text)
        if length <= 0:
            return "", pdfium.FPDF_GetPageHeightF(page)
        units = (ctypes.c_ushort * (length + 1))()
        written = pdfium.FPDFText_GetText(text, 0, length, units)
        said = bytes(units)[: 2 * max(written - 1, 0)].decode("utf-16-le", errors="replace")
        return said, _lowest(text)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _lowest(text: _Handle) -> float:
    """Return how high above a page's foot the lowest of its pieces of text ends."""
    sides = (ctypes.c_double * 4)()  # left, top, right, bottom
    addresses = [ctypes.addressof(sides) + 8 * n for n in range(4)]
    whole, lowest = ctypes.cast(text, ctypes.c_void_p).value, []
    for n in range(pdfium.FPDFText_CountRects(text, 0, -1)):
        _sides(whole, n, *addresses)
        lowest.append(sides[3])
    return min(lowest, default=0.0)
