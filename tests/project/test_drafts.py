"""Every sentence of the shipped drafts, as the wording of the trade asks: see the lists below."""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import cache

import pytest

from itareport import check, draft, thai
from itareport.document import context, fonts
from itareport.ita import catalogue, codes, measures
from itareport.ita.model import Report
from itareport.problems import Severity
from reports import KINDS, clean_data

YEARS = {year: (catalogue.load(year), draft.load(year)) for year in draft.known_years()}
AGENCIES = [
    ("เทศบาลตำบล", "ควนเสาธง"),
    ("องค์การบริหารส่วนตำบล", "ท่าเดื่อ-มืดกา"),
    ("องค์การบริหารส่วนจังหวัด", "พัทลุง"),
    ("หน่วยงานอื่น", "วิทยาลัยเทคนิคพัทลุง"),
    ("หน่วยงานอื่น", "โรงพยาบาลตะโหมด"),
]
SENSITIVE = ["i3", "i5", "i6", "i7", "i8", "i9", "i13", "e3"]
MOST_OF_A_REMARK, MOST_OF_ALL, MOST_OF_THE_PLAN = 220, 10_500, 5_000

MISSPELLED = [
    "เฟสบุ๊ค", "เฟสบุ๊ก", "เฟซบุ๊ค", "เฟชบุ๊ก", "facebook", "เว็ปไซต์", "เว็บไซด์", "เวบไซต์", "อีเมล์", "ภาระกิจ",
    "ทุกส่วนราชในสังกัด", "คิวอาร์โค๊ด", "คลิ๊ก", "ลิ้งค์", "ลิงค์", "อัพเดต", "อัพโหลด", "อนุญาติ", "สังเกตุ", "ปรากฎ",
    "กฏหมาย", "บุคคลากร", "ปฎิบัติ", "โอกาศ", "ไตรมาศ", "อินเตอร์เน็ต", "อิเลคทรอนิกส์", "ดิจิตอล", "โทรศัพย์",
    "การการ", "และและ", "ของของ", "ให้ให้", "ควรควร", "  ",
]  # fmt: skip
"""Slips of published reports and of typing; Thai without a word list finds no others."""

FORBIDDEN = {
    "a target that is defined nowhere": ["เป้าหมาย"],
    "what an agency of fifteen cannot do": [
        "หมุนเวียน", "รายเดิม", "ผู้ที่ไม่มีส่วนเกี่ยวข้อง", "เป็นอิสระ",
    ],
    "tests of people": ["สุ่มทดสอบ", "สุ่มตรวจ", "ทดสอบทางโทรศัพท์"],
    "a duty more often than half-yearly": [
        "ทุกเดือน", "รายเดือน", "ประจำเดือน", "ไตรมาส", "สัปดาห์", "ทุกวัน", "ทุก ?[1-5] ?เดือน",
    ],
    "a deadline in days": ["[0-9]+ ?วัน", "วันทำการ", "ภายใน ?[0-9]", "ทันที"],
    "a gap to fill in": ["…", r"\.\.\.", "____", r"\[", r"\(ระบุ"],
    "an order to one's own head": ["ให้นาย", "ขอความร่วมมือ", "ด้วยตนเอง", "เป็นประธาน"],
    "what the list before 2567 asked": ["ธุระส่วนตัว"],
    "particulars that nobody said": [
        "ไม่กล้า", "ความใกล้ชิด", "หลักฐานอันเป็นเท็จ", "จริงจัง", "อาจ", "เกรงว่า", "แม้มี",
        "รู้จักเป็นการส่วนตัว",
    ],
    "wrongdoing as a fact": [
        "มีการเรียกรับ", "นำรถ", "เบิกจ่ายเท็จ", "มีการทุจริต", "มีการสั่งให้", "มีการเบิกจ่าย",
    ],
    "words that have better ones": [
        "ผู้ตอบสำรอง", "ค้นง่าย", "ความเสี่ยงที่เหลือ", "บทลงโทษ", "รับรองการไม่มีส่วนได้เสีย",
    ],
    "digits that only print": ["[๐-๙]"],
    "what reads ill": [
        "ผลการประเมิน ได้", "คะแนนยังไม่เต็ม", "รับฟังข้อเสนอแนะมา", "แก้ไขตามเหตุผล", "ข้อมูลทรัพยากรบุคคล",
    ],
    "an order that a hospital's service has not": ["ก่อนหลัง"],
}  # fmt: skip
"""What no draft says, by the reason."""


