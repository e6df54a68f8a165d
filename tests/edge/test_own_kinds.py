"""A kind of agency that an office adds with a file works everywhere, without a line of Python."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import agencies
from itareport.actions.prepare import Options
from itareport.batch.record import fingerprint
from itareport.batch.sources import user_files
from itareport.batch.workers import tasks
from itareport.ita import catalogue
from itareport.reading import load
from itareport.reading.workbook import layout
from reports import clean_data
from unit.test_kinds import FAMILY, SCHOOLS

YEAR = catalogue.load(2568)
OWN = ("--catalogue", "ประเภท.yaml")
REPORT = "รายงาน ITA 2568 รร.เทศบาลวัดกลาง"


@pytest.fixture
def kinds(desk: Path) -> Path:
    file = desk / "ประเภท.yaml"
    file.write_text(SCHOOLS, encoding="utf-8")
    return file


def school(**changes: Any) -> dict[str, Any]:
    """Return the data of a school, with a few low scores."""
    own = {"agency__kind": "โรงเรียน", "agency__name": "เทศบาลวัดกลาง"}
    return clean_data(
        YEAR, {"i5": "80.00", "i7": "90.00", "i13": "90.00", "o3": "50.00"}, **(own | changes)
    )


@pytest.fixture
def data(desk: Path) -> Path:
    file = desk / "ข้อมูล.json"
    file.write_text(json.dumps(school(), ensure_ascii=False), encoding="utf-8")
    return file


def offered(sheet: Any) -> list[str]:
    """Return what the drop-down list of kinds offers."""
    cells = (row[0].value for row in sheet.iter_rows(min_row=1))
    return [text for text in cells if text]


@pytest.mark.usefixtures("kinds")
def test_a_new_workbook_knows_the_kind(desk, run):
    done = run("new", "--year", "2568", "--agency", "รร. เทศบาลวัดกลาง", *OWN)
    assert done.status == 0, done.said
    file = desk / "แบบกรอก-ITA-2568-รร.เทศบาลวัดกลาง.xlsx"
    book = openpyxl.load_workbook(file)
    assert {"เทศบาลตำบล", "โรงเรียน", "จังหวัด", "หน่วยงานอื่น"} <= set(offered(book[layout.LISTS]))
    said = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"โรงเรียน", "เทศบาลวัดกลาง", "ผู้อำนวยการโรงเรียนเทศบาลวัดกลาง", "ฝ่ายวิชาการ"} <= set(said)
    told = run("check", file, *OWN).said
    assert "D120" in told, "nothing is filled yet"
    assert not {code for code in ("D228", "D230", "D231", "D273") if code in told}


@pytest.mark.usefixtures("kinds")
def test_check_and_convert_and_build_and_batch_know_the_kind(desk, run, data):
    assert "D273" in run("check", data).said, "without its file the kind is not known"
    done = run("check", data, *OWN)
    assert (done.status, "D2" in done.said) == (0, False), done.said
    assert run("convert", data, "ข้อมูล.xlsx", *OWN).status == 0
    assert load.load(desk / "ข้อมูล.xlsx").report == load.load(data).report
    assert run("build", "ข้อมูล.xlsx", *OWN).status == 0
    assert (desk / "out" / f"{REPORT}.docx").is_file()
    done = run("batch", data, "-o", "ผล", *OWN)
    assert done.status == 0, done.said
    made = desk / "ผล" / "พัทลุง" / "ตะโหมด" / f"{REPORT}.docx"
    assert made.read_bytes() == (desk / "out" / f"{REPORT}.docx").read_bytes()


@pytest.mark.usefixtures("kinds")
def test_drafts_use_the_words_of_the_kind(desk, run, data):
    data.write_text(json.dumps(school(remarks=[], plan=[]), ensure_ascii=False), encoding="utf-8")
    done = run("draft", data, *OWN)
    assert done.status == 0, done.said
    text = (desk / "ข้อมูล (ร่าง).yaml").read_text(encoding="utf-8")
    for words in ("ข้าราชการครู", "ผู้อำนวยการโรงเรียนเทศบาลวัดกลาง", "กลุ่มงานคลัง", "ทุกส่วนงาน"):
        assert words in text


@pytest.mark.usefixtures("kinds")
def test_a_table_of_many_agencies_knows_the_kind(desk, run):
    assert run("new", "--year", "2568", "--wide", "-o", "ตาราง.xlsx", *OWN).status == 0
    lists = openpyxl.load_workbook(desk / "ตาราง.xlsx")[layout.LISTS]
    assert "โรงเรียน" in offered(lists)
    result = school()["result"]
    row = {
        "ปีงบประมาณ": "2568", "ชื่อหน่วยงาน": "รร.เทศบาลวัดกลาง", "อำเภอ": "ตะโหมด", "จังหวัด": "พัทลุง",
        "คะแนนภาพรวม": str(result["total"]), "ระดับ": result["level"],
        **{f"ตัวชี้วัดที่ {one['no']}": str(one["score"]) for one in result["indicators"]},
        **dict.fromkeys(YEAR.codes, "100.00"),
    }  # fmt: skip
    with (desk / "ก.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row, row.values()])
    done = run("batch", "ก.csv", "-o", "ผล", *OWN)
    assert done.status == 0, done.said
    assert [file.stem for file in (desk / "ผล").rglob("*.docx")] == [f"(ร่าง) {REPORT}"]
    sheet = openpyxl.load_workbook(desk / "ผล" / "summary.xlsx")["รายงาน"]
    assert sheet["B2"].value == "โรงเรียนเทศบาลวัดกลาง"


def test_words_of_another_family_are_told_where_the_kind_has_one(desk, run, kinds, data):
    family = "family: โรงเรียน\n    mentions: [โรงเรียน]"
    kinds.write_text(SCHOOLS.replace("staff: ข้าราชการครู", family) + FAMILY, encoding="utf-8")
    report = school()
    report["remarks"][0]["text"] += " แล้วรายงานคณะกรรมการสถานศึกษาและสภาเทศบาล"
    data.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    assert "โปรดแก้เป็น “คณะกรรมการสถานศึกษา”" in run("check", data, *OWN).said
    assert desk


def test_kinds_and_catalogues_come_in_any_order(desk, run, kinds, data):
    text = catalogue.export(2568).decode().replace("maintain: รักษาระดับ", "maintain: คงระดับ")
    (desk / "2568.yaml").write_text(text, encoding="utf-8")
    years = ("--catalogue", "2568.yaml")
    for given in ((*OWN, *years), (*years, *OWN)):
        done = run("build", data, *given)
        assert done.status == 0, done.said
    twice = run("check", data, *OWN, *OWN)
    assert (twice.status, "C231" in twice.said) == (4, True)
    doubled = run("new", "--year", "2568", "--agency", "รร.ก", *years, *years)
    assert (doubled.status, "C229" in doubled.said) == (4, True)
    kinds.write_text(SCHOOLS.replace("executive: ผู้ว่าราชการจังหวัด", "ก: ข"), encoding="utf-8")
    wrong = run("batch", data, *OWN)
    assert (wrong.status, "C203" in wrong.said, (desk / "ผล").exists()) == (4, True, False)


@pytest.mark.usefixtures("kinds")
def test_the_schema_offers_the_kind_and_takes_any(run):
    ours, own = run("schema").json, run("schema", *OWN).json
    offers, takes = own["$defs"]["Agency"]["properties"]["kind"]["anyOf"]
    assert set(offers["enum"]) - {"โรงเรียน", "จังหวัด"} == set(
        ours["$defs"]["Agency"]["properties"]["kind"]["anyOf"][0]["enum"]
    )
    assert "string" in takes["type"]


def test_the_packaged_file_is_shown_and_exported_to_begin_with(desk, run):
    assert "นายกเทศมนตรีตำบล" in run("catalogue", "show", "kinds").stdout
    assert run("catalogue", "export", "kinds", "ของเรา.yaml").status == 0
    assert (desk / "ของเรา.yaml").read_bytes() == catalogue.export(None)
    assert "เทศบาลตำบล" in run("schema", "--catalogue", "ของเรา.yaml").stdout


def test_the_files_content_comes_with_a_batchs_tasks_and_tells_reports_apart(kinds):
    job = tasks.Job("ก.json", json.dumps(school(), ensure_ascii=False).encode())
    before = user_files.setting(Options(catalogues=(kinds,)))
    kinds.write_text(SCHOOLS.replace("รร.", "ร."), encoding="utf-8")
    after = user_files.setting(Options(catalogues=(kinds,)))
    kinds.unlink()
    assert fingerprint.of_setting(before) != fingerprint.of_setting(after)
    stems = [facts.stem for how in (before, after) if (facts := tasks.make(how, job).facts)]
    assert stems == [REPORT, REPORT.replace("รร.", "ร.")]


def test_a_batch_reads_the_file_once(kinds, data, desk, monkeypatch):
    opened: list[str] = []
    real = Path.open

    def noted(path: Path, *how: Any, **more: Any) -> Any:
        opened.append(path.name)
        return real(path, *how, **more)

    monkeypatch.setattr(Path, "open", noted)
    result = agencies.make([data], desk / "ผล", options=Options(catalogues=(kinds,)))
    assert result.counts.made == 1
    assert opened.count(kinds.name) == 1
