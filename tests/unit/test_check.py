"""The check as a whole: nothing to say of a faultless report, and all that is said in order."""

from __future__ import annotations

import pytest

import effort
from checks import both, changed, drop, errors_and_warnings, plan, put, remark
from itareport import check
from itareport.ita import catalogue
from itareport.ita.catalogue import Catalogue
from itareport.ita.model import Report
from itareport.problems import Severity
from reports import KINDS, clean_data, clean_report

YEARS = [2567, 2568, 2569]


def next_of(year: Catalogue) -> Catalogue | None:
    following = year.fiscal_year + 1
    return catalogue.load(following) if following in catalogue.known_years() else None


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_a_faultless_report_gives_no_error_and_no_warning(fiscal_year):
    year = catalogue.load(fiscal_year)
    told = check.check(clean_report(year), year, next_of(year), KINDS)
    assert {p.severity for p in told} == {Severity.UNCHECKED}


@pytest.mark.parametrize("fiscal_year", YEARS)
def test_what_is_not_verified_is_said(fiscal_year):
    """D314: every year has facts that nobody has seen in print; one that has none says nothing."""
    year = catalogue.load(fiscal_year)
    told = check.check(clean_report(year), year, None, KINDS)
    assert [p.where for p in told if p.code == "D314"] == [("fiscal_year",)]
    seen = {
        field: group.model_copy(
            update={
                "verified": True,
                "rows": tuple(row.model_copy(update={"verified": None}) for row in group.rows),
            }
        )
        for field in ("tools", "indicators", "sub_indicators", "items", "issues", "levels")
        if (group := getattr(year, field))
    }
    for field in ("titles", "wording"):
        seen[field] = getattr(year, field).model_copy(update={"verified": True})
    told = check.check(clean_report(year), year.model_copy(update=seen), None, KINDS)
    assert "D314" not in [p.code for p in told]


def test_of_the_rest_only_what_the_report_uses_is_told_as_not_verified():
    year, following = catalogue.load(2568), catalogue.load(2569)
    assert year.comparison is not None
    unseen = year.comparison.model_copy(update={"verified": False})
    year = year.model_copy(update={"comparison": unseen})
    data = clean_data(year)
    for last_year in (None, {"total": "90"}):
        data["result"]["last_year"] = last_year
        told = check.check(Report.model_validate(data), year, following, KINDS)
        (said,) = [p.message for p in told if p.code == "D314"]
        assert "ข้อที่รายงานนี้ใช้ตอบของปี 2569" in said
        assert ("การเทียบกับปีก่อน" in said) == (last_year is not None)


def test_errors_come_first_and_each_kind_in_the_order_of_the_file():
    data = changed(
        both(
            drop("i7"),
            put("result.total", "12.00"),
            put("result.level", "ดี"),
            plan(1, period=[], steps=["-"], measures=["<p>"]),
            put("agency.kind", "ทต."),
            put("agency.province", "พัทลุ่ง"),
            remark("i1", ""),
        )
    )
    told = check.check(
        Report.model_validate(data), catalogue.load(2568), catalogue.load(2569), KINDS
    )
    severities = [list(Severity).index(problem.severity) for problem in told]
    assert severities == sorted(severities)
    errors = [p.where for p in told if p.severity is Severity.ERROR]
    assert errors == [
        ("agency", "kind"),
        ("result", "level"),
        ("scores",),
        ("scores", 0, "text"),
        ("plan", 0, "measures", 0),
        ("plan", 0, "steps", 0),
        ("plan", 0, "period"),
    ]
    warnings = [p.where[:2] for p in told if p.severity is Severity.WARNING]
    assert warnings == [("agency", "province"), ("result", "total")]


def test_the_check_changes_nothing_and_repeats_itself():
    report = clean_report(catalogue.load(2568), {"i1": "50.00"}, result__total="12.00")
    before = report.model_dump_json()
    first = check.check(report, catalogue.load(2568), None, KINDS)
    assert first == check.check(report, catalogue.load(2568), None, KINDS)
    assert report.model_dump_json() == before


def test_every_message_is_whole():
    """No blank is left, and what is wrong has a remedy that begins with a request."""
    data = changed(both(drop("i7"), put("result.total", "12.00"), plan(2, findings=["(0๘)"])))
    for problem in check.check(Report.model_validate(data), catalogue.load(2568), None, KINDS):
        assert "{" not in str(problem)
        assert "None" not in str(problem)
        if problem.severity in (Severity.ERROR, Severity.WARNING):
            assert "โปรด" in problem.remedy


def test_the_clean_data_are_new_each_time():
    first = clean_data(catalogue.load(2568))
    first["plan"][0]["steps"].append("-")
    assert not errors_and_warnings(clean_data(catalogue.load(2568)))


HOSTILE = {
    "agencies": "เทศบาลตำบลหนองควายควร" * 10_000,
    "names": "".join(f"เทศบาลตำบลหนอง{a}{b}ควร" for a in "กขคงจ" * 20 for b in "ฉชซญ" * 20),
    "titles": "ปลัดองค์การบริหารส่วนตำบล" * 8_000,
    "kinds": "เทศบาล" * 30_000,
    "comments": "<!--" * 50_000,
    "from": "(นำ" + "มาจาก" * 30_000,
    "lines": "\n" * 200_000,
    "years": "ปี" * 60_000,
    "zeros": "08 " * 60_000,
    "brackets": "(08)" * 50_000,
    "ranges": "i1-i99 " * 25_000,
    "numbers": "0" * 200_000,
    "angles": "<a " * 60_000,
    "indicators": "ตัวชี้วัดที่ 1-" * 15_000,
    "claims": "ข้อ o8 ได้ 40.00 คะแนน ต่ำที่สุดและต่ำกว่า 85 คะแนน " * 4_000,
    "levels": "อยู่ในระดับดี (" * 15_000,
    "acts": "ไม่มีส่วนตัวนำรถ" * 15_000,
    "spaces": "ข้อ" + " " * 200_000,
}


def _with_a_text(text):
    """Return a report that holds a text in each kind of place."""
    report = clean_report(catalogue.load(2568), {"i5": "50"})
    remark_row = report.remarks[0].model_copy(update={"text": text})
    row = report.plan[0].model_copy(update={"findings": (text,), "period": (text,)})
    return report.model_copy(update={"remarks": (remark_row,), "plan": (row, *report.plan)})


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_of_two_hundred_kilobytes_is_more_work_than_its_length(name):
    year, plan_year = catalogue.load(2568), catalogue.load(2569)
    hostile, usual = map(_with_a_text, (HOSTILE[name], "ประชาชน " * 5_000))

    def work(report):
        return lambda: check.check(report, year, plan_year, KINDS)

    # A hundred times the usual may be; what grows with the square is thousands of times as much.
    assert effort.takes_at_most(500, work(hostile), work(usual))