@cache
def report_of(fiscal_year, scores, agency, size=None):
    """Return the drafted report of an agency; `scores` as pairs of code and score."""
    year, drafts = YEARS[fiscal_year]
    data = clean_data(year, dict(scores), remarks=[], plan=[])
    data["agency"] |= {"kind": agency[0], "name": agency[1]} | ({"size": size} if size else {})
    return draft.fill(Report.model_validate(data), year, KINDS, drafts)


def scores_of(fiscal_year, i, e, o):
    """Return one score for all questions or items of each tool."""
    of_tool = {"i": i, "e": (e, i), "o": o}
    return tuple((code, of_tool[code[0]]) for code in YEARS[fiscal_year][0].codes)


def at_random(fiscal_year, seed):
    """Return scores as agencies have them: mostly high, some low, some full."""
    pick = random.Random(seed)
    cents = lambda: f"{min(100.0, pick.choice((60, 80, 90, 95)) + 40 * pick.random()):.2f}"  # noqa: E731
    item = lambda: pick.choice(("0.00", "50.00", "100.00", "100.00", "100.00"))  # noqa: E731
    of_tool = {"i": cents, "e": lambda: (cents(), cents()), "o": item}
    return tuple((code, of_tool[code[0]]()) for code in YEARS[fiscal_year][0].codes)


def all_low(fiscal_year, seed):
    """Return scores that are all below 85, and hardly two the same."""
    pick = random.Random(seed)
    cents = lambda: f"{45 + 39.9 * pick.random():.2f}"  # noqa: E731
    item = lambda: pick.choice(("0.00", "50.00"))  # noqa: E731
    of_tool = {"i": cents, "e": lambda: (cents(), cents()), "o": item}
    return tuple((code, of_tool[code[0]]()) for code in YEARS[fiscal_year][0].codes)


UNIFORM = {
    "all low": ("60.25", "70.25", "0.00"),
    "low, items at 50": ("84.99", "84.99", "50.00"),
    "middling": ("90.00", "85.00", "50.00"),
    "good": ("97.25", "95.00", "100.00"),
    "items alone": ("100.00", "100.00", "50.00"),
    "full": ("100.00", "100.00", "100.00"),
}


def reports():
    """Yield reports of any two of scores, agency and size together, and 300 at random."""
    for fiscal_year in YEARS:
        for seed, agency in enumerate(AGENCIES):
            yield report_of(fiscal_year, all_low(fiscal_year, seed), agency, "ใหญ่")
        for turn, uniform in enumerate(UNIFORM.values()):
            for seed, agency in enumerate(AGENCIES):
                size = (None, "เล็ก", "ใหญ่")[(turn + seed) % 3]
                yield report_of(fiscal_year, scores_of(fiscal_year, *uniform), agency, size)
        for seed in range(100):
            agency = AGENCIES[seed % len(AGENCIES)]
            size = (None, "เล็ก", "กลาง", "ใหญ่")[seed % 4]
            yield report_of(fiscal_year, at_random(fiscal_year, seed), agency, size)


def columns(row):
    return (row.measures, row.findings, row.steps, row.period, row.responsible)


def cells(report):
    """Yield what stands in each cell that drafts fill, one paragraph a line."""
    yield from (remark.text for remark in report.remarks)
    yield from ("\n".join(column) for row in report.plan for column in columns(row))


