"""Parts of a finished report, each as a document of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import pdfs
from itareport import thai
from itareport.actions import build, prepare
from itareport.document import section
from itareport.files import opc

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "kuansaothong-2568.yaml"


@cache
def report() -> bytes:
    ready = prepare.check_file(EXAMPLE, prepare.Options()).ready
    assert ready is not None
    return build.docx(ready, prepare.Options())[0]


def body(name):
    made = section.cut(report(), name)
    assert made is not None
    package = opc.Package(made)
    return package.tree(package.main)[0]


def text(element) -> str:
    return thai.arabic("".join(t.text or "" for t in element.iter(f"{W}t")))


@pytest.mark.parametrize(
    ("name", "begin", "foreign"),
    [
        ("agency", "การนำผลการประเมิน", "ได้คะแนนภาพรวม"),
        ("result", "การนำผลการประเมิน", "ประเด็นที่"),
        ("issue:1", "ประเด็นที่ 1 ", "ประเด็นที่ 2"),
        ("issue:7", "ประเด็นที่ 7 ", "ประเด็นที่ 6"),
        ("plan:2", "หัวข้อ", "3.1"),
        ("signatures", "การนำผลการประเมิน", "ประเด็นที่"),
    ],
)
def test_part_holds_its_own_and_nothing_else(name, begin, foreign):
    said = text(body(name))
    assert said.startswith(begin)
    assert foreign not in said


@pytest.mark.parametrize("name", ["agency", "result", "issue:2", "plan:1", "signatures"])
def test_section_that_rules_it_stands_last_and_alone(name):
    made = body(name)
    (ruled,) = made.iter(f"{W}sectPr")
    assert made[-1] is ruled
    assert {child.tag.removeprefix(W) for child in ruled} == {"type", "pgSz", "pgMar", "pgNumType"}
    is_wide = ruled.find(f"{W}pgSz").get(f"{W}orient") == "landscape"
    assert is_wide == name.startswith("plan")


def test_plan_of_an_issue_is_the_header_and_the_whole_merged_group():
    (table, _) = body("plan:2")
    rows = table.findall(f"{W}tr")
    measures = [text(row.findall(f"{W}tc")[1])[:3] for row in rows]
    assert measures[1:] == [f"2.{n}" for n in range(1, len(rows))]
    assert len(rows) > 2


def test_chart_is_left_out():
    package = opc.Package(report())
    assert list(package.tree(package.main).iter(CHART))
    assert not list(body("result").iter(CHART))


@pytest.mark.parametrize("name", ["whole", "", "issue:", "issue:8", "issue:.*", "plan:9", "x:1"])
def test_part_that_is_not_there_is_none(name):
    assert section.cut(report(), name) is None


@pytest.mark.parametrize("name", ["agency", "result", "issue:1", "plan:1", "signatures"])
def test_template_of_other_styles_has_no_parts(name):
    assert section.cut(pdfs.docx(pdfs.paragraph("ประเด็นที่ 1 ก")), name) is None
