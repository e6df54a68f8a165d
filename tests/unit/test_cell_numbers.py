"""Numbers and dates of cells as the clerk sees them."""

import pytest

from itareport.xlsx import numbers


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "plain"), (2, "plain"), (49, "plain")]
    + [(number, "percent") for number in (9, 10, 67, 68)]
    + [(number, "date") for number in (14, 22, 27, 36, 45, 47, 50, 58, 71, 81)],
)
def test_a_format_without_a_code_of_its_own_is_known_by_its_number(number, shown):
    """Those from 27 are Asian, those from 59 are Thai."""
    assert numbers.format_kind(number, None) == shown


@pytest.mark.parametrize(("stored", "since_1904"), [("45931", False), ("44469.75", True)])
def test_a_date_is_the_same_whenever_the_workbook_counts_from(stored, since_1904):
    assert numbers.shown(stored, "date", since_1904=since_1904) == "2025-10-01"


@pytest.mark.parametrize(
    ("stored", "form", "shown"),
    [
        ("94.900000000000006", "plain", "94.9"),
        ("0.949", "percent", "94.9"),
        ("1", "percent", "100"),
        ("0.5", "date", "0.5"),
        ("nan", "plain", None),
        ("x", "plain", None),
    ],
)
def test_a_number_is_shown_without_its_noise(stored, form, shown):
    assert numbers.shown(stored, form, since_1904=False) == shown
