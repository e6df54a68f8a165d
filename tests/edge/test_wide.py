"""A table with an agency a row, as offices have it: read as the data of each, with every place."""

from __future__ import annotations

import csv
import functools
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itareport.ita import catalogue
from itareport.problems import ItaReportError
from itareport.reading import workbook
from itareport.reading.workbook import wide
from itareport.reading.workbook.layout import HEADER_ROW
from itareport.terminal import cli
from reports import KINDS, clean_data, wide_row
from workbooks import book_of

YEAR = catalogue.load(2568)
CLEAN: Any = clean_data(YEAR)
ROW = wide_row(YEAR, CLEAN)


def text(*rows, head=None, between=","):
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=between)
    writer.writerow(head or ROW)
    writer.writerows(row.values() for row in rows)
    return buffer.getvalue()


def read(data, name="ก.csv"):
    return wide.read(data, name, KINDS)


def only(data: bytes, name: str = "ก.csv") -> Any:
    table = read(data, name)
    (agency,) = table.agencies
    return table.document(agency)


def scores(document):
    return {row["code"]: row for row in document.data["scores"]}


@pytest.mark.parametrize(
    ("encoding", "between"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ","),
        ("utf-8-sig", ";"),
        ("cp874", ","),
        ("utf-16", "\t"),
        ("utf-8", "\t"),
    ],
)
def test_text_is_read_as_thai_programs_save_it(encoding, between):
    document = only(text(ROW, between=between).encode(encoding))
    assert document.data["fiscal_year"] == "2568"
    assert document.data["agency"] == {
        "kind": "เทศบาลตำบล",
        "name": "ควนเสาธง",
        "district": "ตะโหมด",
        "province": "พัทลุง",
    }
    assert list(scores(document)) == list(YEAR.codes)
    assert document.data["result"]["total"] == ROW["คะแนนภาพรวม"]
    assert not document.problems


def test_a_value_has_its_cell_as_place():
    document = only(text(ROW).encode())
    at = list(ROW).index("i3")
    number = list(YEAR.codes).index("i3")
    place = document.places["scores", number, "score"]
    assert (place.line, place.column) == (2, at + 1)
    assert str(place) == "ช่อง T2"


@pytest.mark.parametrize(
    ("head", "code", "field"),
    [
        ("ข้อ i1", "i1", "score"),
        ("I1", "i1", "score"),
        ("ข้อ ๐๑", "o1", "score"),
        ("i1 การปฏิบัติงานตามขั้นตอน", "i1", "score"),
        ("e7 ส่วนที่ 2", "e7", "part2"),
        ("e7/1", "e7", "part1"),
        ("E7 (ส่วนที่ ๑)", "e7", "part1"),
        ("o1 เหตุผล", "o1", "reason"),
        ("o1 (เหตุผลที่ ITAS แจ้ง)", "o1", "reason"),
        ("e7 สาเหตุ", "e7", "cause"),
        ("ข้อ o๑ (สาเหตุที่หน่วยงานทราบ)", "o1", "cause"),
        ("o99", "o99", "score"),
    ],
)
def test_headers_of_codes_are_read_however_typed(head, code, field):
    kept = {
        name: value for name, value in ROW.items() if name != code or field in ("reason", "cause")
    }
    document = only(text({**kept, head: "99.50"}, head=[*kept, head]).encode())
    assert scores(document)[code][field] == "99.50"


@pytest.mark.parametrize(
    ("kind", "name", "read_as"),
    [
        ("", "เทศบาลตำบลควนเสาธง", ("เทศบาลตำบล", "ควนเสาธง")),
        ("", "อบต.ตะโหมด", ("องค์การบริหารส่วนตำบล", "ตะโหมด")),
        ("ทต.", "ควนเสาธง", ("เทศบาลตำบล", "ควนเสาธง")),
        ("เทศบาลตำบล", "เทศบาลตำบลควนเสาธง", ("เทศบาลตำบล", "ควนเสาธง")),
        ("มหาวิทยาลัย", "ก", ("มหาวิทยาลัย", "ก")),
    ],
)
def test_kind_and_name_may_be_one_cell_or_short(kind, name, read_as):
    agency = only(text({**ROW, "ประเภทหน่วยงาน": kind, "ชื่อหน่วยงาน": name}).encode()).data["agency"]
    assert (agency["kind"], agency["name"]) == read_as


