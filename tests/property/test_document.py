"""Any accepted report: every value of the data stands in the document, in its cell.

What is expected is worked out here from the data alone, never from the context.
"""

from __future__ import annotations

import re
from itertools import groupby

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

import trees
from documents import body, merges, tables
from itareport import thai
from itareport.actions import build
from itareport.actions.prepare import Options, Ready
from itareport.document import context, drawing, marks, structure, word
from itareport.files import assets, opc
from itareport.ita import catalogue
from itareport.ita.described import COLUMNS
from itareport.ita.model import Report, Use
from reports import KINDS, clean_data

YEARS = {year: catalogue.load(year) for year in catalogue.known_years()}


def spread() -> bytes:
    """Return the shipped template with a table for each set of columns, as `word` prepares it."""
    parts = opc.read(assets.template().read_bytes())
    root = etree.fromstring(parts["word/document.xml"])
    structure.with_each_set_of_columns(root)
    parts["word/document.xml"] = etree.tostring(root)
    return opc.write(parts)


SPREAD = spread()

WORDS = st.sampled_from([
    "ควร", "ปรับปรุง", "ค้ำ", "เปี๊ยะ", "น้ำ", "ปี", "2568", "๒๕๖๘", "COVID-19", "o10", "ข้อ e7", "9.1",
    "A4", "R&D", "<5", "</w:t>", "{{ x }}", "{% if %}", "“ก”", "(ข)", "ISO 9001",
    "https://x.go.th/1", "a1@b.go.th",
    "[[12]]", "[[", "]]", "ฯลฯ", "ๆ", "50%", "'", '"', "]]>", "&amp;", "–", "1,000.50", "สขร.1",
])  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
POINTS = st.lists(LINES, min_size=1, max_size=3)
SCORES = st.integers(0, 10_000).map(lambda n: f"{n / 100:.2f}") | st.just("100.00")


@st.composite
def questions(draw, tool, code):
    kind = draw(st.sampled_from(["score", "score", "score", "missing"] + ["parts"] * tool.parts))
    if kind == "missing":
        return {"code": code, "missing": draw(st.sampled_from(["ไม่ถูกประเมิน", "ไม่แสดงในผลที่เผยแพร่"]))}
    if kind == "parts" and tool.parts == 2:
        return {"code": code, "part1": draw(SCORES), "part2": draw(SCORES)}
    row = {"code": code, "score": draw(SCORES)}
    if draw(st.integers(0, 5)) == 0:
        row["reason"] = draw(LINES)
    if draw(st.integers(0, 5)) == 0:
        row["cause"] = draw(LINES)
    return row


@st.composite
def reports(draw):
    year = YEARS[draw(st.sampled_from(sorted(YEARS)))]
    data = clean_data(year)
    data["agency"] |= {"name": draw(LINES), "website": draw(st.none() | LINES)}
    data["result"]["level"] = draw(LINES)
    data["result"]["total"] = draw(SCORES)
    for row in data["result"]["indicators"]:
        row["score"] = draw(SCORES)
    if draw(st.booleans()):
        rows = [{"no": str(n), "score": draw(SCORES)} for n in draw(st.sets(st.integers(1, 10)))]
        data["result"]["last_year"] = {"total": draw(SCORES), "indicators": rows}
    if draw(st.booleans()):
        data["result"]["tools"] = [{"tool": "IIT", "score": draw(SCORES)}]
    data["scores"] = [draw(questions(year.tool_of(code), code)) for code in year.codes]
    remarked = draw(st.sets(st.sampled_from(year.codes), max_size=12))
    data["remarks"] = [
        {"code": code, "text": draw(TEXTS | st.sampled_from(["", "รักษาระดับ"]))}
        for code in sorted(remarked)
    ]
    if draw(st.booleans()):
        items = draw(st.permutations(year.issue(4).items))
        data["issues"] = [{"no": "4", "items": list(items)}]
    keys = [c.name for c in COLUMNS if c.use is not Use.OPTIONAL or draw(st.booleans())]
    data["plan"] = [
        {"issue": str(draw(st.integers(1, 7))), **{key: draw(POINTS) for key in keys}}
        for _ in range(draw(st.integers(1, 4)))
    ]
    data["signatures"] = [
        {"role": draw(LINES), "name": draw(LINES), "position": draw(st.lists(LINES, max_size=2))}
        for _ in range(draw(st.integers(1, 5)))
    ]
    return year, data


