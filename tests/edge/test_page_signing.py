"""The last step as a clerk goes through it: drafts to read, ticks, the copy to sign, the scan."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
import shutil
import threading
import zipfile
from concurrent.futures.process import BrokenProcessPool
from urllib.parse import unquote

import pypdfium2
import pytest
from PIL import Image

import pages
import pdfs
from itareport.actions import build
from itareport.files import output
from itareport.ita import names
from itareport.pdf import office, pdf_sections, ways
from itareport.problems import ItaReportError, problem
from itareport.web import downloads
from itareport.web.preview import Preview
from itareport.web.store.report_list import key_of
from windows import chromium

FONT = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
WORKING, PROPOSED, SIGNED, PUBLISHED = "กำลังจัดทำ", "เสนอลงนาม", "ลงนามแล้ว", "เผยแพร่แล้ว"


@pytest.fixture
def folder(tmp_path, example):
    """Return a folder with one report."""
    made = tmp_path / "รายงาน"
    made.mkdir()
    shutil.copy(example, made / "ก.yaml")
    return made


@pytest.fixture(autouse=True)
def office_away(request, monkeypatch):
    """Have no office started where none is needed."""
    if request.node.get_closest_marker("pdf") is None:
        monkeypatch.setattr(office, "find", lambda: None)


@pytest.fixture
def browser(folder):
    with pages.served(folder) as found:
        yield found


@pytest.fixture
def printed(monkeypatch):
    """Print without an office: a page that stays, one that follows the document, one to sign."""
    docs: list[bytes] = []

    def pdf(docx, _name, _convert):
        docs.append(docx)
        body = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml")
        said = ("cover", hashlib.sha256(body).hexdigest(), "sign")
        return pdfs.by_hand(*map(shown, said), resources=FONT), None

    async def here(_preview, work, *args):
        return work(*args)

    monkeypatch.setattr(build, "pdf", pdf)
    monkeypatch.setattr(ways, "found", object)
    monkeypatch.setattr(pdf_sections, "signature_pages", lambda _pdf: (2,))
    monkeypatch.setattr(Preview, "apart", here)
    return docs


def shown(text: str) -> str:
    return f"BT /F1 4 Tf 10 100 Td ({text}) Tj ET"


KEY = key_of("ก.yaml")
AT = f"/r/{KEY}"


def scan(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (1000, 1000), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def step(browser) -> str:
    return browser.get(f"{AT}/check").text


def version(text: str) -> str:
    return re.findall(r'name="version" value="(\w+)"', text)[0]


def change(browser, text: str = "ผู้รับบริการบางส่วนเห็นว่าล่าช้า หน่วยงานควรทบทวนขั้นตอน") -> None:
    fields = {"version": version(step(browser)), "window": "w", "v:remarks.code=i2.text": text}
    assert browser.post(f"{AT}/remarks/save", fields).status == 200


def undo(browser) -> None:
    assert browser.post(f"{AT}/check/undo", {"window": "w"}).status == 200


def ticks(text: str) -> list[str]:
    """Return the ticks that are still to be made."""
    boxes = re.findall(r'<input type="checkbox"[^>]*id="t-(\w+)"([^>]*)>', text)
    return [tick for tick, rest in boxes if " checked" not in rest]


def tick_all(browser) -> None:
    for tick in ticks(step(browser)):
        browser.post(f"{AT}/check/tick", {"tick": tick, "on": "1"})
    assert ticks(step(browser)) == []


def state(browser) -> str:
    return re.findall(r'name="state" value="(\S+)"[^>]* checked', step(browser))[0]


def propose(browser) -> None:
    tick_all(browser)
    assert 'href="/r/' + KEY + '/download/pdf" data-now' in browser.post(f"{AT}/check/print").text
    assert state(browser) == PROPOSED


def name(answer) -> str:
    return unquote(answer.headers["content-disposition"].rpartition("''")[2])


# -- drafts to read ----------------------------------------------------------------------------


def test_a_draft_bears_its_mark_on_every_page_also_where_nothing_is_one(browser, printed):
    answer = browser.post(f"{AT}/check/draft")
    assert f'href="{AT}/download/draft" data-now' in answer.text
    assert "พิมพ์ร่างครั้งแรก" in answer.text
    with zipfile.ZipFile(io.BytesIO(printed[-1])) as docx:
        headers = [docx.read(part) for part in docx.namelist() if "header" in part]
    assert headers
    assert all(">ร่าง<".encode() in header for header in headers)
    sent = browser.get(f"{AT}/download/draft")
    assert (name(sent), sent.body[:5]) == ("(ร่าง) รายงาน ITA 2568 ทต.ควนเสาธง.pdf", b"%PDF-")
    assert "ยังไม่จัดทำ" not in browser.get("/").text


@pytest.mark.usefixtures("printed")
def test_the_next_draft_tells_which_pages_are_others_also_after_a_restart(browser, folder):
    browser.post(f"{AT}/check/draft")
    assert "ไม่มีหน้าใดเปลี่ยน" in browser.post(f"{AT}/check/draft").text
    change(browser)
    with pages.served(folder) as again:
        answer = again.post(f"{AT}/check/draft").text
        assert "แก้หน้า 2 จากครั้งก่อน" in answer
        assert re.search(r"เปลี่ยนจากร่างที่พิมพ์ครั้งก่อน \(วันนี้ [\d:]+\): หน้า 2\s*<", answer)
        assert "data-now" not in step(again)


@pytest.mark.usefixtures("printed")
def test_a_draft_is_printed_while_something_is_wrong_and_unread(browser, folder, example):
    data = example.read_text(encoding="utf-8").replace("{code: e7", "{code: e8", 1)
    (folder / "ก.yaml").write_text(data, encoding="utf-8")
    change(browser, "")
    assert re.search(r"ยังพิมพ์ฉบับเสนอลงนามไม่ได้: ต้องแก้ \d+ เรื่อง ร่างที่ยังไม่ได้อ่าน \d+ เรื่อง", step(browser))
    assert "data-now" in browser.post(f"{AT}/check/draft").text


@pytest.mark.usefixtures("printed")
def test_a_draft_that_cannot_be_printed_says_why_and_the_form_stays(browser, folder, example):
    data = example.read_text(encoding="utf-8").replace("fiscal_year: 2568", "fiscal_year: x", 1)
    (folder / "ก.yaml").write_text(data, encoding="utf-8")
    answer = browser.post(f"{AT}/check/draft")
    assert (answer.status, answer.headers["hx-retarget"]) == (200, "#taken")
    assert "โปรด" in answer.text


def test_a_draft_without_an_office_says_why(browser):
    answer = browser.post(f"{AT}/check/draft")
    assert (answer.headers["hx-retarget"], "P500" in answer.text) == ("#taken", True)
    assert browser.get(f"{AT}/download/draft").status == 404


def test_the_steps_tell_that_ticks_are_open(browser):
    def said(text):
        return re.findall(r'>ตรวจก่อนเสนอ</span><span class="s \w+">([^<]*)<', text)[0]

    text = step(browser)
    assert said(text) == f"ตรวจเอง {len(ticks(text))}"
    tick_all(browser)
    assert "ตรวจเอง" not in said(step(browser))


# -- ticks, and the mark of the file's name ----------------------------------------------------


def test_the_draft_mark_leaves_the_files_name_after_the_last_tick(browser):
    before = browser.get(f"{AT}/download/word")
    tick_all(browser)
    after = browser.get(f"{AT}/download/word")
    assert name(before) == f"{names.DRAFT} {name(after)}"
    assert name(after) == "รายงาน ITA 2568 ทต.ควนเสาธง.docx"
    assert before.body == after.body


def test_a_tick_is_kept_over_a_restart_and_asked_again_when_what_it_is_about_changed(
    browser, folder
):
    tick_all(browser)
    with pages.served(folder) as again:
        assert ticks(step(again)) == []
        change(again)
        asked = ticks(step(again))
        assert asked
        assert "ตรวจเองอีก" in step(again)
        undo(again)
        assert ticks(step(again)) == []


# -- states ------------------------------------------------------------------------------------


def test_nothing_is_handed_in_while_something_is_lacking(browser):
    for asked in (PROPOSED, SIGNED, PUBLISHED):
        browser.post(f"{AT}/check/state", {"state": asked})
        assert state(browser) == WORKING
    assert "data-now" not in browser.post(f"{AT}/check/print").text
    assert state(browser) == WORKING
    tick_all(browser)
    browser.post(f"{AT}/check/state", {"state": PUBLISHED})
    assert state(browser) == PUBLISHED


def test_a_report_that_is_changed_after_it_was_handed_in_is_to_be_handed_in_again(browser):
    propose(browser)
    change(browser)
    assert state(browser) == WORKING
    assert f"รายงานถูกแก้หลังจาก “{PROPOSED}”" in step(browser)
    propose(browser)
    assert "รายงานถูกแก้" not in step(browser)


def test_a_tick_that_is_taken_back_takes_the_report_back(browser):
    first = ticks(step(browser))[0]
    propose(browser)
    browser.post(f"{AT}/check/tick", {"tick": first})
    assert state(browser) == WORKING


def test_a_signed_report_that_another_program_changed_is_no_longer_signed(folder, browser):
    propose(browser)
    browser.post(f"{AT}/check/state", {"state": SIGNED})
    assert f">{SIGNED}</span>" in browser.get("/").text
    file = folder / "ก.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("94.90", "94.91", 1), encoding="utf-8")
    with pages.served(folder) as again:
        assert f">{SIGNED}</span>" not in again.get("/").text
        assert state(again) == WORKING
        assert f"รายงานถูกแก้หลังจาก “{SIGNED}”" in step(again)


# -- the signed page ---------------------------------------------------------------------------


@pytest.mark.usefixtures("printed")
def test_a_scan_is_taken_only_of_what_was_handed_in(browser):
    answer = browser.upload(f"{AT}/check/signed", {"a.jpg": scan()})
    assert (answer.headers["hx-retarget"], "P546" in answer.text) == ("#taken", True)
    assert browser.get(f"{AT}/download/signed").status == 422


@pytest.mark.usefixtures("printed")
def test_a_scan_signs_the_report_and_its_pdf_is_kept_over_a_restart(browser, folder):
    propose(browser)
    answer = browser.upload(f"{AT}/check/signed", {"a.jpg": scan()})
    assert (answer.headers["hx-retarget"], state(browser)) == ("#form", SIGNED)
    assert "แนบแล้วแทนหน้า 3 ของ PDF" in answer.text
    with pages.served(folder) as again:
        sent, web = (again.get(f"{AT}/download/{kind}") for kind in ("signed", "web"))
        assert name(sent) == "รายงาน ITA 2568 ทต.ควนเสาธง-ลงนาม.pdf"
        assert name(web) == "ita-2568-analysis-plan-2569.pdf"
        assert web.body == sent.body
        texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sent.body)]
        assert (texts[0], len(texts[1]), texts[2]) == ("cover", 64, "")


@pytest.mark.usefixtures("printed")
def test_a_changed_report_no_longer_has_its_signed_pages(browser):
    propose(browser)
    browser.upload(f"{AT}/check/signed", {"a.jpg": scan()})
    browser.post(f"{AT}/check/unlock")
    assert browser.get(f"{AT}/download/signed").status == 200
    change(browser)
    answer = browser.get(f"{AT}/download/signed")
    assert (answer.status, "P547" in answer.text) == (422, True)
    assert "ฉบับที่แนบไว้จึงใช้ไม่ได้" in step(browser)
    assert name(browser.get(f"{AT}/download/web")).startswith("draft-")
    undo(browser)
    assert browser.get(f"{AT}/download/signed").status == 200


@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize("file", [("a.pdf", b"%PDF-1.7"), ("a.jpg", scan()[:-99]), ("", b"")])
def test_a_scan_that_is_refused_changes_nothing(browser, file):
    propose(browser)
    answer = browser.upload(f"{AT}/check/signed", dict([file]))
    assert (answer.headers["hx-retarget"], "โปรด" in answer.text) == ("#taken", True)
    assert state(browser) == PROPOSED


@pytest.mark.parametrize(
    ("scanned", "code"),
    [
        (b"%PDF-1.7", "P540"),
        (pdfs.by_hand(*["0 0 9 9 re f"] * 200), "P548"),
        (b"\xff\xd8\xff", "D171"),
    ],
)
def test_nothing_is_printed_for_a_scan_that_no_report_can_use(browser, printed, scanned, code):
    propose(browser)
    printed.clear()
    assert code in browser.upload(f"{AT}/check/signed", {"a.pdf": scanned}).text
    assert printed == []
    browser.upload(f"{AT}/check/signed", {"a.jpg": scan()})
    assert (len(printed), state(browser)) == (1, SIGNED)


@pytest.mark.usefixtures("printed")
def test_a_scan_that_ends_the_other_process_is_refused(browser, monkeypatch):
    async def dies(*_):
        raise BrokenProcessPool

    propose(browser)
    monkeypatch.setattr(Preview, "apart", dies)
    assert "P540" in browser.upload(f"{AT}/check/signed", {"a.jpg": scan()}).text


@pytest.mark.usefixtures("printed")
def test_a_report_that_is_changed_while_its_scan_is_read_is_not_signed(browser, monkeypatch):
    async def meanwhile(_preview, make, *given):
        await asyncio.to_thread(change, browser)
        return make(*given)

    propose(browser)
    monkeypatch.setattr(Preview, "apart", meanwhile)
    assert "P546" in browser.upload(f"{AT}/check/signed", {"a.jpg": scan()}).text
    assert state(browser) == WORKING
    assert browser.get(f"{AT}/download/signed").status == 422


@pytest.mark.usefixtures("printed")
def test_a_second_scan_that_cannot_be_kept_leaves_no_note_of_the_first(browser, monkeypatch):
    """The note would be of one, the pages perhaps of the other."""
    propose(browser)
    browser.upload(f"{AT}/check/signed", {"a.jpg": scan()})
    write = output.write

    def full(path, data):
        if path.suffix == ".pdf":
            raise ItaReportError(problem("O602", file=path.name, folder="."))
        write(path, data)

    monkeypatch.setattr(output, "write", full)
    assert "O602" in browser.upload(f"{AT}/check/signed", {"a.jpg": scan()}).text
    assert browser.get(f"{AT}/download/signed").status == 422


@pytest.mark.usefixtures("printed")
def test_no_link_leads_out_of_the_folder_to_a_kept_pdf(browser, folder):
    propose(browser)
    browser.upload(f"{AT}/check/signed", {"a.jpg": scan()})
    (kept,) = (folder / ".itareport").glob("*.signed.pdf")
    outside = folder.parent / "secret.pdf"
    kept.rename(outside)
    kept.symlink_to(outside)
    assert browser.get(f"{AT}/download/signed").status == 422


@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize("held", [b"", b"{", b"[]", b'{"signed": 1, "printed": []}', b"\xff"])
def test_broken_notes_of_what_was_printed_are_none(browser, folder, held):
    browser.post(f"{AT}/check/draft")
    (notes,) = (folder / ".itareport").glob("*.papers.json")
    notes.write_bytes(held)
    assert "ร่างเสนอตรวจมีคำว่า ร่าง ทุกหน้า" in step(browser)


# -- with a real office, in a real browser -----------------------------------------------------


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_the_signed_pdf_is_the_printed_one_but_for_the_page_that_is_signed(browser):
    propose(browser)
    before = browser.get(f"{AT}/download/pdf").body
    answer = browser.upload(f"{AT}/check/signed", {"หน้า.jpg": paper()})
    assert state(browser) == SIGNED, answer.text
    after = browser.get(f"{AT}/download/signed").body
    texts = [[page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
             for pdf in (before, after)]  # fmt: skip
    signed = pdf_sections.signature_pages(before)
    assert len(signed) == 1
    assert [n for n, both in enumerate(zip(*texts, strict=True)) if both[0] != both[1]] == [*signed]
    assert texts[1][signed[0]] == ""
    page = pypdfium2.PdfDocument(after)[signed[0]].render().to_pil().convert("RGB")
    assert page.getpixel((page.width // 2, page.height // 2))[0] > 200
    assert (b"<pdfaid:part>" in before, b"<pdfaid:part>" in after) == (True, False)


def paper() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (1240, 1754), "red").save(buffer, "JPEG")
    return buffer.getvalue()


TICKED = "n => document.querySelectorAll('#form input[type=checkbox][checked]').length == n"


@pytest.mark.usefixtures("printed")
def test_a_draft_is_printed_once_and_downloaded_once(folder, tmp_path, monkeypatch):
    """Not twice for a double click, not lost behind a tick, not again with another answer."""
    (tmp_path / "หน้า.jpg").write_bytes(b"no picture")
    ticked, make, made = threading.Event(), downloads.draft, []

    def draft(*args):
        assert ticked.wait(pages.PATIENCE)
        made.append(args)
        return make(*args)

    monkeypatch.setattr(downloads, "draft", draft)
    with pages.served(folder, enters=False) as server, chromium() as context:
        page, sent = context.new_page(), []
        page.on("download", lambda one: sent.append(one.url))
        pages.come_in(page, server.address)
        page.goto(f"http://{server.host}{AT}/check")
        page.locator("#form [data-htmx-powered]").first.wait_for(state="attached")
        with page.expect_download():
            page.locator(".foot").get_by_text("พิมพ์ร่างเสนอตรวจ").dblclick()
            for box in page.locator(".check input[type=checkbox]").all():
                box.click()
            page.locator(".foot .main:not([aria-disabled])").wait_for()
            ticked.set()
        with page.expect_download():
            page.get_by_text("พิมพ์ฉบับเสนอลงนาม").last.click()
        page.locator(".choosing input").wait_for(state="attached")
        page.set_input_files(".choosing input", tmp_path / "หน้า.jpg")
        page.locator("#taken .msg").wait_for()
        page.locator(".choosing").evaluate("form => form.querySelector('input').click()")
        assert page.locator(".choosing input").evaluate("input => input.files.length") == 0
        assert (len(made), len(sent)) == (1, 2)


@pytest.mark.usefixtures("printed")
def test_a_window_prints_copies_and_attaches(folder, tmp_path):
    (tmp_path / "หน้า.jpg").write_bytes(scan())
    with pages.served(folder, enters=False) as server, chromium() as context:
        context.grant_permissions(["clipboard-read"])
        page = context.new_page()
        pages.come_in(page, server.address)
        page.goto(f"http://{server.host}{AT}/check")
        page.wait_for_function("!!document.querySelector('#form [data-htmx-powered]')")
        with page.expect_download() as waited:
            page.locator(".foot").get_by_text("พิมพ์ร่างเสนอตรวจ").click()
        assert waited.value.suggested_filename.startswith(names.DRAFT)
        page.get_by_text("คัดลอกข้อความบันทึก").click()
        page.wait_for_function("document.querySelector('.toast').textContent == 'คัดลอกแล้ว'")
        assert page.evaluate("navigator.clipboard.readText()").startswith("เรื่อง ขอความเห็นชอบ")
        page.get_by_text("คัดลอกชื่อไฟล์").click()
        page.wait_for_function(
            "navigator.clipboard.readText().then((text) => text.endsWith('.pdf'))"
        )
        for count, box in enumerate(page.locator(".check input[type=checkbox]").all(), 1):
            box.click()
            page.wait_for_function(TICKED, arg=count)
        page.wait_for_function("!document.querySelector('.foot [aria-disabled]')")
        with page.expect_download() as waited:
            page.get_by_text("พิมพ์ฉบับเสนอลงนาม").last.click()
        assert waited.value.suggested_filename.startswith("รายงาน")
        page.set_input_files(".choosing input", tmp_path / "หน้า.jpg")
        page.wait_for_selector(".lock")
        with page.expect_download() as waited:
            page.get_by_text("-ลงนาม.pdf").click()
        assert waited.value.suggested_filename.endswith("-ลงนาม.pdf")
