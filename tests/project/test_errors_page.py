"""docs/errors.md is made from the table of sentences, and every code is tried by a test."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from itareport.problems import SENTENCES, ExitStatus, Problem, Sentence, Severity, exit_status

REPO = Path(__file__).resolve().parents[2]
PAGE = REPO / "docs" / "errors.md"

INTRO = """\
# รหัสปัญหาและสถานะเมื่อจบการทำงาน

ทุกปัญหาที่โปรแกรมแจ้งมีรหัส ที่อยู่ในไฟล์ สิ่งที่ผิด และวิธีแก้ ปัญหาทุกข้อแจ้งในคราวเดียว
โปรแกรมไม่เปลี่ยนคะแนนหรือระดับทางการ ตัวเลขทางการที่ขัดกันจึงเป็นเพียงคำเตือน

หน้านี้สร้างจากตารางข้อความของโปรแกรม (`itareport/problems/sentences/`) เครื่องหมาย … คือส่วนที่เปลี่ยนไปตามข้อมูล

| ระดับ | ความหมาย |
|---|---|
"""
SEVERITIES = {
    Severity.ERROR: ("ข้อผิดพลาด", "ต้องแก้ก่อน โปรแกรมจึงจะทำงานต่อ"),
    Severity.WARNING: ("คำเตือน", "แจ้งให้ตรวจ แล้วทำงานต่อ"),
    Severity.NOTE: ("แก้ให้แล้ว", "โปรแกรมแก้สิ่งที่พิมพ์ให้ แล้วทำงานต่อ"),
    Severity.UNCHECKED: ("ตรวจไม่ได้", "บอกสิ่งที่ตรวจไม่ได้และเหตุ แสดงเมื่อใส่ `-v`"),
}
STATUSES = {
    ExitStatus.OK: "สำเร็จ (อาจมีคำเตือน)",
    ExitStatus.OUR_FAULT: "ความผิดพลาดของโปรแกรมเอง โปรดแจ้งผู้ดูแลโปรแกรม",
    ExitStatus.USAGE: "สั่งโปรแกรมไม่ถูกวิธี",
    ExitStatus.DATA: "ข้อมูลของรายงาน ไฟล์ข้อมูล หรือปีที่ไม่มีแค็ตตาล็อก",
    ExitStatus.CATALOGUE: "แค็ตตาล็อก",
    ExitStatus.TEMPLATE: "แม่แบบ Word",
    ExitStatus.FONTS: "ฟอนต์",
    ExitStatus.PDF: "LibreOffice หรือ PDF ไฟล์ Word ที่ทำเสร็จแล้วยังอยู่ครบ",
    ExitStatus.OUTPUT: "เขียนไฟล์ผลลัพธ์ไม่ได้",
    ExitStatus.SOME_FAILED: "หลายไฟล์ บางไฟล์สำเร็จและบางไฟล์ไม่สำเร็จ",
    ExitStatus.STOPPED: "ผู้ใช้สั่งหยุด",
}
PARTS = {
    "D100": "ไฟล์ข้อมูล",
    "D120": "ค่าในข้อมูล",
    "D150": "ตัวอักษรในข้อความ",
    "D170": "ภาพ",
    "D200": "รายงานทั้งฉบับ: ข้อผิดพลาด",
    "D240": "รายงานทั้งฉบับ: คำเตือน",
    "D300": "รายงานทั้งฉบับ: สิ่งที่ตรวจไม่ได้",
    "D330": "รายงานทั้งฉบับ: ข้อวิเคราะห์กับแผน",
    "D340": "ข้อวิเคราะห์ แผน และลายมือชื่อที่ขัดกับข้อมูลหรือไม่บอกให้ครบ: คำเตือน",
    "C200": "แค็ตตาล็อก",
    "C240": "ข้อความร่าง",
    "T300": "แม่แบบ Word",
    "F400": "ฟอนต์",
    "P500": "LibreOffice และ PDF",
    "O600": "ไฟล์ผลลัพธ์",
}
"""The headings, each with the first code that may stand under it."""
LETTERS = "DCTFPO"


def page() -> str:
    """Return docs/errors.md as the table of sentences has it."""
    return "\n".join(_lines()).rstrip("\n") + "\n"


def _lines() -> Iterator[str]:
    yield INTRO + "\n".join(f"| {name} | {says} |" for name, says in SEVERITIES.values())
    yield "\n## สถานะเมื่อจบการทำงาน (exit status)\n"
    yield "เมื่อพบปัญหาหลายชนิด ได้สถานะที่เลขน้อยที่สุด\n"
    yield "| สถานะ | รหัสปัญหา | ความหมาย |\n|---|---|---|"
    letters = {_status(letter): f"{letter}…" for letter in LETTERS}
    for status in ExitStatus:
        yield f"| {status.value} | {letters.get(status, '')} | {STATUSES[status]} |"
    heading = None
    for code in sorted(SENTENCES, key=_order):
        part = [first for first in PARTS if first[0] == code[0] and first <= code][-1]
        if part != heading:
            yield f"\n## {PARTS[part]}"
            heading = part
        yield from _entry(code, SENTENCES[code])


def _entry(code: str, sentence: Sentence) -> Iterator[str]:
    name, _ = SEVERITIES[sentence.severity]
    yield f"\n### {code} ({name})\n\n{sentence.cause}\n"
    yield f"- ข้อความ: {_blanked(sentence.message)}"
    if sentence.remedy:
        yield f"- วิธีแก้: {_blanked(sentence.remedy)}"
    if sentence.cell_remedy:
        yield f"- วิธีแก้ในสมุดงาน: {_blanked(sentence.cell_remedy)}"
    if sentence.page_remedy:
        yield f"- วิธีแก้ในหน้ากรอก: {_blanked(sentence.page_remedy)}"


def _blanked(text: str) -> str:
    """Return a sentence with its blanks as …, safe from Markdown's own marks."""
    parts = string.Formatter().parse(text)
    said = "".join(words + ("…" if name is not None else "") for words, name, _, _ in parts)
    return said.replace("<", "&lt;").replace("*", r"\*")


