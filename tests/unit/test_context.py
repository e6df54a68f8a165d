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


TITLE = "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"
VERIFIED = NEXT.model_copy(update={"serves": NEXT.serves.model_copy(update={"verified": True})})


def _cover(plan, kind="เทศบาลตำบล", **given):
    report = _report(lambda data: data["agency"].update(kind=kind) or data.update(given))
    return context.context(report, YEAR, plan)["cover"]


def test_the_cover_names_the_item_only_where_it_is_verified_or_given():
    assert _cover(NEXT)["serves"] == _cover(None)["serves"] == ""
    assert _cover(VERIFIED)["serves"].endswith(f"พ.ศ. ๒๕๖๙ ข้อ o๒๕ {TITLE}")
    assert _cover(NEXT, serves={"year": "2569", "item": "o25"}) == _cover(VERIFIED)
    assert _cover(VERIFIED, serves="none")["serves"] == ""
    assert _cover(NEXT, serves={"item": "o24"})["serves"].endswith(
        "ข้อ o๒๔ รายงานผลการดำเนินการป้องกันการทุจริต"
    )
    assert _cover(None, serves={"year": "2570", "item": "o3"})["serves"].endswith("๒๕๗๐ ข้อ o๓")
    assert _cover(NEXT, serves={"year": "2570", "item": "o3"})["serves"].endswith("๒๕๗๐ ข้อ o๓")


def test_agencies_with_lists_of_their_own_name_an_item_only_where_it_is_given():
    assert _cover(VERIFIED, "หน่วยงานอื่น")["serves"] == ""
    given = _cover(VERIFIED, "หน่วยงานอื่น", serves={"item": "o25"})
    assert given["serves"].endswith("พ.ศ. ๒๕๖๙ ข้อ o๒๕")
    assert TITLE not in given["titles"]


def test_the_title_line_of_the_item_stands_above_where_the_report_serves_it():
    assert _cover(VERIFIED)["titles"][0] == TITLE
    assert TITLE not in _cover(NEXT)["titles"]
    assert TITLE not in _cover(NEXT, serves={"item": "o24"})["titles"]
    later = context.context(_report(fiscal_year=2569), NEXT, None)
    assert TITLE not in [*later["cover"]["titles"], later["title"]["first"]]


@pytest.mark.parametrize(
    ("name", "district", "province", "area"),
    [
        ("จังหวัดตราด", "", "ตราด", ""),
        ("จังหวัดตราด", "เมือง", "ตราด", "อำเภอเมืองตราด"),
        ("กรุงเทพมหานคร", "", "กรุงเทพฯ", ""),
        ("สำนักงานจังหวัดตราด", "", "ตราด", "จังหวัดตราด"),
    ],
)
def test_a_name_that_is_the_place_is_not_printed_twice(name, district, province, area):
    where = {"kind": "หน่วยงานอื่น", "name": name, "district": district, "province": province}
    assert _context(lambda data: data.update(agency=where))["agency"]["area"] == area


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


def test_a_long_run_may_part_at_a_page_end():
    """Kept together, five rows of two halves each would leave half a page empty above them."""
    questions, halves = ["e1", "e2", "e3", "e7", "e8", "e9"], {"part1": "100", "part2": "100"}

    def change(data):
        data["remarks"] = [row for row in data["remarks"] if row["code"] not in questions]
        for code in questions:
            row = _score(data, code)
            row.clear()
            row.update(code=code, **halves)

    rows = _context(change)["part1"]["issues"][1]["rows"][:6]
    assert [row["remarks_merge"] for row in rows] == [R + K, C, C + K, C, C + K, C]
    many = _context(lambda data: _maintained(data, [f"o{n}" for n in range(17, 29)], weak=[]))
    last = many["part1"]["issues"][6]["rows"]
    kept = [row["remarks_merge"].endswith(K) for row in last if row["code"][0] == "o"]
    assert kept == [True] * 9 + [False] * (len(kept) - 10) + [False]


