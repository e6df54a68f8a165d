"""What remarks and the plan say of scores, levels and totals, against the data."""

from __future__ import annotations

from typing import Any

import pytest

from checks import errors_and_warnings, plan, put, remark
from itareport import check
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.problems import Problem
from reports import Data, Given, clean_data, plan_of, row_of

YEAR = catalogue.load(2568)
SCORES: dict[str, Given] = {
    "i1": "98.33",
    "i2": "93.75",
    "i10": "88.75",
    "i11": "93.75",
    "e1": ("82.38", "96.67"),
    "e2": ("82.38", "95.00"),
    "e7": ("84.81", "95.33"),
    "e9": ("79.05", "98.10"),
    "o8": "50.00",
    "o11": "0.00",
    "o20": "0.00",
    "o27": "50.00",
}
"""Issue 1: i1 i2 o8 · 2: e1 e2 e7 e9 o11 o20 · 4: i10 i11 · 7: o27; all others are full."""
CODES = {f"D34{no}" for no in range(8)}


def data(*changes: Any) -> Data:
    """Return data without fault, changed."""
    made = clean_data(YEAR, SCORES)
    for change in changes:
        change(made)
    return made


def said(made: Data) -> list[Problem]:
    """Return what the check has to say of texts that contradict the data."""
    problems = check.check(Report.model_validate(made), YEAR, catalogue.load(2569))
    return [problem for problem in problems if problem.code in CODES]


def in_plan(issue: int, text: str) -> list[str]:
    """Return the codes for a text among the findings of an issue."""
    return [problem.code for problem in said(data(plan(issue, findings=[text])))]


def in_remark(code: str, text: str) -> list[str]:
    """Return the codes for the text of a remark."""
    return [problem.code for problem in said(data(remark(code, text)))]


def total() -> str:
    return str(data()["result"]["total"])


def test_the_data_itself_is_faultless():
    assert not said(data())


