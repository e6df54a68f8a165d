"""Where pages and lines end, over agencies with longer and shorter texts than the example."""

from __future__ import annotations

import json
import random
import re
from concurrent.futures import ThreadPoolExecutor

import hypothesis
import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from itareport import draft
from itareport.actions import build, prepare
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.pdf import office, verify
from itareport.reading import load
from reports import KINDS, clean_data

SOME = (*range(11), 46, 52)  # the last has a row that no page holds, under a long one
ALL = range(128)  # with --hypothesis-profile=long
SEEDS = (1, 6, 10)  # whose last row of the correspondence comes back from the next page
MOST = 400  # characters more or less in a cell
SIGNERS = [
    {"role": "ผู้จัดทำรายงาน", "name": "นางสาวกานดา ใจดี", "position": ["นักวิเคราะห์นโยบายและแผน"]},
    {"role": "ผู้ตรวจสอบ", "name": "นายวิชัย ศรีสุข", "position": ["หัวหน้าสำนักปลัด"]},
    {"position": ["รองปลัดเทศบาล รักษาราชการแทน", "ปลัดเทศบาลตำบลควนเสาธง"]},
    {"role": "ผู้เห็นชอบ", "position": ["นายกเทศมนตรีตำบลควนเสาธง"]},
    {"role": "ผู้รับรอง"},
]
TOOLS = [
    {"tool": "IIT", "score": "99.00"},
    {"tool": "EIT", "part": 1, "score": "88.00"},
    {"tool": "EIT", "part": 2, "score": "97.00"},
    {"tool": "OIT", "score": "95.00"},
]
AROUND = {
    "principles": "สำนักงาน ป.ป.ช. กำหนดให้หน่วยงานวิเคราะห์ผลการประเมินและจัดทำแผน",
    "follow_up": "ให้ผู้รับผิดชอบรายงานผลรอบ 6 เดือน และรอบ 12 เดือน",
    "summary": "หน่วยงานจะนำแผนนี้ไปดำเนินการ และรายงานผลต่อผู้บริหาร",
    "appendices": ["ภาพหน้าเว็บไซต์", "คำสั่งแต่งตั้งคณะทำงาน", "รายงานการประชุม"],
    "correspondence": "พิมพ์",
}
"""The parts of a report that are printed only where they are given."""
OF_RESULT = {
    "announced": "2025-08-01",
    "rank": {"place": 76, "of": 211},
    "respondents": {"iit": 40, "eit": 152},
}
BEFORE = {
    "total": "88.12",
    "indicators": [{"no": no, "score": f"{80 + no}.00"} for no in range(1, 11)],
}


def data(repo):
    """Return the example's data, which a test may change."""
    report = load.load(repo / "examples" / "kuansaothong-2568.yaml").report
    return json.loads(report.model_dump_json(exclude_defaults=True))


def varied(texts, rng, words):
    """Return texts with up to `MOST` characters more in one of them, or fewer at the end."""
    texts, change = list(texts), rng.randint(-MOST, MOST)
    at = rng.randrange(len(texts))
    while change > 0:
        word = rng.choice(words)
        texts[at] += f" {word}"
        change -= len(word) + 1
    while change < 0 and len(texts[-1]) > 20:
        texts[-1], _, gone = texts[-1].rpartition(" ")
        change += len(gone) + 1
        if not texts[-1]:
            texts[-1] = gone
            break
    return [text for text in texts if text]


def agency(repo, number):
    """Return the data of one generated agency, the same in every run."""
    rng, made = random.Random(number), data(repo)
    words = [w for row in made["plan"] for step in row["steps"] for w in step.split(" ") if w]
    for remark in made["remarks"]:
        (remark["text"],) = varied([remark["text"]], rng, words)
    for row in made["plan"]:
        for column in ("measures", "findings", "steps"):
            row[column] = varied(row[column], rng, words)
        if number % 3:
            row["follow_up"] = ["รายงานผลต่อผู้บริหารทุกไตรมาส"] if rng.random() < 0.8 else []
        if not number % 4:
            row["budget"] = ["20,000 บาท"]
    made |= {name: part for name, part in AROUND.items() if rng.random() < 0.5}
    made["result"] |= {name: part for name, part in OF_RESULT.items() if rng.random() < 0.5}
    made["signatures"] = SIGNERS[: 1 + number % 5]
    if number % 2:
        made["result"]["tools"] = TOOLS
    if number % 3:
        made["result"]["last_year"] = BEFORE
    return made


