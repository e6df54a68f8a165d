"""Words that the page makes of figures."""

from __future__ import annotations

import pytest

from itareport.web import rendering
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