def test_a_reason_without_a_score_and_an_empty_score():
    document = only(text({**ROW, "i2": "ไม่ถูกประเมิน", "e1": ""}).encode())
    assert scores(document)["i2"] == {"code": "i2", "missing": "ไม่ถูกประเมิน"}
    assert "e1" not in scores(document)
    assert document.places[("scores",)].column == list(ROW).index("e1") + 1


def test_those_who_sign_are_proposed_and_taken_from_their_columns():
    proposed = only(text(ROW).encode()).data["signatures"]
    assert proposed[2] == {"role": "ผู้อนุมัติ", "position": ["นายกเทศมนตรีตำบลควนเสาธง"]}
    row = {**ROW, "ผู้อนุมัติ ชื่อ": "นายก ข"}
    assert only(text(row, head=row).encode()).data["signatures"][2]["name"] == "นายก ข"


def test_rows_that_nobody_filled_are_no_agencies():
    blank = dict.fromkeys(ROW, "") | {"ปีงบประมาณ": "2568", "จังหวัด": "พัทลุง"}
    table = read(text(ROW, blank, ROW | {"ชื่อหน่วยงาน": "ข"}).encode())
    assert [agency.row for agency in table.agencies] == [2, 4]
    assert table.agencies[1].shown == "แถว 4 เทศบาลตำบลข"


def test_rows_under_the_table_are_no_agencies_and_told():
    mean = ROW | {"ประเภทหน่วยงาน": "", "ชื่อหน่วยงาน": "ค่าเฉลี่ย"}
    note = dict.fromkeys(ROW, "") | {"ประเภทหน่วยงาน": "หมายเหตุ: จาก ITAS"}
    total = ROW | {"ปีงบประมาณ": "รวม", "ประเภทหน่วยงาน": "", "ชื่อหน่วยงาน": ""}
    table = read(text(ROW, mean, note, total).encode())
    assert [agency.row for agency in table.agencies] == [2]
    assert table.unread == ["แถว 3 “ค่าเฉลี่ย”", "แถว 4 “หมายเหตุ: จาก ITAS”", "แถว 5 “รวม”"]


def test_a_name_without_a_kind_is_not_guessed_at():
    agency = only(text(ROW | {"ประเภทหน่วยงาน": ""}).encode()).data["agency"]
    assert agency.get("kind") is None
    assert agency["name"] == "ควนเสาธง"


@pytest.mark.parametrize("typed", ["2568", "พ.ศ. 2568", "ปี ๒๕๖๘", "ปีงบประมาณ พ.ศ.2568"])
def test_a_year_may_have_its_words(typed):
    read_as = only(text(ROW | {"ปีงบประมาณ": typed}).encode()).data["fiscal_year"]
    assert read_as in ("2568", "๒๕๖๘")


def test_columns_that_no_report_can_be_without_are_told_once():
    lacking = {"คะแนนภาพรวม", "ตัวชี้วัดที่ 3", "o7", "e2", "จังหวัด"}
    kept = [name for name in ROW if name not in lacking] + ["e2 ส่วนที่ 1", "e2 ส่วนที่ 2"]
    with pytest.raises(ItaReportError) as told:
        read(text(ROW, head=kept).encode())
    (found,) = told.value.problems
    assert "จังหวัด, คะแนนภาพรวม, ตัวชี้วัดที่ 3, o7 ในตาราง" in found.message


def test_columns_that_are_not_read_are_told():
    row = {**ROW, "โทรศัพท์": "074"}
    assert read(text(row, head=row).encode()).unread == [f"{cell(len(row))}1 “โทรศัพท์”"]


def cell(column):
    return openpyxl.utils.get_column_letter(column)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "D450"),
        ("ก,ข\n1,2\n".encode(), "D450"),
        (text(ROW).replace("ปีงบประมาณ", "x", 1).encode(), "D450"),
        (text(ROW).replace("i2", "i1", 1).encode(), "D436"),
        (text(ROW).encode() + b"\x00", "D451"),
        (text(ROW).encode("cp874") + b"\xdb\xfc", "D451"),
        (text(ROW).encode() + b'"abc', "D452"),
    ],
)
def test_what_is_no_such_table_is_refused(data, code):
    with pytest.raises(ItaReportError) as told:
        read(data)
    assert [problem.code for problem in told.value.problems] == [code]


