"""`itareport check FILE.xlsx`, as a clerk runs it."""

import pytest

from itareport.ita import catalogue
from itareport.reading import workbook
from reports import KINDS, clean_data
from workbooks import AGENCY, PASTE, SCORES, changed


def spoil(book):
    book[SCORES]["E5"], book[SCORES]["C8"], book[AGENCY]["B7"] = 101, "i3", None
    book[PASTE]["A5"], book[PASTE]["B5"] = "i9", 1


def test_problems_stand_by_sheet_and_cell(desk, run):
    (desk / "ก.xlsx").write_bytes(changed(spoil))
    done = run("check", "ก.xlsx")
    assert done.status == 3
    lines = done.stdout.splitlines()
    assert lines[0] == "ข้อผิดพลาด (3)"
    assert lines[1] == f'  แผ่นงาน "{AGENCY}"'
    assert lines[2].split()[:2] == ["B7", "หน่วยงาน"]
    assert "โปรดกรอกช่องนี้ เช่น เทศบาลตำบล" in lines[2]
    assert "คะแนน 101 ไม่อยู่ระหว่าง 0 ถึง 100 | โปรด" in done.stdout
    assert f"B5, E13 ({SCORES})" in done.stdout
    assert "สิ่งที่รายงานต้องมี: ครบ" in done.stdout


def test_json_has_sheet_cell_code_message_and_value(desk, run):
    (desk / "ก.xlsx").write_bytes(changed(spoil))
    done = run("check", "ก.xlsx", "--json")
    (file,) = done.json["files"]
    found = next(p for p in file["problems"] if p["code"] == "D122")
    assert found["place"]["sheet"] == SCORES
    assert found["place"]["cell"] == "E5"
    assert found["place"]["value"] == "101"
    assert found["message"].startswith("คะแนน 101")
    assert len(file["readiness"]) == 16


def test_the_copy_never_overwrites(desk, run):
    data = changed(spoil)
    (desk / "ก.xlsx").write_bytes(data)
    for number in ("", " 2"):
        done = run("check", "ก.xlsx", "--annotate")
        assert f"ได้ไฟล์ ก (ผลตรวจ{number}).xlsx" in done.stdout
    done = run("check", "ก (ผลตรวจ).xlsx", "--annotate")
    assert "ได้ไฟล์ ก (ผลตรวจ 3).xlsx" in done.stdout
    assert (desk / "ก.xlsx").read_bytes() == data


def test_a_file_that_is_no_workbook_leaves_no_copy(desk, run):
    (desk / "ก.xlsx").write_bytes(b"%PDF-1.7")
    done = run("check", "ก.xlsx", "--annotate")
    assert done.status == 3
    assert "[D424]" in done.stdout
    assert not list(desk.glob("*ผลตรวจ*"))


LONG = "ก" * 82
"""With .xlsx a name of 251 bytes, with anything more none."""


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (("check", f"{LONG}.xlsx", "--annotate"), 8),
        (("draft", f"{LONG}.xlsx"), 8),
        (("convert", f"{LONG}.xlsx", f"{LONG}กก.yaml"), 8),
        (("check", f"{LONG}กก.xlsx"), 3),
    ],
)
def test_a_name_too_long_for_a_file_is_told(desk, run, command, status):
    of_year = catalogue.load(2568)
    data = clean_data(of_year, {"i1": "90.00"}, remarks=[])
    (desk / f"{LONG}.xlsx").write_bytes(workbook.write(data, of_year, KINDS))
    done = run(*command)
    assert ("[O630]" in done.said) == (status == 8), done.said
    assert "ผิดพลาดเอง" not in done.said
    assert len(list(desk.glob("ก*"))) == 1


@pytest.mark.parametrize("name", ["ก.xlsm", "ก.ods", "ก.XLSX"])
def test_a_workbook_of_another_name_is_annotated_and_drafted(desk, run, name):
    of_year = catalogue.load(2568)
    data = clean_data(of_year, {"i1": "90.00"}, remarks=[])
    (desk / name).write_bytes(workbook.write(data, of_year, KINDS))
    assert "ได้ไฟล์ ก (ผลตรวจ).xlsx" in run("check", name, "--annotate").stdout
    assert "ได้ไฟล์ ก (ร่าง).xlsx" in run("draft", name).stdout


def test_a_file_that_cannot_be_annotated_is_told(run, data_file):
    data_file()
    done = run("check", "ข้อมูล.yaml", "--annotate")
    assert done.status == 0
    assert "[O631]" in done.stdout
