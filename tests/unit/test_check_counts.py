"""Counts, names beside numbers, and dates in texts, against the data."""

from __future__ import annotations

import pytest

from checks import Case, Change, both, found, plan, put, remark, try_case
from itareport.ita import catalogue
from reports import Data, Given, clean_data

SCORES: dict[str, Given] = {
    "i2": "93.75",
    "i10": "88.75",
    "e1": ("82.38", "96.67"),
    "e9": ("79.05", "98.10"),
    "o8": "50.00",
    "o11": "0.00",
    "o20": "0.00",
    "o27": "50.00",
}
RESPONDENTS = put("result.respondents", {"iit": 30, "eit": 120})
ANNOUNCED = put("result.announced", "5 สิงหาคม 2568")
CASES = {
    "D358": Case(
        put("summary", "กำหนดมาตรการทั้งหมด 9 มาตรการ"),
        put("summary", "กำหนดมาตรการทั้งหมด 7 มาตรการ"),
        ("summary",),
        ("เขียนว่า “กำหนดมาตรการทั้งหมด 9 มาตรการ” แต่ตามข้อมูลคือ 7 มาตรการ | โปรด",),
    ),
    "D359": Case(
        put("summary", "ตัวชี้วัดที่ 8 คุณภาพการดำเนินงาน"),
        put("summary", "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน"),
        ("summary",),
        ("เขียนว่าตัวชี้วัดที่ 8 “คุณภาพการดำเนินงาน” แต่ชื่อนี้เป็นของตัวชี้วัดที่ 6 | โปรด",),
    ),
    "D361": Case(
        plan(1, steps=["ประชุมวันที่ 31 มิถุนายน 2569"]),
        plan(1, steps=["ประชุมวันที่ 30 มิถุนายน 2569"]),
        ("plan", 0, "steps", 0),
        ("เขียนว่า “วันที่ 31 มิถุนายน 2569” ซึ่งเดือนมิถุนายนมีไม่เกิน 30 วัน | โปรด",),
    ),
    "D362": Case(
        both(ANNOUNCED, put("principles", "ประกาศผลเมื่อวันที่ 6 สิงหาคม 2568")),
        both(ANNOUNCED, put("principles", "ประกาศผลเมื่อวันที่ ๕ สิงหาคม ๒๕๖๘")),
        ("principles",),
        ("เขียนว่าประกาศผลเมื่อวันที่ 6 สิงหาคม 2568 แต่วันที่ที่กรอกไว้คือ 5 สิงหาคม 2568 | โปรด",),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_speaks_of_the_guilty_only(code):
    try_case(code, CASES[code])


def data(*changes: Change) -> Data:
    made = clean_data(catalogue.load(2568), SCORES)
    both(*changes)(made)
    return made


def told(code: str, *changes: Change) -> int:
    """Return how many problems of a code the changed data have."""
    return len(found(data(*changes), code))


TRUE_COUNTS = [
    "แบบ IIT ได้คะแนนเต็ม 13 ข้อ",
    "แบบวัด IIT ได้คะแนนเต็ม จำนวน ๑๓ ข้อ และแบบตรวจ OIT ไม่ได้รับคะแนน 2 ข้อ ได้ 50 คะแนน 2 ข้อ",
    "แบบ OIT ได้ 100 คะแนน 24 ข้อ จาก 28 ข้อ",
    "แบบวัด IIT มีสองข้อที่ได้คะแนนต่ำกว่า 95 คะแนน",
    "มี 4 ตัวชี้วัดที่ได้คะแนนเต็ม",
    "ตั้งเป้าหมายให้แบบ OIT ได้คะแนนเต็ม 28 ข้อ",
    "ปีก่อนแบบ OIT ได้คะแนนเต็ม 20 ข้อ",
    "ปี 2567 แบบ OIT มีทั้งหมด 35 ข้อ",
    "ข้อที่ต้องปรับปรุง ได้แก่ แบบ IIT จำนวน 2 ข้อ และแบบ OIT จำนวน 4 ข้อ",
    "IIT EIT และ OIT รวม 52 ข้อ",
    "ตอบแบบทดสอบถูก 9 ข้อ จาก 30 ข้อ",
    "ประกอบด้วย 3 เครื่องมือ 10 ตัวชี้วัด",
    "แบบ EIT ครบทั้ง 3 ตัวชี้วัด",
    "วิเคราะห์ครบทั้งเจ็ดประเด็น",
    "ประชาชนเสนอความเห็น 12 ประเด็น",
    "จากมาตรการของปีที่ผ่านมา กำหนดมาตรการเพิ่มเติมจนแล้วเสร็จ 3 มาตรการ",
    "ผู้ตอบแบบวัด IIT จำนวน 30 คน และผู้มีส่วนได้ส่วนเสียภายนอกตอบแบบวัด 120 คน",
    "ผู้ตอบแบบวัด EIT ต้องไม่น้อยกว่า 100 คน",
    "ผู้เข้าอบรม 45 คน",
]
FALSE_COUNTS = [
    "แบบ IIT ได้คะแนนเต็ม 12 ข้อ",
    "แบบตรวจ OIT ไม่ได้รับคะแนน จำนวน ๓ ข้อ",
    "แบบ OIT ได้ 50 คะแนน 3 ข้อ",
    "แบบ OIT ได้ 100 คะแนน 24 ข้อ จาก 30 ข้อ",
    "แบบวัด IIT มีสามข้อที่ได้คะแนนต่ำกว่า 95 คะแนน",
    "มี 5 ตัวชี้วัดที่ได้คะแนนเต็ม",
    "แบบวัด IIT จำนวน 25 ข้อ",
    "แบบตรวจ OIT ประกอบด้วยทั้งหมด 26 ข้อ",
    "รวมข้อคำถามทั้งหมด 61 ข้อ",
    "การประเมิน ITA ประกอบด้วย 3 เครื่องมือ 12 ตัวชี้วัด",
    "วิเคราะห์ครบทั้งหกประเด็น",
    "กำหนดมาตรการไว้รวม 8 มาตรการ",
    "ผู้ตอบแบบวัด IIT จำนวน 33 คน",
    "ผู้มีส่วนได้ส่วนเสียภายนอกตอบแบบวัด 12 คน",
]


@pytest.mark.parametrize("text", TRUE_COUNTS)
def test_a_count_that_the_data_have_or_that_is_of_something_else(text):
    assert told("D358", RESPONDENTS, put("summary", text)) == 0
    assert told("D340", RESPONDENTS, put("summary", text)) == 0
    assert told("D343", RESPONDENTS, put("summary", text)) == 0


@pytest.mark.parametrize("text", FALSE_COUNTS)
def test_a_count_that_the_data_do_not_have(text):
    assert told("D358", RESPONDENTS, put("summary", text)) == 1


def test_a_finding_may_count_those_of_its_issue_or_of_its_row():
    assert told("D358", plan(2, findings=["แบบ OIT มี 2 ข้อที่ไม่ได้คะแนน", "e1, e9"])) == 0
    assert told("D358", plan(4, findings=["แบบ IIT มี 1 ข้อที่ได้ต่ำกว่า 95 คะแนน"])) == 0
    assert told("D358", plan(4, findings=["แบบ IIT มี 3 ข้อที่ได้ต่ำกว่า 95 คะแนน"])) == 1


def test_a_score_that_is_not_known_may_be_among_those_counted():
    missing = put("scores.30", {"code": "o7", "missing": "ไม่แสดงในผลที่เผยแพร่"})
    for count, problems in ((23, 0), (24, 0), (25, 1), (22, 1)):
        assert told("D358", missing, put("summary", f"OIT ได้คะแนนเต็ม {count} ข้อ")) == problems


def test_another_year_has_its_own_counts():
    for year, items in ((2567, 35), (2569, 26)):
        made = clean_data(catalogue.load(year), {"o1": "50.00"})
        of_year = len([code for code in catalogue.load(year).codes if code[0] == "o"])
        assert of_year == items
        for count in (items, items + 2):
            put("summary", f"แบบตรวจ OIT จำนวน {count} ข้อ")(made)
            known = year < 2569
            assert len(found(made, "D358", plan_known=known)) == (count != items)


MEASURES = plan(5, measures=["การรายงานผลการใช้จ่ายรายไตรมาส", "การตรวจเอกสารก่อนเสนอเบิก"])
RIGHT_NAMES = [
    "ตัวชี้วัดที่ 10 การป้องกันการทุจริต และตัวชี้วัดที่ 9 การเปิดเผยข้อมูล",
    "ตัวชี้วัดย่อยที่ 9.3 การจัดซื้อจัดจ้าง",
    "ประเด็นที่ 2 การให้บริการและระบบ E-Service",
    "ข้อ o18 ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
    "ข้อ o12 และ o13 รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี",
    "ข้อ o13, o12 รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี",
    "ข้อ o17 ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ (ปี 2569)",
    "ข้อ e4 ข้อมูลการติดต่อยังไม่ชัดเจน",
    "มาตรการที่ 5.2 การตรวจเอกสารก่อนเสนอเบิก",
    "ตัวชี้วัดที่ 2 การใช้งบ",
    "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT) และของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)",
    "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (Open Data Integrity and Transparency Assessment: OIT)",
    "ผู้มีส่วนได้ส่วนเสียภายในและภายนอก (IIT และ EIT)",
]
WRONG_NAMES = [
    "ตัวชี้วัดที่ 9 การป้องกันการทุจริต ได้ 90 คะแนน",
    "ตัวชี้วัดย่อยที่ 9.4 การจัดซื้อจัดจ้าง",
    "ประเด็นที่ 3 การให้บริการและระบบ E-Service",
    "ข้อ o๑๙ ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ",
    "มาตรการที่ 5.1 การตรวจเอกสารก่อนเสนอเบิก",
    "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (External Integrity and Transparency: EIT)",
    "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (IIT)",
]


@pytest.mark.parametrize("text", RIGHT_NAMES)
def test_a_name_beside_its_own_number(text):
    assert told("D359", MEASURES, put("summary", text)) == 0


@pytest.mark.parametrize("text", WRONG_NAMES)
def test_a_name_beside_the_number_of_another(text):
    assert told("D359", MEASURES, put("summary", text)) == 1
    assert told("D359", MEASURES, plan(1, findings=[text])) == 1
    assert told("D359", MEASURES, remark("i2", text)) == 1


def test_a_sub_indicator_with_codes_is_told_once():
    told_once = plan(6, findings=["ตัวชี้วัดย่อยที่ 9.2 การบริหารและพัฒนาทรัพยากรบุคคล (o14, o15)"])
    assert (told("D262", told_once), told("D359", told_once)) == (1, 0)


RIGHT_DATES = [
    "ประชุมวันที่ 29 กุมภาพันธ์",
    "ธันวาคม 2568 - มีนาคม 2569",
    "15 ธ.ค. 68 - 14 ม.ค. 69",
    "1 - 31 มีนาคม 2569",
    "10 มีนาคม 2569 - 20 มีนาคม 2569",
    "ตุลาคม - มีนาคม 2569",
    "ครั้งที่ 45 มีนาคม",
    "แผน 5 ปี 2566 - 2570",
]
WRONG_DATES = [
    "ประชุมวันที่ 32 มกราคม",
    "ส่งภายใน 31 พฤศจิกายน 2568",
    "มีนาคม 2569 - ธันวาคม 2568",
    "1 มิ.ย. 69 ถึง 1 ม.ค. 69",
    "20 มีนาคม 2569 - 10 มีนาคม 2569",
    "ตั้งแต่เดือนเมษายน พ.ศ. ๒๕๖๙ ถึงเดือนมกราคม พ.ศ. ๒๕๖๙",
]


@pytest.mark.parametrize("text", RIGHT_DATES)
def test_dates_and_spans_that_may_be(text):
    assert told("D361", put("summary", text), plan(1, period=[text])) == 0


@pytest.mark.parametrize("text", WRONG_DATES)
def test_dates_and_spans_that_cannot_be(text):
    assert told("D361", put("summary", text)) == 1
    assert told("D361", plan(1, period=[text])) == 1


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("สำนักงาน ป.ป.ช. ประกาศผลการประเมินเมื่อวันที่ 15 สิงหาคม 2568", True),
        ("สำนักงาน ป.ป.ช. ประกาศผลการประเมินเมื่อวันที่ 5 สิงหาคม 2568", False),
        ("ปีก่อนประกาศผลเมื่อวันที่ 15 สิงหาคม 2567", False),
        ("ประชุมวันที่ 15 สิงหาคม 2568", False),
    ],
)
def test_the_day_of_the_announcement(text, is_told):
    assert told("D362", ANNOUNCED, put("principles", text)) == is_told
    assert told("D362", put("principles", text)) == 0