def test_an_explicitly_empty_remark_prints_empty_and_parts_a_run():
    def change(data):
        _maintained(data, ["i7", "i8", "i9"], weak=[])
        data["remarks"].append({"code": "i8", "text": ""})

    rows = _context(change)["part1"]["issues"][5]["rows"][:3]
    assert [row["remarks"] for row in rows] == [["รักษาระดับ"], [""], ["รักษาระดับ"]]
    assert [row["remarks_merge"] for row in rows] == ["", "", ""]


def test_neighbouring_questions_share_a_remark_in_one_cell():
    def change(data):
        _maintained(data, ["o5", "o6", "o7", "o8"], weak=[])
        data["remarks"].append({"codes": ["o6", "o7"], "text": "ยังไม่ครบ จึงควรแก้ไข"})
        _score(data, "o7").update(score="50", reason="ไม่พบ URL")

    rows = _context(change)["part1"]["issues"][0]["rows"][3:]
    assert [row["remarks_merge"] for row in rows] == ["", R + K, C, ""]
    assert [row["remarks"] for row in rows] == [
        ["รักษาระดับ"],
        ["ยังไม่ครบ จึงควรแก้ไข", "เหตุผลจากระบบ ITAS ข้อ o๗: ไม่พบ URL"],
        [""],
        ["รักษาระดับ"],
    ]


def test_questions_apart_print_the_shared_remark_again():
    def change(data):
        _maintained(data, ["o5", "o6", "o7", "o8"], weak=[])
        data["remarks"].append({"codes": ["o5", "o7"], "text": "ยังไม่ครบ"})

    rows = _context(change)["part1"]["issues"][0]["rows"][3:]
    assert [row["remarks"][0] for row in rows] == ["ยังไม่ครบ", "รักษาระดับ", "ยังไม่ครบ", "รักษาระดับ"]


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


def test_the_item_of_the_next_year_is_printed_only_where_it_is_sure():
    said = "(ตรงกับข้อ o๒๐ ของปี ๒๕๖๙)"
    given = _context(lambda data: _score(data, "o22").update(next="o20"))
    assert (_row(given, "o๒๒")["next"], _row(_context(), "o๒๒")["next"]) == (said, "")
    group = YEAR.successors.model_copy(update={"verified": True})
    seen = YEAR.model_copy(update={"successors": group})
    words = context.context(_report(), seen, NEXT)
    assert [_row(words, code)["next"] for code in ("o๑", "o๑๑", "o๒๒")] == ["", "", said]


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


def test_the_known_cause_stands_under_a_remark_that_does_not_say_it():
    def change(data):
        _maintained(data, ["o26", "o27"], weak=["o26", "o27"])
        _score(data, "o26").update(cause="ผู้รับผิดชอบ\nโอนย้าย 2 คน", reason="ไม่พบ")
        _score(data, "o27").update(cause="o27 ควร")

    words = _context(change)
    assert _row(words, "o๒๖")["remarks"] == [
        "ข้อ o๒๖ ควรปรับปรุง",
        "เหตุผลจากระบบ ITAS: ไม่พบ",
        "สาเหตุที่หน่วยงานทราบ: ผู้รับผิดชอบ โอนย้าย ๒ คน",
    ]
    assert _row(words, "o๒๗")["remarks"] == ["ข้อ o๒๗ ควรปรับปรุง"], "it says it already"


def test_of_several_questions_each_known_cause_is_named():
    def change(data):
        data["remarks"] = [row for row in data["remarks"] if row["code"] not in ("e4", "e5")]
        data["remarks"].append({"codes": ["e4", "e5"], "text": "ควรปรับปรุง"})
        _score(data, "e5").update(cause="ข้อมูลเก่า")

    lines = _row(_context(change), "e๔")["remarks"]
    assert lines == ["ควรปรับปรุง", "สาเหตุที่หน่วยงานทราบ ข้อ e๕: ข้อมูลเก่า"]


