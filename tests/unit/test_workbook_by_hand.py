"""A workbook written by hand: what stands in which cell, named by its letters and nothing of ours.

Round trips share their tables with what they test: two columns that change places pass them all.
"""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from itareport.ita import catalogue
from itareport.reading import workbook
from itareport.reading.workbook import wide
from reports import KINDS

CELLS: dict[str, dict[str, Any]] = {
    "ข้อมูลหน่วยงาน": {
        "A4": "รายการ", "B4": "ข้อมูล",
        "A5": "ปีงบประมาณ", "B5": 2568,
        "A7": "ประเภทหน่วยงาน *", "B7": "เทศบาลตำบล",
        "A8": "ชื่อหน่วยงาน *", "B8": "ควนเสาธง",
        "A9": "จังหวัด *", "B9": "พัทลุง",
        "A10": "อำเภอหรือเขต *", "B10": "ตะโหมด",
        "A12": "ส่วนราชการภายใน", "B12": "สำนักปลัดเทศบาล\nกองคลัง",
        "A13": "เว็บไซต์", "B13": "www.example.go.th",
        "A14": "ภาพตราหน่วยงาน", "B14": "ตรา.png",
        "A15": "ภาพกราฟ", "B15": "กราฟ.png",
        "A16": "เกณฑ์รักษาระดับ", "B16": 95,
        "A17": "ขนาดหน่วยงาน", "B17": "เล็ก",
        "A19": "ข้อในประเด็นที่ 1", "B19": "i1, i2",
        "A25": "ข้อในประเด็นที่ 7", "B25": "o17",
    },
    "ผลภาพรวม": {
        "A4": "รายการ", "B4": "ปี 2568", "C4": "ปี 2567 (ถ้ามี)",
        "A5": "คะแนนภาพรวม *", "B5": 91.01, "C5": 81.02,
        "A8": "ระดับผลการประเมิน *", "B8": "ผ่านดี",
        "A9": "วันที่ประกาศผล", "B9": "1 สิงหาคม 2568",
        "A11": "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "B11": 92.03, "C11": 82.04,
        "A20": "ตัวชี้วัดที่ 10 การป้องกันการทุจริต", "B20": 93.05, "C20": 83.06,
        "A22": "คะแนน IIT", "B22": 94.07,
        "A23": "คะแนน EIT ส่วนที่ 1", "B23": 95.08,
        "A24": "คะแนน EIT ส่วนที่ 2", "B24": 96.09,
        "A25": "คะแนน OIT", "B25": 97.11,
    },
    "คะแนนรายข้อ": {
        "A4": "ประเด็นที่", "B4": "เครื่องมือ", "C4": "รหัสข้อ", "D4": "ชื่อข้อหรือเรื่องที่ถาม",
        "E4": "คะแนน", "F4": "คะแนนส่วนที่ 1 (EIT)", "G4": "คะแนนส่วนที่ 2 (EIT)",
        "H4": "เหตุที่ไม่มีคะแนน", "I4": "เหตุผลที่ ITAS แจ้ง", "J4": "ข้อวิเคราะห์",
        "K4": "ข้อความร่าง",
        "C5": "i1", "E5": 80.25, "J5": "ข้อวิเคราะห์ของ i1", "K5": "ร่าง",
        "C6": "i2", "H6": "ไม่ถูกประเมิน",
        "C20": "e1", "F20": 70.12, "G20": 90.34,
        "C29": "o1", "E29": 50, "I29": "เหตุผลของ o1",
    },
    "วางคะแนน": {
        "A4": "รหัสข้อ", "B4": "คะแนน", "C4": "คะแนนส่วนที่ 1 (EIT)", "D4": "คะแนนส่วนที่ 2 (EIT)",
        "A5": "e2", "C5": 71.56, "D5": 91.78,
        "A6": "o2", "B6": 0,
    },
    "แผนการดำเนินการ": {
        "A4": "ประเด็นที่", "B4": "ชื่อประเด็น", "C4": "มาตรการ โครงการ หรือกิจกรรม",
        "D4": "ผลการวิเคราะห์ที่สอดคล้อง", "E4": "ขั้นตอนหรือวิธีการดำเนินการ",
        "F4": "ช่วงระยะเวลาการดำเนินการ", "G4": "ผู้รับผิดชอบ", "H4": "การกำกับติดตาม (ถ้ามี)",
        "I4": "งบประมาณ (ถ้ามี)", "J4": "ข้อความร่าง",
        "A5": 3, "C5": "มาตรการ", "D5": "ผล", "E5": "ขั้นหนึ่ง\nขั้นสอง", "F5": "ธันวาคม 2568",
        "G5": "กองคลัง", "H5": "ติดตาม", "I5": "ไม่ใช้งบประมาณ", "J5": "ร่าง",
    },
    "ผู้ลงนาม": {
        "A4": "คนที่", "B4": "บทบาท", "C4": "ชื่อผู้ลงนาม", "D4": "ตำแหน่ง", "E4": "วันที่ลงนาม",
        "A5": 1, "B5": "ผู้อนุมัติ", "C5": "นางใจดี", "D5": "นายก\nเทศมนตรี", "E5": "1 ตุลาคม 2568",
    },
}  # fmt: skip


