"""Scanned pages in place of those that wait for signatures; pages that are others than before."""

from __future__ import annotations

import io
import pickle

import pypdfium2
import pytest
from PIL import Image, ImageDraw

import pdfs
from itareport.document import picture
from itareport.pdf import page_digests, pdf_sections, signed_pages
from itareport.problems import ItaReportError

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
FONT = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def paper(*pages: str, size: str = "0 0 200 280", also: str = "", **more) -> bytes:
    """Return a PDF by hand, upright unless another size is given."""
    made = pdfs.by_hand(*pages, **more)
    return made.replace(b"[0 0 200 200]", f"[{size}]{also}".encode())


def written(text: str) -> str:
    return f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET"


REPORT = paper(written("cover"), written("plan"), written("sign here"), resources=FONT)
CORNERS = "1 0 0 rg 0 0 40 40 re f 0 0 1 rg 160 240 40 40 re f"  # red below left, blue above right


@pytest.fixture(autouse=True)
def third(monkeypatch):
    """Have the third page of the report wait for signatures."""
    monkeypatch.setattr(pdf_sections, "signature_pages", lambda _pdf: (2,))


def drawing(kind: str, mode: str = "RGB") -> bytes:
    """Return the same corners as a picture."""
    clear = (0, 0, 0, 0) if mode == "RGBA" else "white"
    image = Image.new(mode, (1000, 1400), clear)
    ImageDraw.Draw(image).rectangle((0, 1200, 200, 1400), fill="red")
    ImageDraw.Draw(image).rectangle((800, 0, 1000, 200), fill="blue")
    buffer = io.BytesIO()
    image.save(buffer, kind, quality=95)
    return buffer.getvalue()


def turned(angle: int) -> bytes:
    """Return a scan that lies otherwise, and is turned upright by its page's entry."""
    lying = {180: "1 0 0 rg 160 240 40 40 re f 0 0 1 rg 0 0 40 40 re f",
             90: "1 0 0 rg 240 0 40 40 re f 0 0 1 rg 0 160 40 40 re f"}[angle]  # fmt: skip
    size = "0 0 280 200" if angle == 90 else "0 0 200 280"
    return paper(lying, size=size, also=f"/Rotate {angle}")


def stamped() -> bytes:
    """Return a scan whose blue corner is an annotation, as a signature drawn in a viewer is."""
    form = pdfs.stream("0 0 1 rg 0 0 40 40 re f", "/Type/XObject/Subtype/Form/BBox[0 0 40 40]")
    note = "<</Type/Annot/Subtype/Stamp/F 4/Rect[160 240 200 280]/AP<</N 3 0 R>>>>"
    red = "1 0 0 rg 0 0 40 40 re f"
    return paper(red, also="/Annots[4 0 R]", objects=[form, note])


SCANS = {
    "a.jpg": drawing("JPEG"),
    "a.png": drawing("PNG"),
    "clear.png": drawing("PNG", "RGBA"),
    "a.pdf": paper(CORNERS),
    "elsewhere.pdf": paper(f"1 0 0 1 1000 2000 cm {CORNERS}", size="1000 2000 1200 2280"),
    "large.pdf": paper(f"30 0 0 30 0 0 cm {CORNERS}", size="0 0 6000 8400"),
    "turned.pdf": turned(180),
    "lying.pdf": turned(90),
    "stamped.pdf": stamped(),
}


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_takes_the_place_of_the_page_and_of_no_other(name):
    made = signed_pages.signed(REPORT, SCANS[name], name)
    assert made.pages == (3,)
    document = pypdfium2.PdfDocument(made.data)
    assert [page.get_textpage().get_text_range() for page in document] == ["cover", "plan", ""]
    image = document[2].render().to_pil().convert("RGB")
    assert image.size == (200, 280)
    corners = [image.getpixel(at) for at in ((10, 270), (190, 10), (10, 10), (100, 140))]
    nearly = [tuple(255 * (value > 128) for value in colour) for colour in corners]
    assert nearly == [RED, BLUE, WHITE, WHITE]


def test_a_scan_of_another_shape_lies_whole_in_the_middle():
    made = signed_pages.signed(REPORT, paper("1 0 0 rg 0 0 100 280 re f", size="0 0 100 280"), "a")
    image = pypdfium2.PdfDocument(made.data)[2].render().to_pil().convert("RGB")
    assert [image.getpixel((x, 140)) for x in (20, 100, 180)] == [WHITE, RED, WHITE]


def test_a_picture_of_few_dots_is_told_of():
    buffer = io.BytesIO()
    Image.new("RGB", (500, 700), "red").save(buffer, "PNG")
    made = signed_pages.signed(REPORT, buffer.getvalue(), "a.png")
    assert [note.code for note in made.notes] == ["D173"]


