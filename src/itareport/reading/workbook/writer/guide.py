"""The guide and the checklist of the workbook, in the clerk's words."""

from __future__ import annotations

from typing import Any

from itareport.ita.catalogue import Catalogue
from itareport.reading.workbook import layout, readiness
from itareport.reading.workbook.layout import HEADER_ROW
from itareport.reading.workbook.writer import pages, styles

_STEPS = (
    (layout.AGENCY, "กรอกประเภท ชื่อ จังหวัด และอำเภอ เลือกจังหวัดก่อน แล้วรายการอำเภอจะเปลี่ยนตามจังหวัด"),
    (
        layout.RESULT,
        "คัดลอกคะแนนภาพรวม ระดับ และคะแนน {indicators} ตัวชี้วัดจากผลทางการ สมุดงานคำนวณให้เทียบทันที",
    ),
    (
        layout.SCORES,
        "กรอกคะแนน {count} ข้อ และข้อวิเคราะห์ของข้อที่ต่ำกว่า 100 ข้อที่ไม่มีคะแนนให้เลือกเหตุจากรายการ",
    ),
    (layout.PASTE, "ถ้ามีรหัสข้อและคะแนนอยู่ในตารางอื่น วางไว้ที่แผ่นนี้ได้โดยไม่ต้องเรียงลำดับ โปรแกรมจับคู่ให้"),
    (layout.PLAN, "กรอกมาตรการ ขั้นตอน ช่วงระยะเวลา และผู้รับผิดชอบของทั้ง {issues} ประเด็น"),
    (layout.SIGNATURES, "กรอกผู้จัดทำ ผู้ตรวจสอบ และผู้อนุมัติ ช่องที่ยังไม่ทราบเว้นไว้ได้"),
    (layout.CHECKLIST, "ใช้ทบทวนก่อนเสนอ โปรแกรมเติมผลให้เมื่อสั่งตรวจ"),
)
_COLOURS = (
    (styles.TO_FILL, "ช่องสำหรับกรอก ช่องอื่นล็อกไว้โดยไม่มีรหัสผ่าน"),
    (styles.WANTED, "ช่องที่ควรกรอกแต่ยังว่าง"),
    (styles.LOW, "คะแนนต่ำกว่า 85 หรือคะแนนภาพรวมไม่ตรงกับที่คำนวณได้"),
    (styles.BELOW_FULL, "คะแนนตั้งแต่ 85 แต่ไม่ถึง 100"),
    (styles.DRAFTED, "ข้อความร่างของโปรแกรม โปรดตรวจทาน แก้ไข แล้วลบคำว่า ร่าง ท้ายแถวเพื่อยืนยัน"),
)
_TIPS = (
    "ขึ้นบรรทัดใหม่ในช่องเดียวกันด้วย Alt+Enter ในแผนแต่ละบรรทัดคือหนึ่งรายการ",
    "คะแนนใช้เลขอารบิก ทศนิยมไม่เกินสองตำแหน่ง เช่น 83.81 รายงานพิมพ์เป็นเลขไทยให้เอง",
    "คัดลอกค่ามาวาง ให้เลือก วางเฉพาะค่า (Paste Values) เพื่อรักษารูปแบบของช่อง",
    f"ข้อที่ถึงเกณฑ์รักษาระดับและตั้งใจให้ช่องข้อวิเคราะห์ว่าง พิมพ์ {layout.EMPTY} ข้อที่ต่ำกว่าเกณฑ์ต้องมีข้อวิเคราะห์",
    "วันที่พิมพ์เป็น 1 ตุลาคม {year}, 1 ต.ค. {short} หรือ 1/10/{year} ก็ได้",
    "ห้ามเปลี่ยนปีของสมุดงาน แต่ละปีมีเลขข้อต่างกัน โปรดสร้างสมุดงานใหม่ของปีนั้น",
)
_OF_COMMANDS = 'คำสั่ง (ชื่อไฟล์ที่มีเว้นวรรคให้ใส่ในเครื่องหมาย " ")'
_COMMANDS = (
    ("itareport check ไฟล์นี้.xlsx", "ตรวจทุกแผ่น บอกทุกแห่งที่ต้องแก้พร้อมชื่อแผ่นงานและช่อง"),
    (
        "itareport check ไฟล์นี้.xlsx --annotate",
        "ทำสำเนาที่แผ่นแรกบอกทุกเรื่องที่ต้องแก้ กดไปยังช่องได้ และทุกช่องนั้นมีสีและความเห็น",
    ),
    ("itareport draft ไฟล์นี้.xlsx", "ทำสำเนาที่เติมข้อวิเคราะห์และแผนที่ยังว่างด้วยข้อความร่าง"),
    ("itareport build ไฟล์นี้.xlsx -o out --pdf", "จัดทำรายงานเป็น Word และ PDF"),
)


def fill(sheet: Any, catalogue: Catalogue) -> None:
    """Write how to fill the workbook, what its colours mean and how to check it."""
    year = catalogue.fiscal_year
    title = f"แบบกรอกข้อมูลรายงาน ITA ปีงบประมาณ พ.ศ. {year}"
    pages.head(sheet, title, "สมุดงานนี้ใช้จัดทำรายงานการวิเคราะห์ผลการประเมิน ITA", ("แผ่นงาน", "สิ่งที่ทำ"))
    pages.widths(sheet, (42, 84))
    facts = {
        "indicators": len(catalogue.indicators.rows),
        "count": len(catalogue.codes),
        "issues": len(catalogue.issues.rows),
        "year": year,
        "short": year % 100,
    }
    sections = {
        "": [(f"{number}. {name}", text, "") for number, (name, text) in enumerate(_STEPS, 1)],
        "สีของช่อง": [("", text, color) for color, text in _COLOURS],
        "ข้อควรทราบ": [("", text, "") for text in _TIPS],
        _OF_COMMANDS: [(command, text, "") for command, text in _COMMANDS],
    }
    row = HEADER_ROW + 1
    for heading, lines in sections.items():
        row = _heading(sheet, row + 1, heading) if heading else row
        for name, text, color in lines:
            _line(sheet, row, name, text.format(**facts), color)
            row += 1


def checklist(sheet: Any, catalogue: Catalogue) -> None:
    """Write the checklist with its results blank, as a check of the workbook fills them."""
    text = "โปรแกรมเติมช่อง ผล และ แก้ไขที่ เมื่อสั่ง itareport check ไฟล์นี้.xlsx --annotate"
    pages.head(sheet, "รายการตรวจก่อนเสนอรายงาน", text, readiness.HEADERS)
    pages.widths(sheet, (8, 70, 12, 36))
    for number, said in enumerate(readiness.said(catalogue), 1):
        for column, value in enumerate((number, said, None, None), 1):
            cell = sheet.cell(HEADER_ROW + number, column)
            cell.value = value
            (styles.INFO if column == 2 else styles.CENTRED).on(cell)


def _heading(sheet: Any, row: int, text: str) -> int:
    sheet.cell(row, 1).value = text
    for column in (1, 2):
        styles.HEADING.on(sheet.cell(row, column))
    return row + 1


def _line(sheet: Any, row: int, name: str, text: str, color: str) -> None:
    sheet.cell(row, 1).value, sheet.cell(row, 2).value = name or None, text
    styles.LABEL.on(sheet.cell(row, 1))
    styles.INFO.on(sheet.cell(row, 2))
    if color:
        sheet.cell(row, 1).fill = styles.solid(color)
