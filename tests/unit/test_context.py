"""What is printed where, from small changes to a whole, valid report."""

import re
from decimal import Decimal

import pytest

from itareport.document import context, marks
from itareport.ita import catalogue
from itareport.ita.model import Report
from reports import clean_data

YEAR = catalogue.load(2568)
NEXT = catalogue.load(2569)
R, C, K = marks.MERGE_RESTART, marks.MERGE_CONTINUE, marks.KEEP_WITH_NEXT


def _report(change=None, fiscal_year=2568) -> Report:
    data = clean_data(catalogue.load(fiscal_year))
    if change:
        change(data)
    return Report.model_validate(data)


def _context(change=None, digits="thai", **options):
    return context.context(_report(change), YEAR, NEXT, digits, **options)


def _row(words, code):
    rows = [row for issue in words["part1"]["issues"] for row in issue["rows"]]
    return next(row for row in rows if row["code"] == code)


def _score(data, code):
    return next(row for row in data["scores"] if row["code"] == code)


def test_nothing_but_strings_lists_and_mappings():
    def walk(value):
        if isinstance(value, dict):
            assert all(isinstance(key, str) for key in value)
            value = list(value.values())
        if isinstance(value, list):
            for inner in value:
                walk(inner)
        else:
            assert type(value) is str

    walk(_context())


def _strings(value):
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def test_digits_are_thai_or_western_throughout():
    assert not re.search(r"[0-9]", "".join(_strings(_context())))
    assert not re.search(r"[๐-๙]", "".join(_strings(_context(digits="arabic"))))


def test_the_official_total_and_indicators_pass_through():
    words = _context(lambda data: data["result"].update(total="85.1"))
    assert words["result"]["total"] == "๘๕.๑๐"
    assert [row["no"] for row in words["indicators"]["rows"]] == [*"๑๒๓๔๕๖๗๘๙", "๑๐"]


def test_a_tool_is_merged_over_its_indicators():
    rows = _context()["indicators"]["rows"]
    assert [row["tool_merge"] for row in rows] == [R, C, C, C, C, R, C, C, R, C]
    assert [row["tool"] for row in rows if row["tool"]] == ["IIT", "EIT", "OIT"]


def test_the_cover_names_the_item_of_the_plan_years_catalogue():
    words = _context()
    assert "พ.ศ. ๒๕๖๙ ข้อ o๒๕ การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร" in words["cover"]["serves"]
    alone = context.context(_report(), YEAR, None)
    assert alone["cover"]["serves"] == ""


def test_number_and_topic_are_merged_over_the_issue_and_the_tool_over_its_rows():
    issue = _context()["part1"]["issues"][0]
    assert [row["code"] for row in issue["rows"]] == ["i๑", "i๒", "i๓", "o๕", "o๖", "o๗", "o๘"]
    assert [row["no_merge"] for row in issue["rows"]] == [R] + [C] * 6
    assert [row["topic_merge"] for row in issue["rows"]] == [R] + [C] * 6
    assert [row["tool_merge"] for row in issue["rows"]] == [R, C, C, R, C, C, C]
    assert [row["topic"] for row in issue["rows"]][1:] == [""] * 6


def _maintained(data, issue_codes, weak):
    data["remarks"] = [row for row in data["remarks"] if row["code"] not in issue_codes]
    for code in issue_codes:
        _score(data, code).update(score="100.00" if code not in weak else "90.00")
    data["remarks"] += [{"code": code, "text": f"ข้อ {code} ควรปรับปรุง"} for code in weak]


def test_a_run_of_maintained_rows_is_one_cell_within_its_tool():
    codes = ["i1", "i2", "i3", "o5", "o6", "o7", "o8"]
    words = _context(lambda data: _maintained(data, codes, weak=["i1"]))
    rows = words["part1"]["issues"][0]["rows"]
    assert [row["remarks_merge"] for row in rows] == ["", R + K, C, R + K, C + K, C + K, C]
    assert [row["remarks"] for row in rows][1:3] == [["รักษาระดับ"], [""]]


def test_a_weak_row_parts_two_runs():
    codes = ["o5", "o6", "o7", "o8"]
    words = _context(lambda data: _maintained(data, ["i1", "i2", "i3", *codes], weak=["o6"]))
    rows = words["part1"]["issues"][0]["rows"]
    assert [row["remarks_merge"] for row in rows] == [R + K, C + K, C, "", "", R + K, C]


