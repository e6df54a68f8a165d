"""Drafts on the sheets of a wide table: filled, confirmed there by name and date, made anew."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from agencies import lines, make, names, row
from itareport.actions import draft_copy, prepare
from itareport.batch import agency_forms
from itareport.ita import catalogue
from itareport.problems import ExitStatus
from itareport.reading import load, workbook
from itareport.reading.workbook.layout import HEADER_ROW, WAITING
from itareport.reading.workbook.wide import columns
from itareport.terminal import cli
from reports import KINDS
from workbooks import book_of

YEAR = catalogue.load(2568)
SHEETS = ("ข้อวิเคราะห์", "แผนการดำเนินการ")
NAME = ("ผู้ยืนยัน", "นายสมชาย ใจดี")
DATE = ("วันที่ยืนยัน", "1 ธันวาคม 2568")


@cache
def short_table() -> bytes:
    """Return the table that `new --wide` gives, with few rows to fill: quickly read and saved."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.new_wide(YEAR, KINDS, "พัทลุง")))
    for name in (columns.TABLE, *SHEETS):
        book[name].delete_rows(HEADER_ROW + 20, book[name].max_row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def empty_table(file: Path, *given: dict[str, str]) -> Path:
    """Save a table with these rows filled."""
    book, known = book_of(short_table()), columns.Known(YEAR)
    sheet = book[columns.TABLE]
    at = {known.column(cell.value).header: cell.column for cell in sheet[HEADER_ROW]}
    for number, line in enumerate(given, HEADER_ROW + 1):
        for header, value in line.items():
            sheet.cell(number, at[known.column(header).header]).value = value
    book.save(file)
    return file


def weak(count: int) -> list[dict[str, str]]:
    """Return rows of agencies with one weak question."""
    return [row(name, district, i1="80.00") for name, district in names(count)]


@cache
def copied(count: int) -> dict[str, bytes]:
    """Return a table and its copy with drafts, made once."""
    with tempfile.TemporaryDirectory() as folder:
        file = empty_table(Path(folder, "ก.xlsx"), *weak(count))
        made = draft_copy.copy(file, None)
        assert not made.problems
        return {one.name: one.read_bytes() for one in (file, *made.outputs)}


def drafted(tmp_path: Path, count: int = 1) -> Path:
    """Return a table with drafts on its sheets, beside the one without."""
    files = [tmp_path / name for name in copied(count)]
    for file, content in zip(files, copied(count).values(), strict=True):
        file.write_bytes(content)
    return files[1]


def head(sheet: Any) -> dict[str, int]:
    """Return the columns of a sheet by their headers."""
    return {cell.value: cell.column for cell in sheet[HEADER_ROW] if cell.value}


def said(sheet: Any) -> list[dict[str, Any]]:
    """Return the filled rows of a sheet by their headers."""
    found = [
        {header: line[at - 1].value for header, at in head(sheet).items()}
        for line in sheet.iter_rows(min_row=HEADER_ROW + 1)
    ]
    return [line for line in found if any(line.values())]


def change(file: Path, agency: str, **values: str | None) -> None:
    """Type into all rows of an agency on both sheets."""
    book = book_of(file.read_bytes())
    for name in SHEETS:
        sheet = book[name]
        for line in sheet.iter_rows(min_row=HEADER_ROW + 1):
            if agency in (line[0].value or ""):
                for header, value in values.items():
                    line[head(sheet)[header] - 1].value = value
    book.save(file)


def test_each_agencys_drafts_stand_under_its_name_and_wait(tmp_path):
    book = openpyxl.load_workbook(drafted(tmp_path, 3))
    for name in SHEETS:
        found = said(book[name])
        assert list(dict.fromkeys(line["หน่วยงาน"] for line in found)) == [
            f"เทศบาลตำบล{agency}" for agency, _ in names(3)
        ]
        assert {line["อำเภอหรือเขต"] for line in found} == {district for _, district in names(3)}
        assert {line["ข้อความร่าง"] for line in found} == {"ร่าง"}
        assert {line["ผู้ยืนยัน"] for line in found} == {WAITING}
    assert [line["รหัสข้อ"] for line in said(book[SHEETS[0]])] == ["i1"] * 3
    assert len(said(book[SHEETS[1]])) == 3 * len(YEAR.issues.rows)
    table = book[columns.TABLE]
    assert table.cell(HEADER_ROW + 1, head(table)["การกำกับติดตามของทั้งแผน"]).value


def test_drafts_on_the_sheets_give_the_report_that_the_batch_would_draft(tmp_path):
    file = empty_table(tmp_path / "ข.xlsx", *weak(1))
    make(file, tmp_path / "1")
    make(drafted(tmp_path), tmp_path / "2")
    before, after = (lines(tmp_path / out)[0] for out in ("1", "2"))
    assert before["docx_sha256"] == after["docx_sha256"]


@pytest.mark.parametrize(
    ("typed", "is_draft", "told"),
    [
        ((NAME, DATE), False, ""),
        ((NAME, DATE, ("ข้อความร่าง", None)), False, ""),
        ((), True, ""),
        ((NAME,), True, "ไม่ได้กรอกวันที่ยืนยัน"),
        ((NAME, ("ข้อความร่าง", None)), True, "ไม่ได้กรอกวันที่ยืนยัน"),
        ((DATE,), True, "ไม่ได้กรอกผู้ยืนยัน"),
        ((NAME, ("วันที่ยืนยัน", "พรุ่งนี้")), True, "“พรุ่งนี้” ไม่ใช่วันที่"),
        ((("ข้อความร่าง", None),), True, "ไม่ได้กรอกผู้ยืนยัน และไม่ได้กรอกวันที่ยืนยัน"),
    ],
)
def test_only_a_name_and_a_date_confirm(tmp_path, typed, is_draft, told):
    file = drafted(tmp_path, 2)
    (first, _), (second, _) = names(2)
    change(file, first, **dict(typed))
    result = make(file, tmp_path / "out")
    found = {line["facts"]["name"]: line for line in lines(tmp_path / "out")}
    assert found[first]["facts"]["has_drafts"] is is_draft
    assert found[second]["facts"]["has_drafts"]
    assert len(result.told) == (2 if told else 0), "one of each sheet"
    assert all(told in one and first in one for one in result.told)
    codes = [one["code"] for one in found[first]["problems"]]
    assert codes.count("O652") == len(result.told)
    letter = tmp_path / "out" / "ต้องแก้ไข" / f"{found[first]['letter']}.txt"
    assert letter.exists() is is_draft
    assert not is_draft or "ผู้ยืนยัน" not in letter.read_text("utf-8-sig")


def test_draft_tells_too_what_half_a_confirmation_lacks(tmp_path):
    file = drafted(tmp_path, 2)
    (first, _), _ = names(2)
    change(file, first, **dict((NAME,)))
    told = draft_copy.copy(file, tmp_path / "อีก.xlsx").problems
    assert [one.code for one in told] == ["O652"] * 2, "one of each sheet"


def test_a_draft_without_any_mark_is_still_one_until_somebody_signs(tmp_path):
    file = drafted(tmp_path, 2)
    (first, _), _ = names(2)
    change(file, first, ข้อความร่าง=None, ผู้ยืนยัน=None)
    result = make(file, tmp_path / "out")
    assert len(result.told) == 1, "the other agency's drafts wait, as before"
    assert "เหมือนข้อความร่างของโปรแกรมทุกคำ" in result.told[0]
    assert f"ข้อความใน {1 + len(YEAR.issues.rows)} แถวยังเป็นร่าง" in result.told[0]
    assert 'แผ่นงาน "ข้อวิเคราะห์" ช่อง' in result.told[0]
    assert all(line["facts"]["has_drafts"] for line in lines(tmp_path / "out"))
    change(file, first, **dict((NAME, DATE)))
    again = make(file, tmp_path / "out")
    assert not again.told
    assert [line["facts"]["has_drafts"] for line in lines(tmp_path / "out")] == [False, True]


def test_a_form_has_drafts_that_lost_their_marks_in_the_table(tmp_path):
    file = drafted(tmp_path)
    change(file, "", ข้อความร่าง=None, ผู้ยืนยัน=None)
    (form,) = agency_forms.give([file], tmp_path / "out", prepare.Options()).outputs
    report = load.load(form).report
    assert all(row.draft for row in report.remarks)
    assert all(row.draft for row in report.plan)


def test_what_somebody_wrote_without_a_mark_needs_no_name(tmp_path):
    file = drafted(tmp_path)
    change(file, "", ข้อความร่าง=None, ผู้ยืนยัน=None)
    own_words(file)
    result = make(file, tmp_path / "out")
    assert not result.told
    assert not lines(tmp_path / "out")[0]["facts"]["has_drafts"]


def own_words(file: Path) -> None:
    """Put words of one's own before each remark and each measure."""
    book = openpyxl.load_workbook(file)
    for name, header in zip(SHEETS, ("ข้อวิเคราะห์", "มาตรการ โครงการ หรือกิจกรรม"), strict=True):
        for line in book[name].iter_rows(min_row=HEADER_ROW + 1):
            cell = line[head(book[name])[header] - 1]
            cell.value = f"สำนักปลัดเห็นว่า {cell.value}" if cell.value else None
    book.save(file)


def test_refresh_makes_what_waits_anew_and_keeps_what_is_confirmed(tmp_path):
    file = drafted(tmp_path, 2)
    (first, _), (second, _) = names(2)
    change(file, first, **dict((NAME, DATE)))
    book = openpyxl.load_workbook(file)
    table = book[columns.TABLE]
    for number in (1, 2):
        table.cell(HEADER_ROW + number, head(table)["i1"]).value = "81.00"
    book.save(file)
    (made,) = draft_copy.copy(file, tmp_path / "ใหม่.xlsx", refresh=True).outputs
    of = {line["หน่วยงาน"]: line for line in said(openpyxl.load_workbook(made)[SHEETS[0]])}
    assert "80.00" in of[f"เทศบาลตำบล{first}"]["ข้อวิเคราะห์"]
    assert of[f"เทศบาลตำบล{first}"]["ผู้ยืนยัน"] == NAME[1]
    assert "81.00" in of[f"เทศบาลตำบล{second}"]["ข้อวิเคราะห์"]
    assert len(said(openpyxl.load_workbook(made)[SHEETS[1]])) == 2 * len(YEAR.issues.rows)


@pytest.mark.parametrize(
    "typed",
    [(NAME,), (DATE,), (NAME, ("วันที่ยืนยัน", "พรุ่งนี้")), (("ข้อความร่าง", None),)],
    ids=["a name", "a date", "no date", "no mark"],
)
def test_refresh_keeps_what_somebody_has_begun_to_confirm(tmp_path, typed):
    file = drafted(tmp_path, 2)
    change(file, names(2)[0][0], **dict(typed))
    before = openpyxl.load_workbook(file)
    (made,) = draft_copy.copy(file, tmp_path / "ใหม่.xlsx", refresh=True).outputs
    after = openpyxl.load_workbook(made)
    for name in SHEETS:
        assert said(after[name]) == said(before[name])
    assert make(made, tmp_path / "out").failed == []


def test_refresh_leaves_nothing_of_a_draft_that_is_not_wanted_any_more(tmp_path):
    file = drafted(tmp_path)
    book = openpyxl.load_workbook(file)
    table = book[columns.TABLE]
    table.cell(HEADER_ROW + 1, head(table)["i1"]).value = "100.00"
    book.save(file)
    (made,) = draft_copy.copy(file, tmp_path / "ใหม่.xlsx", refresh=True).outputs
    assert said(openpyxl.load_workbook(made)[SHEETS[0]]) == []


def test_an_agency_with_errors_gets_no_drafts_and_costs_no_other(tmp_path, capsys):
    given = weak(2)
    given[0]["i2"] = "101"
    file = empty_table(tmp_path / "ก.xlsx", *given)
    assert cli.main(["draft", str(file)]) == ExitStatus.DATA
    shown = capsys.readouterr()
    assert "[D122]" in shown.err
    assert "ผู้ยืนยันและวันที่ยืนยัน" in shown.out
    book = openpyxl.load_workbook(tmp_path / "ก (ร่าง).xlsx")
    assert {line["หน่วยงาน"] for line in said(book[SHEETS[0]])} == {f"เทศบาลตำบล{names(2)[1][0]}"}


def test_sheets_of_older_tables_get_the_columns_in_which_drafts_are_confirmed(tmp_path):
    file = empty_table(tmp_path / "ก.xlsx", *weak(1))
    book = openpyxl.load_workbook(file)
    for name in SHEETS:
        sheet = book[name]
        sheet.delete_cols(head(sheet)["ผู้ยืนยัน"], 2)
    book.save(file)
    (made,) = draft_copy.copy(file, None).outputs
    book = openpyxl.load_workbook(made)
    for name in SHEETS:
        assert list(head(book[name]))[-2:] == ["ผู้ยืนยัน", "วันที่ยืนยัน"]


def test_a_table_without_anything_empty_gives_no_copy(tmp_path, capsys):
    given = [row(name, district) for name, district in names(1)]
    file = empty_table(tmp_path / "ก.xlsx", *given)
    (made,) = draft_copy.copy(file, None).outputs  # the plan
    assert draft_copy.copy(made, tmp_path / "ใหม่.xlsx").outputs == ()
    assert cli.main(["draft", str(made), "-o", str(tmp_path / "ใหม่.xlsx")]) == ExitStatus.OK
    assert "ไม่มีข้อวิเคราะห์หรือแผนที่ต้องร่าง" in capsys.readouterr().out


def test_drafts_of_an_agency_without_a_district_are_its_own(tmp_path):
    given = weak(1)[0] | {"หน่วยงาน": "องค์การบริหารส่วนจังหวัดพัทลุง", "อำเภอ": ""}
    (made,) = draft_copy.copy(empty_table(tmp_path / "ก.xlsx", given), None).outputs
    book = openpyxl.load_workbook(made)
    assert {line["อำเภอหรือเขต"] for name in SHEETS for line in said(book[name])} == {None}
    assert make(made, tmp_path / "out").failed == []
    assert len(lines(tmp_path / "out")) == 1


def test_a_district_said_to_be_empty_is_none(tmp_path):
    file = drafted(tmp_path)
    book = openpyxl.load_workbook(file)
    for name in SHEETS:
        sheet = book[name]
        for line in range(HEADER_ROW + 1, HEADER_ROW + 1 + len(said(sheet))):
            sheet.cell(line, head(sheet)["อำเภอหรือเขต"]).value = "(เว้นว่าง)"
    book.save(file)
    assert make(file, tmp_path / "out").failed == []


def test_an_agency_with_two_rows_gets_no_drafts_and_is_told(tmp_path):
    file = empty_table(tmp_path / "ก.xlsx", *weak(2), weak(1)[0])
    done = draft_copy.copy(file, None)
    assert [(one.code, one.place.cell) for one in done.problems] == [("D460", "C5"), ("D460", "C7")]
    assert "แถว 5 และ แถว 7" in done.problems[0].message
    book = openpyxl.load_workbook(done.outputs[0])
    assert {line["หน่วยงาน"] for line in said(book[SHEETS[0]])} == {f"เทศบาลตำบล{names(2)[1][0]}"}


def test_rows_of_no_agency_are_told_once_for_each_name(tmp_path):
    file = drafted(tmp_path)
    change(file, names(1)[0][0], หน่วยงาน="เทศบาลตำบลผิดชื่อ")
    (told,) = make(file, tmp_path / "out").failed
    assert [one.code for one in told.problems] == ["D453", "D453"]  # one for each sheet
    assert f"(ทั้งหมด {len(YEAR.issues.rows)} แถว)" in told.problems[1].text


def test_what_was_drafted_is_told_without_what_was_not(tmp_path):
    file = drafted(tmp_path)
    change(file, names(1)[0][0], **dict((NAME, DATE)))
    book = openpyxl.load_workbook(file)
    table = book[columns.TABLE]
    table.cell(HEADER_ROW + 1, head(table)["i2"]).value = "81.00"
    book.save(file)
    make(file, tmp_path / "out")
    (told,) = [
        one["text"] for one in lines(tmp_path / "out")[0]["problems"] if one["code"] == "D455"
    ]
    assert told == "โปรแกรมเขียนข้อความร่างให้ข้อวิเคราะห์ข้อ i2"
