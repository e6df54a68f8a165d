"""Remedies of workbooks and tables of many agencies, followed by program in the cells named."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from itareport.actions import prepare
from itareport.ita import catalogue
from itareport.problems import ItaReportError, Problem
from itareport.reading.workbook import wide
from remedies import OfBook, try_remedies, words
from reports import KINDS, clean_data, wide_row
from workbooks import AGENCY, PASTE, PLAN, RESULT, SCORES, SIGNATURES, changed

HEADERS = 4
Step = Any


def put(sheet: str, **cells: Any) -> Any:
    """Return a change that types values into cells."""

    def change(book: Any) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return change


def type_there(pattern: str) -> Step:
    """Type what the remedy names into the cell that the problem names."""
    return lambda trial, problem: trial.type(problem, words(problem, pattern))


def write(value: Any) -> Step:
    """Type a value of one's own into the cell that the problem names."""
    return lambda trial, problem: trial.type(problem, value)


def clear(trial: OfBook, problem: Problem) -> None:
    trial.type(problem, None)


def clear_all(trial: OfBook, problem: Problem) -> None:
    """Clear every cell that the problem names."""
    places = [place for place in (problem.place, *problem.also_places) if place]

    def change(book: Any) -> None:
        for place in places:
            book[place.sheet][place.cell] = None

    trial.change(change)


def cell_under(header: str, problem: Problem, trial: OfBook) -> str:
    """Return the cell of the problem's row under a header that the remedy names."""
    assert header in problem.remedy
    found: list[str] = []

    def look(book: Any) -> None:
        assert problem.place
        row = book[problem.place.sheet][HEADERS]
        found.extend(c.column_letter for c in row if c.value == header)

    trial.change(look)
    assert len(found) == 1, f"{header} stands over {len(found)} columns"
    assert problem.place
    return f"{found[0]}{problem.place.line}"


def choose_reason(trial: OfBook, problem: Problem) -> None:
    """Clear the cell, and choose in the one beside it that the remedy names."""
    at = cell_under(words(problem, "เลือกในช่อง (\\S+) ของข้อนี้"), problem, trial)
    if "โปรดล้างช่องนี้" in problem.remedy:
        trial.type(problem, None)
    assert problem.place
    sheet, place = problem.place.sheet, at
    trial.change(lambda book: book[sheet].__setitem__(place, "ไม่ถูกประเมิน"))


def paste_score(trial: OfBook, problem: Problem) -> None:
    sheet = words(problem, "ในแผ่นงาน (\\S+) ")
    code = words(problem, "คะแนนข้อ (\\S+) ของปี")
    trial.change(put(sheet, A5=code, B5=100))


def unmerge_and_type(trial: OfBook, problem: Problem) -> None:
    """Choose the cell named, unmerge it, then do the rest of the remedy in the problem's cell."""
    anchor = words(problem, "โปรดเลือกช่อง ([A-Z]+\\d+) แล้วสั่ง ยกเลิกการผสานเซลล์")

    def change(book: Any) -> None:
        assert problem.place
        page = book[problem.place.sheet]
        merged = next(r for r in page.merged_cells.ranges if r.start_cell.coordinate == anchor)
        page.unmerge_cells(str(merged))

    trial.change(change)
    trial.type(problem, words(problem, " เช่น (.+)$"))


def rename_back(trial: OfBook, problem: Problem) -> None:
    name = words(problem, "กลับเป็น “(.+?)”")
    trial.change(lambda book: setattr(book["แผ่นที่เปลี่ยนชื่อ"], "title", name))


def rename_sheet(book: Any) -> None:
    book[PLAN].title = "แผ่นที่เปลี่ยนชื่อ"


def copy_of_plan(book: Any) -> None:
    book.copy_worksheet(book[PLAN]).title = f"{PLAN} (2)"


def delete_sheet(trial: OfBook, problem: Problem) -> None:
    assert problem.place
    sheet = problem.place.sheet
    trial.change(lambda book: book.remove(book[sheet]))


def as_text(trial: OfBook, problem: Problem) -> None:
    example = words(problem, "เช่น (.+)$")

    def change(book: Any) -> None:
        assert problem.place
        cell = book[problem.place.sheet][problem.place.cell]
        cell.number_format = "@"
        cell.value = example

    trial.change(change)


