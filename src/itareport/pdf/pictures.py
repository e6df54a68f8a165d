"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

_SCALE = 96 / 72
"""Pixels for each point, at the size in which a screen shows a page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture."""

    data: bytes
    width: int
    height: int


def of_pages(pdf: bytes, zoom: float = 1.25) -> Iterator[Picture]:
    """Yield each page of a PDF as a JPEG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=_SCALE * zoom)
            image = bitmap.to_pil().convert("RGB")
            buffer = io.BytesIO()
            image.save(buffer, "JPEG", quality=85)
            yield Picture(buffer.getvalue(), image.width, image.height)
            page.close()
    finally:
        document.close()
