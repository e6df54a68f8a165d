"""Remarks, the plan, and every text: what the words say."""

from __future__ import annotations

import pytest

from checks import (
    Case,
    add,
    both,
    changed,
    errors_and_warnings,
    found,
    nothing,
    override,
    plan,
    put,
    remark,
    remove,
    score,
    try_case,
    unremarked,
)
from itareport import check
from itareport.check.prose import spelling
from itareport.ita import catalogue
from itareport.ita.model import Report
from reports import KINDS, clean_data

OPINION = "ผู้มีส่วนได้ส่วนเสียภายในบางส่วนมีความเห็นว่า"
O15 = "รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี"

CASES = {
    "D220": Case(
        unremarked("e9"),
        nothing,
        ("scores", 23, "text"),
        ("ข้อ e9 ได้ 79.05 (ส่วนที่ 1) และ 98.10 (ส่วนที่ 2) แต่ไม่มีข้อวิเคราะห์",),
    ),
    "D221": Case(remark("o31", "ก"), nothing, ("remarks", 3, "code"), ("o1 ถึง o28",)),
    "D222": Case(
        add("remarks", {"code": "i1", "text": "ก"}), nothing, ("remarks", 3, "code"), ("ข้อ i1",)
    ),
    "D223": Case(remove("plan", 3), nothing, ("plan",), ("ประเด็นที่ 4 (กระบวนการกำกับดูแล",)),
    "D224": Case(put("plan.3.issue", "8"), nothing, ("plan", 3, "issue"), ("แผนแถวที่ 4", "1 ถึง 7")),
    "D225": Case(
        plan(3, steps=[]),
        plan(3, follow_up=[]),
        ("plan", 2, "steps"),
        ("แผนแถวที่ 3 ประเด็นที่ 3 ไม่มีขั้นตอนหรือวิธีการดำเนินการ",),
    ),
    "D226": Case(
        plan(3, steps=["ทำ", " - "]),
        plan(3, steps=["ทำ", "- ทำ"]),
        ("plan", 2, "steps", 1),
        ("รายการที่ 2 ว่าง (“-”)",),
    ),
    "D227": Case(
        plan(3, steps=["<p>- ทำ&nbsp;</p>"]),
        plan(3, steps=["R&D <5 และ a < b > c"]),
        ("plan", 2, "steps", 0),
        ("<p> &nbsp; </p>",),
    ),
    "D252": Case(
        remark("i1", " - รักษา ระดับ"),
        remark("i2", "รักษาระดับ"),
        ("remarks", 2, "text"),
        ("ข้อ i1 ได้ 98.33 แต่ข้อวิเคราะห์เขียนว่า “รักษาระดับ”",),
    ),
    "D253": Case(
        both(unremarked("i1"), put("agency.maintain_from", "95")),
        put("agency.maintain_from", "95"),
        ("agency", "maintain_from"),
        ("ข้อ i1 ได้ต่ำกว่า 100", "เกณฑ์ 95.00"),
    ),
    "D254": Case(remark("i2", ""), remark("i2", "ดี"), ("remarks", 3, "text"), ("พิมพ์ว่าง",)),
    "D255": Case(
        both(score("o26", missing="ไม่แสดงในผลที่เผยแพร่"), remark("o26", "เผยแพร่ช้า")),
        both(score("o26", missing="ไม่แสดงในผลที่เผยแพร่"), remark("o25", "เผยแพร่ช้า")),
        ("remarks", 3, "text"),
        ("ข้อ o26 แจ้งว่าไม่แสดงในผลที่เผยแพร่",),
    ),
    "D256": Case(
        remark("o27", "รายงานผลการบริหารและ พัฒนา ทรัพยากรบุคคลประจำปี ยังไม่เป็นปัจจุบัน"),
        remark("o15", f"{O15} ยังไม่เป็นปัจจุบัน"),
        ("remarks", 3, "text"),
        (f"กล่าวถึงข้อ o15 {O15}",),
    ),
    "D257": Case(
        remark("i5", "บุคลากรบางรายมีการเบิก จ่ายเงินที่เป็นเท็จ ดังนั้น หน่วยงานควรตรวจสอบ"),
        remark("i5", f"{OPINION}มีการเบิกจ่ายเงินที่เป็นเท็จ ดังนั้น หน่วยงานควรตรวจสอบ"),
        ("remarks", 3, "text"),
        ("“บุคลากรบางรายมีการเบิก จ่ายเงินที่เป็นเท็จ”", OPINION),
    ),
    "D259": Case(
        plan(3, findings=["ข้อ o๑ และอีก 2 ข้อ ได้ ๕๐.๐๐ คะแนน ต่ำกว่า ๘๕ คะแนน"]),
        plan(3, findings=["ข้อ o๑ และอีก ๐ ข้อ ได้ ๕๐.๐๐ คะแนน ต่ำกว่า ๘๕ คะแนน"]),
        ("plan", 2, "findings", 0),
        ("เขียนว่าอีก 2 ข้อ แต่ข้อที่ได้ต่ำตามคะแนนคือ o1 | โปรดเทียบกับคะแนน แล้วแก้เป็นอีก 0 ข้อ",),
    ),
    "D260": Case(
        plan(2, findings=["ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน"]),
        plan(2, findings=["e9 การใช้ระบบ"]),
        ("scores", 23),
        (
            "แต่ไม่มีมาตรการรองรับในประเด็นที่ 2 | โปรดเพิ่มมาตรการ หรือระบุ e9 หรือตัวชี้วัดที่ 8",
        ),
    ),
    "D261": Case(
        plan(3, measures=["เผยแพร่ตามข้อ o31"]),
        plan(3, measures=["เผยแพร่ตามข้อ o28"]),
        ("plan", 2, "measures", 0),
        ("ข้อ o31 ซึ่งไม่มีในปี 2568 (มี o1 ถึง o28) หรือปี 2569 (มี o1 ถึง o26)",),
    ),
    "D262": Case(
        plan(6, findings=["ตัวชี้วัดย่อยที่ ๙.๒ การบริหารและพัฒนาทรัพยากรบุคคล (o๑๔, o๑๕)"]),
        plan(6, findings=["ตัวชี้วัดย่อยที่ ๙.๔ การบริหารและพัฒนาทรัพยากรบุคคล (o๑๔, o๑๕)"]),
        ("plan", 5, "findings", 0),
        ("ข้อ o14, o15 ใต้ตัวชี้วัดย่อยที่ 9.2 แต่ในปี 2568 อยู่ในตัวชี้วัดย่อยที่ 9.4",),
    ),
    "D263": Case(
        plan(1, findings=["(0๕, ๐๖)"]),
        plan(1, findings=["(o๕, o๖) โทร. 0๗๔-๖๙๕๑๒๓"]),
        ("plan", 0, "findings", 0),
        ("0๕, ๐๖ | โปรดพิมพ์เป็น o5, o6",),
    ),
    "D264": Case(
        plan(4, findings=[]), nothing, ("plan", 3, "findings"), ("ไม่มีผลการวิเคราะห์ที่สอดคล้อง",)
    ),
    "D265": Case(
        plan(1, period=["ธันวาคม ๒๕๖๗ - กันยายน ๒๕๖๘"]),
        plan(1, period=["ธันวาคม ๒๕๖๘ - กันยายน ๒๕๖๙"]),
        ("plan", 0, "period", 0),
        ("“ธันวาคม 2567, กันยายน 2568”", "(1 ตุลาคม 2568 ถึง 30 กันยายน 2569)"),
    ),
    "D266": Case(
        plan(1, steps=["(นำกราฟผลการประเมินฯ ของหน่วยงานมาจากระบบ ITAS)"]),
        plan(1, steps=["(นำผลการประเมินไปใช้ในการพัฒนา)"]),
        ("plan", 0, "steps", 0),
        ("“(นำกราฟผลการประเมินฯ ของหน่วยงานมาจากระบบ ITAS)”",),
    ),
    "D267": Case(
        plan(1, steps=["เผยแพร่ในเว็บไซต์เทศบาลตำบลควนเสารังทุกเดือน"]),
        plan(1, steps=["เผยแพร่ในเว็บไซต์เทศบาลตำบลควนเสาธงทุกเดือน"]),
        ("plan", 0, "steps", 0),
        ("พบ “ควนเสารัง” ซึ่งสะกดต่างจากชื่อหน่วยงาน “ควนเสาธง”",),
    ),
    "D268": Case(
        both(remark("i1", f"{OPINION}ช้า ดังนั้น เทศบาลตำบลบ้านใหม่ควรเร่งรัด")),
        both(remark("i1", f"{OPINION}ช้า ดังนั้น เทศบาลตำบลควนเสาธงควรเร่งรัด")),
        ("remarks", 2, "text"),
        ("“เทศบาลตำบลบ้านใหม่” ใน 1 แห่ง (ข้อวิเคราะห์) แต่รายงานนี้เป็นของ “เทศบาลตำบลควนเสาธง”",),
    ),
    "D356": Case(
        plan(1, steps=["รายงานผู้ว่าราชการจังหวัดสตูล"]),
        plan(1, steps=["รายงานผู้ว่าราชการจังหวัดพัทลุง"]),
        ("plan", 0, "steps", 0),
        ("พบชื่อจังหวัด “สตูล” แต่หน่วยงานอยู่ในจังหวัด “พัทลุง” | โปรด",),
    ),
    "D357": Case(
        put("principles", "รายงานผลการประเมินคุณธรรม ประจำปีงบประมาณ พ.ศ. ๒๕๖๖"),
        put("principles", "รายงานผลการประเมินคุณธรรม ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"),
        ("principles",),
        ("เขียนว่าประจำปี 2566 แต่รายงานนี้วิเคราะห์ผลปี 2568 และมีแผนปี 2569 | โปรด",),
    ),
    "D269": Case(
        plan(1, responsible=["สำนักปลัดองค์การบริหารส่วนตำบล"]),
        plan(1, responsible=["สำนักปลัดเทศบาล"]),
        ("plan", 0, "responsible", 0),
        ("“สำนักปลัดองค์การบริหารส่วนตำบล” ใน 1 แห่ง", "โปรดแก้เป็น “สำนักปลัดเทศบาล”"),
    ),
    "D312": Case(
        plan(1, period=["ตามความเหมาะสม"]),
        plan(1, period=["ตลอดปีงบประมาณ"]),
        ("plan", 0, "period", 0),
        ("“ตามความเหมาะสม”",),
    ),
    "D313": Case(
        nothing, put("remarks", []), ("remarks",), ("ข้อวิเคราะห์ข้อ i1, e9, o1 โปรแกรมตรวจไม่ได้",)
    ),
    "D315": Case(
        put("agency.name", "นา"), nothing, ("agency", "name"), ("ชื่อ “เทศบาลตำบลนา”",)
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_speaks_of_the_guilty_only(code):
    try_case(code, CASES[code])


def test_a_plan_year_without_catalogue_is_said():
    """D310: only where the plan quotes codes at all."""
    data = changed(plan(1, findings=["ข้อ o5 o31"]))
    (told,) = found(data, "D310", plan_known=False)
    assert "ตรวจกับปี 2568 เท่านั้น เพราะยังไม่มีแค็ตตาล็อกปี 2569" in told.message
    assert "ไม่มีในปี 2568 (" in found(data, "D261", plan_known=False)[0].message
    assert not found(data, "D310")
    assert not found(changed(nothing), "D310", plan_known=False)


# -- remarks -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "-", "  \n"])
def test_an_empty_remark_is_none_below_the_threshold(text):
    data = changed(remark("i1", text))
    assert found(data, "D220")
    assert not found(data, "D254")


def test_a_threshold_of_its_own_needs_no_remark_above_it():
    data = changed(both(unremarked("i1"), put("agency.maintain_from", "98.33")))
    assert not found(data, "D220")
    data["agency"]["maintain_from"] = "98.34"
    assert found(data, "D220")


def test_the_lower_half_counts():
    data = changed(both(score("e2", part1="100", part2="99.99")))
    assert [p.where for p in found(data, "D220")] == [("scores", 16, "text")]


@pytest.mark.parametrize(
    ("code", "text", "others"),
    [
        ("i1", f"{OPINION}{O15}ยังไม่ชัด ดังนั้น ควรปรับปรุง", ["o15"]),
        ("i1", f"{OPINION}ยังช้า ดังนั้น หน่วยงานควรทำคู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่", []),
        ("e9", "ผู้รับบริการบางส่วนไม่เคยใช้ E-Service", []),  # contained in its own name
        ("e8", "ผู้รับบริการบางส่วนไม่รู้จัก E-Service", ["o10"]),
        ("o28", "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานยังไม่ครบ", []),
        ("o26", "แผนปฏิบัติการป้องกันการทุจริตยังไม่ครบ ควรเพิ่มประมวลจริยธรรมและการขับเคลื่อนจริยธรรม",
         ["o25", "o16"]),
    ],
)  # fmt: skip
def test_other_items_by_official_name(code, text, others):
    told = found(changed(remark(code, text)), "D256")
    assert sorted(map(_named, told)) == sorted(others)


def test_the_longest_name_is_meant():
    """Where one name holds another, as o2 is made to hold o3 here, only the longer is named."""
    year = catalogue.load(2568)
    rows = [
        row.model_copy(update={"name": f"{row.name}และข้อมูลการติดต่อ"}) if row.code == "o2" else row
        for row in year.items.rows
    ]
    nested = year.model_copy(update={"items": year.items.model_copy(update={"rows": tuple(rows)})})
    data = changed(remark("o5", "ข้อมูลผู้บริหารและข้อมูลการติดต่อยังไม่ครบ"))
    told = check.check(Report.model_validate(data), nested, None, KINDS)
    assert [_named(problem) for problem in told if problem.code == "D256"] == ["o2"]


def _named(problem):
    return problem.message.split("กล่าวถึงข้อ ")[1].split()[0]


@pytest.mark.parametrize(
    "text",
    [
        "การจัดซื้อจัดจ้างของหน่วยงานเอื้อประโยชน์แก่ผู้ขายบางราย",
        "หน่วยงานที่มีการจัดซื้อจัดจ้างที่เอื้อ ประโยชน์ให้บุคคลใดบุคคลหนึ่ง ดังนั้น หน่วยงานควรแก้ไข",
        "ผลการประเมินพบว่ามีการสมยอมราคา",
        "จากการตรวจสอบพบการเรียกรับสินบน",
        "ยังทำได้ไม่ดี\nเจ้าหน้าที่เรียกรับสินบน",
    ],
)
def test_wrongdoing_as_a_fact(text):
    assert found(changed(remark("i6", text)), "D257")


@pytest.mark.parametrize(
    "text",
    [
        "ยังไม่แน่ใจว่าการจัดซื้อจัดจ้างไม่เอื้อประโยชน์แก่ผู้ขาย",
        "คะแนนข้อคำถามเรื่องการเอื้อประโยชน์ยังต่ำ",
        "การตรวจสอบการเบิกจ่ายเงินที่เป็นเท็จยังไม่รัดกุม",
        "ช่องทางแจ้งเบาะแสการทุจริตยังไม่ทั่วถึง",
        "ประกาศงดรับของขวัญยังเผยแพร่ไม่ทั่วถึง",
        "การประชาสัมพันธ์เรื่องการเรียกรับสินบนยังน้อย",
        "ความรู้เกี่ยวกับการทุจริตยังไม่พอ",
        "No Gift Policy เรื่องการรับของขวัญยังไม่ทั่วถึง",
        f"{OPINION}การจัดซื้อจัดจ้างเอื้อประโยชน์แก่ผู้ขายบางราย",
        "บุคลากรบางรายรับรู้ว่ามีการเอื้อประโยชน์",
        "การจัดซื้อจัดจ้างอาจเอื้อประโยชน์แก่ผู้ขายบางราย",
        "ยังมีความเสี่ยงเรื่องการเอื้อประโยชน์",
        "ไม่พบการเอื้อประโยชน์แก่ผู้ขาย",
        "หน่วยงานควรป้องกันการเอื้อประโยชน์",
        "ขั้นตอนยังไม่เปิดเผยเพียงพอ ดังนั้น หน่วยงานควรป้องกันการทุจริต",
        "รักษาระดับ",
    ],
)
def test_an_opinion_a_risk_a_denial_or_advice_is_no_confession(text):
    assert not found(changed(remark("i6", text)), "D257")


# -- the plan answers ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "finding",
    [
        "ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน",
        "ตัวชี้วัด 8",
        "ตัวชี้วัดที่ 6 - 8",
        "ตัวชี้วัดที่ 6, 7 และ 8",
        "การปรับปรุง การทำงาน",
        "e๙",
        "ข้อ e7 - e9",
        "(E9)",
    ],
)
def test_an_answer_by_indicator_or_code(finding):
    assert not found(changed(plan(2, findings=[finding])), "D260")


@pytest.mark.parametrize(
    "finding", ["ตัวชี้วัดที่ 6", "ตัวชี้วัดที่ 18", "e8", "ตัวชี้วัดย่อยที่ 9.2", "การปรับปรุง", "๘"]
)
def test_no_answer(finding):
    assert [p.where for p in found(changed(plan(2, findings=[finding])), "D260")] == [
        ("scores", 23)
    ]


@pytest.mark.parametrize("finding", ["ตัวชี้วัดย่อยที่ ๙.๑", "9.1 ข้อมูลพื้นฐาน", "ข้อมูล พื้นฐาน", "ตัวชี้วัดที่ 9"])
def test_an_oit_item_is_answered_by_its_sub_indicator_too(finding):
    assert not found(changed(plan(3, findings=[finding])), "D260")


@pytest.mark.parametrize("finding", ["ตัวชี้วัดย่อยที่ ๙.๒", "ตัวชี้วัดที่ 10", "19.1", "9.12"])
def test_nor_by_another(finding):
    assert found(changed(plan(3, findings=[finding])), "D260")


def test_another_issues_row_is_no_answer():
    data = changed(both(plan(2, findings=["e1"]), plan(3, findings=["e9", "o1"])))
    assert [p.where for p in found(data, "D260")] == [("scores", 23)]


def test_a_second_row_of_the_issue_answers():
    row = clean_data(catalogue.load(2568))["plan"][1] | {"findings": ["e9"]}
    data = changed(both(plan(2, findings=["e1"]), add("plan", row)))
    assert not found(data, "D260")


def test_the_own_grouping_says_which_issue_has_to_answer():
    change = both(
        override(4, ["i10", "i11", "i12", "o1"]),
        override(3, ["e4", "e5", "e6", "o2", "o3", "o4"]),
    )
    (told,) = found(changed(change), "D260")
    assert "ประเด็นที่ 4" in told.message


def test_an_issue_without_a_row_is_told_once():
    data = changed(remove("plan", 1))
    assert found(data, "D223")
    assert not found(data, "D260")


# -- codes quoted in the plan --------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "wrong"),
    [
        ("ตัวชี้วัดย่อยที่ ๙.๒ (๐๕, ๐๖) ตัวชี้วัดย่อยที่ ๙.๓ (๐๑๒, ๐๑๓)", []),
        ("ตัวชี้วัดย่อยที่ ๙.๒ (๐๕, ๐๑๒) ตัวชี้วัดย่อยที่ ๙.๓ (๐๑๓)", ["o12"]),
        ("o5, o6 (ตัวชี้วัดย่อยที่ 9.2) o12 (ตัวชี้วัดย่อยที่ 9.3)", []),
        ("o5 (9.3)", ["o5"]),
        ("ตัวชี้วัดย่อย การจัดซื้อจัดจ้าง (o5)", ["o5"]),
        ("ตัวชี้วัดที่ ๑๐.๒ การส่งเสริมคุณธรรมและความโปร่งใส (๐๒๕, ๐๒๘)", []),
        ("ตัวชี้วัดย่อยที่ 9.2 (e1, i1)", []),
        ("การจัดซื้อจัดจ้าง (o5)", []),
        ("ตัวชี้วัดย่อยที่ 9.2 ตัวชี้วัดที่ 10 (o25)", []),
        ("ตัวชี้วัดย่อยที่ 9.7 (o5)", ["o5"]),
    ],
)
def test_codes_beside_a_sub_indicator(finding, wrong):
    told = found(changed(plan(1, findings=[finding])), "D262")
    assert [p.message.split("อ้างถึงข้อ ")[1].split(" ใต้")[0] for p in told] == wrong


