"""What we write as LibreOffice takes it: opened, worked out, printed on A4 and saved again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from itareport import catalogue, load, office, workbook
from itareport.convert import plain
from itareport.workbook import layout
from reports import clean_report

pytestmark = pytest.mark.pdf

YEARS = catalogue.known_years()


@pytest.fixture(scope="module")
def as_office_has_it(tmp_path_factory):
    """Return a folder of each year's new and full workbook, printed (.pdf) and saved (.xlsx)."""
    folder: Path = tmp_path_factory.mktemp("calc")
    for year in YEARS:
        of_year = catalogue.load(year)
        (folder / f"new{year}.xlsx").write_bytes(workbook.new(of_year, "ทต.แม่ขรี"))
        full = clean_report(of_year, {"i1": "80.00"}, agency__website="=1+1")
        (folder / f"full{year}.xlsx").write_bytes(workbook.write(plain(full), of_year))
    files = [str(file) for file in sorted(folder.glob("*.xlsx"))]
    run_office(folder, "--convert-to", "pdf", "--outdir", str(folder), *files)
    run_office(folder, "--convert-to", "xlsx", "--outdir", str(folder / "saved"), *files)
    return folder


def run_office(folder, *arguments):
    program = office.find()
    assert program, "LibreOffice Calc is needed"
    place = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program.command), place, "--headless", "--norestore", *arguments]
    environment = office._environ(folder)
    done = subprocess.run(command, env=environment, capture_output=True, timeout=180, check=True)
    assert b"Error" not in done.stderr, done.stderr.decode()


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