def built(made, folder, **how):
    """Return a made document of data, with what its PDF must hold."""
    file = folder / "data.json"
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    options = prepare.Options(**how)
    checked = prepare.check_file(file, options).ready
    docx, _ = build.docx(checked, options)
    return docx, build.expected(build.printed_name(checked, options), docx)


def texts(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


@pytest.mark.usefixtures("soffice")
def test_a_document_has_the_same_pages_in_each_conversion(repo, tmp_path):
    """Three at a time: the rows are looked at when the pages are laid, however slowly that goes."""
    documents = [built(agency(repo, number), tmp_path)[0] for number in (67, 77)]
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda _: office.to_pdfs(documents), range(3)))
    pages = {tuple(tuple(texts(pdf)) for pdf in pdfs) for pdfs in made}
    assert len(pages) == 1


@pytest.mark.usefixtures("soffice")
def test_no_generated_agency_has_a_page_that_ends_badly(repo, tmp_path):
    """No row is cut after one line, nor before its last; not one either that fits on no page."""
    numbers = ALL if hypothesis.settings.default.max_examples > 1000 else SOME
    documents = [built(agency(repo, number), tmp_path) for number in numbers]
    pdfs = office.to_pdfs([docx for docx, _ in documents])
    for number, pdf, (_, expected) in zip(numbers, pdfs, documents, strict=True):
        assert isinstance(pdf, bytes)
        assert [one.message for one in verify.pdf(pdf, expected).problems] == [], number


def worst(repo):
    """Return data with all that the page of the result can hold."""
    made = data(repo)
    before = BEFORE | {"indicators": BEFORE["indicators"][1:]}
    made["result"] |= {"tools": [*TOOLS, {"tool": "EIT", "score": "92.50"}]}
    made["result"] |= {"last_year": before, "announced": "2025-08-01"}
    made["agency"] |= {"kind": "องค์การบริหารส่วนตำบล"}
    made["agency"]["name"] = "เกาะพลับพลาวารินชำราบควนเสาธงตะโหมดพัทลุงกขค"[:40]
    made["remarks"][0]["draft"] = True
    return made


@pytest.mark.usefixtures("soffice")
def test_the_whole_result_is_one_page_with_every_graph(repo, tmp_path):
    ways = [(graph, digits) for graph in ("radar", "bar") for digits in ("thai", "arabic")]
    made = worst(repo)
    documents = [built(made, tmp_path, graph=g, digits=d)[0] for g, d in ways]
    for pdf, (_, digits) in zip(office.to_pdfs(documents), ways, strict=True):
        _cover, result, following, *_ = texts(pdf)
        dot = "๑๐.การป้องกันการทุจริต" if digits == "thai" else "10.การป้องกันการทุจริต"
        assert dot in result
        assert "หมายเหตุ" in result
        for label in ("การใช้งบประมาณ", "การใช้อำนาจ", "การป้องกันการทุจริต", "การปฏิบัติหน้าที่"):
            assert result.count(label) == 2, "in the graph, and in the table"
        assert re.search(r"ส่วนที่[๑1]ข้อมูลรายละเอียด", following)


def low(seed):
    """Return drafted data of an agency with most scores low: its correspondence takes pages."""
    rng, year = random.Random(seed), catalogue.load(2568)

    def score(code):
        points = [f"{min(100, rng.gauss(91, 5)):.2f}" for _ in range(2)]
        found = rng.choice(["100.00"] * 3 + ["0.00", "50.00"])
        return found if code[0] == "o" else tuple(points) if code[0] == "e" else points[0]

    return drafted(year, {code: score(code) for code in year.codes}) | AROUND


def drafted(year, scores, **changes):
    """Return data with the remarks and the plan that the program drafts."""
    made = clean_data(year, scores, remarks=[], plan=[], **changes)
    filled = draft.fill(Report.model_validate(made), year, KINDS, draft.load(year.fiscal_year))
    return json.loads(filled.model_dump_json(exclude_defaults=True))