def test_a_point_of_codes_alone_belongs_to_the_point_before():
    said = ["ตัวชี้วัดย่อยที่ 9.2", "(o12, o13)"]
    assert found(changed(plan(1, findings=said)), "D262")[0].where == ("plan", 0, "findings", 1)
    assert not found(changed(plan(1, findings=["ตัวชี้วัดย่อยที่ 9.2", "o12 เผยแพร่ช้า"])), "D262")
    assert not found(changed(plan(1, measures=said[:1], findings=said[1:])), "D262")


# -- periods -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "period",
    [
        "ตลอดปีงบประมาณ",
        "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙",
        "ต.ค. 68 – ก.ย. 69",
        "ต.ค. - ก.ย. 2569",
        "ตุลาคม - ธันวาคม ๒๕๖๘",
        "1 ตุลาคม 2568 ถึง 30 กันยายน 2569",
        "๑/๑๐/๒๕๖๘ - ๓๐/๙/๒๕๖๙",
        "ไตรมาส 1",
        "ไตรมาสที่ 1-2 ปีงบประมาณ 2569",
        "ไตรมาส 1/2569",
        "มกราคม",
        "ปี 2569",
        "ปีงบประมาณ พ.ศ. 2566 - 2570",
        "Oct 2025, ธันวาคม 2025",
        "ทุกเดือน",
        "ทุกวันที่ 5 ของเดือน",
        "ตุลาคม 2568 (ผู้เข้าร่วม 2500 คน)",
        "ทุก 3 เดือน",
    ],
)
def test_periods_in_the_plan_year(period):
    assert not errors_and_warnings(changed(plan(1, period=[period])))


