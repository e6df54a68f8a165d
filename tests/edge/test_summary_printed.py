"""summary.xlsx as a province prints it: the sizes on paper, and every agency once."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

import agencies
from itareport import thai
from itareport.batch.lists import summary
from itareport.batch.record.entry import Complaint, Entry
from itareport.batch.record.key_facts import KeyFacts
from offices import run_calc
from reports import KINDS

pytestmark = pytest.mark.pdf

COUNT = 125
PAPER = "สรุปสำหรับพิมพ์"
TOTAL = "คะแนนรวม 94.09 ไม่ตรงกับค่าที่คำนวณได้ 94.90 (0.30 x 99.36 + 0.30 x 90.32 + 0.40 x 95.00)"


@dataclass(frozen=True)
class Letter:
    """One letter on paper."""

    text: str
    x: float
    y: float
    size: float
    font: str


def _entries():
    """Return a province's agencies: long names, long findings, all that a row may hold."""
    plain = agencies.names(COUNT)
    named = [(f"{name}{more}", district) for more in ("", "เหนือ") for name, district in plain]
    for n, (name, district) in enumerate(named[:COUNT]):
        kind = "เทศบาลตำบล" if n % 4 == 0 else "องค์การบริหารส่วนตำบล"
        remarks = (("i1", "a" * 16, REMARK),) if n % 2 else ()
        facts = KeyFacts(
            f"r{n}", kind, name, district, "พัทลุง", 2568, f"{80 + n % 20}.{n % 100:02d}",
            ("ผ่าน", "ผ่านดี", "ผ่านดีเยี่ยม")[n % 3], has_drafts=n % 5 == 0,
            remarks=remarks,
        )  # fmt: skip
        found = (Complaint("D240", "error", "", "", TOTAL, ""),) if n % 6 == 0 else ()
        yield Entry(
            f"s{n}", f"{n}.json", "failed" if found else "done", facts=facts, problems=found
        )


REMARK = "ผู้รับบริการบางส่วนเห็นว่าการให้บริการยังไม่เป็นไปตามขั้นตอนและระยะเวลาที่กำหนดไว้ในคู่มือ…"
TOLD = f"ตารางจังหวัด.csv แถว 9 เทศบาลตำบลเกาะหมาก ช่อง F9: {TOTAL} | โปรดถามหน่วยงาน แล้วแก้ให้ตรงกัน"
UNRELATED = "พัทลุง/ตะโหมด/(ร่าง) รายงาน ITA 2568 อบต.คลองทรายขาวเหนือ (ไฟล์ที่ 2).docx"


@pytest.fixture(scope="module", params=[False, True], ids=["narrow columns", "wide columns"])
def printed(request, tmp_path_factory):
    """Return the letters of each page that the sheets become.

    Columns are as wide as the digits of the machine's usual font, which is ours or a wider one.
    """
    folder = tmp_path_factory.mktemp("printed")
    of_key = {one.source: one for one in _entries()}
    content = summary.Content(
        list(of_key), lambda keys: (of_key[key] for key in keys), [UNRELATED], [TOLD], ""
    )
    summary.write(content, folder, KINDS)
    file = str(folder / summary.NAME)
    asked = ("--convert-to", "pdf", "--outdir", str(folder), file)
    run_calc(folder, *asked, with_system_fonts=request.param)
    with pypdfium2.PdfDocument(folder / "summary.pdf") as printed:
        return [list(_letters(page)) for page in printed]


@pytest.fixture(scope="module")
def pages(printed):
    """Return the pages of the first sheet."""
    return [page for page in printed if PAPER in _text(page)]


def _letters(page):
    text = page.get_textpage()
    for n in range(text.count_chars()):
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
        pdfium.FPDFText_GetCharOrigin(text, n, x, y)
        pdfium.FPDFText_GetMatrix(text, n, matrix)
        name, kind = ctypes.create_string_buffer(100), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(text, n, name, 100, kind)
        size = pdfium.FPDFText_GetFontSize(text, n) * (abs(matrix.d) or 1)
        letter = chr(pdfium.FPDFText_GetUnicode(text, n))
        if not letter.isspace():
            yield Letter(letter, x.value, y.value, round(size, 2), name.value.decode())


def _text(page):
    return "".join(one.text for one in page)


def test_it_is_set_in_our_font_and_no_smaller_than_can_be_read(printed):
    for page in printed:
        top, bottom = max(one.y for one in page), min(one.y for one in page)
        around = [one for one in page if one.y in (top, bottom)]
        assert min(one.size for one in around) >= 12
        within = [one for one in page if one not in around]
        assert min(one.size for one in within) >= 14
        assert {one.font.partition("-")[0].rpartition("+")[2] for one in page} == {"THSarabunNew"}


def test_each_agency_is_on_it_once_and_every_page_has_the_headings(pages):
    whole = "".join(map(_text, pages))
    numbers: Counter[str] = Counter()
    for page in pages:
        left = min(one.x for one in page)
        lines: dict[int, list[Letter]] = {}
        for one in page:
            if one.x < left + 25 and one.text in "๐๑๒๓๔๕๖๗๘๙":
                lines.setdefault(round(one.y), []).append(one)
        numbers.update("".join(one.text for one in line) for line in lines.values())
        assert "ที่หน่วยงานอำเภอคะแนนระดับสถานะเรื่องที่ต้องแก้" in _text(page)
    assert {thai.thai_digits(str(n)) for n in range(1, COUNT + 1)} <= {*numbers}
    for entry in _entries():
        assert f"{entry.facts.kind}{entry.facts.name}" in whole


def test_no_line_is_cut_or_printed_over_another(pages):
    for page in pages:
        seen: dict[tuple[int, int], list[Letter]] = {}
        for one in page:
            if unicodedata.category(one.text).startswith("L"):
                seen.setdefault((math.floor(one.x / 2), math.floor(one.y / 12)), []).append(one)
        for (x, y), letters in seen.items():
            near = [o for at in ((x, y), (x + 1, y), (x, y + 1)) for o in seen.get(at, ())]
            for one in letters:
                over = [o for o in near if abs(o.x - one.x) < 1.5 and abs(o.y - one.y) < 10]
                assert over == [one], over
        assert _text(page).count("คะแนนรวม") == _text(page).count("๙๕.๐๐)")


def test_nothing_of_the_other_sheets_is_cut(printed):
    """What has no room in its row is not printed at all."""
    whole = "".join(map(_text, printed))
    for text in (REMARK, TOLD, UNRELATED, f"และอีก {COUNT // 2 - 20}"):
        assert "".join(text.split()) in whole
    for entry in _entries():
        assert whole.count(f"{entry.facts.kind}{entry.facts.name}") >= 3, "also on the data sheet"
