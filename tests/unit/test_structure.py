"""Expected XML as readable text: one row a line, `|` between cells."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import trees
from itareport.document import marks, structure

R, C, K = marks.MERGE_RESTART, marks.MERGE_CONTINUE, marks.KEEP_WITH_NEXT
W = f'xmlns:w="{structure.W}"'


def _document(inner: str) -> str:
    return f"<w:document {W}><w:body>{inner}</w:body></w:document>"


def _tree(inner: str) -> etree._Element:
    return etree.fromstring(_document(inner))


def _pieces(xml: str) -> list[str]:
    """Part a document as Jinja does: what stands between tags is a piece of its own."""
    return [piece for piece in re.split(r"((?<=>)[^<>]+(?=<))", xml) if piece]


def _outlined(inner: str) -> tuple[structure.Writer, str]:
    """Return a writer for a document, and the document with the instructions of its outline."""
    tree = _tree(inner)
    writer = structure.Writer(structure.Outline(tree))
    return writer, etree.tostring(tree, encoding="unicode")


def _writer(inner: str) -> structure.Writer:
    """Return a writer that has written a document."""
    writer, xml = _outlined(inner)
    writer.write(_pieces(xml))
    return writer


def _written(inner: str) -> etree._Element:
    """Return the body's tree after `Writer`, and see that the plain way gives the same."""
    made = etree.fromstring(_writer(inner).text())
    assert trees.canonical(made) == trees.canonical(trees.structured(_tree(inner)))
    return made


