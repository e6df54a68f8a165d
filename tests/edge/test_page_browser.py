"""The start, many reports and downloads in a real browser; nothing is asked of the outside."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

import pages
from itareport.web.many import RunInView
from windows import Window

NAMES = ("chromium", "chromium-browser", "google-chrome")
_EXPECTED = ("status of 4", "ERR_CONNECTION_REFUSED", "Failed to fetch")
"""What Chromium says of each answer that tests ask for."""
expect.set_options(timeout=pages.PATIENCE * 1000)


@pytest.fixture(scope="module")
def chromium():
    """Return Debian's Chromium; its absence fails the tests that need it, never skips."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        said = "Chromium is not here: scripts/setup requirements-dev.txt installs it"
        pytest.fail(said, pytrace=False)
    sandbox = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def site(tmp_path, example):
    """Serve a folder with three reports, one of them wrong."""
    text = example.read_text(encoding="utf-8")
    for name in ("ก", "ข", "ค"):
        changed = text.replace("ควนเสาธง", f"ทดสอบ{name}")
        wrong = changed.replace("94.90", "194.90", 1) if name == "ค" else changed
        (tmp_path / f"{name}.yaml").write_text(wrong, encoding="utf-8")
    with pages.served(tmp_path, enters=False) as found:
        yield found


@pytest.fixture
def window(chromium, site):
    """Return a window that came in by the address; every complaint and foreign request fails."""
    complaints: list[str] = []

    def is_foreign(asked):
        return f"//{site.host}/" not in asked.url

    def is_wrong(said):
        return said.type == "error" and not any(word in said.text for word in _EXPECTED)

    context = chromium.new_context(accept_downloads=True, locale="th-TH")
    context.set_default_timeout(pages.PATIENCE * 1000)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if is_wrong(said) else None)
    page.on("pageerror", lambda said: complaints.append(str(said)))
    page.on("request", lambda asked: complaints.append(asked.url) if is_foreign(asked) else None)
    pages.come_in(page, site.address)
    yield page
    context.close()
    assert complaints == []


def test_the_list_is_sorted_and_leads_to_a_report(window):
    expect(window.locator("#list tbody tr")).to_have_count(3)
    window.get_by_role("link", name="ต้องแก้").click()
    expect(window.locator("#list tbody tr").first).to_contain_text("ทดสอบค")
    window.get_by_role("link", name="เทศบาลตำบลทดสอบก").click()
    expect(window.locator("#form")).to_be_visible()


def test_files_are_dropped_and_each_is_told_of(window, example):
    data = window.evaluate_handle(
        """([good, text]) => {
          const data = new DataTransfer();
          data.items.add(new File([text], good));
          data.items.add(new File(["x: ["], "bad.yaml"));
          return data;
        }""",
        ["วาง.yaml", example.read_text(encoding="utf-8")],
    )
    window.dispatch_event("body", "drop", {"dataTransfer": data})
    expect(window.locator("#taken")).to_contain_text("วาง.yaml: รับไว้เป็น วาง.yaml")
    expect(window.locator("#taken")).to_contain_text("bad.yaml: อ่านไม่ได้")
    expect(window.locator("#list tbody tr")).to_have_count(4)


def test_too_large_a_file_is_told_of_before_it_is_sent(window, tmp_path):
    large = tmp_path / "large.xlsx"
    with large.open("wb") as stream:
        stream.truncate(20_000_001)
    window.set_input_files("[data-drop]", large)
    expect(window.locator("#taken")).to_contain_text("20 MB")


def test_a_new_report_by_keyboard_alone_with_its_place_completed(window, site):
    window.goto(f"http://{site.host}/new")
    window.locator("#kind").focus()
    window.keyboard.type("เทศบาลตำบล")
    window.keyboard.press("Tab")
    window.keyboard.type("แม่ขรี")
    expect(window.locator("#district")).to_have_value("ตะโหมด")
    expect(window.locator("#province")).to_have_value("พัทลุง")
    window.keyboard.press("Enter")
    window.wait_for_url("**/r/*/result")
    assert (site.site.path / "ข้อมูล ITA 2569 ทต.แม่ขรี.yaml").is_file()


