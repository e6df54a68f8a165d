import random
import sys

import pytest

import pdfs
from itareport.pdf import office, verify
from itareport.pdf.verify import Expected, Font, Page, pdf_text
from itareport.problems import ItaReportError

OURS = Font("THSarabunNew", embedded=True)
NAME = "เทศบาลตำบลควนเสาธง"


def page(text, *fonts, pictures=0):
    return Page(text, frozenset(fonts or [OURS]), pictures)


def found(pages, monkeypatch, name=NAME, **scores):
    """Verify pages as if a PDF held them."""
    monkeypatch.setattr(pdf_text, "pages", lambda _: tuple(pages))
    verified = verify.pdf(b"", Expected(name, scores.pop("scores", {})))
    assert verified.pages == len(pages)
    return [(p.code, p.message) for p in verified.problems]


def codes(*args, **kwargs):
    return [code for code, _ in found(*args, **kwargs)]


# What is compared


def test_all_as_expected(monkeypatch):
    pages = [page(f"{NAME} ๙๔.๙๐"), page("- ๒ -\r\n๙๔.๙๐ ๑๐๐.๐๐")]
    assert codes(pages, monkeypatch, scores={"๙๔.๙๐": 2, "๑๐๐.๐๐": 1}) == []


def test_a_picture_that_the_pdf_does_not_show_is_missed(monkeypatch):
    monkeypatch.setattr(
        pdf_text, "pages", lambda _: (page(NAME, pictures=1), page("ก", pictures=1))
    )
    told = [verify.pdf(b"", Expected(NAME, pictures=placed)).problems for placed in (0, 2, 3)]
    assert [[p.code for p in problems] for problems in told] == [[], [], ["P525"]]
    assert "มีภาพ 2 ภาพ แต่ในเอกสารวางไว้ 3 ภาพ" in told[2][0].message


def test_no_pages(monkeypatch):
    assert codes([], monkeypatch) == ["P511"]


@pytest.mark.parametrize("text", ["", " \r\n", "- ๒ -", "- \r\n๒ -", "12"])
def test_an_empty_page_is_one_with_a_number_at_most(monkeypatch, text):
    pages = [page(NAME), page(text), page("- ๓ -\r\nก"), page(text, pictures=1)]
    ((code, message),) = found(pages, monkeypatch)
    assert code == "P512"
    assert "(หน้า 2)" in message


def test_a_foreign_font_is_named_wherever_it_is(monkeypatch):
    styles = [Font(f"THSarabunNew{style}", embedded=True) for style in ("-Bold", ",Italic")]
    pages = [page(NAME, OURS, *styles), page("ก", OURS, Font("OpenSymbol", embedded=True))]
    ((code, message),) = found(pages, monkeypatch)
    assert code == "P513"
    assert "OpenSymbol" in message
    assert "THSarabunNew" not in message


def test_a_font_of_a_similar_name_is_foreign(monkeypatch):
    assert codes([page(NAME, Font("THSarabunNewer", embedded=True))], monkeypatch) == ["P513"]


def test_a_font_outside_the_file_is_named(monkeypatch):
    pages = [page(NAME, Font("THSarabunNew-Bold", embedded=False))]
    ((code, message),) = found(pages, monkeypatch)
    assert code == "P514"
    assert "THSarabunNew-Bold" in message


@pytest.mark.parametrize(
    "text", ["เทศบาลตำบล\r\nควนเสาธง", "เทศบาล ตำบลควน เสาธง", f"ก{NAME}ข", "- ๑ -\r\n" + NAME]
)
def test_the_name_is_found_over_gaps_and_ends_of_lines(monkeypatch, text):
    assert codes([page(text)], monkeypatch) == []


@pytest.mark.parametrize("mark", ["-", "\x02", "\ufffe", "\xad", "\x02\r\n"])
def test_a_hyphen_at_the_end_of_a_line_is_one(monkeypatch, mark):
    assert codes([page(f"ท่าเดื่อ{mark}มืดกา")], monkeypatch, name="ท่าเดื่อ-มืดกา") == []


