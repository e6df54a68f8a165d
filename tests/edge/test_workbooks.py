"""Damaged and odd workbooks, made by code: each ends in the expected problems, by cell."""

import datetime as dt
import io
import os
import re
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

import packages
from itareport.actions import prepare
from itareport.files import opc
from itareport.ita import catalogue
from itareport.reading import load
from offices import PATIENCE
from workbooks import (
    AGENCY,
    PASTE,
    PLAN,
    RESULT,
    SCORES,
    SIGNATURES,
    changed,
    checked,
    clean,
    patched,
    places,
    sheet_part,
    zipped,
)


def put(sheet, **cells):
    """Return a change that types values into cells."""

    def change(book):
        for cell, value in cells.items():
            book[sheet][cell] = value

    return change


def formatted(sheet, cell, value, number_format):
    def change(book):
        book[sheet][cell] = value
        book[sheet][cell].number_format = number_format

    return change


# -- what clerks do, and nothing is wrong ----------------------------------------------------


def respaced(book):
    for name in (SCORES, PLAN, RESULT, AGENCY):
        for row in book[name].iter_rows(min_row=4, max_row=30):
            for cell in row[:1] if name in (RESULT, AGENCY) else row if cell_row(row) == 4 else ():
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    cell.value = f"  {cell.value.replace(' ', '   ')} \n"


def cell_row(row):
    return row[0].row


def shuffled_columns(book):
    sheet = book[SCORES]
    for row in sheet.iter_rows(min_row=4, max_row=56):
        values = [cell.value for cell in row]
        order = [9, 10, 4, 2, 12, 0, 1, 13, 3, 6, 11, 5, 8, 7]
        for cell, index in zip(row, order, strict=True):
            cell.value = values[index]


def shuffled_rows(book):
    sheet = book[SCORES]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=5, max_row=56)]
    for row, values in zip(sheet.iter_rows(min_row=5, max_row=56), rows[::-1], strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value


def hidden(book):
    book[SCORES].column_dimensions["C"].hidden = True
    book[SCORES].row_dimensions[7].hidden = True
    book[PLAN].sheet_state = "hidden"


def extra_sheets(book):
    book.create_sheet("บันทึกของฉัน", 0)["A1"] = "โทร 074"
    book.create_sheet("คะแนนรายข้อ (2)")["A1"] = "สำเนา"
    book.create_chartsheet("กราฟ")


def pasted_with_formats(book):
    for row in book[SCORES].iter_rows(min_row=5, max_row=56):
        for cell in row:
            cell.fill = PatternFill("solid", start_color="00FF00")
            cell.font = Font(name="Comic Sans MS", size=30)


def paste_everything(book):
    """Move all scores to the place to paste, last first."""
    scores, paste = book[SCORES], book[PASTE]
    rows = []
    for row in range(5, 57):
        values = [scores.cell(row, column).value for column in (3, 5, 6, 7)]
        rows.append(values)
        for column in (5, 6, 7):
            scores.cell(row, column).value = None
    for at, values in enumerate([["ข้อ", "คะแนนที่ได้", None, None], *rows[::-1]], 5):
        for column, value in enumerate(values, 1):
            paste.cell(at, column).value = value


def renamed(old, new):
    def change(book):
        book[old].title = new

    return change


def merged_header(book):
    book[SCORES].merge_cells("C2:K3")
    book[PLAN].merge_cells("A12:A14")
    for column, value in zip(
        "ACDEFG", (7, "ก", "ตัวชี้วัดที่ 5", "ข", "ตลอดปีงบประมาณ", "ค"), strict=True
    ):
        book[PLAN][f"{column}12"] = value
        if column != "A":
            book[PLAN][f"{column}13"] = value


def inserted(sheet, row=None, column=None):
    def change(book):
        if row:
            book[sheet].insert_rows(row, 3)
        if column:
            book[sheet].insert_cols(column, 2)

    return change


def moved(book):
    for name in (AGENCY, RESULT, SIGNATURES):
        book[name].insert_cols(1, 2)
        book[name].insert_rows(1, 5)


def noted(book):
    book[SCORES]["A60"] = "หมายเหตุ: ตัวเลขจาก ITAS"
    book[SCORES]["C58"] = "ผู้กรอก"
    book[RESULT]["F30"] = "โน้ต"


def beside_forms(book):
    """Fill what stands outside the fields of a form: column D, under it, beside a new label."""
    book[AGENCY]["D9"], book[AGENCY]["B40"], book[AGENCY]["B11"] = "ดูแผนที่", "โทร 074", "ถึงรอบนี้"


def outside_tables(book):
    plan, scores = book[PLAN], book[SCORES]
    plan["B5"], plan["L3"], scores["J3"], scores["D58"] = "โครงการของเรา", "ก", "ข", "ค"


def note_below_signatures(book):
    book[SIGNATURES]["C12"] = "หมายเหตุ: ลงนามแทน"


def copied(name):
    """Return a change that adds an edited copy of a sheet."""

    def change(book):
        copy = book.copy_worksheet(book[name])
        copy.title = f"{name} (2)" if name != SCORES else f"{name} "
        copy["C5"] = "ของใหม่"

    return change


def renamed_paste(book):
    book[PASTE]["A5"], book[PASTE]["B5"] = "i1", 90
    book[PASTE].title = "itas"


def strict(parts):
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            parts[name] = data.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )


