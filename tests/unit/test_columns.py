"""Columns that a report may leave out: one table in the template, one in the document."""

import pytest

from documents import body, document, paragraph, tables
from itareport.document import context, structure, word
from itareport.files import assets
from itareport.ita import catalogue
from itareport.ita.model import Report
from reports import clean_data

YEAR = catalogue.load(2568)
ALONE = [1361, 2551, 3005, 4062, 1559, 1465]
"""How wide the columns of the plan are without the optional ones, in twips."""


def widths(made, number=-1):
    """Return the grid of a table, having seen that every cell is as wide as its column."""
    table = list(body(made).iter(structure.w("tbl")))[number]
    grid = [int(c.get(structure.w("w"))) for c in table.iter(structure.w("gridCol"))]
    for row in table.iterfind(structure.w("tr")):
        assert [int(c.get(structure.w("w"))) for c in row.iter(structure.w("tcW"))] == grid
    return grid


def planned(**columns):
    data = clean_data(YEAR)
    data["plan"][1] |= columns
    words = context.context(Report.model_validate(data), YEAR, None, with_graph=False)
    return word.Template(assets.template().read_bytes()).render(words, lambda *_: None)


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ((), ALONE),
        (("follow_up",), [1354, 2140, 2832, 3376, 1377, 1463, 1461]),
        (("budget",), [1356, 2217, 2865, 3506, 1412, 1463, 1184]),
        (("follow_up", "budget"), [1349, 1807, 2691, 2820, 1230, 1461, 1461, 1184]),
    ],
)
def test_the_plan_has_the_columns_that_it_uses_in_one_width(columns, wanted):
    made = planned(**{column: ["ทุกไตรมาส"] for column in columns})
    assert sum(wanted) == sum(ALONE)
    assert widths(made) == wanted
    heads = [text for (text,) in tables(made)[-1][0]]
    titles = {"follow_up": "การกำกับติดตาม", "budget": "งบประมาณ"}
    assert heads[6:] == [titles[column] for column in columns]
    described = list(body(made).iter(structure.w("tblDescription")))[-1].get(structure.w("val"))
    *others, last = ["ผู้รับผิดชอบ", *(titles[column] for column in columns)]
    assert described.endswith(" ".join(["ระยะเวลา", *others, f"และ{last}"]))


def cell(text, width=""):
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' if width else ""
    return f"<w:tc>{properties}{paragraph(text)}</w:tc>"


def table(*rows):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (2000, 500, 1500, 500, 1000))
    return document(f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


HEAD = [
    cell("ก", 2000), cell("{%tc if x %}", 500), cell("{{ x }}", 1500), cell("{%tc endif %}", 500),
    cell("ข", 1000),
]  # fmt: skip


@pytest.mark.parametrize(("x", "wanted"), [("ค", [2667, 1500, 1333]), ("", [3667, 1833])])
def test_a_template_without_a_row_of_widths_gives_all_columns_their_share(x, wanted):
    made = word.Template(table(row(*HEAD))).render({"x": x}, lambda *_: None)
    assert widths(made) == wanted
    assert tables(made) == [[[["ก"], *[["ค"]] * bool(x), ["ข"]]]]


def test_a_row_that_differs_from_the_head_is_not_spread():
    tags = [cell("{%tc if x %}"), cell("{{ x }}"), cell("{%tc endif %}")]
    rows = [row(*HEAD), row(*tags, cell("ง")), row(cell("จ", 5500))]
    for x in ("ค", ""):
        made = word.Template(table(*rows)).render({"x": x}, lambda *_: None)
        assert tables(made)[0][1:] == [[*[["ค"]] * bool(x), ["ง"]], [["จ"]]]


def test_a_table_whose_cells_have_no_width_is_left_as_docxtpl_makes_it():
    bare = row(cell("ก"), cell("{%tc if x %}"), cell("{{ x }}"), cell("{%tc endif %}"))
    made = word.Template(table(bare)).render({"x": ""}, lambda *_: None)
    assert tables(made) == [[[["ก"]]]]


def test_names_of_indicators_have_more_room_than_codes_of_questions():
    data = clean_data(YEAR)
    data |= {"scores": [], "remarks": [], "result": data["result"] | {"published": "ตัวชี้วัด"}}
    known = [Report.model_validate(one) for one in (clean_data(YEAR), data)]
    words = [context.context(report, YEAR, None, with_graph=False) for report in known]
    made = [word.Template(assets.template().read_bytes()).render(w, lambda *_: None) for w in words]
    by_question, by_indicator = (widths(one, 1) for one in made)
    assert by_question == [600, 1276, 1040, 765, 805, 4585]
    assert by_indicator == [600, 1276, 1040, 1700, 805, 3650]
