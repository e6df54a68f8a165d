"""Files as people and programs leave them, read as they were meant, or told once and to be mended.

A remedy that names a cell, a column or a word is followed here, and the problem is gone.
"""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from itareport import thai
from itareport.ita import catalogue
from itareport.ita.model import Missing
from itareport.reading import load, workbook
from itareport.reading.workbook import wide
from reports import KINDS, clean_data, wide_row
from workbooks import (
    AGENCY,
    PASTE,
    PLAN,
    RESULT,
    SCORES,
    SIGNATURES,
    book_of,
    changed,
    checked,
    patched,
)

YEAR = catalogue.load(2568)
CLEAN: Any = clean_data(YEAR)
ROW = wide_row(YEAR, CLEAN)


def table(*rows: dict[str, str]) -> Any:
    lines = [list(ROW), *(list((ROW | row).values()) for row in rows)]
    text = "\n".join(",".join(f'"{v.replace(chr(34), chr(34) * 2)}"' for v in r) for r in lines)
    return wide.read(text.encode(), "ก.csv", KINDS)


def only(**row: str) -> dict[str, Any]:
    found = table(row)
    (agency,) = found.agencies
    data: dict[str, Any] = found.document(agency).data
    return data


def _opened(data: bytes) -> Any:
    return workbook.opened(data, "ก.xlsx").document.data


def codes(found):
    return [problem.code for problem in found]


def backslashes(parts):
    for name in [*parts]:
        parts[name.replace("/", "\\")] = parts.pop(name)