@pytest.mark.parametrize(
    ("period", "outside"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๘", "ปีงบประมาณ พ.ศ. 2568"),
        ("ต.ค. 69", "ต.ค. 69"),
        ("กันยายน 2568 - กันยายน 2569", "กันยายน 2568"),
        ("ตุลาคม - ธันวาคม ๒๕๖๙", "ตุลาคม, ธันวาคม 2569"),
        ("1/10/2567", "1/10/2567"),
        ("ไตรมาส 1/2568", "ไตรมาส 1/2568"),
        ("ปี 2567", "ปี 2567"),
        ("พ.ศ. 2560 - 2564", "พ.ศ. 2560 - 2564"),
        ("มกราคม 2025", "มกราคม 2025"),
    ],
)
def test_periods_outside_the_plan_year(period, outside):
    (told,) = found(changed(plan(1, period=[period])), "D265")
    assert f"“{outside}”" in told.message


# -- every text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tagged",
    ["<p>ก</p>", "ก<br/>", "ก<br>", '<ul style="x: y;"> <li>ก</li>', "ก&nbsp;ข", "ก &amp; ข",
     "&#8203;ก", "<!-- ก -->", "<SPAN>ก"],
)  # fmt: skip
def test_html(tagged):
    assert found(changed(remark("i2", tagged)), "D227")


