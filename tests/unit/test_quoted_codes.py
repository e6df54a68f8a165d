"""Codes in prose: all ways of typing them, and the numbers that are none."""

from __future__ import annotations

import pytest

from itareport.ita import codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ข้อ o8", "o8"),
        ("o๑๐", "o10"),
        ("O10", "o10"),
        ("o.๘", "o8"),
        ("i๑,i๒", "i1 i2"),
        ("ข้อo8/o9", "o8 o9"),
        ("(0๘,0๙)", "o8 o9"),
        ("(0๑๐,0๑๑)", "o10 o11"),
        ("0๑๐,0๑๑", "o10 o11"),
        ("(๐๒๕, ๐๒๖, ๐๒๗, ๐๒๘)", "o25 o26 o27 o28"),
        ("(๐๑๔ ๐๑๕)", "o14 o15"),
        ("[๐๗]", "o7"),
        ("ตัวชี้วัดที่ ๙ (๐๗)", "o7"),
        ("ข้อ ๐๗", "o7"),
        ("ข้อ 08 และ 09", "o8 o9"),
        ("o8,09", "o8 o9"),
        ("08, o9", "o8 o9"),
        ("(o27 (o25))", "o27 o25"),
        ("9.2 การให้บริการ (0๕, 0๖) 9.3 การจัดซื้อ (0๑๒, 0๑๓)", "o5 o6 o12 o13"),
        ("e9 0.5", "e9"),
        ("o8 08.30 น.", "o8"),
        ("การใช้น้ำมัน (e9)", "e9"),
    ],
)
def test_codes(text, found):
    assert " ".join(quoted.code for quoted in codes.find(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("i1 - i3", "i1 i2 i3"),
        ("i1-3", "i1 i2 i3"),
        ("e1ถึงe3", "e1 e2 e3"),
        ("ข้อ o๕ ถึง ข้อ o๗", "o5 o6 o7"),
        ("ข้อ 05-07", "o5 o6 o7"),
        ("o7 - o5", "o7 o5"),
        ("i1 - e3", "i1 e3"),
    ],
)
def test_ranges_quote_what_is_between(text, found):
    assert " ".join(quoted.code for quoted in codes.find(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "โทร 0-7469-5123",
        "โทร. 074 695 123",
        "๐๘๑-๒๓๔-๕๖๗๘",
        "(074) 695123",
        "(02) 1234567",
        "เวลา 08.30 น.",
        "๐๘.๓๐ - ๑๖.๓๐ น.",
        "เวลา 08:30",
        "เวลา 08 - 16 น.",
        "๐๙ น.",
        "(08.30-16.30)",
        "1,025 บาท",
        "100,000 บาท",
        "0.50",
        "1.025",
        "01/10/2568",
        "๐๑/๑๐/๒๕๖๘",
        "2568-10-01",
        "วันที่ 05 ตุลาคม",
        "หมู่ที่ 03",
        "พ.ศ. ๒๕๖๘",
        "COVID-19",
        "E-Service",
        "ISO 9001",
        "A4",
        "No.1",
        "Wi-Fi 6",
        "Core i5",
        "ซีพียู i5",
        "CPU i7",
        "น้ำมันแก๊สโซฮอล์ E20 และ E85",
        "ห้อง O12",
        "Intel Core i7-12700",
        "o365",
        "www.a.go.th/o12",
        "https://a.example/e1/o2",
        "a@o12.th",
        "อีเมลa@o12.th",
        "o0",
    ],
)
def test_no_codes(text):
    assert codes.find(text) == ()


def test_places_and_mended_letters():
    text = "ข้อ o๕ และ 0๘"
    first, second = codes.find(text)
    assert (text[first.start : first.end], first.mended) == ("o๕", False)
    assert (text[second.start : second.end], second.mended) == ("0๘", True)


@pytest.mark.parametrize("text", ["ข้อ o8", "ข้อ o8 " * 1_000], ids=["short", "long"])
def test_what_is_found_in_a_text_is_kept_for_the_next_check(text):
    assert codes.find(text) is codes.find(text)


def test_of_long_texts_few_are_kept():
    first, *_, last = [codes.find(f"ข้อ o{n} " * 1_000) for n in range(1, 7)]
    assert codes.find("ข้อ o6 " * 1_000) is last
    assert codes.find("ข้อ o1 " * 1_000) is not first
