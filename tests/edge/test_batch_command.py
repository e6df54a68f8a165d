"""`itareport batch` as a provincial office runs it: many files, some broken, mended, run again."""

from __future__ import annotations

import json

import openpyxl
import pytest
import yaml

import agencies
from itareport.ita import catalogue
from itareport.problems import ExitStatus
from itareport.reading import workbook
from reports import KINDS

pytestmark = pytest.mark.pdf
COUNT, BROKEN = 10, 5


@pytest.fixture(autouse=True)
def _office(soffice):
    """Every test here converts."""


def _mixed(place):
    """Write agencies as JSON, YAML and workbooks by turns; return their files."""
    year, made = catalogue.load(2568), []
    for number, (name, district) in enumerate(agencies.names(COUNT)):
        data, file = agencies.data(name, district), place / district / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if number % 4 == 3:
            file = file.with_suffix(".yaml")
            file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        elif number % 8 == 6:
            file = file.with_suffix(".xlsx")
            file.write_bytes(workbook.write(data, year, KINDS))
        else:
            agencies.write(file.with_suffix(".json"), data)
            file = file.with_suffix(".json")
        made.append(file)
    return made


def _break(files):
    """Break five files in different ways; return what mends each."""
    chosen = [file for file in files if file.suffix == ".json"][:BROKEN]
    good = {file: file.read_bytes() for file in chosen}
    changes = [
        lambda data: data["scores"].pop(),
        lambda data: data["plan"].pop(),
        lambda data: data.update(fiscal_year="2501"),
        lambda data: data["agency"].update(emblem="ไม่มี.png"),
    ]
    for file, change in zip(chosen, changes, strict=False):
        data = json.loads(good[file])
        change(data)
        agencies.write(file, data)
    chosen[-1].write_bytes(good[chosen[-1]][:-20])
    return good


def test_a_province_with_broken_data_then_mended(desk, run):
    good = _break(_mixed(desk / "in"))
    first = run("batch", "in", "--pdf", "--jobs", 2)
    assert first.status == ExitStatus.SOME_FAILED, first.said
    out = desk / "out"
    before = agencies.files(out)
    pairs = {name for name in before if name.endswith(".pdf")}
    assert len(pairs) == COUNT - BROKEN
    assert all(before[name].startswith(b"%PDF") for name in pairs)
    assert {f"{name[:-4]}.docx" for name in pairs} <= set(before)
    failed = [line for line in agencies.lines(out) if line["state"] == "failed"]
    assert len(failed) == BROKEN
    errors = [[p for p in line["problems"] if p["severity"] == "error"] for line in failed]
    assert all(errors)
    assert len({of[0]["code"] for of in errors}) == BROKEN
    assert sum(name.startswith("ต้องแก้ไข/") for name in before) == BROKEN
    sheet = openpyxl.load_workbook(out / "summary.xlsx")["รายงาน"]
    states = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert states == ["จัดทำไม่ได้"] * BROKEN + ["เรียบร้อย"] * (COUNT - BROKEN)

    for file, data in good.items():
        file.write_bytes(data)
    mended = run("batch", "in", "--pdf", "--only", "failed")
    assert mended.status == ExitStatus.OK, mended.said
    after = agencies.files(out)
    assert len([name for name in after if name.endswith(".pdf")]) == COUNT
    assert all(after[name] == before[name] for name in pairs)
    assert not any(name.startswith("ต้องแก้ไข/") for name in after)

    again = run("batch", "in", "--pdf")
    assert again.status == ExitStatus.OK
    assert f"ไม่เปลี่ยน {COUNT}" in again.stdout
    assert agencies.files(out) == after
    assert list((desk / "tmp").iterdir()) == []