def paste_two_numbers(book: Any) -> None:
    """Paste code, number and score over the sheet's own headers."""
    book[PASTE].delete_rows(1, 4)
    for number, code in enumerate(catalogue.load(2568).codes, 5):
        for column, value in enumerate((code, number, 100), 1):
            book[PASTE].cell(number, column).value = value


def shift_scores(book: Any) -> None:
    """Move all whole scores one column to the right, as a slip of the mouse does."""
    for row in range(5, 20):
        book[SCORES][f"F{row}"] = book[SCORES][f"E{row}"].value
        book[SCORES][f"E{row}"] = None


def move_position(trial: OfBook, problem: Problem) -> None:
    """Leave the name, and move the position into the cell of its row that the remedy names."""
    assert problem.place
    assert problem.place.value
    name, _, position = problem.place.value.partition("\n")
    at = cell_under(words(problem, "ย้ายตำแหน่งไปช่อง (\\S+) "), problem, trial)
    trial.type(problem, name)
    trial.change(put(SIGNATURES, **{at: position}))


def move_column(trial: OfBook, problem: Problem) -> None:
    old, new = words(problem, "ทั้งคอลัมน์จาก (\\w+) "), words(problem, "ไปไว้ที่ (\\w+) ")

    def change(book: Any) -> None:
        assert problem.place
        page = book[problem.place.sheet]
        for row in range(5, 20):
            page[f"{new}{row}"] = page[f"{old}{row}"].value
            page[f"{old}{row}"] = None

    trial.change(change)


def name_score_column(trial: OfBook, problem: Problem) -> None:
    """Type the word over the column of scores."""
    word, columns = words(problem, "หรือพิมพ์ (\\S+) ที่หัวคอลัมน์"), words(problem, "\\((.+?)\\) โปรแกรม")
    column = columns.split()[-1]
    trial.change(lambda book: book[PASTE].__setitem__(f"{column}4", word))


def put_codes(trial: OfBook, _problem: Problem) -> None:
    trial.change(lambda book: book[PASTE].__setitem__("A5", "i1"))


def fill_beside(trial: OfBook, problem: Problem) -> None:
    trial.type(problem, 100)


def merged_name(book: Any) -> None:
    book[AGENCY]["B9"] = None
    book[AGENCY].merge_cells("A9:B9")


def two_halves_and_a_whole(trial: OfBook, problem: Problem) -> None:
    """Clear the cell of the whole score, and keep those of the halves."""
    assert "ช่องคะแนนส่วนที่ 1 และส่วนที่ 2" in problem.remedy
    clear(trial, problem)


BOOKS: dict[str, dict[str, tuple[Any, Step]]] = {
    "values": {
        "D120": (put(AGENCY, B9=None), type_there(" เช่น (.+)$")),
        "D121": (put(SCORES, E5="-"), choose_reason),
        "D122": (put(SCORES, E6=101), type_there(" เช่น ([0-9.]+)")),
        "D130": (put(SCORES, H7="ไม่ถูกประเมิน"), clear),
        "D132": (put(SCORES, E20=100), two_halves_and_a_whole),
        "D136": (put(SCORES, E8=None, H8="ลืม"), type_there("โปรดใช้ (\\S+)")),
        "D147": (put(SIGNATURES, D5="ก\nข\nค"), write("ก\nข ค")),
        "D432": (put(SCORES, E9="=1+1"), write(90)),
        "D433": (put(SCORES, E10="#N/A"), write(90)),
        "D434": (put(RESULT, A30="คะแนนภาพรวม", B30=99), clear),
        "D435": (put(PASTE, A9="i7", B9=50), clear),
        "D439": (put(SCORES, P9="ถามกองคลัง"), clear_all),
        "D445": (put(PLAN, F5=dt.date(2025, 10, 1)), as_text),
        "D446": (copy_of_plan, delete_sheet),
        "D448": (put(PLAN, C6="ก\n" * 600), write("ก")),
    },
    "other values": {
        "D121": (put(SCORES, E5="สูง"), type_there(" เช่น ([0-9.]+)")),
        "D128": (put(SIGNATURES, C5="นาย ก\nปลัด"), move_position),
        "D136": (put(SCORES, J7="ก", K7="x"), type_there("คำว่า (\\S+) ")),
        "D254": (put(SCORES, J8="(เว้นว่าง)"), clear),
        "D430": (rename_sheet, rename_back),
        "D436": (put(SCORES, M4="คะแนน", M5=5), clear_all),
        "D441": (put(PASTE, B5=100), put_codes),
    },
    "what the file is for": {
        "D429": (put(AGENCY, B5=2567), type_there("โปรดแก้ช่องนี้เป็น (\\d+)")),
        "D431": (put(PLAN, E4="ขั้นตอน"), type_there("ไม่พบ “(.+?)”")),
    },
    "what is not there": {
        "D200": (put(SCORES, E6=None), write(100)),
        "D316": (put(AGENCY, B27=None), type_there("หรือพิมพ์ (\\w+) ")),
    },
    "a score that is pasted": {"D200": (put(SCORES, E5=None), paste_score)},
    "columns of numbers": {"D444": (paste_two_numbers, name_score_column)},
    "scores one column aside": {"D449": (shift_scores, move_column)},
    "a cell under a merge": {"D120": (merged_name, unmerge_and_type)},
}


