"""A wide table in a batch: each row a report, drafts for what it leaves empty."""

from __future__ import annotations

import openpyxl
import pytest

from agencies import files, lines, make, row, rows, table
from itareport import thai
from itareport.batch.sources import finding
from itareport.problems import ItaReportError
from itareport.terminal import batch_result
from reports import KINDS


def test_each_row_is_a_report_and_a_draft_where_it_says_nothing(tmp_path):
    file = table(tmp_path / "ก.csv", *rows(3))
    result = make(file, tmp_path / "out")
    assert (result.counts.made, result.counts.failed) == (3, 0)
    made = [name for name in files(tmp_path / "out") if name.endswith(".docx")]
    assert len(made) == 3
    assert all("(ร่าง)" in name for name in made)
    for line in lines(tmp_path / "out"):
        codes = [told["code"] for told in line["problems"]]
        assert codes.count("D455") == 1
        assert "D280" not in codes
        assert line["facts"]["has_drafts"]


def test_a_row_that_is_wrong_costs_that_agency_only(tmp_path):
    given = rows(3)
    given[1]["o3"] = "101"
    result = make(table(tmp_path / "ก.csv", *given), tmp_path / "out")
    assert (result.counts.made, result.counts.failed) == (2, 1)
    (wrong,) = [line for line in lines(tmp_path / "out") if line["state"] == "failed"]
    (told,) = [one for one in wrong["problems"] if one["code"] == "D122"]
    assert told["place"].startswith("ช่อง ")
    assert told["place"].endswith("3")


def test_again_only_what_changed_is_made(tmp_path):
    given = rows(3)
    file = table(tmp_path / "ก.csv", *given)
    make(file, tmp_path / "out")
    given[2]["i1"] = "97.00"
    table(file, *given)
    result = make(file, tmp_path / "out")
    assert (result.counts.made, result.counts.unchanged) == (1, 2)


def test_two_rows_of_one_agency_are_two_reports_and_told(tmp_path):
    first = rows(1)[0]
    result = make(table(tmp_path / "ก.csv", first, first), tmp_path / "out")
    assert len([name for name in files(tmp_path / "out") if name.endswith(".docx")]) == 2
    assert len(result.duplicates) == 2