DATA: Any = {
    "fiscal_year": "2568",
    "agency": {
        "kind": "เทศบาลตำบล", "name": "ควนเสาธง", "province": "พัทลุง", "district": "ตะโหมด",
        "units": ["สำนักปลัดเทศบาล", "กองคลัง"], "website": "www.example.go.th",
        "emblem": "ตรา.png", "maintain_from": "95", "size": "เล็ก",
    },
    "graph": "กราฟ.png",
    "issues": [{"no": "1", "items": ["i1", "i2"]}, {"no": "7", "items": ["o17"]}],
    "result": {
        "total": "91.01", "level": "ผ่านดี", "announced": "1 สิงหาคม 2568",
        "indicators": [{"no": "1", "score": "92.03"}, {"no": "10", "score": "93.05"}],
        "last_year": {
            "total": "81.02",
            "indicators": [{"no": "1", "score": "82.04"}, {"no": "10", "score": "83.06"}],
        },
        "tools": [
            {"tool": "IIT", "score": "94.07"},
            {"tool": "EIT", "part": "1", "score": "95.08"},
            {"tool": "EIT", "part": "2", "score": "96.09"},
            {"tool": "OIT", "score": "97.11"},
        ],
    },
    "scores": [
        {"code": "i1", "score": "80.25"},
        {"code": "i2", "missing": "ไม่ถูกประเมิน"},
        {"code": "e1", "part1": "70.12", "part2": "90.34"},
        {"code": "o1", "score": "50", "reason": "เหตุผลของ o1"},
        {"code": "e2", "part1": "71.56", "part2": "91.78"},
        {"code": "o2", "score": "0"},
    ],
    "remarks": [{"code": "i1", "text": "ข้อวิเคราะห์ของ i1", "draft": "true"}],
    "plan": [
        {
            "issue": "3", "measures": ["มาตรการ"], "findings": ["ผล"],
            "steps": ["ขั้นหนึ่ง", "ขั้นสอง"], "period": ["ธันวาคม 2568"],
            "responsible": ["กองคลัง"], "follow_up": ["ติดตาม"],
            "budget": ["ไม่ใช้งบประมาณ"], "draft": "true",
        },
    ],
    "signatures": [
        {
            "role": "ผู้อนุมัติ", "name": "นางใจดี", "position": ["นายก", "เทศมนตรี"],
            "date": "1 ตุลาคม 2568",
        },
    ],
}  # fmt: skip

WIDE_CELLS: dict[str, dict[str, Any]] = {
    "ตารางหน่วยงาน": {
        "A4": "ปีงบประมาณ", "B4": "ประเภทหน่วยงาน", "C4": "ชื่อหน่วยงาน", "D4": "อำเภอหรือเขต",
        "E4": "จังหวัด", "F4": "คะแนนภาพรวม", "G4": "ระดับผลการประเมิน", "H4": "วันที่ประกาศผล",
        "I4": "ตัวชี้วัดที่ 1", "R4": "ตัวชี้วัดที่ 10", "S4": "คะแนน IIT",
        "T4": "คะแนน EIT ส่วนที่ 1", "U4": "คะแนน EIT ส่วนที่ 2", "V4": "คะแนน OIT", "W4": "i1",
        "AL4": "e1 ส่วนที่ 1", "AM4": "e1 ส่วนที่ 2", "AN4": "o1", "AO4": "o1 เหตุผล",
        "AP4": "ผู้อนุมัติ ชื่อ", "AQ4": "ผู้อนุมัติ ตำแหน่ง", "AR4": "เว็บไซต์", "AS4": "ภาพตราหน่วยงาน",
        "A5": 2568, "B5": "เทศบาลตำบล", "C5": "ควนเสาธง", "D5": "ตะโหมด", "E5": "พัทลุง",
        "F5": 91.01, "G5": "ผ่านดี", "H5": "1 สิงหาคม 2568", "I5": 92.03, "R5": 93.05, "S5": 94.07,
        "T5": 95.08, "U5": 96.09, "V5": 97.11, "W5": 80.25, "AL5": 70.12, "AM5": 90.34, "AN5": 50,
        "AO5": "เหตุผลของ o1", "AP5": "นางใจดี", "AQ5": "นายก", "AR5": "www.example.go.th",
        "AS5": "ตรา.png",
    },
    "ข้อวิเคราะห์": {
        "A4": "หน่วยงาน", "B4": "อำเภอหรือเขต", "C4": "รหัสข้อ", "D4": "ข้อวิเคราะห์", "E4": "ข้อความร่าง",
        "A5": "เทศบาลตำบลควนเสาธง", "B5": "ตะโหมด",
        "C5": "i1", "D5": "ข้อวิเคราะห์ของ i1", "E5": "ร่าง",
    },
    "แผนการดำเนินการ": {
        "A4": "หน่วยงาน", "B4": "อำเภอหรือเขต", "C4": "ประเด็นที่", "D4": "มาตรการ โครงการ หรือกิจกรรม",
        "E4": "ผลการวิเคราะห์ที่สอดคล้อง", "F4": "ขั้นตอนหรือวิธีการดำเนินการ",
        "G4": "ช่วงระยะเวลาการดำเนินการ", "H4": "ผู้รับผิดชอบ", "I4": "การกำกับติดตาม (ถ้ามี)",
        "J4": "งบประมาณ (ถ้ามี)", "K4": "ข้อความร่าง",
        "A5": "เทศบาลตำบลควนเสาธง", "B5": "ตะโหมด", "C5": 3, "D5": "มาตรการ", "E5": "ผล",
        "F5": "ขั้นหนึ่ง\nขั้นสอง", "G5": "ธันวาคม 2568", "H5": "กองคลัง", "I5": "ติดตาม",
        "J5": "ไม่ใช้งบประมาณ", "K5": "ร่าง",
    },
}  # fmt: skip


