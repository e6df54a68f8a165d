"""Filling: what is empty gets the right draft, and nobody's text is changed."""

from __future__ import annotations

import pytest

from itareport import draft
from itareport.draft import draft_rules
from itareport.files import assets
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.problems import ItaReportError
from itareport.reading import yamlwrite
from reports import KINDS, clean_data, row_of

YEAR = catalogue.load(2568)
DRAFTS = draft.load(2568)


def filled(scores=None, **changes):
    """Return a report with these scores, without remarks and plan but for `changes`, filled."""
    data = clean_data(YEAR, scores or {}, remarks=[], plan=[]) | changes
    return draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)


def remark(report, code):
    (found,) = [row for row in report.remarks if row.code == code]
    assert found.draft
    return found.text


def weakness(code, from_score):
    """Return what the drafts of a municipality call weak in that band."""
    row = next(row for row in DRAFTS.remarks if row.code == code)
    (band,) = [band for band in row.bands if band.from_score == from_score]
    return band.weakness.replace("{unit}", "ส่วนราชการ")


@pytest.mark.parametrize(
    ("score", "from_score"),
    [("99.99", 95), ("95.00", 95), ("94.99", 85), ("85.00", 85), ("84.99", 0), ("0.00", 0)],
)
def test_the_score_chooses_the_band(score, from_score):
    text = remark(filled({"i1": score}), "i1")
    assert text.startswith(weakness("i1", from_score))
    assert ("ดังนั้น เทศบาลตำบลควนเสาธงต้องเร่ง" in text) == (from_score == 0)
    assert ("ดังนั้น เทศบาลตำบลควนเสาธงควร" in text) == (from_score > 0)


@pytest.mark.parametrize(("score", "from_score"), [("50.00", 50), ("25.00", 50), ("0.00", 0)])
def test_an_item_has_a_draft_for_some_and_one_for_none(score, from_score):
    start = weakness("o25", from_score).split("{because}")
    assert remark(filled({"o25": score}), "o25").startswith(start[0] + start[1])


def test_the_lower_half_chooses_the_band():
    report = filled({"e9": ("99.00", "80.00"), "e1": ("90.00", "100.00")})
    assert remark(report, "e9").startswith(weakness("e9", 0))
    assert remark(report, "e1").startswith(weakness("e1", 85))
    (row,) = [row for row in report.plan if row.issue == 2]
    assert row.findings == (
        "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน (e1)",
        "ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน (e9)",
        "ข้อ e9 (ส่วนที่ 2) ได้ 80.00 คะแนน ต่ำที่สุดในประเด็นนี้และต่ำกว่า 85 คะแนน จึงต้องเร่งปรับปรุง",
    )


def test_the_reason_of_itas_is_quoted_where_the_clerk_typed_it():
    data = clean_data(YEAR, {"o25": "50.00", "o26": "0.00"}, remarks=[])
    row_of(data, "o25")["reason"] = "ไม่พบแผน\nของปีปัจจุบัน"
    report = draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)
    quoted = "ตามที่ระบบ ITAS แจ้งเหตุผลว่า “ไม่พบแผน ของปีปัจจุบัน” โดย"
    assert quoted in remark(report, "o25")
    assert "ITAS" not in remark(report, "o26")


def test_nobodys_text_is_changed():
    own = [
        {"code": "i2", "text": "ของเจ้าหน้าที่"},
        {"code": "i1", "text": " - "},
        {"code": "e1", "text": "…"},
        {"code": "o2", "text": ""},
        {"code": "i3", "text": "ข้อที่ได้เต็ม"},
    ]
    scores = {"i1": "90.00", "i2": "90.00", "e1": ("90.00", "90.00"), "o1": "0.00", "o2": "0.00"}
    plan = [
        {"issue": "3", "steps": ["ของเจ้าหน้าที่"]},
        {"issue": "2", "measures": ["-"], "steps": [" – "]},
        {"issue": "4", "measures": [""]},
    ]
    report = filled(scores, remarks=own, plan=plan)
    assert [row.code for row in report.remarks] == ["i2", "i1", "e1", "o2", "i3", "o1"]
    assert [row.draft for row in report.remarks] == [False, True, True, False, False, True]
    kept = [row.text for row in report.remarks if not row.draft]
    assert kept == ["ของเจ้าหน้าที่", "", "ข้อที่ได้เต็ม"]  # "": empty on purpose
    assert [row.issue for row in report.plan] == [1, 3, 2, 4, 5, 6, 7]
    own = report.plan[1]
    assert not own.draft
    assert (own.measures, own.steps) == ((), ("ของเจ้าหน้าที่",))
    assert (report.plan[3].draft, report.plan[3].measures) == (False, ("",))