def test_the_agencys_own_grouping_takes_the_place_of_the_years():
    words = _context(lambda data: data.update(issues=[{"no": "4", "items": ["o12", "i11"]}]))
    assert [row["code"] for row in words["part1"]["issues"][3]["rows"]] == ["i๑๑", "o๑๒"]


def test_the_plan_is_ordered_by_issue_and_its_topic_merged():
    def change(data):
        data["plan"] = [dict(data["plan"][0], issue=no) for no in ("2", "1", "2")]

    rows = _context(change)["part2"]["rows"]
    assert [row["topic_merge"] for row in rows] == ["", R, C]
    assert [row["topic"][:2] for row in rows] == ["๑.", "๒.", ""]


def test_measures_are_numbered_by_issue_and_place_over_the_rows_of_an_issue():
    def change(data):
        first, second = data["plan"][1], data["plan"][0]
        first["measures"], second["measures"] = ["ก", "2.2 ข"], ["1. ค"]
        data["plan"] = [first, second, dict(first, measures=["3) ง", "1.5 ล้านบาท"])]

    rows = _context(change)["part2"]["rows"]
    assert [row["measures"] for row in rows] == [
        ["๑.๑ ค"], ["๒.๑ ก", "๒.๒ ข"], ["๒.๓ ง", "๒.๔ ๑.๕ ล้านบาท"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (["ประชุม", "จัดทำ"], ["๑) ประชุม", "๒) จัดทำ"]),
        (["1. ประชุม", "2. จัดทำ"], ["๑) ประชุม", "๒) จัดทำ"]),
        (["(๑)ประชุม", "(๒)จัดทำ"], ["๑) ประชุม", "๒) จัดทำ"]),
        (["1.1 ประชุม", "1.2 จัดทำ"], ["๑.๑ ประชุม", "๑.๒ จัดทำ"]),
        (["3) ประชุม", "4) จัดทำ"], ["๓) ประชุม", "๔) จัดทำ"]),
        (["ประชุม"], ["ประชุม"]),
        (["2 ครั้งต่อปี", "5ส ทุกเดือน"], ["๑) ๒ ครั้งต่อปี", "๒) ๕ส ทุกเดือน"]),
    ],
)
def test_several_steps_are_numbered_once(typed, printed):
    words = _context(lambda data: data["plan"][0].update(steps=typed))
    assert words["part2"]["rows"][0]["steps"] == printed


WEAK = "ผู้รับบริการเห็นว่า ช่องทางยังไม่เพียงพอเท่าที่ควร"


def _correspondence(text, given=None, **scores):
    def change(data):
        for code, score in ({"e2": "80.00"} | scores).items():
            row = _score(data, code)
            row.clear()
            row.update(code=code, score=score)
        data["remarks"] = [{"code": "e2", "text": text}]
        for row in data["plan"]:
            row["findings"] = ["ข้อ e2"] if row["issue"] == "2" else ["ข้อ e4"]
        data["plan"][1]["measures"] = ["ก", "ข"]
        data["plan"].append(data["plan"][1] | {"responsible": ["กองคลัง"], "findings": ["ข้อ e9"]})
        data["correspondence"] = given

    return _context(change)["correspondence"]


def test_the_page_of_correspondence_leads_from_a_low_score_to_its_measures():
    (row,) = _correspondence(f"{WEAK} ดังนั้น เทศบาลควรเพิ่มช่องทาง (มาตรการที่ 2.3)")
    assert row == {
        "code": "e๒",
        "scores": ["๘๐.๐๐"],
        "weakness": WEAK,
        "weakness_merge": "",
        "measures": ["๒.๓"],
        "responsible": ["กองคลัง"],
        "responsible_merge": "",
        "period": ["ธ.ค. ๒๕๖๘ – ก.ย. ๒๕๖๙"],
        "period_merge": "",
    }


@pytest.mark.parametrize(("keep_from", "said"), [("100", "๑๐๐"), ("95", "๙๕"), ("87.5", "๘๗.๕๐")])
def test_the_page_of_correspondence_says_the_agencys_own_threshold(keep_from, said):
    def change(data):
        data["agency"]["maintain_from"], data["correspondence"] = keep_from, "พิมพ์"
        row = _score(data, "e2")
        row.clear()
        row.update(code="e2", score="80.00")

    assert _context(change)["correspondence_below"] == said
    assert _context()["correspondence_below"] == ""


