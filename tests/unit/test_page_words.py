"""Words that the page makes of figures."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from itareport.problems import problem
from itareport.web import rendering
from itareport.web.forms.seven import check_step
from itareport.web.views import preview_pane


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((), ""),
        ((3,), "หน้า 3"),
        ((2, 3), "หน้า 2 และ 3"),
        ((2, 4, 10), "หน้า 2, 4 และ 10"),
        ((2, 4, 5, 6), "หน้า 2 และ 4 ถึง 6"),
        ((1, 2, 3, 5, 6, 9), "หน้า 1 ถึง 3, 5, 6 และ 9"),
    ],
)
def test_pages_are_listed_as_a_person_says_them(pages, said):
    assert rendering.pages_said(pages) == said


def test_a_page_is_called_after_the_part_that_goes_on_there():
    parts = {0: ["agency"], 1: ["result"], 2: ["issue:1", "issue:2"], 4: ["plan:1", "plan:2"]}
    found = list(preview_pane._first(parts, 6))
    assert found == ["agency", "result", "issue:1", "issue:2", "plan:1", "plan:2"]
    assert list(preview_pane._first({}, 2)) == ["", ""]


def test_a_day_of_the_list_has_its_buddhist_year():
    assert (
        rendering.when(dt.datetime(2024, 11, 24, 12, tzinfo=dt.UTC).timestamp()) == "24 พ.ย. 2567"
    )


@pytest.mark.parametrize("of", ["where", "also"])
def test_a_tick_is_of_all_that_it_is_about(of):
    """What was checked is to be checked again as soon as one of its rows is another."""
    about = ("remarks", 0), ("plan", 0)
    found = problem("D313", about[0], also=[about[1]], codes="i1")
    rows = dict.fromkeys(about, "ก")
    form: Any = SimpleNamespace(row=rows.get)
    before = check_step.key_of(form, found)
    assert check_step.key_of(form, found) == before
    rows[about[of == "also"]] = "ข"
    assert check_step.key_of(form, found) != before
