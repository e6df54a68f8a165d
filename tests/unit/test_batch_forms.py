"""Forms filled from the rows of a wide table: given, corrected, and taken back by a batch."""

from __future__ import annotations

import functools
import io
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest

from agencies import Here, data, files, lines, make, names, row, rows, table, workers, write
from itareport.actions import prepare
from itareport.batch import agency_forms
from itareport.batch.agency_forms import filled_form
from itareport.batch.workers import pool
from itareport.batch.workers.pool import WorkerDiedError
from itareport.problems import ExitStatus, ItaReportError, Severity
from itareport.reading import load
from itareport.reading.workbook import layout, origin
from itareport.terminal import batch_result, cli

WEAK = {"i1": "80.00", "o3": "50.00"}


def weak_rows(count: int) -> list[dict[str, str]]:
    """Return rows of so many agencies with two weak scores."""
    return [row(name, district, **WEAK) for name, district in names(count)]


def give(file: Path, out: Path):
    """Give the forms of a table."""
    return agency_forms.give([file], out, prepare.Options())


@functools.cache
def forms(count: int) -> dict[str, bytes]:
    """Return the forms of a table of so many agencies, made once, in the order of its rows."""
    with tempfile.TemporaryDirectory() as folder:
        made = give(table(Path(folder, "ก.csv"), *weak_rows(count)), Path(folder, "out")).outputs
        assert len(files(Path(folder, "out"))) == len(made) == count
        return {str(path.relative_to(folder)): path.read_bytes() for path in made}


