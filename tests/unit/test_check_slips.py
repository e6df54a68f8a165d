"""Remarks that say too little, speak of another question, or state wrongdoing as a fact."""

from __future__ import annotations

import pytest

from checks import (
    Case,
    add,
    both,
    changed,
    errors_and_warnings,
    found,
    plan,
    put,
    remark,
    score,
    try_case,
)

OPINION = "ผู้มีส่วนได้ส่วนเสียภายในบางส่วนมีความเห็นว่า"
ADVICE = "ดังนั้น หน่วยงานควรทบทวนและชี้แจงให้บุคลากรทราบทั่วกัน"
LOW_I2 = score("i2", score="98.00")

CASES = {
    "D348": Case(
        remark("i1", f"{OPINION} ข้อ i3 ยังไม่ชัดเจน {ADVICE}"),
        remark("i1", f"{OPINION} ข้อ i1 ถึงข้อ i3 ยังไม่ชัดเจน {ADVICE}"),
        ("remarks", 2, "text"),
        ("ข้อวิเคราะห์ข้อ i1 กล่าวถึงข้อ i3 | โปรดตรวจว่าข้อวิเคราะห์เป็นของข้อ i1 หรือสลับกับข้อ i3",),
    ),
    "D349": Case(
        remark("i1", "เหมือนข้อ e9"),
        remark("i1", f"{OPINION}ขั้นตอนยังเหมือนข้อปฏิบัติเดิม {ADVICE}"),
        ("remarks", 2, "text"),
        ("เขียนเพียงว่า “เหมือนข้อ e9”",),
    ),
    "D350": Case(
        remark("i1", "ควรปรับปรุง"),
        remark("i1", f"{OPINION}ยังช้า {ADVICE}"),
        ("remarks", 2, "text"),
        ("ข้อวิเคราะห์ข้อ i1 ไม่บอกว่ามีข้อบกพร่องใดและหน่วยงานควรทำอย่างไร (“ควรปรับปรุง”) | โปรด",),
    ),
    "D360": Case(
        remark("i1", f"ผู้รับบริการบางส่วนเห็นว่ายังช้า {ADVICE}"),
        remark("i1", f"{OPINION}ยังช้า {ADVICE}"),
        ("remarks", 2, "text"),
        ("ข้อ i1 อ้างความเห็นของผู้รับบริการ แต่ข้อนี้ประเมินโดยผู้มีส่วนได้ส่วนเสียภายใน | โปรด",),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_speaks_of_the_guilty_only(code):
    try_case(code, CASES[code])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("เหมือนข้อ i1", ["D349"]),
        ("เช่นเดียวกับข้อก่อนหน้า", ["D349"]),
        ("ดูข้อ i3", ["D349"]),
        ("xxx", ["D266"]),
        ("(นำข้อความจาก ITAS มาใส่)", ["D266"]),
        ("[คัดลอกเหตุผลจากระบบมาวาง]", ["D266"]),
        ("ควรปรับปรุง", ["D350"]),
        ("ปรับปรุง", ["D350"]),
        ("การเผยแพร่ข้อมูลของหน่วยงานบางเรื่องยังล่าช้าและไม่ครบถ้วนเท่าที่ควร", ["D350"]),
        ("รักษาระดับ", ["D252"]),
        ("ควรรักษาระดับไว้ต่อไป", ["D252"]),
        ("รักษาระดับการดำเนินงานให้ดียิ่งขึ้นต่อไป", ["D252"]),
        ("ดำเนินการได้ดีแล้ว หน่วยงานให้คงมาตรฐานเดิมไว้", ["D252"]),
        (f"ควรคงคุณภาพไว้ แต่{OPINION}ยังล่าช้า จึงควรปรับปรุงขั้นตอน", []),
        (f"{OPINION}การขอยืมทรัพย์สินของราชการไปใช้ปฏิบัติงานยังช้า {ADVICE}", ["D256"]),
        (f"{OPINION} ช้า (คัดลอกจากระบบ ITAS) {ADVICE}", ["D266"]),
        (f"{OPINION}… {ADVICE}", ["D266"]),
        (f"(ดูคู่มือหน้า 12 แล้วลบข้อความนี้) {OPINION}ช้า {ADVICE}", ["D266"]),
        (f"ข้อบกพร่องข้อ i3 มีการเรียกรับสินบนจากผู้มาติดต่อ {ADVICE}", ["D257", "D348"]),
        (f"{OPINION} ขั้นตอนยังช้า หน่วยงานควรปรับปรุงคู่มือตามข้อ o8 ให้ครบถ้วน", []),
        (f"{OPINION} ข้อนี้ยังต่ำกว่าข้อ i1 {ADVICE}", []),
        (f"{OPINION}การให้บริการยังไม่ถูกต้องตามลำดับ และต้องการให้แก้ไข หน่วยงานจะจัดคิว", []),
        (f"{OPINION}ช้า (นำระบบบัตรคิวมาใช้แล้ว) {ADVICE}", []),
    ],
)
def test_a_remark_says_by_itself_what_is_weak_and_what_to_do(text, codes):
    data = changed(both(LOW_I2, remark("i2", text)))
    assert sorted(set(errors_and_warnings(data)) - {"D241", "D240", "D245"}) == codes


