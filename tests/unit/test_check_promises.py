"""What remarks promise and point to must stand in the plan."""

from __future__ import annotations

import pytest

from checks import Case, both, changed, found, put, try_case

SHOULD = "ยังไม่ครบถ้วน ดังนั้น หน่วยงานควรทบทวน"
STEPS = "plan.0.steps"

CASES = {
    "D330": Case(
        put("remarks.0.text", f"{SHOULD}ปีละ 4 ครั้ง และภายใน 15 วัน"),
        both(put("remarks.0.text", f"{SHOULD}ปีละ ๔ ครั้ง"), put(STEPS, ["ทบทวนทุกไตรมาส"])),
        ("remarks", 0, "text"),
        ("ไม่พบในแผนว่าจะทำตามที่ข้อวิเคราะห์สัญญาไว้: ข้อ i1 “ปีละ 4 ครั้ง” “ภายใน 15 วัน” | โปรด",),
    ),
    "D331": Case(
        put("remarks.0.text", f"{SHOULD} (มาตรการที่ 1.2)"),
        put("remarks.0.text", f"{SHOULD} (มาตรการที่ ๑.๑)"),
        ("remarks", 0, "text"),
        ("อ้างถึงมาตรการที่ 1.2 แต่แผนประเด็นที่ 1 มี 1 มาตรการ",),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_each_code_speaks_of_what_it_is_for_and_of_nothing_else(code):
    try_case(code, CASES[code])


def test_a_pointer_names_the_plan_that_lacks_its_measure():
    (pointer,) = found(changed(CASES["D331"].guilty), "D331")
    assert pointer.also == (("plan", 0, "steps"),)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ตามมาตรการข้อ ๑.๔", ["1.4"]),
        ("มาตรการ 1.1 และ 1.3", ["1.3"]),
        ("มาตรการที่ 1.1, มาตรการที่ 2.7", ["2.7"]),
        ("มาตรการที่ 9.1", ["9.1"]),
        ("มาตรการที่ 1.1 ภายใน 1.5 ชั่วโมง", []),
        ("มาตรการที่ 5", []),
    ],
)
def test_pointers_in_a_list_and_in_any_text(text, numbers):
    for change in (put("remarks.0.text", f"{SHOULD} ({text})"), put(STEPS, [text])):
        told = found(changed(change), "D331")
        assert [problem.message.split()[1] for problem in told] == numbers


def test_a_pointer_to_no_issue():
    (told,) = found(changed(put("follow_up", "ตามมาตรการที่ 9.1")), "D331")
    assert told.message == "อ้างถึงมาตรการที่ 9.1 แต่ไม่มีประเด็นที่ 9"


@pytest.mark.parametrize("number", ["1.0", "1.00"])
def test_no_measure_has_the_number_0(number):
    assert found(changed(put("remarks.0.text", f"{SHOULD} (มาตรการที่ {number})")), "D331")


def test_promises_are_listed_together_for_the_clerk_to_compare():
    data = changed(CASES["D330"].guilty)
    data["remarks"].append({"code": "i2", "text": f"{SHOULD}ทุกเดือน"})
    (promises,) = found(data, "D330")
    assert promises.severity == "unchecked"
    assert promises.also == (("remarks", len(data["remarks"]) - 1, "text"),)
    assert "ข้อ i2 “ทุกเดือน”" in promises.message


@pytest.mark.parametrize(
    ("promise", "step", "kept"),
    [
        ("ปีละ 2 ครั้ง", "ตรวจปีละ ๒ ครั้ง", True),
        ("ทุก 6 เดือน", "รายงานปีละ 2 ครั้ง", True),
        ("เดือนละ 1 ครั้ง", "ตรวจทุกเดือน", True),
        ("เดือนละ 2 ครั้ง", "ตรวจทุกเดือน", False),
        ("อย่างน้อย 2 โครงการ", "จัดทำ 2 โครงการ", True),
        ("อย่างน้อย 3 โครงการ", "จัดทำ 2 โครงการ", False),
        ("ภายในเดือนมีนาคม 2569", "จัดทำให้เสร็จในมีนาคม 2569", True),
        ("ภายใน 30 วันทำการ", "แจ้งผล", False),
        ("ให้ได้ร้อยละ 80", "สำรวจความพึงพอใจ", False),
        ("ทุกส่วนราชการ", "แจ้งเวียน", True),
        ("ตามปีงบประมาณ พ.ศ. 2569", "แจ้งเวียน", True),
        ("ทุกวันนี้", "แจ้งเวียน", True),
        ("อย่างน้อยสองครั้งต่อปี", "ตรวจปีละ 2 ครั้ง", True),
        ("สัปดาห์ละหนึ่งครั้ง", "ตรวจปีละ 2 ครั้ง", False),
        ("ทุกเช้า", "จัดเวทีในหมู่บ้าน", False),
        ("ในห้าหมู่บ้าน", "จัดเวทีในหมู่บ้าน", False),
        ("ภายใน 31 ม.ค. 69", "จัดทำให้เสร็จในมกราคม 2569", True),
        ("ภายในสิ้นเดือน เม.ย. 69", "จัดทำให้เสร็จในมกราคม 2569", False),
        ("ให้บุคคลหนึ่งบุคคลใด", "แจ้งเวียน", True),
    ],
)
def test_a_promise_is_kept_in_its_own_words_or_in_others(promise, step, kept):
    data = changed(both(put("remarks.0.text", f"{SHOULD}{promise}"), put(STEPS, [step])))
    assert (found(data, "D330") == []) == kept


@pytest.mark.parametrize(
    "text",
    [
        "ผู้ตอบ 3 คนเห็นว่าล่าช้าทุกเดือน ดังนั้น หน่วยงานควรทบทวน",  # not in the advice
        "ยังไม่ครบเท่าที่ควรทุกเดือน",
        "ยังไม่ครบ ดังนั้น หน่วยงานควรเผยแพร่สรุปผลรายเดือน",  # the official name
    ],
)
def test_what_is_no_promise(text):
    name = {"code": "o11", "text": text} if "สรุปผล" in text else {"code": "i1", "text": text}
    year = 2569 if name["code"] == "o11" else 2568
    named = text.replace("สรุปผลรายเดือน", "สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน")
    data = changed(put("remarks.0", name | {"text": named}), year)
    assert found(data, "D330", plan_known=False) == []


def test_the_reason_of_itas_promises_nothing():
    said = "เนื่องจาก “ควรรายงานทุกเดือน” หน่วยงานควรแก้ไข"
    data = changed(put("remarks.2.text", said))
    row = next(row for row in data["scores"] if row["code"] == "o1")
    assert found(data, "D330") != []
    row["reason"] = "ควรรายงานทุกเดือน"
    assert found(data, "D330") == []


def test_a_known_cause_promises_nothing():
    data = changed(put("remarks.2.text", "เนื่องจากต้องดูแล 5 เรื่อง หน่วยงานควรแก้ไข"))
    row = next(row for row in data["scores"] if row["code"] == "o1")
    assert found(data, "D330") != []
    row["cause"] = "ต้องดูแล 5 เรื่อง"
    assert found(data, "D330") == []


def test_an_issue_without_a_plan_is_told_elsewhere():
    data = changed(put("remarks.0.text", f"{SHOULD}ทุกเดือน"))
    data["plan"] = [row for row in data["plan"] if row["issue"] != "1"]
    assert found(data, "D330") == []
    assert found(data, "D223") != []
