"""Codes as clerks type them into cells."""

from __future__ import annotations

import pytest

from itareport.reading.workbook.reader.cell_text import code_of, is_marked


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("i1.", "i1"), ("I-1", "i1"), ("IIT1", "i1"), ("EIT 12", "e12"), ("oit-๗", "o7"),
        ("i1 การปฏิบัติงานตามขั้นตอน", "i1"), ("ข้อ e2: ชื่อ", "e2"), ("o10) (ใหม่)", "o10"), ("๐๗", "o7"),
    ],
)  # fmt: skip
def test_one_code_is_read_whatever_stands_around_it(typed, code):
    assert code_of(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "xx", "7", "i", "i0.", "IIT", "i1 - i5", "i1 และ i2", "i1 ถึง i3", "i1x", "ei1"]
)
def test_none_or_several_codes_are_none(typed):
    assert code_of(typed) == ""


def test_a_number_with_a_zero_is_not_marked_as_a_code():
    assert is_marked("i5")
    assert not is_marked("05")
    assert not is_marked("๐๕")