@pytest.mark.parametrize("plain", ["R&D", "ก < ข", "5<6>4", "AT&T; ก", "<3", "a@b.go.th", "& ก;"])
def test_what_only_looks_like_html(plain):
    assert not found(changed(remark("i2", plain)), "D227")


def test_html_of_one_plan_row_is_told_once_with_all_its_places():
    (told,) = found(changed(plan(1, measures=["<p>ก</p>"], steps=["ก", "<br>ข"])), "D227")
    assert told.where == ("plan", 0, "measures", 0)
    assert told.also == (("plan", 0, "steps", 1),)


@pytest.mark.parametrize("point", ["", " ", "-", "•", "–", "- ", "...", "( )", "○"])
def test_empty_points(point):
    assert found(changed(plan(1, responsible=[point])), "D226")
    assert found(changed(put("agency.units", [point])), "D226")


def test_a_blank_line_of_a_position_is_no_empty_point():
    assert not found(changed(put("signatures.0.position", [""])), "D226")


@pytest.mark.parametrize(
    "text",
    ["xxx", "โทร. XXXX", "....", "……", "[ระบุชื่อโครงการ]", "(โปรดระบุ)", "<ชื่อโครงการ>", "{{ ชื่อ }}",
     "(ตัวอย่าง)", "ตัวอย่าง: จัดอบรม", "____", "(นำข้อมูลมาจากระบบ)"],
)  # fmt: skip
def test_leftovers(text):
    (told,) = found(
        changed(plan(1, measures=[f"จัดอบรม\t{text}" if text[0] != "ต" else text])), "D266"
    )
    assert told.where == ("plan", 0, "measures", 0)