# -- workbooks -----------------------------------------------------------------------------


@functools.cache
def new_table():
    return workbook.new_wide(YEAR, KINDS, "พัทลุง")


def filled(change=lambda _book: None):
    book = book_of(new_table())
    sheet = book["ตารางหน่วยงาน"]
    at = {head.value: head.column for head in sheet[HEADER_ROW]}
    named = {"อำเภอ": "อำเภอหรือเขต", "ระดับ": "ระดับผลการประเมิน"}
    for number, name in enumerate(("ควนเสาธง", "ตะโหมด"), HEADER_ROW + 1):
        for head, value in (ROW | {"ชื่อหน่วยงาน": name}).items():
            is_number = value.replace(".", "").isdecimal()
            cell = sheet.cell(number, at[named.get(head, head)])
            cell.value = float(value) if is_number else value
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_new_table_is_filled_and_read():
    data = filled()
    table = wide.read(data, "ก.xlsx", KINDS)
    assert [a.identity[1] for a in table.agencies] == ["ควนเสาธง", "ตะโหมด"]
    assert not table.unread
    assert not table.strays
    first: Any = table.document(table.agencies[0]).data
    assert first["result"]["total"] == ROW["คะแนนภาพรวม"].removesuffix("0").removesuffix(".0")
    assert {row["code"] for row in first["scores"]} == set(YEAR.codes)


def test_a_new_table_has_nothing_to_report():
    table = wide.read(new_table(), "ก.xlsx", KINDS)
    assert table.agencies == []


def beside(book):
    remarks, plan = book["ข้อวิเคราะห์"], book["แผนการดำเนินการ"]
    for column, value in zip("ABCD", ("ทต.ควนเสาธง", "", "i1", "ก\nข"), strict=True):
        remarks[f"{column}5"] = value
    for column, value in zip("ACD", ("เทศบาลตำบลตะโหมด", "2", "โครงการ"), strict=True):
        plan[f"{column}5"] = value
    for column, value in zip("ACD", ("เทศบาลตำบลอื่น", "i1", "ค"), strict=True):
        remarks[f"{column}6"] = value


def test_remarks_and_plans_stand_on_sheets_of_their_own():
    table = wide.read(filled(beside), "ก.xlsx", KINDS)
    documents: Any = [table.document(agency) for agency in table.agencies]
    first, second = documents
    assert first.data["remarks"] == [{"code": "i1", "text": "ก\nข"}]
    assert first.places["remarks", 0, "text"].cell == "D5"
    assert second.data["plan"] == [{"issue": "2", "measures": ["โครงการ"]}]
    (stray,) = table.strays
    assert stray.code == "D453"
    assert str(stray).startswith('แผ่นงาน "ข้อวิเคราะห์" ช่อง A6: “เทศบาลตำบลอื่น” ไม่ใช่หน่วยงาน')


@pytest.mark.parametrize("older", [False, True])
def test_a_plan_may_have_a_budget_and_needs_no_such_column(older):
    def change(book):
        beside(book)
        plan = book["แผนการดำเนินการ"]
        (at,) = (head.column for head in plan[HEADER_ROW] if head.value == "งบประมาณ (ถ้ามี)")
        plan.cell(HEADER_ROW + 1, at).value = "50,000 บาท"
        if older:
            plan.delete_cols(at)

    table = wide.read(filled(change), "ก.xlsx", KINDS)
    second: Any = table.document(table.agencies[1])
    said = {} if older else {"budget": ["50,000 บาท"]}
    assert second.data["plan"] == [{"issue": "2", "measures": ["โครงการ"], **said}]
    assert [problem.code for problem in table.strays] == ["D453"]


