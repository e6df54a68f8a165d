"""Remarks that several questions share: as if each had it."""

import pytest

from checks import Case, add, both, changed, found, remark, score, try_case, unremarked

SHARED = "การดำเนินงานยังไม่ครบถ้วน ดังนั้น หน่วยงานควรปรับปรุง"
LOW = both(score("e4", part1="80", part2="90"), score("e5", part1="80", part2="90"))


def _shared(*codes, text=SHARED):
    return both(LOW, add("remarks", {"codes": list(codes), "text": text}))


CASES = {
    "D258": Case(_shared("e4", "o1"), _shared("e4", "e5"), ("remarks", 3, "codes"), ("e4", "o1")),
    "D220": Case(LOW, _shared("e4", "e5"), ("scores", 18, "text")),
    "D222": Case(
        both(_shared("e4", "e5"), add("remarks", {"code": "e5", "text": SHARED})),
        _shared("e4", "e5"),
        ("remarks", 4, "code"),
    ),
    "D346": Case(
        both(_shared("e4", "e5"), score("e5", part1="100", part2="100")),
        both(_shared("e4", "e5"), score("e5", part1="100", part2="90")),
        ("remarks", 3, "text"),
        ("ข้อ e5 ", "หรือนำข้อนั้นออกจากข้อที่ใช้ร่วมกัน"),
    ),
    "D221": Case(_shared("e4", "e99"), _shared("e4", "e5"), ("remarks", 3, "code"), ("e99",)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_code(code):
    try_case(code, CASES[code])


def test_the_names_of_all_its_items_are_its_own():
    change = both(
        unremarked("o1"),
        score("o1", score="50"),
        score("o2", score="50"),
        add(
            "remarks",
            {"code": "o1", "codes": ["o2"], "text": f"ข้อมูลผู้บริหาร {SHARED}"},
        ),
    )
    assert not found(changed(change), "D256")
    assert found(changed(both(change, remark("o1", f"ข้อมูลผู้บริหาร {SHARED}"))), "D256")