def test_a_leftover_of_the_year_is_told_once_and_another_besides():
    data = changed(plan(1, measures=["(ใส่กราฟที่นี่) และ (โปรดระบุชื่อ) xxx"]))
    assert len(found(data, "D266")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "เป็นตัวอย่างที่ดี",
        "แบบคำขอ (กรอกผ่านเว็บไซต์)",
        "(ใส่หน้ากากอนามัย)",
        "(เติมน้ำให้พร้อมใช้)",
        "ตัวอย่างแบบคำร้อง",
        "ต่อไป...",
        "[[ระบุ]]",
        "(ชื่อย่อ)",
        "Exxxon",
        "(ระยะที่ 2)",
        "(สรุปผลปีละ 2 ครั้ง) แล้วเผยแพร่",
        "แผ่นพับ ป้าย ... และสื่ออื่น ๆ",
        "(รอบ 6 เดือน)",
        "(ร่าง) ประกาศเจตนารมณ์",
    ],
)
def test_what_is_no_leftover(text):
    assert not found(changed(plan(1, measures=[text])), "D266")


@pytest.mark.parametrize(
    "text",
    [
        "เทศบาลตำบลควนเสาธงดำเนินการ",
        "เทศบาล ตำบลควนเสาธง",
        "เทศบาลฯ",
        "ทต.ควนเสาธง",
        "ตำบลควนเสาธง",
        "เทศบาลควนเสาธง",
        "เทศบาลตำบลควน เสาธง",
        "เทศบาลตำบลเขาหัวช้าง",
        "อบต.ตะโหมด",
        "เทศบาลควรเสนอแผน",
        "เทศบาล",
        "ตำบลควนขนุน",
    ],
)
def test_own_name_short_forms_and_other_names(text):
    assert not found(changed(plan(1, steps=[text])), "D267")


@pytest.mark.parametrize(
    ("text", "spelling_found"),
    [
        ("เทศบาล ตำบลควนเสารัง", "ควนเสารัง"),
        ("ทต. ควนเสาทอง", "ควนเสาท"),
        ("นายกเทศมนตรีตำบลควนเสาธฺง", "ควนเสาธฺง"),
        ("ตำบลควรเสาธง", "ควรเสาธง"),
    ],
)
def test_other_spellings_of_the_own_name(text, spelling_found):
    (told,) = found(changed(put("signatures.0.position", [text])), "D267")
    assert spelling_found in told.message


def test_one_spelling_in_two_places_is_told_once():
    text = "เทศบาลตำบลควนเสารัง"
    (told,) = found(changed(both(plan(1, steps=[text]), plan(2, steps=[text]))), "D267")
    assert told.also == (("plan", 1, "steps", 0),)


def test_another_place_of_the_province_is_no_misspelling():
    """ควนขนุน and ควนขนุน's neighbour ควนมะพร้าว are places of พัทลุง; ควนขนูน is none."""
    data = changed(both(put("agency.name", "ควนขนัน"), plan(1, steps=["ร่วมกับตำบลควนขนุน"])))
    assert not found(data, "D267")
    data = changed(both(put("agency.name", "ควนขนุน"), plan(1, steps=["เทศบาลตำบลควนขนูน"])))
    assert found(data, "D267")


def test_a_word_for_a_kind_that_begins_the_own_name_is_no_word_before_one():
    province = "นครศรีธรรมราช"
    own = put("agency", {"kind": "องค์การบริหารส่วนจังหวัด", "name": province, "province": province})
    said = plan(1, steps=[f"เสนอองค์การบริหารส่วนจังหวัด{province}"])
    assert not found(changed(both(own, said)), "D267")


@pytest.mark.parametrize(
    ("kind", "name", "office", "wrong"),
    [
        (
            "เทศบาลนคร",
            "พระนครศรีอยุธยา",
            "นายกเทศมนตรีนครพระนครศรีอยุธยา",
            "นายกเทศมนตรีนครพระนครศรีอยุทธยา",
        ),
        ("เทศบาลเมือง", "แกนพัฒนา", "รองนายกเทศมนตรีเมืองแกนพัฒนา", "รองนายกเทศมนตรีเมืองแกนพัฒณา"),
    ],
)
def test_the_end_of_the_kind_before_the_name_is_no_misspelling(kind, name, office, wrong):
    own = put("agency", {"kind": kind, "name": name, "district": "เมือง", "province": "พัทลุง"})
    assert not found(changed(both(own, plan(1, steps=[f"เสนอ{office}"]))), "D267")
    assert found(changed(both(own, plan(1, steps=[f"เสนอ{wrong}"]))), "D267")


