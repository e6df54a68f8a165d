"""What each page of a PDF says, as a digest: to tell which pages are others than before."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from itareport.pdf.verify import pdf_text


def digests(pdf: bytes, mark: str) -> tuple[str, ...]:
    """Return a digest of each page's lines and pictures; a line of the draft mark is passed over.

    So a page is the same page whether its document was printed as a draft or not.
    """
    marked = re.compile(rf"^{re.escape(mark)}\s*$", re.MULTILINE)
    texts = [marked.sub("", page.text).split() for page in pdf_text.pages(pdf) or ()]
    pictures = _pictures(pdf)
    return tuple(
        hashlib.sha256("\n".join((*words, *shown)).encode("utf-8", "replace")).hexdigest()[:16]
        for words, shown in zip(texts, pictures, strict=False)
    )


def _pictures(pdf: bytes) -> Iterator[list[str]]:
    """Yield the digests of each page's pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
            yield [hashlib.sha256(bytes(one.get_data())).hexdigest() for one in images]
            page.close()