def pages_with_short_foot(pdf):
    """Return the pages on which the lowest rule of a table is not as wide as the table."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            paths = page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=3)
            bounds = [path.get_bounds() for path in paths]
            rules = [(low, left, right) for left, low, right, high in bounds
                     if high - low < 3 and right - left > 8]  # fmt: skip
            foot = [rule for rule in rules if rule[0] < min(rules)[0] + 3]
            if rules and max(r for *_, r in rules) > max(r for *_, r in foot) + 10:
                found.append(number)
    return found


LONG = "เกาะพลับพลาวารินชำราบควนเสาธงตะโหมดพัทลุง"[:40]
LARGE = {"signatures": SIGNERS, "result__last_year": BEFORE}


def all_low(fiscal_year, kind, name):
    """Return drafted data of an agency with every score low and all that makes pages."""
    year = catalogue.load(fiscal_year)
    scores = {c: ("50.00", "40.00") if c[0] == "e" else "50.00" for c in year.codes}
    return drafted(year, scores, agency__kind=kind, agency__name=name, **LARGE)


def town(seed):
    """Return data of a town with 41 low scores, and a follow-up in every row of its plan."""
    rng, year = random.Random(seed), catalogue.load(2567)
    weak = set(rng.sample(year.codes, 41))
    score = {"i": "88.12", "e": ("91.00", "84.50"), "o": "50.00"}
    scores = {c: score[c[0]] for c in year.codes if c in weak}
    made = drafted(year, scores, agency__kind="เทศบาลเมือง", **LARGE)
    del made["follow_up"]
    for row in made["plan"]:
        row["follow_up"] = ["รายงานผลต่อผู้บริหารรอบ 6 เดือน และรอบ 12 เดือน"]
    return made


@pytest.mark.usefixtures("soffice")
def test_reports_with_much_data_have_few_pages(tmp_path):
    """Of every year with most scores low; kinds differ in the length of their units' names."""
    agencies = [
        (all_low(2567, "องค์การบริหารส่วนตำบล", LONG), 18),
        (all_low(2567, "เทศบาลเมือง", "ตราด"), 18),
        (all_low(2568, "องค์การบริหารส่วนจังหวัด", "พัทลุง"), 18),
        (all_low(2569, "วิทยาลัยเทคนิค", LONG), 18),
        (town(0), 16),
    ]
    documents = [built(made, tmp_path)[0] for made, _ in agencies]
    counted = [len(texts(pdf)) for pdf in office.to_pdfs(documents)]
    assert [n for n, (_, most) in zip(counted, agencies, strict=True) if n > most] == [], counted


@pytest.mark.usefixtures("soffice")
def test_merged_cells_go_down_to_the_foot_of_their_table(tmp_path):
    documents = [built(low(seed), tmp_path)[0] for seed in SEEDS]
    for pdf in office.to_pdfs(documents):
        assert pages_with_short_foot(pdf) == []


@pytest.mark.usefixtures("soffice")
def test_long_principles_are_followed_by_the_graph(repo, tmp_path):
    """The result begins on their page: the graph there, its table on the next with Part 1."""
    made = data(repo) | {"principles": f"{AROUND['principles']} " * 12}
    _cover, first, second, *_ = texts(office.to_pdf(built(made, tmp_path)[0]))
    assert "๑๐.การป้องกันการทุจริต" in first
    assert "รายละเอียดตัวชี้วัด" in second
    assert "ส่วนที่๑ข้อมูลรายละเอียด" in second


@pytest.mark.usefixtures("soffice")
@pytest.mark.parametrize("summary", [False, True])
def test_what_follows_the_plan_does_not_stand_alone(repo, tmp_path, summary):
    """The last lines of the plan go with it, two at least, below the plan's header."""
    made, documents = data(repo), []
    made |= {name: AROUND[name] for name in ("follow_up", *["summary"] * summary)}
    for _ in range(5):
        documents.append(built(made, tmp_path))
        made["plan"][-1]["steps"].append("รายงานผลต่อผู้บริหาร")
    counted = set()
    pdfs = office.to_pdfs([docx for docx, _ in documents])
    for pdf, (_, expected) in zip(pdfs, documents, strict=True):
        assert isinstance(pdf, bytes)
        pages = [page for page in texts(pdf) if "(ลงชื่อ)" not in page]
        assert "ขั้นตอนหรือวิธีการดำเนินการ" in pages[-1], "the header of the plan"
        assert ("สรุป" if summary else "การกำกับติดตาม:") in pages[-1]
        assert verify.pdf(pdf, expected).problems == ()
        counted.add(len(pages))
    assert len(counted) == 2 - summary, "some texts need a page more"


@pytest.mark.usefixtures("soffice")
def test_the_heads_of_the_correspondence_are_not_cut(tmp_path):
    pages = texts(office.to_pdf(built(low(2), tmp_path)[0]))
    assert any("มาตรการที่ผู้รับผิดชอบ" in page for page in pages)
