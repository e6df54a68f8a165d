"""What a template's tags may say, after docxtpl has rewritten them, and how much they may print."""

import re

import pytest

from documents import document, paragraph, paragraphs
from itareport.document import word
from itareport.document.word import expressions
from itareport.files import opc
from itareport.problems import ItaReportError

CONTEXT = {"x": "ก", "n": "2", "xs": ["ก", "ข"], "a": {"b": "ค", "c": ["ง"]}}


def render(template, **context):
    return word.Template(template).render(CONTEXT | context, lambda *_: None)


def refused(template, **context):
    with pytest.raises(ItaReportError) as caught:
        render(template, **context)
    return caught.value.problems


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("{{ x }}", "ก"), ("{{ a.b }}", "ค"), ("{{ 'ก' }}{{ 3 }}", "ก3"),
        ("{% if x == 'ก' and not a.c or n != '2' %}1{% elif n > '1' %}2{% else %}3{% endif %}",
         "2"),
        ("{% for y in xs %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/2 2/2 "),
        ("{% for y in xs %}{% if loop.last %}{{ y }}{% endif %}{% endfor %}", "ข"),
        ("{% for y in xs %}{% if not loop.first %}, {% endif %}{{ y }}{% endfor %}", "ก, ข"),
        ("{% for y in a.c %}{{ y }}{% else %}ว่าง{% endfor %}", "ง"),
        ("{% if 'ก' in xs %}มี{% endif %}{# หมายเหตุ #}", "มี"),
        ("{{ x or a.b }}", "ก"),
    ],
)  # fmt: skip
def test_what_is_on_the_list_is_printed(said, printed):
    assert word.text(render(paragraphs(said))) == printed


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("{{ x() }}", "การเรียก"), ("{{ x.upper() }}", "การเรียก"), ("{{ xs[0] }}", "วงเล็บเหลี่ยม"),
        ("{{ xs[0:1] }}", "วงเล็บเหลี่ยม"), ("{{ 1 + 1 }}", "คำนวณ"), ("{{ -1 }}", "คำนวณ"),
        ("{{ 2 ** 9 }}", "คำนวณ"), ("{{ x ~ x }}", "ต่อข้อความ"), ("{{ x|upper }}", "|upper"),
        ("{{ x|safe }}", "|safe"), ("{{ x is defined }}", "defined"), ("{{ 1.5 }}", "1.5"),
        ("{{ true }}", "True"), ("{{ none }}", "None"),
        ("{{ self }}", "self"), ("{{ [x] }}", "ค่า"), ("{{ {'a': x} }}", "ค่า"),
        ("{{ (x, x) }}", "ค่า"), ("{{ x if x else n }}", "if"), ("{{ x._y }}", "._y"),
        ("{{ x.__class__ }}", ".__class__"), ("{{ _x }}", "_x"), ("{{ loop }}", "loop"),
        ("{% for y in xs %}{{ loop.index0 }}{% endfor %}", ".index0"),
        ("{% for y in xs %}{{ loop.cycle('a') }}{% endfor %}", "การเรียก"),
        ("{% for y in xs %}{{ 2 * loop.index }}{% endfor %}", ""),
        ("{% for y in [1, 2] %}{% endfor %}", "for"), ("{% for y in 'abc' %}{% endfor %}", "for"),
        ("{% for y, z in xs %}{% endfor %}", "for"), ("{% for y in xs if y %}{% endfor %}", "for"),
        ("{% for y in xs recursive %}{% endfor %}", "for"),
        ("{% for y in range(9) %}{% endfor %}", "for"),
        ("{% set y = x %}", "set"), ("{% macro m() %}{% endmacro %}", "macro"),
        ("{% call m() %}{% endcall %}", "call"), ("{% include 'x' %}", "include"),
        ("{%- include 'x' ignore missing %}", "include"), ("{% import 'x' as y %}", "import"),
        ("{% from 'x' import y %}", "from"), ("{% extends 'x' %}", "extends"),
        ("{% block b %}{% endblock %}", "block"), ("{% raw %}{{ x }}{% endraw %}", "raw"),
        ("{% filter upper %}ก{% endfilter %}", "filter"), ("{% with y = x %}{% endwith %}", "with"),
        ("{% autoescape false %}{% endautoescape %}", "autoescape"), ("{% do x %}", "do"),
        ("{%- if x %}ก{% endif %}", "ขอบแท็ก"), ("{{- x }}", "ขอบแท็ก"), ("{{ x -}}", "ขอบแท็ก"),
        ("{{ x" + " " * 600 + "}}", "ยาวเกิน"), ("{% colspan" + " " * 600 + "%}", "ยาวเกิน"),
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_refused_by_its_name(said, what):
    problem = refused(paragraphs("ก่อน", said))[0]
    assert problem.code == "T304"
    assert what in problem.message
    assert "ใกล้ข้อความ" in problem.message