def another_folder(parts):
    """Put the workbook's parts where a program other than Excel keeps them."""
    for name in [n for n in parts if n.startswith("xl/")]:
        parts[name.replace("xl/", "book/", 1)] = parts.pop(name)
    for name in ("[Content_Types].xml", "_rels/.rels", "book/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace(b"xl/", b"book/")


@pytest.mark.parametrize("change", [backslashes, another_folder])
def test_parts_are_found_whatever_their_names(tmp_path, change):
    assert checked(tmp_path, patched(change)) == ()


_UNSEEN = ["\u200b", "\u200c", "\u200d", "\u200e", "\u00ad", "\u2060", "\ufeff", "\u00a0", " ",
           "\u034f", "\u180e", "\u3164", "\ufe0f"]  # fmt: skip


@pytest.mark.parametrize("unseen", _UNSEEN)
def test_closed_words_are_read_whatever_cannot_be_seen_in_them(tmp_path, unseen):
    def between(text, at=4):
        return f"{text[:at]}{unseen}{text[at:]}{unseen}"

    def change(book):
        book[AGENCY]["B7"] = between("เทศบาลตำบล")
        book[AGENCY]["B9"] = between("พัทลุง")
        book[RESULT]["B8"] = between(str(book[RESULT]["B8"].value), 3)
        book[SCORES]["E5"], book[SCORES]["H5"] = None, between(Missing.NOT_SHOWN)

    told = {p.code for p in checked(tmp_path, changed(change)) if p.code[0] == "D"}
    assert not told & {"D136", "D121", "D217", "D230", "D270", "D273"}


@pytest.mark.parametrize("unseen", _UNSEEN)
@pytest.mark.parametrize("reason", [*Missing])
def test_a_reason_in_a_wide_table_is_read_whatever_cannot_be_seen_in_it(unseen, reason):
    data = only(o26=f"{reason[:5]}{unseen}{reason[5:]}{unseen}")
    (row,) = [row for row in data["scores"] if row["code"] == "o26"]
    assert row == {"code": "o26", "missing": reason.value}


@pytest.mark.parametrize("sheet", [PASTE, SCORES])
def test_a_reason_where_the_score_should_be_is_the_reason(tmp_path, sheet):
    def change(book):
        scores = book[SCORES]
        row = next(r for r in range(5, 60) if scores.cell(r, 3).value == "o26")
        scores.cell(row, 5).value = None if sheet == PASTE else f"{Missing.NOT_SHOWN} "
        if sheet == PASTE:
            book[PASTE]["A5"], book[PASTE]["B5"] = "o26", Missing.NOT_SHOWN.value
            book[PASTE]["A6"], book[PASTE]["B6"] = "o27", 100

    opened = _opened(changed(change))
    (row,) = [row for row in opened["scores"] if row["code"] == "o26"]
    assert row == {"code": "o26", "missing": Missing.NOT_SHOWN.value}
    assert not {"D121", "D200"} & set(codes(checked(tmp_path, changed(change))))


def _rows():
    """Return code, score and both halves of each row of the clean workbook."""
    sheet = book_of()[SCORES]
    return [[sheet.cell(row, at).value for at in (3, 5, 6, 7)] for row in range(5, 57)]


def _pasted(rows, to=(5, 1)):
    """Return a workbook in which scores are pasted, and stand nowhere else."""

    def change(book):
        for row in range(5, 57):
            for at in (5, 6, 7):
                book[SCORES].cell(row, at).value = None
        for row, values in enumerate(rows, to[0]):
            for at, value in enumerate(values, to[1]):
                book[PASTE].cell(row, at, value)

    return changed(change)


@pytest.mark.parametrize("column", [1, 2, 3])
@pytest.mark.parametrize("above", [[], [["รหัส", "คะแนน", "ส่วนที่ 1", "ส่วนที่ 2"]]])
def test_scores_are_pasted_in_any_column(tmp_path, column, above):
    assert checked(tmp_path, _pasted([*above, *_rows()], to=(5, column))) == ()


def test_scores_are_pasted_with_a_column_before_their_codes(tmp_path):
    assert checked(tmp_path, _pasted([["คำถามของข้อ", *row] for row in _rows()])) == ()


@pytest.mark.parametrize("at", [1, 20, 52])
def test_a_header_again_among_pasted_scores_is_no_row(tmp_path, at):
    head = ["รหัสข้อ", "คะแนน", "คะแนนส่วนที่ 1 (EIT)", "คะแนนส่วนที่ 2 (EIT)"]
    assert checked(tmp_path, _pasted([*_rows()[:at], head, *_rows()[at:]])) == ()


@pytest.mark.parametrize("unseen", _UNSEEN)
@pytest.mark.parametrize("sheet", [PASTE, SCORES])
def test_codes_are_read_whatever_cannot_be_seen_in_them(tmp_path, unseen, sheet):
    def mark(book):
        for row in range(5, 57):
            book[SCORES].cell(row, 3).value = f"{unseen}{book[SCORES].cell(row, 3).value}{unseen}"

    rows = [[f"{unseen}{code}{unseen}", *scores] for code, *scores in _rows()]
    data = _pasted(rows) if sheet == PASTE else changed(mark)
    assert not set(codes(checked(tmp_path, data))) - {"D156"}


def test_scores_pasted_across_are_told_once(tmp_path):
    data = _pasted([list(row) for row in zip(*_rows(), strict=True)])
    assert codes(checked(tmp_path, data)).count("D441") == 1
    assert "D121" not in codes(checked(tmp_path, data))


@pytest.mark.parametrize(
    ("typed", "told"),
    [("พ.ศ. ๒๕๖๘", []), ("ปี 2568", []), ("ปีงบประมาณ พ.ศ. 2568.0", []), ("2025", ["D126", "D117"])],
)
def test_the_year_of_a_workbook_is_read_as_people_write_it(tmp_path, typed, told):
    found = checked(tmp_path, changed(lambda book: book[AGENCY].__setitem__("B5", typed)))
    assert codes(found) == told
    assert not told or "หมายถึง พ.ศ. 2568" in found[0].remedy


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("94.900000000000006", "94.90"),
        ("83.810000000000002", "83.81"),
        ("94.89999999999999", None),
        ("99.99999999999999999", "100"),
        ("๙๔.๙๐๐๐๐๐๐๐๐๐๐๐๐๐๖", "94.90"),
        ("94.9012", None),
    ],
)
def test_float_noise_in_a_text_is_read_as_in_a_number(tmp_path, typed, read):
    number = thai.decimal(thai.arabic(typed))
    found = checked(tmp_path, changed(lambda book: book[SCORES].__setitem__("E5", typed)))
    if read is not None:
        assert number == thai.decimal(read)
    assert ("D123" in codes(found)) == (typed == "94.9012")


@pytest.mark.parametrize(
    "typed", ["2568.0", "2568.00", "๒๕๖๘.๐", '="2568"', "'2568", "พ.ศ. 2568.0"]
)
def test_a_year_is_read_as_programs_write_it(typed):
    found = table({"ปีงบประมาณ": typed})
    assert thai.arabic(str(found.document(found.agencies[0]).data["fiscal_year"])) == "2568"