@pytest.mark.parametrize(
    "text",
    [
        "{สรุปข้อบกพร่อง}",
        "(อธิบายขั้นตอนโดยละเอียด)",
        "(ชื่อกอง/สำนัก)",
        "[คัดลอกจากระบบ ITAS]",
        "กองคลัง (รอตรวจสอบกับงานแผน)",
        "โครงการ ???",
        "มีความเห็นว่า …",
    ],
)
def test_notes_to_oneself_are_leftovers(text):
    assert found(changed(plan(1, measures=["ประชุม", text])), "D266")


# -- what a copied report left standing ----------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ศึกษาดูงานเทศบาลตำบลนาทอน จังหวัดสตูล",
        "ร่วมกับจังหวัดสตูลแลกเปลี่ยนเรียนรู้",
        "อบรม ณ จังหวัดสงขลา",
        "องค์การบริหารส่วนจังหวัดสตูล",
        "ประชาชนในจังหวัดพัทลุงและอำเภอตะโหมด",
        "ส่งสำนักงาน ป.ป.ช. ประจำจังหวัด",
    ],
)
def test_no_province_that_was_left_standing(text):
    assert not found(changed(plan(1, steps=[text])), "D356")


def test_another_province_is_told_once_with_all_its_places():
    change = both(plan(1, steps=["แจ้งจังหวัดสตูล"]), put("summary", "ชาวจังหวัดสตูลและ จ.สตูล"))
    (told,) = found(changed(change), "D356")
    assert told.also == (("summary",),)
    other = both(change, put("agency.kind", "วิทยาลัย"))
    assert not found(changed(other), "D356")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("เทศบาลตำบลควนเสาธง อำเภอกงหรา จังหวัดพัทลุง", True),
        ("ทต.ควนเสาธง อ.ควนขนุน", True),
        ("เทศบาลตำบลควนเสาธง อำเภอตะโหมด จังหวัดพัทลุง", False),
        ("เทศบาลตำบลควนเสาธง อ.ตะโหมด ติดกับอำเภอกงหรา", False),
        ("เทศบาลตำบลควนเสาธง อำเภอใกล้เคียง", False),
        ("ประสานอำเภอกงหรา", False),
    ],
)
def test_another_district_beside_the_own_name(text, is_told):
    told = found(changed(put("summary", text)), "D356")
    assert bool(told) == is_told
    for one in told:
        assert "แต่หน่วยงานอยู่ในอำเภอ “ตะโหมด”" in one.message


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567 มีสาระสำคัญดังนี้", True),
        ("ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2569 มีสาระสำคัญดังนี้", True),
        ("ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568 มีสาระสำคัญดังนี้", False),
        ("เทียบกับผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567", False),
        ("ผลการประเมิน ITA ประจำปี 2567 ดีกว่าผลปี 2568", False),
        ("ยกระดับผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2569", False),
        ("เข้ารับการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2569", False),
    ],
)
def test_a_text_of_no_year_but_a_neighbour(text, is_told):
    assert bool(found(changed(put("principles", text)), "D357")) == is_told
    assert not found(changed(plan(1, steps=[text])), "D357")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2568", True),
        ("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2569", False),
        ("มาตรการนำผลการประเมินประจำปี 2568 ไปใช้", False),
        ("รายงานผลการดำเนินงานประจำปี 2568", False),
        ("แผนปฏิบัติการป้องกันการทุจริต (พ.ศ. 2566 - 2570)", False),
        ("ผลการประเมิน ITA ประจำปี 2565", True),
    ],
)
def test_the_year_of_a_measure(text, is_told):
    assert bool(found(changed(plan(1, measures=[text])), "D357")) == is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("จัดประชุมภายในเดือนธันวาคม 2567", True),
        ("จัดประชุมภายใน ธ.ค. 2567", True),
        ("จัดประชุมภายในเดือนธันวาคม 2568", False),
        ("รายงานรอบ 12 เดือนภายในตุลาคม 2569", False),
        ("รวบรวมข้อมูลตุลาคม 2567 - กันยายน 2568 แล้วเผยแพร่", False),
    ],
)
def test_a_deadline_in_a_step_that_is_over(text, is_told):
    assert bool(found(changed(plan(1, steps=[text])), "D265")) == is_told


# -- other agencies ------------------------------------------------------------------------


def strangers(*texts: str, where: str = "plan.0.steps", **agency: str):
    """Return what is told of other agencies' names in these texts."""
    fields = {"kind": "องค์การบริหารส่วนตำบล", "name": "ท่าเดื่อ-มืดกา"} | agency
    data = changed(both(*(put(f"agency.{field}", value) for field, value in fields.items())))
    for row in data["plan"]:
        row["responsible"] = ["กองคลัง"]
    put(where, list(texts))(data)
    return [problem.message.split("“")[1].split("”")[0] for problem in found(data, "D268")]


@pytest.mark.parametrize(
    "texts",
    [
        ("เทศบาลตำบลควนเสาธงควรเร่ง", "งานของเทศบาลตำบลควนเสาธง"),
        ("ทต.ควนเสาธงเผยแพร่", "เทศบาล ตำบลควนเสาธง ประกาศ"),
        ("นายกเทศมนตรีตำบลควนเสาธงลงนาม", "ปลัดเทศบาลตำบลควนเสาธงและผู้เกี่ยวข้อง"),
        ("ทุกส่วนราชการในสังกัดเทศบาลตำบลควนเสาธง",),
        ("เผยแพร่บนเว็บไซต์เทศบาลตำบลควนเสาธง",),
        ("สำนักปลัดเทศบาลตำบลควนเสาธง",),
        ("รายงานผลต่อนายกเทศมนตรีตำบลควนเสาธง",),
        ("เทศบาลตำบลควนเสาธงและเทศบาลตำบลควนเสาธง", "(เทศบาลตำบลควนเสาธง)"),
    ],
)
def test_another_agency_by_name(texts):
    assert strangers(*texts) == ["เทศบาลตำบลควนเสาธง"]