def _order(code: str) -> tuple[int, str]:
    return LETTERS.index(code[0]), code


def _status(letter: str) -> ExitStatus:
    problem = Problem(f"{letter}999", Severity.ERROR, (), "", "", "")
    return exit_status([problem])


def test_the_page_is_what_the_table_says(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == page(), "if this is meant: pytest --update-golden"


def test_every_severity_has_its_line() -> None:
    assert set(SEVERITIES) == set(Severity)


@pytest.mark.parametrize("code", [code for code in SENTENCES if "D200" <= code < "D400"])
def test_every_code_of_the_checks_is_tried_both_ways(code: str) -> None:
    """A case (data that it speaks of, data that it does not), or a test that says which code."""
    tests = "".join(
        file.read_text(encoding="utf-8") for file in (REPO / "tests/unit").glob("test_check*.py")
    )
    own_test = re.search(rf'""" *{code}[:,]|"""{code}: ', tests)
    assert f'"{code}": Case(' in tests or own_test, code


UNTRIED: dict[str, str] = {}
"""Codes that no test can bring about, each with the reason."""


@pytest.fixture(scope="module")
def named() -> set[str]:
    """Return the codes in the strings of all tests but this one; in no comment or docstring."""
    found: set[str] = set()
    for file in (REPO / "tests").rglob("*.py"):
        if file == Path(__file__):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set() if id(node) in said else set(CODE.findall(node.value))
    return found


CODE = re.compile(rf"(?<![A-Za-z0-9])[{LETTERS}][1-6]\d\d(?!\d)")
OTHERS = [code for code in SENTENCES if not "D200" <= code < "D400"]


@pytest.mark.parametrize("code", OTHERS)
def test_every_other_code_is_expected_by_a_test(code: str, named: set[str]) -> None:
    """What reads files, catalogues, templates, fonts and PDFs, or writes them."""
    assert (code in named) != (code in UNTRIED)


def test_no_test_speaks_of_a_code_that_is_not_in_the_table(named: set[str]) -> None:
    assert named - SENTENCES.keys() == set()
