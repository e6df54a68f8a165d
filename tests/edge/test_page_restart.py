"""The program ends in the middle of the work: killed, started again, or without a useful office."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from itareport.web.store.report_list import key_of
from offices import binary, running, wait_for
from pages import come_in, program
from windows import Window, saved, until

FILE = "example.yaml"


@pytest.fixture
def folder(tmp_path, example) -> Path:
    shutil.copy(example, tmp_path / FILE)
    return tmp_path


def _window(context: BrowserContext, address: str) -> Window:
    page = context.new_page()
    come_in(page, address)
    return Window(page, f"{address.partition('/o/')[0]}/r/{key_of(FILE)}")


def _score(folder: Path) -> str:
    return next(row["score"] for row in saved(folder / FILE)["scores"] if row["code"] == "i1")


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_killed_program_has_saved_what_was_typed_and_leaves_nothing(context, folder, place):
    with program(folder) as (started, address):
        window = _window(context, address)
        window.show("scores")
        wait_for(lambda: binary(place))
        window.type("scores.code=i1.score", "97.77", leave="")
        until(lambda: _score(folder) == "97.77", window.page)
        window.page.keyboard.press("Tab")
        wait_for(lambda: list(place.rglob("*.docx")))  # a document is being converted
        started.send_signal(signal.SIGKILL)
        started.wait()
        window.type("scores.code=i2.score", "96.66")
        window.wait("document.querySelector('#saved').textContent.includes('บันทึกไม่ได้')")
        window.page.close()
    wait_for(lambda: not running(str(place)) and not list(place.iterdir()))
    assert _score(folder) == "97.77"
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == [".itareport"]


def test_typing_goes_on_beside_an_office_that_hangs(context, folder, place, stand_in):
    """The page says so when its time is up, and is as good as before."""
    stand_in('say("start")\nwhile not (user / "job.txt").exists():\n    time.sleep(0.01)\nhang()\n')
    with program(folder, ITAREPORT_PDF_SECONDS="20") as (_, address):
        window = _window(context, address)
        window.show("scores")
        window.type("scores.code=i1.score", "97.77")
        until(lambda: _score(folder) == "97.77", window.page)
        window.page.locator("#pages .msg.bad", has_text="LibreOffice ไม่ตอบภายใน").wait_for()
        assert "แสดงหน้าใหม่ไม่ได้" in window.page.locator("#lane").inner_text()
        window.type("scores.code=i1.score", "98.88")
        until(lambda: _score(folder) == "98.88", window.page)
        window.page.close()
    wait_for(lambda: not running(str(place)) and not list(place.iterdir()))


def test_undo_over_a_restart(context, folder):
    with program(folder) as (_, address):
        window = _window(context, address)
        window.show("scores")
        first = _score(folder)
        window.type("scores.code=i1.score", "97.77")
        until(lambda: _score(folder) == "97.77", window.page)
        window.page.close()
    with program(folder) as (_, address):
        window = _window(context, address)
        window.show("scores")
        window.page.locator("#undo").press("Enter")
        until(lambda: _score(folder) == first, window.page)


def test_without_an_office_everything_else_works(context, folder):
    with program(folder, ITAREPORT_SOFFICE="/nowhere/soffice") as (_, address):
        window = _window(context, address)
        window.show("result")
        said = window.page.locator(".preview").inner_text()
        assert "ยังไม่พบ LibreOffice จึงแสดงหน้าจริงและทำ PDF ไม่ได้" in said
        window.type("result.total", "94.91")
        until(lambda: saved(folder / FILE)["result"]["total"] == "94.91", window.page)
        with window.page.expect_download() as download:
            window.page.get_by_role("link", name="ดาวน์โหลด Word").click()
        assert download.value.suggested_filename.endswith(".docx")
