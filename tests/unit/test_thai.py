"""Digits, dates, places, mending and faults of Thai text."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import effort
from itareport import thai

YEAR = {
    f"{letter}{no}"
    for letter, last in (("i", 15), ("e", 9), ("o", 28))
    for no in range(1, last + 1)
}


def digits(text: str) -> str:
    return thai.digits(text, YEAR.__contains__, ["ISO", "มอก."])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        # where a person writes Thai digits
        ("ปี 2568", "ปี ๒๕๖๘"),
        ("พ.ศ.2568", "พ.ศ.๒๕๖๘"),
        ("1,000.50 บาท (12%)", "๑,๐๐๐.๕๐ บาท (๑๒%)"),
        ("12/2568 และ 24/7", "๑๒/๒๕๖๘ และ ๒๔/๗"),
        ("ตัวชี้วัดย่อย 9.1", "ตัวชี้วัดย่อย ๙.๑"),
        ("โทร. 074-123456 ต่อ 12", "โทร. ๐๗๔-๑๒๓๔๕๖ ต่อ ๑๒"),
        ("แบบ สขร.1", "แบบ สขร.๑"),
        ("ITA 2568", "ITA ๒๕๖๘"),
        ("E-Service 2 ระบบ", "E-Service ๒ ระบบ"),
        ("ระบบITAปี2568", "ระบบITAปี๒๕๖๘"),
        ("IIT/2568", "IIT/๒๕๖๘"),
        ("1.E-Service", "๑.E-Service"),
        ("1.ITAS 2.Q&A", "๑.ITAS ๒.Q&A"),
        ("Thailand 4.0", "Thailand ๔.๐"),
        # codes of the year
        ("ข้อ o10", "ข้อ o๑๐"),
        ("ข้อi1ถึงi3", "ข้อi๑ถึงi๓"),
        ("(o8,o9)", "(o๘,o๙)"),
        ("o8-o10 และ i1–i3", "o๘-o๑๐ และ i๑–i๓"),
        ("i1-3", "i๑-๓"),
        ("e1/e2", "e๑/e๒"),
        ("O5 และ i๑", "O๕ และ i๑"),
        ("1.o10", "๑.o๑๐"),
        ("OIT-o10", "OIT-o๑๐"),
        # where they stay as typed
        ("o99", "o99"),
        ("COVID-19", "COVID-19"),
        ("COVID–19", "COVID–19"),
        ("COVID-19-o10", "COVID-19-o10"),
        ("A4 หรือ A๔", "A4 หรือ A๔"),
        ("No.1", "No.1"),
        ("PDF/A-2b", "PDF/A-2b"),
        ("10GB 5G 1st", "10GB 5G 1st"),
        ("café2", "café2"),
        ("https://www.a.go.th/o10?y=2568#1 ปี 1", "https://www.a.go.th/o10?y=2568#1 ปี ๑"),
        ("ดูhttps://a.go.th/o10/ไทย2568 5", "ดูhttps://a.go.th/o10/ไทย2568 ๕"),
        ("“https://a.go.th/1” 2", "“https://a.go.th/1” ๒"),
        ("ที่www.b2.go.th/12 3", "ที่www.b2.go.th/12 ๓"),
        ("1.https://b2.go.th/5 6", "๑.https://b2.go.th/5 ๖"),
        ("1.www.b2.go.th/5", "๑.www.b2.go.th/5"),
        ("b1.go.th/12 34", "b1.go.th/12 ๓๔"),
        ("b1.go.thภายใน 5", "b1.go.thภายใน ๕"),
        ("3bb.co.th", "3bb.co.th"),
        ("อีเมล a.b12@c3.go.th 5", "อีเมล a.b12@c3.go.th ๕"),
        ("ISO 9001:2015 ปี 2568", "ISO 9001:2015 ปี ๒๕๖๘"),
        ("iso9001 และ ISO/IEC 27001, 5", "iso9001 และ ISO/IEC 27001, ๕"),
        ("มอก. 1234-2560", "มอก. 1234-2560"),
        ("CISO 5", "CISO ๕"),
        # what the writer marks
        ("รุ่น [[2568]] ปี 2568", "รุ่น 2568 ปี ๒๕๖๘"),
        ("[[ก 1\nข 2]]3", "ก 1\nข 2๓"),
        ("[[12", "[[๑๒"),
        ("12]]", "๑๒]]"),
        ("[[[5]]]", "[5]"),
        ("[[a [[5]] 6]]", "[[a 5 ๖]]"),
        ("[[]]", ""),
        ("", ""),
    ],
)
def test_digits_are_thai_where_a_person_writes_them_so(typed, printed):
    assert digits(typed) == printed


PIECES = st.sampled_from(
    [
        "12",
        "๓๔",
        "o10",
        "COVID",
        "-",
        ".",
        "/",
        " ",
        "ก",
        "ข้อ",
        "ISO",
        "www",
        "go.th",
        "@",
        "://",
        "[",
        "]",
        "A4",
        ",",
    ]
)
PROSE = st.lists(PIECES | st.characters(), max_size=30).map("".join)


@given(PROSE)
def test_only_digits_change_and_brackets_of_marks_go(text):
    printed = digits(text)
    assert thai.arabic(printed) == thai.arabic(thai.unmarked(text))


@given(PROSE)
def test_without_marks_nothing_but_digits_changes(text):
    text = text.replace("[", "(")
    printed = digits(text)
    assert len(printed) == len(text)
    changed = [(a, b) for a, b in zip(text, printed, strict=True) if a != b]
    assert all(a in "0123456789" and b == thai.thai_digits(a) for a, b in changed)


@given(PROSE)
def test_a_text_of_few_characters_takes_a_short_way_to_the_same(text):
    text = text.replace("[", "(")
    assert digits(text) == digits(f"[[]]{text}")  # brackets of marks take the long way


def test_digits_are_those_of_pythainlp():
    from pythainlp.util import arabic_digit_to_thai_digit, thai_digit_to_arabic_digit

    every = "".join(chr(point) for point in range(0x0E80))
    assert thai.arabic(every) == thai_digit_to_arabic_digit(every)
    assert thai.thai_digits(every) == arabic_digit_to_thai_digit(every)


@pytest.mark.parametrize(("text", "kept"), [("ก[[1]]ข", "ก1ข"), ("[[1", "[[1"), ("1]]", "1]]")])
def test_marks_are_taken_away_and_unbalanced_ones_stay(text, kept):
    assert thai.unmarked(text) == kept


@pytest.mark.parametrize(
    ("text", "number"), [("99.17", "99.17"), ("100", "100"), ("-1", "-1"), ("0.50", "0.50")]
)
def test_a_plain_decimal_is_read_exactly(text, number):
    assert thai.decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["", "99,17", "1e2", "NaN", "inf", "ร้อย", "๙๙", "+1", ".5", "5.", "1_0", " 1", "٣", "1\n"],
)
def test_nothing_else_is_a_decimal(text):
    assert thai.decimal(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "1 ตุลาคม 2568",
        "๑ ต.ค. ๖๘",
        "1 ต.ค. 68",
        "1ต.ค.68",
        "1 ตค 2568",
        "วันที่ 1 เดือน ตุลาคม พ.ศ. 2568",
        "1 ตุลาคม พ.ศ.2568",
        "1 ตุลาคม ค.ศ. 2025",
        "1/10/68",
        "01/10/2568",
        "1-10-2568",
        "1.10.2568",
        "1 / 10 / 2568",
        "2568-10-01",
        "2025-10-01",
        " 1/10/2025 ",
    ],
)
def test_a_date_is_read_however_it_is_written(text):
    assert thai.parse_date(text) == dt.date(2025, 10, 1)


def test_a_leap_day_is_one_of_its_gregorian_year():
    assert thai.parse_date("2567-02-29") == dt.date(2024, 2, 29)
    assert thai.parse_date("29 ก.พ. 2568") is None
    assert thai.parse_date("1/11/2568") == dt.date(2025, 11, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "ตุลาคม 2568",
        "31/11/2568",
        "1/13/2568",
        "0/1/2568",
        "1 ตุลา คม 2568",
        "1 ฟุลาคม 2568",
        "1/10/168",
        "1/10/9999",
        "1/10/0001",
        "1/10-2568",
        "พรุ่งนี้",
        "1 ตุลาคม พ.ศ. 2025",
        "1 ตุลาคม ค.ศ. 2568",
    ],
)
def test_nothing_else_is_a_date(text):
    assert thai.parse_date(text) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2156, 12, 31)))
def test_a_long_date_reads_as_itself(date):
    written = thai.long_date(date)
    assert str(date.year + 543) in written
    assert thai.parse_date(written) == date
    assert thai.parse_date(thai.thai_digits(written)) == date


def test_months_are_those_of_pythainlp():
    from pythainlp.util.date import thai_abbr_months, thai_full_months

    assert list(thai.MONTHS) == thai_full_months
    assert list(thai.SHORT_MONTHS) == thai_abbr_months


@pytest.mark.parametrize(
    ("district", "province", "printed"),
    [
        ("ตะโหมด", "พัทลุง", "อำเภอตะโหมด จังหวัดพัทลุง"),
        ("อำเภอตะโหมด", "จังหวัดพัทลุง", "อำเภอตะโหมด จังหวัดพัทลุง"),
        ("อ. ตะโหมด", "จ.พัทลุง", "อำเภอตะโหมด จังหวัดพัทลุง"),
        ("เมือง", "พัทลุง", "อำเภอเมืองพัทลุง จังหวัดพัทลุง"),
        ("อ.เมือง", "จ.พัทลุง", "อำเภอเมืองพัทลุง จังหวัดพัทลุง"),
        ("เมืองพัทลุง", "พัทลุง", "อำเภอเมืองพัทลุง จังหวัดพัทลุง"),
        ("", "ตราด", "จังหวัดตราด"),
        ("พระนคร", "กรุงเทพมหานคร", "เขตพระนคร กรุงเทพมหานคร"),
        ("เขตพระนคร", "กทม.", "เขตพระนคร กรุงเทพมหานคร"),
        ("", "กรุงเทพฯ", "กรุงเทพมหานคร"),
        ("ก", "", "อำเภอก"),
        ("", "", ""),
    ],
)
def test_an_area_is_named_as_on_a_cover(district, province, printed):
    assert thai.area(district, province) == printed


def test_the_bare_names_of_an_area_are_those_of_a_gazetteer():
    assert thai.bare_area("อ.เมือง", "จ. พัทลุง") == ("เมืองพัทลุง", "พัทลุง")


MENDED = [
    ("ก\r\nข\rค", "ก\nข\nค", "CR", 2),
    ("ก\vข\fค", "ก\nข\nค", "VT", 2),
    ("ก\u2028ข\u2029ค\x85", "ก\nข\nค\n", "LS", 3),
    ("ก\tข", "ก ข", "แท็บ", 1),
    ("ก\u00a0\u00a0ข", "ก  ข", "NBSP", 2),
    ("ก\u2003ข\u3000ค", "ก ข ค", "เว้นวรรคชนิดอื่น", 2),
    ("ก\u200bข", "กข", "ZWSP", 1),
    ("ก\u200cข\u200dค\u2060", "กขค", "ZWNJ", 3),
    ("\ufeffก", "ก", "BOM", 1),
    ("ก\u00adข", "กข", "soft hyphen", 1),
    ("\u200eก\u202cข\u2066", "กข", "ทิศทาง", 3),
    ("ก\u034fข\u3164ค\ufe0f\u180e", "กขค", "ชนิดอื่นที่มองไม่เห็น", 4),
    ("เเปลก", "แปลก", "แ", 1),
    ("ภๅษๅ", "ภาษา", "ลากข้าง", 2),
    ("น\u0e4dา", "นำ", "นิคหิต", 1),
    ("น\u0e4d\u0e49า", "น้ำ", "นิคหิต", 1),
    ("น\u0e49\u0e4dา", "น้ำ", "นิคหิต", 1),
    ("กี่่", "กี่", "ซ้ำ", 1),
    ("นำำ", "นำ", "ซ้ำ", 1),
    ("ก่ี", "กี่", "ลำดับ", 1),
    ("สิทธ์ิ", "สิทธิ์", "ลำดับ", 1),
    ("นำ้", "น้ำ", "ลำดับ", 1),
    ("กา่", "ก่า", "ลำดับ", 1),
    ("cafe\u0301", "café", "ละติน", 1),
    ("ที\uf70b ไม่สม\uf70aำเสมอ", "ที้ ไม่สม่ำเสมอ", "PDF", 2),
    ("ป\uf710\uf705น ฟ\uf701", "ปั่น ฟิ", "PDF", 3),
    ("ฎี\uf70fา ส\uf700าน ก\uf71a", "ฎีญา สฐาน กฺ", "PDF", 3),
]


@pytest.mark.parametrize(("typed", "mended", "what", "count"), MENDED)
def test_text_is_mended_and_every_change_told(typed, mended, what, count):
    text, (change,) = thai.normalise(typed)
    assert text == mended
    assert what in change.what
    assert change.count == count


@pytest.mark.parametrize(
    "text",
    [
        "ก  ข",
        "ก\n\nข",
        " ก ",
        "เเเปลก",
        "ฤๅษี",
        "ก๊กก๊ก",
        "พุทฺธํ",
        "พุทฺธํ สรณํ",
        "้",
        "ก ้",
        "มากกกาาา",
        "น้ำ ที่ ป่า ก็ กี่ กุ้ง",
        "ทรัพย์สินฯ ฯลฯ ๆ",
        "ü",
        "“ก” – ข — ค…",
    ],
)
def test_what_is_right_or_cannot_be_known_stays(text):
    assert thai.normalise(text) == (text, ())


def test_mending_leaves_nothing_in_the_home_of_the_user(tmp_path):
    """Importing pythainlp makes a folder there unless told not to."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTHAINLP_", "HOME"))}
    command = "from itareport import thai; assert thai.normalise('นำ้')[0] == 'น้ำ'"
    home = {"HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", command], check=False, env=kept | home)
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_several_changes_are_told_each():
    text, changes = thai.normalise("\u200bนํ้า\u00a0เเละ\u00a0ก่ีี\r\n")
    assert text == "น้ำ และ กี่\n"
    assert {c.what.split()[0]: c.count for c in changes} == {
        "รหัสขึ้นบรรทัดใหม่ของ": 1,
        "เว้นวรรคแบบไม่ตัดบรรทัด": 2,
        "ตัดเว้นวรรคความกว้างศูนย์": 1,
        "สระเอสองตัว": 1,
        "นิคหิตกับสระอาเป็นสระอำ": 1,
        "สระหรือวรรณยุกต์ซ้ำ": 1,
        "ลำดับสระและวรรณยุกต์": 1,
    }