@pytest.mark.parametrize(
    "texts",
    [
        ("ขยะร่วมกับเทศบาลตำบลดอยเต่าทุกปี",),  # once: as well a partner
        ("แจ้งเทศบาลตำบลใกล้เคียง", "ร่วมกับเทศบาลตำบลใกล้เคียงทุกแห่ง"),
        ("ศึกษาดูงานองค์การบริหารส่วนตำบลอื่น", "องค์การบริหารส่วนตำบลอื่นในอำเภอ"),
        ("สรุปผลเสนอนายกองค์การบริหารส่วนตำบลทราบ", "องค์การบริหารส่วนตำบลทราบและเห็นชอบ"),
        ("องค์การบริหารส่วนตำบลท่าเดื่อ-มืดกาควร", "อบต.ท่าเดื่อ-มืดกา"),
        ("อบต.ท่าเดื่อเผยแพร่", "องค์การบริหารส่วนตำบลท่าเดื่อ ประกาศ"),  # shortened
        ("อบต.ท่าเดือ-มืดกา", "องค์การบริหารส่วนตำบลท่าเดือ-มืดกา"),  # told as a misspelling
        ("องค์การบริหารส่วนตำบลฯ", "องค์การบริหารส่วนตำบล"),
        ("อบต.เชิญผู้แทน", "อบต. เชิญประชาชน", "เทศบาลเมื่อวาน"),
        ("ร่วมกับ อบจ.พัทลุง", "องค์การบริหารส่วนจังหวัดพัทลุงและส่วนราชการ"),  # of the province
        ("เทศบาลตำบลก", "เทศบาลตำบลกกก"),
    ],
)
def test_no_other_agency(texts):
    assert strangers(*texts) == []


def test_where_a_name_ends_is_told_by_its_places_together():
    assert strangers("เทศบาลตำบลหนองมีชัยมีแผน", "เทศบาลตำบลหนองมีชัย") == ["เทศบาลตำบลหนองมีชัย"]
    texts = ("เทศบาลตำบลควนเสาธงมีหน้าที่กำกับ", "ของเทศบาลตำบลควนเสาธงที่ดี")
    assert strangers(*texts) == ["เทศบาลตำบลควนเสาธง"]


def test_one_text_repeated_in_every_row_tells_no_more_than_one():
    text = "ร่วมกับเทศบาลตำบลดอยเต่า"
    assert strangers(text, text, text) == []


@pytest.mark.parametrize("kind", ["เทศบาลตำบล", "หน่วยงานอื่น", "วิทยาลัย"])
def test_agencies_of_the_same_kind_and_of_no_known_kind(kind):
    texts = ("เทศบาลตำบลควนเสาธงควรเร่ง", "งานของเทศบาลตำบลควนเสาธง")
    assert strangers(*texts, kind=kind, name="บ้านใหม่") == ["เทศบาลตำบลควนเสาธง"]


def test_an_other_agency_whose_own_name_holds_the_word_for_a_kind():
    name = "โรงเรียนเทศบาลตำบลเขาเจียก"
    assert not strangers(f"{name}ควรเร่ง", f"ครูของ{name}", kind="หน่วยงานอื่น", name=name)


def test_the_advice_of_a_remark_tells_by_itself():
    text = f"{OPINION}ช้า ดังนั้น อบต.บ้านใหม่ ควรเร่งรัด"
    (told,) = found(changed(remark("i1", text)), "D268")
    assert "“องค์การบริหารส่วนตำบลบ้านใหม่”" in told.message


def test_a_signature_tells_by_itself():
    where = "signatures.0.position"
    assert strangers("นายกเทศมนตรีตำบลควนเสาธง", where=where) == ["เทศบาลตำบลควนเสาธง"]
    assert strangers("ปลัด อบต.ดอยเต่า", where=where) == ["องค์การบริหารส่วนตำบลดอยเต่า"]
    acting = ["รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน", "ปลัดองค์การบริหารส่วนตำบลท่าเดื่อ-มืดกา"]
    assert not strangers(*acting, where=where)
    assert not strangers("ปลัดองค์การบริหารส่วนตำบลปฏิบัติหน้าที่", where=where)


def test_all_places_of_a_name_are_told_once():
    change = both(
        remark("i1", f"{OPINION}ช้า ดังนั้น เทศบาลตำบลบ้านใหม่ควรเร่งรัด"),
        plan(1, steps=["เว็บไซต์ของเทศบาลตำบลบ้านใหม่"]),
        put("signatures.0.position", ["นายกเทศมนตรีตำบลบ้านใหม่"]),
    )
    (told,) = found(changed(change), "D268")
    assert told.also == (("plan", 0, "steps", 0), ("signatures", 0, "position", 0))
    assert "ใน 3 แห่ง (ข้อวิเคราะห์ แผนการดำเนินการ ผู้ลงนาม)" in told.message
    assert errors_and_warnings(changed(change)) == ["D268"]


def test_a_district_that_gives_an_agency_of_another_kind_its_name():
    """เทศบาลเมืองแกลง is เทศบาลตำบลเมืองแกลง shortened, not another municipality."""
    texts = ("เทศบาลเมืองแกลงควรเร่ง", "งานของเทศบาลเมืองแกลง")
    assert not strangers(*texts, kind="เทศบาลตำบล", name="เมืองแกลง")


# -- terms of another kind -----------------------------------------------------------------


