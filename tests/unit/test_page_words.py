"""Words that the page makes of figures."""

from __future__ import annotations

import pytest

from itareport.web import rendering


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
