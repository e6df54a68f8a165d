import tracemalloc
from decimal import Decimal

import pytest
from lxml import etree

import packages
import trees
from documents import body, document, paragraph, paragraphs, tables
from itareport.document import chart, marks, structure, word
from itareport.files import assets, opc
from itareport.problems import ExitStatus, ItaReportError


def _none(_mark, _into):
    return None


def _render(template: bytes, digits="thai", **context) -> bytes:
    return word.Template(template, digits).render(context, _none)


def _refused(template: bytes, **context):
    with pytest.raises(ItaReportError) as caught:
        _render(template, **context)
    assert caught.value.exit_status == ExitStatus.TEMPLATE
    return caught.value.problems[0]


@pytest.mark.parametrize(
    "value", ["R&D <5", "ก<b>ข", "{{ x }}", "{% if %}", "]]>", "“ก” 'ข' \"ค\""]
)
def test_any_text_comes_out_as_it_went_in(value):
    made = _render(paragraphs("ต้น {{ x }} ปลาย", "ท้าย"), x=value)
    assert word.text(made) == f"ต้น {value} ปลาย\nท้าย"


def test_the_same_input_gives_the_same_bytes():
    template = paragraphs("{{ x }}")
    assert _render(template, x="ก") == _render(template, x="ก")


def test_an_unknown_name_is_named_with_its_paragraph():
    problem = _refused(paragraphs("หนึ่ง", "ชื่อ {{ agency.nmae }}"), agency={"name": "ก"})
    assert problem.code == "T303"
    assert "nmae" in problem.message
    assert "ชื่อ" in problem.message
    assert "หนึ่ง" not in problem.message


@pytest.mark.parametrize(
    "broken",
    [
        "{{ x", "{{ x }", "x }}", "{% if x %}", "{% endif %}", "{%p for y in x %}", "{% x %}",
        "{{ x | nofilter }}", "{{ x. }}",
    ],
)  # fmt: skip
def test_a_broken_tag_is_an_error(broken):
    problem = _refused(paragraphs("ก่อน", broken, "หลัง"), x="ก")
    assert problem.code in {"T301", "T302", "T304"}


def test_a_broken_tag_names_its_paragraph():
    assert "ชื่อ x }}" in _refused(paragraphs("ก่อน", "ชื่อ x }}"), x="ก").message


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        (["หนึ่ง {{ x }", "สอง", "สาม }}"], "หนึ่ง {{ x }"),
        (["{%p for y in x %}", "ปก {% if x %}", "{%p endfor %}"], "ปก {% if x %}"),
        (
            ["{%p for y in x %}", "{%p for z in x %}", "{{ z }}", "{%p endfor %}"],
            "{%p for y in x %}",
        ),
        (["ก", "{%p endif %}", "ข"], "{%p endif %}"),
    ],
)
def test_the_tag_that_is_not_closed_is_named_and_swallows_nothing(texts, named):
    problem = _refused(paragraphs(*texts), x="ก")
    assert problem.code == "T301"
    assert f"“{named}”" in " ".join(problem.message.split())


def test_a_section_break_in_a_tags_paragraph_is_kept():
    section = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    template = document(
        paragraph("{%p for y in x %}")
        + paragraph("{{ y }}")
        + f"<w:p><w:pPr>{section}</w:pPr><w:r><w:t>{{%p endfor %}}</w:t></w:r></w:p>"
    )
    made = body(_render(template, x=["ก"]))
    assert made.find(f".//{structure.w('pgSz')}") is not None


@pytest.mark.parametrize(
    "attack",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ x.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{% for i in range(100000000) %}a{% endfor %}",
    ],
)
def test_a_template_cannot_run_code(attack):
    assert _refused(paragraphs(attack), x="ก").code in {"T303", "T304"}


@pytest.mark.parametrize("expression", ["{{ 1 / 0 }}", "{{ x + 1 }}", "{{ x.append(1) }}"])
def test_a_failing_expression_is_the_templates_fault(expression):
    assert _refused(paragraphs("ผล " + expression), x="ก").code in {"T303", "T304"}