def _cell(text: str, properties: str = '<w:tcW w:w="1000" w:type="dxa"/>') -> str:
    props = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{props}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def _table(rows: list[list[str]], row_properties: str = "", width: int = 1000) -> str:
    grid = f'<w:tblGrid>{f"""<w:gridCol w:w="{width}"/>""" * len(rows[0])}</w:tblGrid>'
    body = "".join(f"<w:tr>{row_properties}{''.join(map(_cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl>{grid}{body}</w:tbl>"


def _merges(root: etree._Element) -> list[str]:
    """Draw each row: r a merge that starts, c one that goes on, . none, and the text."""
    drawn = []
    for row in root.iter(structure.w("tr")):
        cells = []
        for cell in row.iter(structure.w("tc")):
            merge = cell.find(f"{structure.w('tcPr')}/{structure.w('vMerge')}")
            sign = "." if merge is None else merge.get(structure.w("val"))[0]
            cells.append(sign + "".join(map(str, cell.itertext())))
        drawn.append("|".join(cells))
    return drawn


def test_marks_become_merges_on_their_own_column():
    root = _written(_table([[f"IIT{R}", "i1"], [C, "i2"], ["OIT", "o1"]]))
    assert _merges(root) == ["rIIT|.i1", "c|.i2", ".OIT|.o1"]


def test_a_merge_stands_where_the_schema_wants_it():
    properties = (
        '<w:cnfStyle w:val="1"/><w:tcW w:w="1" w:type="dxa"/><w:gridSpan w:val="2"/>'
        '<w:vMerge w:val="continue"/><w:shd w:val="clear"/><w:vAlign w:val="center"/>'
    )
    root = _written(f"<w:tbl><w:tr>{_cell('ก' + R, properties)}</w:tr></w:tbl>")
    names = [etree.QName(e).localname for e in root.find(f".//{structure.w('tcPr')}")]
    assert names == ["cnfStyle", "tcW", "gridSpan", "vMerge", "shd", "vAlign"]
    assert _merges(root) == ["rก"]


def test_a_cell_without_properties_can_merge():
    root = _written(f"<w:tbl><w:tr>{_cell('ก' + R, '')}</w:tr><w:tr>{_cell(C, '')}</w:tr></w:tbl>")
    assert _merges(root) == ["rก", "c"]


def test_a_mark_outside_a_table_only_vanishes():
    root = _written(f"<w:p><w:r><w:t>ก{R}</w:t></w:r></w:p>")
    assert "".join(map(str, root.itertext())) == "ก"


def test_a_row_that_says_so_is_kept_with_the_next():
    root = _written(_table([[f"ก{marks.KEEP_WITH_NEXT}", "ข"], ["ค", "ง"]]))
    kept = [p.find(f"{structure.w('pPr')}/{structure.w('keepNext')}") is not None
            for p in root.iter(structure.w("p"))]  # fmt: skip
    assert kept == [True, True, False, False]
    assert "".join(map(str, root.itertext())) == "กขคง"


def _kept(rows: list[list[str]], width: int = 1000) -> list[bool]:
    root = _written(_table(rows, width=width))
    firsts = [next(row.iter(structure.w("p"))) for row in root.iter(structure.w("tr"))]
    return [p.find(f"{structure.w('pPr')}/{structure.w('keepNext')}") is not None for p in firsts]


@pytest.mark.parametrize(
    ("letters", "beside", "kept"),
    [
        (6, 1, [False, False, False, False]),
        (12, 1, [True, False, False, False]),
        (18, 1, [True, True, False, False]),
        (24, 1, [True, False, True, False]),  # two lines on either side are enough
        (60, 1, [True, False, False, False]),
        (18, 27, [False, False, False, False]),
    ],
)
def test_rows_over_which_a_text_is_merged_stay_together_while_a_page_end_would_tear_it(
    letters, beside, kept
):
    """Less than two lines of it on a side are torn off; the row below the last is another's."""
    rows = [[R + "ก" * letters, "ข" * beside], *([C, "ข"] for _ in range(2)), [C, "ข"]]
    assert _kept(rows) == kept
    assert _kept([*rows, ["ค", "ข"]]) == [*kept, False]


def test_a_merged_text_is_as_long_as_its_letters_are_wide():
    rest = [[C, "ข"], ["ค", "ข"]]
    assert _kept([[R + "ก" * 8, "ข"], *rest])[0]
    assert not _kept([[R + "ง" * 8, "ข"], *rest])[0]
    assert not _kept([[R + "กี่" * 6, "ข"], *rest])[0], "marks take no room"


def test_a_text_that_fills_its_line_has_but_one():
    """A score of a hundred does: a row that it was given two for held too much of another text."""
    rows = [[R + "ก" * 8, "๑๐๐.๐๐"], [C, "๑๐๐.๐๐"], ["ค", "ข"]]
    assert _kept(rows, width=805)[0]


def test_a_line_break_begins_a_line_and_takes_no_room():
    halves = "๑๐๐.๐๐</w:t><w:br/><w:t>๑๐๐.๐๐"
    rest = [[C, "ข"], ["ค", "ข"]]
    assert _kept([[R + "ก" * 14, halves], *rest], width=805)[0]
    assert not _kept([[R + "ก" * 8, "๑</w:t><w:br/><w:t>๒"], *rest], width=805)[0]


def test_a_text_that_begins_below_another_is_counted_anew():
    rows = [[R + "ก" * 12, "ข"], [C, "ข"], [R + "ก" * 12, "ข"], [C, "ข"]]
    assert _kept(rows) == [True, False, True, False]


def test_keeping_stands_behind_the_style_and_only_once():
    mark = marks.KEEP_WITH_NEXT
    style = '<w:pPr><w:pStyle w:val="a"/><w:keepNext/><w:jc w:val="left"/></w:pPr>'
    plain = '<w:pPr><w:pStyle w:val="a"/><w:jc w:val="left"/></w:pPr>'
    cells = "".join(
        f"<w:tc><w:p>{p}<w:r><w:t>{mark}</w:t></w:r></w:p></w:tc>" for p in (style, plain)
    )
    root = _written(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    for properties in root.iter(structure.w("pPr")):
        names = [etree.QName(e).localname for e in properties]
        assert names == ["pStyle", "keepNext", "jc"]


def test_a_section_break_gets_a_paragraph_of_its_own():
    section = '<w:sectPr><w:pgSz w:orient="landscape"/></w:sectPr>'
    root = _tree(
        f"<w:p><w:pPr>{section}</w:pPr><w:r><w:t>{{%p endfor %}}</w:t></w:r></w:p>{section}"
    )
    structure.free_section_breaks(root)
    first, own, last = root[0]
    assert first.find(f".//{structure.w('sectPr')}") is None
    assert own.find(f"{structure.w('pPr')}/{structure.w('sectPr')}") is not None
    assert last.tag == structure.w("sectPr")


def test_every_cell_keeps_a_paragraph():
    root = _written("<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>")
    assert root.find(f".//{structure.w('tc')}/{structure.w('p')}") is not None


DRAWING = f'<w:drawing {W} xmlns:x="urn:x"><x:inline/></w:drawing>'


def _drawn(inner: str, make=lambda _mark: DRAWING) -> etree._Element:
    """Return the tree with drawings, and see that the plain way gives the same."""
    writer = _writer(inner)
    assert writer.has_drawing_mark
    made = etree.fromstring(structure.place_drawings(writer.text(), make))

    def element(mark: str) -> etree._Element | None:
        return etree.fromstring(drawn) if (drawn := make(mark)) else None

    assert trees.canonical(made) == trees.canonical(trees.structured(_tree(inner), element))
    return made


def test_a_drawing_takes_the_place_of_its_mark():
    root = _drawn(f"<w:p><w:r><w:t>{marks.GRAPH}</w:t></w:r></w:p>")
    assert [etree.QName(e).localname for e in root.iter()][-3:] == ["r", "drawing", "inline"]


def test_text_beside_a_drawing_stays():
    root = _drawn(f'<w:p><w:r><w:t xml:space="preserve">ภาพ {marks.EMBLEM}</w:t></w:r></w:p>')
    assert "".join(map(str, root.itertext())) == "ภาพ "
    assert root.find(f".//{structure.w('drawing')}") is not None


def test_where_nothing_is_drawn_the_mark_goes():
    inner = f"<w:p><w:r><w:t>ก{marks.GRAPH}</w:t></w:r><w:r><w:t>{marks.EMBLEM}</w:t></w:r></w:p>"
    root = _drawn(inner, lambda _mark: None)
    assert "".join(map(str, root.itertext())) == "ก"
    assert root.find(f".//{structure.w('drawing')}") is None


def test_every_mark_gets_a_drawing_the_emblems_first():
    order: list[str] = []

    def make(mark: str) -> str:
        order.append(mark)
        return DRAWING

    inner = f"<w:p><w:r><w:t>{marks.GRAPH}</w:t></w:r><w:r><w:t>{marks.EMBLEM}</w:t></w:r></w:p>"
    made = structure.place_drawings(_writer(inner * 2).text(), make)
    assert order == [marks.EMBLEM] * 2 + [marks.GRAPH] * 2
    assert made.count("<w:drawing") == 4


def test_a_name_space_of_the_document_is_not_said_again():
    writer = _writer(f"<w:p><w:r><w:t>{marks.GRAPH}</w:t></w:r></w:p>")
    made = structure.place_drawings(writer.text(), lambda _mark: DRAWING)
    assert made.count(f'xmlns:w="{structure.W}"') == 1
    assert made.count('xmlns:x="urn:x"') == 1


def test_a_drawing_mark_outside_a_text_only_vanishes():
    xml = _document(f'<w:p w:rsidR="{marks.GRAPH}"/>')
    assert structure.place_drawings(xml, lambda _mark: DRAWING) == _document('<w:p w:rsidR=""/>')


PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:bottom="1134"/></w:sectPr>'
)


@pytest.mark.parametrize(
    ("letters", "whole"), [(20, True), (1035, True), (1036, False), (5000, False)]
)
def test_only_a_row_higher_than_a_page_may_split(letters, whole):
    keep = "<w:trPr><w:cantSplit/></w:trPr>"
    root = _written(_table([["ก" * letters]], keep, width=3500) + PAGE)
    assert (root.find(f".//{structure.w('cantSplit')}") is not None) is whole


@pytest.mark.parametrize(("lines", "whole"), [(40, True), (41, False)])
def test_a_page_holds_forty_lines(lines, whole):
    """Of 14,287 twips, each line of TH Sarabun New at 14 pt takes 350."""
    cell = f"<w:tc>{'<w:p><w:r><w:t>ก</w:t></w:r></w:p>' * lines}</w:tc>"
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"
    grid = '<w:tblGrid><w:gridCol w:w="3500"/></w:tblGrid>'
    root = _written(f"<w:tbl>{grid}{row}</w:tbl>{PAGE}")
    assert (root.find(f".//{structure.w('cantSplit')}") is not None) is whole


def test_thai_marks_above_and_below_take_no_width():
    keep = "<w:trPr><w:cantSplit/></w:trPr>"
    root = _written(_table([["กี้" * 500]], keep, width=3500) + PAGE)
    assert root.find(f".//{structure.w('cantSplit')}") is not None


def test_a_rows_header_takes_its_place_on_the_page():
    keep = "<w:trPr><w:cantSplit/></w:trPr>"
    header = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{_cell('ก' * 800)}</w:tr>"
    row = f"<w:tr>{keep}{_cell('ก' * 800)}</w:tr>"
    grid = '<w:tblGrid><w:gridCol w:w="3500"/></w:tblGrid>'
    alone, below = (_written(f"<w:tbl>{grid}{rows}</w:tbl>{PAGE}") for rows in (row, header + row))
    split = [root.find(f".//{structure.w('cantSplit')}") is None for root in (alone, below)]
    assert split == [False, True]


def test_a_cell_over_two_columns_has_the_width_of_both():
    cell = _cell("ก" * 1500, '<w:tcW w:w="1" w:type="dxa"/><w:gridSpan w:val="2"/>')
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"
    grid = '<w:tblGrid><w:gridCol w:w="3500"/><w:gridCol w:w="3500"/></w:tblGrid>'
    root = _written(f"<w:tbl>{grid}{row}</w:tbl>{PAGE}")
    assert root.find(f".//{structure.w('cantSplit')}") is not None


def test_another_prefix_of_words_names_becomes_the_usual_one():
    text = "{%p if x %}"
    root = etree.fromstring(
        f'<n:document xmlns:n="{structure.W}" xmlns:x="urn:x" x:a="1" n:b="2"><n:body>'
        f"<n:p><n:r><n:t>{text}</n:t></n:r></n:p><x:y/></n:body></n:document>"
    )
    before = etree.tostring(root, method="c14n2")
    renamed = structure.with_common_prefix(root)
    assert {e.prefix for e in renamed.iter(f"{{{structure.W}}}*")} == {"w"}
    again = etree.tostring(renamed, method="c14n2").decode()
    assert again.replace("w:", "n:").replace(":w=", ":n=").encode() == before


def test_page_numbers_become_western():
    root = _tree('<w:sectPr><w:pgNumType w:fmt="thaiNumbers" w:start="1"/></w:sectPr>')
    structure.number_pages_western(root)
    numbering = root.find(f".//{structure.w('pgNumType')}")
    assert numbering.attrib.items() == [(structure.w("start"), "1")]


MARKS = st.sampled_from(["", "", R, C, K, C + K])
TEXTS = st.sampled_from(["", "ก", "&amp;&lt;", "กี้" * 30, "ก" * 700])
CELL_PROPERTIES = st.sampled_from([
    "", "<w:tcPr/>", '<w:tcPr><w:tcW w:w="9" w:type="dxa"/></w:tcPr>',
    '<w:tcPr><w:tcW w:w="9"/><w:gridSpan w:val="2"/><w:vMerge/><w:vAlign w:val="top"/></w:tcPr>',
    '<w:tcPr><w:shd w:val="clear"/></w:tcPr>',
])  # fmt: skip
PARAGRAPH_PROPERTIES = st.sampled_from([
    "", "<w:pPr/>", '<w:pPr><w:pStyle w:val="a"/><w:jc w:val="left"/></w:pPr>',
    '<w:pPr><w:pStyle w:val="a"/><w:keepNext/></w:pPr>', '<w:pPr><w:jc w:val="left"/></w:pPr>',
])  # fmt: skip
ROW_PROPERTIES = st.sampled_from([
    "", "<w:trPr/>", "<w:trPr><w:cantSplit/></w:trPr>",
    "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", "<w:trPr><w:tblHeader/></w:trPr>",
])  # fmt: skip


@st.composite
def _paragraphs(draw):
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(["<w:p/>", '<w:p w:rsidR="0"/>', "<w:p></w:p>"]))
    texts = draw(st.lists(TEXTS | MARKS, max_size=3))
    runs = "".join(f'<w:r><w:t xml:space="preserve">{t}</w:t><w:tab/></w:r>' for t in texts)
    return f"<w:p>{draw(PARAGRAPH_PROPERTIES)}{runs}</w:p>"


