"""The folder of reports behind the page: saved at once, undone after a restart, never lost."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from itareport import plain
from itareport.actions import convert, prepare
from itareport.files import inputs, output
from itareport.ita import catalogue
from itareport.problems import ItaReportError, problem
from itareport.web.store import (
    Add,
    Changed,
    Conflict,
    Folder,
    Intake,
    LosesComments,
    Move,
    NotFound,
    Remove,
    Set,
)
from itareport.web.store import desk as desk_module
from itareport.web.store.differences import patch, patched, sides
from itareport.web.store.memory import FOLDER, STATES
from itareport.web.store.report_list import key_of

TOTAL = ("result", "total")


@pytest.fixture
def folder(tmp_path, example):
    shutil.copy(example, tmp_path / "ก.yaml")
    return Folder(tmp_path, prepare.Options())


@pytest.fixture
def intake(folder):
    return Intake(folder)


@pytest.fixture
def desk(folder):
    return folder.open(key_of("ก.yaml"))


@pytest.fixture
def small(tmp_path):
    """Return a report of a few lines, for tests of many changes."""
    text = "fiscal_year: 2568\nresult:\n  total: 94.90\nremarks:\n- code: i1\n  text: ก\n"
    (tmp_path / "ข.yaml").write_text(text, encoding="utf-8")
    return Folder(tmp_path, prepare.Options()).open(key_of("ข.yaml"))


def again(desk):
    """Return the same report as after a restart of the program."""
    return Folder(desk.path.parent, prepare.Options()).open(desk.key)


def set_total(desk, text, base=None, window="a"):
    return desk.change([Set(TOTAL, text)], desk.version if base is None else base, window)


def tree(path):
    return plain.read(path.read_bytes(), path.name).data


# -- saving ------------------------------------------------------------------------------------


def test_a_change_is_in_the_file_at_once_and_all_comments_stay(desk):
    before = desk.path.read_text(encoding="utf-8")
    changed = set_total(desk, "94.91")
    assert changed == Changed(desk.version)
    assert desk.path.read_text(encoding="utf-8") == before.replace("94.90", "94.91", 1)


def test_what_cannot_be_changed_in_place_is_kept_beside_the_file(tmp_path):
    (tmp_path / "ก.yaml").write_text(
        "fiscal_year: 2568\nresult: {total: 1.00, # ทางการ\n  level: ผ่าน}\n", encoding="utf-8"
    )
    before = (tmp_path / "ก.yaml").read_bytes()
    desk = Folder(tmp_path, prepare.Options()).open(key_of("ก.yaml"))
    edits = [Set(("result", "announced"), "1 สิงหาคม 2568")]
    assert desk.change(edits, desk.version, "a") == LosesComments()
    assert {one.name for one in tmp_path.iterdir()} == {"ก.yaml"}
    assert desk.path.read_bytes() == before
    desk.let_go_of_comments()
    changed = desk.change(edits, desk.version, "a")
    assert isinstance(changed, Changed)
    assert (tmp_path / changed.kept).read_bytes() == before
    assert tree(desk.path)["result"]["announced"] == "1 สิงหาคม 2568"
    assert set_total(desk, "2.00") == Changed(desk.version), "nothing more is lost, or asked"
    desk.undo()
    assert desk.undo() == Changed(desk.version)
    assert "announced" not in tree(desk.path)["result"]


def test_a_change_to_what_is_there_already_writes_nothing(desk, monkeypatch):
    monkeypatch.setattr(output, "write", lambda *_: pytest.fail("written"))
    assert set_total(desk, "94.90") == Changed(desk.version)


@pytest.mark.parametrize(
    "edits",
    [
        [Set(("scores", 999, "score"), "1")],
        [Set(("agency", "name", "x"), "1")],
        [Remove(("plan", 99))],
    ],
)
def test_a_change_of_what_is_not_there_is_a_conflict(desk, edits):
    before = desk.path.read_bytes()
    assert isinstance(desk.change(edits, desk.version, "a"), Conflict)
    assert desk.path.read_bytes() == before


# -- undo and redo -----------------------------------------------------------------------------


def test_changes_are_undone_and_done_again_after_a_restart(desk):
    first = desk.data
    set_total(desk, "1.00")
    desk.change([Add(("plan",), {"issue": "1", "measures": ["ก"]}, 0)], desk.version, "a")
    desk.change([Move(("plan", 0), 2)], desk.version, "a")
    last = desk.data
    for _ in range(3):
        desk = again(desk)
        desk.undo()
    assert tree(desk.path) == first
    assert not desk.can_undo
    for _ in range(3):
        desk = again(desk)
        desk.redo()
    assert desk.data == last
    assert not desk.can_redo


def test_the_last_hundred_changes_of_long_texts_are_remembered_in_little_room(small):
    path = ("remarks", 0, "text")
    for number in range(105):
        small.change([Set(path, f"{number} " + "ข้อความ" * 60)], small.version, "a")
    held = (small.path.parent / FOLDER / f"{small.key}.json").read_bytes()
    assert len(json.loads(held)["past"]) == 100
    assert len(held) < 2_000_000
    for _ in range(100):
        small.undo()
    assert small.data["remarks"][0]["text"].startswith("4 ")


def test_a_memory_never_grows_beyond_two_megabytes(small):
    for number in range(40):
        small.change([Set(("remarks", 0, "text"), f"{number} " + "ก" * 40_000)], small.version, "a")
    held = small.path.parent / FOLDER / f"{small.key}.json"
    assert 500_000 < held.stat().st_size <= 2_000_000
    small = again(small)
    small.undo()
    assert small.data["remarks"][0]["text"].startswith("38 ")


class KilledError(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("step", ["change", "undo", "redo"])
@pytest.mark.parametrize("where", ["memory", "file"])
def test_a_kill_between_the_two_writes_loses_no_history(desk, monkeypatch, step, where):
    set_total(desk, "1.00")
    set_total(desk, "2.00")
    desk.undo()
    past, future = ["94.90"], ["2.00"]
    write = output.write

    def killed(path: Path, data: bytes) -> None:
        if (path.suffix == ".json") == (where == "memory"):
            raise KilledError
        write(path, data)

    monkeypatch.setattr(output, "write", killed)
    steps = {"change": lambda: set_total(desk, "3.00"), "undo": desk.undo, "redo": desk.redo}
    with pytest.raises(KilledError):
        steps[step]()
    monkeypatch.undo()
    desk = again(desk)
    assert desk.data["result"]["total"] == "1.00"
    for way, wanted in ((desk.undo, past), (desk.redo, ["1.00", *future])):
        for total in wanted:
            way()
            assert desk.data["result"]["total"] == total


def test_a_full_disk_leaves_file_and_history_as_they_were(desk, monkeypatch):
    set_total(desk, "1.00")
    write = output.write

    def full(path: Path, data: bytes) -> None:
        if path == desk.path:
            raise ItaReportError(problem("O602", file=path.name, folder=""))
        write(path, data)

    monkeypatch.setattr(output, "write", full)
    with pytest.raises(ItaReportError):
        set_total(desk, "2.00")
    monkeypatch.undo()
    assert desk.data["result"]["total"] == "1.00"
    desk.undo()
    assert tree(desk.path)["result"]["total"] == "94.90"


_OLDER = b'{"state": "\xe0\xb8\xa5\xe0\xb8\x87", "ticks": [], "past": [{}], "future": []}'
_WRONG = (
    b'{"state": "", "ticks": 1, "past": 3, "future": {}, "version": "", "before": "", "last": 0}'
)
_PATCH = (
    b'{"state": "", "ticks": [], "past": [7, ["="], ["[", 9, 9]], "future": [["{", 3]], '
    b'"version": "%s", "before": "", "last": []}'
)


@pytest.mark.parametrize(
    "held",
    [b"", b"{", b"[]", b'{"state": 1}', b"[" * 100_000, b"\xff", b"null", _OLDER, _WRONG, _PATCH],
)
def test_a_broken_or_older_memory_is_an_empty_one(desk, held):
    set_total(desk, "1.00")
    held = held.replace(b"%s", desk.version.encode())
    (desk.path.parent / FOLDER / f"{desk.key}.json").write_bytes(held)
    desk = again(desk)
    for _ in range(3):
        desk.undo()
        desk.redo()
    assert not desk.can_undo
    assert desk.data["result"]["total"] == "1.00"
    assert isinstance(set_total(desk, "2.00"), Changed)
    desk.undo()
    assert desk.data["result"]["total"] == "1.00"


def test_the_list_shows_a_report_whose_memory_is_of_an_older_program(folder, desk):
    set_total(desk, "1.00")
    (desk.path.parent / FOLDER / f"{desk.key}.json").write_bytes(_WRONG)
    assert [row.file for row in folder.listed()] == ["ก.yaml"]


# -- other windows, other programs -------------------------------------------------------------


def test_two_windows_that_change_different_fields_both_are_saved(desk):
    base = desk.version
    set_total(desk, "1.00", base, "a")
    changed = desk.change([Set(("result", "level"), "ผ่านดี")], base, "b")
    assert isinstance(changed, Changed)
    assert (desk.data["result"]["total"], desk.data["result"]["level"]) == ("1.00", "ผ่านดี")


def test_two_windows_that_change_one_field_are_told(desk):
    base = desk.version
    set_total(desk, "1.00", base, "a")
    told = set_total(desk, "2.00", base, "b")
    assert isinstance(told, Conflict)
    assert [(row.edit, row.here, row.there) for row in told.outside] == [
        (Set(TOTAL, "1.00"), "94.90", "1.00")
    ]
    assert desk.data["result"]["total"] == "1.00"


def test_one_window_that_is_faster_than_the_answers_overtakes_itself(desk):
    base = desk.version
    for text in ("9", "94", "94.5"):
        assert isinstance(set_total(desk, text, base, "a"), Changed)


def test_a_window_overtakes_itself_though_another_changes_something_else_meanwhile(desk):
    base = desk.version
    assert isinstance(set_total(desk, "94.91", base), Changed)
    other = [Set(("agency", "name"), "อื่น")]
    assert isinstance(desk.change(other, desk.version, "b"), Changed)
    assert isinstance(set_total(desk, "94.92", base), Changed)
    assert isinstance(desk.change([Set(("agency", "name"), "ใหม่")], base, "a"), Conflict)


@pytest.mark.parametrize("other", [Remove(("plan", 0)), Move(("plan", 0), 1)])
def test_a_row_that_another_window_has_moved_is_not_taken_for_the_next(desk, other):
    desk.change([Add(("plan",), {"issue": "7", "measures": ["ก"]}, 1)], desk.version, "a")
    base = desk.version
    desk.change([other], base, "a")
    before = desk.data
    told = desk.change([Set(("plan", 1, "budget"), ["5"])], base, "b")
    assert isinstance(told, Conflict)
    assert desk.data == before


def test_a_row_keeps_its_key_while_others_come_and_go(desk):
    keys = lambda: desk.rows["plan"].keys  # noqa: E731
    first = keys()
    assert first == tuple(range(len(desk.data["plan"])))
    desk.change([Add(("plan",), {"issue": "1", "measures": []}, 1)], desk.version, "a")
    new = len(first)
    assert keys() == (0, new, *first[1:])
    desk.change([Set(("plan", 1, "budget"), ["5"]), Remove(("plan", 0))], desk.version, "a")
    assert keys()[1:] == first[1:]
    assert 0 not in keys(), "what has gone does not come back as another"
    assert [row["row#"] for row in desk.in_form["plan"]] == [*keys()]
    desk.undo()
    desk.undo()
    assert keys()[1:] == first[1:]
    assert "row#" not in str(desk.data)


def test_a_file_changed_outside_is_shown_beside_and_never_overwritten(desk):
    base = desk.version
    text = desk.path.read_text(encoding="utf-8").replace("94.90", "94.99", 1)
    desk.path.write_text(text, encoding="utf-8")
    told = desk.change([Set(("result", "level"), "ผ่านดี")], base, "a")
    assert isinstance(told, Conflict)
    assert [(row.here, row.there) for row in told.outside] == [("94.90", "94.99")]
    assert desk.path.read_text(encoding="utf-8") == text
    assert isinstance(desk.change([Set(("result", "level"), "ผ่านดี")], told.version, "a"), Changed)
    desk.undo()
    desk.undo()
    assert desk.data["result"]["total"] == "94.90"


def test_what_others_changed_is_told_of_once(desk):
    base = desk.version
    assert desk.since(base, "b") is None
    set_total(desk, "1.00", base, "a")
    assert desk.since(base, "a") is None, "its own changes are no news to a window"
    told = desk.since(base, "b")
    assert (told.is_outside, [side.there for side in told.sides]) == (False, ["1.00"])
    text = desk.path.read_text(encoding="utf-8").replace("1.00", "94.99", 1)
    desk.path.write_text(text, encoding="utf-8")
    told = desk.since(base, "b")
    assert (told.is_outside, [side.there for side in told.sides]) == (True, ["94.99"])
    assert desk.since(desk.version, "b") is None


def test_a_window_that_comes_back_after_a_long_pause_loses_nothing(small):
    base = small.version
    for number in range(120):
        set_total(small, f"{number}.00", None, "a")
    assert isinstance(set_total(small, "5.00", base, "b"), Conflict)
    told = small.since(base, "b")
    assert told.is_outside, "nobody knows any longer what that window shows"
    assert isinstance(set_total(small, "5.00", None, "b"), Changed)


def test_a_file_that_is_gone_is_told_of(desk):
    desk.path.unlink()
    with pytest.raises(ItaReportError):
        set_total(desk, "1.00")


# -- states ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_a_signed_report_is_locked_until_it_is_unlocked(desk, state):
    desk.set_state(state)
    desk = again(desk)
    assert desk.state == state
    is_signed = state in ("ลงนามแล้ว", "เผยแพร่แล้ว")
    assert isinstance(set_total(desk, "1.00"), Conflict) == is_signed
    desk.set_state("")
    assert isinstance(set_total(desk, "2.00"), Changed)


def test_other_windows_are_told_of_a_state_and_of_a_change(desk, monkeypatch):
    monkeypatch.setattr(desk_module, "_LOOK", 0.0)

    async def go():
        told = desk.changes(desk.version)
        found = []
        for act in (
            lambda: desk.set_state("ลงนามแล้ว", "a"),
            lambda: desk.set_state("", "b"),
            lambda: set_total(desk, "94.91", window="c"),
        ):
            waiting = asyncio.ensure_future(anext(told))
            await asyncio.sleep(0)  # it has seen what was before
            act()
            found.append((await waiting).window)
        await told.aclose()
        return found

    assert asyncio.run(go()) == ["a", "b", "c"]


def test_no_other_state_is_taken(desk):
    with pytest.raises(ValueError, match="แปลก"):
        desk.set_state("แปลก")


# -- what is taken in --------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path, example):
    convert.convert(example, tmp_path / "แบบ.xlsx")
    return (tmp_path / "แบบ.xlsx").read_bytes()


def test_a_workbook_becomes_a_data_file_beside_it(folder, tmp_path, book):
    (tmp_path / "ใหม่").mkdir()
    known, folder = folder, Folder(tmp_path / "ใหม่", prepare.Options())
    taken = Intake(folder).take_in("ใหม่.xlsx", book)
    rows = {row.file: row for row in folder.listed()}
    assert rows["ใหม่.xlsx"].note == "ไม่ใช่ฉบับล่าสุด"
    assert rows["ใหม่.yaml"].key == taken.key
    assert folder.open(key_of("ใหม่.xlsx")).file == "ใหม่.yaml"
    assert (
        folder.open(taken.key).checked.ready.report
        == known.open(key_of("ก.yaml")).checked.ready.report
    )


def test_what_is_wrong_in_a_workbook_is_in_its_data_file_too(tmp_path, book, intake):
    import openpyxl

    (tmp_path / "ข.xlsx").write_bytes(book)
    opened = openpyxl.load_workbook(tmp_path / "ข.xlsx")
    sheet = opened["ผลภาพรวม"]
    (cell,) = [c for row in sheet.iter_rows() for c in row if str(c.value) in ("94.9", "94.90")]
    cell.value = "194.90"
    opened.save(tmp_path / "ข.xlsx")
    data = (tmp_path / "ข.xlsx").read_bytes()
    (tmp_path / "ข.xlsx").unlink()
    taken = intake.put_apart(intake.take_in("ค.xlsx", data).waiting)
    assert taken.problems
    assert tree(tmp_path / "ค.yaml")["result"]["total"] == "194.90"
    assert len(tree(tmp_path / "ค.yaml")["scores"]) == len(tree(tmp_path / "ก.yaml")["scores"])


def test_an_incomplete_data_file_is_taken_as_it_is(tmp_path, intake):
    data = "fiscal_year: 2568\nresult: {total: ๙๔}\n".encode()
    taken = intake.take_in("ข.yaml", data)
    assert taken.key == key_of("ข.yaml")
    assert (tmp_path / "ข.yaml").read_bytes() == data


@pytest.mark.parametrize(
    ("name", "data"),
    [("ข.xlsx", b"PK\x03\x04 broken"), ("ข.yaml", b"a: [1"), ("ข.json", b"{"), ("ข.yaml", b"- 1")],
)
def test_a_broken_file_is_refused_and_says_why(tmp_path, name, data, intake):
    before = sorted(tmp_path.iterdir())
    taken = intake.take_in(name, data)
    assert (taken.key, bool(taken.problems)) == ("", True)
    assert sorted(tmp_path.iterdir()) == before


# -- new reports -------------------------------------------------------------------------------


def test_a_new_report_has_its_year_and_agency(folder):
    fields = {"year": "2568", "kind": "เทศบาลตำบล", "name": "ตัวอย่าง", "province": "ตรัง"}
    desk = folder.create(fields)
    assert tree(desk.path)["agency"] == {n: t for n, t in fields.items() if n != "year"}


def test_an_agency_that_is_the_only_one_of_its_kind_needs_no_name(folder):
    desk = folder.create({"year": "2568", "kind": "เมืองพัทยา"})
    assert desk.data["agency"]["province"] == "ชลบุรี"


def test_no_agency_is_no_report(folder):
    with pytest.raises(ItaReportError):
        folder.create({"year": "2568", "kind": "เทศบาลตำบล", "name": " "})


@pytest.mark.parametrize(
    "agency",
    [
        {"kind": "อบต.", "name": "เกาะพลับพลา"},
        {"kind": "อบต", "name": "เกาะพลับพลา"},
        {"kind": "อบต", "name": "อบต.เกาะพลับพลา"},
        {"kind": "อบต.", "name": "องค์การบริหารส่วนตำบลเกาะพลับพลา"},
        {"name": "อบต.เกาะพลับพลา"},
        {"name": "องค์การบริหารส่วนตำบลเกาะพลับพลา"},
    ],
)
def test_the_kind_may_be_typed_in_short_and_the_usual_signers_are_there(folder, agency):
    desk = folder.create({"year": "2568", **agency})
    whole = {"kind": "องค์การบริหารส่วนตำบล", "name": "เกาะพลับพลา"}
    assert {name: desk.data["agency"][name] for name in whole} == whole
    assert desk.data["signatures"][-1]["position"] == ["นายกองค์การบริหารส่วนตำบลเกาะพลับพลา"]
    assert desk.path.stem == "ข้อมูล ITA 2568 อบต.เกาะพลับพลา"


def test_last_years_figures_are_carried_over(folder, example):
    desk = folder.go_on("ปีก่อน.yaml", example.read_bytes())
    last = tree(example)
    assert desk.data["fiscal_year"] == "2569"
    assert desk.data["agency"] == last["agency"]
    assert desk.data["result"]["last_year"] == {
        "total": last["result"]["total"], "indicators": last["result"]["indicators"],
    }  # fmt: skip
    assert [row["role"] for row in desk.data["signatures"]] == [
        row["role"] for row in last["signatures"]
    ]


def test_no_report_is_begun_of_a_year_that_is_not_known(folder, example):
    newest = max(catalogue.known_years())
    data = example.read_bytes().replace(b"fiscal_year: 2568", b"fiscal_year: %d" % newest)
    with pytest.raises(ItaReportError) as told:
        folder.go_on("ปีก่อน.yaml", data)
    assert [p.code for p in told.value.problems] == ["D110"]
    assert [file.name for file in folder.path.iterdir() if file.is_file()] == ["ก.yaml"]


def test_the_sample_is_copied_once_and_says_what_it_is(tmp_path, example):
    folder = Folder(tmp_path, prepare.Options())
    desk = folder.sample()
    assert desk.file == "รายงานตัวอย่าง (ลองใช้).yaml"
    assert desk.path.read_bytes() == example.read_bytes()
    set_total(desk, "1.00")
    assert folder.sample().data["result"]["total"] == "1.00"
    assert [row.file for row in folder.listed()] == [desk.file]


def test_two_agencies_of_one_name_have_each_their_own_last_run(tmp_path, example):
    from itareport import batch

    text = example.read_text(encoding="utf-8")
    (tmp_path / "ก.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "ข.yaml").write_text(text.replace("district: ตะโหมด", "district: เมือง"), "utf-8")
    folder, out = Folder(tmp_path, prepare.Options()), tmp_path / "out"

    def built():
        return {row.file: row.built > 0 for row in folder.listed()}

    name = "รายงาน ITA 2568 ทต.ควนเสาธง"
    out.mkdir()
    (out / f"{name}.docx").write_bytes(b"")
    assert built() == {"ก.yaml": False, "ข.yaml": False}, "whose it is nobody knows"
    (out / f"{name}.docx").unlink()
    batch.run([tmp_path / "ข.yaml"], batch.Request(out, prepare.Options()), lambda _: None, jobs=1)
    assert built() == {"ก.yaml": False, "ข.yaml": True}


def test_a_name_that_begins_another_is_not_taken_for_it(tmp_path, example):
    shutil.copy(example, tmp_path / "ก.yaml")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "รายงาน ITA 2568 ทต.ควนเสาธงใหม่.docx").write_bytes(b"")
    folder = Folder(tmp_path, prepare.Options())
    assert folder.listed()[0].built == 0
    (tmp_path / "out" / "รายงาน ITA 2568 ทต.ควนเสาธง.docx").write_bytes(b"")
    assert folder.listed()[0].built > 0


# -- nothing outside the folder ----------------------------------------------------------------


NAMES = [
    "../x.yaml",
    "..\\x.yaml",
    "/tmp/x.yaml",
    "C:\\x.yaml",
    "\\\\host\\share\\x.yaml",
    "//host/x.yaml",
    "%2e%2e%2fx.yaml",
    ".yaml",
    "..yaml",
    "con.yaml",
    "COM1.x.yaml",
    "x\x00y.yaml",
    "a" * 300 + ".yaml",
    "ก:ข.yaml",
    "x.yaml/../../y.yaml",
    "\u202egnp.yaml",
    " .yaml",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_dropped_name_never_becomes_a_path(tmp_path, name):
    inner = tmp_path / "รายงาน"
    inner.mkdir()
    Intake(Folder(inner, prepare.Options())).take_in(name, b"fiscal_year: 2568\n")
    assert [one.name for one in tmp_path.iterdir()] == ["รายงาน"]
    for made in inner.iterdir():
        assert made.is_file()
        assert made.stem.partition(".")[0].lower() not in ("con", "com1")
        assert not made.name.startswith(".")


@pytest.mark.parametrize("key", [*NAMES, "..", "", "ก.yaml", "0" * 16])
def test_a_key_that_is_no_digest_opens_nothing(folder, key):
    with pytest.raises(NotFound):
        folder.open(key)


def test_links_are_neither_listed_nor_followed(tmp_path, example):
    inner, outside = tmp_path / "รายงาน", tmp_path / "นอก"
    inner.mkdir()
    outside.mkdir()
    shutil.copy(example, outside / "ข.yaml")
    (outside / "x.docx").write_bytes(b"")
    (inner / "ข.yaml").symlink_to(outside / "ข.yaml")
    (inner / "out").symlink_to(outside)
    folder = Folder(inner, prepare.Options())
    assert folder.listed() == []
    shutil.copy(example, inner / "ก.yaml")
    desk = folder.open(key_of("ก.yaml"))
    (inner / FOLDER).symlink_to(outside)
    before = desk.path.read_bytes()
    with pytest.raises(ItaReportError):
        set_total(desk, "1.00")
    assert desk.path.read_bytes() == before
    assert len(list(outside.iterdir())) == 2


@pytest.mark.parametrize("named", ["../นอก.png", "ลิงก์.png", "{outside}/นอก.png"])
def test_a_picture_outside_the_folder_is_not_read(tmp_path, named):
    inner = tmp_path / "รายงาน"
    inner.mkdir()
    (tmp_path / "นอก.png").write_bytes(b"x")
    (inner / "ลิงก์.png").symlink_to(tmp_path / "นอก.png")
    read = Folder(inner, prepare.Options()).options.read
    with pytest.raises(PermissionError):
        read(inner / named.format(outside=tmp_path), 100)
    (inner / "ใน.png").write_bytes(b"y")
    assert read(inner / "ใน.png", 100) == b"y"


def test_the_programs_own_files_are_read_wherever_they_are(tmp_path):
    inner, own = tmp_path / "รายงาน", tmp_path / "แม่แบบ.docx"
    inner.mkdir()
    own.write_bytes(b"x")
    folder = Folder(inner, replace(prepare.Options(), template=own))
    assert folder.options.read(own, 10) == b"x"
    assert isinstance(folder.options.read, inputs.Within)


# -- differences -------------------------------------------------------------------------------


TREES = [
    ({}, {"a": "1"}),
    ({"a": "1"}, {}),
    ({"a": ["1", "2"]}, {"a": ["1", "3", "2"]}),
    ({"a": [{"b": "1"}, {"b": "2"}]}, {"a": [{"b": "1"}, {"b": "3"}]}),
    ({"a": "1"}, {"a": {"b": []}}),
    ({"a": ["1"]}, {"a": []}),
    ({"a": None}, {"a": "1"}),
    ({"-": "-"}, {"=": "="}),
]


@pytest.mark.parametrize(("one", "other"), [*TREES, *((b, a) for a, b in TREES)])
def test_a_patch_leads_from_one_tree_to_the_other(one, other):
    assert patched(one, json.loads(json.dumps(patch(one, other)))) == other


def test_differences_are_told_by_what_rows_are_about():
    here = {"scores": [{"code": "i1", "score": "1"}, {"code": "i2", "score": "2"}]}
    there = {"scores": [{"code": "i2", "score": "3"}, {"code": "i1", "score": "1"}]}
    assert [(row.label, row.here, row.there) for row in sides(here, there)] == [("ข้อ i2", "2", "3")]
