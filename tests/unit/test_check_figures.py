"""Total, tools, level and indicators against what they come from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from checks import Case, add, both, changed, drop, found, nothing, put, remove, score, try_case
from itareport.check.arithmetic import decimals
from itareport.ita import catalogue
from reports import clean_data

OFFICIAL = ["99.17", "98.75", "100.00", "99.31", "99.58", "93.36", "88.73", "88.86", "100", "90"]
"""The published result of one municipality, 2568; its total is 94.90."""


def published(total="94.90", level="ผ่าน", tools=(), year=2568):
    """Put the published figures, without scores of questions that lead to them."""
    numbers = [{"no": str(no), "score": score} for no, score in enumerate(OFFICIAL, 1)]
    result = {"total": total, "level": level, "indicators": numbers, "tools": list(tools)}
    return both(put("result", result), put("fiscal_year", str(year)))


def tool(name, value, part=None):
    return {"tool": name, "score": value} | ({"part": part} if part else {})


HALVES = [tool("EIT", "83.07", "1"), tool("EIT", "97.56", "2")]
TOOLS = [tool("IIT", "99.36"), *HALVES, tool("OIT", "95.00")]

CASES = {
    "D283": Case(
        put("result.rank", {"place": "211", "of": "76"}),
        put("result.rank", {"place": "76", "of": "211"}),
        ("result", "rank", "place"),
        ("211", "76"),
    ),
    "D240": Case(
        published("94.09"),
        published("94.90"),
        ("result", "total"),
        (
            "คะแนนรวม 94.09 ไม่ตรงกับค่าที่คำนวณได้ 94.90 (0.30 x 99.36 + 0.30 x 90.32 + 0.40 x 95.00)",
            "โปรดตรวจว่าพิมพ์ตัวเลขสลับกันหรือไม่ โปรแกรมจะไม่แก้คะแนนทางการให้",
        ),
    ),
    "D241": Case(
        put("result.indicators.0.score", "94.99"),
        put("result.indicators.0.score", "99.45"),
        ("result", "indicators", 0, "score"),
        (
            "ตัวชี้วัดที่ 1 ได้ 94.99 ไม่ตรงกับค่าที่คำนวณได้ 99.44",
            "((98.33 + 100.00 + 100.00) / 3)",
        ),
    ),
    "D242": Case(
        put("result.indicators.7.score", "96.22"),
        put("result.indicators.7.score", "96.21"),
        ("result", "indicators", 7, "score"),
        (
            "ตัวชี้วัดที่ 8 ได้ 96.22 ไม่ตรงกับค่าที่คำนวณได้ 96.19",
            "(((100.00 + 100.00 + 79.05) / 3 + (100.00 + 100.00 + 98.10) / 3) / 2)",
        ),
    ),
    "D243": Case(
        score("o13", score="0"),
        nothing,
        ("result", "indicators", 8, "score"),
        ("ได้ 97.50 ไม่ตรงกับค่าที่คำนวณได้ 87.50", "(87.50 + 100.00 + 50.00 + 100.00 + 100.00)"),
    ),
    "D244": Case(
        both(score("o26", missing="ไม่แสดงในผลที่เผยแพร่"), put("result.indicators.9.score", "90")),
        both(
            score("o26", missing="ไม่แสดงในผลที่เผยแพร่"),
            put("result.indicators.9.score", "93.75"),
        ),
        ("result", "indicators", 9, "score"),
        (
            "ตัวชี้วัดที่ 10 ได้ 90.00",
            "ข้อ o26 ที่ไม่ทราบคะแนนเป็น 0, 50 หรือ 100 จะได้ 87.50, 93.75 หรือ 100.00",
        ),
    ),
    "D245": Case(
        put("result.tools.0.score", "98.99"),
        put("result.tools.0.score", "99.88"),
        ("result", "tools", 0, "score"),
        ("คะแนน IIT 98.99 ไม่ตรงกับค่าเฉลี่ยของตัวชี้วัด 99.89", "/ 5)"),
    ),
    "D246": Case(
        put("result.tools.1.score", "95.00"),
        nothing,
        ("result", "tools", 1, "score"),
        ("คะแนน EIT ส่วนที่ 1 95.00 ไม่ตรงกับค่าเฉลี่ยของข้อคำถาม 97.67", "/ 9)"),
    ),
    "D247": Case(
        published(level="ผ่านดี", tools=TOOLS),
        published(level="ผ่าน", tools=TOOLS),
        ("result", "level"),
        ("ระดับ ผ่านดี ไม่ตรงกับเกณฑ์ของปี 2568 ซึ่งคะแนนนี้ควรได้ ผ่าน", "EIT ส่วนที่ 1 83.07"),
    ),
    "D300": Case(
        score("e1", score="82.86"),
        nothing,
        ("result", "indicators", 5, "score"),
        ("ตัวชี้วัดที่ 6", "ข้อ e1 ไม่ได้ระบุว่าเป็นส่วนที่ 1 หรือส่วนที่ 2"),
    ),
    "D301": Case(
        score("e1", part2="97.00"),
        nothing,
        ("result", "indicators", 5, "score"),
        ("ข้อ e1 ไม่มีคะแนนส่วนที่ 1",),
    ),
    "D302": Case(
        score("i4", missing="ไม่ถูกประเมิน"),
        nothing,
        ("result", "indicators", 1, "score"),
        ("ตัวชี้วัดที่ 2 ตรวจกับรายข้อไม่ได้ เพราะไม่ทราบคะแนนข้อ i4",),
    ),
    "D303": Case(
        score("o26", missing="ไม่แสดงในผลที่เผยแพร่"),
        nothing,
        ("result", "indicators", 9, "score"),
        ("ได้ 100.00 ตรงกับค่าเฉลี่ยเมื่อให้ข้อ o26 ที่ไม่ทราบคะแนนเป็น 100",),
    ),
    "D304": Case(
        both(*(score(code, missing="ไม่แสดงในผลที่เผยแพร่") for code in ("o1", "o2", "o5", "o9"))),
        both(*(score(code, missing="ไม่แสดงในผลที่เผยแพร่") for code in ("o2", "o5", "o9"))),
        ("result", "indicators", 8, "score"),
        ("ไม่ทราบคะแนนถึง 4 ข้อ (o1, o2, o5, o9)",),
    ),
    "D306": Case(
        published(),
        published(tools=TOOLS),
        ("result", "level"),
        ("ไม่มีคะแนน EIT ส่วนที่ 1, EIT ส่วนที่ 2 (เท่าที่ทราบอาจเป็น ผ่านดี หรือ ผ่าน)",),
    ),
    "D307": Case(remove("result.indicators", 6), nothing, ("result", "total"), ("ตัวชี้วัดที่ 7 แน่ชัด",)),
    "D308": Case(
        published(tools=TOOLS[:-1]), published(tools=TOOLS), ("result", "tools"), ("OIT",)
    ),
    "D309": Case(
        score("e2", part1="99.00"),
        nothing,
        ("result", "tools", 2, "score"),
        ("EIT ส่วนที่ 2 ตรวจกับรายข้อไม่ได้ เพราะไม่ทราบคะแนนส่วนที่ 2 ของข้อ e2",),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_speaks_of_the_guilty_only(code):
    try_case(code, CASES[code])


def test_an_unknown_split_is_said():
    """D305: the year 2569 has no published split into sub-indicators; 2568 has."""
    told = found(changed(nothing, 2569), "D305", plan_known=False)
    assert [p.where[2] for p in told] == [8, 9]
    assert "ยังไม่ทราบการแบ่งตัวชี้วัดย่อยของปี 2569" in told[0].message
    assert not found(changed(nothing), "D305")


# -- tolerances ----------------------------------------------------------------------------


@pytest.mark.parametrize("total", ["94.90", "94.91"])
def test_a_total_within_a_hundredth_is_of_the_same_figures(total):
    """The unrounded figure is 94.9036."""
    assert not found(changed(published(total)), "D240")


@pytest.mark.parametrize("total", ["94.89", "94.92", "49.90", "0"])
def test_a_total_further_off_is_told(total):
    assert found(changed(published(total)), "D240")


@pytest.mark.parametrize(
    ("indicators", "total"),
    [
        ("99.17 98.75 100.00 99.31 99.58 93.36 88.73 88.86 100.00 90.00", "94.90"),
        ("85.21 70.59 75.10 72.88 73.24 81.14 83.12 76.79 100.00 100.00", "86.73"),
        ("93.55 87.72 91.01 87.93 89.52 90.55 88.68 88.58 72.89 65.56", "81.45"),
    ],
)
def test_published_totals_agree_with_their_indicators(indicators, total):
    data = changed(put("result.total", total))
    for row, value in zip(data["result"]["indicators"], indicators.split(), strict=True):
        row["score"] = value
    assert not found(data, "D240")


def test_halves_have_twice_the_tolerance():
    agree = decimals.agree
    assert agree(Decimal("93.36"), Decimal("93.38"), decimals.HALVES_TOLERANCE)
    assert not agree(Decimal("93.36"), Decimal("93.3801"), decimals.HALVES_TOLERANCE)
    assert not agree(Decimal("93.36"), Decimal("93.38"), decimals.ITEM_TOLERANCE)


def test_rounding_is_half_up():
    assert decimals.half_up(Decimal("90.315")) == Decimal("90.32")
    assert decimals.half_up(Decimal("0.125")) == Decimal("0.13")
    assert decimals.half_up(Decimal("99.985")) == Decimal("99.99")


def test_a_mean_of_thirds_is_no_float():
    """A third is never exact, yet the figure a hundredth off is still within the tolerance."""
    mean = decimals.mean([Decimal("99.99"), Decimal(100), Decimal(100)])
    assert decimals.agree(Decimal("99.99"), mean, decimals.ITEM_TOLERANCE)
    thirds = [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert decimals.agree(Decimal("33.34"), decimals.mean(thirds), decimals.ITEM_TOLERANCE)


def test_a_tool_without_halves_has_the_smaller_tolerance():
    """The mean of the indicators of IIT is 99.888."""
    assert not found(changed(put("result.tools.0.score", "99.88")), "D245")
    assert found(changed(put("result.tools.0.score", "99.87")), "D245")
    assert found(changed(put("result.tools.0.score", "99.90")), "D245")


# -- halves --------------------------------------------------------------------------------


def test_unlabelled_halves_are_never_guessed():
    """The published e1-e3 come from one half: the mean is far from the indicator, and no fault."""
    change = both(*(score(code, score="82.86") for code in ("e1", "e2", "e3")))
    data = changed(both(change, put("result.indicators.5.score", "93.36")))
    assert not found(data, "D242")
    (told,) = found(data, "D300")
    assert "e1 ถึง e3" in told.message


@pytest.mark.parametrize(("given", "lacking"), [("part1", "2"), ("part2", "1")])
def test_the_half_that_is_not_there_is_named(given, lacking):
    (told,) = found(changed(score("e2", **{given: "99.00"})), "D301")
    assert f"ข้อ e2 ไม่มีคะแนนส่วนที่ {lacking}" in told.message


def test_several_reasons_are_each_given():
    change = both(
        score("e1", score="82.86"),
        score("e2", part1="82.86"),
        score("e3", missing="ไม่แสดงในผลที่เผยแพร่"),
    )
    assert [len(found(changed(change), code)) for code in ("D300", "D301", "D302")] == [1, 1, 1]


def test_a_doubled_row_makes_its_indicator_uncheckable():
    data = changed(add("scores", {"code": "i4", "score": "50"}))
    assert "i4" in found(data, "D302")[0].message
    assert not found(data, "D241")


# -- unknown items -------------------------------------------------------------------------


def test_the_three_values_of_the_published_report():
    """O27 is 50 and o26 is not shown: 81.25, 87.50 or 93.75, never the official 90.00."""
    data = changed(
        both(
            score("o26", missing="ไม่แสดงในผลที่เผยแพร่"),
            score("o27", score="50"),
            put("result.indicators.9.score", "90.00"),
        )
    )
    (told,) = found(data, "D244")
    assert "81.25, 87.50 หรือ 93.75" in told.message
    assert "(100.00 + (100.00 + ? + 50.00 + 100.00) / 4) / 2" in told.message
    assert not found(data, "D243")


def test_an_item_not_assessed_may_be_left_out_of_its_mean():
    """10.2 is then the mean of o25, o27, o28: (100 + 50 + 100) / 3."""
    rows = both(score("o26", missing="ไม่ถูกประเมิน"), score("o27", score="50"))
    (told,) = found(changed(both(rows, put("result.indicators.9.score", "91.67"))), "D303")
    assert told.message.endswith("ตรงกับค่าเฉลี่ยเมื่อไม่นับข้อ o26 ซึ่งไม่ถูกประเมิน")
    (told,) = found(changed(both(rows, put("result.indicators.9.score", "90"))), "D244")
    assert "0, 50, 100 หรือ ไม่นับข้อนั้น" in told.message


def test_one_item_left_out_and_another_tried():
    """10.2 is the mean of o27 as 50, o28; or of o26 to o28 as anything that fits."""
    rows = both(
        score("o25", missing="ไม่ถูกประเมิน"),
        score("o26", missing="ไม่แสดงในผลที่เผยแพร่"),
        put("result.indicators.9.score", "91.67"),
    )
    (told,) = found(changed(rows), "D303")
    assert "ไม่นับข้อ o25 ซึ่งไม่ถูกประเมิน และให้ข้อ o26 ที่ไม่ทราบคะแนนเป็น 50" in told.message


def test_an_undeclared_missing_item_is_tried_as_well():
    assert found(changed(drop("o26")), "D303")


def test_two_unknown_items_are_tried_together():
    rows = both(*(score(code, missing="ไม่แสดงในผลที่เผยแพร่") for code in ("o21", "o25")))
    (told,) = found(changed(both(rows, put("result.indicators.9.score", "87.5"))), "D303")
    assert "0 และ 100" in told.message
    assert "50 และ 50" in told.message


# -- tools and level -----------------------------------------------------------------------


def test_the_halves_of_a_tool_are_held_to_its_indicators_together():
    assert not found(changed(published(tools=TOOLS)), "D245")
    swapped = [TOOLS[0], tool("EIT", "38.07", "1"), TOOLS[2], TOOLS[3]]
    (told,) = found(changed(published(tools=swapped)), "D245")
    assert "คะแนน EIT 67.82 จาก (38.07 + 97.56) / 2" in told.message
    assert told.also == (("result", "tools", 2, "score"),)


@pytest.mark.parametrize(("official", "count"), [("97.69", 0), ("97.70", 1)])
def test_half_of_a_tool_may_be_off_by_two_hundredths(official, count):
    """Its nine questions have the mean 97.67."""
    assert len(found(changed(put("result.tools.1.score", official)), "D246")) == count


@pytest.mark.parametrize(
    ("total", "level", "tools", "verdict"),
    [
        ("84.99", "ต้องปรับปรุง", [], "right"),  # below 85 no tool score is needed
        ("84.99", "ผ่าน", [], "wrong"),
        ("69.99", "ต้องปรับปรุงโดยด่วน", [], "right"),
        ("94.90", "ผ่าน", HALVES[:1], "right"),  # one tool below 85 settles it
        ("94.90", "ผ่านดี", HALVES[:1], "wrong"),
        ("94.90", "ผ่านดีเยี่ยม", [], "wrong"),  # no tool score makes 94.90 into 95
        ("94.90", "ผ่านดี", HALVES[1:], "open"),
        ("94.90", "ผ่าน", HALVES[1:], "open"),
        ("96.04", "ผ่าน", TOOLS, "right"),  # one municipality, 2566
        ("96.04", "ผ่านดีเยี่ยม", HALVES[:1], "wrong"),
    ],
)
def test_the_level_as_far_as_the_known_decides_it(total, level, tools, verdict):
    data = changed(published(total, level, tools))
    told = {"wrong": bool(found(data, "D247")), "open": bool(found(data, "D306"))}
    assert told == {"wrong": verdict == "wrong", "open": verdict == "open"}


def test_indicators_stand_in_for_tool_scores_not_given():
    """An OIT mean of 60 is below 85 whatever OIT's own score is written as."""
    change = both(
        published("85.90", "ผ่าน"),
        put("result.indicators.8.score", "60"),
        put("result.indicators.9.score", "60"),
    )
    assert not found(changed(change), "D306")
    assert found(changed(both(change, put("result.level", "ผ่านดี"))), "D247")


