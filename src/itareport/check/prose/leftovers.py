"""Find what no text may hold: HTML, empty points, instructions that nobody replaced; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from itareport.check import fields
from itareport.check.facts import Facts
from itareport.problems import FieldPath, Problem, problem

_HTML = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--|-->|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});",
)
_NOTHING = re.compile(r"[\s\-–—−•·*.,:;○●▪◦\[\]()]*")
_BLANKS = (
    r"(?:ชื่อ|ข้อความ|จำนวน|วันที่|วันเดือนปี|เดือน|ปี|ที่นี่|ตรงนี้|กราฟ|ภาพ|รูป|ตัวเลข|คะแนน|รายละเอียด|หน่วยงาน"
    r"|ตำแหน่ง|โครงการ|กิจกรรม|มาตรการ|ผู้รับผิดชอบ|ช่วงเวลา|ระยะเวลา|เลขที่|งบประมาณ|เหตุผล|เพิ่มเติม|อื่น ?ๆ"
    r"|ถ้ามี|[.…_])"
)
"""An instruction of a form; `(กรอกผ่านระบบออนไลน์)` is none."""
_LEFTOVER = re.compile(
    r"[(\[<]\s*(?:ให้)?(?:นำ|คัดลอก|ก๊อป|ดึง)[^()\[\]<>\n]{0,99}"
    r"(?:มาจาก|มา\s?ใส่|มา\s?วาง|มา\s?กรอก|มา\s?เติม|มา\s?แทรก|มา\s?พิมพ์|มา\s?แนบ|มา\s?ลง)[^()\[\]<>\n]{0,99}[)\]>]"
    r"|(?<!\[)\[\s*(?:ระบุ|ใส่|กรอก|เติม|แทรก|ชื่อ|ตัวอย่าง)[^\[\]\n]*\](?!\])"
    r"|[(<{]\s*(?:โปรด|ให้หน่วยงาน)\s*(?:ระบุ|ใส่|กรอก|เติม|แทรก)[^()<>{}\n]*[)>}]"
    r"|[(<{]\s*(?:ให้)?(?:ระบุ|ใส่|กรอก|เติม|แทรก)\s*"
    rf"(?:{_BLANKS}[^()<>{{}}\n]*)?[)>}}]"
    r"|[(\[<][^()\[\]<>\n]{0,99}ลบข้อความนี้[^()\[\]<>\n]{0,99}[)\]>]"
    r"|[(\[<]\s*(?:คัดลอก|ก๊อป|copy)[^()\[\]<>\n]{0,99}[)\]>]"
    r"|^[ \t]*[(\[][ \t]*(?:อธิบาย|บรรยาย|เขียน|พิมพ์|สรุป|ยกตัวอย่าง|เลือก|ลบ)[^()\[\]\n]*[)\]][ \t]*$"
    r"|\(\s*ชื่อ(?:กอง|สำนัก|หน่วยงาน|ส่วนราชการ|ผู้รับผิดชอบ|โครงการ|กิจกรรม)[^()\n]{0,40}\)"
    r"|\(\s*(?:รอ(?:ตรวจ|ข้อมูล|ยืนยัน|แก้)[^()\n]{0,40}|ตรวจ(?:สอบ)?อีกครั้ง)\s*\)"
    r"|\{\s*[ก-๎][^{}\n]*\}|\?{2,}|ว่า\s*(?:…|\.{3})(?!\S)|^[ \t]*(?:…|\.{3})[ \t]*$"
    r"|(?<![A-Za-z])[xX]{3,}(?![A-Za-z])|\.{4,}|…{2,}|_{3,}"
    r"|<\s*[ก-๎][^<>\n]*>|\{\{[^{}\n]*\}\}"
    r"|\(\s*ตัวอย่าง\s*\)|^[^\w\n]*ตัวอย่าง(?=\s*(?:[:)\]]|$))",
    re.MULTILINE,
)
_BEGUN = re.compile(
    r"^[ \t•*–-]*(?:(?:โปรด|กรุณา)(?:ระบุ|กรอก|ใส่|เติม)[^\n]{0,60}"
    r"|(?:รอ(?:ข้อมูล|ยืนยัน|ตรวจสอบ|แก้ไข|เพิ่มเติม|กรอก)[^\n]{0,40}"
    r"|(?:TBC|TBD|tbc|tbd|N/A|n/a)|ยังไม่ได้(?:กรอก|ใส่|เขียน|ทำ)|อยู่ระหว่าง(?:จัดทำ|รวบรวม)ข้อมูล)[ \t.]*$)",
    re.MULTILINE,
)
"""Likewise, of a line that begins with it."""
_CROSSED = re.compile(
    r"(?<![A-Za-z0-9])[xX]{2}(?![A-Za-z0-9])(?=\s*(?:/|[ก-ฮ]{1,2}\.|เดือน|มกรา|กุมภา|มีนา|เมษา|พฤษ|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|ธันวา))"
)
"""A day that nobody filled in: `xx มกราคม`."""
_MAY_HOLD = re.compile(r"[(\[{<xX_?…]|\.{3}|ตัวอย่าง")
_MAY_BEGIN = ("โปรด", "กรุณา", "รอ", "TB", "tb", "N/", "n/", "ยังไม่ได้", "อยู่ระหว่าง")
"""No text without one of these, in it or at a line's beginning, holds an instruction."""
_SHOWN = 60
_squeezed = lru_cache(maxsize=64)(fields.squeezed)  # of the catalogue's few words