def test_neighbours_with_the_same_answer_share_its_cells_but_not_its_number():
    def change(data):
        for code in ("e2", "e3"):
            row = _score(data, code)
            row.clear()
            row.update(code=code, score="80.00")
        data["remarks"] = [{"codes": ["e2", "e3"], "text": f"{WEAK} (มาตรการที่ 2.1)"}]

    first, second = _context(change)["correspondence"]
    assert first["measures"] == second["measures"] == ["๒.๑"]
    for name in ("weakness", "responsible", "period"):
        assert (first[f"{name}_merge"], second[f"{name}_merge"]) == ("\ue000", "\ue001")
        assert first[name] not in ("", [""])
        assert second[name] in ("", [""])


def test_both_halves_of_a_score_stand_on_one_line():
    def change(data):
        row = _score(data, "e2")
        row.clear()
        row.update(code="e2", part1="80.00", part2="70.00")
        data["correspondence"] = "พิมพ์"

    (row,) = _context(change)["correspondence"]
    assert row["scores"] == ["๘๐.๐๐ / ๗๐.๐๐"]


def test_without_a_pointer_the_findings_lead_to_the_measures():
    (row,) = _correspondence(f"{WEAK} จึงควรเพิ่มช่องทาง", "พิมพ์")
    assert (row["weakness"], row["measures"]) == (WEAK, ["๒.๑", "๒.๒"])
    assert row["responsible"] == ["สำนักปลัดเทศบาล"]


def test_the_page_is_printed_where_remarks_point_to_measures_unless_the_data_say():
    pointing, plain = f"{WEAK} (มาตรการที่ 2.1)", f"{WEAK} จึงควรเพิ่มช่องทาง"
    printed = [_correspondence(*case) for case in (
        (pointing,), (pointing, "ไม่พิมพ์"), (plain,), (plain, "พิมพ์")
    )]  # fmt: skip
    assert [bool(rows) for rows in printed] == [True, False, False, True]
    assert _context()["correspondence"] == []


@pytest.mark.parametrize(
    ("text", "weakness"),
    [
        (f"{WEAK} ดังนั้น หน่วยงานควรเพิ่มช่องทาง", WEAK),
        ("ได้ ๗๘.๒๐ คะแนน จึงควรสร้างความเชื่อมั่น", "ได้ ๗๘.๒๐ คะแนน"),
        ("ยังไม่ครบ โดย หน่วยงานควรแก้ไข", "ยังไม่ครบ"),
        ("ยังไม่ครบ และหน่วยงานจึงต้องแก้ไข", "ยังไม่ครบ"),
        ("ถูกสั่งให้ทำสิ่งที่ไม่ถูกต้อง หน่วยงานต้องตรวจสอบ", "ถูกสั่งให้ทำสิ่งที่ไม่ถูกต้อง"),
        ("ควรเพิ่มช่องทาง", "ควรเพิ่มช่องทาง"),
        ("ขั้นตอน ได้ ๙๘.๒๐ คะแนน อยู่ในระดับดี และยังพัฒนาได้อีก โดยควรทบทวน", "ขั้นตอน ยังพัฒนาได้อีก"),
        ("ความชัดเจนอยู่ในระดับดี (98.20 คะแนน) และยังพัฒนาได้อีก", "ความชัดเจนยังพัฒนาได้อีก"),
        (f"{WEAK}\nดังนั้น เทศบาลตำบลควนเสาธงควรเพิ่ม", WEAK),
    ],
)
def test_the_weakness_ends_where_the_advice_begins(text, weakness):
    (row,) = _correspondence(text, "พิมพ์")
    assert row["weakness"] == weakness


ITEM = YEAR.item("o8").name
ALL, BOTH = {"score": "50.00"}, {"part1": "50.00", "part2": "40.00"}