LOCK = b"trailer <</Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (
    b"o" * 32,
    b"u" * 32,
)


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (b"", "P540"),
        (b"%PDF-1.7 and nothing more", "P540"),
        (b"PK\x03\x04", "P540"),
        (paper(CORNERS).replace(b"trailer <<", LOCK), "P541"),
        (paper(CORNERS, CORNERS), "P542"),
        (REPORT, "P542"),
        (paper(CORNERS, size="0 0 280 200"), "P544"),
        (paper(""), "P545"),
        (drawing("JPEG")[:-2000], "D171"),
        (drawing("PNG")[:2000], "D171"),
    ],
)
def test_what_cannot_be_attached_is_refused_with_a_sentence(scan, code):
    with pytest.raises(ItaReportError) as caught:
        signed_pages.signed(REPORT, scan, "สแกน.pdf")
    (found,) = caught.value.problems
    assert found.code == code
    assert "สแกน.pdf" in found.message
    assert found.remedy.startswith("โปรด")
    assert pickle.loads(pickle.dumps(caught.value)).problems == (found,)  # from another process


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (b"", "P540"),
        (b"%PDF-1.7 and nothing more", "P540"),
        (paper(CORNERS).replace(b"trailer <<", LOCK), "P541"),
        (paper(CORNERS, ""), "P545"),
        (paper(*[CORNERS] * 200), "P548"),
        (drawing("JPEG")[:-2000], "D171"),
    ],
)
def test_what_no_report_can_use_is_refused_without_one(scan, code):
    with pytest.raises(ItaReportError) as caught:
        signed_pages.refuse_unusable(scan, "สแกน.pdf", 3, 3)
    (found,) = caught.value.problems
    assert (found.code, "สแกน.pdf" in found.message) == (code, True)


@pytest.mark.parametrize("name", SCANS)
def test_what_a_report_can_use_is_not_refused_without_one(name):
    signed_pages.refuse_unusable(SCANS[name], name, 1, 1)


def test_a_page_is_not_read_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(signed_pages, "_flattened", lambda *_: pytest.fail("a page is read"))
    with pytest.raises(ItaReportError, match="มี 200 หน้า แต่รายงานมีผู้ลงนาม 3 คน"):
        signed_pages.refuse_unusable(paper(*[CORNERS] * 200), "a.pdf", 3, 3)


def test_a_picture_of_too_many_dots_is_refused(monkeypatch):
    monkeypatch.setattr(picture, "MAX_PIXELS", 1000)
    with pytest.raises(ItaReportError) as caught:
        signed_pages.signed(REPORT, drawing("PNG"), "a.png")
    assert [found.code for found in caught.value.problems] == ["D172"]


def test_a_report_that_nobody_signs_takes_no_scan(monkeypatch):
    monkeypatch.setattr(pdf_sections, "signature_pages", lambda _pdf: ())
    with pytest.raises(ItaReportError) as caught:
        signed_pages.signed(REPORT, paper(CORNERS), "a.pdf")
    assert [found.code for found in caught.value.problems] == ["P543"]


def test_two_pages_of_signatures_take_a_scan_of_two(monkeypatch):
    monkeypatch.setattr(pdf_sections, "signature_pages", lambda _pdf: (1, 2))
    made = signed_pages.signed(REPORT, paper(CORNERS, CORNERS), "a.pdf")
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data)]
    assert (made.pages, texts) == ((2, 3), ["cover", "", ""])


# -- pages that are others than before ---------------------------------------------------------


def digests(*texts: str) -> tuple[str, ...]:
    return page_digests.digests(paper(*map(written, texts), resources=FONT), "DRAFT")


def test_only_the_page_whose_words_are_others_has_another_digest():
    before, now = digests("a", "b", "c"), digests("a", "x", "c")
    assert [old == new for old, new in zip(before, now, strict=True)] == [True, False, True]


def test_the_draft_mark_makes_no_other_page():
    marked = "BT /F1 12 Tf 20 200 Td (DRAFT) Tj 0 -100 Td (a) Tj ET"
    found = page_digests.digests(paper(marked, resources=FONT), "DRAFT")
    assert found == digests("a")
    assert digests("DRAFT a") != digests("a")


def test_another_picture_makes_another_page():
    def shown(scan: bytes) -> tuple[str, ...]:
        return page_digests.digests(signed_pages.signed(REPORT, scan, "a").data, "DRAFT")

    red, blue = (Image.new("RGB", (1000, 1400), colour) for colour in ("red", "blue"))
    made = []
    for image in (red, blue):
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        made.append(shown(buffer.getvalue()))
    assert made[0][:2] == made[1][:2]
    assert made[0][2] != made[1][2]