def terms(text: str, kind: str = "องค์การบริหารส่วนตำบล", where: str = "plan.0.steps"):
    """Return the words of another kind that are told of in a text."""
    data = changed(both(put("agency.kind", kind), put("agency.name", "ท่าเดื่อ-มืดกา")))
    for row in data["plan"]:
        row["responsible"] = ["กองคลัง"]
    put(where, [text])(data)
    return [problem.message.split("“")[1].split("”")[0] for problem in found(data, "D269")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("รายงานนายกเทศมนตรีทราบ", "นายกเทศมนตรี"),
        ("ปลัดเทศบาล", "ปลัดเทศบาล"),
        ("ประชุมพนักงานเทศบาลทุกคน", "พนักงานเทศบาล"),
        ("ตราเทศบัญญัติงบประมาณ", "เทศบัญญัติ"),
        ("เสนอสภาเทศบาลพิจารณา", "สภาเทศบาล"),
    ],
)
def test_terms_of_a_municipality_in_another_kind_of_agency(text, word):
    assert terms(text) == [word]
    assert terms(text, "องค์การบริหารส่วนจังหวัด") == [word]
    assert not terms(text, "เทศบาลเมือง")
    assert not terms(text, "วิทยาลัย")


def test_terms_of_others_in_a_municipality():
    assert terms("ตราข้อบัญญัติงบประมาณ", "เทศบาลตำบล") == ["ข้อบัญญัติ"]
    assert not terms("ข้อบัญญัติท้องถิ่น", "เทศบาลตำบล")
    assert terms("เสนอนายก อบต. พิจารณา", "เทศบาลตำบล") == ["นายก อบต."]
    assert terms("ปลัดอบจ.ลงนาม", "เทศบาลตำบล") == ["ปลัดอบจ."]
    assert not terms("เชิญปลัด อบต.ดอยเต่า", "เทศบาลตำบล")
    assert not terms("เสนอนายก อบต. พิจารณา")
    assert not terms("ตราข้อบัญญัติงบประมาณ")


@pytest.mark.parametrize(
    "text",
    [
        "เทศบาลและองค์การบริหารส่วนตำบล",
        "เทศบัญญัติเทศบาลตำบลดอยเต่า",
        "นายกองค์การบริหารส่วนจังหวัดลำพูน",
        "นายกเทศมนตรีตำบลดอยเต่าเป็นประธาน",
        "พนักงานส่วนท้องถิ่น",
        "บุคลากร",
    ],
)
def test_what_is_no_term_of_another_kind(text):
    assert not terms(text)


def test_a_title_of_another_kind_beside_the_own_name_in_a_signature():
    where = "signatures.0.position"
    assert terms("นายกเทศมนตรีตำบลท่าเดื่อ-มืดกา", where=where) == ["นายกเทศมนตรี"]
    assert not terms("นายกเทศมนตรีตำบลควนเสาธง", where=where)  # told by name
    assert not terms("ปลัดองค์การบริหารส่วนตำบลท่าเดื่อ-มืดกา", where=where)


# -- many of one fault ---------------------------------------------------------------------


def test_many_scores_without_a_remark_are_told_at_once():
    low = both(*(score(code, score="90") for code in ("i2", "i3", "i4", "i7")))
    (told,) = found(changed(low), "D220")
    assert "ข้อ i2, i3, i4, i7 ได้ต่ำกว่า" in told.message.replace("i2 ถึง i4", "i2, i3, i4")
    assert [told.where, *told.also] == [("scores", i, "text") for i in (1, 2, 3, 6)]
    few = both(*(score(code, score="90") for code in ("i2", "i3", "i4")))
    assert len(found(changed(few), "D220")) == 3


def test_two_remarks_of_one_code_where_another_has_none():
    data = changed(put("remarks.0.code", "o1"))
    assert errors_and_warnings(data) == ["D220", "D222", "D360"]  # i1 is of another tool
    data = changed(both(score("i2", score="90"), remark("i2", "ก"), put("remarks.3.code", "i1")))
    (told,) = found(data, "D222")
    assert "และข้อ i2 ไม่มีข้อวิเคราะห์ | แถวหลังอาจเป็นของข้อ i2" in str(told)
    assert not found(data, "D220")


def test_the_same_wrong_year_in_all_rows_is_told_once():
    old = "ธันวาคม 2567 - กันยายน 2568"
    (told,) = found(changed(both(*(plan(no, period=[old]) for no in range(1, 8)))), "D265")
    assert "แผนแถวที่ 1 ถึง 7 มีช่วงเวลา “ธันวาคม 2567, กันยายน 2568” อยู่นอก" in str(told)
    assert len(told.also) == 6
    other = both(plan(1, period=[old]), plan(2, period=["มกราคม 2571"]))
    assert len(found(changed(other), "D265")) == 2


def test_many_issues_without_a_row_are_told_at_once():
    data = changed(put("plan", []))
    (told,) = found(data, "D223")
    assert (told.where, "ประเด็นที่ 1 ถึง 7 ไม่มีแถวในแผน" in told.message) == (("plan",), True)


@pytest.mark.parametrize(("rows", "told"), [(3, 3), (4, 1)])
def test_three_issues_without_a_row_are_told_each(rows, told):
    assert len(found(changed(both(*[remove("plan", 0)] * rows)), "D223")) == told


@pytest.mark.parametrize(("more", "told"), [((), 3), (("o2",), 1)])
def test_three_scores_without_a_remark_are_told_each(more, told):
    low = [score(code, score="50") for code in more]
    assert len(found(changed(both(put("remarks", []), *low)), "D220")) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [(None, {"D253"}), ("", {"D254"}), ("รักษาระดับ", set()), ("ยังช้าอยู่มาก", set())],
)
def test_a_score_at_the_threshold_is_kept_as_it_is(text, told):
    own = unremarked("i1") if text is None else remark("i1", text)
    data = changed(both(own, put("agency.maintain_from", "98.33")))
    assert {code for code in ("D220", "D252", "D253", "D254", "D350") if found(data, code)} == told


def test_a_row_without_findings_is_told_once():
    data = changed(plan(2, findings=[]))
    assert errors_and_warnings(data) == ["D264"]


def test_distance():
    assert spelling.distance("ควนเสารัง", "ควนเสาธง") == 2
    assert spelling.distance("", "กข") == 2
    assert spelling.distance("กข", "กข") == 0
