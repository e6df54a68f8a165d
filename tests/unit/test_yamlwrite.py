import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from itareport import yamltext, yamlwrite

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        *("no", "~", "null", "1", "true", "- ก", "ก: ข", "ก #ข", "[ก]", " ก", "'"),
        *("ก\nข", "ก\nข\n", "ข้อ\n\n"),
    ]
)
TREES = st.dictionaries(
    st.sampled_from(["code", "text", "no", "plan"]),
    st.recursive(
        TEXTS,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["score", "steps", "no"]), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    min_size=1,
)


@given(TREES)
@example({"text": "ก\nข\n\n"})
@example({"text": "\ufeffก\x85\u2028"})
def test_what_is_written_reads_back_the_same(tree):
    assert yamltext.read(yamlwrite.write(tree), "ก.yaml").data == tree


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("ควนเสาธง", "ควนเสาธง"),
        ("ข้อ i1: ก", '"ข้อ i1: ก"'),
        ("e7", "e7"),
        ("no", '"no"'),
        ("2568", '"2568"'),
        (2568, "2568"),
        (Decimal("98.30"), "98.30"),
        (True, "true"),
        (None, "~"),
        (dt.date(2025, 8, 1), "1 สิงหาคม 2568"),
        (dt.date(2300, 8, 1), '"2300-08-01"'),
        ("", '""'),
        ((), "[]"),
        ({}, "{}"),
    ],
)
def test_values_are_written_plainly(value, written):
    assert yamlwrite.write({"code": value}).decode() == f"code: {written}\n"


def test_paragraphs_are_a_block_and_rows_stand_under_each_other():
    data = {"remarks": [{"code": "i1", "text": "ก\nข"}, {}], "plan": [["ก"]]}
    assert yamlwrite.write(data).decode() == (
        "remarks:\n  - code: i1\n    text: |-\n      ก\n      ข\n  - {}\nplan:\n  -\n    - ก\n"
    )
