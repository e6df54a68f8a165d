"""Which page each part of a report begins on."""

import pytest

import pdfs
from itareport import thai
from itareport.pdf import pdf_sections

TABLE = "ประเด็นที่ ๑ การปฏิบัติงาน\nส่วนที่ ๑\n๘๖.๑๙\nส่วนที่ ๒\n๙๕.๕๖\nประเด็นที่ ๒ การให้บริการ\n"
PLAN = "ส่วนที่ ๒ การนำผลการวิเคราะห์\n๑. การปฏิบัติงาน\n๒. การให้บริการ\n"


@pytest.mark.parametrize("result", ["ผลภาพรวม\n", "ส่วนที่ ๒ ได้ ๙๕.๙๓ คะแนน\n๑. การปฏิบัติหน้าที่\n"])
def test_second_part_of_a_tool_is_not_the_plan(monkeypatch, result):
    pages = ["ปก", result, TABLE, PLAN, "(ลงชื่อ)\n๓. ก"]
    monkeypatch.setattr(pdf_sections, "_texts", lambda _: [thai.arabic(p) for p in pages])
    assert pdf_sections.pages_of(b"") == {
        "agency": 0, "result": 1, "issue:1": 2, "issue:2": 2,
        "plan:1": 3, "plan:2": 3, "signatures": 4,
    }  # fmt: skip


def test_a_page_without_rows_has_no_marks():
    assert pdf_sections.marks_of(pdfs.by_hand("", "0 0 9 9 re f")) == ((), ())