@pytest.mark.parametrize("typed", ['="94.90"', '= "94.90"', "'94.90", "94.90"])
def test_a_value_kept_from_being_changed_is_read_as_excel_shows_it(typed):
    assert only(คะแนนภาพรวม=typed)["result"]["total"] == "94.90"
    opened = _opened(changed(lambda b: b[SCORES].__setitem__("E5", f"{typed}")))
    if not typed.startswith("="):  # there it is a formula
        assert opened["scores"][0]["score"] == "94.90"


@pytest.mark.parametrize("count", [1, 2])
def test_a_header_again_within_a_table_is_no_agency(count):
    again = {name: name for name in ROW}
    found = table({}, *[again] * count, {"ชื่อหน่วยงาน": "แม่ขรี"})
    assert [agency.identity[1] for agency in found.agencies] == ["ควนเสาธง", "แม่ขรี"]
    assert [text for text in found.unread if "หัวตารางที่ซ้ำ" in text] == [
        f"แถว {row} หัวตารางที่ซ้ำ" for row in range(3, 3 + count)
    ]


@pytest.mark.parametrize("word", ["รวมทั้งสิ้น", "ค่าเฉลี่ย", "Total", "GRAND TOTAL:", "average (2)"])
def test_a_sum_under_a_table_is_no_agency(word):
    found = table({}, dict.fromkeys(ROW, "") | {"ชื่อหน่วยงาน": word, "i1": "90.12"})
    assert [agency.identity[1] for agency in found.agencies] == ["ควนเสาธง"]
    assert [*found.unread] == [f"แถว 3 “{word}”"]


@pytest.mark.parametrize("order", ["reversed", "moved"])
def test_a_header_in_another_order_within_a_table_is_no_agency(order):
    heads = [*ROW]
    other = heads[::-1] if order == "reversed" else ["", *heads[:-1]]
    found = table({}, dict(zip(heads, other, strict=True)), {"ชื่อหน่วยงาน": "แม่ขรี"})
    assert [agency.identity[1] for agency in found.agencies] == ["ควนเสาธง", "แม่ขรี"]
    assert "แถว 3 หัวตารางที่ซ้ำ" in found.unread


@pytest.mark.parametrize("name", ["เทศบาลตำบลควนเสาธง", "ทต.ควนเสาธง", "ทต. ควนเสาธง"])
def test_a_kind_given_twice_is_accepted_with_a_note(tmp_path, name):
    assert only(ชื่อหน่วยงาน=name)["agency"]["name"] == "ควนเสาธง"
    row = next(r for r in range(5, 12) if "ชื่อหน่วยงาน" in _labels(AGENCY)[r])
    data = changed(lambda book: book[AGENCY].cell(row, 2, name))
    found = checked(tmp_path, data)
    assert codes(found) == ["D157"]
    assert "โปรแกรมอ่านเป็น ควนเสาธง" in found[0].message


def _labels(sheet):
    found = {}
    changed(lambda book: found.update({r: str(book[sheet].cell(r, 1).value) for r in range(5, 60)}))
    return found


@pytest.mark.parametrize("fault", ["#N/A", "#REF!"])
def test_a_fault_in_the_cell_of_a_signer_is_told(fault):
    book = openpyxl.Workbook()
    head = [*ROW, "ผู้จัดทำรายงาน ชื่อ", "ผู้จัดทำรายงาน ตำแหน่ง"]
    book.active.append(head)
    book.active.append([*ROW.values(), fault, "นักวิเคราะห์"])
    book.active.cell(2, len(ROW) + 1).data_type = "e"
    buffer = io.BytesIO()
    book.save(buffer)
    found = wide.read(buffer.getvalue(), "ก.xlsx", KINDS)
    told = found.document(found.agencies[0]).problems
    assert codes(told) == ["D433"]


# Remedies that are followed


def _moved(to):
    def change(book):
        for row in range(5, 57):
            book[SCORES].cell(row, to).value = book[SCORES].cell(row, 5).value
            book[SCORES].cell(row, 5).value = None

    return change


@pytest.mark.parametrize("to", [4, 6, 7, 8, 9, 11, 12])
def test_scores_some_columns_aside_are_told_once_and_moved_back(tmp_path, to):
    data = changed(_moved(to))
    (found,) = checked(tmp_path, data)
    assert found.code == "D449"
    assert f"โปรดย้ายคะแนนทั้งคอลัมน์จาก {'ABCDEFGHIJKL'[to - 1]} ไปไว้ที่ E" in found.remedy

    def follow(book):
        for row in range(5, 57):
            book[SCORES].cell(row, 5).value = book[SCORES].cell(row, to).value
            book[SCORES].cell(row, to).value = None

    assert checked(tmp_path, changed(follow, data)) == ()


