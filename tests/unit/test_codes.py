"""Codes of questions and items as people type them; codes in prose: test_quoted_codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itareport import thai
from itareport.ita import codes


@pytest.mark.parametrize(
    ("typed", "code", "mended"),
    [
        ("o7", "o7", False),
        ("O7", "o7", False),
        ("o๗", "o7", False),
        ("o07", "o7", False),
        ("o 7", "o7", False),
        ("o.7", "o7", False),
        (" e12 ", "e12", False),
        ("ข้อ o๗", "o7", False),
        ("ข้อที่ I3", "i3", False),
        ("ข้อi3", "i3", False),
        ("๐๗", "o7", True),
        ("0๗", "o7", True),
        ("07", "o7", True),
        ("๐7", "o7", True),
        ("๐๑๐", "o10", True),
        ("010", "o10", True),
        ("007", "o7", True),
        ("ข้อ ๐๒๗", "o27", True),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed, code, mended):
    assert codes.read(typed) == codes.TypedCode(code, mended=mended)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "o",
        "7",
        "10",
        "o0",
        "00",
        "ข้อ 7",
        "oo7",
        "o-7",
        "o7.5",
        "o1000",
        "o7 o8",
        "ก7",
        "o٧",
        "ข้อ",
    ],
)
def test_nothing_else_is_a_code(typed):
    assert codes.read(typed) is None


@given(st.sampled_from("ieo"), st.integers(1, 999))
def test_a_code_in_its_one_form_reads_as_itself(letter, number):
    code = f"{letter}{number}"
    assert (
        codes.read(code)
        == codes.read(thai.thai_digits(code))
        == codes.TypedCode(code, mended=False)
    )


@given(st.text(max_size=12))
def test_any_text_is_a_code_or_none(text):
    typed = codes.read(text)
    assert typed is None or codes.read(typed.code) == codes.TypedCode(typed.code, mended=False)


def test_codes_stand_in_the_order_of_the_assessment():
    assert sorted(["o10", "o2", "e9", "i15", "i2", "x1"], key=codes.sort_key) == [
        "i2", "i15", "e9", "o2", "o10", "x1",
    ]  # fmt: skip