def said(text: str) -> str:
    """Return a text as both sides are compared: western digits, keep-marks gone, spaces single."""
    return " ".join(thai.arabic(thai.unmarked(text)).split())


def cell(paragraphs: list[str]) -> list[str]:
    return [" ".join(thai.arabic(text).split()) for text in paragraphs]


def build_docx(year, data) -> tuple[Report, bytes]:
    report = Report.model_validate(data)
    ready = Ready(report, year, YEARS.get(report.plan_year), KINDS, None, None)
    made, lost = build.docx(ready, Options())
    assert lost == ()
    return report, made


def scores_said(row) -> list[str]:
    if "missing" in row:
        return ["–"]
    if "score" in row:
        return [row["score"]]
    return [f"ส่วนที่ {n} {row[f'part{n}']}" for n in (1, 2) if f"part{n}" in row]


def remark_said(data, row) -> list[str]:
    texts = {r["code"]: r["text"] for r in data["remarks"]}
    if row["code"] in texts:
        lines = [said(li) for li in texts[row["code"]].split("\n") if li.strip()] or [""]
    else:
        lines = ["–"] if "missing" in row else ["รักษาระดับ"]
    if "reason" in row:
        lines = [li for li in lines if li] + [f"เหตุผลจากระบบ ITAS: {said(row['reason'])}".strip()]
    cause = " ".join(row.get("cause", "").split())
    if cause and cause not in " ".join(texts.get(row["code"], "").split()):
        lines = [li for li in lines if li] + [f"สาเหตุที่หน่วยงานทราบ: {said(cause)}".strip()]
    return lines


def filled(rows, signs, column) -> list[list[str]]:
    """Return one column's cells, a merged cell's text for each of its rows."""
    cells: list[list[str]] = []
    for row, sign in zip(rows, signs, strict=True):
        if sign[column] == "c":
            assert row[column] == [""]
        cells.append(cells[-1] if sign[column] == "c" else cell(row[column]))
    return cells


def runs(values) -> list[int]:
    return [len(list(group)) for _, group in groupby(values)]


def spans(signs, column) -> list[int]:
    return [len(s) for s in re.findall(r"\.|rc*", "".join(sign[column] for sign in signs))]


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(reports())
def test_every_value_stands_in_its_cell(made_from):
    year, data = made_from
    report, made = build_docx(year, data)
    found, signs = tables(made), merges(made)
    check_indicators(year, data, found.pop(0), signs.pop(0))
    for issue in year.issues.rows:
        own = next((i["items"] for i in data.get("issues", []) if int(i["no"]) == issue.no), None)
        check_issue(year, data, issue, own or issue.items, found.pop(0), signs.pop(0))
    check_plan(year, data, found.pop(0), signs.pop(0))
    assert found == []
    check_running_text(report, data, made)


