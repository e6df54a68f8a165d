"""Rows of scores, of the official result, and of the own grouping."""

from __future__ import annotations

import pytest

from checks import (
    Case,
    add,
    both,
    changed,
    drop,
    errors_and_warnings,
    found,
    nothing,
    override,
    put,
    remark,
    remove,
    score,
    try_case,
)
from itareport import check
from itareport.ita import catalogue
from itareport.ita.model import Report
from reports import KINDS, Data

ISSUE_1 = ["i1", "i2", "i3", "o5", "o6", "o7", "o8"]
LAST_YEAR: list[Data] = [{"no": str(no), "score": "90"} for no in range(1, 11)]
E3_FOR_E7 = put("scores.21", {"code": "e3", "score": "83.81"})

CASES = {
    "D282": Case(
        both(put("signatures.0.date", "1/10/25"), add("signatures", {"date": "1 มกราคม 2611"})),
        both(put("signatures.0.date", "1/10/67"), add("signatures", {"date": "30/9/2569"})),
        ("signatures", 1, "date"),
        (
            "ผู้ลงนามคนที่ 1: วันที่ลงนาม 1 ตุลาคม 2525 อยู่นอกช่วง 1 ตุลาคม 2567 ถึง 30 กันยายน 2569",
            "(ผลปี 2568 แผนปี 2569) | โปรด",
        ),
    ),
    "D351": Case(
        both(put("result.announced", "15/8/2568"), put("signatures.0.date", "14/8/2568")),
        both(put("result.announced", "15/8/2568"), put("signatures.0.date", "15/8/2568")),
        ("signatures", 0, "date"),
        ("วันที่ลงนาม 14 สิงหาคม 2568 อยู่ก่อนวันที่ประกาศผล 15 สิงหาคม 2568 | โปรด",),
    ),
    "D352": Case(
        both(put("signatures.0.date", "15/12/68"), add("signatures", {}, {"date": "14/12/68"})),
        both(put("signatures.0.date", "15/12/68"), add("signatures", {}, {"date": "15/12/68"})),
        ("signatures", 2, "date"),
        ("วันที่ลงนาม 14 ธันวาคม 2568 อยู่ก่อนวันที่ 15 ธันวาคม 2568 ของผู้ลงนามคนที่ 1 | โปรด",),
    ),
    "D354": Case(
        add("signatures", {"position": ["นักวิเคราะห์นโยบายและแผน ชำนาญการ"]}),
        add("signatures", {"position": ["นักวิเคราะห์นโยบายและแผนชำนาญการ รักษาราชการแทน"]}),
        ("signatures", 1, "position", 0),
        (
            "ผู้ลงนามคนที่ 2: เขียนว่า “นักวิเคราะห์นโยบายและแผน ชำนาญการ” ซึ่ง",
            "| โปรดแก้เป็น “นักวิเคราะห์นโยบายและแผนชำนาญการ”",
        ),
    ),
    "D200": Case(drop("i7"), score("i7", missing="ไม่ถูกประเมิน"), ("scores",), ("ข้อ i7 ",)),
    "D201": Case(
        add("scores", {"code": "i2", "score": "98.33"}),
        nothing,
        ("scores", 52, "code"),
        ("ข้อ i2 ซ้ำกัน (คะแนน 100.00 และ 98.33)",),
    ),
    "D202": Case(
        E3_FOR_E7,
        add("scores", {"code": "e3", "score": "83.81"}),
        ("scores", 21, "code"),
        ("ข้อ e3 ซ้ำกัน และไม่พบข้อ e7 | โปรดตรวจว่าแถวหลังซึ่งได้ 83.81 ควรเป็นข้อ e7 หรือไม่",),
    ),
    "D203": Case(
        add("scores", {"code": "o31", "score": "100"}),
        nothing,
        ("scores", 52, "code"),
        ("ข้อ o31 ไม่มีในปี 2568 (มี o1 ถึง o28) | อาจเป็นเลขข้อของปี 2567 โปรดเทียบชื่อข้อแล้วแก้เลขข้อ",),
    ),
    "D204": Case(
        override(1, ISSUE_1[:-1]),
        override(1, ISSUE_1),
        ("scores", 31, "code"),
        ("ข้อ o8 ได้ 100.00 แต่ไม่อยู่ในประเด็นใด", "ในประเด็นที่ 1 ตามการจัดข้อของปี 2568"),
    ),
    "D205": Case(override(8, ["i1"]), override(1, ISSUE_1), ("issues", 0, "no"), ("1 ถึง 7",)),
    "D206": Case(
        both(override(1, ISSUE_1), override(1, ISSUE_1)),
        override(1, ISSUE_1),
        ("issues", 1, "no"),
    ),
    "D207": Case(
        override(1, [*ISSUE_1, "o31"]),
        override(1, ISSUE_1),
        ("issues", 0, "items", 7),
        ("ประเด็นที่ 1 มีข้อ o31 ซึ่งไม่มีในปี 2568 (มี o1 ถึง o28)",),
    ),
    "D208": Case(override(1, [*ISSUE_1, "i2"]), override(1, ISSUE_1), ("issues", 0, "items", 7)),
    "D209": Case(override(4, []), override(1, ISSUE_1), ("issues", 0, "items")),
    "D210": Case(remove("result.indicators", 6), nothing, ("result", "indicators"), ("ตัวชี้วัดที่ 7 ",)),
    "D211": Case(
        put("result.indicators.7.no", "7"),
        nothing,
        ("result", "indicators", 7, "no"),
        ("ตัวชี้วัดที่ 7 ซ้ำกัน", "และไม่พบตัวชี้วัดที่ 8"),
    ),
    "D212": Case(
        add("result.indicators", {"no": "11", "score": "90"}),
        nothing,
        ("result", "indicators", 10, "no"),
        ("มีตัวชี้วัดที่ 1 ถึง 10",),
    ),
    "D213": Case(
        put("result.tools.0.tool", "ITT"),
        nothing,
        ("result", "tools", 0, "tool"),
        ("เครื่องมือ “ITT” ไม่มีในปี 2568 (มี IIT, EIT หรือ OIT)",),
    ),
    "D214": Case(
        put("result.tools.2.part", "1"), nothing, ("result", "tools", 2, "tool"), ("EIT ส่วนที่ 1",)
    ),
    "D215": Case(put("result.tools.0.part", "1"), nothing, ("result", "tools", 0, "part")),
    "D216": Case(put("result.tools.1.part", None), nothing, ("result", "tools", 1)),
    "D217": Case(
        put("result.level", "ผ่านดีมาก"),
        put("result.level", "ผ่าน"),
        ("result", "level"),
        ("ผ่านดีเยี่ยม, ผ่านดี, ผ่าน, ต้องปรับปรุง หรือ ต้องปรับปรุงโดยด่วน",),
    ),
    "D218": Case(
        score("i2", part1="99.00", part2="98.00"),
        score("e2", part1="99.00", part2="98.00"),
        ("scores", 1, "part1"),
        ("IIT",),
    ),
    "D248": Case(
        score("o5", score="75"),
        score("o5", score="50"),
        ("scores", 28, "score"),
        ("ข้อ o5 ได้ 75.00 ซึ่งไม่ใช่ 0, 50 หรือ 100",),
    ),
    "D249": Case(
        both(override(1, [*ISSUE_1, "o15"]), override(6, ["i7", "i8", "i9", "o14", "o15", "o16"])),
        both(override(1, [*ISSUE_1, "o15"]), override(6, ["i7", "i8", "i9", "o14", "o16"])),
        ("issues", 1, "items", 4),
        ("ข้อ o15 อยู่ทั้งในประเด็นที่ 1 และประเด็นที่ 6",),
    ),
    "D250": Case(
        override(1, [*ISSUE_1, "o9"]),
        override(1, ISSUE_1[::-1]),
        ("issues", 0, "items", 7),
        ("ข้อ o9 ซึ่งในปี 2568 คือ คู่มือหรือแนวทางการขอรับบริการ", "อยู่ในประเด็นที่ 2"),
    ),
    "D276": Case(
        put("result.announced", "1 สิงหาคม 2570"),
        put("result.announced", "1 สิงหาคม 2568"),
        ("result", "announced"),
        ("วันที่ประกาศผล 1 สิงหาคม 2570 ไม่น่าเป็นของผลปี 2568 (อยู่นอกช่วง 1 ตุลาคม 2567 ถึง",),
    ),
    "D277": Case(
        put("result.last_year", {"total": "90", "indicators": LAST_YEAR[:2] + LAST_YEAR[3:]}),
        put("result.last_year", {"total": "90", "indicators": LAST_YEAR}),
        ("result", "last_year", "indicators"),
        ("ผลของปีก่อนไม่มีคะแนนตัวชี้วัดที่ 3 |",),
    ),
    "D251": Case(
        both(override(1, ISSUE_1[:-1]), score("o8", missing="ไม่แสดงในผลที่เผยแพร่")),
        override(1, ISSUE_1[:-1]),
        ("scores", 31, "code"),
        ("ข้อ o8 (ไม่แสดงในผลที่เผยแพร่) ไม่อยู่ในประเด็นใด",),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_speaks_of_the_guilty_only(code):
    try_case(code, CASES[code])


def test_a_code_twice_names_both_rows():
    (told,) = found(changed(add("scores", {"code": "i2", "score": "98.33"})), "D201")
    assert (told.where, told.also) == (("scores", 52, "code"), (("scores", 1, "code"),))


def test_a_guess_needs_a_neighbour_or_a_single_gap():
    """The row before or after tells; else only one code missing, and scores that differ."""
    same = both(drop("o26"), add("scores", {"code": "o15", "score": "100"}))
    differs = both(drop("o26"), add("scores", {"code": "o15", "score": "50"}))
    two_gaps = both(drop("o3"), differs)
    assert not found(changed(same), "D202")
    assert "ไม่พบข้อ o26" in found(changed(differs), "D202")[0].message
    assert not found(changed(two_gaps), "D202")
    assert found(changed(same), "D200")


def test_the_row_before_tells_as_well():
    """The row after i14 is another i14, and i3 is missing too."""
    change = both(put("scores.14", {"code": "i14", "score": "100"}), drop("i3"))
    (told,) = found(changed(change), "D202")
    assert "ไม่พบข้อ i15" in told.message


def test_a_code_twice_without_scores_says_why_there_are_none():
    change = add("scores", {"code": "o5", "missing": "ไม่ถูกประเมิน"})
    assert "(คะแนน 100.00 และ ไม่ถูกประเมิน)" in found(changed(change), "D201")[0].message


def test_what_is_guessed_is_not_also_reported_missing():
    assert not found(changed(E3_FOR_E7), "D200")
    assert not found(changed(E3_FOR_E7), "D201")


def test_three_rows_of_one_code_are_told_twice():
    rows = [{"code": "i2", "score": "98.33"}, {"code": "i2", "score": "97.92"}]
    assert len(found(changed(add("scores", *rows)), "D201")) == 2


def test_an_unknown_code_may_be_of_the_year_before():
    change = add("scores", {"code": "o27", "score": "100"})
    (told,) = found(changed(change, 2569), "D203", plan_known=False)
    assert "(มี o1 ถึง o26)" in told.message
    assert "อาจเป็นเลขข้อของปี 2568" in told.remedy


def test_an_unknown_code_that_the_plan_year_has_is_of_that_year():
    """A year to come with 35 items stands for any that has more than the result's."""
    data = changed(add("scores", {"code": "o31", "score": "100"}))
    more = catalogue.load(2567).model_copy(update={"fiscal_year": 2569})
    problems = check.check(Report.model_validate(data), catalogue.load(2568), more, KINDS)
    assert [p.remedy.split(" โปรด")[0] for p in problems if p.code == "D203"] == [
        "อาจเป็นเลขข้อของปี 2569"
    ]


def test_an_unknown_letter_lists_all_codes():
    (told,) = found(changed(add("scores", {"code": "a5", "score": "100"})), "D203")
    assert "มี i1 ถึง i15, e1 ถึง e9, o1 ถึง o28" in told.message


def test_last_year_may_have_no_indicators_at_all():
    assert not found(changed(put("result.last_year", {"total": "90"})), "D277")


def test_last_years_rows_are_held_to_the_same():
    last: Data = {"total": "90", "indicators": [*LAST_YEAR, LAST_YEAR[0]]}
    (told,) = found(changed(put("result.last_year", last)), "D211")
    assert told.where == ("result", "last_year", "indicators", 10, "no")
    assert "ของปีก่อน" in told.message
    last["indicators"] = [*LAST_YEAR[:9], {"no": "12", "score": "90"}]
    data = changed(put("result.last_year", last))
    assert errors_and_warnings(data) == ["D212"]
    assert "และไม่พบตัวชี้วัดที่ 10" in found(data, "D212")[0].message


@pytest.mark.parametrize("date", ["1 ต.ค. 2567", "1/9/68", "30 กันยายน 2569"])
def test_dates_of_announcement_that_may_be(date):
    assert not errors_and_warnings(changed(put("result.announced", date)))


@pytest.mark.parametrize("date", ["30 ก.ย. 2567", "1 ต.ค. 2569"])
def test_dates_of_announcement_that_may_not(date):
    assert found(changed(put("result.announced", date)), "D276")


# -- one slip, one message -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (put("scores.30.code", "o31"), "D203", "และไม่พบข้อ o7 | อาจหมายถึงข้อ o7 หรือเป็นเลข"),
        (put("scores.0.code", "l1"), "D203", "(มี i1 ถึง i15) และไม่พบข้อ i1 | อาจหมายถึง i1 (ตัวไอ"),
        (put("scores.3.code", "i40"), "D203", "และไม่พบข้อ i4 | อาจหมายถึงข้อ i4 โปรด"),
        (put("scores.21.code", "e3"), "D202", "ไม่พบข้อ e7"),
        (put("result.indicators.9.no", "11"), "D212", "และไม่พบตัวชี้วัดที่ 10 | แถวนี้อาจหมายถึง"),
        (put("result.indicators.9.no", "9"), "D211", "และไม่พบตัวชี้วัดที่ 10 | แถวนี้อาจหมายถึง"),
        (put("plan.3.issue", "8"), "D224", "และประเด็นที่ 4 ไม่มีแถวในแผน | อาจหมายถึงประเด็นที่ 4"),
        (put("remarks.0.code", "i22"), "D221", "และข้อ i1 ไม่มีข้อวิเคราะห์ | อาจหมายถึงข้อ i1 โปรด"),
        (override(1, [*ISSUE_1[:-1], "o31"]), "D207", "และข้อ o8 ไม่อยู่ในประเด็นใด | อาจหมายถึง"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_one_place_is_told_there_alone(change, code, says):
    data = changed(change)
    assert errors_and_warnings(data) == [code]
    assert says in str(found(data, code)[0])


def test_of_two_gaps_or_two_strangers_nothing_is_joined():
    more = [{"code": code, "score": "100"} for code in ("o31", "o32")]
    two = both(drop("o5"), drop("o9"), add("scores", *more))
    assert {"D200", "D203"} <= set(errors_and_warnings(changed(two)))
    other = both(drop("e9"), add("scores", {"code": "o31", "score": "100"}))
    assert {"D200", "D203"} <= set(errors_and_warnings(changed(other)))


def test_the_neighbours_tell_which_of_several_gaps_is_meant():
    data = changed(both(put("scores.30.code", "o31"), put("scores.40.code", "o32")))
    told = [str(problem) for problem in found(data, "D203")]
    assert ["อาจหมายถึงข้อ o7" in told[0], "อาจหมายถึงข้อ o17" in told[1]] == [True, True]
    assert not found(data, "D200")


def test_a_small_l_where_nothing_is_missing_is_still_read_as_an_i():
    (told,) = found(changed(add("scores", {"code": "l1", "score": "98.33"})), "D203")
    assert "และไม่พบ" not in told.message
    assert "อาจหมายถึง i1 (ตัวไอ ไม่ใช่ตัวแอล)" in told.remedy


def test_a_row_meant_for_another_code_needs_no_remark_and_no_measure():
    """The second e3 is e7 with a low score; e7 has its remark."""
    data = changed(both(score("e7", part1="80.95", part2="91.11"), remark("e7", "ก")))
    data["scores"][21]["code"] = "e3"
    told = errors_and_warnings(data)
    assert "D202" in told
    assert not {"D201", "D220", "D260"} & set(told)


def test_a_code_that_stands_twice_lacks_one_remark():
    row = {"code": "i2", "score": "98.33"}
    data = changed(both(score("i2", score="97.92"), add("scores", row)))
    assert len(found(data, "D220")) == 1


def test_an_item_in_no_issue_is_no_matter_of_grouping_when_unknown():
    assert not found(changed(add("scores", {"code": "o31", "score": "100"})), "D204")


def test_a_date_a_year_late_is_told_once():
    """It is after the plan's year; that the others came before it is no fault of theirs."""
    dates = ({"date": "15/12/68"}, {"date": "15/12/69"}, {"date": "16/12/68"})
    data = changed(add("signatures", *dates))
    assert errors_and_warnings(data) == ["D282"]


@pytest.mark.parametrize(
    ("person", "usual"),
    [
        ({"name": "น.ส.ใจดี รักงาน"}, "นางสาว"),
        ({"name": "น.ส. ใจดี รักงาน"}, "นางสาว"),
        ({"name": "นางสาวใจดี รักงาน"}, None),
        ({"name": "นายส. ใจดี"}, None),
        ({"position": ["เจ้าพนักงานธุรการ ชำนาญงาน"]}, "เจ้าพนักงานธุรการชำนาญงาน"),
        ({"position": ["นิติกร ปฏิบัติการ รักษาการ"]}, "นิติกรปฏิบัติการ"),
        ({"position": ["หัวหน้าสำนักปลัด รักษาราชการแทน", "ปลัดเทศบาล"]}, None),
        ({"position": ["นักวิชาการศึกษา ปฏิบัติหน้าที่นายกเทศมนตรี"]}, None),
    ],
)
def test_titles_that_official_papers_write_otherwise_are_told(person, usual):
    told = found(changed(add("signatures", person)), "D354")
    assert [one.remedy for one in told] == ([f"โปรดแก้เป็น “{usual}”"] if usual else [])


@pytest.mark.parametrize("code", ["i2", "e2"])
def test_itas_gives_reasons_for_opinions_as_well(code):
    data = changed(score(code, score="90.00", reason="ผู้ตอบบางส่วนเสนอให้มีการเรียกรับสินบนลดลง"))
    told = set(errors_and_warnings(data))
    assert not told - {"D220", "D241", "D245"}
