"""Drafts that wait to be confirmed: told, printed on every page, and in the file's name."""

from __future__ import annotations

import pytest
from lxml import etree

from checks import LOW, Case, both, changed, put, try_case
from documents import text_of
from itareport.document import context, word
from itareport.document.context import older_names
from itareport.document.structure import w
from itareport.files import assets, opc
from itareport.ita import catalogue, names
from itareport.ita.model import Report
from reports import KINDS, clean_data

CASES = {
    "D280": Case(
        both(put("remarks.1.draft", "true"), put("plan.2.draft", "true")),
        put("remarks.1.draft", "false"),
        ("remarks", 1, "text"),
        (
            "ข้อวิเคราะห์ข้อ e9: ข้อความร่าง โปรดตรวจทานและยืนยัน | โปรด",
            "แผนแถวที่ 3 ประเด็นที่ 3: ข้อความร่าง",
        ),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_code_speaks_of_what_it_is_for_and_of_nothing_else(code):
    try_case(code, CASES[code])


def made(*changes):
    """Return the parts of the document of a report."""
    year = catalogue.load(2568)
    report = Report.model_validate(changed(both(*changes)))
    words = context.context(report, year, None)
    template = word.Template(assets.template().read_bytes())
    docx = template.render(words, lambda _mark, _into: None)
    assert template.unprinted(words, older_names.PRINTS, {}) == {}
    return report, opc.read(docx)


def headers(parts):
    return {
        name: [text_of(p) for p in etree.fromstring(parts[name]).iter(w("p"))]
        for name in ("word/header1.xml", "word/header2.xml")
    }


@pytest.mark.parametrize("field", ["remarks.0.draft", "plan.6.draft"])
def test_a_draft_marks_every_page_and_the_files_name(field):
    report, parts = made(put(field, "true"))
    assert report.has_drafts
    assert names.report_name(report, KINDS) == "(ร่าง) รายงาน ITA 2568 ทต.ควนเสาธง"
    told = headers(parts)
    assert told["word/header1.xml"][0] == told["word/header2.xml"][0] == "ร่าง"


def test_without_drafts_nothing_is_marked():
    report, parts = made()
    assert names.report_name(report, KINDS) == "รายงาน ITA 2568 ทต.ควนเสาธง"
    assert headers(parts) == {"word/header1.xml": ["- ๒ -"], "word/header2.xml": [""]}


def test_a_template_that_does_not_print_the_mark_is_told_of():
    year = catalogue.load(2568)
    data = clean_data(year, LOW)
    data["plan"][0]["draft"] = "true"
    words = context.context(Report.model_validate(data), year, None)
    bare = opc.read(assets.template().read_bytes())
    for name in ("word/header1.xml", "word/header2.xml"):
        bare[name] = bare[name].replace(b"{{ draft_mark }}", b"")
    lost = word.Template(opc.write(bare)).unprinted(words, older_names.PRINTS, {})
    assert lost == {"draft_mark": ["ร่าง"]}


def test_a_reason_that_the_remark_quotes_is_printed_once():
    reason = "ไม่พบแผนปฏิบัติการป้องกันการทุจริต ของปีปัจจุบัน"
    year = catalogue.load(2568)
    for text, lines in (
        (f"ITAS แจ้งว่า “{reason}” ดังนั้น หน่วยงานควรเผยแพร่", 1),
        ("ยังไม่ครบถ้วน ดังนั้น หน่วยงานควรเผยแพร่", 2),
    ):
        data = clean_data(year, {"o26": "50.00"}, remarks=[{"code": "o26", "text": text}])
        row = next(row for row in data["scores"] if row["code"] == "o26")
        row["reason"] = reason
        issue = context.context(Report.model_validate(data), year, None)["part1"]["issues"][6]
        remarks = next(r["remarks"] for r in issue["rows"] if r["code"] == "o๒๖")
        assert len(remarks) == lines