def test_filling_twice_is_filling_once():
    once = filled({"i1": "90.00", "o1": "0.00"})
    assert draft.fill(once, YEAR, KINDS, DRAFTS) is once


def test_a_report_without_anything_empty_stays_itself():
    report = Report.model_validate(clean_data(YEAR, {"i1": "90.00"}))
    assert draft.fill(report, YEAR, KINDS, DRAFTS) is report


def test_a_threshold_of_the_agency_spares_remarks_but_not_findings():
    data = clean_data(YEAR, {"i1": "96.00", "i2": "94.00"}, remarks=[], plan=[])
    data["agency"]["maintain_from"] = "95"
    report = draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)
    assert [row.code for row in report.remarks] == ["i2"]
    assert "(i1, i2)" in report.plan[0].findings[0]


def test_an_issue_without_low_scores_is_to_be_maintained():
    report = filled({"i1": "90.00"}, issues=[])
    assert report.plan[5].findings == (
        "ตัวชี้วัดที่ 3 การใช้อำนาจ (i7, i8, i9)",
        "ตัวชี้วัดย่อยที่ 9.4 การบริหารและพัฒนาทรัพยากรบุคคล (o14, o15, o16)",
        "ทุกข้อได้ 100 คะแนน จึงกำหนดมาตรการเพื่อรักษาระดับ",
    )


def test_missing_scores_are_not_called_full():
    data = clean_data(YEAR, remarks=[], plan=[])
    for code in ("i10", "i11", "i12", "i7"):
        row = row_of(data, code)
        row.clear()
        row.update({"code": code, "missing": "ไม่ถูกประเมิน"})
    report = draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)
    assert "ยังไม่ทราบคะแนน" in report.plan[3].findings[-1]
    assert "ทุกข้อที่ทราบคะแนนได้ 100" in report.plan[5].findings[-1]
    assert report.remarks == ()


def test_the_agencys_own_grouping_is_quoted():
    report = filled({"o1": "50.00"}, issues=[{"no": "4", "items": ["i10", "i11", "i12", "o1"]}])
    assert "ตัวชี้วัดย่อยที่ 9.1 ข้อมูลพื้นฐาน (o1)" in report.plan[3].findings


def test_where_the_split_is_unknown_codes_are_quoted_alone():
    year = catalogue.load(2569)
    data = clean_data(year, {"o5": "50.00", "o6": "0.00", "i1": "90.00"}, remarks=[], plan=[])
    report = draft.fill(Report.model_validate(data), year, KINDS, draft.load(2569))
    assert report.plan[0].findings == (
        "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ (i1)",
        "การเปิดเผยข้อมูลสาธารณะ (OIT) ข้อ o5, o6",
        "ข้อ o6 ได้ 0.00 คะแนน ต่ำที่สุดในประเด็นนี้และต่ำกว่า 85 คะแนน จึงต้องเร่งปรับปรุง",
    )


@pytest.mark.parametrize(
    ("kind", "name", "units", "said"),
    [
        (
            "เทศบาลตำบล", "ควนเสาธง", [],
            ("สำนักปลัดเทศบาล", "พนักงานเทศบาล", "เทศบัญญัติ", "นายกเทศมนตรีตำบลควนเสาธง"),
        ),
        (
            "องค์การบริหารส่วนตำบล", "ควนเสาธง", [],
            ("กองคลัง", "พนักงานส่วนตำบล", "ข้อบัญญัติ", "นายกองค์การบริหารส่วนตำบลควนเสาธง"),
        ),
        (
            "เมืองพัทยา", "", [],
            ("สำนักคลัง", "บุคลากรของหน่วยงาน", "ข้อบัญญัติ", "ส่วนราชการ", "นายกเมืองพัทยา"),
        ),
        (
            "หน่วยงานอื่น", "วิทยาลัยควนเสาธง", [],
            ("ผู้บริหารสูงสุดของหน่วยงาน", "ส่วนงานที่รับผิดชอบงานบุคคล"),
        ),
        ("หน่วยงานอื่น", "วิทยาลัยควนเสาธง", ["ฝ่ายพัสดุ", "ฝ่ายบุคคล"], ("ฝ่ายพัสดุ", "ฝ่ายบุคคล")),
    ],
)  # fmt: skip
def test_the_kind_of_agency_decides_words_and_units(kind, name, units, said):
    data = clean_data(YEAR, dict.fromkeys(YEAR.codes[:15], "80.00"), remarks=[], plan=[])
    data["agency"] |= {"kind": kind, "name": name, "units": units}
    text = yamlwrite.report(draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)).decode()
    assert [words for words in said if words not in text] == []
    if kind == "หน่วยงานอื่น":
        others = ("เทศบัญญัติ", "ข้อบัญญัติ", "พนักงานเทศบาล", "นายก", "ส่วนราชการ")
        assert not any(word in text for word in others)


