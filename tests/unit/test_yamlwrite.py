"""A report written as YAML is read back as the same report."""

from __future__ import annotations

import datetime as dt

import pytest

from itareport import plain
from itareport.ita import catalogue
from itareport.ita.model import LastYear, Report
from itareport.reading import load, yamlwrite
from reports import clean_data, clean_report


def read_back(report):
    loaded = load.load_bytes(yamlwrite.report(report), "ก.yaml")
    assert loaded.problems == ()
    return loaded.report


@pytest.mark.parametrize("fiscal_year", catalogue.known_years())
def test_a_clean_report_is_read_back(fiscal_year):
    report = clean_report(catalogue.load(fiscal_year), {"i1": "98.33", "e9": ("79.05", "98.10")})
    assert read_back(report) == report


def test_the_example_is_read_back(example):
    report = load.load(example).report
    assert read_back(report) == report


def test_every_field_is_read_back():
    data = clean_data(catalogue.load(2568), {"o27": "50.00"})
    data["agency"] |= {
        "emblem": "ตรา: ใหม่.png",
        "website": "www.example.go.th",
        "units": ["กองคลัง"],
    }
    data["agency"]["maintain_from"] = "95"
    data["result"] |= {"announced": "1 ส.ค. 68", "last_year": {"total": "92.15", "indicators": []}}
    data["scores"][-2]["reason"] = 'ไม่พบ "แผน"\nบรรทัดที่สอง'
    data["remarks"][0] |= {"text": "หนึ่ง\n\nสอง # ไม่ใช่หมายเหตุ", "draft": "true"}
    data["remarks"].append({"code": "o28", "text": ""})
    data["issues"] = [{"no": "4", "items": ["i10", "i11", "i12"]}, {"no": "5", "items": []}]
    data["plan"][0] |= {"follow_up": ["- รายงาน", "{ก}", "[[2568]]", "null", ""], "draft": "true"}
    data["plan"][1]["budget"] = ["50,000 บาท", "ไม่ใช้งบประมาณ"]
    data["signatures"] = [
        {},
        {"name": "นาย ก", "position": ["รองปลัด", ""], "date": "1/12/2568"},
    ]
    data["graph"] = "กราฟ.png"
    report = Report.model_validate(data)
    assert isinstance(report.result.last_year, LastYear)
    assert read_back(report) == report


@pytest.mark.parametrize("day", ["1/1/1900", "2400-12-31", "1/1/2401", "31/12/2699", "๑ ต.ค. ๖๘"])
def test_any_date_that_can_be_typed_is_read_back(day):
    report = clean_report(catalogue.load(2568), result__announced=day)
    assert isinstance(report.result.announced, dt.date)
    assert read_back(report) == report


def test_short_rows_stand_on_one_line_and_long_texts_on_their_own():
    data: yamlwrite.Data = {
        "scores": [{"code": "i1", "score": "98.33"}],
        "text": "ก " * 60 + "ข",
        "empty": [],
        "none": "",
        "null": "null",
    }
    lines = yamlwrite.write(data, ["หมายเหตุ", ""]).decode().split("\n")
    assert lines[:5] == ["# หมายเหตุ", "#", "", "scores:", "  - {code: i1, score: 98.33}"]
    assert lines[5] == "text: >-"
    assert max(map(len, lines)) <= 100
    assert lines[-4:] == ["empty: []", 'none: ""', 'null: "null"', ""]
    assert plain.read("\n".join(lines).encode(), "ก.yaml").data == data