def test_an_agency_with_two_rows_is_counted_once_and_the_screen_says_what_the_summary_does(
    tmp_path,
):
    one, other = rows(2)
    file = table(tmp_path / "ก.csv", one, other, one | {"คะแนนภาพรวม": "50.00"})
    result = make(file, tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")["สรุปสำหรับพิมพ์"]
    assert sheet["A3"].value.startswith("ทั้งหมด ๒ แห่ง (๓ รายงาน) · ")
    assert sheet["A4"].value.endswith("จาก ๒ แห่ง")
    assert sheet["A3"].value.endswith(f" · {thai.thai_digits(result.statuses)}")
    assert f"สถานะ: {result.statuses}" in batch_result.lines(result, tmp_path)


def test_what_belongs_to_no_agency_and_what_is_no_table_fail_by_themselves(tmp_path):
    (tmp_path / "ข.csv").write_bytes("ชื่อ,โทร\nก,074\n".encode())
    table(tmp_path / "ก.csv", *rows(1))
    result = make(tmp_path, tmp_path / "out")
    assert (result.counts.made, result.counts.failed) == (1, 1)
    (wrong,) = [line for line in lines(tmp_path / "out") if line["state"] == "failed"]
    assert [told["code"] for told in wrong["problems"]] == ["D450"]


@pytest.mark.parametrize(
    ("year", "why"),
    [
        ("2567", "ซึ่งไม่มีคอลัมน์ o29 ถึง o35"),
        ("2569", "และแถวนี้มีคะแนนข้อ o27, o28 ซึ่งปี 2569 ไม่มี"),
    ],
)
def test_a_row_of_another_year_is_told_what_the_table_has(tmp_path, year, why):
    other, *given = rows(3)
    other["ปีงบประมาณ"] = year
    make(table(tmp_path / "ก.csv", other, *given), tmp_path / "out")
    (wrong,) = [line for line in lines(tmp_path / "out") if line["state"] == "failed"]
    told = [one for one in wrong["problems"] if one["severity"] == "error"]
    assert [(one["code"], one["place"]) for one in told] == [("D461", "ช่อง A2")]
    assert told[0]["text"] == f"แถวนี้เป็นปี {year} แต่ตารางเป็นของปี 2568 {why}"


def test_a_row_of_another_year_whose_columns_are_all_there_is_a_report(tmp_path):
    other, *given = rows(3)
    other |= {"ปีงบประมาณ": "2569", "o27": "", "o28": ""}
    result = make(table(tmp_path / "ก.csv", *given, other), tmp_path / "out")
    assert (result.counts.made, result.counts.failed) == (3, 0)


def test_what_a_whole_row_lacks_is_told_in_the_words_of_a_table(tmp_path):
    lacking = rows(1)[0] | {"o28": ""}
    del lacking["ระดับ"]
    make(table(tmp_path / "ก.csv", lacking), tmp_path / "out")
    (wrong,) = lines(tmp_path / "out")
    for one in wrong["problems"]:
        assert "บรรทัด" not in one["place"]
        assert "แถวคะแนน" not in one["remedy"]


@pytest.mark.parametrize("level", ["ดีมาก", "A", "ผ่านมากๆ"])
def test_a_level_that_the_year_lacks_is_counted_apart(tmp_path, level):
    one, *given = rows(3)
    file = table(tmp_path / "ก.csv", one | {"ระดับ": level}, *given)
    make(file, tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")["สรุปสำหรับพิมพ์"]
    known = given[0]["ระดับ"]
    assert sheet["A4"].value.startswith(f"ระดับ: {known} ๒ · ระดับที่ปีนั้นไม่มี ๑ · คะแนนเฉลี่ย")
    assert sheet["E6"].value == level, "what was given is shown as it is"
    assert "ระดับ" in sheet["G6"].value


def test_a_district_that_the_province_lacks_has_no_sheet_and_no_letter_through_it(tmp_path):
    one, *given = rows(3)
    file = table(tmp_path / "ก.csv", one | {"อำเภอ": "ไม่มีจริง"}, *given)
    make(file, tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")
    assert "อำเภอไม่มีจริง" not in book.sheetnames
    assert book["หน่วยงานอื่น"]["C6"].value == "ไม่มีจริง"
    texts = [path.read_text("utf-8-sig") for path in (tmp_path / "out/ต้องแก้ไข").iterdir()]
    assert not any("ผ่าน  อำเภอไม่มีจริง" in text for text in texts)
    assert sum("ผ่าน  อำเภอ" in text for text in texts) == 2


def test_columns_that_are_not_read_are_told(tmp_path):
    file = table(tmp_path / "ก.csv", rows(1)[0] | {"โทร": "074"})
    found = finding.find([file], tmp_path / "out", KINDS)
    ((reason, told),) = found.skipped.items()
    assert "ไม่มีหัวคอลัมน์" in reason
    assert told[0].endswith("“โทร”")


def test_a_note_that_begins_where_the_year_stands_is_told(tmp_path):
    note = dict.fromkeys(rows(1)[0], "") | {"ปีงบประมาณ": "หมายเหตุ ข้อมูลจาก ITAS"}
    found = finding.find([table(tmp_path / "ก.csv", *rows(1), note)], tmp_path / "out", KINDS)
    assert len(found.sources) == 1
    ((_, told),) = found.skipped.items()
    assert told[0].endswith("แถว 3 “หมายเหตุ ข้อมูลจาก ITAS”")


def test_an_agency_whose_name_begins_as_a_total_is_an_agency(tmp_path):
    named = row("ก", "พบพระ", หน่วยงาน="อบต.รวมไทยพัฒนา", จังหวัด="ตาก")
    total = dict.fromkeys(named, "") | {"หน่วยงาน": "รวม", "คะแนนภาพรวม": "91"}
    file = table(tmp_path / "ก.csv", named, total)
    (source,) = finding.find([file], tmp_path / "out", KINDS).sources
    assert source.shown.endswith("องค์การบริหารส่วนตำบลรวมไทยพัฒนา")


def test_a_table_without_a_filled_row_is_told(tmp_path):
    blank = dict.fromkeys(row("ก", "ข"), "")
    (source,) = finding.find([table(tmp_path / "ก.csv", blank)], tmp_path / "out", KINDS).sources
    with pytest.raises(ItaReportError) as told:
        source.payload()
    assert [one.code for one in told.value.problems] == ["D454"]


def test_a_row_that_cannot_be_read_has_its_agencys_name(tmp_path):
    given = rows(2)
    given[1]["ปีงบประมาณ"] = "abc"
    given[1]["หน่วยงาน"] = "เทศบาลตำบลโคกม่วง"
    given[1]["อำเภอ"] = "อ.เขาชัยสน"
    out = tmp_path / "out"
    make(table(tmp_path / "ก.csv", *given), out)
    (wrong,) = [line for line in lines(out) if line["state"] == "failed"]
    known = [wrong["facts"][one] for one in ("kind", "name", "district", "fiscal_year")]
    assert known == ["เทศบาลตำบล", "โคกม่วง", "เขาชัยสน", 0]
    assert wrong["letter"] == "ทต.โคกม่วง อ.เขาชัยสน จ.พัทลุง"
    letter = (out / "ต้องแก้ไข" / f"{wrong['letter']}.txt").read_text("utf-8-sig")
    assert "หน่วยงาน  เทศบาลตำบลโคกม่วง\n" in letter
    assert "พ.ศ. 0" not in letter
    sheet = openpyxl.load_workbook(out / "summary.xlsx")["รายงาน"]
    assert [sheet["A2"].value, sheet["B2"].value] == ["จัดทำไม่ได้", "เทศบาลตำบลโคกม่วง"]


def test_where_rows_have_moved_what_is_told_of_them_moves_too(tmp_path):
    given, out = rows(3), tmp_path / "out"
    make(table(tmp_path / "ก.csv", *given), out)
    given.insert(0, given.pop())
    result = make(table(tmp_path / "ก.csv", *given), out)
    assert (result.counts.made, result.counts.unchanged) == (3, 0)
    for number, line in enumerate(lines(out), 2):
        assert f"แถว {number} " in line["shown"]
        assert {told["place"][-1] for told in line["problems"] if told["place"]} == {str(number)}
    before = [name for name in files(out) if name.endswith(".docx")]
    assert len(before) == 3
    assert make(tmp_path / "ก.csv", out).counts.unchanged == 3
