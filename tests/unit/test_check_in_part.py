"""A result known only in part: by indicator or only the total; remarks of indicators and tools."""

import pytest
from pydantic import ValidationError

from checks import Case, add, both, changed, errors_and_warnings, found, put, score, try_case
from itareport import check, draft
from itareport.document import context, marks
from itareport.ita import catalogue
from itareport.ita.model import Report
from reports import KINDS, clean_data

YEAR = catalogue.load(2568)
R, C = marks.MERGE_RESTART, marks.MERGE_CONTINUE
ADVICE = "ผู้ตอบบางส่วนเห็นว่ายังไม่ชัดเจน ดังนั้น หน่วยงานควรปรับปรุง"


def _in_part(published, *remarks, **result):
    def change(data):
        data["scores"], data["remarks"] = [], [*remarks]
        data["result"].update(published=published, **result)
        if published == "ภาพรวม":
            data["result"]["indicators"] = []

    return change


def _words(change):
    data = clean_data(YEAR)
    change(data)
    return context.context(Report.model_validate(data), YEAR, None)


LOW = {"indicators": [{"no": str(no), "score": "100" if no < 6 else "90"} for no in range(1, 11)]}
OF_SIX = {"indicator": "6", "text": ADVICE}
ITS_OWN = [
    {"code": code, "text": f"{ADVICE}ข้อ {code}"}
    for code in YEAR.codes
    if ((row := YEAR.indicator_of(code)) and row.no == 6)
]
"""A remark of its own for each question of indicator 6."""
OF_EIT = {"tool": "EIT", "text": f"{ADVICE}ทั้งหมด"}


def test_part_1_goes_by_indicator_where_no_question_is_known():
    words = _words(_in_part("ตัวชี้วัด", OF_SIX, OF_EIT, **LOW))
    assert words["part1"]["heading"] == "ตัวชี้วัด"
    second = words["part1"]["issues"][1]["rows"]
    assert [(row["kind"], row["code"], row["scores"]) for row in second] == [
        ("ตัวชี้วัดที่", "๖ คุณภาพการดำเนินงาน", ["๙๐.๐๐"]),
        ("ตัวชี้วัดที่", "๘ การปรับปรุงการทำงาน", ["๙๐.๐๐"]),
        ("ตัวชี้วัดที่", "๙ การเปิดเผยข้อมูล", ["๙๐.๐๐"]),
    ]
    assert [row["remarks"] for row in second] == [[ADVICE], [f"{ADVICE}ทั้งหมด"], ["–"]]
    assert [row["tool_merge"] for row in second] == [R, C, ""]
    first = words["part1"]["issues"][0]["rows"]
    assert first[0]["remarks"] == ["รักษาระดับ"]


def test_the_remark_of_a_tool_is_one_cell_over_its_indicators():
    rows = _words(_in_part("ตัวชี้วัด", OF_EIT, **LOW))["part1"]["issues"][1]["rows"]
    assert [row["remarks_merge"] for row in rows] == [R, C, ""]


def test_only_a_total_goes_by_tool_and_has_no_table_of_indicators():
    words = _words(_in_part("ภาพรวม", OF_EIT))
    rows = words["part1"]["issues"][1]["rows"]
    assert [(row["kind"], row["code"]) for row in rows] == [("แบบ", "EIT"), ("แบบ", "OIT")]
    assert rows[0]["scores"] == ["ส่วนที่ ๑ ๑๐๐.๐๐", "ส่วนที่ ๒ ๑๐๐.๐๐"]
    assert rows[0]["remarks"] == [f"{ADVICE}ทั้งหมด"]
    assert words["indicators"]["rows"] == []
    assert words["graph"] == ""
    assert _words(_in_part("ภาพรวม", tools=[]))["part1"]["issues"][1]["rows"][0]["scores"] == ["–"]


def test_with_questions_the_remark_of_an_indicator_is_one_cell_over_them():
    def change(data):
        for code in ("e1", "e2", "e3", "i1"):
            row = next(row for row in data["scores"] if row["code"] == code)
            row.clear()
            row.update(code=code, score="90")
        own = {"code": "e3", "text": "เฉพาะข้อ ควรปรับปรุง"}
        data["remarks"] = [OF_SIX, own, {"tool": "IIT", "text": ADVICE}]

    words = _words(change)
    rows = words["part1"]["issues"][1]["rows"][:3]
    assert [row["remarks"] for row in rows] == [[ADVICE], [""], ["เฉพาะข้อ ควรปรับปรุง"]]
    rows = words["part1"]["issues"][0]["rows"][:3]
    assert [row["remarks_merge"][:1] for row in rows] == [R, C, C]