def test_neighbours_may_share_a_remark():
    text = f"{OPINION} ข้อ i1 ยังช้า {ADVICE}"
    data = changed(both(LOW_I2, remark("i1", text), remark("i2", text)))
    assert not found(data, "D348")


def test_the_level_is_kept_from_the_agencys_own_threshold_on():
    data = changed(both(remark("i1", "รักษาระดับ"), put("agency.maintain_from", "98")))
    assert not found(data, "D252")


# -- wrongdoing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("i2", "มีการเรียกรับสินบน"),
        ("i2", "สินบนยังมีการเรียกรับจากผู้มาติดต่อ"),
        ("i4", "มีการเบิกจ่ายเงินที่เป็นเท็จ"),
        ("i5", "บุคลากรเบิกค่าเดินทางเกินจริง"),
        ("i5", "มีการเบิกจ่ายเท็จ"),
        ("i8", "ผู้บังคับบัญชาสั่งให้ทำสิ่งที่ไม่ถูกต้อง"),
        ("i7", "หัวหน้ามอบหมายงานโดยลำเอียง"),
        ("i11", "เจ้าหน้าที่นำรถราชการไปใช้ส่วนตัวเป็นประจำ"),
        ("i11", "รถของทางราชการถูกนำไปใช้ในเรื่องส่วนตัว"),
        ("i12", "มีการใช้น้ำมันของหลวงเติมรถส่วนตัว"),
        ("i10", "บุคลากรเอาครุภัณฑ์กลับบ้าน"),
        ("i10", "บุคลากรบางรายยืมทรัพย์สินไปโดยไม่ได้รับอนุญาต"),
        ("i13", "ผู้บริหารไม่ให้ความสำคัญกับการแก้ไขปัญหาการทุจริต"),
        ("i13", "ไม่จริงจังกับการปราบทุจริต คือผู้บริหารของหน่วยงาน"),
        ("i14", "ยังมีการทุจริตในหน่วยงาน"),
        ("e1", "เจ้าหน้าที่เรียกขอค่าตอบแทนจากผู้มาติดต่อ"),
        ("e3", "เจ้าหน้าที่รับสินบน"),
        ("i10", "พัสดุของหลวงถูกเจ้าหน้าที่หยิบไปใช้ที่บ้าน"),
        ("i11", "รถส่วนกลางมีการใช้ไปรับส่งบุตรหลานของผู้บริหาร"),
        ("i2", "เจ้าหน้าที่ให้บริการญาติและพวกพ้องก่อน"),
        ("i6", "คณะกรรมการล็อกสเปกให้ผู้รับจ้างรายเดิม"),
        ("e1", "มีการเก็บค่าน้ำร้อนน้ำชา"),
        ("i9", "การเลื่อนตำแหน่งต้องจ่ายเงินให้ผู้บังคับบัญชา"),
        ("i5", "พนักงานเบิกค่าล่วงเวลาทั้งที่ไม่ได้มาทำงาน"),
        ("e1", "ประชาชนต้องจ่ายเงินเพื่อให้ได้รับบริการเร็วขึ้น"),
    ],
)
def test_wrongdoing_as_a_fact_in_any_order_of_words(code, text):
    assert found(changed(remark(code, f"{text} {ADVICE}")), "D257")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("i11", f"{OPINION}อาจมีการนำวัสดุ ครุภัณฑ์ หรือยานพาหนะของราชการไปใช้ประโยชน์ส่วนตัว"),
        ("i11", "ข้อคำถามเรื่องการนำทรัพย์สินของราชการไปใช้ส่วนตัวได้ 80.00 คะแนน"),
        ("i11", "การป้องกันการนำทรัพย์สินของราชการไปใช้ส่วนตัวยังไม่เพียงพอ"),
        ("i11", "แนวปฏิบัติที่ห้ามนำรถราชการไปใช้ส่วนตัวยังไม่เป็นที่รับรู้"),
        ("i11", "การนำรถราชการไปใช้ส่วนตัวเป็นความเห็นของผู้ตอบบางราย"),
        ("i13", "ผลการประเมินเรื่องการให้ความสำคัญกับการแก้ไขปัญหาการทุจริตได้ 80.00 คะแนน"),
        ("i14", "มาตรการป้องกันการทุจริตบางเรื่องยังเป็นเพียงเอกสาร"),
        ("i15", "การจัดการเรื่องร้องเรียนการทุจริตยังช้า"),
        ("i8", "การป้องกันการสั่งให้ทำสิ่งที่ไม่ถูกต้อง มีผลการประเมิน 80.00 คะแนน"),
        ("e4", "ข้อมูลส่วนตัวและทรัพย์สินใช้เวลาค้นหานาน ไม่พบเท็จ"),
        ("e9", "ผู้รับบริการสามารถใช้ระบบบนเครื่องส่วนตัวได้เพียงบางเรื่อง"),
        ("o8", "มีการเรียกรับสินบน"),
        ("i10", "ขั้นตอนการยืมพัสดุมีหลายขั้นตอน ผู้ยืมกรอกแบบเองที่บ้าน"),
        ("i2", f"{OPINION}เจ้าหน้าที่ให้บริการญาติและพวกพ้องก่อน"),
        ("e1", "ผู้รับบริการจ่ายเงินค่าธรรมเนียมหลายครั้ง"),
        ("i5", "การเบิกค่าเดินทางใช้เวลานาน"),
    ],
)
def test_what_states_no_wrongdoing(code, text):
    assert not found(changed(remark(code, f"{text} {ADVICE}")), "D257")


