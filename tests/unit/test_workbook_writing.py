import functools
import re
from decimal import Decimal

import pytest

import packages
from itareport.check.arithmetic import decimals
from itareport.ita import catalogue
from itareport.ita.described import COLUMNS
from itareport.problems import ItaReportError
from itareport.reading import workbook
from itareport.reading.workbook import layout
from itareport.reading.workbook.writer.row_heights import height
from itareport.reading.workbook.writer.starting import data, parted
from itareport.xlsx.escapes import escaped, plain
from reports import KINDS, clean_data, row_of
from workbooks import book_of

YEARS = catalogue.known_years()
YEAR = catalogue.load(2568)


opened = book_of


@functools.cache
def new(year=2568):
    return workbook.new(catalogue.load(year), KINDS)


def values_of(sheet):
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}


@pytest.mark.parametrize("year", YEARS)
def test_a_new_workbook_has_its_sheets_its_year_and_a_row_for_each_code(year):
    book = opened(workbook.new(catalogue.load(year), KINDS, "เทศบาลตำบลควนเสาธง"))
    assert book.sheetnames == [*layout.SHEETS, layout.LISTS]
    assert book[layout.LISTS].sheet_state == "hidden"
    assert book.custom_doc_props[layout.YEAR_PROPERTY].value == year
    codes = [row[0].value for row in book[layout.SCORES].iter_rows(5, min_col=3, max_col=3)]
    assert codes == list(catalogue.load(year).codes)
    place = book.defined_names["fiscal_year"].attr_text
    assert place == "'ข้อมูลหน่วยงาน'!$B$5"
    assert book[layout.AGENCY]["B5"].value == year


@pytest.mark.parametrize("year", YEARS)
def test_headers_stay_in_sight_on_screen_and_on_every_page(year):
    book = opened(new(year))
    for name in layout.SHEETS:
        assert book[name].freeze_panes[1:] == "5"
        assert book[name].print_title_rows == "$4:$4"


@pytest.mark.parametrize("year", YEARS)
def test_a_row_of_the_plan_shows_the_whole_name_of_its_issue(year):
    sheet = opened(new(year))[layout.PLAN]
    for row, issue in enumerate(catalogue.load(year).issues.rows, 5):
        assert sheet.cell(row, 1).value == issue.no
        wide = sheet.column_dimensions["B"].width
        assert sheet.row_dimensions[row].height >= height(issue.name, wide) > 22


def test_every_column_that_a_row_of_the_plan_needs_is_coloured_while_it_is_empty():
    sheet = opened(new())[layout.PLAN]
    needed = {column.title for column in COLUMNS if column.is_needed}
    wanted = {c.column_letter for c in sheet[4] if str(c.value).rstrip("* ") in needed}
    rules = [rule for each in sheet.conditional_formatting for rule in each.rules]
    blank = re.compile(r'AND\(\$A5<>"",ISBLANK\(([A-Z])5\)\)')
    coloured = {m[1] for rule in rules if (m := blank.fullmatch(rule.formula[0]))}
    assert len(needed) == len(wanted) > 0
    assert coloured == wanted


def test_the_place_to_paste_is_printed_though_it_is_empty():
    sheet = opened(new())["วางคะแนน"]
    assert sheet.print_area == "'วางคะแนน'!$A$1:$F$64"
    assert len(YEAR.codes) <= 60
    assert sheet["D64"].border.left.style == "thin"


def test_the_same_data_gives_the_same_bytes():
    tree = clean_data(YEAR)
    first, second = workbook.write(tree, YEAR, KINDS), workbook.write(tree, YEAR, KINDS)
    assert first == second
    assert {time for _, time in packages.order_and_times(first)} == {(1980, 1, 1, 0, 0, 0)}