@settings(max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(reports(), st.sampled_from(["thai", "arabic"]), st.sampled_from(["radar", "bar", "none"]))
def test_the_document_is_that_of_plain_docxtpl(made_from, digits, graph):
    year, data = made_from
    report = Report.model_validate(data)
    ready = Ready(report, year, YEARS.get(report.plan_year), KINDS, None, None)
    options = Options(digits=digits, graph=graph)
    made, _ = build.docx(ready, options)
    words = context.context(report, year, ready.plan_catalogue, digits, with_graph=graph != "none")
    shown = context.graph(report, year, "bar" if graph == "bar" else "radar", digits)

    def drawn(mark):
        if mark == marks.EMBLEM:
            return None
        return etree.fromstring(
            drawing.Parts().chart(
                shown, build._BAR_BOX_CM if graph == "bar" else build._GRAPH_BOX_CM
            )
        )

    plain = trees.body_of(trees.plain_docxtpl(SPREAD, words))
    if digits == "arabic":
        structure.number_pages_western(plain)
    wanted = trees.canonical(trees.structured(plain, drawn))
    assert trees.canonical(body(made)) == wanted


def check_indicators(year, data, table, signs):
    rows = table[1:]
    before = (data["result"].get("last_year") or {}).get("indicators")
    wanted = [row["score"] for row in data["result"]["indicators"]]
    assert [cell(row[4 if before else 3]) for row in rows] == [[score] for score in wanted]
    assert [cell(row[2])[0] for row in rows] == [said(i.name) for i in year.indicators.rows]
    tools = [indicator.tool for indicator in year.indicators.rows]
    given = data["result"].get("tools", [])
    lines = [
        " ".join([tool, *(tool_said(row) for row in given if row["tool"] == tool)])
        for tool in tools
    ]
    assert filled(rows, signs[1:], 0) == [[line] for line in lines]
    if before:
        scores = {int(row["no"]): row["score"] for row in before}
        assert [cell(row[3])[0] for row in rows] == [scores.get(n, "–") for n in range(1, 11)]
        assert {len(row) for row in rows} == {6 if year.compares_with_last_year else 5}


def tool_said(row) -> str:
    of = f"ส่วนที่ {row['part']}" if row.get("part") else "คะแนน"
    return f"{of} {row['score']}"


def check_issue(year, data, issue, codes, table, signs):
    rows, signs = table[1:], signs[1:]
    given_rows = {row["code"]: row for row in data["scores"]}
    order = {"i": 0, "e": 1, "o": 2}
    codes = sorted(codes, key=lambda code: order[code[0]])
    wanted = [given_rows[code] for code in codes]
    assert [cell(row[3]) for row in rows] == [[f"ข้อ {code}"] for code in codes]
    assert [cell(row[4]) for row in rows] == [[" ".join(scores_said(row))] for row in wanted]
    remarks = [remark_said(data, row) for row in wanted]
    assert filled(rows, signs, 5) == remarks
    assert filled(rows, signs, 0) == [[f"{issue.no}."]] * len(rows)
    assert filled(rows, signs, 1) == [[said(issue.name)]] * len(rows)
    tools = [year.tool_of(code).code for code in codes]
    assert filled(rows, signs, 2) == [[tool] for tool in tools]
    assert spans(signs, 1) == [len(rows)]
    assert spans(signs, 2) == runs(tools)
    kept = [(tool, "") if r == ["รักษาระดับ"] else (tool, code)
            for tool, r, code in zip(tools, remarks, codes, strict=True)]  # fmt: skip
    assert spans(signs, 5) == runs(kept)


def check_plan(year, data, table, signs):
    rows, signs = table[1:], signs[1:]
    plan = sorted(data["plan"], key=lambda row: int(row["issue"]))
    issues = [int(row["issue"]) for row in plan]
    topics = [[f"{no}. {said(year.issue(no).name)}"] for no in issues]
    assert filled(rows, signs, 0) == topics
    assert spans(signs, 0) == runs(issues)
    used = {key for row in plan for key, value in row.items() if value}
    keys = [c.name for c in COLUMNS if c.use is not Use.OPTIONAL or c.name in used]
    assert {len(row) for row in rows} == {len(keys) + 1}
    for column, key in enumerate(keys, start=1):
        wanted = [[point(p) for p in row[key]] or [""] for row in plan]
        found = [cell(row[column]) for row in rows]
        if key in ("measures", "steps"):
            found = [unnumbered(*pair) for pair in zip(found, wanted, strict=True)]
        assert found == wanted


def unnumbered(found: list[str], wanted: list[str]) -> list[str]:
    """Take the numbers away that measures and steps have before them, as far as they are ours."""
    pairs = zip(found, wanted, strict=True)
    return [
        text
        if re.sub(r"^[0-9]+(?:[.][0-9]+|[)])(?: |$)", "", said) in (text, without(text))
        else said
        for said, text in pairs
    ]


def without(text: str) -> str:
    return re.sub(r"^\s*\(?(?:[0-9]+[.)]\s*(?![0-9.])|[0-9]+[.][0-9]+[.)]?\s+)", "", text)


def point(text: str) -> str:
    """Return a point as printed: the style's dash stands for one that was typed first."""
    return said(re.sub(r"^[-–•]\s+(?=[^\d\s])", "", text))


def check_running_text(report, data, made):
    text = " ".join(thai.arabic(word.text(made)).split())
    assert text.count(said(data["agency"]["name"])) >= 3
    for value in (data["result"]["total"], data["result"]["level"], report.agency.area):
        assert said(value) in text
    if data["agency"]["website"]:
        assert said(data["agency"]["website"]) in text
    if data["result"].get("last_year"):
        assert data["result"]["last_year"]["total"] in text
    for person in data["signatures"]:
        for value in (person["role"], person["name"], *person["position"]):
            assert said(value) in text
    for row in data["scores"]:
        if "missing" in row:
            assert re.search(rf"หมายเหตุ: “–” หมายถึง [^\n]*ข้อ {row['code']}\b", text)