def values_of_formulas(parts):
    part = sheet_part(SCORES)
    parts[part] = parts[part].replace(b'<c r="E5"', b'<c r="E5x"', 1)
    before, _, after = parts[part].partition(b'<c r="E5x"')
    _, _, rest = after.partition(b"</c>")
    parts[part] = before + b'<c r="E5"><f>50*2</f><v>100.00000000000001</v></c>' + rest


FINE = {
    "as it is written": lambda _book: None,
    "headers and labels with other spaces": respaced,
    "columns in another order": shuffled_columns,
    "rows in another order": shuffled_rows,
    "hidden columns, rows and sheets": hidden,
    "extra sheets": extra_sheets,
    "values pasted with formats": pasted_with_formats,
    "scores pasted in another order": paste_everything,
    "a sheet's name with spaces": renamed(SCORES, " คะแนน รายข้อ "),
    "merged titles and merged issues": merged_header,
    "three rows before the header": inserted(SCORES, row=1),
    "two columns before the table": inserted(SCORES, column=1),
    "two columns within the table": inserted(SCORES, column=5),
    "blank rows within the table": inserted(SCORES, row=20),
    "forms moved down and right": moved,
    "blank rows within a form": inserted(RESULT, row=9),
    "a number as text": put(SCORES, E5="100.00"),
    "Thai digits": put(SCORES, E5="๑๐๐.๐๐"),
    "a space in a number": put(SCORES, E5=" 100 .00 "),
    "a percentage": formatted(SCORES, "E5", 1, "0.00%"),
    "a percentage as text": put(SCORES, E5="100.00%"),
    "binary noise": put(SCORES, E5=100.00000000000001, E6=99.99999999999999),
    "a code as people type it": put(SCORES, C5="ข้อ I๑", C6=" i 2 "),
    "a year in Thai digits": put(AGENCY, B5="๒๕๖๘"),
    "numbers that are floats": put(AGENCY, B5=2568.0),
    "the header once more": put(SCORES, C57="รหัสข้อ", E57="คะแนน"),
    "the same score pasted": put(PASTE, A5="i1", B5="๑๐๐"),
    "a date in the cell, Gregorian": put(SIGNATURES, E5=dt.date(2025, 12, 1)),
    "a date in the cell, Buddhist": put(SIGNATURES, E5=dt.date(2568, 12, 1)),
    "a date as text, short": put(SIGNATURES, E5="1/12/68"),
    "a date as text, months cut": put(SIGNATURES, E5="1 ธ.ค. 68"),
    "a date as text, Thai": put(SIGNATURES, E5="๑ ธันวาคม ๒๕๖๘"),
    "a date in a Thai format": formatted(
        SIGNATURES, "E5", dt.date(2025, 12, 1), "[$-D07041E]d mmmm bbbb"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FINE)
def test_what_clerks_do_to_a_workbook_is_read(tmp_path, kind):
    found = checked(tmp_path, changed(FINE[kind]))
    assert not found, [str(problem) for problem in found]


def in_cell(cell, xml, *, after=b""):
    """Return a change of the XML of one cell of the scores, and of the sheet's end."""

    def change(parts):
        part, name = sheet_part(SCORES), cell.encode()
        data = re.sub(rb'<c r="%s"[^>]*?(/>|>.*?</c>)' % name, lambda _: xml, parts[part], count=1)
        parts[part] = data.replace(b"</worksheet>", after + b"</worksheet>")

    return change


readings = in_cell(
    "E5", b'<c r="E5" t="inlineStr"><is><r><t>10</t></r><rPh><t>9</t></rPh><r><t>0</t></r></is></c>'
)
extensions = in_cell(
    "E5", b'<c r="E5"><v>100</v><extLst><ext><f>1</f><v>5</v></ext></extLst></c>',
    after=b'<extLst><ext><c r="E6"><v>5</v></c></ext></extLst>',
)  # fmt: skip
many_runs = in_cell(
    "E5", b'<c r="E5" t="inlineStr"><is>' + b"<r><t> </t></r>" * 1_500
    + b"<r><t>100</t></r></is></c>",
)  # fmt: skip


PROGRAMS = {
    "strict": strict,
    "values of formulas": values_of_formulas,
    "readings of other scripts": readings,
    "extensions": extensions,
    "many runs": many_runs,
}


@pytest.mark.parametrize("change", PROGRAMS.values(), ids=PROGRAMS)
def test_what_programs_do_to_a_workbook_is_read(tmp_path, change):
    found = checked(tmp_path, patched(change))
    assert not found, [str(problem) for problem in found]


OTHERS = {
    "backslashes": packages.backslashed,
    "parts outside xl": lambda data: packages.moved(data, elsewhere),
    "relative targets": lambda data: packages.moved(data, elsewhere, lambda part: f"../../{part}"),
    "backslashes in targets": lambda data: packages.moved(
        data, str, lambda part: "\\" + part.replace("/", "\\")
    ),
    "another case": lambda data: zipped({n.upper(): part for n, part in opc.read(data).items()}),
    "a leading slash": lambda data: zipped({f"/{n}": part for n, part in opc.read(data).items()}),
}


def noted_score(book):
    book[SCORES]["E5"] = 101
    book[SCORES]["E6"].comment = Comment("ถามกองคลัง", "สมชาย")


def elsewhere(name):
    return name.replace("xl/", "Book/").replace("workbook.xml", "workbook2.xml")


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS)
def test_parts_of_a_workbook_are_found_wherever_they_are(tmp_path, make):
    data = make(changed(noted_score))
    file = tmp_path / "แบบกรอก.xlsx"
    file.write_bytes(data)
    found = prepare.check_file(file, prepare.Options())
    assert places(found.problems) >= {("D122", f"{SCORES}!E5")}
    marked = found.workbook.annotated(found.problems, found.workbook.ready_list())
    book = load.load_bytes(marked, "x.xlsx").workbook.book
    (comments,) = book.package.related(dict(book.parts)[SCORES], "comments")
    assert b'<comment ref="E5"' in book.package[comments]
    assert len(book.package) == len(zipfile.ZipFile(io.BytesIO(marked)).namelist())
    assert load.load_bytes(marked, "x.xlsx").problems == load.load_bytes(data, "x.xlsx").problems


