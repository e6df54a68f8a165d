"""The shipped template: its words, its one true form, and what it prints."""

import re
from itertools import accumulate

import pytest
from lxml import etree

import packages
from itareport.document import context, structure, word
from itareport.document.context import older_names, template_words
from itareport.document.word import tags
from itareport.files import assets, opc
from itareport.ita import catalogue
from itareport.ita.model import Report
from reports import clean_data

TEMPLATE = assets.template()
MARKED = {"word/document.xml", "word/header1.xml", "word/header2.xml", "docProps/core.xml"}


def _parts():
    return opc.read(TEMPLATE.read_bytes())


def _given(value, path="") -> set[str]:
    if isinstance(value, dict):
        here = {path} if path else set()
        return here.union(*(_given(v, f"{path}.{k}".lstrip(".")) for k, v in value.items()))
    if isinstance(value, list):
        return {path}.union(*(_given(v, f"{path}[]") for v in value))
    return {path}


def _context():
    year = catalogue.load(2568)
    data = clean_data(year)
    data["result"]["tools"] = [row | {"score": "90"} for row in data["result"]["tools"]]
    data["result"]["level"] = "ผ่านดี"
    data["result"]["last_year"] = {"total": "90", "indicators": [{"no": "1", "score": "90"}]}
    data["plan"][0] |= {"follow_up": ["รายงานผล"], "budget": ["ไม่ใช้งบประมาณ"]}
    data["result"] |= {"rank": {"place": "1", "of": "2"}, "respondents": {"iit": "40"}}
    data |= {"principles": "ก", "follow_up": "ข", "summary": "ค", "appendices": ["ง"]}
    data["scores"][-1]["next"] = "o26"
    data["scores"][0]["score"], data["correspondence"] = "90", "พิมพ์"
    data["scores"] = [row for row in data["scores"] if row["code"] != "o26"]
    data["scores"].append({"code": "o26", "missing": "ไม่ถูกประเมิน"})
    data["remarks"] = [row for row in data["remarks"] if row["code"] != "o26"]
    return context.context(Report.model_validate(data), year, catalogue.load(2569))


def _leaves(paths: set[str]) -> set[str]:
    """Drop what only groups other names: `agency`, `part1.issues`."""
    return {p for p in paths if not any(o.startswith((f"{p}.", f"{p}[].")) for o in paths)}


def _used() -> set[str]:
    template = word.Template(TEMPLATE.read_bytes())
    environment = template._environment
    parts = template._parts.values()
    return {name for part in parts for name in tags.printed(part.source, environment)}


def test_the_templates_names_equal_the_contexts_both_ways():
    used = {name.removesuffix("[]") for name in _leaves(_used())}
    given = _leaves(_given(_context()))
    assert older_names.PRINTS.keys() <= given
    given -= older_names.PRINTS.keys()
    assert used == {name.removesuffix("[]") for name in given}


def test_the_page_of_names_equals_the_context(repo):
    page = (repo / "docs" / "template.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([^`{ ]+)` \|", page, re.MULTILINE))
    given = {name.removesuffix("[]") for name in _given(_context())}
    groups = {g for g in given - told if any(n.startswith((f"{g}.", f"{g}[]")) for n in given)}
    assert told == given - groups


def test_the_page_of_names_and_the_commands_are_one(repo):
    page = (repo / "docs" / "template.md").read_text(encoding="utf-8")
    told = [line for line in page.splitlines() if re.match(r"\| `[^`{ ]+` \||### ", line)]
    listed = []
    for title, names in template_words.SECTIONS:
        listed += [f"### {title}", *(f"| `{name}` | {meaning} |" for name, meaning in names)]
    assert "\n".join(listed) in "\n".join(told)


def test_the_file_is_in_its_one_form(pytestconfig):
    data = TEMPLATE.read_bytes()
    parts = opc.read(data)
    if pytestconfig.getoption("--update-golden"):
        TEMPLATE.write_bytes(opc.write(parts))
        data = TEMPLATE.read_bytes()
    assert packages.order_and_times(data) == packages.order_and_times(opc.write(parts))


@pytest.mark.parametrize("name", sorted(_parts()))
def test_each_part_reads_as_text(golden, name):
    root = etree.fromstring(_parts()[name])
    etree.indent(root)
    golden(
        f"template/{name.replace('/', '_').strip('[]')}.txt",
        etree.tostring(root, encoding="unicode") + "\n",
    )


def test_no_digit_is_fixed_in_the_text():
    root = etree.fromstring(_parts()["word/document.xml"])
    text = "".join(t.text or "" for t in root.iter(structure.w("t")))
    assert not re.search(r"[0-9๐-๙]", re.sub(r"\{[{%].*?[%}]\}", "", text))


def test_every_font_property_has_both_halves():
    for name in ("word/styles.xml", "word/document.xml", "word/header1.xml"):
        root = etree.fromstring(_parts()[name])
        for half, twin in (("b", "bCs"), ("i", "iCs"), ("sz", "szCs")):
            for element in root.iter(structure.w(half)):
                other = element.getparent().find(structure.w(twin))
                assert other is not None
                assert other.attrib.items() == element.attrib.items()
        for fonts in root.iter(structure.w("rFonts")):
            faces = {fonts.get(structure.w(k)) for k in ("ascii", "hAnsi", "cs")}
            assert faces == {"TH Sarabun New"}


def test_nothing_is_formatted_by_hand():
    root = etree.fromstring(_parts()["word/document.xml"])
    assert root.find(f".//{structure.w('rPr')}") is None
    allowed = {"pStyle", "sectPr"}
    for properties in root.iter(structure.w("pPr")):
        assert {etree.QName(e).localname for e in properties} <= allowed


def test_every_table_repeats_its_header_and_tells_what_it_is():
    root = etree.fromstring(_parts()["word/document.xml"])
    tables = list(root.iter(structure.w("tbl")))
    assert len(tables) == 4
    for table in tables:
        assert (
            table.find(f"{structure.w('tr')}/{structure.w('trPr')}/{structure.w('tblHeader')}")
            is not None
        )
        described = table.find(f"{structure.w('tblPr')}/{structure.w('tblDescription')}")
        assert described.get(structure.w("val"))
        grid = [int(c.get(structure.w("w"))) for c in table.iter(structure.w("gridCol"))]
        for row in table.iterfind(structure.w("tr")):
            edges = [0, *accumulate(grid)]
            at = 0
            for cell in row.iterfind(structure.w("tc")):
                span = cell.find(f"{structure.w('tcPr')}/{structure.w('gridSpan')}")
                end = at + (int(span.get(structure.w("val"))) if span is not None else 1)
                width = cell.find(f"{structure.w('tcPr')}/{structure.w('tcW')}")
                assert int(width.get(structure.w("w"))) == edges[end] - edges[at]
                at = end
            assert at == len(grid)


def test_part_1_stands_upright_and_part_2_lies():
    root = etree.fromstring(_parts()["word/document.xml"])
    sizes = [s.get(structure.w("orient"), "portrait") for s in root.iter(structure.w("pgSz"))]
    assert sizes == ["portrait", "landscape", "portrait"]
    for margins in root.iter(structure.w("pgMar")):
        sides = [int(margins.get(structure.w(k))) for k in ("left", "right", "top", "bottom")]
        assert [round(s / 567, 1) for s in sides] == [3.0, 2.0, 2.5, 2.0]