@pytest.mark.parametrize("cells", ["E5:E6", "D6:E6", "E5:F6"])
def test_a_cell_under_a_merge_is_freed_as_its_remedy_says(tmp_path, cells):
    def merge(book):
        book[SCORES]["E6"] = None
        book[SCORES].merge_cells(cells)

    data = changed(merge)
    found = [p for p in checked(tmp_path, data) if p.place.cell == "E6"]
    assert found
    anchor = cells.partition(":")[0]
    assert f"เลือกช่อง {anchor} แล้วสั่ง ยกเลิกการผสานเซลล์" in found[0].remedy

    def follow(book):
        book[SCORES].unmerge_cells(cells)
        book[SCORES]["E6"] = 100

    assert checked(tmp_path, changed(follow, data)) == ()


def test_a_renamed_header_of_the_scores_is_told_at_its_cell(tmp_path):
    data = changed(lambda book: book[SCORES].__setitem__("E4", "คะแนนที่ได้"))
    (found,) = checked(tmp_path, data)
    assert (found.code, found.place.cell) == ("D431", "E4")
    assert "“คะแนน”" in found.message


def test_the_old_header_of_the_reason_is_read_too(tmp_path):
    def change(book):
        book[SCORES]["I4"], book[SCORES]["I5"] = "เหตุผลที่ ITAS แจ้ง (OIT)", "ไม่พบข้อมูล"

    data = changed(change)
    opened = _opened(data)
    assert opened["scores"][0]["reason"] == "ไม่พบข้อมูล"
    assert "D439" not in codes(checked(tmp_path, data))


def test_last_years_level_has_its_cell():
    def change(book):
        book[RESULT]["C5"], book[RESULT]["C8"] = 92.15, "ผ่าน"

    opened = _opened(changed(change))
    assert opened["result"]["last_year"] == {"total": "92.15", "level": "ผ่าน"}


@pytest.mark.parametrize("row", [5, 20, 56])
def test_the_checklist_says_to_add_a_row_that_was_deleted(row):
    code = {}

    def change(book):
        code["is"] = book[SCORES].cell(row, 3).value
        book[SCORES].delete_rows(row)

    data = changed(change)
    lacking = [e for e in workbook.opened(data, "ก.xlsx").ready_list() if not e.there]
    scores = [e for e in lacking if e.place and e.place.sheet == SCORES]
    assert scores
    assert all(e.remedy.startswith(f'โปรดเพิ่มแถวในแผ่นงาน "{SCORES}"') for e in scores)


def test_the_checklist_names_an_empty_cell_or_a_sheet_and_never_a_header():
    def change(book):
        for row in range(5, 57):
            book[SCORES].cell(row, 5).value = None
        for row in range(5, 30):
            for column in range(1, 8):
                book[PLAN].cell(row, column).value = None

    for element in workbook.opened(changed(change), "ก.xlsx").ready_list():
        if element.place is not None and element.place.cell:
            assert element.place.value is None
            assert (element.place.line or 0) > 4


def test_a_year_that_is_none_is_told_as_a_year():
    loaded = load.load_bytes(b"fiscal_year: 2025\n", "a.yaml")
    (found,) = [p for p in loaded.problems if p.where == ("fiscal_year",)]
    assert found.remedy == ("ปี 2025 เป็น ค.ศ. หมายถึง พ.ศ. 2568 หรือไม่ โปรดกรอกปี พ.ศ. สี่หลัก เช่น 2568")


def test_a_signers_position_in_the_name_is_moved_as_the_remedy_says(tmp_path):
    def change(book):
        book[SIGNATURES]["C5"], book[SIGNATURES]["D5"] = "นางสาวใจดี รักงาน\nปลัดเทศบาล", None

    data = changed(change)
    (found,) = [p for p in checked(tmp_path, data) if p.code == "D128"]
    assert found.remedy.startswith("โปรดย้ายตำแหน่งไปช่อง ตำแหน่ง")

    def follow(book):
        book[SIGNATURES]["C5"], book[SIGNATURES]["D5"] = "นางสาวใจดี รักงาน", "ปลัดเทศบาล"

    assert "D128" not in codes(checked(tmp_path, changed(follow, data)))
