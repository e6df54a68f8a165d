"""Two windows on one report, and a window that cannot reach the program: nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from itareport.pdf import office
from itareport.web.store.report_list import key_of
from pages import served
from windows import Window, saved, until

FILE = "example.yaml"


@pytest.fixture
def file(tmp_path, example) -> Path:
    return Path(shutil.copy(example, tmp_path / FILE))


@pytest.fixture
def two(context, file, monkeypatch) -> Iterator[tuple[Window, Window]]:
    """Open two windows on a report; no pages are made."""
    monkeypatch.setattr(office, "find", lambda: None)
    with served(file.parent, enters=False) as server:
        shown: list[Page] = [context.new_page() for _ in range(2)]
        shown[0].goto(f"http://{server.host}/o/{server.site.keys.address}")
        shown[0].wait_for_url(f"http://{server.host}/")
        one, other = (Window(page, f"http://{server.host}/r/{key_of(FILE)}") for page in shown)
        yield one, other
        context.set_offline(False)
        for page in shown:
            page.close()


def _score(file: Path, code: str) -> str:
    return str(next(row["score"] for row in saved(file)["scores"] if row["code"] == code))


def _measures(file: Path) -> list[list[str]]:
    return [row.get("measures", []) for row in saved(file)["plan"]]


def test_a_row_that_is_added_above_leaves_the_one_in_hand_where_it_is(two, file):
    """What is typed goes on into its own row, not into the one that has its place now."""
    one, other = two
    before = _measures(file)
    one.show("plan")
    other.show("plan?open=5")
    other.field("plan.5.measures.0").focus()
    other.page.keyboard.press("End")
    other.page.keyboard.type(" ก่อน")
    until(lambda: _measures(file)[5][0].endswith(" ก่อน"), other.page)
    one.press("""button[hx-post$="/plan/add"][hx-vals='{"issue": 1}']""")
    one.wait("document.activeElement.id.includes('.measures.0')")
    other.wait(f"document.querySelectorAll('.plan > li').length === {len(before) + 1}")
    other.page.keyboard.type(" หลัง")
    until(lambda: _measures(file)[6][0].endswith(" ก่อน หลัง"), other.page)
    one.page.keyboard.type("แถวใหม่")
    until(lambda: ["แถวใหม่"] in _measures(file), one.page)
    wanted = [*before[:1], ["แถวใหม่"], *before[1:]]
    wanted[6] = [f"{before[5][0]} ก่อน หลัง", *before[5][1:]]
    assert _measures(file) == wanted


def test_a_point_in_hand_is_followed_where_another_window_takes_one_away_above_it(two, file):
    one, other = two
    before = saved(file)["plan"][0]["steps"]
    one.show("plan?open=0")
    other.show("plan?open=0")
    other.field("plan.0.steps.2").focus()
    other.page.keyboard.press("Control+End")
    other.page.keyboard.type(" ก่อน")
    until(lambda: saved(file)["plan"][0]["steps"][2].endswith(" ก่อน"), other.page)
    one.wait("document.getElementById('plan.0.steps.2').value.endsWith(' ก่อน')")
    one.press('li:has([id="plan.0.steps.0"]) > button')
    until(lambda: len(saved(file)["plan"][0]["steps"]) < len(before), one.page)
    other.wait("document.activeElement.id === 'plan.0.steps.1'")
    other.page.keyboard.type(" หลัง")
    wanted = [before[1], f"{before[2]} ก่อน หลัง", *before[3:]]
    until(lambda: saved(file)["plan"][0]["steps"] == wanted, other.page)


def test_what_is_typed_into_a_row_that_another_window_took_away_is_told(two, file):
    one, other = two
    for window in two:
        window.show("plan?open=5")
    last = _measures(file)[6:]
    other.page.route("**/events*", lambda route: route.abort())
    other.show("plan?open=5")
    one.page.locator("""button[hx-vals='{"name": "plan.5"}']""").press("Enter")
    until(lambda: _measures(file)[5:] == last, one.page)
    other.type("plan.5.measures.0", "ยังพิมพ์อยู่")
    dialog = other.page.locator("#dialog dialog")
    dialog.wait_for()
    assert "ยังพิมพ์อยู่" in dialog.inner_text()
    assert _measures(file)[5:] == last


def test_what_two_windows_type_into_one_field_at_once_is_told(two, file):
    """The second has not sent its own yet when it hears of the first."""
    one, other = two
    for window in two:
        window.show("scores")
    other.field("scores.code=i1.score").focus()
    other.page.keyboard.press("Control+A")
    other.page.evaluate("""() => {
        const field = document.activeElement; field.value = "66.66";
        field.setAttribute("data-typed", "");
    }""")
    one.type("scores.code=i1.score", "98.88")
    dialog = other.page.locator("#dialog dialog")
    dialog.wait_for()
    assert "98.88" in dialog.inner_text()
    assert "66.66" in dialog.inner_text()
    other.page.keyboard.press("Space")
    assert dialog.is_visible(), "a key of the text that was being typed decides nothing"
    other.page.keyboard.press("Escape")
    other.wait("document.getElementById('scores.code=i1.score').value === '98.88'")
    other.type("scores.code=i2.score", "92.22")
    until(lambda: _score(file, "i2") == "92.22", other.page)
    assert other.page.locator("#dialog dialog").count() == 0
    assert _score(file, "i1") == "98.88"


def test_what_another_window_changed_is_shown_in_the_field_in_hand(two, file):
    one, other = two
    for window in two:
        window.show("scores")
    other.type("scores.code=i1.score", "55.55", leave="")
    until(lambda: _score(file, "i1") == "55.55", other.page)
    one.wait("document.getElementById('scores.code=i1.score').value === '55.55'")
    one.type("scores.code=i1.score", "97.77")
    other.wait("document.getElementById('scores.code=i1.score').value === '97.77'")


def test_a_report_that_is_signed_in_one_window_is_locked_in_the_other(two):
    one, other = two
    one.show("check")
    other.show("scores")
    while left := one.page.locator("[id^=t-]:not(:checked)").count():
        one.page.locator("[id^=t-]:not(:checked)").first.press("Space")
        one.wait(f"document.querySelectorAll('[id^=t-]:not(:checked)').length < {left}")
    one.saw("พร้อมพิมพ์ฉบับเสนอลงนาม")
    one.page.get_by_label("ลงนามแล้ว", exact=True).press("Space")
    other.saw("หากแก้ไข ต้องเสนอลงนามใหม่")
    other.wait("document.getElementById('scores.code=i1.score').disabled === true")


def test_what_is_typed_while_the_program_cannot_be_reached_is_saved_later(two, file, context):
    one, _ = two
    one.show("scores")
    context.set_offline(True)
    for code in ("i1", "i2", "i3"):
        one.type(f"scores.code={code}.score", "77.77")
    one.wait("document.querySelector('#saved').textContent.includes('บันทึกไม่ได้')")
    context.set_offline(False)
    until(lambda: [_score(file, code) for code in ("i1", "i2", "i3")] == ["77.77"] * 3, one.page)
    one.wait("document.querySelector('#saved').textContent.includes('บันทึกแล้ว')")
    one.type("scores.code=i4.score", "66.66")
    until(lambda: _score(file, "i4") == "66.66", one.page)
    shown = [one.field(f"scores.code={code}.score").input_value() for code in ("i1", "i3")]
    assert shown == ["77.77", "77.77"]
