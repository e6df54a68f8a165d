"""The example's PDF as a person sees it: pages, fonts, numbers, words, and small grey pictures."""

import re

import pypdfium2
import pytest
from lxml import etree
from pdfua import Validator
from PIL import Image, ImageChops, ImageStat

import documents
import pdfs
from itareport.actions import build, prepare
from itareport.document import context, structure, word
from itareport.files import opc
from itareport.pdf import office, verify

PAGES = 13
SCALE = 0.11  # of 72 dpi: a page of 65 x 92 points
ALLOWED = 2.0  # mean difference of grey, of 255, in any one page


@pytest.fixture(scope="module")
def made(repo, soffice):  # noqa: ARG001 - without LibreOffice these fail, never skip
    """Build the example once: its .docx and its PDF."""
    file = repo / "examples" / "kuansaothong-2568.yaml"
    docx, _ = build.docx(prepare.check_file(file, prepare.Options()).ready, prepare.Options())
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
    texts = ["".join(_text(page).split()) for page in pdf]
    assert all("ข้อคำถาม" in text for text in texts[2:8])
    assert all("ผู้รับผิดชอบ" in text for text in texts[8:-1])


def test_no_western_digit_and_no_gap_within_a_code(pdf):
    text = "\n".join(_text(page) for page in pdf)
    assert not re.search(r"[0-9]", text)
    assert not re.search(r"\b[ieo]\s+[๐-๙]", text)
    assert len(re.findall(r"ข้อ [ieo][๐-๙]", text)) >= 52


def test_a_heading_never_stands_alone_at_the_foot(pdf):
    for page in pdf:
        lines = [line for line in _text(page).strip().split("\n") if line.strip()]
        assert not lines[-1].startswith(("ประเด็นที่", "ส่วนที่"))


def test_every_cell_is_tagged_as_it_is_in_word(made):
    """A row that goes on over the page has two rows of tags, the second with what goes on."""
    tagged = [[_bare(cell) for cell in row] for row in pdfs.tagged_rows(made[1])]
    heads = []
    for table, merges in zip(documents.tables(made[0]), documents.merges(made[0]), strict=True):
        for cells, signs in zip(table, merges, strict=True):
            row = ["".join(map(_bare, c)) for c, m in zip(cells, signs, strict=True) if m != "c"]
            while tagged and tagged[0] in heads and tagged[0] != row:
                del tagged[0]
            now = tagged.pop(0)
            if now != row:
                while tagged[0] in heads:
                    del tagged[0]
                rest = iter(tagged.pop(0))
                now = [one if one == said else one + next(rest) for one, said in
                       zip(now, row, strict=True)]  # fmt: skip
                assert next(rest, None) is None
            assert now == row
            if table[0] is cells:
                heads.append(row)
    assert tagged == []


def _bare(text: str) -> str:
    return re.sub(r"[\s\x02\ufffe-]", "", text)


def test_every_mark_stands_at_its_consonant(made):
    assert pdfs.detached_marks(made[1]) == []


def test_pdfua_finds_nothing(made, tmp_path):
    (tmp_path / "example.pdf").write_bytes(made[1])
    assert Validator().validate(str(tmp_path / "example.pdf")).findings == ()


def test_verify_finds_nothing(repo, made):
    checked = prepare.check_file(repo / "examples" / "kuansaothong-2568.yaml", prepare.Options())
    wanted = build.expected(build.printed_name(checked.ready, prepare.Options()), made[0])
    assert verify.pdf(made[1], wanted) == verify.Verified((), PAGES)


def test_signatures_stand_on_one_page(pdf):
    assert _text(pdf[PAGES - 1]).count("(ลงชื่อ)") == 3


def _sheet(pdf) -> Image.Image:
    """Return all pages side by side, small and in sixteen greys, as they are kept."""
    pictures = [page.render(scale=SCALE, grayscale=True).to_pil().convert("L") for page in pdf]
    width, height = max(p.width for p in pictures), max(p.height for p in pictures)
    sheet = Image.new("L", (width * 4, height * 4), 255)
    assert len(pictures) <= 16
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (index % 4 * width, index // 4 * height))
    return sheet.quantize(16)


def _unlike(now: Image.Image, before: Image.Image) -> list[int]:
    """Return the numbers of the pages that differ by more than is allowed."""
    assert now.size == before.size
    width, height = now.width // 4, now.height // 4
    difference = ImageChops.difference(now.convert("L"), before.convert("L"))
    found = []
    for index in range(16):
        left, top = index % 4 * width, index // 4 * height
        page = difference.crop((left, top, left + width, top + height))
        if ImageStat.Stat(page).mean[0] > ALLOWED:
            found.append(index + 1)
    return found


def test_the_pages_look_as_they_did(repo, pdf, pytestconfig):
    file = repo / "tests" / "visual" / "example.png"
    now = _sheet(pdf)
    if pytestconfig.getoption("--update-golden"):
        now.save(file, optimize=True)
    assert _unlike(now, Image.open(file)) == [], "if this is meant: pytest --update-golden"
    assert file.stat().st_size <= 20 * 1024


def _changed(docx: bytes, number: int, change) -> bytes:
    """Return the document with one of its tables changed."""
    parts = opc.read(docx)
    root = etree.fromstring(parts["word/document.xml"])
    change(list(root.iter(structure.w("tbl")))[number])
    return opc.write(parts | {"word/document.xml": etree.tostring(root)})


def _drop_rows(table) -> None:
    for row in list(table.iterfind(structure.w("tr")))[1:]:
        table.remove(row)


def _print_white(table) -> None:
    for run in table.iter(structure.w("r")):
        properties = run.find(structure.w("rPr"))
        if properties is None:
            run.insert(0, properties := etree.Element(structure.w("rPr")))
        etree.SubElement(properties, structure.w("color"), {structure.w("val"): "FFFFFF"})


@pytest.mark.parametrize(
    ("change", "number", "first", "last"),
    [(_drop_rows, 3, 5, 12), (_print_white, 8, 9, 12)],
    ids=["a table that is cut off", "a table whose words do not show"],
)
def test_what_is_lost_would_be_seen(made, pdf, change, number, first, last):
    """By the comparison above, on every page from the first to the last that changes."""
    with pypdfium2.PdfDocument(office.to_pdf(_changed(made[0], number, change))) as broken:
        assert _unlike(_sheet(broken), _sheet(pdf)) == list(range(first, last + 1))


def test_every_word_of_the_document_is_in_the_pdf(repo, pdf):
    file = repo / "examples" / "kuansaothong-2568.yaml"
    ready_file = prepare.check_file(file, prepare.Options()).ready
    words = context.context(ready_file.report, ready_file.catalogue, ready_file.plan_catalogue)
    said = verify._squeezed("".join(_text(page) for page in pdf))
    leaves = [w for _, w in word.leaves(words)]
    assert [w for w in leaves if not verify._in_pieces(verify._squeezed(w), said)] == []