CASES = {
    "D318": Case(_in_part("ตัวชี้วัด"), put("result.published", "รายข้อ"), ("result", "published")),
    "D284": Case(
        _in_part("ตัวชี้วัด", OF_SIX, **LOW),
        _in_part("ตัวชี้วัด", OF_EIT, {"tool": "OIT", "text": ADVICE}, **LOW),
        ("result", "indicators"),
        ("7 ถึง 10",),
    ),
    "D287": Case(
        _in_part("ตัวชี้วัด", total=None, level=None),
        _in_part("ตัวชี้วัด"),
        ("result", "total"),
        ("ที่คำนวณ", "ผ่านดีเยี่ยม"),
    ),
    "D285": Case(
        put("result.published", "ตัวชี้วัด"), _in_part("ตัวชี้วัด"), ("result", "published"), ("52",)
    ),
    "D286": Case(
        both(*(score(code, missing="ไม่แสดงในผลที่เผยแพร่") for code in YEAR.codes[:27])),
        both(*(score(code, missing="ไม่แสดงในผลที่เผยแพร่") for code in YEAR.codes[:26])),
        ("scores",),
        ("27 จาก 52",),
    ),
    "D232": Case(
        add("remarks", {"indicator": "12", "text": ADVICE}),
        add("remarks", {"indicator": "6", "text": ADVICE}),
        ("remarks", 3, "text"),
    ),
    "D233": Case(
        both(*(add("remarks", row) for row in [*ITS_OWN, OF_SIX])),
        both(*(add("remarks", row) for row in [*ITS_OWN[1:], OF_SIX])),
        ("remarks", 2 + len(ITS_OWN) + 1, "text"),
        ("ข้อ e1",),
    ),
    "D200": Case(put("scores", []), _in_part("ตัวชี้วัด"), ("scores",)),
    "D210": Case(put("result.indicators", []), _in_part("ภาพรวม"), ("result", "indicators")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_code(code):
    try_case(code, CASES[code])


@pytest.mark.parametrize("published", ["ตัวชี้วัด", "ภาพรวม"])
def test_nothing_is_wrong_with_a_result_known_in_part(published):
    remarks = [{"tool": tool, "text": ADVICE} for tool in ("IIT", "EIT", "OIT")]
    data = changed(_in_part(published, *remarks))
    assert errors_and_warnings(data) == []


@pytest.mark.parametrize(
    ("published", "remark"),
    [
        ("ตัวชี้วัด", {"code": "i1", "text": ADVICE}),
        ("ภาพรวม", OF_SIX),
        ("รายข้อ", {"tool": "XIT", "text": ADVICE}),
    ],
)
def test_a_remark_without_a_row_is_told(published, remark):
    (told,) = found(
        changed(
            both(_in_part("ตัวชี้วัด"), put("result.published", published), put("remarks", [remark]))
        ),
        "D232",
    )
    assert told.where == ("remarks", 0, "text")


@pytest.mark.parametrize(
    ("published", "remarks", "rows"),
    [
        ("รายข้อ", [OF_SIX, OF_SIX], "ข้อ e1"),
        ("ตัวชี้วัด", [OF_SIX, OF_SIX], "ตัวชี้วัดที่ 6"),
        ("ตัวชี้วัด", [{"indicator": str(n), "text": ADVICE} for n in (6, 7, 8)] + [OF_EIT], "แบบ EIT"),
        ("ภาพรวม", [OF_EIT, OF_EIT], "แบบ EIT"),
    ],
)
def test_a_remark_whose_rows_all_have_another_is_told(published, remarks, rows):
    """Each text of the data is printed, or the report is not made."""
    change = both(_in_part(published), put("remarks", remarks))
    if published == "รายข้อ":
        change = put("remarks", [*remarks])
    (told,) = found(changed(change), "D233")
    assert rows in told.message


def test_no_draft_is_written_where_an_indicator_has_a_remark():
    data = changed(both(score("e1", part1="80", part2="80"), put("remarks", [OF_SIX])))
    filled = draft.fill(Report.model_validate(data), YEAR, KINDS, draft.load(2568))
    assert "e1" not in {row.code for row in filled.remarks}
    assert filled.remarks[0].indicator == 6


def test_the_remark_of_an_indicator_is_a_remark_of_its_questions():
    weak = score("e2", part1="80", part2="90")
    assert found(changed(weak), "D220")
    assert not found(changed(both(weak, add("remarks", OF_SIX))), "D220")


def test_an_indicator_whose_items_are_unknown_takes_no_remark():
    year = catalogue.load(2569)
    data = clean_data(year) | {"remarks": [{"indicator": "9", "text": ADVICE}]}
    told = check.check(Report.model_validate(data), year, None, KINDS)
    assert "D232" in [problem.code for problem in told]


def test_without_a_total_the_document_says_none():
    words = _words(_in_part("ตัวชี้วัด", total=None, level=None, last_year={"total": "90"}))
    assert (words["result"]["total"], words["result"]["level"], words["result"]["why"]) == (
        "",
        "",
        "",
    )
    assert words["result"]["compared"] == "(ปีงบประมาณ พ.ศ. ๒๕๖๗ ได้คะแนนภาพรวม ๙๐.๐๐ คะแนน)"


@pytest.mark.parametrize("published", ["รายข้อ", "ภาพรวม", None])
def test_the_total_may_be_absent_only_where_the_indicators_are_known(published):
    data = clean_data(YEAR)
    data["result"] |= {"published": published, "total": None}
    with pytest.raises(ValidationError):
        Report.model_validate(data)
