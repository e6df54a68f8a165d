"""Any accepted report of everyday words: every paragraph is in the PDF, every mark in its place.

Several reports go through one LibreOffice for each example.  An example is but the seed of its
texts: they are too long for Hypothesis to draw letter by letter, and too slow to shrink.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import pdfs
from itareport import thai
from itareport.actions import build
from itareport.actions.prepare import Options, Ready
from itareport.document import structure
from itareport.ita import catalogue
from itareport.ita.described import COLUMNS
from itareport.ita.model import Report, Use
from itareport.pdf import office, verify
from reports import KINDS, clean_data

pytestmark = [pytest.mark.pdf, pytest.mark.usefixtures("soffice")]

YEAR, NEXT = catalogue.load(2568), catalogue.load(2569)
REPORTS = 3  # of one example
SHORT, LONG = 10, 40  # words of a line; three long ones make a row higher than a page
WORDS = [
    "ควร", "ปรับปรุง", "หน่วยงาน", "ประชาชน", "ค้ำประกัน", "เปี๊ยะ", "น้ำใจ", "ที่",
    "มี", "นี้", "ปี", "ผู้ใหญ่", "กฎหมาย", "ก.ค.", "ฯลฯ", "ต่างๆ", "ๆ", "E-Service",
    "08.30", "น.", "แก้ไข/", "Q&A", "COVID-19", "ISO", "9001", "o10", "ข้อ", "e7",
    "9.1", "2568", "(อบรม)", "“ก”", "50%", "1,000.50", "–", "www.example.go.th",
    "a1@b.go.th", "ศักดิ์สิทธิ์", "ปิ่นโต", "ฐานุรูป", "ญาติผู้รู้", "ฟื้นฟู", "ป้าย",
    "โป๊ะ", "ปั๊ม", "ITA", "(E-Bidding)",
]  # fmt: skip
SYLLABLE = (
    ("", "", "", "เ", "แ", "โ", "ไ", "ใ"),
    "กขคฆงจฉชซญฎฏฐดตถทธนบปผฝพฟภมยรลวศสหฬอฮ",
    ("", "", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ั", "็"),
    ("", "", "่", "้", "๊", "๋"),
    ("", "า", "ะ", "ง", "น", "ก"),
)


class Writer:
    """Writes texts of everyday words and of syllables that nobody has seen."""

    def __init__(self, seed: int, longest: int) -> None:
        self._random = random.Random(seed)
        self._longest = longest  # words of a line

    def word(self) -> str:
        if self._random.random() < 0.7:
            return self._random.choice(WORDS)
        count = self._random.randint(1, 6)
        return "".join(self._random.choice(part) for _ in range(count) for part in SYLLABLE)

    def line(self, longest: int = 0) -> str:
        words = self._random.randint(1, longest or self._longest)
        text = " ".join(self.word() for _ in range(words))
        return text if not thai.faults(text) else self.line(longest)

    def lines(self) -> list[str]:
        return [self.line() for _ in range(self._random.randint(1, 3))]

    def report(self) -> Report:
        data = clean_data(YEAR)
        data["agency"]["website"] = self.word()
        remarked = self._random.sample(YEAR.codes, 10)
        data["remarks"] = [{"code": code, "text": "\n".join(self.lines())} for code in remarked]
        columns = [
            column.name
            for column in COLUMNS
            if column.use is not Use.OPTIONAL or self._random.randint(0, 1)
        ]
        for row in data["plan"]:
            row.update({key: self.lines() for key in columns})
            if self._longest < LONG:  # columns of a few letters a line
                row.update({key: [self.line(5)] for key in columns[3:]})
        data["signatures"][0] |= {"role": self.word(), "position": [self.word()]}
        return Report.model_validate(data)


def try_reports(seed: int, longest: int, reports: int = REPORTS) -> None:
    writer, made = Writer(seed, longest), []
    for _ in range(reports):
        ready = Ready(writer.report(), YEAR, NEXT, KINDS, None, None)
        docx, lost = build.docx(ready, Options())
        assert lost == ()
        made.append((ready, docx))
    for (ready, docx), pdf in zip(made, office.to_pdfs([docx for _, docx in made]), strict=True):
        assert isinstance(pdf, bytes), pdf
        assert pdfs.detached_marks(pdf) == []
        found = verify.pdf(pdf, build.expected(build.printed_name(ready, Options()), docx)).problems
        assert [str(one) for one in found if one.code != "P523" or longest < LONG] == []


SOME = settings(max_examples=2, phases=[Phase.explicit, Phase.reuse, Phase.generate])
SEEDS = st.integers(0, 2**32)


@SOME
@given(SEEDS)
def test_every_paragraph_is_in_the_pdf_and_every_mark_at_its_consonant(seed):
    try_reports(seed, SHORT)


@SOME
@given(SEEDS)
def test_rows_higher_than_a_page_lose_nothing(seed):
    try_reports(seed, LONG)


def test_a_row_that_is_cut_off_would_be_told(monkeypatch):
    """LibreOffice prints what fits of a row that may not split, and nothing of the rest."""
    monkeypatch.setattr(structure.writer, "too_high", lambda _table, _page: [])
    with pytest.raises(AssertionError, match="ค้นไม่พบข้อความ"):
        try_reports(1, 3 * LONG)