def given(tmp_path: Path, count: int = 1) -> tuple[Path, list[Path]]:
    """Return a table and the forms of its agencies, as `give` leaves them."""
    made = [tmp_path / name for name in forms(count)]
    for path, form in zip(made, forms(count).values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(form)
    return table(tmp_path / "ก.csv", *weak_rows(count)), made


def confirm(
    form: Path,
    to: Path,
    scores: dict[str, float] | None = None,
    agency: dict[str, str] | None = None,
) -> Path:
    """Save a form as a person does who confirms its drafts, and corrects scores and agency."""
    book = openpyxl.load_workbook(form)
    for name in (layout.SCORES, layout.PLAN):
        sheet = book[name]
        head = {cell.value: cell.column for cell in sheet[layout.HEADER_ROW]}
        for line in range(layout.HEADER_ROW + 1, sheet.max_row + 1):
            sheet.cell(line, head["ข้อความร่าง"]).value = None
            if name == layout.SCORES and sheet.cell(line, 3).value in (scores or {}):
                sheet.cell(line, head["คะแนน"]).value = scores[sheet.cell(line, 3).value]
    for line in book[layout.AGENCY].iter_rows(min_row=layout.HEADER_ROW + 1):
        if agency and line[0].value in agency:
            line[1].value = agency[line[0].value]
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    return to


def told(out: Path) -> list[str]:
    """Return what the journal tells of tables that differ from the agencies' files."""
    return [
        f"{one['place']} {one['label']} {one['text']}"
        for line in lines(out)
        for one in line["problems"]
        if one["code"] == "O651"
    ]


def test_each_agency_gets_its_scores_and_drafts_where_its_report_would_lie(tmp_path):
    made = give(table(tmp_path / "ก.csv", *weak_rows(3)), tmp_path / "out").outputs
    places = [f"พัทลุง/{district}/แบบกรอก-ITA-2568-ทต.{name}.xlsx" for name, district in names(3)]
    assert [str(path) for path in made] == [
        str(tmp_path / "out" / "แบบกรอก" / place) for place in places
    ]
    report = load.load(made[0]).report
    assert {str(one.score) for one in report.scores if one.code in WEAK} == {"80.00", "50.00"}
    assert [one.code for one in report.remarks if one.draft] == list(WEAK)
    assert all(one.draft for one in report.plan)
    hidden = openpyxl.load_workbook(made[0])[origin.SHEET]
    assert hidden.sheet_state == "hidden"


def test_forms_are_written_again_only_where_the_table_changed_and_nobody_worked(tmp_path):
    file, made = given(tmp_path, 3)
    assert give(file, tmp_path / "out").outputs == ()
    confirm(made[1], made[1])
    before = made[1].read_bytes()
    changed = weak_rows(3)
    for line in changed[:2]:
        line["i2"] = "97.00"
    again = give(table(file, *changed), tmp_path / "out")
    assert again.outputs == (made[0],)
    assert [(one.code, one.severity) for one in again.problems] == [("O650", "note")]
    assert made[1].read_bytes() == before
    assert again.exit_status == ExitStatus.OK


def test_many_forms_are_made_by_several_processes_and_are_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(filled_form, "_FEW", 2)
    rows = weak_rows(5)
    rows[1]["o3"] = "101"
    file = table(tmp_path / "ก.csv", *rows)
    alone = give(file, tmp_path / "1")
    given = agency_forms.give([file], tmp_path / "2", prepare.Options(), jobs=2)
    assert len(given.outputs) == 4
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert [one.problems for one in given.files] == [one.problems for one in alone.files]


def test_a_form_whose_process_dies_is_made_by_this_one(tmp_path, monkeypatch):
    monkeypatch.setattr(filled_form, "_FEW", 0)

    def die(*_given: object) -> None:
        raise WorkerDiedError

    monkeypatch.setattr(pool, "local", lambda jobs: workers(Here(die), jobs))
    file = table(tmp_path / "ก.csv", *weak_rows(2))
    given = agency_forms.give([file], tmp_path / "out", prepare.Options(), jobs=2)
    assert len(given.outputs) == 2


def test_even_a_comment_is_work_that_stays(tmp_path):
    file, made = given(tmp_path)
    book = openpyxl.load_workbook(made[0])
    book[layout.SCORES]["E5"].font = openpyxl.styles.Font(color="FFFF0000")
    book.save(made[0])
    before = made[0].read_bytes()
    table(file, weak_rows(1)[0] | {"i2": "97.00"})
    assert give(file, tmp_path / "out").outputs == ()
    assert made[0].read_bytes() == before


def test_a_returned_form_takes_the_place_of_its_row(tmp_path):
    file, made = given(tmp_path, 3)
    back = confirm(made[1], tmp_path / "คืน" / "ส่งคืน.xlsx")
    result = make([file, back.parent], tmp_path / "out")
    assert (result.counts.total, result.counts.made, result.counts.failed) == (3, 3, 0)
    reports = [Path(name).name for name in files(tmp_path / "out") if name.endswith(".docx")]
    assert sum("(ร่าง)" not in name for name in reports) == 1
    assert not result.duplicates
    assert not result.told
    ((reason, instead),) = result.skipped.items()
    assert "แทน" in reason
    assert [name.endswith("(ส่งคืน.xlsx)") for name in instead] == [True]
    assert make([file, back.parent], tmp_path / "out").counts.unchanged == 3


def test_a_form_that_nobody_has_worked_on_is_not_taken(tmp_path):
    file, made = given(tmp_path, 2)
    shutil.copy(made[0], tmp_path / "คืน.xlsx")
    result = make([file, tmp_path / "คืน.xlsx"], tmp_path / "out")
    assert result.counts.total == 2
    assert "ยังไม่มีผู้แก้ไข" in next(iter(result.skipped))
    assert all(line["row"] for line in lines(tmp_path / "out"))


def test_forms_corrected_where_they_were_given_are_taken(tmp_path):
    file, made = given(tmp_path, 2)
    confirm(made[0], made[0])
    result = make([file, tmp_path / "out" / "แบบกรอก"], tmp_path / "out")
    assert [line.get("row", False) for line in lines(tmp_path / "out")].count(False) == 1
    assert (result.counts.made, result.counts.total) == (2, 2)


def test_what_the_table_changed_meanwhile_is_told_with_both_values_and_places(tmp_path):
    file, made = given(tmp_path)
    back = confirm(made[0], tmp_path / "คืน.xlsx", {"o3": 60})
    changed = weak_rows(1)[0] | {"i1": "85.00", "i2": "97.00"}
    table(file, changed)
    result = make([file, back], tmp_path / "out")
    columns = list(changed)
    said = told(tmp_path / "out")
    assert len(said) == 2, "what the agency itself corrected (o3) is not told"
    for one, code, ours, theirs in zip(
        said, ("i1", "i2"), ("85.00", "97.00"), ("80.00", "100.00"), strict=True
    ):
        cell = f"{openpyxl.utils.get_column_letter(columns.index(code) + 1)}2"
        for part in (layout.SCORES, code, f"“{theirs}”", f"“{ours}”", f"ก.csv ช่อง {cell}"):
            assert part in one
    assert len(result.told) == 2
    assert not list((tmp_path / "out").glob("ต้องแก้ไข/*"))


def test_a_table_that_changes_again_is_told_again(tmp_path):
    file, made = given(tmp_path)
    back = confirm(made[0], tmp_path / "คืน.xlsx")
    make([file, back], tmp_path / "out")
    table(file, weak_rows(1)[0] | {"i2": ""})
    result = make([file, back], tmp_path / "out")
    assert result.counts.made == 1
    (one,) = told(tmp_path / "out")
    assert "“100.00”" in one
    assert one.partition("ก.csv")[2].partition(" รายงาน")[0].endswith("ว่าง")


def test_an_agency_that_corrects_its_own_name_has_still_its_row(tmp_path):
    file, made = given(tmp_path, 2)
    back = confirm(made[0], tmp_path / "คืน.xlsx", agency={"ชื่อหน่วยงาน *": "ชื่อใหม่"})
    make([file, back], tmp_path / "out")
    assert sorted(line["facts"]["name"] for line in lines(tmp_path / "out")) == sorted(
        ["ชื่อใหม่", names(2)[1][0]]
    )


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"values": 1}', "[" * 9_000])
def test_a_form_whose_hidden_sheet_somebody_changed_is_the_agencys_data(tmp_path, text):
    file, made = given(tmp_path)
    book = openpyxl.load_workbook(made[0])
    book[origin.SHEET]["A1"] = text
    book.save(tmp_path / "คืน.xlsx")
    result = make([file, tmp_path / "คืน.xlsx"], tmp_path / "out")
    assert result.counts.total == 1
    assert not lines(tmp_path / "out")[0].get("row")


