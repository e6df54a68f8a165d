"""The whole way of a new user, with the keyboard alone: from an empty folder to the PDF."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from itareport.pdf import pictures
from itareport.pdf.verify import pdf_text
from pages import come_in, program
from windows import Window, chromium, saved, until

NAME = "ข้อมูล ITA 2568 ทต.ควนเสาธง.yaml"
INDICATORS = ("99.17", "98.75", "100", "99.31", "99.58", "93.36", "88.73", "88.86", "100", "90")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.fixture
def folder(place) -> Path:
    """Return an empty folder; the program's temporary folder is that of the test."""
    made: Path = place / "reports"
    made.mkdir()
    return made


@pytest.fixture
def window(folder) -> Iterator[Window]:
    """Open a window on the start of the program; the script of streams comes late."""
    with program(folder) as (_, address), chromium() as context:
        at = address.partition("/o/")[0]
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=at)
        page = context.new_page()
        page.route("**/hx-sse*", _late)
        come_in(page, address)
        yield Window(page, at)
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    folder.rmdir()


def _late(route: Any) -> None:
    time.sleep(0.2)
    route.continue_()


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_from_an_empty_folder_to_the_pdf(window, folder, example, tmp_path):
    file = folder / NAME
    _begin(window)
    _result(window, file)
    _scores(window, file, example)
    _remarks(window, file)
    _plan(window, file)
    _signers(window, file)
    _check(window)
    command = [sys.executable, "-m", "itareport", "build", str(file), "--pdf", "-o", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    (word,), (pdf,) = tmp_path.glob("*.docx"), tmp_path.glob("*.pdf")
    assert _downloaded(window, "word") == (word.name, word.read_bytes())
    name, data = _downloaded(window, "pdf")
    assert name == pdf.name
    assert pdf_text.pages(data) == pdf_text.pages(pdf.read_bytes())
    assert list(pictures.of_pages(data)) == list(pictures.of_pages(pdf.read_bytes()))


def _begin(window: Window) -> None:
    """Begin a report; the kind is typed in short."""
    window.press('a[href="/new"]')
    window.page.wait_for_url("**/new")
    window.choose("year", "2568")
    typed = {"kind": "ทต.", "name": "ควนเสาธง", "province": "พัทลุง", "district": "ตะโหมด"}
    for name, text in typed.items():
        window.write(name, text)
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/r/*/result")
    window.at = window.page.url.removesuffix("/result")
    window.wait("!!window.htmx && !!document.querySelector('#form [data-htmx-powered]')")


def _next(window: Window, step: str) -> None:
    window.press("#next")
    window.page.wait_for_url(f"**/{step}")
    window.wait("!!window.htmx && !!document.querySelector('#form [data-htmx-powered]')")


def _result(window: Window, file: Path) -> None:
    assert window.said() == [], "nothing is wrong with what nobody has filled in yet"
    assert saved(file)["agency"]["kind"] == "เทศบาลตำบล"
    window.write("result.total", "94.90")
    window.choose("result.level", "ผ่าน")
    window.reach('[id="result.indicators.no=1.score"]')
    for score in INDICATORS:
        window.page.keyboard.type(score)
        window.page.keyboard.press("Enter")
    for part, score in (("EIT,part=1", "83.07"), ("EIT,part=2", "97.56")):
        window.write(f"result.tools.tool={part}.score", score)
    window.write("result.last_year.total", "92.15")
    window.write("result.announced", "1 สิงหาคม 2568")
    window.page.keyboard.press("Tab")
    until(lambda: saved(file)["result"].get("announced") == "1 สิงหาคม 2568", window.page)
    assert saved(file)["result"]["level"] == "ผ่าน"
    assert len(saved(file)["result"]["indicators"]) == 10
    window.saw("คำนวณได้ 94.90 ตรงกัน")
    window.wait("!!document.querySelector('#pages figure')")


def _scores(window: Window, file: Path, example: Path) -> None:
    """Copy a table of another order, and paste it into the table of the form."""
    rows = {row["code"]: row.get("score", "100.00") for row in saved(example)["scores"]}
    lines = [f"{code}\tเรื่อง\t{score.translate(THAI)}" for code, score in reversed(rows.items())]
    table = "\n".join(["ข้อ\tเรื่อง\tคะแนน", "o31\tเรื่อง\t๕๐.๐๐", *lines])
    _next(window, "scores")
    window.reach('[id="scores.code=i3.score"]')
    window.page.evaluate("text => navigator.clipboard.writeText(text)", table)
    window.page.keyboard.press("Control+V")
    dialog = window.page.locator("#dialog dialog")
    dialog.locator(".main").wait_for()
    assert "52 ข้อ" in dialog.inner_text()
    assert "o31 ไม่มีในปี 2568" in dialog.inner_text()
    window.page.keyboard.press("Enter")
    window.saw("รับคะแนน 52 ข้อแล้ว")
    scores = {row["code"]: row["score"] for row in saved(file)["scores"]}
    assert (len(scores), scores["e7"]) == (52, "๘๓.๘๑")
    shown = [window.field(f"scores.code={code}.score").input_value() for code in ("i3", "e7")]
    assert shown == ["100.00", "83.81"], "also in the field in hand"


def _remarks(window: Window, file: Path) -> None:
    _next(window, "remarks")
    window.press("article.draft .main")
    window.saw("ใช้ร่างข้อ i1 แล้ว")
    assert [row.get("draft") for row in saved(file)["remarks"]] == [None]
    window.press("article.draft [data-edit]")
    window.wait("document.activeElement.matches('article textarea')")
    window.page.keyboard.press("Control+End")
    window.page.keyboard.type(" ให้แล้วเสร็จ")
    until(lambda: saved(file)["remarks"][-1]["text"].endswith("ให้แล้วเสร็จ"), window.page)
    window.wait("!document.querySelector('article.draft textarea')")
    while count := window.page.locator("article.draft .main").count():
        window.press("article.draft .main")
        window.wait(f"document.querySelectorAll('article.draft .main').length < {count}")


def _plan(window: Window, file: Path) -> None:
    _next(window, "plan")
    while count := window.page.locator(".line-acts").count():
        window.press(".line-acts .btn")
        window.wait(f"document.querySelectorAll('.line-acts').length < {count}")
    before = len(saved(file)["plan"])
    window.press("""button[hx-post$="/plan/add"][hx-vals='{"issue": 2}']""")
    window.wait("document.activeElement.id.includes('.measures.0')")
    name = str(window.page.evaluate("document.activeElement.id")).removesuffix(".measures.0")
    key = name.partition(".")[2]
    window.page.keyboard.type("โครงการ E-Service ถึงทุกหมู่บ้าน")
    for code in ("e9", "e8"):
        window.press(f"#a-{key}-{code}", "Space")
    window.write(f"{name}.steps.0", "ปรับแบบคำขอออนไลน์ให้กรอกได้ง่าย")
    window.choose(f"{name}.period.0-first", "ธันวาคม 2568")
    window.choose(f"{name}.period.0-last", "มีนาคม 2569")
    unit = window.page.get_by_label("กองช่าง", exact=True).get_attribute("id")
    window.press(f'[id="{unit}"]', "Space")
    own = ["โครงการ E-Service ถึงทุกหมู่บ้าน"]
    row = lambda: next(one for one in saved(file)["plan"] if one["measures"] == own)  # noqa: E731
    until(lambda: row().get("responsible") == ["กองช่าง"], window.page)
    assert len(saved(file)["plan"]) == before + 1
    assert row()["period"] == ["ธันวาคม 2568 - มีนาคม 2569"]
    assert [text[:6] for text in row()["findings"]] == ["ข้อ e9", "ข้อ e8"]
    assert row()["steps"] == ["ปรับแบบคำขอออนไลน์ให้กรอกได้ง่าย"]


def _signers(window: Window, file: Path) -> None:
    """Name one who signs: the picture of that page is another, where the name stands."""
    _next(window, "signers")
    window.wait("!!document.querySelector('#pages figure:not(.strip)')")
    begun = _signed(window)
    before = _named(window, file, "น", begun)
    after = _named(window, file, "นางสาวใจดี รักงาน", _signed(window))
    other = [
        number for number, pair in enumerate(zip(before, after, strict=True)) if len({*pair}) > 1
    ]
    assert [after[number] for number in other] == _signed(window)
    old, new = (_picture(window, pictures[other[0]]) for pictures in (before, after))
    left, top, right, bottom = (
        ImageChops.difference(old, new).point(lambda v: 255 * (v > 64)).getbbox()
    )
    assert 0 < bottom - top < old.height / 20, "one line"
    assert 0 < right - left < old.width / 2


def _named(window: Window, file: Path, name: str, before: list[str]) -> list[str]:
    """Name who signs first, and return all pages as soon as theirs is another than before."""
    window.write("signatures.0.name", name)
    until(lambda: saved(file)["signatures"][0].get("name") == name, window.page)
    until(lambda: _signed(window) not in ([], before), window.page)
    return window.pictures()


def _signed(window: Window) -> list[str]:
    """Return the address of the page to sign, where all pages are shown."""
    script = "[...document.querySelectorAll('[data-sections=signatures]:not(.strip) img')]"
    return [
        str(one) for one in window.page.evaluate(f"{script}.map(one => one.getAttribute('src'))")
    ]


def _picture(window: Window, address: str) -> Image.Image:
    at = window.at.partition("/r/")[0]
    return Image.open(io.BytesIO(window.page.request.get(at + address).body())).convert("L")


def _check(window: Window) -> None:
    _next(window, "check")
    assert "ต้องแก้ 0 เรื่อง" in window.page.locator("#form").inner_text()
    while count := window.page.locator("[id^=t-]:not(:checked)").count():
        window.press("[id^=t-]:not(:checked)", "Space")
        window.wait(f"document.querySelectorAll('[id^=t-]:not(:checked)').length < {count}")
    window.saw("พร้อมพิมพ์ฉบับเสนอลงนาม")


def _downloaded(window: Window, kind: str) -> tuple[str, bytes]:
    """Download from the menu."""
    window.reach(".menu summary")
    if not window.page.locator(".menu[open]").count():
        window.page.keyboard.press("Enter")
    window.reach(f'.menu a[href$="/download/{kind}"]')
    with window.page.expect_download() as download:
        window.page.keyboard.press("Enter")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()
