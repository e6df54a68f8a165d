"""The check and unrounded figures: what ITAS rounds is never told to be wrong, and slips are."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from checks import errors_and_warnings
from itareport import check
from itareport.ita import catalogue, codes
from itareport.ita.model import Report
from itareport.problems import SENTENCES
from reports import KINDS, clean_data

YEAR = catalogue.load(2568)
unrounded = st.fractions(0, 100, max_denominator=1_000)


@st.composite
def scores(draw):
    """Scores as only ITAS knows them: fractions for IIT and EIT, 0, 50 or 100 for OIT."""
    kinds = {
        "i": unrounded,
        "e": st.tuples(unrounded, unrounded),
        "o": st.sampled_from([Fraction(0), Fraction(50), Fraction(100)]),
    }
    return {code: draw(kinds[code[0]]) for code in YEAR.codes}


@given(scores())
def test_figures_from_unrounded_scores_never_contradict_each_other(given_scores):
    told = errors_and_warnings(clean_data(YEAR, given_scores))
    assert not [code for code in told if code < "D248"], told


@given(scores(), st.integers(0, 9), st.integers(2, 500))
def test_an_indicator_off_by_more_than_the_tolerance_is_told(given_scores, index, cents):
    data = clean_data(YEAR, given_scores)
    row = data["result"]["indicators"][index]
    value = Fraction(row["score"])
    wrong = value + Fraction(cents + 2, 100) if value < 50 else value - Fraction(cents + 2, 100)
    row["score"] = f"{float(wrong):.2f}"
    assert {"D241", "D242", "D243"} & set(errors_and_warnings(data))


@given(st.text(alphabet="oOieข้อ0๐๘๙128,.-–/() :น\n", max_size=40))
def test_codes_found_in_any_text_are_codes_and_stand_where_they_say(text):
    for quoted in codes.find(text):
        assert codes.read(quoted.code)
        assert 0 <= quoted.start < quoted.end <= len(text)


words = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "M", "N", "P", "Z"]))


@given(words, words, words)
def test_any_text_ends_in_problems_never_in_a_traceback(first, second, third):
    data = clean_data(YEAR)
    report = Report.model_validate(data)
    row = report.plan[0].model_copy(
        update={"findings": (first, second), "period": (third,), "steps": (second,)}
    )
    remark = {"code": "i5", "text": "ก"}
    report = Report.model_validate(data | {"remarks": [remark]})
    named = report.remarks[0].model_copy(update={"text": first})
    agency = report.agency.model_copy(update={"name": second, "kind": third, "province": first})
    report = report.model_copy(update={"plan": (row,), "remarks": (named,), "agency": agency})
    for problem in check.check(report, YEAR, None, KINDS):
        assert problem.code in SENTENCES