def test_another_name_is_no_name(monkeypatch):
    ((code, message),) = found([page("เทศบาลตำบลควนเสารัง")], monkeypatch)
    assert code == "P515"
    assert NAME in message


@pytest.mark.parametrize(
    ("text", "scores", "lost"),
    [
        ("๙๕.๐๐", {"๕.๐๐": 1}, ["๕.๐๐"]),
        ("๕.๐๐๑", {"๕.๐๐": 1}, ["๕.๐๐"]),
        ("๑.๕.๐๐", {"๕.๐๐": 1}, ["๕.๐๐"]),
        ("100.00 ๑๐๐.๐๐", {"๑๐๐.๐๐": 2}, ["๑๐๐.๐๐"]),
        ("99.17", {"99.17": 1}, []),
        ("๙๙.๑๗๑๐๐.๐๐", {"๑๐๐.๐๐": 1}, ["๑๐๐.๐๐"]),
        ("ข้อ e๗๘๓.๘๑", {"๘๓.๘๑": 1}, ["๘๓.๘๑"]),
        ("๙ ๔ . ๙ ๐ คะแนน", {"๙๔.๙๐": 1}, []),
        ("๙๔.\r\n๙๐", {"๙๔.๙๐": 1}, []),
        ("๙๔.๙๐", {"๙๔.๙๐": 1, "๘๘.๗๓": 1, "๘๒.๘๖": 3}, ["๘๒.๘๖", "๘๘.๗๓"]),
    ],
)
def test_scores_are_found_as_whole_numbers_and_often_enough(monkeypatch, text, scores, lost):
    problems = found([page(NAME), page(text)], monkeypatch, scores=scores)
    assert [code for code, _ in problems] == ["P516"] * bool(lost)
    assert all(", ".join(lost) in message for _, message in problems)


def test_of_many_lost_scores_ten_are_named(monkeypatch):
    scores = {f"{n}.๐๐": 1 for n in range(10, 25)}
    ((_, message),) = found([page(NAME)], monkeypatch, scores=scores)
    assert message.endswith("19.๐๐ และอีก 5")


def test_faults_of_all_kinds_are_told_at_once(monkeypatch):
    pages = [page("", Font("DejaVuSans", embedded=False))]
    expected = ["P512", "P513", "P514", "P515", "P516"]
    assert codes(pages, monkeypatch, scores={"๑.๐๐": 1}) == expected


def test_without_its_library_there_is_a_problem(monkeypatch):
    monkeypatch.setitem(sys.modules, "itareport.pdf.verify.pdf_text", None)
    monkeypatch.delattr(verify, "pdf_text")
    with pytest.raises(ItaReportError) as caught:
        verify.library()
    assert [p.code for p in caught.value.problems] == ["P517"]


# What is read


HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PIXEL = "q 9 0 0 9 9 9 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"


@pytest.mark.parametrize(
    "data", [b"", b"no PDF", b"%PDF-1.7\n", pdfs.by_hand("BT ET")[:200]], ids=repr
)
def test_what_is_no_pdf_cannot_be_opened(data):
    assert [p.code for p in verify.pdf(data, Expected(NAME)).problems] == ["P510"]


def test_a_page_that_cannot_be_read_counts_as_the_whole_file():
    data = pdfs.by_hand("BT ET", "BT ET").replace(b"/Kids[3 0 R 5 0 R]", b"/Kids[3 0 R 9 0 R]")
    assert [p.code for p in verify.pdf(data, Expected(NAME)).problems] == ["P510"]


@pytest.mark.parametrize("seed", range(40))
def test_a_spoiled_pdf_ends_in_problems(seed):
    rng = random.Random(seed)
    data = bytearray(pdfs.by_hand("BT /F 12 Tf (x) Tj ET", objects=[HELVETICA]))
    for _ in range(20):
        data[rng.randrange(len(data))] = rng.randrange(256)
    assert verify.pdf(bytes(data), Expected(NAME)).problems


def test_a_pdf_without_pages_is_told():
    assert [p.code for p in verify.pdf(pdfs.by_hand(), Expected(NAME)).problems] == ["P511"]