def test_what_another_catalogue_calls_otherwise_is_left_alone():
    """An agency's own catalogue may renumber: a draft of another subject is worse than none."""
    text = catalogue.export(2568).decode()
    for old, new in (
        ('code: o1, name: "โครงสร้างและอำนาจหน้าที่"', 'code: o1, name: "เรื่องใหม่"'),
        ("name: กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ", "name: ใหม่"),
    ):
        assert old in text
        text = text.replace(old, new)
    other = catalogue.read(text.encode(), "2568.yaml")
    data = clean_data(YEAR, {"o1": "0.00", "o2": "0.00"}, remarks=[], plan=[])
    report = draft.fill(Report.model_validate(data), other, KINDS, DRAFTS)
    assert [row.code for row in report.remarks] == ["o2"]
    assert [row.issue for row in report.plan] == [1, 2, 3, 5, 6, 7]


# -- the file ------------------------------------------------------------------------------


def packaged() -> str:
    return (assets.catalogues_dir() / "drafts" / "2568.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "old", "new", "says"),
    [
        ("C241", "fiscal_year: 2568", "fiscal_year: [", "อ่านไฟล์ข้อความร่างไม่ได้"),
        ("C242", "reason:", "reasons:", "reason"),
        ("C242", "from_score: 95", "from_score: สูง", "remarks[1].bands[1].from_score"),
        ("C243", "{agency}ควรสอบทาน", "{office}ควรสอบทาน", "{office}"),
        ("C243", "{agency}ควรสอบทาน", "{agencyควรสอบทาน", "{ }"),
        ("C243", "{agency}ควรสอบทาน", "{agency!r}ควรสอบทาน", "{agency}"),
        ("C244", "- code: i2\n", "- code: i1\n", "ข้อ i2"),
        ("C244", "- issue: 2\n", "- issue: 9\n", "ประเด็นที่ 2"),
        ("C245", "from_score: 95", "from_score: 90", "90, 85, 0"),
        ("C246", "- code: i2\n", "- code: i16\n", "ข้อ i16 ไม่มีในแค็ตตาล็อกปี 2568"),
        ("C246", "- issue: 2\n", "- issue: 1\n", "ประเด็นที่ 1"),
        ("C247", "name: การปฏิบัติงานหรือให้บริการตามขั้นตอนและระยะเวลา", "name: อื่น", "“อื่น”"),
        ("C248", "fiscal_year: 2568", "fiscal_year: 2567", "2567"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_told_with_its_place(code, old, new, says):
    text = packaged()
    assert old in text
    with pytest.raises(ItaReportError) as caught:
        draft.read(text.replace(old, new, 1).encode(), "2568.yaml", YEAR)
    told = [problem for problem in caught.value.problems if problem.code == code]
    assert told
    assert told[0].place.file == "2568.yaml"
    assert any(says in str(problem) for problem in told)


def test_a_year_without_drafts():
    with pytest.raises(ItaReportError) as caught:
        draft.load(max(draft.known_years()) + 1)
    assert [problem.code for problem in caught.value.problems] == ["C240"]
    assert ", ".join(map(str, draft.known_years())) in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path, monkeypatch):
    (tmp_path / "drafts" / "2568.yaml").mkdir(parents=True)
    monkeypatch.setattr(assets, "catalogues_dir", lambda: tmp_path)
    with pytest.raises(ItaReportError) as caught:
        draft.load(2568)
    assert [problem.place.file for problem in caught.value.problems] == ["2568.yaml"]
    assert [problem.code for problem in caught.value.problems] == ["C241"]


def test_every_year_with_a_catalogue_has_drafts():
    assert draft.known_years() == catalogue.known_years()
    for fiscal_year in draft.known_years():
        year = catalogue.load(fiscal_year)
        assert list(draft_rules.violations(draft.load(fiscal_year), year)) == []