def shipped(drafts):
    """Yield each text of the drafts of a year with the names of what it is of, but names."""

    def walk(value, path):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("code", "name", "answers", "words"):
                    yield from walk(inner, (*path, key))
        elif isinstance(value, list | tuple):
            for inner in value:
                yield from walk(inner, path)
        elif isinstance(value, str) and not value.isascii():
            yield ".".join(map(str, path)), value

    yield from walk(drafts.model_dump(), ())


TEXTS = sorted({(path, text) for _, drafts in YEARS.values() for path, text in shipped(drafts)})


# -- the texts as they are shipped ---------------------------------------------------------------


def test_there_are_as_many_as_the_years_ask_for():
    counted = {
        year: Counter(row.code[0] for row in drafts.remarks for _ in row.bands)
        for year, (_, drafts) in YEARS.items()
    }
    bands = {"i": 3, "e": 3, "o": 2}
    wanted: dict[int, Counter[str]] = {year: Counter() for year in YEARS}
    for year, (of_year, _) in YEARS.items():
        for code in of_year.codes:
            wanted[year][code[0]] += bands[code[0]]
    assert counted == wanted


def test_every_text_prints():
    texts = [text for _, text in TEXTS]
    assert [text for text in texts if thai.faults(text) or fonts.missing_characters(text)] == []
    assert [text for text in texts if thai.normalise(text)[0] != text or text != text.strip()] == []


def test_spelling():
    assert [(word, text) for _, text in TEXTS for word in MISSPELLED if word in text.lower()] == []
    english = r"\{\w+\}|E-Service|No Gift Policy|Dos & Don’ts|IIT|EIT|OIT|ITAS?|Q&A"
    bare = [re.sub(english, "", text) for _, text in TEXTS]
    assert [text for text in bare if re.search(r"[A-Za-z]", text)] == []


@pytest.mark.parametrize("why", FORBIDDEN)
def test_nothing_forbidden_is_said(why):
    assert [text for _, text in TEXTS if re.search("|".join(FORBIDDEN[why]), text)] == []


def test_numbers_are_of_halves_of_a_year_and_of_85():
    allowed = r"ปีละ 2 ครั้ง|รอบ (?:6|12) เดือน|85 คะแนน|100\.00 คะแนน"
    texts = [re.sub(allowed, "", text) for _, text in TEXTS]
    assert [text for text in texts if re.search("[0-9]", text)] == []


def test_no_remark_quotes_a_code_and_no_measure_does():
    texts = [re.sub(r"\{\w+\}", "", text) for _, text in TEXTS]
    assert [text for text in texts if codes.find(text)] == []


def bands(code):
    _, drafts = YEARS[2568]
    (row,) = [row for row in drafts.remarks if row.code == code]
    return {int(band.from_score): f"{band.weakness} {band.advice}" for band in row.bands}


def test_years_share_what_they_share():
    """Questions are the same in all years, and so are their drafts."""
    shared = [[row for row in drafts.remarks if row.code[0] != "o"] for _, drafts in YEARS.values()]
    assert shared[0] == shared[1] == shared[2]


@pytest.mark.parametrize("code", [c for c in YEARS[2568][0].codes if c[0] != "o"])
def test_each_band_of_a_question_speaks_as_its_score(code):
    said = bands(code)
    assert "ในระดับดี" in said[95]
    assert "และยังพัฒนาได้อีก โดยควร" in said[95]
    assert "ต่ำกว่า 85 คะแนน" in said[0]
    assert all("85" not in said[score] for score in (95, 85))
    assert all(re.search(r"(?:หน่วยงาน|จึง|โดย)?ควร[ก-ฮเ-ไ]", text) for text in said.values())
    assert not any("ต้องเร่ง" in text for text in said.values())


