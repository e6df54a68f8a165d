"""Drafts in a copy of a workbook: where they go, and that all else is as the clerk left it."""

from __future__ import annotations

import functools
import io
import re
import zipfile

import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from itareport.ita import catalogue
from itareport.problems import ItaReportError
from itareport.reading import load, workbook
from itareport.terminal import cli
from reports import KINDS, Given, clean_data
from workbooks import AGENCY, PASTE, PLAN, SCORES, book_of, changed, checked, patched, sheet_part

LOW: dict[str, Given] = {"i1": "90.00", "e1": ("80.00", "99.00"), "o1": "0.00"}


@functools.cache
def scored(year: int = 2568) -> bytes:
    """Return a workbook with scores, and neither remarks nor plan."""
    of_year = catalogue.load(year)
    return workbook.write(clean_data(of_year, LOW, remarks=[], plan=[]), of_year, KINDS)


@pytest.fixture
def draft(tmp_path):
    """Return a function that drafts a workbook as the command does and returns the copy."""

    def call(data: bytes, status: int = 0) -> bytes | None:
        file, made = tmp_path / "ก.xlsx", tmp_path / "ก (ร่าง).xlsx"
        file.write_bytes(data)
        assert cli.main(["draft", str(file)]) == status
        assert file.read_bytes() == data
        return made.read_bytes() if made.exists() else None

    return call


def opened(data):
    return book_of(data)


def row_of(sheet, code, column=3):
    return next(row for row in range(5, 80) if str(sheet.cell(row, column).value) == code)


def report_of(data):
    return load.load_bytes(data, "ก.xlsx").report


@pytest.mark.parametrize("year", catalogue.known_years())
def test_scores_only_then_only_drafts_are_told_of(draft, tmp_path, year):
    made = draft(scored(year))
    told = {p.code: p for p in checked(tmp_path, scored(year))}
    assert told.keys() == {"D220", "D223"}
    plan = [told["D223"].place, *told["D223"].also_places]
    assert [place.cell for place in plan] == ["C5", "C6", "C7", "C8", "C9", "C10", "C11"]
    assert {p.code for p in checked(tmp_path, made)} == {"D280"}
    report = report_of(made)
    assert {row.code for row in report.remarks} == set(LOW)
    assert [row.issue for row in report.plan] == [1, 2, 3, 4, 5, 6, 7]
    assert all(row.draft for row in (*report.remarks, *report.plan))


def test_the_command_says_what_was_done(draft, capsys):
    draft(scored())
    said = capsys.readouterr().out
    assert "ข้อวิเคราะห์ 3 ข้อ แผน 7 ประเด็น 7 มาตรการ" in said
    assert "ก (ร่าง).xlsx" in said
    assert "ลบคำว่า “ร่าง” ในช่องข้อความร่าง" in said


def test_a_second_draft_writes_nothing(draft, tmp_path, capsys):
    draft(scored())
    assert cli.main(["draft", str(tmp_path / "ก (ร่าง).xlsx")]) == 0
    assert "จึงไม่ได้เขียนไฟล์ใหม่" in capsys.readouterr().out
    assert len(list(tmp_path.iterdir())) == 2


def test_the_same_drafts_as_in_yaml(draft, tmp_path):
    """A workbook and its YAML file get the same texts."""
    made = report_of(draft(scored()))
    assert cli.main(["convert", str(tmp_path / "ก.xlsx"), str(tmp_path / "ก.yaml")]) == 0
    assert cli.main(["draft", str(tmp_path / "ก.yaml")]) == 0
    assert load.load(tmp_path / "ก (ร่าง).yaml").report == made


def test_an_agency_without_a_name_gets_no_drafts(draft, capsys):
    def nameless(book):
        book[AGENCY]["B8"] = None

    assert draft(changed(nameless, scored()), status=3) is None
    said = capsys.readouterr().out
    assert "[D228]" in said
    assert "[D220]" not in said


def test_what_is_wrong_in_the_plan_keeps_no_draft_away(draft):
    def half(book):
        book[PLAN]["C7"] = "โครงการของเรา"  # and neither steps nor period: D225

    assert draft(changed(half, scored())) is not None