def test_what_is_no_workbook_is_known_by_its_content_type(tmp_path):
    for old, new, code in (
        (b"spreadsheetml.sheet.main", b"wordprocessingml.document.main", "D424"),
        (b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
         b"ms-excel.sheet.binary.macroEnabled.main", "D427"),
        (b"openxmlformats-officedocument.theme+xml", b"ms-office.vbaProject", "D423"),
    ):  # fmt: skip
        parts = opc.read(packages.moved(clean(), elsewhere))
        assert old in parts[opc.TYPES]
        parts[opc.TYPES] = parts[opc.TYPES].replace(old, new)
        (found,) = checked(tmp_path, zipped(parts))
        assert found.code == code


@pytest.mark.parametrize("typed", [k for k in FINE if k.startswith("a date")])
def test_dates_of_every_form_are_one_day(typed):
    report = load.load_bytes(changed(FINE[typed]), "x.xlsx").report
    assert report.signatures[0].date == dt.date(2025, 12, 1)


# -- what is wrong, and where ----------------------------------------------------------------


def without_sheet(name):
    return lambda book: book.remove(book[name])


def no_header(book):
    for cell in book[SCORES][4]:
        cell.value = None


def formula(book):
    book[SCORES]["E5"] = "=50+50"


def fault(book):
    book[SCORES]["E5"] = "#REF!"
    book[SCORES]["E5"].data_type = "e"