def test_a_letter_of_an_agency_with_two_rows_names_no_file_that_it_lacks(tmp_path):
    (one,) = weak_rows(1)
    result = make(table(tmp_path / "ก.csv", one, one), tmp_path / "out")
    assert "หน่วยงานเดียวกันมีข้อมูลหลายชุด รวม 2 ชุด" in "".join(batch_result.lines(result, tmp_path))
    texts = [path.read_text("utf-8-sig") for path in (tmp_path / "out/ต้องแก้ไข").iterdir()]
    assert len(texts) == 2
    assert all("โปรดแจ้งว่าข้อมูลชุดใดถูกต้อง" in text and "ก.csv" not in text for text in texts)


def renamed(tmp_path: Path) -> tuple[Path, Path]:
    """Return a table of two agencies, and the form of the first, which has corrected its name."""
    file, made = given(tmp_path, 2)
    return file, confirm(made[0], tmp_path / "คืน.xlsx", agency={"ชื่อหน่วยงาน *": "ชื่อใหม่"})


def test_a_change_of_name_is_told_until_the_table_has_it(tmp_path):
    file, back = renamed(tmp_path)
    result = make([file, back], tmp_path / "out")
    (one,) = result.told
    old = names(1)[0][0]
    assert f"หน่วยงานแก้จาก “{old}” เป็น “ชื่อใหม่”" in one
    sheet = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")["รายงาน"]
    shown = [line[1].value for line in sheet.iter_rows(min_row=2)]
    assert f"เทศบาลตำบลชื่อใหม่ (เดิม เทศบาลตำบล{old})" in shown
    first, second = weak_rows(2)
    table(file, first | {"หน่วยงาน": "เทศบาลตำบลชื่อใหม่"}, second)
    again = make([file, back], tmp_path / "out")
    assert not again.told
    assert again.counts.total == 2