TRUE_IN_PLAN = [
    (1, "ข้อ o8 ได้ 50.00 คะแนน ต่ำที่สุดในประเด็นนี้และต่ำกว่า 85 คะแนน จึงต้องเร่งปรับปรุง"),
    (1, "ข้อ o๘ ได้ ๕๐.๐๐ คะแนน ต่ำที่สุดในประเด็น จึงกำหนดมาตรการเพื่อปรับปรุง"),
    (1, "ข้อ o8 ได้ 50 คะแนน"),
    (1, "ข้อ o8 คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่ ได้คะแนนเพียงบางส่วน (50.00 คะแนน)"),
    (1, "ข้อ 0๘ ได้คะแนนบางส่วน"),
    (1, "ตัวชี้วัดย่อยที่ 9.2 การบริหารงานและการใช้จ่ายงบประมาณ (o8) ได้ 50.00 คะแนน"),
    (1, "ข้อ i2 ได้ 93.75 คะแนน และข้อ i1 ได้ 98.33 คะแนน ส่วนข้อ o8 ยังไม่ได้คะแนนเต็ม"),
    (1, "ข้อ i3 ได้คะแนนเต็ม และ o5 - o7 ได้ 100 คะแนน ให้รักษาระดับ"),
    (1, "ข้อ i1 และ i2 ได้ 98.33 และ 93.75 คะแนน ตามลำดับ"),
    (1, "ข้อที่ได้คะแนนต่ำที่สุดในประเด็นนี้ คือ ข้อ o8"),
    (1, "ข้อที่ได้ต่ำกว่า 95 คะแนน ได้แก่ i2, o8"),
    (1, "ข้อ i2 สูงกว่าข้อ o8 ซึ่งได้ 50.00 คะแนน"),
    (1, "ปี 2567 ข้อ o8 ได้ 100.00 คะแนน"),
    (1, "ข้อ o8 ปีที่ผ่านมาได้ 100.00 คะแนน"),
    (1, "พัฒนาข้อ o8 ให้ได้ 100 คะแนน"),
    (1, "เป้าหมาย: ข้อ o8 ได้ 100.00 คะแนน"),
    (1, "คาดว่าข้อ o8 จะได้ 100.00 คะแนน"),
    (1, "ยกระดับข้อ o8 จาก 50.00 คะแนน เป็น 100.00 คะแนน"),
    (1, "เพื่อให้ข้อ o8 มีคะแนนไม่ต่ำกว่า 85 คะแนน"),
    (1, "ข้อ o8 ได้ 50.00 คะแนน (เต็ม 100 คะแนน)"),
    (1, "ข้อ o8 ได้ 50.00 คะแนน จากคะแนนเต็ม 100 คะแนน"),
    (1, "ข้อ o8 อบรม 2 ครั้ง และรายงานภายใน 30 วัน"),
    (1, "แต่งตั้งผู้รับผิดชอบข้อ o8 ได้ 3 คน อายุต่ำกว่า 60 ปี"),
    (1, "เสนอผู้บริหารสูงสุดพิจารณาผลข้อ i2"),
    (2, "ข้อ o11, o20 ได้ 0.00 คะแนน ต่ำที่สุดในประเด็นนี้และต่ำกว่า 85 คะแนน จึงต้องเร่งปรับปรุง"),
    (2, "ข้อ o11 และข้อ o20 ไม่ได้รับคะแนน (0.00 คะแนน)"),
    (2, "ยังไม่ให้คะแนนข้อ o11"),
    (2, "ข้อ e1 และข้อ e2 ได้ 82.38 คะแนนเท่ากัน ต่ำกว่า 85 คะแนน จึงต้องเร่งปรับปรุง"),
    (2, "ข้อ e9 (ส่วนที่ 1) ได้ 79.05 คะแนน ต่ำที่สุดในแบบ EIT ประชาชนบางส่วนยังไม่เคยใช้ระบบ"),
    (2, "ข้อ e9 ได้ 79.05 และ 98.10 คะแนน"),
    (2, "ข้อ e9 ส่วนที่ 1 ได้ 79.05 คะแนน ส่วนที่ 2 ได้ 98.10 คะแนน เฉลี่ย 88.58 คะแนน"),
    (2, "ข้อ e9 คะแนนรวม 88.58 คะแนน"),
    (2, "ข้อคำถาม e9 ได้ 79.05 คะแนน ในส่วนที่ 1"),
    (2, "ข้อ e7 (84.81) และข้อ e9 (79.05)"),
    (2, "ข้อ e7 ได้ 84.81 คะแนน และข้อ e9 ได้ 79.05 คะแนน ประชาชนบางส่วนต้องการมีส่วนร่วม"),
    (2, "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน (e1, e2, e3)"),
    (2, "ผลสำรวจความพึงพอใจได้ 4.50 คะแนน"),
    (4, "ข้อ i10 ได้ 88.75 คะแนน ต่ำที่สุด"),
    (4, "ข้อ i10 ได้คะแนนต่ำสุดของตัวชี้วัดนี้"),
    (4, "ข้อ i12 ได้คะแนนสูงสุดในประเด็นที่ 4"),
    (4, "ข้อ i10 ได้คะแนนต่ำที่สุดในอำเภอ"),
    (4, "ข้อ i11 ได้คะแนนต่ำที่สุดเป็นอันดับสอง"),
    (4, "ข้อ i11 เป็นหนึ่งในข้อที่ได้คะแนนต่ำที่สุด"),
    (4, "ราคาต่ำสุด และความเสี่ยงสูงสุดของข้อ i11"),
    (6, "ทุกข้อได้ 100 คะแนน จึงกำหนดมาตรการเพื่อรักษาระดับ"),
    (6, "ตัวชี้วัดที่ 3 ได้ 100.00 คะแนน สูงที่สุดในทุกตัวชี้วัด"),
    (4, "เกือบทุกข้อได้ 100 คะแนน"),
    (5, "มุ่งสู่ระดับผ่านดีเยี่ยม เพื่อให้ผลการประเมินอยู่ในระดับผ่านดีเยี่ยม"),
    (5, "ข้อ i4 ได้ 100 คะแนน ดูรายงาน พ.ศ. 2560 ฉบับที่ 85.00"),
    (5, "https://example.go.th/o8/50.00 โทร. 074-695123"),
]
FALSE_IN_PLAN = [
    (1, "ข้อ o8 ได้ 40.00 คะแนน", ["D340"]),
    (1, "ข้อ o๘ ได้ ๔๐.๐๐ คะแนน", ["D340"]),
    (1, "ข้อ o8 ได้ 40.00", ["D340"]),
    (1, "ข้อ o8 ได้ 0 คะแนน", ["D340"]),
    (1, "o8 (40.00)", ["D340"]),
    (1, "ข้อ o8 คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่ (40.00 คะแนน)", ["D340"]),
    (1, "ข้อ o8 มีคะแนนเท่ากับ 40.00 คะแนน", ["D340"]),
    (1, "ข้อ i1, i2 ได้ 93.75 คะแนน", ["D340"]),
    (1, "ข้อ i1 และ i2 ได้ 93.75 และ 98.33 คะแนน ตามลำดับ", ["D340", "D340"]),
    (1, "ข้อ i2 ได้ 93.75 คะแนน และข้อ i1 ได้ 99.00 คะแนน", ["D340"]),
    (1, "ข้อ i2 ได้ 93.75 คะแนน ต่ำที่สุดในประเด็นนี้", ["D341"]),
    (1, "ข้อที่ได้คะแนนต่ำที่สุดในประเด็นนี้ คือ ข้อ i2", ["D341"]),
    (1, "ข้อ i2 ต่ำกว่า 85 คะแนน", ["D342"]),
    (1, "ข้อ i2 ต่ำกว่า ๘๕", ["D342"]),
    (1, "ข้อ o8 ได้สูงกว่า 85 คะแนน", ["D342"]),
    (1, "ข้อที่ได้ต่ำกว่า 85 คะแนน ได้แก่ i2, o8", ["D342"]),
    (1, "ข้อ o8 ไม่ได้รับคะแนน", ["D343"]),
    (1, "ข้อ o8 ได้คะแนนเต็ม", ["D343"]),
    (1, "ข้อ i3 ได้คะแนนเพียงบางส่วน", ["D343"]),
    (1, "ข้อ i3 ยังไม่ได้คะแนนเต็ม", ["D343"]),
    (1, "ข้อ i2 ให้รักษาระดับ", ["D347"]),
    (1, "ปี 2568 ข้อ o8 ได้ 100.00 คะแนน", ["D340"]),
    (2, "ข้อ o11, o8 ได้ 0.00 คะแนน", ["D340"]),
    (2, "ข้อ o11 และข้อ e9 ไม่ได้รับคะแนน", ["D343"]),
    (2, "ยังไม่ให้คะแนนข้อ e9", ["D343"]),
    (2, "ข้อ e9 (ส่วนที่ 2) ได้ 79.05 คะแนน", ["D340"]),
    (2, "ข้อคำถาม e9 ได้ 79.05 คะแนน ในส่วนที่ 2", ["D340"]),
    (2, "ข้อ e9 ได้ 79.06 คะแนน", ["D340"]),
    (2, "ข้อ e7 ได้ 84.81 คะแนน ต่ำที่สุดในแบบ EIT", ["D341"]),
    (2, "ข้อ e9 ได้ 79.05 คะแนน ต่ำที่สุดในประเด็นนี้", ["D341"]),
    (4, "ข้อ i11 ได้ 93.75 คะแนน ต่ำที่สุด", ["D341"]),
    (4, "ข้อ i10 ได้คะแนนสูงสุดในประเด็นที่ 4", ["D341"]),
    (4, "ทุกข้อได้ 100 คะแนน จึงกำหนดมาตรการเพื่อรักษาระดับ", ["D340"]),
    (4, "ตัวชี้วัดที่ 4 ได้ 90.00 คะแนน", ["D340"]),
    (4, "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ (i10, i11) ได้ 88.75 คะแนน", ["D340"]),
    (6, "ตัวชี้วัดที่ 3 การใช้อำนาจ ต่ำที่สุดใน 10 ตัวชี้วัด", ["D341"]),
    (5, "คะแนนรวม 12.34 คะแนน", ["D340"]),
    (5, "หน่วยงานได้คะแนนภาพรวม 12.34 คะแนน อยู่ในระดับผ่านดีเยี่ยม", ["D340", "D344"]),
    (5, "ผลการประเมินอยู่ในระดับ “ต้องปรับปรุง”", ["D344"]),
    (5, "EIT ส่วนที่ 1 ได้ 12.34 คะแนน", ["D340"]),
]  # fmt: skip