@pytest.mark.parametrize(
    ("code", "score", "text", "weakness"),
    [
        ("o8", ALL, f"ในข้อ o8 {ITEM} ได้คะแนนเพียงบางส่วน (50.00 คะแนน)", f"{ITEM} ได้คะแนนเพียงบางส่วน"),
        ("o8", ALL, f"ผลการตรวจข้อ o๘ {ITEM} ได้ ๕๐.๐๐ คะแนน", f"{ITEM} ได้ ๕๐.๐๐ คะแนน"),
        ("o8", ALL, f"ข้อ o9 {ITEM} ไม่เต็ม (60.00 คะแนน)", f"ข้อ o๙ {ITEM} ไม่เต็ม (๖๐.๐๐ คะแนน)"),
        ("o8", ALL, "ผลการประเมินเรื่องการป้องกันสินบน ยังไม่เต็ม", "การป้องกันสินบน ยังไม่เต็ม"),
        ("o8", ALL, "ข้อ o8 และข้อ o9 ยังไม่เต็ม", "ข้อ o๘ และข้อ o๙ ยังไม่เต็ม"),
        ("e2", BOTH, "ได้ 50.00 และ 40.00 คะแนน ต่ำกว่า 85 คะแนน", "ได้ต่ำกว่า ๘๕ คะแนน"),
        (
            "e2", BOTH, "มีผลการประเมิน 50.00 คะแนน ในส่วนที่ 1 และ 40.00 คะแนน ในส่วนที่ 2 ต่ำกว่า 85 คะแนน",
            "มีผลการประเมินต่ำกว่า ๘๕ คะแนน",
        ),
        ("e2", BOTH, "ได้ 40.00 คะแนน ในส่วนที่ 2 ต่ำกว่า 85", "ได้ ๔๐.๐๐ คะแนน ในส่วนที่ ๒ ต่ำกว่า ๘๕"),
    ],
)  # fmt: skip
def test_the_weakness_does_not_repeat_the_code_and_the_score_beside_it(code, score, text, weakness):
    def change(data):
        row = _score(data, code)
        row.clear()
        row.update(code=code, **score)
        data["remarks"] = [{"code": code, "text": f"{text} จึงควรแก้ไข"}]
        data["correspondence"] = "พิมพ์"

    (row,) = _context(change)["correspondence"]
    assert row["weakness"] == weakness


def test_a_weakness_of_several_rows_says_all_its_scores():
    def change(data):
        for code in ("o8", "o9"):
            _score(data, code)["score"] = "50.00"
        data["remarks"] = [{"codes": ["o8", "o9"], "text": f"ข้อ o8 {ITEM} ได้ 50.00 คะแนน ต่ำกว่า 85"}]
        data["correspondence"] = "พิมพ์"

    first, _ = _context(change)["correspondence"]
    assert first["weakness"] == f"ข้อ o๘ {ITEM} ได้ ๕๐.๐๐ คะแนน ต่ำกว่า ๘๕"


def test_measures_of_one_period_share_its_cell_though_others_do_them():
    def change(data):
        for code in ("e2", "e3"):
            row = _score(data, code)
            row.clear()
            row.update(code=code, score="80.00")
        data["plan"].append(data["plan"][1] | {"responsible": ["กองคลัง"]})
        data["remarks"] = [
            {"code": "e2", "text": f"{WEAK} (มาตรการที่ 2.1)"},
            {"code": "e3", "text": f"{WEAK} (มาตรการที่ 2.2)"},
        ]

    rows = _context(change)["correspondence"]
    assert [row["measures"] for row in rows] == [["๒.๑"], ["๒.๒"]]
    assert [row["responsible_merge"] for row in rows] == ["", ""]
    assert [row["period_merge"] for row in rows] == [R, C]


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