def by_hand(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for cell, value in cells.items():
            sheet[cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_each_cell_is_read_as_its_field():
    document = workbook.opened(by_hand(CELLS), "ก.xlsx").document
    assert document.data == DATA
    assert document.problems == ()


@pytest.mark.parametrize("sheet", CELLS)
def test_each_field_is_written_into_its_cell(sheet):
    made = workbook.write(DATA, catalogue.load(2568), KINDS)
    written = openpyxl.load_workbook(io.BytesIO(made))[sheet]
    cells = {name: written[name].value for name in CELLS[sheet]}
    if sheet == "วางคะแนน":  # the clerk's: only its headers are ours
        assert set(cells.values()) == {None, *list(CELLS[sheet].values())[:4]}
    else:
        assert cells == CELLS[sheet]


def agency_of_many(**more):
    """Return the document of the one agency of the table, with all columns that it must have."""
    others = [f"ตัวชี้วัดที่ {number}" for number in range(2, 10)]
    for tool, most in (("i", 15), ("e", 9), ("o", 28)):
        others += [f"{tool}{number}" for number in range(2, most + 1)]
    filler = {f"{get_column_letter(at)}4": header for at, header in enumerate(others, 60)}
    sheets = WIDE_CELLS | {"ตารางหน่วยงาน": WIDE_CELLS["ตารางหน่วยงาน"] | filler | more}
    table = wide.read(by_hand(sheets), "ก.xlsx", KINDS)
    (agency,) = table.agencies
    return table.document(agency)


def test_each_cell_of_a_table_of_many_agencies_is_read_as_its_field():
    document = agency_of_many()
    result = {name: value for name, value in DATA["result"].items() if name != "last_year"}
    assert document.data == {
        "fiscal_year": "2568",
        "agency": {
            "kind": "เทศบาลตำบล", "name": "ควนเสาธง", "province": "พัทลุง", "district": "ตะโหมด",
            "website": "www.example.go.th", "emblem": "ตรา.png",
        },
        "result": result,
        "scores": [row for row in DATA["scores"] if row["code"] in ("i1", "e1", "o1")],
        "remarks": DATA["remarks"],
        "plan": DATA["plan"],
        "signatures": [
            {"role": "ผู้จัดทำรายงาน"},
            {"role": "ผู้ตรวจสอบ", "position": ["ปลัดเทศบาลตำบลควนเสาธง"]},
            {"role": "ผู้อนุมัติ", "name": "นางใจดี", "position": ["นายก"]},
        ],
    }  # fmt: skip


def test_the_reason_of_a_question_of_opinion_is_no_score():
    document = agency_of_many(AO4="i1 เหตุผล", AO5="เหตุผลของ i1")
    (row,) = (row for row in document.data["scores"] if row["code"] == "i1")
    assert row["reason"] == "เหตุผลของ i1"


def test_each_column_of_a_new_table_of_many_agencies_has_its_header():
    table = workbook.new_wide(catalogue.load(2568), KINDS, "พัทลุง")
    made = openpyxl.load_workbook(io.BytesIO(table))
    own = ("AL4", "AM4", "AN4", "AO4", "AP4", "AQ4", "AR4", "AS4")  # columns that a clerk adds
    for sheet, cells in WIDE_CELLS.items():
        headers = {
            name: text for name, text in cells.items() if name[-1] == "4" and name not in own
        }
        assert {name: made[sheet][name].value for name in headers} == headers