# -- all else stays --------------------------------------------------------------------------


def lived_in(book):
    """Leave in a workbook what clerks leave in theirs."""
    scores, plan = book[SCORES], book[PLAN]
    scores["P5"], scores["P6"] = "=SUM(E5:E28)", "ถามกองคลัง"
    scores["E5"].comment = Comment("ดูหนังสือเวียน", "สมชาย")
    scores["E6"].fill = PatternFill("solid", fgColor="FF00FF00")
    scores["E7"].font = Font(name="Tahoma", bold=True)
    scores["E8"].number_format = "0.000"
    scores.column_dimensions["B"].hidden = True
    scores.conditional_formatting.add("P5:P9", CellIsRule("lessThan", ["5"]))
    offered = DataValidation(type="list", formula1='"ก,ข"')
    offered.add("O5:O9")
    scores.add_data_validation(offered)
    plan.merge_cells("K5:L6")
    plan["K5"] = "=A5*2"
    plan.row_dimensions[5].height = 300
    own = book.create_sheet("บันทึกของฉัน", 2)
    own["B2"], own["C3"] = "วันนี้", "=TODAY()"


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shape(data):
    """Return a sheet's cells by name and all else in it, each as canonical XML."""
    root = etree.fromstring(data)
    (rows,) = [child for child in root if etree.QName(child).localname == "sheetData"]
    cells = {c.get("r"): etree.tostring(c, method="c14n") for row in rows for c in row}
    ignored = ("r", "ht", "spans")  # a row may grow
    looks = [{k: v for k, v in row.attrib.items() if k not in ignored} for row in rows]
    others = [etree.tostring(c, method="c14n") for c in root if c is not rows]
    return cells, looks, others


def test_nothing_of_the_clerk_is_changed(draft):
    data = changed(lived_in, scored())
    before, after = parts_of(data), parts_of(draft(data))
    names = opened(data).sheetnames
    filled = {f"xl/worksheets/sheet{names.index(name) + 1}.xml" for name in (SCORES, PLAN, AGENCY)}
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == filled
    for name in filled:
        cells, looks, others = shape(before[name])
        new_cells, new_looks, new_others = shape(after[name])
        assert (new_looks, new_others) == (looks, others)
        assert new_cells.keys() == cells.keys()
        for cell in (c for c in cells if new_cells[c] != cells[c]):
            old, new = etree.fromstring(cells[cell]), etree.fromstring(new_cells[cell])
            assert len(old) == 0  # nothing was in it
            assert old.get("s") == new.get("s")
            assert new.get("t") == "inlineStr"


def follow_up(book):
    rows = book[AGENCY].iter_rows()
    return next(row[1] for row in rows if row[0].value == "การกำกับติดตามของทั้งแผน")


def test_the_follow_up_of_the_plan_goes_into_its_own_cell(draft):
    made = follow_up(opened(draft(scored())))
    assert made.value.startswith("ให้ผู้รับผิดชอบรายงานผลการดำเนินการต่อนายกเทศมนตรี")


def test_a_follow_up_of_the_clerk_stays(draft):
    def write(book):
        follow_up(book).value = "รายงานทุกไตรมาส"

    assert follow_up(opened(draft(changed(write, scored())))).value == "รายงานทุกไตรมาส"


def test_a_row_grows_and_never_shrinks(draft):
    data = changed(lived_in, scored())
    before, after = opened(data)[PLAN].row_dimensions, opened(draft(data))[PLAN].row_dimensions
    assert after[5].height == 300
    assert after[6].height > before[6].height


def test_what_the_clerk_wrote_stays_and_is_no_draft(draft):
    own = "ผู้มีส่วนได้ส่วนเสียภายในบางส่วนมีความเห็นว่าช้า ดังนั้น หน่วยงานควรปรับปรุง"

    def write(book):
        book[SCORES].cell(row_of(book[SCORES], "i1"), 10).value = own
        book[PLAN]["C7"] = "โครงการของเรา"

    made = opened(draft(changed(write, scored())))
    assert made[SCORES].cell(row_of(made[SCORES], "i1"), 10).value == own
    assert made[SCORES].cell(row_of(made[SCORES], "i1"), 11).value is None
    assert [made[PLAN].cell(7, column).value for column in (1, 3, 5, 9)] == [
        3, "โครงการของเรา", None, None,
    ]  # fmt: skip
    assert made[PLAN]["J6"].value == "ร่าง"