def test_only_cells_to_fill_are_unlocked_and_no_password_is_asked():
    book = opened(new())
    for name in layout.SHEETS:
        sheet = book[name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.formatColumns
    free = {
        c.column_letter
        for row in book[layout.SCORES].iter_rows(5)
        for c in row
        if not c.protection.locked
    }
    assert free == set("EFGHIJKLMN")
    assert all(c.protection.locked for c in book[layout.SCORES][4])
    assert book[layout.AGENCY]["B5"].protection.locked
    assert not book[layout.AGENCY]["B7"].protection.locked


@pytest.mark.parametrize(
    "start", ["=1+1", "+66 2 123", "-", "@home", "=", "#N/A", "1/10/68", "TRUE"]
)
def test_no_text_of_the_data_becomes_a_formula(start):
    tree = clean_data(YEAR, {"i1": "80.00"})
    tree["remarks"][0]["text"] = tree["agency"]["website"] = start
    tree["plan"][0]["measures"] = [start, "ข"]
    tree["signatures"][0]["position"] = [start]
    book = opened(workbook.write(tree, YEAR, KINDS))
    found = [
        c for s in book for row in s.iter_rows() for c in row if str(c.value).startswith(start)
    ]
    assert len(found) >= 4
    assert {cell.data_type for cell in found} <= {"s", "f"}
    ours = [c for c in found if not c.protection.locked]
    assert {cell.data_type for cell in ours} == {"s"}
    assert len(ours) == 4
    assert all(cell.quotePrefix == (start[0] in "=+-@") for cell in ours)


def test_formulas_stand_only_where_we_put_them():
    book = opened(workbook.write(clean_data(YEAR), YEAR, KINDS))
    formulas = {
        (s.title, c.column_letter) for s in book for row in s for c in row if c.data_type == "f"
    }
    assert formulas == {
        (layout.RESULT, "B"),
        (layout.SCORES, "A"),
        (layout.PLAN, "B"),
        (layout.LISTS, "W"),
        (layout.LISTS, "Y"),
    }
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert "INDIRECT" not in cell.value
                    assert "OFFSET" not in cell.value


def test_a_reason_counts_as_filled_and_a_rounding_is_no_difference():
    book = opened(workbook.write(clean_data(YEAR), YEAR, KINDS))
    assert re.findall(r'\((\w):\1<>""\)', re.sub(r"\d", "", book[layout.SCORES]["A3"].value)) == [
        *"EFGH"
    ]
    rules = [
        rule.formula[0]
        for area in book[layout.RESULT].conditional_formatting
        for rule in area.rules
        if "ABS(" in rule.formula[0]
    ]
    (most,) = re.findall(r"ABS\(B\d+\)>([0-9.]+)", *rules)
    assert decimals.ITEM_TOLERANCE < Decimal(most) < 2 * decimals.ITEM_TOLERANCE


def test_three_states_of_a_remark_have_three_cells():
    tree = clean_data(YEAR, {"i1": "80.00", "i2": "80.00", "i3": "80.00"})
    tree["remarks"] = [{"code": "i1", "text": ""}, {"code": "i2", "text": "ก\nข"}]
    sheet = opened(workbook.write(tree, YEAR, KINDS))[layout.SCORES]
    assert [sheet[f"J{row}"].value for row in (5, 6, 7)] == [layout.EMPTY, "ก\nข", None]


def test_drafts_are_marked_in_their_rows():
    tree = clean_data(YEAR, {"i1": "80.00"})
    tree["remarks"][0]["draft"] = tree["plan"][1]["draft"] = True
    tree["plan"][0]["draft"] = "false"
    book = opened(workbook.write(tree, YEAR, KINDS))
    assert [book[layout.SCORES][f"K{row}"].value for row in (5, 6)] == [layout.DRAFT, None]
    assert [book[layout.PLAN][f"J{row}"].value for row in (5, 6)] == [None, layout.DRAFT]


def test_lists_come_back_as_lines_and_one_who_is_not_known_is_told_of():
    units = {"units": ["กองคลัง", "กองช่าง"]}
    tree = clean_data(YEAR, signatures=[{}], issues=[{"no": 5, "items": ["i4", "o14"]}])
    tree["agency"] |= units
    book = opened(workbook.write(tree, YEAR, KINDS))
    cells = {row[0].value: row[1].value for row in book[layout.AGENCY].iter_rows(5)}
    assert cells["ส่วนราชการภายใน"] == "กองคลัง\nกองช่าง"
    assert cells["ข้อในประเด็นที่ 5"] == "i4, o14"
    assert book[layout.SIGNATURES]["C5"].value == layout.EMPTY
    assert book[layout.SIGNATURES]["C6"].value is None
    assert [book[layout.LISTS][f"C{row}"].value for row in (2, 3)] == units["units"]


def test_a_code_of_no_year_and_a_second_row_of_a_code_are_kept():
    tree = clean_data(YEAR)
    tree["scores"] += [{"code": "o99", "score": "50.00"}, {"code": "i1", "score": "10.00"}]
    sheet = opened(workbook.write(tree, YEAR, KINDS))[layout.SCORES]
    last = 4 + len(YEAR.codes)
    assert [sheet[f"C{last + n}"].value for n in (1, 2)] == ["o99", "i1"]
    assert [sheet[f"E{last + n}"].value for n in (1, 2)] == [50, 10]
    assert sheet[f"D{last + 1}"].value is None


def test_what_is_no_score_is_kept_as_typed_and_numbers_are_numbers():
    tree = clean_data(YEAR)
    row_of(tree, "i1")["score"] = "98,33"
    row_of(tree, "i2")["score"] = "๙๘.๓๓"
    sheet = opened(workbook.write(tree, YEAR, KINDS))[layout.SCORES]
    assert (sheet["E5"].value, sheet["E5"].data_type) == ("98,33", "s")
    assert (sheet["E6"].value, sheet["E6"].data_type) == (98.33, "n")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agency__website": "ก" * 32_768}, "D400"),
        ({"result__indicators": [{"no": "1", "score": "1"}, {"no": "๑", "score": "2"}]}, "D401"),
    ],
)
def test_what_no_cell_can_hold_is_told(change, code):
    with pytest.raises(ItaReportError) as told:
        workbook.write(clean_data(YEAR, **change), YEAR, KINDS)
    assert [p.code for p in told.value.problems] == [code]