@pytest.mark.parametrize(("issue", "text"), TRUE_IN_PLAN)
def test_what_is_true_or_says_nothing_of_a_score_in_the_plan(issue, text):
    assert in_plan(issue, text) == []


@pytest.mark.parametrize(("issue", "text", "codes"), FALSE_IN_PLAN)
def test_what_is_false_in_the_plan(issue, text, codes):
    assert in_plan(issue, text) == codes


TRUE_IN_REMARKS = [
    ("o8", "ผลการประเมินให้คะแนนข้อนี้เพียงบางส่วน ดังนั้น หน่วยงานควรทบทวนคู่มือให้ครบ"),
    ("o8", "ข้อ o8 คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่ ได้คะแนนเพียงบางส่วน (50.00 คะแนน) ควรแก้"),
    ("o8", "ผลการตรวจข้อ o8 ได้ 50.00 คะแนน ซึ่งยังไม่เต็ม จึงควรตรวจคู่มือเทียบกับเกณฑ์"),
    ("o8", "เผยแพร่เพียงบางส่วน จึงควรเผยแพร่ให้ครบ เพื่อให้ได้ 100 คะแนน"),
    ("o11", "ผลการประเมินยังไม่ให้คะแนนข้อนี้ หน่วยงานต้องเร่งเผยแพร่ให้ได้ 100 คะแนนเต็ม"),
    ("o11", "ไม่ได้รับคะแนน (0.00 คะแนน) หน่วยงานควรเผยแพร่"),
    ("i1", "เรื่องนี้ได้ 98.33 คะแนน อยู่ในระดับดี และยังพัฒนาได้อีก โดยควรทบทวนขั้นตอน"),
    ("i1", "อยู่ในระดับดี (98.33 คะแนน) และยังพัฒนาได้อีก โดยควรทบทวนขั้นตอน"),
    ("i2", "บุคลากรบางส่วนเห็นว่ายังไม่เท่าเทียม ปี 2567 ได้ 80.00 คะแนน ควรปรับ"),
    ("i2", "หน่วยงานได้คะแนนภาพรวม {total} คะแนน แต่ข้อนี้ได้ 93.75 คะแนน ควรปรับ"),
    ("i2", "หน่วยงานได้ {total} คะแนน ข้อนี้ยังไม่เต็ม ควรปรับ"),
    ("e9", "ได้ 79.05 คะแนน ในส่วนที่ 1 ต่ำกว่า 85 คะแนน โดยมีผู้ตอบว่ายังไม่เคยใช้ จึงควรประชาสัมพันธ์"),
    ("e9", "ผู้ตอบแบบวัด EIT บางส่วนเห็นว่ายังใช้ยาก โดยข้อคำถามนี้ได้ 79.05 คะแนน ต้องเร่งแก้ไข"),
    ("i10", "จัดทำใบยืม 3 แบบ และอบรม 2 ครั้ง ควรทำต่อ"),
]
FALSE_IN_REMARKS = [
    ("i3", "บุคลากรบางส่วนเห็นว่ายังไม่ทั่วถึง ดังนั้น หน่วยงานควรสื่อสาร", ["D346"]),
    ("o7", "ผลการประเมินให้คะแนนข้อนี้เพียงบางส่วน ต้องเร่งแก้ไข", ["D343"]),
    ("o8", "ผลการประเมินยังไม่ให้คะแนนข้อนี้ ต้องเร่งแก้ไข", ["D343"]),
    ("o11", "ได้คะแนนเพียงบางส่วน (50.00 คะแนน) ควรแก้ไข", ["D340", "D343"]),
    ("i1", "เรื่องนี้ได้ 97.00 คะแนน อยู่ในระดับดี และยังพัฒนาได้อีก", ["D340"]),
    ("i2", "เรื่องนี้อยู่ในระดับดี และยังพัฒนาได้อีก โดยควรทบทวนขั้นตอน", ["D345"]),
    ("i1", "บุคลากรบางส่วนเห็นว่าช้า ดังนั้น หน่วยงานต้องเร่งทบทวน", ["D345"]),
    ("i2", "การให้บริการได้ 93.75 คะแนน ต่ำกว่า 85 คะแนน จึงควรทบทวน", ["D342"]),
    ("e9", "ข้อนี้ได้ 79.05 คะแนน ในส่วนที่ 2 ควรทบทวน", ["D340"]),
    ("i2", "ข้อนี้ได้คะแนนต่ำที่สุดในประเด็นนี้ ควรทบทวน", ["D341"]),
    ("i10", "อยู่ในระดับผ่านดีเยี่ยม แต่ยังยืมไม่ถูกต้อง ควรทบทวน", ["D344"]),
]