@pytest.mark.parametrize("code", SENSITIVE)
def test_the_sensitive_eight_are_never_a_defect_of_persons(code):
    for text in bands(code).values():
        assert "{score}" in text
        assert "ผลการประเมิน" in text or "อยู่ในระดับดี" in text
        assert re.search("บางส่วน|เจ้าหน้าที่|มีผู้เห็นว่า|ยังไม่", text) is None
        assert re.search("ความเชื่อมั่น|สื่อสาร|ชี้แจง|เผยแพร่|แสดง", text)


@pytest.mark.parametrize("code", [c for c in YEARS[2568][0].codes if c[0] != "o"])
def test_an_ordinary_defect_is_an_opinion(code):
    if code not in SENSITIVE:
        assert re.search("เห็น|ตอบว่า|ระบุว่า|เชื่อมั่น", bands(code)[85])


PROMISED = [
    "ณ จุดบริการ", "ลิงก์", "ทะเบียนคุม", "ใบยืม", "Dos & Don’ts", "No Gift Policy", "แสดงความบริสุทธิ์ใจ",
    "สืบค้นได้สะดวก", "แจ้งเบาะแส", "คุ้มครองผู้แจ้ง", "ช่องทางรับฟังความคิดเห็น", "ช่องทางติดตามผล", "ค่าธรรมเนียม",
    "ลำดับการให้บริการ", "คู่มือ", "คำปรึกษา", "คำสั่งแบ่งงาน", "รายการตรวจเอกสาร", "ภาษาที่เข้าใจง่าย",
    "ผู้รับผิดชอบหลักและผู้รับผิดชอบแทน", "ผลการตอบข้อซักถาม", "ประชาสัมพันธ์", "ข้อเสนอแนะ", "เจตนารมณ์",
]  # fmt: skip
"""What an advice names is in the measure that it points to: the follow-up is scored on it."""


def test_a_measure_holds_what_the_remarks_that_point_to_it_promise():
    for report in reports():
        measured = {}
        for numbers, row in zip(measures.numbers(report.plan), report.plan, strict=True):
            measured[numbers[0]] = "\n".join((*row.measures, *row.steps))
        for remark in report.remarks:
            _, _, advice = remark.text.rpartition("ควร")
            (pointed,) = measures.pointers(remark.text)
            name = YEARS[report.fiscal_year][0].item(remark.code).name
            named = [words for words in PROMISED if words in advice and words not in name]
            held = measured[pointed]
            assert [words for words in named if words not in held] == [], (remark.text, held)


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_an_item_says_what_the_score_says(fiscal_year):
    for row in YEARS[fiscal_year][1].remarks:
        if row.code[0] == "o":
            partly, nothing = row.bands
            assert "ข้อ {code} " in partly.weakness
            assert re.search("เพียงบางส่วน|ได้คะแนนไม่เต็ม|ยังไม่ได้คะแนนเต็ม", partly.weakness)
            assert "ตรวจว่าลิงก์เปิดได้" in nothing.advice
            assert "{score}" in partly.weakness
            assert "{score}" in nothing.weakness


# -- the reports that they make ------------------------------------------------------------------


def test_limits():
    for report in reports():
        lengths = {remark.code: len(remark.text) for remark in report.remarks}
        assert {code: n for code, n in lengths.items() if n > MOST_OF_A_REMARK} == {}
        assert sum(lengths.values()) <= MOST_OF_ALL
        plan = sum(len(text) for row in report.plan for column in columns(row) for text in column)
        assert plan <= MOST_OF_THE_PLAN
        assert 7 <= sum(len(row.measures) for row in report.plan) <= 10


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_the_longest_remarks_of_all_bands_keep_to_the_limit(fiscal_year):
    longest: Counter[str] = Counter()
    for uniform in (UNIFORM["all low"], UNIFORM["middling"], UNIFORM["good"]):
        for remark in report_of(fiscal_year, scores_of(fiscal_year, *uniform), AGENCIES[0]).remarks:
            longest[remark.code] = max(longest[remark.code], len(remark.text))
    assert max(longest.values()) <= MOST_OF_A_REMARK
    assert sum(longest.values()) <= MOST_OF_ALL