def total_row(book):
    book[SCORES]["C57"], book[SCORES]["E57"] = "รวม", 100


def all_names_of(year):
    """Copy the names of another year's questions, and its codes' order, over those of this."""

    def change(book):
        other = openpyxl.load_workbook(io.BytesIO(clean(year)))[SCORES]
        for row in range(5, 57):
            book[SCORES].cell(row, 4).value = other.cell(row, 4).value

    return change


E5, C6 = f"{SCORES}!E5", f"{SCORES}!C6"
REST = ("D117", "")
"""The rest could not be checked."""
WRONG = {
    "notes below": (
        noted,
        {("D439", f"{SCORES}!C58 {SCORES}!A60"), ("D439", f"{RESULT}!F30")},
    ),
    "texts outside the fields of a form": (
        beside_forms,
        {("D439", f"{AGENCY}!D9 {AGENCY}!B11 {AGENCY}!B40")},
    ),
    "a label of one's own": (
        put(RESULT, A9="วันประกาศ", B9="1 สิงหาคม 2568"),
        {("D439", f"{RESULT}!A9 {RESULT}!B9")},
    ),
    "texts outside a table": (
        outside_tables,
        {("D439", f"{PLAN}!L3 {PLAN}!B5"), ("D439", f"{SCORES}!J3 {SCORES}!D58")},
    ),
    "a note below the signatures": (note_below_signatures, {("D439", f"{SIGNATURES}!C12")}),
    "a copy of the plan": (copied(PLAN), {("D446", f"{PLAN} (2)!")}),
    "two sheets of one name": (copied(SCORES), {("D446", f"{SCORES} !")}),
    "a copy of a form": (copied(RESULT), {("D446", f"{RESULT} (2)!")}),
    "the place to paste renamed": (renamed_paste, {("D446", "itas!")}),
    "a note beside a row": (put(SCORES, P9="ถามกองคลัง"), {("D439", f"{SCORES}!P9")}),
    "a column under a header of one's own": (
        put(PLAN, H4="ติดตามผล", H5="ทุกไตรมาส"),
        {("D439", f"{PLAN}!H4")},
    ),
    "a score above 100": (put(SCORES, E5=101), {("D122", E5)}),
    "a score below 0": (put(SCORES, E5=-1), {("D122", E5)}),
    "three decimal places": (put(SCORES, E5=99.999), {("D123", E5)}),
    "a comma for the point": (
        put(SCORES, E5="99,17"),
        {("D142", E5), ("D220", f"{SCORES}!J5"), ("D241", f"{RESULT}!B11")},
    ),
    "a word for a score": (put(SCORES, E5="ร้อย"), {("D121", E5)}),
    "two numbers for a score": (put(SCORES, E5="85.5\n90"), {("D121", E5)}),
    "a space in a score": (put(SCORES, E5="10 0.00"), {("D121", E5)}),
    "a date for a score": (put(SCORES, E5=dt.date(2025, 1, 2)), {("D121", E5)}),
    "a number twice a percentage": (formatted(SCORES, "E5", 100, "0%"), {("D122", E5)}),
    "a truth value for a score": (put(SCORES, E5=True), {("D121", E5)}),
    "a formula without a stored value": (formula, {("D432", E5)}),
    "an error of a formula": (fault, {("D433", E5)}),
    "two rows for one code": (
        put(SCORES, C6="i1"),
        {("D202", f"{C6} {SCORES}!C5")},
    ),
    "a code that is none": (put(SCORES, C6="xx"), {("D124", C6)}),
    "a code of no year": (put(SCORES, C6="i99"), {("D203", C6)}),
    "a code deleted": (put(SCORES, C6=None), {("D120", C6)}),
    "a score deleted": (put(SCORES, E5=None), {("D200", E5)}),
    "a score and a reason without one": (
        put(SCORES, H5="ไม่ถูกประเมิน"),
        {("D130", f"{SCORES}!H5 {SCORES}!E5")},
    ),
    "a reason of one's own": (put(SCORES, E5=None, H5="ลืม"), {("D136", f"{SCORES}!H5")}),
    "a score and a half": (
        put(SCORES, E20=100),
        {("D132", f"{SCORES}!E20 {SCORES}!F20 {SCORES}!G20")},
    ),
    "a half for IIT": (put(SCORES, E5=None, F5=100), {("D218", f"{SCORES}!F5")}),
    "a row of sums": (total_row, {("D124", f"{SCORES}!C57")}),
    "a low score without a remark": (
        put(SCORES, E5=99.99),
        {("D220", f"{SCORES}!J5")},
    ),
    "a remark empty on purpose": (
        put(SCORES, J5="(เว้นว่าง)"),
        {("D254", f"{SCORES}!J5")},
    ),
    "another score pasted": (put(PASTE, A9="i1", B9=50), {("D435", f"{PASTE}!B9 {E5}")}),
    "two pasted scores of one code": (
        put(PASTE, A5="i1", B5=100, A6="i1", B6=99),
        {("D435", f"{PASTE}!B6 {E5}")},
    ),
    "an unknown code pasted": (put(PASTE, A5="i77", B5=100), {("D203", f"{PASTE}!A5")}),
    "a pasted score without a code": (put(PASTE, B5=100), {("D441", f"{PASTE}!B5")}),
    "no kind of agency": (put(AGENCY, B7=None), {("D120", f"{AGENCY}!B7"), REST}),
    "no total": (put(RESULT, B5=None), {("D120", f"{RESULT}!B5")}),
    "a total of two digits swapped": (
        put(RESULT, B5=94.09),
        {("D240", f"{RESULT}!B5"), ("D247", f"{RESULT}!B8")},
    ),
    "no indicator": (put(RESULT, B11=None), {("D210", f"{RESULT}!B11")}),
    "a total typed twice": (
        put(RESULT, A30="คะแนนภาพรวม", B30=99),
        {("D434", f"{RESULT}!B30 {RESULT}!B5")},
    ),
    "no year": (put(AGENCY, B5=None), {("D120", f"{AGENCY}!B5"), REST}),
    "a year that is none": (put(AGENCY, B5="25xx"), {("D126", f"{AGENCY}!B5"), REST}),
    "made for another year": (put(AGENCY, B5=2567), {("D429", f"{AGENCY}!B5"), REST}),
    "a year without a catalogue": (put(AGENCY, B5=2571), {("D429", f"{AGENCY}!B5"), REST}),
    "a date that is none": (put(SIGNATURES, E5="31/2/2568"), {("D127", f"{SIGNATURES}!E5")}),
    "a year of two digits in a cell": (
        put(SIGNATURES, E5=dt.date(1968, 12, 1)),
        {("D437", f"{SIGNATURES}!E5")},
    ),
    "a date for a period": (
        formatted(PLAN, "F5", dt.date(2025, 10, 1), "mmm-yy"),
        {("D445", f"{PLAN}!F5")},
    ),
    "a time for a text": (put(PLAN, E5=dt.time(8, 30)), {("D445", f"{PLAN}!E5")}),
    "a percentage for a text": (formatted(PLAN, "E5", 0.5, "0%"), {("D445", f"{PLAN}!E5")}),
    "a date for a name": (put(SIGNATURES, C5=dt.date(2025, 1, 2)), {("D445", f"{SIGNATURES}!C5")}),
    "a Gregorian year of two digits": (
        put(SIGNATURES, E5="1/10/25"),
        {("D282", f"{SIGNATURES}!E5")},
    ),
    "a date far ahead": (put(SIGNATURES, E5=dt.date(2068, 12, 1)), {("D282", f"{SIGNATURES}!E5")}),
    "a position of three lines": (put(SIGNATURES, D5="ก\nข\nค"), {("D147", f"{SIGNATURES}!D5")}),
    "nobody signs": (put(SIGNATURES, B5=None, C5=None), {("D137", f"{SIGNATURES}!B4")}),
    "a plan of no issue": (put(PLAN, A5=9), {("D224", f"{PLAN}!A5")}),
    "more lines than a report has": (
        put(PLAN, C5="ก\n" * 600),
        {("D448", f"{PLAN}!C5")},
    ),
    "more codes than a year has": (
        put(AGENCY, B19=", ".join(["x"] * 400)),
        {("D448", f"{AGENCY}!B19"), REST},
    ),
    "a control character": (put(PLAN, C5="ทำ_x0007_ให้ครบ"), {("D150", f"{PLAN}!C5")}),
    "a character without a glyph": (put(PLAN, C5="ทำ 中 ให้ครบ"), {("D155", f"{PLAN}!C5")}),
    "an unknown item in an issue": (put(AGENCY, B19="i4, x"), {("D124", f"{AGENCY}!B19"), REST}),
    "a header of the plan renamed": (
        put(PLAN, E4="ขั้นตอน"),
        {("D431", f"{PLAN}!E4")},
    ),
    "a mark without a remark": (put(SCORES, K5="ร่าง"), {("D439", f"{SCORES}!K5")}),
    "a sheet missing": (without_sheet(PLAN), {("D430", "!")}),
    "a header missing": (no_header, {("D431", f"{SCORES}!")}),
    "a label missing": (
        put(RESULT, A5=None),
        {("D431", f"{RESULT}!"), ("D439", f"{RESULT}!B5")},
    ),
    "a column twice": (
        put(SCORES, M4="คะแนน", M5=5),
        {("D436", f"{SCORES}!M4 {SCORES}!E4")},
    ),
    "names of another year": (all_names_of(2567), {("D438", f"{SCORES}!C4")}),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_told_by_sheet_and_cell(tmp_path, kind):
    change, expected = WRONG[kind]
    found = checked(tmp_path, changed(change))
    assert places(found) == expected, [str(problem) for problem in found]


REMEDIES = {
    "a dash for a score": (
        put(SCORES, E5="-"),
        "D121",
        "เลือกในช่อง เหตุที่ไม่มีคะแนน ของข้อนี้ ในแผ่นงาน คะแนนรายข้อ",
    ),
    "a mark that is none": (put(SCORES, J5="ก", K5="x"), "D136", "คำว่า ร่าง หรือล้างช่องนี้"),
    "a remark empty on purpose": (put(SCORES, J5="(เว้นว่าง)"), "D254", "ล้างช่องนี้"),
    "no score": (put(SCORES, E5=None), "D200", "หรือวางรหัสข้อและคะแนนในแผ่นงาน วางคะแนน"),
    "a score and a half": (put(SCORES, E20=100), "D132", "โปรดใช้ช่องคะแนนส่วนที่ 1"),
    "no province": (put(AGENCY, B9=None), "D120", "โปรดกรอกช่องนี้ เช่น"),
}


@pytest.mark.parametrize("kind", REMEDIES)
def test_remedies_speak_of_cells(tmp_path, kind):
    change, code, words = REMEDIES[kind]
    found = [p for p in checked(tmp_path, changed(change)) if p.code == code]
    assert found
    assert words in found[0].remedy
    of_yaml = ("missing", "true", "part1", "score", "province", "แถวคะแนน")
    assert not [word for word in of_yaml if word in found[0].message + found[0].remedy]


# -- files that are refused ------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bomb(unit, count, *, before=b"<sheetData>", noise=0):
    def change(parts):
        part = sheet_part(SCORES)
        head = parts[part].partition(b"<sheetData>")[0]
        random = b"<!--" + os.urandom(noise).hex().encode() + b"-->" if noise else b""
        parts[part] = head + random + before + unit * count + b"</sheetData></worksheet>"

    return lambda: patched(change)


def with_part(name, data=b"x"):
    return lambda: patched(lambda parts: parts.update({name: data}))


def with_doctype(parts):
    part = sheet_part(SCORES)
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    parts[part] = entities + parts[part]


def without_strings(parts):
    part = sheet_part(SCORES)
    parts[part] = parts[part][: len(parts[part]) // 2]


def only_other_sheets():
    book = openpyxl.Workbook()
    book.active.title = "งบประมาณ"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encrypted():
    data = bytearray(clean())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


REFUSED = {
    "an old workbook": (lambda: OLE + b"\0" * 600, "D420"),
    "a very old workbook": (lambda: b"\x09\x08\x10\x00" + b"\0" * 60, "D420"),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "D421"),
    "a zip's password": (encrypted, "D421"),
    "an .ods": (
        lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "D422",
    ),
    "macros": (with_part("xl/vbaProject.bin"), "D423"),
    "a document of Word": (
        lambda: zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "D424",
    ),
    "a zip file": (lambda: zipped({"a.txt": b"x"}), "D424"),
    "a page of the web": (lambda: b"<html><table></table></html>", "D424"),
    "a PDF": (lambda: b"%PDF-1.7", "D424"),
    "nothing": (lambda: b"", "D424"),
    "zeros": (lambda: bytes(5000), "D424"),
    "text": ("รหัสข้อ,คะแนน".encode, "D424"),
    "a binary workbook": (with_part("xl/workbook.bin"), "D427"),
    "half a file": (lambda: clean()[: len(clean()) // 2], "D426"),
    "half a sheet": (lambda: patched(without_strings), "D426"),
    "a document type": (lambda: patched(with_doctype), "D426"),
    "no list of sheets": (lambda: patched(lambda p: p.pop("xl/workbook.xml")), "D426"),
    "a list of sheets that is none": (
        lambda: patched(lambda p: p.update({"xl/workbook.xml": b"<a><b></a>"})),
        "D426",
    ),
    "3000 entries": (
        lambda: patched(lambda p: p.update({f"xl/x{n}": b"" for n in range(3000)})),
        "D425",
    ),
    "a bomb of zeros": (with_part("xl/media/a.bin", bytes(150_000_000)), "D425"),
    "a bomb of one part": (with_part("xl/media/a.bin", bytes(50_000_000)), "D425"),
    "a bomb of rows": (bomb(b"<row/>", 900_000, noise=50_000), "D425"),
    "a bomb of cells": (
        bomb(b"<c><v>1</v></c>", 900_000, before=b"<sheetData><row>", noise=60_000),
        "D425",
    ),
    "a bomb of closed cells": (
        bomb(b"<row><c><v>1</v></c></row>", 600_000, noise=60_000),
        "D425",
    ),
    "a workbook without our sheets": (only_other_sheets, "D428"),
}


BOMBS = [kind for kind in REFUSED if "bomb" in kind]
"""What they cost is counted below, and what is told of them read there."""


@pytest.mark.parametrize("kind", [kind for kind in REFUSED if kind not in BOMBS])
def test_what_cannot_be_read_is_refused_with_one_sentence(tmp_path, kind):
    make, code = REFUSED[kind]
    data = make()
    (found,) = checked(tmp_path, data)
    assert found.code == code, str(found)
    assert "โปรด" in found.remedy


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.ods", "a.xlsb", "A.XLSX"])
def test_a_workbook_is_read_by_what_it_is(tmp_path, name):
    assert checked(tmp_path, clean(), name) == ()
    (found,) = checked(tmp_path, OLE, name)
    assert found.code == "D420"


def test_what_excel_lays_beside_an_open_workbook_is_named(tmp_path):
    owner = b"\x05clerk".ljust(55, b" ") + b"\x05\0c\0l\0e\0r\0k\0".ljust(110, b" ")
    (found,) = checked(tmp_path, owner, "~$ก.xlsx")
    assert found.code == "D424"
    assert "ไฟล์ชั่วคราวของ Excel" in found.message


def a_wide_table(book):
    for row in range(12, 700):
        for column in range(1, 91):
            book[PLAN].cell(row, column).value = 1


def many_rows(book):
    for row in range(60, 500):
        book[SCORES].cell(row, 3).value, book[SCORES].cell(row, 5).value = "i1", 1
        book[PLAN].cell(row, 1).value, book[PLAN].cell(row, 3).value = 1, "ก"


def numbers_pasted(book):
    book[PASTE]["A5"] = "i1"
    for column in range(5, 16_000):
        book[PASTE].cell(5, column).value = 1


HEAVY = {
    "a wide table": lambda: changed(a_wide_table),
    "many rows": lambda: changed(many_rows),
    "columns of numbers": lambda: changed(numbers_pasted),
    "a text of megabytes": lambda: patched(
        in_cell("J5", b'<c r="J5" t="inlineStr"><is><t>' + b"x\n" * 1_500_000 + b"</t></is></c>")
    ),
    **{kind: REFUSED[kind][0] for kind in BOMBS},
}


@pytest.mark.parametrize(("last", "refused"), [(504, False), (505, True)])
def test_a_table_has_at_most_five_hundred_rows(tmp_path, last, refused):
    def change(book):
        for row in range(5, last + 1):
            book[PLAN].cell(row, 3).value = "ก"

    assert ("D425" in {p.code for p in checked(tmp_path, changed(change))}) is refused


COUNTED = """
import cProfile, re, sys
from itareport.terminal import cli
profile = cProfile.Profile()
profile.runcall(cli.main, ["check", sys.argv[1], "--annotate"])
calls = sum(one.callcount for one in profile.getstats())
# Not ru_maxrss, which begins with the memory of the process that starts this one.
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1], calls)
"""


@pytest.mark.parametrize("kind", HEAVY)
def test_a_bomb_costs_little(tmp_path, kind):
    """Little memory, and few calls of functions, of which a busy machine makes no more."""
    file = tmp_path / "ระเบิด.xlsx"
    file.write_bytes(HEAVY[kind]())
    command = [sys.executable, "-c", COUNTED, str(file)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
    kilobytes, calls = map(int, done.stdout.split()[-2:])
    assert kilobytes < 300_000
    assert calls < 12_000_000
    assert b"Traceback" not in done.stderr
    if kind in BOMBS:
        said = done.stdout.decode()
        assert re.findall(r"\[([A-Z]\d+)\]", said) == [REFUSED[kind][1]]
        assert "โปรด" in said


def test_a_lying_size_is_found_out(tmp_path):
    """A package that declares a part smaller than it is gives no more than it declares."""
    data = bytearray(bomb(b"<row/>", 300_000)())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(sheet_part(SCORES)).file_size
    lie = bytes(data).replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    (found,) = checked(tmp_path, lie)
    assert found.code == "D426"


def test_the_workbook_of_every_year_is_read_back(tmp_path):
    for year in catalogue.known_years():
        assert checked(tmp_path, clean(year)) == ()
