"""Drafts for any scores of any year are told as drafts and as nothing else."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from itareport import check, draft, thai
from itareport.document import fonts
from itareport.ita import catalogue
from itareport.ita.model import Report
from itareport.problems import Severity
from itareport.reading import load, yamlwrite
from reports import KINDS, clean_data

YEARS = {year: catalogue.load(year) for year in catalogue.known_years()}
DRAFTS = {year: draft.load(year) for year in YEARS}
AGENCIES = [
    ("เทศบาลตำบล", "ควนเสาธง"),
    ("เทศบาลเมือง", "ปากพนัง"),
    ("เทศบาลนคร", "นครสวรรค์"),
    ("องค์การบริหารส่วนตำบล", "ท่าเดื่อ-มืดกา"),
    ("องค์การบริหารส่วนจังหวัด", "พัทลุง"),
    ("เมืองพัทยา", ""),
    ("หน่วยงานอื่น", "วิทยาลัยเทคนิคพัทลุง"),
]
CAUSES = ["", "ผู้รับผิดชอบโอนย้ายระหว่างปี", "เนื่องจากต้องดูแล 5 เรื่อง"]
REASONS = ["", "ไม่พบข้อมูลของปีปัจจุบัน", "ไม่พบแผนปฏิบัติการป้องกันการทุจริต\nและ E-Service"]
cents = st.integers(0, 10_000).map(lambda n: f"{n // 100}.{n % 100:02d}")
high = st.integers(8_000, 10_000).map(lambda n: f"{n // 100}.{n % 100:02d}")
full = st.just("100.00")


@st.composite
def empty_reports(draw):
    """A report with scores alone, of any year and kind of agency."""
    fiscal_year = draw(st.sampled_from(sorted(YEARS)))
    year = YEARS[fiscal_year]
    of_tool = {
        "i": cents | high | full,
        "e": st.tuples(cents | high, cents | full) | full.map(lambda s: (s, s)),
        "o": st.sampled_from(["0.00", "50.00", "100.00", "100.00"]),
    }
    data = clean_data(year, {code: draw(of_tool[code[0]]) for code in year.codes})
    kind, name = draw(st.sampled_from(AGENCIES))
    data["agency"] |= {"kind": kind, "name": name}
    for row in data["scores"]:
        if row["code"][0] == "o" and (reason := draw(st.sampled_from(REASONS))):
            row["reason"] = reason
        if cause := draw(st.sampled_from(CAUSES)):
            row["cause"] = cause
    return Report.model_validate(data | {"remarks": [], "plan": []})


def wrong(report):
    found = check.check(report, YEARS[report.fiscal_year], YEARS.get(report.plan_year), KINDS)
    return [p for p in found if p.severity in (Severity.ERROR, Severity.WARNING)]


@given(empty_reports())
def test_filled_it_has_no_error_and_only_the_warnings_of_drafts(report):
    filled = draft.fill(report, YEARS[report.fiscal_year], KINDS, DRAFTS[report.fiscal_year])
    told = wrong(filled)
    assert [p.code for p in told].count("D280") == len(filled.remarks) + len(filled.plan)
    assert all(row.draft for row in filled.remarks)
    assert all(row.draft for row in filled.plan)
    assert {p.code for p in told} - {"D280"} <= {p.code for p in wrong(report)} - {"D220", "D223"}
    issues = [issue.no for issue in YEARS[report.fiscal_year].issues.rows]
    assert sorted({row.issue for row in filled.plan}) == issues
    assert len(filled.plan) <= 10


@given(empty_reports(), empty_reports())
def test_made_anew_they_are_those_of_the_new_scores(before, after):
    assume(before.fiscal_year == after.fiscal_year)
    year, drafts = YEARS[after.fiscal_year], DRAFTS[after.fiscal_year]
    old = draft.fill(before, year, KINDS, drafts)
    later = after.model_copy(update={"remarks": old.remarks, "plan": old.plan})
    fresh, again = (
        draft.fill(after, year, KINDS, drafts),
        draft.fill(later, year, KINDS, drafts, refresh=True),
    )
    assert again.plan == fresh.plan
    assert {row.code: row for row in again.remarks} == {row.code: row for row in fresh.remarks}


@given(empty_reports())
def test_drafts_print_and_are_read_back(report):
    filled = draft.fill(report, YEARS[report.fiscal_year], KINDS, DRAFTS[report.fiscal_year])
    loaded = load.load_bytes(yamlwrite.report(filled, draft.HEAD), "ก.yaml")
    assert loaded.problems == ()
    assert loaded.report == filled
    for row in filled.remarks:
        assert thai.faults(row.text) == ()
        assert fonts.missing_characters(row.text) == ()


typed = st.text(
    st.sampled_from("กาี้ำ่เ ab09-:#{}[]&*!|>'\"%@`,?\\~\n\t“”.") | st.characters(codec="utf-8"),
    max_size=40,
)


@given(empty_reports(), st.lists(typed, min_size=4, max_size=4), st.data())
def test_any_text_that_is_accepted_is_written_and_kept(report, texts, data):
    texts = [thai.normalise(text)[0] for text in texts]
    texts = ["".join(c for c in text if not thai.faults(c) or c == " ") for text in texts]
    texts = [thai.normalise(text)[0] if not thai.faults(text) else "" for text in texts]
    line = " ".join(texts[0].split())
    code = data.draw(st.sampled_from([row.code for row in report.scores]))
    raw = report.model_dump(mode="python")
    raw["remarks"] = [{"code": code, "text": texts[1]}]
    raw["plan"] = [{"issue": 2, "measures": [line], "steps": [" ".join(texts[2].split()), "ก"]}]
    raw["graph"] = " ".join(texts[3].split()) or None
    mine = Report.model_validate(raw)
    filled = draft.fill(mine, YEARS[mine.fiscal_year], KINDS, DRAFTS[mine.fiscal_year])
    kept = [row for row in filled.remarks if not row.draft]
    assert kept == [row for row in mine.remarks if row in kept]
    assert any(row == mine.plan[0] for row in filled.plan)
    loaded = load.load_bytes(yamlwrite.report(filled), "ก.yaml")
    assert loaded.report == filled