def test_an_agency_that_corrects_its_name_is_not_missing_from_a_list(tmp_path):
    file, back = renamed(tmp_path)
    listed = tmp_path / "รายชื่อ.txt"
    listed.write_text("\n".join(f"ทต.{name} อ.{area}" for name, area in names(2)), "utf-8")
    for inputs in ([file, back], [back]):
        result = make(inputs, tmp_path / "out", expecting=listed)
        assert result.unlisted == []
        assert len(result.unsent) == 2 - result.counts.total
        assert result.renamed == [f"เทศบาลตำบลชื่อใหม่ (เดิม เทศบาลตำบล{names(1)[0][0]})"]
        said = list(batch_result.lines(result, tmp_path))
        assert f"อยู่ในรายชื่อหลัง --expect ในชื่อเดิม 1 แห่ง: {result.renamed[0]}" in said


def test_a_renamed_form_and_another_file_of_the_agency_are_two_of_one(tmp_path):
    file, back = renamed(tmp_path)
    (name, district), _ = names(2)
    other = write(tmp_path / "อื่น.json", data(name, district))
    result = make([file, back, other], tmp_path / "out")
    assert sorted(map(Path, result.duplicates)) == sorted((back, other))


BROKEN = "แบบกรอก-ITA-2568-ทต.{} (1).xlsx"


def test_a_form_that_cannot_be_read_takes_its_rows_place_and_nothing_is_made_of_the_row(tmp_path):
    file, made = given(tmp_path, 2)
    (name, _), _ = names(2)
    broken = tmp_path / "คืน" / BROKEN.format(name)
    broken.parent.mkdir()
    broken.write_bytes(made[0].read_bytes()[:3000])
    result = make([file, broken.parent], tmp_path / "out")
    assert (result.counts.total, result.counts.failed) == (2, 1)
    line = next(one for one in lines(tmp_path / "out") if one["state"] == "failed")
    assert (line["facts"]["name"], line["problems"][0]["code"]) == (name, "D426")
    assert any(name in one for one in next(iter(result.skipped.values())))
    sheet = openpyxl.load_workbook(tmp_path / "out" / "summary.xlsx")["สรุปสำหรับพิมพ์"]
    assert sheet["A3"].value == "ทั้งหมด ๒ แห่ง · จัดทำไม่ได้ ๑ · มีร่างรอยืนยัน ๑"
    assert sheet["B6"].value == f"เทศบาลตำบล{name}"
    (letter,) = (tmp_path / "out" / "ต้องแก้ไข").glob(f"ทต.{name}*")
    assert broken.name in letter.read_text("utf-8-sig")


def test_a_broken_file_of_nobody_knows_whom_is_told(tmp_path):
    file, made = given(tmp_path, 2)
    broken = tmp_path / "ส่งคืน.xlsx"
    broken.write_bytes(made[0].read_bytes()[:3000])
    result = make([file, broken], tmp_path / "out")
    assert (result.counts.total, result.counts.failed) == (3, 1)
    (one,) = result.told
    assert "ส่งคืน.xlsx" in one
    assert "ยังมาจากตาราง" in one


@pytest.mark.parametrize("year", ["2567", "2599", "abc", ""])
def test_a_form_whose_year_somebody_changed_takes_the_place_of_its_row(tmp_path, year):
    file, made = given(tmp_path)
    back = confirm(made[0], tmp_path / "คืน.xlsx", agency={"ปีงบประมาณ": year})
    result = make([file, back], tmp_path / "out")
    assert (result.counts.total, result.counts.failed) == (1, 1)
    (line,) = lines(tmp_path / "out")
    assert line["facts"]["name"] == names(1)[0][0]


def test_what_could_not_be_read_is_not_compared(tmp_path):
    """Stand-ins are what nobody said."""
    file, made = given(tmp_path)
    back = confirm(made[0], tmp_path / "คืน.xlsx", {"i2": 120})
    table(file, weak_rows(1)[0] | {"i2": "97.00"})
    result = make([file, back], tmp_path / "out")
    assert result.counts.failed == 1
    assert not result.told


