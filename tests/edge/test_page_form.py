"""The form in a real browser: typed, pasted, undone, in two windows, and what is then saved."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext

from pages import Browser, come_in, served
from windows import Window, chromium, saved, until


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def server(folder) -> Iterator[Browser]:
    with served(folder, enters=False) as browser:
        yield browser


@pytest.fixture(scope="module")
def context(server) -> Iterator[BrowserContext]:
    with chromium() as opened:
        foreign: list[str] = []
        opened.on("request", lambda sent: foreign.append(sent.url))
        page = opened.new_page()
        come_in(page, server.address)
        page.close()
        yield opened
        mine = (f"http://{server.host}/", "blob:", "data:")
        assert [url for url in foreign if not url.startswith(mine)] == []


@pytest.fixture(autouse=True)
def faults(context) -> Iterator[list[str]]:
    """Collect what the browser complains of: nothing, or the test fails."""
    found: list[str] = []

    def listen(error: object) -> None:
        found.append(str(error))

    context.on("weberror", lambda error: listen(error.error))
    yield found
    assert found == []


@pytest.fixture
def window(context, server, folder, example) -> Iterator[Window]:
    """Open a window on a copy of the example."""
    file = folder / "example.yaml"
    shutil.copy(example, file)
    shutil.rmtree(folder / ".itareport", ignore_errors=True)
    page = context.new_page()
    yield Window(page, f"http://{server.host}/r/{_key(file)}")
    page.close()
    file.unlink(missing_ok=True)


def _key(file: Path) -> str:
    from itareport.web.store.report_list import key_of

    return key_of(file.name)


def _score(file: Path, code: str) -> str | None:
    rows = saved(file)["scores"]
    return next((row.get("score") for row in rows if row["code"] == code), None)


def test_known_cause_is_asked_for_on_the_card_and_renews_its_draft(window, folder):
    file = folder / "example.yaml"
    data = saved(file)
    data["remarks"] = [row for row in data["remarks"] if row["code"] != "e9"]
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    window.show("remarks")
    window.press("#why-e9")
    window.wait("document.activeElement.id === 'scores.code=e9.reason'")
    window.page.keyboard.press("Tab")
    window.wait("document.activeElement.id === 'scores.code=e9.cause'")
    window.page.keyboard.type("ผู้รับผิดชอบโอนย้ายระหว่างปี")
    text = window.page.locator("#card-e9 p.text")
    text.filter(has_text="สาเหตุที่ทราบคือ ผู้รับผิดชอบโอนย้ายระหว่างปี จึงควร").wait_for()
    window.saw("ร่างข้อวิเคราะห์ข้อ e9 ใหม่แล้ว")
    assert window.field("scores.code=e9.cause").evaluate("e => e === document.activeElement")
    (cause,) = [row["cause"] for row in saved(file)["scores"] if "cause" in row]
    assert cause == "ผู้รับผิดชอบโอนย้ายระหว่างปี"


# -- fields --------------------------------------------------------------------------------------


def test_wrong_score_is_told_at_its_field_once_it_is_left(window, folder):
    window.show("scores")
    window.type("scores.code=e7.score", "838.1", leave="")
    until(lambda: _score(folder / "example.yaml", "e7") == "838.1", window.page)
    window.wait("document.querySelector('#undo:enabled')")
    assert not [said for said in window.said() if "838.1" in said], "it is still being typed"
    window.page.keyboard.press("Tab")
    window.wait("document.querySelector('#form .msg.bad')")
    said = next(said for said in window.said() if "838.1" in said)
    assert said == (
        "ข้อ e7: คะแนน 838.1 ไม่อยู่ระหว่าง 0 ถึง 100 โปรดตรวจสอบกับ ITAS แล้วกรอกใหม่ เช่น 83.81 D122"
    )
    field = window.field("scores.code=e7.score")
    assert field.get_attribute("aria-invalid") == "true"
    assert window.page.locator("#steps .bad").all_inner_texts() == ["ต้องแก้ 1", "ต้องแก้ 1"]
    window.type("scores.code=e7.score", "83.81", leave="")
    window.wait("!document.querySelector('#form .msg.bad')")
    assert field.evaluate("field => field === document.activeElement && field.value") == "83.81"


def test_problem_in_the_list_leads_to_its_field(window):
    window.show("scores")
    window.type("scores.code=e7.score", "838.1")
    window.wait("document.querySelector('#form .msg.bad')")
    window.page.locator(".foot .count.bad").press("Enter")
    window.page.get_by_role("link", name="ไปที่ข้อ e7").press("Enter")
    window.wait("document.activeElement.id === 'scores.code=e7.score'")


def test_problem_of_a_remark_leads_to_it_and_opens_it(window):
    window.show("remarks")
    window.page.locator("#open-e8").press("Enter")
    window.wait("document.activeElement.id === 'remarks.code=e8.text'")
    window.type("remarks.code=e8.text", "ยังไม่ดี ควรปรับปรุง (มาตรการที่ 2.9)")
    window.saw("2.9")
    window.show("check")
    window.page.get_by_role("link", name="ไปที่ข้อวิเคราะห์ข้อ e8").press("Enter")
    window.wait("document.activeElement.id === 'remarks.code=e8.text'")


def test_a_link_and_f8_open_what_is_folded(window, folder):
    """A field in a folded part can be reached: what is hidden takes no cursor."""
    file = folder / "example.yaml"
    text = file.read_text("utf-8").replace("ตัวชี้วัดย่อยที่ 9.1", "ข้อ e9 ได้ 12.34 คะแนน", 1)
    file.write_text(text, "utf-8")
    window.show("check")
    window.page.get_by_role("link", name="ผลการวิเคราะห์ที่สอดคล้อง").first.press("Enter")
    window.wait("document.activeElement.id.includes('.findings.')")
    window.page.locator("details:has([id*='.findings.'])").evaluate("one => { one.open = false; }")
    window.page.locator("#next").focus()
    window.page.keyboard.press("F8")
    window.wait("document.activeElement.id.includes('.findings.')")


def test_a_button_that_cannot_be_pressed_says_why(window):
    window.show("check")
    button = window.page.get_by_role("button", name="พิมพ์ฉบับเสนอลงนาม")
    button.click(force=True)
    window.wait("document.querySelector('#taken').textContent.includes('ต้องตรวจเอง')")
    window.page.get_by_role("button", name="แนบหน้าที่ลงนามแล้ว").click(force=True)
    window.wait("document.querySelector('#taken').textContent.includes('หลังพิมพ์ฉบับเสนอลงนาม')")


def test_a_phone_shows_where_to_say_why_a_score_is_missing(window, folder):
    window.page.set_viewport_size({"width": 390, "height": 844})
    window.show("scores")
    window.field("scores.code=i4.score").fill("")
    window.page.keyboard.press("Tab")
    reason = window.field("scores.code=i4.missing")
    reason.wait_for()
    reason.select_option("ไม่ถูกประเมิน")
    until(lambda: "ไม่ถูกประเมิน" in (folder / "example.yaml").read_text("utf-8"), window.page)


def test_what_cannot_be_saved_is_told_beside_the_form_and_saved_later(window, folder, monkeypatch):
    file, sync = folder / "example.yaml", os.fsync

    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    window.show("result")
    monkeypatch.setattr(os, "fsync", full)
    window.type("result.total", "91.11")
    window.page.locator("#taken .msg.bad", has_text="เต็ม").wait_for()
    assert window.field("result.total").input_value() == "91.11"
    assert saved(file)["result"]["total"] == "94.90"
    monkeypatch.setattr(os, "fsync", sync)
    until(lambda: saved(file)["result"]["total"] == "91.11", window.page)
    window.wait("!document.querySelector('#taken .msg')")


def test_what_waits_to_be_saved_overwrites_no_file_that_was_changed_meanwhile(window, folder):
    file = folder / "example.yaml"
    text = file.read_text("utf-8")
    window.show("result")
    file.write_text("x: [", "utf-8")
    window.type("result.total", "91.11")
    window.page.locator("#taken .msg.bad").wait_for()
    file.write_text(text.replace("94.90", "95.95", 1), "utf-8")
    window.page.locator("#dialog dialog .main", has_text="ใช้ที่พิมพ์").wait_for()
    assert saved(file)["result"]["total"] == "95.95"


def test_list_of_downloads_closes_by_itself(window):
    window.show("check")
    closed = "!document.querySelector('.menu').open"
    for leave in (
        lambda: window.page.keyboard.press("Escape"),
        lambda: window.page.locator("#form h2").click(),
    ):
        window.page.locator(".menu summary").click()
        window.wait("document.querySelector('.menu').open")
        leave()
        window.wait(closed)


@pytest.mark.parametrize("step", ["remarks", "check"])
def test_only_the_form_scrolls_and_not_the_window(window, step):
    window.show(step)
    assert window.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_keys_in_the_table(window):
    window.show("scores")
    window.field("scores.code=i1.score").focus()
    for key, code in (
        ("Enter", "i2"),
        ("ArrowDown", "i3"),
        ("ArrowUp", "i2"),
        ("Shift+Enter", "i1"),
    ):
        window.page.keyboard.press(key)
        assert window.page.evaluate("document.activeElement.id") == f"scores.code={code}.score"
    window.page.keyboard.press("Alt+PageDown")
    window.page.wait_for_url("**/remarks")


def test_reload_in_the_middle_of_typing_loses_nothing(window, folder):
    window.show("scores")
    window.type("scores.code=i1.score", "97.77", leave="")
    window.page.reload()
    until(lambda: _score(folder / "example.yaml", "i1") == "97.77", window.page)


def test_undo_and_redo(window, folder):
    file = folder / "example.yaml"
    window.show("scores")
    first = _score(file, "i1")
    window.type("scores.code=i1.score", "97.77")
    until(lambda: _score(file, "i1") == "97.77", window.page)
    window.wait("document.querySelector('#undo:enabled')")
    window.page.locator("#undo").press("Enter")
    until(lambda: _score(file, "i1") == first, window.page)
    window.wait(f"document.getElementById('scores.code=i1.score').value === '{first}'")
    window.page.locator("#redo").press("Enter")
    until(lambda: _score(file, "i1") == "97.77", window.page)


# -- pages ---------------------------------------------------------------------------------------


_PAGES = """() => document.dispatchEvent(new CustomEvent("pages", { detail: { data:
    [[794, 1123, ""], [1123, 794, "lying"], [794, 1123, ""]].map(([width, height, way], at) =>
        `<figure class="paper ${way}" data-sections=""><img src="/static/icon.svg?page=${at}"
            width="${width}" height="${height}" alt=""></figure>`).join("") } }))"""
_SOURCES = "[...document.querySelectorAll('#pages img')].map((img) => img.getAttribute('src'))"


def test_zoom_asks_for_sharper_pictures_of_what_is_in_sight(window):
    window.page.route("**/events*", lambda route: route.abort())
    window.show("result")
    window.page.evaluate(_PAGES.replace("?page=", "#"))
    window.wait("document.querySelectorAll('#pages img').length === 3")
    window.page.locator("[data-zoom='1']").click()
    window.wait(f"{_SOURCES}[0].includes('?zoom=2')")
    assert "zoom" not in window.page.evaluate(_SOURCES)[2]


_MARKED = """() => document.dispatchEvent(new CustomEvent("pages", { detail: { data:
    ["i1", "e7", "2.2"].map((name, at) => `<figure class="paper" data-sections="">
        <img src="/static/icon.svg?page=${at}" width="794" height="1123" alt="">
        <svg class="marks" viewBox="0 0 1 100" preserveAspectRatio="none">
        <rect data-mark="${name}" y="50" width="1" height="10"/></svg></figure>`).join("") } }))"""


def test_a_bar_beside_the_page_is_where_the_field_in_hand_is_printed(window):
    window.page.route("**/events*", lambda route: route.abort())
    on = "[...document.querySelectorAll('.marks .on')].map((one) => one.dataset.mark).join()"
    for step, field, name in (
        ("scores", "scores.code=e7.score", "e7"),
        ("remarks?at=remarks.code%3De7.text", "remarks.code=e7.text", "e7"),
        ("plan?open=2", "plan.2.measures.0", "2.2"),
    ):
        window.show(step)
        window.page.evaluate(_MARKED)
        window.wait("document.querySelectorAll('#pages img').length === 3")
        window.field(field).focus()
        window.wait(f"{on} === '{name}'")
        pane, bar = (
            window.page.locator(one).bounding_box() for one in ("#pages", f"[data-mark='{name}']")
        )
        assert pane["y"] < bar["y"] < bar["y"] + bar["height"] < pane["y"] + pane["height"]
    window.show("scores")
    window.page.evaluate(_MARKED)
    window.wait("document.querySelectorAll('#pages img').length === 3")
    window.field("scores.code=i1.score").focus()
    window.wait(f"{on} === 'i1'")
    window.field("scores.code=o1.score").focus()
    window.wait(f"{on} === ''")


def test_every_page_is_printed_on_paper_of_its_own(window):
    window.page.route("**/events*", lambda route: route.abort())
    window.show("result")
    window.page.evaluate(_PAGES)
    window.wait("document.querySelectorAll('#pages img').length === 3")
    window.page.evaluate("void (window.print = () => { window.printed_now = true; })")
    window.page.locator("#print").click()
    window.wait("window.printed_now")
    assert all("zoom=2" in source for source in window.page.evaluate(_SOURCES))
    printed = pypdfium2.PdfDocument(window.page.pdf(prefer_css_page_size=True))
    assert [page.get_width() > page.get_height() for page in printed] == [False, True, False]
    printed.close()


# -- others --------------------------------------------------------------------------------------


def test_two_windows_see_each_other(window, context, folder):
    other = Window(context.new_page(), window.at)
    window.show("scores")
    other.show("scores")
    window.type("scores.code=i1.score", "97.77")
    other.wait("document.getElementById('scores.code=i1.score').value === '97.77'")
    other.type("scores.code=i2.score", "96.66")
    file = folder / "example.yaml"
    until(lambda: _score(file, "i2") == "96.66" and _score(file, "i1") == "97.77", window.page)
    other.page.close()


def test_file_changed_outside_is_never_overwritten_in_silence(window, folder):
    file = folder / "example.yaml"
    window.show("result")
    window.page.route("**/events*", lambda route: route.abort())
    window.show("result")
    file.write_text(file.read_text("utf-8").replace("total: 94.90", "total: 94.50"), "utf-8")
    window.type("result.total", "95.00")
    dialog = window.page.locator("#dialog dialog")
    dialog.wait_for()
    assert "94.50" in dialog.inner_text()
    assert "95.00" in dialog.inner_text()
    assert saved(file)["result"]["total"] == "94.50"
    dialog.locator(".main").press("Enter")
    until(lambda: saved(file)["result"]["total"] == "95.00", window.page)


_FIRST_IS_HELD = """() => {
    const fetched = window.fetch;
    window.fetch = (...asked) => {
        if (window.held || !String(asked[0]).endsWith("/save")) return fetched(...asked);
        window.held = true;
        return new Promise(() => {});
    };
}"""
"""A route of Playwright would hold the last request, too, for a window that is gone."""


def test_what_waits_for_an_answer_is_saved_when_the_window_goes_elsewhere(window, folder):
    """The first change is on its way, the second waits for it, the third is in hand."""
    window.show("result")
    window.page.evaluate(_FIRST_IS_HELD)
    window.type("result.total", "93.33")
    window.wait("window.held")
    window.field("result.level").select_option("ผ่านดี")
    window.type("result.last_year.total", "91.11", leave="")
    window.page.goto(window.at.rpartition("/r/")[0])
    wanted = ["93.33", "ผ่านดี", "91.11"]
    until(lambda: _three(folder / "example.yaml") == wanted, window.page)


def _three(file: Path) -> list[object]:
    result = saved(file)["result"]
    return [result["total"], result["level"], result.get("last_year", {}).get("total")]


def test_file_changed_outside_is_shown_beside_what_it_was(window, folder):
    file = folder / "example.yaml"
    window.show("result")
    file.write_text(file.read_text("utf-8").replace("total: 94.90", "total: 94.50"), "utf-8")
    dialog = window.page.locator("#dialog dialog")
    dialog.wait_for()
    assert "94.90" in dialog.inner_text()
    assert "94.50" in dialog.inner_text()
    dialog.get_by_role("button", name="คืนค่าเดิม").press("Enter")
    until(lambda: saved(file)["result"]["total"] == "94.90", window.page)


def test_signed_report_is_locked(window):
    window.show("check")
    assert window.page.get_by_label("ลงนามแล้ว", exact=True).is_disabled()
    while left := window.page.locator("[id^=t-]:not(:checked)").count():
        window.page.locator("[id^=t-]:not(:checked)").first.press("Space")
        window.wait(f"document.querySelectorAll('[id^=t-]:not(:checked)').length < {left}")
    window.saw("พร้อมพิมพ์ฉบับเสนอลงนาม")
    window.page.get_by_label("ลงนามแล้ว", exact=True).press("Space")
    window.saw("หากแก้ไข ต้องเสนอลงนามใหม่")
    window.show("agency")
    window.wait("document.getElementById('agency.name').disabled === true")
    assert "หากแก้ไข ต้องเสนอลงนามใหม่" in window.page.locator("#form").inner_text()
    window.page.get_by_role("button", name="แก้ไขหลังลงนาม").press("Enter")
    window.wait("document.getElementById('agency.name').disabled === false")