def test_an_explicitly_empty_remark_prints_empty_and_parts_a_run():
    def change(data):
        _maintained(data, ["i7", "i8", "i9"], weak=[])
        data["remarks"].append({"code": "i8", "text": ""})

    rows = _context(change)["part1"]["issues"][5]["rows"][:3]
    assert [row["remarks"] for row in rows] == [["รักษาระดับ"], [""], ["รักษาระดับ"]]
    assert [row["remarks_merge"] for row in rows] == ["", "", ""]


def test_line_breaks_in_a_remark_become_paragraphs():
    def change(data):
        _maintained(data, ["i7", "i8", "i9"], weak=[])
        data["remarks"].append({"code": "i8", "text": "หนึ่ง\n\nสอง 2"})

    assert _row(_context(change), "i๘")["remarks"] == ["หนึ่ง", "สอง ๒"]


def test_both_halves_print_one_under_the_other_and_named():
    def change(data):
        row = _score(data, "e1")
        row.clear()
        row.update(code="e1", part1="82.86", part2="97")

    assert _row(_context(change), "e๑")["scores"] == ["ส่วนที่ ๑ ๘๒.๘๖", "ส่วนที่ ๒ ๙๗.๐๐"]


@pytest.mark.parametrize(
    ("why", "said"), [("ไม่ถูกประเมิน", "ไม่ถูกประเมิน"), ("ไม่แสดงในผลที่เผยแพร่", "ไม่แสดงคะแนน")]
)
def test_a_missing_score_is_a_dash_and_a_note_under_its_table(why, said):
    def change(data):
        data["scores"] = [row for row in data["scores"] if row["code"] != "o26"]
        data["scores"].append({"code": "o26", "missing": why})
        data["remarks"] = [row for row in data["remarks"] if row["code"] != "o26"]

    issue = _context(change)["part1"]["issues"][6]
    assert next(row for row in issue["rows"] if row["code"] == "o๒๖")["scores"] == ["–"]
    (note,) = issue["notes"]
    assert "ข้อ o๒๖" in note
    assert said in note
    assert _context()["part1"]["issues"][6]["notes"] == []


def test_the_reason_of_itas_stands_under_the_remark():
    def change(data):
        _maintained(data, ["o27"], weak=["o27"])
        _score(data, "o27").update(reason="ไม่พบ\nขั้นตอน")

    assert _row(_context(change), "o๒๗")["remarks"] == [
        "ข้อ o๒๗ ควรปรับปรุง", "เหตุผลจากระบบ ITAS: ไม่พบ ขั้นตอน",
    ]  # fmt: skip


def test_the_agencys_own_grouping_takes_the_place_of_the_years():
    words = _context(lambda data: data.update(issues=[{"no": "4", "items": ["o12", "i11"]}]))
    assert [row["code"] for row in words["part1"]["issues"][3]["rows"]] == ["i๑๑", "o๑๒"]


def test_the_plan_is_ordered_by_issue_and_its_topic_merged():
    def change(data):
        data["plan"] = [dict(data["plan"][0], issue=no) for no in ("2", "1", "2")]

    rows = _context(change)["part2"]["rows"]
    assert [row["topic_merge"] for row in rows] == ["", R, C]
    assert [row["topic"][:2] for row in rows] == ["๑.", "๒.", ""]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("- จัดทำคู่มือ", "จัดทำคู่มือ"), ("•จัดทำ", "จัดทำ"), ("-5 องศา", "-๕ องศา"), ("ก - ข", "ก - ข")],
)
def test_a_dash_typed_before_a_point_is_not_doubled(typed, printed):
    def change(data):
        data["plan"][0]["steps"] = [typed]

    assert _context(change)["part2"]["rows"][0]["steps"] == [printed]


@pytest.mark.parametrize(
    ("name", "head", "other"),
    [("follow_up", "การกำกับติดตาม", "budget"), ("budget", "งบประมาณ", "follow_up")],
)
def test_an_optional_column_is_there_only_where_it_is_used(name, head, other):
    assert _context()["part2"][name] == ""

    def change(data):
        data["plan"][0][name] = ["ทุกไตรมาส 50,000 บาท"]

    words = _context(change)["part2"]
    assert (words[name], words[other]) == (head, "")
    assert words["rows"][0][name] == ["ทุกไตรมาส ๕๐,๐๐๐ บาท"]
    assert words["rows"][1][name] == []
    assert words["rows"][0][other] == []


def test_blanks_of_a_signature_are_dotted_lines():
    words = _context(lambda data: data.update(signatures=[{}]))
    (person,) = words["signatures"]
    for key in ("role", "name"):
        assert set(person[key]) == {"."}
    assert person["positions"] == ["ตำแหน่ง" + "." * 44]
    assert person["date"].startswith("วันที่ ....")


