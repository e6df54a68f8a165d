"""What is dropped on a report that is there: taken or left field by field, from a unit too."""

from __future__ import annotations

import io
import json
import shutil

import pytest

from itareport import plain
from itareport.actions import convert, prepare
from itareport.problems import ItaReportError
from itareport.reading import workbook
from itareport.web import downloads
from itareport.web.store import Add, Changed, Folder, Intake, NotFound, Remove, Set, dropped
from itareport.web.store.differences import sides, taken
from itareport.web.store.edits import applied
from itareport.web.store.report_list import key_of
from workbooks import book_of

TOTAL = ("result", "total")


@pytest.fixture
def folder(tmp_path, example):
    made = tmp_path / "รายงาน"
    made.mkdir()
    shutil.copy(example, made / "ก.yaml")
    return Folder(made, prepare.Options())


@pytest.fixture
def intake(folder):
    return Intake(folder)


@pytest.fixture
def desk(folder):
    return folder.open(key_of("ก.yaml"))


@pytest.fixture(scope="module")
def book(tmp_path_factory, example):
    file = tmp_path_factory.mktemp("book") / "แบบ.xlsx"
    convert.convert(example, file)
    return file.read_bytes()


def change(desk, *edits):
    assert isinstance(desk.change(edits, desk.version, "a"), Changed)


def files(folder):
    return {one.name for one in folder.path.iterdir() if one.is_file()}


# -- a workbook that is dropped again ----------------------------------------------------------


@pytest.mark.parametrize("name", ["ก.xlsx", "แบบกรอก ITA 2568 ทต.ควนเสาธง.xlsx"])
def test_each_difference_is_taken_or_left_by_itself(folder, desk, book, name, intake):
    first = desk.data["remarks"][0]["text"]
    change(desk, Set(TOTAL, "94.91"), Set(("remarks", 0, "text"), "เปลี่ยน"), Remove(("plan", 0)))
    told = intake.take_in(name, book)
    assert told.key == desk.key
    found = {side.edit.path: side for side in told.sides}
    assert set(found) == {TOTAL, ("remarks", 0, "text"), ("plan",)}
    assert (found[TOTAL].here, found[TOTAL].there) == ("94.91", "94.90")
    chosen = {found[TOTAL].key, found[("plan",)].key}
    assert "รับ 2 ช่อง" in intake.choose(told.waiting, chosen).said
    assert desk.data["result"]["total"] == "94.90"
    assert desk.data["remarks"][0]["text"] == "เปลี่ยน"
    (left,) = intake.take_in(name, book).sides
    assert (left.edit.path, left.there) == (("remarks", 0, "text"), first)
    assert files(folder) == {"ก.yaml"}
    with pytest.raises(NotFound):
        intake.choose(told.waiting, chosen)


def test_comments_stay_where_one_difference_is_taken(desk, book, intake):
    before = desk.path.read_text(encoding="utf-8")
    change(desk, Set(TOTAL, "94.91"))
    told = intake.take_in("ก.xlsx", book)
    intake.choose(told.waiting, {side.key for side in told.sides})
    assert desk.path.read_text(encoding="utf-8") == before
    desk.undo()
    assert desk.data["result"]["total"] == "94.91"


def test_a_workbook_that_says_the_same_is_told_and_not_kept(folder, desk, book, intake):
    told = intake.take_in("อื่น.xlsx", book)
    assert (told.key, told.waiting, told.sides) == (desk.key, "", ())
    assert "ตรงกับ ก.yaml ทุกช่อง" in told.said
    assert files(folder) == {"ก.yaml"}


def test_a_dropped_file_is_put_apart_or_left(folder, desk, book, intake):
    change(desk, Set(TOTAL, "94.91"))
    told = intake.take_in("ก.xlsx", book)
    assert intake.leave(told.waiting).key == desk.key
    assert files(folder) == {"ก.yaml"}
    told = intake.take_in("ก.xlsx", book)
    apart = intake.put_apart(told.waiting)
    assert files(folder) == {"ก.yaml", "ก.xlsx", "ก (รับใหม่).yaml"}
    assert folder.open(apart.key).data["result"]["total"] == "94.9"
    assert desk.data["result"]["total"] == "94.91"