@pytest.mark.parametrize(("code", "text"), TRUE_IN_REMARKS)
def test_what_is_true_or_says_nothing_of_a_score_in_a_remark(code, text):
    assert in_remark(code, text.format(total=total())) == []


@pytest.mark.parametrize(("code", "text", "codes"), FALSE_IN_REMARKS)
def test_what_is_false_in_a_remark(code, text, codes):
    assert sorted(in_remark(code, text)) == codes


def test_a_contradiction_has_both_figures_and_both_places():
    (told,) = said(data(plan(1, findings=["ตัวชี้วัดที่ 1", "ข้อ o8 ได้ 40.00 คะแนน"])))
    assert told.message == "เขียนว่าข้อ o8 ได้ 40.00 แต่คะแนนที่กรอกไว้คือ 50.00"
    assert told.where == ("plan", 0, "findings", 1)
    assert told.also == (("scores", 31, "score"),)
    assert told.remedy.startswith("โปรด")


def test_a_superlative_has_the_score_that_is_it():
    (told,) = said(data(plan(4, findings=["ข้อ i11 ได้คะแนนต่ำที่สุดในประเด็นนี้"])))
    assert told.message.endswith("คือ ข้อ i11 93.75 และข้อ i10 88.75")
    assert told.also == (("scores", 10, "score"), ("scores", 9, "score"))