@pytest.mark.parametrize("blank", ["(เว้นว่าง)", "( เว้นว่าง )", "เว้นว่าง", "(เว้นว่าง)\n"])
def test_what_is_empty_on_purpose_stays_empty(draft, blank):
    def write(book):
        book[SCORES].cell(row_of(book[SCORES], "i1"), 10).value = blank
        book[PLAN]["C6"] = blank

    made = draft(changed(write, scored()))
    report = report_of(made)
    assert [(row.text, row.draft) for row in report.remarks if row.code == "i1"] == [("", False)]
    assert [row.measures for row in report.plan if row.issue == 2] == [("",)]
    assert opened(made)[SCORES].cell(row_of(opened(made)[SCORES], "i1"), 10).value == blank
    assert opened(made)[PLAN]["C6"].value == blank


@pytest.mark.parametrize("nothing", ["-", " – ", "…", "\n", "\u200b-\u00a0", "\u200b"])
def test_a_remark_that_says_nothing_is_filled_in_place(draft, nothing):
    def write(book):
        book[SCORES].cell(row_of(book[SCORES], "i1"), 10).value = nothing

    made = draft(changed(write, scored()))
    assert [row.code for row in report_of(made).remarks].count("i1") == 1
    sheet = opened(made)[SCORES]
    assert sheet.cell(row_of(sheet, "i1"), 10).value.startswith("บุคลากรบางส่วนเห็นว่า")
    assert sheet.max_row == opened(scored())[SCORES].max_row


# -- drafts made anew --------------------------------------------------------------------------


def test_drafts_in_a_workbook_follow_the_scores(draft, tmp_path):
    def score(code, first, second=None):
        def write(book):
            row = row_of(book[SCORES], code)
            book[SCORES].cell(row, 5 if second is None else 6).value = first
            if second is not None:
                book[SCORES].cell(row, 7).value = second

        return write

    low = changed(score("i12", 70), changed(score("i10", 90), scored()))
    made = draft(low)
    assert [row.issue for row in report_of(made).plan] == [1, 2, 3, 4, 5, 6, 7, 4]
    file, again = tmp_path / "ข.xlsx", tmp_path / "ค.xlsx"

    def edit(book):
        score("i12", 100)(book)
        sheet = book[SCORES]
        sheet.cell(row_of(sheet, "o1"), 11).value = None  # confirmed
        sheet.cell(row_of(sheet, "o1"), 10).value = "ของเรายังไม่ครบ หน่วยงานควรเผยแพร่ใหม่"
        book[PLAN]["H5"] = "รายงานผลทุกรอบ"

    file.write_bytes(changed(edit, made))
    assert cli.main(["draft", str(file), "--refresh", "-o", str(again)]) == 0
    report = report_of(again.read_bytes())
    assert [row.code for row in report.remarks] == ["i1", "i10", "e1", "o1"]
    assert report.remarks[-1].text == "ของเรายังไม่ครบ หน่วยงานควรเผยแพร่ใหม่"
    assert [row.issue for row in report.plan] == [1, 2, 3, 4, 5, 6, 7]
    assert report.plan[0].follow_up == ("รายงานผลทุกรอบ",)
    assert {p.code for p in checked(tmp_path, again.read_bytes())} <= {"D240", "D241", "D280"}
    yaml = tmp_path / "ง.yaml"
    assert cli.main(["convert", str(file), str(yaml)]) == 0
    assert cli.main(["draft", str(yaml), "--refresh"]) == 0
    assert load.load(tmp_path / "ง (ร่าง).yaml").report == report


# -- new rows --------------------------------------------------------------------------------


