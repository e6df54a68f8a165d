"""Filling: what is empty gets the right draft, and nobody's text is changed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from itareport import check, draft, plain
from itareport.draft import draft_rules
from itareport.files import assets
from itareport.ita import catalogue, codes
from itareport.ita.measures import pointers
from itareport.ita.model import Report
from itareport.problems import ItaReportError
from itareport.reading import yamlwrite
from reports import KINDS, Given, clean_data, row_of

YEAR = catalogue.load(2568)
DRAFTS = draft.load(2568)
BANDS = "bands:\n      - from_score"


def filled(scores=None, **changes):
    """Return a report with these scores, without remarks and plan but for `changes`, filled."""
    data = clean_data(YEAR, scores or {}, remarks=[], plan=[]) | changes
    return draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)


def remark(report, code):
    (found,) = [row for row in report.remarks if row.code == code]
    assert found.draft
    return found.text


def beginning(code, from_score):
    """Return how the drafts of that band begin, up to the first blank."""
    row = next(row for row in DRAFTS.remarks if row.code == code)
    (band,) = [band for band in row.bands if band.from_score == from_score]
    return band.weakness.replace("{code}", code).split("{")[0]


@pytest.mark.parametrize(
    ("score", "from_score"),
    [("99.99", 95), ("95.00", 95), ("94.99", 85), ("85.00", 85), ("84.99", 0), ("0.00", 0)],
)
def test_the_score_chooses_the_band(score, from_score):
    text = remark(filled({"i1": score}), "i1")
    assert text.startswith(beginning("i1", from_score))
    assert ("อยู่ในระดับดี และยังพัฒนาได้อีก" in text) == (from_score == 95)
    assert (f"ได้ {score} คะแนน ต่ำกว่า 85 คะแนน" in text) == (from_score == 0)


@pytest.mark.parametrize(
    ("score", "said"),
    [
        ("50.00", "ได้คะแนนเพียงบางส่วน (50.00 คะแนน)"),
        ("25.00", "ได้คะแนนเพียงบางส่วน (25.00 คะแนน)"),
        ("0.00", "ไม่ได้รับคะแนน (0.00 คะแนน)"),
    ],
)
def test_an_item_has_a_draft_for_some_and_one_for_none(score, said):
    text = remark(filled({"o25": score}), "o25")
    assert text.startswith(f"ข้อ o25 แผนปฏิบัติการป้องกันการทุจริต {said}")


def test_the_lower_half_chooses_the_band():
    report = filled({"e9": ("99.00", "80.00"), "e1": ("90.00", "100.00")})
    assert "ได้ 80.00 คะแนน ในส่วนที่ 2 ต่ำกว่า 85 คะแนน" in remark(report, "e9")
    assert remark(report, "e1").startswith(beginning("e1", 85))
    first, second = [row for row in report.plan if row.issue == 2]
    assert first.findings == (
        "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน (e1)",
        "ข้อคำถาม e1 (ส่วนที่ 1) ได้ 90.00 คะแนน จึงควรปรับปรุง",
    )
    assert second.findings == (
        "ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน (e9)",
        "ข้อคำถาม e9 (ส่วนที่ 2) ได้ 80.00 คะแนน ต่ำกว่า 85 คะแนน จึงต้องเร่งปรับปรุง",
    )


def test_halves_that_are_as_low_are_not_told_apart():
    report = filled({"e9": ("80.00", "80.00")})
    assert "ได้ 80.00 คะแนน ต่ำกว่า 85 คะแนน" in remark(report, "e9")


@pytest.mark.parametrize(
    ("parts", "keep_from", "said"),
    [
        (
            ("79.00", "80.00"),
            "100",
            "79.00 คะแนน ในส่วนที่ 1 และ 80.00 คะแนน ในส่วนที่ 2 ต่ำกว่า 85",
        ),
        (("79.00", "85.00"), "100", "ได้ 79.00 คะแนน ในส่วนที่ 1 ต่ำกว่า 85 คะแนน"),
        (("99.00", "98.00"), "100", "99.00 คะแนน ในส่วนที่ 1 และ 98.00 คะแนน ในส่วนที่ 2"),
        (("99.00", "100.00"), "100", "99.00 คะแนน ในส่วนที่ 1 อยู่ในระดับดี"),
        (("99.00", "98.00"), "98.50", "98.00 คะแนน ในส่วนที่ 2 อยู่ในระดับดี"),
    ],
)
def test_both_halves_are_told_where_what_is_weak_is_true_of_both(parts, keep_from, said):
    agency = clean_data(YEAR)["agency"] | {"maintain_from": keep_from}
    text = remark(filled({"e9": parts}, agency=agency), "e9")
    assert said in text
    assert len(text) <= draft.LONGEST


BELOW = "ต่ำกว่า 85 คะแนน"
TWO_HALVES = "ข้อคำถาม e8 (ส่วนที่ 2) และ e9 (ส่วนที่ 1)"
HURRY, IMPROVE, HIGH = "จึงต้องเร่งปรับปรุง", "จึงควรปรับปรุง", "จึงควรพัฒนาต่อไป"


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (
            {"e8": ("82.00", "83.00"), "e9": ("79.00", "80.00")},
            [f"ข้อคำถาม e8 และ e9 ได้ระหว่าง 79.00 – 83.00 คะแนน {BELOW} {HURRY}"],
        ),
        (
            {"e9": ("79.00", "80.00")},
            [f"ข้อคำถาม e9 ได้ 79.00 คะแนน ในส่วนที่ 1 และ 80.00 คะแนน ในส่วนที่ 2 {BELOW} {HURRY}"],
        ),
        (
            {"e8": ("97.00", "82.00"), "e9": ("79.00", "97.00")},
            [f"ข้อคำถาม e8 (ส่วนที่ 2) และ e9 (ส่วนที่ 1) ได้ระหว่าง 79.00 – 82.00 คะแนน {BELOW} {HURRY}"],
        ),
        (
            {"e2": ("80.00", "80.00"), "e3": ("81.00", "81.00")}
            | {"e8": ("82.00", "82.00"), "e7": ("79.00", "79.00")},
            [
                f"ข้อคำถาม e2 และ e3 ได้ระหว่าง 80.00 – 81.00 คะแนน {BELOW} {IMPROVE}",
                f"ข้อคำถาม e7 และ e8 ได้ระหว่าง 79.00 – 82.00 คะแนน {BELOW} {HURRY}",
            ],
        ),
        (
            {"e1": ("75.00", "75.00"), "o9": "0.00", "o10": "50.00", "o20": "50.00"}
            | {"e7": ("84.00", "90.00"), "e8": ("96.00", "96.00")},
            [
                f"ข้อคำถาม e1 ได้ 75.00 คะแนน {BELOW} {IMPROVE}",
                f"ข้อ o9 และอีก 3 ข้อ ได้ระหว่าง 0.00 – 84.00 คะแนน {BELOW} {HURRY}",
            ],
        ),
        (
            {"e1": ("75.00", "75.00"), "e7": ("96.00", "96.00"), "e8": ("97.00", "97.00")},
            [
                f"ข้อคำถาม e1 ได้ 75.00 คะแนน {BELOW} {HURRY}",
                f"ข้อคำถาม e7 ได้ 96.00 คะแนน {HIGH}",
            ],
        ),
        (
            {"o9": "0.00", "o10": "0.00", "o11": "50.00"},
            [f"ข้อ o9 ข้อ o10 และข้อ o11 ได้ระหว่าง 0.00 – 50.00 คะแนน {BELOW} {HURRY}"],
        ),
        (
            {"o9": "50.00", "o10": "50.00"},
            [f"ข้อ o9 และข้อ o10 ได้ 50.00 คะแนน {BELOW} {HURRY}"],
        ),
        (
            {"e7": ("96.00", "96.00"), "e8": ("97.00", "97.00")},
            [f"ข้อคำถาม e7 ได้ 96.00 คะแนน ต่ำที่สุดในประเด็น {HIGH}"],
        ),
        (
            {"e7": ("94.99", "96.00")},
            [f"ข้อคำถาม e7 (ส่วนที่ 1) ได้ 94.99 คะแนน ต่ำที่สุดในประเด็น {IMPROVE}"],
        ),
    ],
)
def test_each_row_of_the_plan_says_all_of_its_questions_that_are_below_85(scores, said):
    rows = [row for row in filled(scores).plan if row.issue == 2]
    assert [row.findings[-1] for row in rows] == said


@pytest.mark.parametrize("score", ["90.00", "96.00"])
def test_what_stands_alone_or_is_as_low_as_all_is_not_called_the_lowest(score):
    same = filled(dict.fromkeys(("i10", "i11", "i12"), score)).plan[3]
    assert same.findings[-1].startswith(f"ข้อคำถาม i10 i11 และ i12 ได้ {score} คะแนน จึงควร")
    alone = next(row for row in by_indicators({4: score}).plan if row.issue == 4)
    assert alone.findings[-1].startswith(f"ตัวชี้วัดที่ 4 ได้ {score} คะแนน จึงควร")


def test_of_issues_that_are_as_low_the_one_with_most_low_scores_gets_two():
    few = {"i1": "90.00", "o5": "0.00"}
    many = {"i13": "90.00", "o17": "0.00", "o18": "0.00"}
    plan = [{"issue": "2", "measures": ["ก"]}]
    assert measures(filled(few | many, plan=plan)) == [1, 2, 3, 4, 5, 6, 7, 7]


def test_from_its_own_threshold_on_a_score_may_still_be_raised():
    agency = clean_data(YEAR)["agency"] | {"maintain_from": "90"}
    assert filled({"i1": "90.00"}, agency=agency).plan[0].findings[-1].endswith(HIGH)
    assert filled({"i1": "89.99"}, agency=agency).plan[0].findings[-1].endswith(IMPROVE)


def test_a_draft_beside_a_confirmed_row_that_hurries_does_not():
    made = filled({"i1": "70.00", "o5": "0.00"})
    first, second, *rest = made.plan
    assert second.findings[-1].endswith(HURRY)
    plan = (first, second.model_copy(update={"draft": False}), *rest)
    again = draft.fill(made.model_copy(update={"plan": plan}), YEAR, KINDS, DRAFTS, refresh=True)
    assert again.plan[0].findings[-1] == f"ข้อคำถาม i1 ได้ 70.00 คะแนน {BELOW} {IMPROVE}"


def with_reasons(scores, reasons, causes=()):
    data = clean_data(YEAR, scores, remarks=[], plan=[])
    for code, reason in reasons.items():
        row_of(data, code)["reason"] = reason
    for code, cause in dict(causes).items():
        row_of(data, code)["cause"] = cause
    return draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)


def test_the_reason_of_itas_stands_alone_and_never_beside_a_guess():
    scores = {"o25": "50.00", "o26": "0.00", "o27": "0.00", "i1": "90.00", "i3": "70.00"}
    report = with_reasons(
        scores,
        {
            "o25": "ไม่พบแผน\nของปีปัจจุบัน",
            "o27": "เนื่องจากลิงก์เปิดไม่ได้",
            "i1": "ควรปรับปรุงคู่มือ",
            "i3": "ควรสื่อสารนโยบาย",
        },
    )
    assert remark(report, "o25") == (
        "ข้อ o25 แผนปฏิบัติการป้องกันการทุจริต ได้คะแนนเพียงบางส่วน (50.00 คะแนน) "
        "เนื่องจาก “ไม่พบแผน ของปีปัจจุบัน” หน่วยงานควรแก้ไขตามข้อสังเกตดังกล่าวและเผยแพร่ใหม่ (มาตรการที่ 7.1)"
    )
    assert "ITAS" not in remark(report, "o26")
    assert "โดยระบบ ITAS ระบุว่า “เนื่องจากลิงก์เปิดไม่ได้” หน่วยงานควร" in remark(report, "o27")
    said = "ข้อคำถาม i1 ได้ 90.00 คะแนน โดยระบบ ITAS ระบุว่า “ควรปรับปรุงคู่มือ” ดังนั้น หน่วยงานควร"
    assert remark(report, "i1").startswith(said)
    assert "บางส่วนเห็นว่า" not in remark(report, "i1")
    assert remark(report, "i3").startswith("ข้อคำถาม i3 ได้ 70.00 คะแนน โดยระบบ ITAS")


def test_the_known_cause_stands_between_what_is_weak_and_what_to_do():
    scores = {"i1": "96.00", "i2": "90.00", "o25": "50.00", "o26": "0.00", "i3": "70.00"}
    causes = {"i1": "คู่มือฉบับเดิม", "i2": "เพราะมีบุคลากรใหม่", "o25": "ผู้รับผิดชอบ\nโอนย้าย"}
    report = with_reasons(scores, {"o26": "ไม่พบ", "i3": "ควรสื่อสาร"}, causes | {
        "o26": "ยังไม่ได้ลงนาม", "i3": "ยังไม่ได้ประชุม",
    })  # fmt: skip
    assert remark(report, "i1") == (
        "การปฏิบัติงานและให้บริการตามขั้นตอนและระยะเวลา ได้ 96.00 คะแนน อยู่ในระดับดี และยังพัฒนาได้อีก "
        "สาเหตุที่ทราบคือ คู่มือฉบับเดิม "
        "จึงควรทบทวนขั้นตอนและระยะเวลาในคู่มือให้เป็นปัจจุบัน (มาตรการที่ 1.1)"
    )
    assert "ยังไม่เท่าเทียมกันเท่าที่ควร ทั้งนี้ เพราะมีบุคลากรใหม่ จึงควร" in remark(report, "i2")
    assert remark(report, "o25").startswith(
        "ข้อ o25 แผนปฏิบัติการป้องกันการทุจริต ได้คะแนนเพียงบางส่วน (50.00 คะแนน) "
        "สาเหตุที่ทราบคือ ผู้รับผิดชอบ โอนย้าย หน่วยงานควรตรวจ"
    )
    both = "เนื่องจาก “ไม่พบ” สาเหตุที่ทราบคือ ยังไม่ได้ลงนาม หน่วยงานควรแก้ไขตามข้อสังเกตดังกล่าว"
    assert both in remark(report, "o26")
    assert remark(report, "i3").startswith(
        "ข้อคำถาม i3 ได้ 70.00 คะแนน โดยระบบ ITAS ระบุว่า “ควรสื่อสาร” สาเหตุที่ทราบคือ ยังไม่ได้ประชุม จึงควร"
    )


def test_a_reason_is_said_once_and_quoted_once():
    report = with_reasons({"o8": "0.00"}, {"o8": "“ไม่พบคู่มือ”"}, {"o8": "ไม่พบคู่มือ."})
    (remark,) = report.remarks
    assert remark.text.count("ไม่พบคู่มือ") == 1
    assert "เนื่องจาก “ไม่พบคู่มือ” หน่วยงานควร" in remark.text


def test_a_long_cause_takes_the_room_of_the_programs_own_words():
    cause = "ผู้รับผิดชอบหลักโอนย้ายไปหน่วยงานอื่นและยังไม่มีผู้มาแทน"
    scores = {"i1": "90.00", "o23": "50.00"}
    report = with_reasons(scores, {}, dict.fromkeys(scores, cause))
    assert remark(report, "i1").startswith(
        f"ข้อคำถาม i1 ได้ 90.00 คะแนน สาเหตุที่ทราบคือ {cause} ดังนั้น หน่วยงานควรทบทวน"
    )
    name = YEAR.item("o23").name
    assert remark(report, "o23") == (
        f"ข้อ o23 {name} ได้ 50.00 คะแนน สาเหตุที่ทราบคือ {cause} "
        "หน่วยงานควรแก้ไขและเผยแพร่ใหม่ (มาตรการที่ 7.1)"
    )


def test_a_long_reason_takes_the_room_of_the_programs_own_words():
    reason = "ไม่พบรายละเอียดของมาตรการตามแบบที่กำหนด"
    report = with_reasons({"o23": "50.00"}, {"o23": reason})
    assert remark(report, "o23") == (
        f"ข้อ o23 {YEAR.item('o23').name} ได้ 50.00 คะแนน เนื่องจาก “{reason}” "
        "หน่วยงานควรแก้ไขและเผยแพร่ใหม่ (มาตรการที่ 7.1)"
    )
    assert len(remark(report, "o23")) <= draft.LONGEST


def test_a_cause_that_becomes_known_renews_what_is_still_a_draft():
    before = filled({"i1": "90.00", "i2": "90.00"})
    first, second = before.remarks
    taken = second.model_copy(update={"draft": False})
    scores = tuple(row.model_copy(update={"cause": "คู่มือเก่า"}) for row in before.scores)
    changed = before.model_copy(update={"scores": scores, "remarks": (first, taken)})
    assert draft.fill(changed, YEAR, KINDS, DRAFTS).remarks == (first, taken)
    again = draft.fill(changed, YEAR, KINDS, DRAFTS, refresh=True)
    assert "สาเหตุที่ทราบคือ คู่มือเก่า" in remark(again, "i1")
    assert again.remarks[1] == taken


# -- measures and their numbers ------------------------------------------------------------


def measures(report):
    return [row.issue for row in report.plan]


def of_size(size, scores):
    data = clean_data(YEAR, scores, remarks=[], plan=[])
    data["agency"] |= {"size": size} if size else {}
    return draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)


LOW: dict[str, Given] = {code: "60.00" for code in YEAR.codes if code[0] == "i"}
LOW |= {code: ("70.00", "75.00") for code in YEAR.codes if code[0] == "e"}
LOW |= {code: "50.00" for code in YEAR.codes if code[0] == "o"}


@pytest.mark.parametrize(("size", "most"), [(None, 8), ("เล็ก", 8), ("กลาง", 9), ("ใหญ่", 9)])
def test_the_size_limits_the_measures_and_the_lowest_issues_get_two(size, most):
    report = of_size(size, LOW | {"o12": "0.00"})
    assert len(report.plan) == most
    assert measures(report).count(5) == 2  # with the lowest score of all
    assert measures(of_size(size, {})) == [1, 2, 3, 4, 5, 6, 7]


def test_only_a_score_below_85_is_worth_a_second_measure():
    assert measures(filled({"i1": "85.00", "o5": "100.00"})) == [1, 2, 3, 4, 5, 6, 7]
    report = filled({"i1": "85.00", "i12": "84.99", "i10": "90.00"})
    assert measures(report) == [1, 2, 3, 4, 4, 5, 6, 7]
    assert "(มาตรการที่ 4.1)" in remark(report, "i10")
    assert "(มาตรการที่ 4.2)" in remark(report, "i12")


def test_an_issue_whose_items_alone_are_low_has_their_measure():
    report = filled({"o8": "0.00"})
    assert measures(report) == [1, 2, 3, 4, 5, 6, 7]
    assert report.plan[0].measures == (DRAFTS.plan[0].extra.measure,)
    assert "(มาตรการที่ 1.1)" in remark(report, "o8")
    both = filled({"o8": "0.00", "i1": "90.00"}, plan=[{"issue": "2", "measures": ["ก", "ข"]}])
    assert [row.measures[0] for row in both.plan[:2]] == [
        DRAFTS.plan[0].improve.measure,
        "ก",
    ]  # the two of the agency leave room for no second
    assert both.plan[0].steps[-1] == DRAFTS.plan[0].extra.short


def test_a_large_agency_has_a_working_group():
    scores = {"o25": "0.00", "i13": "70.00"}
    assert "แต่งตั้งคณะทำงาน" in of_size("ใหญ่", scores).plan[-1].steps[0]
    assert "แต่งตั้งคณะทำงาน" not in of_size("เล็ก", scores).plan[-1].steps[0]


def test_a_remark_points_to_a_row_that_the_agency_wrote():
    plan = [
        {"issue": "1", "measures": ["ก", "ข"], "findings": ["ตัวชี้วัดที่ 1"]},
        {"issue": "2", "measures": ["ค"]},
        {"issue": "1", "measures": ["ง"], "findings": ["ข้อ i2"]},
        {"issue": "3", "steps": ["จ"]},
    ]
    low = ("90.00", "90.00")
    report = filled({"i1": "90.00", "i2": "90.00", "e1": low, "e4": low}, plan=plan)
    assert remark(report, "i1").endswith("(มาตรการที่ 1.1)")
    assert remark(report, "i2").endswith("(มาตรการที่ 1.3)")
    assert remark(report, "e1").endswith("(มาตรการที่ 2.1)")
    assert "มาตรการที่" not in remark(report, "e4")  # the row has no measure to point to


BOTH = ("{} – มีนาคม 2569 (จัดทำและเผยแพร่)", "เมษายน – กันยายน 2569 (กำกับติดตาม)")
LATE = ("{}กันยายน 2569 (จัดทำ เผยแพร่ และกำกับติดตาม)",)


@pytest.mark.parametrize(
    ("signed", "start", "wanted"),
    [
        ("", "ตุลาคม 2568", BOTH),
        ("1 กันยายน 2568", "ตุลาคม 2568", BOTH),
        ("9 มกราคม 2569", "มกราคม", BOTH),
        ("31 มีนาคม 2569", "", ("{}มีนาคม 2569 (จัดทำและเผยแพร่)", BOTH[1])),
        ("2 พฤษภาคม 2569", "พฤษภาคม – ", LATE),
        ("2 มกราคม 2571", "", LATE),
    ],
)
def test_no_period_begins_before_the_month_of_signing(signed, start, wanted):
    people = [{"role": "ก", "date": signed}] if signed else [{"role": "ก"}]
    said = tuple(text.format(start) for text in wanted)
    assert {row.period for row in filled(signatures=people).plan} == {said}


def test_the_last_of_several_who_sign_settles_the_month():
    dates = ("9 มกราคม 2569", "2 กุมภาพันธ์ 2569", "")
    people = [{"role": "ก", **({"date": date} if date else {})} for date in dates]
    begins = {row.period[0].split(" – ")[0] for row in filled(signatures=people).plan}
    assert begins == {"กุมภาพันธ์"}


# -- drafts made anew ----------------------------------------------------------------------


def refreshed(report, **scores):
    rows = [
        row.model_copy(update={"score": Decimal(scores[row.code])}) if row.code in scores else row
        for row in report.scores
    ]
    changed = report.model_copy(update={"scores": tuple(rows)})
    return draft.fill(changed, YEAR, KINDS, DRAFTS, refresh=True)


def test_what_is_still_a_draft_follows_the_scores():
    before = filled({"i1": "90.00", "i2": "90.00", "i12": "70.00", "i10": "90.00"})
    after = refreshed(before, i1="80.00", i2="100.00", i12="96.00")
    assert [row.code for row in after.remarks] == ["i1", "i10", "i12"]
    assert "80.00 คะแนน" in remark(after, "i1")
    assert measures(before) == [1, 2, 3, 4, 4, 5, 6, 7]
    assert measures(after) == [1, 2, 3, 4, 5, 6, 7]
    assert "(i1)" in after.plan[0].findings[0]
    assert refreshed(after) is not after
    assert refreshed(after) == after


def test_columns_that_no_draft_has_stay():
    before = filled({"i10": "90.00", "i12": "96.00"})
    own = {"follow_up": ("ทุกรอบ",), "budget": ("ไม่ใช้งบประมาณ",)}
    typed = tuple(row.model_copy(update=own) for row in before.plan)
    after = refreshed(before.model_copy(update={"plan": typed}), i12="70.00")
    assert [row.budget for row in after.plan] == [own["budget"]] * 4 + [()] + [own["budget"]] * 3
    assert after.plan[0].follow_up == own["follow_up"]


def test_a_second_measure_is_put_beside_the_first():
    before = filled({"i10": "90.00", "i12": "96.00"})
    assert measures(refreshed(before, i12="70.00")) == [1, 2, 3, 4, 4, 5, 6, 7]


def test_confirmed_texts_are_left_alone():
    before = filled({"i1": "90.00", "i2": "90.00", "i12": "70.00", "i10": "90.00"})
    confirmed = before.model_copy(
        update={
            "remarks": tuple(
                r.model_copy(update={"draft": r.code != "i1"}) for r in before.remarks
            ),
            "plan": tuple(
                r.model_copy(update={"draft": place not in (0, 3)})
                for place, r in enumerate(before.plan)
            ),
        }
    )
    after = refreshed(confirmed, i1="80.00", i2="80.00", i12="75.00")
    assert after.remarks[0] == confirmed.remarks[0]
    assert after.plan[0] == confirmed.plan[0]
    assert after.plan[3] == confirmed.plan[3]
    assert after.plan[4].measures == confirmed.plan[4].measures
    assert "i12 ได้ 75.00 คะแนน" in after.plan[4].findings[-1]
    assert "(มาตรการที่ 4.2)" in remark(after, "i12")
    gone = refreshed(confirmed, i12="100.00")
    assert measures(gone) == [1, 2, 3, 4, 5, 6, 7]  # the draft beside the confirmed row
    assert gone.plan[3] == confirmed.plan[3]


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
        "ทุกข้อได้ 100.00 คะแนน จึงกำหนดมาตรการเพื่อรักษาระดับ",
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
        f"ข้อคำถาม i1 ได้ 90.00 คะแนน {IMPROVE}",
    )
    assert report.plan[1].findings == (
        "การเปิดเผยข้อมูลสาธารณะ (OIT) ข้อ o5, o6",
        f"ข้อ o5 และข้อ o6 ได้ระหว่าง 0.00 – 50.00 คะแนน {BELOW} {HURRY}",
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
            ("ผู้บริหารสูงสุดของหน่วยงาน", "งานบริหารงานบุคคล", "ทุกส่วนงาน"),
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


FOLLOW_UP = (
    "ให้ผู้รับผิดชอบรายงานผลการดำเนินการต่อ{}"
    " รอบ 6 เดือน (ภายในเดือนเมษายน 2569) และรอบ 12 เดือน (ภายในเดือนตุลาคม 2569)"
)


@pytest.mark.parametrize(
    ("kind", "name", "to"),
    [
        ("เทศบาลตำบล", "ควนเสาธง", "นายกเทศมนตรีตำบลควนเสาธงผ่านปลัดเทศบาล"),
        (
            "องค์การบริหารส่วนตำบล", "ควนเสาธง",
            "นายกองค์การบริหารส่วนตำบลควนเสาธงผ่านปลัดองค์การบริหารส่วนตำบล",
        ),
        ("เมืองพัทยา", "เมืองพัทยา", "นายกเมืองพัทยาผ่านปลัดเมืองพัทยา"),
        ("หน่วยงานอื่น", "วิทยาลัยควนเสาธง", "ผู้บริหารสูงสุดของหน่วยงาน"),
    ],
)  # fmt: skip
def test_a_plan_without_a_follow_up_gets_one_paragraph(kind, name, to):
    data = clean_data(YEAR, {}, remarks=[], plan=[])
    data["agency"] |= {"kind": kind, "name": name}
    made = draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)
    assert made.follow_up == FOLLOW_UP.format(to)


@pytest.mark.parametrize(
    ("signed", "late"),
    [("30 เมษายน 2569", False), ("1 พฤษภาคม 2569", True), ("2 กันยายน 2569", True)],
)
def test_a_plan_signed_after_the_first_half_promises_no_report_of_it(signed, late):
    said = filled(signatures=[{"role": "ก", "date": signed}]).follow_up
    assert ("เมษายน" not in said) == late
    assert "ภายในเดือนตุลาคม 2569" in said


@pytest.mark.parametrize(
    ("units", "responsible"),
    [
        (["แผนกวิชาช่างยนต์", "ฝ่ายแผนงานและความร่วมมือ"], "ฝ่ายแผนงานและความร่วมมือ"),
        (["แผนกวิชาช่างยนต์", "สำนักงานวิชาการ", "กลุ่มอำนวยการ"], "กลุ่มอำนวยการ"),
        (["งานคลังเลือด"], "งานการเงินและพัสดุ"),
        (["งานคลังเลือด", "กลุ่มงานการเงิน"], "กลุ่มงานการเงิน"),
        (["งานแผนที่ภาษี", "กลุ่มงานคลัง"], "กลุ่มงานคลัง"),
        (["แผนกแผนงาน"], "แผนกแผนงาน"),
        (["กองวิชาการและแผนงาน"], "กองวิชาการและแผนงาน"),
        (["กองแผนและงบประมาณ"], "กองแผนและงบประมาณ"),
        (["งานบุคลากร"], "งานบุคลากร"),
    ],
)
def test_a_unit_is_responsible_by_its_work_and_not_by_a_part_of_its_name(units, responsible):
    agency = clean_data(YEAR)["agency"] | {"kind": "หน่วยงานอื่น", "name": "ก", "units": units}
    rows = filled({"i1": "80.00", "o5": "0.00", "i10": "80.00", "i7": "80.00"}, agency=agency).plan
    named = {text for row in rows for text in row.responsible}
    assert responsible in named
    assert named.isdisjoint({"แผนกวิชาช่างยนต์", "งานคลังเลือด", "สำนักงานวิชาการ"})


def test_a_follow_up_that_is_there_is_kept():
    assert filled(follow_up="รายงานทุกไตรมาส").follow_up == "รายงานทุกไตรมาส"
    whole = filled()
    rows = [row.model_dump(exclude_defaults=True) for row in whole.plan[1:]]
    rows[0]["follow_up"] = ["รายงานทุกเดือน"]
    assert filled(plan=rows).follow_up is None
    written = [row.model_dump(exclude={"draft"}, exclude_defaults=True) for row in whole.plan]
    assert filled(plan=written).follow_up is None  # nothing was drafted: nothing is promised


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


# -- a result that is known by indicators only ---------------------------------------------


def by_indicators(scores, year=2568, **changes):
    """Return a report with these scores of indicators, all others full, filled."""
    own = catalogue.load(year)
    data = clean_data(own, {}, remarks=[], plan=[], scores=[]) | changes
    result = data["result"]
    known = [
        {"no": row["no"], "score": scores.get(int(row["no"]), "100.00")}
        for row in result["indicators"]
    ]
    data["result"] = {"published": "ตัวชี้วัด", "indicators": known}
    return draft.fill(Report.model_validate(data), own, KINDS, draft.load(year))


INDICATORS = {1: "99.17", 6: "88.00", 7: "80.50"}


def test_an_indicator_below_the_threshold_has_a_remark_that_says_its_score_alone():
    made = by_indicators(INDICATORS)
    assert all(remark.draft and not remark.code for remark in made.remarks)
    texts = {remark.indicator: remark.text for remark in made.remarks}
    assert list(texts) == [1, 6, 7]
    assert texts[1].startswith("ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ ได้ 99.17 คะแนน อยู่ในระดับดี และยังพัฒนาได้อีก")
    assert texts[6].startswith("ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน ได้ 88.00 คะแนน จึงควร")
    assert "ได้ 80.50 คะแนน ต่ำกว่า 85 คะแนน จึงควรจัด" in texts[7]
    assert texts[7].endswith("(มาตรการที่ 3.1)")
    assert max(map(len, texts.values())) <= 220


DISCLOSURE = {9: "75.12", 1: "96.77"}


@pytest.mark.parametrize("year", draft.known_years())
def test_an_indicator_of_several_issues_points_to_a_step_in_each(year):
    made = by_indicators(DISCLOSURE, year)
    plan = {row.issue: row for row in made.plan}
    low = [no for no, row in plan.items() if "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล" in row.findings]
    (text,) = [remark.text for remark in made.remarks if remark.indicator == 9]
    assert low == [1, 2, 3, 5, 6, 7]
    assert pointers(text) == tuple(f"{no}.1" for no in low)
    assert all(re.search("เผยแพร่.*ตามเกณฑ์|ตรวจลิงก์", str(plan[no].steps)) for no in low)
    (remedy,) = [row.remedy for row in draft.load(year).remedies if row.no == 9]
    assert f"จึงควร{remedy} (มาตรการที่ 1.1, 2.1" in text


@pytest.mark.parametrize("year", draft.known_years())
@pytest.mark.parametrize("score", ["96.00", "90.00", "70.00"])
def test_what_is_known_by_indicators_names_a_remedy_and_no_code(year, score):
    made = by_indicators(dict.fromkeys(range(1, 11), score), year)
    remedies = {row.no: row.remedy for row in draft.load(year).remedies}
    for remark in made.remarks:
        assert f"ควร{remedies[remark.indicator]} (" in remark.text
        assert "ตามมาตรการ" not in remark.text
    said = [text for row in made.plan for text in (*row.findings, *row.steps, *row.measures)]
    assert not [text for text in (*said, *(r.text for r in made.remarks)) if codes.find(text)]
    assert all(len(remark.text) <= draft.LONGEST for remark in made.remarks)


def test_an_indicator_that_only_the_second_measure_answers_has_it():
    made = by_indicators({8: "80.00"})
    (row,) = [row for row in made.plan if row.issue == 2]
    second = next(plan for plan in DRAFTS.plan if plan.issue == 2).extra
    assert row.measures == (second.measure,)


def test_of_several_rows_the_one_that_names_an_indicator_answers_it():
    row = {"measures": ["ก"], "steps": ["ข"], "period": ["ค"], "responsible": ["ง"]}
    plan = [
        row | {"issue": 4, "findings": ["ข้อ i10 ถึง i12"]},
        row | {"issue": 4, "findings": ["ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ"]},
    ]
    made = by_indicators({4: "80.00"}, plan=plan)
    assert made.remarks[0].text.endswith("(มาตรการที่ 4.2)")


def test_an_indicator_of_another_name_has_no_draft():
    text = catalogue.export(2568).decode().replace('"การใช้อำนาจ"', '"เรื่องใหม่"')
    other = catalogue.read(text.encode(), "2568.yaml")
    made = by_indicators({3: "80.00", 4: "80.00"})
    bare = made.model_copy(update={"remarks": (), "plan": ()})
    assert [r.indicator for r in draft.fill(bare, other, KINDS, DRAFTS).remarks] == [4]


def test_a_plan_by_indicators_improves_what_is_low_and_keeps_what_is_full():
    made = by_indicators(INDICATORS)
    rows = {row.issue: row for row in made.plan}
    assert rows[2].findings == (
        "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน",
        f"ตัวชี้วัดที่ 6 ได้ 88.00 คะแนน ต่ำที่สุดในประเด็น {IMPROVE}",
    )
    assert rows[3].findings[-1].endswith("ต่ำกว่า 85 คะแนน จึงต้องเร่งปรับปรุง")
    measures = {row.issue: row for row in DRAFTS.plan}
    assert rows[2].measures == (measures[2].improve.measure,)
    assert rows[4].measures == (measures[4].maintain.measure,)
    assert rows[4].findings == ("ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ", DRAFTS.findings.full_indicators)
    assert not any("ยังไม่ทราบ" in text for row in made.plan for text in row.findings)


@pytest.mark.parametrize("year", draft.known_years())
@pytest.mark.parametrize("scores", [{}, INDICATORS, dict.fromkeys(range(1, 11), "12.34")])
def test_drafts_by_indicators_say_nothing_that_the_checks_doubt(year, scores):
    own, following = catalogue.load(year), None
    if year + 1 in catalogue.known_years():
        following = catalogue.load(year + 1)
    made = by_indicators(scores, year)
    doubts = {p.code for p in check.check(made, own, following, KINDS)}
    assert not {code for code in doubts if "D340" <= code < "D38"}
    assert doubts.isdisjoint({"D284", "D223", "D216"})


@pytest.mark.parametrize("score", ["96.00", "90.00", "70.00"])
def test_remarks_of_indicators_do_not_all_open_alike(score):
    for year in draft.known_years():
        made = by_indicators(dict.fromkeys(range(1, 11), score), year)
        assert len({remark.text[:5] for remark in made.remarks}) == 2


@pytest.mark.parametrize("year", draft.known_years())
def test_an_indicator_points_to_no_measure_that_does_not_hold_its_remedy(year):
    made = by_indicators({10: "80.00"}, year)
    (remark,) = made.remarks
    assert pointers(remark.text) == ("7.1",)
    (row,) = [row for row in made.plan if row.issue == 7]
    assert any(
        "เผยแพร่ข้อมูลด้านการป้องกันการทุจริตให้ครบตามเกณฑ์" in text for text in (*row.measures, *row.steps)
    )


def test_indicators_are_counted_as_such():
    made = by_indicators({6: "80.00", 8: "70.00", 9: "60.00", 10: "50.00"}, 2569)
    (row,) = [row for row in made.plan if row.issue == 2]
    assert row.findings[-1].startswith("ตัวชี้วัดที่ 10 และอีก 3 ตัวชี้วัด ได้ระหว่าง 50.00 – 80.00 คะแนน")


@pytest.mark.parametrize(
    ("total", "follows", "way"),
    [
        ("84.99", "จึงควรปรับปรุง", "improve"),
        ("85.00", "จึงกำหนดมาตรการเพื่อให้การดำเนินงานเป็นไปอย่างต่อเนื่อง", "maintain"),
    ],
)
def test_where_the_total_alone_is_known_the_plan_follows_from_it(total, follows, way):
    data = clean_data(YEAR, {}, remarks=[], plan=[], scores=[])
    data["result"] = {"published": "ภาพรวม", "total": total, "level": "ผ่าน", "indicators": []}
    made = draft.fill(Report.model_validate(data), YEAR, KINDS, DRAFTS)
    said = f"ผลที่เผยแพร่มีเฉพาะคะแนนภาพรวม ได้ {total} คะแนน {follows}"
    assert {row.findings for row in made.plan} == {(said,)}
    assert [row.measures[0] for row in made.plan] == [
        getattr(row, way).measure for row in DRAFTS.plan
    ]


def test_what_somebody_says_of_an_indicator_or_a_tool_is_not_said_again():
    said = [{"indicator": "6", "text": "ควรปรับปรุง"}, {"tool": "IIT", "text": "ควรปรับปรุง"}]
    made = by_indicators(INDICATORS, remarks=said)
    assert [(r.indicator, r.tool, r.draft) for r in made.remarks] == [
        (6, None, False), (None, "IIT", False), (7, None, True)
    ]  # fmt: skip


def test_an_old_draft_of_an_indicator_is_made_anew():
    made = by_indicators(INDICATORS)
    result = made.result.model_copy(
        update={"indicators": tuple(
            row.model_copy(update={"score": Decimal("70.00")}) if row.no == 6 else row
            for row in made.result.indicators
        )}
    )  # fmt: skip
    again = draft.fill(
        made.model_copy(update={"result": result}), YEAR, KINDS, DRAFTS, refresh=True
    )
    assert [r.indicator for r in again.remarks] == [1, 6, 7]
    assert "ได้ 70.00 คะแนน ต่ำกว่า 85" in again.remarks[1].text
    assert "ได้ 70.00" in next(row for row in again.plan if row.issue == 2).findings[-1]


def test_a_batch_tells_which_indicators_were_drafted():
    made = by_indicators(INDICATORS)
    (told,) = draft.summary(made.model_copy(update={"remarks": (), "plan": ()}), made)
    assert "ตัวชี้วัดที่ 1, ตัวชี้วัดที่ 6" in str(told)


def test_a_report_without_a_total_is_written_and_read_back():
    made = by_indicators(INDICATORS)
    text = yamlwrite.report(made)
    assert b"None" not in text
    assert Report.model_validate(plain.read(text, "made.yaml").data) == made


# -- the file ------------------------------------------------------------------------------


def packaged() -> str:
    return (assets.catalogues_dir() / "drafts" / "2568.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "old", "new", "says"),
    [
        ("C241", "fiscal_year: 2568", "fiscal_year: [", "อ่านไฟล์ข้อความร่างไม่ได้"),
        ("C242", "reasons:", "reason:", "reasons"),
        ("C242", "causes:", "cause:", "causes"),
        ("C243", "คือ {cause}", "คือ {reason}", "{reason}"),
        ("C242", "from_score: 95", "from_score: สูง", "indicators[1].from_score"),
        ("C242", f"{BANDS}: 95", f"{BANDS}: สูง", "remarks[1].bands[1].from_score"),
        ("C243", "ตัวชี้วัดที่ {no} {name} ได้", "ตัวชี้วัดที่ {no} {code} ได้", "{code}"),
        ("C243", "ทุก{unit}", "ทุก{office}", "{office}"),
        ("C243", "ทุก{unit}", "ทุก{unit", "{ }"),
        ("C243", "ทุก{unit}", "ทุก{unit!r}", "{unit}"),
        ("C244", "- code: i2\n", "- code: i1\n", "ข้อ i2"),
        ("C244", "- issue: 2\n", "- issue: 9\n", "ประเด็นที่ 2"),
        ("C244", "  - no: 2\n    name: การใช้งบ", "  - no: 1\n    name: การใช้งบ", "ตัวชี้วัดที่ 2"),
        ("C246", "- no: 10\n", "- no: 11\n", "ตัวชี้วัดที่ 11"),
        ("C247", "name: การใช้อำนาจ", "name: อื่น", "“อื่น”"),
        ("C244", "  otherwise: {", "  # {", "ขนาดที่ไม่ทราบ"),
        ("C242", "  otherwise: {", "  จิ๋ว: {", "sizes"),
        ("C246", "answers: [o5, o6, o7, o8]", "answers: [o9]", "ข้อ o9"),
        ("C242", "first: 10", "first: 13", "periods[1].first"),
        ("C243", "(มาตรการที่ {measure})", "(มาตรการที่ {no})", "{no}"),
        ("C245", "from_score: 95", "from_score: 90", "ของตัวชี้วัด เริ่มที่ 90, 85, 0"),
        ("C245", f"{BANDS}: 95", f"{BANDS}: 90", "ของข้อ i1 เริ่มที่ 90, 85, 0"),
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