@dataclass
class OfTable:
    """A table of many agencies as text, an agency a row; a problem names a cell."""

    rows: list[list[str]]

    def told(self) -> list[Problem]:
        """Return what is said of the table, and of each agency in it."""
        buffer = io.StringIO()
        csv.writer(buffer).writerows(self.rows)
        try:
            table = wide.read(buffer.getvalue().encode(), "ก.csv", KINDS)
        except ItaReportError as error:
            return list(error.problems)
        assert table is not None
        checked = (
            prepare.check_data(table.document(one), Path("ก.csv"), prepare.Options())
            for one in table.agencies
        )
        return [problem for one in checked for problem in one.problems]

    def type(self, problem: Problem, value: str) -> None:
        """Type a value into the cell that the problem names."""
        assert problem.place
        assert problem.place.cell
        row, column = coordinate_to_tuple(problem.place.cell)
        self.rows[row - 1][column - 1] = value


YEAR = catalogue.load(2568)
ROW = wide_row(YEAR, clean_data(YEAR))
WIDE: dict[str, tuple[dict[str, str | None], str, Step]] = {
    "a dash for a score": ({"i1": "-"}, "D121", type_there("ในช่องนี้ว่า (\\S+) หรือ")),
    "a word for a score": ({"i1": "สูง"}, "D121", type_there(" เช่น ([0-9.]+)")),
    "no score": ({"i1": ""}, "D200", type_there("ในช่องของข้อว่า (\\S+) หรือ")),
    "no province": ({"จังหวัด": ""}, "D120", type_there(" เช่น (.+)$")),
    "a district elsewhere": ({"อำเภอ": "ตะโหนด"}, "D271", type_there("อาจหมายถึง (\\S+)")),
    "a score and a half": (
        {"e1 ส่วนที่ 1": "90"}, "D132", lambda trial, problem: trial.type(problem, "")),
}  # fmt: skip


@pytest.mark.parametrize("kind", WIDE)
def test_so_do_they_in_a_table_of_many(kind):
    values, code, step = WIDE[kind]
    row = ROW | values
    try_remedies(OfTable([list(row), list(row.values())]), {code: step})


def test_remedies_in_a_table_name_only_columns_that_it_has():
    """Whatever an agency's workbook has besides is named in no remedy for a table of many."""
    wrong = {"i1": "-", "i2": "", "e1": "สูง", "จังหวัด": "", "ระดับ": "ดี"}
    row = ROW | wrong
    for problem in OfTable([list(row), list(row.values())]).told():
        if problem.place and problem.place.of_many:
            named = re.findall("ในช่อง (\\S+) ของแถว|ในแผ่นงาน (\\S+)|ช่อง (ผลที่\\S+)", problem.remedy)
            assert named == []


@pytest.mark.parametrize("book", BOOKS)
def test_what_the_remedies_say_makes_the_problems_go(book, tmp_path):
    def begin(whole: Any) -> None:
        for change, _ in BOOKS[book].values():
            change(whole)

    steps = {code: step for code, (_, step) in BOOKS[book].items()}
    try_remedies(OfBook(changed(begin), tmp_path), steps)