def test_a_total_and_a_level_have_the_official_ones():
    text = "คะแนนรวม 12.34 คะแนน อยู่ในระดับต้องปรับปรุง"
    figure, level = said(data(plan(5, findings=[text])))
    assert (figure.also, level.also) == ((("result", "total"),), (("result", "level"),))
    assert total() in figure.message
    assert data()["result"]["level"] in level.message


def test_a_reason_of_itas_is_nobodys_claim():
    reason = "ได้คะแนนเพียงบางส่วน 75.00 คะแนน ของข้อนี้"
    made = data(remark("o8", f"เนื่องจาก “{reason}” หน่วยงานควรแก้ไข"))
    assert said(made)
    put("scores.31.reason", reason)(made)
    assert not said(made)


def test_a_score_that_is_not_known_contradicts_nothing():
    made = data(plan(1, findings=["ข้อ o8 ได้ 40.00 คะแนน ต่ำที่สุดในประเด็นนี้"]))
    made["scores"][31] = {"code": "o8", "missing": "ไม่ถูกประเมิน"}
    assert not said(made)


def test_the_agencys_own_threshold_decides_what_is_maintained():
    made = data(plan(1, findings=["ข้อ i1 ให้รักษาระดับ"]))
    assert [problem.code for problem in said(made)] == ["D347"]
    put("agency.maintain_from", "98")(made)
    assert not said(made)


