"""Scores pasted as they were copied: columns in any order, with our header, another or none."""

from __future__ import annotations

import pytest

from workbooks import PASTE, PLAN, SCORES, changed, checked, places


def taken(book):
    """Take all scores out of their table: code, name, score of the whole, both halves."""
    rows = []
    for row in book[SCORES].iter_rows(min_row=5, max_row=56):
        rows.append([cell.value for cell in row[2:7]])
        for cell in row[4:7]:
            cell.value = None
    return rows


def pasted(rows, cell="A5", *, over=False):
    """Return a change that pastes columns of the scores; `over` clears the sheet before."""

    def change(book):
        sheet, given = book[PASTE], rows(taken(book))
        if over:
            sheet.delete_rows(1, 4)
        first = sheet[cell]
        for down, values in enumerate(given):
            for right, value in enumerate(values):
                sheet.cell(first.row + down, first.column + right).value = value

    return change


def whole(row):
    """Return the one score of a row, of EIT the first half as if it were the whole."""
    return row[2] if row[2] is not None else row[3]


def two(rows):
    return [[row[0], whole(row)] for row in rows]


def beside(rows):
    half = [[row[0], whole(row)] for row in rows]
    return [[*a, None, *b] for a, b in zip(half[:26], half[26:], strict=True)]


READ = {
    "under our header": pasted(two),
    "over our title": pasted(two, "A1", over=True),
    "over our header": pasted(two, "A4", over=True),
    "with a header of its own": pasted(lambda r: [["ข้อ", "คะแนนที่ได้"], *two(r)], "A4", over=True),
    "beside our columns": pasted(two, "G5"),
    "far beside our columns, behind ordinals": pasted(
        lambda rows: [[n, *[None] * 5, *row] for n, row in enumerate(two(rows), 1)], "B5"
    ),
    "the score first": pasted(lambda r: [[s, c] for c, s in two(r)], over=True),
    "two tables side by side": pasted(beside, over=True),
    "halves with their headers, moved": pasted(
        lambda r: [
            ["ส่วนที่ 2", "คะแนน", "ส่วนที่ 1", "รหัส"],
            *([row[4], row[2], row[3], row[0]] for row in r),
        ],
        "C9",
    ),
    "names, weights and numbers between": pasted(
        lambda r: [
            ["ที่", "ข้อ", "ข้อคำถาม", "น้ำหนัก", "คะแนน"],
            *([number, row[0], row[1], 1, whole(row)] for number, row in enumerate(r, 1)),
        ]
    ),
    "last year's scores beside this year's": pasted(
        lambda r: [["ข้อ", "คะแนนปีก่อน", "คะแนน"], *([row[0], 1, whole(row)] for row in r)]
    ),
    "numbers of rows and no header": pasted(
        lambda r: [[number, *row] for number, row in enumerate(two(r), 1)], over=True
    ),
    "titles between": pasted(
        lambda r: [*two(r)[:5], ["ตัวชี้วัดที่ 2 การใช้งบประมาณ"], ["ข้อ", "คะแนนที่ได้"], *two(r)[5:]]
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_what_is_pasted_is_read(tmp_path, kind):
    found = checked(tmp_path, changed(READ[kind]))
    assert not found, [str(problem) for problem in found]


TOLD = {
    "names under our column of scores": (
        pasted(lambda r: [[row[0], row[1], whole(row)] for row in r]),
        {("D442", f"{PASTE}!C5")},
    ),
    "codes typed in other ways": (
        pasted(lambda r: [*([c, 100] for c in ("IIT1", "I-2", " i3. ", "i4 ชื่อข้อ")), *two(r)[4:]]),
        {("D443", f"{PASTE}!A5 {PASTE}!A6 {PASTE}!A7 {PASTE}!A8")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_odd_is_read_and_told_once(tmp_path, kind):
    change, expected = TOLD[kind]
    found = checked(tmp_path, changed(change))
    assert places(found) == expected, [str(problem) for problem in found]


UNKNOWN = {
    "scores without codes": (pasted(lambda r: [[score] for _, score in two(r)]), ("D441", "A5")),
    "two columns of numbers": (
        pasted(lambda r: [[code, 1, score] for code, score in two(r)], over=True),
        ("D444", "B5 C5"),
    ),
    "two columns of one header": (
        pasted(lambda r: [["ข้อ", "คะแนน", "คะแนน"], *([c, s, s] for c, s in two(r))]),
        ("D436", "C5 B6"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNKNOWN)
def test_what_cannot_be_known_is_told(tmp_path, kind):
    change, (code, cells) = UNKNOWN[kind]
    found = checked(tmp_path, changed(change))
    expected = " ".join(f"{PASTE}!{cell}" for cell in cells.split())
    assert (code, expected) in places(found), [str(problem) for problem in found]
    assert PLAN not in str(found)