def test_a_mean_of_halves_below_the_line_settles_that_one_half_is():
    change = both(published("88.00", "ผ่าน"), *(
        put(f"result.indicators.{i}.score", "80") for i in (5, 6, 7)
    ))  # fmt: skip
    assert not found(changed(change), "D306")


@pytest.mark.parametrize("total", ["92.00", "85.00"])
def test_a_mean_on_the_line_settles_nothing(total):
    """The mean 85.00 of rounded figures may stand for 84.996; a total of 85.00 is enough."""
    change = both(
        published(total, "ผ่านดี", HALVES[1:]),
        put("result.indicators.8.score", "85"),
        put("result.indicators.9.score", "85"),
    )
    (told,) = found(changed(change), "D306")
    assert "OIT" in told.message


def test_levels_of_2567_too():
    assert not found(clean_data(catalogue.load(2567)), "D247")


def test_unrounded_scores_agree_with_their_rounded_figures():
    """Three questions of 98.335, 99.165, 100: shown as 98.34, 99.17, 100.00."""
    scores = {"i1": Fraction(98335, 1000), "i2": Fraction(99165, 1000)}
    data = clean_data(catalogue.load(2568), scores)
    assert [data["scores"][i]["score"] for i in (0, 1)] == ["98.34", "99.17"]
    assert not found(data, "D241")
