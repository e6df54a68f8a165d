"""The page of a report that is known by indicators only: its drafts can be opened and confirmed."""

from __future__ import annotations

import json
import re

import pages
from itareport.ita import catalogue
from itareport.web.forms import naming
from itareport.web.store import Add
from reports import clean_data


def test_a_draft_of_an_indicator_has_a_field_of_its_own(tmp_path):
    made = clean_data(catalogue.load(2568), {}, remarks=[], plan=[], scores=[])
    known = [
        row | {"score": "80.50"} if row["no"] == "7" else row
        for row in made["result"]["indicators"]
    ]
    made["result"] = {"published": "ตัวชี้วัด", "indicators": known}
    (tmp_path / "a.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    with pages.served(tmp_path) as browser:
        (report,) = set(re.findall(r'/r/[^/"]+/', browser.get("/").text))
        said = browser.get(f"{report}remarks").text
    assert "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร" in said
    assert "ต่ำกว่า 85 คะแนน จึงควร" in said
    assert "remarks.indicator=7.text" in said
    assert "None" not in said


def test_what_is_typed_there_becomes_the_remark_of_the_indicator():
    row = {"indicator": "7", "text": "ควรปรับปรุง"}
    assert naming.edits({}, "remarks.indicator=7.text", "ควรปรับปรุง") == (
        Add(("remarks",), row, None),
    )
