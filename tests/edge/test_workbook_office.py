"""What we write as LibreOffice takes it: opened, worked out, printed on A4 and saved again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openpyxl.comments import Comment
from openxml_audit import FileFormat, OpenXmlValidator

from itareport.actions import check, prepare
from itareport.actions.convert import plain
from itareport.ita import catalogue
from itareport.problems import Place, Severity
from itareport.reading import load, workbook
from itareport.reading.workbook import layout
from itareport.terminal import cli
from offices import run_calc
from reports import KINDS, Given, clean_data, clean_report
from workbooks import changed, places

pytestmark = pytest.mark.pdf

YEARS = catalogue.known_years()
COLOURS = {Severity.ERROR: "FFFF7C80", Severity.WARNING: "FFFFC000", Severity.NOTE: "FF9DC3E6"}


LOW: dict[str, Given] = {"i1": "90.00", "e1": ("80.00", "99.00"), "o1": "0.00"}


def spoil_values(book):
    """Make mistakes that keep a workbook from being a report."""
    scores, paste = book[layout.SCORES], book[layout.PASTE]
    scores["E5"], scores["E6"], scores["C8"], scores["I30"] = 101, "ร้อย", "i3", "<b>ไม่พบ</b>"
    scores["E6"].comment = Comment("ถามกองคลัง", "สมชาย")
    scores["J9"] = "เเก้แล้ว"
    paste["A5"], paste["B5"] = "i9", 1
    book[layout.AGENCY]["B7"] = None
    book[layout.SIGNATURES]["E5"] = "32 ตุลาคม 2568"


def spoil_report(book):
    """Make mistakes that only the checks of a whole report see."""
    scores, plan = book[layout.SCORES], book[layout.PLAN]
    scores["E5"], scores["E6"], scores["J6"] = 50, 60, "เเย่มาก"
    scores["E7"].comment = Comment("ถามกองคลัง", "สมชาย")
    scores["P5"] = "บันทึก"
    book[layout.RESULT]["B5"] = 12.34
    plan["G5"], plan["F6"], plan["C7"] = None, "ธันวาคม 2560", "ระบุชื่อโครงการ"
    book[layout.AGENCY]["B10"] = "เมืองพัทลุง"


SPOILT = {"values": spoil_values, "report": spoil_report}


@pytest.fixture(scope="module")
def as_office_has_it(tmp_path_factory):
    """Return a folder of each year's new workbook, printed (.pdf), and what Office saved (.xlsx).

    Saved are full workbooks and an empty one, annotated copies of mistakes, and scores alone.
    """
    folder: Path = tmp_path_factory.mktemp("calc")
    for name, spoil in SPOILT.items():
        file = folder / f"{name}.xlsx"
        file.write_bytes(changed(spoil))
        (made,) = check.file(file, annotate=True).outputs
        made.rename(folder / f"marked-{name}.xlsx")
    scored = clean_data(catalogue.load(2568), LOW, remarks=[], plan=[])
    (folder / "scored.xlsx").write_bytes(workbook.write(scored, catalogue.load(2568), KINDS))
    for year in YEARS:
        of_year = catalogue.load(year)
        (folder / f"new{year}.xlsx").write_bytes(workbook.new(of_year, KINDS, "ทต.แม่ขรี"))
        full = clean_report(of_year, {"i1": "80.00"}, agency__website="=1+1")
        (folder / f"full{year}.xlsx").write_bytes(workbook.write(plain(full), of_year, KINDS))
    printed = [str(file) for file in sorted(folder.glob("new*.xlsx"))]
    kinds = ("full*", "marked*", "scored", "new2568")
    saved = [str(file) for kind in kinds for file in sorted(folder.glob(f"{kind}.xlsx"))]
    run_calc(folder, "--convert-to", "pdf", "--outdir", str(folder), *printed)
    run_calc(folder, "--convert-to", "xlsx", "--outdir", str(folder / "saved"), *saved)
    return folder


@pytest.mark.parametrize("year", YEARS)
def test_every_sheet_is_printed_on_a4_in_our_font(as_office_has_it, year):
    printed = pypdfium2.PdfDocument(as_office_has_it / f"new{year}.pdf")
    texts = "\n".join(page.get_textpage().get_text_bounded() for page in printed)
    for sheet in layout.SHEETS:
        assert f"{sheet} หน้า" in " ".join(texts.split())
    assert {tuple(sorted(round(side) for side in page.get_size())) for page in printed} == {
        (595, 842)
    }
    assert len(printed) <= 12
    assert "#" not in texts  # no #NAME?, no ###


@pytest.mark.parametrize("year", YEARS)
def test_what_office_saves_reads_as_the_same_report(as_office_has_it, year):
    before = load.load(as_office_has_it / f"full{year}.xlsx").report
    after = load.load(as_office_has_it / "saved" / f"full{year}.xlsx").report
    assert before is not None
    assert after == before
    assert after.agency.website == "=1+1"


def test_the_total_is_worked_out_and_districts_follow_the_province(as_office_has_it):
    saved = as_office_has_it / "saved"
    book = openpyxl.load_workbook(saved / "full2568.xlsx", data_only=True)
    sheet = book[layout.RESULT]
    rows = {row[0].value: row[1].value for row in sheet.iter_rows(5)}
    assert rows[layout.COMPUTED_LABEL] == rows["คะแนนภาพรวม *"]
    assert rows[layout.DIFFERENCE_LABEL] == 0
    count = len(catalogue.load(2568).codes)
    assert book[layout.SCORES]["A3"].value == f"กรอกแล้ว {count} จาก {count} ข้อ"
    assert book[layout.PLAN]["B5"].value == catalogue.load(2568).issues.rows[0].name
    offered = [book[layout.LISTS][f"W{row}"].value for row in range(2, 52)]
    assert [name for name in offered if name][:3] == ["กงหรา", "เขาชัยสน", "ควนขนุน"]
    empty = openpyxl.load_workbook(saved / "new2568.xlsx", data_only=True)
    assert not empty[layout.RESULT]["B6"].value


def test_a_workbook_keeps_to_the_schemas_but_for_openpyxls_ways(as_office_has_it):
    """It writes texts into cells and the parts of a font in its own order; Excel takes both."""
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    found = map(str, validator.validate(str(as_office_has_it / "full2568.xlsx")).errors)
    assert [e for e in found if "inline-string" not in e and "/fonts[1]/" not in e] == []


# -- annotated copies -------------------------------------------------------------------------


def problems_of(file):
    found = prepare.check_file(file, prepare.Options()).problems
    return tuple(p for p in found if p.severity is not Severity.UNCHECKED)


@pytest.mark.parametrize("name", SPOILT)
def test_an_annotated_copy_saved_by_office_gives_the_same_problems(as_office_has_it, name):
    before = places(problems_of(as_office_has_it / f"{name}.xlsx"))
    assert len(before) > 6
    assert places(problems_of(as_office_has_it / f"marked-{name}.xlsx")) == before
    assert places(problems_of(as_office_has_it / "saved" / f"marked-{name}.xlsx")) == before


@pytest.mark.parametrize("name", SPOILT)
def test_colour_and_comment_stand_at_each_problem_in_what_office_saves(as_office_has_it, name):
    book = openpyxl.load_workbook(as_office_has_it / "saved" / f"marked-{name}.xlsx")
    worst: dict[tuple[str, str], Severity] = {}
    for found in problems_of(as_office_has_it / f"{name}.xlsx"):  # errors first
        for place in (found.place or Place(""), *found.also_places):
            _, first, *_ = book.sheetnames  # after the list of problems
            sheet, cell = place.sheet or first, place.cell or "A1"
            assert f"[{found.code}]" in book[sheet][cell].comment.text
            assert found.remedy in book[sheet][cell].comment.text
            worst.setdefault((sheet, cell), found.severity)
    other = {"values": Severity.NOTE, "report": Severity.WARNING}[name]
    assert {Severity.ERROR, other} <= set(worst.values())
    for (sheet, cell), severity in worst.items():
        assert colour_of(book[sheet], cell) == COLOURS[severity], (sheet, cell)
    own = {"values": "E6", "report": "E7"}[name]
    assert book[layout.SCORES][own].comment.text.startswith("ถามกองคลัง")


def colour_of(sheet, cell):
    """Return the colour of the conditional format that wins in a cell; ours is always true."""
    rules = [
        rule
        for formatting in sheet.conditional_formatting
        if cell in formatting.cells
        for rule in formatting.rules
    ]
    first = min(rules, key=lambda rule: rule.priority)
    assert first.formula == ['"itareport"="itareport"']
    return first.dxf.fill.bgColor.rgb


def test_a_workbook_saved_by_office_is_drafted(as_office_has_it, tmp_path):
    """Only the drafts' cells differ, and the copy has no problem but D280."""
    saved, made = as_office_has_it / "saved" / "scored.xlsx", tmp_path / "ก.xlsx"
    assert cli.main(["draft", str(saved), "-o", str(made)]) == 0
    assert {p.code for p in problems_of(made)} == {"D280"}
    before, after = (openpyxl.load_workbook(file) for file in (saved, made))
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                new = after[sheet.title][cell.coordinate]
                assert new.style_id == cell.style_id
                assert cell.value in (None, new.value)
    assert after[layout.SCORES]["K5"].value == "ร่าง"
