"""Expected XML as readable text: one row a line, `|` between cells."""

import pytest
from lxml import etree

from itareport import marks, structure

R, C = marks.MERGE_RESTART, marks.MERGE_CONTINUE
W = f'xmlns:w="{structure.W}"'


def _body(inner: str) -> etree._Element:
    return etree.fromstring(f"<w:document {W}><w:body>{inner}</w:body></w:document>")


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
    root = _body(_table([[f"IIT{R}", "i1"], [C, "i2"], ["OIT", "o1"]]))
    structure.merge_cells(root)
    assert _merges(root) == ["rIIT|.i1", "c|.i2", ".OIT|.o1"]


def test_a_merge_stands_where_the_schema_wants_it():
    properties = (
        '<w:cnfStyle w:val="1"/><w:tcW w:w="1" w:type="dxa"/><w:gridSpan w:val="2"/>'
        '<w:vMerge w:val="continue"/><w:shd w:val="clear"/><w:vAlign w:val="center"/>'
    )
    root = _body(f"<w:tbl><w:tr>{_cell('ก' + R, properties)}</w:tr></w:tbl>")
    structure.merge_cells(root)
    names = [etree.QName(e).localname for e in root.find(f".//{structure.w('tcPr')}")]
    assert names == ["cnfStyle", "tcW", "gridSpan", "vMerge", "shd", "vAlign"]
    assert _merges(root) == ["rก"]


def test_a_cell_without_properties_can_merge():
    root = _body(f"<w:tbl><w:tr>{_cell('ก' + R, '')}</w:tr><w:tr>{_cell(C, '')}</w:tr></w:tbl>")
    structure.merge_cells(root)
    assert _merges(root) == ["rก", "c"]


def test_a_mark_outside_a_table_only_vanishes():
    root = _body(f"<w:p><w:r><w:t>ก{R}</w:t></w:r></w:p>")
    structure.merge_cells(root)
    assert "".join(map(str, root.itertext())) == "ก"


def test_a_row_that_says_so_is_kept_with_the_next():
    root = _body(_table([[f"ก{marks.KEEP_WITH_NEXT}", "ข"], ["ค", "ง"]]))
    structure.keep_rows_together(root)
    kept = [p.find(f"{structure.w('pPr')}/{structure.w('keepNext')}") is not None
            for p in root.iter(structure.w("p"))]  # fmt: skip
    assert kept == [True, True, False, False]
    assert "".join(map(str, root.itertext())) == "กขคง"


def test_keeping_stands_behind_the_style_and_only_once():
    mark = marks.KEEP_WITH_NEXT
    style = '<w:pPr><w:pStyle w:val="a"/><w:keepNext/><w:jc w:val="left"/></w:pPr>'
    plain = '<w:pPr><w:pStyle w:val="a"/><w:jc w:val="left"/></w:pPr>'
    cells = "".join(
        f"<w:tc><w:p>{p}<w:r><w:t>{mark}</w:t></w:r></w:p></w:tc>" for p in (style, plain)
    )
    root = _body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    structure.keep_rows_together(root)
    for properties in root.iter(structure.w("pPr")):
        names = [etree.QName(e).localname for e in properties]
        assert names == ["pStyle", "keepNext", "jc"]


def test_a_section_break_gets_a_paragraph_of_its_own():
    section = '<w:sectPr><w:pgSz w:orient="landscape"/></w:sectPr>'
    root = _body(
        f"<w:p><w:pPr>{section}</w:pPr><w:r><w:t>{{%p endfor %}}</w:t></w:r></w:p>{section}"
    )
    structure.free_section_breaks(root)
    first, own, last = root[0]
    assert first.find(f".//{structure.w('sectPr')}") is None
    assert own.find(f"{structure.w('pPr')}/{structure.w('sectPr')}") is not None
    assert last.tag == structure.w("sectPr")


def test_every_cell_keeps_a_paragraph():
    root = _body("<w:tbl><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>")
    structure.merge_cells(root)
    assert root.find(f".//{structure.w('tc')}/{structure.w('p')}") is not None


def test_a_drawing_takes_the_place_of_its_mark():
    root = _body(f"<w:p><w:r><w:t>{marks.GRAPH}</w:t></w:r></w:p>")
    structure.place_drawings(root, lambda _: etree.Element(structure.w("drawing")))
    assert [etree.QName(e).localname for e in root.iter()][-2:] == ["r", "drawing"]


def test_text_beside_a_drawing_stays():
    root = _body(f"<w:p><w:r><w:t>ภาพ {marks.EMBLEM}</w:t></w:r></w:p>")
    structure.place_drawings(root, lambda _: etree.Element(structure.w("drawing")))
    assert "".join(map(str, root.itertext())) == "ภาพ "
    assert root.find(f".//{structure.w('drawing')}") is not None


PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:bottom="1134"/></w:sectPr>'
)


@pytest.mark.parametrize(
    ("letters", "whole"), [(20, True), (500, True), (1500, False), (5000, False)]
)
def test_only_a_row_higher_than_a_page_may_split(letters, whole):
    keep = "<w:trPr><w:cantSplit/></w:trPr>"
    root = _body(_table([["ก" * letters]], keep, width=3500) + PAGE)
    structure.allow_long_rows_to_split(root)
    assert (root.find(f".//{structure.w('cantSplit')}") is not None) is whole


def test_thai_marks_above_and_below_take_no_width():
    keep = "<w:trPr><w:cantSplit/></w:trPr>"
    root = _body(_table([["กี้" * 500]], keep, width=3500) + PAGE)
    structure.allow_long_rows_to_split(root)
    assert root.find(f".//{structure.w('cantSplit')}") is not None


def test_page_numbers_become_western():
    root = _body('<w:sectPr><w:pgNumType w:fmt="thaiNumbers" w:start="1"/></w:sectPr>')
    structure.number_pages_western(root)
    numbering = root.find(f".//{structure.w('pgNumType')}")
    assert numbering.attrib.items() == [(structure.w("start"), "1")]
