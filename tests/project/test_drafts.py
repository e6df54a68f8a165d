"""Every sentence of the shipped drafts: tone, spelling, length, and the subject of its item."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import pytest

from itareport import check, draft, thai
from itareport.document import fonts
from itareport.ita import catalogue, codes
from itareport.ita.model import Report
from itareport.problems import Severity
from reports import KINDS, clean_data

YEARS = {year: (catalogue.load(year), draft.load(year)) for year in draft.known_years()}
RESPONDENTS = {"i": "ผู้มีส่วนได้ส่วนเสียภายใน", "e": "ผู้รับบริการหรือผู้มาติดต่อ"}
MISSPELLED = [
    "เฟสบุ๊ค", "เฟสบุ๊ก", "เฟซบุ๊ค", "เฟชบุ๊ก", "facebook", "เว็ปไซต์", "เว็บไซด์", "เวบไซต์", "อีเมล์", "ภาระกิจ",
    "ทุกส่วนราชในสังกัด", "คิวอาร์โค๊ด", "คลิ๊ก", "ลิ้งค์", "ลิงค์", "อัพเดต", "อัพโหลด", "อนุญาติ", "สังเกตุ", "ปรากฎ",
    "กฏหมาย", "บุคคลากร", "ปฎิบัติ", "โอกาศ", "ไตรมาศ", "อินเตอร์เน็ต", "อิเลคทรอนิกส์", "ดิจิตอล", "โทรศัพย์",
    "การการ", "และและ", "ของของ", "ให้ให้", "ควรควร", "  ",
]  # fmt: skip
"""Slips of published reports and of typing; Thai without a word list finds no others."""


def sentences():
    """Yield every sentence of every year: year, code, from which score, what it is, its text."""
    for fiscal_year, (_, drafts) in YEARS.items():
        for row in drafts.remarks:
            for band in row.bands:
                yield fiscal_year, row.code, int(band.from_score), "weakness", band.weakness
                yield fiscal_year, row.code, int(band.from_score), "advice", band.advice


def points():
    """Yield every point of the drafted plans."""
    for fiscal_year, (_, drafts) in YEARS.items():
        for row, way in product(drafts.plan, ("improve", "maintain")):
            for column, texts in getattr(row, way):
                for text in texts:
                    yield fiscal_year, row.issue, f"{way} {column}", text


def others():
    for fiscal_year, (_, drafts) in YEARS.items():
        yield from ((fiscal_year, word) for word in drafts.words.values())
        yield from ((fiscal_year, duty.otherwise) for duty in drafts.duties.values())
        yield from ((fiscal_year, str(text)) for _, text in drafts.findings)
        yield fiscal_year, drafts.reason


TEXTS = sorted({row[-1] for row in (*sentences(), *points(), *others()) if not row[-1].isascii()})


def test_there_are_as_many_as_the_years_ask_for():
    counted = Counter(year for year, *_ in sentences())
    wanted = {
        year: sum(2 * 2 if code[0] == "o" else 3 * 2 for code in of_year.codes)
        for year, (of_year, _) in YEARS.items()
    }
    assert counted == wanted


def test_every_text_prints():
    assert [text for text in TEXTS if thai.faults(text) or fonts.missing_characters(text)] == []
    assert [text for text in TEXTS if thai.normalise(text)[0] != text or text != text.strip()] == []


def test_spelling():
    found = [(word, text) for text in TEXTS for word in MISSPELLED if word in text.lower()]
    assert found == []
    bare = [re.sub(r"\{\w+\}|E-Service|No Gift Policy", "", text) for text in TEXTS]
    assert [text for text in bare if re.search(r"[๐-๙]|[a-z]{3,}", text)] == []


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_no_sentence_stands_twice_in_a_year(fiscal_year):
    counted = Counter(text for year, *_, text in sentences() if year == fiscal_year)
    assert [text for text, count in counted.items() if count > 1] == []


def test_sentences_are_neither_short_nor_long():
    lengths = {text: len(text) for *_, text in sentences()}
    assert {text: n for text, n in lengths.items() if not 80 <= n <= 500} == {}


def test_opinions_are_opinions_and_advice_is_as_urgent_as_the_score():
    for _, code, score, part, text in sentences():
        if part == "advice":
            urgent = score < 85
            assert text.startswith(f"ดังนั้น {{agency}}{'ต้องเร่ง' if urgent else 'ควร'}"), text
        elif code[0] == "o":
            assert text.startswith("ผลการประเมิน"), text
            assert " {because}โดย" in text
        else:
            assert text.startswith(f"{RESPONDENTS[code[0]]}บางส่วนมีความเห็นว่า "), text


def test_no_remark_quotes_a_code_and_no_measure_does():
    texts = [re.sub(r"\{\w+\}", "", row[-1]) for row in (*sentences(), *points())]
    assert [text for text in texts if codes.find(text)] == []


def test_years_share_what_they_share():
    """Questions are the same in all years, and so are their drafts."""
    drafts = [row for row in sentences() if row[1][0] != "o"]
    by_year = {year: [row[1:] for row in drafts if row[0] == year] for year in YEARS}
    assert by_year[2567] == by_year[2568] == by_year[2569]


@pytest.mark.parametrize("fiscal_year", YEARS)
@pytest.mark.parametrize(
    ("kind", "name"), [("เทศบาลตำบล", "ควนเสาธง"), ("หน่วยงานอื่น", "วิทยาลัยเทคนิคพัทลุง")]
)
@pytest.mark.parametrize("band", [0, 1, 2])
def test_every_draft_passes_the_checks(fiscal_year, kind, name, band):
    """All drafts of one band at once: the checks see each of them."""
    year, drafts = YEARS[fiscal_year]
    scores = {}
    for code in year.codes:
        score = {"o": ("50.00", "0.00", "0.00")}.get(code[0], ("97.00", "90.00", "10.00"))[band]
        scores[code] = (score, score) if code[0] == "e" else score
    data = clean_data(year, scores, remarks=[], plan=[])
    data["agency"] |= {"kind": kind, "name": name}
    report = draft.fill(Report.model_validate(data), year, KINDS, drafts)
    plan_year = catalogue.load(fiscal_year + 1) if fiscal_year + 1 in YEARS else None
    found = check.check(report, year, plan_year, KINDS)
    told = {p.code for p in found if p.severity in (Severity.ERROR, Severity.WARNING)}
    assert told == {"D280"}
    assert {p.code for p in found} & {"D312"} == set()
    assert len(report.remarks) == len(year.codes)
    own = [row for row in report.plan if any("{" in text for text in row.steps + row.measures)]
    assert own == []