def test_all_scores_of_the_row_are_meant_as_well_as_all_of_the_issue():
    findings = ["ตัวชี้วัดที่ 4 (i12)", "ทุกข้อได้ 100 คะแนน"]
    assert not said(data(plan(4, findings=findings)))
    assert said(data(plan(4, findings=["ตัวชี้วัดที่ 4 (i11)", "ทุกข้อได้ 100 คะแนน"])))


def test_every_text_of_the_plan_is_read():
    text = "ข้อ o8 ได้ 40.00 คะแนน"
    for column in ("measures", "findings", "steps", "period", "responsible", "follow_up"):
        assert [p.code for p in said(data(plan(1, **{column: [text]})))] == ["D340"]


# -- the sentences that the trade writes, of an agency whose figures they have --------------------

PUBLISHED = "99.17 98.75 100.00 99.31 99.58 93.36 88.73 88.86 100.00 90.00"
OFFICIAL = {
    "total": "94.90",
    "level": "ผ่าน",
    "indicators": [{"no": str(n), "score": score} for n, score in enumerate(PUBLISHED.split(), 1)],
    "tools": [
        {"tool": "IIT", "score": "99.36"},
        {"tool": "EIT", "part": "1", "score": "83.07"},
        {"tool": "EIT", "part": "2", "score": "97.56"},
        {"tool": "OIT", "score": "95.00"},
    ],
}
OF_THE_RESULT = [
    (
        "ในปีงบประมาณ พ.ศ. ๒๕๖๘ เทศบาลตำบลควนเสาธงได้คะแนนภาพรวม ๙๔.๙๐ คะแนน มีผลการประเมินอยู่ในระดับผ่าน "
        "เพิ่มขึ้นจากปีงบประมาณ พ.ศ. ๒๕๖๗ (๙๒.๑๕ คะแนน) ๒.๗๕ คะแนน โดยมีคะแนนรายตัวชี้วัด ดังนี้"
    ),
    "ทั้งนี้ คะแนน EIT ส่วนที่ ๑ ได้ ๘๓.๐๗ คะแนน ต่ำกว่า ๘๕ คะแนน จึงมีผลการประเมินอยู่ในระดับผ่าน",
    "คะแนนภาพรวมของเทศบาลตำบลควนเสาธง คะแนนที่ได้ ๙๔.๙๐ คะแนน ระดับผลการประเมินอยู่ที่ระดับ ผ่าน",
    "ตัวชี้วัดที่ 7 ได้ 88.73 คะแนน ต่ำที่สุดใน 10 ตัวชี้วัด",
    "อันดับที่ ๗๖ จาก ๒๑๑ แห่งของจังหวัด",
]


@pytest.mark.parametrize("text", OF_THE_RESULT)
def test_sentences_of_the_result(text):
    made = data(put("result", OFFICIAL), plan(5, findings=[text]))
    assert not said(made)
    for number in ("94.90", "๙๔.๙๐", "๘๓.๐๗", "88.73"):
        other = text.replace(number, "12.34")
        assert bool(said(data(put("result", OFFICIAL), plan(5, findings=[other])))) == (
            number in text
        )


