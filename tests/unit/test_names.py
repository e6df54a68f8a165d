import pytest
from hypothesis import given
from hypothesis import strategies as st

from itareport.ita import names


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("รายงาน ITA 2568 ทต.ควนเสาธง", "รายงาน ITA 2568 ทต.ควนเสาธง"),
        ("รายงาน ITA 2568 ทต.ก/ข", "รายงาน ITA 2568 ทต.ก-ข"),
        ("รายงาน ../../x", "รายงาน ..-..-x"),
        ("รายงาน ก. ", "รายงาน ก"),
        ("รายงาน  ก\tข", "รายงาน ก ข"),
    ],
)
def test_names_become_safe(typed, safe):
    assert names.safe(typed) == safe


def test_a_long_name_is_cut_with_a_hash_and_two_stay_two():
    one, two = names.safe("รายงาน " + "ก" * 200), names.safe("รายงาน " + "ก" * 200 + "ข")
    assert one != two
    assert len((one + ".docx").encode()) <= 200
    assert one.startswith("รายงาน กกก")


@given(st.text(min_size=1))
def test_any_name_is_one_safe_component(text):
    stem = names.safe(f"รายงาน {text}")
    assert len(f"{stem}.docx".encode(errors="surrogatepass")) <= 200
    assert not set('<>:"/\\|?*\n\r\t') & set(stem)
    assert stem not in {".", ".."}
    assert not stem.endswith((".", " "))
