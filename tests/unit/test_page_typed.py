"""What a clerk types or pastes in the ways that people do, and what the form then shows."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import pages
from itareport.ita import catalogue
from itareport.ita.model import Kind
from itareport.web.forms import naming
from itareport.web.forms.control import shown
from reports import clean_data

YEAR = catalogue.load(2568)
AGENCY = {"kind": "องค์การบริหารส่วนตำบล", "name": "ห้วยทราย", "district": "", "province": "เชียงใหม่"}
SIGNERS: list[dict[str, Any]] = [
    {"role": "ผู้จัดทำรายงาน"},
    {"role": "ผู้ตรวจสอบ", "position": ["ปลัดองค์การบริหารส่วนตำบลห้วยทราย"]},
    {"role": "ผู้อนุมัติ", "position": ["รองนายกเทศมนตรี รักษาราชการแทน"]},
]


@pytest.fixture
def file(tmp_path):
    made = clean_data(YEAR, {"o12": "100.00", "o13": "0.00"}, plan=[], agency=AGENCY)
    made |= {"signatures": SIGNERS}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def browser(file):
    with pages.served(file.parent) as browser:
        yield browser


def address(browser):
    return re.findall(r"/r/\w{16}", browser.get("/").text)[0]


def post(browser, step, verb, **sent):
    """Send what a window sends, as the page that it shows has it."""
    at = address(browser)
    text = browser.get(f"{at}/{step}").text
    state = dict(re.findall(r'<input name="(version|window)" value="(\w*)">', text))
    return browser.post(f"{at}/{step}/{verb}", {**state, **sent}, HX_Request="true").text


def tree(file):
    return json.loads(file.read_text("utf-8"))


def scores(file):
    return {row["code"]: row.get("score") for row in tree(file)["scores"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [("๘๕.๕", "85.50"), (" 85.5 ", "85.50"), ("๘ ๕.๕", "๘ ๕.๕"), ("8 5.5", "8 5.5")],
)
def test_a_score_that_cannot_be_read_is_shown_as_it_was_typed(typed, said):
    """Shown as a number it could not be mended: who types that number changes nothing."""
    assert shown(typed, Kind.SCORE) == said


def test_a_name_of_a_remark_is_that_of_its_field():
    data = {"remarks": [{"code": "e8"}, {"indicator": "7"}, {"tool": "IIT"}]}
    names = [naming.named(data, ("remarks", index, "text")) for index in range(3)]
    assert names == ["remarks.code=e8.text", "remarks.indicator=7.text", "remarks.2.text"]


def test_a_link_opens_the_remark_that_it_is_about(browser):
    said = "ยังไม่ดี ควรปรับปรุง (มาตรการที่ 5.9)"
    post(browser, "remarks", "save", **{"v:remarks.code=o13.text": said})
    (link,) = re.findall(
        r'href="([^"]+)">ไปที่ข้อวิเคราะห์ข้อ o13', browser.get(f"{address(browser)}/check").text
    )
    field = re.search(r'<textarea id="remarks.code=o13.text"[^>]*>', browser.get(link).text)
    assert field
    assert "autofocus" in field[0]


def test_a_link_opens_the_card_of_a_question_without_a_remark(browser, file):
    made = tree(file)
    made["remarks"] = [{"code": "o13", "text": ""}]
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    (link,) = re.findall(
        r'href="([^"]+)">ไปที่ข้อ o13<', browser.get(f"{address(browser)}/check").text
    )
    field = re.search(r'<textarea id="remarks.code=o13.text"[^>]*>', browser.get(link).text)
    assert field
    assert "autofocus" in field[0]


def test_a_row_without_a_score_is_told_of_once(browser):
    said = post(browser, "scores", "save", **{"v:scores.code=o13.score": ""})
    assert said.count('<span class="code">D131') == 1


def test_a_score_that_is_no_number_is_mended_in_the_words_of_the_page(browser):
    said = post(browser, "scores", "save", **{"v:scores.code=o13.score": "ไม่มี"})
    assert "แล้วเลือกเหตุที่ไม่มีคะแนนในช่องข้าง ๆ" in said
    assert "แผ่นงาน" not in said


def test_without_any_score_the_page_says_how_a_result_in_part_is_told(browser, file):
    assert "result?at=result.published" not in browser.get(f"{address(browser)}/scores").text
    file.write_text(json.dumps(tree(file) | {"scores": []}, ensure_ascii=False), encoding="utf-8")
    assert "result?at=result.published" in browser.get(f"{address(browser)}/scores").text
    assert "คะแนนที่มีในผลที่เผยแพร่ ของขั้น" in browser.get(f"{address(browser)}/check").text
    made = tree(file)
    made["result"]["published"] = "ตัวชี้วัด"
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    assert "result?at=result.published" not in browser.get(f"{address(browser)}/scores").text


def test_no_remark_is_shared_with_a_question_that_needs_none(browser):
    said = browser.get(f"{address(browser)}/remarks").text
    assert "card-o13" in said
    assert "ใช้ร่วมกับข้อ o12" not in said


# -- a column of scores -------------------------------------------------------------------------


def test_a_column_that_is_pasted_into_the_first_indicator_fills_them_all(browser, file):
    column = [f"8{no}.๕๐" for no in range(10)]
    post(browser, "result", "save", **{"v:result.indicators.no=1.score": " ".join(column)})
    assert [row["score"] for row in tree(file)["result"]["indicators"]] == column


def test_two_numbers_in_one_field_are_one_that_was_mistyped(browser, file):
    post(browser, "result", "save", **{"v:result.indicators.no=1.score": "8 8.62"})
    assert tree(file)["result"]["indicators"][0]["score"] == "8 8.62"
    said = browser.get(f"{address(browser)}/check").text
    assert "คะแนน “8 8.62” มีตัวเลขมากกว่าหนึ่งจำนวนในช่องเดียว" in said
    post(browser, "result", "save", **{"v:result.indicators.no=1.score": "มาก"})
    assert "คะแนน “มาก” ไม่ใช่ตัวเลข<" in browser.get(f"{address(browser)}/check").text


def test_no_hint_says_again_that_a_field_may_be_left_empty(browser):
    said = browser.get(f"{address(browser)}/agency").text
    assert 'ขนาดหน่วยงาน <span class="opt">ถ้าทราบ</span>' in said
    assert '<p class="help small">เล็ก กลาง หรือใหญ่ ใช้เลือกข้อความร่าง</p>' in said
    for step in ("agency", "result", "signers"):
        assert '<p class="help small">ถ้าทราบ' not in browser.get(f"{address(browser)}/{step}").text


@pytest.mark.parametrize(
    ("letter", "said"), [("", "i1 ถึง i15, e1 ถึง e9, o1 ถึง o28"), ("i", "i1 ถึง i15")]
)
def test_scores_without_codes_are_taken_in_their_order(browser, file, letter, said):
    own = [code for code in YEAR.codes if code.startswith(letter)]
    copied = "\n".join(f"{70 + index}.๒๕" for index, _ in enumerate(own)) + "\n"
    asked = post(browser, "scores", "paste", copied=copied)
    assert f"จึงลงตามลำดับข้อ {said}" in asked
    post(browser, "scores", "take", copied=copied)
    assert [scores(file)[code] for code in own] == [f"{70 + n}.๒๕" for n, _ in enumerate(own)]


def test_scores_without_codes_that_are_no_whole_list_are_not_guessed(browser):
    said = post(browser, "scores", "paste", copied="81.00\n82.00\n83.00\n")
    assert "จึงลงตามลำดับ" not in said
    assert "D441" in said
    assert "แผ่นงานนี้" not in said


def test_what_is_pasted_twice_mistyped_or_left_out_is_told_before_it_is_taken(browser, file):
    made = tree(file)
    made["scores"] = []
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    rows = [
        f"{code}\t{'๘ ๕.๕' if code == 'i4' else '๙๐.๐๐'}" for code in YEAR.codes if code != "o20"
    ]
    said = post(browser, "scores", "paste", copied="\n".join(rows * 2))
    assert "วางซ้ำ</span> 51 แถว" in said
    assert "ข้อ i4 “๘ ๕.๕”" in said
    assert "ยังไม่มีคะแนน</span> ข้อ o20" in said


def test_fields_of_both_parts_have_heads_of_their_own(browser, file):
    said = browser.get(f"{address(browser)}/scores").text
    assert "<span>ส่วนที่ 1</span><span>ส่วนที่ 2</span></td>" in said
    made = tree(file)
    made["scores"] = [{"code": "e1", "score": "80.00"}]
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    assert "<span>ส่วนที่ 1</span>" not in browser.get(f"{address(browser)}/scores").text
    said = post(browser, "scores", "halves", halves="1")
    assert "<span>ส่วนที่ 2</span><span>ไม่ทราบส่วน</span></td>" in said


# -- the agency's name ----------------------------------------------------------------------------


def test_positions_that_the_program_proposed_follow_the_agencys_name(browser, file):
    post(browser, "agency", "save", **{"v:agency.name": "อบต.ห้วยผาขาว"})
    positions = [row.get("position") for row in tree(file)["signatures"]]
    assert positions == [None, ["ปลัดองค์การบริหารส่วนตำบลห้วยผาขาว"], SIGNERS[2]["position"]]


def test_the_kind_before_the_name_is_not_shown_twice(browser):
    said = post(browser, "agency", "save", **{"v:agency.name": "อบต.ห้วยผาขาว"})
    assert "องค์การบริหารส่วนตำบลห้วยผาขาว" in said
    assert "องค์การบริหารส่วนตำบลอบต." not in said


# -- points of lists ----------------------------------------------------------------------------

POINTS = {"plan": [{"steps": ["ก", "ข", "ค", "ค"]}]}


@pytest.mark.parametrize(
    ("place", "was", "now"),
    [
        (1, ["ข"], 1),
        (2, ["ข"], 1),  # one above it has gone
        (0, ["ข"], 1),  # one above it has come
        (0, ["ค"], None),  # twice: nobody knows which
        (2, ["ค"], 2),
        (1, ["ง"], None),
        (1, ["ง", "ข"], 1),  # what was sent last has not arrived
        (9, [""], 4),
        (2, [""], 4),  # another point has come where a new one was typed
        (5, ["ข", ""], 1),  # a new one that was saved, and has moved
        (1, [], None),
    ],
)
def test_a_point_is_followed_by_what_it_said(place, was, now):
    found = naming.followed(POINTS, f"plan.0.steps.{place}", was)
    assert found == (None if now is None else f"plan.0.steps.{now}")


@pytest.mark.parametrize("row", [None, "", "ก", 5, {}])
def test_what_is_no_list_of_points_has_no_place_for_one(row):
    assert naming.followed({"plan": [{"steps": row}]}, "plan.0.steps.3", ["ข"]) is None


@pytest.mark.parametrize("was", ["", "[", "5", '{"a": 1}', "[[[1]]]", "[" * 100_000])
def test_what_no_window_says_of_a_point_is_passed_over(browser, file, was):
    post(browser, "agency", "save", **{"v:agency.units.0": "กองคลัง", "was:v:agency.units.0": was})
    assert tree(file)["agency"]["units"] == ["กองคลัง"]


def test_a_conflict_is_about_the_point_that_was_typed_in(browser, file):
    """Whoever takes what was typed does not write it over the point that has its place now."""
    made = tree(file)
    made["agency"]["units"] = ["ก", "ข", "ค"]
    file.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    at = f"{address(browser)}/agency"
    (version,) = re.findall(r'<input name="version" value="(\w+)">', browser.get(at).text)
    state = {"version": version, "window": "a"}
    browser.post(f"{at}/remove", {**state, "name": "agency.units.0"}, HX_Request="true")
    typed = {"v:agency.units.1": "ข ใหม่", "was:v:agency.units.1": '["ข"]'}
    said = browser.post(f"{at}/save", {**state, "window": "b"} | typed, HX_Request="true").text
    assert 'name="v:agency.units.0"' in said
    (now,) = re.findall(r'name="version" value="(\w+)"', said)
    kept = {"version": now, "window": "b", "v:agency.units.0": "ข ใหม่"}
    browser.post(f"{at}/save", kept, HX_Request="true")
    assert tree(file)["agency"]["units"] == ["ข ใหม่", "ค"]
