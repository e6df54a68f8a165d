from decimal import Decimal

import pytest
from lxml import etree

from documents import cells
from itareport.document import chart

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _graph(kind="radar", *, thai_digits=True) -> chart.Graph:
    return chart.Graph(
        kind=kind,
        title="คะแนน <A&B>",
        series="ปี ๒๕๖๘",
        labels=("๑. ก & ข ๙๙.๑๗", "๒. ค ๘๐.๐๐"),
        scores=(Decimal("99.17"), Decimal("80.00")),
        alternative_text="กราฟ",
        thai_digits=thai_digits,
    )


@pytest.mark.parametrize("kind", ["radar", "bar"])
def test_the_chart_holds_every_label_and_score_from_0_to_100(kind):
    root = etree.fromstring(chart.parts(_graph(kind)).xml)
    assert root.find(f".//{C}{kind}Chart") is not None
    values = [v.text for v in root.iter(f"{C}v")]
    assert values == ["ปี ๒๕๖๘", "๑. ก & ข ๙๙.๑๗", "๒. ค ๘๐.๐๐", "99.17", "80.00"]
    axis = root.find(f".//{C}valAx/{C}scaling")
    assert (axis.find(f"{C}min").get("val"), axis.find(f"{C}max").get("val")) == ("0", "100")
    assert root.find(f".//{A}t").text == "คะแนน <A&B>"


def test_every_text_of_the_chart_has_both_halves_of_its_font():
    root = etree.fromstring(chart.parts(_graph()).xml)
    properties = [*root.iter(f"{A}defRPr"), *root.iter(f"{A}rPr")]
    assert len(properties) >= 4
    for element in properties:
        faces = {element.find(f"{A}{half}").get("typeface") for half in ("latin", "cs")}
        assert faces == {"TH Sarabun New"}


@pytest.mark.parametrize(("thai", "code"), [(True, "[$-D00041E]0"), (False, "0")])
def test_the_axis_follows_the_choice_of_digits(thai, code):
    root = etree.fromstring(chart.parts(_graph(thai_digits=thai)).xml)
    assert root.find(f".//{C}valAx/{C}numFmt").get("formatCode") == code


def test_the_workbook_holds_the_same_figures():
    assert cells(chart.parts(_graph()).workbook) == {
        "A1": "", "B1": "ปี ๒๕๖๘",
        "A2": "๑. ก & ข ๙๙.๑๗", "B2": "99.17",
        "A3": "๒. ค ๘๐.๐๐", "B3": "80.00",
    }  # fmt: skip


def test_the_same_graph_gives_the_same_bytes():
    assert chart.parts(_graph()) == chart.parts(_graph())
