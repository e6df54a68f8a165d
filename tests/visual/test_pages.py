"""The example's PDF as a person sees it: pages, fonts, numbers, words, and small grey pictures."""

import re

import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageStat

from itareport import build, context, office, package, ready, structure, word

PAGES = 16
SCALE = 0.11  # of 72 dpi: a page of 65 x 92 points
ALLOWED = 6.0  # mean difference of grey, of 255, in any one page


@pytest.fixture(scope="module")
def made(repo, soffice):  # noqa: ARG001 - without LibreOffice these fail, never skip
    """Build the example once: its .docx and its PDF."""
    file = repo / "examples" / "kuansaothong-2568.yaml"
    docx, _ = build.docx(ready.check_file(file, ready.Options()).ready, ready.Options())
    return docx, office.to_pdf(docx)


@pytest.fixture(scope="module")
def pdf(made):
    document = pypdfium2.PdfDocument(made[1])
    yield document
    document.close()


def _text(page) -> str:
    reader = page.get_textpage()
    return reader.get_text_bounded().replace("\r\n", "\n")


def test_the_pages_are_as_many_as_they_were_and_none_is_empty(pdf):
    assert len(pdf) == PAGES
    assert all(len(_text(page).strip()) > 80 for page in pdf)


def test_the_cover_has_no_number_and_the_others_thai_ones(pdf):
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    first, *others = (_text(page) for page in pdf)
    assert not re.search(r"^- .+ -$", first, re.MULTILINE)
    for number, text in enumerate(others, start=2):
        assert f"- {str(number).translate(thai)} -" in text.split("\n")[0]


def test_part_2_lies_and_the_rest_stands(pdf):
    lying = [page.get_width() > page.get_height() for page in pdf]
    assert lying == [*sorted(lying[:-1]), False]
    assert any(lying)


def test_every_page_of_a_table_repeats_its_header(pdf):
    texts = [_text(page) for page in pdf]
    assert all("ข้อคำถาม" in text for text in texts[2:10])
    assert all("ผู้รับผิดชอบ" in text for text in texts[10:-1])


def test_no_western_digit_and_no_gap_within_a_code(pdf):
    text = "\n".join(_text(page) for page in pdf)
    assert not re.search(r"[0-9]", text)
    assert not re.search(r"\b[ieo]\s+[๐-๙]", text)
    assert len(re.findall(r"ข้อ [ieo][๐-๙]", text)) >= 52


def test_a_heading_never_stands_alone_at_the_foot(pdf):
    for page in pdf:
        lines = [line for line in _text(page).strip().split("\n") if line.strip()]
        assert not lines[-1].startswith(("ประเด็นที่", "ส่วนที่"))


def test_signatures_stand_on_one_page(pdf):
    assert _text(pdf[PAGES - 1]).count("(ลงชื่อ)") == 3


def _sheet(pdf) -> Image.Image:
    pictures = [page.render(scale=SCALE, grayscale=True).to_pil().convert("L") for page in pdf]
    width, height = max(p.width for p in pictures), max(p.height for p in pictures)
    sheet = Image.new("L", (width * 4, height * ((len(pictures) + 3) // 4)), 255)
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (index % 4 * width, index // 4 * height))
    return sheet


def _difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


def test_the_pages_look_as_they_did(repo, pdf, pytestconfig):
    file = repo / "tests" / "visual" / "example.png"
    now = _sheet(pdf)
    if pytestconfig.getoption("--update-golden"):
        now.quantize(16).save(file, optimize=True)
    before = Image.open(file).convert("L")
    assert now.size == before.size
    width, height = now.width // 4, now.height // ((len(pdf) + 3) // 4)
    for index in range(len(pdf)):
        left, top = index % 4 * width, index // 4 * height
        box = (left, top, left + width, top + height)
        assert _difference(now.crop(box), before.crop(box)) < ALLOWED, f"page {index + 1}"
    assert file.stat().st_size <= 20 * 1024


def test_a_page_that_lost_its_table_would_be_seen(repo, made):
    parts = package.read(made[0])
    root = etree.fromstring(parts["word/document.xml"])
    table = list(root.iter(structure.w("tbl")))[3]
    for row in list(table.iterfind(structure.w("tr")))[1:]:
        table.remove(row)
    parts["word/document.xml"] = etree.tostring(root)
    broken = pypdfium2.PdfDocument(office.to_pdf(package.write(parts)))
    now = _sheet(broken)
    broken.close()
    before = Image.open(repo / "tests/visual/example.png").convert("L")
    assert now.size != before.size or _difference(now, before) > 1


def test_every_word_of_the_document_is_in_the_pdf(repo, pdf):
    file = repo / "examples" / "kuansaothong-2568.yaml"
    ready_file = ready.check_file(file, ready.Options()).ready
    words = context.context(ready_file.report, ready_file.catalogue, ready_file.plan_catalogue)
    said = re.sub(r"\s", "", "".join(_text(page) for page in pdf))
    lost = [w for _, w in word.leaves(words) if re.sub(r"\s", "", w) not in said]
    assert lost == []