def test_a_reason_of_itas_states_nothing_in_the_agencys_name():
    reason = "มีการเรียกรับสินบน"
    text = f"ระบบ ITAS ระบุว่า “{reason}” {ADVICE}"
    data = changed(both(LOW_I2, remark("i2", text)))
    assert found(data, "D257")
    put("scores.1.reason", reason)(data)
    assert not found(data, "D257")


def test_a_known_cause_that_states_wrongdoing_is_told_where_it_was_typed():
    data = changed(both(LOW_I2, remark("i2", f"สาเหตุที่ทราบคือ มีการเรียกรับสินบน {ADVICE}")))
    put("scores.1.cause", "มีการเรียกรับสินบน")(data)
    (told,) = found(data, "D257")
    assert told.where == ("scores", 1, "cause")
    assert told.message.startswith(
        "ข้อวิเคราะห์ข้อ i2 (สาเหตุที่หน่วยงานทราบ) เขียนเป็นข้อเท็จจริงว่า “มีการเรียกรับสินบน”"
    )
    put("scores.1.cause", "ผู้รับผิดชอบโอนย้าย")(data)
    (told,) = found(data, "D257")
    assert told.where[0] == "remarks"


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("D348", "ใช้แบบฟอร์มเดียวกับข้อ o8 ของกองอื่น"),
        ("D256", "ยังไม่มีคู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่"),
    ],
)
def test_a_known_cause_may_speak_of_other_items(code, cause):
    data = changed(both(LOW_I2, remark("i2", f"{OPINION}ยังช้า {cause} {ADVICE}")))
    assert found(data, code)
    put("scores.1.cause", cause)(data)
    assert not found(data, code)