def _compared(before="92.15", indicators=(), fiscal_year=2568, **result):
    last = {"total": before, "indicators": [{"no": n, "score": v} for n, v in indicators]}
    report = _report(lambda data: data["result"].update(result, last_year=last), fiscal_year)
    return context.context(report, catalogue.load(fiscal_year), None)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("92.15", "เพิ่มขึ้นจากปีงบประมาณ พ.ศ. ๒๕๖๗ (๙๒.๑๕ คะแนน) ๒.๗๕ คะแนน"),
        ("95.00", "ลดลงจากปีงบประมาณ พ.ศ. ๒๕๖๗ (๙๕.๐๐ คะแนน) ๐.๑๐ คะแนน"),
        ("94.90", "เท่ากับปีงบประมาณ พ.ศ. ๒๕๖๗"),
    ],
)
def test_the_total_is_compared_with_last_years(before, said):
    assert _compared(before, total="94.90")["result"]["compared"] == said
    assert _context()["result"]["compared"] == ""


def test_last_years_scores_stand_beside_this_years_with_the_change():
    scores = (("1", "88.5"), ("2", "100"), ("3", "100"))
    words = _compared(indicators=scores)
    assert words["indicators"]["compared"] == "๒๕๖๗"
    assert [row["last_year"] for row in words["indicators"]["rows"]][:4] == [
        "๘๘.๕๐", "๑๐๐.๐๐", "๑๐๐.๐๐", "–",
    ]  # fmt: skip
    assert [row["change"] for row in words["indicators"]["rows"]][:4] == [
        "+๑๑.๕๐", "๐.๐๐", "๐.๐๐", "–",
    ]  # fmt: skip
    assert len(words["indicators"]["notes"]) == 1
    assert _context()["indicators"]["compared"] == _context()["indicators"]["change"] == ""


def test_a_lower_score_has_a_minus():
    report = _report(
        lambda data: data["result"].update(
            indicators=[{"no": "1", "score": "90"}],
            last_year={"total": "90", "indicators": [{"no": "1", "score": "91.2"}]},
        )
    )
    (row,) = context.context(report, YEAR, NEXT)["indicators"]["rows"]
    assert row["change"] == "-๑.๒๐"


def test_no_difference_is_printed_where_the_two_years_ask_other_questions():
    words = _compared(indicators=(("1", "88.5"),), fiscal_year=2567)
    assert words["result"]["compared"] == "(ปีงบประมาณ พ.ศ. ๒๕๖๖ ได้คะแนนภาพรวม ๙๒.๑๕ คะแนน)"
    assert words["indicators"]["change"] == ""
    assert {row["change"] for row in words["indicators"]["rows"]} == {""}
    assert words["indicators"]["rows"][0]["last_year"] == "๘๘.๕๐"
    assert any("จึงไม่แสดงผลต่าง" in note for note in words["indicators"]["notes"])


LOW = "EIT ส่วนที่ ๑ ได้ ๘๓.๐๗ คะแนน ต่ำกว่า ๘๕ คะแนน"
TWO = "EIT ส่วนที่ ๑ ได้ ๙๐.๐๐ คะแนน และ OIT ได้ ๙๔.๐๐ คะแนน ต่ำกว่า ๙๕ คะแนน"


def _tools(*scores):
    names = (("IIT", None), ("EIT", "1"), ("EIT", "2"), ("OIT", None))
    return [
        {"tool": tool, "score": score} | ({"part": part} if part else {})
        for (tool, part), score in zip(names, scores, strict=False)
    ]


@pytest.mark.parametrize(
    ("total", "level", "tools", "said"),
    [
        ("94.90", "ผ่าน", ("99.36", "83.07", "97.56", "95"), LOW),
        ("96", "ผ่านดี", ("99.36", "90", "97.56", "94"), TWO),
        ("96", "ผ่านดี", ("95", "90", "95", "94"), TWO),
        ("94.90", "ผ่านดี", ("99.36", "83.07", "97.56", "95"), ""),
        ("94.90", "ผ่าน", ("99.36", "83.07", "97.56"), ""),
        ("90", "ผ่านดี", ("90", "90", "90", "90"), ""),
        ("96", "ผ่านดีเยี่ยม", ("96", "96", "96", "96"), ""),
        ("80", "ต้องปรับปรุง", ("80", "80", "80", "80"), ""),
    ],
)  # fmt: skip
def test_why_this_level_is_said_where_the_tools_explain_it(total, level, tools, said):
    def change(data):
        data["result"].update(total=total, level=level, tools=_tools(*tools))

    why = _context(change)["result"]["why"]
    rest = f"จึงมีผลการประเมินอยู่ในระดับ{level}"
    assert why == (f"ทั้งนี้ คะแนน {said} {rest}" if said else "")


