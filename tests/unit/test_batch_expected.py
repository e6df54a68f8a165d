"""A list of agencies that should send data: how it is read, and who is told of."""

from __future__ import annotations

import openpyxl
import pytest

import agencies
from itareport.batch.sources import user_files
from itareport.problems import ItaReportError
from itareport.terminal import batch_result
from reports import KINDS

_HEADED = (("บัญชีรายชื่อ",), ("ที่", "อำเภอ", "ชื่อหน่วยงาน"))


def _xlsx(file, *sheets):
    book = openpyxl.Workbook()
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"แผ่น {n}") if n else book.active
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def _text(file, *lines, encoding="utf-8"):
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def _read(file):
    return [one.identity for one in user_files.agencies(file, KINDS)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_text_has_an_agency_a_line_and_its_place_behind_it(tmp_path, encoding):
    lines = (
        "1. ทต.ควนเสาธง อ.ตะโหมด จ.พัทลุง", "", "๒) องค์การบริหารส่วนตำบล คลองใหญ่ อำเภอตะโหมด",
        "อบจ.พัทลุง", "เมืองพัทยา", "รวม 4 แห่ง",
    )  # fmt: skip
    assert _read(_text(tmp_path / "ก.txt", *lines, encoding=encoding)) == [
        ("เทศบาลตำบล", "ควนเสาธง", "อ.ตะโหมด", "จ.พัทลุง"),
        ("องค์การบริหารส่วนตำบล", "คลองใหญ่", "อำเภอตะโหมด", ""),
        ("องค์การบริหารส่วนจังหวัด", "พัทลุง", "", ""),
        ("เมืองพัทยา", "", "", ""),
    ]


def test_a_table_is_read_by_its_headings_on_every_sheet(tmp_path):
    first = (*_HEADED, (1, "ตะโหมด", "ทต.ควนเสาธง"), (2, "ตะโหมด", "คลองใหญ่"), (None, None, "รวม"))
    second = (("หน่วยงาน", "จังหวัด"), ("อบต.ชุมพล", "พัทลุง"))
    expected = [
        ("เทศบาลตำบล", "ควนเสาธง", "ตะโหมด", ""), ("", "คลองใหญ่", "ตะโหมด", ""),
        ("องค์การบริหารส่วนตำบล", "ชุมพล", "", "พัทลุง"),
    ]  # fmt: skip
    assert _read(_xlsx(tmp_path / "ก.xlsx", first, second)) == expected
    lines = ("ประเภท;ชื่อหน่วยงาน", "เทศบาลตำบล;ควนเสาธง")
    assert _read(_text(tmp_path / "ก.csv", *lines)) == [("เทศบาลตำบล", "ควนเสาธง", "", "")]


def test_the_table_to_fill_is_a_list_too(tmp_path):
    from itareport.actions import convert

    table = convert.new_wide(2568, "พัทลุง", tmp_path / "ก.xlsx", ()).outputs[0]
    book = openpyxl.load_workbook(table)
    sheet = book["ตารางหน่วยงาน"]
    at = next(cell for row in sheet for cell in row if cell.value == "ชื่อหน่วยงาน")
    sheet.cell(at.row + 1, at.column).value = "ทต.ควนเสาธง"
    book.save(table)
    assert [one[:2] for one in _read(table)] == [("เทศบาลตำบล", "ควนเสาธง")]


@pytest.mark.parametrize(
    ("name", "lines", "code"),
    [
        ("ไม่มี.txt", None, "D100"),
        ("ก.docx", ("ทต.ควนเสาธง",), "D501"),
        ("ก.xlsx", ("ทต.ควนเสาธง",), "D424"),
        ("ก.txt", (), "D502"),
        ("ก.csv", ("ชื่อหน่วยงาน,อำเภอ",), "D502"),
        ("ก.txt", ("รายชื่อของจังหวัด", "ทต.ควนเสาธง"), "D503"),
        ("ก.csv", ('"ทต.ควนเสาธง',), "D452"),
    ],
)
def test_a_bad_list_is_told_before_anything_is_made(tmp_path, name, lines, code):
    agencies.folder(tmp_path / "in", 1)
    file = tmp_path / name
    if lines is not None:
        _text(file, *lines)
    with pytest.raises(ItaReportError) as refused:
        agencies.make(tmp_path / "in", tmp_path / "out", expecting=file)
    assert [one.code for one in refused.value.problems] == [code]
    assert not (tmp_path / "out").exists()


def test_a_workbook_to_fill_is_no_list(tmp_path):
    from itareport.actions import convert

    form = convert.new(2568, "ทต.ควนเสาธง", "", tmp_path / "ก.xlsx", ()).outputs[0]
    with pytest.raises(ItaReportError, match="ไม่พบชื่อหน่วยงาน"):
        _read(form)


def _statuses(out):
    sheet = openpyxl.load_workbook(out / "summary.xlsx")["รายงาน"]
    return {row[1]: (row[0], row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)}


def test_who_has_sent_nothing_is_in_the_lists_and_who_is_not_listed_is_told(tmp_path):
    (first, district), (second, _) = agencies.names(2)
    agencies.folder(tmp_path / "in", 2)
    place, out = tmp_path / "in" / "รายชื่อ.csv", tmp_path / "out"
    _text(place, "หน่วยงาน,อำเภอ", f"ทต.{first},{district}", "อบต.ใดใด,เมือง", "อบต.ใดใด,เมือง")
    result = agencies.make(tmp_path / "in", out, expecting=place)
    assert result.counts.failed == 0, "the list is no data"
    assert result.unsent == ["องค์การบริหารส่วนตำบลใดใด"]
    assert result.unlisted == [f"เทศบาลตำบล{second}"]
    assert _statuses(out)["องค์การบริหารส่วนตำบลใดใด"] == ("ยังไม่ส่ง", "เมืองพัทลุง")
    paper = openpyxl.load_workbook(out / "summary.xlsx").worksheets[0]
    assert any("ยังไม่ส่ง ๑" in str(row[0]) for row in paper.iter_rows(values_only=True))
    said = "\n".join(batch_result.lines(result, out))
    assert f"ยังไม่ส่งข้อมูล 1 แห่ง: {result.unsent[0]}" in said
    assert f"ไม่อยู่ในรายชื่อหลัง --expect 1 แห่ง: {result.unlisted[0]}" in said
    assert str(place) in said
    _text(place, "หน่วยงาน", f"ทต.{first}", f"เทศบาลตำบล{second}", "อบต.อื่น")
    again = agencies.make(tmp_path / "in", out, expecting=place)
    assert (again.unsent, again.unlisted) == (["องค์การบริหารส่วนตำบลอื่น"], [])
    assert "องค์การบริหารส่วนตำบลอื่น" in _statuses(out), "the summary follows the list"
    assert "องค์การบริหารส่วนตำบลใดใด" not in _statuses(out)


def test_agencies_of_one_name_are_told_apart_by_what_the_list_gives(tmp_path):
    ((name, district),) = agencies.names(1)
    agencies.write(tmp_path / "in" / "ก.json", agencies.data(name, district))
    for given, unsent in (
        (f"อบต.{name}", 1), (name, 0), (f"ทต.{name}", 0), (f"ทต.{name} อ.อื่น", 1),
        (f"ทต.{name} อ.{district} จ.พัทลุง", 0), (f"ทต.{name} จ.ตรัง", 1),
    ):  # fmt: skip
        file = _text(tmp_path / "ก.csv", "ชื่อหน่วยงาน", given)
        result = agencies.make(tmp_path / "in", tmp_path / "out", expecting=file)
        assert len(result.unsent) == len(result.unlisted) == unsent, given


@pytest.mark.parametrize(
    ("district", "unsent"), [("เมืองพัทลุง", []), ("ตะโหมด", ["เทศบาลตำบลโคกชะงาย"])]
)
def test_a_town_district_is_known_without_its_province(tmp_path, district, unsent):
    agencies.write(tmp_path / "in" / "ก.json", agencies.data("โคกชะงาย", district))
    file = _text(tmp_path / "ก.csv", "ชื่อหน่วยงาน,อำเภอ", "ทต.โคกชะงาย,เมือง")
    assert agencies.make(tmp_path / "in", tmp_path / "out", expecting=file).unsent == unsent


def test_a_run_that_stops_early_calls_nobody_missing_whose_file_it_has_not_read(tmp_path):
    named = agencies.names(3)
    agencies.folder(tmp_path / "in", 3)
    file = _text(tmp_path / "ก.txt", *(f"ทต.{name} อ.{area}" for name, area in named))
    calls = iter(range(9))

    def stop(*_given: object) -> None:
        if next(calls):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        agencies.make(tmp_path / "in", tmp_path / "out", agencies.Here(stop), expecting=file)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")["รายงาน"]
    said = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert "ยังไม่ส่ง" not in said
    assert said.count("ยังไม่ได้จัดทำ") >= 2
    assert agencies.make(tmp_path / "in", tmp_path / "out", expecting=file).unsent == []