def test_a_code_that_is_only_pasted_gets_a_row_of_its_own(draft, tmp_path):
    def only_pasted(book):
        sheet = book[SCORES]
        row = row_of(sheet, "o1")
        sheet.delete_rows(row)
        book[PASTE]["A5"], book[PASTE]["B5"] = "o1", 0

    data = changed(only_pasted, scored())
    last = opened(data)[SCORES].max_row
    made = draft(data)
    assert {p.code for p in checked(tmp_path, made)} == {"D280"}
    sheet = opened(made)[SCORES]
    assert sheet.cell(last + 1, 3).value == "o1"
    assert sheet.cell(last + 1, 11).value == "ร่าง"
    for column in range(1, 12):
        assert sheet.cell(last + 1, column).style_id == sheet.cell(last, column).style_id
    (row,) = [row for row in report_of(made).scores if row.code == "o1"]
    assert row.score == 0


def test_a_new_row_does_not_touch_what_stands_under_the_table(draft):
    def only_pasted(book):
        sheet = book[SCORES]
        row = row_of(sheet, "o1")
        sheet.delete_rows(row)
        end = sheet.max_row
        sheet.cell(end + 1, 4).value = "หมายเหตุของฉัน"
        sheet.cell(end + 2, 15).value = "เฉลี่ย"
        sheet.merge_cells(start_row=end + 3, end_row=end + 4, start_column=1, end_column=4)
        book[PASTE]["A5"], book[PASTE]["B5"] = "o1", 0

    data = changed(only_pasted, scored())
    made = draft(data)
    before, after = opened(data)[SCORES], opened(made)[SCORES]
    for row in before.iter_rows():
        for cell in row:
            if cell.value is not None:
                assert after[cell.coordinate].value == cell.value
    assert row_of(after, "o1") > before.max_row


def test_deleted_plan_rows_come_back_with_their_issues(draft, tmp_path):
    def delete(book):
        book[PLAN]["C6"] = "โครงการของเรา"
        book[PLAN].delete_rows(7, 40)
        book[PLAN].delete_rows(5, 1)

    data = changed(delete, scored())
    made = draft(data)
    assert "D280" in {p.code for p in checked(tmp_path, made)}
    sheet = opened(made)[PLAN]
    assert [sheet.cell(row, 1).value for row in range(5, 12)] == [2, 1, 3, 4, 5, 6, 7]
    assert sheet["C5"].value == "โครงการของเรา"
    assert sheet["C11"].value
    assert sheet["C11"].style_id == sheet["C5"].style_id
    assert sorted(row.issue for row in report_of(made).plan) == [1, 2, 3, 4, 5, 6, 7]


def test_cleared_plan_rows_are_used_again(draft):
    def clear(book):
        for row in range(5, 12):
            book[PLAN].cell(row, 1).value = None

    made = opened(draft(changed(clear, scored())))[PLAN]
    assert [made.cell(row, 1).value for row in range(5, 13)] == [1, 2, 3, 4, 5, 6, 7, None]
    assert str(made["B5"].value).startswith("=IFERROR")


def test_an_issue_typed_in_words_is_found(draft):
    def word(book):
        book[PLAN]["A5"], book[PLAN]["A6"] = "ประเด็นที่ ๑", "๒"

    made = opened(draft(changed(word, scored())))[PLAN]
    assert made["A5"].value == "ประเด็นที่ ๑"
    assert (made["J5"].value, made["J6"].value, made["A12"].value) == ("ร่าง", "ร่าง", None)


def test_moved_columns_are_found(draft):
    def move(book):
        book[SCORES].insert_cols(1, 2)
        book[SCORES].insert_rows(1, 3)

    made = opened(draft(changed(move, scored())))[SCORES]
    row = row_of(made, "i1", 5)
    assert made.cell(row, 12).value.startswith("บุคลากรบางส่วนเห็นว่า")
    assert made.cell(row, 13).value == "ร่าง"


def test_a_workbook_without_the_optional_columns_is_drafted_and_read(draft):
    """As workbooks are that were made before the columns were there."""

    def older(book):
        book[PLAN].delete_cols(8, 2)

    assert [cell.value for cell in opened(changed(older, scored()))[PLAN][4]][-1] == "ข้อความร่าง"
    report = report_of(draft(changed(older, scored())))
    assert [row.issue for row in report.plan] == [1, 2, 3, 4, 5, 6, 7]
    assert all(row.draft and row.responsible for row in report.plan)