@pytest.mark.parametrize("data", [b"", b"hello", opc.write({"a.txt": b""})])
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(ItaReportError) as caught:
        word.Template(data)
    assert [p.code for p in caught.value.problems] == ["T300"]


def test_damaged_xml_is_refused():
    parts = opc.read(paragraphs("ก"))
    parts["word/document.xml"] = b"<w:document><w:body>"
    with pytest.raises(ItaReportError) as caught:
        word.Template(opc.write(parts))
    assert [p.code for p in caught.value.problems] == ["T302"]


def test_an_entity_cannot_read_a_file():
    parts = opc.read(paragraphs("ก"))
    parts["word/document.xml"] = (
        b'<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        + f'<w:document xmlns:w="{structure.W}"><w:body>'.encode()
        + b"<w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert _refused(opc.write(parts)).code == "T302"


def test_an_entity_in_another_encoding_is_refused():
    parts = opc.read(paragraphs("ก"))
    text = parts["word/document.xml"].decode().partition("?>")[2]
    parts["word/document.xml"] = f"<!DOCTYPE d>{text}".encode("utf-16")
    assert _refused(opc.write(parts)).code == "T302"


def _full_template() -> bytes:
    """Return a template with a chart in its body and tags in its header and properties."""
    parts = opc.read(assets.template().read_bytes())
    body_of = opc.read(paragraphs("{{ x }}", "{{ graph }}"))["word/document.xml"]
    header = f'<w:hdr xmlns:w="{structure.W}">{paragraph("{{ x }}")}</w:hdr>'.encode()
    return opc.write(
        parts
        | {"word/document.xml": body_of, "word/header1.xml": header, "word/header2.xml": header}
    )


WORDS = {"x": "ก", "graph": marks.GRAPH, "properties": {"title": "ข"}, "agency": {"name": "ค"}}
PLACES = {
    "Word for the web": lambda name: name.replace("word/document.xml", "word/document2.xml"),
    "another folder": lambda name: name.replace("word/", "Text/Of/").replace("docProps/", "p/"),
    "no folder": lambda name: name.replace("word/", ""),
    "other names": lambda name: name.replace("header1", "kop").replace("core", "about"),
}
TARGETS = {
    "absolute": lambda part: f"/{part}",
    "from the root": lambda part: f"../../../{part}",
    "backslashes": lambda part: "\\" + part.replace("/", "\\"),
    "another case": lambda part: f"/{part}".upper(),
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("place", PLACES)
def test_parts_are_found_wherever_they_are(place, target):
    """The same document comes out, each part under the name that the template gives it."""
    template = _full_template()
    usual = opc.read(word.Template(template).render(WORDS, _chart))
    elsewhere = word.Template(packages.moved(template, PLACES[place], TARGETS[target]))
    made = opc.Package(elsewhere.render(WORDS, _chart))
    assert word.text(opc.write(made)) == "ก\n"
    names = {PLACES[place](name): name for name in usual if not name.endswith(".rels")}
    for name, old in names.items():
        if old != opc.TYPES:
            assert made[name] == usual[old]
            assert made.content_type(name)
    (chart,) = made.related(made.main, "chart")
    assert made.related(chart, "package")


def test_backslashes_in_the_names_of_entries_are_slashes():
    template = _full_template()
    usual = word.Template(template).render(WORDS, _chart)
    assert word.Template(packages.backslashed(template)).render(WORDS, _chart) == usual


def test_case_does_not_matter_in_the_names_of_entries():
    template = _full_template()
    usual = opc.read(word.Template(template).render(WORDS, _chart))
    shouted = packages.zipped({name.upper(): part for name, part in opc.read(template).items()})
    made = opc.read(word.Template(shouted).render(WORDS, _chart))
    del made[opc.TYPES], usual[opc.TYPES]
    assert {name.lower(): part for name, part in made.items()} == {
        name.lower(): part for name, part in usual.items()
    }
    assert len(made) == len(usual)


def test_a_workbook_is_no_template():
    graph = chart.Graph(
        "bar", "ก", (chart.Series("ข", (Decimal(1),)),), ("ค",), "ง", thai_digits=True
    )
    assert _refused(chart.parts(graph).workbook).code == "T300"


BOMBS = {
    "of elements": lambda parts: parts | {"a.xml": b"<a>" + b"<b/>" * 300_000 + b"</a>"},
    "of elements in many parts": lambda parts: (
        parts | {f"{n}.xml": b"<a>" + b"<b/>" * 50_000 + b"</a>" for n in range(7)}
    ),
    "that is packed too well": lambda parts: parts | {"word/media/x.png": bytes(2_000_000)},
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_template_beyond_the_limits_is_refused(kind):
    template = packages.zipped(BOMBS[kind](opc.read(paragraphs("ก"))))
    assert _refused(template).code == "T300"


def test_a_template_that_lies_about_a_size_is_not_unpacked():
    parts = opc.read(paragraphs("ก")) | {"word/media/x.png": bytes(20_000_000)}
    template = packages.declared(packages.zipped(parts), "word/media/x.png", 100)
    tracemalloc.start()
    assert _refused(template).code == "T300"
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_fixed_digits_and_page_numbers_follow_the_choice_of_digits():
    numbering = '<w:sectPr><w:pgNumType w:fmt="thaiNumbers"/></w:sectPr>'
    template = document(paragraph("ส่วนที่ ๑ ปี {{ x }}") + numbering)
    assert word.text(_render(template, x="๒๕๖๘")) == "ส่วนที่ ๑ ปี ๒๕๖๘"
    western = _render(template, "arabic", x="2568")
    assert word.text(western) == "ส่วนที่ 1 ปี 2568"
    assert not body(western).find(f".//{structure.w('pgNumType')}").attrib


def test_rows_and_paragraphs_repeat():
    row = f"<w:tr><w:tc>{paragraph('{%tr for r in rows %}')}</w:tc></w:tr>"
    cell = paragraph("{%p for p in r %}") + paragraph("{{ p }}") + paragraph("{%p endfor %}")
    end = f"<w:tr><w:tc>{paragraph('{%tr endfor %}')}</w:tc></w:tr>"
    template = document(
        f'<w:tbl><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>{row}<w:tr><w:tc>{cell}</w:tc></w:tr>'
        f"{end}</w:tbl>"
    )
    assert tables(_render(template, rows=[["ก", "ข"], []])) == [[[["ก", "ข"]], [[""]]]]


def test_properties_are_escaped_once():
    parts = opc.read(assets.template().read_bytes())
    parts["word/document.xml"] = opc.read(paragraphs("ก"))["word/document.xml"]
    for name in ("word/header1.xml", "word/header2.xml"):
        parts[name] = f'<w:hdr xmlns:w="{structure.W}"/>'.encode()
    context = {"properties": {"title": "R&D <5"}, "agency": {"name": "ก&ข"}}
    made = opc.read(_render(opc.write(parts), **context))["docProps/core.xml"]
    assert [e.text for e in etree.fromstring(made)][:2] == ["R&D <5", "ก&ข"]


NESTED = "{{ " + "(" * 3000 + ")" * 3000 + " }}"


def test_what_no_part_prints_is_found_by_its_tag():
    context = {
        "a": "ก", "b": [{"c": "ข", "d": "ค"}], "e": {"f": "ง", "g": ""}, "h": ["จ"],
        "properties": {"t": "-"},
    }  # fmt: skip
    texts = ["{{ a }} {% if e.f %}มี{% endif %}", "{%p for x in b %}", "{{ x.c }}", "{%p endfor %}"]
    template = word.Template(paragraphs(*texts, "{% for z in h %}{{ z }}{% endfor %}"))
    assert template.unprinted(context, {}, {}) == {"b[].d": ["ค"], "e.f": ["ง"]}
    assert template.unprinted(context, {"e.f": ""}, {}) == {"b[].d": ["ค"]}
    assert template.unprinted(context, {"b[].c": "b[].d", "x": "e.f"}, {}) == {"e.f": ["ง"]}


@pytest.mark.parametrize(
    ("text", "value", "is_lost"),
    [
        ("ข้อ {{ a }}", "ข้อ", False),
        ("ข้อ", "ข้อ", False),
        ("ข้อคำถาม", "ข้อ", True),
        ("ข้อ {{ a }}", "ตัวชี้วัดที่", True),
        ("ตัวชี้วัดที่", "ตัวชี้วัดที่", True),
    ],
)
def test_a_word_that_the_template_says_itself_is_not_lost(text, value, is_lost):
    context = {"a": "๑", "rows": [{"kind": value}, {"kind": value}]}
    template = word.Template(paragraphs(text, "{{ a }}"))
    lost = template.unprinted(context, {}, {"rows[].kind": "ข้อ"})
    assert lost == ({"rows[].kind": [value] * 2} if is_lost else {})


def test_every_part_of_a_template_must_be_sound():
    for name in ("_rels/.rels", "word/_rels/document.xml.rels", "[Content_Types].xml"):
        parts = opc.read(paragraphs("ก"))
        del parts[name]
        with pytest.raises(ItaReportError) as caught:
            word.Template(opc.write(parts))
        assert [p.code for p in caught.value.problems] == ["T300"]
    parts = opc.read(paragraphs("ก"))
    parts["word/styles.xml"] = b"<w:styles>"
    with pytest.raises(ItaReportError) as caught:
        word.Template(opc.write(parts))
    assert [p.code for p in caught.value.problems] == ["T302"]


@pytest.mark.parametrize(
    "expression",
    [
        "{{ 'a' * 3000000000000 }}",
        "{{ 10 ** 5000 }}",
        r"{{ '\ud800' }}",
        NESTED,
    ],
)
def test_whatever_an_expression_does_it_is_the_templates_fault(expression):
    assert _refused(paragraphs(expression), x="ก").code in {"T301", "T304"}


def test_a_drawing_outside_the_body_is_refused():
    parts = opc.read(assets.template().read_bytes())
    parts["word/document.xml"] = opc.read(paragraphs("ก"))["word/document.xml"]
    header = f'<w:hdr xmlns:w="{structure.W}">{paragraph("{{ graph }}")}</w:hdr>'
    parts["word/header1.xml"] = header.encode()
    context = {"graph": marks.GRAPH, "properties": {"title": ""}, "agency": {"name": ""}}
    assert _refused(opc.write(parts), **context).code == "T307"


def test_drawings_take_names_and_numbers_that_are_free():
    template = document(paragraph("{{ graph }}") + paragraph("{{ graph }}"))
    first = word.Template(template).render({"graph": marks.GRAPH}, _chart)
    again = opc.read(first)
    again["word/document.xml"] = again["word/document.xml"].replace(
        b"</w:body>", paragraph("{{ graph }}").encode() + b"</w:body>"
    )
    parts = opc.read(word.Template(opc.write(again)).render({"graph": marks.GRAPH}, _chart))
    charts = sorted(name for name in parts if name.startswith("word/charts/chart"))
    assert charts == [f"word/charts/chart{n}.xml" for n in ("", "1", "2")]
    types = parts["[Content_Types].xml"].decode()
    assert all(types.count(f'PartName="/{name}"') == 1 for name in charts)
    assert types.count('Extension="xlsx"') == 1
    ids = [e.get("id") for e in etree.fromstring(parts["word/document.xml"]).iter("{*}docPr")]
    assert len(set(ids)) == len(ids) == 3


def _same_as_plain(template: bytes, **context) -> None:
    """See that plain docxtpl, with its tree structured the plain way, makes the same XML."""
    plain = trees.structured(trees.body_of(trees.plain_docxtpl(template, context)))
    assert trees.canonical(body(_render(template, **context))) == trees.canonical(plain)


def test_the_prepared_path_equals_plain_docxtpl():
    texts = [
        "{{ a }} <&>",
        "{%p for x in xs %}",
        "- {{ x }}",
        "{%p endfor %}",
        "{% if a %}ก{% elif xs %}ข{% else %}ค{% endif %}",
        "{% for x in xs %}{% if loop.first and not loop.last or x == 'ค้ำ' %}",
        "{{ loop.index }}/{{ loop.length }} {{ x or '-' }}{% endif %}{% endfor %}",
    ]
    _same_as_plain(paragraphs(*texts), a="R&D <5 'ก' \"ข\"", xs=["ก", "<b>", "ค้ำ", "]]>"])
    _same_as_plain(paragraphs(*texts), a="ก", xs=[])


def test_a_tag_inside_an_elements_tag_equals_plain_docxtpl():
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{{{{ wide }}}}" w:type="dxa"/>{more}</w:tcPr>'
        f"{paragraph('{{ ' + name + ' }}')}</w:tc>"
        for name, more in (("x.a", '<w:gridSpan w:val="{{ x.span }}"/>'), ("x.b", ""))
    )
    rows = [f"<w:tr><w:tc>{paragraph(tag)}</w:tc></w:tr>" for tag in
            ("{%tr for x in xs %}", "{%tr endfor %}")]  # fmt: skip
    inner = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    grid = '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    described = '<w:tblPr><w:tblCaption w:val="ตาราง {{ about }}"/></w:tblPr>'
    template = document(f"<w:tbl>{described}{grid}{rows[0]}{inner}{rows[1]}</w:tbl>")
    xs = [{"a": f"ก{mark}", "b": "ข" * 3000, "span": span}
          for mark, span in ((marks.MERGE_RESTART, 1), (marks.MERGE_CONTINUE, 2))]  # fmt: skip
    _same_as_plain(template, xs=xs, wide=3000, about='<ก> & "ข"')


def test_a_cell_whose_paragraphs_are_all_taken_out_equals_plain_docxtpl():
    loop = "".join(map(paragraph, ("{%p for x in xs %}", "{{ x }}", "{%p endfor %}")))
    cells = f"<w:tc><w:tcPr/>{loop}</w:tc><w:tc>{paragraph('{{ keep }}')}</w:tc>"
    template = document(f"<w:tbl><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>")
    for keep in ("", marks.KEEP_WITH_NEXT):
        _same_as_plain(template, xs=[], keep=keep)
        _same_as_plain(template, xs=["ก", "ข"], keep=keep)


def test_a_block_that_begins_in_a_paragraph_and_ends_in_a_cell_is_damage():
    cell = f"<w:tc>{paragraph('{% endif %}')}</w:tc>"
    table = f"<w:tbl><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>"
    assert _refused(document(paragraph("{% if x %}") + table), x="").code == "T302"


@pytest.mark.parametrize("character", ["\0", "\x01", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_not_is_damage(character):
    assert _refused(paragraphs("{{ x }}"), x=f"ก{character}").code == "T302"


def test_half_of_a_character_is_the_templates_fault():
    assert _refused(paragraphs("{{ x }}"), x="\ud800").code == "T304"


def test_another_prefix_than_words_own_is_understood():
    parts = opc.read(paragraphs("{%p for x in xs %}", "{{ x }}", "{%p endfor %}"))
    xml = parts["word/document.xml"].decode()
    parts["word/document.xml"] = xml.replace("w:", "n:").replace(":w=", ":n=").encode()
    assert word.text(_render(opc.write(parts), xs=["ก", "ข"])) == "ก\nข"


def test_a_template_is_prepared_once():
    data = paragraphs("{{ x }}")
    assert word.prepared(data) is word.prepared(bytes(bytearray(data)))
    assert word.prepared(data) is not word.prepared(data, "arabic")


def test_what_is_no_template_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(ItaReportError):
            word.prepared(b"hello")


def test_a_document_leaves_nothing_behind_for_the_next():
    rows = [f"<w:tr><w:tc>{paragraph(text)}</w:tc></w:tr>" for text in
            ("{%tr for r in rows %}", "{{ r }}{{ graph }}", "{%tr endfor %}")]  # fmt: skip
    template = word.Template(document(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    first = {"rows": [marks.MERGE_RESTART, marks.MERGE_CONTINUE], "graph": ""}
    second = {"rows": ["ก"], "graph": marks.GRAPH}
    fresh = [word.Template(document(f"<w:tbl>{''.join(rows)}</w:tbl>")).render(c, _chart)
             for c in (first, second, first)]  # fmt: skip
    assert [template.render(c, _chart) for c in (first, second, first)] == fresh


def _chart(_mark, into):
    graph = chart.Graph(
        "bar", "ก", (chart.Series("ข", (Decimal(1),)),), ("ค",), "ง", thai_digits=True
    )
    return into.chart(graph, (10, 5))
