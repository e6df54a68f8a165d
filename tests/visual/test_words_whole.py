"""Words that no line of a PDF cuts: those of the heads of tables, and of those who sign."""

from __future__ import annotations

import json
import re

import pytest

import pdfs
from documents import tables
from itareport.actions import build, prepare
from itareport.pdf import office
from itareport.reading import load

pytestmark = [pytest.mark.pdf, pytest.mark.usefixtures("soffice")]

WORDS = re.findall(
    r"\S+",
    """
    แบบ ลำดับ รายละเอียด ตัวชี้วัด คะแนน ผลต่าง หัวข้อ เครื่องมือ การประเมิน ข้อ คำถาม ข้อบกพร่อง ข้อแก้ไข
    ปรับปรุง รักษาระดับ มาตรการ โครงการ หรือ กิจกรรม ผลการวิเคราะห์ ตาม หลักเกณฑ์ ITA ที่ สอดคล้องกับ
    ขั้นตอน วิธีการ ดำเนินการ ช่วง ระยะเวลา การ ผู้รับผิดชอบ กำกับ ติดตาม งบประมาณ ได้ ไม่ถึง พศ
    """,
)
"""The words of all heads; a line may end after each."""
SPLIT = {"follow_up": ["รายงานผลต่อผู้บริหาร"], "budget": ["20,000 บาท"]}
BEFORE = {"total": "88.12", "indicators": [{"no": n, "score": "90"} for n in range(1, 11)]}
NAME = "นางสาวกุลธิดารัตนาภรณ์ศิริวัฒนา พงศ์พิพัฒน์วรากุลชัยเจริญทรัพย์"


def made(repo, tmp_path, change, **how):
    """Return the document of the example after a change of its data."""
    report = load.load(repo / "examples" / "kuansaothong-2568.yaml").report
    data = json.loads(report.model_dump_json(exclude_defaults=True))
    change(data)
    file = tmp_path / "data.json"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    options = prepare.Options(**how)
    ready = prepare.check_file(file, options).ready
    assert ready is not None
    return build.docx(ready, options)[0]


def in_words(text):
    """Return whether a text is nothing but words of heads."""
    ends = {0}
    for end in range(1, len(text) + 1):
        if any(text.endswith(w, 0, end) and end - len(w) in ends for w in WORDS):
            ends.add(end)
    return len(text) in ends


def plainly(text):
    """Return a head without what stands between its words, and without figures."""
    return "".join(c for c in text if c not in "/." and not c.isspace() and not c.isdecimal())


def wide(data):
    data["result"]["last_year"], data["correspondence"] = BEFORE, "พิมพ์"
    data["plan"] = [row | SPLIT for row in data["plan"]]


def narrow(data):
    data["correspondence"], data["agency"]["maintain_from"] = "พิมพ์", "99.50"


def test_no_head_of_a_table_is_cut_inside_a_word(repo, tmp_path):
    documents = [
        made(repo, tmp_path, change, graph=graph)
        for change, graph in ((wide, "radar"), (narrow, "bar"), (lambda _: None, "none"))
    ]
    heads = {plainly("".join(cell)) for docx in documents for t in tables(docx) for cell in t[0]}
    assert {"ข้อที่ได้ไม่ถึงคะแนน", "มาตรการที่", "งบประมาณ", "การกำกับติดตาม", "ผลต่าง"} <= heads
    assert [head for head in heads if not in_words(head)] == []
    for pdf in office.to_pdfs(documents):
        assert isinstance(pdf, bytes)
        lines = [plainly(line) for line in pdfs.bold_lines(pdf)]
        of_heads = [line for line in lines if any(line in head for head in heads)]
        assert [line for line in of_heads if not in_words(line)] == []
        assert {"หัวข้อ", "คะแนน"} <= set(of_heads)


SIGNED = [
    (
        "ว่าที่ร้อยตรี ดร.ประสิทธิ์ศักดิ์ ธนวัฒน์เกียรติไพบูลย์วงศา ณ นครศรีธรรมราช",
        "รองปลัดเทศบาล รักษาราชการแทน ปลัดเทศบาลตำบลควนเสาธง",
    ),
    (NAME, "ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ รักษาราชการแทน ปลัดเทศบาลตำบลควนเสาธง"),
    ("นายวิชัย ศรีสุข", "รองนายกเทศมนตรีตำบลควนเสาธง รักษาราชการแทน นายกเทศมนตรีตำบลควนเสาธง"),
    ("นายวิชัย ศรีสุข", "ปลัดเทศบาลตำบลควนเสาธง ปฏิบัติหน้าที่นายกเทศมนตรีตำบลควนเสาธง"),
    ("นางอรุณ ใจดี", "นักวิเคราะห์นโยบายและแผนชำนาญการ รักษาราชการแทนหัวหน้าสำนักปลัดเทศบาล"),
]


def test_a_title_and_a_name_that_are_signed_end_their_lines_at_seams(repo, tmp_path):
    def change(data):
        data["signatures"] = [
            {"role": "ผู้อนุมัติ", "name": name, "position": [position]} for name, position in SIGNED
        ]

    text = pdfs.text(office.to_pdf(made(repo, tmp_path, change)))
    lines = [line.strip() for line in text.replace("\u00a0", " ").splitlines()]
    wanted = [
        ["(ว่าที่ร้อยตรี ดร.ประสิทธิ์ศักดิ์ ธนวัฒน์เกียรติไพบูลย์วงศา", "ณ นครศรีธรรมราช)"],
        ["รองปลัดเทศบาล รักษาราชการแทน ปลัดเทศบาลตำบลควนเสาธง"],
        [f"({NAME})"],
        ["ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ รักษาราชการแทน", "ปลัดเทศบาลตำบลควนเสาธง"],
        ["รองนายกเทศมนตรีตำบลควนเสาธง รักษาราชการแทน", "นายกเทศมนตรีตำบลควนเสาธง"],
        ["ปลัดเทศบาลตำบลควนเสาธง ปฏิบัติหน้าที่", "นายกเทศมนตรีตำบลควนเสาธง"],
        ["นักวิเคราะห์นโยบายและแผนชำนาญการ รักษาราชการแทน", "หัวหน้าสำนักปลัดเทศบาล"],
    ]
    for block in wanted:
        assert block in [lines[at : at + len(block)] for at in range(len(lines))], block


def test_a_title_with_a_name_as_long_as_a_line_is_parted_before_the_name(repo, tmp_path):
    """LibreOffice does not know the seam: it cut the title after its second letter."""
    name = "พระนครศรีสุวรรณภูมิรัตนโกสินทร์บวรสถานมห"

    def change(data):
        data["agency"] = {"kind": "เทศบาลนคร", "name": name, "district": "เมือง", "province": "ตรัง"}
        data["signatures"] = [{"role": "ผู้อนุมัติ", "position": [f"รองนายกเทศมนตรีนคร{name}"]}]

    lines = pdfs.text(office.to_pdf(made(repo, tmp_path, change))).split()
    at = lines.index("รองนายกเทศมนตรีนคร")
    assert lines[at + 1] == name