# -- refused ---------------------------------------------------------------------------------


def rename(sheet, cell, text):
    return lambda book: book[sheet].__setitem__(cell, text)


CHANGES = {
    "remarks renamed": (rename(SCORES, "J4", "ความเห็น"), "D431"),
    "marks of remarks renamed": (rename(SCORES, "K4", "สถานะ"), "D431"),
    "codes renamed": (rename(SCORES, "C4", "ลำดับ"), "D431"),
    "marks of the plan without a header": (rename(PLAN, "J4", None), "D431"),
    "steps renamed": (rename(PLAN, "E4", "วิธีทำ"), "D431"),
    "no plan": (lambda book: book.remove(book[PLAN]), "D430"),
    "no scores": (lambda book: book.remove(book[SCORES]), "D430"),
    "plan renamed": (lambda book: setattr(book[PLAN], "title", "โครงการ"), "D430"),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_what_has_no_place_is_told_and_nothing_is_written(draft, capsys, change, code):
    assert draft(changed(change, scored()), status=3) is None
    said = capsys.readouterr()
    assert f"[{code}]" in said.out + said.err


def test_a_formula_that_shows_nothing_is_not_written_over(draft, capsys):
    data = changed(rename(SCORES, "J5", '=IF(E5>99,"ดี","")'), scored())

    def store(parts):  # the empty text that a spreadsheet stores with it
        part = sheet_part(SCORES)
        cell = re.search(rb'<c r="J5"([^>]*)>(<f>.*?</f>)<v>?.*?</c>', parts[part])
        stored = b'<c r="J5"' + cell[1] + b' t="str">' + cell[2] + b"<v></v></c>"
        parts[part] = parts[part].replace(cell[0], stored)

    assert draft(patched(store, data), status=3) is None
    said = capsys.readouterr().err
    assert "[D440]" in said
    assert f'แผ่นงาน "{SCORES}" ช่อง J5' in said
    assert "เพราะมีสูตร" in said


@pytest.mark.parametrize("area", ["J5:K5", "J28:J29"])
def test_a_cell_hidden_under_others_is_not_written(draft, capsys, area):
    data = changed(lambda book: book[SCORES].merge_cells(area), scored())
    assert opened(data)[SCORES]["C29"].value == "o1"
    assert draft(data, status=3) is None
    assert "เพราะอยู่ใต้ช่องที่ผสานไว้" in capsys.readouterr().err


def test_a_sheet_without_a_free_row():
    def far(book):
        sheet = book[PLAN]
        for row in range(5, 12):
            sheet.cell(row, 1).value = None
        sheet.cell(1_048_576, 1).value = "จบ"

    drafts: workbook.Drafts = {
        "remarks": [],
        "plan": [{"issue": 1, "measures": ["ก"], "draft": True}],
    }
    data = changed(far, scored())
    with pytest.raises(ItaReportError, match=r"ไม่มีแถวว่าง") as refused:
        workbook.opened(data, "ก.xlsx").drafted(catalogue.load(2568), drafts, {}, bool)
    assert [p.code for p in refused.value.problems] == ["D425"]


def test_only_a_workbook_and_never_over_a_file(draft, tmp_path, capsys):
    draft(scored())
    file = str(tmp_path / "ก.xlsx")
    capsys.readouterr()
    assert cli.main(["draft", file, "-o", str(tmp_path / "ข.yaml")]) == 8
    assert "ต้องเป็นชนิด .xlsx | โปรดระบุชื่อไฟล์ที่ลงท้ายด้วย .xlsx [O609]" in capsys.readouterr().err
    assert cli.main(["draft", file]) == 8
    assert cli.main(["draft", file, "-o", file]) == 8
    assert capsys.readouterr().err.count("[O606]") == 2
    assert sorted(f.name for f in tmp_path.iterdir()) == ["ก (ร่าง).xlsx", "ก.xlsx"]