def test_another_agency_of_that_file_name_is_another_report(folder, desk, example, intake):
    data = example.read_bytes().replace("ควนเสาธง".encode(), "อื่น".encode())
    told = intake.take_in("ก.yaml", data)
    assert told.key not in ("", desk.key)
    assert files(folder) == {"ก.yaml", "ก (รับใหม่).yaml"}


def test_of_too_many_that_wait_the_oldest_are_forgotten(monkeypatch):
    monkeypatch.setattr(dropped, "_MOST_BYTES", 7)
    waiting = dropped.Waiting()
    names = [waiting.put(dropped.Dropped("ก.yaml", b"123", "ก")) for _ in range(3)]
    assert [waiting.get(name) is not None for name in names] == [False, True, True]


def test_a_report_that_changes_meanwhile_is_chosen_for_anew(desk, book, intake):
    change(desk, Set(TOTAL, "94.91"))
    told = intake.take_in("ก.xlsx", book)
    change(desk, Set(TOTAL, "94.92"))
    again = intake.choose(told.waiting, {side.key for side in told.sides})
    assert "โปรดเลือกใหม่" in again.said
    assert [side.here for side in again.sides] == ["94.92"]
    assert desk.data["result"]["total"] == "94.92"
    intake.choose(again.waiting, {side.key for side in again.sides})
    assert desk.data["result"]["total"] == "94.90"


def test_what_is_wrong_in_a_dropped_workbook_is_told_beside_its_differences(desk, book, intake):
    opened = book_of(book)
    sheet = opened["ผลภาพรวม"]
    (cell,) = [c for row in sheet.iter_rows() for c in row if str(c.value) in ("94.9", "94.90")]
    cell.value = "194.90"
    buffer = io.BytesIO()
    opened.save(buffer)
    told = intake.take_in("อื่น.xlsx", buffer.getvalue())
    assert told.key == desk.key
    assert "194.90" in told.problems[0].message
    changed = {side.edit.path: side.there for side in told.sides}
    assert changed == {TOTAL: "194.90"}, "a hundred is 100 and 100.00"


def test_a_signed_report_takes_nothing(desk, book, intake):
    change(desk, Set(TOTAL, "94.91"))
    desk.set_state("ลงนามแล้ว")
    told = intake.take_in("ก.xlsx", book)
    assert "ลงนามแล้ว" in intake.choose(told.waiting, {told.sides[0].key}).said
    assert desk.data["result"]["total"] == "94.91"


def test_what_would_lose_comments_is_asked_first(folder, intake):
    agency = "agency: {kind: เทศบาลตำบล, name: ข}"
    text = f"fiscal_year: 2568\n{agency}\nresult: {{total: 1.00, # ทางการ\n}}\n"
    (folder.path / "ข.yaml").write_text(text, encoding="utf-8")
    new = text.replace("# ทางการ\n", "level: ผ่าน").encode()
    told = intake.take_in("ข.yaml", new)
    asked = intake.choose(told.waiting, {side.key for side in told.sides})
    assert asked.asks
    assert (folder.path / "ข.yaml").read_text(encoding="utf-8") == text
    done = intake.choose(asked.waiting, {side.key for side in asked.sides}, agreed=True)
    assert "เก็บไว้เป็น" in done.said
    kept = "ข (ก่อนแก้ในหน้ากรอก).yaml"
    assert files(folder) == {"ก.yaml", "ข.yaml", kept}
    rows = {row.file: row for row in folder.listed()}
    assert not rows[kept].is_current, "no run over all reports makes it"


HERE = {"plan": [{"issue": "1", "measures": ["ก"]}, {"issue": "2", "measures": ["ข"]}], "a": "1"}
CHANGED = [
    {"plan": [{"issue": "2", "measures": ["ข"]}], "a": "1"},
    {"plan": [{"issue": "1", "measures": ["ค"]}, {"issue": "2", "measures": ["ข"], "x": "1"}]},
    {"plan": [], "a": {"b": "2"}},
    {"plan": [*HERE["plan"], {"issue": "3", "measures": ["ง"]}], "a": ["1", "2"]},
    {"plan": [{"issue": "0", "measures": ["ง"]}, *HERE["plan"]], "a": "1"},
    {"plan": [{"issue": "1", "measures": ["ก", "จ"]}, {"issue": "1", "measures": ["ฉ"]}]},
]


