"""The start of the page, uploads, downloads and many reports: asked as a browser asks."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from urllib.parse import unquote, urlencode

import pytest
from PIL import Image

import packages
import pages
from itareport import batch
from itareport.actions import prepare
from itareport.ita import catalogue, names
from itareport.pdf import office
from itareport.reading import workbook
from itareport.web import many
from itareport.web.preview import Preview
from itareport.web.store import Folder
from reports import clean_data

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def folder(tmp_path, example):
    """Return a folder with one report."""
    made = tmp_path / "รายงาน"
    made.mkdir()
    shutil.copy(example, made)
    return made


@pytest.fixture
def browser(folder):
    with pages.served(folder) as found:
        yield found


def key(browser, answer=None):
    """Return the key of the only report, or of the one that an answer leads to."""
    text = browser.get("/").text if answer is None else answer.headers.get("location", answer.text)
    return re.findall(r"/r/(\w{16})/", text)[0]


def test_the_list_shows_the_report(browser, example):
    shown = browser.get("/").text
    for word in ("เทศบาลตำบลควนเสาธง", example.name, "2568", "94.90", "กำลังจัดทำ", "ยังไม่จัดทำ"):
        assert word in shown


@pytest.mark.parametrize(("kind", "makes"), [("word", True), ("data", False), ("workbook", False)])
def test_what_was_downloaded_is_called_made_also_after_a_restart(browser, folder, kind, makes):
    assert browser.get(f"/r/{key(browser)}/download/{kind}").status == 200
    with pages.served(folder) as again:
        for one in (browser, again):
            assert ("ยังไม่จัดทำ" in one.get("/").text) is not makes


def test_a_document_is_sent_where_nothing_can_be_noted(browser, folder):
    (folder / ".itareport").write_bytes(b"in the way")
    assert browser.get(f"/r/{key(browser)}/download/word").status == 200


def test_an_empty_folder_shows_the_ways_to_begin(tmp_path):
    with pages.served(tmp_path) as browser:
        text = browser.get("/").text
        assert "ทำรายงาน ITA ให้พร้อมเสนอลงนาม" in text
        shown = re.findall(r'src="(/static/sample-\S+)" width="(\d+)"', text)
        assert len(shown) == 2
        for path, width in shown:
            answer = browser.get(path)
            assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
            assert str(Image.open(io.BytesIO(answer.body)).width) == width


def test_what_was_worked_on_last_is_a_report_and_is_shown_by_its_page(
    browser, folder, example, monkeypatch
):
    (folder / "แบบกรอก.xlsx").write_bytes(b"no report")
    shutil.copy(example, folder / "แบบกรอก.yaml")
    os.utime(folder / example.name, (1, 1))
    os.utime(folder / "แบบกรอก.xlsx")
    at = f"/r/{key_of('แบบกรอก.yaml')}"
    text = browser.get("/").text
    assert f'class="btn main" href="{at}/result"' in text
    assert "/page/" not in text
    monkeypatch.setattr(Preview, "face", lambda _preview, _key: "b")
    assert f'<img src="{at}/page/b"' in browser.get("/").text


def test_only_a_report_that_waits_for_work_is_offered_to_go_on_with(browser, folder):
    at = f"/r/{key(browser)}"
    text = browser.get("/").text
    assert re.search("ทำค้างไว้.*เทศบาลตำบลควนเสาธง.*ผล ITA ปี 2568.*ทำต่อ", text)
    desk = Folder(folder, prepare.Options()).open(key(browser))
    desk.note_made()
    desk.set_state("เผยแพร่แล้ว")
    text = browser.get("/").text
    assert at in text
    for word in ("ทำค้างไว้", "ยังไม่จัดทำ"):
        assert word not in text
    assert "กำลังจัดทำ 0 รายงาน" in text


def counts_of(browser):
    """Return what the list counts of the only report, and what its own page does."""
    row = browser.get("/").text.partition('<th scope="row">')[2].partition("</tr>")[0]
    listed = [int(n) for n in re.findall(r'class="num[^"]*">(?:<b[^>]*>)?(\d+)(?:</b>)?</td>', row)]
    page = browser.get(f"/r/{key(browser)}/check").text
    told = dict(re.findall(r'class="mark \w+ count[^"]*"[^>]*>(\S+) (\d+)</a>', page))
    names = ("ต้องแก้", "ยังไม่กรอก", "เตือน", "ร่าง")
    return listed[-4:], [int(told.get(name, 0)) for name in names], page


def test_a_new_report_lacks_much_and_nothing_of_it_is_to_be_mended(tmp_path):
    with pages.served(tmp_path) as browser:
        browser.post("/reports", {"year": "2568", "kind": "เทศบาลตำบล", "name": "ทดสอบ"})
        listed, told, _ = counts_of(browser)
    assert listed == told
    assert (listed[0], listed[1] > 0) == (0, True)


@pytest.mark.parametrize("broken", [False, True], ids=["whole", "cannot be built"])
def test_list_and_page_count_the_same_drafts(tmp_path, broken):
    data = clean_data(catalogue.load(2568), {"e7": "80.00", "e8": "81.00"}, remarks=[], plan=[])
    if broken:
        data["result"]["total"] = "194.90"
    (tmp_path / "ก.yaml").write_text(json.dumps(data, default=str, ensure_ascii=False), "utf-8")
    with pages.served(tmp_path) as browser:
        listed, told, page = counts_of(browser)
    assert listed == told
    assert listed[3] > 7
    assert page.count('class="chip"') == listed[3]


@pytest.mark.parametrize(
    "by", ["agency", "fiscal_year", "total", "wrong", "missing", "built", "nothing"]
)
def test_the_list_is_sorted_by_each_column(browser, folder, by):
    (folder / "ข.yaml").write_text(
        "fiscal_year: 2568\nagency: {kind: เทศบาลตำบล, name: กขค}\nresult: {total: 50.00}\n",
        encoding="utf-8",
    )
    (folder / "ค.yaml").write_text("x: [", encoding="utf-8")
    order = [
        re.findall(r'scope="row"><a href="/r/(\w+)', browser.get(f"/?by={by}{way}").text)
        for way in ("", "&up")
    ]
    assert len(order[0]) == 3
    assert set(order[0]) == set(order[1])
    if by in ("agency", "total", "wrong"):
        assert order[0] != order[1]


def test_links_are_not_followed_out_of_the_folder(browser, folder, example):
    outside = folder.parent / "outside.yaml"
    shutil.copy(example, outside)
    (folder / "link.yaml").symlink_to(outside)
    assert "link.yaml" not in browser.get("/").text


def test_an_office_that_was_installed_meanwhile_is_found(browser):
    answer = browser.post("/office/find")
    assert (answer.status, answer.headers["hx-refresh"]) == (204, "true")


def test_a_new_report_begins_and_leads_to_its_first_step(browser, folder):
    fields = {
        "year": "2568",
        "kind": "เทศบาลตำบล",
        "name": "ทดสอบ",
        "district": "ก",
        "province": "ข",
    }
    answer = browser.post("/reports", fields)
    assert (answer.status, answer.headers["location"][-7:]) == (303, "/result")
    assert browser.get(answer.headers["location"]).status == 200
    assert (folder / "ข้อมูล ITA 2568 ทต.ทดสอบ.yaml").is_file()


def test_a_new_report_without_a_name_says_so_and_makes_nothing(browser, folder):
    before = set(folder.iterdir())
    answer = browser.post("/reports", {"year": "2568"}, HX_Request="true")
    assert (answer.status, "D403" in answer.text, "<html" in answer.text) == (422, True, False)
    assert set(folder.iterdir()) == before


def test_places_are_completed_from_what_is_typed(browser):
    found = browser.get(f"/places?{urlencode({'name': 'แม่ขรี'})}").text
    assert 'value="พัทลุง"' in found
    assert 'value="ตะโหมด"' in found
    with_kind = browser.get(f"/places?{urlencode({'name': 'เทศบาลตำบลแม่ขรี'})}").text
    assert 'value="ตะโหมด"' in with_kind
    listed = browser.get(f"/places?{urlencode({'province': 'พัทลุง'})}").text
    assert "<option>ป่าบอน</option>" in listed


def test_a_file_of_last_year_gives_agency_and_signers(browser, folder, example):
    answer = browser.upload("/last-year", {"last.yaml": example.read_bytes()})
    assert answer.status == 303
    begun = (folder / "ข้อมูล ITA 2569 ทต.ควนเสาธง.yaml").read_text(encoding="utf-8")
    assert "fiscal_year: 2569" in begun
    assert "signatures:" in begun
    assert "e7" not in begun


def test_last_years_report_is_chosen_from_the_list(browser, folder, example):
    (folder / "ตาราง.xlsx").write_bytes(b"no report")
    newest = b"fiscal_year: %d" % max(catalogue.known_years())
    data = example.read_bytes().replace(b"fiscal_year: 2568", newest)
    (folder / "ปีหน้ายังไม่มี.yaml").write_bytes(data)
    shown = re.findall(r'<option value="(\w+)">([^<]+)</option>', browser.get("/").text)
    assert shown == [(key_of(example.name), "เทศบาลตำบลควนเสาธง ปี 2568")]
    answer = browser.post("/last-year", {"key": key_of(example.name)})
    assert answer.status == 303
    begun = (folder / "ข้อมูล ITA 2569 ทต.ควนเสาธง.yaml").read_text(encoding="utf-8")
    assert "fiscal_year: 2569" in begun
    assert browser.post("/last-year", {"key": "0" * 16}).status == 404


def emblem(browser, data, name="ตรา.jpg"):
    sent = fields(browser, "agency")
    return browser.ask(
        "POST", f"/r/{key(browser)}/agency/emblem", pages.multipart({name: data}, sent),
        Content_Type="multipart/form-data; boundary=edge", X_Token=browser.site.keys.token,
        HX_Request="true",
    )  # fmt: skip


def test_a_chosen_emblem_is_kept_beside_the_data_file_that_names_it(browser, folder, example):
    buffer = io.BytesIO()
    Image.new("RGB", (400, 400), "navy").save(buffer, "PNG")
    assert 'accept=".png' in browser.get(f"/r/{key(browser)}/agency").text
    answer = emblem(browser, buffer.getvalue())
    assert (answer.status, answer.headers["hx-retarget"]) == (200, "#form")
    assert 'value="ตรา.png"' in answer.text
    assert "emblem: ตรา.png" in (folder / example.name).read_text("utf-8")
    assert (folder / "ตรา.png").read_bytes() == buffer.getvalue()
    assert post(browser, "undo", fields(browser)).status == 200
    assert (folder / example.name).read_bytes() == example.read_bytes()


@pytest.mark.parametrize("name", ["ตรา.png", "../ตรา.yaml", ""])
def test_what_is_no_picture_is_no_emblem_and_nothing_is_kept(browser, folder, name):
    before = {file: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    answer = emblem(browser, b"x: 1", name)
    assert (answer.status, "D171" in answer.text) == (422, True)
    assert {file: file.read_bytes() for file in folder.iterdir() if file.is_file()} == before


# -- uploads ----------------------------------------------------------------------------------


def test_a_dropped_data_file_is_taken_in_beside_the_others(browser, folder, example):
    data = example.read_bytes().replace("ควนเสาธง".encode(), "ทดสอบ".encode())
    answer = browser.upload("/files", {example.name: data})
    assert "รับไว้เป็น" in answer.text
    assert (folder / f"{example.stem} (รับใหม่).yaml").read_bytes() == data
    assert (folder / example.name).read_bytes() == example.read_bytes()


def dropped(browser, folder, example, text="94.91"):
    """Drop the report's own workbook after the report was changed; return the answer's choices."""
    workbook = browser.get(f"/r/{key(browser)}/download/workbook").body
    changed = example.read_text("utf-8").replace("94.90", text, 1)
    (folder / example.name).write_text(changed, "utf-8")
    answer = browser.upload("/files", {"กลับ.xlsx": workbook}).text
    (waiting,) = set(re.findall(r"/taken/(\w+)/choose", answer))
    return waiting, re.findall(r'name="side" value="(\w+)"[^>]* checked', answer), answer


def test_each_difference_of_a_workbook_dropped_again_has_its_tick(browser, folder, example):
    waiting, ticks, answer = dropped(browser, folder, example)
    assert (len(ticks), "94.91" in answer, "94.90" in answer) == (1, True, True)
    done = browser.post(f"/taken/{waiting}/choose", {"side": ticks[0]})
    assert "รับ 1 ช่อง" in done.text
    assert (folder / example.name).read_bytes() == example.read_bytes()
    assert "โปรดวางไฟล์ใหม่" in browser.post(f"/taken/{waiting}/choose").text


def test_a_dropped_file_is_put_apart_or_left(browser, folder, example):
    waiting, _, _ = dropped(browser, folder, example)
    before = set(folder.iterdir())
    assert "ไม่รับ" in browser.post(f"/taken/{waiting}/leave").text
    assert set(folder.iterdir()) == before
    waiting, _, _ = dropped(browser, folder, example, "94.92")
    assert "รับไว้เป็น กลับ.yaml" in browser.post(f"/taken/{waiting}/apart").text
    assert browser.post(f"/taken/{waiting}/nothing").status == 404


def test_a_unit_is_given_its_workbook_and_gives_it_back(browser, example):
    import openpyxl

    plan = browser.get(f"/r/{key(browser)}/plan").text
    (address,) = re.findall(r'href="(/r/\w+/unit\?unit=[^"]+)">กองคลัง', plan)
    sent = browser.get(address)
    assert "filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99" in sent.headers["content-disposition"]
    opened = openpyxl.load_workbook(io.BytesIO(sent.body))
    sheet = opened["แผนของส่วนราชการ"]
    sheet["E5"] = "ขั้นตอนของกองคลัง"
    buffer = io.BytesIO()
    opened.save(buffer)
    answer = browser.upload("/files", {"คืน.xlsx": buffer.getvalue()}).text
    assert "ขั้นตอนของกองคลัง" in answer
    assert "เก็บเป็นรายงานแยก" not in answer
    assert browser.get(f"/r/{key(browser)}/unit?unit=x").status == 404
    assert example.name in browser.get("/").text


def test_the_sample_is_copied_only_when_it_is_asked_for(tmp_path):
    with pages.served(tmp_path) as browser:
        assert "ลองกับรายงานตัวอย่าง" in browser.get("/").text
        assert list(tmp_path.iterdir()) == []
        answer = browser.post("/sample")
        assert (answer.status, answer.headers["location"][-7:]) == (303, "/result")
        assert browser.get(answer.headers["location"]).status == 200
        assert "รายงานตัวอย่าง (ลองใช้).yaml" in browser.get("/").text


def test_what_no_window_of_ours_sends_is_no_fault_and_changes_nothing(browser, folder):
    (file,) = folder.glob("*.yaml")
    before, at = file.read_bytes(), f"/r/{key_of(file.name)}"
    odd = {
        "agency/remove": {}, "plan/period": {}, "plan/add": {"issue": "99999"}, "remarks/use": {},
        "plan/edit": {"row": "draftx.9"}, "check/tick": {}, "check/state": {}, "plan/unit": {},
    }  # fmt: skip
    for verb, fields in odd.items():
        assert browser.post(f"{at}/{verb}", fields).status == 200
    lost = browser.post(f"{at}/nothing/save", {})
    assert (lost.status, 'href="/"' in lost.text) == (404, True)
    assert file.read_bytes() == before


def test_the_icon_is_ours_under_either_name(browser):
    assert "icon.svg" in browser.get("/").text
    for address in (
        "/favicon.ico",
        *re.findall(r'href="(/static/icon.svg[^"]*)"', browser.get("/").text),
    ):
        answer = browser.get(address)
        assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")


# -- saving -----------------------------------------------------------------------------------


def fields(browser, step="result", **more):
    """Return what a window sends, as the page that it shows has it."""
    text = browser.get(f"/r/{key(browser)}/{step}").text
    state = dict(re.findall(r'<input name="(version|window)" value="(\w*)">', text))
    return {**state, **more}


def post(browser, verb, sent, step="result"):
    return browser.post(f"/r/{key(browser)}/{step}/{verb}", sent, HX_Request="true")


def test_what_would_lose_comments_is_asked_once(browser, folder, example):
    text = "fiscal_year: 2568\nresult: {total: 1.00, # ทางการ\n  level: ผ่าน}\n"
    (folder / example.name).write_text(text, "utf-8")
    sent = fields(browser, **{"v:result.announced": "1 สิงหาคม 2568"})
    asked = post(browser, "save", sent)
    assert (asked.headers["hx-retarget"], "<dialog" in asked.text) == ("#dialog", True)
    assert (folder / example.name).read_text("utf-8") == text
    held = dict(
        re.findall(r'<(?:textarea|input) name="([^"]+)"(?: value=")?>?\s*([^<"]*)', asked.text)
    )
    assert held["agreed"] == "1"
    assert held["v:result.announced"] == "1 สิงหาคม 2568"
    done = post(browser, "save", held)
    (kept,) = [file for file in folder.glob("*.yaml") if file.name != example.name]
    assert f"ไฟล์เดิมเก็บไว้เป็น {kept.name}" in done.text
    assert kept.read_text("utf-8") == text
    assert (
        "<dialog" not in post(browser, "save", fields(browser, **{"v:result.total": "2.00"})).text
    )


def test_a_file_changed_outside_is_shown_side_by_side(browser, folder, example):
    sent = fields(browser, **{"v:result.total": "95.00"})
    changed = (
        example.read_text("utf-8")
        .replace("94.90", "94.50", 1)
        .replace("level: ผ่าน", "level: ผ่านดี", 1)
    )
    (folder / example.name).write_text(changed, "utf-8")
    told = post(browser, "save", sent)
    assert told.headers["hx-retarget"] == "#dialog"
    for word in ("94.50", "95.00", "ช่องอื่นที่เปลี่ยนไป 1 ช่อง", "ผ่านดี"):
        assert word in told.text
    state = urlencode({name: sent[name] for name in ("version", "window")})
    shown = browser.get(f"/r/{key(browser)}/result?{state}", HX_Request="true").text
    assert "ไฟล์ถูกแก้จากที่อื่น 2 ช่อง" in shown
    assert "94.90" in shown
    undone = post(browser, "undo", fields(browser))
    assert "<dialog" not in undone.text
    assert (folder / example.name).read_bytes() == example.read_bytes()


def test_what_another_window_changed_is_told_at_the_foot(browser):
    mine = fields(browser)
    other = fields(browser, **{"v:result.total": "94.91"})
    assert "หน้าต่างอื่น" not in post(browser, "save", other).text
    state = urlencode(mine)
    shown = browser.get(f"/r/{key(browser)}/result?{state}", HX_Request="true").text
    assert "หน้าต่างอื่นแก้ คะแนนภาพรวม" in shown
    assert "<dialog" not in shown
    sent = mine | {"v:result.level": "ผ่านดี"}
    assert "หน้าต่างอื่นแก้ คะแนนภาพรวม" in post(browser, "save", sent).text


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("a.yaml", b"x: ["),
        ("a.xlsx", b"PK\x03\x04 torn"),
        ("a.xlsx", b""),
        ("a.exe", b"MZ"),
        ("a.xls", b"\xd0\xcf\x11\xe0"),
        ("", b"x"),
        ("bomb.xlsx", lambda: packages.zipped({"xl/workbook.xml": b"0" * 300_000_000})),
        ("deep.yaml", b"[" * 100_000),
    ],
    ids=["yaml", "torn", "empty", "program", "old excel", "no name", "zip bomb", "deep"],
)
def test_a_broken_file_is_told_of_and_nothing_is_lost_or_made(browser, folder, name, broken):
    data = broken() if callable(broken) else broken
    before = {file: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    answer = browser.upload("/files", {name: data})
    assert answer.status == 200
    assert "รับไว้เป็น" not in answer.text
    assert {file: file.read_bytes() for file in folder.iterdir() if file.is_file()} == before
    assert browser.get("/").status == 200


@pytest.mark.parametrize(
    "name",
    ["../out.yaml", "..\\..\\out.yaml", "/etc/out.yaml", "C:\\out.yaml",
     "\\\\server\\share\\out.yaml", "%2e%2e%2fout.yaml", "..%5cout.yaml", ".hidden.yaml",
     "~$lock.yaml", "CON.yaml", "a\x00b.yaml"],
)  # fmt: skip
def test_a_name_never_becomes_a_path(browser, folder, example, name):
    before = set(folder.parent.rglob("*"))
    browser.upload("/files", {name.replace("\\", "\\\\"): example.read_bytes()})
    made = set(folder.parent.rglob("*")) - before
    assert {file.parent for file in made} <= {folder}
    assert len(made) <= 1


def test_a_name_with_a_script_is_only_text(browser, folder, example):
    data = example.read_bytes().replace("name: ควนเสาธง".encode(), f"name: '{SCRIPT}'".encode(), 1)
    answer = browser.upload("/files", {f"{SCRIPT.replace('/', '')}.yaml": data})
    (folder / "b.yaml").write_bytes(
        f"fiscal_year: 2568\nagency: {{kind: เทศบาลตำบล, name: '{SCRIPT}'}}\n".encode()
    )
    shown = browser.get("/").text
    steps = [browser.get(f"/r/{found}/agency").text for found in re.findall(r"/r/(\w{16})/", shown)]
    for text in (answer.text, shown, *steps):
        assert "<script>" not in text
    assert "&lt;script&gt;" in shown


def test_a_wide_table_is_told_apart(browser):
    sent = browser.get("/many/table?year=2568")
    assert "-2568.xlsx" in unquote(sent.headers["content-disposition"])
    assert sent.body == workbook.new_wide(catalogue.load(2568), catalogue.own(()).kinds)
    assert browser.get("/many/table?year=2500").status == 404
    said = browser.upload("/files", {"ตาราง.xlsx": sent.body}).text
    assert re.search('class="msg ok"><span>ตาราง.xlsx: รับตารางหลายหน่วยงานแล้ว', said)
    shown = browser.get("/").text
    assert "ตารางหลายหน่วยงาน" in shown
    assert 'href="/many/table?year=2568"' in shown
    assert f"/r/{key_of('ตาราง.xlsx')}/" not in shown, "no form shows it"
    browser.post("/many", {"key": key_of("ตาราง.xlsx")})
    assert f"/r/{key_of('ตาราง.xlsx')}/" not in over(browser)


def test_many_uploads_at_once_keep_the_program_up(browser):
    """Four megabytes each, twenty at a time: read one after another."""
    from concurrent.futures import ThreadPoolExecutor

    data = b"x: '" + b"y" * 4_000_000 + b"'"
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda n: browser.upload("/files", {f"{n}.yaml": data}), range(20)))
    assert {answer.status for answer in answers} == {200}


# -- downloads --------------------------------------------------------------------------------


def test_word_is_the_same_bytes_as_the_command_line_makes(browser, folder, example):
    answer = browser.get(f"/r/{key(browser)}/download/word")
    out = folder.parent / "out"
    build = [sys.executable, "-m", "itareport", "build", str(folder / example.name), "-o", str(out)]
    subprocess.run(build, check=True, capture_output=True)
    (made,) = out.iterdir()
    assert answer.body == made.read_bytes()
    assert "filename*=UTF-8''%28%E0%B8%A3" in answer.headers["content-disposition"]


def test_the_data_file_is_sent_as_it_is(browser, example):
    assert browser.get(f"/r/{key(browser)}/download/data").body == example.read_bytes()


@pytest.mark.parametrize("kind", ["word", "data", "workbook", "zip"])
def test_downloads_are_called_after_the_agency_as_it_is_called_now(
    browser, folder, example, monkeypatch, kind
):
    monkeypatch.setattr(office, "find", lambda: None)
    at = key(browser)
    renamed = example.read_text("utf-8").replace("name: ควนเสาธง", "name: ทดสอบ")
    (folder / example.name).write_text(renamed, "utf-8")
    answer = browser.get(f"/r/{at}/download/{kind}")
    names = [unquote(answer.headers["content-disposition"])]
    if kind == "zip":
        names += zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert ["ทต.ทดสอบ" in name for name in names] == [True] * len(names)
    assert f'<span class="help small">{example.name}</span>' in browser.get("/").text


def test_the_workbook_is_one_that_can_be_dropped_again(browser):
    workbook = browser.get(f"/r/{key(browser)}/download/workbook")
    assert workbook.status == 200, workbook.text
    assert "ทุกช่อง" in browser.upload("/files", {"กลับ.xlsx": workbook.body}).text


def test_all_is_one_zip(browser, monkeypatch):
    monkeypatch.setattr(office, "find", lambda: None)
    answer = browser.get(f"/r/{key(browser)}/download/zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert {name.rpartition(".")[2] for name in archive.namelist()} == {"docx", "xlsx", "yaml"}


def test_what_cannot_be_built_says_why(browser, folder, example):
    data = example.read_text(encoding="utf-8").replace("94.90", "194.90", 1)
    (folder / example.name).write_text(data, encoding="utf-8")
    answer = browser.get(f"/r/{key(browser)}/download/word")
    assert (answer.status, "194.90" in answer.text) == (422, True)


def test_a_pdf_without_libreoffice_says_why(browser, monkeypatch):
    monkeypatch.setattr(office, "find", lambda: None)
    answer = browser.get(f"/r/{key(browser)}/download/pdf")
    assert (answer.status, "LibreOffice" in answer.text) == (422, True)


@pytest.mark.parametrize("kind", ["exe", "..", "word.docx", "", "word/"])
def test_nothing_else_can_be_downloaded(browser, kind):
    assert browser.get(f"/r/{key(browser)}/download/{kind}").status == 404


@pytest.mark.pdf
@pytest.mark.usefixtures("soffice")
def test_the_pdf_is_the_checked_one(browser):
    answer = browser.get(f"/r/{key(browser)}/download/pdf")
    assert (answer.status, answer.body[:5]) == (200, b"%PDF-")


# -- many reports -----------------------------------------------------------------------------


@pytest.fixture
def five(folder, example):
    """Return a folder with five reports, one of them wrong."""
    text = example.read_text(encoding="utf-8")
    for number in range(1, 5):
        changed = text.replace("ควนเสาธง", f"ทดสอบ{'กขคง'[number - 1]}")
        if number == 4:
            changed = changed.replace("94.90", "194.90", 1)
        (folder / f"{number}.yaml").write_text(changed, encoding="utf-8")
    return folder


def over(browser):
    until = time.monotonic() + pages.PATIENCE
    while time.monotonic() < until:
        text = browser.get("/many").text
        if "กำลังจัดทำ" not in text:
            return text
        time.sleep(0.1)
    pytest.fail("the run does not end")


@pytest.mark.usefixtures("five")
def test_a_run_over_all_tells_what_failed_and_gives_all_as_zip(browser, five):
    assert browser.post("/many").headers["location"] == "/many"
    text = over(browser)
    assert "จัดทำได้ 4 จาก 5 รายงาน จัดทำไม่ได้ 1 รายงาน" in text
    assert f"อยู่ในโฟลเดอร์ {five / 'out'}</p>" in text
    assert not re.search(r"จัดทำเสร็จแล้ว|run\.jsonl|summary\.xlsx", text)
    assert "โปรด" in text
    with zipfile.ZipFile(io.BytesIO(browser.get("/many/all.zip").body)) as archive:
        made = [name for name in archive.namelist() if name.endswith(".docx")]
    assert len(made) == 4
    assert "วันนี้" in browser.get("/").text


def test_of_very_many_reports_those_that_failed_and_the_last_are_shown(tmp_path, monkeypatch):
    monkeypatch.setattr(many, "_MOST_ROWS", 3)
    run = many.RunInView(tmp_path, prepare.Options())
    for name in "กขคงจ":
        run._add(batch.Entry(name, name, "failed" if name in "กง" else "done"))
    assert [row.file for row in run.seen.rows] == ["ก", "ง", "จ"]


@pytest.mark.usefixtures("five")
def test_the_events_tell_how_far_it_is(browser):
    connection = browser.connection()
    browser.post("/many")
    connection.request(
        "GET", "/many/events", headers={"Host": browser.host, "Cookie": browser.cookie}
    )
    seen: list[str] = []
    stream = connection.getresponse()
    while "จัดทำได้ 4 จาก 5" not in "".join(seen):
        seen.append(stream.readline().decode("utf-8"))
    connection.close()
    assert any("<progress" in line for line in seen)


def test_a_run_is_stopped_and_what_is_done_stays(five, browser, monkeypatch):
    from itareport.web.many import RunInView

    told = RunInView._add

    def stop_after_one(run, entry):
        told(run, entry)
        browser.post("/many/stop")

    monkeypatch.setattr(RunInView, "_add", stop_after_one)
    browser.post("/many")
    assert "หยุดแล้ว" in over(browser)
    assert (five / "out" / "summary.xlsx").is_file()
    assert len(list((five / "out").rglob("*.docx"))) < 5


@pytest.mark.usefixtures("five")
def test_only_the_chosen_reports_are_made(browser, example):
    browser.post("/many", {"key": key_of(example.name)})
    assert "จัดทำเสร็จแล้ว 1 รายงาน" in over(browser)


def key_of(name):
    from itareport.web.store.report_list import key_of as digest

    return digest(name)


def test_the_end_of_the_program_stops_the_run(five):
    with pages.served(five) as browser:
        browser.post("/many")
        browser.post("/close")
        browser.thread.join(pages.PATIENCE)
        assert not browser.thread.is_alive()


def test_names_of_the_folder_of_results_are_the_batchs(five, browser):
    browser.post("/many")
    over(browser)
    assert all(names.safe(file.stem) == file.stem for file in (five / "out").rglob("*.docx"))
