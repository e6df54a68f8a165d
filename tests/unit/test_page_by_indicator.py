"""The page of a report that is known by indicators only: its drafts can be opened and confirmed."""

from __future__ import annotations

import json
import re

import pytest

import pages
from itareport.ita import catalogue
from itareport.web.forms import naming
from itareport.web.store import Add
from reports import clean_data


@pytest.fixture
def file(tmp_path):
    made = clean_data(catalogue.load(2568), {}, remarks=[], plan=[], scores=[])
    known = [
        row | {"score": "80.50"} if row["no"] == "7" else row
        for row in made["result"]["indicators"]
    ]
    made["result"] = {"published": "ตัวชี้วัด", "indicators": known}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def browser(file):
    with pages.served(file.parent) as browser:
        yield browser


def address(browser):
    return re.findall(r"/r/\w{16}", browser.get("/").text)[0]


def test_a_draft_of_an_indicator_has_a_field_of_its_own(browser):
    said = browser.get(f"{address(browser)}/remarks").text
    assert "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร" in said
    assert "80.50" in said
    assert "ต่ำกว่า 85 คะแนน จึงควร" in said
    assert "remarks.indicator=7.text" in said
    assert "None" not in said


def test_a_draft_of_an_indicator_is_taken(browser, file):
    browser.post(f"{address(browser)}/remarks/use", {"code": "indicator7"}, HX_Request="true")
    (row,) = json.loads(file.read_text("utf-8"))["remarks"]
    assert row["indicator"] == "7"
    assert "จึงควร" in row["text"]
    assert "ยืนยันแล้ว" in browser.get(f"{address(browser)}/remarks").text


def test_a_draft_of_an_indicator_is_opened_and_stays_open_while_it_is_written(browser):
    at, sent = f"{address(browser)}/remarks", {"v:remarks.indicator=7.text": "ควรปรับปรุง"}
    opened = browser.post(f"{at}/open", {"card": "indicator7"}, HX_Request="true").text
    written = browser.post(f"{at}/save", {"open": "indicator7"} | sent, HX_Request="true").text
    for said in (opened, written):
        assert re.search(r'<textarea id="remarks.indicator=7.text"', said)
    assert "ข้อ indicator" not in opened + written


def test_what_is_typed_there_becomes_the_remark_of_the_indicator():
    row = {"indicator": "7", "text": "ควรปรับปรุง"}
    assert naming.edits({}, "remarks.indicator=7.text", "ควรปรับปรุง") == (
        Add(("remarks",), row, None),
    )