CAUSES = ("ผู้รับผิดชอบหลักโอนย้ายในเดือนมกราคม", "เนื่องจากต้องจัดทำข้อมูล 3 เรื่อง")


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_a_known_cause_stands_in_each_remark_and_leaves_it_within_the_limit(fiscal_year):
    year, drafts = YEARS[fiscal_year]
    plan_year = YEARS.get(fiscal_year + 1, (None,))[0]
    for uniform in (UNIFORM["all low"], UNIFORM["middling"], UNIFORM["good"]):
        scores = dict(scores_of(fiscal_year, *uniform))
        data = clean_data(year, scores, remarks=[], plan=[])
        data["scores"] = [row | {"cause": CAUSES[n % 2]} for n, row in enumerate(data["scores"])]
        report = draft.fill(Report.model_validate(data), year, KINDS, drafts)
        causes = {row.code: row.cause for row in report.scores}
        for remark in report.remarks:
            assert causes[remark.code] in remark.text
            assert len(remark.text) <= MOST_OF_A_REMARK
            assert " โดยควร" not in remark.text
        found = check.check(report, year, plan_year, KINDS)
        told = {p.code for p in found if p.severity in (Severity.ERROR, Severity.WARNING)}
        assert told <= {"D280"}


REASONS = ("ควรสื่อสารให้ทั่วถึง", "ไม่พบข้อมูล", "เนื่องจากลิงก์เปิดไม่ได้")