def test_parts_that_nobody_gave_are_empty():
    words = _context()
    parts = (words[name] for name in ("principles", "follow_up", "summary", "appendices"))
    assert [*parts, words["result"]["rank"], words["result"]["respondents"]] == [[]] * 4 + [""] * 2


def test_rank_and_respondents_are_said_as_far_as_they_are_known():
    def change(data):
        data["result"] |= {"rank": {"place": "76", "of": "211"}, "respondents": {"eit": "1152"}}

    result = _context(change)["result"]
    assert result["rank"] == "เป็นอันดับที่ ๗๖ จาก ๒๑๑ แห่งของจังหวัด"
    assert result["respondents"] == "มีผู้ตอบแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT) ๑,๑๕๒ คน"


def test_a_tools_scores_stand_under_its_name():
    words = _context(lambda data: data["result"].update(tools=_tools("99.36", "83.07", "97.56")))
    scores = [row["tool_scores"] for row in words["indicators"]["rows"]]
    assert scores[0] == ["คะแนน ๙๙.๓๖"]
    assert scores[5] == ["ส่วนที่ ๑ ๘๓.๐๗", "ส่วนที่ ๒ ๙๗.๕๖"]
    assert scores[1:5] + scores[6:] == [[]] * 8


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
    (series,) = graph.series
    assert len(graph.labels) == len(series.scores) == 10
    assert all(isinstance(score, Decimal) for score in series.scores)
    assert all(label in graph.alternative_text for label in graph.labels)
    assert _context(with_graph=False)["graph"] == ""


def test_the_graph_shows_both_years_where_they_may_be_compared():
    last = {"total": "90", "indicators": [{"no": "2", "score": "88.5"}]}
    for year, count in ((2567, 1), (2568, 2)):
        report = _report(lambda data: data["result"].update(last_year=last), year)
        graph = context.graph(report, catalogue.load(year))
        assert len(graph.series) == count
        assert ("๘๘.๕๐" in graph.alternative_text) == (count == 2)
    assert graph.series[0].scores[:3] == (None, Decimal("88.50"), None)


@pytest.mark.parametrize("fiscal_year", [2567, 2568, 2569])
def test_every_question_of_every_year_stands_once(fiscal_year):
    year = catalogue.load(fiscal_year)
    words = context.context(_report(fiscal_year=fiscal_year), year, None, "arabic")
    codes = [row["code"] for issue in words["part1"]["issues"] for row in issue["rows"]]
    assert sorted(codes) == sorted(year.codes)


def test_one_note_says_what_stands_for_scores_that_nobody_published():
    def change(data):
        data["result"] = {"total": "90.52", "level": "ผ่าน", "published": "ภาพรวม", "indicators": []}
        data.update(scores=[], remarks=[])

    first, *others = _context(change)["part1"]["issues"]
    assert first["notes"] == ["หมายเหตุ: “–” ในตารางของส่วนนี้ หมายถึง ผลการประเมินที่เผยแพร่ไม่แสดงคะแนน"]
    assert all(issue["notes"] == [] for issue in others)

    def with_tools(data):
        change(data)
        tools = ("IIT", None), ("EIT", 1), ("EIT", 2), ("OIT", None)
        data["result"]["tools"] = [
            {"tool": tool, "score": "90.00"} | ({"part": part} if part else {})
            for tool, part in tools
        ]

    assert all(issue["notes"] == [] for issue in _context(with_tools)["part1"]["issues"])