@pytest.mark.parametrize("there", CHANGED)
def test_all_differences_together_make_the_other_side(there):
    made = applied(HERE, taken(sides(HERE, there)))
    assert {name: value for name, value in made.items() if value is not None} == there


# -- a workbook for one unit -------------------------------------------------------------------


UNIT = "กองคลัง"


@pytest.fixture
def sent(desk):
    """Return the workbook of a unit, as openpyxl opens it."""
    return downloads.unit_workbook(desk, UNIT, prepare.Options()).data


def filled(data, *cells):
    """Return a unit's workbook in which cells were filled: sheet, row, header, text."""
    opened = book_of(data)
    for name, row, header, text in cells:
        sheet = opened[name]
        (column,) = [c.column for c in sheet[4] if str(c.value).startswith(header)]
        sheet.cell(row, column).value = text
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


PLAN, REMARKS = "แผนของส่วนราชการ", "ข้อวิเคราะห์"


def own_rows(desk):
    rows = enumerate(desk.data["plan"])
    return [at for at, row in rows if UNIT in row["responsible"]]


def test_a_unit_is_given_its_own_rows_and_their_remarks(desk, sent):
    opened = book_of(sent)
    assert [s.title for s in opened if s.sheet_state == "visible"] == [PLAN, REMARKS]
    assert UNIT in opened[PLAN]["A1"].value
    assert "รายงานทั้งหมด" in opened[PLAN]["A2"].value
    shown = [opened[PLAN].cell(5 + n, 1).value for n in range(len(own_rows(desk)))]
    assert [str(no) for no in shown] == [desk.data["plan"][at]["issue"] for at in own_rows(desk)]
    assert opened[PLAN].cell(5 + len(shown), 1).value is None
    assert downloads.unit_workbook(desk, UNIT, prepare.Options()).data == sent


def test_what_comes_back_unchanged_is_no_difference(folder, desk, sent, intake):
    told = intake.take_in("คืน.xlsx", filled(sent))
    assert (told.key, told.sides, told.problems) == (desk.key, (), ())
    assert files(folder) == {"ก.yaml"}


def test_a_units_changes_land_in_its_own_rows(desk, sent, intake):
    before = desk.data
    own = own_rows(desk)
    data = filled(
        sent, (PLAN, 5, "ขั้นตอน", "ก\nข"), (PLAN, 5 + len(own), "ประเด็นที่", 2),
        (PLAN, 5 + len(own), "มาตรการ", "มาตรการใหม่"), (REMARKS, 5, "ข้อ", "ควรทำ"),
    )  # fmt: skip
    change(desk, Remove(("plan", min(at for at in range(99) if at not in own))))  # rows move
    told = intake.take_in("คืน.xlsx", data)
    assert not any(side.is_overtaken for side in told.sides)
    intake.choose(told.waiting, {side.key for side in told.sides})
    rows = desk.data["plan"]
    (changed,) = [row for row in rows if row.get("steps") == ["ก", "ข"]]
    assert changed["measures"] == before["plan"][own[0]]["measures"]
    (new,) = [row for row in rows if row["measures"] == ["มาตรการใหม่"]]
    assert new["responsible"] in ([UNIT], UNIT)
    assert [row["issue"] for row in rows] == sorted(row["issue"] for row in rows)
    others = [row for row in before["plan"] if UNIT not in row["responsible"]][1:]
    assert [row for row in rows if UNIT not in row["responsible"]] == others
    assert intake.take_in("คืน.xlsx", data).sides == (), "the same again is nothing new"


def test_a_row_that_was_changed_meanwhile_is_told(desk, sent, intake):
    first, *_ = own_rows(desk)
    data = filled(sent, (PLAN, 5, "ขั้นตอน", "ของกอง"))
    change(desk, Set(("plan", first, "steps"), ["ของผู้จัดทำ"]), Set(("plan", first, "budget"), ["5"]))
    (side,) = intake.take_in("คืน.xlsx", data).sides
    assert (side.is_overtaken, side.here, side.there) == (True, "ของผู้จัดทำ", "ของกอง")
    assert side.edit.path == ("plan", first, "steps"), "the budget was not the unit's change"


def test_a_row_that_is_gone_meanwhile_is_told(desk, sent, intake):
    data = filled(sent, (PLAN, 5, "ขั้นตอน", "ของกอง"))
    edits = [Remove(("plan", at)) for at in reversed(range(len(desk.data["plan"])))]
    change(desk, *edits)
    (side,) = intake.take_in("คืน.xlsx", data).sides
    assert (side.is_overtaken, side.here) == (True, "")


