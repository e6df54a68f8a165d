"""What each page of a PDF says, as a digest: to tell which pages are others than before."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from itareport.pdf.verify import pdf_text


def digests(pdf: bytes, mark: str) -> tuple[str, ...]:
    """Return a digest of each page's lines and pictures; a line of the draft mark is passed over.

    So a page is the same page whether its document was printed as a draft or not.
    """
    marked = re.compile(rf"^{re.escape(mark)}\s*$", re.MULTILINE)
    pages = pdf_text.pages(pdf) or ()
    texts = [marked.sub("", page.text).split() for page in pages]
    pictures = _pictures(pdf, [page.pictures for page in pages])
    return tuple(
        hashlib.sha256("\n".join((*words, *shown)).encode("utf-8", "replace")).hexdigest()[:16]
        for words, shown in zip(texts, pictures, strict=False)
    )


def _pictures(pdf: bytes, counts: Sequence[int]) -> Iterator[list[str]]:
    """Yield the digests of each page's pictures; a page without any is not opened again."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, count in enumerate(counts):
            if not count:
                yield []
                continue
            page = document[number]
            images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
            yield [hashlib.sha256(bytes(one.get_data())).hexdigest() for one in images]
            page.close()
