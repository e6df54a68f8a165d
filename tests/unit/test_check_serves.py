"""What is said of the item that the report serves: D278, D279, D316; of items that ended: D317."""

import pytest

from checks import Case, both, changed, found, nothing, put, score, try_case

SERVES = ("serves", "item")
CASES = {
    "D278": Case(
        put("serves", {"item": "o27"}), put("serves", {"item": "o26"}), SERVES, ("o1 ถึง o26",)
    ),
    "D279": Case(
        put("serves", {"item": "o25", "year": "2568"}),
        put("serves", {"item": "o25", "year": "2569"}),
        ("serves", "year"),
        ("2568", "2569"),
    ),
    "D317": Case(
        score("o11", score="50"), score("o12", score="50"), ("scores",), ("o11", "2568", "2569")
    ),
    "D316": Case(nothing, put("serves", "none"), ("serves",), ("ยังไม่ได้ยืนยัน", "serves: o25")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_code(code):
    try_case(code, CASES[code])


def test_an_item_of_a_list_of_its_own_is_not_held_to_ours():
    other = both(put("agency.kind", "หน่วยงานอื่น"), put("serves", {"item": "o33"}))
    assert not found(changed(other), "D278")
    (told,) = found(changed(put("agency.kind", "หน่วยงานอื่น")), "D316")
    assert "รายการข้อของตนเอง" in str(told)


def test_a_year_without_a_catalogue_is_no_fault():
    assert not found(changed(put("serves", {"item": "o99"})), "D278", plan_known=False)
    (told,) = found(changed(nothing), "D316", plan_known=False)
    assert "ยังไม่มีแค็ตตาล็อกปี 2569" in str(told)