def test_a_row_that_the_unit_took_out_is_a_difference(desk, sent, intake):
    opened = book_of(sent)
    opened[PLAN].delete_rows(5)
    buffer = io.BytesIO()
    opened.save(buffer)
    (side,) = intake.take_in("คืน.xlsx", buffer.getvalue()).sides
    assert side.edit == Remove(("plan", own_rows(desk)[0]))


def test_rows_that_were_sorted_stay_who_they_are(desk, sent, intake):
    opened = book_of(sent)
    sheet = opened[PLAN]
    last = 4 + len(own_rows(desk))
    rows = [[cell.value for cell in sheet[row]] for row in range(5, last + 1)]
    for row, values in zip(range(5, last + 1), reversed(rows), strict=True):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    buffer = io.BytesIO()
    opened.save(buffer)
    assert len(rows) > 1
    assert intake.take_in("คืน.xlsx", buffer.getvalue()).sides == ()


@pytest.mark.parametrize("lost", ["the numbers", "their header"])
def test_rows_that_lost_their_numbers_are_known_by_their_names(desk, sent, intake, lost):
    opened = book_of(sent)
    sheet = opened[PLAN]
    (column,) = [cell.column for cell in sheet[4] if cell.value == "เลขแถว"]
    for row in range(5, 5 + len(own_rows(desk))) if lost == "the numbers" else [4]:
        sheet.cell(row, column).value = None
    buffer = io.BytesIO()
    opened.save(buffer)
    told = intake.take_in("คืน.xlsx", filled(buffer.getvalue(), (PLAN, 6, "ขั้นตอน", "ของกอง")))
    assert [side.edit for side in told.sides] == [
        Set(("plan", own_rows(desk)[1], "steps"), ["ของกอง"])
    ]


def test_a_row_that_was_copied_with_its_number_is_a_new_one(desk, sent, intake):
    opened = book_of(sent)
    sheet, copy = opened[PLAN], 5 + len(own_rows(desk))
    for cell in list(sheet[5]):
        sheet.cell(copy, cell.column).value = cell.value
    buffer = io.BytesIO()
    opened.save(buffer)
    told = intake.take_in("คืน.xlsx", filled(buffer.getvalue(), (PLAN, copy, "มาตรการ", "ใหม่")))
    (side,) = told.sides
    assert isinstance(side.edit, Add)
    assert side.edit.value["measures"] == ["ใหม่"]


@pytest.mark.parametrize("what", ["gone", "changed"])
def test_a_units_workbook_without_what_it_was_given_is_refused(folder, sent, what, intake):
    opened = book_of(sent)
    if what == "gone":
        del opened["_unit"]
    else:
        opened["_unit"]["A1"] = "{"
    buffer = io.BytesIO()
    opened.save(buffer)
    told = intake.take_in("คืน.xlsx", buffer.getvalue())
    assert [p.code for p in told.problems] == ["D456"]
    assert files(folder) == {"ก.yaml"}


def held(data, change):
    """Return a unit's workbook in which what it was given is changed."""
    opened = book_of(data)
    sheet = opened["_unit"]
    known = json.loads("".join(str(row[0].value) for row in sheet.iter_rows()))
    sheet.delete_rows(1, sheet.max_row)
    text = json.dumps(known | change)
    for row, at in enumerate(range(0, len(text), 30_000), 1):
        sheet.cell(row, 1).value = text[at : at + 30_000]
    buffer = io.BytesIO()
    opened.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        {"plan": []},
        {"plan": [[-9, {"issue": ["x"], "measures": {"a": 1}}], [10**9, {"steps": None}]]},
        {"plan": [[0, 3]]},
        {"plan": 7},
        {"remarks": [["i1", ["x"]], ["zz", ""]]},
        {"remarks": [[1]]},
        {"about": [], "unit": None},
        {"year": "ก"},
        {"year": 10**30},
    ],
)
def test_a_workbook_that_somebody_meddled_with_is_taken_or_refused(
    folder, desk, sent, change, intake
):
    before = desk.path.read_bytes()
    intake.take_in("คืน.xlsx", held(sent, change))
    assert desk.path.read_bytes() == before
    assert files(folder) == {"ก.yaml"}