def bare_names(book):
    book["ตารางหน่วยงาน"]["C6"] = "ควนเสาธง"  # as in row 5, in another district
    book["ตารางหน่วยงาน"]["D6"] = "ควนขนุน"
    remarks = book["ข้อวิเคราะห์"]
    for row, (name, district) in enumerate(
        [("ควนเสาธง", "อ.ควนขนุน"), ("ควนเสาธง", ""), ("", "")], 5
    ):
        for column, value in zip("ABCD", (name, district, "i1", "ก"), strict=True):
            remarks[f"{column}{row}"] = value


def test_a_bare_name_is_enough_where_it_is_one_agency():
    table = wide.read(filled(bare_names), "ก.xlsx", KINDS)
    documents: Any = [table.document(agency) for agency in table.agencies]
    assert "remarks" not in documents[0].data
    assert len(documents[1].data["remarks"]) == 1
    assert [stray.message for stray in table.strays] == [
        "“ควนเสาธง” ตรงกับแถว 5 และ 6 ของตาราง",
        "“” ไม่ได้กรอกชื่อหน่วยงาน",
    ]


def formulas_of_names(book):
    sheet = book["ตารางหน่วยงาน"]
    sheet["C5"] = "=A1"  # openpyxl stores no value
    sheet["C6"] = "#REF!"
    sheet["C6"].data_type = "e"


def test_a_name_that_is_a_formula_without_a_value_or_an_error_is_told():
    table = wide.read(filled(formulas_of_names), "ก.xlsx", KINDS)
    told = [
        [(problem.code, problem.place.cell) for problem in table.document(agency).problems]
        for agency in table.agencies
    ]
    assert told == [[("D432", "C5")], [("D433", "C6")]]
    assert [agency.identity[1] for agency in table.agencies] == ["", ""]


def merged_down(book):
    sheet = book["ตารางหน่วยงาน"]
    for column in "AE":
        sheet[f"{column}6"] = None
        sheet.merge_cells(f"{column}5:{column}6")


def test_year_and_province_may_be_merged_down():
    table = wide.read(filled(merged_down), "ก.xlsx", KINDS)
    second: Any = table.document(table.agencies[1]).data
    assert second["fiscal_year"] == "2568"
    assert second["agency"]["province"] == "พัทลุง"


def test_the_workbook_of_one_agency_is_no_table():
    assert wide.read(workbook.new(YEAR, KINDS, "ทต.ก"), "ก.xlsx", KINDS) is None
    assert wide.read(b"PK", "ก.xlsx", KINDS) is None


def own_workbook(head, *before):
    book = openpyxl.Workbook()
    for title in before:
        book.create_sheet(title, 0)["A1"] = "หน้าปก"
    sheet = book["Sheet"]
    sheet.append([*head])
    sheet.append([*ROW.values()][: len(head)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_office_s_own_table_may_stand_behind_a_cover_sheet():
    data = own_workbook(ROW, "ปก")
    (agency,) = wide.read(data, "ก.xlsx", KINDS).agencies
    assert agency.identity[1] == "ควนเสาธง"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda head: ["ลำดับ" if h == "ปีงบประมาณ" else h for h in head], "D450"),
        (lambda head: ["i1" if h == "i2" else h for h in head], "D436"),
    ],
)
def test_what_is_wrong_with_the_office_s_own_table_is_told_of_a_table(change, code):
    data = own_workbook(change(list(ROW)))
    with pytest.raises(ItaReportError) as caught:
        wide.read(data, "ก.xlsx", KINDS)
    assert [one.code for one in caught.value.problems] == [code]


def test_the_command_makes_one_and_never_writes_over_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "--wide", "--year", "2568", "--province", "พัทลุง"]) == 0
    (made,) = tmp_path.iterdir()
    assert made.name == "ตาราง-ITA-2568-พัทลุง.xlsx"
    assert cli.main(["new", "--wide", "--year", "2568", "--province", "พัทลุง"]) == 8
    assert cli.main(["new", "--wide", "--year", "2568", "--province", "พัทลง"]) == 3
    assert "D404" in capsys.readouterr().err


@settings(max_examples=150)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_text_ends_in_a_table_or_one_problem(data):
    try:
        table = read((text(ROW) if len(data) % 2 else "").encode() + data)
    except ItaReportError:
        return
    for agency in table.agencies:
        assert table.document(agency).data
