"""What verify says of the ends of pages and lines."""

import pytest

from itareport.pdf.verify import Expected, Page, page_ends

LONG = "จัดทำผังขั้นตอนการให้บริการและเผยแพร่ให้ประชาชนทราบโดยทั่วกัน"
HEADING = "ประเด็นที่ ๒ การให้บริการ"


def page(*lines, filled=0.9, lies=False):
    return Page("\r\n".join(lines), frozenset(), pictures=0, filled=filled, lies=lies)


def codes(*pages, **expected):
    wanted = Expected("ก", **expected)
    found = page_ends.faults(pages, wanted, page_ends.split_rows(pages, wanted))
    return [(one.code, one.message.rpartition("หน้า ")[2].rstrip(")")) for one in found]


@pytest.mark.parametrize(
    ("filled", "following", "wanted"),
    [
        (0.14, page("ข"), [("P520", "1")]),
        (0.15, page("ข"), []),
        (0.14, page("ข", lies=True), []),
        (0.14, page("- ๒ -", HEADING, "ข"), []),
    ],
)
def test_a_page_is_nearly_empty_only_inside_a_part(filled, following, wanted):
    assert codes(page("ก", filled=filled), following, headings=[HEADING]) == wanted


def test_the_last_page_may_be_nearly_empty():
    assert codes(page("ก"), page("ข", filled=0.01)) == []


def test_a_heading_stands_alone_where_the_page_ends_in_it():
    assert codes(page("ก", "ประเด็นที่ ๒", "การให้บริการ"), headings=[HEADING]) == [("P521", "1")]
    assert codes(page("ก", HEADING, "ลำดับ"), headings=[HEADING, ""]) == []


def test_all_signers_stand_on_one_page():
    assert codes(page("(ลงชื่อ)....ก", "(ลงชื่อ)....ข")) == []
    assert codes(page("(ลงชื่อ)....ก"), page("(ลงชื่อ)....ข")) == [("P522", "1, 2")]


def test_a_name_is_cut_where_a_line_ends_in_it():
    assert codes(page("ของควนเสา", "ธง"), proper_name="ควนเสาธง") == [("P524", "1")]
    assert codes(page("ของควนเสาธง", "ควน", "ดิน"), proper_name="ควนเสาธง") == []


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ([LONG[:15]], [LONG[15:30], LONG[30:]], [("P523", "2")]),
        ([LONG[:15], LONG[15:30]], [LONG[30:]], [("P523", "2")]),
        ([LONG[:15], LONG[15:30]], [LONG[30:45], LONG[45:]], []),
        ([LONG[:30], LONG[30:]], ["ข"], []),
    ],
)
def test_a_row_that_goes_on_has_two_lines_on_both_pages(first, second, wanted):
    pages = page("ก", *first), page("หัว", *second)
    assert codes(*pages, rows=[[["กองคลัง"], [LONG]], []]) == wanted


def test_a_short_text_under_the_last_line_is_a_line_too():
    pages = page("ก", LONG[:15], LONG[15:30]), page("หัว", LONG[30:], "กองคลัง")
    assert codes(*pages, rows=[[[LONG, "กองคลัง"]]]) == []
    pages = page("กองคลัง", LONG[:15]), page("หัว", LONG[15:30], LONG[30:])
    assert codes(*pages, rows=[[["กองคลัง", LONG]]]) == []


def test_a_text_of_the_row_elsewhere_is_no_part_of_it():
    topic = "การให้บริการและระบบ E-Service ที่มีประสิทธิภาพ"
    pages = page(topic), page("ก"), page("ข", LONG[:30], LONG[30:])
    assert codes(*pages, rows=[[[topic], [LONG]]]) == []


def test_a_text_goes_on_where_it_is_parted_not_where_others_begin_and_end_alike():
    text = "๓) จัดหน่วยเคลื่อนที่แนะนำการยื่นคำขอ ณ ที่ทำการผู้ใหญ่บ้านในทุกหมู่บ้าน"
    alike = (
        page("๓) ตรวจ"),
        page("ประชุม " + text[3:], text[:40], text[40:60]),
        page("หัว", text[60:]),
    )
    with_others = [[["ก"], [text, LONG]]]
    assert codes(*alike, rows=with_others) == [("P523", "3")]
    more = (*alike[:2], page("หัว", text[60:], LONG))
    assert codes(*more, rows=with_others) == []