def test_a_units_workbook_of_a_report_that_is_not_here_is_refused(tmp_path, sent):
    told = Intake(Folder(tmp_path, prepare.Options())).take_in("คืน.xlsx", sent)
    assert [p.code for p in told.problems] == ["D457"]
    assert UNIT in told.problems[0].message


def test_a_unit_gives_back_to_the_report_that_it_had_its_rows_from(folder, desk, sent, intake):
    shutil.copy(desk.path, folder.path / "ก (รับใหม่).yaml")
    data = filled(sent, (PLAN, 5, "ขั้นตอน", "ของกอง"))
    assert intake.take_in("คืน.xlsx", data).key == desk.key
    desk.path.rename(folder.path / "ข.yaml")
    (folder.path / "ก (รับใหม่).yaml").unlink()
    assert intake.take_in("คืน.xlsx", data).key == key_of("ข.yaml"), "it has another name by now"


def test_a_text_that_a_unit_wrote_is_no_draft(desk, sent, intake):
    place = next(at for at, row in enumerate(desk.data["remarks"]) if row["code"] == _first(sent))
    change(desk, Set(("remarks", place, "draft"), "true"))
    told = intake.take_in("คืน.xlsx", filled(sent, (REMARKS, 5, "ข้อ", "ควรทำ")))
    intake.choose(told.waiting, {side.key for side in told.sides})
    assert desk.data["remarks"][place] == {"code": _first(sent), "text": "ควรทำ"}


def test_a_unit_is_given_the_known_causes_and_gives_back_what_it_knows(desk, sent, intake):
    code = _first(sent)
    at = next(n for n, row in enumerate(desk.data["scores"]) if row["code"] == code)
    told = intake.take_in("คืน.xlsx", filled(sent, (REMARKS, 5, "สาเหตุ", "ผู้รับผิดชอบโอนย้าย")))
    (side,) = told.sides
    assert (side.label, side.here) == (f"ข้อ {code} สาเหตุที่หน่วยงานทราบ", "")
    intake.choose(told.waiting, {side.key})
    assert desk.data["scores"][at]["cause"] == "ผู้รับผิดชอบโอนย้าย"
    again = downloads.unit_workbook(desk, UNIT, prepare.Options()).data
    assert intake.take_in("คืน.xlsx", filled(again)).sides == ()
    change(desk, Set(("scores", at, "cause"), "อื่น"))
    (side,) = intake.take_in("คืน.xlsx", filled(again, (REMARKS, 5, "สาเหตุ", None))).sides
    assert (side.here, side.there, side.is_overtaken) == ("อื่น", "", True)
    told = intake.take_in("คืน.xlsx", filled(again, (REMARKS, 5, "สาเหตุ", None)))
    intake.choose(told.waiting, {side.key for side in told.sides})
    assert "cause" not in desk.data["scores"][at]


def test_a_units_workbook_from_before_there_were_causes_changes_none(desk, sent, intake):
    old = book_of(sent)
    known = json.loads("".join(str(row[0].value) for row in old["_unit"].iter_rows()))
    remarks = [texts[:2] for texts in known["remarks"]]
    opened = book_of(held(sent, {"remarks": remarks}))
    (column,) = [c.column for c in opened[REMARKS][4] if str(c.value).startswith("สาเหตุ")]
    opened[REMARKS].delete_cols(column)
    buffer = io.BytesIO()
    opened.save(buffer)
    at = next(n for n, row in enumerate(desk.data["scores"]) if row["code"] == _first(sent))
    change(desk, Set(("scores", at, "cause"), "ผู้รับผิดชอบโอนย้าย"))
    told = intake.take_in("คืน.xlsx", buffer.getvalue())
    assert (told.key, told.sides, told.problems) == (desk.key, (), ())


def _first(sent):
    return book_of(sent)[REMARKS]["A5"].value


def test_no_unit_without_rows_is_given_a_workbook(desk):
    with pytest.raises(NotFound):
        downloads.unit_workbook(desk, "กองอื่น", prepare.Options())


def test_other_workbooks_are_no_units(book, example):
    assert workbook.returned(book, "ก.xlsx") is None
    assert plain.read(example.read_bytes(), "").data
    with pytest.raises(ItaReportError):
        workbook.returned(b"PK", "ก.xlsx")