def problems(facts: Facts) -> Iterator[Problem]:
    """Yield a problem for each text of any field that holds HTML, an instruction or nothing."""
    marked: dict[FieldPath, list[fields.Text]] = {}
    for text in facts.texts:
        if _is_point(text) and _NOTHING.fullmatch(text.text):
            yield _empty(facts, text)
            continue
        if _HTML.search(text.text):
            marked.setdefault(text.where[:2], []).append(text)
        for leftover in _leftovers(facts, text.text):
            yield problem("D266", text.where, label=facts.label(text.where), leftover=leftover)
    for of_row in marked.values():
        yield _html(facts, of_row)


def _html(facts: Facts, texts: list[fields.Text]) -> Problem:
    """Report all HTML of a row at once: the whole row was pasted from a web page."""
    where = texts[0].where
    label = facts.label(where[:2] if where[0] == "plan" else where)
    tags = dict.fromkeys(tag for text in texts for tag in _HTML.findall(text.text))
    shown = " ".join(tag if len(tag) <= _SHOWN else f"{tag[:_SHOWN]}…" for tag in tags)
    also = [text.where for text in texts[1:]]
    return problem("D227", where, label=label, also=also, tags=shown)


def _is_point(text: fields.Text) -> bool:
    """Return whether a text is one of a list of points; a blank line of a position is none."""
    return isinstance(text.where[-1], int) and text.where[0] != "signatures"


def _empty(facts: Facts, text: fields.Text) -> Problem:
    typed = f" (“{text.text.strip()}”)" if text.text.strip() else ""
    row, label = int(text.where[-1]) + 1, facts.label(text.where)
    return problem("D226", text.where, label=label, row=row, column=label, typed=typed)


def without(text: str) -> str:
    """Return a text without what looks like an instruction in it."""
    for pattern in _patterns(text):
        text = pattern.sub("", text)
    return text


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    """Yield what may find an instruction in a text."""
    if any(line.lstrip(" \t•*–-").startswith(_MAY_BEGIN) for line in text.split("\n")):
        yield _BEGUN
    if "xx" in text or "XX" in text:
        yield _CROSSED
    if _MAY_HOLD.search(text):
        yield _LEFTOVER


def _leftovers(facts: Facts, text: str) -> Iterator[str]:
    """Yield what looks like an instruction, and the year's own instructions besides, each once."""
    found = (match for pattern in _patterns(text) for match in pattern.finditer(text))
    typed = [match[0].strip() for match in found]
    yield from dict.fromkeys(typed)
    whole, said = fields.squeezed(text), [fields.squeezed(words) for words in typed]
    for words in facts.catalogue.wording.leftovers:
        wanted = _squeezed(words)
        if wanted in whole and not any(wanted in other for other in said):
            yield words