OF_THE_TRADE: dict[str, tuple[Given, str]] = {
    "e1": (
        ("88.00", "97.00"),
        (
            "ผู้รับบริการหรือผู้มาติดต่อบางส่วนเห็นว่า การให้บริการยังไม่เป็นไปตามขั้นตอนและระยะเวลาเท่าที่ควร ดังนั้น "
            "หน่วยงานควรทบทวนและเผยแพร่ขั้นตอนและระยะเวลาของงานบริการ (มาตรการที่ ๒.๑)"
        ),
    ),
    "i3": (
        "78.20",
        (
            "ผลการประเมินเรื่องการป้องกันการเรียกรับสินบน ได้ ๗๘.๒๐ คะแนน จึงควรสร้างความเชื่อมั่นในเรื่องนี้"
            "ให้มากขึ้น โดยสื่อสารช่องทางแจ้งเบาะแสและมาตรการคุ้มครองผู้แจ้ง (มาตรการที่ ๗.๑)"
        ),
    ),
    "i13": ("90.00", "ควรสื่อสารเจตนารมณ์ของผู้บริหารในการป้องกันการทุจริตให้บุคลากรรับรู้อย่างทั่วถึง"),
    "i4": (
        "96.00",
        "การใช้จ่ายงบประมาณอยู่ในระดับดี และยังพัฒนาได้อีก โดยควรรายงานผลการใช้จ่ายให้บุคลากรทราบ",
    ),
    "o8": (
        "50.00",
        (
            "ข้อ o๘ คู่มือหรือแนวทางการปฏิบัติงานของเจ้าหน้าที่ ได้คะแนนเพียงบางส่วน (๕๐.๐๐ คะแนน) "
            "หน่วยงานควรตรวจสอบองค์ประกอบของข้อมูลให้ครบตามเกณฑ์และเผยแพร่ใหม่ (มาตรการที่ ๑.๒)"
        ),
    ),
    "o9": (
        "0.00",
        (
            "ข้อ o๙ ไม่ได้รับคะแนน (๐.๐๐ คะแนน) หน่วยงานควรจัดทำข้อมูลให้ครบถ้วน เผยแพร่บนเว็บไซต์ "
            "และตรวจสอบว่าลิงก์เปิดได้ก่อนส่งเข้าระบบ ITAS"
        ),
    ),
}


@pytest.mark.parametrize("code", OF_THE_TRADE)
def test_model_sentences_are_faultless_beside_their_score(code):
    score, text = OF_THE_TRADE[code]
    made = clean_data(YEAR, {code: score}, remarks=[{"code": code, "text": text}])
    assert not errors_and_warnings(made)


@pytest.mark.parametrize(
    ("code", "score"), [("i3", "85.55"), ("i4", "85.55"), ("o8", "100.00"), ("o9", "50.00")]
)
def test_model_sentences_contradict_another_score(code, score):
    text = OF_THE_TRADE[code][1]
    made = clean_data(YEAR, {code: score}, remarks=[{"code": code, "text": text}])
    assert set(errors_and_warnings(made)) & CODES


# -- scores that were corrected after the texts were confirmed -----------------------------------


def confirmed() -> Data:
    """Return a report whose texts speak of its scores, each of them true."""
    made = clean_data(YEAR, SCORES)
    remark("o8", "ผลการประเมินให้คะแนนข้อนี้เพียงบางส่วน หน่วยงานควรทบทวนคู่มือให้ครบถ้วน")(made)
    remark("o27", "ผลการประเมินให้คะแนนข้อนี้เพียงบางส่วน หน่วยงานควรแก้ไขและเผยแพร่ใหม่")(made)
    for issue, lowest in ((1, "o8 ได้ 50.00"), (4, "i10 ได้ 88.75"), (7, "o27 ได้ 50.00")):
        plan_of(made, issue)["findings"].append(f"ข้อ {lowest} คะแนน ต่ำที่สุดในประเด็นนี้ จึงกำหนดมาตรการ")
    return made


def test_every_contradiction_after_a_correction_and_nothing_else():
    made = confirmed()
    assert not errors_and_warnings(made)
    row_of(made, "o8")["score"] = "100.00"
    row_of(made, "i10")["score"] = "97.00"
    row_of(made, "o27")["score"] = "0.00"
    told = errors_and_warnings(made)
    assert sorted(told) == [
        "D241", "D243", "D243", "D340", "D340", "D340", "D341", "D341", "D343", "D343",
    ]  # fmt: skip