@pytest.mark.parametrize("fiscal_year", YEARS)
@pytest.mark.parametrize("with_cause", [False, True])
def test_beside_a_reason_no_joint_stands_twice_and_the_correspondence_quotes_it_whole(
    fiscal_year, with_cause
):
    year, drafts = YEARS[fiscal_year]
    for uniform in (UNIFORM["all low"], UNIFORM["middling"], UNIFORM["good"]):
        data = clean_data(year, dict(scores_of(fiscal_year, *uniform)), remarks=[], plan=[])
        for n, row in enumerate(data["scores"]):
            row["reason"] = REASONS[n % 3]
            if with_cause:
                row["cause"] = CAUSES[n // 3 % 2]
        report = draft.fill(Report.model_validate(data), year, KINDS, drafts)
        for remark in report.remarks:
            unquoted = re.sub("“[^”]*”", "“”", remark.text)
            assert unquoted.count("เนื่องจาก") <= 1, remark.text
            assert "“” โดย" not in unquoted
        words = context.context(report, year, YEARS.get(fiscal_year + 1, (None,))[0], "arabic")
        said = [row["weakness"] for row in words["correspondence"]]
        assert [text for text in said if text.count("“") != 1 or text.count("”") != 1] == []


def test_no_sentence_stands_twice_in_a_cell_and_no_full_name_does():
    for report in reports():
        full, named = report.agency.full_name, 0
        for cell in cells(report):
            lines = cell.split("\n")
            assert len(set(lines)) == len(lines)
            assert cell.count(full) <= 1
            named += full in cell
        assert named <= 3


def test_a_defect_of_the_correspondence_is_whole():
    """It is what is weak alone: no praise, no joint that waits for an advice, never nothing."""
    for fiscal_year, (year, _) in YEARS.items():
        for uniform in UNIFORM.values():
            report = report_of(fiscal_year, scores_of(fiscal_year, *uniform), AGENCIES[0])
            words = context.context(report, year, YEARS.get(fiscal_year + 1, (None,))[0], "thai")
            defects = [row["weakness"] for row in words["correspondence"]]
            assert len(defects) == len(report.remarks)
            assert [said for said in defects if len(said) < 15] == []
            wrong = r"(?:โดย|จึง|ดังนั้น|และ|เพื่อ|ซึ่ง)$|ระดับดี|(?<!เท่าที่)ควร|ข้อ [ieo]"
            assert [said for said in defects if re.search(wrong, said)] == []


def test_each_row_says_all_of_its_questions_that_are_below_85():
    for report in reports():
        low = {row.code for row in report.scores if row.lowest < 85}
        for issue in YEARS[report.fiscal_year][0].issues.rows:
            rows = [row for row in report.plan if row.issue == issue.no]
            counted = 0
            for row in rows:
                *held, said = row.findings
                own = low & {quoted.code for text in held for quoted in codes.find(text)}
                named = {quoted.code for quoted in codes.find(said)}
                rest = re.search(r"และอีก (\d+) ข้อ", said)
                assert named <= own or not own
                assert len(own) == 0 or len(named) + int(rest[1] if rest else 0) == len(own)
                assert ("ต่ำกว่า 85 คะแนน" in said) == bool(own)
                counted += len(own)
            assert counted == len(low & set(issue.items))


def test_an_issue_is_urgent_once():
    for report in reports():
        urgent = Counter(
            row.issue for row in report.plan for text in row.findings if "ต้องเร่ง" in text
        )
        assert set(urgent.values()) <= {1}
        assert not any("ต้องเร่ง" in remark.text for remark in report.remarks)


def test_sentences_do_not_all_open_alike():
    for fiscal_year, (year, _) in YEARS.items():
        for uniform in (("60.25", "70.25", "0.00"), ("90.00", "91.00", "50.00")):
            report = report_of(fiscal_year, scores_of(fiscal_year, *uniform), AGENCIES[0])
            texts = {remark.code: remark.text for remark in report.remarks}
            for issue in year.issues.rows:
                for tool in "ieo":
                    said = [texts[code][:5] for code in issue.items if code[0] == tool]
                    assert len(said) < 3 or len(set(said)) > 1, (issue.no, tool)


def test_every_pointer_names_a_measure_of_the_issue():
    for report in reports():
        year, _ = YEARS[report.fiscal_year]
        issue_of = {code: issue.no for issue in year.issues.rows for code in issue.items}
        counted = Counter(row.issue for row in report.plan for _ in row.measures)
        for remark in report.remarks:
            (issue, place) = re.search(r" \(มาตรการที่ (\d)\.(\d)\)$", remark.text).groups()
            assert int(issue) == issue_of[remark.code]
            assert 1 <= int(place) <= counted[int(issue)]


def test_no_other_kind_of_agency_is_called_a_local_government():
    local = "ส่วนราชการ|เทศบาล|พนักงานส่วนตำบล|บัญญัติ|นายก|ปลัด|องค์การบริหาร|อปท|ท้องถิ่น"
    for report in reports():
        if report.agency.kind == "หน่วยงานอื่น":
            assert [cell for cell in cells(report) if re.search(local, cell)] == []


def test_a_finding_of_its_issue_names_every_low_question_and_its_remark_points_there():
    for report in reports():
        year, _ = YEARS[report.fiscal_year]
        numbers = measures.numbers(report.plan)
        plan = list(zip(numbers, report.plan, strict=True))
        named = {(n, q.code) for ns, row in plan for n in ns for q in codes.find(str(row.findings))}
        for remark in report.remarks:
            (pointed,) = measures.pointers(remark.text)
            assert (pointed, remark.code) in named
        low = {row.code for row in report.scores if row.lowest < 100}
        assert {remark.code for remark in report.remarks} == low
        for issue in year.issues.rows:
            rows = [row for row in report.plan if row.issue == issue.no]
            said = {q.code for row in rows for q in codes.find(str(row.findings))}
            assert low & {*issue.items} <= said


def test_our_own_checks_find_nothing_but_the_mark_of_a_draft():
    for report in reports():
        year, _ = YEARS[report.fiscal_year]
        plan_year = YEARS.get(report.plan_year, (None,))[0]
        found = check.check(report, year, plan_year, KINDS)
        told = {p.code for p in found if p.severity in (Severity.ERROR, Severity.WARNING)}
        assert told <= {"D280"}
        assert {p.code for p in found} & {"D312"} == set()