def test_scores_are_validated_and_lists_are_plain_ranges():
    book = opened(new())
    rules = [v for name in layout.SHEETS for v in book[name].data_validations.dataValidation]
    lists = [v.formula1 for v in rules if v.type == "list"]
    assert all(formula.startswith(f"{layout.LISTS}!$") for formula in lists)
    scores = [v for v in rules if v.type == "custom"]
    assert any("E5:E56" in str(v.sqref) for v in scores)
    assert all("ROUND" in v.formula1 for v in scores)


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("เทศบาลตำบลควนเสาธง", "เทศบาลตำบล", "ควนเสาธง"),
        ("ทต. ควนเสาธง", "เทศบาลตำบล", "ควนเสาธง"),
        ("องค์การบริหารส่วนจังหวัดพัทลุง", "องค์การบริหารส่วนจังหวัด", "พัทลุง"),
        ("เมืองพัทยา", "เมืองพัทยา", ""),
        ("วิทยาลัยการอาชีพ", "หน่วยงานอื่น", "วิทยาลัยการอาชีพ"),
    ],
)
def test_kind_and_name_are_parted(typed, kind, name):
    assert parted(typed, KINDS) == (kind, name)


@pytest.mark.parametrize(
    ("typed", "province", "area"),
    [
        ("เทศบาลตำบลควนเสาธง", "", ("", "")),
        ("เทศบาลตำบลแม่ขรี", "", ("ตะโหมด", "พัทลุง")),
        ("อบต.บ้านใหม่", "", ("", "")),
        ("อบจ.พัทลุง", "", ("", "พัทลุง")),
        ("เมืองพัทยา", "", ("บางละมุง", "ชลบุรี")),
        ("เทศบาลตำบลควนเสาธง", "จ.พัทลุง", ("", "พัทลุง")),
        ("วิทยาลัยการอาชีพ", "", ("", "")),
    ],
)
def test_the_area_is_proposed_where_one_subdistrict_has_the_name(typed, province, area):
    agency = data(YEAR, KINDS, typed, province)["agency"]
    assert (agency.get("district", ""), agency.get("province", "")) == area


def test_those_who_sign_are_proposed_with_their_titles():
    people = data(YEAR, KINDS, "อบต.แม่ขรี")["signatures"]
    assert [person.get("position") for person in people] == [
        None,
        ["ปลัดองค์การบริหารส่วนตำบลแม่ขรี"],
        ["นายกองค์การบริหารส่วนตำบลแม่ขรี"],
    ]


@pytest.mark.parametrize("text", ["_x0041_", "_x005F_", "_x000D_", "a_b_x12", "_x00zz_", "ก"])
def test_letters_that_look_like_codes_stay(text):
    assert plain(escaped(text)) == text
    assert not escaped(text).startswith("_x0041_")