def test_a_letter_to_an_agency_names_no_command_and_nothing_that_is_the_tables(tmp_path):
    file, made = given(tmp_path, 2)
    back = confirm(made[0], tmp_path / "คืน.xlsx", agency={"ปีงบประมาณ": "2567"})
    first, second = weak_rows(2)
    table(file, first, second | {"ปีงบประมาณ": "2567"}, *weak_rows(4)[2:])
    make([file, back], tmp_path / "out")
    texts = [path.read_text("utf-8-sig") for path in (tmp_path / "out/ต้องแก้ไข").iterdir()]
    assert len(texts) == 3, "the row of another year is for those who keep the table"
    assert not any("itareport" in text or "แถวนี้" in text for text in texts)
    assert any("โปรดแก้ช่องนี้เป็น 2568\n" in text for text in texts)


def test_any_data_file_of_the_agency_and_year_takes_the_place_of_the_row(tmp_path):
    file = table(tmp_path / "ก.csv", *weak_rows(2))
    (name, district), _ = names(2)
    of = data(name, district, agency__kind="เทศบาลตำบล")
    of["scores"] = [
        one | ({"score": "88.00"} if one["code"] == "i1" else {}) for one in of["scores"]
    ]
    make([file, write(tmp_path / "ข" / "ก.json", of)], tmp_path / "out")
    assert len(lines(tmp_path / "out")) == 2
    assert any("“88.00”" in one and "“80.00”" in one for one in told(tmp_path / "out"))


def test_a_form_of_another_year_is_another_report(tmp_path):
    _, made = given(tmp_path)
    back = confirm(made[0], tmp_path / "คืน.xlsx")
    other = table(tmp_path / "ข.csv", weak_rows(1)[0] | {"ปีงบประมาณ": "2567"})
    result = make([other, back], tmp_path / "out")
    assert result.counts.total == 2


def test_a_row_that_is_wrong_has_no_form_and_costs_no_other(tmp_path, capsys):
    wrong = weak_rows(2)
    wrong[0]["o3"] = "101"
    file = table(tmp_path / "ก.csv", *wrong)
    status = cli.main(["batch", str(file), "--forms", "-o", str(tmp_path / "out")])
    said = capsys.readouterr().out
    assert status == ExitStatus.SOME_FAILED
    assert f"แถว 2 เทศบาลตำบล{names(1)[0][0]}" in said
    assert "[D122]" in said
    assert "ทำแบบกรอก 1 " in said
    assert len(list((tmp_path / "out").rglob("*.xlsx"))) == 1


def test_a_row_that_is_wrong_is_not_told_what_drafts_would_fill(tmp_path):
    file = table(tmp_path / "ก.csv", row(*names(1)[0], **WEAK, i2="101"))
    (lacking,) = give(file, tmp_path / "out").files
    assert [one.code for one in lacking.problems if one.severity is Severity.ERROR] == ["D122"]


@pytest.mark.parametrize(
    "wrong", [{"i2": ""}, {"ระดับ": "ดีมาก"}], ids=["without a score", "of an unknown level"]
)
def test_a_row_of_which_no_report_can_be_made_has_no_form(tmp_path, wrong):
    file = table(tmp_path / "ก.csv", row(*names(1)[0], **WEAK) | wrong)
    done = give(file, tmp_path / "out")
    assert done.outputs == ()
    assert done.files[0].exit_status
    assert len(make(file, tmp_path / "out").failed) == 1


def test_an_agency_with_two_rows_has_no_form_until_one_goes(tmp_path):
    one, other = weak_rows(2)
    file = table(tmp_path / "ก.csv", one, other, one | {"อำเภอ": ""})
    done = give(file, tmp_path / "out")
    assert len(done.outputs) == 1
    assert [[one.code for one in of.problems] for of in done.files] == [["D460"], [], ["D460"]]
    assert "แถว 2" in done.files[0].problems[0].message
    assert "แถว 4" in done.files[0].problems[0].message
    assert len(give(table(file, one, other), tmp_path / "out").outputs) == 1
    both = [one, one | {"ปีงบประมาณ": "2569"}]
    assert "D460" not in [
        p.code for of in give(table(file, *both), tmp_path).files for p in of.problems
    ]


