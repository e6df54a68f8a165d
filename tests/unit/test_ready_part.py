"""A file with a fault is checked as far as it can be read, and told where it cannot."""

from __future__ import annotations

import json

import pytest

from itareport.actions import prepare
from itareport.ita import catalogue
from itareport.problems import Severity
from reports import clean_data


def checked(tmp_path, change):
    data = clean_data(catalogue.load(2568))
    change(data)
    file = tmp_path / "ข้อมูล.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    found = prepare.check_file(file, prepare.Options())
    assert found.ready is None
    return found.problems


def test_one_bad_score_hides_no_other_problem(tmp_path):
    def change(data):
        data["scores"][10]["score"] = "-"
        data["plan"][2]["steps"] = []
        data["plan"][0]["measures"] = ["<b>ก</b> 😀 👍"]

    told = [p.code for p in checked(tmp_path, change) if p.severity is Severity.ERROR]
    assert sorted(told) == ["D121", "D155", "D225", "D227"]


def test_a_left_out_row_has_only_its_own_problem(tmp_path):
    def change(data):
        data["scores"][10]["code"] = "ข้อหนึ่ง"
        data["plan"][0]["issue"] = "หนึ่ง"
        data["result"]["total"] = "ร้อย"

    told = [(p.code, p.severity) for p in checked(tmp_path, change)]
    assert sorted(code for code, _ in told) == ["D121", "D124", "D125"]


@pytest.mark.parametrize("field", ["fiscal_year", "agency"])
def test_where_nothing_more_can_be_checked_that_is_said_once(tmp_path, field):
    problems = checked(tmp_path, lambda data: data.update({field: "x"}))
    assert [p.code for p in problems].count("D117") == 1
    assert [p.code for p in problems][-1] == "D117"


def test_a_fault_of_structure_says_that_the_rest_is_unread(tmp_path):
    file = tmp_path / "ก.yaml"
    file.write_text("fiscal_year: 2568\nagency: {kind: ก\nresult:\n", encoding="utf-8")
    problems = prepare.check_file(file, prepare.Options()).problems
    assert [p.code for p in problems] == ["D148", "D117"]
    missing = prepare.check_file(tmp_path / "ไม่มี.yaml", prepare.Options()).problems
    assert [p.code for p in missing] == ["D100"]


def test_symbols_are_told_once_a_text_with_their_line(tmp_path):
    data = clean_data(catalogue.load(2568))
    file = tmp_path / "ก.yaml"
    remark = "remarks:\n  - code: i1\n    text: |\n      ก\n      คู่มือการปฏิบัติงาน 😀 ✅ ดี\n"
    rest = "\n".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in data.items()
        if name != "remarks"
    )
    file.write_text(f"{remark}{rest}\n", encoding="utf-8")
    (told,) = [p for p in prepare.check_file(file, prepare.Options()).problems if p.code == "D155"]
    assert "มีสัญลักษณ์ 😀 ✅ (U+1F600 U+2705) ใกล้ “คู่มือการปฏิบัติงาน”" in told.message
    assert told.place is not None
    assert told.place.line == 5


def test_a_remark_without_its_text_is_not_said_to_be_lacking(tmp_path):
    def change(data):
        data["scores"][0]["score"] = "90.00"
        data["remarks"] = [{"code": "i1", "text": None}]

    errors = [p for p in checked(tmp_path, change) if p.severity is Severity.ERROR]
    assert [p.code for p in errors if p.where[0] != "scores" or p.where[1] == 0] == ["D120"]