THAI_TEXT = st.text(
    st.sampled_from("กนธรฤเแโะาำๅัิีึืุู็่้๊๋์ํ๎ฺ \n\r\t\v\u00a0\u200b\ufeffa\u03011๒"), max_size=30
)


@given(THAI_TEXT)
def test_mended_text_needs_no_mending(text):
    mended, _ = thai.normalise(text)
    assert thai.normalise(mended) == (mended, ())


@given(st.text(max_size=40) | THAI_TEXT)
def test_no_change_is_untold_and_no_letter_is_lost(text):
    mended, changes = thai.normalise(text)
    assert bool(changes) == (mended != text)
    letters = re.compile("[ก-ฮฯโ-ไๆ0-9๐-๙]")
    assert letters.findall(mended) == letters.findall(text)


@pytest.mark.parametrize(
    "text",
    [
        "่" * 200_000,
        "ะ่" * 100_000,
        "่ิ" * 100_000,
        "ก่ํา" * 50_000,
        "a" + "\u0300" * 200_000,
        "\x00" * 200_000,
        "a+" * 100_000,
        "a.a-" * 50_000,
        "[[" * 100_000,
        "1." * 100_000 + "a",
        "ISO " * 50_000,
        "@" * 200_000,
    ],
    ids=ascii,
)
def test_hostile_text_is_no_more_work_than_its_length(text):
    def work(text):
        mended, _ = thai.normalise(text)
        thai.faults(mended)
        digits(mended)

    usual = ("ประชาชน " * len(text))[: len(text)]
    # Ten times the usual is common; what grows with the square is thousands of times as much.
    assert effort.takes_at_most(300, lambda: work(text), lambda: work(usual))


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("ก\x07ข", "D150", "BELL (U+0007)"),
        ("ก\x1fข", "D150", "U+001F"),
        ("ก\x9fข", "D150", "U+009F"),
        ("ก\rข", "D150", "U+000D"),
        ("ก\ud800ข", "D151", "U+D800"),
        ("ก\u0378ข", "D152", "U+0378"),
        ("ก\ufffeข", "D152", "U+FFFE"),
        ("ก\ue000ข", "D153", "U+E000"),
        ("ก \u0e49ข", "D154", "ไม้โท (U+0E49)"),
        ("\u0e33ก", "D154", "สระอำ (U+0E33)"),
        ("1\u0e4c", "D154", "ทัณฑฆาต (U+0E4C)"),
        ("A\u0e31", "D154", "ไม้หันอากาศ (U+0E31)"),
        ("ะ\u0e48", "D154", "ไม้เอก (U+0E48)"),
    ],
)
def test_a_character_that_no_document_carries_is_named(text, code, name):
    (fault,) = thai.faults(text)
    assert fault.code == code
    assert fault.name == name
    assert text[fault.offset] == fault.character
    assert fault.near.isprintable()
    assert fault.near.encode()