def test_all_slips_of_one_report_are_named_and_nothing_else():
    low = [score(code, score="90.00") for code in ("i2", "i7", "i8", "i10", "i11", "i12", "i13")]
    slips = both(
        *low,
        remark("i1", f"{OPINION}ช้า เทศบาลตำบลควนเสารังควรทบทวนและชี้แจงขั้นตอนให้ทราบ"),
        remark("i2", f"ข้อ i3 มีการเรียกรับสินบน {ADVICE}"),
        remark("i8", "xxx"),
        remark("i10", "เหมือนข้อ i1"),
        remark("i11", "ควรปรับปรุง"),
        remark("i12", f"เจ้าหน้าที่นำรถราชการไปใช้ส่วนตัว {ADVICE}"),
        remark("i13", f"{OPINION}การสื่อสารยังน้อย {ADVICE}"),
        remark("o1", "(นำข้อความจาก ITAS มาใส่)"),
        add("signatures", {"date": "1 ตุลาคม 2569"}),
    )
    told = errors_and_warnings(changed(slips))
    of_figures = {"D240", "D241", "D245", "D247"}
    assert sorted(code for code in told if code not in of_figures) == [
        "D220", "D257", "D257", "D266", "D266", "D267", "D282", "D348", "D349", "D350",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "opinion", "is_told"),
    [
        ("i1", "ผู้มีส่วนได้ส่วนเสียภายนอกส่วนใหญ่มีความเห็นว่า", True),
        ("i1", "ผู้ตอบแบบวัด EIT บางรายเห็นว่า", True),
        ("i1", "ผู้ตอบแบบวัดบางรายเห็นว่า", False),
        ("i1", "บุคลากรและประชาชนเห็นว่า", False),
        ("i1", "บุคลากรเห็นว่าเมื่อผู้มาติดต่อเห็นว่าช้า จะร้องเรียน", False),
        ("i1", "เจ้าหน้าที่ต้องอธิบายแก่ผู้รับบริการ ซึ่งบางครั้งเห็นว่า", False),
        ("e9", "ผู้มีส่วนได้ส่วนเสียภายในบางส่วนเห็นว่า", True),
        ("e9", "บุคลากรภายในหน่วยงานบางคนมีความคิดเห็นว่า", True),
        ("e9", "ผู้รับบริการหรือผู้มาติดต่อราชการกับหน่วยงานบางรายเห็นว่า", False),
        ("e9", "ประชาชนจำนวนหนึ่งเห็นว่า", False),
        ("o1", "ผู้มีส่วนได้ส่วนเสียภายในบางส่วนเห็นว่า", True),
        ("o1", "ผู้ตอบแบบวัด IIT เห็นว่า", True),
        ("o1", "ผู้ตรวจประเมินเห็นว่า", False),
        ("o1", "ประชาชนบางส่วนเห็นว่า", False),
    ],
)
def test_whose_opinion_a_remark_begins_with(code, opinion, is_told):
    told = found(changed(remark(code, f"{opinion} ข้อมูลยังไม่ชัดเจน {ADVICE}")), "D360")
    assert bool(told) == is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("โปรดระบุชื่อโครงการ", True),
        ("• กรุณากรอกผู้รับผิดชอบ", True),
        ("รอข้อมูลจากกองช่าง", True),
        ("TBD", True),
        ("ยังไม่ได้กรอก", True),
        ("ประชุมวันที่ xx/02/2569", True),
        ("ภายใน XX ก.พ. 2569", True),
        ("(เติมเพิ่มเติม)", True),
        ("แจ้งผู้ยืมว่าโปรดระบุวันคืน", False),
        ("รอบที่หนึ่ง รวบรวมข้อมูล", False),
        ("รองปลัดตรวจสอบข้อมูล", False),
        ("ขนาด XX จำนวน 5 ชุด", False),
        ("กรอกข้อมูลเพิ่มเติม (เพิ่มเติม)", False),
    ],
)
def test_an_instruction_without_a_bracket(text, is_told):
    assert bool(found(changed(plan(1, steps=[text])), "D266")) == is_told
