"""Values of a report as people type them, and what the model refuses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from itareport import thai
from itareport.ita import catalogue, model
from reports import clean_data

SCORE = TypeAdapter(model.Score)
CODE = TypeAdapter(model.Code)
WHOLE = TypeAdapter(model.Whole)
YEAR = TypeAdapter(model.FiscalYear)
DATE = TypeAdapter(model.Date)
TEXT = TypeAdapter(model.Text)
LINE = TypeAdapter(model.Line)


def complaints(adapter, value):
    """Return what is said against a value: the code of each complaint."""
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(value)
    return [error["type"] for error in caught.value.errors()]


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("99.17", "99.17"),
        ("๙๙.๑๗", "99.17"),
        (" 99.17 ", "99.17"),
        ("99 .17", "99.17"),
        ("9๙.1๗", "99.17"),
        ("100", "100.00"),
        ("0", "0.00"),
        ("98.3", "98.30"),
        ("98.330", "98.33"),
        ("007.5", "7.50"),
        ("-0", "0.00"),
    ],
)
def test_a_score_is_exact_with_two_places(typed, score):
    read = SCORE.validate_python(typed)
    assert read == Decimal(score)
    assert str(read) == score
    assert SCORE.validate_python(read) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("99,17", "D121"),
        ("ร้อย", "D121"),
        ("NaN", "D121"),
        ("inf", "D121"),
        ("", "D121"),
        ("1e2", "D121"),
        ("100%", "D121"),
        ("98.33.1", "D121"),
        ("8 5.5", "D121"),
        ("85.5\n90", "D121"),
        ("98.", "D121"),
        (None, "D121"),
        (["98"], "D121"),
        (True, "D121"),
        ("101", "D122"),
        ("-1", "D122"),
        ("100.01", "D122"),
        ("9" * 5000, "D122"),
        ("98.333", "D123"),
        ("0." + "1" * 5000, "D123"),
    ],
)
def test_what_is_no_score_is_told_apart(typed, code):
    assert complaints(SCORE, typed) == [code]


@given(st.decimals(0, 100, places=2))
def test_any_official_score_is_read_in_either_script(score):
    for text in (str(score), thai.thai_digits(str(score)), f" {score}0 "):
        assert SCORE.validate_python(text) == score


@pytest.mark.parametrize("typed", ["o7", "O7", "๐๗", "0๗", "ข้อ o๗"])
def test_a_code_has_one_form(typed):
    assert CODE.validate_python(typed) == "o7"


@pytest.mark.parametrize("typed", ["x", "", "7", None, ["o7"], {"code": "o7"}])
def test_what_is_no_code(typed):
    assert complaints(CODE, typed) == ["D124"]


@pytest.mark.parametrize(
    ("typed", "number"), [("1", 1), ("๑๐", 10), (" 7 ", 7), ("007", 7), (7, 7)]
)
def test_a_whole_number(typed, number):
    assert WHOLE.validate_python(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "-1", "1.5", "1.", "ก", "٣", "²", "9" * 5000, None, True, ["1"]]
)
def test_what_is_no_whole_number(typed):
    assert complaints(WHOLE, typed) == ["D125"]


@pytest.mark.parametrize("typed", ["2568", "๒๕๖๘", 2568, " 2568"], ids=repr)
def test_a_fiscal_year(typed):
    assert YEAR.validate_python(typed) == 2568


@pytest.mark.parametrize("typed", ["68", "2025", "2499", "2700", "ปีนี้", "", None, [2568]])
def test_what_is_no_fiscal_year(typed):
    assert complaints(YEAR, typed) == ["D126"]


def test_dates_are_gregorian_inside():
    assert DATE.validate_python("๑ ต.ค. ๖๘") == dt.date(2025, 10, 1)
    assert DATE.validate_python(dt.date(2025, 10, 1)) == dt.date(2025, 10, 1)


@pytest.mark.parametrize("typed", ["พรุ่งนี้", "31/11/2568", "", None, ["1/1/2568"]])
def test_what_is_no_date(typed):
    assert complaints(DATE, typed) == ["D127"]


def test_text_may_have_lines_and_a_line_not():
    assert TEXT.validate_python("ก\n\nข") == "ก\n\nข"
    assert LINE.validate_python(" ก  ข \n") == "ก  ข"
    assert complaints(LINE, "ก\nข") == ["D128"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ก\x07", "D150"),
        ("ก\ud800", "D151"),
        ("ก\u0378", "D152"),
        ("ก\ue000", "D153"),
        ("ก ้", "D154"),
    ],
)
@pytest.mark.parametrize("adapter", [TEXT, LINE])
def test_a_character_that_no_document_carries_is_refused(adapter, text, code):
    assert complaints(adapter, text) == [code]


@pytest.mark.parametrize("value", [1, None, ["ก"], {"ก": "ข"}])
def test_text_is_text(value):
    assert complaints(TEXT, value) == ["string_type"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"score": "1", "missing": "ไม่ถูกประเมิน"}, "D130"),
        ({"part2": "1", "missing": "ไม่ถูกประเมิน"}, "D130"),
        ({}, "D131"),
        ({"reason": "ไม่พบ"}, "D131"),
        ({"score": "1", "part1": "1"}, "D132"),
        ({"score": "1", "part1": "1", "part2": "1"}, "D132"),
    ],
)
def test_a_row_of_scores_says_one_thing(row, code):
    assert complaints(TypeAdapter(model.QuestionScore), {"code": "e1", **row}) == [code]
    found = model.contradiction(row)
    assert found is not None
    assert found[0] == code


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ({"score": "98.33"}, ["98.33"]),
        ({"part1": "82.86"}, ["82.86"]),
        ({"part2": "97"}, ["97.00"]),
        ({"part1": "82.86", "part2": "97"}, ["82.86", "97.00"]),
        ({"missing": "ไม่ถูกประเมิน"}, []),
        ({"missing": " ไม่แสดงในผลที่เผยแพร่ "}, []),
    ],
)
def test_a_row_has_a_score_halves_or_a_reason_for_none(row, known):
    read = model.QuestionScore.model_validate({"code": "e1", **row})
    assert [str(score) for score in read.known] == known
    assert read.lowest == min(read.known, default=None)
    assert model.contradiction(row) is None


def test_the_tool_of_a_score_is_in_capitals_and_its_part_one_or_two():
    read = model.ToolScore.model_validate({"tool": " eit ", "part": "๒", "score": "83.07"})
    assert (read.tool, read.part) == ("EIT", 2)
    adapter = TypeAdapter(model.ToolScore)
    assert complaints(adapter, {"tool": "EIT", "part": "3", "score": "1"}) == ["literal_error"]
    assert complaints(adapter, {"tool": "EIT", "part": "ก", "score": "ก"}) == ["D125", "D121"]


@pytest.fixture
def data():
    return clean_data(catalogue.load(2568))


def test_a_report_is_frozen_and_knows_its_years_and_names(data):
    report = model.Report.model_validate(data)
    assert (report.fiscal_year, report.plan_year) == (2568, 2569)
    assert report.agency.full_name == "เทศบาลตำบลควนเสาธง"
    assert report.agency.area == "อำเภอตะโหมด จังหวัดพัทลุง"
    assert report.agency.maintain_from == 100
    with pytest.raises(ValidationError):
        report.agency.name = "อื่น"  # type: ignore[misc]


def test_no_complaint_hides_another(data):
    data["scores"][0] = {
        "code": "x",
        "score": "ร้อย",
        "part1": "101",
        "missing": "ไม่ทราบ",
        "extra": "1",
    }
    data["agency"]["province"] = ""
    with pytest.raises(ValidationError) as caught:
        model.Report.model_validate(data)
    found = {error["loc"] for error in caught.value.errors()}
    fields = {"code", "score", "part1", "missing", "extra"}
    assert found == {("agency", "province")} | {("scores", 0, field) for field in fields}


@pytest.mark.parametrize("count", [0, 6])
def test_one_to_five_sign(data, count):
    data["signatures"] = [{}] * count
    kind = "too_short" if count == 0 else "too_long"
    assert complaints(TypeAdapter(model.Report), data) == [kind]


def test_every_field_has_a_thai_name_and_help():
    groups = [
        value
        for value in vars(model).values()
        if isinstance(value, type) and hasattr(value, "model_fields")
    ]
    fields = [field for group in groups for field in group.model_fields.values()]
    assert len(fields) > 40
    for field in fields:
        assert field.title
        assert field.description
        assert not any(c in "๐๑๒๓๔๕๖๗๘๙" for c in field.title + field.description)


def test_a_shared_remark_is_about_all_its_codes_and_the_first_is_its_code():
    shared = model.Remark.model_validate({"codes": ["๐๕", "o6"], "text": "ก"})
    assert (shared.code, shared.covered) == ("o5", ("o5", "o6"))
    beside = model.Remark.model_validate({"code": "e4", "codes": ["e5"], "text": "ก"})
    assert beside.covered == ("e4", "e5")
    assert model.Remark(code="e4", text="ก").covered == ("e4",)
    with pytest.raises(ValidationError):
        model.Remark.model_validate({"text": "ก"})