def test_a_form_that_cannot_be_written_costs_no_other(tmp_path):
    file, made = given(tmp_path, 2)
    made[0].unlink()
    made[0].mkdir()
    made[1].unlink()
    again = give(file, tmp_path / "out")
    assert again.outputs == (made[1],)
    assert again.exit_status == ExitStatus.SOME_FAILED


def test_without_a_table_there_are_no_forms(tmp_path):
    file = write(tmp_path / "ก.json", data())
    with pytest.raises(ItaReportError) as refused:
        give(file, tmp_path / "out")
    assert [one.code for one in refused.value.problems] == ["D458"]
    assert not (tmp_path / "out").exists()


def test_forms_whose_files_would_have_one_name_are_two_files(tmp_path):
    district = names(1)[0][1]
    file = table(tmp_path / "ก.csv", *(row(name, district) for name in ("บ้าน/นา", "บ้าน:นา")))
    assert len(set(give(file, tmp_path / "out").outputs)) == 2


def test_a_letter_speaks_of_what_the_agency_has(tmp_path):
    """Of the form where it was given one, of its own file where it sent one, else of neither."""
    file, made = given(tmp_path, 3)
    made[2].unlink()
    back = confirm(made[0], tmp_path / "คืน.xlsx", {"i3": 99})
    make([file, back], tmp_path / "out")
    letters = {
        path.stem.split()[0]: path.read_text("utf-8-sig")
        for path in (tmp_path / "out" / "ต้องแก้ไข").iterdir()
    }
    own, form, neither = (letters[f"ทต.{name}"] for name, _ in names(3))
    assert "ไฟล์ข้อมูล  คืน.xlsx" in own
    assert "ไม่มีข้อวิเคราะห์" in own
    assert f"แบบกรอก  {made[1].name}" in form
    assert "ในแบบกรอก และส่งกลับมา" in form
    assert "แบบกรอก" not in neither
    assert "ยืนยันหรือแจ้งข้อความที่แก้กลับมา" in neither
    for text in letters.values():
        assert "itareport" not in text, "an agency need not have the program"
        assert "ก.csv" not in text, "nobody sent it the table"
        assert "ตารางหน่วยงาน" not in text


@pytest.mark.parametrize("command", ["check", "build", "draft", "convert"])
@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_one_agencys_commands_say_that_a_table_is_for_batch(tmp_path, capsys, command, kind):
    file = table(tmp_path / "ก.csv", *rows(2))
    if kind == ".xlsx":
        file = as_workbook(file)
    more = [str(tmp_path / "ใหม่.yaml")] if command == "convert" else []
    assert cli.main([command, str(file), *more]) == ExitStatus.DATA
    said = "".join(capsys.readouterr())
    assert said.count("[D459]") == 1
    assert "itareport batch" in said
    assert "--forms" in said


def as_workbook(file: Path) -> Path:
    """Save a table of text as a workbook with one sheet of any name."""
    book = openpyxl.Workbook()
    for line in file.read_bytes().decode("cp874").splitlines():
        book.active.append(line.split(","))
    buffer = io.BytesIO()
    book.save(buffer)
    target = file.with_suffix(".xlsx")
    target.write_bytes(buffer.getvalue())
    return target


@pytest.mark.parametrize(
    "option", [["--pdf"], ["--jobs", "2"], ["--fresh"], ["--only", "failed"], ["--expect", "a.txt"]]
)
def test_options_of_reports_are_refused_where_forms_are_made(tmp_path, capsys, option):
    status = cli.main(["batch", "a.xlsx", "--forms", *option, "-o", str(tmp_path / "out")])
    assert status == ExitStatus.USAGE
    assert f"ใช้ --forms พร้อมกับ {option[0]} ไม่ได้" in capsys.readouterr().err