def test_empty_pages_and_pictures_are_told_apart():
    pages = pdf_text.pages(pdfs.by_hand("BT ET", PIXEL, "0 0 9 9 re f"))
    assert pages is not None
    assert [p.is_empty for p in pages] == [True, False, True]


@pytest.mark.parametrize("depth", [0, 1, 2], ids=["on the page", "in a form", "in a form's form"])
def test_text_and_its_font_are_found(depth):
    content = "BT /F 12 Tf 9 99 Td (hello) Tj ET"
    forms = []
    for n in range(depth):
        entries = (
            f"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</Font<</F 3 0 R>>"
            f"/XObject<</X {3 + n} 0 R>>>>"
        )
        forms.append(pdfs.stream(content, entries))
        content = "/X Do"
    resources = f"/Font<</F 3 0 R>>/XObject<</X {3 + depth} 0 R>>"
    made = pdfs.by_hand(content, resources=resources, objects=[HELVETICA, *forms])
    (read,) = pdf_text.pages(made) or ()
    assert read.text.strip() == "hello"
    assert read.fonts == {Font("Helvetica", embedded=False)}


def test_the_library_tells_its_release():
    assert verify.library().startswith("pypdfium2 ")


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_a_pdf_of_libreoffice_is_read_exactly():
    texts = ["น้ำใจ กำลัง ทำนุบำรุง", "ปฏิบัติหน้าที่ ๙๙.๑๗", "เก้าอี้ ญี่ปุ่น ฐิติ"]
    bold = "<w:b/><w:bCs/>"
    body = [*map(pdfs.paragraph, texts), pdfs.paragraph(NAME, run=bold), pdfs.chart(1, "", "ก")]
    made = office.to_pdf(pdfs.docx(*body))
    verified = verify.pdf(made, Expected(NAME, {"๙๙.๑๗": 1}))
    assert verified == verify.Verified((), 1)
    seen = "".join(pdfs.text(made).split())
    assert all("".join(text.split()) in seen for text in texts)
    assert [p.code for p in verify.pdf(made, Expected("ที่อื่น", {"๙๙.๑๗": 2})).problems] == [
        "P515",
        "P516",
    ]
    others = verify.pdf(made, Expected(NAME, families=["Other"]))
    assert "THSarabunNew, THSarabunNew-Bold" in others.problems[0].message


# Every paragraph


def _texts(monkeypatch, pages, *texts):
    monkeypatch.setattr(pdf_text, "pages", lambda _: tuple(page(text) for text in pages))
    verified = verify.pdf(b"", Expected(NAME, texts=texts))
    return [(p.code, p.severity, p.message) for p in verified.problems]


LONG = "ควรทบทวนขั้นตอนการให้บริการ " * 20


def test_a_paragraph_is_found_whatever_the_spaces_and_lines(monkeypatch):
    assert _texts(monkeypatch, [NAME, "ก ข\nค\r\nง"], "กข คง", "", "ก") == []


def test_a_paragraph_that_runs_over_a_page_is_found(monkeypatch):
    pages = [NAME, f"หัวตาราง {LONG[:200]}", f"- ๓ - หัวตาราง {LONG[200:]}"]
    assert _texts(monkeypatch, pages, LONG) == []


def test_a_paragraph_in_crumbs_is_not_found(monkeypatch):
    """A page holds more of a paragraph than a few words, so what has only those has lost it."""
    crumbs = [f"{LONG[at : at + 30]} ๐" for at in range(0, len(LONG), 30)]
    ((code, *_),) = _texts(monkeypatch, [NAME, *crumbs], LONG)
    assert code == "P518"


@pytest.mark.parametrize("said", ["- ๒ - ก", LONG[:200], LONG[:200] + LONG[230:], LONG[40:]])
def test_a_paragraph_that_is_cut_is_told_as_a_warning(monkeypatch, said):
    text = LONG + "จบรายการเพียงเท่านี้"
    ((code, severity, message),) = _texts(monkeypatch, [NAME, said], text, "ไม่มีข้อความนี้")
    assert (code, severity) == ("P518", "warning")
    assert "2 ย่อหน้า" in message