def test_a_double_click_begins_one_report(window, site):
    window.goto(f"http://{site.host}/new")
    window.get_by_label("ประเภทหน่วยงาน").fill("เทศบาลตำบล")
    window.get_by_label("ชื่อหน่วยงาน").fill("บ้านใหม่")
    before = len([*site.site.path.glob("*.yaml")])
    window.get_by_role("button", name="เริ่มรายงานใหม่").dblclick()
    window.wait_for_url("**/result")
    window.goto(f"http://{site.host}/")
    assert len([*site.site.path.glob("*.yaml")]) == before + 1


def test_a_new_report_without_a_name_says_so_in_the_form(window, site):
    window.goto(f"http://{site.host}/new")
    window.get_by_role("button", name="เริ่มรายงานใหม่").click()
    expect(window.locator("#said")).to_contain_text("D403")


def test_many_reports_with_their_progress_and_all_as_zip(window):
    window.locator("summary", has_text="หลายหน่วยงาน").click()
    window.locator("[name=pdf]").uncheck()
    window.get_by_role("button", name="จัดทำหลายหน่วยงาน").click()
    expect(window.locator("h1")).to_have_text("จัดทำได้ 2 จาก 3 รายงาน จัดทำไม่ได้ 1 รายงาน")
    expect(window.locator("progress")).to_have_attribute("value", "3")
    expect(window.locator("#run .msg.bad")).to_contain_text("194.90")
    with window.expect_download() as saved:
        window.get_by_role("link", name="ดาวน์โหลดทั้งหมด (zip)").click()
    assert saved.value.suggested_filename == "รายงาน ITA.zip"
    window.get_by_role("link", name="เปิดแก้").click()
    window.wait_for_url("**/check")


def test_five_reports_by_keyboard_stopped_after_the_first(window, site, monkeypatch):
    """The run goes on only as the button is pressed: the machine's speed is no part of it."""
    stopped, told, stop = threading.Event(), RunInView._add, RunInView.stop
    for name in ("ง", "จ"):
        shutil.copy(site.site.path / "ก.yaml", site.site.path / f"{name}.yaml")

    def wait_after_one(run, entry):
        told(run, entry)
        stopped.wait(pages.PATIENCE)

    def stop_and_go_on(run):
        stop(run)
        stopped.set()

    monkeypatch.setattr(RunInView, "_add", wait_after_one)
    monkeypatch.setattr(RunInView, "stop", stop_and_go_on)
    clerk = Window(window, "")
    clerk.press("summary:has(+ div #many)")
    clerk.press("[name=pdf]", "Space")
    clerk.press("#many button")
    expect(window.locator("progress")).to_have_attribute("value", "1")
    expect(window.locator("h1")).to_have_text("กำลังจัดทำ 5 รายงาน")
    clerk.press("#stop")
    expect(window.locator("h1")).to_contain_text("หยุดแล้ว")
    made = list((site.site.path / "out").rglob("*.docx"))
    assert 1 <= len(made) < 5
    assert f"จัดทำได้ {len(made)} จาก 5 รายงาน" in window.locator("h1").inner_text()
    assert window.locator("#run tbody tr").count() >= 1


def test_word_is_downloaded_under_its_thai_name(window, site):
    window.get_by_role("link", name="เทศบาลตำบลทดสอบก").click()
    key = window.url.split("/")[-2]
    with window.expect_download() as saved:
        window.evaluate("address => { location.href = address; }", f"/r/{key}/download/word")
    assert saved.value.suggested_filename == "(ร่าง) รายงาน ITA 2568 ทต.ทดสอบก.docx"
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"
    assert site.thread.is_alive()


def test_the_button_closes_the_program(window, site):
    window.get_by_role("button", name="ปิดโปรแกรม").click()
    expect(window.locator("h1")).to_have_text("ปิดโปรแกรมแล้ว")
    site.thread.join(pages.PATIENCE)
    assert not site.thread.is_alive()


def test_a_window_left_open_tells_that_the_program_is_gone(window, site):
    expect(window.locator("#gone")).to_be_hidden()
    site.site.close()
    site.thread.join(pages.PATIENCE)
    window.locator("summary", has_text="หลายหน่วยงาน").click()
    with window.expect_console_message():
        window.get_by_role("button", name="จัดทำหลายหน่วยงาน").click()
    expect(window.locator("#gone")).to_contain_text("โปรดเปิด “เปิดโปรแกรม” อีกครั้ง")