def test_a_lone_mark_is_shown_on_a_dotted_circle():
    (fault,) = thai.faults("ขอ ุ้ดหนุน")
    assert fault.near == "ขอ ◌ุ้ดหนุน"


def test_a_fault_is_named_once_where_it_comes_first():
    first, second = thai.faults("ก\x07ข\x07ค ้ ้")
    assert (first.offset, second.offset) == (1, 6)


@pytest.mark.parametrize(
    "text",
    ["น้ำ กุ้ง ก็ พุทฺธํ เกี๊ยว ศุกร์ ฤๅษี", "◌้", "ก\nข\tค", "COVID-19 “ก” – ฿100 √ ½ é", "😀中☑", "เเเ", ""],
)
def test_other_text_has_no_fault(text):
    assert thai.faults(text) == ()


@given(st.text(max_size=40))
def test_faults_are_all_of_their_categories(text):
    """What is not named can be encoded and is no control character but newline and tab."""
    named = {fault.character for fault in thai.faults(text)}
    bad = {
        c for c in text if unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"} and c not in "\n\t"
    }
    assert bad <= named


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("中", "“中” (CJK UNIFIED IDEOGRAPH-4E2D U+4E2D)"),
        ("\u200b", "ZERO WIDTH SPACE (U+200B)"),
        ("\ue000", "U+E000"),
        ("้", "ไม้โท (U+0E49)"),
    ],
)
def test_a_character_has_a_name_that_prints(character, name):
    assert thai.character_name(character) == name


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("สิบข้อ", "10ข้อ"),
        ("สิบเอ็ดข้อและยี่สิบข้อ", "11ข้อและ20ข้อ"),
        ("แปดสิบห้าคะแนน", "85คะแนน"),
        ("สามสิบคะแนน", "30คะแนน"),
        ("หนึ่งคะแนน", "1คะแนน"),
        ("ตรวจสอบสองแห่ง", "ตรวจสอบสองแห่ง"),
        ("ห้ามนำข้อมูล", "ห้ามนำข้อมูล"),
        ("ไม่มีเลข", "ไม่มีเลข"),
        ("สิบ" * 2_000, "สิบ" * 2_000),
    ],
)
def test_numbers_in_words_before_a_unit(typed, written):
    assert thai.counted(typed, "ข้อ(?!มูล)|คะแนน") == written