def test_a_date_is_printed_in_full():
    words = _context(lambda data: data.update(signatures=[{"date": "1/10/68"}]))
    assert words["signatures"][0]["date"] == "วันที่ ๑ ตุลาคม ๒๕๖๘"


def test_last_years_scores_stand_beside_this_years():
    def change(data):
        data["result"]["last_year"] = {"total": "90", "indicators": [{"no": "1", "score": "88.5"}]}

    words = _context(change)
    assert words["result"]["last_year"] == {"year": "๒๕๖๗", "total": "๙๐.๐๐"}
    assert words["indicators"]["compared"] == "๒๕๖๗"
    assert [row["last_year"] for row in words["indicators"]["rows"]][:2] == ["๘๘.๕๐", "–"]
    assert len(words["indicators"]["notes"]) == 1
    assert _context()["indicators"]["compared"] == ""


def test_tool_scores_stand_under_the_name_of_the_tool():
    def change(data):
        data["result"]["tools"] = [
            {"tool": "IIT", "score": "99.36"},
            {"tool": "EIT", "part": "1", "score": "87.30"},
            {"tool": "EIT", "part": "2", "score": "97.56"},
            {"tool": "XIT", "score": "1.00"},
        ]

    indicators = _context(change)["indicators"]
    lines = {row["tool"]: row["tool_scores"] for row in indicators["rows"] if row["tool"]}
    assert lines == {
        "IIT": ["คะแนน ๙๙.๓๖"], "EIT": ["ส่วนที่ ๑ ๘๗.๓๐", "ส่วนที่ ๒ ๙๗.๕๖"], "OIT": [],
    }  # fmt: skip
    assert indicators["notes"] == ["XIT คะแนน ๑.๐๐"], "no score is lost"


@pytest.mark.parametrize(
    ("signers", "lines", "blank"),
    [(1, 1, 4), (3, 1, 4), (3, 2, 4), (4, 1, 3), (5, 1, 2), (5, 2, 1)],
)
def test_hands_have_as_many_blank_lines_as_one_page_allows(signers, lines, blank):
    people = [{"position": ["ปลัดเทศบาล"] * lines}] * signers
    words = _context(lambda data: data.update(signatures=people))
    assert [one["space"] for one in words["signatures"]] == [[""] * blank] * signers


def test_a_position_that_is_longer_than_a_line_counts_twice():
    people = [{"position": ["ปลัดเทศบาล" * 7] * 2}] * 4
    words = _context(lambda data: data.update(signatures=people))
    assert {len(one["space"]) for one in words["signatures"]} == {1}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("ธันวาคม 2568 - มีนาคม 2569 (จัดทำ)", "ธ.ค. ๒๕๖๘ – มี.ค. ๒๕๖๙ (จัดทำ)"),
        ("มีนาคม มิถุนายน และกันยายน 2569", "มี.ค. มิ.ย. และ ก.ย. ๒๕๖๙"),
        ("เดือนธันวาคม พ.ศ. 2568-มกราคม 2569", "ธ.ค. ๒๕๖๘ – ม.ค. ๒๕๖๙"),
        ("ไตรมาสที่ 1-2, ทุกเดือน", "ไตรมาสที่ ๑–๒, ทุกเดือน"),
        ("โทร. 02-1234567 วันที่ 1-10-2568", "โทร. ๐๒-๑๒๓๔๕๖๗ วันที่ ๑-๑๐-๒๕๖๘"),
    ],
)
def test_periods_print_short_and_ranges_with_a_dash(typed, printed):
    def change(data):
        data["plan"][0]["period"] = [typed]

    assert _context(change)["part2"]["rows"][0]["period"] == [printed]


def test_the_graph_says_every_score_in_words_too():
    graph = context.graph(_report(), YEAR)
    assert len(graph.labels) == len(graph.scores) == 10
    assert all(isinstance(score, Decimal) for score in graph.scores)
    assert all(label in graph.alternative_text for label in graph.labels)
    assert _context(with_graph=False)["graph"] == ""


@pytest.mark.parametrize("fiscal_year", [2567, 2568, 2569])
def test_every_question_of_every_year_stands_once(fiscal_year):
    year = catalogue.load(fiscal_year)
    words = context.context(_report(fiscal_year=fiscal_year), year, None, "arabic")
    codes = [row["code"] for issue in words["part1"]["issues"] for row in issue["rows"]]
    assert sorted(codes) == sorted(year.codes)
