"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2

_SCALE = 96 / 72
"""Pixels for each point, at the size in which a screen shows a page."""
_MARGIN = 12
"""Pixels that are left around a strip."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture."""

    data: bytes
    width: int
    height: int


def of_pages(pdf: bytes, zoom: float = 1.25, *, is_strip: bool = False) -> Iterator[Picture]:
    """Yield each page of a PDF as a JPEG; as a strip, only the part of it that is not white."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            image = _image(page, zoom, is_strip=is_strip)
            yield Picture(_written(image, "JPEG", quality=85), image.width, image.height)
            page.close()


def of_page(pdf: bytes, number: int, zoom: float, *, is_strip: bool = False) -> bytes:
    """Return one page of a PDF, counted from 0, as a sharp PNG."""
    with pypdfium2.PdfDocument(pdf) as document:
        return _written(_image(document[number], zoom, is_strip=is_strip).convert("RGB"), "PNG")


def _image(page: pypdfium2.PdfPage, zoom: float, *, is_strip: bool) -> Any:
    """Return a page as Pillow holds pictures itself, four bytes a pixel: nothing is copied."""
    image = page.render(scale=_SCALE * zoom, rev_byteorder=True, prefer_bgrx=True).to_pil()
    box = image.convert("L").point(lambda shade: 255 - shade).getbbox() if is_strip else None
    if box is None:
        return image
    left, top, right, bottom = box
    width, height = min(right + _MARGIN, image.width), min(bottom + _MARGIN, image.height)
    return image.crop((max(left - _MARGIN, 0), max(top - _MARGIN, 0), width, height))


def _written(image: Any, kind: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