@pytest.mark.parametrize(
    "said", ["{{ x.upper }}", "{{ a.items }}", "{{ xs.append }}", "{{ range }}", "{{ a.b.c }}"]
)
def test_names_lead_to_the_data_and_to_nothing_else(said):
    assert refused(paragraphs(said))[0].code == "T303"


def test_the_merges_of_docxtpl_are_its_own():
    def cell(text, span=""):
        return f"<w:tc><w:tcPr>{span}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = "".join(f"<w:tr>{inner}</w:tr>" for inner in (
        f"<w:tc>{paragraph('{%tc for y in xs %}')}</w:tc>"
        + cell("{% hm %}{{ x }}", '<w:gridSpan w:val="2"/>')
        + f"<w:tc>{paragraph('{%tc endfor %}')}</w:tc>",
        cell("{% colspan n %}{{ x }}"), cell("{% cellbg n %}{{ x }}"),
    ))  # fmt: skip
    made = render(document(f"<w:tbl><w:tblGrid/>{rows}</w:tbl>"), n="4")
    xml = opc.read(made)["word/document.xml"].decode()
    assert xml.count('<w:gridSpan w:val="4"/>') == 2
    assert 'w:fill="4"' in xml


def test_a_merge_of_docxtpl_outside_of_a_cell_is_refused():
    assert refused(paragraphs("{% vm %}ก"))[0].code == "T301"
    late = f"<w:tc>{paragraph('{% vm %}ก')}<w:tcPr/></w:tc>"
    assert refused(document(f"<w:tbl><w:tr>{late}</w:tr></w:tbl>"))[0].code == "T301"


def test_a_tag_in_an_attribute_is_looked_at_too():
    about = '<w:tbl><w:tblPr><w:tblCaption w:val="{% set y = x %}"/></w:tblPr><w:tr/></w:tbl>'
    assert refused(document(about))[0].code == "T304"


@pytest.mark.parametrize("inner", ["", "{% if n %}{% endif %}", "{{ x }}"])
def test_loops_in_loops_end_and_are_named(inner, monkeypatch):
    monkeypatch.setattr(expressions, "MOST_PIECES", 20_000)
    loops = "".join(f"{{% for y{n} in xs %}}" for n in range(9))
    said = loops + inner + "{% endfor %}" * 9
    (problem,) = refused(paragraphs("ก่อน", said, "หลัง"), xs=list("กขคงจ"))
    assert problem.code == "T304"
    assert "for y0" in problem.message


def test_a_report_has_a_longest_length(monkeypatch):
    monkeypatch.setattr(expressions, "MOST_CHARACTERS", 100_000)
    (problem,) = refused(
        paragraphs("{% for y in xs %}{{ x }}{% endfor %}"), xs=["ก"] * 20, x="ข" * 9_000
    )
    assert problem.code == "T304"


def test_a_template_has_most_tags():
    (problem,) = refused(paragraphs(*["{{ x }}" * 10] * (expressions.MOST_TAGS // 10 + 1)))
    assert problem.code == "T304"


def test_columns_that_vary_in_too_many_ways_are_refused():
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="9" w:type="dxa"/></w:tcPr>{paragraph(text)}</w:tc>'
        for n in range(20)
        for text in (f"{{%tc if x{n} %}}", "ก", "{%tc endif %}")
    )
    (problem,) = refused(document(f"<w:tbl><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"))
    assert problem.code == "T304"


@pytest.mark.parametrize("page", ["docs/template.md", "docs/en/template.md"])
def test_every_example_of_the_page_is_allowed(repo, page):
    text = (repo / page).read_text(encoding="utf-8")
    examples = re.findall(r"^\| [^|]+ \| `(.+)` \|$", text.partition("## ")[2], re.MULTILINE)
    assert len(examples) == 8
    for said in examples:
        whole = said if "endif" in said or "{% if" not in said else f"{said}{{% endif %}}"
        cell = f"<w:tc><w:tcPr/>{paragraph(whole)}</w:tc>"
        assert word.Template(document(f"<w:tbl><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>"))
