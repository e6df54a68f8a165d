"""The start of the page, uploads, downloads and many reports: asked as a browser asks."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import time
import zipfile
from urllib.parse import urlencode

import pytest

import packages
import pages
from itareport.ita import names
from itareport.pdf import office

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


def test_an_empty_folder_shows_the_ways_to_begin(tmp_path):
    with pages.served(tmp_path) as browser:
        assert "ทำรายงาน ITA ให้พร้อมเสนอลงนาม" in browser.get("/").text


@pytest.mark.parametrize("by", ["agency", "fiscal_year", "total", "errors", "built", "nothing"])
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
    if by in ("agency", "total", "errors"):
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
    listed = browser.get(f"/places?{urlencode({'province': 'พัทลุง'})}").text
    assert "<option>ป่าบอน</option>" in listed


def test_a_file_of_last_year_gives_agency_and_signers(browser, folder, example):
    answer = browser.upload("/last-year", {"last.yaml": example.read_bytes()})
    assert answer.status == 303
    begun = (folder / "ข้อมูล ITA 2569 ทต.ควนเสาธง.yaml").read_text(encoding="utf-8")
    assert "fiscal_year: 2569" in begun
    assert "signatures:" in begun
    assert "e7" not in begun


# -- uploads ----------------------------------------------------------------------------------


def test_a_dropped_data_file_is_taken_in_beside_the_others(browser, folder, example):
    answer = browser.upload("/files", {example.name: example.read_bytes()})
    assert "รับไว้เป็น" in answer.text
    assert (folder / f"{example.stem} (รับใหม่).yaml").read_bytes() == example.read_bytes()
    assert (folder / example.name).read_bytes() == example.read_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.yaml", b"x: ["),
        ("a.xlsx", b"PK\x03\x04 torn"),
        ("a.xlsx", b""),
        ("a.exe", b"MZ"),
        ("a.xls", b"\xd0\xcf\x11\xe0"),
        ("", b"x"),
        ("bomb.xlsx", packages.zipped({"xl/workbook.xml": b"0" * 300_000_000})),
        ("deep.yaml", b"[" * 100_000),
    ],
    ids=["yaml", "torn", "empty", "program", "old excel", "no name", "zip bomb", "deep"],
)
def test_a_broken_file_is_told_of_and_nothing_is_lost_or_made(browser, folder, name, data):
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


def test_a_wide_table_is_told_apart(browser, folder):
    command = [
        sys.executable,
        "-m",
        "itareport",
        "new",
        "--wide",
        "--year",
        "2568",
        "-o",
        "ตาราง.xlsx",
    ]
    subprocess.run(command, cwd=folder.parent, check=True, capture_output=True)
    table = folder.parent / "ตาราง.xlsx"
    assert "ตารางหลายหน่วยงาน" in browser.upload("/files", {"ตาราง.xlsx": table.read_bytes()}).text
    assert "ตารางหลายหน่วยงาน" in browser.get("/").text


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


def test_the_workbook_is_one_that_can_be_dropped_again(browser):
    workbook = browser.get(f"/r/{key(browser)}/download/workbook")
    assert workbook.status == 200, workbook.text
    assert "รับไว้เป็น" in browser.upload("/files", {"กลับ.xlsx": workbook.body}).text


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
def test_a_run_over_all_tells_what_failed_and_gives_all_as_zip(browser):
    assert browser.post("/many").headers["location"] == "/many"
    text = over(browser)
    assert "จัดทำเสร็จแล้ว 5 รายงาน" in text
    assert "ไม่สำเร็จ 1" in text
    assert "โปรด" in text
    with zipfile.ZipFile(io.BytesIO(browser.get("/many/all.zip").body)) as archive:
        made = [name for name in archive.namelist() if name.endswith(".docx")]
    assert len(made) == 4
    assert "วันนี้" in browser.get("/").text


@pytest.mark.usefixtures("five")
def test_the_events_tell_how_far_it_is(browser):
    connection = browser.connection()
    browser.post("/many")
    connection.request(
        "GET", "/many/events", headers={"Host": browser.host, "Cookie": browser.cookie}
    )
    seen: list[str] = []
    stream = connection.getresponse()
    while "จัดทำเสร็จแล้ว" not in "".join(seen):
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
    from itareport.web.store.folder import key_of as digest

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
