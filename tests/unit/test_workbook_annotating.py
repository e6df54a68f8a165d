"""The annotated copy: colour and comment at each problem, and the clerk's own work kept."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from itareport.actions import prepare
from itareport.ita import catalogue
from itareport.problems import Severity
from itareport.reading import workbook
from itareport.reading.workbook import layout
from itareport.reading.workbook.marking import problem_cells
from itareport.xlsx.book import Book
from reports import KINDS
from workbooks import (
    AGENCY,
    CHECKLIST,
    PASTE,
    PLAN,
    RESULT,
    SCORES,
    changed,
    clean,
    patched,
    sheet_part,
)  # fmt: skip


def spoil(book):
    scores = book[SCORES]
    scores["E5"], scores["E6"], scores["C8"] = 101, "ร้อย", "i3"
    scores["E6"].comment = Comment("ถามกองคลัง", "สมชาย")
    scores["P70"] = "=SUM(E5:E56)"
    book[PASTE]["A5"], book[PASTE]["B5"] = "i9", 1


@pytest.fixture
def spoilt(tmp_path):
    file = tmp_path / "แบบกรอก.xlsx"
    file.write_bytes(changed(spoil))
    return file


def _annotated(file):
    checked = prepare.check_file(file, prepare.Options())
    opened = checked.workbook
    return checked.problems, opened.annotated(checked.problems, opened.ready_list())


def _opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_each_problem_has_its_comment_and_its_colour(spoilt):
    found, made = _annotated(spoilt)
    book = _opened(made)
    assert found
    for problem in found:
        for place in (problem.place, *problem.also_places):
            sheet = book[place.sheet]
            comment = sheet[place.cell].comment
            assert f"[{problem.code}]" in comment.text
            assert problem.remedy in comment.text
            ours = [r for r in sheet.conditional_formatting if place.cell in str(r.sqref).split()]
            assert any('"itareport"' in r.rules[0].formula[0] for r in ours)
            assert min(rule.priority for r in ours for rule in r.rules) <= 3


def test_the_first_sheet_lists_every_problem_with_a_link_to_its_cell(spoilt):
    found, made = _annotated(spoilt)
    book = _opened(made)
    listed = book.worksheets[0]
    rows = [row for row in listed.iter_rows(min_row=5) if row[0].value]
    told = [p for p in found if p.severity is not Severity.UNCHECKED]
    assert sorted(row[5].value for row in rows) == sorted(p.message for p in told)
    for row in rows:
        (problem,) = [p for p in told if p.message == row[5].value and p.place.cell == row[3].value]
        assert row[3].hyperlink.location == f"'{problem.place.sheet}'!{problem.place.cell}"
        assert [row[6].value, row[7].value] == [problem.remedy, problem.code]
    assert listed["A2"].value.startswith("ข้อผิดพลาด ")
    assert [s.sheet_view.tabSelected for s in book].count(True) == 1
    assert book[RESULT].print_title_rows == "$4:$4"


def test_the_first_sheet_of_a_copy_that_is_checked_again_is_made_anew(spoilt, tmp_path):
    _, made = _annotated(spoilt)
    again = tmp_path / "อีกครั้ง.xlsx"
    again.write_bytes(changed(lambda book: book[SCORES].__setitem__("E5", 100), made))
    found, second = _annotated(again)
    book = _opened(second)
    assert book.sheetnames.count(layout.FOUND) == 1
    texts = [row[5].value for row in book[layout.FOUND].iter_rows(min_row=5)]
    assert not any("101" in text for text in texts)
    assert len(texts) == sum(p.severity is not Severity.UNCHECKED for p in found)


def test_the_clerks_own_comment_stays(spoilt):
    _, made = _annotated(spoilt)
    text = _opened(made)[SCORES]["E6"].comment.text
    assert text.startswith("ถามกองคลัง\n\n— ผลตรวจ —\n[D121]")


def test_entries_formulas_and_formats_stay(spoilt):
    _, made = _annotated(spoilt)
    before, after = _opened(spoilt.read_bytes()), _opened(made)
    assert after.sheetnames == [layout.FOUND, *before.sheetnames]
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title][cell.coordinate]
                if sheet.title == CHECKLIST and cell.column > 2:
                    continue
                assert (other.value, other.number_format) == (cell.value, cell.number_format)
                assert repr(other.fill) == repr(cell.fill)
                assert other.protection.locked == cell.protection.locked
        assert len(after[sheet.title].data_validations.dataValidation) == len(
            sheet.data_validations.dataValidation
        )
        assert after[sheet.title].protection.sheet == sheet.protection.sheet


def test_stored_values_of_formulas_stay():
    part = sheet_part(RESULT)

    def store(parts):
        parts[part] = (
            parts[part].replace(b"<v></v>", b"<v>99.5</v>").replace(b"<v/>", b"<v>99.5</v>")
        )

    data = patched(store)
    assert b"<v>99.5</v>" in workbook_part(data, part)
    made = problem_cells.annotated(Book(data, "x.xlsx"), [], {RESULT: {"D30": "x"}})
    assert workbook_part(made, part).count(b"<v>99.5</v>") == 2


def workbook_part(data, part):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)


def test_the_copy_gives_the_same_problems_and_marked_again_the_same_bytes(spoilt, tmp_path):
    found, made = _annotated(spoilt)
    copy = tmp_path / "แบบกรอก (ผลตรวจ).xlsx"
    copy.write_bytes(made)
    again, twice = _annotated(copy)
    assert [str(p) for p in again] == [str(p) for p in found]
    assert twice == made


def test_what_was_mended_loses_its_mark(spoilt, tmp_path):
    _, made = _annotated(spoilt)
    mended = tmp_path / "แก้แล้ว.xlsx"
    mended.write_bytes(changed(lambda book: book[SCORES].__setitem__("E5", 100), made))
    _, after = _annotated(mended)
    sheet = _opened(after)[SCORES]
    assert sheet["E5"].comment is None
    assert not [
        r for r in sheet.conditional_formatting
        if "E5" in str(r.sqref).split() and '"itareport"' in r.rules[0].formula[0]
    ]  # fmt: skip


def test_the_checklist_is_filled(spoilt):
    _, made = _annotated(spoilt)
    rows = list(_opened(made)[CHECKLIST].iter_rows(min_row=5, max_row=20, values_only=True))
    assert len(rows) == 16
    assert {row[2] for row in rows} == {"✓ ครบ", "✗ ยังไม่ครบ"}
    for row in rows:
        assert bool(row[3]) == (row[2] != "✓ ครบ")
    assert 'แผ่นงาน "ผู้ลงนาม" ช่อง D5' in [row[3] for row in rows]


def test_a_workbook_without_faults_only_gets_its_checklist():
    opened = workbook.opened(clean(), "x.xlsx")
    made = opened.annotated([], opened.ready_list())
    book = _opened(made)
    assert not any(c.comment for s in book for row in s.iter_rows() for c in row)
    assert book[AGENCY]["B8"].value == "ควนเสาธง"


def test_what_is_not_filled_yet_is_to_be_filled_in_its_own_row():
    elements = workbook.opened(workbook.new(catalogue.load(2568), KINDS), "x.xlsx").ready_list()
    cells = [(e.place.sheet, e.place.cell) for e in elements]
    firsts = [issue.items[0] for issue in catalogue.load(2568).issues.rows]
    rows = {code: row for row, code in enumerate(catalogue.load(2568).codes, 5)}
    assert cells[:7] == [(SCORES, f"E{rows[code]}") for code in firsts]
    assert cells[7:14] == [(PLAN, f"C{row}") for row in range(5, 12)]