@st.composite
def _tables(draw, depth=0):
    columns = draw(st.integers(1, 3))
    grid = "".join(
        f'<w:gridCol w:w="{draw(st.sampled_from([300, 3000]))}"/>' for _ in range(columns)
    )
    inner = _paragraphs() if depth else _paragraphs() | _tables(depth=1)
    rows = [
        f"<w:tr>{draw(ROW_PROPERTIES)}"
        + "".join(
            f"<w:tc>{draw(CELL_PROPERTIES)}{''.join(draw(st.lists(inner, max_size=2)))}</w:tc>"
            for _ in range(columns)
        )
        + "</w:tr>"
        for _ in range(draw(st.integers(1, 4)))
    ]
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


BODIES = st.lists(_tables() | _paragraphs() | st.just(PAGE), max_size=4).map("".join)


@given(BODIES)
def test_any_document_is_written_as_its_tree_would_be(inner):
    _written(inner + PAGE)


@given(BODIES, st.lists(st.floats(0, 1, exclude_max=True), max_size=20))
def test_it_does_not_matter_where_the_pieces_part(inner, places):
    """Only what stands between an instruction and its tag is never parted: no tag of Jinja."""
    (whole, xml), (parted, _) = _outlined(inner + PAGE), _outlined(inner + PAGE)
    atoms = re.findall(r"<\?.*?\?>(?:<w:t\b)?|.", xml)
    cuts = sorted({0, len(atoms), *(int(place * len(atoms)) for place in places)})
    whole.write([xml])
    parted.write(["".join(atoms[a:b]) for a, b in pairwise(cuts)])
    assert parted.text() == whole.text()
