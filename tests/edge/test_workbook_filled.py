"""A new workbook filled as a clerk fills it gives the very document that the YAML file gives."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from itareport import plain, thai
from itareport.actions import build
from itareport.ita import catalogue
from itareport.reading import workbook
from itareport.reading.workbook import layout
from itareport.reading.workbook.layout import HEADER_ROW
from itareport.terminal import cli
from reports import KINDS

EXAMPLE = Path("examples/kuansaothong-2568.yaml").resolve()
FIRST = HEADER_ROW + 1
AGENCY = {"จังหวัด *": "province", "อำเภอหรือเขต *": "district"}
SERVES = {"ข้อที่รายงานนี้ใช้ตอบ": "item", "ปีของการประเมินที่ใช้รายงานนี้": "year"}
PLAN = {
    "มาตรการ โครงการ หรือกิจกรรม": "measures",
    "ผลการวิเคราะห์ที่สอดคล้อง": "findings",
    "ขั้นตอนหรือวิธีการดำเนินการ": "steps",
    "ช่วงระยะเวลาการดำเนินการ": "period",
    "ผู้รับผิดชอบ": "responsible",
}
SIGNED = {"บทบาท": "role", "ชื่อผู้ลงนาม": "name", "ตำแหน่ง": "position"}


def typed(value):
    """What a clerk types: numbers as numbers, a list as lines."""
    if isinstance(value, list):
        return "\n".join(value)
    number = value and thai.decimal(value)
    return float(number) if number else value


def labelled(sheet):
    return {row[0].value: row[1] for row in sheet.iter_rows(FIRST)}


def headed(sheet):
    return {cell.value: cell.column for cell in sheet[HEADER_ROW]}


def fill_form(sheet, values):
    cells = labelled(sheet)
    for label, value in values.items():
        cells[label].value = typed(value)


def fill_row(sheet, row, headers, values):
    at = headed(sheet)
    for header, name in headers.items():
        sheet.cell(row, at[header]).value = typed(values.get(name))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    data: Any = plain.read(EXAMPLE.read_bytes(), "y.yaml").data
    year = catalogue.load(2568)
    book = openpyxl.load_workbook(io.BytesIO(workbook.new(year, KINDS, "เทศบาลตำบลควนเสาธง")))
    about = {label: data["agency"][name] for label, name in AGENCY.items()}
    about |= {label: data["serves"][name] for label, name in SERVES.items()}
    fill_form(book[layout.AGENCY], about)
    result = data["result"]
    names = {str(row.no): row.name for row in year.indicators.rows}
    figures = {f"ตัวชี้วัดที่ {r['no']} {names[r['no']]}": r["score"] for r in result["indicators"]}
    figures |= {"คะแนนภาพรวม *": result["total"], "ระดับผลการประเมิน *": result["level"]}
    fill_form(book[layout.RESULT], figures)
    scores = {row["code"]: row for row in data["scores"]}
    remarks = {row["code"]: row for row in data["remarks"]}
    sheet = book[layout.SCORES]
    fields = {"คะแนน": "score", "คะแนนส่วนที่ 1 (EIT)": "part1", "คะแนนส่วนที่ 2 (EIT)": "part2"}
    fields |= {"เหตุที่ไม่มีคะแนน": "missing", "เหตุผลที่ ITAS แจ้ง": "reason", "ข้อวิเคราะห์": "text"}
    for row in range(FIRST, sheet.max_row + 1):
        code = sheet.cell(row, headed(sheet)["รหัสข้อ"]).value
        fill_row(sheet, row, fields, scores.get(code, {}) | remarks.get(code, {}))
    for row, planned in enumerate(data["plan"], FIRST):
        fill_row(book[layout.PLAN], row, {"ประเด็นที่": "issue"} | PLAN, planned)
    for row in range(FIRST, FIRST + 5):
        people = data["signatures"]
        person = people[row - FIRST] if row - FIRST < len(people) else {}
        fill_row(book[layout.SIGNATURES], row, SIGNED, person)
    place = tmp_path_factory.mktemp("filled") / "แบบกรอก.xlsx"
    book.save(place)
    return place


def docx(file, out):
    built = build.report(file, build.Run(out))
    assert built.outputs, [str(p) for p in built.problems]
    return built.outputs[0].read_bytes()


def test_the_filled_workbook_builds_the_same_document_byte_for_byte(filled, tmp_path):
    assert docx(filled, tmp_path / "x") == docx(EXAMPLE, tmp_path / "y")


def test_the_filled_workbook_converts_to_what_the_example_converts_to(filled, tmp_path):
    for source, name in ((filled, "x.yaml"), (EXAMPLE, "y.yaml")):
        assert cli.main(["convert", str(source), str(tmp_path / name)]) == 0
    assert (tmp_path / "x.yaml").read_bytes() == (tmp_path / "y.yaml").read_bytes()
