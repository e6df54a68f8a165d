"""Remedies of an office's own catalogue, each followed by program: the problem is gone then."""

from __future__ import annotations

import re
import runpy
from typing import Any

import pytest

from itareport.problems import Problem
from remedies import UNIT, Followed, OfCatalogue, try_remedy, words

SOUND: str = runpy.run_path(str(UNIT / "test_catalogue.py"))["SOUND"]
Step = Any


def edited(*edits: tuple[str, str]) -> str:
    """Return the sound catalogue with texts replaced that stand there once."""
    text = SOUND
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def typed(old: str, new: str) -> Step:
    """Type other words in place of some."""
    return lambda trial, _problem: trial.retype(old, new)


def named(old: str, pattern: str, new: str = "{}") -> Step:
    """Type what the remedy names in place of words of the catalogue."""
    return lambda trial, problem: trial.retype(old, new.format(words(problem, pattern)))


def rows_in_order(trial: OfCatalogue, _problem: Problem) -> None:
    """Write the levels from the highest to the lowest."""
    rows = re.findall(r"    - \{name: .*total: .*\}\n", trial.text)
    best = sorted(rows, key=lambda row: -int(re.findall(r"total: (\d+)", row)[0]))
    trial.text = trial.text.replace("".join(rows), "".join(best))


CATALOGUES: dict[str, tuple[str, Step]] = {
    "C202": (edited((", name: ข้อสอง", "")), named(
        "{code: o2", "โปรดเพิ่ม \\S*?(\\w+) ตามแบบ", "{{code: o2, {}: ข้อสอง")),
    "C203": (edited(("wrongdoing:", "wrongdoin:")), named("wrongdoin:", "แก้เป็น (\\w+)", "{}:")),
    "C204": (edited(("weight: 0.6", "weight: 60")), typed("weight: 60", "weight: 0.6")),
    "C205": (edited(("ประเด็นหนึ่ง", '"ประเด็น\\eหนึ่ง"')), typed("\\e", "")),
    "C207": (edited(("name: ข้อสอง", "name: ข้อหนึ่ง")), typed("o2, name: ข้อหนึ่ง", "o2, name: ก")),
    "C208": (edited(("{code: o3", "{code: e3")), named("{code: e3", "ใช้อักษร .*(o)", "{{code: {}3")),
    "C209": (edited(("{code: o3", "{code: o5")), named("code: o5", "แต่ไม่มีข้อ (o\\d)", "code: {}")),
    "C210": (edited(("weight: 0.6", "weight: 0.5999")), typed("0.5999", "0.6")),
    "C211": (edited(("{no: 3, tool", "{no: 4, tool")), named(
        "{no: 4, tool", "ควรเป็น (\\d)", "{{no: {}, tool")),
    "C212": (edited(("3, tool: BIT", "3, tool: CIT")), named(
        "3, tool: CIT", "มี .*(BIT)", "3, tool: {}")),
    "C213": (edited(("3, tool: BIT", "3, tool: AIT")), named(
        "{no: 3, tool: AIT", "ในกลุ่ม (indicators)", "{{no: 3, tool: BIT")),
    "C214": (edited(('"3.2", indicator: 3', '"4.2", indicator: 4')), typed(
        '"4.2", indicator: 4', '"3.2", indicator: 3')),
    "C215": (edited(('"3.2"', '"2.2"')), named('"2.2"', "เช่น ([0-9.]+)", '"{}"')),
    "C216": (edited(("name: ด้านที่สาม", "name: ด้านที่สาม, items: [o1]")), named(
        "ด้านที่สาม, items: [o1]", "โปรดลบ items ของตัวชี้วัดที่ (3)", "ด้านที่สาม")),
    "C217": (edited((", items: [i3]", "")), named(
        "name: ด้านที่สอง", "โปรดเพิ่ม (items) ", "name: ด้านที่สอง, {}: [i3]")),
    "C218": (edited(("items: [i3]", "items: [i3, i4]")), typed("[i3, i4]", "[i3]")),
    "C219": (edited(("items: [o1]", "items: [o1, i3]"), ("items: [i3]", "items: [i2]")), typed(
        "[o1, i3]", "[o1]")),
    "C220": (edited(("items: [i3]", "items: [i3, i1]")), named(
        "[i3, i1]", "โปรดเหลือข้อ (i1) ไว้แห่งเดียว", "[i3]")),
    "C221": (edited(("items: [i1, i2]", "items: [i1]")), named(
        "items: [i1]}", "โปรดเพิ่มข้อ (\\S+) ใน items", "items: [i1, {}]}}")),
    "C222": (edited(("items: [i1, o1]", "items: [i1, o1, i3]")), named(
        "[i1, o1, i3]", "โปรดเหลือข้อ (i3) ไว้ในประเด็นเดียว", "[i1, o1]")),
    "C223": (edited(("items: [i1, o1]", "items: [i1]")), named(
        "items: [i1], ", "โปรดเพิ่มข้อ (\\S+) ใน items", "items: [i1, {}], ")),
    "C224": (edited(("total: 80, each_tool", "total: 95, each_tool")), rows_in_order),
    "C225": (edited(("total: 0}", "total: 10}")), named(
        "total: 10}", "โปรดแก้ total ของระดับสุดท้ายเป็น (\\d+)", "total: {}}}")),
    "C226": (edited(('"รายงาน ปี {year}"', '"รายงาน ปี {ปี}"')), named(
        "{ปี}", "โปรดแก้เป็น (\\{year\\})")),
    "C227": (edited(("follow_up: o3", "follow_up: o2")), named(
        "follow_up: o2", "และ (follow_up) เป็นข้อของรายงานผล", "{}: o3")),
    "C201": (edited(("  verified: false", "\tverified: false")), typed("\tverified", "  verified")),
    "C228": (SOUND + "---\na: 1\n", typed("---\na: 1\n", "")),
}  # fmt: skip


@pytest.mark.parametrize("code", CATALOGUES)
def test_what_the_remedy_says_makes_the_problem_go(code, tmp_path):
    text, step = CATALOGUES[code]
    try_remedy(code, Followed(lambda _: OfCatalogue(text), step), tmp_path)
